DROP TABLE comment_index;
