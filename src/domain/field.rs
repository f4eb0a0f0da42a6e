//! The measuring field (计量专业领域) of a text, read from the name of its committee or from its title.
//!
//! Nobody enters fields: the words that name them are a list (`data/fields.txt`), so that ten thousand imported texts have one.

use crate::{Keyed, keyed};

keyed! {
    /// A field of measurement.
    MeasuringField as "measuring field" {
        /// 几何量
        Length = "length",
        /// 热学
        Thermal = "thermal",
        /// 力学
        Mechanics = "mechanics",
        /// 电磁
        Electromagnetic = "electromagnetic",
        /// 无线电
        Radio = "radio",
        /// 时间频率
        TimeFrequency = "time_frequency",
        /// 电离辐射
        Ionizing = "ionizing",
        /// 光学
        Optics = "optics",
        /// 声学
        Acoustics = "acoustics",
        /// 化学
        Chemistry = "chemistry",
        /// 医学
        Medical = "medical",
        /// 气象与环境
        Weather = "weather",
        /// 交通运输
        Transport = "transport",
        /// 碳计量
        Carbon = "carbon",
        /// 法制与管理
        Management = "management",
    }
}

const WORDS: &str = include_str!("data/fields.txt");

/// The field that a name speaks of, if the list knows it.
pub fn of_name(name: &str) -> Option<MeasuringField> {
    let name = name.to_lowercase();
    WORDS.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let (key, words) = line.split_once(':')?;
        let spoken = words.split_whitespace().any(|word| name.contains(&word.to_lowercase()));
        spoken.then(|| MeasuringField::from_key(key).ok()).flatten()
    })
}

/// The field of a text: its committee's, else what its title speaks of.
pub fn of_text(committee: &str, title_zh: &str, title_en: &str) -> Option<MeasuringField> {
    [committee, title_zh, title_en].into_iter().find_map(of_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_words_and_every_line_a_field() {
        let lines: Vec<&str> = WORDS.lines().filter(|line| !line.starts_with('#')).collect();
        for line in &lines {
            let (key, words) = line.split_once(':').unwrap();
            assert!(MeasuringField::from_key(key).is_ok(), "{key}");
            assert!(words.split_whitespace().count() > 1, "{key}");
        }
        assert_eq!(lines.len(), MeasuringField::ALL.len());
    }

    #[test]
    fn committees_come_before_titles() {
        let cases = [
            ("全国流量计量技术委员会", "", Some(MeasuringField::Mechanics)),
            ("全国时间频率计量技术委员会", "辐射计校准规范", Some(MeasuringField::TimeFrequency)),
            ("", "工作用廉金属热电偶校准规范", Some(MeasuringField::Thermal)),
            ("", "无名", None),
        ];
        for (committee, title, wanted) in cases {
            assert_eq!(of_text(committee, title, ""), wanted, "{committee} {title}");
        }
    }
}
