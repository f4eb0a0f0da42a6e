//! A QR code as one path of an inline picture: no script, no style, no request.

use qrcode::{
    Color, EcLevel, bits,
    canvas::{Canvas, MaskPattern},
    ec,
};
use serde::Serialize;

/// Blank modules around the code that readers need.
const MARGIN: usize = 4;

/// A QR code, ready for a template; partial `qr`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Qr {
    /// Modules in a row, the blank edge included.
    pub size: usize,
    /// The dark modules as the data of a path.
    pub path: String,
}

impl Qr {
    /// The code of an address; none for one that is longer than a code holds.
    pub fn of(address: &str) -> Option<Self> {
        let bits = bits::encode_auto(address.as_bytes(), EcLevel::M).ok()?;
        let version = bits.version();
        let (data, correction) =
            ec::construct_codewords(&bits.into_bytes(), version, EcLevel::M).ok()?;
        let mut canvas = Canvas::new(version, EcLevel::M);
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &correction);
        // The code names its mask, so any can be read; drawing all eight to weigh them took a seventh of the page of an edition.
        canvas.apply_mask(MaskPattern::LargeCheckerboard);
        let width = usize::try_from(version.width()).ok()?;
        let mut path = String::new();
        for (row, colors) in canvas.into_colors().chunks(width).enumerate() {
            let mut at = 0;
            while at < width {
                let run = colors[at..].iter().take_while(|color| **color == Color::Dark).count();
                if run > 0 {
                    path.push_str(&format!("M{} {}h{run}v1h-{run}z", at + MARGIN, row + MARGIN));
                }
                at += run.max(1);
            }
        }
        Some(Self { size: width + 2 * MARGIN, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_nothing_outside() {
        let code = Qr::of("https://quanheng.example/specifications/JJG-266-2018").unwrap();
        assert!(code.path.starts_with("M4 4h7v1h-7z"), "{}", code.path);
        assert_eq!((code.size - 2 * MARGIN - 21) % 4, 0);
        assert_eq!(Qr::of(&"x".repeat(4_000)), None);
    }
}
