//! Numbers of lists as they are printed: 3, III, c, 三, 丙, ③.

/// A number in one of Word's number formats; an unknown format prints digits.
pub(super) fn number(count: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "upperLetter" => letters(count, b'A'),
        "lowerLetter" => letters(count, b'a'),
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "decimalZero" => format!("{count:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => full_width(count),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(count),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => {
            chinese(count, ["", "十", "百", "千"], "一二三四五六七八九")
        }
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            chinese(count, ["", "拾", "佰", "仟"], "壹贰叁肆伍陆柒捌玖")
        }
        "ideographTraditional" => one_of("甲乙丙丁戊己庚辛壬癸", count),
        "ideographZodiac" => one_of("子丑寅卯辰巳午未申酉戌亥", count),
        _ => count.to_string(),
    }
}

fn one_of(signs: &str, count: u32) -> String {
    let at = usize::try_from(count).unwrap_or(0).checked_sub(1);
    at.and_then(|at| signs.chars().nth(at)).map_or_else(|| count.to_string(), String::from)
}

fn letters(count: u32, first: u8) -> String {
    // Word goes on with AA, BB, CC.
    let (letter, times) = (count.saturating_sub(1) % 26, count.saturating_sub(1) / 26 + 1);
    if count == 0 || times > 20 {
        return count.to_string();
    }
    let letter = char::from(first + u8::try_from(letter).unwrap_or(0));
    std::iter::repeat_n(letter, times as usize).collect()
}

fn roman(mut count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if count == 0 || count > 3999 {
        return count.to_string();
    }
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while count >= value {
            written += sign;
            count -= value;
        }
    }
    written
}

fn full_width(count: u32) -> String {
    let digit = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c);
    count.to_string().chars().map(digit).collect()
}

fn circled(count: u32) -> String {
    let base = match count {
        1..=20 => 0x245f,
        21..=35 => 0x323c,
        36..=50 => 0x328d,
        _ => return count.to_string(),
    };
    char::from_u32(base + count).map_or_else(|| count.to_string(), String::from)
}

fn chinese(count: u32, units: [&str; 4], digits: &str) -> String {
    if count == 0 || count > 9999 {
        return count.to_string();
    }
    let digits: Vec<char> = digits.chars().collect();
    let places: Vec<u32> = count.to_string().chars().filter_map(|c| c.to_digit(10)).collect();
    let mut written = String::new();
    let mut zero = false;
    for (at, digit) in places.iter().enumerate() {
        let unit = units[places.len() - 1 - at];
        match digit {
            0 => zero = true,
            digit => {
                if std::mem::take(&mut zero) {
                    written.push('零');
                }
                // 十二, not 一十二.
                if !(*digit == 1 && unit == "十" && at == 0) {
                    written.push(digits[*digit as usize - 1]);
                }
                written += unit;
            }
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_printed_as_word_does() {
        let rows = [
            (3, "decimal", "3"),
            (3, "unheard", "3"),
            (3, "upperLetter", "C"),
            (28, "lowerLetter", "bb"),
            (14, "upperRoman", "XIV"),
            (9, "lowerRoman", "ix"),
            (7, "decimalZero", "07"),
            (12, "decimalFullWidth", "１２"),
            (3, "decimalEnclosedCircle", "③"),
            (21, "decimalEnclosedCircle", "㉑"),
            (10, "chineseCounting", "十"),
            (12, "chineseCountingThousand", "十二"),
            (23, "japaneseCounting", "二十三"),
            (105, "chineseCounting", "一百零五"),
            (12, "chineseLegalSimplified", "壹拾贰"),
            (3, "ideographTraditional", "丙"),
            (13, "ideographZodiac", "13"),
            (0, "upperLetter", "0"),
            (5, "none", ""),
            (4000, "upperRoman", "4000"),
            (u32::MAX, "lowerLetter", "4294967295"),
        ];
        for (count, format, wanted) in rows {
            assert_eq!(number(count, format), wanted, "{count} {format}");
        }
    }
}
