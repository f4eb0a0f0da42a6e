DROP TABLE ballot_mandates;
