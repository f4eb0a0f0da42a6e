//! One test for every row of the review and voting rules (domain rules, 3.6) that rules and figures alone decide; the rows about
//! what is kept and who is refused have theirs beside the verbs.

use super::{count, review, rule};
use crate::{
    Keyed,
    ballot::{BallotForm, BallotPurpose, Figures, TallyRule, excess_of_unit, tally},
    document::DocumentKind,
    lifecycle::{Move, Need, ROWS},
    people::Role,
    records::Choice,
    rules::{Mark, Profile, ReviewForm, keys, seed, seeds},
    specification::Category,
};

fn national() -> Profile {
    seed("national").unwrap()
}

fn cited(profile: &Profile, key: crate::rules::RuleKey) -> (Mark, String, String) {
    let rule = profile.rule(key);
    (rule.mark, rule.article.clone(), rule.source.clone())
}

#[test]
fn row_form_a_meeting_is_the_rule_and_some_texts_need_one() {
    let national = national();
    for category in Category::ALL.iter().copied() {
        assert_eq!(national.review_form(category), ReviewForm::MeetingPreferred, "{category}");
    }
    assert_eq!(cited(&national, keys::REVIEW_FORM_JJG.key()).0, Mark::C);
    let jiangsu = seed("jiangsu").unwrap();
    assert_eq!(
        jiangsu.review_form(Category::VerificationRegulation),
        ReviewForm::MeetingRequired,
        "local verification regulations are reviewed in a meeting"
    );
}

#[test]
fn row_quorum_two_thirds_of_all_members_take_part_or_the_review_is_invalid() {
    let national = national();
    assert_eq!(national.get(keys::QUORUM_FRACTION).to_string(), "2/3");
    let (mark, article, _) = cited(&national, keys::QUORUM_FRACTION.key());
    assert_eq!((mark, article.as_str()), (Mark::C, "第三十八条"));
    for members in 1..=60_u32 {
        let least = (1..=members).find(|there| 3 * there >= 2 * members).unwrap();
        let at = tally(&count(members, least, 0, least, 0, 0), &review());
        assert!(at.quorum_met && at.passed && at.quorum_needed == least, "{members}");
        let under = tally(&count(members, least - 1, 0, least - 1, 0, 0), &review());
        assert!(!under.quorum_met && !under.passed, "{members}");
    }
}

#[test]
fn row_majority_three_quarters_of_those_present_agree() {
    let national = national();
    assert_eq!(national.get(keys::PASS_FRACTION).to_string(), "3/4");
    assert_eq!(cited(&national, keys::PASS_FRACTION.key()).1, "第三十八条");
    for present in 1..=60_u32 {
        let least = (1..=present).find(|yes| 4 * yes >= 3 * present).unwrap();
        let at = tally(&count(present, present, 0, least, present - least, 0), &review());
        assert!(at.passed && at.yes_needed == least, "{present}");
        let under =
            tally(&count(present, present, 0, least - 1, present - least + 1, 0), &review());
        assert!(!under.passed, "{present}");
    }
}

#[test]
fn row_abstention_weighs_like_a_no_for_the_majority() {
    assert!(national().get(keys::ABSTENTION_COUNTS));
    for against in 0..=6 {
        let with_no = tally(&count(24, 24, 0, 18, against, 6 - against), &review());
        assert!(with_no.passed, "18 of 24 carry, whatever the six others say");
        let with_one_less = tally(&count(24, 24, 0, 17, against, 7 - against), &review());
        assert!(!with_one_less.passed);
    }
}

#[test]
fn row_non_voters_only_chair_vice_chairs_and_members_vote() {
    let voting: Vec<Role> = Role::ALL.iter().copied().filter(|role| role.is_voting()).collect();
    assert_eq!(voting, [Role::Chair, Role::ViceChair, Role::Member]);
    let national = national();
    assert!(national.get(keys::NON_VOTERS_SPEAK), "they are heard");
    assert_eq!(cited(&national, keys::NON_VOTERS_SPEAK.key()).0, Mark::C);
    assert!(!Role::Observer.may_speak() && Role::Invited.may_speak());
}

#[test]
fn row_correspondence_replies_are_counted_and_papers_are_out_two_months_before() {
    let national = national();
    assert_eq!(national.get(keys::REVIEW_PAPERS_LEAD_CORR).to_string(), "2 months");
    assert_eq!(national.get(keys::REVIEW_PAPERS_LEAD).to_string(), "1 months");
    let by_letter = rule(BallotPurpose::Review, BallotForm::Correspondence);
    assert_eq!(
        (by_letter.quorum.to_string(), by_letter.majority.to_string()),
        ("2/3".into(), "3/4".into())
    );
    for (members, replies, yes, passes) in [
        (32, 22, 17, true),
        (32, 22, 16, false),
        (32, 21, 21, false),
        (15, 10, 8, true),
        (15, 10, 7, false),
    ] {
        let result = tally(&count(members, replies, 0, yes, replies - yes, 0), &by_letter);
        assert_eq!(result.passed, passes, "{yes} of {replies} replies of {members}");
    }
}

#[test]
fn row_drafters_do_not_vote_and_their_unit_holds_a_quarter_at_most() {
    for profile in seeds() {
        assert!(!profile.get(keys::DRAFTER_CAN_VOTE), "{}", profile.name);
        let most = profile.get(keys::DRAFTER_UNIT_SHARE_MAX);
        assert_eq!(most.to_string(), "1/4", "{}", profile.name);
        for (voters, of_unit) in [(20, 10), (32, 9), (5, 5), (41, 11)] {
            let out = excess_of_unit(voters, of_unit, most);
            assert!(4 * (of_unit - out) <= voters - out);
            assert!(
                out == 0 || 4 * (of_unit - out + 1) > voters - out + 1,
                "not one more than needed"
            );
        }
    }
}

