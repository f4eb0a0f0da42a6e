//! What stands on the cover of an edition beside its number and title (封面信息): classifications, publisher, book number.

/// Whether every class of a list is one of the International Classification for Standards (国际标准分类号): `17.060`, `17.220.20`.
pub fn is_ics(text: &str) -> bool {
    let digits =
        |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    classes(text).all(|class| {
        let mut parts = class.split('.');
        parts.next().is_some_and(|field| digits(field, 2))
            && parts.next().is_none_or(|group| digits(group, 3))
            && parts.next().is_none_or(|group| digits(group, 2))
            && parts.next().is_none()
    })
}

/// Whether every class of a list is one of the Chinese classification (中国标准文献分类号): `A50`, `N 12`.
pub fn is_ccs(text: &str) -> bool {
    classes(text).all(|class| {
        let class: String = class.chars().filter(|c| !c.is_whitespace()).collect();
        let mut letters = class.bytes();
        letters.next().is_some_and(|b| b.is_ascii_uppercase())
            && matches!(letters.len(), 1 | 2)
            && letters.all(|b| b.is_ascii_digit())
    })
}

/// Whether a text is a book number (ISBN) of ten or thirteen figures with the right check figure, or a unified book number (统一书号)
/// such as `155026·J-2712`, which has none.
pub fn is_book_number(text: &str) -> bool {
    let text = text.trim();
    if text.contains(['·', '•']) {
        return text.chars().any(|c| c.is_ascii_digit());
    }
    let bare = text.to_ascii_uppercase();
    let bare = bare.strip_prefix("ISBN").unwrap_or(&bare);
    let figures: Vec<char> =
        bare.chars().filter(|c| !matches!(c, ' ' | '-' | ':' | '：')).collect();
    let value = |c: &char| if *c == 'X' { Some(10) } else { c.to_digit(10) };
    let Some(values) = figures.iter().map(value).collect::<Option<Vec<u32>>>() else {
        return false;
    };
    match values.len() {
        10 => {
            values.iter().zip((1..=10).rev()).map(|(v, weight)| v * weight).sum::<u32>() % 11 == 0
        }
        13 => {
            let weights = [1, 3].into_iter().cycle();
            !figures.contains(&'X')
                && values.iter().zip(weights).map(|(v, weight)| v * weight).sum::<u32>() % 10 == 0
        }
        _ => false,
    }
}

/// The international classes of a list, each with those that it belongs to: of `17.220.20` also `17` and `17.220`.
pub fn ics_with_groups(text: &str) -> Vec<String> {
    let levels = |class: &str| {
        let ends: Vec<usize> = class.match_indices('.').map(|(at, _)| at).collect();
        ends.into_iter().chain([class.len()]).map(|end| class[..end].to_owned()).collect::<Vec<_>>()
    };
    each_once(classes(text).flat_map(levels))
}

/// The Chinese classes of a list without blanks, each with its letter: of `N 12` also `N`.
pub fn ccs_with_letters(text: &str) -> Vec<String> {
    let levels = |class: &str| {
        let class: String = class.chars().filter(|c| !c.is_whitespace()).collect();
        [class.chars().take(1).collect(), class]
    };
    each_once(classes(text).flat_map(levels))
}

fn each_once(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut found = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

/// The classes of a list that is divided by semicolons or commas.
pub fn classes(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '；', ',', '，', '、']).map(str::trim).filter(|class| !class.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_belongs_to_those_above_it() {
        let all = ics_with_groups("17.220.20；17.060");
        assert_eq!(all, ["17", "17.220", "17.220.20", "17.060"]);
        assert_eq!(ccs_with_letters("A50, N 12"), ["A", "A50", "N", "N12"]);
        assert!(ics_with_groups("").is_empty() && ccs_with_letters(" ; ").is_empty());
    }

    #[test]
    fn classifications_and_book_numbers_are_told_from_what_only_looks_like_them() {
        for good in ["", "17", "17.060", "17.220.20", "17.060; 71.040.10"] {
            assert!(is_ics(good), "{good}");
        }
        for bad in ["17.06", "A50", "17.220.200", "17.060.10.1", "一七"] {
            assert!(!is_ics(bad), "{bad}");
        }
        for good in ["", "A50", "N 12", "A50；N12", "A5"] {
            assert!(is_ccs(good), "{good}");
        }
        for bad in ["50A", "a50", "A", "A500", "计50"] {
            assert!(!is_ccs(bad), "{bad}");
        }
        for good in ["ISBN 978-0-306-40615-7", "0306406152", "155026·J-2712", "080442957X"] {
            assert!(is_book_number(good), "{good}");
        }
        for bad in ["978-0-306-40615-8", "12345", "无", "0306406153"] {
            assert!(!is_book_number(bad), "{bad}");
        }
    }
}
