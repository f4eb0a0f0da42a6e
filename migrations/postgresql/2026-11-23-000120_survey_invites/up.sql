CREATE TABLE survey_invites (
    id uuid PRIMARY KEY NOT NULL,
    survey_id uuid NOT NULL REFERENCES surveys(id),
    name text NOT NULL,
    address text NOT NULL,
    locale text NOT NULL,
    invited_at timestamp NOT NULL,
    reminded_at timestamp,
    answer_id uuid REFERENCES survey_answers(id)
);
CREATE UNIQUE INDEX survey_invites_survey_id_idx ON survey_invites (survey_id, address);
CREATE TABLE evaluation_surveys (
    evaluation_id uuid PRIMARY KEY NOT NULL REFERENCES evaluations(id),
    survey_id uuid NOT NULL REFERENCES surveys(id)
);
ALTER TABLE surveys ADD COLUMN open_link boolean NOT NULL DEFAULT TRUE;
