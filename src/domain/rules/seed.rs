//! The first fill of the four named profiles, kept as data beside the code.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::profile::{Profile, RuleText};

/// The names of the profiles that the product brings with it.
pub const SEED_NAMES: [&str; 4] = ["national", "jiangsu", "hubei", "mot"];

const SEED_TEXTS: [&str; 4] = [
    include_str!("../data/rules/national.toml"),
    include_str!("../data/rules/jiangsu.toml"),
    include_str!("../data/rules/hubei.toml"),
    include_str!("../data/rules/mot.toml"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedFile {
    name: String,
    valid_from: NaiveDate,
    rule: Vec<RuleText>,
}

// Read once: a profile is asked for its first fill whenever it is loaded.
static SEEDS: LazyLock<Vec<Profile>> =
    LazyLock::new(|| SEED_TEXTS.iter().map(|text| read(text)).collect());

/// The first fill of the profile of this name.
pub fn seed(name: &str) -> Option<Profile> {
    SEEDS.iter().find(|profile| profile.name == name).cloned()
}

/// The first fill of all named profiles, in the order of `SEED_NAMES`.
pub fn seeds() -> Vec<Profile> {
    SEEDS.clone()
}

fn read(text: &str) -> Profile {
    let file: SeedFile = toml::from_str(text).expect("a test reads every seed that is compiled in");
    Profile::from_texts(None, file.name, file.valid_from, file.rule, None)
        .expect("a test reads every seed that is compiled in")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Keyed,
        document::{DocumentCase, DocumentKind},
        rules::{
            FastTrack, Mark, OverdueAction, OverrideFault, ReviewForm, Rule, RuleFault, RuleKey,
            TitleLevel, compare, keys,
        },
        specification::Category,
        term::Term,
    };

    fn text(profile: &Profile, key: &str) -> String {
        profile.rule(RuleKey::from_key(key).unwrap()).value.to_string()
    }

    #[test]
    fn every_seed_is_complete_and_bears_its_name() {
        let names: Vec<_> = seeds().iter().map(|profile| profile.name.clone()).collect();
        assert_eq!(names, SEED_NAMES);
        for profile in seeds() {
            assert_eq!(profile.rules().count(), RuleKey::ALL.len());
        }
        assert!(seed("elsewhere").is_none());
    }

    #[test]
    fn every_rule_names_its_source_and_only_read_texts_are_confirmed() {
        for profile in seeds() {
            for rule in profile.rules() {
                assert!(!rule.source.is_empty(), "{}: {}", profile.name, rule.key);
                assert!(!rule.confirmed || rule.mark == Mark::C, "{}: {}", profile.name, rule.key);
                assert!(
                    rule.mark != Mark::D || rule.article.is_empty(),
                    "{}: {}",
                    profile.name,
                    rule.key
                );
            }
        }
    }

    #[test]
    fn the_figures_of_the_first_fill() {
        let table = [
            ("publicity_days_project", ["30 days", "30 days", "30 days", "30 days"]),
            ("comment_days_min", ["60 days", "30 days", "30 days", "30 days"]),
            ("comment_days_floor", ["30 days", "30 days", "30 days", "30 days"]),
            ("comment_recipients_min", ["20", "20", "5", "20"]),
            ("review_papers_lead", ["1 months", "1 months", "1 months", "1 months"]),
            ("review_papers_lead_corr", ["2 months", "1 months", "1 months", "1 months"]),
            (
                "review_form_jjg",
                ["meeting_preferred", "meeting_required", "meeting_required", "meeting_preferred"],
            ),
            ("quorum_fraction", ["2/3", "2/3", "2/3", "2/3"]),
            ("pass_fraction", ["3/4", "3/4", "3/4", "3/4"]),
            ("expert_group_min", ["none", "7", "7", "none"]),
            ("external_expert_share_min", ["none", "1/2", "1/2", "none"]),
            ("drafters_max", ["none", "none", "none", "7"]),
            ("drafters_per_entity_max", ["none", "none", "none", "3"]),
            ("project_months_new", ["24 months", "24 months", "24 months", "18 months"]),
            ("project_months_revise", ["18 months", "24 months", "24 months", "18 months"]),
            ("extension_times", ["1", "1", "1", "0"]),
            ("overdue_action", ["flag", "flag", "flag", "auto_lapse"]),
            ("members_min", ["15", "11", "11", "11"]),
            ("annual_report_due", ["01-31", "01-31", "01-31", "01-31"]),
            ("assessment_full_years", ["3 years", "1 years", "1 years", "1 years"]),
        ];
        let seeds = seeds();
        for (key, wanted) in table {
            let found: Vec<_> = seeds.iter().map(|profile| text(profile, key)).collect();
            assert_eq!(found, wanted, "{key}");
        }
    }

    #[test]
    fn lookups_have_the_type_of_their_key() {
        let national = seed("national").unwrap();
        assert_eq!(national.get(keys::COMMENT_DAYS_MIN), Term::days(60));
        assert_eq!(national.get(keys::QUORUM_FRACTION).to_string(), "2/3");
        assert_eq!(national.get(keys::MATTER_PASS_FRACTION).to_string(), ">1/2");
        assert_eq!(national.get(keys::DRAFTERS_MAX), None);
        assert_eq!(national.get(keys::FAST_TRACK_REVISION), FastTrack::AuthorityConsent);
        assert_eq!(national.get(keys::MEMBER_MIN_TITLE), TitleLevel::AssociateSenior);
        assert!(!national.get(keys::DRAFTER_CAN_VOTE));
        let mot = seed("mot").unwrap();
        assert_eq!(mot.get(keys::DRAFTERS_MAX), Some(7));
        assert_eq!(mot.get(keys::OVERDUE_ACTION), OverdueAction::AutoLapse);
        assert_eq!(mot.rule(RuleKey::DraftersMax).article, "第十条");
        for category in Category::ALL.iter().copied() {
            assert_ne!(mot.review_form(category), ReviewForm::Either);
        }
        let jiangsu = seed("jiangsu").unwrap();
        assert_eq!(
            jiangsu.review_form(Category::VerificationRegulation),
            ReviewForm::MeetingRequired
        );
        assert_eq!(
            jiangsu.review_form(Category::CalibrationSpecification),
            ReviewForm::MeetingPreferred
        );
    }

    #[test]
    fn document_lists_follow_the_case() {
        let (national, hubei) = (seed("national").unwrap(), seed("hubei").unwrap());
        let vocabulary = DocumentCase::plain(Category::Other);
        let calibration = DocumentCase::plain(Category::CalibrationSpecification);
        let asks = |profile: &Profile, case| {
            profile.documents(keys::DOCS_COMMENT_DRAFT, case).contains(&DocumentKind::TestReport)
        };
        assert!(asks(&national, &vocabulary) && asks(&national, &calibration));
        assert!(!asks(&hubei, &vocabulary) && asks(&hubei, &calibration));
        let adopting = DocumentCase { adoption: true, meeting: true, ..calibration };
        let dossier = national.documents(keys::DOCS_DOSSIER, &adopting);
        assert!(
            dossier.contains(&DocumentKind::SourceTranslation)
                && dossier.contains(&DocumentKind::SignInSheet)
        );
        assert!(!dossier.contains(&DocumentKind::DissentPapers));
    }

    #[test]
    fn every_fault_of_a_profile_is_listed_at_once() {
        let national = seed("national").unwrap();
        let mut texts: Vec<RuleText> = national.rules().map(RuleText::from).collect();
        texts.retain(|rule| rule.key != "term_years");
        for (key, value) in
            [("quorum_fraction", "4/3"), ("comment_days_floor", "90"), ("reexam_years", "0")]
        {
            texts.iter_mut().find(|rule| rule.key == key).unwrap().value = value.into();
        }
        texts.push(RuleText { key: "no_such_rule".into(), ..texts[0].clone() });
        texts.push(texts[0].clone());
        let faults =
            Profile::from_texts(None, "x", national.valid_from, texts, None).unwrap_err().0;
        let has =
            |wanted: fn(&RuleFault) -> bool| faults.iter().filter(|fault| wanted(fault)).count();
        assert_eq!(has(|fault| matches!(fault, RuleFault::Value { .. })), 2, "{faults:?}");
        assert_eq!(has(|fault| matches!(fault, RuleFault::Missing { key: RuleKey::TermYears })), 1);
        assert_eq!(
            has(|fault| matches!(
                fault,
                RuleFault::Contradiction { low: RuleKey::CommentDaysFloor, .. }
            )),
            1
        );
        assert_eq!(has(|fault| matches!(fault, RuleFault::UnknownKey { .. })), 1);
        assert_eq!(has(|fault| matches!(fault, RuleFault::Twice { .. })), 1);
        assert_eq!(faults.len(), 6, "{faults:?}");
    }

    #[test]
    fn a_profile_survives_its_own_text_and_an_older_one_is_filled_up() {
        for profile in seeds() {
            let texts: Vec<_> = profile.rules().map(RuleText::from).collect();
            let again = Profile::from_texts(
                None,
                profile.name.clone(),
                profile.valid_from,
                texts.clone(),
                None,
            )
            .unwrap();
            assert!(compare(&profile, &again).is_empty());
            let older = texts.into_iter().filter(|rule| !rule.key.starts_with("docs_"));
            let filled =
                Profile::from_texts(None, "older", profile.valid_from, older, Some(&profile))
                    .unwrap();
            assert!(compare(&profile, &filled).iter().all(|difference| !difference.value));
        }
    }

    #[test]
    fn comparison_tells_values_from_grounds() {
        let (national, jiangsu) = (seed("national").unwrap(), seed("jiangsu").unwrap());
        let differences = compare(&national, &jiangsu);
        let of = |key| differences.iter().find(|difference| difference.key == key);
        assert!(of(RuleKey::CommentDaysMin).unwrap().value);
        assert!(!of(RuleKey::QuorumFraction).unwrap().value);
        assert!(of(RuleKey::CommentDaysFloor).is_none());
    }

    #[test]
    fn a_committee_departs_only_as_far_as_it_may() {
        let national = seed("national").unwrap();
        let own = |key: RuleKey, value: &str| Rule {
            value: crate::rules::RuleValue::parse(&key.definition(), value).unwrap(),
            ..national.rule(key).clone()
        };
        let longer = national.overridden_by([own(RuleKey::CommentDaysMin, "90")]).unwrap();
        assert_eq!(longer.get(keys::COMMENT_DAYS_MIN), Term::days(90));
        let faults = national
            .overridden_by([
                own(RuleKey::CommentDaysMin, "45"),
                own(RuleKey::QuorumFraction, "1/2"),
                own(RuleKey::MembersMax, "80"),
            ])
            .unwrap_err();
        assert_eq!(faults.len(), 3);
        assert!(faults.iter().all(|fault| matches!(fault, OverrideFault::NotAllowed { .. })));
        assert!(national.overridden_by([own(RuleKey::OverdueAction, "auto_lapse")]).is_err());
    }

    #[test]
    fn the_version_of_a_day_is_the_latest_begun() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let first = seed("national").unwrap();
        let mut second = first.clone();
        second.valid_from = day("2026-01-01");
        let versions = [second, first];
        let on = |text| Profile::in_force_on(&versions, day(text)).unwrap().valid_from;
        assert_eq!(on("2025-12-31"), day("2024-05-01"));
        assert_eq!(on("2026-01-01"), day("2026-01-01"));
        assert_eq!(on("1999-01-01"), day("2024-05-01"));
        assert!(Profile::in_force_on(&[], day("2026-01-01")).is_none());
    }
}
