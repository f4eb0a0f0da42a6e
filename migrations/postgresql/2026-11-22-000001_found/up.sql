CREATE TABLE authorities (
    id uuid PRIMARY KEY NOT NULL,
    code text NOT NULL UNIQUE,
    level text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    mark text,
    profile text NOT NULL,
    zone text NOT NULL
);

CREATE TABLE organisations (
    id uuid PRIMARY KEY NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    name_key text NOT NULL UNIQUE,
    interest text NOT NULL,
    small_firm boolean NOT NULL,
    region text NOT NULL
);

CREATE TABLE people (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    email text,
    email_key text UNIQUE,
    locale text NOT NULL,
    organisation_id uuid REFERENCES organisations(id),
    post text NOT NULL,
    title text NOT NULL,
    demo boolean NOT NULL,
    mail_failures integer NOT NULL,
    created_at timestamp NOT NULL
);
CREATE INDEX people_organisation_id_idx ON people (organisation_id);

CREATE TABLE accounts (
    person_id uuid PRIMARY KEY NOT NULL REFERENCES people(id),
    password_hash text,
    administrator boolean NOT NULL,
    disabled boolean NOT NULL,
    failures integer NOT NULL,
    locked_until timestamp,
    password_changed_at timestamp,
    optional_mail boolean NOT NULL,
    created_at timestamp NOT NULL
);

CREATE TABLE officers (
    person_id uuid NOT NULL REFERENCES people(id),
    authority_id uuid NOT NULL REFERENCES authorities(id),
    since date NOT NULL,
    until date,
    PRIMARY KEY (person_id, authority_id)
);

CREATE TABLE sessions (
    id uuid PRIMARY KEY NOT NULL,
    secret_hash text NOT NULL UNIQUE,
    person_id uuid NOT NULL REFERENCES people(id),
    created_at timestamp NOT NULL,
    seen_at timestamp NOT NULL,
    ends_at timestamp NOT NULL,
    agent text NOT NULL
);
CREATE INDEX sessions_person_id_idx ON sessions (person_id);

CREATE TABLE one_time_links (
    token_hash text PRIMARY KEY NOT NULL,
    purpose text NOT NULL,
    person_id uuid REFERENCES people(id),
    object_id uuid,
    created_at timestamp NOT NULL,
    ends_at timestamp NOT NULL,
    used_at timestamp
);
CREATE INDEX one_time_links_object_id_idx ON one_time_links (object_id);

CREATE TABLE api_tokens (
    id uuid PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES people(id),
    name text NOT NULL,
    token_hash text NOT NULL UNIQUE,
    created_at timestamp NOT NULL,
    used_at timestamp,
    revoked_at timestamp
);
CREATE INDEX api_tokens_person_id_idx ON api_tokens (person_id);

CREATE TABLE idempotency_keys (
    actor text NOT NULL,
    key text NOT NULL,
    route text NOT NULL,
    status integer NOT NULL,
    response text NOT NULL,
    created_at timestamp NOT NULL,
    PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);

CREATE TABLE budgets (
    bucket text NOT NULL,
    period bigint NOT NULL,
    used integer NOT NULL,
    PRIMARY KEY (bucket, period)
);

CREATE TABLE settings (
    key text PRIMARY KEY NOT NULL,
    value text NOT NULL,
    changed_at timestamp NOT NULL
);

CREATE TABLE committees (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    code text UNIQUE,
    name_key text NOT NULL UNIQUE,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    kind text NOT NULL,
    parent_id uuid REFERENCES committees(id),
    authority_id uuid NOT NULL REFERENCES authorities(id),
    scope_zh text NOT NULL,
    host_id uuid REFERENCES organisations(id),
    established_year integer,
    term_no integer,
    term_start date,
    term_end date,
    state text NOT NULL,
    note text NOT NULL
);
CREATE INDEX committees_parent_id_idx ON committees (parent_id);
CREATE INDEX committees_authority_id_idx ON committees (authority_id);

CREATE TABLE committee_names (
    id uuid PRIMARY KEY NOT NULL,
    committee_id uuid NOT NULL REFERENCES committees(id),
    name_zh text NOT NULL,
    since date,
    until date
);
CREATE INDEX committee_names_committee_id_idx ON committee_names (committee_id);

