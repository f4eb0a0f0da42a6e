//! What must hold before a move: one check per need, each with the rule behind it and the facts of a refusal.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;

use super::need::Need;
use super::{
    facts::{Adoption, BallotFact, Facts, Openness, Standing},
    input::{Field, Input},
    moves::{DocSet, ProjectKind},
};
use crate::{
    ballot::{BallotForm, BallotPurpose, TallyRule},
    deadline::{self, Direction},
    document::{DocumentCase, DocumentKind, DocumentNeed},
    refusal::{Refusal, RefusalCode},
    rules::{FastTrack, Profile, RuleKey, Typed, keys},
    term::Term,
};

/// A condition looked at: met, or refused with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Key of the need, for its label.
    pub need: &'static str,
    /// The rule that it rests on.
    pub rule: Option<RuleKey>,
    /// Why not, when it is not met.
    pub refusal: Option<Refusal>,
}

/// What a check looks at.
pub struct Case<'a> {
    /// Where the project stands.
    pub project: &'a Standing,
    /// What else is known.
    pub facts: &'a Facts<'a>,
    /// What was filled in; for previews it may be empty.
    pub input: &'a Input,
}

pub(super) type Verdict = Result<(), Refusal>;

pub(super) fn ensure(holds: bool, refusal: impl FnOnce() -> Refusal) -> Verdict {
    if holds { Ok(()) } else { Err(refusal()) }
}

pub(super) fn code(code: RefusalCode) -> impl FnOnce() -> Refusal {
    move || Refusal::new(code)
}

pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The list of documents behind a set; `None` for sets that no rule fills.
pub fn documents_rule(set: DocSet, kind: ProjectKind) -> Typed<Vec<DocumentNeed>> {
    match (set, kind) {
        (DocSet::CommentDraft, ProjectKind::Amendment) => keys::DOCS_AMENDMENT,
        (DocSet::Evaluation, _) => keys::DOCS_EVALUATION,
        (DocSet::Application, _) => keys::DOCS_APPLICATION,
        (DocSet::Assessment, _) => keys::DOCS_ASSESSMENT,
        (DocSet::Publicity, _) => keys::DOCS_PUBLICITY,
        (DocSet::Plan, _) => keys::DOCS_PLAN,
        (DocSet::Start, _) => keys::DOCS_DRAFTING,
        (DocSet::CommentDraft, _) => keys::DOCS_COMMENT_DRAFT,
        (DocSet::OpenComments, _) => keys::DOCS_OPEN_COMMENTS,
        (DocSet::Disposition, _) => keys::DOCS_DISPOSITION,
        (DocSet::Review, _) => keys::DOCS_REVIEW,
        (DocSet::BallotOpen, _) => keys::DOCS_BALLOT_OPEN,
        (DocSet::Conclusion, _) => keys::DOCS_CONCLUSION,
        (DocSet::Dossier, _) => keys::DOCS_DOSSIER,
        (DocSet::Approval, _) => keys::DOCS_APPROVAL,
        (DocSet::Publication, _) => keys::DOCS_PUBLICATION,
        (DocSet::Reexamination, _) => keys::DOCS_REEXAMINATION,
        (DocSet::Revision, _) => keys::DOCS_REEXAMINATION_REVISE,
        (DocSet::Abolition, _) => keys::DOCS_ABOLITION,
        (DocSet::Corrigendum, _) => keys::DOCS_CORRIGENDUM,
    }
}

