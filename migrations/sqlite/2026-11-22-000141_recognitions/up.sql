CREATE TABLE joint_numbers (
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    authority_id BLOB NOT NULL REFERENCES authorities(id),
    number TEXT NOT NULL,
    void_at TEXT,
    PRIMARY KEY (specification_id, authority_id)
);
CREATE UNIQUE INDEX joint_numbers_number_key ON joint_numbers (number);
CREATE TABLE recognitions (
    id BLOB PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    basis TEXT NOT NULL,
    effective_on DATE NOT NULL,
    ended_on DATE,
    note TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    proposed_by BLOB REFERENCES people(id)
);
CREATE TABLE recognition_parties (
    recognition_id BLOB NOT NULL REFERENCES recognitions(id),
    authority_id BLOB NOT NULL REFERENCES authorities(id),
    confirmed_at TEXT,
    confirmed_by BLOB REFERENCES people(id),
    document TEXT NOT NULL,
    PRIMARY KEY (recognition_id, authority_id)
);
CREATE TABLE recognition_texts (
    recognition_id BLOB NOT NULL REFERENCES recognitions(id),
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (recognition_id, specification_id)
);
CREATE INDEX recognition_texts_specification_id_idx ON recognition_texts (specification_id);
