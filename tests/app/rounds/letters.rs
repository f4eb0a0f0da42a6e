//! Letters: a comment on paper with its scan, and the answer of somebody who was asked, entered by the secretariat.

use quanheng_db::{documents, rounds};
use quanheng_domain::{
    comment::{CommentSource, RecipientAnswer},
    stage::Stage,
};

use super::{comments, running};
use crate::{committee::Committee, world::Browser};

const PAPER: [(&str, &str); 8] = [
    ("paper.source", "letter"),
    ("paper.received_on", ""),
    ("paper.name", "张工·演示"),
    ("paper.unit", "某计量院·演示"),
    ("paper.class", "verification_body"),
    ("paper.clause", "6.2"),
    ("paper.kind", "technical"),
    ("paper.body", "环境温度范围偏严。"),
];

/// Sends the form as a browser does, with or without a scan.
async fn send(
    all: &Committee,
    who: &Browser,
    path: &str,
    fields: &[(&str, &str)],
    scan: (&str, &[u8]),
) -> crate::world::Got {
    all.site.upload_as(who, path, fields, "paper.scan", scan).await
}

#[rocket::async_test]
async fn a_letter_becomes_a_comment_of_the_one_who_was_asked_with_its_scan() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        let path = format!("/consultations/{}/letters", round.id);
        let secretary = all.browser(all.world.secretary);
        let member = all.browser(all.world.members[0]);
        let today = all.world.today().to_string();
        let asked = all.world.read(|conn| rounds::recipients_of(conn, round.id));
        let line = asked.iter().find(|line| line.person_id == Some(all.world.members[1])).unwrap();
        let recipient = line.id.to_string();
        let round_page = format!("/consultations/{}", round.id);
        assert!(all.site.get(&secretary, &round_page).await.body.contains(&path));
        assert!(!all.site.get(&member, &round_page).await.body.contains(&path));
        assert_eq!(all.site.get(&member, &path).await.status, 403);
        let page = all.site.get(&secretary, &path).await.body;
        assert!(page.contains("尚未征求") && page.contains("comment_recipient_classes"), "{page}");

        let mut form = PAPER.to_vec();
        form[1].1 = "2999-01-01";
        form[7].1 = " ";
        let back = send(&all, &secretary, &path, &form, ("", b"")).await;
        assert_eq!(back.status, 422, "{}", back.body);
        for field in ["received_on", "body"] {
            assert!(back.body.contains(&format!("id=\"e-paper.{field}\"")), "{field}");
        }
        assert!(back.body.contains("张工·演示"), "what was typed is still there");
        form[1].1 = &today;
        form[7].1 = PAPER[7].1;
        form.push(("paper.recipient", &recipient));
        let unfit = send(&all, &secretary, &path, &form, ("来函.pdf", b"no pdf at all")).await;
        assert_eq!(unfit.status, 422, "{}", unfit.body);
        assert!(unfit.body.contains("id=\"e-paper.scan\"") && comments(&all, round.id).is_empty());
        assert_eq!(send(&all, &member, &path, &form, ("", b"")).await.status, 403);

        let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
        let done = send(&all, &secretary, &path, &form, ("来函.pdf", pdf)).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let row = comments(&all, round.id).remove(0);
        assert_eq!((row.source, row.body.as_str()), (CommentSource::Letter, PAPER[7].1));
        let papers = all.world.read(|conn| documents::of_project(conn, project));
        let scan = papers.iter().find(|paper| Some(paper.id) == row.scan_id).unwrap();
        assert_eq!(scan.file_name, "来函.pdf");
        let asked = all.world.read(|conn| rounds::recipient(conn, line.id)).unwrap();
        assert_eq!(asked.answer, Some(RecipientAnswer::Comments));
    }
}

#[rocket::async_test]
async fn the_secretariat_notes_that_somebody_answered_and_how_it_came() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        let path = format!("/consultations/{}/replies", round.id);
        let secretary = all.browser(all.world.secretary);
        let asked = all.world.read(|conn| rounds::recipients_of(conn, round.id));
        let line = asked.iter().find(|line| line.person_id == Some(all.world.members[2])).unwrap();
        let recipient = line.id.to_string();
        let form = |note: &'static str| {
            [
                ("reply.recipient", recipient.as_str()),
                ("reply.answer", "no_comment"),
                ("reply.note", note),
            ]
        };
        let back = all.site.post(&secretary, &path, &form("")).await;
        assert!(back.status == 422 && back.body.contains("id=\"e-reply.note\""), "{}", back.body);
        let bare = all.site.post(&secretary, &path, &[("reply.note", "来函")]).await;
        assert!(bare.status == 422 && bare.body.contains("id=\"e-reply.recipient\""));
        let member = all.browser(all.world.members[0]);
        assert_eq!(all.site.post(&member, &path, &form("来函")).await.status, 403);
        assert_eq!(all.site.post(&secretary, &path, &form("3月20日来函")).await.status, 303);
        let asked = all.world.read(|conn| rounds::recipient(conn, line.id)).unwrap();
        assert_eq!(asked.answer, Some(RecipientAnswer::NoComment));
        let page = format!("/consultations/{}/letters", round.id);
        assert!(all.site.get(&secretary, &page).await.body.contains("无意见"));
        // Once the answers are public nothing more is entered.
        all.world.walk(project, Stage::CommentsTreated);
        // The walk took weeks, and the session has ended.
        let secretary = all.browser(all.world.secretary);
        let over = all.site.get(&secretary, &page).await.body;
        assert!(over.contains("不再登记") && !over.contains("paper.body"));
        let refused = all.site.post(&secretary, &path, &form("迟到的来函")).await;
        assert_eq!(refused.status, 409, "{}", refused.body);
    }
}

#[rocket::async_test]
async fn only_the_silent_are_reminded_and_only_once_a_day() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let path = format!("/consultations/{}/remind", round.id);
        super::sent(&all, all.world.members[0], round.id, "5", "意见");
        let drafter = all.browser(all.world.drafter);
        assert_eq!(all.site.post(&drafter, &path, &[]).await.status, 403);
        let secretary = all.browser(all.world.secretary);
        assert_eq!(all.site.post(&secretary, &path, &[]).await.status, 303);
        let mails = all.world.mails(quanheng_domain::notice::NoticeKey::RoundReminder);
        let to: Vec<_> = mails.iter().filter_map(|mail| mail.person_id).collect();
        assert!(to.contains(&all.world.members[1]) && !to.contains(&all.world.members[0]));
        let again = all.site.post(&secretary, &path, &[]).await;
        assert!((400..500).contains(&again.status), "{}", again.status);
        let after = all.world.mails(quanheng_domain::notice::NoticeKey::RoundReminder);
        assert_eq!(after.len(), mails.len(), "nobody is pestered");
    }
}
