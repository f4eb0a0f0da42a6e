CREATE TABLE text_reads (
    specification_id uuid NOT NULL REFERENCES specifications(id),
    on_day date NOT NULL,
    reads integer NOT NULL,
    PRIMARY KEY (specification_id, on_day)
);
