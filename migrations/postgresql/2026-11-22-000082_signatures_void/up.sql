DROP TRIGGER ballots_stay_signed ON ballots;
CREATE TRIGGER ballots_stay_signed BEFORE UPDATE ON ballots
FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL
  AND NOT (NEW.signed_at IS NULL AND NEW.signed_by IS NULL AND NEW.conclusion_hash IS NULL)
  AND (NEW.conclusion <> OLD.conclusion OR NEW.conclusion_hash IS DISTINCT FROM OLD.conclusion_hash OR NEW.signed_by IS DISTINCT FROM OLD.signed_by OR NEW.signed_at IS DISTINCT FROM OLD.signed_at))
EXECUTE FUNCTION ballots_stay_signed();

CREATE FUNCTION conclusion_texts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a text of a conclusion stays as it was written';
END $$;
CREATE TRIGGER conclusion_texts_stay BEFORE UPDATE ON conclusion_texts
FOR EACH ROW EXECUTE FUNCTION conclusion_texts_stay();

CREATE FUNCTION conclusion_signatures_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a signature stays as it was made';
END $$;
CREATE TRIGGER conclusion_signatures_stay BEFORE UPDATE ON conclusion_signatures
FOR EACH ROW WHEN (NEW.ballot_id <> OLD.ballot_id OR NEW.part <> OLD.part OR NEW.person_id <> OLD.person_id OR NEW.sha256 <> OLD.sha256
  OR (OLD.voided_at IS NOT NULL AND NEW.voided_at IS DISTINCT FROM OLD.voided_at))
EXECUTE FUNCTION conclusion_signatures_stay();
