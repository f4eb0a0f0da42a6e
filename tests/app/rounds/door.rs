//! The door of a round for those without an account: files, proof of work, and comments that a person looks at first.

use chrono::TimeDelta;

use quanheng_db::{comment_files, comment_watch};
use quanheng_domain::{stage::Stage, watch::begins_with_zeros};
use sha2::{Digest, Sha256};

use super::{comments, running};
use crate::{
    committee::Committee,
    world::{Browser, between},
};

/// The least that is a PDF.
const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

fn filled<'f>(body: &'f str, proof: &'f str) -> Vec<(&'static str, &'f str)> {
    vec![
        ("name", "某企业职员·演示"),
        ("contact", "someone@firm.example"),
        ("comments.0.clause", "5.2"),
        ("comments.0.kind", "technical"),
        ("comments.0.body", body),
        ("proof", proof),
    ]
}

/// Confirms what was sent last and gives where that leads.
async fn confirmed(all: &Committee) -> String {
    let letters = all.site.letters().await;
    let link = letters
        .iter()
        .rev()
        .find_map(|letter| between(&letter.text, "/consultations/confirm/", "\n"));
    let path = format!("/consultations/confirm/{}", link.unwrap().trim());
    let got = all.site.post(&Browser::new(), &path, &[]).await;
    assert_eq!(got.status, 303, "{}", got.body);
    got.location.unwrap()
}

/// Does the work that the script does.
pub async fn proof(all: &Committee, round: &str) -> String {
    let got = all.site.get(&Browser::new(), &format!("/consultations/{round}/challenge")).await;
    let told = got.json();
    let (challenge, bits) =
        (told["challenge"].as_str().unwrap(), u32::try_from(told["bits"].as_u64().unwrap()));
    let bits = bits.unwrap();
    let tries = (0_u64..).map(|nonce| format!("{challenge}:{nonce}"));
    let mut found = tries.filter(|text| begins_with_zeros(&Sha256::digest(text.as_bytes()), bits));
    found.next().unwrap()
}

#[rocket::async_test]
async fn files_come_with_a_comment_and_go_to_whoever_may_read_it() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let path = format!("/consultations/{}/comments", round.id);
        let guest = Browser::new();
        let form = filled("见附件的试验数据", "");
        for (name, bytes, word) in [
            ("数据.exe", &b"MZ\x90\x00\x03\x00\x00\x00\x04\x00"[..], "程序"),
            ("数据.pdf", &b"<!doctype html><script>1</script>"[..], "网页"),
        ] {
            let file = (name, bytes);
            let got = all.site.upload_as(&guest, &path, &form, "comments.0.files", file).await;
            assert!(matches!(got.status, 415 | 422), "{name}: {} {}", got.status, got.body);
            assert!(got.body.contains("见附件的试验数据"), "what was typed is gone");
            assert!(got.body.contains(word), "{name}: {}", got.body);
        }
        let file = ("数据.pdf", PDF);
        let bare = [("name", "甲"), ("contact", "a@firm.example")];
        let got = all.site.upload_as(&guest, &path, &bare, "comments.0.files", file).await;
        assert_eq!(got.status, 422, "a file without words");
        let got = all.site.upload_as(&guest, &path, &form, "comments.0.files", file).await;
        assert_eq!(got.status, 303, "{}", got.body);
        let mine = confirmed(&all).await;
        let page = all.site.get(&guest, &mine).await;
        let row = &comments(&all, round.id)[0];
        let own = format!("{mine}/{}/files/1", row.id);
        assert!(page.body.contains(&own) && page.body.contains("数据.pdf"), "{}", page.body);
        assert_eq!(all.site.download(&guest, &own).await, (200, PDF.to_vec()));
        let plain = format!("/comments/{}/files/1", row.id);
        assert_eq!(all.site.download(&guest, &plain).await.0, 404, "not before the answers");
        let secretary = all.browser(all.world.secretary);
        assert_eq!(all.site.download(&secretary, &plain).await.0, 200);
        let desk = all.site.get(&secretary, &format!("/consultations/{}/desk", round.id)).await;
        assert!(desk.body.contains(&plain) && desk.body.contains("数据.pdf"), "{}", desk.body);
        let told = all.site.get(&secretary, &format!("/api/v1/rounds/{}/comments", round.id)).await;
        assert_eq!(told.json()["items"][0]["files"][0]["file_name"], "数据.pdf");
        let outside = all.site.get(&guest, &format!("/api/v1/rounds/{}/comments", round.id)).await;
        assert_eq!(
            outside.json()["total"],
            0,
            "comments go out with their answers: {}",
            outside.body
        );
        assert_eq!(outside.json()["items"].as_array().map(Vec::len), Some(0));
        assert_eq!(all.world.read(|conn| comment_files::of_round(conn, round.id)).len(), 1);
    }
}

