//! How the page walk speaks: who sits at the browser, what is typed and pressed, what the page then says.
//!
//! Whatever page is passed, no word is missing, the console is silent and the page is not wider than its window.

use chrono::{DateTime, TimeDelta, Utc};
use quanheng_clock::Clock;
use serde_json::Value;

use crate::driver::{Driver, Element, Kind};
use crate::served::Served;
use crate::story::Story;
use crate::world::{PASSWORD, TestApp, between};

/// A browser at a site.
pub struct Visit {
    /// What is true behind the pages.
    pub story: Story,
    browser: Driver,
    served: Served,
    kind: Kind,
    who: String,
    since: DateTime<Utc>,
    papers: tempfile::TempDir,
}

impl Visit {
    /// A browser of a kind at a fresh site with its cast; none without a browser.
    pub async fn begin(site: TestApp, kind: Kind) -> Option<Self> {
        let browser = Driver::start(kind)?;
        let served = Served::begin(&site);
        let since = site.clock.now();
        let story = Story::begin(site).await;
        let papers = tempfile::tempdir().expect("a temporary folder can be made");
        Some(Self { story, browser, served, kind, who: String::new(), since, papers })
    }

    /// Gives the browser to somebody, who signs in; nobody is the public.
    pub fn is(&mut self, who: &str) {
        let now = self.story.site.clock.now();
        if self.who == who && now - self.since < TimeDelta::minutes(20) {
            return;
        }
        self.browser.forget();
        who.clone_into(&mut self.who);
        self.since = now;
        if !who.is_empty() {
            self.opens("/sign-in");
            self.types("email", &format!("{who}@demo.example"));
            self.types("password", PASSWORD);
            self.presses("main form", "登录");
            assert!(self.path().starts_with("/desk"), "{who} is signed in: {}", self.path());
        }
    }

    /// Opens a page of the site, and looks at it.
    pub fn opens(&self, path: &str) {
        self.browser.open(&format!("{}{path}", self.served.address));
        self.looks(200);
    }

    /// The path that is open.
    pub fn path(&self) -> String {
        let address = self.browser.address();
        address.strip_prefix(&self.served.address).unwrap_or(&address).to_owned()
    }

    /// Looks at the page as it is now; `status` is what the page itself was answered with.
    pub fn looks(&self, status: u16) {
        self.browser.settles();
        let (path, source) = (self.path(), self.browser.source());
        assert!(!source.contains('⟦'), "{path} lacks {:?}", between(&source, "⟦", "⟧"));
        let severe = |line: &Value| {
            let message = line["message"].as_str().unwrap_or_default();
            // That a form came back is noted by the browser as a failed load of the page itself.
            let own = status >= 400 && message.contains(&format!("status of {status}"));
            line["level"] == "SEVERE" && !own
        };
        let faults: Vec<Value> = self.browser.console().into_iter().filter(severe).collect();
        assert!(faults.is_empty(), "the console at {path}: {faults:#?}");
        let (page, window) = self.browser.widths();
        assert!(page <= window, "{path} is {page} px wide in a window of {window}");
    }

    /// The page says this.
    pub fn says(&self, words: &str) {
        let body = self.browser.text(&self.browser.one("body"));
        assert!(body.contains(words), "{} does not say {words}:\n{body}", self.path());
    }

    /// A part of the page says this.
    pub fn says_in(&self, css: &str, words: &str) {
        let text = self.browser.text(&self.browser.one(css));
        assert!(text.contains(words), "{css} of {} does not say {words}:\n{text}", self.path());
    }

    /// A part of the page is not there.
    pub fn lacks(&self, css: &str) {
        assert!(self.browser.all(css).is_empty(), "{} has {css}", self.path());
    }

    fn field(&self, name: &str) -> Element {
        self.browser.one(&format!("main [name=\"{name}\"]:not([type=hidden])"))
    }

    /// Types into a field of this name instead of what stands there.
    pub fn types(&self, name: &str, text: &str) {
        let field = self.field(name);
        if self.browser.property(&field, "type") == "date" {
            let mut parts = text.split('-');
            let (year, month, day) = (parts.next(), parts.next(), parts.next());
            // As the window of this browser wants it: month, day, year.
            let typed = [month, day, year].map(|part| part.expect("a day")).concat();
            return self.browser.keys(&field, &typed);
        }
        self.browser.clear(&field);
        self.browser.keys(&field, text);
    }

    /// Chooses an option or a radio button by its value.
    pub fn chooses(&self, name: &str, value: &str) {
        let css = format!(
            "main select[name=\"{name}\"] option[value=\"{value}\"], main label:has(> input[name=\"{name}\"][value=\"{value}\"])"
        );
        self.browser.click(&self.browser.one(&css));
    }

