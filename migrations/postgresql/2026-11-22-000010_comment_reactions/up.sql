CREATE TABLE comment_reactions (
    id uuid PRIMARY KEY NOT NULL,
    comment_id uuid NOT NULL REFERENCES comments(id),
    reaction text NOT NULL,
    note text NOT NULL,
    at timestamp NOT NULL
);
CREATE INDEX comment_reactions_comment_id_idx ON comment_reactions (comment_id);
