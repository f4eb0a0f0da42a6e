DROP TRIGGER conclusion_signatures_stay;
DROP TRIGGER conclusion_texts_stay;
DROP TRIGGER ballots_stay_signed;
CREATE TRIGGER ballots_stay_signed BEFORE UPDATE ON ballots
WHEN OLD.signed_at IS NOT NULL
  AND (NEW.conclusion <> OLD.conclusion OR NEW.conclusion_hash IS NOT OLD.conclusion_hash OR NEW.signed_by IS NOT OLD.signed_by OR NEW.signed_at IS NOT OLD.signed_at)
BEGIN
    SELECT RAISE(ABORT, 'a signed conclusion stays as it is');
END;
