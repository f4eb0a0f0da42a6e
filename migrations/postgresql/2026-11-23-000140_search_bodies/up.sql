DROP TABLE search_texts;
CREATE TABLE search_texts (
    specification_id uuid PRIMARY KEY NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX search_texts_words_idx ON search_texts USING gin (words);
CREATE TABLE search_bodies (
    specification_id uuid PRIMARY KEY NOT NULL,
    body text NOT NULL
);
