DROP TABLE overlaps;
