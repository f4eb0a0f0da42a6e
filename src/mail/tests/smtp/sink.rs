//! A server that takes letters, or does what its script says.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

#[derive(Clone)]
pub(crate) enum Greeting {
    Line(&'static str),
    Silent,
}

#[derive(Clone, Copy)]
pub(crate) enum Content {
    Answer(&'static str),
    /// Takes the letter and hangs up without a word.
    Drop,
    /// Takes the letter and never answers.
    Silent,
}

#[derive(Clone)]
pub(crate) enum Security {
    None,
    /// Says that it can, then speaks nonsense.
    BrokenStartTls,
    StartTls(TlsAcceptor),
    Wrapped(TlsAcceptor),
}

#[derive(Clone)]
pub(crate) struct Script {
    pub greeting: Greeting,
    pub capabilities: &'static [&'static str],
    pub mail: &'static str,
    /// Answer to a recipient whose address contains the key; others are taken.
    pub recipients: &'static [(&'static str, &'static str)],
    pub content: Content,
    pub security: Security,
    pub auth: &'static str,
    /// Hangs up after this many letters on a connection.
    pub letters_per_connection: usize,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            greeting: Greeting::Line("220 sink"),
            capabilities: &["8BITMIME"],
            mail: "250 ok",
            recipients: &[],
            content: Content::Answer("250 taken"),
            security: Security::None,
            auth: "235 welcome",
            letters_per_connection: usize::MAX,
        }
    }
}

#[derive(Default)]
pub(crate) struct Seen {
    pub connections: usize,
    /// Connections at the same time, at most.
    pub most_at_once: usize,
    pub at_once: usize,
    pub commands: Vec<String>,
    pub letters: Vec<Vec<u8>>,
}

pub(crate) struct Sink {
    pub port: u16,
    seen: Arc<Mutex<Seen>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Sink {
    pub(crate) async fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let shared = seen.clone();
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                let (script, seen) = (script.clone(), shared.clone());
                {
                    let mut seen = seen.lock().unwrap();
                    seen.connections += 1;
                    seen.at_once += 1;
                    seen.most_at_once = seen.most_at_once.max(seen.at_once);
                }
                tokio::spawn(async move {
                    // A client that hangs up in the middle is part of what is tested.
                    let _ = match script.security.clone() {
                        Security::Wrapped(acceptor) => match acceptor.accept(stream).await {
                            Ok(stream) => serve(stream, &script, &seen, true).await.map(drop),
                            Err(error) => Err(error),
                        },
                        _ => serve_upgradable(stream, &script, &seen).await,
                    };
                    seen.lock().unwrap().at_once -= 1;
                });
            }
        });
        Self { port, seen, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub(crate) fn look<T>(&self, look: impl FnOnce(&Seen) -> T) -> T {
        look(&self.seen.lock().unwrap())
    }

    /// The one letter that arrived.
    pub(crate) fn only_letter(&self) -> String {
        self.look(|seen| {
            assert_eq!(seen.letters.len(), 1);
            String::from_utf8(seen.letters[0].clone()).unwrap()
        })
    }
}

async fn serve_upgradable(
    stream: tokio::net::TcpStream,
    script: &Script,
    seen: &Mutex<Seen>,
) -> std::io::Result<()> {
    let Some(mut stream) = serve(stream, script, seen, false).await? else { return Ok(()) };
    match &script.security {
        Security::StartTls(acceptor) => {
            let stream = acceptor.accept(stream).await?;
            serve_after_greeting(stream, script, seen, true).await.map(drop)
        }
        _ => stream.write_all(b"this is no TLS\r\n").await,
    }
}

/// Serves until the client leaves; gives the stream back where the client asked for STARTTLS.
async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    script: &Script,
    seen: &Mutex<Seen>,
    secure: bool,
) -> std::io::Result<Option<S>> {
    match script.greeting {
        Greeting::Line(line) => stream.write_all(format!("{line}\r\n").as_bytes()).await?,
        Greeting::Silent => std::future::pending().await,
    }
    serve_after_greeting(stream, script, seen, secure).await
}

async fn serve_after_greeting<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    script: &Script,
    seen: &Mutex<Seen>,
    secure: bool,
) -> std::io::Result<Option<S>> {
    let mut stream = BufReader::new(stream);
    let mut taken = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let line = line.trim_end().to_owned();
        seen.lock().unwrap().commands.push(line.clone());
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => greeting(script, secure),
            "STARTTLS" => {
                stream.write_all(b"220 go ahead\r\n").await?;
                return Ok(Some(stream.into_inner()));
            }
            "AUTH" => script.auth.to_owned(),
            "MAIL" => script.mail.to_owned(),
            "RCPT" => {
                let refused = script.recipients.iter().find(|(part, _)| line.contains(part));
                refused.map_or("250 ok", |(_, answer)| answer).to_owned()
            }
            "DATA" => {
                stream.write_all(b"354 go ahead\r\n").await?;
                let letter = read_letter(&mut stream).await?;
                seen.lock().unwrap().letters.push(letter);
                taken += 1;
                match script.content {
                    Content::Answer(answer) => answer.to_owned(),
                    Content::Drop => return Ok(None),
                    Content::Silent => std::future::pending().await,
                }
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(None);
            }
            "RSET" | "NOOP" => "250 ok".to_owned(),
            _ => "500 what".to_owned(),
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        if answer.starts_with("421") || taken == script.letters_per_connection {
            return Ok(None);
        }
    }
}

fn greeting(script: &Script, secure: bool) -> String {
    let offers_tls =
        !secure && matches!(script.security, Security::StartTls(_) | Security::BrokenStartTls);
    let mut lines: Vec<&str> = vec!["sink"];
    lines.extend(script.capabilities);
    lines.extend(offers_tls.then_some("STARTTLS"));
    let last = lines.len() - 1;
    let lines: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!("250{}{line}", if at == last { ' ' } else { '-' }))
        .collect();
    lines.join("\r\n")
}

async fn read_letter<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufReader<S>,
) -> std::io::Result<Vec<u8>> {
    let mut letter = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(letter);
        }
        letter.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
