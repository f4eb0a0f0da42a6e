//! What the commands refuse, each test named after what is wrong: a clear sentence in both languages, its exit code, and nothing
//! half written.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::process::Command;

use quanheng_db::{Db, DbError, DbOptions, Ownership, events, specifications};
use quanheng_tables::{Cell, Sheet, write_xlsx};

const CHINESE: &str = "zh_CN.UTF-8";
const ENGLISH: &str = "en_GB.UTF-8";

/// An empty place for one test.
struct Place(tempfile::TempDir);

/// What a command said.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn data(&self) -> std::path::PathBuf {
        self.0.path().join("data")
    }

    fn run_with(&self, language: &str, setting: Option<(&str, &str)>, arguments: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
        command.current_dir(self.0.path()).env_clear().env("LANG", language);
        command.envs(setting).arg("--data").arg(self.data()).args(arguments);
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn import(&self, language: &str, what: &str, file: &str) -> Said {
        self.run_with(language, None, &["import", what, file])
    }

    /// How many events the ledger holds, and the Chinese titles of some editions.
    fn ledger(&self, numbers: &[&str]) -> (usize, Vec<Option<String>>) {
        let options = DbOptions {
            url: format!("sqlite://{}", self.data().join("quanheng.sqlite3").display()),
            connections: 1,
            ownership: Ownership::Shared,
            ..DbOptions::new("")
        };
        let db = Db::open(&options).unwrap();
        let found = db.read_blocking(|conn| -> Result<_, DbError> {
            let count = events::after(conn, 0, 100_000)?.len();
            let mut titles = Vec::new();
            for number in numbers {
                titles.push(specifications::by_number(conn, number)?.map(|row| row.title_zh));
            }
            Ok((count, titles))
        });
        found.unwrap()
    }
}

impl Said {
    #[track_caller]
    fn holds(&self, code: i32, sentences: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        for sentence in sentences {
            let there = self.out.contains(sentence) || self.err.contains(sentence);
            assert!(there, "{sentence:?} is not said: {self:?}");
        }
    }
}

#[test]
fn wrong_encoding() {
    let place = Place::new();
    let file = place.file("wrong.csv", b"\xff\xfe\x00\x81\x82abc,\x00\n");
    place
        .import(CHINESE, "specifications", &file)
        .holds(2, &["wrong.csv", "GB 18030", "另存为 UTF-8"]);
    place.import(ENGLISH, "specifications", &file).holds(2, &["wrong.csv", "UTF-8 nor GB 18030"]);
    assert!(!place.data().exists(), "a file that cannot be read leaves nothing behind");
}

#[test]
fn missing_columns() {
    let place = Place::new();
    let file = place.file("columns.csv", "名称,日期\n甲,2020\n".as_bytes());
    let said = place.import(CHINESE, "specifications", &file);
    said.holds(2, &["缺少必需的列", "编号 (number)", "名称 | 日期"]);
    place
        .import(ENGLISH, "specifications", &file)
        .holds(2, &["Required columns are missing", "(number)"]);
    assert!(!place.data().exists());
}

#[test]
fn a_file_that_is_not_what_its_name_says() {
    let place = Place::new();
    let file = place.file("not.xlsx", b"PK this is no workbook");
    let said = place.import(ENGLISH, "committees", &file);
    said.holds(2, &["not.xlsx"]);
    assert!(!place.data().exists());
}

const DOUBTFUL: &str = "规程编号,名称,发布日期\nJJG 9999-2020,测试,2020-02-30\nJJG 9998-2020,测试二,2020-01-01\n\
                        JJG 9998-2020,别的,2020-01-01\nabc,坏,2020\n";

#[test]
fn duplicate_numbers_and_impossible_dates() {
    let place = Place::new();
    let file = place.file("rows.csv", DOUBTFUL.as_bytes());
    let said = place.import(CHINESE, "specifications", &file);
    said.holds(
        2,
        &[
            "2\t! 发布日期: 不是有效的日期：2020-02-30",
            "4\t! 与第 3 行是同一对象而内容不同",
            "5\t! 编号: 不是 JJG 或 JJF 编号：abc",
            "新增 1 行",
            "未能导入 3 行",
        ],
    );
    let numbers = ["JJG 9998-2020", "JJG 9999-2020"];
    let (events, titles) = place.ledger(&numbers);
    assert_eq!(titles, [Some("测试二".to_owned()), None], "the good row is there, the bad are not");
    place
        .import(ENGLISH, "specifications", &file)
        .holds(2, &["2020-02-30", "1 unchanged", "3 not usable"]);
    assert_eq!(place.ledger(&numbers), (events, titles), "a second time changes nothing");
}

/// The table below with semicolons, as a spreadsheet of the region saves it.
const IN_GB_18030: &str = concat!(
    "b1b8d7a23bcab5caa9c8d5c6da3bb9e6b3ccc3fbb3c63bb9e6b3ccb1e0bac50d0a3b323032312d30362d30313b",
    "d1ddcabec1bfb9e63b4a4a4720393030312d323032300d0acad6b3ad3b3bd1ddcabec6bdcca83b4a4a47203930",
    "30322d323032300d0a",
);

