CREATE TABLE comment_index (
    comment_id uuid PRIMARY KEY NOT NULL REFERENCES comments(id),
    round_id uuid NOT NULL REFERENCES rounds(id),
    serial integer NOT NULL,
    place text COLLATE "C" NOT NULL,
    clause text NOT NULL,
    words text NOT NULL,
    alike integer NOT NULL,
    sketch text NOT NULL
);
CREATE INDEX comment_index_round_id_place_serial_idx ON comment_index (round_id, place, serial);
CREATE INDEX comment_index_round_id_alike_idx ON comment_index (round_id, alike);
