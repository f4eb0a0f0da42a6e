CREATE TABLE covers (
    specification_id uuid PRIMARY KEY NOT NULL REFERENCES specifications(id),
    ics text NOT NULL,
    ccs text NOT NULL,
    publisher text NOT NULL,
    isbn text NOT NULL,
    interpreter text NOT NULL,
    joining_units text NOT NULL,
    drafters text NOT NULL,
    joining_drafters text NOT NULL,
    statement text NOT NULL,
    entered_at timestamp NOT NULL,
    entered_by uuid REFERENCES people(id)
);
CREATE TABLE measurement_standards (
    id uuid PRIMARY KEY NOT NULL,
    specification_id uuid NOT NULL REFERENCES specifications(id),
    name text NOT NULL,
    certificate text NOT NULL,
    keeper text NOT NULL,
    valid_until date,
    entered_at timestamp NOT NULL,
    entered_by uuid REFERENCES people(id)
);
CREATE UNIQUE INDEX measurement_standards_specification_id_certificate_key ON measurement_standards (specification_id, certificate);
CREATE TABLE slips (
    project_id uuid PRIMARY KEY NOT NULL REFERENCES projects(id),
    specification_id uuid NOT NULL REFERENCES specifications(id),
    kind text NOT NULL,
    ordinal integer NOT NULL,
    announcement text NOT NULL,
    issued_on date NOT NULL,
    effective_on date NOT NULL
);
CREATE INDEX slips_specification_id_idx ON slips (specification_id, effective_on);
CREATE TABLE slip_items (
    project_id uuid NOT NULL REFERENCES projects(id),
    ordinal integer NOT NULL,
    kind text NOT NULL,
    clause text NOT NULL,
    number text NOT NULL,
    heading text NOT NULL,
    was text NOT NULL,
    body text NOT NULL,
    entered_at timestamp NOT NULL,
    entered_by uuid REFERENCES people(id),
    PRIMARY KEY (project_id, ordinal)
);
