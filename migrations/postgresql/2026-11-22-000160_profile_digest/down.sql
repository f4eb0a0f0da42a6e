ALTER TABLE rule_profiles DROP COLUMN digest;
