CREATE TABLE text_reads (
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    on_day DATE NOT NULL,
    reads INTEGER NOT NULL,
    PRIMARY KEY (specification_id, on_day)
);
