DROP TABLE announcement_draft_texts;
DROP TABLE announcement_drafts;
