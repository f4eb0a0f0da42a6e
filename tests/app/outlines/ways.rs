//! Eight ways by which comments reach a round.

use quanheng_db::rounds;
use rocket::http::{ContentType, Header, Method};
use serde_json::json;

use super::{AGREED, papers};
use crate::{
    committee::Committee,
    rounds::{comments, door::proof},
    world::{Browser, between},
};

/// A photograph as a phone takes it, as far as anybody looks at it.
const PHOTO: &[u8] =
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9";
const SCAN: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/// Whoever sends, and where.
pub struct Sending<'a> {
    pub all: &'a Committee,
    /// Identity of the round.
    pub round: String,
    /// Number of the last annex.
    pub annex: &'a str,
}

impl Sending<'_> {
    fn path(&self, part: &str) -> String {
        format!("/consultations/{}/{part}", self.round)
    }

    /// All eight, one after the other.
    pub async fn all_ways(&self) {
        self.by_page().await;
        self.by_phone().await;
        self.without_script().await;
        self.by_api().await;
        self.by_workbook().await;
        self.by_table("意见汇总处理表.docx", &papers::chinese_table(), 2).await;
        self.by_table("comments.docx", &papers::iso_table(), 2).await;
        self.by_letter().await;
    }

    /// A member reads the text and quotes words of a clause.
    async fn by_page(&self) {
        let member = self.all.browser(self.all.world.members[0]);
        let text = self.all.site.get(&member, &self.path("text")).await;
        assert_eq!(text.status, 200, "{}", text.body);
        assert!(text.body.contains("?clause&#x3D;6.1#send"), "no button at 6.1");
        let fields = [
            ("comments.0.clause", "6.1"),
            ("comments.0.kind", "technical"),
            ("comments.0.body", AGREED),
            ("comments.0.quote", "[见表]"),
        ];
        let got = self.all.site.post(&member, &self.path("comments"), &fields).await;
        assert_eq!(got.status, 303, "{}", got.body);
    }

    /// Somebody without an account, with a photograph; the script does its work.
    async fn by_phone(&self) {
        let guest = Browser::new();
        let form =
            self.all.site.get(&guest, &format!("/consultations/{}?clause=7.2", self.round)).await;
        assert!(form.body.contains("name=\"comments.0.clause\" value=\"7.2\""), "not preset");
        let proof = proof(self.all, &self.round).await;
        let fields = [
            ("name", "手机用户·演示"),
            ("contact", "phone@firm.example"),
            ("comments.0.clause", "7.2"),
            ("comments.0.kind", "technical"),
            ("comments.0.body", "现场不易做到，见照片。"),
            ("proof", proof.as_str()),
        ];
        let file = ("照片.jpg", PHOTO);
        let path = self.path("comments");
        let got = self.all.site.upload_as(&guest, &path, &fields, "comments.0.files", file).await;
        assert_eq!(got.status, 303, "{}", got.body);
        self.confirmed("phone@firm.example").await;
    }

    /// Somebody without an account, whose browser runs no script.
    async fn without_script(&self) {
        let guest = Browser::new();
        let fields = [
            ("name", "无脚本用户·演示"),
            ("contact", "plain@firm.example"),
            ("comments.0.clause", "1"),
            ("comments.0.kind", "editorial"),
            ("comments.0.body", "适用范围的表述不清。"),
            ("comments.1.clause", ""),
            ("comments.1.kind", "general"),
            ("comments.1.body", "总体同意。"),
        ];
        let got = self.all.site.post(&guest, &self.path("comments"), &fields).await;
        assert_eq!(got.status, 303, "{}", got.body);
        self.confirmed("plain@firm.example").await;
    }

    /// Presses the button behind the link that an address got.
    async fn confirmed(&self, address: &str) {
        let letters = self.all.site.letters().await;
        let mine = letters.iter().rev().filter(|letter| letter.to.email == address);
        let mut tokens =
            mine.filter_map(|letter| between(&letter.text, "/consultations/confirm/", "\n"));
        let token = tokens.next().unwrap();
        let path = format!("/consultations/confirm/{}", token.trim());
        let guest = Browser::new();
        assert_eq!(self.all.site.get(&guest, &path).await.status, 200);
        let got = self.all.site.post(&guest, &path, &[]).await;
        assert!(got.location.unwrap().starts_with("/consultations/mine/"), "{}", got.body);
    }

    /// A program of a member's.
    async fn by_api(&self) {
        let member = self.all.browser(self.all.world.members[1]);
        let made = self.all.site.post(&member, "/account/tokens", &[("name", "脚本")]).await;
        let token = between(&made.body, "<code>qh_", "</code>").unwrap();
        let headers = vec![
            Header::new("Authorization", format!("Bearer qh_{token}")),
            ContentType::JSON.into(),
        ];
        let body = json!({ "comments": [
            { "clause": "6.2", "kind": "technical", "text": "未给出不确定度要求。", "proposal": "补充要求。" },
        ] });
        let path = format!("/api/v1/rounds/{}/comments", self.round);
        let body = body.to_string().into_bytes();
        let got = self.all.site.call(Method::Post, &path, headers, body).await;
        assert_eq!((got.status, &got.json()["state"]), (201, &"received".into()), "{}", got.body);
    }

    /// A workbook with a row that waits until the secretariat mended it.
    async fn by_workbook(&self) {
        let page = self.by_table("意见.xlsx", &papers::workbook(), 1).await;
        let secretary = self.all.browser(self.all.world.secretary);
        let got = self.all.site.get(&secretary, &page).await;
        assert!(got.body.contains("征求意见稿中没有这一条款：7.9"), "{}", got.body);
        let mended = [
            ("r3.clause", "7.1"),
            ("r3.comment", "条款号疑有误。"),
            ("r3.comment_kind", "编辑"),
            ("r3.unit", "某企业·演示"),
            ("r3.author", "张工·演示"),
            ("r3.email", "excel@firm.example"),
        ];
        let got = self.all.site.post(&secretary, &format!("{page}/rows/3"), &mended).await;
        assert_eq!(got.status, 303, "{}", got.body);
    }

    /// A table that somebody sent, of which so many rows enter at once.
    async fn by_table(&self, name: &str, bytes: &[u8], rows: usize) -> String {
        let before = self.count();
        let secretary = self.all.browser(self.all.world.secretary);
        let fields = [("sender", name)];
        let path = self.path("import");
        let got = self.all.site.upload(&secretary, &path, &fields, (name, bytes)).await;
        assert_eq!(got.status, 303, "{name}: {}", got.body);
        let page = got.location.unwrap();
        let shown = self.all.site.get(&secretary, &page).await;
        assert_eq!(self.count() - before, rows, "{name}: {}", shown.body);
        page
    }

    fn count(&self) -> usize {
        comments(self.all, self.round.parse().unwrap()).len()
    }

    /// A letter of a unit that was asked, entered with its scan.
    async fn by_letter(&self) {
        let secretary = self.all.browser(self.all.world.secretary);
        let round = self.round.parse().unwrap();
        let asked = self.all.world.read(|conn| rounds::recipients_of(conn, round));
        let line = asked.iter().find(|line| line.address == "unit-03@demo.example").unwrap();
        let (today, line) = (self.all.world.today().to_string(), line.id.to_string());
        let fields = [
            ("paper.source", "letter"),
            ("paper.received_on", today.as_str()),
            ("paper.name", "来函人·演示"),
            ("paper.unit", "使用单位03·演示"),
            ("paper.class", "user"),
            ("paper.recipient", line.as_str()),
            ("paper.clause", self.annex),
            ("paper.kind", "general"),
            ("paper.body", "建议删去该附录。"),
        ];
        let path = self.path("letters");
        let file = ("来函.pdf", SCAN);
        let got = self.all.site.upload_as(&secretary, &path, &fields, "paper.scan", file).await;
        assert_eq!(got.status, 303, "{}", got.body);
    }
}
