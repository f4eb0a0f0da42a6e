//! The page of a ballot: the question, what is still missing, who voted how, and the rules it is counted by.

use quanheng_actions::ballot::shares::Share;
use quanheng_db::ballots::RollRow;
use quanheng_domain::ballot::{BallotForm, Missing};
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::{BallotId, PersonId};
use quanheng_domain::people::{Actor, Party, Role};
use quanheng_domain::records::{Choice, VoteChannel};
use quanheng_domain::{Keyed, Locale};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::acts::{self, Forms};
use super::around::Filing;
use super::conclusion::{self, Concluding, drafted};
use super::duties::{self, Duties};
use super::earlier::{self, EarlierLine};
use super::file::{BallotFile, read_whole};
use super::mandates::{self, Mandates};
use super::papers::{self, ReviewPaper};
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::pages::projects::{Again, word};
use crate::papers::Voice;
use crate::tally;
use crate::typed::Kept;
use crate::views::{
    Crumb, Deadline, FileRow, FormFault, Link, Meter, PageHead, PaperLine, Pill, Reply, Ribbon,
    RibbonCell, RuleCite, TallyView, Text, Tone, Voter, VoterGroup,
};
use crate::voice;

/// The order of the ribbon: those in the way first, the silent last.
const ORDER: [&str; 6] = ["no", "abstain", "yes", "voted", "recused", "silent"];

#[derive(Serialize)]
struct BallotPage {
    head: PageHead,
    question: String,
    note: Option<Text>,
    /// While it runs; afterwards the note tells.
    closes: Option<Deadline>,
    draft: Option<[FileRow; 1]>,
    tally: TallyView,
    ribbon: Ribbon,
    voters: Vec<VoterGroup>,
    present: Text,
    conclusion: Option<String>,
    signed: Option<Text>,
    opinions: Vec<Reply>,
    papers: Vec<PaperLine>,
    /// The rule that says which papers are filed.
    filing: Option<RuleCite>,
    meeting: Option<Link>,
    marks: Vec<Text>,
    cited: Vec<RuleCite>,
    readers: Vec<ReaderLine>,
    earlier: Vec<EarlierLine>,
    #[serde(flatten)]
    concluding: Concluding,
    #[serde(flatten)]
    mandates: Mandates,
    #[serde(flatten)]
    duties: Duties,
    faults: Vec<FormFault>,
    /// The rule that refused the form that came back.
    cite: Option<RuleCite>,
    /// What was typed into it.
    typed: Vec<Kept>,
    #[serde(flatten)]
    forms: Forms,
}

/// Somebody on the roll, and when the text was first opened; shown to the secretariat.
#[derive(Serialize)]
struct ReaderLine {
    name: String,
    at: Option<String>,
}

/// What must be said of the ballot besides its count: the text moved on, users are few, it ended with its project.
fn marks(file: &BallotFile) -> Vec<Text> {
    let mut marks = Vec::new();
    if file.ballot.aborted_at.is_some() {
        marks.push(Text::said("ballots-ended"));
    }
    if let (Some(newest), Some(draft)) = (file.around.moved_on, &file.draft) {
        let said = Text::said("ballots-moved-on").with("n", draft.revision);
        marks.push(said.with("newest", newest));
    }
    if let Some(missing) = file.around.risk {
        marks.push(
            Text::said("ballots-quorum-risk")
                .with("missing", missing)
                .with_instant("until", file.ballot.closes_at.to_rfc3339()),
        );
    }
    marks.extend(file.around.deputies.as_deref().map(host_drafts));
    marks.extend(file.around.short.iter().map(few));
    marks
}

/// That fewer vote of a kind than a rule asks for.
pub fn few(share: &Share) -> Text {
    let said = Text::said(format!("ballots-few-{}", share.wanted.key()));
    said.with("held", share.held).with("voters", share.voters).with("needed", share.needed)
}

/// Who acts for a secretariat whose host drafts the text, or that nobody of another unit is there to.
pub fn host_drafts(deputies: &[String]) -> Text {
    let names: Vec<Text> = deputies.iter().map(Text::plain).collect();
    match names.is_empty() {
        true => Text::said("ballots-host-drafts-nobody"),
        false => Text::said("ballots-host-drafts").with_list("names", &names),
    }
}

fn readers(file: &BallotFile) -> Vec<ReaderLine> {
    let leads = [Party::Secretariat, Party::Chair].iter().any(|party| file.parties.contains(party));
    if !leads || file.draft.is_none() {
        return Vec::new();
    }
    let opened = |id: PersonId| file.around.readers.iter().find(|(person, _)| *person == id);
    let line = |line: &RollRow| ReaderLine {
        name: line.name.clone(),
        at: opened(line.person_id).map(|(_, at)| at.to_rfc3339()),
    };
    file.roll.iter().map(line).collect()
}

