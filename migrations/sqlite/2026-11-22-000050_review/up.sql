ALTER TABLE ballots ADD COLUMN secret BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE ballot_roll ADD COLUMN voted BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE ballot_boxes (
    ballot_id BLOB PRIMARY KEY NOT NULL REFERENCES ballots(id),
    version BIGINT NOT NULL,
    slips TEXT NOT NULL
);

CREATE TABLE interest_declarations (
    ballot_id BLOB NOT NULL REFERENCES ballots(id),
    person_id BLOB NOT NULL REFERENCES people(id),
    conflicted BOOLEAN NOT NULL,
    details TEXT NOT NULL,
    declared_at TEXT NOT NULL,
    PRIMARY KEY (ballot_id, person_id)
);
CREATE INDEX interest_declarations_person_id_idx ON interest_declarations (person_id);

CREATE TABLE reviewer_qualifications (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    committee_id BLOB NOT NULL REFERENCES committees(id),
    person_id BLOB NOT NULL REFERENCES people(id),
    number TEXT NOT NULL,
    scope TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE NOT NULL,
    absent_until DATE,
    revoked_at TEXT,
    created_at TEXT NOT NULL
);
CREATE UNIQUE INDEX reviewer_qualifications_committee_id_number_key ON reviewer_qualifications (committee_id, number);
CREATE INDEX reviewer_qualifications_person_id_idx ON reviewer_qualifications (person_id);

CREATE TABLE principal_reviews (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    project_id BLOB NOT NULL REFERENCES projects(id),
    person_id BLOB NOT NULL REFERENCES people(id),
    document_id BLOB REFERENCES documents(id),
    qualification TEXT NOT NULL,
    valid_until DATE,
    assigned_by BLOB NOT NULL REFERENCES people(id),
    assigned_at TEXT NOT NULL,
    checklist TEXT NOT NULL,
    opinion TEXT NOT NULL,
    recommendation TEXT,
    submitted_at TEXT,
    ended_at TEXT
);
CREATE INDEX principal_reviews_project_id_idx ON principal_reviews (project_id);

CREATE TABLE review_findings (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    review_id BLOB NOT NULL REFERENCES principal_reviews(id),
    ordinal INTEGER NOT NULL,
    clause TEXT NOT NULL,
    severity TEXT NOT NULL,
    body TEXT NOT NULL,
    proposal TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_by BLOB REFERENCES people(id),
    answered_at TEXT,
    settled_at TEXT,
    created_at TEXT NOT NULL
);
CREATE UNIQUE INDEX review_findings_review_id_ordinal_key ON review_findings (review_id, ordinal);

CREATE TABLE required_changes (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    ballot_id BLOB NOT NULL REFERENCES ballots(id),
    project_id BLOB NOT NULL REFERENCES projects(id),
    ordinal INTEGER NOT NULL,
    clause TEXT NOT NULL,
    body TEXT NOT NULL,
    responsible_id BLOB REFERENCES people(id),
    created_by BLOB NOT NULL REFERENCES people(id),
    created_at TEXT NOT NULL,
    done_note TEXT NOT NULL,
    done_by BLOB REFERENCES people(id),
    done_at TEXT
);
CREATE UNIQUE INDEX required_changes_ballot_id_ordinal_key ON required_changes (ballot_id, ordinal);
CREATE INDEX required_changes_project_id_idx ON required_changes (project_id);

CREATE TABLE meeting_places (
    ballot_id BLOB PRIMARY KEY NOT NULL REFERENCES ballots(id),
    version BIGINT NOT NULL,
    clause TEXT NOT NULL,
    moved_at TEXT NOT NULL,
    moved_by BLOB NOT NULL REFERENCES people(id)
);

CREATE TABLE clause_positions (
    id BLOB PRIMARY KEY NOT NULL,
    ballot_id BLOB NOT NULL REFERENCES ballots(id),
    clause TEXT NOT NULL,
    person_id BLOB NOT NULL REFERENCES people(id),
    stance TEXT NOT NULL,
    body TEXT NOT NULL,
    recorded_by BLOB NOT NULL REFERENCES people(id),
    recorded_at TEXT NOT NULL
);
CREATE INDEX clause_positions_ballot_id_idx ON clause_positions (ballot_id);

CREATE TABLE observers (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    project_id BLOB NOT NULL REFERENCES projects(id),
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    contact TEXT NOT NULL,
    reason TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    admitted BOOLEAN,
    decided_by BLOB REFERENCES people(id),
    decided_at TEXT,
    decision TEXT NOT NULL,
    promised_at TEXT,
    attended_at TEXT,
    record TEXT NOT NULL,
    removed_at TEXT
);
CREATE INDEX observers_project_id_idx ON observers (project_id);
