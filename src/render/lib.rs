//! Official papers (公文、表格): one neutral value that is written as a Word document or shown as a page for print; and the sealed
//! dossier that papers and files are handed over in.
//!
//! Pure: words and figures go in, bytes come out. The page for print is the template `pages/papers/print`, which walks the same value.

mod docx;
pub mod dossier;
mod paper;

pub use docx::{DOCX, RenderError, docx};
pub use paper::{Align, Block, Cell, PageNumber, Paper, Signature, Table};
