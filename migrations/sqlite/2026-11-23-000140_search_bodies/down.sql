DROP TABLE search_words;
DROP TABLE search_bodies;
DROP TABLE search_texts;
CREATE TABLE search_texts (
    id INTEGER PRIMARY KEY,
    specification_id BLOB NOT NULL UNIQUE,
    body TEXT NOT NULL
);
CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');
