CREATE TABLE surveys (
    id BLOB PRIMARY KEY NOT NULL,
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    question TEXT NOT NULL,
    closes_on DATE NOT NULL,
    opened_at TEXT NOT NULL,
    opened_by BLOB REFERENCES people(id)
);
CREATE INDEX surveys_specification_id_idx ON surveys (specification_id);
CREATE TABLE survey_answers (
    id BLOB PRIMARY KEY NOT NULL,
    survey_id BLOB NOT NULL REFERENCES surveys(id),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    unit TEXT NOT NULL,
    degree TEXT NOT NULL,
    volume INTEGER NOT NULL,
    problems TEXT NOT NULL,
    benefit TEXT NOT NULL,
    answer TEXT NOT NULL,
    suggestion TEXT NOT NULL
);
CREATE INDEX survey_answers_survey_id_idx ON survey_answers (survey_id, at);
