//! Observers (旁听代表) of reviews that touch people's livelihood: application, admission, and what is on record about them.

pub mod apply;
pub mod decide;
