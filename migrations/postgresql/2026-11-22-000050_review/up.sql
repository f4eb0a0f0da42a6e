ALTER TABLE ballots ADD COLUMN secret boolean NOT NULL DEFAULT false;
ALTER TABLE ballot_roll ADD COLUMN voted boolean NOT NULL DEFAULT false;

CREATE TABLE ballot_boxes (
    ballot_id uuid PRIMARY KEY NOT NULL REFERENCES ballots(id),
    version bigint NOT NULL,
    slips text NOT NULL
);

CREATE TABLE interest_declarations (
    ballot_id uuid NOT NULL REFERENCES ballots(id),
    person_id uuid NOT NULL REFERENCES people(id),
    conflicted boolean NOT NULL,
    details text NOT NULL,
    declared_at timestamp NOT NULL,
    PRIMARY KEY (ballot_id, person_id)
);
CREATE INDEX interest_declarations_person_id_idx ON interest_declarations (person_id);

CREATE TABLE reviewer_qualifications (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    committee_id uuid NOT NULL REFERENCES committees(id),
    person_id uuid NOT NULL REFERENCES people(id),
    number text NOT NULL,
    scope text NOT NULL,
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    absent_until date,
    revoked_at timestamp,
    created_at timestamp NOT NULL
);
CREATE UNIQUE INDEX reviewer_qualifications_committee_id_number_key ON reviewer_qualifications (committee_id, number);
CREATE INDEX reviewer_qualifications_person_id_idx ON reviewer_qualifications (person_id);

CREATE TABLE principal_reviews (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    project_id uuid NOT NULL REFERENCES projects(id),
    person_id uuid NOT NULL REFERENCES people(id),
    document_id uuid REFERENCES documents(id),
    qualification text NOT NULL,
    valid_until date,
    assigned_by uuid NOT NULL REFERENCES people(id),
    assigned_at timestamp NOT NULL,
    checklist text NOT NULL,
    opinion text NOT NULL,
    recommendation text,
    submitted_at timestamp,
    ended_at timestamp
);
CREATE INDEX principal_reviews_project_id_idx ON principal_reviews (project_id);

CREATE TABLE review_findings (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    review_id uuid NOT NULL REFERENCES principal_reviews(id),
    ordinal integer NOT NULL,
    clause text NOT NULL,
    severity text NOT NULL,
    body text NOT NULL,
    proposal text NOT NULL,
    answer text NOT NULL,
    answered_by uuid REFERENCES people(id),
    answered_at timestamp,
    settled_at timestamp,
    created_at timestamp NOT NULL
);
CREATE UNIQUE INDEX review_findings_review_id_ordinal_key ON review_findings (review_id, ordinal);

CREATE TABLE required_changes (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    ballot_id uuid NOT NULL REFERENCES ballots(id),
    project_id uuid NOT NULL REFERENCES projects(id),
    ordinal integer NOT NULL,
    clause text NOT NULL,
    body text NOT NULL,
    responsible_id uuid REFERENCES people(id),
    created_by uuid NOT NULL REFERENCES people(id),
    created_at timestamp NOT NULL,
    done_note text NOT NULL,
    done_by uuid REFERENCES people(id),
    done_at timestamp
);
CREATE UNIQUE INDEX required_changes_ballot_id_ordinal_key ON required_changes (ballot_id, ordinal);
CREATE INDEX required_changes_project_id_idx ON required_changes (project_id);

CREATE TABLE meeting_places (
    ballot_id uuid PRIMARY KEY NOT NULL REFERENCES ballots(id),
    version bigint NOT NULL,
    clause text NOT NULL,
    moved_at timestamp NOT NULL,
    moved_by uuid NOT NULL REFERENCES people(id)
);

CREATE TABLE clause_positions (
    id uuid PRIMARY KEY NOT NULL,
    ballot_id uuid NOT NULL REFERENCES ballots(id),
    clause text NOT NULL,
    person_id uuid NOT NULL REFERENCES people(id),
    stance text NOT NULL,
    body text NOT NULL,
    recorded_by uuid NOT NULL REFERENCES people(id),
    recorded_at timestamp NOT NULL
);
CREATE INDEX clause_positions_ballot_id_idx ON clause_positions (ballot_id);

CREATE TABLE observers (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    project_id uuid NOT NULL REFERENCES projects(id),
    name text NOT NULL,
    unit text NOT NULL,
    contact text NOT NULL,
    reason text NOT NULL,
    applied_at timestamp NOT NULL,
    admitted boolean,
    decided_by uuid REFERENCES people(id),
    decided_at timestamp,
    decision text NOT NULL,
    promised_at timestamp,
    attended_at timestamp,
    record text NOT NULL,
    removed_at timestamp
);
CREATE INDEX observers_project_id_idx ON observers (project_id);
