DROP TRIGGER checkpoints_are_not_emptied ON checkpoints;
DROP TRIGGER events_are_not_emptied ON events;
