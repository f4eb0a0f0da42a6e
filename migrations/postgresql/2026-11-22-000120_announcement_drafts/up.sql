CREATE TABLE announcement_drafts (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    authority_id uuid NOT NULL REFERENCES authorities(id),
    number text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    issued_on date,
    effective_on date,
    created_at timestamp NOT NULL,
    created_by uuid REFERENCES people(id),
    ended_at timestamp,
    issued boolean NOT NULL
);
CREATE INDEX announcement_drafts_authority ON announcement_drafts (authority_id, ended_at);
CREATE TABLE announcement_draft_texts (
    draft_id uuid NOT NULL REFERENCES announcement_drafts(id),
    project_id uuid NOT NULL REFERENCES projects(id),
    ordinal integer NOT NULL,
    PRIMARY KEY (draft_id, project_id)
);
CREATE INDEX announcement_draft_texts_project ON announcement_draft_texts (project_id);
