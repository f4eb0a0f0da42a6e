//! The starter register, as it lies in `config/register`, and the same facts in the shapes customers keep them in.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use quanheng_domain::{
    committee::CommitteeKind,
    people::{Interest, Role},
    specification::{Category, Level},
};
use quanheng_tables::{
    Cell, CsvOptions, Limits, Sheet, TableError,
    formats::{
        Announcements, CommentNotices, Committees, Format, Holidays, LifecycleChains, LinkScope,
        Members, Plan, PlanAction, PlanBasis, Reading, ReplacementLinks, Specifications,
        StatedStatus, read_as,
    },
    read, write_csv, write_xlsx,
};

fn register(file: &str) -> Vec<u8> {
    std::fs::read(
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../config/register").join(file),
    )
    .unwrap()
}

fn parse<F: Format>(bytes: &[u8]) -> Reading<F::Row> {
    read_as::<F>(bytes, &Limits::default()).unwrap()
}

/// Reads a register file in four dresses; all of them must say the same and nothing may be bad.
fn whole<F: Format>(file: &str, rows: usize) -> Vec<F::Row>
where
    F::Row: std::fmt::Debug,
{
    let bytes = register(file);
    let plain = parse::<F>(&bytes);
    assert_eq!(plain.bad, [], "{file}");
    assert_eq!(plain.rows.len(), rows, "{file}");
    let table = read(&bytes, None, &Limits::default()).unwrap();
    let sheet = Sheet {
        name: file.into(),
        headers: table.headers.clone(),
        rows: table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| Cell::from(cell.as_str())).collect())
            .collect(),
    };
    let marked = write_csv(&sheet, CsvOptions { byte_order_mark: true }).unwrap();
    let (gb, _, lossy) = encoding_rs::GB18030.encode(std::str::from_utf8(&bytes).unwrap());
    assert!(!lossy);
    let workbook = write_xlsx(&[sheet]).unwrap().bytes;
    for dress in [marked, gb.into_owned(), workbook] {
        let other = parse::<F>(&dress);
        assert_eq!(other.bad, []);
        assert!(
            other
                .rows
                .iter()
                .map(|row| (&row.value, &row.doubts))
                .eq(plain.rows.iter().map(|row| (&row.value, &row.doubts))),
            "{file}"
        );
    }
    plain.rows.into_iter().map(|row| row.value).collect()
}

#[test]
fn every_file_of_the_register_is_understood_without_a_bad_row() {
    let committees = whole::<Committees>("committees.csv", 47);
    assert_eq!(committees.iter().filter(|row| row.kind == CommitteeKind::SubCommittee).count(), 13);
    assert_eq!(committees.iter().filter(|row| row.level == Some(Level::Provincial)).count(), 3);
    assert_eq!(committees.iter().filter(|row| row.code.is_some()).count(), 16);
    assert_eq!(
        committees
            .iter()
            .find(|row| !row.former_names.is_empty())
            .and_then(|row| row.code.as_deref()),
        Some("MTC3")
    );

    let specifications = whole::<Specifications>("specifications.csv", 308);
    let count = |status| specifications.iter().filter(|row| row.status == status).count();
    assert_eq!(
        (
            count(StatedStatus::InForce),
            count(StatedStatus::Abolished),
            count(StatedStatus::Unknown)
        ),
        (107, 91, 110)
    );
    assert_eq!(
        specifications
            .iter()
            .filter(|row| row.category == Category::VerificationRegulation)
            .count(),
        194
    );
    assert_eq!(
        specifications
            .iter()
            .filter(|row| row.replaces.iter().any(|old| old.remark.is_some()))
            .count(),
        7
    );

    let links = whole::<ReplacementLinks>("replacement_links.csv", 170);
    assert_eq!(links.iter().filter(|row| row.scope == LinkScope::Part).count(), 8);

    let plan = whole::<Plan>("plans.csv", 66);
    assert_eq!(plan.iter().filter(|row| row.basis == PlanBasis::Planned).count(), 10);
    assert_eq!(plan.iter().filter(|row| row.action == Some(PlanAction::Formulate)).count(), 20);
    let hydrophone = plan.iter().find(|row| row.item.is_some()).unwrap();
    assert_eq!(
        (hydrophone.document.as_deref(), hydrophone.drafting_units.len()),
        (Some("国质检量函〔2015〕146号"), 6)
    );

    let announcements = whole::<Announcements>("announcements.csv", 33);
    assert_eq!(announcements[0].effective.len(), 2);
    assert_eq!(announcements[2].specifications[2].remark.as_deref(), Some("24 items in all"));

    let notices = whole::<CommentNotices>("comment_notices.csv", 38);
    assert_eq!(notices.iter().filter(|row| !row.is_specification).count(), 3);

    let steps = whole::<LifecycleChains>("lifecycle_chains.csv", 40);
    assert_eq!(
        steps.iter().map(|row| row.chain.as_str()).collect::<std::collections::BTreeSet<_>>().len(),
        14
    );
    whole::<Holidays>("holidays.csv", 112);
}

