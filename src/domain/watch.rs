//! Comments of the public that a person looks at before they count, so that machines are held off without any outside service.

use crate::keyed;

keyed! {
    /// Why a comment of the public is looked at first.
    Watch as "watch" {
        /// Its sender's browser ran no script, so it brought no proof of work (无工作量证明).
        NoProof = "no_proof",
        /// It holds more links than the settings allow (链接过多).
        Links = "links",
    }
}

keyed! {
    /// What the secretariat decided about a comment that was held.
    Verdict as "verdict" {
        /// It counts like the others (放行).
        Admitted = "admitted",
        /// It is kept and not shown (不予受理).
        Refused = "refused",
    }
}

/// How many links the words of a comment hold.
pub fn links(text: &str) -> usize {
    let lower = text.to_lowercase();
    let marked = lower.matches("http://").count() + lower.matches("https://").count();
    // `www.` behind a scheme was counted with the scheme.
    let bare = lower.matches("www.").count();
    let both = lower.matches("://www.").count();
    marked + bare - both
}

/// Whether a hash begins with so many zero bits: the work that a browser proves.
pub fn begins_with_zeros(hash: &[u8], bits: u32) -> bool {
    let mut zeros = 0;
    for byte in hash {
        zeros += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    zeros >= bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_counted_once_each() {
        for (text, wanted) in [
            ("流量计的示值误差", 0),
            ("see http://a.example and HTTPS://b.example", 2),
            ("https://www.a.example www.b.example", 2),
        ] {
            assert_eq!(links(text), wanted, "{text}");
        }
    }

    #[test]
    fn the_zeros_at_the_beginning_are_counted_by_bits() {
        assert!(begins_with_zeros(&[0, 0, 0x0f], 20));
        assert!(!begins_with_zeros(&[0, 0, 0x0f], 21));
        assert!(begins_with_zeros(&[0xff], 0));
        assert!(!begins_with_zeros(&[0x80, 0, 0], 1));
    }
}
