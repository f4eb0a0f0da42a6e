CREATE TABLE citations (
    id uuid PRIMARY KEY NOT NULL,
    specification_id uuid NOT NULL REFERENCES specifications(id),
    cited text NOT NULL,
    clause text NOT NULL,
    words text NOT NULL,
    state text NOT NULL,
    entered_at timestamp NOT NULL,
    decided_by uuid REFERENCES people(id),
    decided_at timestamp
);
CREATE UNIQUE INDEX citations_specification_id_cited_key ON citations (specification_id, cited);
CREATE INDEX citations_cited_idx ON citations (cited);

CREATE TABLE impact_tasks (
    id uuid PRIMARY KEY NOT NULL,
    changed_id uuid NOT NULL REFERENCES specifications(id),
    dependent_id uuid NOT NULL REFERENCES specifications(id),
    committee_id uuid REFERENCES committees(id),
    clause text NOT NULL,
    reason text NOT NULL,
    opened_at timestamp NOT NULL,
    opened_by uuid REFERENCES people(id),
    answer text,
    note text NOT NULL,
    answered_at timestamp,
    answered_by uuid REFERENCES people(id)
);
CREATE INDEX impact_tasks_changed_id_idx ON impact_tasks (changed_id);
CREATE INDEX impact_tasks_dependent_id_idx ON impact_tasks (dependent_id);
CREATE INDEX impact_tasks_committee_id_idx ON impact_tasks (committee_id, answered_at);
