CREATE TABLE joint_numbers (
    specification_id uuid NOT NULL REFERENCES specifications(id),
    authority_id uuid NOT NULL REFERENCES authorities(id),
    number text NOT NULL,
    void_at timestamp,
    PRIMARY KEY (specification_id, authority_id)
);
CREATE UNIQUE INDEX joint_numbers_number_key ON joint_numbers (number);
CREATE TABLE recognitions (
    id uuid PRIMARY KEY NOT NULL,
    title text NOT NULL,
    basis text NOT NULL,
    effective_on date NOT NULL,
    ended_on date,
    note text NOT NULL,
    proposed_at timestamp NOT NULL,
    proposed_by uuid REFERENCES people(id)
);
CREATE TABLE recognition_parties (
    recognition_id uuid NOT NULL REFERENCES recognitions(id),
    authority_id uuid NOT NULL REFERENCES authorities(id),
    confirmed_at timestamp,
    confirmed_by uuid REFERENCES people(id),
    document text NOT NULL,
    PRIMARY KEY (recognition_id, authority_id)
);
CREATE TABLE recognition_texts (
    recognition_id uuid NOT NULL REFERENCES recognitions(id),
    specification_id uuid NOT NULL REFERENCES specifications(id),
    ordinal integer NOT NULL,
    PRIMARY KEY (recognition_id, specification_id)
);
CREATE INDEX recognition_texts_specification_id_idx ON recognition_texts (specification_id);
