//! What the site calls itself and how it tells the time.

use quanheng_domain::Locale;

use super::{Rules, require};
use crate::{reader::Reader, section::section};

section! {
    /// What the site calls itself and how it tells the time (站点).
    Site at "site" {
        /// Name of the site in Chinese (站点名称).
        name_zh: String,
        /// Name of the site in English.
        name_en: String,
        /// Language for readers who ask for none: `zh-CN` or `en`.
        default_locale: Locale,
        /// Zone in which instants are shown and days begin, unless an authority says otherwise.
        zone: chrono_tz::Tz,
    }
}

impl Rules for Site {
    fn check(&self, reader: &mut Reader<'_>) {
        for (name, text) in [("name_zh", &self.name_zh), ("name_en", &self.name_en)] {
            let fair = !text.trim().is_empty() && !text.chars().any(char::is_control);
            require::<Self>(reader, name, fair, "must be a name without control characters");
        }
    }
}

impl Site {
    /// The name of the site in a language.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::Chinese => &self.name_zh,
            Locale::English => &self.name_en,
        }
    }
}
