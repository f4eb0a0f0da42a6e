CREATE TABLE comment_watch (
    comment_id BLOB PRIMARY KEY NOT NULL REFERENCES comments(id),
    why TEXT NOT NULL,
    held_at TEXT NOT NULL,
    confirmed_at TEXT,
    verdict TEXT,
    reason TEXT NOT NULL,
    decided_by BLOB REFERENCES people(id),
    decided_at TEXT
);
