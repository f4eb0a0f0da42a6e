ALTER TABLE surveys DROP COLUMN open_link;
DROP TABLE evaluation_surveys;
DROP TABLE survey_invites;
