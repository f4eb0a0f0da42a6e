//! The pages of tables: the list, the columns to be said, the rows that wait, and what came of the others.

use quanheng_actions::round::Progress;
use quanheng_actions::round::table::RowFault;
use quanheng_db::comment_imports::ImportLineRow;
use quanheng_domain::comment::{ImportRowState, ImportState};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_tables::formats::{Format as _, Opinions};
use quanheng_tables::{Columns, column_message_key};
use serde::Serialize;

use super::super::super::projects::word;
use super::read::{All, File};
use crate::typed::Typed;
use crate::views::{
    Cell, Column, Crumb, Empty, Field, FieldKind, FormFault, Link, Meter, PageHead, Pill, Row,
    Table, Text, Tone,
};
use crate::voice;

/// The columns that a form of a row always shows.
const ALWAYS: [&str; 8] =
    ["clause", "comment_kind", "comment", "proposal", "comment_reason", "unit", "author", "email"];
/// Columns with long texts.
const LONG: [&str; 4] = ["comment", "proposal", "comment_reason", "disposition_reason"];
/// Rows of the file that are shown for each heading while its meaning is asked.
const SAMPLES: usize = 3;
/// Rows of each kind that a page shows at most; the marked copy has them all.
const SHOWN: usize = 100;

/// A form that came back.
pub struct Back {
    /// Its name.
    pub form: String,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Vec<FieldFault>,
}

/// The form of a row that waits.
pub fn form_of(line: i64) -> String {
    format!("r{line}")
}

/// Whether a field of such a form is a cell.
pub fn is_cell(field: &str) -> bool {
    Opinions::COLUMNS.0.iter().any(|column| column.key == field)
}

fn head(file: &super::read::All) -> PageHead {
    crumbs(&file.case, Text::said("rimport-list"), None)
}

fn crumbs(case: &quanheng_actions::round::Case, title: Text, below: Option<&str>) -> PageHead {
    let round = case.round.id;
    let mut head = PageHead::new(title.clone());
    let crumb = |text: Text, href: String| Crumb { text, href: Some(href) };
    head.crumbs = vec![
        crumb(Text::plain(&case.project.title_zh), format!("/projects/{}", case.project.id)),
        crumb(Text::said("rdesk-title"), format!("/consultations/{round}/desk")),
    ];
    if below.is_some() {
        let href = format!("/consultations/{round}/imports");
        head.crumbs.push(crumb(Text::said("rimport-list"), href));
    }
    head.crumbs.push(Crumb { text: title, href: None });
    head.code = case.project.number.clone();
    head
}

/// The view of `pages/consultations/imports`.
#[derive(Serialize)]
pub struct ListPage {
    head: PageHead,
    table: Table,
    back: Link,
}

/// The list of tables.
pub fn list(all: &All) -> ListPage {
    let round = all.case.round.id;
    let row = |(import, document, counts): &(
        _,
        Option<quanheng_db::documents::DocumentRow>,
        std::collections::BTreeMap<ImportRowState, i64>,
    )| {
        let import: &quanheng_db::comment_imports::ImportRow = import;
        let name = document.as_ref().map_or("", |file| file.file_name.as_str());
        let waiting = counts.get(&ImportRowState::Waiting).copied().unwrap_or_default();
        let state = match import.state {
            ImportState::Columns => Pill::new(Text::said("rimport-columns-open"), Tone::Warn),
            ImportState::Entering => Pill::new(word(import.state), Tone::Info),
            ImportState::Read if waiting > 0 => {
                Pill::new(Text::said("rimport-waits").with("n", waiting), Tone::Warn)
            }
            ImportState::Read => Pill::new(word(import.state), Tone::Good),
            ImportState::Undone => Pill::new(word(import.state), Tone::Faded),
        };
        let parts: Vec<Text> = counts
            .iter()
            .map(|(state, n)| {
                Text::said("rdesk-part").with_text("what", &word(*state)).with("n", *n)
            })
            .collect();
        let sender = if import.sender.is_empty() { &import.address } else { &import.sender };
        Row {
            cells: vec![
                Cell::link(format!("/consultations/{round}/imports/{}", import.id), name).note(
                    Text::said("rimport-at").with_instant("at", import.created_at.to_rfc3339()),
                ),
                Cell::text(sender.as_str()),
                Cell::pill(state),
                Cell::text(Text::said("rimport-parts").with_list("parts", &parts)),
            ],
            ..Row::default()
        }
    };
    let columns = ["file", "sender", "state", "rows"];
    ListPage {
        head: head(all),
        table: Table {
            caption: Text::said("rimport-list"),
            caption_hidden: true,
            columns: columns.map(|key| Column::new(Text::word("rimport-list", key))).to_vec(),
            rows: all.tables.iter().map(row).collect(),
            empty: Some(Empty { title: Text::said("rimport-list-none"), text: None, action: None }),
        },
        back: Link::new(format!("/consultations/{round}/desk#import"), Text::said("rimport-back")),
    }
}

