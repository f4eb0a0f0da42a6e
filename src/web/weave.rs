//! Rewrites the texts of templates when they are loaded, so that a page copies no value while it is rendered.
//!
//! Handlebars gives each partial a copy of the values that it may see, reads the name of them anew at every call, and within a
//! partial copies a value whenever it is named. So the layout is written into the text of its pages ([`in_layout`]), and a partial
//! over one value becomes the helper [`by_reference`] names, which goes on where the value lies. Writing the partials in as well
//! would make parsing, and with it the start, ten times as long. What is read again for every page (in development) is left as
//! written; a test holds both to the same result.

use std::collections::BTreeMap;

/// The page inside its layout, if the whole of it is the block of one.
pub fn in_layout(text: &str, texts: &BTreeMap<String, String>) -> Option<String> {
    let (name, inside) = text.trim().strip_prefix("{{#> ")?.split_once("}}")?;
    let body = inside.strip_suffix(&format!("{{{{/{name}}}}}"))?;
    let (body, inlines) = inlines(body)?;
    let mut woven = String::new();
    let mut rest = texts.get(name)?.as_str();
    while let Some((before, after)) = rest.split_once("{{#> ") {
        let (slot, after) = after.split_once("}}")?;
        let (fallback, after) = after.split_once(&format!("{{{{/{slot}}}}}"))?;
        woven.push_str(before);
        woven.push_str(inlines.get(slot).copied().unwrap_or(fallback));
        rest = after;
    }
    woven.push_str(rest);
    Some(woven.replacen("{{> @partial-block}}", &body, 1))
}

/// The helper that renders a partial over the value where it lies; see [`crate::helpers`].
pub const PART: &str = "part";

/// The text with `{{> partials/NAME VALUE}}` as `{{part "partials/NAME" VALUE}}`; blocks and calls of any other form stay.
pub fn by_reference(text: &str) -> String {
    const CALL: &str = "{{> partials/";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(CALL) {
        out.push_str(before);
        let (call, after) = after.split_once("}}").unwrap_or((after, ""));
        match call.split_once(' ') {
            Some((name, value)) if !value.contains([' ', '=']) => {
                out.push_str(&format!("{{{{{PART} \"partials/{name}\" {value}}}}}"));
            }
            _ => out.push_str(&format!("{CALL}{call}}}}}")),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The body without the inline parts that it defines for its layout, and those by name.
fn inlines(body: &str) -> Option<(String, BTreeMap<&str, &str>)> {
    let (mut kept, mut found, mut rest) = (String::new(), BTreeMap::new(), body);
    while let Some((before, after)) = rest.split_once("{{#*inline \"") {
        let (name, after) = after.split_once("\"}}")?;
        let (text, after) = after.split_once("{{/inline}}")?;
        kept.push_str(before);
        found.insert(name, text);
        rest = after;
    }
    kept.push_str(rest);
    Some((kept, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_over_one_value_is_a_helper() {
        let text = "a{{> partials/row this}}b{{> partials/x @root.frame}}";
        let woven = "a{{part \"partials/row\" this}}b{{part \"partials/x\" @root.frame}}";
        assert_eq!(by_reference(text), woven);
        for other in [
            "{{> partials/row}}",
            "{{> partials/row a b=c}}",
            "{{#> layouts/page}}x{{/layouts/page}}",
        ] {
            assert_eq!(by_reference(other), other);
        }
    }

    #[test]
    fn a_page_is_one_text_with_its_layout() {
        let layout = "<title>{{#> title}}none{{/title}}</title><main>{{> @partial-block}}</main>";
        let texts = BTreeMap::from([("layouts/page".to_owned(), layout.to_owned())]);
        let page = "{{#> layouts/page}}\n{{#*inline \"title\"}}T{{/inline}}{{> partials/row this}}{{/layouts/page}}\n";
        let woven = "<title>T</title><main>\n{{> partials/row this}}</main>";
        assert_eq!(in_layout(page, &texts).as_deref(), Some(woven));
        let bare = in_layout("{{#> layouts/page}}x{{/layouts/page}}", &texts);
        assert_eq!(bare.as_deref(), Some("<title>none</title><main>x</main>"));
        for other in
            ["{{> partials/row this}}", "{{#> layouts/none}}x{{/layouts/none}}", "{{#> broken"]
        {
            assert_eq!(in_layout(other, &texts), None);
        }
    }
}
