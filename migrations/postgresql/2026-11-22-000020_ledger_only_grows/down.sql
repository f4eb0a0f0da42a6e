DROP TRIGGER checkpoints_never_go ON checkpoints;
DROP TRIGGER checkpoints_never_change ON checkpoints;
DROP TRIGGER events_never_go ON events;
DROP TRIGGER events_never_change ON events;
DROP FUNCTION ledger_only_grows();
