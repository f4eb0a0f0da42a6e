ALTER TABLE comparisons ADD COLUMN owner_address text NOT NULL DEFAULT '';
