//! Cited texts: how they stand on the day asked about, and whether list and text agree (引用文件).

use std::collections::{HashMap, HashSet};

use quanheng_domain::check::{CheckKind, Standing};

use super::{
    Finding, Known,
    citations::{Citation, of},
    outline::Outline,
};

pub(super) fn check(text: &Outline, known: &dyn Known) -> Vec<Finding> {
    let all = of(text);
    let (listed, cited): (Vec<&Citation>, Vec<&Citation>) =
        all.iter().filter(|citation| !citation.front).partition(|citation| citation.listed);
    let mut found = standing(&listed, &cited, known);
    let mut years: HashMap<&str, Vec<&Citation>> = HashMap::new();
    let mut seen = HashSet::new();
    for citation in &listed {
        if !seen.insert(citation.number.as_str()) {
            found.push(finding(CheckKind::ListedTwice, citation));
        }
        years.entry(&citation.text).or_default().push(citation);
    }
    let mut told = HashSet::new();
    for citation in &cited {
        let rule = agrees(citation, years.get(citation.text.as_str()).map(Vec::as_slice));
        let Some((rule, list)) = rule.filter(|(rule, _)| told.insert((*rule, &citation.number)))
        else {
            continue;
        };
        found.push(finding(rule, citation).with("listed", list));
    }
    let used: HashSet<&str> = cited.iter().map(|citation| citation.text.as_str()).collect();
    let idle = listed.iter().filter(|citation| !used.contains(citation.text.as_str()));
    found.extend(idle.map(|citation| finding(CheckKind::ListedNotCited, citation)));
    found
}

fn finding(rule: CheckKind, citation: &Citation) -> Finding {
    Finding::new(rule, &citation.at, &citation.words).with("number", &citation.number)
}

/// What is wrong between a citation and the list, with what the list has.
fn agrees(citation: &Citation, list: Option<&[&Citation]>) -> Option<(CheckKind, String)> {
    let Some(list) = list else { return Some((CheckKind::CitedNotListed, String::new())) };
    let years: Vec<u16> = list.iter().filter_map(|listed| listed.year).collect();
    let told = list.iter().map(|listed| listed.number.as_str()).collect::<Vec<_>>().join("、");
    match citation.year {
        None if years.len() == list.len() => Some((CheckKind::CitedUndated, told)),
        Some(year) if !years.contains(&year) => Some((CheckKind::CitedOtherYear, told)),
        _ => None,
    }
}

/// How each cited text stands, told once, in the list if it is listed.
fn standing(listed: &[&Citation], cited: &[&Citation], known: &dyn Known) -> Vec<Finding> {
    let mut told = HashSet::new();
    let mut found = Vec::new();
    for citation in listed.iter().chain(cited) {
        if !told.insert(citation.number.as_str()) {
            continue;
        }
        let own = citation.number.starts_with("JJ");
        let finding = |rule| finding(rule, citation);
        found.extend(match known.status(&citation.number) {
            Some(Standing::InForce) => None,
            Some(Standing::NotYet) => Some(finding(CheckKind::CitedNotYet)),
            Some(Standing::Replaced { by }) => {
                Some(finding(CheckKind::CitedReplaced).with("by", by))
            }
            Some(Standing::Abolished) => Some(finding(CheckKind::CitedAbolished)),
            Some(Standing::Unknown) => own.then(|| finding(CheckKind::CitedUnknown)),
            // A number without year need not be what a register keeps.
            None => (own && citation.year.is_some()).then(|| finding(CheckKind::CitedUnknown)),
        });
    }
    found
}
