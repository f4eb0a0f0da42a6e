//! `quanheng openapi`: the description of the interface, for client generators.

use std::process::ExitCode;

/// Prints the OpenAPI document.
pub fn run() -> anyhow::Result<ExitCode> {
    super::say::print(&serde_json::to_string_pretty(&quanheng_web::api::openapi::document())?)?;
    Ok(ExitCode::SUCCESS)
}
