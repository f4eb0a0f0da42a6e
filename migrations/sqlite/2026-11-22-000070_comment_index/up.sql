CREATE TABLE comment_index (
    comment_id BLOB PRIMARY KEY NOT NULL REFERENCES comments(id),
    round_id BLOB NOT NULL REFERENCES rounds(id),
    serial INTEGER NOT NULL,
    place TEXT NOT NULL,
    clause TEXT NOT NULL,
    words TEXT NOT NULL,
    alike INTEGER NOT NULL,
    sketch TEXT NOT NULL
);
CREATE INDEX comment_index_round_id_place_serial_idx ON comment_index (round_id, place, serial);
CREATE INDEX comment_index_round_id_alike_idx ON comment_index (round_id, alike);
