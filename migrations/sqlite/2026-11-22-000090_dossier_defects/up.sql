CREATE TABLE dossier_defects (
    project_id BLOB NOT NULL REFERENCES projects(id),
    time INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    body TEXT NOT NULL,
    found_at TEXT NOT NULL,
    found_by BLOB REFERENCES people(id),
    answer TEXT NOT NULL,
    answered_at TEXT,
    answered_by BLOB REFERENCES people(id),
    PRIMARY KEY (project_id, time, ordinal)
);
