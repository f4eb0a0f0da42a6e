//! Closed sets with stable text keys: the key goes into databases, addresses, events and locale files.

/// A value of a closed set that has a stable text key.
pub trait Keyed: Copy + Eq + Sized + 'static {
    /// What the set is called in messages about a bad key.
    const SET: &'static str;
    /// Every value, in the order in which people list them.
    const ALL: &'static [Self];
    /// The stable key.
    fn key(self) -> &'static str;
    /// The value of a key, or an error that names the set and the key.
    fn from_key(key: &str) -> Result<Self, UnknownKey> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.key() == key)
            .ok_or_else(|| UnknownKey { set: Self::SET, key: key.chars().take(80).collect() })
    }
}

/// A text that is no key of its set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key:?} is not a {set}")]
pub struct UnknownKey {
    /// The set that was meant.
    pub set: &'static str,
    /// The offending text, cut at 80 characters.
    pub key: String,
}

/// Declares a closed set: the enum, its keys, `Keyed`, `Display`, `FromStr` and serde by key.
#[macro_export]
macro_rules! keyed {
    ($(#[$doc:meta])* $name:ident as $set:literal { $($(#[$vdoc:meta])* $variant:ident = $key:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $crate::keyed::Keyed for $name {
            const SET: &'static str = $set;
            const ALL: &'static [Self] = &[$(Self::$variant,)*];
            fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::keyed::Keyed::key(*self))
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::keyed::UnknownKey;
            fn from_str(key: &str) -> Result<Self, Self::Err> {
                <Self as $crate::keyed::Keyed>::from_key(key)
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str($crate::keyed::Keyed::key(*self))
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let key = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(d)?;
                <Self as $crate::keyed::Keyed>::from_key(&key).map_err(serde::de::Error::custom)
            }
        }
    };
}
