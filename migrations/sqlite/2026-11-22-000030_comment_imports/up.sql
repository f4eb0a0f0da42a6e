CREATE TABLE comment_imports (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    round_id BLOB NOT NULL REFERENCES rounds(id),
    document_id BLOB NOT NULL REFERENCES documents(id),
    state TEXT NOT NULL,
    sender TEXT NOT NULL,
    address TEXT NOT NULL,
    source TEXT NOT NULL,
    received_on DATE NOT NULL,
    as_whole BOOLEAN NOT NULL,
    headings TEXT NOT NULL,
    meanings TEXT NOT NULL,
    notes TEXT NOT NULL,
    token_hash TEXT,
    told_at TEXT,
    created_by BLOB REFERENCES people(id),
    created_at TEXT NOT NULL
);
CREATE UNIQUE INDEX comment_imports_round_id_document_id_key ON comment_imports (round_id, document_id);
CREATE UNIQUE INDEX comment_imports_token_hash_key ON comment_imports (token_hash);

CREATE TABLE comment_import_rows (
    import_id BLOB NOT NULL REFERENCES comment_imports(id),
    line BIGINT NOT NULL,
    state TEXT NOT NULL,
    comment_id BLOB REFERENCES comments(id),
    cells TEXT NOT NULL,
    faults TEXT NOT NULL,
    note TEXT NOT NULL,
    decided_by BLOB REFERENCES people(id),
    decided_at TEXT,
    PRIMARY KEY (import_id, line)
);
CREATE INDEX comment_import_rows_comment_id_idx ON comment_import_rows (comment_id);

CREATE TABLE column_habits (
    holder BLOB NOT NULL,
    sender TEXT NOT NULL,
    meanings TEXT NOT NULL,
    used_at TEXT NOT NULL,
    PRIMARY KEY (holder, sender)
);
