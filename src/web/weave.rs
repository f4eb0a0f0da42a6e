//! Writes layouts and partials into the text of a page when templates are loaded.
//!
//! Handlebars gives each partial a copy of the values that it may see, and within a partial copies a value whenever it is named: a
//! list inside a layout would be copied for every row. One text without partials refers to the values where they lie. What is read
//! again for every page (in development) is left as written; a test holds both to the same result.

use std::collections::BTreeMap;

/// How deep partials may stand in partials; deeper ones stay partials, so a partial within itself does no harm.
const DEEPEST: u8 = 6;

/// The template with its layout and its partials written in; what has arguments by name stays a partial.
pub fn weave(text: &str, texts: &BTreeMap<String, String>) -> String {
    partials(&in_layout(text, texts).unwrap_or_else(|| text.to_owned()), texts, DEEPEST)
}

/// The page inside its layout, if the whole of it is the block of one.
fn in_layout(text: &str, texts: &BTreeMap<String, String>) -> Option<String> {
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

/// The text with its partials written in, each with the values that it is given.
fn partials(text: &str, texts: &BTreeMap<String, String>, deep: u8) -> String {
    let (mut woven, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("{{> ") {
        woven.push_str(before);
        let Some((call, after)) = after.split_once("}}") else {
            woven.push_str("{{> ");
            rest = after;
            continue;
        };
        let (name, given) = call.trim().split_once(' ').unwrap_or((call.trim(), "this"));
        let path = !given.trim().contains(|c: char| c.is_whitespace() || "=(\"'".contains(c));
        match texts.get(name).filter(|_| path && deep > 0) {
            None => woven.push_str(&format!("{{{{> {call}}}}}")),
            Some(text) if given.trim() == "this" => {
                woven.push_str(&partials(text, texts, deep - 1));
            }
            // What it says of nothing at all it can only say itself.
            Some(text) if text.contains("if this}}") || text.contains("unless this}}") => {
                woven.push_str(&format!("{{{{> {call}}}}}"));
            }
            Some(text) => {
                let inside = partials(text, texts, deep - 1);
                woven.push_str(&format!(
                    "{{{{#with {}}}}}{inside}{{{{else}}}}{{{{/with}}}}",
                    given.trim()
                ));
            }
        }
        rest = after;
    }
    woven.push_str(rest);
    woven
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> BTreeMap<String, String> {
        let texts = [
            (
                "layouts/page",
                "<title>{{#> title}}none{{/title}}</title><main>{{> @partial-block}}</main>",
            ),
            ("partials/pill", "<b>{{text}}</b>"),
            ("partials/row", "<li>{{> partials/pill pill}}</li>"),
            ("partials/tree", "{{#each below}}{{> partials/tree this}}{{/each}}"),
        ];
        texts.map(|(name, text)| (name.to_owned(), text.to_owned())).into()
    }

    #[test]
    fn a_page_is_one_text() {
        let page = "{{#> layouts/page}}\n{{#*inline \"title\"}}T{{/inline}}{{#each rows}}{{> partials/row this}}{{/each}}{{/layouts/page}}\n";
        let woven = "<title>T</title><main>\n{{#each rows}}<li>{{#with pill}}<b>{{text}}</b>{{else}}{{/with}}</li>{{/each}}</main>";
        assert_eq!(weave(page, &texts()), woven);
        let bare = weave("{{#> layouts/page}}x{{/layouts/page}}", &texts());
        assert_eq!(bare, "<title>none</title><main>x</main>");
    }

    #[test]
    fn what_cannot_be_written_in_stays_a_partial() {
        for text in ["{{> partials/pill text=(t \"a\")}}", "{{> partials/unknown x}}", "{{> broken"]
        {
            assert_eq!(weave(text, &texts()), text);
        }
        assert!(weave("{{> partials/tree this}}", &texts()).contains("{{> partials/tree this}}"));
    }
}
