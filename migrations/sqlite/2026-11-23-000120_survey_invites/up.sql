CREATE TABLE survey_invites (
    id BLOB PRIMARY KEY NOT NULL,
    survey_id BLOB NOT NULL REFERENCES surveys(id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    locale TEXT NOT NULL,
    invited_at TEXT NOT NULL,
    reminded_at TEXT,
    answer_id BLOB REFERENCES survey_answers(id)
);
CREATE UNIQUE INDEX survey_invites_survey_id_idx ON survey_invites (survey_id, address);
CREATE TABLE evaluation_surveys (
    evaluation_id BLOB PRIMARY KEY NOT NULL REFERENCES evaluations(id),
    survey_id BLOB NOT NULL REFERENCES surveys(id)
);
ALTER TABLE surveys ADD COLUMN open_link BOOLEAN NOT NULL DEFAULT TRUE;
