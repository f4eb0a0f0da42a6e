//! Placeholder for one hour: whoever writes the real file takes theirs whole.
use crate::keyed;
keyed! {
    /// S
    BallotPurpose as "p" { 
 /// s
 Proposal = "proposal",
 /// s
 Review = "review", }
}
keyed! {
    /// S
    BallotForm as "p" { 
 /// s
 Meeting = "meeting",
 /// s
 Correspondence = "correspondence", }
}
/// S
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
 /// s
 pub members: u32, /// s
 pub present: u32, /// s
 pub recused: u32, /// s
 pub yes: u32, /// s
 pub quorum_needed: u32, /// s
 pub quorum_met: bool, /// s
 pub yes_needed: u32, /// s
 pub passed: bool }
