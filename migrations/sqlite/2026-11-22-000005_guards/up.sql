-- What no program may do, whatever its code says: change a stage that the ledger does not tell of, vote after the count,
-- open a closed ballot again, change what was signed.
CREATE TRIGGER projects_stage_told BEFORE UPDATE OF stage ON projects
WHEN NEW.stage <> OLD.stage AND NOT EXISTS (
    SELECT 1 FROM events AS told
    WHERE told.object_id = NEW.id AND told.from_stage = OLD.stage AND told.to_stage = NEW.stage
      AND NOT EXISTS (SELECT 1 FROM events AS later WHERE later.object_id = NEW.id AND later.to_stage <> '' AND later.object_seq > told.object_seq)
)
BEGIN
    SELECT RAISE(ABORT, 'a stage changes only with its event');
END;

CREATE TRIGGER votes_before_the_count BEFORE INSERT ON votes
WHEN EXISTS (SELECT 1 FROM ballots WHERE ballots.id = NEW.ballot_id AND ballots.closed_at IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'a closed ballot takes no vote');
END;

CREATE TRIGGER ballots_stay_closed BEFORE UPDATE ON ballots
WHEN OLD.closed_at IS NOT NULL AND (NEW.closed_at IS NOT OLD.closed_at OR NEW.result IS NOT OLD.result)
BEGIN
    SELECT RAISE(ABORT, 'a closed ballot stays as it was counted');
END;

CREATE TRIGGER ballots_stay_signed BEFORE UPDATE ON ballots
WHEN OLD.signed_at IS NOT NULL
  AND (NEW.conclusion <> OLD.conclusion OR NEW.conclusion_hash IS NOT OLD.conclusion_hash OR NEW.signed_by IS NOT OLD.signed_by OR NEW.signed_at IS NOT OLD.signed_at)
BEGIN
    SELECT RAISE(ABORT, 'a signed conclusion stays as it is');
END;