#[test]
fn what_is_uncertain_in_the_register_comes_with_its_doubt() {
    let doubts = parse::<Specifications>(&register("specifications.csv"));
    let with = |key: &str| {
        doubts
            .rows
            .iter()
            .filter(|row| row.doubts.iter().any(|doubt| doubt.message_key == key))
            .count()
    };
    assert_eq!(with("import-doubt-translated"), 150);
    assert_eq!(with("import-doubt-weak-source"), 17);
    assert_eq!(with("import-doubt-inferred"), 2);
    assert_eq!(with("import-doubt-effective-before-issue"), 0);
    assert_eq!(with("import-doubt-level-differs"), 0);
    let holidays = parse::<Holidays>(&register("holidays.csv"));
    assert_eq!(holidays.rows.iter().filter(|row| !row.doubts.is_empty()).count(), 39);
}

#[test]
fn the_register_names_no_person_and_no_telephone() {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../config/register");
    let files = std::fs::read_dir(&directory)
        .unwrap()
        .chain(std::fs::read_dir(directory.join("outlines")).unwrap());
    let mut seen = 0;
    for path in files
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "csv"))
    {
        seen += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        for word in ["@", "联系人", "电话", "手机", "先生", "女士", "教授", "Tel.", "Telephone"]
        {
            assert!(!text.contains(word), "{word} in {}", path.display());
        }
        for (number, line) in text.lines().enumerate() {
            let runs = line
                .split(|c: char| !c.is_ascii_digit() && c != '-')
                .filter(|run| !run.contains("--"));
            for run in runs {
                let digits = run.chars().filter(char::is_ascii_digit).count();
                let date = run.len() == 10 && run.as_bytes()[4] == b'-';
                assert!(digits < 9 || date, "{run} in line {} of {}", number + 1, path.display());
            }
        }
    }
    assert_eq!(seen, 11);
}

#[test]
fn outlines_name_their_text_and_every_clause_has_a_heading() {
    let index = read(&register("outlines/index.csv"), None, &Limits::default()).unwrap();
    assert_eq!(index.rows.len(), 2);
    for row in &index.rows {
        let outline =
            read(&register(&format!("outlines/{}", row.cell(0))), None, &Limits::default())
                .unwrap();
        assert_eq!(outline.headers, ["clause", "heading", "text"]);
        assert!(outline.rows.iter().all(|row| !row.cell(0).is_empty() && !row.cell(1).is_empty()));
    }
}

