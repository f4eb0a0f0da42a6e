//! The principal reviewer (主审人): the register of qualifications, assignment, and the form with its findings (FM-14).

pub mod assign;
pub mod finding;
pub mod form;
pub mod qualify;
