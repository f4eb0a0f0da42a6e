//! A little chance from a seed, so that a failing walk can be repeated and shrunk.

/// SplitMix64.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below the bound.
    pub fn of(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    /// True in seven of eight cases: most of what a move asks for is there.
    pub fn mostly(&mut self) -> bool {
        self.of(8) > 0
    }

    /// A small number, mostly zero.
    pub fn rarely_some(&mut self) -> u32 {
        if self.mostly() { 0 } else { u32::try_from(1 + self.of(3)).unwrap() }
    }
}
