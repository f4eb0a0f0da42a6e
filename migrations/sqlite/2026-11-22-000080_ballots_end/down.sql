ALTER TABLE ballots DROP COLUMN aborted_at;
