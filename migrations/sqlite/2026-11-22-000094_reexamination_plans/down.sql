DROP TABLE reexamination_plans;
