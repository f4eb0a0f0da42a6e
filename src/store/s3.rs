//! Files in a bucket behind the S3 protocol.

use std::{sync::Arc, time::Duration};

use futures_util::StreamExt;
use object_store::{
    BackoffConfig, ClientOptions, Error, ObjectStore, PutMode, PutOptions, PutPayload, RetryConfig,
    WriteMultipart,
    aws::{AmazonS3Builder, Checksum},
    path::Path,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{
    error::{StoreError, disk},
    hash::Hash,
    received::{PIECE, Received},
    store::Listed,
};

/// Files up to this size go in one request that can refuse to overwrite; larger ones go in parts so that memory stays small.
const ONE_REQUEST: u64 = 8 * 1024 * 1024;

/// Where the bucket is and who may use it.
#[derive(Clone)]
pub struct S3Place {
    /// Address of the service; empty means Amazon's own for the region.
    pub endpoint: String,
    /// Region.
    pub region: String,
    /// Bucket.
    pub bucket: String,
    /// Text before every object name.
    pub prefix: String,
    /// Access key id.
    pub key_id: String,
    /// Secret access key.
    pub secret: String,
    /// Longest wait for one call.
    pub timeout: Duration,
}

impl std::fmt::Debug for S3Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "S3Place({} {} {})", self.endpoint, self.bucket, self.prefix)
    }
}

/// A bucket ready for use.
#[derive(Debug, Clone)]
pub(crate) struct S3 {
    bucket: Arc<dyn ObjectStore>,
    prefix: Path,
    timeout: Duration,
}

