//! The settings as an operator meets them: layers, faults, secrets, documentation.

use std::{fs, path::PathBuf};

use crate::{
    Danger, FaultKind, Loaded, MailTransport, Origin, Request, Settings, docs, layers::DEFAULTS,
    load,
};

struct Place {
    folder: tempfile::TempDir,
    request: Request,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let request = Request { directory: folder.path().to_owned(), ..Request::default() };
        Self { folder, request }
    }
    fn file(self, path: &str, text: &str) -> Self {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }
    fn env(mut self, name: &str, value: &str) -> Self {
        self.request.environment.push((name.into(), value.into()));
        self
    }
    fn load(&self) -> Loaded {
        load(&self.request).unwrap_or_else(|faults| panic!("{faults}"))
    }
    fn settings(&self) -> Settings {
        self.load().settings
    }
    /// Key and kind of every fault.
    fn faults(&self) -> Vec<(String, &'static str)> {
        let faults = load(&self.request).expect_err("faults are expected");
        faults.0.iter().map(|fault| (fault.key.clone(), fault.kind.key())).collect()
    }
}

#[test]
fn the_defaults_alone_are_a_working_site() {
    let settings = Place::new().settings();
    assert_eq!(settings.server.site_address(8080), "http://localhost:8080");
    assert_eq!(settings.database_url().reveal(), "sqlite:data/quanheng.sqlite3");
    assert_eq!(settings.files.max_upload.bytes(), 52_428_800);
    assert_eq!(settings.site.zone, chrono_tz::Asia::Shanghai);
    assert_eq!(settings.mail.transport, MailTransport::None);
    assert!(settings.server.ip_header.is_empty());
}

#[test]
fn each_layer_lies_over_the_one_before() {
    let place = Place::new()
        .file(
            "config/quanheng.toml",
            "data_dir = 'here'\n[server]\nport = 1\nworkers = 3\n[site]\nname_en = 'A'",
        )
        .env("QUANHENG_SERVER__WORKERS", "4")
        .env("QUANHENG_SITE__NAME_ZH", "0042");
    let place = place.file("here/quanheng.toml", "[server]\nport = 2\nworkers = 2");
    let loaded = place.load();
    assert_eq!((loaded.settings.server.port, loaded.settings.server.workers), (2, 4));
    assert_eq!(loaded.settings.site.name_en, "A");
    assert_eq!(loaded.settings.site.name_zh, "0042", "a text of digits keeps its zeros");
    let origin =
        |key: &str| loaded.effective.iter().find(|one| one.key == key).unwrap().origin.clone();
    let own = place.folder.path().join("here/quanheng.toml");
    assert_eq!(origin("server.port"), Origin::File { path: own, line: Some(2) });
    assert_eq!(origin("server.workers"), Origin::Environment("QUANHENG_SERVER__WORKERS".into()));
    assert_eq!(origin("jobs.tick"), Origin::Default);
}

#[test]
fn the_command_line_lies_over_all_and_a_named_file_replaces_the_usual_ones() {
    let mut place = Place::new()
        .file("config/quanheng.toml", "[server]\nport = 1")
        .file("mine.toml", "[site]\nname_en = 'Mine'")
        .env("QUANHENG_DATA_DIR", "from-env");
    place.request.config = Some(place.folder.path().join("mine.toml"));
    place.request.data = Some(PathBuf::from("/from-option"));
    place.request.overrides.push(("server.port".into(), "0".into()));
    place.request.preset = Some(("demo", "[site]\nname_en = 'Demo'\nname_zh = '演示'".into()));
    let settings = place.settings();
    assert_eq!(settings.data_dir(), PathBuf::from("/from-option"));
    assert_eq!(settings.server.port, 0);
    assert_eq!((settings.site.name_en.as_str(), settings.site.name_zh.as_str()), ("Mine", "演示"));
    assert_eq!(settings.database_url().reveal(), "sqlite:/from-option/quanheng.sqlite3");
}

#[test]
fn the_short_name_of_the_database_is_the_same_setting() {
    let settings = Place::new().env("QUANHENG_DATABASE_URL", "postgres://u:p@h/d").settings();
    assert!(settings.database.is_postgres());
    assert_eq!(settings.database_url().to_string(), "postgres://u:***@h/d");
    let twice = Place::new()
        .file("config/quanheng.toml", "database_url = 'sqlite:a'\n[database]\nurl = 'sqlite:b'");
    assert_eq!(twice.faults(), [("database_url".to_owned(), "conflict")]);
}