fn papers(file: &BallotFile) -> Vec<PaperLine> {
    let keeps = papers::keeps(file);
    let link = |paper: &ReviewPaper| {
        let at = format!("/ballots/{}/papers/{}", file.ballot.id, paper.key());
        let state = file.around.filing.as_ref().and_then(|filing| filed(filing, paper.document()));
        PaperLine { state, ..PaperLine::new(at, paper.name(), keeps) }
    };
    ReviewPaper::ALL.iter().filter(|paper| paper.is_there(file)).map(link).collect()
}

/// Whether a kind of paper is kept in the project, or still to be.
fn filed(filing: &Filing, kind: DocumentKind) -> Option<Pill> {
    match filing.kept.get(&kind) {
        Some(revision) => {
            Some(Pill::new(Text::said("papers-kept").with("n", *revision), Tone::Good))
        }
        None => filing
            .asked
            .contains(&kind)
            .then(|| Pill::new(Text::said("papers-to-keep"), Tone::Warn)),
    }
}

/// What somebody on the roll did, as the word of the ribbon.
pub fn choice_of(file: &BallotFile, line: &RollRow) -> &'static str {
    if !line.may_vote {
        return "recused";
    }
    if line.voted {
        return "voted";
    }
    match file.votes.get(&line.person_id).and_then(|votes| votes.last()) {
        Some(vote) => choice(vote.choice),
        None => "silent",
    }
}

/// The word of the ribbon for a vote.
pub fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::Yes => "yes",
        Choice::No => "no",
        Choice::Abstain => "abstain",
    }
}

fn voting(file: &BallotFile) -> impl Iterator<Item = &RollRow> {
    file.roll.iter().filter(|line| line.role.is_voting())
}

/// The cells of a ribbon: one for everybody with a vote, those in the way first.
pub fn cells(
    roll: &[RollRow],
    choice: impl Fn(&RollRow) -> &'static str,
    me: Option<PersonId>,
) -> Vec<RibbonCell> {
    let cell = |line: &RollRow| RibbonCell {
        choice: choice(line).to_owned(),
        name: line.name.clone(),
        mine: Some(line.person_id) == me,
    };
    let mut cells: Vec<RibbonCell> =
        roll.iter().filter(|line| line.role.is_voting()).map(cell).collect();
    cells.sort_by_key(|cell| ORDER.iter().position(|choice| *choice == cell.choice));
    cells
}

fn ribbon(file: &BallotFile) -> Ribbon {
    let cells = cells(&file.roll, |line| choice_of(file, line), file.me);
    let shown = |choice: &str| cells.iter().filter(|cell| cell.choice == choice).count() as u64;
    let sentence = match file.ballot.is_sealed() {
        true => sealed_ribbon(shown("voted"), shown("silent")),
        false => Text::said("ballots-ribbon")
            .with("yes", file.tally.yes)
            .with("no", file.tally.no)
            .with("abstain", file.tally.abstain)
            .with("silent", shown("silent")),
    };
    let blocking = cells.iter().any(|cell| cell.mine && cell.choice == "no");
    Ribbon { cells, sentence, href: None, blocking }
}

/// A secret vote that runs: who voted and who did not, nothing else.
pub fn sealed_ribbon(voted: u64, silent: u64) -> Text {
    Text::said("ballots-ribbon-sealed").with("voted", voted).with("silent", silent)
}

/// What is still missing, or what came out, in one sentence.
pub fn sentence(file: &BallotFile) -> (Text, Tone) {
    let tally = &file.tally;
    let closed = file.ballot.closed_at.is_some();
    if file.ballot.aborted_at.is_some() {
        return (Text::said("ballots-ended"), Tone::Plain);
    }
    if file.ballot.is_sealed() {
        return (tally::sealed(tally), Tone::Info);
    }
    let (key, tone, present, yes) = match tally.missing {
        Missing::Nothing if closed => ("ballots-passed", Tone::Good, 0, 0),
        Missing::Nothing => ("ballots-enough", Tone::Good, 0, 0),
        Missing::More { .. } | Missing::OutOfReach if closed && !tally.quorum_met => {
            ("ballots-invalid", Tone::Bad, 0, 0)
        }
        Missing::More { .. } | Missing::OutOfReach if closed => ("ballots-failed", Tone::Bad, 0, 0),
        Missing::More { present, yes } if present > 0 => {
            ("ballots-missing-both", Tone::Warn, present, yes)
        }
        Missing::More { present, yes } => ("ballots-missing-yes", Tone::Warn, present, yes),
        Missing::OutOfReach => ("ballots-out-of-reach", Tone::Bad, 0, 0),
    };
    let text = Text::said(key)
        .with("there", tally.present - tally.recused)
        .with("members", tally.members)
        .with("yes", tally.yes)
        .with("needed", tally.yes_needed)
        .with("more_present", present)
        .with("more_yes", yes);
    (text, tone)
}

