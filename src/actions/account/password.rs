//! Passwords: Argon2id, and the rules for choosing one.
//!
//! Hashing takes tens of milliseconds and its memory on purpose: callers run it outside transactions, off the asynchronous
//! threads and only a few at a time.

use argon2::{
    Argon2, Params,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use quanheng_config::{PasswordProfile, Security};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};

use super::weak;
use crate::limits;

/// Why a password could not be hashed or a stored hash not be read; a fault of the program or of other hands.
#[derive(Debug, thiserror::Error)]
#[error("password hashing: {0}")]
pub struct HashingFault(String);

/// Argon2id with the costs of the settings.
#[derive(Clone)]
pub struct Passwords {
    argon: Argon2<'static>,
    profile: PasswordProfile,
    /// The hash of a password nobody knows, verified in place of an unknown account so that the answer takes as long.
    dummy: String,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passwords(argon2id)")
    }
}

impl Passwords {
    /// Argon2id with the memory and passes of the settings, one lane.
    pub fn new(security: &Security, secret: &str) -> Result<Self, HashingFault> {
        let fault = |error: argon2::Error| HashingFault(error.to_string());
        let params =
            Params::new(security.argon2_memory, security.argon2_passes, 1, None).map_err(fault)?;
        let argon = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
        let mut passwords =
            Self { argon, profile: security.password_profile, dummy: String::new() };
        passwords.dummy = passwords.hash(secret)?;
        Ok(passwords)
    }

    /// The hash of a password with a fresh salt, in PHC form; slow.
    pub fn hash(&self, password: &str) -> Result<String, HashingFault> {
        self.argon
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| HashingFault(error.to_string()))
    }

    /// Whether the password is that of the hash; slow. Without a hash it takes as long and says no.
    pub fn verify(&self, hash: Option<&str>, password: &str) -> Result<bool, HashingFault> {
        let known = hash.is_some();
        let hash = hash.unwrap_or(&self.dummy);
        let parsed = PasswordHash::new(hash).map_err(|error| HashingFault(error.to_string()))?;
        // Only the password's bytes differ from try to try, so any error is "no".
        let matches = self.argon.verify_password(password.as_bytes(), &parsed).is_ok();
        Ok(known && matches)
    }

    /// What is wrong with a new password typed twice; `words` are the person's own (name, mail address), which must not make it up.
    pub fn faults(
        &self,
        field: &str,
        password: &str,
        again: &str,
        words: &[&str],
    ) -> Vec<FieldFault> {
        let length = password.chars().count();
        let shortest = match self.profile {
            PasswordProfile::Asvs => 12,
            PasswordProfile::Mlps => 8,
        };
        let fault = |code, bound| vec![FieldFault { field: field.to_owned(), code, bound }];
        if password.is_empty() {
            return fault(FaultCode::Missing, None);
        }
        if length < shortest {
            return fault(FaultCode::TooShort, i64::try_from(shortest).ok());
        }
        if length > limits::PASSWORD {
            return fault(FaultCode::TooLong, i64::try_from(limits::PASSWORD).ok());
        }
        if self.profile == PasswordProfile::Mlps && classes(password) < 3 {
            return fault(FaultCode::TooSimple, Some(3));
        }
        if weak::is_weak(password, words) {
            return fault(FaultCode::TooCommon, None);
        }
        if password != again {
            return vec![FieldFault::new(format!("{field}_again"), FaultCode::NotSame)];
        }
        Vec::new()
    }
}

/// How many of lower case, upper case, digits and other characters occur.
fn classes(password: &str) -> usize {
    let kinds: [fn(char) -> bool; 4] = [
        |c| c.is_lowercase(),
        |c| c.is_uppercase(),
        |c| c.is_ascii_digit(),
        |c| !c.is_lowercase() && !c.is_uppercase() && !c.is_ascii_digit(),
    ];
    kinds.iter().filter(|kind| password.chars().any(**kind)).count()
}
