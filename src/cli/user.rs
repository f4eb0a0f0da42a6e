//! `quanheng user`: accounts without the site, for the first steps and for emergencies.

use std::io::{IsTerminal, Read, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use quanheng_actions::account::{access, password::Passwords, people, profile, session};
use quanheng_actions::{ActionError, Tx, names};
use quanheng_clock::{Chance, Clock};
use quanheng_db::conn::AnyConn;
use quanheng_db::register::PersonRow;
use quanheng_db::{Db, Ownership, accounts, register};
use quanheng_domain::Locale;
use quanheng_domain::people::Actor;
use quanheng_i18n::Value;

use super::{Given, say::print};
use crate::app::{self, Ground};

/// Arguments of `user`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples / 示例:\n  quanheng user add secretary@demo.example 秘书长·演示\n  quanheng user grant --admin secretary@demo.example\n  quanheng user grant --officer SAMR officer@demo.example\n  echo 'a sentence of your own' | quanheng user passwd secretary@demo.example"
)]
pub struct User {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Enter a person and print the invitation link (添加人员并给出开通链接)
    Add {
        /// Mail address
        email: String,
        /// Name
        name: String,
        /// Also an administrator of the system
        #[arg(long)]
        admin: bool,
    },
    /// Set a password, read from the terminal or from standard input (设置密码)
    Passwd {
        /// Mail address
        email: String,
    },
    /// Give or take rights (授权)
    Grant {
        /// Mail address
        email: String,
        /// Administrator of the system
        #[arg(long)]
        admin: bool,
        /// Officer of the authority with this code
        #[arg(long, value_name = "CODE")]
        officer: Option<String>,
        /// Take the right instead of giving it
        #[arg(long)]
        revoke: bool,
    },
    /// List accounts (列出账号)
    List,
}

/// A database opened beside a running server, for short work.
pub(super) struct Desk {
    db: Db,
    ground: Ground,
}

impl Desk {
    /// Opens the database of the settings and brings it up to date if it is new.
    pub fn open(given: &Given) -> anyhow::Result<Self> {
        let data = given.settings.data_dir();
        std::fs::create_dir_all(data).with_context(|| data.display().to_string())?;
        let db = app::open_db(&given.settings, Ownership::Shared)?;
        let ground = Ground::default();
        if quanheng_db::migrate::status(&db)?.from.is_none() {
            app::prepare(&db, &ground)?;
        }
        quanheng_db::migrate::check(&db)?;
        Ok(Self { db, ground })
    }

    /// Runs an action.
    pub fn write<T, F>(&self, mut job: F) -> Result<T, ActionError>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_, '_>) -> Result<T, ActionError> + Send + 'static,
    {
        let (clock, chance): (Arc<dyn Clock>, Arc<dyn Chance>) =
            (Arc::clone(&self.ground.clock), Arc::clone(&self.ground.chance));
        self.db
            .write_blocking(move || clock.now(), move |writer| job(&mut Tx::new(writer, &*chance)))
    }

    /// The present instant.
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.ground.clock.now()
    }

    /// Reads.
    pub fn read<T>(
        &self,
        job: impl FnOnce(&mut AnyConn) -> Result<T, ActionError>,
    ) -> Result<T, ActionError> {
        self.db.read_blocking(job)
    }

    /// The person of a mail address.
    pub fn person(&self, given: &Given, email: &str) -> anyhow::Result<PersonRow> {
        let key = names::email_key(email);
        let found: Result<Option<PersonRow>, ActionError> =
            self.db.read_blocking(|conn: &mut AnyConn| match &key {
                Some(key) => Ok(register::person_by_email(conn, key)?),
                None => Ok(None),
            });
        found?.with_context(|| given.say.text("cli-user-unknown", &[("email", email.into())]))
    }
}

