//! Cells and pasted words that do harm elsewhere, one test for each.

use super::{comments, running};
use crate::committee::Committee;

async fn import(all: &Committee, round: &str, table: &str) -> String {
    let secretary = all.browser(all.world.secretary);
    let path = format!("/consultations/{round}/import");
    let file = ("t.csv", table.as_bytes());
    let got = all.site.upload(&secretary, &path, &[("sender", "某企业")], file).await;
    assert_eq!(got.status, 303, "{}", got.body);
    got.location.unwrap()
}

#[rocket::async_test]
async fn formula_injection_in_cells() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let id = round.id.to_string();
        import(&all, &id, "条款,意见,单位\n5,\"=cmd|'/C calc'!A0\",\"@SUM(A1)\"\n").await;
        let row = &comments(&all, round.id)[0];
        assert_eq!(row.body, "=cmd|'/C calc'!A0", "what was said is kept as it was said");
        let secretary = all.browser(all.world.secretary);
        let table = |format: &str| format!("/consultations/{id}/table.{format}");
        let (status, csv) = all.site.download(&secretary, &table("csv")).await;
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!(status, 200);
        for cell in csv.split(['\n', ',']).map(|cell| cell.trim_matches(['"', '\u{feff}'])) {
            assert!(!cell.starts_with(['=', '@']), "a spreadsheet would run {cell}");
        }
        let (status, xlsx) = all.site.download(&secretary, &table("xlsx")).await;
        assert_eq!(status, 200);
        let mut sheets = zip::ZipArchive::new(std::io::Cursor::new(xlsx)).unwrap();
        let mut xml = String::new();
        let mut sheet = sheets.by_name("xl/worksheets/sheet1.xml").unwrap();
        std::io::Read::read_to_string(&mut sheet, &mut xml).unwrap();
        assert!(!xml.contains("<f>"), "a cell became a formula");
    }
}

#[rocket::async_test]
async fn right_to_left_and_zero_width_characters_and_pinyin_in_pasted_text() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let id = round.id.to_string();
        let table = "条款,意见,单位\n5,示值\u{202e}误差\u{200b}偏大,某企业\n6,张三（zhāng sān）的意见,某企业\n";
        let page = import(&all, &id, table).await;
        let secretary = all.browser(all.world.secretary);
        let got = all.site.get(&secretary, &page).await;
        let bodies: Vec<String> =
            comments(&all, round.id).into_iter().map(|row| row.body).collect();
        assert_eq!(bodies, ["示值误差偏大", "张三（zhāng sān）的意见"]);
        assert!(got.body.contains("注音"), "a person is asked to look: {}", got.body);

        let member = all.browser(all.world.members[0]);
        let form = [
            ("comments.0.clause", "5.\u{200b}2"),
            ("comments.0.kind", "technical"),
            ("comments.0.body", "\u{202e}倒过来的话\u{2066}应删去"),
        ];
        let path = format!("/consultations/{id}/comments");
        let got = all.site.post(&member, &path, &form).await;
        assert_eq!(got.status, 303, "{}", got.body);
        let row = comments(&all, round.id).pop().unwrap();
        assert_eq!((row.clause.as_str(), row.body.as_str()), ("5.2", "倒过来的话应删去"));
    }
}
