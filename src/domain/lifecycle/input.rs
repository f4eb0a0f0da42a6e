//! What people fill in with a move: a closed set of fields, each with one shape, checked before any rule is asked.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::moves::Row;
use crate::keyed;

keyed! {
    /// A field that a move may ask for.
    Field as "field" {
        /// Reason or remark.
        Note = "note",
        /// Number of the plan document (计划文号).
        PlanDocument = "plan_document",
        /// Project number (项目编号).
        ProjectNumber = "project_number",
        /// Official date of the plan, from which the project's clock runs.
        PlanOn = "plan_on",
        /// Day by which the project is due; computed by rule when empty.
        DueOn = "due_on",
        /// `regular` or `supplementary` (增补).
        PlanKind = "plan_kind",
        /// Last day of the comment round.
        ClosesOn = "closes_on",
        /// `meeting` (会审) or `correspondence` (函审).
        ReviewForm = "review_form",
        /// Day of the review.
        ReviewOn = "review_on",
        /// Place or link of the meeting.
        Place = "place",
        /// Last day of the ballot.
        BallotClosesOn = "ballot_closes_on",
        /// Number of the approval document.
        ApprovalDocument = "approval_document",
        /// Number of the specification, in any written form.
        SpecificationNumber = "specification_number",
        /// Numbers of the editions it replaces, one a line, `部分` behind a partial one.
        Replaces = "replaces",
        /// Number of the announcement (公告号).
        Announcement = "announcement",
        /// Day of issue (发布日期).
        IssuedOn = "issued_on",
        /// First day of force (实施日期).
        EffectiveOn = "effective_on",
        /// `confirmed`, `amend`, `revise`, `merge`, `change_type` or `abolish`.
        ReexaminationResult = "result",
        /// New Chinese title.
        TitleZh = "title_zh",
        /// New English title.
        TitleEn = "title_en",
        /// New first drafting unit.
        LeadUnit = "lead_unit",
        /// New scope.
        Scope = "scope",
        /// Id of the project this one is merged into.
        IntoProject = "into_project",
        /// Id of the authority that leaves a joint project.
        PartyAuthority = "party_authority",
    }
}

/// The shape of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line, at most so many characters.
    Line(usize),
    /// Several lines, at most so many characters.
    Text(usize),
    /// A calendar day.
    Day,
    /// One of these keys.
    Choice(&'static [&'static str]),
}

impl Field {
    /// True for a day on which something is still to end and which no rule of its own keeps from lying behind.
    fn lies_ahead(self) -> bool {
        self == Field::BallotClosesOn
    }

    /// How the field is filled.
    pub fn shape(self) -> Shape {
        match self {
            Field::Note | Field::Scope => Shape::Text(4_000),
            Field::Replaces => Shape::Text(2_000),
            Field::PlanOn
            | Field::DueOn
            | Field::ClosesOn
            | Field::ReviewOn
            | Field::BallotClosesOn
            | Field::IssuedOn
            | Field::EffectiveOn => Shape::Day,
            Field::PlanKind => Shape::Choice(&["regular", "supplementary"]),
            Field::ReviewForm => Shape::Choice(&["meeting", "correspondence"]),
            Field::ReexaminationResult => {
                Shape::Choice(&["confirmed", "amend", "revise", "merge", "change_type", "abolish"])
            }
            Field::PlanDocument
            | Field::ProjectNumber
            | Field::Place
            | Field::ApprovalDocument
            | Field::SpecificationNumber
            | Field::Announcement
            | Field::TitleZh
            | Field::TitleEn
            | Field::LeadUnit
            | Field::IntoProject
            | Field::PartyAuthority => Shape::Line(200),
        }
    }
}

/// The filled fields of a move, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Input(pub BTreeMap<Field, String>);

