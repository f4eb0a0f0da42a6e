CREATE TABLE announcement_drafts (
    id BLOB NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    authority_id BLOB NOT NULL REFERENCES authorities(id),
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    issued_on DATE,
    effective_on DATE,
    created_at TEXT NOT NULL,
    created_by BLOB REFERENCES people(id),
    ended_at TEXT,
    issued BOOLEAN NOT NULL
);
CREATE INDEX announcement_drafts_authority ON announcement_drafts (authority_id, ended_at);
CREATE TABLE announcement_draft_texts (
    draft_id BLOB NOT NULL REFERENCES announcement_drafts(id),
    project_id BLOB NOT NULL REFERENCES projects(id),
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (draft_id, project_id)
);
CREATE INDEX announcement_draft_texts_project ON announcement_draft_texts (project_id);
