//! Contrast of the colour tokens: every pair that meets in the style sheets reaches WCAG 2.2 AA in both themes.

use std::collections::HashMap;

const TOKENS: &str = include_str!("../../../templates/assets/css/tokens.css");
const TEXT: f64 = 4.5;
const CONTROL: f64 = 3.0;

/// Text colours and the grounds they stand on.
const PAIRS: &[(&str, &[&str], f64)] = &[
    (
        "ink",
        &[
            "paper",
            "sheet",
            "sunk",
            "mark",
            "gone",
            "new",
            "seal-soft",
            "good-soft",
            "warn-soft",
            "accent-soft",
        ],
        TEXT,
    ),
    ("ink-2", &["paper", "sheet", "sunk", "faded-soft", "good-soft"], TEXT),
    ("ink-3", &["paper", "sheet", "sunk", "faded-soft"], TEXT),
    ("accent", &["paper", "sheet", "sunk", "accent-soft", "seal-soft", "mark"], TEXT),
    ("accent-2", &["accent-soft", "paper", "sheet"], TEXT),
    ("seal", &["paper", "sheet", "sunk", "seal-soft"], TEXT),
    ("good", &["paper", "sheet", "sunk", "good-soft"], TEXT),
    ("warn", &["paper", "sheet", "sunk", "warn-soft"], TEXT),
    ("brass", &["paper", "sheet", "sunk"], TEXT),
    ("on-accent", &["accent-fill", "accent-fill-2"], TEXT),
    ("on-seal", &["seal-fill"], TEXT),
    ("edge", &["paper", "sheet"], CONTROL),
    ("focus", &["paper", "sheet", "sunk", "seal-soft"], CONTROL),
    ("paper", &["ink"], TEXT),
];

fn tokens(block: &str) -> HashMap<&str, &str> {
    block
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "))
        .filter(|(_, value)| value.starts_with('#'))
        .collect()
}

fn luminance(hex: &str) -> f64 {
    let channel = |from: usize| {
        let value = f64::from(u8::from_str_radix(&hex[from..from + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_of_colours_reaches_aa_in_both_themes() {
    let blocks: Vec<&str> = TOKENS.split('}').collect();
    let light = tokens(blocks[0]);
    let dark =
        tokens(blocks.iter().find(|block| block.contains(":root[data-theme=\"dark\"]")).unwrap());
    let system_dark =
        tokens(blocks.iter().find(|block| block.contains("prefers-color-scheme: dark")).unwrap());
    assert_eq!(dark, system_dark, "the two dark blocks differ");
    let mut low = Vec::new();
    for (theme, colours) in [("light", light), ("dark", dark)] {
        for (text, grounds, least) in PAIRS {
            for ground in *grounds {
                let reached = contrast(colours[text], colours[ground]);
                if reached < *least {
                    low.push(format!("{theme}: {text} on {ground} is {reached:.2}, needs {least}"));
                }
            }
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}

#[test]
fn black_on_white_is_twenty_one() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.001);
}
