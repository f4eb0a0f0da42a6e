//! TLS is kept or the letter stays; it never goes out in plain text instead (F22).

use std::{sync::Arc, time::Duration};

use quanheng_mail::{
    MailError, Transport,
    transport::{Smtp, SmtpOptions},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::{Script, Sink, letter, sink::Security, transport};

/// A certificate for a name, made for this test, and a server that shows it.
fn certificate(name: &str) -> (String, TlsAcceptor) {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (made.cert.pem(), TlsAcceptor::from(Arc::new(config)))
}

fn trusting(url: &str, pem: &str) -> Transport {
    let options = SmtpOptions {
        address: url.parse().unwrap(),
        ca_pem: Some(pem.as_bytes().to_vec()),
        pool_size: 1,
        timeout: Duration::from_secs(20),
    };
    Transport::Smtp(Box::new(Smtp::new(options).unwrap()))
}

async fn must_fail(transport: Transport, sink: &Sink) {
    let error = transport.send(&letter("member-07@demo.example")).await.unwrap_err();
    assert!(
        matches!(error, MailError::Retry { why: quanheng_mail::transport::Delay::Outage, .. }),
        "{error}"
    );
    sink.look(|seen| {
        assert!(seen.letters.is_empty());
        assert!(
            !seen.commands.iter().any(|line| line.starts_with("MAIL") || line.starts_with("AUTH")),
            "{:?}",
            seen.commands
        );
    });
}

#[tokio::test]
async fn a_private_authority_is_believed_when_it_is_named() {
    let (pem, acceptor) = certificate("localhost");
    for (security, url) in [
        (Security::Wrapped(acceptor.clone()), "smtps://user:secret@localhost:PORT"),
        (Security::StartTls(acceptor), "smtp://user:secret@localhost:PORT?tls=required"),
    ] {
        let sink = Sink::start(Script {
            security,
            capabilities: &["AUTH PLAIN LOGIN"],
            ..Script::default()
        })
        .await;
        let url = url.replace("PORT", &sink.port.to_string());
        trusting(&url, &pem).send(&letter("member-07@demo.example")).await.unwrap();
        assert_eq!(sink.look(|seen| seen.letters.len()), 1);
        assert!(sink.look(|seen| seen.commands.iter().any(|line| line.starts_with("AUTH PLAIN"))));
    }
}

#[tokio::test]
async fn an_unknown_certificate_stops_the_letter() {
    let (_, acceptor) = certificate("localhost");
    let sink =
        Sink::start(Script { security: Security::Wrapped(acceptor.clone()), ..Script::default() })
            .await;
    must_fail(transport(&format!("smtps://localhost:{}", sink.port), 1), &sink).await;
    let sink =
        Sink::start(Script { security: Security::StartTls(acceptor), ..Script::default() }).await;
    must_fail(transport(&format!("smtp://localhost:{}?tls=required", sink.port), 1), &sink).await;
}

#[tokio::test]
async fn a_certificate_for_another_name_stops_the_letter() {
    let (pem, acceptor) = certificate("mail.elsewhere.example");
    let sink =
        Sink::start(Script { security: Security::Wrapped(acceptor), ..Script::default() }).await;
    must_fail(trusting(&format!("smtps://localhost:{}", sink.port), &pem), &sink).await;
}

#[tokio::test]
async fn a_server_without_or_with_broken_starttls_gets_no_letter() {
    let none = Sink::start(Script::default()).await;
    must_fail(transport(&format!("smtp://localhost:{}?tls=required", none.port), 1), &none).await;
    let broken =
        Sink::start(Script { security: Security::BrokenStartTls, ..Script::default() }).await;
    must_fail(transport(&format!("smtp://localhost:{}?tls=required", broken.port), 1), &broken)
        .await;
}

#[tokio::test]
async fn a_refused_password_keeps_the_letters_waiting() {
    let script = Script {
        capabilities: &["AUTH PLAIN"],
        auth: "535 5.7.8 wrong password",
        ..Script::default()
    };
    let sink = Sink::start(script).await;
    let error = transport(&format!("smtp://user:secret@127.0.0.1:{}", sink.port), 1)
        .probe()
        .await
        .unwrap_err();
    assert!(
        matches!(&error, MailError::Retry { reply, .. } if reply.contains("535") && !reply.contains("secret")),
        "{error}"
    );
}
