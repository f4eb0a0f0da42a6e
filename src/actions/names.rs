//! Folding of names, so that the same name in another width or spacing is the same name.

use sha2::{Digest, Sha256};

/// Lower case, half width, without spaces and brackets' width: the key under which a name is unique.
pub fn fold(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            other => other,
        })
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A mail address as its key: trimmed and in lower case; `None` when it cannot be one.
pub fn email_key(address: &str) -> Option<String> {
    let address = address.trim();
    let (local, domain) = address.rsplit_once('@')?;
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| !c.is_whitespace() && !c.is_control() && !"<>,;\"()".contains(c))
    };
    (plain(local)
        && plain(domain)
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && address.len() <= 254)
        .then(|| address.to_lowercase())
}

/// The form in which a secret is stored: SHA-256 in lower-case hex. Secrets of 256 random bits need no salt.
pub fn secret_hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_by_width_and_space() {
        assert_eq!(fold("中国计量科学研究院（北京）"), fold("中国计量科学研究院 (北京)"));
        assert_ne!(fold("甲"), fold("乙"));
    }

    #[test]
    fn addresses_are_checked() {
        assert_eq!(
            email_key(" Member-07@Demo.Example ").as_deref(),
            Some("member-07@demo.example")
        );
        for bad in
            ["", "a", "a@", "@b.c", "a@b", "a b@c.d", "a@b.c\nBcc: x@y.z", "a@.b.c", "\"a\"@b.c"]
        {
            assert_eq!(email_key(bad), None, "{bad:?}");
        }
    }
}
