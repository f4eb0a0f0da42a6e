//! Where the site listens and how the world reaches it.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use super::{Rules, need, require};
use crate::{
    fault::FaultKind,
    reader::Reader,
    section::section,
    value::{NetworkRange, Span},
};

section! {
    /// Where the site listens and how the world reaches it.
    Server at "server" {
        /// Address to listen on; `0.0.0.0` listens on all of IPv4, `::` also on IPv6.
        address: IpAddr,
        /// Port to listen on; 0 takes any free port and prints it.
        port: u16,
        /// Address of the site as its readers type it (站点网址), used in mails, feeds and redirects; empty means `http://localhost:PORT`.
        base_url: String,
        /// Threads that answer requests; 0 means one per processor core.
        workers: u16,
        /// Header in which the proxy passes the reader's address, for example `X-Real-IP`; empty because anybody can send the header.
        ip_header: String,
        /// Proxies whose `ip_header` is believed, for example `["127.0.0.1"]`; needed when `ip_header` is set.
        trusted_proxies: Vec<NetworkRange>,
        /// Certificate chain in PEM, when the site itself speaks TLS; empty when a proxy does.
        tls_cert: Option<PathBuf>,
        /// Private key in PEM for `tls_cert`.
        tls_key: Option<PathBuf>,
        /// A request that takes longer is answered 503 with "result unknown, look before you repeat".
        request_timeout: Span,
        /// Time that running requests get to end after a stop signal.
        shutdown_grace: Span,
        /// Address and port that serve `/metrics`, for example `127.0.0.1:9464`; empty serves none.
        metrics_address: Option<SocketAddr>,
    }
}

impl Rules for Server {
    fn check(&self, reader: &mut Reader<'_>) {
        let web = self.base_url.is_empty() || web_address(&self.base_url).is_some();
        require::<Self>(
            reader,
            "base_url",
            web,
            "must be http:// or https:// with a host and without a path at its end",
        );
        if !self.ip_header.is_empty() {
            let because = "when ip_header is set, or anybody could pretend any address";
            need::<Self>(reader, "trusted_proxies", !self.trusted_proxies.is_empty(), because);
            let token = self.ip_header.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            require::<Self>(reader, "ip_header", token, "is no name of a header");
        }
        match (&self.tls_cert, &self.tls_key) {
            (Some(_), None) => need::<Self>(reader, "tls_key", false, "when tls_cert is set"),
            (None, Some(_)) => need::<Self>(reader, "tls_cert", false, "when tls_key is set"),
            _ => {}
        }
        for (name, file) in [("tls_cert", &self.tls_cert), ("tls_key", &self.tls_key)] {
            if let Some(Err(error)) = file.as_ref().map(std::fs::metadata) {
                let path = file.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
                let kind = FaultKind::Unreadable { path, reason: error.to_string() };
                reader.fault(&format!("server.{name}"), kind);
            }
        }
        let positive = !self.request_timeout.get().is_zero();
        require::<Self>(reader, "request_timeout", positive, "must be longer than nothing");
    }
}

impl Server {
    /// The site's own address without a slash at its end; `bound` is the port that was really taken.
    pub fn site_address(&self, bound: u16) -> String {
        if self.base_url.is_empty() {
            let scheme = if self.tls_cert.is_some() { "https" } else { "http" };
            return format!("{scheme}://localhost:{bound}");
        }
        self.base_url.trim_end_matches('/').to_owned()
    }

    /// Whether readers reach the site over TLS.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
            || (self.base_url.is_empty() && self.tls_cert.is_some())
    }
}

/// The host of a web address that names nothing but scheme, host and port.
fn web_address(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.strip_suffix('/').unwrap_or(rest);
    let fair = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    (!host.is_empty() && host.chars().all(fair)).then_some(host)
}
