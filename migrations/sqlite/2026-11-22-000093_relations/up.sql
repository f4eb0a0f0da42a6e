CREATE TABLE citations (
    id BLOB PRIMARY KEY NOT NULL,
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    cited TEXT NOT NULL,
    clause TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    decided_by BLOB REFERENCES people(id),
    decided_at TEXT
);
CREATE UNIQUE INDEX citations_specification_id_cited_key ON citations (specification_id, cited);
CREATE INDEX citations_cited_idx ON citations (cited);

CREATE TABLE impact_tasks (
    id BLOB PRIMARY KEY NOT NULL,
    changed_id BLOB NOT NULL REFERENCES specifications(id),
    dependent_id BLOB NOT NULL REFERENCES specifications(id),
    committee_id BLOB REFERENCES committees(id),
    clause TEXT NOT NULL,
    reason TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    opened_by BLOB REFERENCES people(id),
    answer TEXT,
    note TEXT NOT NULL,
    answered_at TEXT,
    answered_by BLOB REFERENCES people(id)
);
CREATE INDEX impact_tasks_changed_id_idx ON impact_tasks (changed_id);
CREATE INDEX impact_tasks_dependent_id_idx ON impact_tasks (dependent_id);
CREATE INDEX impact_tasks_committee_id_idx ON impact_tasks (committee_id, answered_at);