CREATE TABLE seats (
    id uuid PRIMARY KEY NOT NULL,
    committee_id uuid NOT NULL REFERENCES committees(id),
    person_id uuid NOT NULL REFERENCES people(id),
    role text NOT NULL,
    organisation_id uuid REFERENCES organisations(id),
    since date NOT NULL,
    until date,
    suspended boolean NOT NULL,
    reason text NOT NULL,
    rank integer NOT NULL
);
CREATE INDEX seats_committee_id_idx ON seats (committee_id);
CREATE INDEX seats_person_id_idx ON seats (person_id);

CREATE TABLE specifications (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    number text NOT NULL UNIQUE,
    number_key text NOT NULL UNIQUE,
    sort_key text NOT NULL UNIQUE,
    series text NOT NULL,
    mark text NOT NULL,
    sequence integer NOT NULL,
    year integer NOT NULL,
    category text NOT NULL,
    level text NOT NULL,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    title_basis text NOT NULL,
    issued_on text NOT NULL,
    effective_on text NOT NULL,
    abolished_on text NOT NULL,
    reported_status text NOT NULL,
    reported_basis text NOT NULL,
    adoption text NOT NULL,
    adopted_source text NOT NULL,
    committee_id uuid REFERENCES committees(id),
    committee_printed text NOT NULL,
    authority_id uuid NOT NULL REFERENCES authorities(id),
    drafting_units text NOT NULL,
    project_id uuid,
    announcement text NOT NULL,
    last_reexamined_on date,
    note text NOT NULL,
    search_text text NOT NULL,
    created_at timestamp NOT NULL
);
CREATE INDEX specifications_committee_id_idx ON specifications (committee_id);
CREATE INDEX specifications_category_sort_key_idx ON specifications (category, sort_key);
CREATE INDEX specifications_issued_on_idx ON specifications (issued_on);

CREATE TABLE replacements (
    new_id uuid NOT NULL REFERENCES specifications(id),
    old_id uuid NOT NULL REFERENCES specifications(id),
    whole boolean NOT NULL,
    detail text NOT NULL,
    basis text NOT NULL,
    PRIMARY KEY (new_id, old_id)
);
CREATE INDEX replacements_old_id_idx ON replacements (old_id);

CREATE TABLE rule_profiles (
    id uuid PRIMARY KEY NOT NULL,
    name text NOT NULL,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    authority_id uuid REFERENCES authorities(id),
    committee_id uuid REFERENCES committees(id),
    valid_from date NOT NULL,
    published_at timestamp NOT NULL,
    published_by uuid REFERENCES people(id),
    reason text NOT NULL
);
CREATE INDEX rule_profiles_name_valid_from_idx ON rule_profiles (name, valid_from);

CREATE TABLE rule_values (
    profile_id uuid NOT NULL REFERENCES rule_profiles(id),
    key text NOT NULL,
    value text NOT NULL,
    unit text NOT NULL,
    article text NOT NULL,
    source text NOT NULL,
    mark text NOT NULL,
    confirmed boolean NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (profile_id, key)
);

CREATE TABLE holidays (
    day date PRIMARY KEY NOT NULL,
    kind text NOT NULL CHECK (kind IN ('holiday', 'workday')),
    name text NOT NULL,
    basis text NOT NULL
);

CREATE TABLE projects (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    number text,
    kind text NOT NULL,
    category text NOT NULL,
    level text NOT NULL,
    authority_id uuid NOT NULL REFERENCES authorities(id),
    committee_id uuid REFERENCES committees(id),
    profile_id uuid NOT NULL REFERENCES rule_profiles(id),
    stage text NOT NULL,
    stage_since timestamp NOT NULL,
    withdrawn_from text,
    openness text NOT NULL,
    adoption text NOT NULL,
    emergency boolean NOT NULL,
    livelihood boolean NOT NULL,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    specification_id uuid REFERENCES specifications(id),
    parent_id uuid REFERENCES projects(id),
    plan_document text NOT NULL,
    plan_on date,
    due_on date,
    extensions integer NOT NULL,
    failures integer NOT NULL,
    review_form text,
    review_on date,
    review_place text NOT NULL,
    result text,
    origin text NOT NULL,
    details text NOT NULL,
    created_at timestamp NOT NULL
);
CREATE INDEX projects_committee_id_stage_idx ON projects (committee_id, stage);
CREATE INDEX projects_authority_id_stage_idx ON projects (authority_id, stage);
CREATE INDEX projects_stage_idx ON projects (stage);
CREATE INDEX projects_specification_id_idx ON projects (specification_id);
CREATE UNIQUE INDEX projects_number_key ON projects (number);

