//! Numbers, amounts of bytes and shares as people write them; the same in both languages.

use crate::words::Words;

impl Words {
    /// A whole number with commas between thousands: `500,000`.
    pub fn number(number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut shown = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if number < 0 {
            shown.push('-');
        }
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                shown.push(',');
            }
            shown.push(digit);
        }
        shown
    }

    /// An amount of bytes in the largest fitting unit with one decimal at most: `812 B`, `1.5 MiB`, `50 MiB`.
    pub fn bytes(bytes: u64) -> String {
        const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
        let mut unit = 0;
        while unit + 1 < UNITS.len() && bytes >> (10 * (unit + 1)) > 0 {
            unit += 1;
        }
        let whole = bytes >> (10 * unit);
        let rest = bytes - (whole << (10 * unit));
        let tenths = if unit == 0 { 0 } else { (rest * 10) >> (10 * unit) };
        let name = UNITS[unit];
        if tenths == 0 || whole >= 100 {
            format!("{whole} {name}")
        } else {
            format!("{whole}.{tenths} {name}")
        }
    }

    /// A share in percent, cut (not rounded) to one decimal so that 66.66 % never shows as enough for two thirds; `–` of nothing.
    pub fn share(part: u64, whole: u64) -> String {
        if whole == 0 {
            return "–".to_owned();
        }
        let tenths = u128::from(part) * 1_000 / u128::from(whole);
        if tenths.is_multiple_of(10) {
            format!("{}%", tenths / 10)
        } else {
            format!("{}.{}%", tenths / 10, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_scaled_and_never_rounded_up() {
        for (number, shown) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567")]
        {
            assert_eq!(Words::number(number), shown);
        }
        assert_eq!(Words::number(i64::MIN), "-9,223,372,036,854,775,808");
        for (bytes, shown) in [
            (0, "0 B"),
            (1_023, "1023 B"),
            (1_024, "1 KiB"),
            (1_536, "1.5 KiB"),
            (52_428_800, "50 MiB"),
            (52_428_799, "49.9 MiB"),
            (u64::MAX, "16777215 TiB"),
        ] {
            assert_eq!(Words::bytes(bytes), shown);
        }
        assert_eq!(Words::share(2, 3), "66.6%");
        assert_eq!(Words::share(3, 4), "75%");
        assert_eq!(Words::share(0, 0), "–");
        assert_eq!(Words::share(u64::MAX, 1), "1844674407370955161500%");
    }
}
