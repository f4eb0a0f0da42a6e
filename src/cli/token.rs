//! `quanheng token`: an API token for a person.

use std::process::ExitCode;

use clap::Args;
use quanheng_actions::account::token;
use quanheng_domain::people::Actor;

use super::{
    Given,
    user::{Desk, told},
};

/// Arguments of `token`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example / 示例:\n  TOKEN=$(quanheng token secretary@demo.example)\n  curl -H \"Authorization: Bearer $TOKEN\" http://localhost:8080/api/v1/projects"
)]
pub struct Token {
    /// Mail address of the person whose rights the token has
    email: String,
    /// What the token is for (用途)
    #[arg(long, default_value = "quanheng token")]
    name: String,
}

impl Token {
    /// Prints a new token; it is not shown again.
    pub fn run(self, given: &Given) -> anyhow::Result<ExitCode> {
        let desk = Desk::open(given)?;
        let person = desk.person(given, &self.email)?;
        let made = desk.write(move |tx| token::create(tx, &Actor::System, person.id, &self.name));
        super::say::print(&made.map_err(|error| told(given, error))?)?;
        Ok(ExitCode::SUCCESS)
    }
}
