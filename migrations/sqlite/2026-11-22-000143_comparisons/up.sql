CREATE TABLE comparisons (
    id BLOB PRIMARY KEY NOT NULL,
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    source TEXT NOT NULL,
    owner TEXT NOT NULL,
    due_on DATE NOT NULL,
    opened_at TEXT NOT NULL,
    opened_by BLOB REFERENCES people(id),
    conclusion TEXT,
    note TEXT NOT NULL,
    concluded_at TEXT
);
CREATE INDEX comparisons_specification_id_idx ON comparisons (specification_id);
CREATE TABLE comparison_lines (
    comparison_id BLOB NOT NULL REFERENCES comparisons(id),
    ordinal INTEGER NOT NULL,
    clause TEXT NOT NULL,
    source_clause TEXT NOT NULL,
    indicator TEXT NOT NULL,
    ours TEXT NOT NULL,
    theirs TEXT NOT NULL,
    difference TEXT NOT NULL,
    cause TEXT NOT NULL,
    PRIMARY KEY (comparison_id, ordinal)
);
