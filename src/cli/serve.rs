//! `quanheng serve`: the site.

use std::net::IpAddr;
use std::process::ExitCode;

use clap::Args;

use super::{Given, Say};
use crate::app::{self, Ground, Start};

/// Arguments of `serve`.
#[derive(Debug, Default, Args)]
pub struct Serve {
    /// Port to listen on; 0 takes any that is free (端口)
    #[arg(long)]
    port: Option<u16>,
    /// Address to listen on (监听地址)
    #[arg(long)]
    address: Option<IpAddr>,
}

impl Serve {
    /// The settings that the arguments stand for.
    pub fn overrides(&self) -> Vec<(String, String)> {
        let port = self.port.map(|port| ("server.port".to_owned(), port.to_string()));
        let address =
            self.address.map(|address| ("server.address".to_owned(), address.to_string()));
        port.into_iter().chain(address).collect()
    }

    /// Serves until a stop signal.
    pub fn run(self, given: Given) -> anyhow::Result<ExitCode> {
        app::log(&given.settings)?;
        let start = app::start(given.settings, &Ground::default())?;
        serve(start, &given.say)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Serves a started site on a runtime of its own, telling where it is.
pub fn serve(start: Start, say: &Say) -> anyhow::Result<()> {
    let Start { site, setup, migrated } = start;
    if let Some(copy) = &migrated.copy {
        say.warn("cli-migrate-copy", &[("file", copy.display().to_string().into())]);
    }
    let workers = match site.app.settings.server.workers {
        0 => std::thread::available_parallelism().map_or(2, usize::from),
        set => usize::from(set),
    };
    let base_url = site.app.base_url.to_string();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers.max(2))
        .enable_all()
        .build()?;
    runtime.block_on(app::serve(site, |address| {
        say.line(
            "cli-serve-listening",
            &[("url", (&base_url).into()), ("address", address.to_string().into())],
        );
        if let Some(link) = &setup {
            say.line("cli-serve-setup", &[("link", link.into())]);
        }
    }))
}
