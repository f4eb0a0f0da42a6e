//! What somebody says about a clause, as every form asks for it and reads it: clause, kind, comment, wording proposed, reason.

use quanheng_actions::round::Remark;
use quanheng_domain::Keyed;
use quanheng_domain::comment::CommentKind;

use super::super::projects::word;
use crate::typed::Typed;
use crate::views::{Field, FieldKind, Text};

/// The parts that are typed.
pub const PARTS: [&str; 5] = ["clause", "kind", "body", "proposal", "reason"];

/// The fields below a prefix; `value` and `fault` tell what stands in a part and what is wrong with it, `body` finishes the field of the
/// comment itself.
pub fn fields(
    prefix: &str,
    value: impl Fn(&str) -> String,
    fault: impl Fn(&str) -> Option<Text>,
    body: impl Fn(Field) -> Field,
) -> Vec<Field> {
    let field = |part: &str| {
        let kind = match part {
            "clause" => FieldKind::Text,
            "kind" => FieldKind::Select,
            _ => FieldKind::Textarea,
        };
        let field =
            Field::new(kind, &format!("{prefix}.{part}"), Text::word("rounds-column", part))
                .value(value(part))
                .fault(fault(part));
        match part {
            "clause" => field.attr("maxlength", 120),
            "kind" => CommentKind::ALL
                .iter()
                .fold(field, |field, kind| field.choice(kind.key(), word(*kind))),
            "body" => body(field.attr("rows", 3).attr("maxlength", 8_000)),
            _ => field.attr("rows", 2).attr("maxlength", 8_000),
        }
    };
    PARTS.iter().map(|part| field(part)).collect()
}

/// Whether anything was typed below a prefix; a kind alone says nothing.
pub fn is_typed(typed: &Typed, prefix: &str) -> bool {
    let said = PARTS.iter().filter(|part| **part != "kind");
    said.into_iter().any(|part| !typed.raw(&format!("{prefix}.{part}")).trim().is_empty())
}

/// What was typed below a prefix.
pub fn read(typed: &Typed, prefix: &str) -> Remark {
    let name = |part: &str| format!("{prefix}.{part}");
    Remark {
        clause: typed.line(&name("clause")),
        kind: CommentKind::from_key(typed.raw(&name("kind"))).unwrap_or(CommentKind::General),
        body: typed.text(&name("body")),
        proposal: typed.text(&name("proposal")),
        reason: typed.text(&name("reason")),
        quote: typed.text(&name("quote")),
    }
}
