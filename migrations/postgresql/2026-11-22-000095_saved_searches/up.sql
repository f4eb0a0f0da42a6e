CREATE TABLE saved_searches (
    id uuid PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES people(id),
    question text NOT NULL,
    saved_at timestamp NOT NULL,
    seen_at timestamp NOT NULL
);
CREATE INDEX saved_searches_person_id_idx ON saved_searches (person_id);
