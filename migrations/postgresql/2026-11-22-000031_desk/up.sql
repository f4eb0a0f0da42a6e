CREATE TABLE comment_care (
    comment_id uuid PRIMARY KEY NOT NULL REFERENCES comments(id),
    owner_id uuid REFERENCES people(id),
    substantive boolean,
    confirmed_by uuid REFERENCES people(id),
    confirmed_at timestamp
);

CREATE TABLE comment_notes (
    id uuid PRIMARY KEY NOT NULL,
    comment_id uuid NOT NULL REFERENCES comments(id),
    person_id uuid NOT NULL REFERENCES people(id),
    body text NOT NULL,
    written_at timestamp NOT NULL
);
CREATE INDEX comment_notes_comment_id_idx ON comment_notes (comment_id);

CREATE TABLE stock_reasons (
    id uuid PRIMARY KEY NOT NULL,
    holder uuid NOT NULL,
    body text NOT NULL,
    kept_by uuid REFERENCES people(id),
    kept_at timestamp NOT NULL
);
CREATE INDEX stock_reasons_holder_idx ON stock_reasons (holder);