keyed! {
    /// What is wrong with a field.
    FaultCode as "fault" {
        /// Required and empty.
        Missing = "missing",
        /// Longer than allowed.
        TooLong = "too_long",
        /// Not a calendar day.
        NotADay = "not_a_day",
        /// Not one of the choices.
        NotAChoice = "not_a_choice",
        /// The move does not ask for it.
        NotAsked = "not_asked",
        /// Holds characters that no text needs (control characters).
        BadCharacters = "bad_characters",
        /// Not a specification number.
        NotANumber = "not_a_number",
        /// Not the code of a committee of this kind.
        NotACode = "not_a_code",
        /// Names something that does not exist.
        Unknown = "unknown",
        /// Shorter than allowed.
        TooShort = "too_short",
        /// A password that many people use or that follows the keyboard.
        TooCommon = "too_common",
        /// A password of too few kinds of characters.
        TooSimple = "too_simple",
        /// The two entries differ.
        NotSame = "not_same",
        /// The present password is not right.
        WrongPassword = "wrong_password",
        /// The new password is the old one.
        SamePassword = "same_password",
        /// Not a mail address.
        NotAnAddress = "not_an_address",
        /// Somebody or something else has it.
        Taken = "taken",
        /// Not a whole number from zero up to the bound.
        NotACount = "not_a_count",
        /// What stands there already.
        Unchanged = "unchanged",
        /// A day that has not come, where something past is recorded.
        NotYet = "not_yet",
        /// A day before the thing it belongs to began.
        TooEarly = "too_early",
        /// A value of another kind than the field takes, such as a text for a number.
        OtherKind = "other_kind",
        /// The line of that number (the bound) names a specification that the catalogue does not hold.
        UnknownInLine = "unknown_in_line",
        /// The line of that number (the bound) holds no mail address.
        NoAddressInLine = "no_address_in_line",
        /// Words that do not stand in the clause they are taken from.
        NotInClause = "not_in_clause",
        /// A day that is over, where something is to happen.
        Over = "over",
    }
}

/// A fault at a field, told beside it while the form keeps what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldFault {
    /// The field's key.
    pub field: String,
    /// What is wrong.
    pub code: FaultCode,
    /// The bound that was broken, where there is one.
    pub bound: Option<i64>,
}

impl FieldFault {
    /// A fault without a bound.
    pub fn new(field: impl Into<String>, code: FaultCode) -> Self {
        Self { field: field.into(), code, bound: None }
    }

    /// A fault of one line of a list, its place counted from zero.
    pub fn in_line(field: impl Into<String>, code: FaultCode, at: usize) -> Self {
        Self { bound: i64::try_from(at + 1).ok(), ..Self::new(field, code) }
    }
}

impl Input {
    /// The filled text of a field, trimmed; `None` when empty.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// The day of a field; `None` when empty or no day (checked by [`Input::faults`] beforehand).
    pub fn day(&self, field: Field) -> Option<NaiveDate> {
        self.text(field).and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
    }

    /// Everything that is wrong with the fields for this row, taken on this day.
    pub fn faults(&self, row: &Row, today: NaiveDate) -> Vec<FieldFault> {
        let missing = row.asks.iter().filter(|ask| ask.required && self.text(ask.field).is_none());
        let mut faults: Vec<FieldFault> =
            missing.map(|ask| FieldFault::new(ask.field.to_string(), FaultCode::Missing)).collect();
        for (field, _) in self.0.iter() {
            let Some(text) = self.text(*field) else { continue };
            // A remark is welcome with every move; any other field must be asked for.
            if *field != Field::Note && !row.asks.iter().any(|ask| ask.field == *field) {
                faults.push(FieldFault::new(field.to_string(), FaultCode::NotAsked));
            } else if let Some((code, bound)) = fault_of(field.shape(), text) {
                faults.push(FieldFault { field: field.to_string(), code, bound });
            } else if field.lies_ahead() && self.day(*field).is_some_and(|day| day < today) {
                faults.push(FieldFault::new(field.to_string(), FaultCode::Over));
            }
        }
        faults
    }
}

fn fault_of(shape: Shape, text: &str) -> Option<(FaultCode, Option<i64>)> {
    let bad = text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    let longer = |bound: usize| text.chars().count() > bound;
    match shape {
        _ if bad => Some((FaultCode::BadCharacters, None)),
        Shape::Line(bound) | Shape::Text(bound) if longer(bound) => {
            Some((FaultCode::TooLong, i64::try_from(bound).ok()))
        }
        Shape::Line(_) if text.contains(['\n', '\r']) => Some((FaultCode::BadCharacters, None)),
        Shape::Line(_) | Shape::Text(_) => None,
        Shape::Day => {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").err().map(|_| (FaultCode::NotADay, None))
        }
        Shape::Choice(keys) => (!keys.contains(&text)).then_some((FaultCode::NotAChoice, None)),
    }
}