CREATE TABLE project_replaces (
    project_id uuid NOT NULL REFERENCES projects(id),
    specification_id uuid NOT NULL REFERENCES specifications(id),
    whole boolean NOT NULL,
    detail text NOT NULL,
    PRIMARY KEY (project_id, specification_id)
);
CREATE INDEX project_replaces_specification_id_idx ON project_replaces (specification_id);

CREATE TABLE project_people (
    project_id uuid NOT NULL REFERENCES projects(id),
    person_id uuid NOT NULL REFERENCES people(id),
    role text NOT NULL,
    organisation_id uuid REFERENCES organisations(id),
    added_at timestamp NOT NULL,
    PRIMARY KEY (project_id, person_id, role)
);
CREATE INDEX project_people_person_id_idx ON project_people (person_id);

CREATE TABLE project_units (
    project_id uuid NOT NULL REFERENCES projects(id),
    organisation_id uuid NOT NULL REFERENCES organisations(id),
    lead boolean NOT NULL,
    rank integer NOT NULL,
    PRIMARY KEY (project_id, organisation_id)
);
CREATE INDEX project_units_organisation_id_idx ON project_units (organisation_id);

CREATE TABLE project_parties (
    project_id uuid NOT NULL REFERENCES projects(id),
    authority_id uuid NOT NULL REFERENCES authorities(id),
    approved_at timestamp,
    approval_document text NOT NULL,
    dropped_at timestamp,
    PRIMARY KEY (project_id, authority_id)
);

CREATE TABLE project_aliases (
    id uuid PRIMARY KEY NOT NULL,
    project_id uuid NOT NULL REFERENCES projects(id),
    title_zh text NOT NULL,
    until timestamp NOT NULL
);
CREATE INDEX project_aliases_project_id_idx ON project_aliases (project_id);

CREATE TABLE documents (
    id uuid PRIMARY KEY NOT NULL,
    project_id uuid NOT NULL REFERENCES projects(id),
    ordinal integer NOT NULL,
    kind text NOT NULL,
    revision integer NOT NULL,
    title text NOT NULL,
    file_name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    visibility text NOT NULL,
    uploaded_by uuid REFERENCES people(id),
    uploaded_at timestamp NOT NULL,
    frozen_at timestamp,
    withdrawn_at timestamp,
    note text NOT NULL
);
CREATE UNIQUE INDEX documents_project_id_ordinal_key ON documents (project_id, ordinal);
CREATE INDEX documents_sha256_idx ON documents (sha256);

CREATE TABLE downloads (
    id uuid PRIMARY KEY NOT NULL,
    document_id uuid NOT NULL REFERENCES documents(id),
    person_id uuid REFERENCES people(id),
    at timestamp NOT NULL
);
CREATE INDEX downloads_document_id_idx ON downloads (document_id);

CREATE TABLE consents (
    project_id uuid NOT NULL REFERENCES projects(id),
    person_id uuid NOT NULL REFERENCES people(id),
    stage_since timestamp NOT NULL,
    role text NOT NULL,
    agreed boolean NOT NULL,
    note text NOT NULL,
    at timestamp NOT NULL,
    PRIMARY KEY (project_id, person_id, stage_since)
);

CREATE TABLE objections (
    id uuid PRIMARY KEY NOT NULL,
    project_id uuid NOT NULL REFERENCES projects(id),
    name text NOT NULL,
    contact text NOT NULL,
    unit text NOT NULL,
    text text NOT NULL,
    at timestamp NOT NULL,
    answer_due timestamp NOT NULL,
    answer text NOT NULL,
    answered_at timestamp,
    answered_by uuid REFERENCES people(id)
);
CREATE INDEX objections_project_id_idx ON objections (project_id);

