DROP TABLE search_bodies;
DROP TABLE search_texts;
CREATE TABLE search_texts (
    specification_id uuid PRIMARY KEY NOT NULL,
    body text NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX search_texts_words_idx ON search_texts USING gin (words);
