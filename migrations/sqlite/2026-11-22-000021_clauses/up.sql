CREATE TABLE clause_texts (
    document_id BLOB PRIMARY KEY NOT NULL REFERENCES documents(id),
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    fault TEXT,
    doubts TEXT NOT NULL,
    margin TEXT NOT NULL,
    read_at TEXT NOT NULL,
    read_by BLOB REFERENCES people(id)
);

CREATE TABLE clauses (
    document_id BLOB NOT NULL REFERENCES clause_texts(document_id),
    ordinal INTEGER NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    heading TEXT NOT NULL,
    level INTEGER NOT NULL,
    blocks TEXT NOT NULL,
    plain TEXT NOT NULL,
    PRIMARY KEY (document_id, ordinal)
);
CREATE UNIQUE INDEX clauses_document_id_key_key ON clauses (document_id, key);

CREATE TABLE clause_links (
    id BLOB PRIMARY KEY NOT NULL,
    from_document BLOB NOT NULL REFERENCES documents(id),
    to_document BLOB NOT NULL REFERENCES documents(id),
    from_key TEXT NOT NULL,
    to_key TEXT NOT NULL,
    relation TEXT NOT NULL,
    decided_by BLOB NOT NULL REFERENCES people(id),
    decided_at TEXT NOT NULL
);
CREATE INDEX clause_links_from_document_idx ON clause_links (from_document, to_document);
CREATE INDEX clause_links_to_document_idx ON clause_links (to_document);

CREATE TABLE comment_places (
    comment_id BLOB NOT NULL REFERENCES comments(id),
    document_id BLOB NOT NULL REFERENCES documents(id),
    clause_key TEXT NOT NULL,
    quote TEXT NOT NULL,
    quote_before TEXT NOT NULL,
    quote_after TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    fate TEXT NOT NULL,
    decided_by BLOB REFERENCES people(id),
    decided_at TEXT,
    PRIMARY KEY (comment_id, document_id)
);
CREATE INDEX comment_places_document_id_idx ON comment_places (document_id);