CREATE TABLE adjustments (
    id uuid PRIMARY KEY NOT NULL,
    project_id uuid NOT NULL REFERENCES projects(id),
    kind text NOT NULL,
    reason text NOT NULL,
    wanted text NOT NULL,
    requested_by uuid REFERENCES people(id),
    requested_on date NOT NULL,
    decision text,
    decided_by uuid REFERENCES people(id),
    decided_at timestamp,
    document_number text NOT NULL
);
CREATE INDEX adjustments_project_id_idx ON adjustments (project_id);

CREATE TABLE rounds (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    project_id uuid NOT NULL REFERENCES projects(id),
    ordinal integer NOT NULL,
    document_id uuid REFERENCES documents(id),
    purpose text NOT NULL,
    status text NOT NULL,
    opens_at timestamp NOT NULL,
    closes_at timestamp NOT NULL,
    profile_id uuid NOT NULL REFERENCES rule_profiles(id),
    reason text NOT NULL,
    next_serial integer NOT NULL
);
CREATE UNIQUE INDEX rounds_project_id_ordinal_key ON rounds (project_id, ordinal);
CREATE INDEX rounds_status_closes_at_idx ON rounds (status, closes_at);

CREATE TABLE round_recipients (
    id uuid PRIMARY KEY NOT NULL,
    round_id uuid NOT NULL REFERENCES rounds(id),
    person_id uuid REFERENCES people(id),
    organisation_id uuid REFERENCES organisations(id),
    name text NOT NULL,
    class text NOT NULL,
    asked_at timestamp NOT NULL,
    answered_at timestamp,
    answer text,
    address text NOT NULL
);
CREATE INDEX round_recipients_round_id_idx ON round_recipients (round_id);
CREATE INDEX round_recipients_person_id_idx ON round_recipients (person_id);

CREATE TABLE comments (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    round_id uuid NOT NULL REFERENCES rounds(id),
    serial integer NOT NULL,
    person_id uuid REFERENCES people(id),
    author_name text NOT NULL,
    author_contact text NOT NULL,
    author_unit text NOT NULL,
    author_class text NOT NULL,
    publish_name boolean NOT NULL,
    clause text NOT NULL,
    kind text NOT NULL,
    body text NOT NULL,
    proposal text NOT NULL,
    reason text NOT NULL,
    source text NOT NULL,
    received_at timestamp NOT NULL,
    confirmed_at timestamp,
    late boolean NOT NULL,
    disposition text,
    disposition_reason text NOT NULL,
    text_changed boolean,
    duplicate_of uuid REFERENCES comments(id),
    disposed_by uuid REFERENCES people(id),
    disposed_at timestamp,
    published_at timestamp,
    hidden_reason text NOT NULL,
    token_hash text,
    locale text NOT NULL,
    scan_id uuid REFERENCES documents(id)
);
CREATE INDEX comments_round_id_serial_idx ON comments (round_id, serial);
CREATE INDEX comments_person_id_idx ON comments (person_id);
CREATE INDEX comments_token_hash_idx ON comments (token_hash);
CREATE INDEX comments_duplicate_of_idx ON comments (duplicate_of);

CREATE TABLE ballots (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    project_id uuid REFERENCES projects(id),
    committee_id uuid NOT NULL REFERENCES committees(id),
    purpose text NOT NULL,
    form text NOT NULL,
    question text NOT NULL,
    document_id uuid REFERENCES documents(id),
    profile_id uuid NOT NULL REFERENCES rule_profiles(id),
    quorum text NOT NULL,
    majority text NOT NULL,
    ordinal integer NOT NULL,
    opens_at timestamp NOT NULL,
    closes_at timestamp NOT NULL,
    closed_at timestamp,
    result text,
    conclusion text NOT NULL,
    conclusion_hash text,
    signed_by uuid REFERENCES people(id),
    signed_at timestamp,
    note text NOT NULL
);
CREATE INDEX ballots_project_id_idx ON ballots (project_id);
CREATE INDEX ballots_committee_id_idx ON ballots (committee_id);
CREATE INDEX ballots_closed_at_closes_at_idx ON ballots (closed_at, closes_at);