/// One row that waits.
#[derive(Serialize)]
struct Waiting {
    id: String,
    line: i64,
    faults: Vec<Text>,
    action: String,
    fields: Vec<Field>,
    whole: bool,
    throw: Option<Throw>,
}

#[derive(Serialize)]
struct Throw {
    action: String,
    reason: Field,
    open: bool,
}

#[derive(Serialize)]
struct ColumnsForm {
    action: String,
    version: i64,
    fields: Vec<Field>,
}

/// The form that takes a table back.
#[derive(Serialize)]
struct Undo {
    action: String,
    version: i64,
    reason: Field,
    open: bool,
}

fn undo(file: &File, path: &str, back: Option<&Back>) -> Option<Undo> {
    let back = back.filter(|back| back.form == "undo");
    let open = file.secretariat
        && matches!(file.import.state, ImportState::Read | ImportState::Entering)
        && file.case.must_not_have_ended().is_ok();
    open.then(|| Undo {
        action: format!("{path}/undo"),
        version: file.import.version,
        reason: Field::new(FieldKind::Text, "undo.reason", Text::said("rimport-undo-reason"))
            .value(back.map_or("", |back| back.typed.raw("undo.reason")))
            .fault(back.and_then(|back| voice::fault_at(&back.faults, "reason")))
            .attr("maxlength", 2_000)
            .required(),
        open: back.is_some(),
    })
}

/// The view of `pages/consultations/import`.
#[derive(Serialize)]
pub struct ImportPage {
    head: PageHead,
    faults: Vec<FormFault>,
    sentence: Option<Text>,
    told: Option<Text>,
    entering: Option<Meter>,
    columns: Option<ColumnsForm>,
    waiting: Vec<Waiting>,
    waiting_count: u64,
    waiting_more: Option<Text>,
    links: Vec<Link>,
    doubtful: Option<Table>,
    thrown: Option<Table>,
    notes: Vec<Text>,
    undo: Option<Undo>,
}

/// The page of one table.
pub fn page(file: &File, back: Option<&Back>) -> ImportPage {
    let (round, import) = (file.case.round.id, &file.import);
    let path = format!("/consultations/{round}/imports/{}", import.id);
    let name = Text::plain(&file.document.file_name);
    let count = |state: ImportRowState| {
        file.lines.iter().filter(|(line, _)| line.state == state).count() as u64
    };
    let asks = import.state == ImportState::Columns;
    let mut links =
        vec![Link::new(format!("/consultations/{round}/desk"), Text::said("rimport-back"))];
    if !asks {
        links.push(Link::new(format!("{path}/copy"), Text::said("rimport-copy")));
    }
    let waiting_count = count(ImportRowState::Waiting);
    let waiting = file
        .lines
        .iter()
        .filter(|(line, _)| line.state == ImportRowState::Waiting)
        .take(SHOWN)
        .map(|(line, faults)| waiting(file, &path, line, faults, back))
        .collect();
    ImportPage {
        head: crumbs(&file.case, name, Some("list")),
        faults: back.map(summary).unwrap_or_default(),
        entering: entering(file),
        sentence: (!asks).then(|| {
            Text::said("rimport-done")
                .with("created", count(ImportRowState::Entered))
                .with("changed", count(ImportRowState::Changed))
                .with("unchanged", count(ImportRowState::Unchanged))
                .with("bad", count(ImportRowState::Waiting))
                .with("thrown", count(ImportRowState::Thrown))
        }),
        told: import.told_at.map(|at| {
            Text::said("rimport-told")
                .with("address", import.address.as_str())
                .with_instant("at", at.to_rfc3339())
        }),
        columns: asks.then(|| columns(file, &path, back)),
        waiting,
        waiting_count,
        waiting_more: more("rimport-waiting-more", waiting_count),
        links,
        doubtful: doubtful(file),
        thrown: thrown(file),
        notes: notes(file),
        undo: undo(file, &path, back),
    }
}

