//! Comment rounds: asking, opening, receiving, settling and publishing comments.

pub mod answer;
pub mod ask;
pub mod care;
pub mod case;
pub mod compare;
pub mod confirm;
pub mod dispose;
pub mod files;
pub mod hearing;
pub mod hide;
pub mod index;
pub mod open;
pub mod own;
pub mod paper;
pub mod publish;
pub mod react;
pub mod receive;
pub mod submit;
pub mod table;
pub mod text;
pub mod unit;
pub mod watch;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use quanheng_db::{comments, rounds};
use quanheng_domain::{
    comment::{Answers, Disposition},
    ids::RoundId,
    notice::Count,
};

use crate::{ActionError, Tx};

pub use answer::{Answer, answer};
pub use ask::{AskUnits, ask_units, remind_silent};
pub use care::{Assign, assign, confirm_rulings, note_comment, stock_reason, weigh};
pub use case::Case;
pub use confirm::{Confirm, confirm};
pub use dispose::{Dispose, DisposeMany, Ruling, dispose, dispose_many};
pub use files::{AddFiles, NewFile, add_files, attach};
pub use hearing::{OpenHearing, close_hearing, open_reexamination_round, publish_hearing};
pub use hide::{Admit, Hide, admit, hide};
pub use index::index;
pub use own::{Edit, Withdraw, by_link, edit, withdraw};
pub use paper::{EnterPaper, enter_paper};
pub use react::{React, react};
pub use receive::{Receipt, confirm_path, own_path};
pub use submit::{Submit, Submitted, submit_comments};
pub use table::{
    MapColumns, MendRow, Progress, Steps, TakeTable, TakenTable, ThrowRow, UndoTable, Undone,
    enter_next, map_columns, may_take, mend_row, take_table, throw_row, undo_table,
};
pub use text::{Author, Remark};
pub use watch::{Moderate, hold, moderate};

/// The named numbers of a round, for mails; late comments are left out unless the profile counts them.
pub fn counts(tx: &mut Tx<'_, '_>, round: RoundId) -> Result<BTreeMap<Count, i64>, ActionError> {
    let case = Case::peek(tx, round)?;
    let late = case::late_count(&*case.profile(tx)?);
    let mut comments = rounds::confirmed_comments(tx.conn(), round)?;
    comments.retain(|comment| late || !comment.late);
    let asked = rounds::recipients_of(tx.conn(), round)?;
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let answers = Answers::count(asked.iter().map(|line| line.answer));
    let with = |code: Disposition| {
        number(comments.iter().filter(|comment| comment.disposition == Some(code)).count())
    };
    Ok(BTreeMap::from([
        (Count::Asked, number(asked.len())),
        (Count::Answered, number(answers.answered())),
        (Count::Comments, number(comments.len())),
        (Count::Accepted, with(Disposition::Accepted)),
        (Count::PartlyAccepted, with(Disposition::Partly)),
        (Count::NotAccepted, with(Disposition::Rejected)),
    ]))
}

/// Deletes comments that nobody confirmed before the instant; housekeeping calls it after links have ended. Tells how many.
pub fn sweep_unconfirmed(tx: &mut Tx<'_, '_>, before: DateTime<Utc>) -> Result<usize, ActionError> {
    Ok(comments::delete_unconfirmed(tx.conn(), before)?)
}