#[test]
fn a_catalogue_with_chinese_headers_in_its_own_order_is_understood() {
    let text = "某某省计量技术规范目录,,,,,,\n状态,实施日期,发布日期,规程名称,编号（必填）,代替,归口单位\n\
        现行,2020年3月27日,2019/9/27,机械天平检定规程,ＪＪＧ９８－２０１９,代替JJG 98-2006,全国质量密度计量技术委员会\n\
        现行,2020.03,,钢卷尺校准规范,JJF 9001-2020,\"JJG 4-2015（部分）；JJG 5-2001\",某某院\n\
        现行,,,没有编号的规程,,,\n\
        有时候,,,状态不明的规程,JJG 9002-2020,,\n\
        废止,2020-13-45,,日期不对的规程,JJG 9003-2020,,\n\
        废止,,,年份缺失的规程,JJG 9004,,\n\
        现行,,,机械天平检定规程(另一行),JJG 98-2019,,\n";
    let reading = parse::<Specifications>(text.as_bytes());
    let good: Vec<_> = reading
        .rows
        .iter()
        .map(|row| (row.line, row.value.category, row.value.replaces.len(), row.value.status))
        .collect();
    assert_eq!(
        good,
        [
            (3, Category::VerificationRegulation, 1, StatedStatus::InForce),
            (4, Category::CalibrationSpecification, 2, StatedStatus::InForce)
        ]
    );
    assert_eq!(reading.rows[1].value.replaces[0].remark.as_deref(), Some("部分"));
    let bad: Vec<_> = reading.bad.iter().map(|bad| (bad.line, bad.column, bad.reason)).collect();
    assert_eq!(
        bad,
        [
            (5, Some("number"), "import-bad-empty"),
            (6, Some("status"), "import-bad-unknown-word"),
            (7, Some("effective_on"), "import-bad-date"),
            (8, Some("number"), "import-bad-number-without-year"),
            (9, None, "import-bad-contradicts-line"),
        ]
    );
}

#[test]
fn a_roll_with_titles_above_blanks_in_names_and_several_roles_is_understood() {
    let text = "全国某某计量技术委员会委员名单\n序号\t委员会\t姓 名\t工作单位\t职务/职称\t本届职务\t电子邮箱\t手机\t单位性质\t聘任日期\t届满日期\n\
        1\tMTC1\t主　任·演示\t某某研究院\t研究员\t主任委员\tMember-01@Demo.Example\t不录入\t科研院所\t2024-01-01\t2027-12-31\n\
        2\tMTC1\t秘书长·演示\t某某学会\t\t副主任委员兼秘书长\tmember-02@demo.example；x@demo.example\t\t社会团体\t\t\n\
        3\tMTC1\t委员·演示\t某某公司\t\t\t\t\t生产\t2024-01-01\t2023-01-01\n\
        4\tMTC1\t委员二·演示\t某某公司\t\t大委员\tnot an address\t\t火星\t\t\n\
        2\tMTC1\t秘书长·演示\t某某学会\t\t副主任委员兼秘书长\tmember-02@demo.example；x@demo.example\t\t社会团体\t\t\n";
    let reading = parse::<Members>(text.as_bytes());
    assert_eq!(reading.rows.len(), 2);
    let (chair, secretary) = (&reading.rows[0].value, &reading.rows[1].value);
    assert_eq!(chair.name, "主任·演示");
    assert_eq!(
        (chair.email.as_deref(), chair.interest),
        (Some("member-01@demo.example"), Some(Interest::Research))
    );
    assert_eq!(secretary.roles, [Role::ViceChair, Role::SecretaryGeneral]);
    assert_eq!(
        reading.rows[1].doubts.iter().map(|doubt| doubt.message_key).collect::<Vec<_>>(),
        ["import-doubt-several-emails"]
    );
    let bad: Vec<_> = reading.bad.iter().map(|bad| (bad.line, bad.column, bad.reason)).collect();
    assert_eq!(
        bad,
        [
            (5, Some("until"), "import-bad-ends-before-it-begins"),
            (6, Some("role"), "import-bad-unknown-word"),
            (6, Some("email"), "import-bad-email"),
            (6, Some("interest"), "import-bad-unknown-word"),
        ]
    );
}

#[test]
fn a_table_of_another_kind_is_refused_with_all_missing_columns() {
    let fault = read_as::<Members>(&register("holidays.csv"), &Limits::default()).unwrap_err();
    assert!(
        matches!(fault, TableError::MissingColumns { missing, .. } if missing == ["committee"])
    );
    let fault =
        read_as::<Specifications>("甲,乙\n1,2\n".as_bytes(), &Limits::default()).unwrap_err();
    assert_eq!(
        fault,
        TableError::MissingColumns {
            missing: vec!["number", "title_zh"],
            found: vec!["甲".into(), "乙".into()]
        }
    );
}
