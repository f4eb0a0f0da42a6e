//! Why a file cannot become clauses.

/// Why the text of a file cannot be read; a file without text (a scan) is no error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The bytes are of another kind than the one asked for.
    #[error("the file is not of the kind it should be")]
    NotThatKind,
    /// The file is protected by a password (文件已加密).
    #[error("the file is protected by a password")]
    Locked,
    /// Unpacked it is larger than any text, or it has more parts or nests deeper: made to harm.
    #[error("unpacked the file is larger than any text may be")]
    TooBig,
    /// A part cannot be read, or asks for something that is refused (external entities).
    #[error("part {part} of the file cannot be read")]
    Broken {
        /// Name of the part within the file.
        part: String,
    },
}

impl TextError {
    /// A part that cannot be read.
    pub(crate) fn broken(part: impl Into<String>) -> Self {
        Self::Broken { part: part.into() }
    }
}
