-- What no program may do, whatever its code says: change a stage that the ledger does not tell of, vote after the count,
-- open a closed ballot again, change what was signed.
CREATE FUNCTION projects_stage_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM events AS told
        WHERE told.object_id = NEW.id AND told.from_stage = OLD.stage AND told.to_stage = NEW.stage
          AND NOT EXISTS (SELECT 1 FROM events AS later WHERE later.object_id = NEW.id AND later.to_stage <> '' AND later.object_seq > told.object_seq)
    ) THEN
        RAISE EXCEPTION 'a stage changes only with its event';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER projects_stage_told BEFORE UPDATE OF stage ON projects
FOR EACH ROW WHEN (NEW.stage <> OLD.stage) EXECUTE FUNCTION projects_stage_told();

CREATE FUNCTION votes_before_the_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ballots WHERE ballots.id = NEW.ballot_id AND ballots.closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a closed ballot takes no vote';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER votes_before_the_count BEFORE INSERT ON votes
FOR EACH ROW EXECUTE FUNCTION votes_before_the_count();

CREATE FUNCTION ballots_stay_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a closed ballot stays as it was counted';
END $$;
CREATE TRIGGER ballots_stay_closed BEFORE UPDATE ON ballots
FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL AND (NEW.closed_at IS DISTINCT FROM OLD.closed_at OR NEW.result IS DISTINCT FROM OLD.result))
EXECUTE FUNCTION ballots_stay_closed();

CREATE FUNCTION ballots_stay_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a signed conclusion stays as it is';
END $$;
CREATE TRIGGER ballots_stay_signed BEFORE UPDATE ON ballots
FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL
  AND (NEW.conclusion <> OLD.conclusion OR NEW.conclusion_hash IS DISTINCT FROM OLD.conclusion_hash OR NEW.signed_by IS DISTINCT FROM OLD.signed_by OR NEW.signed_at IS DISTINCT FROM OLD.signed_at))
EXECUTE FUNCTION ballots_stay_signed();
