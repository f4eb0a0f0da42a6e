//! The page of the desk: the figures, the ways to narrow them, and the table by clause.

use quanheng_actions::names::fold;
use quanheng_db::rounds::CommentRow;
use quanheng_domain::Keyed;
use quanheng_domain::comment::{Answers, CommentKind, CommentSource, Disposition};
use serde::Serialize;

use super::super::super::projects::word;
use super::super::answers::{self, AnswersView};
use super::read::DeskFile;
use super::row::{self, Back, Line, RulingView};
use super::sieve::{self, Sieve};
use crate::views::{
    Chosen, Crumb, Deadline, Empty, Facet, FacetOption, Field, FieldKind, FormFault, Link, Meter,
    PageHead, Pager, Pill, RuleCite, Text, Tone,
};

/// The view of `pages/consultations/desk`.
#[derive(Serialize)]
pub struct DeskPage {
    head: PageHead,
    faults: Vec<FormFault>,
    cite: Option<RuleCite>,
    sums: Vec<Sum>,
    due: Option<Deadline>,
    settled: Option<Meter>,
    answers: Option<AnswersView>,
    facets: Vec<Facet>,
    search: Search,
    groups: Vec<Group>,
    pager: Option<Pager>,
    bulk: Option<RulingView>,
    exports: Vec<Link>,
    stock: Stock,
    import: Import,
    empty: Option<Empty>,
}

/// The reasons in stock, by number, and the forms that keep them.
#[derive(Serialize)]
struct Stock {
    action: String,
    reasons: Vec<StockReason>,
}

#[derive(Serialize)]
struct StockReason {
    n: usize,
    id: String,
    body: String,
}

fn stock(file: &DeskFile) -> Stock {
    let reason = |(at, row): (usize, &quanheng_db::comment_care::StockReasonRow)| StockReason {
        n: at + 1,
        id: row.id.to_string(),
        body: row.body.clone(),
    };
    Stock {
        action: format!("/consultations/{}/desk/stock", file.case.round.id),
        reasons: file.stock.iter().enumerate().map(reason).collect(),
    }
}

/// The form that takes tables in.
#[derive(Serialize)]
struct Import {
    action: String,
    fields: Vec<Field>,
    /// The tables that came in before.
    list: Link,
}

fn import(file: &DeskFile) -> Import {
    let field = |kind: FieldKind, name: &str| Field::new(kind, name, Text::word("rimport", name));
    let ways =
        [CommentSource::Mail, CommentSource::Letter, CommentSource::Meeting, CommentSource::Import];
    let today = quanheng_domain::deadline::day_of(file.now).to_string();
    let mut fields = vec![
        field(FieldKind::File, "file")
            .attr("accept", ".docx,.xlsx,.csv")
            .attr("multiple", "multiple")
            .required(),
    ];
    if file.secretariat {
        let source = field(FieldKind::Select, "source");
        fields.extend([
            field(FieldKind::Text, "sender")
                .hint(Text::said("rimport-sender-hint"))
                .attr("maxlength", 200),
            field(FieldKind::Email, "address")
                .hint(Text::said("rimport-address-hint"))
                .attr("maxlength", 200),
            ways.iter().fold(source, |field, way| field.choice(way.key(), word(*way))),
            field(FieldKind::Date, "received_on").value(today.clone()).attr("max", today),
            field(FieldKind::Select, "unknown_clause")
                .choice("wait", Text::said("rimport-unknown-wait"))
                .choice("whole", Text::said("rimport-unknown-whole")),
        ]);
    }
    let round = file.case.round.id;
    Import {
        action: format!("/consultations/{round}/import"),
        fields,
        list: Link::new(format!("/consultations/{round}/imports"), Text::said("rimport-list")),
    }
}

/// A figure of the overview, leading to its rows.
#[derive(Serialize)]
struct Sum {
    label: Text,
    value: u64,
    href: String,
    tone: Tone,
}

