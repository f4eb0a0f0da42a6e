//! The typefaces that PDF files are set in (字体): found on the machine, never shipped, and cut down to the characters of each file.
//!
//! This is the one place of the room that reads files: a typeface is given by the settings, or is one of those that systems install.

use std::io;
use std::path::{Path, PathBuf};

use ttf_parser::{Face, Permissions, fonts_in_collection, name_id};

/// What a typeface must be able to write before it is taken: Chinese, its brackets, and Latin.
const PROBE: &str = "计量规程〔〕（），。Aa1";

/// Files of running text, best first: Noto CJK (Debian `fonts-noto-cjk`, other systems' folders), then what older systems have.
const TEXT: &[&str] = &[
    "NotoSerifCJK-Regular.ttc",
    "NotoSerifCJKsc-Regular.otf",
    "SourceHanSerifSC-Regular.otf",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
    "uming.ttc",
    "DroidSansFallbackFull.ttf",
    "Songti.ttc",
    "simsun.ttc",
    "msyh.ttc",
];

/// Files of headings and labels, best first.
const STRONG: &[&str] = &[
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJKsc-Bold.otf",
    "SourceHanSansSC-Bold.otf",
    "NotoSerifCJK-Bold.ttc",
    "NotoSerifCJKsc-Bold.otf",
    "simhei.ttf",
    "msyhbd.ttc",
];

/// Where systems keep typefaces.
const FOLDERS: &[&str] = &[
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/noto",
    "/usr/share/fonts/google-noto-serif-cjk-fonts",
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/opentype/source-han-serif",
    "/usr/share/fonts/opentype/source-han-sans",
    "/usr/share/fonts/truetype/wqy",
    "/usr/share/fonts/truetype/arphic",
    "/usr/share/fonts/truetype/droid",
    "/usr/share/fonts/wqy-zenhei",
    "/usr/share/fonts/wenquanyi/wqy-zenhei",
    "/usr/local/share/fonts",
    "/System/Library/Fonts/Supplemental",
    "C:\\Windows\\Fonts",
];

/// Why there is no typeface.
#[derive(Debug, thiserror::Error)]
pub enum NoTypeface {
    /// The settings name none and the system has none.
    #[error("no Chinese typeface was found on this machine")]
    None,
    /// The file of the settings cannot be read.
    #[error("{path} cannot be read: {error}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system says.
        error: io::Error,
    },
    /// The file of the settings is no typeface, lacks Chinese, or must not be embedded.
    #[error("{path} is no Chinese typeface that may be embedded")]
    Unfit {
        /// The file.
        path: String,
    },
}

/// One typeface: the bytes of its file, and which of the faces in the file it is.
#[derive(Debug, Clone)]
pub(crate) struct Typeface {
    pub(crate) bytes: Vec<u8>,
    pub(crate) index: u32,
    path: PathBuf,
}

/// The typefaces of a PDF file: one for running text, one for headings and labels.
#[derive(Debug, Clone)]
pub struct Typefaces {
    pub(crate) text: Typeface,
    /// None where the machine has no bold one; headings then stand in the face of the text.
    pub(crate) strong: Option<Typeface>,
}

impl Typefaces {
    /// The typefaces of the settings, or else those of the system; the files are read anew at each call, so that they take no memory
    /// while nobody asks for a PDF file.
    ///
    /// # Errors
    /// There is none, or the settings name a file that does not serve.
    pub fn find(text: Option<&Path>, strong: Option<&Path>) -> Result<Self, NoTypeface> {
        Ok(Self {
            text: match text {
                Some(path) => Typeface::read(path)?,
                None => installed(TEXT).ok_or(NoTypeface::None)?,
            },
            strong: match strong {
                Some(path) => Some(Typeface::read(path)?),
                None => installed(STRONG),
            },
        })
    }

    /// The file that running text is set in.
    pub fn file(&self) -> &Path {
        &self.text.path
    }
}

impl Typeface {
    fn read(path: &Path) -> Result<Self, NoTypeface> {
        let shown = path.display().to_string();
        let bytes = std::fs::read(path)
            .map_err(|error| NoTypeface::Unreadable { path: shown.clone(), error })?;
        let index = best(&bytes).ok_or(NoTypeface::Unfit { path: shown })?;
        Ok(Self { bytes, index, path: path.to_owned() })
    }
}

fn installed(names: &[&str]) -> Option<Typeface> {
    let places = names
        .iter()
        .flat_map(|name| FOLDERS.iter().map(move |folder| Path::new(folder).join(name)));
    places.filter(|path| path.is_file()).find_map(|path| Typeface::read(&path).ok())
}

/// Which face of a file to take: one of simplified Chinese where the file has several.
fn best(bytes: &[u8]) -> Option<u32> {
    let faces = 0..fonts_in_collection(bytes).unwrap_or(1);
    let fit = faces.filter_map(|index| {
        let face = Face::parse(bytes, index).ok()?;
        let writes = PROBE.chars().all(|c| face.glyph_index(c).is_some());
        let lent =
            face.permissions() != Some(Permissions::Restricted) && face.is_subsetting_allowed();
        (writes && lent).then(|| (rank(&face), index))
    });
    fit.min().map(|(_, index)| index)
}

/// Smaller is better: simplified Chinese first, faces of fixed width last.
fn rank(face: &Face<'_>) -> u8 {
    let names = face.names().into_iter().filter(|name| name.name_id == name_id::FAMILY);
    let family = names.filter_map(|name| name.to_string()).collect::<Vec<_>>().join(" ");
    let simplified = ["SC", "Hans", "CN", "GB"].iter().any(|mark| family.contains(mark));
    u8::from(!simplified) + 2 * u8::from(family.contains("Mono"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_settings_that_does_not_serve_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let absent = folder.path().join("absent.ttf");
        assert!(matches!(
            Typefaces::find(Some(&absent), None),
            Err(NoTypeface::Unreadable { path, .. }) if path.ends_with("absent.ttf")
        ));
        let broken = folder.path().join("broken.ttf");
        std::fs::write(&broken, b"no typeface").unwrap();
        assert!(matches!(Typefaces::find(Some(&broken), None), Err(NoTypeface::Unfit { .. })));
    }
}