impl Case<'_> {
    pub(super) fn profile(&self) -> &Profile {
        self.facts.profile
    }

    /// The documents a set asks for in this project, in the order of the rule.
    pub fn documents(&self, set: DocSet) -> Vec<DocumentKind> {
        let facts = self.facts;
        // What is amended by a slip is not applied for as a revision.
        if set == DocSet::Revision && self.project.result.as_deref() == Some("amend") {
            return Vec::new();
        }
        let case = DocumentCase {
            category: self.project.category,
            adoption: self.project.adoption != Adoption::None,
            revision: self.project.kind == ProjectKind::Revise,
            patents: facts.documents.contains(&DocumentKind::IpPapers),
            meeting: self.project.review_form.as_deref() == Some("meeting"),
            non_voters: facts.documents.contains(&DocumentKind::NonVoterOpinions),
            dissent: facts.documents.contains(&DocumentKind::DissentPapers),
        };
        self.profile().documents(documents_rule(set, self.project.kind), &case)
    }

    /// The first instant after a term that starts today.
    pub fn ends(&self, term: Term) -> DateTime<Utc> {
        deadline::compute(self.facts.today, term, Direction::After, self.facts.calendar).ends_at
    }

    /// The last day of a term that starts on the given day.
    pub fn last_day(&self, from: NaiveDate, term: Term) -> NaiveDate {
        deadline::compute(from, term, Direction::After, self.facts.calendar).last_day
    }

    /// The shortest comment round that the rules allow now, and the rule that says so.
    pub fn shortest_round(&self) -> (Term, RuleKey) {
        let again = self.facts.round.as_ref().is_some_and(|round| round.ordinal >= 1);
        let key = if self.project.emergency {
            keys::COMMENT_DAYS_EMERGENCY_FLOOR
        } else if self.project.kind == ProjectKind::Amendment {
            keys::COMMENT_DAYS_AMENDMENT
        } else if again {
            return (self.recirculation_term(), keys::RECIRCULATION_SHARE.key());
        } else {
            keys::COMMENT_DAYS_MIN
        };
        (self.profile().get(key), key.key())
    }

    // E-5: a share of the first round's length, never below the floor.
    fn recirculation_term(&self) -> Term {
        let full = self.profile().get(keys::COMMENT_DAYS_MIN);
        let floor = self.profile().get(keys::RECIRCULATION_DAYS_FLOOR);
        let share = self.profile().get(keys::RECIRCULATION_SHARE);
        Term { amount: share.at_least_of(full.amount).max(floor.amount), unit: full.unit }
    }

    /// How long review papers must be out, by the form of the review.
    pub fn lead(&self, form: &str) -> (Term, RuleKey) {
        let key = if form == "correspondence" {
            keys::REVIEW_PAPERS_LEAD_CORR
        } else {
            keys::REVIEW_PAPERS_LEAD
        };
        (self.profile().get(key), key.key())
    }

    /// The form in which the review was released.
    pub(super) fn review_form(&self) -> BallotForm {
        match self.project.review_form.as_deref() {
            Some("correspondence") => BallotForm::Correspondence,
            _ => BallotForm::Meeting,
        }
    }

    /// Looks at one need.
    pub fn check(&self, need: Need) -> Check {
        Check { need: need.key(), rule: self.rule_of(need), refusal: self.verdict(need).err() }
    }

    fn verdict(&self, need: Need) -> Verdict {
        use Need::*;
        match need {
            Documents(set) => self.documents_there(set),
            TermValid | ProposalPassed | NotSecret | PublicityOver | NoOpenObjection => {
                self.approval_stage(need)
            }
            DraftersNamed | DrafterLimits | AdoptionIdentical | FastTrackAllowed | NotEmergency => {
                self.drafting_stage(need)
            }
            FrozenDraft | Recipients | RoundLength | RoundRunning | LaterThanRound | RoundEnded
            | AllDisposed => self.comment_stage(need),
            ChairConsent | ReviewFormAllowed | LeadTime | LeadOver | VotersExist
            | NoFatalFinding => self.before_review(need),
            ChangesDone => self.changes_done(),
            DataShown => self.data_shown(),
            ReviewClosed | ReviewPassing | ReviewFailing | ReviewNotQuorate | FailuresLeft
            | FailuresUsed | Signed => self.after_review(need),
            NoHigherText | PartiesAgreed | ResultShown | NumberFree | DatesInOrder | ForceLead
            | AmendmentsLeft => self.publication(need),
            ReexaminationBallotDone | ResultIs(_) | AbolitionHeard => self.reexamination(need),
            AdjustmentOpen(_) | ExtensionLeft | ExtensionWithin | ExtensionInTime => {
                self.adjustment(need)
            }
            Overdue | LapseAllowed | Withdrawn | InPlan | PartyPending | JointProject => {
                self.exceptional(need)
            }
        }
    }

    fn documents_there(&self, set: DocSet) -> Verdict {
        let wanted = self.documents(set);
        let missing: Vec<String> = wanted
            .iter()
            .filter(|kind| !self.facts.documents.contains(kind))
            .map(ToString::to_string)
            .collect();
        ensure(missing.is_empty(), || {
            Refusal::by(RefusalCode::DocumentsMissing, documents_rule(set, self.project.kind).key())
                .with("missing", missing.join(","))
        })
    }

    fn approval_stage(&self, need: Need) -> Verdict {
        let facts = self.facts;
        match need {
            Need::TermValid => ensure(!facts.term_ended, || {
                Refusal::by(RefusalCode::TermEnded, keys::CARETAKER_MONTHS.key())
            }),
            Need::ProposalPassed => match facts.proposal.as_ref().filter(|ballot| ballot.closed) {
                None => Err(Refusal::by(
                    RefusalCode::ProposalNotVoted,
                    keys::PROPOSAL_PASS_FRACTION.key(),
                )),
                Some(ballot) => ensure(ballot.tally.passed, || {
                    votes(
                        Refusal::by(
                            RefusalCode::ProposalNotPassed,
                            keys::PROPOSAL_PASS_FRACTION.key(),
                        ),
                        ballot,
                    )
                }),
            },
            Need::NotSecret => ensure(
                self.project.openness != Openness::Placeholder,
                code(RefusalCode::SecretProject),
            ),
            Need::PublicityOver => match facts.publicity_ends {
                Some(ends) if ends <= facts.now => Ok(()),
                ends => Err(Refusal::by(
                    RefusalCode::PublicityRunning,
                    keys::PUBLICITY_DAYS_PROJECT.key(),
                )
                .with("until", ends.map(instant).unwrap_or_default())),
            },
            _ => ensure(facts.objections_open == 0, || {
                Refusal::by(RefusalCode::ObjectionsOpen, keys::OBJECTION_ANSWER_WORKDAYS.key())
                    .with("open", facts.objections_open)
            }),
        }
    }

    fn drafting_stage(&self, need: Need) -> Verdict {
        let (facts, profile) = (self.facts, self.profile());
        match need {
            Need::DraftersNamed => {
                ensure(facts.lead_drafters > 0, code(RefusalCode::DraftersMissing))
            }
            Need::DrafterLimits => {
                let (all, unit) =
                    (profile.get(keys::DRAFTERS_MAX), profile.get(keys::DRAFTERS_PER_ENTITY_MAX));
                ensure(all.is_none_or(|most| facts.drafters <= most), || {
                    Refusal::by(RefusalCode::TooManyDrafters, keys::DRAFTERS_MAX.key())
                        .with("found", facts.drafters)
                })?;
                ensure(unit.is_none_or(|most| facts.drafters_of_one_unit <= most), || {
                    Refusal::by(RefusalCode::TooManyDrafters, keys::DRAFTERS_PER_ENTITY_MAX.key())
                        .with("found", facts.drafters_of_one_unit)
                })
            }
            Need::AdoptionIdentical => {
                let allowed = profile.get(keys::FAST_TRACK_ADOPTION) != FastTrack::Refused;
                let adopts =
                    matches!(self.project.adoption, Adoption::Identical | Adoption::Modified);
                ensure(allowed && adopts, || {
                    Refusal::by(RefusalCode::NotAdoption, keys::FAST_TRACK_ADOPTION.key())
                })
            }
            Need::FastTrackAllowed => {
                ensure(profile.get(keys::FAST_TRACK_REVISION) != FastTrack::Refused, || {
                    Refusal::by(RefusalCode::FastTrackClosed, keys::FAST_TRACK_REVISION.key())
                })
            }
            _ => ensure(!self.project.emergency, code(RefusalCode::AlreadyEmergency)),
        }
    }

    fn comment_stage(&self, need: Need) -> Verdict {
        let facts = self.facts;
        let round = facts.round.as_ref();
        match need {
            Need::FrozenDraft => ensure(
                facts.documents.contains(&DocumentKind::CommentDraft),
                code(RefusalCode::DraftMissing),
            ),
            Need::Recipients => {
                let least = self.profile().get(keys::COMMENT_RECIPIENTS_MIN);
                ensure(facts.recipients >= least, || {
                    Refusal::by(RefusalCode::TooFewRecipients, keys::COMMENT_RECIPIENTS_MIN.key())
                        .with("found", facts.recipients)
                        .with("needed", least)
                })
            }
            Need::RoundLength => self.round_length(),
            Need::RoundRunning => {
                ensure(round.is_some_and(|round| round.running), code(RefusalCode::RoundNotRunning))
            }
            Need::LaterThanRound => {
                let (Some(day), Some(round)) = (self.input.day(Field::ClosesOn), round) else {
                    return Ok(());
                };
                ensure(deadline::end_of(day) > round.closes_at, || {
                    Refusal::new(RefusalCode::NotLater).with("until", instant(round.closes_at))
                })
            }
            Need::RoundEnded => match round {
                Some(round) if round.closes_at <= facts.now => Ok(()),
                Some(round) => Err(Refusal::new(RefusalCode::RoundStillOpen)
                    .with("until", instant(round.closes_at))),
                None => Err(Refusal::new(RefusalCode::RoundNotRunning)),
            },
            _ => {
                let open = round.map_or(0, |round| round.open_comments);
                ensure(open == 0, || Refusal::new(RefusalCode::CommentsOpen).with("open", open))
            }
        }
    }

    fn round_length(&self) -> Verdict {
        let Some(day) = self.input.day(Field::ClosesOn) else { return Ok(()) };
        let (term, rule) = self.shortest_round();
        let earliest = self.last_day(self.facts.today, term);
        ensure(day >= earliest, || {
            Refusal::by(RefusalCode::RoundTooShort, rule)
                .with("earliest", earliest)
                .with("days", term.amount)
        })
    }

    fn rule_of(&self, need: Need) -> Option<RuleKey> {
        use Need::*;
        Some(match need {
            Documents(set) => documents_rule(set, self.project.kind).key(),
            TermValid => keys::CARETAKER_MONTHS.key(),
            ProposalPassed => keys::PROPOSAL_PASS_FRACTION.key(),
            PublicityOver => keys::PUBLICITY_DAYS_PROJECT.key(),
            NoOpenObjection => keys::OBJECTION_ANSWER_WORKDAYS.key(),
            DrafterLimits => keys::DRAFTERS_MAX.key(),
            AdoptionIdentical => keys::FAST_TRACK_ADOPTION.key(),
            FastTrackAllowed => keys::FAST_TRACK_REVISION.key(),
            Recipients => keys::COMMENT_RECIPIENTS_MIN.key(),
            RoundLength => self.shortest_round().1,
            ChairConsent => keys::DOCS_RELEASE.key(),
            ReviewFormAllowed => Profile::review_form_key(self.project.category).key(),
            LeadTime | LeadOver => {
                let form =
                    self.input.text(Field::ReviewForm).or(self.project.review_form.as_deref());
                self.lead(form.unwrap_or("meeting")).1
            }
            NoFatalFinding => keys::FATAL_FINDINGS_BLOCK.key(),
            ChangesDone => keys::CHANGES_BEFORE_DOSSIER.key(),
            DataShown => keys::DATA_DISPLAY_MONTHS.key(),
            ResultShown => keys::RESULT_PUBLICITY_DAYS.key(),
            ReviewPassing | ReviewFailing => {
                TallyRule::pass_key(BallotPurpose::Review, self.review_form())
            }
            ReviewNotQuorate => TallyRule::quorum_key(BallotPurpose::Review, self.review_form()),
            NoHigherText => keys::LOCAL_ONLY_WITHOUT_NATIONAL.key(),
            FailuresLeft | FailuresUsed => keys::REVIEW_FAILURES_MAX.key(),
            ForceLead => keys::FORCE_LEAD_MIN.key(),
            AmendmentsLeft => keys::AMENDMENT_MAX.key(),
            ReexaminationBallotDone => keys::REEXAM_PASS_FRACTION.key(),
            AbolitionHeard => keys::ABOLITION_COMMENT_DAYS.key(),
            ExtensionLeft => keys::EXTENSION_TIMES.key(),
            ExtensionWithin => keys::EXTENSION_MONTHS.key(),
            ExtensionInTime => keys::EXTENSION_REQUEST_LEAD_DAYS.key(),
            LapseAllowed => keys::OVERDUE_ACTION.key(),
            _ => return None,
        })
    }
}

pub(super) fn votes(refusal: Refusal, ballot: &BallotFact) -> Refusal {
    let tally = &ballot.tally;
    refusal
        .with("members", tally.members)
        .with("present", tally.present - tally.recused)
        .with("yes", tally.yes)
        .with("quorum_needed", tally.quorum_needed)
        .with("yes_needed", tally.yes_needed)
}
