//! `quanheng verify`: the ledger's chains, the files' hashes, the references between rows; or, given a file, a sealed dossier alone.

use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;

use clap::Args;
use quanheng_actions::{ActionError, ledger};
use quanheng_db::conn::AnyConn;
use quanheng_db::whole::{self, Dangling};
use quanheng_db::{Db, DbError, Ownership, documents, migrate};
use quanheng_store::{Hash, Store};

use super::{Given, progress::Progress, verify_dossier};
use crate::app;

/// Arguments of `verify`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code 1 and the first broken link when something is wrong / 有问题时退出码为 1。\n\nExample / 示例:\n  quanheng --data /var/lib/quanheng verify\n  quanheng verify DOSSIER.zip"
)]
pub struct Verify {
    /// A sealed dossier to verify by itself, without data folder and database (封存卷宗)
    #[arg(value_name = "DOSSIER.zip")]
    dossier: Option<PathBuf>,
    /// Leave out the files, which takes longest (不检查附件)
    #[arg(long)]
    no_files: bool,
}

impl Verify {
    /// Walks everything and tells the first thing that is wrong.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        if let Some(file) = &self.dossier {
            return verify_dossier::run(file, &given.say);
        }
        let db = app::open_db(&given.settings, Ownership::Shared)?;
        migrate::check(&db)?;
        let store = app::open_store(&given.settings)?;
        let sound = is_sound(&db, (!self.no_files).then_some(&store), given)?;
        Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Walks the ledger, the references and, if given, the files; tells what is whole and the first thing that is not.
pub(super) fn is_sound(db: &Db, store: Option<&Store>, given: &Given) -> anyhow::Result<bool> {
    if !walk(db, given)? || !references(db, given)? {
        return Ok(false);
    }
    store.map_or(Ok(true), |store| files(db, store, given))
}

fn walk(db: &Db, given: &Given) -> anyhow::Result<bool> {
    let progress = Progress::new();
    let tell = |walked: u64| {
        progress.tell(
            &given
                .say
                .text("cli-verify-walking", &[("n", i64::try_from(walked).unwrap_or(0).into())]),
        )
    };
    let found: Result<ledger::Found, ActionError> =
        db.read_blocking(|conn: &mut AnyConn| ledger::walk(conn, tell));
    progress.end();
    match found? {
        Ok(whole) => {
            let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
            let values = [
                ("events", number(whole.events)),
                ("objects", number(whole.objects)),
                ("checkpoints", number(whole.checkpoints)),
            ];
            given.say.line("cli-verify-ledger", &values);
            Ok(true)
        }
        Err(broken) => {
            given.say.warn("cli-verify-broken", &[("what", broken.to_string().into())]);
            Ok(false)
        }
    }
}

fn references(db: &Db, given: &Given) -> anyhow::Result<bool> {
    let broken: Result<Option<Dangling>, DbError> = db.read_blocking(|conn: &mut AnyConn| {
        let shapes = whole::shapes(conn)?;
        whole::dangling(conn, &shapes)
    });
    let Some(Dangling { table, row, column, to }) = broken? else {
        given.say.line("cli-verify-references", &[]);
        return Ok(true);
    };
    let values = [
        ("table", table.into()),
        ("row", row.into()),
        ("column", column.into()),
        ("to", to.into()),
    ];
    given.say.warn("cli-verify-references-broken", &values);
    Ok(false)
}

fn files(db: &Db, store: &Store, given: &Given) -> anyhow::Result<bool> {
    let rows: Result<Vec<(String, i64)>, ActionError> =
        db.read_blocking(|conn: &mut AnyConn| Ok(documents::hashes(conn)?));
    let rows = rows?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let progress = Progress::new();
    let total = rows.len();
    for (number, (hash, size)) in rows.iter().enumerate() {
        progress.tell(
            &given
                .say
                .text("cli-verify-file", &[("n", (number + 1).into()), ("total", total.into())]),
        );
        if let Some(fault) = runtime.block_on(fault(store, hash, *size)) {
            progress.end();
            given
                .say
                .warn("cli-verify-file-broken", &[("hash", hash.into()), ("what", fault.into())]);
            return Ok(false);
        }
    }
    progress.end();
    given.say.line("cli-verify-files", &[("n", total.into())]);
    Ok(true)
}

/// What is wrong with a stored file, if anything.
async fn fault(store: &Store, hash: &str, size: i64) -> Option<String> {
    let Ok(parsed) = Hash::from_str(hash) else { return Some("no hash".to_owned()) };
    match store.verify(parsed).await {
        Ok(found) if i64::try_from(found) == Ok(size) => None,
        Ok(found) => Some(format!("{found} bytes instead of {size}")),
        Err(error) => Some(error.to_string()),
    }
}
