//! Passwords that people choose alike: walks over the keyboard, sequences, repetitions, and a few words with digits.
//!
//! The list is made by rule, so it covers what a list of a million leaked passwords covers in the lengths allowed here.

/// Words that passwords are made of, in Latin letters and pinyin; digits and signs around them do not make them better.
const WORDS: [&str; 58] = [
    "password",
    "passwd",
    "passcode",
    "admin",
    "administrator",
    "root",
    "system",
    "manager",
    "master",
    "super",
    "user",
    "guest",
    "test",
    "demo",
    "login",
    "logon",
    "welcome",
    "letmein",
    "changeme",
    "secret",
    "default",
    "hello",
    "iloveyou",
    "love",
    "sunshine",
    "princess",
    "monkey",
    "dragon",
    "football",
    "qwerty",
    "asdf",
    "zxcv",
    "abc",
    "quanheng",
    "metrology",
    "jiliang",
    "biaozhun",
    "guifan",
    "weiyuanhui",
    "mishuchu",
    "mima",
    "woaini",
    "wodemima",
    "zhongguo",
    "china",
    "beijing",
    "shanghai",
    "guangzhou",
    "shenzhen",
    "jiangsu",
    "hubei",
    "nihao",
    "woshi",
    "laopo",
    "laogong",
    "baobao",
    "qaz",
    "wsx",
];

/// Rows of the keyboard; a step to a neighbour in a row or in the slanted columns is no choice.
const ROWS: [&str; 4] = ["1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"];

/// Whether the password is one that many people would choose, or is made of the person's own words.
pub fn is_weak(password: &str, own_words: &[&str]) -> bool {
    let folded = fold(password);
    let characters: Vec<char> = folded.chars().collect();
    repeats(&characters)
        || walks(&characters)
        || walks(&keys(password))
        || made_of_words(&folded, own_words)
}

/// The keys that were pressed, with or without shift.
fn keys(password: &str) -> Vec<char> {
    const SHIFTED: &str = "!@#$%^&*()_+";
    let digit = |c: char| {
        SHIFTED.chars().position(|shifted| shifted == c).and_then(|at| ROWS[0].chars().nth(at))
    };
    password.to_lowercase().chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// Lower case, with the usual stand-ins for letters undone only where they stand beside letters.
fn fold(password: &str) -> String {
    let lower: Vec<char> = password.to_lowercase().chars().collect();
    let beside_letter = |at: usize| {
        (at > 0 && lower[at - 1].is_alphabetic())
            || lower.get(at + 1).is_some_and(|next| next.is_alphabetic())
    };
    lower
        .iter()
        .enumerate()
        .map(|(at, c)| match c {
            '0' if beside_letter(at) => 'o',
            '3' if beside_letter(at) => 'e',
            '@' => 'a',
            '$' => 's',
            other => *other,
        })
        .collect()
}

/// One piece of up to four characters over and over, or hardly any different characters.
fn repeats(characters: &[char]) -> bool {
    let period = |size: usize| {
        characters.iter().zip(&characters[size.min(characters.len())..]).all(|(a, b)| a == b)
    };
    let distinct = characters.iter().collect::<std::collections::BTreeSet<_>>().len();
    (1..=4).any(period) || distinct < 5
}

/// Nearly every step leads to a neighbour on the keyboard, in the alphabet or among the digits.
fn walks(characters: &[char]) -> bool {
    let steps = characters.len().saturating_sub(1);
    let lazy = characters.windows(2).filter(|pair| is_step(pair[0], pair[1])).count();
    steps > 0 && lazy * 5 >= steps * 4
}

fn is_step(from: char, to: char) -> bool {
    let successive = from.is_ascii_alphanumeric()
        && to.is_ascii_alphanumeric()
        && from.is_ascii_digit() == to.is_ascii_digit()
        && (u32::from(from)).abs_diff(u32::from(to)) <= 1;
    successive
        || matches!((place(from), place(to)), (Some(a), Some(b)) if a.0.abs_diff(b.0) <= 1 && a.1.abs_diff(b.1) <= 1)
        || column_jump(from, to)
}

/// From the foot of a column to the head of the next, as in 1qaz2wsx.
fn column_jump(from: char, to: char) -> bool {
    matches!((place(from), place(to)), (Some(a), Some(b)) if a.0.abs_diff(b.0) == ROWS.len() - 1 && a.1.abs_diff(b.1) <= 1)
}

fn place(key: char) -> Option<(usize, usize)> {
    ROWS.iter().enumerate().find_map(|(row, keys)| keys.find(key).map(|column| (row, column)))
}

/// Nothing of one's own choice remains once known words, own words, digits and signs are taken out.
fn made_of_words(folded: &str, own_words: &[&str]) -> bool {
    let mut rest = folded.to_owned();
    let own: Vec<String> = own_words
        .iter()
        .flat_map(|words| words.split(|c: char| !c.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() >= 2 && !word.chars().all(|c| c.is_ascii_digit()))
        .collect();
    let mut words: Vec<&str> =
        WORDS.iter().copied().chain(own.iter().map(String::as_str)).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    for word in words {
        rest = rest.replace(word, " ");
    }
    rest.chars().filter(|c| c.is_alphabetic()).count() < 3
}

#[cfg(test)]
mod tests {
    use super::is_weak;

    #[test]
    fn what_many_would_choose_is_weak() {
        for password in [
            "aaaaaaaaaaaa",
            "123456789012",
            "abcabcabcabc",
            "qwertyuiop12",
            "1qaz2wsx3edc",
            "!QAZ2wsx#EDC",
            "password2026",
            "P@ssw0rd2026!",
            "woaini1314520",
            "admin@quanheng",
            "zxcvbnm,./asdf",
            "Beijing2026!!",
            "abcdefghijkl",
        ] {
            assert!(is_weak(password, &[]), "{password}");
        }
        assert!(is_weak("wang.xiaoming88", &["Wang Xiaoming", "wang.xiaoming@demo.example"]));
    }

    #[test]
    fn what_one_thinks_up_is_not() {
        for password in [
            "correct horse battery",
            "量块比较仪放在窗边",
            "steelyard-under-the-plum",
            "Kz7#rqW2mVt9",
            "三月里的小雨淅沥沥下",
        ] {
            assert!(!is_weak(password, &["秘书长·演示", "secretary@demo.example"]), "{password}");
        }
    }
}
