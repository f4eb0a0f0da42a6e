DROP TABLE impact_tasks;
DROP TABLE citations;
