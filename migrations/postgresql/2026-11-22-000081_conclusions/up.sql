CREATE TABLE conclusion_texts (
    id uuid PRIMARY KEY NOT NULL,
    ballot_id uuid NOT NULL REFERENCES ballots(id),
    ordinal integer NOT NULL,
    body text NOT NULL,
    sha256 text NOT NULL,
    written_by uuid NOT NULL REFERENCES people(id),
    written_at timestamp NOT NULL
);
CREATE UNIQUE INDEX conclusion_texts_ballot_id_ordinal_key ON conclusion_texts (ballot_id, ordinal);

CREATE TABLE conclusion_signatures (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    ballot_id uuid NOT NULL REFERENCES ballots(id),
    part text NOT NULL,
    person_id uuid NOT NULL REFERENCES people(id),
    acting boolean NOT NULL,
    sha256 text NOT NULL,
    signed_at timestamp NOT NULL,
    scan_id uuid REFERENCES documents(id),
    entered_by uuid REFERENCES people(id),
    confirmed_by uuid REFERENCES people(id),
    confirmed_at timestamp,
    voided_at timestamp
);
CREATE INDEX conclusion_signatures_ballot_id_idx ON conclusion_signatures (ballot_id);