impl User {
    /// Does what was asked.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        let desk = Desk::open(given)?;
        match self.what {
            What::Add { email, name, admin } => add(&desk, given, &email, &name, admin)?,
            What::Passwd { email } => passwd(&desk, given, &email)?,
            What::Grant { email, admin, officer, revoke } => {
                grant(&desk, given, &email, admin, officer, revoke)?
            }
            What::List => list(&desk, given)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn add(desk: &Desk, given: &Given, email: &str, name: &str, admin: bool) -> anyhow::Result<()> {
    let entry = people::Entry {
        name_zh: name.to_owned(),
        name_en: String::new(),
        email: email.to_owned(),
        locale: Locale::Chinese,
        organisation: None,
        post: String::new(),
        title: String::new(),
    };
    let security = given.settings.security.clone();
    let token = desk
        .write(move |tx| {
            let person = people::enter(tx, &Actor::System, &entry)?;
            if admin {
                access::set_administrator(tx, &Actor::System, person.id, true)?;
            }
            people::invite(tx, &Actor::System, person.id, &security)
        })
        .map_err(|error| told(given, error))?;
    let site = given.settings.server.site_address(given.settings.server.port);
    given.say.line(
        "cli-user-added",
        &[("email", email.into()), ("link", format!("{site}/invitation/{token}").into())],
    );
    Ok(())
}

/// An action's error in the words of the terminal.
pub(super) fn told(given: &Given, error: ActionError) -> anyhow::Error {
    let ActionError::Invalid(faults) = error else { return error.into() };
    let sentence = |fault: &quanheng_domain::lifecycle::FieldFault| {
        let code = fault.code.to_string().replace('_', "-");
        let words = given.say.text(
            &format!("fault-{code}"),
            &[("bound", Value::from(fault.bound.unwrap_or_default()))],
        );
        format!("{}: {words}", fault.field)
    };
    anyhow::anyhow!(faults.iter().map(sentence).collect::<Vec<_>>().join("\n"))
}

fn passwd(desk: &Desk, given: &Given, email: &str) -> anyhow::Result<()> {
    let person = desk.person(given, email)?;
    let typed = read_password(given)?;
    let passwords = Passwords::new(&given.settings.security, &desk.ground.chance.token())?;
    let own = [person.name_zh.as_str(), person.email.as_deref().unwrap_or_default()];
    let faults = passwords.faults("password", &typed, &typed, &own);
    if !faults.is_empty() {
        return Err(told(given, ActionError::Invalid(faults)));
    }
    let hash = passwords.hash(&typed)?;
    desk.write(move |tx| {
        let now = tx.now();
        let account = accounts::account(tx.conn(), person.id)?.ok_or(ActionError::NotFound)?;
        let actor = session::actor_of(tx.conn(), &person, account.administrator, now)?;
        profile::change_password(tx, &actor, None, &hash)
    })?;
    given.say.line("cli-user-passwd", &[("email", email.into())]);
    Ok(())
}

/// One line from standard input; a terminal is asked first, and shows what is typed.
fn read_password(given: &Given) -> anyhow::Result<String> {
    if std::io::stdin().is_terminal() {
        let mut out = std::io::stderr();
        write!(out, "{} ", given.say.text("cli-user-ask", &[]))?;
        out.flush()?;
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let mut all = String::new();
    std::io::stdin().take(4_096).read_to_string(&mut all)?;
    Ok(all.lines().next().unwrap_or_default().to_owned())
}

fn grant(
    desk: &Desk,
    given: &Given,
    email: &str,
    admin: bool,
    officer: Option<String>,
    revoke: bool,
) -> anyhow::Result<()> {
    if !admin && officer.is_none() {
        bail!(given.say.text("cli-user-which-right", &[]));
    }
    let person = desk.person(given, email)?;
    if admin {
        desk.write(move |tx| access::set_administrator(tx, &Actor::System, person.id, !revoke))?;
    }
    if let Some(code) = officer {
        let unknown = given.say.text("cli-user-no-authority", &[("code", (&code).into())]);
        let done = desk.write(move |tx| {
            let authority =
                register::authority_by_code(tx.conn(), &code)?.ok_or(ActionError::NotFound)?;
            let today = tx.today();
            let office = people::Office { since: today, until: revoke.then_some(today) };
            access::set_officer(tx, &Actor::System, person.id, authority.id, office)
        });
        match done {
            Err(ActionError::NotFound) => bail!(unknown),
            done => done?,
        }
    }
    given.say.line("cli-user-granted", &[("email", email.into())]);
    Ok(())
}

fn list(desk: &Desk, given: &Given) -> anyhow::Result<()> {
    let mut offset = 0;
    loop {
        let page: Result<_, ActionError> = desk.db.read_blocking(|conn: &mut AnyConn| {
            let (people, _) = register::list_people(conn, 200, offset)?;
            let ids: Vec<_> = people.iter().map(|person| person.id).collect();
            Ok((accounts::accounts_by(conn, &ids)?, people))
        });
        let (held, people) = page?;
        for person in &people {
            let Some(account) = held.iter().find(|account| account.person_id == person.id) else {
                continue;
            };
            let mut marks = Vec::new();
            for (holds, key) in [
                (account.administrator, "cli-user-admin"),
                (account.disabled, "cli-user-closed"),
                (account.password_hash.is_none(), "cli-user-invited"),
            ] {
                if holds {
                    marks.push(given.say.text(key, &[]));
                }
            }
            let email = person.email.as_deref().unwrap_or("-");
            print(&format!("{email}\t{}\t{}", person.name_zh, marks.join(" ")))?;
        }
        if people.len() < 200 {
            return Ok(());
        }
        offset += 200;
    }
}
