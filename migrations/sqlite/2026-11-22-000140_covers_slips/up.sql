CREATE TABLE covers (
    specification_id BLOB PRIMARY KEY NOT NULL REFERENCES specifications(id),
    ics TEXT NOT NULL,
    ccs TEXT NOT NULL,
    publisher TEXT NOT NULL,
    isbn TEXT NOT NULL,
    interpreter TEXT NOT NULL,
    joining_units TEXT NOT NULL,
    drafters TEXT NOT NULL,
    joining_drafters TEXT NOT NULL,
    statement TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    entered_by BLOB REFERENCES people(id)
);
CREATE TABLE measurement_standards (
    id BLOB PRIMARY KEY NOT NULL,
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    name TEXT NOT NULL,
    certificate TEXT NOT NULL,
    keeper TEXT NOT NULL,
    valid_until DATE,
    entered_at TEXT NOT NULL,
    entered_by BLOB REFERENCES people(id)
);
CREATE UNIQUE INDEX measurement_standards_specification_id_certificate_key ON measurement_standards (specification_id, certificate);
CREATE TABLE slips (
    project_id BLOB PRIMARY KEY NOT NULL REFERENCES projects(id),
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    kind TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    announcement TEXT NOT NULL,
    issued_on DATE NOT NULL,
    effective_on DATE NOT NULL
);
CREATE INDEX slips_specification_id_idx ON slips (specification_id, effective_on);
CREATE TABLE slip_items (
    project_id BLOB NOT NULL REFERENCES projects(id),
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    clause TEXT NOT NULL,
    number TEXT NOT NULL,
    heading TEXT NOT NULL,
    was TEXT NOT NULL,
    body TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    entered_by BLOB REFERENCES people(id),
    PRIMARY KEY (project_id, ordinal)
);
