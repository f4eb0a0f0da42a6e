ALTER TABLE comparisons DROP COLUMN owner_address;