/// The count with its bars and rules.
pub fn tally_view(file: &BallotFile) -> TallyView {
    let tally = &file.tally;
    let number = |key: &str, n: u32| Text::said(key).with("n", n);
    let (sentence, tone) = sentence(file);
    let there = u64::from(tally.present - tally.recused);
    let attendance = Meter::of(
        Text::said("ballots-attendance"),
        &[("info", there, number("ballots-there", tally.present - tally.recused))],
        u64::from(tally.members),
        Some((u64::from(tally.quorum_needed), number("ballots-quorum", tally.quorum_needed))),
    );
    let votes = (!file.ballot.is_sealed()).then(|| {
        Meter::of(
            Text::said("ballots-votes"),
            &[
                ("yes", u64::from(tally.yes), number("ballots-yes", tally.yes)),
                ("no", u64::from(tally.no), number("ballots-no", tally.no)),
                ("abstain", u64::from(tally.abstain), number("ballots-abstain", tally.abstain)),
            ],
            there,
            Some((u64::from(tally.yes_needed), number("ballots-needed", tally.yes_needed))),
        )
    });
    TallyView { sentence, tone, attendance: Some(attendance), votes, rules: file.rules.clone() }
}

fn voter(file: &BallotFile, line: &RollRow, choice_word: &str) -> Voter {
    let votes = file.votes.get(&line.person_id).map_or(&[][..], Vec::as_slice);
    let last = votes.last();
    let before = votes
        .iter()
        .rev()
        .nth(1)
        .filter(|before| last.is_some_and(|last| last.choice != before.choice));
    let mut notes = vec![word(line.role)];
    if let Some(vote) = last.filter(|vote| vote.channel != VoteChannel::Online) {
        notes.push(word(vote.channel));
    }
    if let Some(recusal) = &line.recusal {
        notes.push(Text::word("recusal", recusal));
    }
    if file.declarations.iter().any(|row| row.person_id == line.person_id && !row.conflicted) {
        notes.push(Text::said("ballots-declared-none"));
    }
    if let Some(before) = file.around.earlier.get(&line.person_id) {
        notes.push(
            Text::said("ballots-earlier").with_text("vote", &Text::word("vote", before.key())),
        );
    }
    // Said of a vote whose text has moved on since, so that nobody takes it for one on the text of today.
    if let (Some(_), Some(draft), Some(_)) = (file.around.moved_on, &file.draft, last) {
        notes.push(Text::said("ballots-for-revision").with("n", draft.revision));
    }
    let former = file.around.former.contains(&line.person_id);
    if former {
        notes.push(Text::said("ballots-former"));
    }
    let words = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Voter {
        former,
        name: line.name.clone(),
        unit: words(&line.unit),
        choice: choice_word.to_owned(),
        was: before.map(|vote| choice(vote.choice).to_owned()),
        at: last.map(|vote| vote.cast_at.to_rfc3339()),
        reason: last.and_then(|vote| words(&vote.reason).or_else(|| words(&vote.remark))),
        notes,
        id: format!("v{}", line.id),
    }
}

fn voters(file: &BallotFile) -> Vec<VoterGroup> {
    let group = |choice_word: &'static str| {
        let here: Vec<Voter> = voting(file)
            .filter(|line| choice_of(file, line) == choice_word)
            .map(|line| voter(file, line, choice_word))
            .collect();
        (!here.is_empty()).then(|| VoterGroup {
            choice: choice_word.to_owned(),
            count: here.len() as u64,
            voters: here,
        })
    };
    ORDER.into_iter().filter_map(group).collect()
}

fn head(file: &BallotFile) -> PageHead {
    let title =
        file.project.as_ref().map_or(file.ballot.question.as_str(), |project| &project.title_zh);
    let mut head = PageHead::new(Text::plain(title));
    head.crumbs = vec![
        Crumb { text: Text::said("nav-ballots"), href: Some("/ballots".to_owned()) },
        Crumb { text: Text::plain(title), href: None },
    ];
    head.code = file.project.as_ref().and_then(|project| project.number.clone());
    let (key, tone) = match (file.ballot.closed_at, file.ballot.signed_at) {
        _ if file.ballot.aborted_at.is_some() => ("ballots-list-ended", Tone::Plain),
        (None, _) => ("projects-ballot-open", Tone::Info),
        (Some(_), None) => ("projects-ballot-closed", Tone::Plain),
        (Some(_), Some(_)) => ("projects-ballot-signed", Tone::Good),
    };
    head.pill = Some(Pill::new(Text::said(key), tone));
    head.facts = vec![
        word(file.ballot.purpose),
        word(file.ballot.form),
        Text::said("ballots-ordinal").with("n", file.ballot.ordinal),
    ];
    head.facts.extend(file.committee.iter().map(|committee| Text::plain(&committee.name_zh)));
    if let Some(project) = &file.project {
        head.actions =
            vec![Link::new(format!("/projects/{}", project.id), Text::said("rounds-to-project"))];
    }
    head
}

