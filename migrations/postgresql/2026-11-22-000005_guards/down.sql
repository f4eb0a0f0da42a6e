DROP TRIGGER ballots_stay_signed ON ballots;
DROP FUNCTION ballots_stay_signed();
DROP TRIGGER ballots_stay_closed ON ballots;
DROP FUNCTION ballots_stay_closed();
DROP TRIGGER votes_before_the_count ON votes;
DROP FUNCTION votes_before_the_count();
DROP TRIGGER projects_stage_told ON projects;
DROP FUNCTION projects_stage_told();
