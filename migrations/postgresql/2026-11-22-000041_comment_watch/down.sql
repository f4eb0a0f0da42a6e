DROP TABLE comment_watch;
