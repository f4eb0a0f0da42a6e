//! Templates: everything is escaped, and nothing in them is refused by the content security policy.

use crate::tree::{files, none};

#[test]
fn only_layouts_put_in_text_that_is_not_escaped() {
    let mut faults = Vec::new();
    for file in files("templates", ".html.hbs") {
        let is_layout = file.path.contains("/layouts/");
        for (number, line) in file.text.lines().enumerate() {
            if !is_layout && (line.contains("{{{") || line.contains("{{&")) {
                faults.push(format!("{}:{}", file.path, number + 1));
            }
        }
    }
    none("text that is not escaped outside layouts/:", &faults);
}

#[test]
fn pages_hold_no_script_and_no_style() {
    let mut faults = Vec::new();
    for file in files("templates", ".html.hbs") {
        // Mails have no stylesheet; printed reports are not served under the policy.
        if file.path.starts_with("templates/emails/") || file.path.starts_with("templates/reports/")
        {
            continue;
        }
        for (number, line) in file.text.lines().enumerate() {
            for fault in inline(&line.to_lowercase()) {
                faults.push(format!("{}:{}: {fault}", file.path, number + 1));
            }
        }
    }
    none("the content security policy would refuse:", &faults);
}

fn inline(line: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for word in ["<style", " style=", "javascript:"] {
        if line.contains(word) {
            faults.push(word.trim().to_owned());
        }
    }
    for tag in line.split("<script").skip(1) {
        if !tag.split('>').next().unwrap_or_default().contains("src=") {
            faults.push("<script> without src".to_owned());
        }
    }
    for part in line.split(" on").skip(1) {
        let name: String = part.chars().take_while(char::is_ascii_lowercase).collect();
        if !name.is_empty() && part[name.len()..].starts_with("=\"") {
            faults.push(format!("on{name}="));
        }
    }
    faults
}

#[test]
fn the_look_for_inline_code_finds_it() {
    assert_eq!(inline("<p style=\"x\" onclick=\"y\">"), ["style=", "onclick="]);
    assert_eq!(
        inline("<script>x</script><script src=\"a.js\"></script>"),
        ["<script> without src"]
    );
    assert!(inline("<p class=\"style\">come on, based on=this</p>").is_empty());
}