fn summary(back: &Back) -> Vec<FormFault> {
    let fault = |fault: &FieldFault| FormFault {
        field: format!("{}.{}", back.form, fault.field),
        text: said_of_columns(fault).unwrap_or_else(|| voice::fault(fault)),
    };
    back.faults.iter().map(fault).collect()
}

/// A needed column that no heading means, or two headings that mean the same.
fn said_of_columns(fault: &FieldFault) -> Option<Text> {
    let key = fault.field.strip_prefix("columns.")?;
    Some(match fault.code {
        FaultCode::Missing => Text::said("rimport-column-missing")
            .with_text("column", &Text::said(column_message_key(key))),
        _ => Text::said("rimport-column-twice"),
    })
}

/// The question what each heading means, with the first cells below it; what is known is proposed.
fn columns(file: &File, path: &str, back: Option<&Back>) -> ColumnsForm {
    let back = back.filter(|back| back.form == "columns");
    let known: Columns = Opinions::COLUMNS;
    let empty = quanheng_tables::Table {
        headers: file.headings.clone(),
        rows: Vec::new(),
        notes: Vec::new(),
    };
    let table = file.table.as_ref().unwrap_or(&empty);
    let (matched, _) = known.assign(table, &file.said);
    let mut fields = Vec::new();
    for (at, heading) in table.headers.iter().enumerate() {
        let name = format!("columns.c{at}");
        let samples: Vec<Text> = table
            .rows
            .iter()
            .map(|row| row.cell(at).trim())
            .filter(|cell| !cell.is_empty())
            .take(SAMPLES)
            .map(|cell| Text::plain(quanheng_tables::excerpt(cell)))
            .collect();
        let chosen = match back {
            Some(back) => back.typed.raw(&name).to_owned(),
            None => matched.key_at(at).unwrap_or_default().to_owned(),
        };
        let label = match heading.is_empty() {
            true => Text::said("rimport-heading-none").with("n", at as u64 + 1),
            false => Text::plain(heading),
        };
        let field = Field::new(FieldKind::Select, &name, label)
            .value(chosen)
            .choice("", Text::said("rimport-leave-aside"));
        let field = match samples.is_empty() {
            true => field.hint(Text::said("rimport-sample-none")),
            false => field.hint(Text::said("rimport-sample").with_list("cells", &samples)),
        };
        fields.push(known.0.iter().fold(field, |field, column| {
            field.choice(column.key, Text::said(column_message_key(column.key)))
        }));
    }
    let unknown = if file.import.as_whole { "whole" } else { "wait" };
    fields.push(
        Field::new(
            FieldKind::Select,
            "columns.unknown_clause",
            Text::word("rimport", "unknown_clause"),
        )
        .value(back.map_or(unknown, |back| back.typed.raw("columns.unknown_clause")))
        .choice("wait", Text::said("rimport-unknown-wait"))
        .choice("whole", Text::said("rimport-unknown-whole")),
    );
    ColumnsForm { action: format!("{path}/columns"), version: file.import.version, fields }
}

fn reason(fault: &RowFault) -> Text {
    let why = Text::said(fault.reason.as_str()).with("found", fault.found.as_str());
    match &fault.column {
        Some(column) => Text::said("rimport-at-column")
            .with_text("column", &Text::said(column_message_key(column)))
            .with_text("why", &why),
        None => why,
    }
}

