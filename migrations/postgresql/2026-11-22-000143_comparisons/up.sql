CREATE TABLE comparisons (
    id uuid PRIMARY KEY NOT NULL,
    specification_id uuid NOT NULL REFERENCES specifications(id),
    source text NOT NULL,
    owner text NOT NULL,
    due_on date NOT NULL,
    opened_at timestamp NOT NULL,
    opened_by uuid REFERENCES people(id),
    conclusion text,
    note text NOT NULL,
    concluded_at timestamp
);
CREATE INDEX comparisons_specification_id_idx ON comparisons (specification_id);
CREATE TABLE comparison_lines (
    comparison_id uuid NOT NULL REFERENCES comparisons(id),
    ordinal integer NOT NULL,
    clause text NOT NULL,
    source_clause text NOT NULL,
    indicator text NOT NULL,
    ours text NOT NULL,
    theirs text NOT NULL,
    difference text NOT NULL,
    cause text NOT NULL,
    PRIMARY KEY (comparison_id, ordinal)
);
