//! Files of drafts as people, programs and attackers make them.
#![allow(clippy::unwrap_used, missing_docs)]

mod bad_files;
mod docx;
mod outlines;
mod paper;
