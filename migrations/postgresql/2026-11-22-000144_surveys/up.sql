CREATE TABLE surveys (
    id uuid PRIMARY KEY NOT NULL,
    specification_id uuid NOT NULL REFERENCES specifications(id),
    question text NOT NULL,
    closes_on date NOT NULL,
    opened_at timestamp NOT NULL,
    opened_by uuid REFERENCES people(id)
);
CREATE INDEX surveys_specification_id_idx ON surveys (specification_id);
CREATE TABLE survey_answers (
    id uuid PRIMARY KEY NOT NULL,
    survey_id uuid NOT NULL REFERENCES surveys(id),
    at timestamp NOT NULL,
    who text NOT NULL,
    unit text NOT NULL,
    degree text NOT NULL,
    volume integer NOT NULL,
    problems text NOT NULL,
    benefit text NOT NULL,
    answer text NOT NULL,
    suggestion text NOT NULL
);
CREATE INDEX survey_answers_survey_id_idx ON survey_answers (survey_id, at);
