-- The ledger only grows: what was written is neither changed nor taken out, whatever the code says. Restoring switches these
-- guards off for its one transaction, as it does with all others.
CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger only grows';
END $$;

CREATE TRIGGER events_never_change BEFORE UPDATE ON events
FOR EACH ROW EXECUTE FUNCTION ledger_only_grows();
CREATE TRIGGER events_never_go BEFORE DELETE ON events
FOR EACH ROW EXECUTE FUNCTION ledger_only_grows();

CREATE TRIGGER checkpoints_never_change BEFORE UPDATE ON checkpoints
FOR EACH ROW EXECUTE FUNCTION ledger_only_grows();
CREATE TRIGGER checkpoints_never_go BEFORE DELETE ON checkpoints
FOR EACH ROW EXECUTE FUNCTION ledger_only_grows();
