//! A thin WebDriver client (W3C) over one loopback connection a command, and the browser that it drives.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Key of an element in answers of WebDriver.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long a page may take before the walk gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// What kind of browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A window of a desk.
    Wide,
    /// A telephone, 390 px wide.
    Phone,
    /// A desk, scripts off.
    NoScripts,
}

/// A browser with a fresh profile; both processes end with it.
pub struct Driver {
    port: u16,
    session: String,
    driver: Child,
    _profile: tempfile::TempDir,
}

/// An element of the page.
#[derive(Debug, Clone)]
pub struct Element(String);

impl Driver {
    /// Starts chromedriver and Chromium; none when the run was not told where they are.
    ///
    /// `tests/run` installs both and tells; there, a missing browser is a failure.
    pub fn start(kind: Kind) -> Option<Self> {
        let place = |name: &str| std::env::var(name).ok();
        let (Some(driver), Some(chromium)) =
            (place("QUANHENG_CHROMEDRIVER"), place("QUANHENG_CHROMIUM"))
        else {
            eprintln!(
                "SKIPPED: no browser; tests/run installs one and sets QUANHENG_CHROMEDRIVER and QUANHENG_CHROMIUM"
            );
            return None;
        };
        let profile = tempfile::tempdir().expect("a temporary folder can be made");
        let mut child = Command::new(&driver)
            .args(["--port=0", "--allowed-ips=127.0.0.1"])
            // The way in which dates are typed follows the language of the window, not that of the pages.
            .envs([("LANGUAGE", "en_US"), ("LANG", "en_US.UTF-8")])
            .env("HOME", profile.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{driver}: {error}"));
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let port = lines
            .map_while(Result::ok)
            .find_map(|line| {
                line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok()
            })
            .expect("chromedriver says its port");
        let mut browser = Self { port, session: String::new(), driver: child, _profile: profile };
        let made = browser.call("POST", "/session", &browser.wishes(kind, &chromium));
        browser.session = made["sessionId"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
        Some(browser)
    }

    fn wishes(&self, kind: Kind, chromium: &str) -> Value {
        let profile =
            format!("--user-data-dir={}", self._profile.path().join("chromium").display());
        let args = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=en-US",
            "--window-size=1280,1000",
            profile.as_str(),
        ];
        let mut options = json!({ "binary": chromium, "args": args, "prefs": { "intl.accept_languages": "zh-CN,zh" } });
        match kind {
            Kind::Wide => {}
            Kind::Phone => {
                options["mobileEmulation"] = json!({ "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 2.0, "touch": true } });
            }
            Kind::NoScripts => {
                options["prefs"]["profile.managed_default_content_settings.javascript"] = json!(2);
            }
        }
        json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "pageLoad": 60_000, "script": 10_000, "implicit": 0 },
        } } })
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        self.try_call(method, path, body)
            .unwrap_or_else(|error| panic!("{method} {path} {body}: {error}"))
    }

    fn try_call(&self, method: &str, path: &str, body: &Value) -> Result<Value, Value> {
        let mut stream =
            TcpStream::connect(("127.0.0.1", self.port)).expect("chromedriver listens");
        let body =
            if method == "GET" || method == "DELETE" { String::new() } else { body.to_string() };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            self.port,
            body.len()
        );
        stream
            .write_all(head.as_bytes())
            .and_then(|()| stream.write_all(body.as_bytes()))
            .expect("chromedriver reads");
        // The driver keeps the connection open, so the length says where the answer ends.
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).expect("chromedriver answers");
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).expect("chromedriver answers");
        let value = serde_json::from_slice::<Value>(&body).expect("JSON")["value"].clone();
        if value["error"].is_string() { Err(value) } else { Ok(value) }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        self.call(method, &format!("/session/{}{path}", self.session), body)
    }

    /// Opens an address.
    pub fn open(&self, url: &str) {
        self.ask("POST", "/url", &json!({ "url": url }));
    }

    /// The address that is open.
    pub fn address(&self) -> String {
        self.ask("GET", "/url", &Value::Null).as_str().unwrap_or_default().to_owned()
    }

    /// The elements that a selector finds.
    pub fn all(&self, css: &str) -> Vec<Element> {
        let found =
            self.ask("POST", "/elements", &json!({ "using": "css selector", "value": css }));
        let found = found.as_array().cloned().unwrap_or_default();
        found
            .iter()
            .filter_map(|one| one[ELEMENT].as_str().map(|id| Element(id.to_owned())))
            .collect()
    }

    /// The first element that a selector finds.
    pub fn one(&self, css: &str) -> Element {
        self.all(css).into_iter().next().unwrap_or_else(|| {
            panic!("{}: nothing is {css}\n{}", self.address(), self.text(&self.all("body")[0]))
        })
    }

    /// What an element shows.
    pub fn text(&self, element: &Element) -> String {
        self.ask("GET", &format!("/element/{}/text", element.0), &Value::Null)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Does something that leads to another page, and waits until the page is another one and has been read.
    pub fn leaves(&self, act: impl FnOnce(&Self)) {
        let before = self.one("html");
        act(self);
        let gone = || self.try_ask("GET", &format!("/element/{}/name", before.0)).is_err();
        self.waits("another page", gone);
        self.settles();
    }

    /// Waits until the page has a heading that can be read.
    pub fn settles(&self) {
        let titled = || {
            let found = self.all("main h1");
            found.iter().any(|title| {
                let text = self.try_ask("GET", &format!("/element/{}/text", title.0));
                text.is_ok_and(|text| text.as_str().is_some_and(|text| !text.trim().is_empty()))
            })
        };
        self.waits("a heading", titled);
        let read = || {
            let script = json!({ "script": "return document.readyState", "args": [] });
            let path = format!("/session/{}/execute/sync", self.session);
            self.try_call("POST", &path, &script).is_ok_and(|state| state == "complete")
        };
        self.waits("the whole page", read);
    }

    /// What a part of the page says, read at once: a page that is loaded anew meanwhile has no words yet.
    pub fn reads(&self, css: &str) -> String {
        let script = "const part = document.querySelector(arguments[0]); return part ? part.textContent : ''";
        let body = json!({ "script": script, "args": [css] });
        let path = format!("/session/{}/execute/sync", self.session);
        let read = self.try_call("POST", &path, &body);
        read.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Waits until a part of the page says this.
    pub fn waits_for(&self, css: &str, words: &str) {
        self.waits(&format!("{words} in {css}"), || self.reads(css).contains(words));
    }

    /// Puts cookies into the browser for the site that is open.
    pub fn put_cookies(&self, cookies: &[(String, String)]) {
        for (name, value) in cookies {
            self.ask(
                "POST",
                "/cookie",
                &json!({ "cookie": { "name": name, "value": value, "path": "/" } }),
            );
        }
    }

    fn waits(&self, what: &str, holds: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < end, "{}: still no {what}", self.address());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn try_ask(&self, method: &str, path: &str) -> Result<Value, Value> {
        self.try_call(method, &format!("/session/{}{path}", self.session), &Value::Null)
    }

    /// A property of an element.
    pub fn property(&self, element: &Element, name: &str) -> Value {
        self.ask("GET", &format!("/element/{}/property/{name}", element.0), &Value::Null)
    }

    /// Clicks.
    pub fn click(&self, element: &Element) {
        // What sticks to an edge of the window must not lie above it.
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let target = json!({ ELEMENT: element.0 });
        self.ask("POST", "/execute/sync", &json!({ "script": script, "args": [target] }));
        self.ask("POST", &format!("/element/{}/click", element.0), &json!({}));
    }

    /// Empties a field.
    pub fn clear(&self, element: &Element) {
        self.ask("POST", &format!("/element/{}/clear", element.0), &json!({}));
    }

    /// Types, or names a file for a file field.
    pub fn keys(&self, element: &Element, text: &str) {
        self.ask("POST", &format!("/element/{}/value", element.0), &json!({ "text": text }));
    }

    /// Forgets every cookie.
    pub fn forget(&self) {
        self.ask("DELETE", "/cookie", &Value::Null);
    }

    /// The source of the page as it stands.
    pub fn source(&self) -> String {
        self.ask("GET", "/source", &Value::Null).as_str().unwrap_or_default().to_owned()
    }

    /// What the console said since it was asked last.
    pub fn console(&self) -> Vec<Value> {
        self.ask("POST", "/se/log", &json!({ "type": "browser" }))
            .as_array()
            .cloned()
            .unwrap_or_default()
    }

    /// Width of the page and of the window in CSS pixels.
    pub fn widths(&self) -> (i64, i64) {
        let script = "return [document.documentElement.scrollWidth, window.innerWidth]";
        let found = self.ask("POST", "/execute/sync", &json!({ "script": script, "args": [] }));
        (found[0].as_i64().unwrap_or(0), found[1].as_i64().unwrap_or(0))
    }

    /// A picture of the window, PNG in base64.
    pub fn picture(&self) -> String {
        self.ask("GET", "/screenshot", &Value::Null).as_str().unwrap_or_default().to_owned()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Ending the session ends Chromium; chromedriver is ended by its own handle.
        if !self.session.is_empty()
            && self.try_call("DELETE", &format!("/session/{}", self.session), &Value::Null).is_err()
        {
            eprintln!("the browser had ended before");
        }
        if self.driver.kill().is_ok() {
            self.driver.wait().map(drop).unwrap_or_default();
        }
    }
}
