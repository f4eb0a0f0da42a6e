//! The conditions of review, publication, re-examination and of the exceptional moves.

use super::{
    facts::Openness,
    input::Field,
    moves::ProjectKind,
    need::Need,
    needs::{Case, Verdict, code, ensure, instant, votes},
};
use crate::{
    ballot::{BallotPurpose, TallyRule},
    deadline::{self, Direction},
    refusal::{Refusal, RefusalCode},
    rules::{OverdueAction, Profile, ReviewForm, keys},
    specification::Level,
};

impl Case<'_> {
    pub(super) fn before_review(&self, need: Need) -> Verdict {
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
            Need::NoFatalFinding => {
                let rule = keys::FATAL_FINDINGS_BLOCK;
                ensure(facts.fatal_findings == 0 || !self.profile().get(rule), || {
                    Refusal::by(RefusalCode::FatalFindings, rule.key())
                        .with("open", facts.fatal_findings)
                })
            }
            _ => ensure(facts.voters > 0, code(RefusalCode::NoVoters)),
        }
    }

    pub(super) fn changes_done(&self) -> Verdict {
        let (open, rule) = (self.facts.changes_open, keys::CHANGES_BEFORE_DOSSIER);
        ensure(open == 0 || !self.profile().get(rule), || {
            Refusal::by(RefusalCode::ChangesOpen, rule.key()).with("open", open)
        })
    }

    // HB22: verification data stand in public for a month at least; a project that is kept from the public shows none.
    pub(super) fn data_shown(&self) -> Verdict {
        let rule = keys::DATA_DISPLAY_MONTHS;
        let Some(term) = self.profile().get(rule) else { return Ok(()) };
        if self.project.openness != Openness::Open {
            return Ok(());
        }
        let ends = self
            .facts
            .data_shown_since
            .map(|day| deadline::compute(day, term, Direction::After, self.facts.calendar).ends_at);
        ensure(ends.is_some_and(|ends| ends <= self.facts.now), || {
            Refusal::by(RefusalCode::DataNotShown, rule.key())
                .with("until", ends.map(instant).unwrap_or_default())
        })
    }

    pub(super) fn after_review(&self, need: Need) -> Verdict {
        let facts = self.facts;
        let closed =
            facts.review.as_ref().filter(|ballot| ballot.closed || ballot.closes_at <= facts.now);
        let Some(ballot) = closed else { return Err(Refusal::new(RefusalCode::BallotStillOpen)) };
        let most = self.profile().get(keys::REVIEW_FAILURES_MAX);
        let form = self.review_form();
        let by_majority = |code| {
            votes(Refusal::by(code, TallyRule::pass_key(BallotPurpose::Review, form)), ballot)
        };
        match need {
            Need::ReviewClosed => Ok(()),
            Need::ReviewPassing => {
                ensure(ballot.tally.passed, || by_majority(RefusalCode::ReviewNotPassed))
            }
            Need::ReviewFailing => ensure(ballot.tally.quorum_met && !ballot.tally.passed, || {
                by_majority(RefusalCode::ReviewNotFailed)
            }),
            Need::ReviewNotQuorate => ensure(!ballot.tally.quorum_met, || {
                let rule = TallyRule::quorum_key(BallotPurpose::Review, form);
                votes(Refusal::by(RefusalCode::ReviewWasValid, rule), ballot)
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

    pub(super) fn publication(&self, need: Need) -> Verdict {
        let (facts, input) = (self.facts, self.input);
        match need {
            Need::NoHigherText => {
                let bound = matches!(
                    self.project.level,
                    Level::Departmental | Level::Provincial | Level::Regional
                );
                let rule = keys::LOCAL_ONLY_WITHOUT_NATIONAL;
                let bound = bound && self.profile().get(rule);
                match facts.higher_text.as_ref().filter(|_| bound) {
                    Some(number) => Err(Refusal::by(RefusalCode::HigherTextExists, rule.key())
                        .with("number", number)),
                    None => Ok(()),
                }
            }
            Need::PartiesAgreed => ensure(facts.parties_pending == 0, || {
                Refusal::new(RefusalCode::PartiesPending).with("open", facts.parties_pending)
            }),
            Need::ResultShown => self.result_shown(),
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

    fn result_shown(&self) -> Verdict {
        // A stage that began under rules without such a notice has none to wait for.
        let running = self.facts.result_shown.filter(|ends| *ends > self.facts.now);
        running.map_or(Ok(()), |ends| {
            let rule = keys::RESULT_PUBLICITY_DAYS.key();
            Err(Refusal::by(RefusalCode::PublicityRunning, rule).with("until", instant(ends)))
        })
    }

    pub(super) fn reexamination(&self, need: Need) -> Verdict {
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

    pub(super) fn adjustment(&self, need: Need) -> Verdict {
        let (facts, profile) = (self.facts, self.profile());
        match need {
            Need::AdjustmentOpen(kind) => {
                let open = facts.adjustment.as_ref().is_some_and(|open| open.kind == kind);
                ensure(open, || {
                    Refusal::new(RefusalCode::AdjustmentMissing).with("adjustment", kind)
                })
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
                let longest = deadline::corresponding_day(due, profile.get(keys::EXTENSION_MONTHS));
                // Some authorities bound the whole time of a project as well.
                let whole = profile.get(keys::PROJECT_MONTHS_TOTAL_MAX).zip(self.project.plan_on);
                let whole = whole.map(|(term, from)| deadline::corresponding_day(from, term));
                let (latest, rule) = match whole.filter(|last| *last < longest) {
                    Some(last) => (last, keys::PROJECT_MONTHS_TOTAL_MAX.key()),
                    None => (longest, keys::EXTENSION_MONTHS.key()),
                };
                ensure(day > due && day <= latest, || {
                    Refusal::by(RefusalCode::ExtensionTooLong, rule).with("latest", latest)
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

    pub(super) fn exceptional(&self, need: Need) -> Verdict {
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
}