CREATE TABLE ballot_roll (
    id uuid PRIMARY KEY NOT NULL,
    ballot_id uuid NOT NULL REFERENCES ballots(id),
    person_id uuid NOT NULL REFERENCES people(id),
    name text NOT NULL,
    unit text NOT NULL,
    role text NOT NULL,
    may_vote boolean NOT NULL,
    recusal text,
    present boolean NOT NULL,
    present_at timestamp
);
CREATE UNIQUE INDEX ballot_roll_ballot_id_person_id_key ON ballot_roll (ballot_id, person_id);
CREATE INDEX ballot_roll_person_id_idx ON ballot_roll (person_id);

CREATE TABLE votes (
    id uuid PRIMARY KEY NOT NULL,
    ballot_id uuid NOT NULL REFERENCES ballots(id),
    person_id uuid NOT NULL REFERENCES people(id),
    ordinal integer NOT NULL,
    choice text NOT NULL CHECK (choice IN ('yes', 'no', 'abstain')),
    reason text NOT NULL,
    remark text NOT NULL,
    cast_at timestamp NOT NULL,
    cast_by uuid NOT NULL REFERENCES people(id),
    channel text NOT NULL,
    source text NOT NULL,
    scan_id uuid REFERENCES documents(id),
    confirmed_by uuid REFERENCES people(id),
    confirmed_at timestamp
);
CREATE UNIQUE INDEX votes_ballot_id_person_id_ordinal_key ON votes (ballot_id, person_id, ordinal);

CREATE TABLE non_voter_opinions (
    id uuid PRIMARY KEY NOT NULL,
    ballot_id uuid NOT NULL REFERENCES ballots(id),
    person_id uuid NOT NULL REFERENCES people(id),
    text text NOT NULL,
    at timestamp NOT NULL
);
CREATE INDEX non_voter_opinions_ballot_id_idx ON non_voter_opinions (ballot_id);

CREATE TABLE announcements (
    id uuid PRIMARY KEY NOT NULL,
    number text NOT NULL UNIQUE,
    title text NOT NULL,
    kind text NOT NULL,
    on_day date,
    authority_id uuid NOT NULL REFERENCES authorities(id),
    body text NOT NULL,
    complete boolean NOT NULL,
    created_at timestamp NOT NULL
);

CREATE TABLE announcement_items (
    announcement_id uuid NOT NULL REFERENCES announcements(id),
    specification_id uuid NOT NULL REFERENCES specifications(id),
    act text NOT NULL,
    effective_on text NOT NULL,
    PRIMARY KEY (announcement_id, specification_id)
);
CREATE INDEX announcement_items_specification_id_idx ON announcement_items (specification_id);

CREATE TABLE trainings (
    id uuid PRIMARY KEY NOT NULL,
    specification_id uuid NOT NULL REFERENCES specifications(id),
    held_on date NOT NULL,
    place text NOT NULL,
    people integer NOT NULL,
    note text NOT NULL
);
CREATE INDEX trainings_specification_id_idx ON trainings (specification_id);

CREATE TABLE evaluations (
    id uuid PRIMARY KEY NOT NULL,
    specification_id uuid NOT NULL REFERENCES specifications(id),
    done_on date NOT NULL,
    method text NOT NULL,
    findings text NOT NULL,
    suggestion text NOT NULL
);
CREATE INDEX evaluations_specification_id_idx ON evaluations (specification_id);

CREATE TABLE feedback (
    id uuid PRIMARY KEY NOT NULL,
    specification_id uuid NOT NULL REFERENCES specifications(id),
    name text NOT NULL,
    contact text NOT NULL,
    clause text NOT NULL,
    text text NOT NULL,
    at timestamp NOT NULL,
    answer text NOT NULL,
    answered_at timestamp,
    answered_by uuid REFERENCES people(id),
    outcome text
);
CREATE INDEX feedback_specification_id_idx ON feedback (specification_id);

