ALTER TABLE ballots ADD COLUMN aborted_at timestamp;
