//! Studies that compare a text with international documents (国际比对研究, FM-28): clause by clause, open to everybody; those in whose care
//! the text is begin, fill and conclude them.

use std::collections::HashMap;

use quanheng_actions::ActionError;
use quanheng_actions::specification::care;
use quanheng_actions::specification::comparison::{
    self as verbs, Begin, Conclude, Line, StrikeLine,
};
use quanheng_db::comparisons::{self, ComparisonLineRow, ComparisonRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::comparison::{Difference, StudyConclusion};
use quanheng_domain::ids::{ObjectId, SpecificationId};
use quanheng_domain::people::Actor;
use quanheng_domain::{Keyed, deadline};
use rocket::{Route, get, post, routes};

use crate::pages::projects::{Again, Fold, FormView, Part, word};
use crate::pages::public::{clause_href, edition};
use crate::pages::reader::{Back, Reader, SignedReader, back};
use crate::pages::sections::{self, Card, Section, Sections};
use crate::views::{Cell, Deadline, Field, FieldKind, Pill, Row, Table, Text, Tone};
use crate::{Done, Page, Typed, WebError};

const LEAF: &str = "comparisons";

struct Read {
    edition: SpecificationRow,
    studies: Vec<ComparisonRow>,
    lines: HashMap<ObjectId, Vec<ComparisonLineRow>>,
    keeps: bool,
}

fn label(field: &str) -> Text {
    Text::word("comparison-field", field)
}

/// The address of the studies of a text.
pub fn href(row: &SpecificationRow) -> String {
    format!("{}/{LEAF}", edition::href(row))
}

fn tone(difference: Difference) -> Tone {
    match difference {
        Difference::Same | Difference::Editorial => Tone::Good,
        Difference::Stricter | Difference::OursOnly => Tone::Info,
        Difference::Laxer | Difference::Technical | Difference::TheirsOnly => Tone::Warn,
    }
}

fn table(read: &Read, lines: &[ComparisonLineRow]) -> Table {
    let line = |row: &ComparisonLineRow| Row {
        cells: vec![
            Cell::link(
                clause_href(&read.edition, &row.clause),
                Text::plain(format!("{} / {}", row.clause, row.source_clause)),
            )
            .note(Text::plain(&row.indicator)),
            Cell::text(row.ours.clone()),
            Cell::text(row.theirs.clone()),
            Cell::pill(Pill::new(word(row.difference), tone(row.difference)))
                .note(Text::plain(&row.cause)),
        ],
        id: Some(format!("line-{}-{}", row.comparison_id, row.ordinal)),
        ..Row::default()
    };
    sections::table(
        Text::said("comparison-lines"),
        &[
            "comparison-column-clause",
            "comparison-column-ours",
            "comparison-column-theirs",
            "comparison-column-difference",
        ],
        lines.iter().map(line).collect(),
        "comparison-lines-none",
    )
}

fn long(part: &Part<'_>, name: &str) -> Field {
    part.field(FieldKind::Textarea, name, label(name)).attr("rows", 2).attr("maxlength", 2_000)
}

fn filling(study: ObjectId, path: &str, again: Option<&Again>) -> Vec<Fold> {
    let key = format!("line-{study}");
    let part = Part::new(&key, again);
    let short = |name: &str| {
        let words = label(&name.replace('_', "-"));
        part.field(FieldKind::Text, name, words).attr("maxlength", 120)
    };
    let fields = vec![
        short("clause"),
        short("source_clause"),
        short("indicator").required(),
        long(&part, "ours"),
        long(&part, "theirs"),
        part.choice(FieldKind::Select, "difference", label("difference"), Difference::ALL)
            .required(),
        long(&part, "cause").hint(Text::said("comparison-hint-cause")),
    ];
    let line = FormView {
        action: format!("{path}/{study}/lines"),
        fields,
        button: Text::said("comparison-line-add"),
    };
    let strike_key = format!("strike-{study}");
    let strike_part = Part::new(&strike_key, again);
    let strike = FormView {
        action: format!("{path}/{study}/strike"),
        fields: vec![
            strike_part.field(FieldKind::Number, "line", label("line")).required().attr("min", 1),
        ],
        button: Text::said("comparison-line-strike"),
    };
    let end_key = format!("conclude-{study}");
    let end_part = Part::new(&end_key, again);
    let conclude = FormView {
        action: format!("{path}/{study}/conclude"),
        fields: vec![
            end_part
                .choice(FieldKind::Radio, "conclusion", label("conclusion"), StudyConclusion::ALL)
                .required(),
            long(&end_part, "note").required(),
        ],
        button: Text::said("comparison-conclude"),
    };
    vec![
        part.fold("comparison-line-one", line),
        strike_part.fold("comparison-strike-one", strike),
        end_part.fold("comparison-conclude-one", conclude),
    ]
}

fn study(read: &Read, row: &ComparisonRow, again: Option<&Again>) -> Section {
    let lines = read.lines.get(&row.id).map(Vec::as_slice).unwrap_or_default();
    let mut card = Card::new(format!("owner-{}", row.id), Text::plain(&row.owner));
    card.pill = Some(match row.conclusion {
        Some(conclusion) => Pill::new(word(conclusion), Tone::Good),
        None => Pill::new(Text::said("comparison-running"), Tone::Info),
    });
    card.lines.push(Text::said("comparison-due").with_date("day", row.due_on));
    if let Some(at) = row.concluded_at {
        card.lines.push(
            Text::said("comparison-concluded-on")
                .with_date("day", deadline::day_of(at))
                .with("note", row.note.as_str()),
        );
    }
    let fills = read.keeps && row.concluded_at.is_none();
    Section {
        cards: vec![card],
        table: Some(table(read, lines)),
        folds: if fills { filling(row.id, &href(&read.edition), again) } else { Vec::new() },
        ..Section::new(&format!("study-{}", row.id), Text::plain(&row.source))
    }
}

fn beginning(read: &Read, again: Option<&Again>) -> Section {
    let part = Part::new("begin", again);
    let source =
        part.field(FieldKind::Text, "source", label("source")).required().attr("maxlength", 200);
    let source = match part.is_back() {
        true => source,
        false => source.value(read.edition.adopted_source.as_str()),
    };
    let fields = vec![
        source.hint(Text::said("comparison-hint-source")),
        part.field(FieldKind::Text, "owner", label("owner")).required().attr("maxlength", 200),
        part.field(FieldKind::Email, "owner_address", label("owner-address"))
            .hint(Text::said("comparison-hint-owner-address"))
            .attr("maxlength", 254),
        part.field(FieldKind::Date, "due_on", label("due-on")).required(),
    ];
    let form =
        FormView { action: href(&read.edition), fields, button: Text::said("comparison-begin") };
    Section {
        folds: vec![part.fold("comparison-begin-one", form)],
        ..Section::new("begin", Text::said("comparison-begin-title"))
    }
}

fn read(conn: &mut AnyConn, actor: &Actor, edition: SpecificationRow) -> Result<Read, ActionError> {
    let studies = comparisons::of_edition(conn, edition.id)?;
    let ids: Vec<ObjectId> = studies.iter().map(|row| row.id).collect();
    let mut lines: HashMap<ObjectId, Vec<ComparisonLineRow>> = HashMap::new();
    for line in comparisons::lines_of(conn, &ids)? {
        lines.entry(line.comparison_id).or_default().push(line);
    }
    Ok(Read { keeps: care::keeps(actor, &edition), edition, studies, lines })
}

fn shown(read: &Read, again: Option<&Again>) -> Sections {
    let mut head = edition::head(&read.edition, "comparison-title");
    head.lead = Some(Text::said("comparison-lead"));
    let mut all: Vec<Section> = read.studies.iter().map(|row| study(read, row, again)).collect();
    if all.is_empty() {
        let none = Some(Text::said("comparison-none"));
        all.push(Section { lead: none, ..Section::new("none", Text::said("comparison-title")) });
    }
    if read.keeps {
        all.push(beginning(read, again));
    }
    Sections::new(head, all, again)
}

async fn page(
    reader: Reader<'_>,
    id: SpecificationId,
    again: Option<Again>,
) -> Result<Page, WebError> {
    super::page(reader, id, read, |read| shown(read, again.as_ref())).await
}

#[get("/specifications/<number>/comparisons")]
async fn show(reader: Reader<'_>, number: &str) -> Result<Page, WebError> {
    let id = reader.edition(number).await?;
    page(reader, id, None).await
}

fn study_id(study: &str) -> Result<ObjectId, WebError> {
    study.parse().map_err(|_| WebError::not_found())
}

fn of(study: ObjectId, key: &str) -> Back {
    back(format!("study-{study}"), key)
}

#[post("/specifications/<number>/comparisons", data = "<typed>")]
async fn begin(reader: SignedReader<'_>, number: &str, typed: Typed) -> Result<Done, WebError> {
    let sent = reader.0.sent_below(number, LEAF, typed).await?;
    let specification = sent.about;
    sent.act(
        "begin",
        |form| {
            Ok(Begin {
                specification,
                source: form.line("source"),
                owner: form.line("owner"),
                owner_address: form.line("owner_address"),
                due_on: form.needed_day("due_on")?,
            })
        },
        |tx, actor, command| Ok(of(verbs::begin(tx, actor, command)?, "comparison-begun")),
        page,
    )
    .await
}

#[post("/specifications/<number>/comparisons/<study>/lines", data = "<typed>")]
async fn add_line(
    reader: SignedReader<'_>,
    number: &str,
    study: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let study = study_id(study)?;
    let sent = reader.0.sent_below(number, LEAF, typed).await?;
    sent.act(
        format!("line-{study}"),
        |form| {
            Ok(Line {
                study,
                clause: form.line("clause"),
                source_clause: form.line("source_clause"),
                indicator: form.line("indicator"),
                ours: form.text("ours"),
                theirs: form.text("theirs"),
                difference: form.choice("difference")?,
                cause: form.text("cause"),
            })
        },
        move |tx, actor, command| {
            verbs::add_line(tx, actor, command)?;
            Ok(of(study, "comparison-line-added"))
        },
        page,
    )
    .await
}

#[post("/specifications/<number>/comparisons/<study>/strike", data = "<typed>")]
async fn strike(
    reader: SignedReader<'_>,
    number: &str,
    study: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let study = study_id(study)?;
    let sent = reader.0.sent_below(number, LEAF, typed).await?;
    sent.act(
        format!("strike-{study}"),
        |form| Ok(StrikeLine { study, ordinal: form.needed_number("line")? }),
        move |tx, actor, command| {
            verbs::strike_line(tx, actor, command)?;
            Ok(of(study, "comparison-line-struck"))
        },
        page,
    )
    .await
}

#[post("/specifications/<number>/comparisons/<study>/conclude", data = "<typed>")]
async fn conclude(
    reader: SignedReader<'_>,
    number: &str,
    study: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let study = study_id(study)?;
    let sent = reader.0.sent_below(number, LEAF, typed).await?;
    sent.act(
        format!("conclude-{study}"),
        |form| {
            let conclusion = form.choice("conclusion")?;
            Ok(Conclude { study, conclusion, note: form.text("note") })
        },
        move |tx, actor, command| {
            verbs::conclude(tx, actor, command)?;
            Ok(of(study, "comparison-concluded"))
        },
        page,
    )
    .await
}

/// The studies that run, as tasks with owner and day, for the page of international sources.
pub fn tasks(
    rows: &[ComparisonRow],
    texts: &[(SpecificationId, &SpecificationRow)],
    now: chrono::DateTime<chrono::Utc>,
) -> Table {
    let line = |row: &ComparisonRow| {
        let (_, text) = texts.iter().find(|(id, _)| *id == row.specification_id)?;
        let due = deadline::end_of(row.due_on);
        let closes = Cell { deadline: Some(Deadline::new(due, now)), ..Cell::default() };
        let to = format!("{}#study-{}", href(text), row.id);
        let title =
            Cell { code: Some(text.number.clone()), ..Cell::link(to, Text::plain(&row.source)) };
        Some(Row { cells: vec![title, Cell::text(row.owner.clone()), closes], ..Row::default() })
    };
    sections::table(
        Text::said("comparison-tasks"),
        &["comparison-column-study", "comparison-column-owner", "comparison-column-due"],
        rows.iter().filter_map(line).collect(),
        "comparison-tasks-none",
    )
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, begin, add_line, strike, conclude]
}
