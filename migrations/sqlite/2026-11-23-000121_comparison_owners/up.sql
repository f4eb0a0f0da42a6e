ALTER TABLE comparisons ADD COLUMN owner_address TEXT NOT NULL DEFAULT '';
