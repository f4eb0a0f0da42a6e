//! Where rows and files are written: a zip archive, or a folder.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use quanheng_tables::CsvFile;
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{MANIFEST, Manifest, Table, file_of, rows_of};

/// Takes the parts of an instance one after another.
pub trait Sink {
    /// Begins a table.
    fn table(&mut self, name: &str, columns: &[String]) -> anyhow::Result<()>;
    /// Takes rows of the table begun last.
    fn rows(&mut self, lines: &[String]) -> anyhow::Result<()>;
    /// Takes a file.
    fn file(&mut self, hash: &str, bytes: &mut dyn Read) -> anyhow::Result<()>;
    /// Ends; only now is there an archive.
    fn end(self: Box<Self>, manifest: &Manifest) -> anyhow::Result<()>;
}

/// A zip archive that gets its name when it is whole and on the disk.
pub struct ZipSink {
    zip: Option<ZipWriter<BufWriter<File>>>,
    part: PathBuf,
    target: PathBuf,
}

impl ZipSink {
    /// Begins an archive; a file of that name is never overwritten. Only its owner may read it, since it holds password hashes.
    pub fn begin(target: &Path) -> anyhow::Result<Self> {
        if target.exists() {
            let taken = io::Error::from(io::ErrorKind::AlreadyExists);
            return Err(taken).with_context(|| target.display().to_string());
        }
        if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        let mut part = target.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = owners_file(&part).with_context(|| part.display().to_string())?;
        let zip = Some(ZipWriter::new(BufWriter::new(file)));
        Ok(Self { zip, part, target: target.to_owned() })
    }

    fn zip(&mut self) -> anyhow::Result<&mut ZipWriter<BufWriter<File>>> {
        self.zip.as_mut().context("the archive has ended")
    }

    fn options(method: CompressionMethod) -> SimpleFileOptions {
        SimpleFileOptions::default().compression_method(method).large_file(true)
    }
}

fn owners_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

impl Drop for ZipSink {
    fn drop(&mut self) {
        // Its own drop writes an end, which must not outlive the name.
        self.zip = None;
        // After a good end the name is gone already.
        drop(fs::remove_file(&self.part));
    }
}

impl Sink for ZipSink {
    fn table(&mut self, name: &str, _columns: &[String]) -> anyhow::Result<()> {
        Ok(self.zip()?.start_file(rows_of(name), Self::options(CompressionMethod::Deflated))?)
    }

    fn rows(&mut self, lines: &[String]) -> anyhow::Result<()> {
        let zip = self.zip()?;
        for line in lines {
            zip.write_all(line.as_bytes())?;
            zip.write_all(b"\n")?;
        }
        Ok(())
    }

    fn file(&mut self, hash: &str, bytes: &mut dyn Read) -> anyhow::Result<()> {
        let zip = self.zip()?;
        // Documents are compressed already.
        zip.start_file(file_of(hash), Self::options(CompressionMethod::Stored))?;
        io::copy(bytes, zip)?;
        Ok(())
    }

    fn end(mut self: Box<Self>, manifest: &Manifest) -> anyhow::Result<()> {
        let mut zip = self.zip.take().context("the archive has ended")?;
        zip.start_file(MANIFEST, Self::options(CompressionMethod::Deflated))?;
        serde_json::to_writer_pretty(&mut zip, manifest)?;
        let written = zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        written.sync_all()?;
        fs::rename(&self.part, &self.target).with_context(|| self.target.display().to_string())?;
        Ok(())
    }
}

/// A folder for people and programs: each table as CSV and as rows in JSON, the files by hash, and a README.
pub struct FolderSink {
    root: PathBuf,
    open: Option<(BufWriter<File>, CsvFile<BufWriter<File>>)>,
}

impl FolderSink {
    /// Begins in a new or empty folder.
    pub fn begin(root: &Path) -> anyhow::Result<Self> {
        let filled = fs::read_dir(root).is_ok_and(|mut entries| entries.next().is_some());
        if filled {
            let taken = io::Error::from(io::ErrorKind::DirectoryNotEmpty);
            return Err(taken).with_context(|| root.display().to_string());
        }
        for folder in ["tables", "files"] {
            let folder = root.join(folder);
            fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        }
        Ok(Self { root: root.to_owned(), open: None })
    }

    fn create(&self, name: &str) -> anyhow::Result<BufWriter<File>> {
        let path = self.root.join(name);
        let file = File::create_new(&path).with_context(|| path.display().to_string())?;
        Ok(BufWriter::new(file))
    }

    fn close(&mut self) -> anyhow::Result<()> {
        if let Some((mut rows, csv)) = self.open.take() {
            rows.flush()?;
            csv.end()?.flush()?;
        }
        Ok(())
    }
}

impl Sink for FolderSink {
    fn table(&mut self, name: &str, columns: &[String]) -> anyhow::Result<()> {
        self.close()?;
        let headers: Vec<&str> = columns.iter().map(String::as_str).collect();
        let csv = CsvFile::begin(self.create(&format!("tables/{name}.csv"))?, &headers)?;
        self.open = Some((self.create(&rows_of(name))?, csv));
        Ok(())
    }

    fn rows(&mut self, lines: &[String]) -> anyhow::Result<()> {
        let (rows, csv) = self.open.as_mut().context("a table comes before its rows")?;
        for line in lines {
            rows.write_all(line.as_bytes())?;
            rows.write_all(b"\n")?;
            let cells: Vec<Value> = serde_json::from_str(line)?;
            csv.row(cells.into_iter().map(shown))?;
        }
        Ok(())
    }

    fn file(&mut self, hash: &str, bytes: &mut dyn Read) -> anyhow::Result<()> {
        let mut file = self.create(&file_of(hash))?;
        io::copy(bytes, &mut file)?;
        Ok(file.flush()?)
    }

    fn end(mut self: Box<Self>, manifest: &Manifest) -> anyhow::Result<()> {
        self.close()?;
        let mut readme = self.create("README.md")?;
        readme.write_all(explained(manifest).as_bytes())?;
        readme.flush()?;
        let mut file = self.create(MANIFEST)?;
        serde_json::to_writer_pretty(&mut file, manifest)?;
        Ok(file.flush()?)
    }
}

fn shown(cell: Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

const README: &str = include_str!("README.export.md");

/// The README of an export: what is in it, table by table.
fn explained(manifest: &Manifest) -> String {
    let line = |table: &Table| {
        let Table { name, columns, rows } = table;
        format!("| `{name}` | {rows} | {} |\n", columns.join(", "))
    };
    let tables: String = manifest.tables.iter().map(line).collect();
    README
        .replace("{made_at}", &manifest.made_at)
        .replace("{program}", &manifest.program)
        .replace("{schema}", &manifest.schema)
        .replace("{files}", &manifest.files.len().to_string())
        .replace("{tables}", tables.trim_end())
}
