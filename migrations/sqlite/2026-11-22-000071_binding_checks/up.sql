CREATE TABLE binding_checks (
    committee_id BLOB NOT NULL REFERENCES committees(id),
    kind TEXT NOT NULL,
    bound_by BLOB REFERENCES people(id),
    bound_at TEXT NOT NULL,
    PRIMARY KEY (committee_id, kind)
);
