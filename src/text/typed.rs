//! Text typed in the browser, and clauses written as such text so that a person corrects them: one paragraph a line, a clause for each
//! numbered line.
//!
//! Signs at the beginning of a line say what the machine would not see or would see wrongly: `#` a heading (more of them: deeper),
//! `\` running text, `|` a row of a table, `$` a formula (`$!` one that is a picture), `![…]` a figure. A `\` at the end of a line joins the next to it.

mod again;
mod cells;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use again::judged_again;
pub use read::read_typed;
pub use write::write_typed;
