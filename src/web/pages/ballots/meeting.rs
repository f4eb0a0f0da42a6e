//! A review meeting (会审现场): one page, clause by clause, on the wall and on phones; every client follows the same state.
//!
//! With script the figures come as events, or are asked for every few seconds; without it the page is loaded anew.

mod live;

pub use live::Rooms;

use chrono::{DateTime, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::ballot::meeting::{self, Position};
use quanheng_actions::document::{place, text, versions};
use quanheng_db::conn::AnyConn;
use quanheng_db::{ballot_parts, documents, reviews};
use quanheng_domain::Keyed;
use quanheng_domain::clause::Clause;
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::{BallotId, PersonId};
use quanheng_domain::people::{Actor, Party};
use quanheng_domain::records::Stance;
use quanheng_text::diff;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::acts;
use super::file::{BallotFile, read};
use super::show::{ballot_id, tally_view};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::page_form::{Done, PageForm};
use crate::pages::drafts::ClauseView;
use crate::pages::drafts::diff_view::{Side, SideView};
use crate::pages::projects::{Again, FormView, Part, word};
use crate::qr::Qr;
use crate::typed::{Kept, Typed};
use crate::views::{
    Choice, Crumb, FieldKind, FormFault, Link, PageHead, Pill, RuleCite, TallyView, Text, Tone,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Numbers {
    members: u32,
    there: u32,
    quorum_needed: u32,
    silent: u32,
    yes_needed: u32,
    /// Nothing while the box of a secret vote is shut.
    #[serde(flatten)]
    cast: Option<Cast>,
    /// How many voted in secret.
    voted: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Cast {
    yes: u32,
    no: u32,
    abstain: u32,
}

/// Everything about the clause on the wall.
struct Room {
    file: BallotFile,
    clause: String,
    clauses: Vec<Clause>,
    changed: Option<SideView>,
    remarks: Vec<Remark>,
    findings: Vec<Finding>,
    positions: Vec<ballot_parts::PositionRow>,
}

#[derive(Serialize)]
struct Remark {
    number: Text,
    author: String,
    body: String,
    proposal: String,
    disposition: Option<&'static str>,
    reason: String,
}

#[derive(Serialize)]
struct Finding {
    severity: &'static str,
    body: String,
    answer: String,
}

#[derive(Serialize)]
struct Steer {
    action: String,
    previous: Option<String>,
    next: Option<String>,
    clauses: Vec<Choice>,
}

#[derive(Serialize)]
struct SignIn {
    action: String,
    person: String,
}

#[derive(Serialize)]
struct PositionLine {
    stance: &'static str,
    name: String,
    at: String,
    body: String,
}

#[derive(Serialize)]
struct Guest {
    name: String,
    role: Text,
    present: bool,
}

#[derive(Serialize)]
struct MeetingPage {
    head: PageHead,
    faults: Vec<FormFault>,
    /// The rule that refused the form that came back.
    cite: Option<RuleCite>,
    /// What was typed into it.
    typed: Vec<Kept>,
    page: String,
    here: String,
    events: String,
    state: String,
    tally: TallyView,
    numbers: Numbers,
    sealed: bool,
    sign_in: Option<SignIn>,
    steer: Option<Steer>,
    clause: Option<ClauseView>,
    changed: Option<SideView>,
    positions: Vec<PositionLine>,
    argue: Option<FormView>,
    argue_open: bool,
    remarks: Vec<Remark>,
    findings: Vec<Finding>,
    vote: Option<FormView>,
    guests: Vec<Guest>,
    url: String,
    qr: Option<Qr>,
}

fn numbers(file: &BallotFile) -> Numbers {
    let tally = &file.tally;
    let there = tally.present - tally.recused;
    let slips = || file.roll.iter().filter(|line| line.role.is_voting() && line.voted).count();
    let voted = file.ballot.is_sealed().then(|| u32::try_from(slips()).unwrap_or(u32::MAX));
    Numbers {
        members: tally.members,
        there,
        quorum_needed: tally.quorum_needed,
        silent: there.saturating_sub(voted.unwrap_or(tally.yes + tally.no + tally.abstain)),
        yes_needed: tally.yes_needed,
        cast: voted.is_none().then_some(Cast {
            yes: tally.yes,
            no: tally.no,
            abstain: tally.abstain,
        }),
        voted,
    }
}

fn mark(file: &BallotFile, clause: &str, positions: usize) -> String {
    format!("{}/{positions}/{}", clause, u8::from(file.ballot.closed_at.is_some()))
}

fn place_of(conn: &mut AnyConn, ballot: BallotId) -> Result<String, ActionError> {
    Ok(ballot_parts::place_of(conn, ballot)?.map(|place| place.clause).unwrap_or_default())
}

fn room(
    conn: &mut AnyConn,
    id: BallotId,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Room, ActionError> {
    let file = read(conn, id, actor, now)?;
    let clauses = match &file.draft {
        Some(draft) => {
            text::kept(conn, draft.id)?.map(|kept| kept.text.clauses).unwrap_or_default()
        }
        None => Vec::new(),
    };
    let at = place_of(conn, id)?;
    // Before anybody chose, the meeting begins at the first clause.
    let clause = match clauses.iter().any(|clause| clause.key == at) {
        true => at,
        false => clauses.first().map(|clause| clause.key.clone()).unwrap_or_default(),
    };
    let positions = ballot_parts::positions_of(conn, id)?;
    let changed = changed(conn, &file, &clause)?;
    let remarks = remarks(conn, &file, actor, &clauses, &clause)?;
    let findings = findings(conn, &file, &clauses, &clause)?;
    Ok(Room { file, clause, clauses, changed, remarks, findings, positions })
}

/// What changed in the clause since the draft that was put to comment.
fn changed(
    conn: &mut AnyConn,
    file: &BallotFile,
    clause: &str,
) -> Result<Option<SideView>, ActionError> {
    let (Some(project), Some(draft)) = (&file.project, &file.draft) else { return Ok(None) };
    let Some(before) = documents::newest(conn, project.id, DocumentKind::CommentDraft)? else {
        return Ok(None);
    };
    let compared = match versions::compared(conn, before.id, draft.id) {
        Ok(compared) => compared,
        // One of the two was never read by clause: there is nothing to compare.
        Err(ActionError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let pairs = diff::texts(&compared.old, &compared.new, &compared.links);
    let here = pairs
        .into_iter()
        .find(|pair| pair.changed && pair.new.is_some_and(|at| compared.new[at].key == clause));
    Ok(here.and_then(|pair| pair.diff).map(|diff| Side::Both.of(&diff)))
}

fn remarks(
    conn: &mut AnyConn,
    file: &BallotFile,
    actor: &Actor,
    clauses: &[Clause],
    clause: &str,
) -> Result<Vec<Remark>, ActionError> {
    let (Some(project), Some(draft)) = (&file.project, &file.draft) else { return Ok(Vec::new()) };
    let mut placed = place::placed(conn, actor, project, draft, clauses)?;
    if let Some(before) = documents::newest(conn, project.id, DocumentKind::CommentDraft)? {
        let known: Vec<_> = placed.iter().map(|placed| placed.comment.id).collect();
        let old = text::kept(conn, before.id)?.map(|kept| kept.text.clauses).unwrap_or_default();
        let earlier = place::placed(conn, actor, project, &before, &old)?;
        placed.extend(earlier.into_iter().filter(|one| !known.contains(&one.comment.id)));
    }
    let here = placed.into_iter().filter(|placed| placed.key == clause);
    Ok(here
        .map(|placed| Remark {
            number: Text::said("rounds-number").with("n", placed.comment.serial),
            author: placed.comment.author_name,
            body: placed.comment.body,
            proposal: placed.comment.proposal,
            disposition: placed.comment.disposition.map(Keyed::key),
            reason: placed.comment.disposition_reason,
        })
        .collect())
}

fn findings(
    conn: &mut AnyConn,
    file: &BallotFile,
    clauses: &[Clause],
    clause: &str,
) -> Result<Vec<Finding>, ActionError> {
    let Some(project) = &file.project else { return Ok(Vec::new()) };
    let (mut found, names) = (Vec::new(), place::Names::of(clauses));
    for review in reviews::of_project(conn, project.id)? {
        for row in reviews::findings_of(conn, review.id)? {
            if names.named(&row.clause).is_some_and(|named| named.key == clause) {
                found.push(Finding {
                    severity: row.severity.key(),
                    body: row.body,
                    answer: row.answer,
                });
            }
        }
    }
    Ok(found)
}

fn steer(room: &Room) -> Option<Steer> {
    let file = &room.file;
    let leads = [Party::Secretariat, Party::Chair].iter().any(|party| file.parties.contains(party));
    let open = file.ballot.closed_at.is_none() && file.now < file.ballot.closes_at;
    if !leads || !open || room.clauses.is_empty() {
        return None;
    }
    let at = room.clauses.iter().position(|clause| clause.key == room.clause).unwrap_or(0);
    let key = |at: usize| room.clauses.get(at).map(|clause| clause.key.clone());
    let choice = |clause: &Clause| Choice {
        value: clause.key.clone(),
        text: Text::plain(clause.title()),
        hint: None,
        chosen: clause.key == room.clause,
    };
    Some(Steer {
        action: format!("/ballots/{}/meeting/clause", file.ballot.id),
        previous: at.checked_sub(1).and_then(key),
        next: key(at + 1),
        clauses: room.clauses.iter().map(choice).collect(),
    })
}

fn argue(room: &Room, again: Option<&Again>) -> Option<FormView> {
    let file = &room.file;
    let open = file.ballot.closed_at.is_none() && file.now < file.ballot.closes_at;
    let mine = file.roll.iter().find(|line| Some(line.person_id) == file.me);
    let secretariat = file.parties.contains(&Party::Secretariat);
    if !open || !(secretariat || mine.is_some_and(|line| line.role.may_speak())) {
        return None;
    }
    let part = Part::new("argue", again);
    let mut fields = vec![part.field(FieldKind::Hidden, "clause", "").value(room.clause.as_str())];
    if secretariat {
        let speaks = file.roll.iter().filter(|line| line.role.may_speak());
        let whose = part.field(FieldKind::Select, "person", Text::said("meeting-argue-whose"));
        fields.push(
            speaks
                .fold(whose, |field, line| {
                    field.choice(&line.person_id.to_string(), Text::plain(&line.name))
                })
                .required(),
        );
    }
    fields.push(
        part.choice(FieldKind::Radio, "stance", Text::said("meeting-argue-side"), Stance::ALL)
            .required(),
    );
    fields.push(
        part.field(FieldKind::Textarea, "body", Text::said("meeting-argue-body"))
            .hint(Text::said("meeting-argue-hint"))
            .attr("rows", 4)
            .attr("maxlength", 8_000)
            .required(),
    );
    Some(FormView {
        action: format!("/ballots/{}/meeting/positions", file.ballot.id),
        fields,
        button: Text::said("meeting-argue-send"),
    })
}

fn head(file: &BallotFile) -> PageHead {
    let title =
        file.project.as_ref().map_or(file.ballot.question.as_str(), |project| &project.title_zh);
    let mut head = PageHead::new(Text::plain(title));
    let ballot = format!("/ballots/{}", file.ballot.id);
    head.crumbs = vec![
        Crumb { text: Text::said("nav-ballots"), href: Some("/ballots".to_owned()) },
        Crumb { text: Text::plain(title), href: Some(ballot.clone()) },
        Crumb { text: Text::said("meeting-title"), href: None },
    ];
    head.pill = Some(match file.ballot.closed_at {
        None => Pill::new(Text::said("projects-ballot-open"), Tone::Info),
        Some(_) => Pill::new(Text::said("projects-ballot-closed"), Tone::Plain),
    });
    head.actions = vec![Link::new(ballot, Text::said("meeting-to-ballot"))];
    head
}

fn view(app: &App, mut room: Room, again: Option<&Again>) -> MeetingPage {
    let file = &room.file;
    let here = format!("/ballots/{}/meeting", file.ballot.id);
    let name = |id: PersonId| {
        file.roll.iter().find(|line| line.person_id == id).map_or("", |line| &line.name).to_owned()
    };
    let open = file.ballot.closed_at.is_none() && file.now < file.ballot.closes_at;
    let mine = file.roll.iter().find(|line| Some(line.person_id) == file.me);
    let positions = room.positions.iter().filter(|row| row.clause == room.clause);
    let guests = file.roll.iter().filter(|line| !line.role.is_voting());
    MeetingPage {
        head: head(file),
        faults: again.map(Again::summary).unwrap_or_default(),
        cite: again.and_then(|again| again.cite.clone()),
        typed: again.map(Again::refused_words).unwrap_or_default(),
        page: mark(file, &room.clause, room.positions.len()),
        events: format!("{here}/events"),
        state: format!("{here}/state"),
        tally: tally_view(file),
        numbers: numbers(file),
        sealed: file.ballot.is_sealed(),
        sign_in: mine.filter(|line| open && !line.present).map(|line| SignIn {
            action: format!("/ballots/{}/attendance", file.ballot.id),
            person: line.person_id.to_string(),
        }),
        steer: steer(&room),
        clause: room.clauses.iter().find(|clause| clause.key == room.clause).map(ClauseView::of),
        positions: positions
            .map(|row| PositionLine {
                stance: row.stance.key(),
                name: name(row.person_id),
                at: row.recorded_at.to_rfc3339(),
                body: row.body.clone(),
            })
            .collect(),
        argue: argue(&room, again),
        argue_open: again.is_some(),
        vote: acts::forms(file, None).vote,
        guests: guests
            .map(|line| Guest {
                name: line.name.clone(),
                role: word(line.role),
                present: line.present,
            })
            .collect(),
        qr: Qr::of(&format!("{}{here}", app.base_url)),
        url: format!("{}{here}", app.base_url),
        here,
        changed: room.changed.take(),
        remarks: std::mem::take(&mut room.remarks),
        findings: std::mem::take(&mut room.findings),
    }
}

async fn page(
    app: &App,
    actor: Actor,
    id: BallotId,
    again: Option<&Again>,
) -> Result<Page, WebError> {
    let now = app.now();
    let mut room = app.read(move |conn| room(conn, id, &actor, now)).await?;
    room.file.fresh = app.chance.token();
    Ok(Page::new("pages/ballots/meeting", &view(app, room, again)).private())
}

#[get("/ballots/<id>/meeting")]
async fn show_meeting(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Page, WebError> {
    page(app, signed_in.actor, ballot_id(id)?, None).await
}

#[post("/ballots/<id>/meeting/clause", data = "<typed>")]
async fn go(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let (ballot, clause, actor) = (ballot_id(id)?, typed.line("clause"), signed_in.actor);
    app.once(typed.once(), move |tx| {
        meeting::go_to(tx, &actor, ballot, &clause)?;
        Ok(Answer::see(format!("/ballots/{ballot}/meeting")))
    })
    .await
}

#[post("/ballots/<id>/meeting/positions", data = "<typed>")]
async fn take_position(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let ballot = ballot_id(id)?;
    PageForm::new(app, signed_in.actor, "argue", typed)
        .act(
            |form| {
                let (clause, body) = (form.line("clause"), form.text("body"));
                let (stance, person) = (form.choice("stance")?, form.id("person")?);
                Ok(Position { ballot, clause, person, stance, body })
            },
            move |tx, actor, command| {
                meeting::argue(tx, actor, command)?;
                Ok(Answer::see(format!("/ballots/{ballot}/meeting#positions"))
                    .saying(Tone::Good, &Text::said("meeting-argued")))
            },
            async |actor, again| page(app, actor, ballot, Some(&again)).await,
        )
        .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    let mut routes = routes![show_meeting, go, take_position];
    routes.extend(live::routes());
    routes
}