CREATE TABLE followers (
    person_id uuid NOT NULL REFERENCES people(id),
    object_id uuid NOT NULL,
    object_kind text NOT NULL,
    since timestamp NOT NULL,
    PRIMARY KEY (person_id, object_id)
);
CREATE INDEX followers_object_id_idx ON followers (object_id);

CREATE TABLE deadlines (
    id uuid PRIMARY KEY NOT NULL,
    object_kind text NOT NULL,
    object_id uuid NOT NULL,
    kind text NOT NULL,
    ordinal integer NOT NULL,
    opened_at timestamp NOT NULL,
    due_at timestamp NOT NULL,
    done_at timestamp,
    outcome text NOT NULL,
    attempts integer NOT NULL,
    last_error text NOT NULL,
    ballot_id uuid REFERENCES ballots(id)
);
CREATE UNIQUE INDEX deadlines_object_id_kind_ordinal_key ON deadlines (object_id, kind, ordinal);
CREATE INDEX deadlines_done_at_due_at_idx ON deadlines (done_at, due_at);

CREATE TABLE events (
    seq bigserial PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    object_kind text NOT NULL,
    object_id uuid NOT NULL,
    object_seq integer NOT NULL,
    at timestamp NOT NULL,
    actor_id uuid,
    actor text NOT NULL,
    on_behalf_of text NOT NULL,
    kind text NOT NULL,
    source text NOT NULL,
    from_stage text NOT NULL,
    to_stage text NOT NULL,
    note text NOT NULL,
    facts text NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL
);
CREATE UNIQUE INDEX events_object_id_object_seq_key ON events (object_id, object_seq);
CREATE INDEX events_at_idx ON events (at);
CREATE INDEX events_kind_idx ON events (kind);

CREATE TABLE checkpoints (
    seq bigserial PRIMARY KEY,
    at timestamp NOT NULL,
    last_event bigint NOT NULL,
    objects integer NOT NULL,
    heads_hash text NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL
);

CREATE TABLE outbox (
    id uuid PRIMARY KEY NOT NULL,
    notice text NOT NULL,
    payload text NOT NULL,
    audience text NOT NULL,
    person_id uuid REFERENCES people(id),
    name text NOT NULL,
    address text NOT NULL,
    locale text NOT NULL,
    object_kind text NOT NULL,
    object_id uuid NOT NULL,
    event_id uuid,
    dedupe_key text NOT NULL UNIQUE,
    state text NOT NULL,
    send_after timestamp NOT NULL,
    attempts integer NOT NULL,
    claimed_until timestamp,
    sent_at timestamp,
    gave_up_at timestamp,
    last_error text NOT NULL,
    message_id text NOT NULL,
    subject text NOT NULL,
    body_text text NOT NULL,
    created_at timestamp NOT NULL
);
CREATE INDEX outbox_state_send_after_idx ON outbox (state, send_after);
CREATE INDEX outbox_object_id_idx ON outbox (object_id);
CREATE INDEX outbox_person_id_idx ON outbox (person_id);

CREATE TABLE annual_reports (
    id uuid PRIMARY KEY NOT NULL,
    version bigint NOT NULL,
    committee_id uuid NOT NULL REFERENCES committees(id),
    year integer NOT NULL,
    state text NOT NULL,
    figures text NOT NULL,
    narratives text NOT NULL,
    corrections text NOT NULL,
    written_by uuid REFERENCES people(id),
    signed_by uuid REFERENCES people(id),
    signed_at timestamp,
    submitted_at timestamp,
    decided_by uuid REFERENCES people(id),
    decided_at timestamp,
    decision_note text NOT NULL,
    updated_at timestamp NOT NULL
);
CREATE UNIQUE INDEX annual_reports_committee_id_year_key ON annual_reports (committee_id, year);

CREATE TABLE imports (
    id uuid PRIMARY KEY NOT NULL,
    kind text NOT NULL,
    file_name text NOT NULL,
    sha256 text NOT NULL,
    at timestamp NOT NULL,
    imported_by text NOT NULL,
    created integer NOT NULL,
    changed integer NOT NULL,
    unchanged integer NOT NULL,
    bad integer NOT NULL,
    report text NOT NULL
);
