CREATE TABLE comment_files (
    id BLOB PRIMARY KEY NOT NULL,
    comment_id BLOB NOT NULL REFERENCES comments(id),
    ordinal INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    added_at TEXT NOT NULL
);
CREATE UNIQUE INDEX comment_files_comment_id_ordinal_key ON comment_files (comment_id, ordinal);
