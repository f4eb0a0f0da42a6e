//! How one value is read: every kind of setting takes its natural TOML form as well as text, because the environment has only text.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use figment::value::Value;
use quanheng_domain::{Keyed, Locale};

use crate::secret::{Secret, SecretUrl};

/// A type that a setting can have.
pub trait Setting: Sized {
    /// What a value must be, to complete "… is not …".
    const WANTED: &'static str;
    /// Whether the value must not be shown and may stand in a file of its own.
    const SECRET: bool = false;
    /// Reads the text form; nothing if it is none.
    fn from_text(text: &str) -> Option<Self>;
    /// Reads a value of the merged layers; nothing if it is none.
    fn from_value(value: &Value) -> Option<Self> {
        Self::from_text(&plain(value)?)
    }
    /// How the value may be shown if not as it was written.
    fn shown(&self) -> Option<String> {
        None
    }
}

/// The text form of a value that is no table and no list.
pub(crate) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(_, text) => Some(text.clone()),
        Value::Char(_, character) => Some(character.to_string()),
        Value::Bool(_, truth) => Some(truth.to_string()),
        Value::Num(_, number) => number
            .to_i128()
            .map(|n| n.to_string())
            .or_else(|| number.to_u128().map(|n| n.to_string()))
            .or_else(|| number.to_f64().map(|n| n.to_string())),
        Value::Empty(..) => Some(String::new()),
        Value::Dict(..) | Value::Array(..) => None,
    }
}

macro_rules! parsed {
    ($($kind:ty = $wanted:literal;)*) => {$(
        impl Setting for $kind {
            const WANTED: &'static str = $wanted;
            fn from_text(text: &str) -> Option<Self> {
                text.trim().parse().ok()
            }
        }
    )*};
}
parsed! {
    bool = "true or false";
    u16 = "a whole number from 0 to 65535";
    u32 = "a whole number";
    u64 = "a whole number";
    IpAddr = "an IP address";
    chrono_tz::Tz = "a time zone such as Asia/Shanghai";
}

impl Setting for String {
    const WANTED: &'static str = "a text";
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Setting for PathBuf {
    const WANTED: &'static str = "a path";
    fn from_text(text: &str) -> Option<Self> {
        (!text.contains('\0')).then(|| text.into())
    }
}

impl Setting for Secret {
    const WANTED: &'static str = "a text";
    const SECRET: bool = true;
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::new(text))
    }
    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Setting for SecretUrl {
    const WANTED: &'static str = "a URL";
    const SECRET: bool = true;
    fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        (text.is_empty() || text.contains(':')).then(|| Self::new(text))
    }
    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

/// The empty text means that an optional setting is not set.
macro_rules! optional {
    ($($kind:ty = $wanted:literal;)*) => {$(
        impl Setting for Option<$kind> {
            const WANTED: &'static str = $wanted;
            fn from_text(text: &str) -> Option<Self> {
                if text.trim().is_empty() {
                    return Some(None);
                }
                <$kind as Setting>::from_text(text).map(Some)
            }
        }
    )*};
}
optional! {
    String = "a text or empty";
    PathBuf = "a path or empty";
    SocketAddr = "an address with port such as 127.0.0.1:9464, or empty";
}
parsed! { SocketAddr = "an address with port such as 127.0.0.1:9464"; }

/// Lists are TOML arrays, or texts separated by commas.
macro_rules! list {
    ($($kind:ty = $wanted:literal;)*) => {$(
        impl Setting for Vec<$kind> {
            const WANTED: &'static str = $wanted;
            fn from_text(text: &str) -> Option<Self> {
                text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(<$kind as Setting>::from_text).collect()
            }
            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::Array(_, items) => items.iter().map(<$kind as Setting>::from_value).collect(),
                    other => Self::from_text(&plain(other)?),
                }
            }
        }
    )*};
}
list! {
    NetworkRange = "a list of IP addresses or ranges such as 10.0.0.0/8";
}

/// Closed sets are written by key.
macro_rules! choice {
    ($($kind:ty = $wanted:literal;)*) => {$(
        impl $crate::value::Setting for $kind {
            const WANTED: &'static str = $wanted;
            fn from_text(text: &str) -> Option<Self> {
                <$kind as quanheng_domain::Keyed>::from_key(text.trim()).ok()
            }
        }
    )*};
}
pub(crate) use choice;

