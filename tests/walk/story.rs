//! What is true after a step: the stage, the events that were added to the ledger, the mail that was put into the outbox.
//!
//! It is asked over the API with the token of an administrator, whatever way the step itself was taken.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use quanheng_clock::Clock;
use quanheng_domain::document::DocumentKind;
use quanheng_domain::{Keyed, deadline};
use rocket::http::{Header, Method};
use serde_json::Value;

use crate::cast::{Cast, people_of};
use crate::world::{Got, TestApp};

/// A site, its people, and how far its ledger and outbox were read.
pub struct Story {
    /// The site.
    pub site: TestApp,
    /// The people.
    pub cast: Cast,
    project: String,
    watched: Vec<String>,
    events: BTreeSet<i64>,
    mails: BTreeSet<String>,
}

/// What was added since the story looked last. Whatever is not named in the test fails it.
pub struct Then {
    stage: String,
    events: VecDeque<Value>,
    mail: BTreeMap<String, BTreeSet<String>>,
    told: Vec<String>,
}

impl Story {
    /// A site with its cast; what the cast brought with it lies behind.
    pub async fn begin(site: TestApp) -> Self {
        let cast = Cast::enter(&site).await;
        let mut story = Self {
            site,
            cast,
            project: String::new(),
            watched: Vec::new(),
            events: BTreeSet::new(),
            mails: BTreeSet::new(),
        };
        story.new_mail().await;
        story
    }

    /// The project that the story follows from now on.
    pub fn follow(&mut self, project: &str) {
        project.clone_into(&mut self.project);
        self.watch(project);
    }

    /// Reads the ledger of another object too.
    pub fn watch(&mut self, object: &str) {
        self.watched.push(object.to_owned());
    }

    /// The project.
    pub fn project(&self) -> &str {
        &self.project
    }

    /// Today in Beijing.
    pub fn today(&self) -> NaiveDate {
        deadline::day_of(self.site.clock.now())
    }

    /// The working day on or after the day so many days from now; weekends are the only days off that the walks may meet.
    pub fn day_after(&self, days: u64) -> String {
        use chrono::{Datelike, Weekday};
        let day = self.today() + Days::new(days);
        let rest = match day.weekday() {
            Weekday::Sat => 2,
            Weekday::Sun => 1,
            _ => 0,
        };
        (day + Days::new(rest)).to_string()
    }

    /// Lets days pass; the clock acts on the way.
    pub async fn days_pass(&self, days: i64) {
        self.site.until(self.site.clock.now() + TimeDelta::days(days)).await;
    }

    /// Lets the time pass until the first instant of a day in Beijing.
    pub async fn until_day(&self, day: &str) {
        let day: NaiveDate = day.parse().expect("a day");
        self.site.until(deadline::start_of(day)).await;
    }

    /// Lets the time pass until an instant that an answer named.
    pub async fn until(&self, instant: &Value) {
        let instant: DateTime<Utc> =
            instant.as_str().and_then(|text| text.parse().ok()).expect("an instant");
        self.site.until(instant).await;
    }

    /// Asks the API as somebody; nobody is the public.
    pub async fn get(&self, who: &str, path: &str) -> Got {
        let mut headers = Vec::new();
        if !who.is_empty() {
            headers.push(Header::new("Authorization", format!("Bearer {}", self.cast.token(who))));
        }
        self.site.call(Method::Get, &format!("/api/v1{path}"), headers, Vec::new()).await
    }

    async fn seen(&self, path: &str) -> Value {
        let got = self.get("admin", path).await;
        assert_eq!(got.status, 200, "{path}: {}", got.body);
        got.json()
    }

    /// The project as the API tells it.
    pub async fn stands(&self) -> Value {
        self.seen(&format!("/projects/{}", self.project)).await
    }

