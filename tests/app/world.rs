//! The test kit: a site of one test's own, and people who use it.
//!
//! `for site in TestApp::on_each_backend().await` runs a test on SQLite and, when `QUANHENG_TEST_PG` names a server, on PostgreSQL.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use chrono::{DateTime, TimeDelta, Utc};
use quanheng::app::{self, Ground, Site};
use quanheng_actions::account::{access, people, session};
use quanheng_actions::{ActionError, Tx};
use quanheng_clock::{Clock, ManualClock, SeededChance};
use quanheng_db::conn::AnyConn;
use quanheng_db::testing::TestDb;
use quanheng_db::{accounts, deadlines, register};
use quanheng_domain::Locale;
use quanheng_domain::ids::PersonId;
use quanheng_domain::people::Actor;
use quanheng_jobs::deliver_mail::MailDelivery;
use quanheng_jobs::run_deadlines;
use quanheng_mail::{Message, Transport};
use quanheng_web::App;
use rocket::http::{ContentType, Cookie, Header, Method};
use rocket::local::asynchronous::{Client, LocalResponse};

/// A password that nobody else would choose.
pub const PASSWORD: &str = "量块比较仪放在窗边的第三张桌子";

/// A site of one test's own.
pub struct TestApp {
    /// What handlers work with.
    pub app: App,
    /// The clock, turned by hand.
    pub clock: Arc<ManualClock>,
    pub client: Client,
    delivery: MailDelivery,
    // Dropped after what stands on them.
    _db: TestDb,
    _files: tempfile::TempDir,
}

/// An answer that was read to its end.
#[derive(Debug)]
pub struct Got {
    /// The status.
    pub status: u16,
    /// The `Location` header.
    pub location: Option<String>,
    /// The body.
    pub body: String,
    /// The same as it was sent, for files.
    pub bytes: Vec<u8>,
    /// All headers, names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Got {
    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// Somebody with a browser of their own.
#[derive(Default)]
pub struct Browser {
    cookies: RefCell<Vec<(String, String)>>,
    /// The person, once there is one.
    pub person: Option<PersonId>,
}

impl Browser {
    /// A browser that was never here.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies
            .borrow()
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    }

    /// Every cookie, by name and value.
    pub fn cookies(&self) -> Vec<(String, String)> {
        self.cookies.borrow().clone()
    }

