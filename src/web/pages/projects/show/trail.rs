//! What happened: events and mail.

use quanheng_domain::Keyed;
use quanheng_domain::lifecycle::Move;
use quanheng_domain::people::Party;

use super::super::file::ProjectFile;
use super::super::forms::word;
use super::table;
use crate::views::{Cell, EventRow, Fact, Pill, Row, Table, Text, Tone};

pub fn history(file: &ProjectFile) -> Vec<EventRow> {
    file.events.iter().rev().map(|event| history_line(event, file.inside)).collect()
}

fn history_line(event: &quanheng_db::events::EventRow, inside: bool) -> EventRow {
    let what = match Move::from_key(&event.kind) {
        Ok(key) => word(key),
        Err(_) => Text::word("projects-event", &event.kind),
    };
    let stage = |key: &str| (!key.is_empty()).then(|| Text::word("stage", key));
    let (from, to) = (stage(&event.from_stage), stage(&event.to_stage));
    let mut facts = Vec::new();
    if let (Some(from), Some(to)) = (&from, &to)
        && event.from_stage != event.to_stage
    {
        let value = Text::said("projects-from-to").with_text("from", from).with_text("to", to);
        facts.push(Fact { label: Text::said("projects-fact-stage"), value });
    }
    for name in ["file_name", "revision"] {
        if let Some(value) = event.facts.get(name).filter(|_| inside) {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            facts
                .push(Fact { label: Text::word("projects-fact", name), value: Text::plain(value) });
        }
    }
    let who = match event.actor.as_str() {
        "system" => word(Party::System),
        "public" => word(Party::Anyone),
        // Names of people are for those who work on the project.
        name if inside => Text::plain(name),
        _ => Text::said("projects-somebody"),
    };
    EventRow {
        id: format!("e{}", event.object_seq),
        at: event.at.to_rfc3339(),
        who,
        on_behalf_of: (inside && !event.on_behalf_of.is_empty())
            .then(|| Text::plain(&event.on_behalf_of)),
        what,
        object: None,
        reason: (inside && !event.note.is_empty()).then(|| event.note.clone()),
        facts,
        hash: event.hash.clone(),
        tone: if from != to && to.is_some() { Tone::Info } else { Tone::Plain },
    }
}

pub fn mails(file: &ProjectFile) -> Table {
    let rows = file.mails.iter().map(|mail| {
        use quanheng_domain::records::MailState::{GivenUp, Sent};
        let tone = match mail.state {
            Sent => Tone::Good,
            GivenUp => Tone::Bad,
            _ => Tone::Plain,
        };
        let cells = vec![
            Cell::text(word(mail.notice)).note(Text::plain(&mail.subject)),
            Cell::text(Text::plain(&mail.name)).note(word(mail.audience)),
            Cell::text(
                Text::said("projects-instant").with_instant("at", mail.created_at.to_rfc3339()),
            ),
            Cell::pill(Pill::new(word(mail.state), tone)),
        ];
        Row { cells, ..Row::default() }
    });
    let columns =
        ["projects-mail-what", "projects-mail-who", "projects-mail-at", "projects-mail-state"];
    table("projects-mails", &columns, rows.collect(), Some("projects-mails-none"))
}
