//! Chance as an argument: identifiers, secrets and shuffles, from the operating system or from a seed.

use std::sync::{Arc, Mutex, PoisonError};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use quanheng_domain::ids::Id;
use uuid::{Builder, Uuid};

/// A source of random bytes that also numbers the identifiers made within one instant.
pub trait Chance: Send + Sync {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);

    /// How many identifiers were made before at this very `tick` (see [`Chance::uuid_at`]), counted from zero, wrapping at 2^14.
    fn turn(&self, tick: u64) -> u16;

    /// A UUIDv7 for the instant `now`: milliseconds, a quarter-microsecond fraction, a counter within the instant and 48 random
    /// bits, so that ids made one after the other sort in that order even while the clock stands still. It is no secret.
    fn uuid_at(&self, now: DateTime<Utc>) -> Uuid {
        let micros = u64::try_from(now.timestamp_micros()).unwrap_or(0);
        let (millis, fraction) = (micros / 1000, (micros % 1000) * 4096 / 1000);
        let tick = (millis << 12) | fraction;
        let turn = self.turn(tick) & 0x3fff;
        let mut bytes = [0u8; 16];
        self.fill(&mut bytes[10..]);
        bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        bytes[6..8].copy_from_slice(&(fraction as u16).to_be_bytes());
        bytes[8..10].copy_from_slice(&turn.to_be_bytes());
        // The builder sets the version and variant bits over the top of the fraction and of the counter.
        Builder::from_bytes(bytes)
            .with_version(uuid::Version::SortRand)
            .with_variant(uuid::Variant::RFC4122)
            .into_uuid()
    }

    /// A UUIDv4 that tells neither instant nor order, for rows that must not be linked to a time (secret slips).
    fn unlinked_uuid(&self) -> Uuid {
        let mut bytes = [0u8; 16];
        self.fill(&mut bytes);
        Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A secret of 256 random bits in 43 characters of base64url, fit for links, cookies and API tokens.
    fn token(&self) -> String {
        let mut bytes = [0u8; 32];
        self.fill(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// A number from zero up to, not including, `bound`, each equally likely; zero if `bound` is zero.
    fn below(&self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        // Draws beyond the last whole multiple would favour small numbers and are thrown away.
        let fair = u64::MAX - u64::MAX % bound;
        loop {
            let mut bytes = [0u8; 8];
            self.fill(&mut bytes);
            let drawn = u64::from_be_bytes(bytes);
            if drawn < fair {
                return drawn % bound;
            }
        }
    }
}

impl<C: Chance + ?Sized> Chance for Arc<C> {
    fn fill(&self, bytes: &mut [u8]) {
        (**self).fill(bytes);
    }
    fn turn(&self, tick: u64) -> u16 {
        (**self).turn(tick)
    }
}

/// What needs type parameters and so cannot live in [`Chance`] itself; every source of chance has it.
pub trait Ids: Chance {
    /// A new identity of kind `T` for the instant `now`.
    fn id<T>(&self, now: DateTime<Utc>) -> Id<T> {
        Id::new(self.uuid_at(now))
    }

    /// Puts `items` into a random order, each order equally likely.
    fn shuffle<T>(&self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

impl<C: Chance + ?Sized> Ids for C {}

/// Counts the identifiers of the latest tick.
#[derive(Debug, Default)]
struct Turns(Mutex<(u64, u16)>);

impl Turns {
    fn next(&self, tick: u64) -> u16 {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last = if last.0 == tick { (tick, (last.1 + 1) & 0x3fff) } else { (tick, 0) };
        last.1
    }
}

/// The operating system's random source, for everything that people use in earnest.
#[derive(Debug, Default)]
pub struct OsChance {
    turns: Turns,
}

impl OsChance {
    /// A source ready for use.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Chance for OsChance {
    #[allow(
        clippy::disallowed_methods,
        reason = "this is the one source that all secrets come from"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes)
            .expect("a machine without random bytes cannot make secrets and must stop");
    }
    fn turn(&self, tick: u64) -> u16 {
        self.turns.next(tick)
    }
}

/// A repeatable source for the demo, synthetic data and tests: the same seed gives the same bytes; never for real secrets.
#[derive(Debug)]
pub struct SeededChance {
    state: Mutex<u64>,
    turns: Turns,
}

impl SeededChance {
    /// A source that starts from `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: Mutex::new(seed), turns: Turns::default() }
    }
}

impl Chance for SeededChance {
    /// SplitMix64, eight bytes a step.
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = *state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^= mixed >> 31;
            chunk.copy_from_slice(&mixed.to_be_bytes()[..chunk.len()]);
        }
    }
    fn turn(&self, tick: u64) -> u16 {
        self.turns.next(tick)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn noon() -> DateTime<Utc> {
        "2026-04-01T04:00:00.123456Z".parse().unwrap()
    }

    #[test]
    fn ids_carry_the_instant_and_sort_by_creation_while_the_clock_stands() {
        for chance in [&OsChance::new() as &dyn Chance, &SeededChance::new(7)] {
            let ids: Vec<Uuid> = (0..2_000).map(|_| chance.uuid_at(noon())).collect();
            assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(
                ids.iter()
                    .all(|id| id.get_version_num() == 7
                        && id.get_variant() == uuid::Variant::RFC4122)
            );
            let (seconds, nanos) = ids[0].get_timestamp().unwrap().to_unix();
            assert_eq!((seconds as i64, nanos), (noon().timestamp(), 123_000_000));
            let later = chance.uuid_at(noon() + chrono::TimeDelta::microseconds(1));
            assert!(later > ids[1_999]);
        }
    }

    #[test]
    fn an_instant_before_1970_still_gives_a_valid_id() {
        let id = SeededChance::new(1).uuid_at("1949-10-01T00:00:00Z".parse().unwrap());
        assert_eq!(id.get_version_num(), 7);
    }

    #[test]
    fn the_same_seed_repeats_and_another_does_not() {
        let draw = |seed| {
            let chance = SeededChance::new(seed);
            let dynamic: &dyn Chance = &chance;
            (
                dynamic.id::<()>(noon()),
                chance.token(),
                chance.unlinked_uuid(),
                chance.below(1_000_000),
            )
        };
        assert_eq!(draw(42), draw(42));
        assert_ne!(draw(42), draw(43));
    }

    #[test]
    fn tokens_have_256_bits_and_never_repeat() {
        let chance = OsChance::new();
        let tokens: HashSet<String> = (0..1_000).map(|_| chance.token()).collect();
        assert_eq!(tokens.len(), 1_000);
        assert!(tokens.iter().all(|token| token.len() == 43
            && token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')));
    }

    #[test]
    fn a_shuffle_keeps_every_item_and_reaches_every_order() {
        let chance = SeededChance::new(5);
        let orders: HashSet<[u8; 3]> = (0..200)
            .map(|_| {
                let mut items = [1u8, 2, 3];
                chance.shuffle(&mut items);
                items
            })
            .collect();
        assert_eq!(orders.len(), 6);
        assert_eq!(chance.below(0), 0);
    }
}
