CREATE TABLE saved_searches (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES people(id),
    question TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
);
CREATE INDEX saved_searches_person_id_idx ON saved_searches (person_id);
