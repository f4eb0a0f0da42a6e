//! Fields: their result is shown, their instruction is not, and tables of contents are left out.

/// A field that is open.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether its result has begun.
    result: bool,
}

/// The fields that are open, from the outermost.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    hidden: usize,
}

/// Most fields open at once; more are passed over.
const MOST: usize = 64;

impl Fields {
    /// Whether words are shown here.
    pub(super) fn shown(&self) -> bool {
        self.hidden == 0
    }

    /// Whether words here are entries of a table of contents.
    pub(super) fn in_contents(&self) -> bool {
        self.open.iter().any(|field| field.result && is_contents(&field.instruction))
    }

    /// More of the instruction of the innermost field.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.result) {
            field.instruction.push_str(text);
        }
    }

    /// A mark of a field; gives the instruction of one that ends and never had a result.
    pub(super) fn mark(&mut self, kind: &str) -> Option<String> {
        let mut without = None;
        match kind {
            "begin" if self.open.len() < MOST => self.open.push(Field::default()),
            "separate" => {
                if let Some(field) = self.open.last_mut() {
                    field.result = true;
                }
            }
            "end" => {
                without =
                    self.open.pop().filter(|field| !field.result).map(|field| field.instruction)
            }
            _ => {}
        }
        self.count();
        without
    }

    /// Forgets all fields: one was never closed, and the text goes on.
    pub(super) fn clear(&mut self) {
        self.open.clear();
        self.count();
    }

    fn count(&mut self) {
        let hides = |field: &&Field| !field.result || is_contents(&field.instruction);
        self.hidden = self.open.iter().filter(hides).count();
    }
}

/// Whether an instruction makes a table of contents or an index.
pub(super) fn is_contents(instruction: &str) -> bool {
    let word = instruction.split_whitespace().next().unwrap_or_default();
    ["TOC", "INDEX", "TOA"].iter().any(|name| word.eq_ignore_ascii_case(name))
}
