//! Shares of a whole in integers: no floating point ever decides a quorum or a majority.

use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A share `num/den` between 0 and 1, kept in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    num: u32,
    den: u32,
}

/// A text or pair of numbers that is no share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FractionError {
    /// The denominator is zero.
    #[error("the denominator of a share is zero")]
    ZeroDenominator,
    /// More than the whole.
    #[error("a share is at most the whole")]
    AboveOne,
    /// Not of the form `2/3`.
    #[error("a share is written like 2/3")]
    Form,
}

impl Fraction {
    /// The share `num/den`.
    pub fn new(num: u32, den: u32) -> Result<Self, FractionError> {
        match (num, den) {
            (_, 0) => Err(FractionError::ZeroDenominator),
            (n, d) if n > d => Err(FractionError::AboveOne),
            (n, d) => {
                let divisor = greatest_common_divisor(n, d);
                Ok(Self { num: n / divisor, den: d / divisor })
            }
        }
    }

    /// The numerator in lowest terms.
    pub const fn num(self) -> u32 {
        self.num
    }

    /// The denominator in lowest terms.
    pub const fn den(self) -> u32 {
        self.den
    }

    /// The smallest count that is at least this share of `whole`.
    pub fn at_least_of(self, whole: u32) -> u32 {
        narrow(self.wide(whole).div_ceil(u64::from(self.den)))
    }

    /// The largest count that is at most this share of `whole`.
    pub fn at_most_of(self, whole: u32) -> u32 {
        narrow(self.wide(whole) / u64::from(self.den))
    }

    /// Whether `part` is at least this share of `whole`.
    pub fn reached_by(self, part: u32, whole: u32) -> bool {
        u64::from(part) * u64::from(self.den) >= self.wide(whole)
    }

    /// Whether `part` is more than this share of `whole`.
    pub fn exceeded_by(self, part: u32, whole: u32) -> bool {
        u64::from(part) * u64::from(self.den) > self.wide(whole)
    }

    fn wide(self, whole: u32) -> u64 {
        u64::from(self.num) * u64::from(whole)
    }
}

fn narrow(count: u64) -> u32 {
    u32::try_from(count).expect("a share of at most one of a u32 fits a u32")
}

const fn greatest_common_divisor(mut a: u32, mut b: u32) -> u32 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    if a == 0 { 1 } else { a }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        self.wide(other.den).cmp(&other.wide(self.den))
    }
}
impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.num, self.den)
    }
}
impl FromStr for Fraction {
    type Err = FractionError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (num, den) = text.split_once('/').ok_or(FractionError::Form)?;
        let number = |part: &str| part.trim().parse().map_err(|_| FractionError::Form);
        Self::new(number(num)?, number(den)?)
    }
}
impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// How large a share must agree: at least `3/4`, or more than `>1/2`, where a tie falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Majority {
    /// The share.
    pub share: Fraction,
    /// Whether the share itself is not yet enough.
    pub more_than: bool,
}

impl Majority {
    /// The smallest count that carries among `base`; at least one, so that nobody's silence ever carries.
    pub fn needed_of(self, base: u32) -> u32 {
        let enough = if self.more_than {
            self.share.at_most_of(base).saturating_add(1)
        } else {
            self.share.at_least_of(base)
        };
        enough.max(1)
    }
}

impl fmt::Display for Majority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.more_than { ">" } else { "" }, self.share)
    }
}
impl FromStr for Majority {
    type Err = FractionError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let (more_than, share) =
            text.strip_prefix('>').map_or((false, text), |share| (true, share));
        Ok(Self { share: share.parse()?, more_than })
    }
}
impl Serialize for Majority {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Majority {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_prints_and_reduces() {
        assert_eq!("2/3".parse::<Fraction>().unwrap().to_string(), "2/3");
        assert_eq!("6/8".parse::<Fraction>().unwrap().to_string(), "3/4");
        assert_eq!("0/5".parse::<Fraction>().unwrap().to_string(), "0/1");
        assert_eq!("4/3".parse::<Fraction>(), Err(FractionError::AboveOne));
        assert_eq!("1/0".parse::<Fraction>(), Err(FractionError::ZeroDenominator));
        for bad in ["", "2", "2/", "/3", "a/b", "-1/2", "1/2/3", "99999999999/99999999999"] {
            assert_eq!(bad.parse::<Fraction>(), Err(FractionError::Form), "{bad}");
        }
        assert_eq!(">1/2".parse::<Majority>().unwrap().to_string(), ">1/2");
        assert_eq!("3/4".parse::<Majority>().unwrap().to_string(), "3/4");
    }

    #[test]
    fn a_tie_falls_only_where_more_than_is_asked() {
        let half = "1/2".parse::<Majority>().unwrap();
        let more = ">1/2".parse::<Majority>().unwrap();
        assert_eq!((half.needed_of(10), more.needed_of(10)), (5, 6));
        assert_eq!((half.needed_of(11), more.needed_of(11)), (6, 6));
        assert_eq!((half.needed_of(0), more.needed_of(0)), (1, 1));
        assert!(half < more);
        assert_eq!("3/4".parse::<Majority>().unwrap().needed_of(30), 23);
        assert_eq!("1/1".parse::<Majority>().unwrap().needed_of(u32::MAX), u32::MAX);
    }

    proptest! {
        #[test]
        fn the_least_count_reaches_and_one_less_does_not(n in 0u32..50, d in 1u32..50, whole in any::<u32>()) {
            prop_assume!(n <= d);
            let share = Fraction::new(n, d).unwrap();
            let least = share.at_least_of(whole);
            prop_assert!(share.reached_by(least, whole));
            prop_assert!(least == 0 || !share.reached_by(least - 1, whole));
            let most = share.at_most_of(whole);
            prop_assert!(!share.exceeded_by(most, whole));
            prop_assert!(most == u32::MAX || share.exceeded_by(most + 1, whole));
        }

        #[test]
        fn order_is_that_of_the_real_numbers(a in 0u32..99, b in 1u32..99, c in 0u32..99, d in 1u32..99) {
            prop_assume!(a <= b && c <= d);
            let (left, right) = (Fraction::new(a, b).unwrap(), Fraction::new(c, d).unwrap());
            prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
            prop_assert_eq!(left == right, a * d == c * b);
        }
    }
}
