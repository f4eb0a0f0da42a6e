//! Two texts after printed outlines on their whole way: uploaded, corrected, put to comment, treated, published, revised, heard again, sent out as
//! tables and taken in again.

mod papers;
mod ways;

use quanheng_db::{
    clauses, documents,
    rounds::{self, CommentRow, RoundRow},
};
use quanheng_domain::{
    comment::{CommentSource, Disposition},
    document::DocumentKind,
    draft::Fate,
    ids::ProjectId,
    lifecycle::{Field, Move},
    stage::Stage,
};

use crate::{
    committee::Committee,
    rounds::comments,
    world::{Browser, Got, between},
};
use papers::Outline;
use ways::Sending;

/// What two of the senders say alike.
pub const AGREED: &str = "该项限值偏宽，建议加严到原来的一半。";
const UNCLEAR: &str = "适用范围的表述不清。";
const PARTLY: &str = "已按意见修改措辞。";
const DECLINED: &str = "试验数据不支持。";

#[rocket::async_test]
async fn two_outlines_go_from_the_upload_to_the_table_that_comes_back() {
    for all in Committee::on_each_backend().await {
        for outline in [Outline::coils(), Outline::balances()] {
            let project = all.world.project_at(Stage::Drafting);
            Life { all: &all, outline, project }.whole().await;
        }
    }
}

/// A text and what happens to it.
struct Life<'a> {
    all: &'a Committee,
    outline: Outline,
    project: ProjectId,
}