impl Setting for Locale {
    const WANTED: &'static str = "zh-CN or en";
    fn from_text(text: &str) -> Option<Self> {
        Self::from_key(text.trim()).ok()
    }
}

/// A length of time, written with its unit: `30 s`, `15 min`, `12 h`, `7 d`; a bare number means seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(pub Duration);

impl Span {
    /// The length as a standard duration.
    pub fn get(self) -> Duration {
        self.0
    }
}

impl Setting for Span {
    const WANTED: &'static str = "a length of time such as 30 s, 15 min, 12 h or 7 d";
    fn from_text(text: &str) -> Option<Self> {
        let (number, unit) = number_and_unit(text)?;
        let seconds = match unit {
            "" | "s" => 1,
            "min" => 60,
            "h" => 3_600,
            "d" => 86_400,
            "ms" => return Some(Self(Duration::from_millis(number))),
            _ => return None,
        };
        number.checked_mul(seconds).map(|total| Self(Duration::from_secs(total)))
    }
}

/// An amount of bytes, written with its unit: `256 KiB`, `50 MiB`, `1 GiB`; a bare number means bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u64);

impl Size {
    /// The number of bytes.
    pub fn bytes(self) -> u64 {
        self.0
    }
}

impl Setting for Size {
    const WANTED: &'static str = "an amount of bytes such as 256 KiB or 50 MiB";
    fn from_text(text: &str) -> Option<Self> {
        let (number, unit) = number_and_unit(text)?;
        let factor = match unit {
            "" | "B" => 1,
            "KiB" => 1 << 10,
            "MiB" => 1 << 20,
            "GiB" => 1 << 30,
            _ => return None,
        };
        number.checked_mul(factor).map(Self)
    }
}

/// Splits `15 min` or `15min` into the number and the unit.
fn number_and_unit(text: &str) -> Option<(u64, &str)> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..digits].parse().ok()?, text[digits..].trim()))
}

/// One address or a range of addresses, `10.0.0.0/8` or `::1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NetworkRange {
    first: IpAddr,
    prefix: u8,
}

impl NetworkRange {
    /// Whether `address` lies in the range; an IPv4 address inside IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(range), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix)).unwrap_or(0);
                range.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(range), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.prefix)).unwrap_or(0);
                range.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        }
    }
}

impl Setting for NetworkRange {
    const WANTED: &'static str = "an IP address or a range such as 10.0.0.0/8";
    fn from_text(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let first: IpAddr = address.trim().parse().ok()?;
        let widest = if first.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Some(widest), |text| text.trim().parse().ok())?;
        (prefix <= widest).then_some(Self { first, prefix })
    }
}

impl fmt::Display for NetworkRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_sizes_need_a_known_unit() {
        let seconds = |text| Span::from_text(text).map(|span| span.get().as_secs());
        assert_eq!(seconds("15 min"), Some(900));
        assert_eq!(seconds("12h"), Some(43_200));
        assert_eq!(seconds("30"), Some(30));
        assert_eq!(seconds("-1 s"), None);
        assert_eq!(seconds("1 month"), None);
        assert_eq!(seconds("99999999999999999 d"), None);
        assert_eq!(Size::from_text("50 MiB"), Some(Size(52_428_800)));
        assert_eq!(Size::from_text("50 MB"), None);
        assert_eq!(Size::from_text(""), None);
    }

    #[test]
    fn ranges_know_their_addresses() {
        let inside = |range: &str, address: &str| {
            NetworkRange::from_text(range).unwrap().contains(address.parse().unwrap())
        };
        assert!(inside("10.0.0.0/8", "10.255.1.2"));
        assert!(!inside("10.0.0.0/8", "11.0.0.1"));
        assert!(inside("0.0.0.0/0", "203.0.113.9"));
        assert!(inside("127.0.0.1", "::ffff:127.0.0.1"));
        assert!(inside("::1", "::1"));
        assert!(!inside("::1", "127.0.0.1"));
        assert_eq!(NetworkRange::from_text("10.0.0.0/33"), None);
        assert_eq!(NetworkRange::from_text("proxy.example"), None);
    }
}
