CREATE TABLE comment_care (
    comment_id BLOB PRIMARY KEY NOT NULL REFERENCES comments(id),
    owner_id BLOB REFERENCES people(id),
    substantive BOOLEAN,
    confirmed_by BLOB REFERENCES people(id),
    confirmed_at TEXT
);

CREATE TABLE comment_notes (
    id BLOB PRIMARY KEY NOT NULL,
    comment_id BLOB NOT NULL REFERENCES comments(id),
    person_id BLOB NOT NULL REFERENCES people(id),
    body TEXT NOT NULL,
    written_at TEXT NOT NULL
);
CREATE INDEX comment_notes_comment_id_idx ON comment_notes (comment_id);

CREATE TABLE stock_reasons (
    id BLOB PRIMARY KEY NOT NULL,
    holder BLOB NOT NULL,
    body TEXT NOT NULL,
    kept_by BLOB REFERENCES people(id),
    kept_at TEXT NOT NULL
);
CREATE INDEX stock_reasons_holder_idx ON stock_reasons (holder);
