-- The checksum of a version of a rule profile over all its values: what was read once under it need not be read again.
-- Versions published before keep '' and are read each time.
ALTER TABLE rule_profiles ADD COLUMN digest TEXT NOT NULL DEFAULT '';
