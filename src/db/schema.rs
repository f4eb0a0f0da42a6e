//! One schema for both databases; the migrations of both are checked against it.
#![allow(missing_docs, reason = "one line a column, named as in the migrations, says it all")]

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    authorities (id) {
        id -> Uid,
        code -> Text,
        level -> KeyText,
        name_zh -> Text,
        name_en -> Text,
        mark -> Nullable<Text>,
        profile -> Text,
        zone -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    organisations (id) {
        id -> Uid,
        name_zh -> Text,
        name_en -> Text,
        name_key -> Text,
        interest -> KeyText,
        small_firm -> Bool,
        region -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    people (id) {
        id -> Uid,
        version -> BigInt,
        name_zh -> Text,
        name_en -> Text,
        email -> Nullable<Text>,
        email_key -> Nullable<Text>,
        locale -> Text,
        organisation_id -> Nullable<Uid>,
        post -> Text,
        title -> Text,
        demo -> Bool,
        mail_failures -> Integer,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    accounts (person_id) {
        person_id -> Uid,
        password_hash -> Nullable<Text>,
        administrator -> Bool,
        disabled -> Bool,
        failures -> Integer,
        locked_until -> Nullable<Instant>,
        password_changed_at -> Nullable<Instant>,
        optional_mail -> Bool,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    officers (person_id, authority_id) {
        person_id -> Uid,
        authority_id -> Uid,
        since -> Date,
        until -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    sessions (id) {
        id -> Uid,
        secret_hash -> Text,
        person_id -> Uid,
        created_at -> Instant,
        seen_at -> Instant,
        ends_at -> Instant,
        agent -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    one_time_links (token_hash) {
        token_hash -> Text,
        purpose -> KeyText,
        person_id -> Nullable<Uid>,
        object_id -> Nullable<Uid>,
        created_at -> Instant,
        ends_at -> Instant,
        used_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    api_tokens (id) {
        id -> Uid,
        person_id -> Uid,
        name -> Text,
        token_hash -> Text,
        created_at -> Instant,
        used_at -> Nullable<Instant>,
        revoked_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    idempotency_keys (actor, key) {
        actor -> Text,
        key -> Text,
        route -> Text,
        status -> Integer,
        response -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    budgets (bucket, period) {
        bucket -> Text,
        period -> BigInt,
        used -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    settings (key) {
        key -> Text,
        value -> Text,
        changed_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    committees (id) {
        id -> Uid,
        version -> BigInt,
        code -> Nullable<Text>,
        name_key -> Text,
        name_zh -> Text,
        name_en -> Text,
        kind -> KeyText,
        parent_id -> Nullable<Uid>,
        authority_id -> Uid,
        scope_zh -> Text,
        host_id -> Nullable<Uid>,
        established_year -> Nullable<Integer>,
        term_no -> Nullable<Integer>,
        term_start -> Nullable<Date>,
        term_end -> Nullable<Date>,
        state -> KeyText,
        note -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    committee_names (id) {
        id -> Uid,
        committee_id -> Uid,
        name_zh -> Text,
        since -> Nullable<Date>,
        until -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    seats (id) {
        id -> Uid,
        committee_id -> Uid,
        person_id -> Uid,
        role -> KeyText,
        organisation_id -> Nullable<Uid>,
        since -> Date,
        until -> Nullable<Date>,
        suspended -> Bool,
        reason -> Text,
        rank -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    specifications (id) {
        id -> Uid,
        version -> BigInt,
        number -> Text,
        number_key -> Text,
        sort_key -> Text,
        series -> Text,
        mark -> Text,
        sequence -> Integer,
        year -> Integer,
        category -> KeyText,
        level -> KeyText,
        title_zh -> Text,
        title_en -> Text,
        title_basis -> Text,
        issued_on -> Text,
        effective_on -> Text,
        abolished_on -> Text,
        reported_status -> Text,
        reported_basis -> Text,
        adoption -> KeyText,
        adopted_source -> Text,
        committee_id -> Nullable<Uid>,
        committee_printed -> Text,
        authority_id -> Uid,
        drafting_units -> Text,
        project_id -> Nullable<Uid>,
        announcement -> Text,
        last_reexamined_on -> Nullable<Date>,
        note -> Text,
        search_text -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    replacements (new_id, old_id) {
        new_id -> Uid,
        old_id -> Uid,
        whole -> Bool,
        detail -> Text,
        basis -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    rule_profiles (id) {
        id -> Uid,
        name -> Text,
        title_zh -> Text,
        title_en -> Text,
        authority_id -> Nullable<Uid>,
        committee_id -> Nullable<Uid>,
        valid_from -> Date,
        published_at -> Instant,
        published_by -> Nullable<Uid>,
        reason -> Text,
        digest -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    rule_values (profile_id, key) {
        profile_id -> Uid,
        key -> Text,
        value -> Text,
        unit -> Text,
        article -> Text,
        source -> Text,
        mark -> Text,
        confirmed -> Bool,
        note -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    holidays (day) {
        day -> Date,
        kind -> Text,
        name -> Text,
        basis -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    projects (id) {
        id -> Uid,
        version -> BigInt,
        number -> Nullable<Text>,
        kind -> KeyText,
        category -> KeyText,
        level -> KeyText,
        authority_id -> Uid,
        committee_id -> Nullable<Uid>,
        profile_id -> Uid,
        stage -> KeyText,
        stage_since -> Instant,
        withdrawn_from -> Nullable<KeyText>,
        openness -> KeyText,
        adoption -> KeyText,
        emergency -> Bool,
        livelihood -> Bool,
        title_zh -> Text,
        title_en -> Text,
        specification_id -> Nullable<Uid>,
        parent_id -> Nullable<Uid>,
        plan_document -> Text,
        plan_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        extensions -> Integer,
        failures -> Integer,
        review_form -> Nullable<Text>,
        review_on -> Nullable<Date>,
        review_place -> Text,
        result -> Nullable<Text>,
        origin -> KeyText,
        details -> JsonText,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    project_replaces (project_id, specification_id) {
        project_id -> Uid,
        specification_id -> Uid,
        whole -> Bool,
        detail -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    project_people (project_id, person_id, role) {
        project_id -> Uid,
        person_id -> Uid,
        role -> KeyText,
        organisation_id -> Nullable<Uid>,
        added_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    project_units (project_id, organisation_id) {
        project_id -> Uid,
        organisation_id -> Uid,
        lead -> Bool,
        rank -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    project_parties (project_id, authority_id) {
        project_id -> Uid,
        authority_id -> Uid,
        approved_at -> Nullable<Instant>,
        approval_document -> Text,
        dropped_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    project_aliases (id) {
        id -> Uid,
        project_id -> Uid,
        title_zh -> Text,
        until -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    documents (id) {
        id -> Uid,
        project_id -> Uid,
        ordinal -> Integer,
        kind -> KeyText,
        revision -> Integer,
        title -> Text,
        file_name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        visibility -> KeyText,
        uploaded_by -> Nullable<Uid>,
        uploaded_at -> Instant,
        frozen_at -> Nullable<Instant>,
        withdrawn_at -> Nullable<Instant>,
        note -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    downloads (id) {
        id -> Uid,
        document_id -> Uid,
        person_id -> Nullable<Uid>,
        at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    consents (project_id, person_id, stage_since) {
        project_id -> Uid,
        person_id -> Uid,
        stage_since -> Instant,
        role -> KeyText,
        agreed -> Bool,
        note -> Text,
        at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    objections (id) {
        id -> Uid,
        project_id -> Uid,
        name -> Text,
        contact -> Text,
        unit -> Text,
        text -> Text,
        at -> Instant,
        answer_due -> Instant,
        answer -> Text,
        answered_at -> Nullable<Instant>,
        answered_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    adjustments (id) {
        id -> Uid,
        project_id -> Uid,
        kind -> KeyText,
        reason -> Text,
        wanted -> Text,
        requested_by -> Nullable<Uid>,
        requested_on -> Date,
        decision -> Nullable<KeyText>,
        decided_by -> Nullable<Uid>,
        decided_at -> Nullable<Instant>,
        document_number -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    rounds (id) {
        id -> Uid,
        version -> BigInt,
        project_id -> Uid,
        ordinal -> Integer,
        document_id -> Nullable<Uid>,
        purpose -> KeyText,
        status -> KeyText,
        opens_at -> Instant,
        closes_at -> Instant,
        profile_id -> Uid,
        reason -> Text,
        next_serial -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    round_recipients (id) {
        id -> Uid,
        round_id -> Uid,
        person_id -> Nullable<Uid>,
        organisation_id -> Nullable<Uid>,
        name -> Text,
        class -> KeyText,
        asked_at -> Instant,
        answered_at -> Nullable<Instant>,
        answer -> Nullable<KeyText>,
        address -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    comments (id) {
        id -> Uid,
        version -> BigInt,
        round_id -> Uid,
        serial -> Integer,
        person_id -> Nullable<Uid>,
        author_name -> Text,
        author_contact -> Text,
        author_unit -> Text,
        author_class -> KeyText,
        publish_name -> Bool,
        clause -> Text,
        kind -> KeyText,
        body -> Text,
        proposal -> Text,
        reason -> Text,
        source -> KeyText,
        received_at -> Instant,
        confirmed_at -> Nullable<Instant>,
        late -> Bool,
        disposition -> Nullable<KeyText>,
        disposition_reason -> Text,
        text_changed -> Nullable<Bool>,
        duplicate_of -> Nullable<Uid>,
        disposed_by -> Nullable<Uid>,
        disposed_at -> Nullable<Instant>,
        published_at -> Nullable<Instant>,
        hidden_reason -> Text,
        token_hash -> Nullable<Text>,
        locale -> Text,
        scan_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    comment_files (id) {
        id -> Uid,
        comment_id -> Uid,
        ordinal -> Integer,
        file_name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        added_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    comment_watch (comment_id) {
        comment_id -> Uid,
        why -> KeyText,
        held_at -> Instant,
        confirmed_at -> Nullable<Instant>,
        verdict -> Nullable<KeyText>,
        reason -> Text,
        decided_by -> Nullable<Uid>,
        decided_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    comment_reactions (id) {
        id -> Uid,
        comment_id -> Uid,
        reaction -> KeyText,
        note -> Text,
        at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    binding_checks (committee_id, kind) {
        committee_id -> Uid,
        kind -> KeyText,
        bound_by -> Nullable<Uid>,
        bound_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    unit_remarks (id) {
        id -> Uid,
        version -> BigInt,
        round_id -> Uid,
        organisation_id -> Uid,
        person_id -> Uid,
        clause -> Text,
        kind -> KeyText,
        body -> Text,
        proposal -> Text,
        reason -> Text,
        quote -> Text,
        written_at -> Instant,
        changed_by -> Nullable<Uid>,
        changed_at -> Nullable<Instant>,
        dropped_at -> Nullable<Instant>,
        sent_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    comment_index (comment_id) {
        comment_id -> Uid,
        round_id -> Uid,
        serial -> Integer,
        place -> Text,
        clause -> Text,
        words -> Text,
        alike -> Integer,
        sketch -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    comment_care (comment_id) {
        comment_id -> Uid,
        owner_id -> Nullable<Uid>,
        substantive -> Nullable<Bool>,
        confirmed_by -> Nullable<Uid>,
        confirmed_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    comment_notes (id) {
        id -> Uid,
        comment_id -> Uid,
        person_id -> Uid,
        body -> Text,
        written_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    stock_reasons (id) {
        id -> Uid,
        holder -> Uid,
        body -> Text,
        kept_by -> Nullable<Uid>,
        kept_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    comment_imports (id) {
        id -> Uid,
        version -> BigInt,
        round_id -> Uid,
        document_id -> Uid,
        state -> KeyText,
        sender -> Text,
        address -> Text,
        source -> KeyText,
        received_on -> Date,
        as_whole -> Bool,
        headings -> JsonText,
        meanings -> JsonText,
        notes -> JsonText,
        token_hash -> Nullable<Text>,
        told_at -> Nullable<Instant>,
        created_by -> Nullable<Uid>,
        created_at -> Instant,
        progress -> Nullable<JsonText>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    comment_import_rows (import_id, line) {
        import_id -> Uid,
        line -> BigInt,
        state -> KeyText,
        comment_id -> Nullable<Uid>,
        cells -> JsonText,
        faults -> JsonText,
        note -> Text,
        decided_by -> Nullable<Uid>,
        decided_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    column_habits (holder, sender) {
        holder -> Uid,
        sender -> Text,
        meanings -> JsonText,
        used_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    ballots (id) {
        id -> Uid,
        version -> BigInt,
        project_id -> Nullable<Uid>,
        committee_id -> Uid,
        purpose -> KeyText,
        form -> KeyText,
        question -> Text,
        document_id -> Nullable<Uid>,
        profile_id -> Uid,
        quorum -> Text,
        majority -> Text,
        ordinal -> Integer,
        opens_at -> Instant,
        closes_at -> Instant,
        closed_at -> Nullable<Instant>,
        result -> Nullable<JsonText>,
        conclusion -> Text,
        conclusion_hash -> Nullable<Text>,
        signed_by -> Nullable<Uid>,
        signed_at -> Nullable<Instant>,
        note -> Text,
        secret -> Bool,
        aborted_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    ballot_roll (id) {
        id -> Uid,
        ballot_id -> Uid,
        person_id -> Uid,
        name -> Text,
        unit -> Text,
        role -> KeyText,
        may_vote -> Bool,
        recusal -> Nullable<Text>,
        present -> Bool,
        present_at -> Nullable<Instant>,
        voted -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    votes (id) {
        id -> Uid,
        ballot_id -> Uid,
        person_id -> Uid,
        ordinal -> Integer,
        choice -> KeyText,
        reason -> Text,
        remark -> Text,
        cast_at -> Instant,
        cast_by -> Uid,
        channel -> KeyText,
        source -> Text,
        scan_id -> Nullable<Uid>,
        confirmed_by -> Nullable<Uid>,
        confirmed_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    non_voter_opinions (id) {
        id -> Uid,
        ballot_id -> Uid,
        person_id -> Uid,
        text -> Text,
        at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    ballot_boxes (ballot_id) {
        ballot_id -> Uid,
        version -> BigInt,
        slips -> JsonText,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    ballot_mandates (ballot_id, person_id) {
        ballot_id -> Uid,
        person_id -> Uid,
        proxy_id -> Uid,
        words -> Text,
        given_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    interest_declarations (ballot_id, person_id) {
        ballot_id -> Uid,
        person_id -> Uid,
        conflicted -> Bool,
        details -> Text,
        declared_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    reviewer_qualifications (id) {
        id -> Uid,
        version -> BigInt,
        committee_id -> Uid,
        person_id -> Uid,
        number -> Text,
        scope -> Text,
        valid_from -> Date,
        valid_until -> Date,
        absent_until -> Nullable<Date>,
        revoked_at -> Nullable<Instant>,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    principal_reviews (id) {
        id -> Uid,
        version -> BigInt,
        project_id -> Uid,
        person_id -> Uid,
        document_id -> Nullable<Uid>,
        qualification -> Text,
        valid_until -> Nullable<Date>,
        assigned_by -> Uid,
        assigned_at -> Instant,
        checklist -> JsonText,
        opinion -> Text,
        recommendation -> Nullable<KeyText>,
        submitted_at -> Nullable<Instant>,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    review_findings (id) {
        id -> Uid,
        version -> BigInt,
        review_id -> Uid,
        ordinal -> Integer,
        clause -> Text,
        severity -> KeyText,
        body -> Text,
        proposal -> Text,
        answer -> Text,
        answered_by -> Nullable<Uid>,
        answered_at -> Nullable<Instant>,
        settled_at -> Nullable<Instant>,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    required_changes (id) {
        id -> Uid,
        version -> BigInt,
        ballot_id -> Uid,
        project_id -> Uid,
        ordinal -> Integer,
        clause -> Text,
        body -> Text,
        responsible_id -> Nullable<Uid>,
        created_by -> Uid,
        created_at -> Instant,
        done_note -> Text,
        done_by -> Nullable<Uid>,
        done_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    meeting_places (ballot_id) {
        ballot_id -> Uid,
        version -> BigInt,
        clause -> Text,
        moved_at -> Instant,
        moved_by -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    clause_positions (id) {
        id -> Uid,
        ballot_id -> Uid,
        clause -> Text,
        person_id -> Uid,
        stance -> KeyText,
        body -> Text,
        recorded_by -> Uid,
        recorded_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    conclusion_texts (id) {
        id -> Uid,
        ballot_id -> Uid,
        ordinal -> Integer,
        body -> Text,
        sha256 -> Text,
        written_by -> Uid,
        written_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    conclusion_signatures (id) {
        id -> Uid,
        version -> BigInt,
        ballot_id -> Uid,
        part -> KeyText,
        person_id -> Uid,
        acting -> Bool,
        sha256 -> Text,
        signed_at -> Instant,
        scan_id -> Nullable<Uid>,
        entered_by -> Nullable<Uid>,
        confirmed_by -> Nullable<Uid>,
        confirmed_at -> Nullable<Instant>,
        voided_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    observers (id) {
        id -> Uid,
        version -> BigInt,
        project_id -> Uid,
        name -> Text,
        unit -> Text,
        contact -> Text,
        reason -> Text,
        applied_at -> Instant,
        admitted -> Nullable<Bool>,
        decided_by -> Nullable<Uid>,
        decided_at -> Nullable<Instant>,
        decision -> Text,
        promised_at -> Nullable<Instant>,
        attended_at -> Nullable<Instant>,
        record -> Text,
        removed_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    announcements (id) {
        id -> Uid,
        number -> Text,
        title -> Text,
        kind -> Text,
        on_day -> Nullable<Date>,
        authority_id -> Uid,
        body -> Text,
        complete -> Bool,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    announcement_items (announcement_id, specification_id) {
        announcement_id -> Uid,
        specification_id -> Uid,
        act -> KeyText,
        effective_on -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    source_editions (source, edition) {
        source -> Text,
        edition -> Integer,
        title -> Text,
        state -> KeyText,
        noted_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    announcement_drafts (id) {
        id -> Uid,
        version -> BigInt,
        authority_id -> Uid,
        number -> Text,
        title -> Text,
        body -> Text,
        issued_on -> Nullable<Date>,
        effective_on -> Nullable<Date>,
        created_at -> Instant,
        created_by -> Nullable<Uid>,
        ended_at -> Nullable<Instant>,
        issued -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    announcement_draft_texts (draft_id, project_id) {
        draft_id -> Uid,
        project_id -> Uid,
        ordinal -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    trainings (id) {
        id -> Uid,
        specification_id -> Uid,
        held_on -> Date,
        place -> Text,
        people -> Integer,
        note -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    evaluations (id) {
        id -> Uid,
        specification_id -> Uid,
        done_on -> Date,
        method -> Text,
        findings -> Text,
        suggestion -> KeyText,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    feedback (id) {
        id -> Uid,
        specification_id -> Uid,
        name -> Text,
        contact -> Text,
        clause -> Text,
        text -> Text,
        at -> Instant,
        answer -> Text,
        answered_at -> Nullable<Instant>,
        answered_by -> Nullable<Uid>,
        outcome -> Nullable<KeyText>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    followers (person_id, object_id) {
        person_id -> Uid,
        object_id -> Uid,
        object_kind -> KeyText,
        since -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    deadlines (id) {
        id -> Uid,
        object_kind -> KeyText,
        object_id -> Uid,
        kind -> KeyText,
        ordinal -> Integer,
        opened_at -> Instant,
        due_at -> Instant,
        done_at -> Nullable<Instant>,
        outcome -> Text,
        attempts -> Integer,
        last_error -> Text,
        ballot_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    events (seq) {
        seq -> BigInt,
        id -> Uid,
        object_kind -> KeyText,
        object_id -> Uid,
        object_seq -> Integer,
        at -> Instant,
        actor_id -> Nullable<Uid>,
        actor -> Text,
        on_behalf_of -> Text,
        kind -> Text,
        source -> Text,
        from_stage -> Text,
        to_stage -> Text,
        note -> Text,
        facts -> JsonText,
        previous_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    checkpoints (seq) {
        seq -> BigInt,
        at -> Instant,
        last_event -> BigInt,
        objects -> Integer,
        heads_hash -> Text,
        previous_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    outbox (id) {
        id -> Uid,
        notice -> KeyText,
        payload -> JsonText,
        audience -> KeyText,
        person_id -> Nullable<Uid>,
        name -> Text,
        address -> Text,
        locale -> Text,
        object_kind -> KeyText,
        object_id -> Uid,
        event_id -> Nullable<Uid>,
        dedupe_key -> Text,
        state -> KeyText,
        send_after -> Instant,
        attempts -> Integer,
        claimed_until -> Nullable<Instant>,
        sent_at -> Nullable<Instant>,
        gave_up_at -> Nullable<Instant>,
        last_error -> Text,
        message_id -> Text,
        subject -> Text,
        body_text -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    annual_reports (id) {
        id -> Uid,
        version -> BigInt,
        committee_id -> Uid,
        year -> Integer,
        state -> KeyText,
        figures -> JsonText,
        narratives -> JsonText,
        corrections -> JsonText,
        written_by -> Nullable<Uid>,
        signed_by -> Nullable<Uid>,
        signed_at -> Nullable<Instant>,
        submitted_at -> Nullable<Instant>,
        decided_by -> Nullable<Uid>,
        decided_at -> Nullable<Instant>,
        decision_note -> Text,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    imports (id) {
        id -> Uid,
        kind -> Text,
        file_name -> Text,
        sha256 -> Text,
        at -> Instant,
        imported_by -> Text,
        created -> Integer,
        changed -> Integer,
        unchanged -> Integer,
        bad -> Integer,
        report -> JsonText,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    clause_texts (document_id) {
        document_id -> Uid,
        version -> BigInt,
        state -> KeyText,
        fault -> Nullable<KeyText>,
        doubts -> JsonText,
        margin -> JsonText,
        read_at -> Instant,
        read_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    clauses (document_id, ordinal) {
        document_id -> Uid,
        ordinal -> Integer,
        key -> Text,
        kind -> KeyText,
        number -> Text,
        heading -> Text,
        level -> Integer,
        blocks -> JsonText,
        plain -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    clause_links (id) {
        id -> Uid,
        from_document -> Uid,
        to_document -> Uid,
        from_key -> Text,
        to_key -> Text,
        relation -> KeyText,
        decided_by -> Uid,
        decided_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    comment_places (comment_id, document_id) {
        comment_id -> Uid,
        document_id -> Uid,
        clause_key -> Text,
        quote -> Text,
        quote_before -> Text,
        quote_after -> Text,
        fingerprint -> Text,
        fate -> KeyText,
        decided_by -> Nullable<Uid>,
        decided_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    dossier_defects (project_id, time, ordinal) {
        project_id -> Uid,
        time -> Integer,
        ordinal -> Integer,
        body -> Text,
        found_at -> Instant,
        found_by -> Nullable<Uid>,
        answer -> Text,
        answered_at -> Nullable<Instant>,
        answered_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    text_reads (specification_id, on_day) {
        specification_id -> Uid,
        on_day -> Date,
        reads -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    citations (id) {
        id -> Uid,
        specification_id -> Uid,
        cited -> Text,
        clause -> Text,
        words -> Text,
        state -> KeyText,
        entered_at -> Instant,
        decided_by -> Nullable<Uid>,
        decided_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    impact_tasks (id) {
        id -> Uid,
        changed_id -> Uid,
        dependent_id -> Uid,
        committee_id -> Nullable<Uid>,
        clause -> Text,
        reason -> Text,
        opened_at -> Instant,
        opened_by -> Nullable<Uid>,
        answer -> Nullable<KeyText>,
        note -> Text,
        answered_at -> Nullable<Instant>,
        answered_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    reexamination_plans (committee_id, year, specification_id) {
        committee_id -> Uid,
        year -> Integer,
        specification_id -> Uid,
        planned_at -> Instant,
        planned_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    saved_searches (id) {
        id -> Uid,
        person_id -> Uid,
        question -> Text,
        saved_at -> Instant,
        seen_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    covers (specification_id) {
        specification_id -> Uid,
        ics -> Text,
        ccs -> Text,
        publisher -> Text,
        isbn -> Text,
        interpreter -> Text,
        joining_units -> Text,
        drafters -> Text,
        joining_drafters -> Text,
        statement -> Text,
        entered_at -> Instant,
        entered_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    measurement_standards (id) {
        id -> Uid,
        specification_id -> Uid,
        name -> Text,
        certificate -> Text,
        keeper -> Text,
        valid_until -> Nullable<Date>,
        entered_at -> Instant,
        entered_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    slips (project_id) {
        project_id -> Uid,
        specification_id -> Uid,
        kind -> KeyText,
        ordinal -> Integer,
        announcement -> Text,
        issued_on -> Date,
        effective_on -> Date,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    slip_items (project_id, ordinal) {
        project_id -> Uid,
        ordinal -> Integer,
        kind -> KeyText,
        clause -> Text,
        number -> Text,
        heading -> Text,
        was -> Text,
        body -> Text,
        entered_at -> Instant,
        entered_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    joint_numbers (specification_id, authority_id) {
        specification_id -> Uid,
        authority_id -> Uid,
        number -> Text,
        void_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    recognitions (id) {
        id -> Uid,
        title -> Text,
        basis -> Text,
        effective_on -> Date,
        ended_on -> Nullable<Date>,
        note -> Text,
        proposed_at -> Instant,
        proposed_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    recognition_parties (recognition_id, authority_id) {
        recognition_id -> Uid,
        authority_id -> Uid,
        confirmed_at -> Nullable<Instant>,
        confirmed_by -> Nullable<Uid>,
        document -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    recognition_texts (recognition_id, specification_id) {
        recognition_id -> Uid,
        specification_id -> Uid,
        ordinal -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    overlap_cases (id) {
        id -> Uid,
        local_id -> Uid,
        national_id -> Uid,
        kind -> KeyText,
        words -> Text,
        opened_at -> Instant,
        opened_by -> Nullable<Uid>,
        outcome -> Nullable<KeyText>,
        note -> Text,
        decided_at -> Nullable<Instant>,
        decided_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    comparisons (id) {
        id -> Uid,
        specification_id -> Uid,
        source -> Text,
        owner -> Text,
        due_on -> Date,
        opened_at -> Instant,
        opened_by -> Nullable<Uid>,
        conclusion -> Nullable<KeyText>,
        note -> Text,
        concluded_at -> Nullable<Instant>,
        owner_address -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    comparison_lines (comparison_id, ordinal) {
        comparison_id -> Uid,
        ordinal -> Integer,
        clause -> Text,
        source_clause -> Text,
        indicator -> Text,
        ours -> Text,
        theirs -> Text,
        difference -> KeyText,
        cause -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    surveys (id) {
        id -> Uid,
        specification_id -> Uid,
        question -> Text,
        closes_on -> Date,
        opened_at -> Instant,
        opened_by -> Nullable<Uid>,
        open_link -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    survey_invites (id) {
        id -> Uid,
        survey_id -> Uid,
        name -> Text,
        address -> Text,
        locale -> Text,
        invited_at -> Instant,
        reminded_at -> Nullable<Instant>,
        answer_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    evaluation_surveys (evaluation_id) {
        evaluation_id -> Uid,
        survey_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    survey_answers (id) {
        id -> Uid,
        survey_id -> Uid,
        at -> Instant,
        who -> KeyText,
        unit -> Text,
        degree -> KeyText,
        volume -> Integer,
        problems -> Text,
        benefit -> Text,
        answer -> Text,
        suggestion -> KeyText,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    surveys,
    survey_answers,
    survey_invites,
    evaluation_surveys,
    comparisons,
    comparison_lines,
    overlap_cases,
    joint_numbers,
    recognitions,
    recognition_parties,
    recognition_texts,
    covers,
    measurement_standards,
    slips,
    slip_items,
    authorities,
    organisations,
    people,
    accounts,
    officers,
    sessions,
    one_time_links,
    api_tokens,
    idempotency_keys,
    budgets,
    settings,
    committees,
    committee_names,
    seats,
    specifications,
    replacements,
    rule_profiles,
    rule_values,
    holidays,
    projects,
    project_replaces,
    project_people,
    project_units,
    project_parties,
    project_aliases,
    documents,
    downloads,
    dossier_defects,
    clause_texts,
    clauses,
    clause_links,
    comment_places,
    consents,
    objections,
    adjustments,
    rounds,
    round_recipients,
    comments,
    comment_reactions,
    comment_files,
    comment_watch,
    binding_checks,
    unit_remarks,
    comment_index,
    comment_care,
    comment_notes,
    stock_reasons,
    comment_imports,
    comment_import_rows,
    column_habits,
    ballots,
    ballot_roll,
    votes,
    non_voter_opinions,
    ballot_boxes,
    ballot_mandates,
    interest_declarations,
    reviewer_qualifications,
    principal_reviews,
    review_findings,
    required_changes,
    meeting_places,
    clause_positions,
    conclusion_texts,
    conclusion_signatures,
    observers,
    announcements,
    announcement_items,
    announcement_drafts,
    announcement_draft_texts,
    source_editions,
    citations,
    impact_tasks,
    reexamination_plans,
    saved_searches,
    text_reads,
    trainings,
    evaluations,
    feedback,
    followers,
    deadlines,
    events,
    checkpoints,
    outbox,
    annual_reports,
    imports,
);
