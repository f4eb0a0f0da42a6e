//! Pages of the docs that are written from the tables of the program; `QUANHENG_BLESS=1 cargo test --test fences` writes them anew.

use std::{fmt::Write, fs, path::Path};

use quanheng_domain::lifecycle::{ROWS, Row, Target};
use quanheng_domain::stage::{Phase, Stage};
use quanheng_domain::{Keyed, Locale};
use quanheng_i18n::Words;
use quanheng_web::access::{Open, TABLE};

fn held(name: &str, page: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("QUANHENG_BLESS").is_some_and(|value| value == "1") {
        fs::write(&file, page).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == page, "docs/{name} is stale: QUANHENG_BLESS=1 cargo test --test fences");
}

/// The Chinese word of a key of a closed set.
fn word(words: &Words, set: &str, key: &str) -> String {
    let key = format!("{set}-{}", key.replace(['.', '_', '/', ' '], "-").to_lowercase());
    assert!(words.has(Locale::Chinese, &key), "{key}");
    words.text(Locale::Chinese, &key, &[])
}

fn list(words: &Words, set: &str, keys: impl Iterator<Item = &'static str>) -> String {
    keys.map(|key| word(words, set, key)).collect::<Vec<_>>().join("、")
}

fn target(words: &Words, row: &Row) -> String {
    match row.to {
        Target::To(stage) => format!("{} {}", stage.key(), word(words, "stage", stage.key())),
        Target::Abandoned => "本阶段终止 (.98)".to_owned(),
        Target::Stay => "原阶段".to_owned(),
        Target::Before => "撤回前的阶段".to_owned(),
    }
}

fn diagram(page: &mut String) {
    page.push_str("```mermaid\nstateDiagram-v2\n");
    for row in ROWS.iter().filter(|row| row.main) {
        let Target::To(to) = row.to else { continue };
        for from in row.from {
            let name = |stage: Stage| stage.key().replace('.', "_");
            writeln!(page, "    s{} --> s{}: {}", name(*from), name(to), row.key).unwrap();
        }
    }
    page.push_str("```\n\n");
}

fn lifecycle() -> String {
    let words = Words::load(None).unwrap();
    let mut page = String::from(
        "# Life cycle 全生命周期\n\n\
         Every stage and every move between them, written from `src/domain/lifecycle/moves.rs`. Do not edit this page: change the table, then run\n\
         `QUANHENG_BLESS=1 cargo test --test fences`.\n\n\
         The column *Row* names the row or exception of the domain rules. A move without a stage of origin can be taken from every stage that is not final.\n\
         A condition cites its rule when it refuses; its numbers stand in the rule profiles.\n\n\
         ## The normal path 主线\n\n",
    );
    diagram(&mut page);
    page.push_str("## Stages 阶段\n\n| Code | 阶段 | Final |\n| --- | --- | --- |\n");
    for stage in Stage::ALL {
        let last = if stage.is_final() { "final" } else { "" };
        writeln!(page, "| {} | {} | {last} |", stage.key(), word(&words, "stage", stage.key()))
            .unwrap();
    }
    for phase in Phase::ALL {
        let here: Vec<&Row> = ROWS
            .iter()
            .filter(|row| row.from.first().is_some_and(|stage| stage.phase() == *phase))
            .collect();
        let name = word(&words, "stage", phase.key());
        write!(page, "\n## From phase {} {name}\n\n", phase.key()).unwrap();
        rows(&words, &mut page, &here);
    }
    let anywhere: Vec<&Row> = ROWS.iter().filter(|row| row.from.is_empty()).collect();
    page.push_str("\n## From any stage that is not final 任何未结束的阶段\n\n");
    rows(&words, &mut page, &anywhere);
    page
}

fn rows(words: &Words, page: &mut String, rows: &[&Row]) {
    page.push_str("| Move | 事项 | Row | From | To | 办理方 | 条件 | 起算期限 | 通知 |\n");
    page.push_str("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for row in rows {
        let from: Vec<&str> = row.from.iter().map(|stage| stage.key()).collect();
        let needs: Vec<&str> = row.needs.iter().map(|need| need.key()).collect();
        let tells: Vec<&str> = row.tells.iter().map(|notice| notice.key()).collect();
        writeln!(
            page,
            "| `{}` | {} | {} | {} | {} | {} | {} | {} | {} |",
            row.key,
            word(words, "move", row.key.key()),
            row.source,
            from.join(", "),
            target(words, row),
            list(words, "party", row.who.iter().map(|party| party.key())),
            list(words, "need", needs.into_iter()),
            list(words, "deadline-kind", row.opens.iter().map(|kind| kind.key())),
            tells.join(", "),
        )
        .unwrap();
    }
}

fn permissions() -> String {
    let mut page = String::from(
        "# Permissions 权限\n\n\
         Who may open which address, written from `src/web/access.rs`. Do not edit this page: change the table, then run\n\
         `QUANHENG_BLESS=1 cargo test --test fences`.\n\n\
         What somebody may *do* there is decided by the action and the table of moves ([life cycle](lifecycle.md)): a column names the least that is asked to open\n\
         the address at all. What one may not know of is answered as not found.\n\n",
    );
    let kinds = [
        (Open::Public, "Everybody 任何人"),
        (Open::Link, "Holders of a one-time link 持一次性链接者"),
        (Open::SignedIn, "Anybody signed in 登录用户"),
        (Open::Officer, "Officers of an authority 主管部门人员"),
        (Open::Admin, "Administrators 系统管理员"),
        (Open::Api, "Programs with a token, or signed-in people 持令牌的程序或登录用户"),
    ];
    for (open, title) in kinds {
        write!(page, "## {title}\n\n| Method | Address |\n| --- | --- |\n").unwrap();
        let mut rows: Vec<_> = TABLE.iter().filter(|row| row.open == open).collect();
        rows.sort_by_key(|row| (row.path, row.method.as_str()));
        for row in rows {
            writeln!(page, "| {} | `{}` |", row.method, row.path).unwrap();
        }
        page.push('\n');
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

#[test]
fn the_page_of_the_life_cycle_is_fresh() {
    held("lifecycle.md", &lifecycle());
}

#[test]
fn the_page_of_permissions_is_fresh() {
    held("permissions.md", &permissions());
}
