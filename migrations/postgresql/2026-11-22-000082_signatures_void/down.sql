DROP TRIGGER conclusion_signatures_stay ON conclusion_signatures;
DROP FUNCTION conclusion_signatures_stay();
DROP TRIGGER conclusion_texts_stay ON conclusion_texts;
DROP FUNCTION conclusion_texts_stay();
DROP TRIGGER ballots_stay_signed ON ballots;
CREATE TRIGGER ballots_stay_signed BEFORE UPDATE ON ballots
FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL
  AND (NEW.conclusion <> OLD.conclusion OR NEW.conclusion_hash IS DISTINCT FROM OLD.conclusion_hash OR NEW.signed_by IS DISTINCT FROM OLD.signed_by OR NEW.signed_at IS DISTINCT FROM OLD.signed_at))
EXECUTE FUNCTION ballots_stay_signed();
