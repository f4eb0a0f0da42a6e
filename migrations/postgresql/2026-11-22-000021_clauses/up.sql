CREATE TABLE clause_texts (
    document_id uuid PRIMARY KEY NOT NULL REFERENCES documents(id),
    version bigint NOT NULL,
    state text NOT NULL,
    fault text,
    doubts text NOT NULL,
    margin text NOT NULL,
    read_at timestamp NOT NULL,
    read_by uuid REFERENCES people(id)
);

CREATE TABLE clauses (
    document_id uuid NOT NULL REFERENCES clause_texts(document_id),
    ordinal integer NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    number text NOT NULL,
    heading text NOT NULL,
    level integer NOT NULL,
    blocks text NOT NULL,
    plain text NOT NULL,
    PRIMARY KEY (document_id, ordinal)
);
CREATE UNIQUE INDEX clauses_document_id_key_key ON clauses (document_id, key);

CREATE TABLE clause_links (
    id uuid PRIMARY KEY NOT NULL,
    from_document uuid NOT NULL REFERENCES documents(id),
    to_document uuid NOT NULL REFERENCES documents(id),
    from_key text NOT NULL,
    to_key text NOT NULL,
    relation text NOT NULL,
    decided_by uuid NOT NULL REFERENCES people(id),
    decided_at timestamp NOT NULL
);
CREATE INDEX clause_links_from_document_idx ON clause_links (from_document, to_document);
CREATE INDEX clause_links_to_document_idx ON clause_links (to_document);

CREATE TABLE comment_places (
    comment_id uuid NOT NULL REFERENCES comments(id),
    document_id uuid NOT NULL REFERENCES documents(id),
    clause_key text NOT NULL,
    quote text NOT NULL,
    quote_before text NOT NULL,
    quote_after text NOT NULL,
    fingerprint text NOT NULL,
    fate text NOT NULL,
    decided_by uuid REFERENCES people(id),
    decided_at timestamp,
    PRIMARY KEY (comment_id, document_id)
);
CREATE INDEX comment_places_document_id_idx ON comment_places (document_id);
