DROP TABLE conclusion_signatures;
DROP TABLE conclusion_texts;