#[derive(Serialize)]
struct Search {
    action: String,
    kept: Vec<(&'static str, String)>,
    q: String,
    total: Text,
    chosen: Vec<Chosen>,
    clear: Option<String>,
}

/// The comments on one clause.
#[derive(Serialize)]
struct Group {
    title: Text,
    count: u64,
    open: u64,
    lines: Vec<Line>,
}

/// The page; `size` is how many comments stand on it.
pub fn page(file: &DeskFile, sieve: &Sieve, size: u64, back: Option<&Back>) -> DeskPage {
    let (total, round) = (file.total, file.case.round.id);
    let pager = Pager::new(sieve.page(), size, total, |page| sieve.on_page(round, page));
    let shown = &file.rows;
    DeskPage {
        head: head(file),
        faults: back.map(Back::summary).unwrap_or_default(),
        cite: back.and_then(|back| back.cite.clone()),
        sums: sums(file),
        due: file
            .due
            .as_ref()
            .map(|due| Deadline::new(due.due_at, file.now).labelled(word(due.kind))),
        settled: settled(file),
        answers: answers::view(Answers::count(file.asked.iter().map(|line| line.answer))),
        facets: facets(file, sieve),
        search: search(file, sieve, total),
        groups: groups(file, sieve, shown, back),
        pager: (total > size).then_some(pager),
        bulk: (!shown.is_empty()).then(|| row::bulk(file, sieve, back)).flatten(),
        exports: exports(file),
        stock: stock(file),
        import: import(file),
        empty: shown.is_empty().then(|| Empty {
            title: Text::said(if file.counts.all == 0 { "rdesk-none" } else { "rdesk-no-hit" }),
            text: None,
            action: sieve.narrows().then(|| {
                Link::new(Sieve::default().with(round, "", ""), Text::said("filters-clear"))
            }),
        }),
    }
}

/// The view of `pages/consultations/desk-comment`.
#[derive(Serialize)]
pub struct CommentPage {
    head: PageHead,
    line: Line,
}

/// The page of one comment of the desk; none if there is no such comment.
pub fn comment(file: &DeskFile, sieve: &Sieve, next: Option<i32>) -> Option<CommentPage> {
    let row = file.rows.first()?;
    let mut head = head(file);
    head.title = Text::said("rounds-number").with("n", row.serial);
    if let Some(desk) = head.crumbs.last_mut() {
        desk.href = Some(sieve.at_comment(file.case.round.id, row.serial));
    }
    head.crumbs.push(Crumb { text: head.title.clone(), href: None });
    head.actions.clear();
    Some(CommentPage { head, line: row::alone(file, sieve, row, next) })
}

fn head(file: &DeskFile) -> PageHead {
    let (round, project) = (&file.case.round, &file.case.project);
    let mut head = PageHead::new(Text::said("rdesk-title"));
    head.crumbs = vec![
        Crumb {
            text: Text::plain(&project.title_zh),
            href: Some(format!("/projects/{}", project.id)),
        },
        Crumb {
            text: Text::said("projects-round")
                .with("n", round.ordinal)
                .with_text("purpose", &word(round.purpose)),
            href: Some(format!("/consultations/{}", round.id)),
        },
        Crumb { text: Text::said("rdesk-title"), href: None },
    ];
    head.code = project.number.clone();
    head.lead = Some(Text::plain(&project.title_zh));
    head.pill = Some(Pill::new(word(round.status), Tone::Info));
    if file.secretariat {
        let href = format!("/consultations/{}/letters", round.id);
        head.actions = vec![Link::new(href, Text::said("letters-title"))];
    }
    let href = format!("/consultations/{}/places", round.id);
    head.actions.push(Link::new(href, Text::said("places-title")));
    let href = format!("/consultations/{}/matrix", round.id);
    head.actions.push(Link::new(href, Text::said("matrix-title")));
    head
}

fn exports(file: &DeskFile) -> Vec<Link> {
    let link = |format: &str, name: &str| {
        Link::new(format!("/consultations/{}/table.{format}", file.case.round.id), name)
    };
    let iso = |format: &str, name: &str| {
        let href = format!("/consultations/{}/table-iso.{format}", file.case.round.id);
        Link::new(href, name)
    };
    vec![
        link("docx", "Word"),
        link("xlsx", "Excel"),
        link("csv", "CSV"),
        iso("docx", "ISO Word"),
        iso("xlsx", "ISO Excel"),
    ]
}

fn sums(file: &DeskFile) -> Vec<Sum> {
    let round = file.case.round.id;
    let none = Sieve::default();
    let counts = &file.counts;
    let open = counts.open();
    let sum = |label: &str, value: u64, status: &str, tone: Tone| Sum {
        label: Text::said(label),
        value,
        href: none.with(round, "status", status),
        tone: if value == 0 { Tone::Faded } else { tone },
    };
    let mut all = vec![
        sum("rdesk-total", counts.all, "", Tone::Plain),
        sum("rdesk-open", open, sieve::OPEN, Tone::Warn),
        sum("rdesk-late", counts.late, sieve::LATE, Tone::Plain),
    ];
    if counts.proposed > 0 {
        all.push(sum("rdesk-proposed", counts.proposed, sieve::PROPOSED, Tone::Info));
    }
    let nobody = counts.open_of_nobody;
    if nobody > 0 {
        all.push(Sum {
            label: Text::said("rdesk-nobody"),
            value: nobody,
            href: Sieve::default().with(round, "owner", sieve::NOBODY),
            tone: Tone::Plain,
        });
    }
    let objected = file.objected;
    if objected > 0 || !row::is_settling(file) {
        all.push(sum("rdesk-objected", objected, sieve::OBJECTED, Tone::Bad));
    }
    all
}

fn settled(file: &DeskFile) -> Option<Meter> {
    let all = file.counts.all;
    let of = |code: Disposition| file.counts.ruled(code);
    let part = |class: &'static str, code: Disposition| {
        let text = Text::said("rdesk-part").with_text("what", &word_of(code)).with("n", of(code));
        (class, of(code), text)
    };
    let open = file.counts.open() - of(Disposition::Pending);
    let label =
        Text::said("rounds-settled").with("done", all - file.counts.open()).with("all", all);
    let parts = [
        part("good", Disposition::Accepted),
        part("info", Disposition::Partly),
        part("bad", Disposition::Rejected),
        part("recused", Disposition::Merged),
        part("abstain", Disposition::Withdrawn),
        part("warn", Disposition::Pending),
        ("silent", open, Text::said("rdesk-part-open").with("n", open)),
    ];
    (all > 0).then(|| Meter::of(label, &parts, all, None))
}

