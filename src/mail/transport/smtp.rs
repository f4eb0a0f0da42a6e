//! The SMTP transport: a small pool of connections that knows how far a letter had come when something broke.
//!
//! The library's own pool hides whether the letter itself had been handed over; that decides between "try again" and "may arrive twice".

use std::{
    future::Future,
    io,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use lettre::{
    address::Envelope,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Rcpt, Rset},
        extension::{ClientId, Extension, MailParameter},
        response::{Code, Response},
    },
};
use tokio::{
    net::TcpStream,
    sync::Semaphore,
    time::{Instant, timeout},
};

use super::{
    Delay, Delivery, MailError, Refused, SmtpAddress, SmtpOptions, Tls, TransportFault, mask,
};
use crate::message::Message;

/// A connection that rested longer is closed rather than tried, because servers hang up on silent clients.
const LONGEST_REST: Duration = Duration::from_secs(60);

/// An SMTP server with its open connections.
pub struct Smtp {
    address: SmtpAddress,
    tls: Option<TlsParameters>,
    hello: ClientId,
    timeout: Duration,
    width: usize,
    permits: Semaphore,
    resting: Mutex<Vec<Resting>>,
}

struct Resting {
    connection: AsyncSmtpConnection,
    since: Instant,
}

/// How far a letter had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Connect,
    Sender,
    Recipient,
    Data,
    Content,
}

/// What went wrong: an answer, or none in time.
enum Trouble {
    Answer(Error),
    Socket(io::Error),
    Silence,
    /// An address beyond ASCII, and a server that takes none.
    Unsupported,
}

struct Failure {
    phase: Phase,
    trouble: Trouble,
}

impl Smtp {
    /// Prepares the transport; nothing is connected yet.
    pub fn new(options: SmtpOptions) -> Result<Self, TransportFault> {
        let SmtpOptions { address, ca_pem, pool_size, timeout } = options;
        let tls = match address.tls {
            Tls::Plain => None,
            Tls::Required | Tls::Wrapped => Some(tls_parameters(&address.host, ca_pem.as_deref())?),
        };
        let width = pool_size.max(1);
        Ok(Self {
            address,
            tls,
            hello: ClientId::default(),
            timeout,
            width,
            permits: Semaphore::new(width),
            resting: Mutex::new(Vec::new()),
        })
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) async fn send(&self, message: &Message) -> Result<Delivery, MailError> {
        let letter = message.to_lettre()?;
        let envelope = letter.envelope().clone();
        let bytes = letter.formatted();
        let _permit = self.permits.acquire().await.map_err(MailError::outage)?;
        let (mut connection, rested) = match self.resting_connection() {
            Some(connection) => (connection, true),
            None => (self.connect().await.map_err(Failure::into_error)?, false),
        };
        let mut outcome = self.deliver(&mut connection, &envelope, &bytes).await;
        // A connection that the server closed while it rested says nothing about the letter.
        if rested && outcome.as_ref().is_err_and(Failure::is_stale) {
            connection = self.connect().await.map_err(Failure::into_error)?;
            outcome = self.deliver(&mut connection, &envelope, &bytes).await;
        }
        match outcome {
            Ok(response) => {
                self.put_back(connection);
                Ok(Delivery::Sent {
                    reply: mask(&format!(
                        "{} {}",
                        response.code(),
                        response.message().collect::<Vec<_>>().join(" ")
                    )),
                })
            }
            Err(failure) => {
                if failure.leaves_connection() && self.waits(connection.command(Rset)).await.is_ok()
                {
                    self.put_back(connection);
                }
                Err(failure.into_error())
            }
        }
    }

    pub(super) async fn probe(&self) -> Result<(), MailError> {
        let mut connection = self.connect().await.map_err(Failure::into_error)?;
        // The server has already shown that it takes us; how it says good-bye does not matter.
        let _ = self.waits(connection.quit()).await;
        Ok(())
    }

    pub(super) async fn rest(&self) {
        let connections = std::mem::take(&mut *self.resting());
        for mut resting in connections {
            let _ = self.waits(resting.connection.quit()).await;
        }
    }

    /// The whole way of one letter over an open connection.
    async fn deliver(
        &self,
        connection: &mut AsyncSmtpConnection,
        envelope: &Envelope,
        bytes: &[u8],
    ) -> Result<Response, Failure> {
        let mut options = Vec::new();
        let ascii = envelope
            .from()
            .into_iter()
            .chain(envelope.to())
            .all(|address| AsRef::<str>::as_ref(address).is_ascii());
        if !ascii {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Failure { phase: Phase::Recipient, trouble: Trouble::Unsupported });
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        let sender = Mail::new(envelope.from().cloned(), options);
        self.waits(connection.command(sender)).await.map_err(Phase::Sender.failed())?;
        for recipient in envelope.to() {
            let recipient = Rcpt::new(recipient.clone(), Vec::new());
            self.waits(connection.command(recipient)).await.map_err(Phase::Recipient.failed())?;
        }
        self.waits(connection.command(Data)).await.map_err(Phase::Data.failed())?;
        self.waits(connection.message(bytes)).await.map_err(Phase::Content.failed())
    }

