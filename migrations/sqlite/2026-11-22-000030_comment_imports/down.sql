DROP TABLE column_habits;
DROP TABLE comment_import_rows;
DROP TABLE comment_imports;
