CREATE TABLE ballot_mandates (
    ballot_id BLOB NOT NULL REFERENCES ballots(id),
    person_id BLOB NOT NULL REFERENCES people(id),
    proxy_id BLOB NOT NULL REFERENCES people(id),
    words TEXT NOT NULL,
    given_at TEXT NOT NULL,
    PRIMARY KEY (ballot_id, person_id)
);
CREATE INDEX ballot_mandates_person_id_idx ON ballot_mandates (person_id);
CREATE INDEX ballot_mandates_proxy_id_idx ON ballot_mandates (proxy_id);
