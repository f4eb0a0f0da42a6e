CREATE TABLE binding_checks (
    committee_id uuid NOT NULL REFERENCES committees(id),
    kind text NOT NULL,
    bound_by uuid REFERENCES people(id),
    bound_at timestamp NOT NULL,
    PRIMARY KEY (committee_id, kind)
);
