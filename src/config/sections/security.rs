//! Sign-in, sessions and keys.

use quanheng_domain::keyed;

use super::{Rules, require};
use crate::{
    reader::Reader,
    secret::Secret,
    section::section,
    value::{Span, choice},
};

keyed! {
    /// Which rule book passwords follow; the two contradict each other.
    PasswordProfile as "password profile" {
        /// OWASP ASVS: long, checked against known leaks, no composition rules, no forced change.
        Asvs = "asvs",
        /// 等级保护 (GB/T 22239): composition rules, change every 90 days, the last five refused.
        Mlps = "mlps",
    }
}
choice! { PasswordProfile = "asvs or mlps"; }

keyed! {
    /// Whether cookies travel over TLS only.
    CookieSecure as "cookie rule" {
        /// As the site's address says.
        Auto = "auto",
        /// Always.
        On = "on",
        /// Never.
        Off = "off",
    }
}
choice! { CookieSecure = "auto, on or off"; }

section! {
    /// Sign-in, sessions and keys (安全).
    Security at "security" {
        /// A session without a request for so long ends.
        session_idle: Span,
        /// The same for administrators.
        admin_idle: Span,
        /// A session ends at this age in any case.
        session_absolute: Span,
        /// `asvs` (long, no forced change) or `mlps` (等级保护: composition rules, change every 90 days).
        password_profile: PasswordProfile,
        /// Wrong passwords for one account before the waiting begins.
        lockout_failures: u16,
        /// First waiting time, doubled with each further failure.
        lockout_first: Span,
        /// Longest waiting time, so that nobody can lock an owner out for good.
        lockout_longest: Span,
        /// Whether cookies travel over TLS only: `auto` follows the site's address.
        cookie_secure: CookieSecure,
        /// Key that signs cookies and forms, 32 random bytes or more; empty means made once and kept as `secret.key` in the data folder.
        secret_key: Secret,
        /// How long an invitation link works.
        invitation_lifetime: Span,
        /// How long a link to set a new password works.
        reset_lifetime: Span,
        /// How long a commenter without an account has to confirm the mail address.
        comment_link_lifetime: Span,
        /// Unconfirmed submissions of comments that one address may get mail for in a day, so that nobody's mailbox is flooded.
        comment_mails_day: u16,
        /// Memory of Argon2id for one password, in KiB.
        argon2_memory: u32,
        /// Passes of Argon2id over its memory.
        argon2_passes: u32,
    }
}

impl Rules for Security {
    fn check(&self, reader: &mut Reader<'_>) {
        let order = "must not be longer than session_absolute";
        require::<Self>(reader, "session_idle", self.session_idle <= self.session_absolute, order);
        require::<Self>(reader, "admin_idle", self.admin_idle <= self.session_absolute, order);
        let some = !self.session_idle.get().is_zero() && !self.admin_idle.get().is_zero();
        require::<Self>(reader, "session_idle", some, "must be longer than nothing");
        require::<Self>(
            reader,
            "lockout_failures",
            self.lockout_failures > 0,
            "must be at least 1",
        );
        let order = self.lockout_first <= self.lockout_longest;
        require::<Self>(reader, "lockout_first", order, "must not be longer than lockout_longest");
        let some = !self.comment_link_lifetime.get().is_zero();
        require::<Self>(reader, "comment_link_lifetime", some, "must be longer than nothing");
        let some = self.comment_mails_day > 0;
        require::<Self>(reader, "comment_mails_day", some, "must be at least 1");
        let key = self.secret_key.reveal();
        require::<Self>(
            reader,
            "secret_key",
            key.is_empty() || key.len() >= 32,
            "must have 32 characters or more",
        );
        let strong = self.argon2_memory >= 7_168 && self.argon2_passes >= 1;
        require::<Self>(reader, "argon2_memory", strong, "must be at least 7168 KiB with one pass");
    }
}

impl Security {
    /// Whether cookies carry the mark Secure on a site that is reached as `https` says.
    pub fn cookies_secure(&self, https: bool) -> bool {
        match self.cookie_secure {
            CookieSecure::Auto => https,
            CookieSecure::On => true,
            CookieSecure::Off => false,
        }
    }
}