impl Life<'_> {
    async fn whole(&self) {
        let first = self.uploads(&self.outline.word(true)).await;
        self.corrects(&first).await;
        self.has_every_clause(&first, &self.outline).await;
        let round = self.opens(&first);
        let annex = self.outline.last_annex();
        let sending = Sending { all: self.all, round: round.id.to_string(), annex };
        sending.all_ways().await;
        self.heard_all(&round);
        self.all.world.walk(self.project, Stage::CommentsClosed);
        self.treats(&round).await;
        self.all.world.walk(self.project, Stage::CommentsTreated);
        self.answers_each(&round).await;

        let reason = [(Field::Note, "技术内容有较大改动".to_owned())];
        let world = &self.all.world;
        world.take_with_papers(world.secretary, self.project, Move::CommentAgain, &reason);
        let revised = self.outline.revised();
        let second = self.uploads(&revised.word(false)).await;
        assert!(self.doubts(&second).await.is_empty(), "the second draft is tidy");
        self.has_every_clause(&second, &revised).await;
        self.follows(&round, &first, &second).await;

        let again = self.opens(&second);
        assert_eq!(again.ordinal, 2);
        self.heard_again(&again).await;
        self.all.world.walk(self.project, Stage::CommentsClosed);
        self.sends_out_and_takes_in(&again).await;
        self.all.world.walk(self.project, Stage::CommentsTreated);
    }

    async fn get(&self, who: &Browser, path: &str) -> Got {
        let got = self.all.site.get(who, path).await;
        assert_eq!(got.status, 200, "{path}: {}", got.body);
        got
    }

    /// Uploads a draft as the drafter and gives the path of its text; the file stays as it was sent.
    async fn uploads(&self, bytes: &[u8]) -> String {
        let drafter = self.all.browser(self.all.world.drafter);
        let path = format!("/projects/{}/documents", self.project);
        let (fields, file) = ([("document.kind", "comment_draft")], ("征求意见稿.docx", bytes));
        let got = self.all.site.upload_as(&drafter, &path, &fields, "document.file", file).await;
        assert_eq!(got.status, 303, "{}", got.body);
        let at = got.location.unwrap();
        let original = self.all.site.download(&drafter, at.trim_end_matches("/text")).await;
        assert_eq!(original, (200, bytes.to_vec()));
        at
    }

    async fn told(&self, at: &str) -> serde_json::Value {
        let drafter = self.all.browser(self.all.world.drafter);
        let path = format!("/api/v1{}/clauses", at.trim_end_matches("/text"));
        self.get(&drafter, &path).await.json()
    }

    /// Doubtful places: at which clause, and of which kind.
    async fn doubts(&self, at: &str) -> Vec<(String, String)> {
        let told = self.told(at).await;
        let part = |doubt: &serde_json::Value, key: &str| doubt[key].as_str().unwrap().to_owned();
        let doubts = told["doubts"].as_array().unwrap().iter();
        doubts.map(|doubt| (part(doubt, "at"), part(doubt, "kind"))).collect()
    }

    /// Mends every doubtful place in its clause.
    async fn corrects(&self, at: &str) {
        let drafter = self.all.browser(self.all.world.drafter);
        let doubts = self.doubts(at).await;
        assert_eq!(doubts.len(), 2, "{doubts:?}");
        for (key, kind) in doubts {
            let named = key.replace('#', "%23");
            let form = self.get(&drafter, &format!("{at}/edit?clause={named}")).await.body;
            let version = between(&form, "name=\"if_version\" value=\"", "\"").unwrap();
            let words = between(&form, "<textarea", "</textarea>").unwrap();
            let words = words.split_once('>').unwrap().1.replace("&#x3D;", "=");
            let mended = match kind.as_str() {
                "twice" => words.replacen("7.3", "7.4", 1),
                "unnumbered" => words.replacen("| 序号", "表A.1 原始记录\n| 序号", 1),
                "text_box" => words.clone(),
                other => panic!("{other} at {key}: {words}"),
            };
            let fields = [("if_version", version.as_str()), ("clause", &key), ("text", &mended)];
            let path = format!("{at}/edit");
            let got = self.all.site.upload_as(&drafter, &path, &fields, "no", ("", b"")).await;
            assert_eq!(got.status, 303, "{key}: {}", got.body);
        }
        assert_eq!(self.doubts(at).await, [], "every doubt is settled");
    }

    async fn has_every_clause(&self, at: &str, outline: &Outline) {
        let told = self.told(at).await;
        let clauses = told["clauses"].as_array().unwrap();
        let numbers: Vec<&str> =
            clauses.iter().map(|one| one["number"].as_str().unwrap()).collect();
        let mut wanted = outline.numbers();
        wanted.extend(["表1", "(1)", "表A.1"]);
        for number in wanted {
            assert_eq!(
                numbers.iter().filter(|one| **one == number).count(),
                1,
                "{number}: {numbers:?}"
            );
        }
    }

    /// Opens the round on the draft that was uploaded.
    fn opens(&self, at: &str) -> RoundRow {
        self.all.world.walk(self.project, Stage::Commenting);
        let id = self.all.world.round(self.project);
        let round = self.all.world.read(|conn| rounds::find(conn, id)).unwrap();
        let document = round.document_id.unwrap();
        let draft = self.all.world.read(|conn| documents::get(conn, document)).unwrap();
        assert!(at.ends_with(&format!("/documents/{}/text", draft.ordinal)), "{at}");
        assert!(draft.kind == DocumentKind::CommentDraft && draft.frozen_at.is_some());
        round
    }

    fn heard_all(&self, round: &RoundRow) {
        let rows = comments(self.all, round.id);
        let by = |source| rows.iter().filter(|row| row.source == source).count();
        let ways =
            [CommentSource::Page, CommentSource::Api, CommentSource::Mail, CommentSource::Letter];
        assert_eq!(ways.map(by), [4, 1, 6, 1], "{rows:#?}");
        let one = |body: &str| rows.iter().find(|row| row.body.starts_with(body)).unwrap();
        assert_eq!(one("测量次数偏少").proposal, "每点测量6次。", "changes were accepted");
        let broken = one("未给出计算示例");
        assert_eq!((broken.clause.as_str(), broken.body.lines().count()), ("7.3", 2));
        assert_eq!(one("The structure").clause, "");
    }

    async fn presses(&self, who: &Browser, path: &str, fields: &[(&str, &str)]) {
        let got = self.all.site.post(who, path, fields).await;
        assert_eq!(got.status, 303, "{path}: {}", got.body);
    }

    /// Settles every comment at the desk: one by hand with its like, the others together; the secretary confirms.
    async fn treats(&self, round: &RoundRow) {
        let drafter = self.all.browser(self.all.world.drafter);
        let desk = format!("/consultations/{}/desk", round.id);
        let page = self.get(&drafter, &desk).await.body;
        assert!(page.contains("相同意见共 2 条"), "{page}");
        let rows = comments(self.all, round.id);
        let first = rows.iter().find(|row| row.body == AGREED).unwrap();
        let version = first.version.to_string();
        let accept = [("code", "A"), ("text_changed", "yes"), ("if_version", version.as_str())];
        self.presses(&drafter, &format!("{desk}/{}", first.id), &accept).await;
        self.presses(&drafter, &format!("{desk}/{}/gather", first.id), &[]).await;
        let open = |row: &CommentRow| row.disposition.is_none();
        let of_seven = |row: &CommentRow| open(row) && row.clause.starts_with('7');
        self.bulk(round, &drafter, &[("code", "P"), ("reason", PARTLY)], of_seven).await;
        self.bulk(round, &drafter, &[("code", "N"), ("reason", DECLINED)], open).await;
        assert!(!comments(self.all, round.id).iter().any(open));
        let proposed = self.get(&drafter, &format!("{desk}?status=proposed")).await.body;
        assert!(proposed.contains(UNCLEAR), "what a drafter rules is a proposal");
        let secretary = self.all.browser(self.all.world.secretary);
        self.bulk(round, &secretary, &[("do", "confirm")], |_| true).await;
        let proposed = self.get(&secretary, &format!("{desk}?status=proposed")).await.body;
        assert!(!proposed.contains(UNCLEAR), "it was confirmed");
    }

    /// Presses a button of the desk for the comments that are meant.
    async fn bulk(
        &self,
        round: &RoundRow,
        who: &Browser,
        fields: &[(&str, &str)],
        meant: impl Fn(&CommentRow) -> bool,
    ) {
        let rows = comments(self.all, round.id);
        let picks: Vec<String> = rows
            .iter()
            .filter(|row| meant(row))
            .map(|row| format!("{}:{}", row.id, row.version))
            .collect();
        assert!(!picks.is_empty());
        let mut all = fields.to_vec();
        all.extend(picks.iter().map(|pick| ("c", pick.as_str())));
        self.presses(who, &format!("/consultations/{}/desk", round.id), &all).await;
    }

    /// Every commenter with an address got the own rows and answers, and no others.
    async fn answers_each(&self, round: &RoundRow) {
        let letters = self.all.site.letters().await;
        let member = self.all.world.address(self.all.world.members[0]);
        let rows = comments(self.all, round.id);
        let guest = Browser::new();
        for (address, own, answer, reaction) in [
            ("phone@firm.example", "现场不易做到", PARTLY, "objects"),
            ("plain@firm.example", UNCLEAR, DECLINED, "agrees"),
            ("excel@firm.example", "条款号疑有误", PARTLY, "agrees"),
            (member.as_str(), AGREED, "采纳", "agrees"),
        ] {
            let letter = letters
                .iter()
                .rev()
                .find(|mail| mail.to.email == address && mail.text.contains("/consultations/mine/"))
                .unwrap_or_else(|| panic!("no letter to {address}"));
            let token = between(&letter.text, "/consultations/mine/", "\n").unwrap();
            let mine = format!("/consultations/mine/{}", token.trim());
            let page = self.get(&guest, &mine).await.body;
            for part in [own, answer] {
                assert!(page.contains(part), "{address} does not read {part}: {page}");
            }
            assert!(!page.contains("未给出不确定度要求"), "{address} reads what others say");
            let row = rows.iter().find(|row| row.body.starts_with(own)).unwrap();
            let note = format!("{}.note", row.id.uuid().simple());
            let fields = [("reaction", reaction), (note.as_str(), "照片说明了现场条件。")];
            self.presses(&guest, &format!("{mine}/{}/react", row.id), &fields).await;
        }
        let outcome = self.get(&guest, &format!("/consultations/{}/outcome", round.id)).await;
        assert!(outcome.body.contains(DECLINED) && !outcome.body.contains("plain@firm.example"));
    }

    /// Comments of the first draft stand at their clauses in the second; what is gone is said to be gone.
    async fn follows(&self, round: &RoundRow, first: &str, second: &str) {
        let document = {
            let (project, kind) = (self.project, DocumentKind::CommentDraft);
            self.all.world.read(|conn| documents::newest(conn, project, kind)).unwrap().id
        };
        let mut unsure = Vec::new();
        for row in comments(self.all, round.id) {
            let id = row.id;
            let place = self.all.world.read(|conn| clauses::place(conn, id, document));
            let Some(place) = place else {
                assert!(row.clause.is_empty(), "{} stands nowhere", row.clause);
                continue;
            };
            let stands = (place.clause_key.as_str(), place.fate);
            match row.clause.as_str() {
                "6.1" => assert_eq!(stands, ("6.2", Fate::Moved), "{row:?}"),
                "6.2" => assert_eq!(stands, ("6.3", Fate::Moved), "{row:?}"),
                "7.2" => assert_eq!(stands, ("7.2", Fate::Changed), "{row:?}"),
                clause if clause == self.outline.last_annex() => {
                    assert!(matches!(place.fate, Fate::Removed | Fate::Ask), "{place:?}");
                }
                clause => assert_eq!(stands, (clause, Fate::Same), "{row:?}"),
            }
            if place.fate == Fate::Ask {
                unsure.push(row);
            }
        }
        let drafter = self.all.browser(self.all.world.drafter);
        let places = format!("/consultations/{}/places", round.id);
        let page = self.get(&drafter, &places).await.body;
        assert!(page.contains("已移动") && page.contains("建议删去该附录。"), "{page}");
        let document = document.to_string();
        for row in unsure {
            let fields = [("document", document.as_str()), ("match", "none")];
            self.presses(&drafter, &format!("{places}/{}", row.id), &fields).await;
        }
        let number = |at: &str| at.trim_end_matches("/text").rsplit('/').next().unwrap().to_owned();
        let (from, to) = (number(first), number(second));
        let compare = format!("/projects/{}/documents/{from}/compare/{to}", self.project);
        let page = self.get(&drafter, &compare).await.body;
        assert!(page.contains("<ins>重复测量不少于6次。</ins>"), "{page}");
        let why = format!("/projects/{}/documents/{to}/history?clause=7.2", self.project);
        assert!(self.get(&drafter, &why).await.body.contains("现场不易做到"));
    }

    /// The second round: one says again what was declined, another something new; the page sets the rounds side by side.
    async fn heard_again(&self, round: &RoundRow) {
        for (who, clause, body) in [(2, "1", UNCLEAR), (3, "6.1", "一般要求没有可检查的指标。")]
        {
            let member = self.all.browser(self.all.world.members[who]);
            let fields = [
                ("comments.0.clause", clause),
                ("comments.0.kind", "technical"),
                ("comments.0.body", body),
            ];
            let path = format!("/consultations/{}/comments", round.id);
            self.presses(&member, &path, &fields).await;
        }
        let member = self.all.browser(self.all.world.members[2]);
        let page = self.get(&member, &format!("/consultations/{}/since", round.id)).await.body;
        for part in ["新提出", "再次提出", "已解决", "未采纳，未再提出", "一般要求"]
        {
            assert!(page.contains(part), "{part} is not said: {page}");
        }
    }

    /// The table goes out in every form and comes back: what is known is settled by its identity, nothing is entered twice.
    async fn sends_out_and_takes_in(&self, round: &RoundRow) {
        let secretary = self.all.browser(self.all.world.secretary);
        let import = format!("/api/v1/rounds/{}/import", round.id);
        let mut csv = String::new();
        for form in ["docx", "xlsx", "csv"] {
            let path = format!("/consultations/{}/table.{form}", round.id);
            let (status, bytes) = self.all.site.download(&secretary, &path).await;
            assert_eq!(status, 200, "{form}");
            let name = format!("table.{form}");
            let told = self.all.site.upload(&secretary, &import, &[], (&name, &bytes)).await.json();
            assert_eq!((&told["created"], &told["unchanged"]), (&0.into(), &2.into()), "{told}");
            csv = String::from_utf8_lossy(&bytes).into_owned();
        }
        let path = format!("/api/v1/rounds/{}/comments", round.id);
        let told = self.get(&secretary, &path).await.json();
        assert_eq!(told["items"].as_array().unwrap().len(), 2);

        let column =
            |name: &str| csv.lines().next().unwrap().split(',').position(|one| one == name);
        let (code, why) = (column("处理意见").unwrap(), column("处理理由").unwrap());
        let settled = csv.lines().enumerate().map(|(at, line)| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if at > 0 {
                (cells[code], cells[why]) = ("不采纳", DECLINED);
            }
            cells.join(",")
        });
        let table = settled.collect::<Vec<_>>().join("\r\n");
        let file = ("table.csv", table.as_bytes());
        let told = self.all.site.upload(&secretary, &import, &[], file).await.json();
        assert_eq!((&told["created"], &told["changed"]), (&0.into(), &2.into()), "{told}");
        let rows = comments(self.all, round.id);
        assert!(
            rows.len() == 2
                && rows.iter().all(|row| row.disposition == Some(Disposition::Rejected))
        );
    }
}
