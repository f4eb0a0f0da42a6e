CREATE TABLE comment_imports (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    round_id uuid NOT NULL REFERENCES rounds(id),
    document_id uuid NOT NULL REFERENCES documents(id),
    state text NOT NULL,
    sender text NOT NULL,
    address text NOT NULL,
    source text NOT NULL,
    received_on date NOT NULL,
    as_whole boolean NOT NULL,
    headings text NOT NULL,
    meanings text NOT NULL,
    notes text NOT NULL,
    token_hash text,
    told_at timestamp,
    created_by uuid REFERENCES people(id),
    created_at timestamp NOT NULL
);
CREATE UNIQUE INDEX comment_imports_round_id_document_id_key ON comment_imports (round_id, document_id);
CREATE UNIQUE INDEX comment_imports_token_hash_key ON comment_imports (token_hash);

CREATE TABLE comment_import_rows (
    import_id uuid NOT NULL REFERENCES comment_imports(id),
    line bigint NOT NULL,
    state text NOT NULL,
    comment_id uuid REFERENCES comments(id),
    cells text NOT NULL,
    faults text NOT NULL,
    note text NOT NULL,
    decided_by uuid REFERENCES people(id),
    decided_at timestamp,
    PRIMARY KEY (import_id, line)
);
CREATE INDEX comment_import_rows_comment_id_idx ON comment_import_rows (comment_id);

CREATE TABLE column_habits (
    holder uuid NOT NULL,
    sender text NOT NULL,
    meanings text NOT NULL,
    used_at timestamp NOT NULL,
    PRIMARY KEY (holder, sender)
);
