CREATE TABLE source_editions (
    source text NOT NULL,
    edition integer NOT NULL,
    title text NOT NULL,
    state text NOT NULL,
    noted_at timestamp NOT NULL,
    PRIMARY KEY (source, edition)
);
