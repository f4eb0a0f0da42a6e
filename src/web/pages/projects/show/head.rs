//! What stands at the head of every part of the project page: title, the beam, whose turn it is.

use quanheng_actions::observer::apply;
use quanheng_domain::Keyed;
use quanheng_domain::lifecycle::{Openness, who_acts_now};
use quanheng_domain::people::{Party, ProjectRole, Role};
use quanheng_domain::stage::Stage;

use super::super::file::ProjectFile;
use super::super::forms::{joined, word};
use crate::views::{Beam, Crumb, Deadline, Link, PageHead, Pill, Text, Tone, Turn};

/// How a stage looks.
pub fn tone(stage: Stage) -> Tone {
    match stage {
        Stage::Published | Stage::Confirmed | Stage::ReviewPassed | Stage::Approved => Tone::Good,
        stage if stage.is_final() => Tone::Faded,
        Stage::ReviewFailed
        | Stage::ReviewInvalid
        | Stage::ApplicationReturned
        | Stage::DossierReturned => Tone::Warn,
        _ => Tone::Info,
    }
}

pub fn head(file: &ProjectFile) -> PageHead {
    let row = &file.loaded.row;
    let mut head = PageHead::new(Text::plain(&row.title_zh));
    let list = Crumb { text: Text::said("nav-projects"), href: Some("/projects".to_owned()) };
    head.crumbs = vec![list, Crumb { text: Text::plain(&row.title_zh), href: None }];
    head.code = row.number.clone();
    head.pill = Some(Pill::new(word(row.stage), tone(row.stage)));
    head.lead = (!row.title_en.is_empty()).then(|| Text::plain(&row.title_en));
    head.facts = vec![word(row.kind), word(row.category), word(row.level)];
    if row.openness != Openness::Open {
        head.facts.push(word(row.openness));
    }
    if row.emergency {
        head.facts.push(Text::said("projects-emergency"));
    }
    if row.livelihood {
        head.facts.push(Text::said("projects-livelihood"));
    }
    // Whoever has no part in the project may still ask to listen to its review.
    let outside = !file.inside && file.parties.iter().all(|party| *party == Party::Anyone);
    if outside && apply::admits_under(&file.loaded.profile, row) {
        let href = format!("/projects/{}/observe", row.id);
        head.actions.push(Link::new(href, Text::said("observers-apply")));
    }
    head
}

pub fn beam(file: &ProjectFile) -> Beam {
    let row = &file.loaded.row;
    let days = file.days_in_stage();
    let stage =
        Text::said("projects-in-stage").with_text("stage", &word(row.stage)).with("days", days);
    let (sentence, tone) = match file.next_deadline().filter(|_| !row.stage.is_final()) {
        Some(next) => {
            let goal = (next.due_at - next.opened_at).num_days().max(0);
            let tone = if next.due_at <= file.now {
                Tone::Bad
            } else {
                Deadline::new(next.due_at, file.now).tone
            };
            let said = Text::said("projects-in-stage-goal")
                .with_text("stage", &word(row.stage))
                .with("days", days)
                .with_text("clock", &word(next.kind))
                .with("goal", goal)
                .with_deadline("until", next.due_at.to_rfc3339());
            (said, tone)
        }
        None => (stage, tone(row.stage)),
    };
    Beam::at(row.stage.key(), sentence, tone)
}

pub fn turn(file: &ProjectFile) -> Option<Turn> {
    let standing = &file.loaded.standing;
    let parties = who_acts_now(standing);
    let main = quanheng_domain::lifecycle::rows_from(standing.kind, standing.stage)
        .find(|row| row.main)?;
    let role = joined(parties.iter().map(|party| word(*party)).collect())?;
    let mine = parties.iter().any(|party| file.is(*party));
    let mut people: Vec<String> = parties.iter().flat_map(|party| names_of(file, *party)).collect();
    people.sort();
    people.dedup();
    Some(Turn {
        role,
        people,
        task: word(main.key),
        deadline: file
            .next_deadline()
            .map(|row| Deadline::new(row.due_at, file.now).labelled(word(row.kind))),
        mine,
        action: mine.then(|| {
            Link::new(
                format!("/projects/{}#move-{}", file.loaded.row.id, main.key.key()),
                word(main.key),
            )
        }),
    })
}

/// Who does the secretariat's work here: where its host drafts the text, its people of other units (edge case 6).
fn secretariat(file: &ProjectFile) -> Vec<String> {
    let seats = file.seats.iter().filter(|seat| seat.role.is_secretariat());
    let host = file.committee.as_ref().and_then(|row| row.host_id).filter(|host| {
        let drafts = |role| matches!(role, ProjectRole::LeadDrafter | ProjectRole::Drafter);
        file.units.iter().any(|(unit, _)| unit.organisation_id == *host)
            || file
                .loaded
                .people
                .iter()
                .any(|row| drafts(row.role) && row.organisation_id == Some(*host))
    });
    let (of_host, others): (Vec<_>, Vec<_>) =
        seats.partition(|seat| host.is_some() && seat.organisation_id == host);
    let on_duty = if others.is_empty() { of_host } else { others };
    on_duty.iter().map(|seat| file.name(seat.person_id)).collect()
}

fn names_of(file: &ProjectFile, party: Party) -> Vec<String> {
    let seated = |fits: fn(Role) -> bool| {
        file.seats
            .iter()
            .filter(|seat| fits(seat.role))
            .map(|seat| file.name(seat.person_id))
            .collect()
    };
    let named = |fits: fn(ProjectRole) -> bool| {
        file.loaded
            .people
            .iter()
            .filter(|row| fits(row.role))
            .map(|row| file.name(row.person_id))
            .collect()
    };
    match party {
        Party::Secretariat => secretariat(file),
        Party::Chair => seated(|role| role == Role::Chair),
        Party::ViceChair => seated(|role| role == Role::ViceChair),
        Party::Drafter => {
            named(|role| matches!(role, ProjectRole::LeadDrafter | ProjectRole::Drafter))
        }
        Party::PrincipalReviewer => named(|role| role == ProjectRole::PrincipalReviewer),
        Party::Suggester => named(|role| role == ProjectRole::Suggester),
        Party::Officer => file.officers.iter().map(|officer| officer.name.clone()).collect(),
        Party::Anyone | Party::Member | Party::Administrator | Party::System => Vec::new(),
    }
}
