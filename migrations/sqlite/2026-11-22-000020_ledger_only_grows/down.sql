DROP TRIGGER checkpoints_never_go;
DROP TRIGGER checkpoints_never_change;
DROP TRIGGER events_never_go;
DROP TRIGGER events_never_change;
