CREATE TABLE comment_reactions (
    id BLOB PRIMARY KEY NOT NULL,
    comment_id BLOB NOT NULL REFERENCES comments(id),
    reaction TEXT NOT NULL,
    note TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX comment_reactions_comment_id_idx ON comment_reactions (comment_id);
