//! What the files of words hold, for the tests that keep the languages equal and for the check of an operator's overrides.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{
    ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use quanheng_domain::Locale;

use crate::words::embedded_files;

/// The variables of each key; attributes count as keys of their own, `key.attribute`.
pub type Variables = BTreeMap<String, BTreeSet<String>>;

/// The keys of each compiled file of a language, by file name without folder, for example `time.ftl`.
pub fn compiled(locale: Locale) -> BTreeMap<String, Variables> {
    embedded_files(locale)
        .into_iter()
        .map(|(path, text)| (path.rsplit('/').next().unwrap_or(&path).to_owned(), keys(&text)))
        .collect()
}

/// The keys of one Fluent text with their variables; broken entries are passed over, since loading refuses them anyway.
pub fn keys(text: &str) -> Variables {
    let resource = parser::parse(text).unwrap_or_else(|(partial, _)| partial);
    let mut found = Variables::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        if let Some(value) = &message.value {
            found.insert(message.id.name.to_owned(), variables(value));
        }
        for attribute in &message.attributes {
            let key = format!("{}.{}", message.id.name, attribute.id.name);
            found.insert(key, variables(&attribute.value));
        }
    }
    found
}

/// Every difference between two languages, one line each; empty if both have the same keys with the same variables.
pub fn differences(
    one: &BTreeMap<String, Variables>,
    other: &BTreeMap<String, Variables>,
) -> Vec<String> {
    let mut lines = Vec::new();
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let none = Variables::new();
    for file in names {
        let (left, right) = (one.get(file).unwrap_or(&none), other.get(file).unwrap_or(&none));
        let all: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
        for key in all {
            match (left.get(key), right.get(key)) {
                (Some(a), Some(b)) if a != b => {
                    lines.push(format!(
                        "{file}: {key} has {a:?} in one language, {b:?} in the other"
                    ));
                }
                (Some(_), Some(_)) => {}
                _ => lines.push(format!("{file}: {key} stands in one language only")),
            }
        }
    }
    lines
}

fn variables(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    in_pattern(pattern, &mut found);
    found
}

fn in_pattern(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, found);
        }
    }
}

fn in_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, found),
        Expression::Select { selector, variants } => {
            in_inline(selector, found);
            for variant in variants {
                in_pattern(&variant.value, found);
            }
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => in_arguments(arguments, found),
        InlineExpression::TermReference { arguments: Some(arguments), .. } => {
            in_arguments(arguments, found)
        }
        InlineExpression::Placeable { expression } => in_expression(expression, found),
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { arguments: None, .. } => {}
    }
}

fn in_arguments(arguments: &CallArguments<&str>, found: &mut BTreeSet<String>) {
    for argument in &arguments.positional {
        in_inline(argument, found);
    }
    for argument in &arguments.named {
        in_inline(&argument.value, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_at_every_depth_and_differences_are_named() {
        let text = "a-one = x\na-two = { $n ->\n    [one] { $name }\n   *[other] { NUMBER($count) }\n}\n    .hint = { $h }\n";
        let found = keys(text);
        let named = |key: &str| found[key].iter().map(String::as_str).collect::<Vec<_>>();
        assert_eq!(named("a-two"), ["count", "n", "name"]);
        assert_eq!(named("a-two.hint"), ["h"]);
        let other = keys("a-one = y { $z }\na-three = new\n");
        let lines = differences(
            &BTreeMap::from([("a.ftl".to_owned(), found)]),
            &BTreeMap::from([("a.ftl".to_owned(), other)]),
        );
        assert_eq!(lines.len(), 4, "{lines:#?}");
    }
}