impl S3 {
    /// Prepares the client; nothing is sent yet.
    pub(crate) fn open(place: &S3Place) -> Result<Self, StoreError> {
        let retry = RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: 2,
            retry_timeout: place.timeout,
        };
        let client = ClientOptions::new()
            .with_timeout(place.timeout)
            .with_connect_timeout(place.timeout.min(Duration::from_secs(5)))
            .with_allow_http(true);
        let mut builder = AmazonS3Builder::new()
            .with_client_options(client)
            .with_retry(retry)
            .with_region(&place.region)
            .with_bucket_name(&place.bucket)
            .with_access_key_id(&place.key_id)
            .with_secret_access_key(&place.secret)
            .with_checksum_algorithm(Checksum::SHA256);
        if !place.endpoint.is_empty() {
            builder = builder.with_endpoint(&place.endpoint);
        }
        let bucket = builder
            .build()
            .map_err(|error| StoreError::Misconfigured { why: error.to_string() })?;
        let prefix = Path::parse(&place.prefix)
            .map_err(|error| StoreError::Misconfigured { why: error.to_string() })?;
        Ok(Self { bucket: Arc::new(bucket), prefix, timeout: place.timeout })
    }

    fn path(&self, hash: Hash) -> Path {
        self.prefix.child(hash.shard()).child(hash.to_string())
    }

    /// Stores a received file and looks whether it lies there whole.
    pub(crate) async fn keep(&self, received: &Received) -> Result<(), StoreError> {
        let path = self.path(received.hash());
        if received.size() <= ONE_REQUEST {
            self.put_once(&path, received).await?;
        } else {
            self.put_in_parts(&path, received).await?;
        }
        let there = self.in_time(self.bucket.head(&path), received.hash()).await?;
        if there.size == received.size() {
            return Ok(());
        }
        let why = format!("it keeps {} of {} bytes", there.size, received.size());
        Err(StoreError::Unreachable { why })
    }

    async fn put_once(&self, path: &Path, received: &Received) -> Result<(), StoreError> {
        let bytes = tokio::fs::read(received.file.path()).await.map_err(disk)?;
        let payload = PutPayload::from(bytes);
        let create = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self
            .in_time(self.bucket.put_opts(path, payload.clone(), create), received.hash())
            .await
        {
            Ok(_) => Ok(()),
            // The same bytes once more renew the object's age for the sweeper, and heal it if it was damaged.
            Err(Failure::Exists) => {
                self.in_time(
                    self.bucket.put_opts(path, payload, PutOptions::default()),
                    received.hash(),
                )
                .await?;
                Ok(())
            }
            Err(Failure::Other(error)) => Err(error),
        }
    }

    async fn put_in_parts(&self, path: &Path, received: &Received) -> Result<(), StoreError> {
        let upload = self.in_time(self.bucket.put_multipart(path), received.hash()).await?;
        let mut parts = WriteMultipart::new_with_chunk_size(upload, ONE_REQUEST as usize);
        let mut file = tokio::fs::File::open(received.file.path()).await.map_err(disk)?;
        let mut piece = vec![0; PIECE];
        loop {
            let count = file.read(&mut piece).await.map_err(disk)?;
            if count == 0 {
                break;
            }
            parts.write(&piece[..count]);
            self.in_time(parts.wait_for_capacity(2), received.hash()).await?;
        }
        self.in_time(parts.finish(), received.hash()).await?;
        Ok(())
    }

    /// Writes the object into `file`; whether the bytes are right is for the caller to see.
    pub(crate) async fn fetch(
        &self,
        hash: Hash,
        file: &mut tokio::fs::File,
    ) -> Result<(), StoreError> {
        let found = self.in_time(self.bucket.get(&self.path(hash)), hash).await?;
        let mut pieces = found.into_stream();
        while let Some(piece) = self.within(pieces.next()).await? {
            let piece = piece.map_err(|error| plain(error, hash))?;
            file.write_all(&piece).await.map_err(disk)?;
        }
        file.flush().await.map_err(disk)
    }

    /// Every object whose hash begins with the byte `shard`.
    pub(crate) async fn list(&self, shard: u8) -> Result<Vec<Listed>, StoreError> {
        let prefix = self.prefix.child(hex::encode([shard]));
        let mut objects = self.bucket.list(Some(&prefix));
        let mut found = Vec::new();
        while let Some(object) = self.within(objects.next()).await? {
            let object =
                object.map_err(|error| StoreError::Unreachable { why: error.to_string() })?;
            let Some(hash) = object.location.filename().and_then(|name| name.parse().ok()) else {
                continue;
            };
            found.push(Listed { hash, size: object.size, modified: object.last_modified });
        }
        Ok(found)
    }

    /// Removes an object; one that is gone already is fine.
    pub(crate) async fn delete(&self, hash: Hash) -> Result<(), StoreError> {
        match self.in_time(self.bucket.delete(&self.path(hash)), hash).await {
            Ok(()) | Err(Failure::Other(StoreError::NotFound(_))) => Ok(()),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Asks the service for something cheap, to see that it answers.
    pub(crate) async fn probe(&self) -> Result<(), StoreError> {
        let nothing = Hash::of(b"");
        match self.in_time(self.bucket.head(&self.path(nothing)), nothing).await {
            Ok(_) | Err(Failure::Other(StoreError::NotFound(_))) => Ok(()),
            Err(failure) => Err(failure.into()),
        }
    }

    async fn in_time<T>(
        &self,
        call: impl Future<Output = object_store::Result<T>>,
        hash: Hash,
    ) -> Result<T, Failure> {
        self.within(call).await?.map_err(|error| match error {
            Error::AlreadyExists { .. } | Error::Precondition { .. } => Failure::Exists,
            other => Failure::Other(plain(other, hash)),
        })
    }

    async fn within<T>(&self, call: impl Future<Output = T>) -> Result<T, StoreError> {
        tokio::time::timeout(self.timeout, call).await.map_err(|_| StoreError::Unreachable {
            why: format!("no answer within {} ms", self.timeout.as_millis()),
        })
    }
}

/// What a call to the service came to, when an object that is there already matters.
enum Failure {
    Exists,
    Other(StoreError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Other(error)
    }
}
impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Exists => {
                Self::Unreachable { why: "it refused to store over an existing object".into() }
            }
            Failure::Other(error) => error,
        }
    }
}

fn plain(error: Error, hash: Hash) -> StoreError {
    match error {
        Error::NotFound { .. } => StoreError::NotFound(hash),
        Error::PermissionDenied { .. }
        | Error::Unauthenticated { .. }
        | Error::InvalidPath { .. } => StoreError::Misconfigured { why: error.to_string() },
        other => StoreError::Unreachable { why: other.to_string() },
    }
}
