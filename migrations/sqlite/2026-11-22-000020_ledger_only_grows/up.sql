-- The ledger only grows: what was written is neither changed nor taken out, whatever the code says. Restoring switches these
-- guards off for its one transaction, as it does with all others.
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'the ledger only grows');
END;

CREATE TRIGGER events_never_go BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'the ledger only grows');
END;

CREATE TRIGGER checkpoints_never_change BEFORE UPDATE ON checkpoints
BEGIN
    SELECT RAISE(ABORT, 'the ledger only grows');
END;

CREATE TRIGGER checkpoints_never_go BEFORE DELETE ON checkpoints
BEGIN
    SELECT RAISE(ABORT, 'the ledger only grows');
END;
