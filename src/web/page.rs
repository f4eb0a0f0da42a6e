//! Pages: the template registry in managed state and the responder that renders a view inside the frame.
//!
//! Only layouts, partials and pages live in this registry; letters have their own in the mail room.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use chrono_tz::Tz;
use handlebars::{Context, Handlebars};
use quanheng_domain::Keyed;
use quanheng_i18n::Words;
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rust_embed::RustEmbed;
use serde::Serialize;
use serde_json::Value;

use crate::assets::AssetBook;
use crate::frame;
use crate::helpers;
use crate::kept::{KeptPage, Rendered, Shelf};
use crate::views::Frame;
use crate::weave::{by_reference, in_layout};

#[derive(RustEmbed)]
#[folder = "../../templates/layouts/"]
struct Layouts;

#[derive(RustEmbed)]
#[folder = "../../templates/partials/"]
struct Partials;

#[derive(RustEmbed)]
#[folder = "../../templates/pages/"]
struct PageFiles;

const SUFFIX: &str = ".html.hbs";

/// Why the registry could not be built or a page not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// A template does not parse.
    #[error("template {name} does not parse: {source}")]
    Parse {
        /// Name of the template.
        name: String,
        /// Line, column and reason.
        source: Box<handlebars::TemplateError>,
    },
    /// A template could not be rendered with the view it was given.
    #[error("{0}")]
    Render(#[from] Box<handlebars::RenderError>),
    /// A view could not be turned into JSON, or is not a struct.
    #[error("view of {template}: {reason}")]
    View {
        /// Name of the template.
        template: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of the folder of replaced templates could not be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
}

/// The template registry, one per process, in Rocket's managed state.
pub struct Pages {
    registry: Handlebars<'static>,
    shelf: Shelf,
    /// What was rendered so far, for the test that wants every template in both languages.
    #[cfg(debug_assertions)]
    rendered: std::sync::Mutex<std::collections::BTreeSet<(String, quanheng_domain::Locale)>>,
}

impl Pages {
    /// Builds the registry from the compiled-in templates; files in `folder` replace those of the same name.
    /// With `reload`, templates are read again for every page: from `folder`, else from the source tree.
    pub fn load(
        words: Arc<Words>,
        zone: Tz,
        assets: Arc<AssetBook>,
        folder: Option<&Path>,
        reload: bool,
    ) -> Result<Self, PageError> {
        let mut registry = if reload {
            as_written(folder)?
        } else {
            let replaced = replaced(folder)?;
            match &*OWN {
                Some(own) if replaced.is_empty() => own.clone(),
                _ => woven(&embedded().into_iter().chain(replaced).collect())?,
            }
        };
        registry.set_dev_mode(reload);
        helpers::register(&mut registry, words, zone, assets);
        Ok(Self {
            registry,
            shelf: Shelf::default(),
            #[cfg(debug_assertions)]
            rendered: std::sync::Mutex::default(),
        })
    }

    /// One more template, for tests.
    #[cfg(test)]
    pub(crate) fn add(&mut self, name: &str, text: &str) {
        let text = match self.registry.dev_mode() {
            true => text.to_owned(),
            false => by_reference(&in_layout(text, &embedded()).unwrap_or_else(|| text.to_owned())),
        };
        self.registry.register_template_string(name, text).unwrap();
    }

    /// The names of all templates (`pages/home`, `partials/pill`, …), sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.registry.get_templates().keys().cloned().collect();
        names.sort();
        names
    }

    /// Every template that was rendered so far with the languages; only in builds for development.
    #[cfg(debug_assertions)]
    pub fn rendered(&self) -> std::collections::BTreeSet<(String, quanheng_domain::Locale)> {
        self.rendered.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// The page kept for this request under this version, if the reader is a guest; else the handler builds a [`Page`] and
    /// marks it with [`Page::keep`]. In development nothing is kept.
    pub fn kept(&self, request: &Request<'_>, template: &str, version: &str) -> Option<KeptPage> {
        self.kept_in(frame::of(request), template, version)
    }

    /// The page kept for a reader of this frame under this version; in development nothing is kept.
    pub(crate) fn kept_in(&self, frame: &Frame, template: &str, version: &str) -> Option<KeptPage> {
        if self.registry.dev_mode() { None } else { self.shelf.find(template, version, frame) }
    }

    /// Renders a template: the fields of the view lie at the root, the frame beside them under `frame`.
    pub fn render(&self, template: &str, view: Value, frame: &Frame) -> Result<String, PageError> {
        #[cfg(debug_assertions)]
        self.rendered
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .insert((template.to_owned(), frame.locale));
        let fault = |reason: String| PageError::View { template: template.to_owned(), reason };
        let mut root = match view {
            Value::Object(root) => root,
            Value::Null => serde_json::Map::new(),
            _ => return Err(fault("the view must be a struct".to_owned())),
        };
        let frame = serde_json::to_value(frame).map_err(|error| fault(error.to_string()))?;
        root.insert("frame".to_owned(), frame);
        let context = Context::from(Value::Object(root));
        Ok(self.registry.render_with_context(template, &context).map_err(Box::new)?)
    }
}

/// The compiled-in templates; parsing them takes longest of a start, and tests start often.
static OWN: LazyLock<Option<Handlebars<'static>>> = LazyLock::new(|| woven(&embedded()).ok());

fn empty() -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.set_prevent_indent(true);
    registry
}

