//! Words for what rules and checks say: refusals, faults, rules. Pages get a [`Text`], the API the spoken sentence.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use quanheng_domain::document::{DocumentCondition, DocumentNeed};
use quanheng_domain::lifecycle::FieldFault;
use quanheng_domain::refusal::Refusal;
use quanheng_domain::rules::{Mark, Rule, RuleKind, RuleText, RuleUnit, RuleValue};
use quanheng_domain::term::Reminder;
use quanheng_domain::{Keyed, Locale};
use quanheng_i18n::Words;

use crate::helpers;
use crate::views::{RuleCite, Text};

/// Facts that some refusals of a code have and others lack; the sentences choose by `none`.
const PERHAPS: [&str; 6] = ["until", "person", "project", "serial", "closed_at", "move"];

/// The sentence of a refusal with its facts.
pub fn refusal(refusal: &Refusal) -> Text {
    let mut text = Text::word("refusal", &refusal.code.to_string());
    for name in PERHAPS {
        text = text.with(name, "none");
    }
    for (name, value) in refusal.facts.iter().filter(|(_, value)| !value.is_empty()) {
        text = fact(text, name, value);
    }
    text
}

/// The set whose key a fact holds, by the name of the fact.
fn set_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "who" => "party",
        "missing" | "kind" => "document-kind",
        "adjustment" => "adjustment-kind",
        "stage" => "stage",
        "state" => "report-state",
        "purpose" => "ballot-purpose",
        "role" => "role",
        "result" => "reexamination-result",
        "move" => "move",
        "code" => "disposition",
        "check" => "check-kind",
        _ => return None,
    })
}

/// A fact by its name (keys of closed sets) or shape: a day, an instant, a number, or words.
fn fact(text: Text, name: &str, value: &str) -> Text {
    if let Some(set) = set_of(name) {
        let words: Vec<Text> = value.split(',').map(|key| Text::word(set, key.trim())).collect();
        return text.with_list(name, &words);
    }
    if NaiveDate::parse_from_str(value, "%Y-%m-%d").is_ok() {
        return text.with_date(name, value);
    }
    if value.len() > 18 && DateTime::parse_from_rfc3339(value).is_ok() {
        // A moment at which something happened is no end of a day.
        return if name.ends_with("_at") {
            text.with_instant(name, value)
        } else {
            text.with_deadline(name, value)
        };
    }
    match value.parse::<i64>() {
        Ok(number) => text.with(name, number),
        Err(_) => text.with(name, value),
    }
}

/// The sentence of a fault at a field.
pub fn fault(fault: &FieldFault) -> Text {
    let text = Text::word("fault", &fault.code.to_string());
    match fault.bound {
        Some(bound) => text.with("bound", bound),
        None => text.with("bound", 0),
    }
}

/// The first fault of a field, for its place in the form.
pub fn fault_at(faults: &[FieldFault], field: &str) -> Option<Text> {
    faults.iter().find(|found| found.field == field).map(fault)
}

/// A rule as it is cited.
pub fn cite(rule: &RuleText) -> RuleCite {
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    RuleCite {
        key: rule.key.clone(),
        value: Text::plain(rule.value.clone()),
        article: some(&rule.article),
        source: match Mark::from_key(&rule.mark) {
            Ok(Mark::D) if rule.article.is_empty() => Some(Text::said("rule-source-own")),
            _ => some(&rule.source).map(Text::plain),
        },
        mark: rule.mark.clone(),
        confirmed: rule.confirmed,
        href: None,
    }
}

/// A rule as it is cited, its value in words.
pub fn cite_rule(rule: &Rule) -> RuleCite {
    RuleCite { value: rule_value(rule), ..cite(&RuleText::from(rule)) }
}

/// The value of a rule in words, with its unit.
pub fn rule_value(rule: &Rule) -> Text {
    let listed = |words: Vec<Text>| match words.is_empty() {
        true => Text::said("rule-value-none"),
        false => Text::said("rule-value-list").with_list("list", &words),
    };
    let figure = |unit: &str, figure: String| {
        let words = Text::word("rules-unit", unit);
        // A whole number goes as a number, for the words that differ by it.
        match figure.parse::<i64>() {
            Ok(number) => words.with("value", number),
            Err(_) => words.with("value", figure),
        }
    };
    match (&rule.value, rule.key.definition().kind) {
        (RuleValue::Absent, _) => Text::said("rule-value-none"),
        (RuleValue::Flag(true), _) => Text::said("rule-value-yes"),
        (RuleValue::Flag(false), _) => Text::said("rule-value-no"),
        (RuleValue::Choice(key), RuleKind::Choice(set)) => {
            Text::word(&format!("rule-choice-{}", set.key().replace('_', "-")), key)
        }
        (RuleValue::Categories(list), _) => {
            listed(list.iter().map(|one| Text::word("category", one.key())).collect())
        }
        (RuleValue::Recipients(list), _) => {
            listed(list.iter().map(|one| Text::word("recipient-class", one.key())).collect())
        }
        (RuleValue::Documents(list), _) => listed(list.iter().map(document_need).collect()),
        (RuleValue::Reminders(list), _) => listed(
            list.iter()
                .map(|one| match one {
                    Reminder::Before(term) => Text::said("rule-value-before").with_text(
                        "term",
                        &figure(RuleUnit::from(term.unit).key(), term.amount.to_string()),
                    ),
                    Reminder::Elapsed(share) => {
                        Text::said("rule-value-elapsed").with("share", share.to_string())
                    }
                })
                .collect(),
        ),
        _ => figure(rule.unit().key(), rule.value.figure()),
    }
}

