CREATE TABLE conclusion_texts (
    id BLOB PRIMARY KEY NOT NULL,
    ballot_id BLOB NOT NULL REFERENCES ballots(id),
    ordinal INTEGER NOT NULL,
    body TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    written_by BLOB NOT NULL REFERENCES people(id),
    written_at TEXT NOT NULL
);
CREATE UNIQUE INDEX conclusion_texts_ballot_id_ordinal_key ON conclusion_texts (ballot_id, ordinal);

CREATE TABLE conclusion_signatures (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    ballot_id BLOB NOT NULL REFERENCES ballots(id),
    part TEXT NOT NULL,
    person_id BLOB NOT NULL REFERENCES people(id),
    acting BOOLEAN NOT NULL,
    sha256 TEXT NOT NULL,
    signed_at TEXT NOT NULL,
    scan_id BLOB REFERENCES documents(id),
    entered_by BLOB REFERENCES people(id),
    confirmed_by BLOB REFERENCES people(id),
    confirmed_at TEXT,
    voided_at TEXT
);
CREATE INDEX conclusion_signatures_ballot_id_idx ON conclusion_signatures (ballot_id);