    /// The end of a clock that runs on the project.
    pub async fn end_of(&self, kind: &str) -> Value {
        let project = self.stands().await;
        let clocks = project["deadlines"].as_array().expect("a list").clone();
        let clock = clocks.into_iter().find(|clock| clock["kind"] == kind);
        clock.unwrap_or_else(|| panic!("{kind} does not run: {project}"))["due_at"].clone()
    }

    /// What happened since the story looked last.
    pub async fn then(&mut self) -> Then {
        let stage = self.stands().await["stage"].as_str().expect("a stage").to_owned();
        let mut events = Vec::new();
        for object in &self.watched {
            let told = self.seen(&format!("/events?object={object}")).await;
            events.extend(told["items"].as_array().expect("a list").iter().cloned());
        }
        let seq = |event: &Value| event["seq"].as_i64().expect("a number");
        events.retain(|event| self.events.insert(seq(event)));
        events.sort_by_key(seq);
        let mut mail: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in self.new_mail().await {
            let to = row["to"].as_str().and_then(|to| to.split('@').next()).expect("an address");
            let notice = row["notice"].as_str().expect("a notice").to_owned();
            mail.entry(notice).or_default().insert(to.to_owned());
        }
        let told: Vec<String> = events.iter().map(|event| event["kind"].to_string()).collect();
        Then { stage, events: events.into(), mail, told }
    }

    async fn new_mail(&mut self) -> Vec<Value> {
        let (mut rows, mut offset) = (Vec::new(), 0);
        loop {
            let slice = self.seen(&format!("/outbox?limit=500&offset={offset}")).await;
            let items = slice["items"].as_array().expect("a list");
            let before = rows.len();
            for row in items {
                let id = row["id"].as_str().expect("an identity").to_owned();
                if self.mails.insert(id) {
                    rows.push(row.clone());
                }
            }
            // The newest come first: a slice with nothing new ends the look.
            match slice["next"].as_i64() {
                Some(next) if rows.len() > before => offset = next,
                _ => return rows,
            }
        }
    }
}

impl Then {
    /// The project stands there.
    pub fn stage(self, wanted: &str) -> Self {
        assert_eq!(self.stage, wanted, "the stage after {:?}", self.told);
        self
    }

    /// The next event of the ledger; after the upload of a draft its text was read as well.
    pub fn wrote(mut self, kind: &str) -> Self {
        let event = self.events.pop_front().unwrap_or_default();
        assert_eq!(event["kind"], kind, "the ledger says {:?}", self.told);
        let uploaded = event["facts"]["kind"].as_str().filter(|_| kind == "document_uploaded");
        let draft = uploaded.is_some_and(|kind| {
            DocumentKind::from_key(kind).expect("a kind of document").is_text()
        });
        if draft { self.wrote("text_read") } else { self }
    }

    /// The next event is a move: its row in the domain rules, from and to.
    pub fn moved(mut self, kind: &str, source: &str, from: &str, to: &str) -> Self {
        let event = self.events.front().cloned().unwrap_or_default();
        self = self.wrote(kind);
        let found = ["source", "from_stage", "to_stage"].map(|field| event[field].clone());
        assert_eq!(found, [source, from, to], "{kind}");
        self.stage(to)
    }

    /// The next events are so many of a kind.
    pub fn wrote_times(self, times: usize, kind: &str) -> Self {
        (0..times).fold(self, |then, _| then.wrote(kind))
    }

    /// These people, and nobody else, got this notice.
    pub fn mailed(mut self, notice: &str, people: &str) -> Self {
        let wanted: BTreeSet<String> = people_of(people).into_iter().collect();
        let found = self.mail.remove(notice).unwrap_or_default();
        assert_eq!(
            found, wanted,
            "who got {notice} after {:?}; other mail: {:?}",
            self.told, self.mail
        );
        self
    }
}

impl Drop for Then {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let events: Vec<_> = self.events.iter().map(|event| event["kind"].to_string()).collect();
        assert!(events.is_empty(), "the test does not name these events: {events:?}");
        assert!(self.mail.is_empty(), "the test does not name this mail: {:?}", self.mail);
    }
}
