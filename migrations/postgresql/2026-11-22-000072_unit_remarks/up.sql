CREATE TABLE unit_remarks (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    round_id uuid NOT NULL REFERENCES rounds(id),
    organisation_id uuid NOT NULL REFERENCES organisations(id),
    person_id uuid NOT NULL REFERENCES people(id),
    clause text NOT NULL,
    kind text NOT NULL,
    body text NOT NULL,
    proposal text NOT NULL,
    reason text NOT NULL,
    quote text NOT NULL,
    written_at timestamp NOT NULL,
    changed_by uuid REFERENCES people(id),
    changed_at timestamp,
    dropped_at timestamp,
    sent_at timestamp
);
CREATE INDEX unit_remarks_round_id_organisation_id_idx ON unit_remarks (round_id, organisation_id);
