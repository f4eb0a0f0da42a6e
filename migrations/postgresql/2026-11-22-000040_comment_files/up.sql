CREATE TABLE comment_files (
    id uuid PRIMARY KEY NOT NULL,
    comment_id uuid NOT NULL REFERENCES comments(id),
    ordinal integer NOT NULL,
    file_name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    added_at timestamp NOT NULL
);
CREATE UNIQUE INDEX comment_files_comment_id_ordinal_key ON comment_files (comment_id, ordinal);
