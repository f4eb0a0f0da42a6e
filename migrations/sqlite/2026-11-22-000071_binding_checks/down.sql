DROP TABLE binding_checks;
