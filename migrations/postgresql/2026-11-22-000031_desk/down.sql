DROP TABLE stock_reasons;
DROP TABLE comment_notes;
DROP TABLE comment_care;
