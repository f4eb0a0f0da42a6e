//! The address of an SMTP server as one setting: `smtps://user:password@host:465`, `smtp://host:587?tls=required`, `smtp://localhost:25`.

use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// Security of the connection; there is no "if possible", because that falls back to plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte (`smtps://`).
    Wrapped,
    /// By STARTTLS, and not at all without (`smtp://…?tls=required`).
    Required,
    /// None (`smtp://`), for a relay on the same machine or network.
    Plain,
}

/// Server, security and credentials; cannot be printed, because it may hold a password.
#[derive(Clone)]
pub struct SmtpAddress {
    /// Host name or IP address, without brackets.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Security.
    pub tls: Tls,
    /// User and password.
    pub credentials: Option<(String, String)>,
}

/// An address that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// No address at all.
    #[error("the SMTP address cannot be read: {0}")]
    Unreadable(String),
    /// Neither smtp nor smtps.
    #[error("the SMTP address must begin with smtp:// or smtps://, not {0}://")]
    Scheme(String),
    /// No host.
    #[error("the SMTP address names no host")]
    NoHost,
    /// Another value of `tls`.
    #[error(
        "tls={0} is not understood: write smtps:// or ?tls=required; falling back to plain text is not offered"
    )]
    Tls(String),
    /// A parameter that is not known.
    #[error("the SMTP address has an unknown parameter {0}")]
    Parameter(String),
    /// A password would go over the network in plain text.
    #[error("a password is only sent over TLS or to this machine: write smtps:// or ?tls=required")]
    PasswordInPlainText,
}

impl std::str::FromStr for SmtpAddress {
    type Err = AddressFault;

    fn from_str(text: &str) -> Result<Self, AddressFault> {
        let url = Url::parse(text).map_err(|error| AddressFault::Unreadable(error.to_string()))?;
        let mut tls = match url.scheme() {
            "smtps" => Tls::Wrapped,
            "smtp" => Tls::Plain,
            other => return Err(AddressFault::Scheme(other.to_owned())),
        };
        for (name, value) in url.query_pairs() {
            match (name.as_ref(), value.as_ref()) {
                ("tls", "required") if tls != Tls::Wrapped => tls = Tls::Required,
                ("tls", "required") => {}
                ("tls", other) => return Err(AddressFault::Tls(other.to_owned())),
                (other, _) => return Err(AddressFault::Parameter(other.to_owned())),
            }
        }
        let host = match url.host_str() {
            Some(host) if !host.is_empty() => {
                host.trim_start_matches('[').trim_end_matches(']').to_owned()
            }
            _ => return Err(AddressFault::NoHost),
        };
        let port = url.port().unwrap_or(match tls {
            Tls::Wrapped => 465,
            Tls::Required => 587,
            Tls::Plain => 25,
        });
        let credentials = credentials(&url)?;
        if credentials.is_some() && tls == Tls::Plain && !is_loopback(&host) {
            return Err(AddressFault::PasswordInPlainText);
        }
        Ok(Self { host, port, tls, credentials })
    }
}

fn credentials(url: &Url) -> Result<Option<(String, String)>, AddressFault> {
    let decode = |text: &str| {
        percent_decode_str(text)
            .decode_utf8()
            .map(|text| text.into_owned())
            .map_err(|error| AddressFault::Unreadable(error.to_string()))
    };
    match url.password() {
        Some(password) => Ok(Some((decode(url.username())?, decode(password)?))),
        None => Ok(None),
    }
}

fn is_loopback(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Domain(name)) => name == "localhost",
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        // An IPv6 address without its brackets.
        Err(_) => host.parse::<std::net::Ipv6Addr>().is_ok_and(|address| address.is_loopback()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> AddressFault {
        match text.parse::<SmtpAddress>() {
            Err(fault) => fault,
            Ok(_) => panic!("{text} was taken"),
        }
    }

    #[test]
    fn the_three_forms_are_understood() {
        let wrapped: SmtpAddress =
            "smtps://no-reply%40a.example:p%40ss%2Fw%E6%9D%83@mail.a.example".parse().unwrap();
        assert_eq!(
            (wrapped.host.as_str(), wrapped.port, wrapped.tls),
            ("mail.a.example", 465, Tls::Wrapped)
        );
        assert_eq!(
            wrapped.credentials,
            Some(("no-reply@a.example".to_owned(), "p@ss/w权".to_owned()))
        );
        let required: SmtpAddress = "smtp://mail.a.example?tls=required".parse().unwrap();
        assert_eq!((required.port, required.tls), (587, Tls::Required));
        let plain: SmtpAddress = "smtp://localhost:2525".parse().unwrap();
        assert_eq!((plain.port, plain.tls, plain.credentials), (2525, Tls::Plain, None));
        let v6: SmtpAddress = "smtp://[::1]:2525".parse().unwrap();
        assert_eq!(v6.host, "::1");
    }

    #[test]
    fn falling_back_to_plain_text_cannot_be_asked_for() {
        assert_eq!(
            fault("smtp://mail.a.example?tls=opportunistic"),
            AddressFault::Tls("opportunistic".to_owned())
        );
        assert_eq!(fault("smtp://user:secret@mail.a.example"), AddressFault::PasswordInPlainText);
        assert_eq!(fault("http://mail.a.example"), AddressFault::Scheme("http".to_owned()));
        assert_eq!(fault("smtp://a.example?pool=3"), AddressFault::Parameter("pool".to_owned()));
        assert!("smtp://user:secret@127.0.0.1:25".parse::<SmtpAddress>().is_ok());
        assert!("smtp://user:secret@[::1]:25".parse::<SmtpAddress>().is_ok());
        assert!(matches!(fault("mail.a.example"), AddressFault::Unreadable(_)));
    }
}
