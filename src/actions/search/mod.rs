//! Search over the catalogue: numbers in any written form and with a slip of the finger, titles in Chinese and English, initials of
//! the pinyin, and the clauses of published texts. Numbers and titles are looked through in memory, full texts in the index.

pub mod cut;
pub mod index;
pub mod keys;
pub mod mark;
pub mod rank;
pub mod saved;

pub use index::{rebuild, refresh};
pub use rank::{Hit, Searched, search};
