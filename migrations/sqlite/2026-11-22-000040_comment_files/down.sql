DROP TABLE comment_files;
