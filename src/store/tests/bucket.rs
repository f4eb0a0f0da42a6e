//! The store in a bucket, against a small service of our own that can be slow, broken or a liar.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::{Hash, S3Place, Store, StoreError};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Mood {
    Fine,
    /// Never answers.
    Silent,
    /// Announces the object and closes the line in the middle.
    Resets,
    /// Keeps and gives other bytes of the same length.
    Lies,
    /// Keeps half of what it is given.
    Loses,
    /// Answers 503.
    Down,
}

#[derive(Default)]
struct Kept {
    objects: BTreeMap<String, Vec<u8>>,
    parts: BTreeMap<String, BTreeMap<u32, Vec<u8>>>,
    calls: Vec<String>,
}

struct Service {
    port: u16,
    kept: Arc<Mutex<Kept>>,
    mood: Arc<Mutex<Mood>>,
    folder: tempfile::TempDir,
}

impl Service {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let kept = Arc::new(Mutex::new(Kept::default()));
        let mood = Arc::new(Mutex::new(Mood::Fine));
        let (k, m) = (kept.clone(), mood.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, k.clone(), m.clone()));
            }
        });
        Self { port, kept, mood, folder: tempfile::tempdir().unwrap() }
    }

    fn store(&self) -> Store {
        self.patient(Duration::from_secs(60))
    }

    fn patient(&self, timeout: Duration) -> Store {
        let place = S3Place {
            endpoint: format!("http://127.0.0.1:{}", self.port),
            region: "us-east-1".into(),
            bucket: "specs".into(),
            prefix: "q".into(),
            key_id: "id".into(),
            secret: "canary".into(),
            timeout,
        };
        assert!(!format!("{place:?}").contains("canary"));
        Store::s3(&place, self.folder.path()).unwrap()
    }

    fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
}

async fn serve(stream: TcpStream, kept: Arc<Mutex<Kept>>, mood: Arc<Mutex<Mood>>) {
    let mut stream = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let mut words = line.split_whitespace();
        let (method, target) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
        let (mut length, mut create) = (0usize, false);
        loop {
            let mut header = String::new();
            if stream.read_line(&mut header).await.unwrap_or(0) == 0 {
                return;
            }
            let header = header.trim_end().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            create |= header.starts_with("if-none-match:");
        }
        let mut body = vec![0; length];
        if stream.read_exact(&mut body).await.is_err() {
            return;
        }
        let now = *mood.lock().unwrap();
        match now {
            Mood::Silent => std::future::pending::<()>().await,
            Mood::Down => {
                let _ =
                    stream.write_all(b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\n\r\n").await;
                continue;
            }
            _ => {}
        }
        let answer = answer(&mut kept.lock().unwrap(), now, &method, &target, body, create);
        if now == Mood::Resets && method == "GET" {
            let _ = stream.write_all(&answer[..answer.len() - 1]).await;
            return;
        }
        if stream.write_all(&answer).await.is_err() {
            return;
        }
    }
}

fn answer(
    kept: &mut Kept,
    mood: Mood,
    method: &str,
    target: &str,
    mut body: Vec<u8>,
    create: bool,
) -> Vec<u8> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let key = path.strip_prefix("/specs/").unwrap_or_default().to_owned();
    kept.calls.push(format!("{method} {}", query.split('&').next().unwrap_or_default()));
    if method == "PUT" && mood == Mood::Lies {
        body.iter_mut().for_each(|byte| *byte ^= 1);
    }
    if method == "PUT" && mood == Mood::Loses {
        body.truncate(body.len() / 2);
    }
    let with = |status: &str, headers: &str, body: &[u8]| {
        let mut text = format!(
            "HTTP/1.1 {status}\r\n{headers}Last-Modified: Wed, 01 Apr 2026 00:00:00 GMT\r\nETag: \"e\"\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        text.extend_from_slice(body);
        text
    };
    match method {
        "POST" if query.starts_with("uploads") => {
            let xml = "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>";
            with("200 OK", "", xml.as_bytes())
        }
        "PUT" if query.contains("partNumber=") => {
            let number =
                query.split('&').find_map(|part| part.strip_prefix("partNumber=")).unwrap();
            kept.parts.entry(key).or_default().insert(number.parse().unwrap(), body);
            with("200 OK", "", b"")
        }
        "POST" => {
            let whole =
                kept.parts.remove(&key).unwrap_or_default().into_values().flatten().collect();
            kept.objects.insert(key, whole);
            let xml =
                "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>";
            with("200 OK", "", xml.as_bytes())
        }
        "PUT" if create && kept.objects.contains_key(&key) => {
            with("412 Precondition Failed", "", b"")
        }
        "PUT" => {
            kept.objects.insert(key, body);
            with("200 OK", "", b"")
        }
        "GET" if query.contains("list-type=2") => {
            let prefix =
                query.split('&').find_map(|part| part.strip_prefix("prefix=")).unwrap_or_default();
            let prefix = prefix.replace("%2F", "/");
            let objects: String = kept
                .objects
                .iter()
                .filter(|(key, _)| key.starts_with(&prefix))
                .map(|(key, bytes)| {
                    format!(
                        "<Contents><Key>{key}</Key><LastModified>2026-04-01T00:00:00.000Z</LastModified><ETag>e</ETag><Size>{}</Size></Contents>",
                        bytes.len()
                    )
                })
                .collect();
            let xml = format!(
                "<ListBucketResult><IsTruncated>false</IsTruncated>{objects}</ListBucketResult>"
            );
            with("200 OK", "", xml.as_bytes())
        }
        "DELETE" => {
            kept.objects.remove(&key);
            with("204 No Content", "", b"")
        }
        _ => match kept.objects.get(&key) {
            None => with("404 Not Found", "", b""),
            Some(bytes) if method == "HEAD" => {
                let mut headers = with("200 OK", "", bytes);
                headers.truncate(headers.len() - bytes.len());
                headers
            }
            Some(bytes) => with("200 OK", "", bytes),
        },
    }
}

