//! The commands as an operator types them: what they print, what they leave behind, and their exit codes, on every database at hand.
#![allow(clippy::unwrap_used, missing_docs)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use quanheng_db::AnyConn;
use quanheng_db::testing::TestDb;
use quanheng_render::dossier::{INDEX, Piece, seal};
use quanheng_store::Store;

/// A data folder, with a database of its own on PostgreSQL or with SQLite inside, which nothing but the commands keeps open.
struct Instance {
    folder: tempfile::TempDir,
    server: Option<TestDb>,
}

impl Instance {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), server: None }
    }

    /// An instance without tables on every database at hand.
    fn empty_on_each() -> Vec<Self> {
        let server = TestDb::empty_postgres();
        let on_server = server.map(|db| Self { server: Some(db), ..Self::new() });
        [Some(Self::new()), on_server].into_iter().flatten().collect()
    }

    fn url(&self) -> String {
        match &self.server {
            Some(db) => db.options().url,
            None => format!("sqlite://{}", self.path("data/quanheng.sqlite3").display()),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("LANG", "en_GB.UTF-8")
            .env("QUANHENG_DATABASE__URL", self.url())
            .arg("--data")
            .arg(self.folder.path().join("data"))
            .args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Enters committees, projects, a person, and a document with its file; gives the file's place.
    fn fill(&self) -> PathBuf {
        let register = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/register");
        for (what, file) in [("committees", "committees.csv"), ("plan", "plans.csv")] {
            let ran = self.run(&["import", what, register.join(file).to_str().unwrap()]);
            assert!(matches!(ran.code, 0 | 2), "{ran:?}");
        }
        let ran = self.run(&["user", "add", "--admin", "admin@demo.example", "管理员·演示"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let files = self.path("data/files");
        let store = Store::local(&files).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let stored = runtime.block_on(store.put("一份草案".as_bytes(), 100)).unwrap();
        let (hash, id) = (stored.hash.to_string(), self.uid('7'));
        self.sql(&format!(
            "INSERT INTO documents (id, project_id, ordinal, kind, revision, title, file_name, media_type, size, sha256, visibility, uploaded_at, note) \
             SELECT {id}, id, 1, 'working_draft', 1, '', '草案.txt', 'text/plain', {}, '{hash}', 'open', '2026-07-01 08:30:00.000000', '' FROM projects LIMIT 1",
            stored.size
        ));
        files.join(&hash[..2]).join(hash)
    }

    fn uid(&self, digit: char) -> String {
        let hex = digit.to_string().repeat(32);
        if self.server.is_none() { format!("X'{hex}'") } else { format!("'{hex}'") }
    }

    /// What other hands do, past every rule.
    fn sql(&self, sql: &str) {
        let mut conn = match &self.server {
            Some(db) => db.connection(),
            None => {
                let file = self.path("data/quanheng.sqlite3").display().to_string();
                AnyConn::Sqlite(SqliteConnection::establish(&file).unwrap())
            }
        };
        let off = match conn {
            AnyConn::Pg(_) => "SET session_replication_role = replica",
            AnyConn::Sqlite(_) => {
                "PRAGMA foreign_keys = OFF; DROP TRIGGER IF EXISTS events_never_change"
            }
        };
        conn.batch_execute(off).unwrap();
        conn.batch_execute(sql).unwrap();
    }
}

#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

#[test]
fn verify_names_the_first_thing_that_is_wrong() {
    for instance in Instance::empty_on_each() {
        let file = instance.fill();
        let whole = instance.run(&["verify"]);
        assert_eq!(whole.code, 0, "{whole:?}");
        assert!(
            whole.out.contains("The ledger is whole") && whole.out.contains("whole: 1"),
            "{whole:?}"
        );

        let bytes = std::fs::read(&file).unwrap();
        std::fs::write(&file, [&bytes[..bytes.len() - 1], b"?"].concat()).unwrap();
        let broken = instance.run(&["verify"]);
        assert_eq!(broken.code, 1, "{broken:?}");
        assert!(broken.err.contains(file.file_name().unwrap().to_str().unwrap()), "{broken:?}");
        assert_eq!(instance.run(&["verify", "--no-files"]).code, 0);
        std::fs::write(&file, bytes).unwrap();

        instance.sql("UPDATE documents SET project_id = id");
        let broken = instance.run(&["verify"]);
        assert_eq!(broken.code, 1, "{broken:?}");
        let named = "project_id of documents [\"77777777-7777-7777-7777-777777777777\"] names no row of projects";
        assert!(broken.err.contains(named), "{broken:?}");

        instance.sql("UPDATE events SET note = 'x' WHERE seq = 3");
        let broken = instance.run(&["verify"]);
        assert_eq!(broken.code, 1, "{broken:?}");
        assert!(broken.err.contains("event 3 ("), "{broken:?}");
    }
}

#[test]
fn a_sealed_dossier_with_one_changed_byte_is_refused() {
    let instance = Instance::new();
    let index = r#"{"project":{"title_zh":"水表","number":"MTC3-2026-001"},"sealed_at":"2026-03-02T01:00:00Z"}"#;
    let pieces = [
        Piece::new(INDEX, index),
        Piece::new("documents/01-approval_draft-1-报批稿.txt", "报批稿·演示\n".repeat(20)),
        Piece::new("record/events.jsonl", ""),
    ];
    let sealed = seal(&pieces).unwrap();
    let file = instance.path("dossier.zip");
    let verify = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        instance.run(&["verify", file.to_str().unwrap()])
    };
    let whole = verify(&sealed.bytes);
    assert_eq!(whole.code, 0, "{whole:?}");
    assert!(whole.out.contains(&sealed.root) && whole.out.contains("水表"), "{whole:?}");
    for at in [40, sealed.bytes.len() / 2, sealed.bytes.len() - 1] {
        let mut changed = sealed.bytes.clone();
        changed[at] ^= 1;
        let refused = verify(&changed);
        assert_eq!(refused.code, 1, "byte {at}: {refused:?}");
        assert!(!refused.err.is_empty() && !refused.out.contains(&sealed.root), "{refused:?}");
    }
    assert!(!instance.path("data").exists(), "no data folder is needed");
}

#[test]
fn a_backup_is_restored_whole_and_only_where_nothing_is_lost() {
    let targets = Instance::empty_on_each().len();
    for instance in Instance::empty_on_each() {
        instance.fill();
        let archive = instance.path("b.zip");
        let archive = archive.to_str().unwrap();
        let made = instance.run(&["backup", archive]);
        assert_eq!((made.code, made.err.as_str()), (0, ""), "{made:?}");
        assert!(made.out.contains("1 files"), "{made:?}");
        let again = instance.run(&["backup", archive]);
        assert_eq!(again.code, 1, "an archive is never overwritten: {again:?}");
        assert!(!instance.path("b.zip.part").exists());

        // Into each kind of database, whichever it came from.
        let all = Instance::empty_on_each();
        assert_eq!(all.len(), targets);
        for target in all {
            let restored = target.run(&["restore", archive]);
            assert_eq!(restored.code, 0, "{restored:?}");
            assert!(restored.out.contains("The ledger is whole"), "{restored:?}");
            assert!(restored.out.contains("The files are whole: 1"), "{restored:?}");
            let refused = target.run(&["restore", archive]);
            assert_eq!(refused.code, 1, "{refused:?}");
            assert!(refused.err.contains("--replace"), "{refused:?}");
            let replaced = target.run(&["restore", "--replace", archive]);
            assert_eq!(replaced.code, 0, "{replaced:?}");
            let people = target.run(&["user", "list"]);
            assert_eq!(people.out.trim(), instance.run(&["user", "list"]).out.trim());
        }
    }
}

#[test]
fn what_is_no_backup_or_is_cut_off_changes_nothing() {
    let instance = Instance::new();
    instance.fill();
    let (whole, cut) = (instance.path("b.zip"), instance.path("cut.zip"));
    assert_eq!(instance.run(&["backup", whole.to_str().unwrap()]).code, 0);
    let bytes = std::fs::read(&whole).unwrap();
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    for wrong in [cut.as_path(), Path::new("/nowhere.zip"), instance.folder.path()] {
        let target = Instance::new();
        let ran = target.run(&["restore", wrong.to_str().unwrap()]);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.err.contains("is no backup or export"), "{ran:?}");
        let ran = target.run(&["migrate", "--dry-run"]);
        assert!(ran.out.contains("none →"), "nothing was made: {ran:?}");
    }
}

#[test]
fn an_export_can_be_read_by_people_and_entered_again() {
    let instance = Instance::new();
    instance.fill();
    instance.sql("UPDATE people SET name_en = '=1+1'");
    let folder = instance.path("export");
    let place = folder.to_str().unwrap();
    assert_eq!(instance.run(&["export", place]).code, 0);
    assert_eq!(instance.run(&["export", place]).code, 1, "never into a folder that is in use");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    assert!(read("README.md").contains("| `events` |"));
    let csv = read("tables/people.csv");
    assert!(csv.starts_with("\u{feff}id,version,name_zh,"), "{csv}");
    assert!(csv.contains("管理员·演示") && csv.contains("'=1+1"), "{csv}");
    assert!(!folder.join("tables/sessions.csv").exists());
    assert_eq!(std::fs::read_dir(folder.join("files")).unwrap().count(), 1);
    let target = Instance::new();
    let restored = target.run(&["restore", place]);
    assert_eq!(restored.code, 0, "{restored:?}");
    assert!(restored.out.contains("sets a new one"), "{restored:?}");
}

#[test]
fn a_copy_goes_to_each_kind_of_database_and_back() {
    for instance in Instance::empty_on_each() {
        instance.fill();
        for target in Instance::empty_on_each() {
            let (from, to) = (instance.url(), target.url());
            // The files are found in the data folder of whoever copies.
            let copied = instance.run(&["copy", "--from", &from, "--to", &to]);
            assert_eq!(copied.code, 0, "{copied:?}");
            assert!(copied.out.contains("the numbers agree"), "{copied:?}");
            assert!(!copied.out.contains("password"), "{copied:?}");
            let again = instance.run(&["copy", "--from", &from, "--to", &to]);
            assert_eq!(again.code, 1, "{again:?}");
            let back = instance.run(&["copy", "--replace", "--from", &to, "--to", &from]);
            assert_eq!(back.code, 0, "{back:?}");
        }
    }
}

#[test]
fn a_reader_who_has_seen_enough_ends_a_command_quietly() {
    let instance = Instance::new();
    let committees = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/register/committees.csv");
    for arguments in [vec!["openapi"], vec!["import", "committees", committees.to_str().unwrap()]] {
        let mut child = instance
            .command(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ran = Ran::from(child.wait_with_output().unwrap());
        assert!(matches!(ran.code, 0 | 2), "{ran:?}");
        assert!(!ran.err.contains("panicked"), "{ran:?}");
    }
}

#[test]
fn wrong_arguments_and_settings_are_told_with_exit_code_2() {
    let instance = Instance::new();
    assert_eq!(instance.run(&["backup"]).code, 2);
    let ran = Ran::from(
        instance.command(&["migrate"]).env("QUANHENG_SERVER__PROT", "1").output().unwrap(),
    );
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("server.port"), "the nearest known name: {ran:?}");
    let ran = Ran::from(
        instance
            .command(&["migrate"])
            .env("QUANHENG_DATABASE__URL", "postgres://127.0.0.1:1/x")
            .output()
            .unwrap(),
    );
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("the database"), "{ran:?}");
}