/// Who signed and when; somebody other than the chair signed in the chair's place.
fn signed(file: &BallotFile) -> Option<Text> {
    let line = file.roll.iter().find(|line| Some(line.person_id) == file.ballot.signed_by)?;
    let acting = line.role != Role::Chair;
    let key = if acting { "ballots-signed-acting" } else { "ballots-signed-by" };
    let at = file.ballot.signed_at?.to_rfc3339();
    Some(Text::said(key).with("name", line.name.as_str()).with_instant("at", at))
}

/// The text voted on, as a file.
fn draft(file: &BallotFile) -> Option<[FileRow; 1]> {
    let row = file.draft.as_ref()?;
    Some([FileRow {
        kind: word(row.kind),
        name: Some(row.file_name.clone()),
        href: Some(format!("/projects/{}/documents/{}", row.project_id, row.ordinal)),
        size: u64::try_from(row.size).ok(),
        sha256: Some(row.sha256.clone()),
        at: Some(row.uploaded_at.to_rfc3339()),
        by: None,
        version: Some(Text::said("projects-revision").with("n", row.revision)),
        required: false,
        upload_href: None,
    }])
}

fn view(file: &BallotFile, again: Option<&Again>) -> BallotPage {
    let name = |id: PersonId| {
        file.roll.iter().find(|line| line.person_id == id).map_or("", |line| &line.name).to_owned()
    };
    let opinions = file.opinions.iter();
    let forms = acts::forms(file, again);
    let ballot = &file.ballot;
    let here = file.roll.iter().filter(|line| line.present).count() as u64;
    BallotPage {
        head: head(file),
        question: ballot.question.clone(),
        // A clock that stood counts later; votes were taken until the end.
        note: ballot.closed_at.map(|at| {
            let ended = at.min(ballot.closes_at);
            Text::said("ballots-closed-at").with_deadline("at", ended.to_rfc3339())
        }),
        closes: ballot.closed_at.is_none().then(|| {
            Deadline::new(ballot.closes_at, file.now).labelled(Text::said("projects-closes"))
        }),
        draft: draft(file),
        tally: tally_view(file),
        ribbon: ribbon(file),
        voters: voters(file),
        present: Text::said("ballots-present").with("n", here).with("all", file.roll.len() as u64),
        conclusion: (!ballot.conclusion.is_empty()).then(|| ballot.conclusion.clone()),
        signed: signed(file),
        opinions: opinions
            .map(|row| Reply {
                author: name(row.person_id),
                at: row.at.to_rfc3339(),
                text: row.text.clone(),
            })
            .collect(),
        papers: papers(file),
        filing: file.around.filing.as_ref().map(|filing| filing.rule.clone()),
        meeting: (ballot.form == BallotForm::Meeting).then(|| {
            Link::new(format!("/ballots/{}/meeting", ballot.id), Text::said("ballots-meeting"))
        }),
        marks: marks(file),
        cited: file.around.short.iter().map(|side| voice::cite(&side.rule)).collect(),
        readers: readers(file),
        earlier: earlier::lines(file),
        concluding: conclusion::concluding(file, again),
        mandates: mandates::mandates(file, again),
        duties: duties::duties(file, again),
        faults: again.map(|again| again.summary()).unwrap_or_default(),
        cite: again.and_then(|again| again.cite.clone()),
        typed: again.map(Again::refused_words).unwrap_or_default(),
        forms,
    }
}

/// The ballot of an address; anything else is not found.
pub fn ballot_id(id: &str) -> Result<BallotId, WebError> {
    id.parse().map_err(|_| WebError::not_found())
}

/// The page of a ballot, empty or with a form that came back.
pub async fn page(
    app: &App,
    actor: Actor,
    id: BallotId,
    again: Option<&Again>,
) -> Result<Page, WebError> {
    let now = app.now();
    let mut file = app.read(move |conn| read_whole(conn, id, &actor, now)).await?;
    file.fresh = app.chance.token();
    // The record of a committee is kept in Chinese, whoever writes it.
    let (words, zone) = (&app.words, app.settings.site.zone);
    file.drafted = drafted(&file, &Voice { words, zone, locale: Locale::Chinese });
    Ok(Page::new("pages/ballots/show", &view(&file, again)))
}

#[get("/ballots/<id>")]
async fn show(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Page, WebError> {
    page(app, signed_in.actor, ballot_id(id)?, None).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show]
}