fn word_of(code: Disposition) -> Text {
    Text::word("disposition", code.key())
}

fn facets(file: &DeskFile, sieve: &Sieve) -> Vec<Facet> {
    let round = file.case.round.id;
    let counts = &file.counts;
    let option = |name: &str, value: &str, text: Text, count: u64| FacetOption {
        chosen: sieve.value(name) == value,
        href: sieve.with(round, name, if sieve.value(name) == value { "" } else { value }),
        text,
        count,
    };
    let mut status = vec![option("status", sieve::OPEN, Text::said("rdesk-open"), counts.open())];
    status.extend(
        Disposition::ALL
            .iter()
            .map(|code| option("status", code.key(), word_of(*code), counts.ruled(*code))),
    );
    let kinds = CommentKind::ALL
        .iter()
        .map(|kind| option("kind", kind.key(), word(*kind), amount(&counts.kinds, *kind)));
    let sources = CommentSource::ALL
        .iter()
        .map(|way| option("source", way.key(), word(*way), amount(&counts.sources, *way)));
    let nobody = option("owner", sieve::NOBODY, Text::said("rdesk-nobody"), counts.of_nobody());
    let owners = file.owners.iter().map(|(id, name)| {
        option("owner", &id.to_string(), Text::plain(name), amount(&counts.owners, *id))
    });
    let owners = std::iter::once(nobody).chain(owners);
    let busiest = counts.busiest.iter().map(|(clause, amount)| {
        let value = if clause.is_empty() { sieve::WHOLE } else { clause };
        option("clause", value, clause_text(clause), *amount)
    });
    let facet = |title: &str, options: Vec<FacetOption>| Facet {
        title: Text::said(title),
        options: options.into_iter().filter(|option| option.count > 0 || option.chosen).collect(),
    };
    let all = [
        facet("rdesk-by-status", status),
        facet("rdesk-by-clause", busiest.collect()),
        facet("rdesk-by-kind", kinds.collect()),
        facet("rdesk-by-source", sources.collect()),
        facet("rdesk-by-owner", owners.collect()),
    ];
    all.into_iter().filter(|facet| !facet.options.is_empty()).collect()
}

