CREATE TABLE ballot_mandates (
    ballot_id uuid NOT NULL REFERENCES ballots(id),
    person_id uuid NOT NULL REFERENCES people(id),
    proxy_id uuid NOT NULL REFERENCES people(id),
    words text NOT NULL,
    given_at timestamp NOT NULL,
    PRIMARY KEY (ballot_id, person_id)
);
CREATE INDEX ballot_mandates_person_id_idx ON ballot_mandates (person_id);
CREATE INDEX ballot_mandates_proxy_id_idx ON ballot_mandates (proxy_id);
