-- Emptying a table fires none of the guards of its rows.
CREATE TRIGGER events_are_not_emptied BEFORE TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows();
CREATE TRIGGER checkpoints_are_not_emptied BEFORE TRUNCATE ON checkpoints
FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows();
