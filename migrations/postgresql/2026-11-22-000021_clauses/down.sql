DROP TABLE comment_places;
DROP TABLE clause_links;
DROP TABLE clauses;
DROP TABLE clause_texts;
