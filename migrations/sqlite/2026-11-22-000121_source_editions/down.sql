DROP TABLE source_editions;
