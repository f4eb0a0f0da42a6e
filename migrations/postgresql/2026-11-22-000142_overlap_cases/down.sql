DROP TABLE overlap_cases;
