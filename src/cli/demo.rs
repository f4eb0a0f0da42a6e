//! `quanheng demo`: an instance full of real texts and invented people, to look around in.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use quanheng_clock::{Clock, SystemClock};
use quanheng_db::Ownership;
use quanheng_domain::deadline;

use super::{Given, say, serve};
use crate::{
    app::{self, Ground},
    demo,
};

/// The file that tells a data folder of the demo from that of an instance in earnest.
const MARK: &str = "demo.txt";

/// Arguments of `demo`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples / 示例:\n  quanheng demo\n  quanheng demo --fresh --port 8081\n  quanheng demo --data demo-data --make-only"
)]
pub struct Demo {
    /// Make it anew, throwing away what was done in it (重新生成)
    #[arg(long)]
    fresh: bool,
    /// Port to listen on; 0 takes any that is free (端口)
    #[arg(long)]
    port: Option<u16>,
    /// Make the data and do not serve (只生成数据)
    #[arg(long)]
    make_only: bool,
}

impl Demo {
    /// The settings that the arguments stand for; mail is kept in the house whatever the settings file says.
    pub fn overrides(&self) -> Vec<(String, String)> {
        let port = self.port.map(|port| ("server.port".to_owned(), port.to_string()));
        let mail = ("mail.transport".to_owned(), "none".to_owned());
        port.into_iter().chain([mail]).collect()
    }

    /// Makes the demo if it is not there, and serves it.
    pub fn run(self, given: Given) -> anyhow::Result<ExitCode> {
        app::log(&given.settings)?;
        self.make(&given)?;
        if self.make_only {
            return Ok(ExitCode::SUCCESS);
        }
        given.say.line("cli-demo-sign-in", &[("password", demo::PASSWORD.into())]);
        for (address, role) in demo::SIGN_INS {
            say::show(&format!("  {address:<26}{}", given.say.text(role, &[])));
        }
        let ground = Ground { demo: true, ..Ground::default() };
        let start = app::start(given.settings, &ground)?;
        serve::serve(start, &given.say)?;
        Ok(ExitCode::SUCCESS)
    }

    fn make(&self, given: &Given) -> anyhow::Result<()> {
        let folder = given.settings.data_dir();
        if given.settings.database.is_postgres() {
            bail!(given.say.text("cli-demo-postgres", &[]));
        }
        let mark = folder.join(MARK);
        let filled = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
        if filled && !mark.exists() {
            bail!(
                given
                    .say
                    .text("cli-demo-foreign", &[("folder", folder.display().to_string().into())])
            );
        }
        if filled
            && !self.fresh
            && fs::read_to_string(&mark).is_ok_and(|text| text.contains("made"))
        {
            return Ok(());
        }
        if filled {
            fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        // Written before the data, so that a broken start can be told and made anew.
        fs::write(&mark, "making\n")?;
        given.say.line("cli-demo-making", &[("folder", folder.display().to_string().into())]);
        let db = app::open_db(&given.settings, Ownership::Sole)?;
        let store = app::open_store(&given.settings)?;
        let today = deadline::day_of(SystemClock.now());
        let made = demo::make(&db, store, &given.settings, today, demo::Scope::Whole)?;
        drop(db);
        fs::write(&mark, "made\n")?;
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        given.say.line(
            "cli-demo-made",
            &[("projects", number(made.projects).into()), ("mails", number(made.mails).into())],
        );
        Ok(())
    }
}
