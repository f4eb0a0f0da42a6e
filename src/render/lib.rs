//! Official papers (公文、表格): one neutral value that is written as a Word document or a PDF file, or shown as a page for print; and
//! the sealed dossier that papers and files are handed over in.
//!
//! Pure but for the typefaces, which are read from the machine: words and figures go in, bytes come out. The page for print is the
//! template `pages/papers/print`, which walks the same value.

mod breaks;
pub mod columns;
mod docx;
pub mod dossier;
mod paper;
mod pdf;
mod typefaces;

pub use docx::{DOCX, RenderError, docx};
pub use paper::{Align, Block, Cell, PageNumber, Paper, Signature, Table};
pub use pdf::{PDF, pdf};
pub use typefaces::{NoTypeface, Typefaces};
