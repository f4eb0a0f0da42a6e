CREATE TABLE unit_remarks (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    round_id BLOB NOT NULL REFERENCES rounds(id),
    organisation_id BLOB NOT NULL REFERENCES organisations(id),
    person_id BLOB NOT NULL REFERENCES people(id),
    clause TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    proposal TEXT NOT NULL,
    reason TEXT NOT NULL,
    quote TEXT NOT NULL,
    written_at TEXT NOT NULL,
    changed_by BLOB REFERENCES people(id),
    changed_at TEXT,
    dropped_at TEXT,
    sent_at TEXT
);
CREATE INDEX unit_remarks_round_id_organisation_id_idx ON unit_remarks (round_id, organisation_id);
