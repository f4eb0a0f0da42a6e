CREATE TABLE overlap_cases (
    id BLOB PRIMARY KEY NOT NULL,
    local_id BLOB NOT NULL REFERENCES specifications(id),
    national_id BLOB NOT NULL REFERENCES specifications(id),
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    opened_by BLOB REFERENCES people(id),
    outcome TEXT,
    note TEXT NOT NULL,
    decided_at TEXT,
    decided_by BLOB REFERENCES people(id)
);
CREATE INDEX overlap_cases_local_id_idx ON overlap_cases (local_id, national_id);
