//! Figures of the running process in the text form that Prometheus reads, on a listener of their own: never on the public one.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use quanheng_actions::ActionError;
use quanheng_db::{conn::AnyConn, deadlines, delivery};
use quanheng_domain::Keyed;
use rocket::http::{ContentType, Method};
use rocket::{Build, Rocket, State, get, routes};

use crate::{App, WebError};

/// Upper ends of the buckets of durations, in microseconds.
const BUCKETS: [u64; 8] =
    [1_000, 5_000, 25_000, 100_000, 250_000, 1_000_000, 5_000_000, 15_000_000];

/// A deadline this much past its instant is overdue: the jobs look every half minute.
const GRACE: TimeDelta = TimeDelta::minutes(2);

/// Durations of one route with one status.
#[derive(Debug, Clone, Default)]
struct Durations {
    count: u64,
    micros: u64,
    /// How many took at most as long as the bucket of the same place.
    within: [u64; BUCKETS.len()],
}

/// What has been answered since the start.
#[derive(Debug, Default)]
pub struct Figures(Mutex<BTreeMap<(&'static str, String, u16), Durations>>);

impl Figures {
    /// Counts an answer. `route` is the pattern that answered, so that there are few of them.
    pub fn answered(&self, method: Method, route: &str, status: u16, micros: u64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pattern = route.split('?').next().unwrap_or(route).to_owned();
        let one = all.entry((method.as_str(), pattern, status)).or_default();
        one.count += 1;
        one.micros += micros;
        for (within, end) in one.within.iter_mut().zip(BUCKETS) {
            *within += u64::from(micros <= end);
        }
    }

    fn written(&self) -> String {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let name = "quanheng_http_request_duration_seconds";
        let mut text = head(name, "histogram", "Time to answer by route and status.");
        for ((method, route, status), one) in &all {
            let labels =
                format!("method=\"{method}\",route=\"{}\",status=\"{status}\"", escaped(route));
            for (within, end) in one.within.iter().zip(BUCKETS) {
                line(
                    &mut text,
                    &format!("{name}_bucket{{{labels},le=\"{}\"}}", seconds(end)),
                    within,
                );
            }
            line(&mut text, &format!("{name}_bucket{{{labels},le=\"+Inf\"}}"), one.count);
            line(&mut text, &format!("{name}_sum{{{labels}}}"), seconds(one.micros));
            line(&mut text, &format!("{name}_count{{{labels}}}"), one.count);
        }
        text
    }
}

fn head(name: &str, kind: &str, help: &str) -> String {
    format!("# HELP {name} {help}\n# TYPE {name} {kind}\n")
}

fn line(text: &mut String, what: &str, value: impl std::fmt::Display) {
    // Writing into a text cannot fail.
    let _ = writeln!(text, "{what} {value}");
}

fn gauge(text: &mut String, name: &str, help: &str, value: impl std::fmt::Display) {
    text.push_str(&head(name, "gauge", help));
    line(text, name, value);
}

fn seconds(micros: u64) -> String {
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}

fn escaped(label: &str) -> String {
    label.replace('\\', "\\\\").replace('"', "\\\"")
}

/// What the database tells about waiting work.
struct Waiting {
    mails: delivery::Backlog,
    overdue: (i64, Option<DateTime<Utc>>),
}

fn waiting(conn: &mut AnyConn, now: DateTime<Utc>) -> Result<Waiting, ActionError> {
    Ok(Waiting { mails: delivery::backlog(conn)?, overdue: deadlines::overdue(conn, now - GRACE)? })
}

/// Everything as text.
///
/// # Errors
/// When the database does not answer; a scrape that fails is a figure too.
pub async fn exposition(app: &App, figures: &Figures) -> Result<String, WebError> {
    let now = app.now();
    let found = app.read(move |conn| waiting(conn, now)).await?;
    let mut text = figures.written();
    let age = |since: Option<DateTime<Utc>>| {
        since.map_or(0, |since| now.signed_duration_since(since).num_seconds().max(0))
    };
    text.push_str(&head("quanheng_outbox_mails", "gauge", "Mails by state."));
    for (state, count) in &found.mails.counts {
        line(&mut text, &format!("quanheng_outbox_mails{{state=\"{}\"}}", state.key()), count);
    }
    let oldest = age(found.mails.oldest);
    gauge(
        &mut text,
        "quanheng_outbox_oldest_seconds",
        "Age of the oldest mail still to be sent.",
        oldest,
    );
    let (count, since) = found.overdue;
    gauge(
        &mut text,
        "quanheng_deadlines_overdue",
        "Deadlines that nothing has acted on yet.",
        count,
    );
    let oldest = age(since);
    gauge(
        &mut text,
        "quanheng_deadlines_overdue_oldest_seconds",
        "How long the oldest is overdue.",
        oldest,
    );
    let load = app.db.load();
    gauge(&mut text, "quanheng_db_connections", "Open connections of the pool.", load.connections);
    gauge(&mut text, "quanheng_db_connections_idle", "Connections that nobody uses.", load.idle);
    gauge(&mut text, "quanheng_db_connections_max", "Most connections of the pool.", load.most);
    gauge(&mut text, "quanheng_db_write_queue", "Actions that wait for the writer.", load.queued);
    text.push_str(&head(
        "quanheng_db_statements_total",
        "counter",
        "Statements sent to the database.",
    ));
    line(&mut text, "quanheng_db_statements_total", load.statements);
    process(&mut text);
    Ok(text)
}

/// What the kernel tells about this process; nothing on kernels without /proc.
fn process(text: &mut String) {
    if let Ok(status) = std::fs::read_to_string("/proc/self/status")
        && let Some(kib) = number_of(&status, "VmRSS:")
    {
        gauge(text, "process_resident_memory_bytes", "Memory in use.", kib * 1_024);
    }
    if let Ok(stat) = std::fs::read_to_string("/proc/self/stat")
        && let Some((_, rest)) = stat.rsplit_once(") ")
    {
        // Fields 14 and 15 of the whole line, in hundredths of a second.
        let ticks: u64 =
            rest.split(' ').skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
        text.push_str(&head("process_cpu_seconds_total", "counter", "Processor time used."));
        line(text, "process_cpu_seconds_total", seconds(ticks * 10_000));
    }
    if let Ok(open) = std::fs::read_dir("/proc/self/fd") {
        gauge(text, "process_open_fds", "Open files.", open.count());
    }
}

fn number_of(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[get("/metrics")]
async fn metrics(
    app: &State<App>,
    figures: &State<Arc<Figures>>,
) -> Result<(ContentType, String), WebError> {
    let kind =
        ContentType::new("text", "plain").with_params([("version", "0.0.4"), ("charset", "utf-8")]);
    Ok((kind, exposition(app, figures).await?))
}

/// A server of its own for the figures of a site.
pub fn listener(config: rocket::Config, app: App, figures: Arc<Figures>) -> Rocket<Build> {
    rocket::custom(config).manage(app).manage(figures).mount("/", routes![metrics])
}
