//! The dossier: what is missing, its seal in the ledger, and the counted defects with which it comes back.

use chrono::TimeDelta;
use quanheng_actions::{
    ActionError,
    document::{
        Upload,
        dossier::{self, Mend, Seal, mend, seal},
        upload,
    },
};
use quanheng_db::documents;
use quanheng_domain::{
    document::DocumentKind,
    lifecycle::{Field, Move},
    refusal::RefusalCode,
    rules::keys,
    stage::Stage,
};

use crate::world::{Plan, on_each_backend, on_each_backend_with};

#[test]
fn a_dossier_is_sealed_when_nothing_is_missing_and_the_ledger_keeps_its_fingerprint() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::DossierCheck);
        let now = world.now();
        let officer = world.actor(world.officer);
        let held = world.ask(|conn| dossier::dossier(conn, &officer, project, now)).unwrap();
        assert!(held.missing().is_empty(), "{:?}", held.missing());
        assert!(held.items.iter().filter(|item| item.required).count() > 5);
        let command = Seal {
            project,
            file_name: "dossier.zip".into(),
            size: 10,
            sha256: "ab".repeat(32),
            root: "cd".repeat(32),
            parts: 12,
            version: held.loaded.row.version,
        };
        assert_eq!(world.refusal(seal, world.members[0], &command), RefusalCode::NotYours);
        let stale = Seal { version: command.version - 1, ..command.clone() };
        assert!(matches!(world.act(seal, world.secretary, &stale), Err(ActionError::Conflict)));
        let kept = world.act(seal, world.secretary, &command).unwrap();
        let row = world.read(|conn| documents::find(conn, project, kept.ordinal)).unwrap();
        assert_eq!((row.kind, row.frozen_at), (DocumentKind::SealedDossier, Some(now)));
        let last = world.events(project).pop().unwrap();
        assert_eq!(last.kind, "dossier_sealed");
        assert_eq!(last.facts["root"], "cd".repeat(32));

        let record = world.ask(|conn| dossier::record(conn, project)).unwrap();
        let events = String::from_utf8(record[0].1.clone()).unwrap();
        assert_eq!(dossier::walk(&events), Ok(world.events(project).len()));
        let changed = events.replacen("\"note\":\"", "\"note\":\"x", 1);
        assert!(dossier::walk(&changed).is_err());
        let cut: String = events.lines().skip(1).map(|line| format!("{line}\n")).collect();
        assert_eq!(dossier::walk(&cut), Err(dossier::ChainFault::Broken { place: 1 }));
    });
}

#[test]
fn a_dossier_with_a_gap_is_not_sealed() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::ReviewPassed);
        let now = world.now();
        let secretary = world.actor(world.secretary);
        let held = world.ask(|conn| dossier::dossier(conn, &secretary, project, now)).unwrap();
        assert!(held.missing().contains(&DocumentKind::ApprovalDraft), "{:?}", held.missing());
        let command = Seal {
            project,
            file_name: "dossier.zip".into(),
            size: 10,
            sha256: "ab".repeat(32),
            root: "cd".repeat(32),
            parts: 1,
            version: held.loaded.row.version,
        };
        let refusal = world.refused(seal, world.secretary, &command);
        assert_eq!(refusal.code, RefusalCode::DocumentsMissing);
        assert_eq!(refusal.rule, Some(keys::DOCS_DOSSIER.key()));
    });
}

#[test]
fn verification_data_stand_in_public_for_the_months_of_the_rule_before_the_dossier_goes_out() {
    let plan = Plan { rules: &[("data_display_months", "1")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        let project = world.project_at(Stage::ReviewPassed);
        let refused = || match world.take(world.secretary, project, Move::SubmitDossier, &[]) {
            Err(ActionError::Refused(refusal)) => refusal,
            other => panic!("not refused but {other:?}"),
        };
        let refusal = refused();
        assert_eq!(refusal.code, RefusalCode::DataNotShown);
        assert_eq!(refusal.rule, Some(keys::DATA_DISPLAY_MONTHS.key()));
        assert_eq!(refusal.facts["until"], "");
        // A record that only the committee reads shows nothing to the public.
        world.document(project, DocumentKind::DataDisplayRecord);
        assert_eq!(refused().facts["until"], "");
        let command = Upload {
            project,
            kind: DocumentKind::DataDisplayRecord,
            title: String::new(),
            file_name: "data.pdf".into(),
            media_type: "application/pdf".into(),
            size: 10,
            sha256: "ef".repeat(32),
            note: String::new(),
        };
        world.act(upload, world.secretary, &command).unwrap();
        let until = refused().facts["until"].clone();
        assert!(!until.is_empty());
        world.later(TimeDelta::days(33));
        assert_ne!(refused().code, RefusalCode::DataNotShown);
        world.take_with_papers(world.secretary, project, Move::SubmitDossier, &[]);
        assert_eq!(world.project(project).stage, Stage::DossierReceived);
    });
}

#[test]
fn a_returned_dossier_counts_its_defects_and_each_is_mended_once() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::DossierCheck);
        let reason = "1. 试验报告缺签字\n2. 代替清单未写明部分代替\n\n规范英文名称与封面不一致";
        let note = [(Field::Note, reason.to_owned())];
        world.take(world.officer, project, Move::ReturnDossier, &note).unwrap();
        let (now, secretary) = (world.now(), world.actor(world.secretary));
        let read = || world.ask(|conn| dossier::dossier(conn, &secretary, project, now)).unwrap();
        let bodies: Vec<String> = read().defects.into_iter().map(|row| row.body).collect();
        let wanted = ["试验报告缺签字", "代替清单未写明部分代替", "规范英文名称与封面不一致"];
        assert_eq!(bodies, wanted);
        let done = |answer: &str| Mend { project, time: 1, ordinal: 2, answer: answer.into() };
        assert_eq!(world.faulty(mend, world.secretary, &done(" ")), ["answer"]);
        assert_eq!(world.refusal(mend, world.outsider, &done("已补")), RefusalCode::NotYours);
        world.act(mend, world.drafter, &done("已补充部分代替的条款。")).unwrap();
        assert_eq!(
            world.refusal(mend, world.secretary, &done("再改")),
            RefusalCode::AlreadySubmitted
        );
        assert_eq!(read().open_defects(), 2);
        assert_eq!(world.event_kinds(project).last().unwrap(), "defect_mended");
    });
}