    /// Chooses an option by its words.
    pub fn chooses_words(&self, name: &str, words: &str) {
        let options = self.browser.all(&format!("main select[name=\"{name}\"] option"));
        let found = options.iter().find(|option| self.browser.text(option).contains(words));
        self.browser.click(found.unwrap_or_else(|| panic!("{name} offers no {words}")));
    }

    /// Opens a folded part unless it is open.
    pub fn unfolds(&self, css: &str) {
        let fold = self.browser.one(css);
        if self.browser.property(&fold, "open") != true {
            self.browser.click(&self.browser.one(&format!("{css} > summary")));
        }
    }

    /// Presses the button with these words in a part of the page; the next page is looked at.
    pub fn presses(&self, css: &str, words: &str) {
        self.presses_and(css, words, 200);
    }

    /// Presses a button whose page is answered with a status.
    pub fn presses_and(&self, css: &str, words: &str, status: u16) {
        // Nobody does two things at one instant.
        self.story.site.pass(TimeDelta::minutes(1));
        let buttons = self.browser.all(&format!("{css} button"));
        let button = buttons.iter().find(|button| self.browser.text(button).trim() == words);
        let button =
            button.unwrap_or_else(|| panic!("{}: {css} has no button {words}", self.path()));
        self.browser.leaves(|browser| browser.click(button));
        self.looks(status);
    }

    /// Follows the link with these words.
    pub fn follows(&self, css: &str, words: &str) {
        let links = self.browser.all(&format!("{css} a"));
        let link = links.iter().find(|link| self.browser.text(link).contains(words));
        let link = link.unwrap_or_else(|| panic!("{}: no link {words} in {css}", self.path()));
        self.browser.leaves(|browser| browser.click(link));
        self.looks(200);
    }

    /// Opens the page of the project, or a part of it.
    pub fn opens_the_project(&self, part: &str) {
        self.opens(format!("/projects/{}/{part}", self.story.project()).trim_end_matches('/'));
    }

    /// Presses the first button that a selector finds.
    pub fn presses_the(&self, css: &str) {
        self.story.site.pass(TimeDelta::minutes(1));
        self.browser.leaves(|browser| browser.click(&browser.one(css)));
        self.looks(200);
    }

    /// Clicks the first thing that a selector finds, on this page.
    pub fn clicks(&self, css: &str) {
        self.browser.click(&self.browser.one(css));
    }

    /// Types into the first field that a selector finds.
    pub fn types_at(&self, css: &str, text: &str) {
        self.browser.keys(&self.browser.one(css), text);
    }

    fn unfolds_the_move(&self, key: &str) {
        self.opens_the_project("");
        let card = format!("#move-{key}");
        // Moves that are somebody else's, or not next, lie folded together.
        if !self.browser.all(&format!("details.fold {card}")).is_empty() {
            self.unfolds("#moves > details.fold");
        }
        self.unfolds(&card);
    }

    /// Takes a move on the page of the project: opens its card, fills in, presses.
    pub fn moves(&self, key: &str, button: &str, fields: &[(&str, &str)]) {
        self.unfolds_the_move(key);
        for (field, value) in fields {
            let name = format!("{key}.{field}");
            if *field == "review_form" || *field == "result" {
                self.chooses(&name, value);
            } else {
                self.types(&name, value);
            }
        }
        self.presses(&format!("#move-{key} form"), button);
        self.says(&format!("已办理“{button}”"));
    }

    /// The card of a move says why it cannot be taken, and offers no button.
    pub fn cannot(&self, key: &str, why: &str) {
        self.unfolds_the_move(key);
        self.says_in(&format!("#move-{key}"), why);
        self.lacks(&format!("#move-{key} form"));
    }

    /// Uploads a paper of each kind on the page of the project.
    pub fn uploads(&self, kinds: &[&str]) {
        for kind in kinds {
            self.opens_the_project("documents");
            let file = self.papers.path().join(format!("{kind}.txt"));
            std::fs::write(&file, format!("{kind}\n演示材料。\n")).expect("a paper can be written");
            self.unfolds("#upload");
            self.chooses("document.kind", kind);
            self.browser.keys(&self.field("document.file"), &file.display().to_string());
            self.presses("#upload", "上传");
        }
    }

    /// Follows the link of the newest letter with this path to an address, and presses its button.
    pub async fn follows_the_mail(&mut self, address: &str, path: &str, button: &str) {
        let letters = self.story.site.letters().await;
        let sent = letters
            .iter()
            .rev()
            .find(|letter| letter.to.email == address && letter.text.contains(path));
        let letter = sent.unwrap_or_else(|| panic!("{address} got no letter with {path}"));
        let token = between(&letter.text, path, "\n").expect("a link");
        self.opens(&format!("{path}{}", token.trim()));
        self.presses("main form", button);
    }
}
