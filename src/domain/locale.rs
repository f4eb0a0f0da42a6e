//! The languages in which the system speaks; a person's choice travels with her mails and reports.

crate::keyed! {
    /// A language of pages, mails and reports (语言).
    Locale as "locale" {
        /// Simplified Chinese (简体中文), the first language of the product.
        Chinese = "zh-CN",
        /// English.
        English = "en",
    }
}
