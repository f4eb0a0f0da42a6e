//! Moves as cards: conditions with their rules, who gets mail, which clocks start, and the fields the move asks for.

use std::collections::BTreeSet;

use quanheng_domain::Keyed;
use quanheng_domain::lifecycle::{Ask, Check, Field as Asked, Preview, Shape};
use quanheng_domain::people::Party;

use super::file::ProjectFile;
use super::forms::{Again, Part, joined, word};
use super::show::Section;
use crate::views::{Condition, Field, FieldKind, MailGroup, MoveCard, RuleCite, Text};
use crate::voice;

/// Names shown of a group; the number says how many there are.
const NAMES_SHOWN: usize = 12;

/// Moves whose effect cannot be taken back by another one.
const GRAVE: &[&str] = &[
    "decline",
    "refuse_application",
    "cancel",
    "lapse",
    "refuse_approval",
    "abolish",
    "end_after_failure",
    "publish",
];

/// Needs that the result of a review decides, once for all: a move that lacks one could be taken after another result only.
const OF_RESULT: [&str; 5] =
    ["review_passing", "review_failing", "review_not_quorate", "failures_left", "failures_used"];

/// Whether the move is the reader's to take, now or once its conditions are met.
pub fn is_in_reach(preview: &Preview) -> bool {
    let barred = |check: &Check| check.refusal.is_some() && OF_RESULT.contains(&check.need);
    preview.yours && !preview.checks.iter().any(barred)
}

/// The moves the actor may see, those that are hers first and the normal next step at the head.
pub fn cards(file: &ProjectFile, again: Option<&Again>) -> Vec<MoveCard> {
    let mut previews: Vec<&Preview> = file.moves.iter().collect();
    previews.sort_by_key(|preview| (!is_in_reach(preview), !preview.row.main));
    previews.into_iter().map(|preview| card(file, preview, again)).collect()
}

fn card(file: &ProjectFile, preview: &Preview, again: Option<&Again>) -> MoveCard {
    let key = preview.row.key.key();
    let part = Part::new(key, again);
    let to = (preview.to != file.loaded.row.stage).then(|| word(preview.to));
    let refused = preview.checks.iter().find_map(|check| check.refusal.as_ref());
    let not_yours = || {
        let who = preview.row.who.iter().map(|party| word(*party)).collect();
        joined(who).map(|who| Text::said("projects-move-of").with_text("who", &who))
    };
    let refusal = if preview.yours { refused.map(voice::refusal) } else { not_yours() };
    let rule = refused
        .filter(|_| preview.yours)
        .and_then(|refusal| refusal.rule)
        .map(|rule| cite(file, rule));
    MoveCard {
        key: key.to_owned(),
        title: word(preview.row.key),
        to,
        allowed: preview.allowed(),
        refusal,
        rule,
        conditions: conditions(file, preview),
        mails: mails(file, preview),
        clocks: clocks(preview),
        action: Some(format!("/projects/{}/moves", file.loaded.row.id)),
        fields: fields(file, preview, part),
        button: None,
        grave: GRAVE.contains(&key),
        open: part.is_back() || (again.is_none() && preview.allowed() && preview.row.main),
    }
}

fn cite(file: &ProjectFile, key: quanheng_domain::rules::RuleKey) -> RuleCite {
    let mut cite = voice::cite_rule(file.loaded.profile.rule(key));
    let profile = &file.loaded.profile;
    cite.href =
        Some(format!("/rules/{}?on={}#rule-{}", profile.name, profile.valid_from, cite.key));
    cite
}

fn conditions(file: &ProjectFile, preview: &Preview) -> Vec<Condition> {
    let row = preview.checks.iter().map(|check| {
        let missing_papers =
            check.refusal.as_ref().is_some_and(|refusal| refusal.facts.contains_key("missing"));
        Condition {
            met: check.refusal.is_none(),
            text: match &check.refusal {
                Some(refusal) if missing_papers => {
                    missing(refusal.facts.get("missing").map_or("", String::as_str))
                }
                Some(refusal) => voice::refusal(refusal),
                None => Text::word("need", check.need),
            },
            rule: check.rule.map(|key| cite(file, key)),
            href: if missing_papers {
                Some(format!("{}#upload", Section::Documents.href(file.loaded.row.id)))
            } else {
                mend(check.need)
                    .filter(|_| check.refusal.is_some())
                    .map(|(part, anchor)| format!("{}#{anchor}", part.href(file.loaded.row.id)))
            },
        }
    });
    row.collect()
}

/// The kinds of paper that are missing, each by its name.
fn missing(kinds: &str) -> Text {
    let names: Vec<Text> = kinds
        .split(',')
        .filter(|kind| !kind.is_empty())
        .map(|kind| Text::word("document-kind", kind))
        .collect();
    Text::said("projects-papers-missing").with_list("papers", &names)
}

