DROP TABLE comparison_lines;
DROP TABLE comparisons;
