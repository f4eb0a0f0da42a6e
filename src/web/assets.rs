//! Styles, scripts and pictures: compiled in, addressed by fingerprint, kept by browsers for a year.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::{Route, State, get, routes};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "../../templates/assets/"]
struct Files;

/// Files joined into one, so that a page asks for one style sheet and one script; the order is the order of the cascade.
const BUNDLES: [(&str, &[&str]); 2] = [
    (
        "css/main.css",
        &[
            "css/tokens.css",
            "css/base.css",
            "css/frame.css",
            "css/forms.css",
            "css/lists.css",
            "css/project.css",
            "css/opinions.css",
            "css/round-desk.css",
            "css/drafts.css",
            "css/records.css",
            "css/print.css",
        ],
    ),
    (
        "js/main.js",
        &[
            "js/switches.js",
            "js/tables.js",
            "js/drafts.js",
            "js/deadlines.js",
            "js/keys.js",
            "js/round-desk.js",
            "js/proof.js",
            "js/reading.js",
            "js/meeting.js",
        ],
    ),
];

/// One asset ready to be sent.
#[derive(Debug)]
pub struct Asset {
    bytes: Vec<u8>,
    zipped: Option<Vec<u8>>,
    kind: ContentType,
    tag: String,
}

/// All assets by name, and their addresses.
pub struct AssetBook {
    assets: HashMap<String, Arc<Asset>>,
    reload: bool,
}

impl AssetBook {
    /// Reads and compresses every asset; with `reload` they are read again whenever one is asked for.
    pub fn load(reload: bool) -> Self {
        Self { assets: read_all(), reload }
    }

    /// The address of an asset, with its fingerprint; none if there is no such file.
    pub fn address(&self, name: &str) -> Option<String> {
        let asset = self.get(name)?;
        let (stem, suffix) = name.rsplit_once('.')?;
        Some(format!("/assets/{stem}.{}.{suffix}", asset.tag))
    }

    /// The text of an asset, for files that must stand alone; none if there is no such file or it is no text.
    pub fn text(&self, name: &str) -> Option<String> {
        String::from_utf8(self.get(name)?.bytes.clone()).ok()
    }

    fn get(&self, name: &str) -> Option<Arc<Asset>> {
        if self.reload { read_all().remove(name) } else { self.assets.get(name).map(Arc::clone) }
    }

    /// The asset of a requested path and whether the path carries its present fingerprint.
    fn find(&self, path: &str) -> Option<(Arc<Asset>, bool)> {
        if let Some(asset) = self.get(path) {
            return Some((asset, false));
        }
        let (rest, suffix) = path.rsplit_once('.')?;
        let (stem, tag) = rest.rsplit_once('.')?;
        let asset = self.get(&format!("{stem}.{suffix}"))?;
        let fresh = asset.tag == tag;
        Some((asset, fresh))
    }
}

fn read_all() -> HashMap<String, Arc<Asset>> {
    let mut assets = HashMap::new();
    for name in Files::iter() {
        if let Some(file) = Files::get(&name) {
            assets.insert(name.to_string(), file.data.into_owned());
        }
    }
    for (bundle, parts) in BUNDLES {
        let mut joined = Vec::new();
        for part in parts {
            joined.extend_from_slice(assets.get(*part).map_or(&[][..], Vec::as_slice));
            joined.push(b'\n');
        }
        assets.insert(bundle.to_owned(), joined);
    }
    assets.into_iter().map(|(name, bytes)| (name.clone(), Arc::new(ready(&name, bytes)))).collect()
}

fn ready(name: &str, bytes: Vec<u8>) -> Asset {
    let kind = kind_of(name);
    let zipped = if kind.is_png() || kind.is_woff2() { None } else { zip(&bytes) };
    let tag = hex::encode(Sha256::digest(&bytes))[..16].to_owned();
    Asset { bytes, zipped, kind, tag }
}

fn zip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

fn kind_of(name: &str) -> ContentType {
    name.rsplit_once('.')
        .and_then(|(_, suffix)| ContentType::from_extension(suffix))
        .unwrap_or(ContentType::Binary)
}

/// The answer to a request for an asset.
pub struct AssetAnswer {
    asset: Arc<Asset>,
    fresh: bool,
}

impl<'r> Responder<'r, 'static> for AssetAnswer {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let keep =
            if self.fresh { "public, max-age=31536000, immutable" } else { "public, no-cache" };
        let tag = format!("\"{}\"", self.asset.tag);
        let mut answer = Response::build();
        answer
            .header(self.asset.kind.clone())
            .header(Header::new("Cache-Control", keep))
            .header(Header::new("Vary", "Accept-Encoding"))
            .header(Header::new("ETag", tag.clone()));
        if request.headers().get("If-None-Match").any(|known| crate::page::same_tag(known, &tag)) {
            return answer.status(Status::NotModified).ok();
        }
        let zipped = self.asset.zipped.as_ref().filter(|_| crate::fairings::takes_gzip(request));
        let body = match zipped {
            Some(zipped) => {
                answer.header(Header::new("Content-Encoding", "gzip"));
                zipped.clone()
            }
            None => self.asset.bytes.clone(),
        };
        answer.sized_body(body.len(), std::io::Cursor::new(body)).ok()
    }
}

#[get("/assets/<path..>")]
fn asset(path: PathBuf, book: &State<Arc<AssetBook>>) -> Option<AssetAnswer> {
    let path = path.to_str()?.replace('\\', "/");
    let (asset, fresh) = book.find(&path)?;
    Some(AssetAnswer { asset, fresh })
}

#[get("/favicon.ico")]
fn favicon(book: &State<Arc<AssetBook>>) -> Option<AssetAnswer> {
    Some(AssetAnswer { asset: book.get("img/mark.svg")?, fresh: false })
}

/// The routes of the assets.
pub fn routes() -> Vec<Route> {
    routes![asset, favicon]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_bundle_exists_and_the_address_leads_back() {
        for (_, parts) in BUNDLES {
            for part in parts {
                assert!(Files::get(part).is_some(), "{part} is missing");
            }
        }
        let book = AssetBook::load(false);
        let address = book.address("css/main.css").unwrap();
        let (asset, fresh) = book.find(address.strip_prefix("/assets/").unwrap()).unwrap();
        assert!(fresh && asset.kind == ContentType::CSS);
        assert!(!book.find("css/main.0000000000000000.css").unwrap().1);
        assert!(book.find("css/none.css").is_none());
    }
}
