CREATE TABLE comment_watch (
    comment_id uuid PRIMARY KEY NOT NULL REFERENCES comments(id),
    why text NOT NULL,
    held_at timestamp NOT NULL,
    confirmed_at timestamp,
    verdict text,
    reason text NOT NULL,
    decided_by uuid REFERENCES people(id),
    decided_at timestamp
);
