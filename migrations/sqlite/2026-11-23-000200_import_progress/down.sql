ALTER TABLE comment_imports DROP COLUMN progress;