#[test]
fn unknown_names_are_refused_with_the_nearest_known_one_and_their_line() {
    let place = Place::new()
        .file(
            "config/quanheng.toml",
            "[server]\nprot = 1\n[sever]\nport = 2\n[nonsense]\nzzzzzzzzz = 1\n",
        )
        .env("QUANHENG_MAIL__ULR", "x")
        .env("QUANHENG_TEST_PG", "not a setting")
        .env("QUANHENG_BLESS", "1");
    let faults = load(&place.request).unwrap_err().0;
    let nearest: Vec<_> = faults
        .iter()
        .map(|fault| match &fault.kind {
            FaultKind::Unknown { nearest } => (fault.key.as_str(), nearest.as_deref()),
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(
        nearest,
        [
            ("nonsense.zzzzzzzzz", None),
            ("server.prot", Some("server.port")),
            ("sever.port", Some("server.port")),
            ("mail.ulr", Some("mail.url")),
        ]
    );
    assert!(faults[1].to_string().contains("quanheng.toml line 2"), "{}", faults[1]);
    assert!(faults[3].to_string().contains("QUANHENG_MAIL__ULR"), "{}", faults[3]);
}

#[test]
fn all_faults_come_at_once() {
    let place = Place::new()
        .file("config/quanheng.toml", "[server]\nport = 70000\nip_header = 'X-Real-IP'\n[site]\nzone = 'Mars/Base'\n[files]\nstore = 's3'\n")
        .env("QUANHENG_DATABASE__URL", "mysql://h/d")
        .env("QUANHENG_SECURITY__SESSION_IDLE", "13 h")
        .env("QUANHENG_MAIL__TRANSPORT", "smtp");
    let faults = place.faults();
    for expected in [
        ("server.port", "not-a"),
        ("site.zone", "not-a"),
        ("database.url", "refused"),
        ("files.s3_bucket", "missing"),
        ("files.s3_secret", "missing"),
        ("mail.url", "missing"),
        ("mail.from_address", "missing"),
        ("security.session_idle", "refused"),
    ] {
        assert!(
            faults.contains(&(expected.0.to_owned(), expected.1)),
            "{expected:?} in {faults:?}"
        );
    }
}

#[test]
fn a_broken_or_missing_file_is_a_fault_of_its_own() {
    assert_eq!(Place::new().file("config/quanheng.toml", "[server\n").faults()[0].1, "malformed");
    let mut place = Place::new();
    place.request.config = Some("/no/such/file.toml".into());
    assert_eq!(place.faults(), [(String::new(), "unreadable")]);
    let inner =
        Place::new().env("QUANHENG_DATA_DIR", "d").file("d/quanheng.toml", "data_dir = 'e'");
    assert_eq!(inner.faults(), [("data_dir".to_owned(), "refused")]);
}

#[test]
fn the_proxy_header_needs_a_trusted_proxy() {
    let place = Place::new().env("QUANHENG_SERVER__IP_HEADER", "X-Real-IP");
    assert_eq!(place.faults(), [("server.trusted_proxies".to_owned(), "missing")]);
    let settings =
        place.env("QUANHENG_SERVER__TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8").settings();
    assert!(settings.server.trusted_proxies[1].contains("10.9.9.9".parse().unwrap()));
}

#[test]
fn secrets_come_from_files_and_never_show() {
    let key = "canary-canary-canary-canary-canary";
    let place = Place::new().file("key", &format!("{key}\n"));
    let path = place.folder.path().join("key").display().to_string();
    let place = place
        .env("QUANHENG_SECURITY__SECRET_KEY_FILE", &path)
        .env("QUANHENG_MAIL__URL", "smtp://u:canary@h");
    let loaded = place.load();
    assert_eq!(loaded.settings.security.secret_key.reveal(), key);
    assert!(!format!("{loaded:?}").contains("canary"));
    let both = place.env("QUANHENG_SECURITY__SECRET_KEY", key);
    assert_eq!(both.faults()[0], ("security.secret_key_file".to_owned(), "conflict"));
    let wrong = Place::new().env("QUANHENG_MAIL__URL", "canary-without-colon");
    assert!(!load(&wrong.request).unwrap_err().to_string().contains("canary"));
    let missing = Place::new().env("QUANHENG_FILES__S3_SECRET_FILE", "/no/such/file");
    assert_eq!(missing.faults(), [("files.s3_secret_file".to_owned(), "unreadable")]);
}

#[test]
fn production_refuses_what_is_unsafe_in_public() {
    let settings = Place::new().settings();
    assert_eq!(settings.dangers(), [Danger::PlainHttp, Danger::OpenCookies, Danger::NoMail]);
    let faults = Place::new()
        .env("QUANHENG_PRODUCTION", "true")
        .env("QUANHENG_LOG__FILTER", "trace")
        .faults();
    let keys: Vec<_> = faults.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["server.base_url", "security.cookie_secure", "log.filter", "mail.transport"]);
}

#[test]
fn the_files_that_come_along_are_valid() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    for name in ["development.toml", "production.example.toml"] {
        let mut text = fs::read_to_string(root.join("config").join(name)).unwrap();
        text = text.replace("dir = \"templates\"", &format!("dir = {:?}", root.join("templates")));
        fs::create_dir_all(root.join("templates")).unwrap();
        let place = Place::new().file("config/quanheng.toml", &text);
        let settings = place.settings();
        assert_eq!(settings.general.production, name.starts_with("production"), "{name}");
    }
}

#[test]
fn the_defaults_and_the_manual_are_fresh() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let bless = std::env::var_os("QUANHENG_BLESS").is_some_and(|value| value == "1");
    for (path, fresh) in
        [("config/default.toml", docs::default_file()), ("docs/configuration.md", docs::manual())]
    {
        let path = root.join(path);
        if bless {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &fresh).unwrap();
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == fresh,
            "{} is stale; run `cargo bless` and look at the difference",
            path.display()
        );
    }
    assert!(!DEFAULTS.is_empty());
}
