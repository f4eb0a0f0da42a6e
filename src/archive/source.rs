//! Where rows and files are read from: a zip archive, or a folder.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use zip::ZipArchive;

use super::{FORMAT, MANIFEST, Manifest, Table, file_of, rows_of};

/// Rows handed on at once, and bytes, whichever comes first.
const ROWS: usize = 1_000;
const BYTES: usize = 4 * 1024 * 1024;

/// An archive on the disk, checked to be of a layout that is known.
#[derive(Debug, Clone)]
pub struct Source {
    path: PathBuf,
    /// What it says of itself.
    pub manifest: Manifest,
}

impl Source {
    /// Opens an archive or a folder by what it says of itself.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let mut text = String::new();
        with(path, MANIFEST, |bytes| Ok(bytes.read_to_string(&mut text).map(drop)?))
            .with_context(|| format!("{} is no backup or export", path.display()))?;
        let manifest: Manifest =
            serde_json::from_str(&text).with_context(|| format!("{MANIFEST} cannot be read"))?;
        if manifest.format != FORMAT {
            bail!("the layout {} of this archive is not known", manifest.format);
        }
        Ok(Self { path: path.to_owned(), manifest })
    }

    /// Hands on every row of every table, in an order in which they can be entered.
    ///
    /// # Errors
    /// Also when a table has other rows than the manifest says, such as in an archive that was cut off.
    pub fn feed(
        &self,
        take: &mut dyn FnMut(&Table, &[String]) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        for table in &self.manifest.tables {
            let name = rows_of(&table.name);
            with(&self.path, &name, |bytes| lines(table, &mut BufReader::new(bytes), take))
                .with_context(|| format!("{name} of {}", self.path.display()))?;
        }
        Ok(())
    }

    /// Hands on the bytes of one of the files.
    pub fn file(
        &self,
        hash: &str,
        mut take: impl FnMut(&mut dyn Read) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let name = file_of(hash);
        with(&self.path, &name, |bytes| take(bytes))
            .with_context(|| format!("{name} of {}", self.path.display()))
    }
}

/// Reads one entry of a folder or an archive.
fn with(
    path: &Path,
    name: &str,
    take: impl FnOnce(&mut dyn Read) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if path.is_dir() {
        return take(&mut File::open(path.join(name))?);
    }
    let mut zip = ZipArchive::new(BufReader::new(File::open(path)?))?;
    let mut entry = zip.by_name(name)?;
    take(&mut entry)
}

fn lines(
    table: &Table,
    bytes: &mut dyn BufRead,
    take: &mut dyn FnMut(&Table, &[String]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let (mut slice, mut size, mut rows) = (Vec::new(), 0, 0_u64);
    for line in bytes.lines() {
        let line = line?;
        if line.is_empty() {
            continue;
        }
        size += line.len();
        rows += 1;
        slice.push(line);
        if slice.len() == ROWS || size > BYTES {
            take(table, &slice)?;
            slice.clear();
            size = 0;
        }
    }
    if !slice.is_empty() {
        take(table, &slice)?;
    }
    if rows != table.rows {
        bail!("{rows} rows instead of {}", table.rows);
    }
    Ok(())
}
