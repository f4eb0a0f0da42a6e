CREATE TABLE overlap_cases (
    id uuid PRIMARY KEY NOT NULL,
    local_id uuid NOT NULL REFERENCES specifications(id),
    national_id uuid NOT NULL REFERENCES specifications(id),
    kind text NOT NULL,
    words text NOT NULL,
    opened_at timestamp NOT NULL,
    opened_by uuid REFERENCES people(id),
    outcome text,
    note text NOT NULL,
    decided_at timestamp,
    decided_by uuid REFERENCES people(id)
);
CREATE INDEX overlap_cases_local_id_idx ON overlap_cases (local_id, national_id);
