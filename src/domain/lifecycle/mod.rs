//! The life of a project and of a re-examination case, as one table of moves and one function that decides.
//!
//! Five life cycles stay apart: the project (here), its documents, the validity of a published edition, comment rounds and
//! ballots, and re-examination, which walks through the same machinery as a project of its own kind.

pub mod deadlines;
pub mod decide;
pub mod facts;
pub mod input;
pub mod moves;
pub mod need;
pub mod needs;
mod needs_late;
pub mod outcome;
mod reminders;

pub use deadlines::DeadlineKind;
pub use decide::{Preview, decide, moves_open_to, who_acts_now};
pub use facts::{
    AdjustmentFact, Adoption, BallotFact, ConsentFact, Facts, Openness, RoundFact, Standing,
};
pub use input::{FaultCode, Field, FieldFault, Input, Shape};
pub use moves::{Ask, DocSet, Move, ProjectKind, ROWS, Row, Target, row_of, rows_from};
pub use need::Need;
pub use needs::{Case, Check};
pub use outcome::{Change, OpenDeadline, Outcome, RoundStatus};
pub use reminders::reminders;
