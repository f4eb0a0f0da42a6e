DROP TRIGGER ballots_stay_signed;
CREATE TRIGGER ballots_stay_signed BEFORE UPDATE ON ballots
WHEN OLD.signed_at IS NOT NULL
  AND NOT (NEW.signed_at IS NULL AND NEW.signed_by IS NULL AND NEW.conclusion_hash IS NULL)
  AND (NEW.conclusion <> OLD.conclusion OR NEW.conclusion_hash IS NOT OLD.conclusion_hash OR NEW.signed_by IS NOT OLD.signed_by OR NEW.signed_at IS NOT OLD.signed_at)
BEGIN
    SELECT RAISE(ABORT, 'a signed conclusion stays as it is');
END;

CREATE TRIGGER conclusion_texts_stay BEFORE UPDATE ON conclusion_texts
BEGIN
    SELECT RAISE(ABORT, 'a text of a conclusion stays as it was written');
END;

CREATE TRIGGER conclusion_signatures_stay BEFORE UPDATE ON conclusion_signatures
WHEN NEW.ballot_id <> OLD.ballot_id OR NEW.part <> OLD.part OR NEW.person_id <> OLD.person_id OR NEW.sha256 <> OLD.sha256
  OR (OLD.voided_at IS NOT NULL AND NEW.voided_at IS NOT OLD.voided_at)
BEGIN
    SELECT RAISE(ABORT, 'a signature stays as it was made');
END;