/// A document with the number of paper copies that an authority wants of it.
pub fn copied(document: Text, copies: u8) -> Text {
    match copies {
        0 => document,
        copies => {
            Text::said("rule-value-copies").with_text("document", &document).with("n", copies)
        }
    }
}

fn document_need(need: &DocumentNeed) -> Text {
    let document = Text::word("document-kind", need.kind.key());
    let document = copied(document, need.copies);
    match need.when {
        DocumentCondition::Always => document,
        when => Text::said("rule-value-document")
            .with_text("document", &document)
            .with_text("when", &Text::word("document-condition", when.key())),
    }
}

/// The spoken sentence, for JSON.
pub fn speak(words: &Words, zone: Tz, locale: Locale, text: &Text) -> String {
    helpers::speak(words, zone, locale, text)
}

#[cfg(test)]
mod tests {
    use quanheng_domain::lifecycle::{Move, Openness, RoundStatus};
    use quanheng_domain::{
        ballot, comment, document, event, notice, people, records, refusal as no, rules,
    };

    use super::*;

    fn word<T: Keyed>(set: &str, missing: &mut Vec<String>, words: &Words) {
        for (locale, value) in
            Locale::ALL.iter().flat_map(|locale| T::ALL.iter().map(move |value| (*locale, *value)))
        {
            let key = crate::views::word_key(set, value.key());
            if !words.has(locale, &key) {
                missing.push(format!("{locale} {key}"));
            }
        }
    }

    #[test]
    fn every_key_that_people_meet_has_words_in_both_languages() {
        let (words, mut missing) = (Words::load(None).unwrap(), Vec::new());
        word::<no::RefusalCode>("refusal", &mut missing, &words);
        word::<quanheng_domain::lifecycle::FaultCode>("fault", &mut missing, &words);
        word::<Move>("move", &mut missing, &words);
        word::<people::Party>("party", &mut missing, &words);
        word::<people::Role>("role", &mut missing, &words);
        word::<people::ProjectRole>("project-role", &mut missing, &words);
        word::<people::Interest>("interest", &mut missing, &words);
        word::<document::DocumentKind>("document-kind", &mut missing, &words);
        word::<document::DocumentCondition>("document-condition", &mut missing, &words);
        word::<records::Visibility>("visibility", &mut missing, &words);
        word::<records::Origin>("origin", &mut missing, &words);
        word::<records::AdjustmentKind>("adjustment-kind", &mut missing, &words);
        word::<records::Decision>("decision", &mut missing, &words);
        word::<records::AnnouncementAct>("act", &mut missing, &words);
        word::<records::EvaluationSuggestion>("suggestion", &mut missing, &words);
        word::<records::FeedbackOutcome>("feedback-outcome", &mut missing, &words);
        word::<records::MailState>("mail-state", &mut missing, &words);
        word::<records::Choice>("vote", &mut missing, &words);
        word::<records::VoteChannel>("vote-channel", &mut missing, &words);
        word::<records::ReportState>("report-state", &mut missing, &words);
        word::<Openness>("openness", &mut missing, &words);
        word::<RoundStatus>("round-status", &mut missing, &words);
        word::<comment::RoundPurpose>("round-purpose", &mut missing, &words);
        word::<comment::RecipientAnswer>("recipient-answer", &mut missing, &words);
        word::<comment::Reaction>("reaction", &mut missing, &words);
        word::<comment::CommentKind>("comment-kind", &mut missing, &words);
        word::<comment::CommentSource>("comment-source", &mut missing, &words);
        word::<comment::Disposition>("disposition", &mut missing, &words);
        word::<ballot::BallotPurpose>("ballot-purpose", &mut missing, &words);
        word::<event::ObjectKind>("object-kind", &mut missing, &words);
        word::<notice::Audience>("audience", &mut missing, &words);
        word::<rules::RecipientClass>("recipient-class", &mut missing, &words);
        word::<quanheng_domain::check::CheckKind>("check-kind", &mut missing, &words);
        for set in rules::ChoiceSet::ALL {
            for (locale, option) in Locale::ALL
                .iter()
                .flat_map(|locale| set.options().into_iter().map(move |option| (*locale, option)))
            {
                let prefix = format!("rule-choice-{}", set.key().replace('_', "-"));
                let key = crate::views::word_key(&prefix, option);
                if !words.has(locale, &key) {
                    missing.push(format!("{locale} {key}"));
                }
            }
        }
        word::<rules::Mark>("mark", &mut missing, &words);
        for (locale, notice) in Locale::ALL
            .iter()
            .flat_map(|locale| notice::NoticeKey::ALL.iter().map(move |key| (*locale, *key)))
        {
            let key = format!("mail-{}-matter", notice.key().replace('_', "-"));
            if !words.has(locale, &key) {
                missing.push(format!("{locale} {key}"));
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn a_refusal_speaks_with_its_facts_in_words() {
        let words = Words::load(None).unwrap();
        let say = |locale, refusal: &Refusal| {
            speak(&words, Tz::Asia__Shanghai, locale, &super::refusal(refusal))
        };
        let missing = Refusal::new(no::RefusalCode::DocumentsMissing)
            .with("missing", "test_report,drafting_note");
        assert_eq!(say(Locale::Chinese, &missing), "尚缺必备文件：试验报告、编写说明。");
        assert_eq!(
            say(Locale::English, &missing),
            "Required documents are missing: test report, drafting note."
        );
        let open = Refusal::new(no::RefusalCode::RoundStillOpen);
        assert_eq!(say(Locale::Chinese, &open), "征求意见尚未截止。");
        let until = open.with("until", "2026-04-01T16:00:00+00:00");
        assert!(say(Locale::Chinese, &until).contains("24:00"), "{}", say(Locale::Chinese, &until));
    }
}