#[tokio::test]
async fn a_bucket_keeps_gives_lists_and_forgets() {
    let service = Service::start().await;
    let store = service.store();
    store.probe().await.unwrap();
    let stored = store.put(&b"abc"[..], 10).await.unwrap();
    assert_eq!(store.read(stored.hash, 10).await.unwrap(), b"abc");
    let again = store.put(&b"abc"[..], 10).await.unwrap();
    assert_eq!(stored, again, "the same bytes a second time are fine");
    let listed = store.list(stored.hash.bytes()[0]).await.unwrap();
    assert_eq!(
        listed.iter().map(|one| (one.hash, one.size)).collect::<Vec<_>>(),
        [(stored.hash, 3)]
    );
    store.delete(stored.hash).await.unwrap();
    assert!(matches!(store.get(stored.hash).await, Err(StoreError::NotFound(_))));
    assert!(service.kept.lock().unwrap().objects.is_empty());
}

#[tokio::test]
async fn large_files_go_in_parts() {
    let service = Service::start().await;
    let store = service.store();
    let bytes: Vec<u8> = (0..9u32 << 20).map(|n| (n >> 7) as u8).collect();
    let stored = store.put(&bytes[..], 1 << 30).await.unwrap();
    assert_eq!(stored.hash, Hash::of(&bytes));
    let parts = service
        .kept
        .lock()
        .unwrap()
        .calls
        .iter()
        .filter(|call| call.contains("partNumber"))
        .count();
    assert_eq!(parts, 2);
    assert_eq!(store.verify(stored.hash).await.unwrap(), bytes.len() as u64);
}

/// F07: the store is down, silent, resets the line, gives or keeps wrong bytes.
#[tokio::test]
async fn f07_a_bad_bucket_is_told_apart_and_wrong_bytes_never_pass() {
    let service = Service::start().await;
    let store = service.store();
    let stored = store.put(&b"measure"[..], 100).await.unwrap();
    let hasty = service.patient(Duration::from_millis(300));
    for (mood, store) in [(Mood::Silent, &hasty), (Mood::Down, &store)] {
        service.set(mood);
        let refused = store.put(&b"other"[..], 100).await.unwrap_err();
        assert!(
            matches!(refused, StoreError::Unreachable { .. }) && refused.is_temporary(),
            "{mood:?}: {refused}"
        );
        let unread = store.get(stored.hash).await.unwrap_err();
        assert!(matches!(unread, StoreError::Unreachable { .. }), "{mood:?}: {unread}");
    }
    service.set(Mood::Resets);
    assert!(matches!(store.get(stored.hash).await, Err(StoreError::Unreachable { .. })));
    service.set(Mood::Loses);
    assert!(matches!(
        store.put(&b"half of it"[..], 100).await,
        Err(StoreError::Unreachable { .. })
    ));
    service.set(Mood::Lies);
    let wrong = store.put(&b"turned"[..], 100).await.unwrap();
    service.set(Mood::Fine);
    assert!(matches!(store.get(wrong.hash).await, Err(StoreError::Corrupt { .. })));
    assert_eq!(store.verify(stored.hash).await.unwrap(), 7);
}

#[tokio::test]
async fn nobody_at_the_address_is_unreachable_and_a_bad_prefix_is_a_fault_of_the_settings() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let folder = tempfile::tempdir().unwrap();
    let mut place = S3Place {
        endpoint: format!("http://127.0.0.1:{port}"),
        region: "r".into(),
        bucket: "b".into(),
        prefix: String::new(),
        key_id: "i".into(),
        secret: "s".into(),
        timeout: Duration::from_millis(400),
    };
    let store = Store::s3(&place, folder.path()).unwrap();
    assert!(matches!(store.put(&b"x"[..], 10).await, Err(StoreError::Unreachable { .. })));
    assert!(matches!(store.probe().await, Err(StoreError::Unreachable { .. })));
    place.prefix = "a//b".into();
    assert!(matches!(Store::s3(&place, folder.path()), Err(StoreError::Misconfigured { .. })));
}
