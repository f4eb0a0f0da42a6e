DROP TRIGGER ballots_stay_signed;
DROP TRIGGER ballots_stay_closed;
DROP TRIGGER votes_before_the_count;
DROP TRIGGER projects_stage_told;
