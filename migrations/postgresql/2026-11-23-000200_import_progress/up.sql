ALTER TABLE comment_imports ADD COLUMN progress text;