fn amount<T: PartialEq>(counts: &[(T, u64)], wanted: T) -> u64 {
    counts.iter().filter(|(what, _)| *what == wanted).map(|(_, n)| n).sum()
}

fn clause_text(clause: &str) -> Text {
    if clause.is_empty() { Text::said("rounds-whole-text") } else { Text::plain(clause) }
}

fn search(file: &DeskFile, sieve: &Sieve, total: u64) -> Search {
    let round = file.case.round.id;
    let said = |name: &str, value: &str| match (name, value) {
        ("status", sieve::OPEN) => Text::said("rdesk-open"),
        ("status", sieve::LATE) => Text::said("rdesk-late"),
        ("status", sieve::PROPOSED) => Text::said("rdesk-proposed"),
        ("status", sieve::OBJECTED) => Text::said("rdesk-objected"),
        ("status", code) => Text::word("disposition", code),
        ("kind", key) => Text::word("comment-kind", key),
        ("source", key) => Text::word("comment-source", key),
        ("class", key) => Text::word("recipient-class", key),
        ("clause", sieve::WHOLE) => Text::said("rounds-whole-text"),
        ("owner", sieve::NOBODY) => Text::said("rdesk-nobody"),
        ("owner", sieve::ME) => Text::said("rdesk-mine"),
        ("owner", id) => {
            let named = file.owners.iter().find(|(owner, _)| owner.to_string() == id);
            Text::plain(named.map_or(id, |(_, name)| name.as_str()))
        }
        ("same", serial) => Text::said("rdesk-same-as").with("n", serial),
        (_, value) => Text::plain(value),
    };
    let chosen = sieve
        .chosen()
        .map(|(name, value)| Chosen { text: said(name, value), href: sieve.with(round, name, "") })
        .collect();
    Search {
        action: format!("/consultations/{round}/desk"),
        kept: sieve
            .chosen()
            .filter(|(name, _)| *name != "q")
            .map(|(name, value)| (name, value.to_owned()))
            .collect(),
        q: sieve.value("q").to_owned(),
        total: Text::said("rdesk-found").with("n", total),
        chosen,
        clear: sieve.narrows().then(|| Sieve::default().with(round, "", "")),
    }
}

/// The lines of a page up to which each carries its forms; the forms of two hundred weigh a megabyte.
const FORMS_WITH_LINES: usize = 20;

fn groups(file: &DeskFile, sieve: &Sieve, shown: &[CommentRow], back: Option<&Back>) -> Vec<Group> {
    let line_of = if shown.len() > FORMS_WITH_LINES { row::short_line } else { row::line };
    let mut groups: Vec<(String, Group)> = Vec::new();
    for (at, row) in shown.iter().enumerate() {
        let next = shown.get(at + 1).map(|next| next.serial);
        let line = line_of(file, sieve, row, next, back);
        let key = fold(&row.clause);
        let open = u64::from(sieve::is_open(row));
        match groups.last_mut().filter(|(last, _)| *last == key) {
            Some((_, group)) => {
                group.count += 1;
                group.open += open;
                group.lines.push(line);
            }
            None => {
                let title = clause_text(&row.clause);
                groups.push((key, Group { title, count: 1, open, lines: vec![line] }));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