#[test]
fn row_user_side_a_quarter_comes_from_users_and_nothing_is_refused_for_it() {
    let national = national();
    assert_eq!(national.get(keys::USER_SHARE_MIN).to_string(), "1/4");
    assert_eq!(national.get(keys::USER_SHARE_MIN).at_least_of(21), 6);
    let few = |need: &Need| need.key().contains("user");
    assert!(ROWS.iter().all(|row| !row.needs.iter().any(few)), "a warning only");
}

#[test]
fn row_expert_group_has_its_size_and_share_from_outside_where_a_rule_sets_them() {
    let jiangsu = seed("jiangsu").unwrap();
    assert_eq!(jiangsu.get(keys::EXPERT_GROUP_MIN), Some(7));
    assert_eq!(jiangsu.get(keys::EXTERNAL_EXPERT_SHARE_MIN).unwrap().to_string(), "1/2");
    assert_eq!(cited(&jiangsu, keys::EXPERT_GROUP_MIN.key()).1, "第二十五条");
    assert_eq!(national().get(keys::EXPERT_GROUP_MIN), None, "the committee itself reviews");
}

#[test]
fn row_what_is_checked_is_the_review_draft_and_the_result_is_a_conclusion() {
    let kind = BallotPurpose::Review.kind();
    assert_eq!(kind.text, Some(DocumentKind::ReviewDraft));
    assert!(kind.concludes_review);
    let others = BallotPurpose::ALL.iter().filter(|purpose| **purpose != BallotPurpose::Review);
    for purpose in others {
        assert!(!purpose.kind().concludes_review, "{purpose} judges no text");
    }
    let pass = ROWS.iter().find(|row| row.key == Move::PassReview).unwrap();
    assert!(pass.needs.contains(&Need::Signed), "nothing passes before the conclusion is signed");
}

/// A rule as a profile might set it for another body.
fn of_another_body(quorum: &str, majority: &str, abstention_counts: bool) -> TallyRule {
    TallyRule {
        quorum: quorum.parse().unwrap(),
        majority: majority.parse().unwrap(),
        abstention_counts,
        ..review()
    }
}

#[test]
fn row_contrast_standards_committee_is_a_profile_with_other_shares() {
    // Final text: three quarters take part, two thirds of those who vote agree.
    let standards = of_another_body("3/4", "2/3", true);
    assert!(tally(&count(32, 24, 0, 16, 0, 8), &standards).passed);
    assert!(!tally(&count(32, 24, 0, 15, 0, 9), &standards).passed);
    assert!(!tally(&count(32, 23, 0, 23, 0, 0), &standards).quorum_met);
    // Other matters: a simple half, which the matters of a committee have here as well; a tie is none.
    let matter = rule(BallotPurpose::Matter, BallotForm::Meeting);
    assert!(tally(&count(24, 24, 0, 13, 11, 0), &matter).passed);
    assert!(!tally(&count(24, 24, 0, 12, 12, 0), &matter).passed);
}

#[test]
fn row_contrast_iso_leaves_abstentions_out() {
    let iso = of_another_body("1/2", "2/3", false);
    let counted = rule(BallotPurpose::Review, BallotForm::Correspondence);
    let votes = count(30, 30, 0, 14, 6, 10);
    assert!(tally(&votes, &iso).passed, "14 of the 20 who took a side");
    assert!(!tally(&votes, &counted).passed, "14 of 30 here");
    // At most a quarter against is three quarters in favour, once abstentions are out.
    let quarter_against = of_another_body("1/2", "3/4", false);
    assert!(tally(&count(30, 30, 0, 15, 5, 10), &quarter_against).passed);
    assert!(!tally(&count(30, 30, 0, 14, 6, 10), &quarter_against).passed);
}

#[test]
fn row_contrast_oiml_reasons_are_asked_of_no_and_abstention_where_a_rule_says_so() {
    for purpose in BallotPurpose::ALL.iter().copied() {
        let asked = |choice| purpose.kind().reasons(choice).map(|rule| rule.key());
        assert_eq!(asked(Choice::Yes), None);
        assert_eq!(asked(Choice::No), Some(keys::VOTE_NO_REASON_REQUIRED.key()));
        assert_eq!(asked(Choice::Abstain), Some(keys::VOTE_ABSTAIN_REASON_REQUIRED.key()));
    }
}

#[test]
fn row_arithmetic_the_whole_table_with_the_recused_taken_out_of_both_tests() {
    // Members, present, recused among them, quorum, needed yes: four rows of the table as they stand and with two recused.
    for (members, present, recused, quorum, needed) in [
        (32, 22, 0, 22, 17),
        (25, 17, 0, 17, 13),
        (41, 30, 0, 28, 23),
        (15, 10, 0, 10, 8),
        (32, 24, 2, 22, 17),
        (25, 19, 2, 17, 13),
        (41, 32, 2, 28, 23),
        (15, 12, 2, 10, 8),
    ] {
        let voters = present - recused;
        let just = tally(&count(members, present, recused, needed, voters - needed, 0), &review());
        assert_eq!((just.quorum_needed, just.yes_needed), (quorum, needed), "{members}");
        assert!(just.quorum_met && just.passed);
        let short = Figures { members, present, recused, yes: needed - 1, no: 0, abstain: 0 };
        let short = tally(&crate::ballot::Count::new(short).unwrap(), &review());
        assert!(!short.passed, "a vote that is not in weighs like a no");
    }
}
