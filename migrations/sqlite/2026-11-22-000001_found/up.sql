CREATE TABLE authorities (
    id BLOB PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    level TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    mark TEXT,
    profile TEXT NOT NULL,
    zone TEXT NOT NULL
);

CREATE TABLE organisations (
    id BLOB PRIMARY KEY NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    interest TEXT NOT NULL,
    small_firm BOOLEAN NOT NULL,
    region TEXT NOT NULL
);

CREATE TABLE people (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    email TEXT,
    email_key TEXT UNIQUE,
    locale TEXT NOT NULL,
    organisation_id BLOB REFERENCES organisations(id),
    post TEXT NOT NULL,
    title TEXT NOT NULL,
    demo BOOLEAN NOT NULL,
    mail_failures INTEGER NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX people_organisation_id_idx ON people (organisation_id);

CREATE TABLE accounts (
    person_id BLOB PRIMARY KEY NOT NULL REFERENCES people(id),
    password_hash TEXT,
    administrator BOOLEAN NOT NULL,
    disabled BOOLEAN NOT NULL,
    failures INTEGER NOT NULL,
    locked_until TEXT,
    password_changed_at TEXT,
    optional_mail BOOLEAN NOT NULL,
    created_at TEXT NOT NULL
);

CREATE TABLE officers (
    person_id BLOB NOT NULL REFERENCES people(id),
    authority_id BLOB NOT NULL REFERENCES authorities(id),
    since DATE NOT NULL,
    until DATE,
    PRIMARY KEY (person_id, authority_id)
);

CREATE TABLE sessions (
    id BLOB PRIMARY KEY NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    person_id BLOB NOT NULL REFERENCES people(id),
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    agent TEXT NOT NULL
);
CREATE INDEX sessions_person_id_idx ON sessions (person_id);

CREATE TABLE one_time_links (
    token_hash TEXT PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL,
    person_id BLOB REFERENCES people(id),
    object_id BLOB,
    created_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    used_at TEXT
);
CREATE INDEX one_time_links_object_id_idx ON one_time_links (object_id);

CREATE TABLE api_tokens (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES people(id),
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    used_at TEXT,
    revoked_at TEXT
);
CREATE INDEX api_tokens_person_id_idx ON api_tokens (person_id);

CREATE TABLE idempotency_keys (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    route TEXT NOT NULL,
    status INTEGER NOT NULL,
    response TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);

CREATE TABLE budgets (
    bucket TEXT NOT NULL,
    period BIGINT NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (bucket, period)
);

CREATE TABLE settings (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL,
    changed_at TEXT NOT NULL
);

CREATE TABLE committees (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    code TEXT UNIQUE,
    name_key TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent_id BLOB REFERENCES committees(id),
    authority_id BLOB NOT NULL REFERENCES authorities(id),
    scope_zh TEXT NOT NULL,
    host_id BLOB REFERENCES organisations(id),
    established_year INTEGER,
    term_no INTEGER,
    term_start DATE,
    term_end DATE,
    state TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX committees_parent_id_idx ON committees (parent_id);
CREATE INDEX committees_authority_id_idx ON committees (authority_id);

CREATE TABLE committee_names (
    id BLOB PRIMARY KEY NOT NULL,
    committee_id BLOB NOT NULL REFERENCES committees(id),
    name_zh TEXT NOT NULL,
    since DATE,
    until DATE
);
CREATE INDEX committee_names_committee_id_idx ON committee_names (committee_id);

CREATE TABLE seats (
    id BLOB PRIMARY KEY NOT NULL,
    committee_id BLOB NOT NULL REFERENCES committees(id),
    person_id BLOB NOT NULL REFERENCES people(id),
    role TEXT NOT NULL,
    organisation_id BLOB REFERENCES organisations(id),
    since DATE NOT NULL,
    until DATE,
    suspended BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    rank INTEGER NOT NULL
);
CREATE INDEX seats_committee_id_idx ON seats (committee_id);
CREATE INDEX seats_person_id_idx ON seats (person_id);

CREATE TABLE specifications (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    number_key TEXT NOT NULL UNIQUE,
    sort_key TEXT NOT NULL UNIQUE,
    series TEXT NOT NULL,
    mark TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    year INTEGER NOT NULL,
    category TEXT NOT NULL,
    level TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    title_basis TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    abolished_on TEXT NOT NULL,
    reported_status TEXT NOT NULL,
    reported_basis TEXT NOT NULL,
    adoption TEXT NOT NULL,
    adopted_source TEXT NOT NULL,
    committee_id BLOB REFERENCES committees(id),
    committee_printed TEXT NOT NULL,
    authority_id BLOB NOT NULL REFERENCES authorities(id),
    drafting_units TEXT NOT NULL,
    project_id BLOB,
    announcement TEXT NOT NULL,
    last_reexamined_on DATE,
    note TEXT NOT NULL,
    search_text TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX specifications_committee_id_idx ON specifications (committee_id);
CREATE INDEX specifications_category_sort_key_idx ON specifications (category, sort_key);
CREATE INDEX specifications_issued_on_idx ON specifications (issued_on);

CREATE TABLE replacements (
    new_id BLOB NOT NULL REFERENCES specifications(id),
    old_id BLOB NOT NULL REFERENCES specifications(id),
    whole BOOLEAN NOT NULL,
    detail TEXT NOT NULL,
    basis TEXT NOT NULL,
    PRIMARY KEY (new_id, old_id)
);
CREATE INDEX replacements_old_id_idx ON replacements (old_id);

CREATE TABLE rule_profiles (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    authority_id BLOB REFERENCES authorities(id),
    committee_id BLOB REFERENCES committees(id),
    valid_from DATE NOT NULL,
    published_at TEXT NOT NULL,
    published_by BLOB REFERENCES people(id),
    reason TEXT NOT NULL
);
CREATE INDEX rule_profiles_name_valid_from_idx ON rule_profiles (name, valid_from);

CREATE TABLE rule_values (
    profile_id BLOB NOT NULL REFERENCES rule_profiles(id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    unit TEXT NOT NULL,
    article TEXT NOT NULL,
    source TEXT NOT NULL,
    mark TEXT NOT NULL,
    confirmed BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (profile_id, key)
);

CREATE TABLE holidays (
    day DATE PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('holiday', 'workday')),
    name TEXT NOT NULL,
    basis TEXT NOT NULL
);

CREATE TABLE projects (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    number TEXT,
    kind TEXT NOT NULL,
    category TEXT NOT NULL,
    level TEXT NOT NULL,
    authority_id BLOB NOT NULL REFERENCES authorities(id),
    committee_id BLOB REFERENCES committees(id),
    profile_id BLOB NOT NULL REFERENCES rule_profiles(id),
    stage TEXT NOT NULL,
    stage_since TEXT NOT NULL,
    withdrawn_from TEXT,
    openness TEXT NOT NULL,
    adoption TEXT NOT NULL,
    emergency BOOLEAN NOT NULL,
    livelihood BOOLEAN NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    specification_id BLOB REFERENCES specifications(id),
    parent_id BLOB REFERENCES projects(id),
    plan_document TEXT NOT NULL,
    plan_on DATE,
    due_on DATE,
    extensions INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    review_form TEXT,
    review_on DATE,
    review_place TEXT NOT NULL,
    result TEXT,
    origin TEXT NOT NULL,
    details TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX projects_committee_id_stage_idx ON projects (committee_id, stage);
CREATE INDEX projects_authority_id_stage_idx ON projects (authority_id, stage);
CREATE INDEX projects_stage_idx ON projects (stage);
CREATE INDEX projects_specification_id_idx ON projects (specification_id);
CREATE UNIQUE INDEX projects_number_key ON projects (number);

CREATE TABLE project_replaces (
    project_id BLOB NOT NULL REFERENCES projects(id),
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    whole BOOLEAN NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (project_id, specification_id)
);
CREATE INDEX project_replaces_specification_id_idx ON project_replaces (specification_id);

CREATE TABLE project_people (
    project_id BLOB NOT NULL REFERENCES projects(id),
    person_id BLOB NOT NULL REFERENCES people(id),
    role TEXT NOT NULL,
    organisation_id BLOB REFERENCES organisations(id),
    added_at TEXT NOT NULL,
    PRIMARY KEY (project_id, person_id, role)
);
CREATE INDEX project_people_person_id_idx ON project_people (person_id);

CREATE TABLE project_units (
    project_id BLOB NOT NULL REFERENCES projects(id),
    organisation_id BLOB NOT NULL REFERENCES organisations(id),
    lead BOOLEAN NOT NULL,
    rank INTEGER NOT NULL,
    PRIMARY KEY (project_id, organisation_id)
);
CREATE INDEX project_units_organisation_id_idx ON project_units (organisation_id);

CREATE TABLE project_parties (
    project_id BLOB NOT NULL REFERENCES projects(id),
    authority_id BLOB NOT NULL REFERENCES authorities(id),
    approved_at TEXT,
    approval_document TEXT NOT NULL,
    dropped_at TEXT,
    PRIMARY KEY (project_id, authority_id)
);

CREATE TABLE project_aliases (
    id BLOB PRIMARY KEY NOT NULL,
    project_id BLOB NOT NULL REFERENCES projects(id),
    title_zh TEXT NOT NULL,
    until TEXT NOT NULL
);
CREATE INDEX project_aliases_project_id_idx ON project_aliases (project_id);

CREATE TABLE documents (
    id BLOB PRIMARY KEY NOT NULL,
    project_id BLOB NOT NULL REFERENCES projects(id),
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    visibility TEXT NOT NULL,
    uploaded_by BLOB REFERENCES people(id),
    uploaded_at TEXT NOT NULL,
    frozen_at TEXT,
    withdrawn_at TEXT,
    note TEXT NOT NULL
);
CREATE UNIQUE INDEX documents_project_id_ordinal_key ON documents (project_id, ordinal);
CREATE INDEX documents_sha256_idx ON documents (sha256);

CREATE TABLE downloads (
    id BLOB PRIMARY KEY NOT NULL,
    document_id BLOB NOT NULL REFERENCES documents(id),
    person_id BLOB REFERENCES people(id),
    at TEXT NOT NULL
);
CREATE INDEX downloads_document_id_idx ON downloads (document_id);

CREATE TABLE consents (
    project_id BLOB NOT NULL REFERENCES projects(id),
    person_id BLOB NOT NULL REFERENCES people(id),
    stage_since TEXT NOT NULL,
    role TEXT NOT NULL,
    agreed BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (project_id, person_id, stage_since)
);

CREATE TABLE objections (
    id BLOB PRIMARY KEY NOT NULL,
    project_id BLOB NOT NULL REFERENCES projects(id),
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    unit TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    answer_due TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at TEXT,
    answered_by BLOB REFERENCES people(id)
);
CREATE INDEX objections_project_id_idx ON objections (project_id);

CREATE TABLE adjustments (
    id BLOB PRIMARY KEY NOT NULL,
    project_id BLOB NOT NULL REFERENCES projects(id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    wanted TEXT NOT NULL,
    requested_by BLOB REFERENCES people(id),
    requested_on DATE NOT NULL,
    decision TEXT,
    decided_by BLOB REFERENCES people(id),
    decided_at TEXT,
    document_number TEXT NOT NULL
);
CREATE INDEX adjustments_project_id_idx ON adjustments (project_id);

CREATE TABLE rounds (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    project_id BLOB NOT NULL REFERENCES projects(id),
    ordinal INTEGER NOT NULL,
    document_id BLOB REFERENCES documents(id),
    purpose TEXT NOT NULL,
    status TEXT NOT NULL,
    opens_at TEXT NOT NULL,
    closes_at TEXT NOT NULL,
    profile_id BLOB NOT NULL REFERENCES rule_profiles(id),
    reason TEXT NOT NULL,
    next_serial INTEGER NOT NULL
);
CREATE UNIQUE INDEX rounds_project_id_ordinal_key ON rounds (project_id, ordinal);
CREATE INDEX rounds_status_closes_at_idx ON rounds (status, closes_at);

CREATE TABLE round_recipients (
    id BLOB PRIMARY KEY NOT NULL,
    round_id BLOB NOT NULL REFERENCES rounds(id),
    person_id BLOB REFERENCES people(id),
    organisation_id BLOB REFERENCES organisations(id),
    name TEXT NOT NULL,
    class TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    answered_at TEXT,
    answer TEXT,
    address TEXT NOT NULL
);
CREATE INDEX round_recipients_round_id_idx ON round_recipients (round_id);
CREATE INDEX round_recipients_person_id_idx ON round_recipients (person_id);

CREATE TABLE comments (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    round_id BLOB NOT NULL REFERENCES rounds(id),
    serial INTEGER NOT NULL,
    person_id BLOB REFERENCES people(id),
    author_name TEXT NOT NULL,
    author_contact TEXT NOT NULL,
    author_unit TEXT NOT NULL,
    author_class TEXT NOT NULL,
    publish_name BOOLEAN NOT NULL,
    clause TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    proposal TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    received_at TEXT NOT NULL,
    confirmed_at TEXT,
    late BOOLEAN NOT NULL,
    disposition TEXT,
    disposition_reason TEXT NOT NULL,
    text_changed BOOLEAN,
    duplicate_of BLOB REFERENCES comments(id),
    disposed_by BLOB REFERENCES people(id),
    disposed_at TEXT,
    published_at TEXT,
    hidden_reason TEXT NOT NULL,
    token_hash TEXT,
    locale TEXT NOT NULL,
    scan_id BLOB REFERENCES documents(id)
);
CREATE INDEX comments_round_id_serial_idx ON comments (round_id, serial);
CREATE INDEX comments_person_id_idx ON comments (person_id);
CREATE INDEX comments_token_hash_idx ON comments (token_hash);
CREATE INDEX comments_duplicate_of_idx ON comments (duplicate_of);

CREATE TABLE ballots (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    project_id BLOB REFERENCES projects(id),
    committee_id BLOB NOT NULL REFERENCES committees(id),
    purpose TEXT NOT NULL,
    form TEXT NOT NULL,
    question TEXT NOT NULL,
    document_id BLOB REFERENCES documents(id),
    profile_id BLOB NOT NULL REFERENCES rule_profiles(id),
    quorum TEXT NOT NULL,
    majority TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    opens_at TEXT NOT NULL,
    closes_at TEXT NOT NULL,
    closed_at TEXT,
    result TEXT,
    conclusion TEXT NOT NULL,
    conclusion_hash TEXT,
    signed_by BLOB REFERENCES people(id),
    signed_at TEXT,
    note TEXT NOT NULL
);
CREATE INDEX ballots_project_id_idx ON ballots (project_id);
CREATE INDEX ballots_committee_id_idx ON ballots (committee_id);
CREATE INDEX ballots_closed_at_closes_at_idx ON ballots (closed_at, closes_at);

CREATE TABLE ballot_roll (
    id BLOB PRIMARY KEY NOT NULL,
    ballot_id BLOB NOT NULL REFERENCES ballots(id),
    person_id BLOB NOT NULL REFERENCES people(id),
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    role TEXT NOT NULL,
    may_vote BOOLEAN NOT NULL,
    recusal TEXT,
    present BOOLEAN NOT NULL,
    present_at TEXT
);
CREATE UNIQUE INDEX ballot_roll_ballot_id_person_id_key ON ballot_roll (ballot_id, person_id);
CREATE INDEX ballot_roll_person_id_idx ON ballot_roll (person_id);

CREATE TABLE votes (
    id BLOB PRIMARY KEY NOT NULL,
    ballot_id BLOB NOT NULL REFERENCES ballots(id),
    person_id BLOB NOT NULL REFERENCES people(id),
    ordinal INTEGER NOT NULL,
    choice TEXT NOT NULL CHECK (choice IN ('yes', 'no', 'abstain')),
    reason TEXT NOT NULL,
    remark TEXT NOT NULL,
    cast_at TEXT NOT NULL,
    cast_by BLOB NOT NULL REFERENCES people(id),
    channel TEXT NOT NULL,
    source TEXT NOT NULL,
    scan_id BLOB REFERENCES documents(id),
    confirmed_by BLOB REFERENCES people(id),
    confirmed_at TEXT
);
CREATE UNIQUE INDEX votes_ballot_id_person_id_ordinal_key ON votes (ballot_id, person_id, ordinal);

CREATE TABLE non_voter_opinions (
    id BLOB PRIMARY KEY NOT NULL,
    ballot_id BLOB NOT NULL REFERENCES ballots(id),
    person_id BLOB NOT NULL REFERENCES people(id),
    text TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX non_voter_opinions_ballot_id_idx ON non_voter_opinions (ballot_id);

CREATE TABLE announcements (
    id BLOB PRIMARY KEY NOT NULL,
    number TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    on_day DATE,
    authority_id BLOB NOT NULL REFERENCES authorities(id),
    body TEXT NOT NULL,
    complete BOOLEAN NOT NULL,
    created_at TEXT NOT NULL
);

CREATE TABLE announcement_items (
    announcement_id BLOB NOT NULL REFERENCES announcements(id),
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    act TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    PRIMARY KEY (announcement_id, specification_id)
);
CREATE INDEX announcement_items_specification_id_idx ON announcement_items (specification_id);

CREATE TABLE trainings (
    id BLOB PRIMARY KEY NOT NULL,
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    held_on DATE NOT NULL,
    place TEXT NOT NULL,
    people INTEGER NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX trainings_specification_id_idx ON trainings (specification_id);

CREATE TABLE evaluations (
    id BLOB PRIMARY KEY NOT NULL,
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    done_on DATE NOT NULL,
    method TEXT NOT NULL,
    findings TEXT NOT NULL,
    suggestion TEXT NOT NULL
);
CREATE INDEX evaluations_specification_id_idx ON evaluations (specification_id);

CREATE TABLE feedback (
    id BLOB PRIMARY KEY NOT NULL,
    specification_id BLOB NOT NULL REFERENCES specifications(id),
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    clause TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at TEXT,
    answered_by BLOB REFERENCES people(id),
    outcome TEXT
);
CREATE INDEX feedback_specification_id_idx ON feedback (specification_id);

CREATE TABLE followers (
    person_id BLOB NOT NULL REFERENCES people(id),
    object_id BLOB NOT NULL,
    object_kind TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (person_id, object_id)
);
CREATE INDEX followers_object_id_idx ON followers (object_id);

CREATE TABLE deadlines (
    id BLOB PRIMARY KEY NOT NULL,
    object_kind TEXT NOT NULL,
    object_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    opened_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    done_at TEXT,
    outcome TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    ballot_id BLOB REFERENCES ballots(id)
);
CREATE UNIQUE INDEX deadlines_object_id_kind_ordinal_key ON deadlines (object_id, kind, ordinal);
CREATE INDEX deadlines_done_at_due_at_idx ON deadlines (done_at, due_at);

CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    object_kind TEXT NOT NULL,
    object_id BLOB NOT NULL,
    object_seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor_id BLOB,
    actor TEXT NOT NULL,
    on_behalf_of TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    from_stage TEXT NOT NULL,
    to_stage TEXT NOT NULL,
    note TEXT NOT NULL,
    facts TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE UNIQUE INDEX events_object_id_object_seq_key ON events (object_id, object_seq);
CREATE INDEX events_at_idx ON events (at);
CREATE INDEX events_kind_idx ON events (kind);

CREATE TABLE checkpoints (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    last_event BIGINT NOT NULL,
    objects INTEGER NOT NULL,
    heads_hash TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE outbox (
    id BLOB PRIMARY KEY NOT NULL,
    notice TEXT NOT NULL,
    payload TEXT NOT NULL,
    audience TEXT NOT NULL,
    person_id BLOB REFERENCES people(id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    locale TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id BLOB NOT NULL,
    event_id BLOB,
    dedupe_key TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    send_after TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    claimed_until TEXT,
    sent_at TEXT,
    gave_up_at TEXT,
    last_error TEXT NOT NULL,
    message_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX outbox_state_send_after_idx ON outbox (state, send_after);
CREATE INDEX outbox_object_id_idx ON outbox (object_id);
CREATE INDEX outbox_person_id_idx ON outbox (person_id);

CREATE TABLE annual_reports (
    id BLOB PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    committee_id BLOB NOT NULL REFERENCES committees(id),
    year INTEGER NOT NULL,
    state TEXT NOT NULL,
    figures TEXT NOT NULL,
    narratives TEXT NOT NULL,
    corrections TEXT NOT NULL,
    written_by BLOB REFERENCES people(id),
    signed_by BLOB REFERENCES people(id),
    signed_at TEXT,
    submitted_at TEXT,
    decided_by BLOB REFERENCES people(id),
    decided_at TEXT,
    decision_note TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX annual_reports_committee_id_year_key ON annual_reports (committee_id, year);

CREATE TABLE imports (
    id BLOB PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    imported_by TEXT NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    bad INTEGER NOT NULL,
    report TEXT NOT NULL
);