/// The texts that stand in the operator's folder in place of ours.
fn replaced(folder: Option<&Path>) -> Result<BTreeMap<String, String>, PageError> {
    let mut found = BTreeMap::new();
    let Some(folder) = folder else { return Ok(found) };
    for name in embedded().into_keys() {
        let path = folder.join(format!("{name}{SUFFIX}"));
        if path.is_file() {
            let text = std::fs::read_to_string(&path);
            found.insert(name, text.map_err(|source| PageError::File { path, source })?);
        }
    }
    Ok(found)
}

/// Every template from its file, read again for each page: the operator's, else that of the source tree.
fn as_written(folder: Option<&Path>) -> Result<Handlebars<'static>, PageError> {
    let mut registry = empty();
    registry.set_dev_mode(true);
    let source_tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates");
    for (name, text) in embedded() {
        let file = format!("{name}{SUFFIX}");
        let places = folder.into_iter().chain([source_tree.as_path()]);
        let outcome = match places.map(|place| place.join(&file)).find(|path| path.is_file()) {
            Some(path) => registry.register_template_file(&name, path),
            None => registry.register_template_string(&name, text),
        };
        outcome.map_err(|source| parse(&name, source))?;
    }
    Ok(registry)
}

/// Every template as it renders fastest: pages with their layout written in, partials over values where they lie.
fn woven(texts: &BTreeMap<String, String>) -> Result<Handlebars<'static>, PageError> {
    let mut registry = empty();
    for (name, text) in texts {
        let page = in_layout(text, texts).filter(|_| name.starts_with("pages/"));
        let quick = by_reference(page.as_deref().unwrap_or(text));
        if registry.register_template_string(name, quick).is_ok() {
            continue;
        }
        // A fault is told with the lines of the file that it stands in.
        registry.register_template_string(name, text).map_err(|source| parse(name, source))?;
    }
    Ok(registry)
}

fn parse(name: &str, source: handlebars::TemplateError) -> PageError {
    PageError::Parse { name: name.to_owned(), source: Box::new(source) }
}

fn embedded() -> BTreeMap<String, String> {
    fn read<E: RustEmbed>(folder: &str, out: &mut BTreeMap<String, String>) {
        for name in E::iter() {
            let Some(stem) = name.strip_suffix(SUFFIX) else { continue };
            if let Some(file) = E::get(&name) {
                let text = String::from_utf8_lossy(&file.data).into_owned();
                out.insert(format!("{folder}/{stem}"), text);
            }
        }
    }
    let mut out = BTreeMap::new();
    read::<Layouts>("layouts", &mut out);
    read::<Partials>("partials", &mut out);
    read::<PageFiles>("pages", &mut out);
    out
}

/// A page to answer with: a template and its view. The frame comes from the request.
#[derive(Debug)]
pub struct Page {
    template: &'static str,
    view: Result<Value, serde_json::Error>,
    status: Status,
    private: bool,
    version: Option<String>,
}

impl Page {
    /// The page `pages/<area>/<name>` with its view (any struct that serialises to an object).
    pub fn new<V: Serialize + ?Sized>(template: &'static str, view: &V) -> Self {
        Self {
            template,
            view: serde_json::to_value(view),
            status: Status::Ok,
            private: false,
            version: None,
        }
    }

    /// The same page with another status (422 for a form with faults, 409 for a refusal).
    #[must_use]
    pub fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// The same page, never kept by the browser even for guests (links with a secret in them).
    #[must_use]
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }
}

impl Page {
    /// The same page, kept for other guests until `version` changes (see [`Pages::kept`]).
    #[must_use]
    pub fn keep(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// The same page, kept if there is a version to keep it under.
    #[must_use]
    pub fn keep_if(self, version: Option<String>) -> Self {
        match version {
            Some(version) => self.keep(version),
            None => self,
        }
    }
}

impl<'r> Responder<'r, 'static> for Page {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let Some(pages) = request.rocket().state::<Pages>() else {
            tracing::error!("no template registry in managed state");
            return Err(Status::InternalServerError);
        };
        let frame = frame::of(request);
        let html = self
            .view
            .map_err(|error| PageError::View {
                template: self.template.to_owned(),
                reason: error.to_string(),
            })
            .and_then(|view| pages.render(self.template, view, frame));
        let html = html.map_err(|error| {
            tracing::error!(template = self.template, %error, "page not rendered");
            Status::InternalServerError
        })?;
        if self.private
            || frame.user.is_some()
            || self.status != Status::Ok
            || !frame.flash.is_empty()
        {
            return Response::build()
                .status(self.status)
                .header(ContentType::HTML)
                .header(Header::new("Content-Language", frame.locale.key()))
                .header(Header::new("Cache-Control", "no-store"))
                .sized_body(html.len(), std::io::Cursor::new(html))
                .ok();
        }
        let page = Arc::new(Rendered::new(html, frame.locale.key()));
        if let Some(version) = &self.version {
            pages.shelf.keep(self.template, version, frame, &page);
        }
        KeptPage::from(page).respond_to(request)
    }
}

/// Whether a list of entity tags names this one, compared weakly.
pub(crate) fn same_tag(known: &str, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.trim() == "*" || known.split(',').any(|one| bare(one) == bare(tag))
}
