//! `quanheng copy`: all rows from one database into another, of the same kind or the other one.

use std::process::ExitCode;

use anyhow::bail;
use clap::Args;
use quanheng_clock::{Clock, SystemClock};
use quanheng_db::conn::AnyConn;
use quanheng_db::{Db, Ownership, migrate, whole};

use super::{Given, verify};
use crate::app;
use crate::archive::{self, Table};

/// Arguments of `copy`.
#[derive(Debug, Args)]
#[command(
    after_help = "The files stay where they are: both databases name them by their hash / 附件不移动。\nStop the site first and change database.url afterwards / 请先停止网站，完成后修改 database.url。\n\nExample / 示例:\n  quanheng --data /var/lib/quanheng copy --from sqlite:/var/lib/quanheng/quanheng.sqlite3 --to postgres://quanheng@localhost/quanheng"
)]
pub struct Copy {
    /// `sqlite:FILE` or `postgres://…` to read (来源数据库)
    #[arg(long, value_name = "URL")]
    from: String,
    /// `sqlite:FILE` or `postgres://…` to fill; made up to date if it is empty (目标数据库)
    #[arg(long, value_name = "URL")]
    to: String,
    /// Replace what the target holds (覆盖目标数据)
    #[arg(long)]
    replace: bool,
}

impl Copy {
    /// Copies, compares the numbers of rows and walks the copy's ledger.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        let from = app::open_url(&given.settings, &self.from, Ownership::Sole)?;
        migrate::check(&from)?;
        let to = app::open_url(&given.settings, &self.to, Ownership::Sole)?;
        migrate::run(&to)?;
        if !self.replace && archive::is_occupied(&to)? {
            bail!(given.say.text("cli-restore-occupied", &[]));
        }
        let source = from.clone();
        let filled = archive::fill(&to, SystemClock.now(), move |take| feed(&source, take))?;
        let rows: u64 = filled.values().sum();
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
        let values = [
            ("rows", number(rows)),
            ("tables", number(filled.len() as u64)),
            ("from", from.address().to_string().into()),
            ("to", to.address().to_string().into()),
        ];
        given.say.line("cli-copy-done", &values);
        let store = app::open_store(&given.settings)?;
        let sound = verify::is_sound(&to, Some(&store), given)?;
        Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Hands on every row of a database, of one instant; the numbers of rows are compared by whoever takes them.
fn feed(
    from: &Db,
    take: &mut dyn FnMut(&Table, &[String]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    from.read_blocking(|conn: &mut AnyConn| {
        for shape in whole::shapes(conn)? {
            let columns = shape.columns.iter().map(|column| column.name.clone()).collect();
            let rows = u64::try_from(whole::count(conn, &shape)?)?;
            let table = Table { name: shape.name.clone(), columns, rows };
            let mut handed = 0;
            whole::stream(conn, &shape, |lines| {
                handed += lines.len() as u64;
                take(&table, lines)
            })?;
            if handed != rows {
                bail!("{}: {handed} of {rows} rows were read", table.name);
            }
        }
        Ok(())
    })
}