#[rocket::async_test]
async fn without_a_proof_beyond_a_few_an_hour_a_person_looks_first() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let (id, guest) = (round.id.to_string(), Browser::new());
        let path = format!("/consultations/{id}/comments");
        let page = all.site.get(&guest, &format!("/consultations/{id}")).await;
        assert!(page.body.contains(&format!("data-proof=\"/consultations/{id}/challenge\"")));
        let few = all.site.app.settings.limits.comment_bare_hour;
        for n in 0..few {
            let got = all.site.post(&guest, &path, &filled(&format!("意见{n}"), "")).await;
            assert_eq!(got.status, 303, "{}", got.body);
        }
        let held = || all.world.read(|conn| comment_watch::of_round(conn, round.id)).len();
        assert_eq!(held(), 0);
        let proof = proof(&all, &id).await;
        for (body, proof, wanted) in [
            ("无证明", "", 1),
            ("假证明", "none:1", 2),
            ("真证明", proof.as_str(), 2),
            ("用过的证明", proof.as_str(), 3),
        ] {
            let got = all.site.post(&guest, &path, &filled(body, proof)).await;
            assert_eq!(got.status, 303, "{}", got.body);
            assert_eq!(held(), wanted, "{body}");
        }
        let links = "http://a.example http://b.example http://c.example http://d.example";
        all.site.clock.advance(TimeDelta::hours(1));
        assert_eq!(all.site.post(&guest, &path, &filled(links, "")).await.status, 303);
        assert_eq!(held(), 4);
    }
}

#[rocket::async_test]
async fn the_secretariat_admits_or_refuses_what_is_held() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let guest = Browser::new();
        let path = format!("/consultations/{}/comments", round.id);
        let links = "见 http://a.example http://b.example http://c.example http://d.example";
        for _ in 0..2 {
            assert_eq!(all.site.post(&guest, &path, &filled(links, "")).await.status, 303);
            assert_eq!(confirmed(&all).await, "/consultations", "it is no private page yet");
        }
        assert!(comments(&all, round.id).is_empty());
        let page = format!("/consultations/{}/held", round.id);
        let member = all.browser(all.world.members[0]);
        assert_eq!(all.site.get(&member, &page).await.status, 403);
        let secretary = all.browser(all.world.secretary);
        let round_page = all.site.get(&secretary, &format!("/consultations/{}", round.id)).await;
        assert!(round_page.body.contains(&page), "no way there");
        let shown = all.site.get(&secretary, &page).await;
        assert!(shown.status == 200 && shown.body.contains("链接过多"), "{}", shown.body);
        let ids: Vec<String> = all
            .world
            .read(|conn| comment_watch::of_round(conn, round.id))
            .iter()
            .map(|(watch, _)| watch.comment_id.to_string())
            .collect();
        let none = [("verdict", "admitted")];
        assert_eq!(all.site.post(&secretary, &page, &none).await.status, 422);
        let bare = [("verdict", "refused"), ("comment", ids[0].as_str())];
        assert_eq!(all.site.post(&secretary, &page, &bare).await.status, 422);
        let refuse = [bare[0], bare[1], ("reason", "与规范无关")];
        assert_eq!(all.site.post(&member, &page, &refuse).await.status, 403);
        assert_eq!(all.site.post(&secretary, &page, &refuse).await.status, 303);
        let admit = [("verdict", "admitted"), ("comment", ids[1].as_str())];
        assert_eq!(all.site.post(&secretary, &page, &admit).await.status, 303);
        assert_eq!(comments(&all, round.id).len(), 1);
        let shown = all.site.get(&secretary, &page).await;
        assert!(shown.body.contains("与规范无关"), "a refused one is kept: {}", shown.body);
        all.world.walk(round.project_id, Stage::CommentsClosed);
    }
}
