CREATE TABLE source_editions (
    source TEXT NOT NULL,
    edition INTEGER NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    PRIMARY KEY (source, edition)
);