fn waiting(
    file: &File,
    path: &str,
    line: &ImportLineRow,
    faults: &[RowFault],
    back: Option<&Back>,
) -> Waiting {
    let form = form_of(line.line);
    let mine = back.filter(|back| back.form == form);
    let field = |key: &'static str| {
        let name = format!("{form}.{key}");
        let stored = line.cells[key].as_str().unwrap_or_default();
        let kind = if LONG.contains(&key) { FieldKind::Textarea } else { FieldKind::Text };
        let value = mine.map_or(stored, |back| back.typed.raw(&name));
        let fault = faults.iter().find(|fault| fault.column.as_deref() == Some(key));
        Field::new(kind, &name, Text::said(column_message_key(key))).value(value).fault(
            fault
                .map(|fault| Text::said(fault.reason.as_str()).with("found", fault.found.as_str())),
        )
    };
    let shown = |key: &&'static str| {
        // What is wrong must be there to be put right, even where nothing stood.
        let wrong = faults.iter().any(|fault| fault.column.as_deref() == Some(*key));
        wrong || ALWAYS.contains(key) || !line.cells[*key].as_str().unwrap_or_default().is_empty()
    };
    let keys = Opinions::COLUMNS.0.iter().map(|column| column.key);
    let throw_form = format!("t{}", line.line);
    let thrown = back.filter(|back| back.form == throw_form);
    let reason_name = format!("{throw_form}.reason");
    let throw = file.secretariat.then(|| Throw {
        action: format!("{path}/rows/{}/throw", line.line),
        reason: Field::new(FieldKind::Text, &reason_name, Text::said("rimport-throw-reason"))
            .value(thrown.map_or("", |back| back.typed.raw(&reason_name)))
            .fault(thrown.and_then(|back| voice::fault_at(&back.faults, "reason")))
            .attr("maxlength", 2_000)
            .required(),
        open: thrown.is_some(),
    });
    Waiting {
        id: format!("row-{}", line.line),
        line: line.line,
        faults: faults.iter().map(reason).collect(),
        action: format!("{path}/rows/{}", line.line),
        fields: keys.filter(shown).map(field).collect(),
        whole: faults.iter().any(|fault| fault.reason == "import-bad-no-such-clause"),
        throw,
    }
}

/// How many more there are than are shown.
fn more(key: &str, all: u64) -> Option<Text> {
    let shown = SHOWN as u64;
    (all > shown).then(|| Text::said(key).with("shown", shown).with("n", all - shown))
}

/// How far a long table has been entered.
fn entering(file: &File) -> Option<Meter> {
    let progress = Progress::of(&file.import)?;
    let (done, of) = (progress.done as u64, progress.of as u64);
    let said = |key: &str| Text::said(key).with("done", done).with("of", of).with("n", of - done);
    let parts =
        [("good", done, said("rimport-entered")), ("silent", of - done, said("rimport-to-enter"))];
    Some(Meter::of(said("rimport-entering"), &parts, of, None))
}

fn rows_table(title: &str, mut rows: Vec<Row>) -> Option<Table> {
    let columns = ["rimport-line", "rimport-comment", "rimport-why"];
    let left_out = more("rimport-rows-more", rows.len() as u64);
    rows.truncate(SHOWN);
    rows.extend(left_out.map(|text| Row {
        cells: vec![Cell::text(""), Cell::text(text), Cell::text("")],
        ..Row::default()
    }));
    (!rows.is_empty()).then(|| Table {
        caption: Text::said(title),
        caption_hidden: false,
        columns: columns.iter().map(|key| Column::new(Text::said(*key))).collect(),
        rows,
        empty: None,
    })
}

fn doubtful(file: &File) -> Option<Table> {
    let round = file.case.round.id;
    let entered = file
        .lines
        .iter()
        .filter(|(line, faults)| line.state != ImportRowState::Waiting && !faults.is_empty());
    let rows = entered.flat_map(|(line, faults)| {
        let serial = line.comment_id.and_then(|id| file.serials.get(&id));
        faults.iter().map(move |fault| Row {
            cells: vec![
                Cell::text(line.line.to_string()),
                serial.map_or_else(
                    || Cell::text(""),
                    |serial| {
                        let href = format!("/consultations/{round}/desk?at={serial}#c{serial}");
                        Cell::link(href, Text::said("rounds-number").with("n", *serial))
                    },
                ),
                Cell::text(reason(fault)),
            ],
            tone: Tone::Warn,
            id: None,
        })
    });
    rows_table("rimport-doubtful", rows.collect())
}

fn thrown(file: &File) -> Option<Table> {
    let thrown = file.lines.iter().filter(|(line, _)| line.state == ImportRowState::Thrown);
    let rows = thrown.map(|(line, _)| Row {
        cells: vec![
            Cell::text(line.line.to_string()),
            Cell::text(line.cells["comment"].as_str().unwrap_or_default()),
            Cell::text(line.note.as_str()),
        ],
        ..Row::default()
    });
    rows_table("rimport-thrown-rows", rows.collect())
}

/// What was assumed on reading; stored with its facts, said in the language of the reader.
fn notes(file: &File) -> Vec<Text> {
    let stored = file.import.notes.as_array().map(Vec::as_slice).unwrap_or_default();
    stored
        .iter()
        .filter_map(|note| {
            let mut text = Text::said(note["key"].as_str()?);
            for fact in note["facts"].as_array()? {
                text = text.with(fact[0].as_str()?, fact[1].clone());
            }
            Some(text)
        })
        .collect()
}
