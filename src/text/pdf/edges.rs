//! Running heads, feet and page numbers: what stands at the same place of many pages is no text.

use std::collections::HashMap;

use super::lines::Line;

/// How many lines from the top and the bottom of a page may be a head or foot.
const EDGE: usize = 3;

/// Takes heads, feet and page numbers out.
pub(super) fn leave_out(pages: &mut [Vec<Line>]) {
    let filled = pages.iter().filter(|lines| !lines.is_empty()).count();
    let mut met: HashMap<(String, i32), usize> = HashMap::new();
    for lines in pages.iter() {
        for at in edge(lines.len()) {
            *met.entry(sign(&lines[at])).or_default() += 1;
        }
    }
    // Heads differ between left and right pages, so a third of the pages is many.
    let many = (filled / 3).max(2);
    for lines in pages.iter_mut() {
        let count = lines.len();
        let at_edge: Vec<bool> = (0..count).map(|at| at < EDGE || at + EDGE >= count).collect();
        let outermost = |at: usize| at == 0 || at + 1 == count;
        let mut at = 0;
        lines.retain(|line| {
            let here = at;
            at += 1;
            let repeated =
                at_edge[here] && met.get(&sign(line)).is_some_and(|times| *times >= many);
            let numbered = filled > 1 && outermost(here) && is_page_number(&line.text());
            !(repeated || numbered)
        });
    }
}

fn edge(count: usize) -> impl Iterator<Item = usize> {
    (0..count).filter(move |at| *at < EDGE || at + EDGE >= count)
}

/// The words without digits, and the place from the bottom: a head with the number of the page is the same on every page.
fn sign(line: &Line) -> (String, i32) {
    let words = line.text().chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect();
    ((words), (line.y / 6.0).round() as i32)
}

/// `3`, `- 3 -`, `Ⅱ`, `第 3 页 共 12 页`.
fn is_page_number(text: &str) -> bool {
    let bare: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '—' | '–' | '·' | '/'))
        .collect();
    let bare = bare.trim_matches(['第', '页']);
    let digits = |text: &str| {
        !text.is_empty() && text.len() <= 4 && text.chars().all(|c| c.is_ascii_digit())
    };
    let roman = |text: &str| {
        !text.is_empty()
            && text.chars().count() <= 6
            && text.chars().all(|c| "IVXLivxl".contains(c) || ('Ⅰ'..='ⅿ').contains(&c))
    };
    let both = bare.split_once("页共").is_some_and(|(one, all)| digits(one) && digits(all));
    digits(bare) || roman(bare) || both
}
