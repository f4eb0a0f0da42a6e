CREATE TABLE reexamination_plans (
    committee_id BLOB NOT NULL REFERENCES committees(id),
    year INTEGER NOT NULL,
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    planned_at TEXT NOT NULL,
    planned_by BLOB REFERENCES people(id),
    PRIMARY KEY (committee_id, year, specification_id)
);
CREATE INDEX reexamination_plans_specification_id_idx ON reexamination_plans (specification_id);