    /// A new connection: greeted, encrypted, signed in.
    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let server = (self.address.host.as_str(), self.address.port);
        let opened = match self.address.tls {
            Tls::Wrapped => {
                let opening = AsyncSmtpConnection::connect_tokio1(
                    server,
                    Some(self.timeout),
                    &self.hello,
                    self.tls.clone(),
                    None,
                );
                self.waits(opening).await
            }
            Tls::Plain | Tls::Required => match timeout(self.timeout, plain_stream(server)).await {
                Ok(Ok(stream)) => {
                    self.waits(AsyncSmtpConnection::connect_with_transport(
                        Box::new(stream),
                        &self.hello,
                    ))
                    .await
                }
                Ok(Err(error)) => Err(Trouble::Socket(error)),
                Err(_) => Err(Trouble::Silence),
            },
        };
        let mut connection = opened.map_err(Phase::Connect.failed())?;
        if let (Tls::Required, Some(tls)) = (self.address.tls, &self.tls) {
            self.waits(connection.starttls(tls.clone(), &self.hello))
                .await
                .map_err(Phase::Connect.failed())?;
        }
        if let Some((user, password)) = &self.address.credentials {
            let credentials = Credentials::new(user.clone(), password.clone());
            let signing_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials);
            self.waits(signing_in).await.map_err(Phase::Connect.failed())?;
        }
        Ok(connection)
    }

    async fn waits<T>(&self, answer: impl Future<Output = Result<T, Error>>) -> Result<T, Trouble> {
        match timeout(self.timeout, answer).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(Trouble::Answer(error)),
            Err(_) => Err(Trouble::Silence),
        }
    }

    fn resting_connection(&self) -> Option<AsyncSmtpConnection> {
        let mut resting = self.resting();
        resting.retain(|resting| resting.since.elapsed() < LONGEST_REST);
        resting.pop().map(|resting| resting.connection)
    }

    fn put_back(&self, connection: AsyncSmtpConnection) {
        if !connection.has_broken() {
            self.resting().push(Resting { connection, since: Instant::now() });
        }
    }

    fn resting(&self) -> MutexGuard<'_, Vec<Resting>> {
        // Pushing and popping leave the list whole even where another task panicked.
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection without Nagle's delay, which costs 40 ms a letter at the final dot.
async fn plain_stream(server: (&str, u16)) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn tls_parameters(host: &str, ca_pem: Option<&[u8]>) -> Result<TlsParameters, TransportFault> {
    let fault = |error: Error| TransportFault::Certificates(error.to_string());
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(pem) = ca_pem {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(fault)?);
    }
    builder.build().map_err(fault)
}

impl Phase {
    fn failed(self) -> impl Fn(Trouble) -> Failure {
        move |trouble| Failure { phase: self, trouble }
    }
}

impl Failure {
    fn code(&self) -> Option<Code> {
        match &self.trouble {
            Trouble::Answer(error) => error.status(),
            Trouble::Socket(_) | Trouble::Silence | Trouble::Unsupported => None,
        }
    }

    /// True where the server gave no answer at all to the first command of the letter.
    fn is_stale(&self) -> bool {
        self.phase == Phase::Sender && matches!(self.code().map(u16::from), None | Some(421))
    }

    /// True where the server answered and goes on listening.
    fn leaves_connection(&self) -> bool {
        self.phase != Phase::Connect && self.code().is_some_and(|code| u16::from(code) != 421)
    }

    fn into_error(self) -> MailError {
        let reply = match &self.trouble {
            Trouble::Answer(error) => mask(&error.to_string()),
            Trouble::Socket(error) => mask(&error.to_string()),
            Trouble::Silence => "no answer in time".to_owned(),
            Trouble::Unsupported => "the server takes no addresses beyond ASCII".to_owned(),
        };
        let permanent = match &self.trouble {
            Trouble::Answer(error) => error.is_permanent(),
            Trouble::Unsupported => true,
            Trouble::Socket(_) | Trouble::Silence => false,
        };
        let code = self.code().map(u16::from);
        match self.phase {
            // What the server has against us is ours to repair; letters wait for it.
            Phase::Connect => MailError::Retry { reply, why: Delay::Outage },
            Phase::Sender if matches!(code, Some(530 | 535 | 538)) => {
                MailError::Retry { reply, why: Delay::Outage }
            }
            Phase::Recipient if permanent => MailError::GiveUp { reply, refused: Refused::Address },
            Phase::Sender | Phase::Data | Phase::Content if permanent => {
                MailError::GiveUp { reply, refused: Refused::Letter }
            }
            Phase::Content if code.is_none() => MailError::Retry { reply, why: Delay::AnswerLost },
            _ => {
                let hung_up = matches!(code, None | Some(421));
                let why = if hung_up { Delay::Outage } else { Delay::Postponed };
                MailError::Retry { reply, why }
            }
        }
    }
}