#[test]
fn the_customers_own_columns_in_gb_18030_and_in_a_workbook_say_the_same() {
    let headers = ["备注", "实施日期", "规程名称", "规程编号"];
    let rows = [
        ["", "2021-06-01", "演示量规", "JJG 9001-2020"],
        ["手抄", "", "演示平台", "JJG 9002-2020"],
    ];
    let gb = hex::decode(IN_GB_18030).unwrap();
    let sheet = Sheet {
        name: "目录".to_owned(),
        headers: headers.map(str::to_owned).to_vec(),
        rows: rows.iter().map(|row| row.iter().map(|cell| Cell::from(*cell)).collect()).collect(),
    };
    let book = write_xlsx(&[sheet]).unwrap().bytes;
    for (name, bytes) in [("list.csv", gb), ("list.xlsx", book)] {
        let place = Place::new();
        let file = place.file(name, &bytes);
        place.import(CHINESE, "specifications", &file).holds(0, &["新增 2 行"]);
        let (_, titles) = place.ledger(&["JJG 9001-2020", "JJG 9002-2020"]);
        assert_eq!(titles, [Some("演示量规".to_owned()), Some("演示平台".to_owned())], "{name}");
    }
}

#[test]
fn each_real_file_twice_gives_the_same_ledger_and_names_its_doubtful_rows() {
    let place = Place::new();
    let register = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/register");
    let files = [
        ("holidays", "holidays.csv"),
        ("committees", "committees.csv"),
        ("specifications", "specifications.csv"),
        ("replacement-links", "replacement_links.csv"),
        ("plan", "plans.csv"),
        ("announcements", "announcements.csv"),
    ];
    for (what, file) in files {
        let path = register.join(file);
        let path = path.to_str().unwrap();
        let first = place.import(ENGLISH, what, path);
        let before = place.ledger(&[]);
        let second = place.import(ENGLISH, what, path);
        assert_eq!(place.ledger(&[]), before, "{file} a second time");
        assert_eq!(first.code, second.code, "{file}");
        second.holds(second.code.unwrap(), &["0 rows new, 0 changed"]);
        // Every doubtful row is told by its line, with the column and the reason below it; what the first run entered is none any more.
        let doubts = |said: &Said| -> Vec<String> {
            said.out.lines().filter(|line| line.starts_with("\t? ")).map(str::to_owned).collect()
        };
        let (told, again) = (doubts(&first), doubts(&second));
        assert!(again.iter().all(|line| told.contains(line)), "{file}");
        let settled = told.iter().filter(|line| !again.contains(line));
        let entered = |line: &&String| line.contains("is new") || line.contains("was inferred");
        assert!(settled.into_iter().all(|line| entered(&line)), "{file}");
        let named = |line: &str| line.split_once(": ").is_some_and(|(_, why)| !why.is_empty());
        assert!(first.out.lines().filter(|line| line.starts_with("\t? ")).all(named), "{file}");
    }
}

#[test]
fn an_unreachable_database_at_start() {
    let place = Place::new();
    let setting = ("QUANHENG_DATABASE__URL", "postgres://nobody@127.0.0.1:1/none");
    let said = place.run_with(ENGLISH, Some(setting), &["serve"]);
    said.holds(1, &["无法连接数据库", "the database cannot be reached"]);
    assert!(said.err.find("无法连接数据库") < said.err.find("cannot be reached"), "Chinese first");
}

#[test]
fn an_unknown_setting() {
    let place = Place::new();
    let file = place.file("wrong.toml", b"[server]\nprot = 8080\n");
    let said = place.run_with(ENGLISH, None, &["migrate", "--config", &file]);
    let chinese = ["配置中有 1 处问题", "第 2 行", "没有这项设置，是否想写 server.port？"];
    said.holds(2, &["server.prot", "line 2", "did you mean server.port?"]);
    said.holds(2, &chinese);
    assert!(!place.data().exists());
}

#[test]
fn a_missing_template() {
    let place = Place::new();
    let file = place.file("templates.toml", b"[templates]\ndir = \"/no/such/folder\"\n");
    let said = place.run_with(ENGLISH, None, &["serve", "--config", &file]);
    said.holds(2, &["templates.dir", "/no/such/folder", "无法读取"]);
    assert!(!place.data().exists());
}

#[test]
fn a_template_that_does_not_parse() {
    let place = Place::new();
    let folder = place.0.path().join("own/pages/public");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("home.html.hbs"), "{{#if open}}never closed").unwrap();
    let own = place.0.path().join("own");
    let setting = ("QUANHENG_TEMPLATES__DIR", own.to_str().unwrap());
    let said = place.run_with(ENGLISH, Some(setting), &["serve", "--port", "0"]);
    said.holds(1, &["页面模板有误", "pages/public/home"]);
}

#[test]
fn a_port_that_is_taken() {
    let place = Place::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = place.run_with(CHINESE, None, &["serve", "--port", &port]);
    said.holds(1, &["端口已被占用", "server.address"]);
}

#[test]
fn a_setting_that_is_no_value_of_its_kind() {
    let place = Place::new();
    let setting = ("QUANHENG_DATABASE__BUSY_TIMEOUT", "soon");
    let said = place.run_with(CHINESE, Some(setting), &["migrate"]);
    let chinese = "database.busy_timeout（环境变量 QUANHENG_DATABASE__BUSY_TIMEOUT）：";
    let wanted = ["\"soon\" 不符合要求，应为时长", "\"soon\" is not a length of time"];
    said.holds(2, &[chinese, wanted[0], wanted[1]]);
}
