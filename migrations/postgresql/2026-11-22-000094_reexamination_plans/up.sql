CREATE TABLE reexamination_plans (
    committee_id uuid NOT NULL REFERENCES committees(id),
    year integer NOT NULL,
    specification_id uuid NOT NULL REFERENCES specifications(id),
    planned_at timestamp NOT NULL,
    planned_by uuid REFERENCES people(id),
    PRIMARY KEY (committee_id, year, specification_id)
);
CREATE INDEX reexamination_plans_specification_id_idx ON reexamination_plans (specification_id);