/// The part of the page and the place in it where an unmet condition is put right.
fn mend(need: &str) -> Option<(Section, &'static str)> {
    match need {
        "drafters_named" | "drafter_limits" => Some((Section::Overview, "people")),
        "chair_consent" => Some((Section::Overview, "consents")),
        "no_open_objection" => Some((Section::Comments, "objections")),
        "adjustment_open" => Some((Section::Overview, "adjustments")),
        "proposal_passed" | "signed" | "review_closed" => Some((Section::Review, "ballots")),
        "recipients" => Some((Section::Comments, "asked")),
        "all_disposed" => Some((Section::Comments, "rounds")),
        _ => None,
    }
}

fn mails(file: &ProjectFile, preview: &Preview) -> Vec<MailGroup> {
    let mut groups = Vec::new();
    for notice in preview.row.tells {
        // A person in two groups gets one mail, for the reason that stands first.
        let mut seen = BTreeSet::new();
        for audience in notice.row().audience {
            let people = file.groups.get(audience).map_or(&[][..], Vec::as_slice);
            let new: Vec<_> =
                people.iter().filter(|person| seen.insert(person.address.to_lowercase())).collect();
            if new.is_empty() {
                continue;
            }
            groups.push(MailGroup {
                text: Text::said("projects-mail-group")
                    .with_text("notice", &word(*notice))
                    .with_text("group", &word(*audience)),
                count: new.len() as u64,
                names: new.iter().take(NAMES_SHOWN).map(|person| person.name.clone()).collect(),
                preview_href: None,
            });
        }
    }
    groups
}

fn clocks(preview: &Preview) -> Vec<Text> {
    let starts = preview.opens.iter().filter(|open| !open.kind.is_reminder()).map(|open| {
        Text::said("projects-clock-starts")
            .with_text("clock", &word(open.kind))
            .with_deadline("until", open.due_at.to_rfc3339())
    });
    let stops = preview.row.closes.iter().filter(|kind| !kind.is_reminder());
    let stops =
        stops.map(|kind| Text::said("projects-clock-stops").with_text("clock", &word(*kind)));
    starts.chain(stops).collect()
}

fn fields(file: &ProjectFile, preview: &Preview, part: Part<'_>) -> Vec<Field> {
    let version =
        Field::new(FieldKind::Hidden, "if_version", "").value(file.loaded.row.version.to_string());
    let mut fields = vec![version];
    fields.extend(preview.row.asks.iter().map(|ask| asked(file, ask, part)));
    // A remark is welcome with every move of a person.
    if !preview.row.asks.iter().any(|ask| ask.field == Asked::Note)
        && !preview.row.who.contains(&Party::System)
    {
        fields.push(asked(file, &Ask { field: Asked::Note, required: false }, part));
    }
    fields
}

/// The things a field names by their identity, each with its name; none for fields that are written.
fn named(file: &ProjectFile, field: Asked) -> Option<Vec<(String, String)>> {
    match field {
        Asked::PartyAuthority => {
            let open = file.joint.iter().filter(|(party, _)| party.dropped_at.is_none());
            Some(open.map(|(_, one)| (one.id.to_string(), one.name_zh.clone())).collect())
        }
        Asked::IntoProject => {
            let name = |number: &Option<String>, title: &str| match number {
                Some(number) => format!("{number} {title}"),
                None => title.to_owned(),
            };
            let all = file.choices.projects.iter();
            Some(all.map(|row| (row.id.to_string(), name(&row.number, &row.title_zh))).collect())
        }
        _ => None,
    }
}

fn asked(file: &ProjectFile, ask: &Ask, part: Part<'_>) -> Field {
    let key = ask.field.key();
    let label = match (ask.field, ask.required) {
        (Asked::Note, true) => Text::said("projects-field-reason"),
        _ => Text::word("projects-field", key),
    };
    if let Some(choices) = named(file, ask.field) {
        let field =
            part.field(FieldKind::Select, key, label).choice("", Text::said("projects-choose"));
        let field = choices
            .into_iter()
            .fold(field, |field, (value, name)| field.choice(&value, Text::plain(name)));
        return if ask.required { field.required() } else { field };
    }
    let field = match ask.field.shape() {
        Shape::Line(most) => part.field(FieldKind::Text, key, label).attr("maxlength", most),
        Shape::Text(most) => {
            part.field(FieldKind::Textarea, key, label).attr("maxlength", most).attr("rows", 3)
        }
        Shape::Day => part.field(FieldKind::Date, key, label),
        Shape::Choice(keys) => {
            let field = part.field(FieldKind::Select, key, label);
            // Nothing is chosen beforehand: a result that was never looked at would be a decision by default.
            let none = if ask.required { "projects-choose" } else { "projects-choose-none" };
            let field = field.choice("", Text::said(none));
            keys.iter().fold(field, |field, choice| {
                field.choice(
                    choice,
                    Text::word(&format!("projects-choice-{}", key.replace('_', "-")), choice),
                )
            })
        }
    };
    if ask.required { field.required() } else { field }
}
