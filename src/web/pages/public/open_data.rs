//! The catalogue as files for programs (开放数据): CSV that another instance takes in, JSON, JSON lines, and the map of the site for
//! search engines. Nobody signs in for public facts; a file that has not changed is answered with 304.

use std::io::Cursor;

use quanheng_actions::specification::{catalogue::Catalogue, open_data};
use quanheng_domain::deadline;
use quanheng_tables::{CsvOptions, write_csv};
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::{Route, State, get, routes};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Shelf, edition};
use crate::pages::address;
use crate::{App, WebError};

/// The files with the words for each.
pub const FILES: [(&str, &str); 5] = [
    ("catalogue.csv", "open-catalogue-csv"),
    ("replacements.csv", "open-replacements-csv"),
    ("committees.csv", "open-committees-csv"),
    ("catalogue.json", "open-catalogue-json"),
    ("catalogue.jsonl", "open-catalogue-jsonl"),
];

/// A file for programs with its validator.
pub struct OpenFile {
    bytes: Vec<u8>,
    kind: ContentType,
    tag: String,
}

impl OpenFile {
    /// A file of this kind; its validator is made of its bytes.
    pub fn new(bytes: Vec<u8>, kind: ContentType) -> Self {
        let tag = format!("\"{}\"", &hex::encode(Sha256::digest(&bytes))[..24]);
        Self { bytes, kind, tag }
    }
}

impl<'r> Responder<'r, 'static> for OpenFile {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut answer = Response::build();
        answer
            .header(self.kind)
            .header(Header::new("Cache-Control", "public, no-cache"))
            .header(Header::new("Access-Control-Allow-Origin", "*"))
            .header(Header::new("ETag", self.tag.clone()));
        let known = request.headers().get("If-None-Match");
        if known.into_iter().any(|known| crate::page::same_tag(known, &self.tag)) {
            return answer.status(Status::NotModified).ok();
        }
        answer.sized_body(self.bytes.len(), Cursor::new(self.bytes)).ok()
    }
}

fn made(
    catalogue: &Catalogue,
    file: &str,
    on: chrono::NaiveDate,
    base: &str,
) -> Result<Option<OpenFile>, WebError> {
    let csv = |sheet| {
        let bytes = write_csv(&sheet, CsvOptions::default());
        let kind = ContentType::CSV.with_params(("charset", "utf-8"));
        bytes.map(|bytes| OpenFile::new(bytes, kind)).map_err(|error| WebError::fault(&error))
    };
    let record = |row| open_data::record(catalogue, row, on, base);
    Ok(Some(match file {
        "catalogue.csv" => csv(open_data::editions(catalogue))?,
        "replacements.csv" => csv(open_data::links(catalogue))?,
        "committees.csv" => csv(open_data::committees(catalogue))?,
        "catalogue.json" => {
            let items: Vec<_> = catalogue.editions.iter().map(record).collect();
            let all = json!({ "status_on": on, "total": items.len(), "items": items });
            OpenFile::new(all.to_string().into_bytes(), ContentType::JSON)
        }
        "catalogue.jsonl" => {
            let lines: String =
                catalogue.editions.iter().map(|row| format!("{}\n", record(row))).collect();
            let kind = ContentType::new("application", "x-ndjson");
            OpenFile::new(lines.into_bytes(), kind)
        }
        _ => return Ok(None),
    }))
}

#[get("/open/<file>")]
async fn open(app: &State<App>, shelf: &State<Shelf>, file: String) -> Result<OpenFile, WebError> {
    let (now, shelf, base) = (app.now(), Shelf::clone(shelf), app.base_url.clone());
    let catalogue = app.read(move |conn| shelf.catalogue(conn, now)).await?;
    let on = deadline::day_of(now);
    let made = app.heavy(move || made(&catalogue, &file, on, &base)).await?;
    made.ok_or_else(WebError::busy)??.ok_or_else(WebError::not_found)
}

#[get("/sitemap.xml")]
async fn sitemap(app: &State<App>, shelf: &State<Shelf>) -> Result<OpenFile, WebError> {
    let (now, shelf, base) = (app.now(), Shelf::clone(shelf), app.base_url.clone());
    let catalogue = app.read(move |conn| shelf.catalogue(conn, now)).await?;
    let fixed = ["/", "/specifications", "/consultations", "/proposals", "/announcements"];
    let mut paths: Vec<String> = fixed.iter().map(|path| (*path).to_owned()).collect();
    paths.extend(["/committees", "/fields", "/feeds", "/help", "/stages"].map(str::to_owned));
    paths.extend(
        catalogue
            .committees
            .iter()
            .map(|row| format!("/committees/{}", address::encoded(&row.segment()))),
    );
    paths.extend(catalogue.editions.iter().map(edition::href));
    let mut body = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in paths {
        body.push_str(&format!("<url><loc>{base}{}</loc></url>\n", path.replace('&', "&amp;")));
    }
    body.push_str("</urlset>\n");
    let kind = ContentType::new("application", "xml").with_params(("charset", "utf-8"));
    Ok(OpenFile::new(body.into_bytes(), kind))
}

/// What robots may read, and where the map of the site is.
#[get("/robots.txt")]
fn robots(app: &State<App>) -> OpenFile {
    let closed = ["/desk", "/search", "/sign-in", "/account", "/admin"]
        .map(|path| format!("Disallow: {path}\n"));
    let body = format!("User-agent: *\n{}Sitemap: {}/sitemap.xml\n", closed.concat(), app.base_url);
    OpenFile::new(body.into_bytes(), ContentType::Plain.with_params(("charset", "utf-8")))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![open, robots, sitemap]
}
