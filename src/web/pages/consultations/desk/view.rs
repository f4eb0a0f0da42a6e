//! The page of the desk: the figures, the ways to narrow them, and the table by clause.

use std::collections::BTreeMap;

use quanheng_actions::names::fold;
use quanheng_db::rounds::CommentRow;
use quanheng_domain::Keyed;
use quanheng_domain::comment::{Answers, CommentKind, CommentSource, Disposition, Reaction};
use quanheng_domain::ids::PersonId;
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

/// Clauses shown among the busiest.
const BUSIEST: usize = 5;

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
    // A form that came back is shown with its comment, even where the comment no longer fits what was chosen.
    let came_back = |row: &CommentRow| back.is_some_and(|back| back.is_of(row.serial));
    let kept: Vec<&CommentRow> =
        file.comments.iter().filter(|row| sieve.keeps(file, row) || came_back(row)).collect();
    let total = kept.len() as u64;
    let round = file.case.round.id;
    let pager = Pager::new(sieve.page(), size, total, |page| sieve.on_page(round, page));
    let from = usize::try_from(pager.first.saturating_sub(1)).unwrap_or(0);
    let to = usize::try_from(pager.last).unwrap_or(kept.len()).min(kept.len());
    let shown = &kept[from.min(to)..to];
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
            title: Text::said(if file.comments.is_empty() { "rdesk-none" } else { "rdesk-no-hit" }),
            text: None,
            action: sieve.narrows().then(|| {
                Link::new(Sieve::default().with(round, "", ""), Text::said("filters-clear"))
            }),
        }),
    }
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
    let count =
        |keep: &dyn Fn(&&CommentRow) -> bool| file.comments.iter().filter(keep).count() as u64;
    let open = count(&|row| sieve::is_open(row));
    let sum = |label: &str, value: u64, status: &str, tone: Tone| Sum {
        label: Text::said(label),
        value,
        href: none.with(round, "status", status),
        tone: if value == 0 { Tone::Faded } else { tone },
    };
    let mut all = vec![
        sum("rdesk-total", file.comments.len() as u64, "", Tone::Plain),
        sum("rdesk-open", open, sieve::OPEN, Tone::Warn),
        sum("rdesk-late", count(&|row| row.late), sieve::LATE, Tone::Plain),
    ];
    let proposed = count(&|row| sieve::is_proposed(file, row));
    if proposed > 0 {
        all.push(sum("rdesk-proposed", proposed, sieve::PROPOSED, Tone::Info));
    }
    let nobody = count(&|row| {
        sieve::is_open(row) && file.care.get(&row.id).is_none_or(|care| care.owner_id.is_none())
    });
    if nobody > 0 && open > 0 {
        all.push(Sum {
            label: Text::said("rdesk-nobody"),
            value: nobody,
            href: Sieve::default().with(round, "owner", sieve::NOBODY),
            tone: Tone::Plain,
        });
    }
    let objected =
        file.reactions.values().filter(|said| said.reaction == Reaction::Objects).count() as u64;
    if objected > 0 || !row::is_settling(file) {
        all.push(sum("rdesk-objected", objected, sieve::OBJECTED, Tone::Bad));
    }
    all
}

fn settled(file: &DeskFile) -> Option<Meter> {
    let all = file.comments.len() as u64;
    let of = |code: Disposition| {
        file.comments.iter().filter(|row| row.disposition == Some(code)).count() as u64
    };
    let part = |class: &'static str, code: Disposition| {
        let text = Text::said("rdesk-part").with_text("what", &word_of(code)).with("n", of(code));
        (class, of(code), text)
    };
    let open = file.comments.iter().filter(|row| row.disposition.is_none()).count() as u64;
    let label = Text::said("rounds-settled")
        .with("done", file.comments.iter().filter(|row| !sieve::is_open(row)).count() as u64)
        .with("all", all);
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
    let count = |keep: &dyn Fn(&CommentRow) -> bool| {
        file.comments.iter().filter(|row| keep(row)).count() as u64
    };
    let option = |name: &str, value: &str, text: Text, count: u64| FacetOption {
        chosen: sieve.value(name) == value,
        href: sieve.with(round, name, if sieve.value(name) == value { "" } else { value }),
        text,
        count,
    };
    let mut status =
        vec![option("status", sieve::OPEN, Text::said("rdesk-open"), count(&sieve::is_open))];
    status.extend(Disposition::ALL.iter().map(|code| {
        let amount = count(&|row| row.disposition == Some(*code));
        option("status", code.key(), word_of(*code), amount)
    }));
    let kinds = CommentKind::ALL
        .iter()
        .map(|kind| option("kind", kind.key(), word(*kind), count(&|row| row.kind == *kind)));
    let sources = CommentSource::ALL.iter().map(|source| {
        option("source", source.key(), word(*source), count(&|row| row.source == *source))
    });
    let owned = |id: Option<PersonId>| {
        count(&|row| file.care.get(&row.id).and_then(|care| care.owner_id) == id)
    };
    let nobody = option("owner", sieve::NOBODY, Text::said("rdesk-nobody"), owned(None));
    let owners = file
        .owners
        .iter()
        .map(|(id, name)| option("owner", &id.to_string(), Text::plain(name), owned(Some(*id))));
    let owners = std::iter::once(nobody).chain(owners);
    let busiest = busiest(file).into_iter().map(|(clause, amount)| {
        let value = if clause.is_empty() { sieve::WHOLE } else { clause };
        option("clause", value, clause_text(clause), amount)
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

/// The clauses with most comments, the busiest first.
fn busiest(file: &DeskFile) -> Vec<(&str, u64)> {
    let mut counts: BTreeMap<String, (usize, &str, u64)> = BTreeMap::new();
    for (at, row) in file.comments.iter().enumerate() {
        counts.entry(fold(&row.clause)).or_insert((at, &row.clause, 0)).2 += 1;
    }
    let mut all: Vec<_> = counts.into_values().collect();
    // Of equal counts the one that stands first in the text.
    all.sort_by_key(|(at, _, count)| (std::cmp::Reverse(*count), *at));
    all.into_iter().take(BUSIEST).map(|(_, clause, count)| (clause, count)).collect()
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

fn groups(
    file: &DeskFile,
    sieve: &Sieve,
    shown: &[&CommentRow],
    back: Option<&Back>,
) -> Vec<Group> {
    let mut groups: Vec<(String, Group)> = Vec::new();
    for (at, row) in shown.iter().enumerate() {
        let next = shown.get(at + 1).map(|next| next.serial);
        let line = row::line(file, sieve, row, next, back);
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
