CREATE TABLE dossier_defects (
    project_id uuid NOT NULL REFERENCES projects(id),
    time integer NOT NULL,
    ordinal integer NOT NULL,
    body text NOT NULL,
    found_at timestamp NOT NULL,
    found_by uuid REFERENCES people(id),
    answer text NOT NULL,
    answered_at timestamp,
    answered_by uuid REFERENCES people(id),
    PRIMARY KEY (project_id, time, ordinal)
);
