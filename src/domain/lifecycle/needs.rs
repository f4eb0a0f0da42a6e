//! What must hold before a move: one check per need, each with the rule behind it and the facts of a refusal.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;

use super::{
    facts::{Adoption, BallotFact, Facts, Openness, Standing},
    input::{Field, Input},
    moves::{DocSet, ProjectKind},
};
use crate::{
    deadline::{self, Direction},
    document::{DocumentCase, DocumentKind, DocumentNeed},
    refusal::{Refusal, RefusalCode},
    rules::{FastTrack, OverdueAction, Profile, ReviewForm, RuleKey, Typed, keys},
    specification::Level,
    term::Term,
};

/// A condition of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The documents of the set are there.
    Documents(DocSet),
    /// The committee's term (with caretaker months) runs: caretakers take no new projects (edge case 41).
    TermValid,
    /// The committee voted for the application.
    ProposalPassed,
    /// Not a placeholder for a state secret (edge case 44).
    NotSecret,
    /// Publicity has ended.
    PublicityOver,
    /// Every objection is answered (E-22).
    NoOpenObjection,
    /// A lead drafter is named.
    DraftersNamed,
    /// Limits on authors (TR21 Art. 10).
    DrafterLimits,
    /// Identical or modified adoption (E-12).
    AdoptionIdentical,
    /// The fast track for revisions is allowed (E-13).
    FastTrackAllowed,
    /// Not yet an emergency.
    NotEmergency,
    /// There is a draft to freeze.
    FrozenDraft,
    /// Enough units are asked.
    Recipients,
    /// The round lasts long enough.
    RoundLength,
    /// A round is running.
    RoundRunning,
    /// The new end is later than the old one.
    LaterThanRound,
    /// The round has ended.
    RoundEnded,
    /// Every comment has a disposition.
    AllDisposed,
    /// Chair and vice-chairs agreed (CH Art. 35).
    ChairConsent,
    /// The form of review suits the category.
    ReviewFormAllowed,
    /// The review lies far enough ahead (CH Art. 37).
    LeadTime,
    /// The papers have been out long enough.
    LeadOver,
    /// Somebody may vote.
    VotersExist,
    /// The review ballot is closed.
    ReviewClosed,
    /// Quorum and majority are reached.
    ReviewPassing,
    /// Quorate, and not passed.
    ReviewFailing,
    /// Not quorate.
    ReviewNotQuorate,
    /// Another review is allowed after this failure.
    FailuresLeft,
    /// This failure was the last one allowed.
    FailuresUsed,
    /// The conclusion is signed by the chair.
    Signed,
    /// No national text covers the subject of a departmental or local regulation (ML Art. 10).
    NoHigherText,
    /// Every party of a joint project approved (E-25).
    PartiesAgreed,
    /// The number is free (edge case 31).
    NumberFree,
    /// Issue before force.
    DatesInOrder,
    /// Force begins late enough.
    ForceLead,
    /// Another amendment slip is allowed (AM10).
    AmendmentsLeft,
    /// The re-examination was voted on.
    ReexaminationBallotDone,
    /// The re-examination had this result; `revise` covers amend, merge and change of type.
    ResultIs(&'static str),
    /// The hearing on the abolition is over.
    AbolitionHeard,
    /// An adjustment of this kind was asked for.
    AdjustmentOpen(&'static str),
    /// An extension is left.
    ExtensionLeft,
    /// The extension is short enough.
    ExtensionWithin,
    /// The extension was asked for in time.
    ExtensionInTime,
    /// The project is past its due day.
    Overdue,
    /// The profile lets overdue projects lapse.
    LapseAllowed,
    /// The project was withdrawn by the committee.
    Withdrawn,
    /// The project is in a plan.
    InPlan,
    /// A party of the joint project has still to approve.
    PartyPending,
    /// The project is joint.
    JointProject,
}

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

type Verdict = Result<(), Refusal>;

fn ensure(holds: bool, refusal: impl FnOnce() -> Refusal) -> Verdict {
    if holds { Ok(()) } else { Err(refusal()) }
}

fn code(code: RefusalCode) -> impl FnOnce() -> Refusal {
    move || Refusal::new(code)
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The list of documents behind a set; `None` for sets that no rule fills.
pub fn documents_rule(set: DocSet, kind: ProjectKind) -> Typed<Vec<DocumentNeed>> {
    match (set, kind) {
        (DocSet::CommentDraft, ProjectKind::Amendment) => keys::DOCS_AMENDMENT,
        (DocSet::Dossier, ProjectKind::Amendment) => keys::DOCS_DOSSIER,
        (DocSet::Evaluation, _) => keys::DOCS_EVALUATION,
        (DocSet::Application, _) => keys::DOCS_APPLICATION,
        (DocSet::Plan, _) => keys::DOCS_PLAN,
        (DocSet::Start, _) => keys::DOCS_DRAFTING,
        (DocSet::CommentDraft, _) => keys::DOCS_COMMENT_DRAFT,
        (DocSet::OpenComments, _) => keys::DOCS_OPEN_COMMENTS,
        (DocSet::Disposition, _) => keys::DOCS_DISPOSITION,
        (DocSet::Review, _) => keys::DOCS_REVIEW,
        (DocSet::Conclusion, _) => keys::DOCS_CONCLUSION,
        (DocSet::Dossier, _) => keys::DOCS_DOSSIER,
        (DocSet::Approval, _) => keys::DOCS_APPROVAL,
        (DocSet::Publication, _) => keys::DOCS_PUBLICATION,
        (DocSet::Reexamination, _) => keys::DOCS_REEXAMINATION,
        (DocSet::Corrigendum, _) => keys::DOCS_CORRIGENDUM,
    }
}

impl Case<'_> {
    fn profile(&self) -> &Profile {
        self.facts.profile
    }

    /// The documents a set asks for in this project, in the order of the rule.
    pub fn documents(&self, set: DocSet) -> Vec<DocumentKind> {
        let facts = self.facts;
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
            ChairConsent | ReviewFormAllowed | LeadTime | LeadOver | VotersExist => {
                self.before_review(need)
            }
            ReviewClosed | ReviewPassing | ReviewFailing | ReviewNotQuorate | FailuresLeft
            | FailuresUsed | Signed => self.after_review(need),
            NoHigherText | PartiesAgreed | NumberFree | DatesInOrder | ForceLead
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

    fn before_review(&self, need: Need) -> Verdict {
        let facts = self.facts;
        match need {
            Need::ChairConsent => ensure(
                facts.consent.needed > 0 && facts.consent.given >= facts.consent.needed,
                || {
                    Refusal::by(RefusalCode::ConsentMissing, keys::DOCS_RELEASE.key())
                        .with("given", facts.consent.given)
                        .with("needed", facts.consent.needed)
                },
            ),
            Need::ReviewFormAllowed => {
                let by_letter = self.input.text(Field::ReviewForm) == Some("correspondence");
                let rule = self.profile().review_form(self.project.category);
                ensure(!(by_letter && rule == ReviewForm::MeetingRequired), || {
                    Refusal::by(
                        RefusalCode::ReviewFormRefused,
                        Profile::review_form_key(self.project.category).key(),
                    )
                })
            }
            Need::LeadTime => {
                let (Some(day), Some(form)) =
                    (self.input.day(Field::ReviewOn), self.input.text(Field::ReviewForm))
                else {
                    return Ok(());
                };
                let (term, rule) = self.lead(form);
                let latest =
                    deadline::compute(day, term, Direction::Before, facts.calendar).last_day;
                ensure(facts.today <= latest, || {
                    Refusal::by(RefusalCode::LeadTooShort, rule)
                        .with("latest", latest)
                        .with("review_on", day)
                })
            }
            Need::LeadOver => match facts.lead_ends {
                Some(ends) if ends > facts.now => {
                    let (_, rule) =
                        self.lead(self.project.review_form.as_deref().unwrap_or("meeting"));
                    Err(Refusal::by(RefusalCode::LeadRunning, rule).with("until", instant(ends)))
                }
                _ => Ok(()),
            },
            _ => ensure(facts.voters > 0, code(RefusalCode::NoVoters)),
        }
    }

    fn after_review(&self, need: Need) -> Verdict {
        let facts = self.facts;
        let closed =
            facts.review.as_ref().filter(|ballot| ballot.closed || ballot.closes_at <= facts.now);
        let Some(ballot) = closed else { return Err(Refusal::new(RefusalCode::BallotStillOpen)) };
        let most = self.profile().get(keys::REVIEW_FAILURES_MAX);
        match need {
            Need::ReviewClosed => Ok(()),
            Need::ReviewPassing => ensure(ballot.tally.passed, || {
                votes(Refusal::by(RefusalCode::ReviewNotPassed, keys::PASS_FRACTION.key()), ballot)
            }),
            Need::ReviewFailing => ensure(ballot.tally.quorum_met && !ballot.tally.passed, || {
                votes(Refusal::by(RefusalCode::ReviewNotFailed, keys::PASS_FRACTION.key()), ballot)
            }),
            Need::ReviewNotQuorate => ensure(!ballot.tally.quorum_met, || {
                votes(Refusal::by(RefusalCode::ReviewWasValid, keys::QUORUM_FRACTION.key()), ballot)
            }),
            Need::FailuresLeft => ensure(self.project.failures + 1 < most, || {
                Refusal::by(RefusalCode::FailuresUsedUp, keys::REVIEW_FAILURES_MAX.key())
                    .with("most", most)
            }),
            Need::FailuresUsed => ensure(self.project.failures + 1 >= most, || {
                Refusal::by(RefusalCode::FailuresLeft, keys::REVIEW_FAILURES_MAX.key())
                    .with("most", most)
            }),
            _ => ensure(ballot.signed, code(RefusalCode::NotSigned)),
        }
    }

    fn publication(&self, need: Need) -> Verdict {
        let (facts, input) = (self.facts, self.input);
        match need {
            Need::NoHigherText => {
                let bound = matches!(
                    self.project.level,
                    Level::Departmental | Level::Provincial | Level::Regional
                );
                match facts.higher_text.as_ref().filter(|_| bound) {
                    Some(number) => {
                        Err(Refusal::new(RefusalCode::HigherTextExists).with("number", number))
                    }
                    None => Ok(()),
                }
            }
            Need::PartiesAgreed => ensure(facts.parties_pending == 0, || {
                Refusal::new(RefusalCode::PartiesPending).with("open", facts.parties_pending)
            }),
            Need::NumberFree => ensure(!facts.number_taken, || {
                Refusal::new(RefusalCode::NumberTaken)
                    .with("number", input.text(Field::SpecificationNumber).unwrap_or_default())
            }),
            Need::DatesInOrder => {
                let (Some(issued), Some(force)) =
                    (input.day(Field::IssuedOn), input.day(Field::EffectiveOn))
                else {
                    return Ok(());
                };
                ensure(issued <= force && issued <= facts.today, || {
                    Refusal::new(RefusalCode::DatesOutOfOrder)
                        .with("issued_on", issued)
                        .with("effective_on", force)
                })
            }
            Need::ForceLead => {
                let (Some(issued), Some(force)) =
                    (input.day(Field::IssuedOn), input.day(Field::EffectiveOn))
                else {
                    return Ok(());
                };
                let term = self.profile().get(keys::FORCE_LEAD_MIN);
                let earliest = deadline::corresponding_day(issued, term);
                ensure(force >= earliest, || {
                    Refusal::by(RefusalCode::ForceTooSoon, keys::FORCE_LEAD_MIN.key())
                        .with("earliest", earliest)
                })
            }
            _ => {
                let most = self.profile().get(keys::AMENDMENT_MAX);
                let bound = self.project.kind == ProjectKind::Amendment;
                ensure(!bound || facts.amendments < most, || {
                    Refusal::by(RefusalCode::AmendmentsUsedUp, keys::AMENDMENT_MAX.key())
                        .with("most", most)
                })
            }
        }
    }

    fn reexamination(&self, need: Need) -> Verdict {
        let facts = self.facts;
        match need {
            Need::ReexaminationBallotDone => {
                let done = facts
                    .reexamination
                    .as_ref()
                    .is_some_and(|ballot| ballot.closed && ballot.tally.passed);
                ensure(done, || {
                    Refusal::by(
                        RefusalCode::ReexaminationNotVoted,
                        keys::REEXAM_PASS_FRACTION.key(),
                    )
                })
            }
            Need::ResultIs(wanted) => {
                let found = self.project.result.as_deref().unwrap_or_default();
                let met = match wanted {
                    "revise" => matches!(found, "revise" | "amend" | "merge" | "change_type"),
                    other => found == other,
                };
                ensure(met, || Refusal::new(RefusalCode::OtherResult).with("result", found))
            }
            _ => match facts.abolition_ends {
                Some(ends) if ends <= facts.now => Ok(()),
                ends => Err(Refusal::by(
                    RefusalCode::AbolitionStillOpen,
                    keys::ABOLITION_COMMENT_DAYS.key(),
                )
                .with("until", ends.map(instant).unwrap_or_default())),
            },
        }
    }

    fn adjustment(&self, need: Need) -> Verdict {
        let (facts, profile) = (self.facts, self.profile());
        match need {
            Need::AdjustmentOpen(kind) => {
                let open = facts.adjustment.as_ref().is_some_and(|open| open.kind == kind);
                ensure(open, || Refusal::new(RefusalCode::AdjustmentMissing).with("kind", kind))
            }
            Need::ExtensionLeft => {
                let most = profile.get(keys::EXTENSION_TIMES);
                ensure(self.project.extensions < most, || {
                    Refusal::by(RefusalCode::ExtensionsUsedUp, keys::EXTENSION_TIMES.key())
                        .with("most", most)
                })
            }
            Need::ExtensionWithin => {
                let (Some(due), Some(day)) = (self.project.due_on, self.input.day(Field::DueOn))
                else {
                    return Ok(());
                };
                let latest = deadline::corresponding_day(due, profile.get(keys::EXTENSION_MONTHS));
                ensure(day > due && day <= latest, || {
                    Refusal::by(RefusalCode::ExtensionTooLong, keys::EXTENSION_MONTHS.key())
                        .with("latest", latest)
                })
            }
            _ => {
                let (Some(due), Some(asked)) = (self.project.due_on, facts.adjustment.as_ref())
                else {
                    return Ok(());
                };
                let lead = profile.get(keys::EXTENSION_REQUEST_LEAD_DAYS);
                let latest =
                    deadline::compute(due, lead, Direction::Before, facts.calendar).last_day;
                ensure(asked.requested_on <= latest, || {
                    Refusal::by(
                        RefusalCode::ExtensionTooLate,
                        keys::EXTENSION_REQUEST_LEAD_DAYS.key(),
                    )
                    .with("latest", latest)
                })
            }
        }
    }

    fn exceptional(&self, need: Need) -> Verdict {
        let facts = self.facts;
        match need {
            Need::Overdue => ensure(
                self.project.due_on.is_some_and(|due| due < facts.today),
                code(RefusalCode::NotOverdue),
            ),
            Need::LapseAllowed => {
                ensure(self.profile().get(keys::OVERDUE_ACTION) == OverdueAction::AutoLapse, || {
                    Refusal::by(RefusalCode::LapseNotAutomatic, keys::OVERDUE_ACTION.key())
                })
            }
            Need::Withdrawn => {
                ensure(self.project.withdrawn_from.is_some(), code(RefusalCode::NotWithdrawn))
            }
            Need::InPlan => ensure(self.project.plan_on.is_some(), code(RefusalCode::NotInPlan)),
            Need::PartyPending => {
                ensure(facts.parties_pending > 0, code(RefusalCode::NoPartyPending))
            }
            _ => ensure(facts.parties > 0, code(RefusalCode::NotJoint)),
        }
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
            ReviewPassing | ReviewFailing => keys::PASS_FRACTION.key(),
            ReviewNotQuorate => keys::QUORUM_FRACTION.key(),
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

fn votes(refusal: Refusal, ballot: &BallotFact) -> Refusal {
    let tally = &ballot.tally;
    refusal
        .with("members", tally.members)
        .with("present", tally.present - tally.recused)
        .with("yes", tally.yes)
        .with("quorum_needed", tally.quorum_needed)
        .with("yes_needed", tally.yes_needed)
}

impl Need {
    /// Stable key of the need, for its label in the locale files.
    pub fn key(self) -> &'static str {
        use Need::*;
        match self {
            Documents(_) => "documents",
            TermValid => "term_valid",
            ProposalPassed => "proposal_passed",
            NotSecret => "not_secret",
            PublicityOver => "publicity_over",
            NoOpenObjection => "no_open_objection",
            DraftersNamed => "drafters_named",
            DrafterLimits => "drafter_limits",
            AdoptionIdentical => "adoption_identical",
            FastTrackAllowed => "fast_track_allowed",
            NotEmergency => "not_emergency",
            FrozenDraft => "frozen_draft",
            Recipients => "recipients",
            RoundLength => "round_length",
            RoundRunning => "round_running",
            LaterThanRound => "later_than_round",
            RoundEnded => "round_ended",
            AllDisposed => "all_disposed",
            ChairConsent => "chair_consent",
            ReviewFormAllowed => "review_form_allowed",
            LeadTime => "lead_time",
            LeadOver => "lead_over",
            VotersExist => "voters_exist",
            ReviewClosed => "review_closed",
            ReviewPassing => "review_passing",
            ReviewFailing => "review_failing",
            ReviewNotQuorate => "review_not_quorate",
            FailuresLeft => "failures_left",
            FailuresUsed => "failures_used",
            Signed => "signed",
            NoHigherText => "no_higher_text",
            PartiesAgreed => "parties_agreed",
            NumberFree => "number_free",
            DatesInOrder => "dates_in_order",
            ForceLead => "force_lead",
            AmendmentsLeft => "amendments_left",
            ReexaminationBallotDone => "reexamination_ballot_done",
            ResultIs(_) => "result_is",
            AbolitionHeard => "abolition_heard",
            AdjustmentOpen(_) => "adjustment_open",
            ExtensionLeft => "extension_left",
            ExtensionWithin => "extension_within",
            ExtensionInTime => "extension_in_time",
            Overdue => "overdue",
            LapseAllowed => "lapse_allowed",
            Withdrawn => "withdrawn",
            InPlan => "in_plan",
            PartyPending => "party_pending",
            JointProject => "joint_project",
        }
    }
}