    /// Puts a cookie into the browser.
    pub fn put(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.borrow_mut();
        cookies.retain(|(known, _)| known != name);
        if !value.is_empty() {
            cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    fn take(&self, response: &LocalResponse<'_>) {
        for cookie in response.cookies().iter() {
            self.put(cookie.name(), cookie.value());
        }
    }
}

static TURN: AtomicU64 = AtomicU64::new(1);

impl TestApp {
    /// A site on every database at hand.
    pub async fn on_each_backend() -> Vec<Self> {
        let mut sites = vec![Self::over(TestDb::sqlite()).await];
        if let Some(database) = TestDb::postgres() {
            sites.push(Self::over(database).await);
        }
        sites
    }

    /// A site on SQLite.
    pub async fn new() -> Self {
        Self::over(TestDb::sqlite()).await
    }

    /// The same on PostgreSQL, if a server is named.
    pub async fn on_postgresql() -> Option<Self> {
        match TestDb::postgres() {
            Some(database) => Some(Self::over(database).await),
            None => None,
        }
    }

    /// A site over a database that holds what a test put there itself; the ground of an instance is not laid.
    pub async fn upon(db: TestDb) -> Self {
        Self::build(db, false).await
    }

    async fn over(db: TestDb) -> Self {
        Self::build(db, true).await
    }

    async fn build(db: TestDb, founded: bool) -> Self {
        let files = tempfile::tempdir().expect("a temporary folder can be made");
        let start: DateTime<Utc> = "2026-03-02T01:00:00Z".parse().expect("an instant");
        let clock = Arc::new(ManualClock::new(start));
        let chance = Arc::new(SeededChance::new(1_000 + TURN.fetch_add(1, SeqCst)));
        let ground = Ground { clock: clock.clone(), chance, demo: false };
        let request = quanheng_config::Request {
            directory: files.path().to_owned(),
            data: Some(files.path().to_owned()),
            // As cheap as the settings allow; the costs themselves are no subject here.
            overrides: vec![
                ("security.argon2_memory".into(), "7168".into()),
                ("security.argon2_passes".into(), "1".into()),
                ("mail.transport".into(), "memory".into()),
                // So that what is too large need not be large.
                ("files.max_upload".into(), "4 MiB".into()),
            ],
            ..quanheng_config::Request::default()
        };
        let settings =
            quanheng_config::load(&request).unwrap_or_else(|faults| panic!("{faults}")).settings;
        if founded {
            app::prepare(&db, &ground).expect("the ground can be laid");
        }
        let Site { rocket, app } =
            app::site(settings, db.handle(), &ground, 8080).expect("the parts fit");
        let delivery = app::post::delivery(&app).expect("the letters can be made");
        let client = Client::untracked(rocket).await.expect("the site starts");
        Self { app, clock, client, delivery, _db: db, _files: files }
    }

    /// Runs an action.
    pub fn write<T, F>(&self, mut job: F) -> Result<T, ActionError>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_, '_>) -> Result<T, ActionError> + Send + 'static,
    {
        let (clock, chance) = (Arc::clone(&self.clock), Arc::clone(&self.app.chance));
        self.app
            .db
            .write_blocking(move || clock.now(), move |writer| job(&mut Tx::new(writer, &*chance)))
    }

    /// Reads.
    pub fn read<T>(&self, job: impl FnOnce(&mut AnyConn) -> Result<T, ActionError>) -> T {
        self.app.db.read_blocking(job).expect("it can be read")
    }

    /// Asks for a page.
    pub async fn get(&self, who: &Browser, path: &str) -> Got {
        self.send(who, self.client.get(path.to_owned())).await
    }

    /// Asks for a page with a header.
    pub async fn get_with(&self, who: &Browser, path: &str, header: Header<'static>) -> Got {
        self.send(who, self.client.get(path.to_owned()).header(header)).await
    }

    /// Sends a form as a browser does: with the token of the page that it came from.
    pub async fn post(&self, who: &Browser, path: &str, fields: &[(&str, &str)]) -> Got {
        let token = self.token(who).await;
        let once = format!("once-{:016}", TURN.fetch_add(1, SeqCst));
        let mut all = Vec::new();
        if let Some(token) = &token {
            all.extend([("_csrf", token.as_str()), ("_once", once.as_str())]);
        }
        all.extend_from_slice(fields);
        self.post_raw(who, path, &all).await
    }

    /// Sends a form exactly as given.
    pub async fn post_raw(&self, who: &Browser, path: &str, fields: &[(&str, &str)]) -> Got {
        self.send(
            who,
            self.client.post(path.to_owned()).header(ContentType::Form).body(encoded(fields)),
        )
        .await
    }

    /// Sends a form exactly as given, with a header.
    pub async fn post_with(
        &self,
        who: &Browser,
        path: &str,
        fields: &[(&str, &str)],
        header: Header<'static>,
    ) -> Got {
        self.send(
            who,
            self.client
                .post(path.to_owned())
                .header(ContentType::Form)
                .header(header)
                .body(encoded(fields)),
        )
        .await
    }

    /// Sends a form whose file is called `file`, as a browser does.
    pub async fn upload(
        &self,
        who: &Browser,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &[u8]),
    ) -> Got {
        self.upload_as(who, path, fields, "file", file).await
    }

    /// Sends a form with a file in a field of this name, as a browser does.
    pub async fn upload_as(
        &self,
        who: &Browser,
        path: &str,
        fields: &[(&str, &str)],
        field: &str,
        (name, bytes): (&str, &[u8]),
    ) -> Got {
        let token = self.token(who).await.unwrap_or_default();
        let mut body = Vec::new();
        for (name, value) in [("_csrf", token.as_str())].iter().chain(fields) {
            body.extend_from_slice(
                format!(
                    "--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .as_bytes(),
            );
        }
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let kind = ContentType::new("multipart", "form-data").with_params(("boundary", "edge"));
        self.send(who, self.client.post(path.to_owned()).header(kind).body(body)).await
    }

    /// Fetches a file.
    pub async fn download(&self, who: &Browser, path: &str) -> (u16, Vec<u8>) {
        let mut request = self.client.get(path.to_owned());
        for (name, value) in who.cookies.borrow().iter() {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let response = request.dispatch().await;
        let status = response.status().code;
        (status, response.into_bytes().await.unwrap_or_default())
    }

    /// Calls the API as a program does: a token, headers, a body.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        headers: Vec<Header<'static>>,
        body: Vec<u8>,
    ) -> Got {
        let mut request = self.client.req(method, path.to_owned()).body(body);
        for header in headers {
            request = request.header(header);
        }
        self.send(&Browser::new(), request).await
    }

    /// The form token of a signed-in browser.
    pub async fn token(&self, who: &Browser) -> Option<String> {
        who.cookie("session")?;
        let page = self.get(who, "/account/password").await;
        between(&page.body, "name=\"_csrf\" value=\"", "\"")
    }

    async fn send<'c>(
        &'c self,
        who: &Browser,
        mut request: rocket::local::asynchronous::LocalRequest<'c>,
    ) -> Got {
        for (name, value) in who.cookies.borrow().iter() {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let request = request.remote("127.0.0.1:50000".parse().expect("an address"));
        let response = request.dispatch().await;
        who.take(&response);
        let headers = response
            .headers()
            .iter()
            .map(|h| (h.name().as_str().to_lowercase(), h.value().to_owned()))
            .collect();
        let (status, location) =
            (response.status().code, response.headers().get_one("Location").map(str::to_owned));
        let bytes = response.into_bytes().await.unwrap_or_default();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        assert!(
            !body.contains('⟦'),
            "{location:?} lacks words: {}",
            between(&body, "⟦", "⟧").unwrap_or_default()
        );
        Got { status, location, body, bytes, headers }
    }

    /// Enters a person with an open account and the usual password.
    pub async fn person(&self, name: &str, email: &str) -> PersonId {
        let entry = people::Entry {
            name_zh: name.to_owned(),
            name_en: String::new(),
            email: email.to_owned(),
            locale: Locale::Chinese,
            organisation: None,
            post: String::new(),
            title: String::new(),
        };
        let security = self.app.settings.security.clone();
        let hash = self.app.hash(PASSWORD.to_owned()).await.expect("it can be hashed");
        let made = self.write(move |tx| {
            let person = people::enter(tx, &Actor::System, &entry)?;
            people::invite(tx, &Actor::System, person.id, &security)?;
            let mut account =
                accounts::account(tx.conn(), person.id)?.ok_or(ActionError::NotFound)?;
            account.password_hash = Some(hash.clone());
            account.password_changed_at = Some(tx.now());
            accounts::save_account(tx.conn(), &account)?;
            Ok(person.id)
        });
        made.expect("a person can be entered")
    }

    /// A browser in which the person is signed in.
    pub fn signed_in(&self, person: PersonId) -> Browser {
        let security = self.app.settings.security.clone();
        let begun = self
            .write(move |tx| session::begin(tx, person, "test", &security))
            .expect("a session can begin");
        let browser = Browser { person: Some(person), ..Browser::default() };
        browser.put("session", &begun.secret);
        browser
    }

    /// An administrator with a browser.
    pub async fn admin(&self) -> Browser {
        let person = self.person("管理员·演示", "admin@demo.example").await;
        self.write(move |tx| access::set_administrator(tx, &Actor::System, person, true))
            .expect("a right can be given");
        self.signed_in(person)
    }

    /// An officer of the national authority with a browser.
    pub async fn officer(&self) -> Browser {
        let person = self.person("主管部门·演示", "officer@demo.example").await;
        let done = self.write(move |tx| {
            let authority =
                register::authority_by_code(tx.conn(), "SAMR")?.ok_or(ActionError::NotFound)?;
            let office = people::Office { since: tx.today(), until: None };
            access::set_officer(tx, &Actor::System, person, authority.id, office)
        });
        done.expect("an office can be given");
        self.signed_in(person)
    }

    /// Delivers what is due and gives every letter sent so far.
    pub async fn letters(&self) -> Vec<Message> {
        self.delivery.run(|| true).await.expect("mail can be delivered");
        match &*self.delivery.transport {
            Transport::Memory(memory) => memory.sent(),
            _ => Vec::new(),
        }
    }

    /// Turns the clock to an instant, acting on every deadline on the way at its own instant, as running jobs would.
    pub async fn until(&self, instant: DateTime<Utc>) {
        loop {
            let due = self.read(|conn| Ok(deadlines::due(conn, instant, 1)?.pop()));
            let Some(due) = due else { break };
            self.clock.set(self.clock.now().max(due.due_at));
            let round = run_deadlines::run(&self.app.db, &self.app.clock, &self.app.chance).await;
            let round = round.expect("the deadlines can be read");
            assert!(round.failed == 0 && round.done > 0, "{due:?}: {round:?}");
        }
        self.clock.set(self.clock.now().max(instant));
    }

    /// Turns the clock.
    pub fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
    }

    /// A connection past every rule, for what other hands do.
    pub fn connection(&self) -> AnyConn {
        self._db.connection()
    }

    /// Every mounted route as method and path.
    pub fn routes(&self) -> Vec<(String, String)> {
        self.client
            .rocket()
            .routes()
            .map(|route| (route.method.to_string(), route.uri.to_string()))
            .collect()
    }
}

/// What stands between two marks.
pub fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let from = text.find(before)? + before.len();
    text[from..].split(after).next().map(str::to_owned)
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| {
        format!(
            "{name}={}",
            rocket::http::RawStr::new(value).percent_encode().as_str().replace('+', "%2B")
        )
    };
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}
