//! Where uploaded and generated files live.

use std::path::{Path, PathBuf};

use quanheng_domain::keyed;

use super::{Rules, need, require};
use crate::{
    reader::Reader,
    secret::Secret,
    section::section,
    value::{Size, Span, choice},
};

keyed! {
    /// The kinds of file store.
    FileStore as "file store" {
        /// A folder of this machine.
        Local = "local",
        /// A bucket behind the S3 protocol.
        S3 = "s3",
    }
}
choice! { FileStore = "local or s3"; }

section! {
    /// Where uploaded and generated files live (附件), addressed by their SHA-256.
    Files at "files" {
        /// `local` for a folder, `s3` for a bucket behind the S3 protocol.
        store: FileStore,
        /// Folder of the local store, from the data folder unless absolute.
        dir: PathBuf,
        /// Largest file that may be uploaded.
        max_upload: Size,
        /// Address of the S3 service; empty means Amazon's own for the region.
        s3_endpoint: String,
        /// Region of the bucket; many services take any.
        s3_region: String,
        /// Name of the bucket.
        s3_bucket: String,
        /// Text put before every object name, to share a bucket.
        s3_prefix: String,
        /// Access key id.
        s3_key_id: String,
        /// Secret access key.
        s3_secret: Secret,
        /// Longest wait for one call to the store before an upload is refused or a file is "not reachable now".
        timeout: Span,
        /// Age after which a file that no row names is swept away.
        sweep_after: Span,
    }
}

impl Rules for Files {
    fn check(&self, reader: &mut Reader<'_>) {
        require::<Self>(
            reader,
            "max_upload",
            self.max_upload.bytes() > 0,
            "must be more than nothing",
        );
        let day = self.sweep_after.get().as_secs() >= 3_600;
        require::<Self>(
            reader,
            "sweep_after",
            day,
            "must be at least 1 h, or running uploads could be swept",
        );
        let web = ["http://", "https://"].iter().any(|scheme| self.s3_endpoint.starts_with(scheme));
        let fair = self.s3_endpoint.is_empty() || web;
        require::<Self>(reader, "s3_endpoint", fair, "must begin with http:// or https://");
        if self.store == FileStore::S3 {
            let because = "when store is s3";
            need::<Self>(reader, "s3_bucket", !self.s3_bucket.is_empty(), because);
            need::<Self>(reader, "s3_key_id", !self.s3_key_id.is_empty(), because);
            need::<Self>(reader, "s3_secret", !self.s3_secret.is_empty(), because);
        }
    }
}

impl Files {
    /// The folder of the local store.
    pub fn folder(&self, data_dir: &Path) -> PathBuf {
        data_dir.join(&self.dir)
    }
}
