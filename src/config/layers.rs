//! The layers of settings and where each value came from.

use std::{
    collections::BTreeMap,
    env, fmt, io,
    path::{Path, PathBuf},
};

use figment::{
    Figment, Metadata, Profile, Provider,
    value::{Dict, Map, Value},
};

use crate::{
    fault::{Fault, FaultKind},
    value::plain,
};

/// The settings compiled into the program, the lowest layer and the list of what can be set.
pub(crate) const DEFAULTS: &str = include_str!("../../config/default.toml");

/// Variables that begin like settings but steer the tests, the browser of the tests or the reading itself.
const NOT_SETTINGS: [&str; 4] = ["BLESS", "CHROMIUM", "CHROMEDRIVER", "CONFIG"];

/// What to read: usually made by [`Request::from_process`], by hand in tests.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The working folder, in which `config/quanheng.toml` is looked for.
    pub directory: PathBuf,
    /// The file named on the command line; it must exist and replaces the usual places.
    pub config: Option<PathBuf>,
    /// The data folder named on the command line.
    pub data: Option<PathBuf>,
    /// The environment, all of it; other variables than `QUANHENG_…` are passed over.
    pub environment: Vec<(String, String)>,
    /// Settings of a command in TOML, with the command's name, just above the defaults (the demo's).
    pub preset: Option<(&'static str, String)>,
    /// Single settings of the command line, full key and text, above everything.
    pub overrides: Vec<(String, String)>,
}

impl Request {
    /// What this process was started with; `--config` wins over `QUANHENG_CONFIG`.
    pub fn from_process(config: Option<PathBuf>, data: Option<PathBuf>) -> Self {
        let environment: Vec<(String, String)> = env::vars_os()
            .map(|(name, value)| {
                (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned())
            })
            .collect();
        let named =
            environment.iter().find(|(name, value)| name == "QUANHENG_CONFIG" && !value.is_empty());
        let config = config.or_else(|| named.map(|(_, value)| value.into()));
        Self { directory: PathBuf::from("."), config, data, environment, ..Self::default() }
    }
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The compiled defaults.
    Default,
    /// The presets of a command.
    Preset(&'static str),
    /// A settings file, with the line where known.
    File {
        /// The file.
        path: PathBuf,
        /// The line, counted from one.
        line: Option<usize>,
    },
    /// An environment variable.
    Environment(String),
    /// An option of the command line.
    CommandLine,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Preset(command) => write!(f, "preset of `{command}`"),
            Self::File { path, line: Some(line) } => write!(f, "{} line {line}", path.display()),
            Self::File { path, line: None } => write!(f, "{}", path.display()),
            Self::Environment(variable) => f.write_str(variable),
            Self::CommandLine => f.write_str("command line"),
        }
    }
}

/// One layer: its values and how to name the origin of each.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    origin: Origin,
    values: Dict,
    /// Line or variable of each full key.
    places: BTreeMap<String, Origin>,
}

impl Layer {
    fn new(origin: Origin) -> Self {
        Self { origin, values: Dict::new(), places: BTreeMap::new() }
    }

    /// A layer from TOML text.
    fn from_toml(origin: Origin, text: &str) -> Result<Self, Fault> {
        let mut layer = Self::new(origin.clone());
        layer.values = toml::from_str(text).map_err(|error| Fault {
            key: String::new(),
            origin: origin.clone(),
            kind: FaultKind::Malformed { reason: error.to_string().trim().to_owned() },
        })?;
        if let Origin::File { path, .. } = &origin {
            for (key, line) in lines(text) {
                layer.places.insert(key, Origin::File { path: path.clone(), line: Some(line) });
            }
        }
        Ok(layer)
    }

    /// A layer from a file.
    fn from_file(path: &Path) -> Result<Self, Fault> {
        let origin = Origin::File { path: path.to_owned(), line: None };
        let text =
            std::fs::read_to_string(path).map_err(|error| unreadable("", &origin, path, &error))?;
        Self::from_toml(origin, &text)
    }

    fn from_environment(variables: &[(String, String)]) -> Self {
        let mut layer = Self::new(Origin::Environment("QUANHENG_…".into()));
        for (name, value) in variables {
            let Some(rest) = name.strip_prefix("QUANHENG_") else { continue };
            if NOT_SETTINGS.contains(&rest) || rest.starts_with("TEST_") {
                continue;
            }
            let key = rest.to_ascii_lowercase().replace("__", ".");
            layer.set(&key, value, Origin::Environment(name.clone()));
        }
        layer
    }

    fn from_command_line(request: &Request) -> Self {
        let mut layer = Self::new(Origin::CommandLine);
        if let Some(data) = &request.data {
            layer.set("data_dir", &data.to_string_lossy(), Origin::CommandLine);
        }
        for (key, value) in &request.overrides {
            layer.set(key, value, Origin::CommandLine);
        }
        layer
    }

    fn set(&mut self, key: &str, text: &str, place: Origin) {
        let (section, name) = key.split_once('.').unwrap_or(("", key));
        if section.is_empty() {
            self.values.insert(name.to_owned(), Value::from(text));
        } else {
            let entry =
                self.values.entry(section.to_owned()).or_insert_with(|| Value::from(Dict::new()));
            match entry {
                Value::Dict(_, inner) => {
                    inner.insert(name.to_owned(), Value::from(text));
                }
                other => *other = Value::from(Dict::from([(name.to_owned(), Value::from(text))])),
            }
        }
        self.places.insert(key.to_owned(), place);
    }

    /// `database_url` beside `data_dir` is the short way to write `database.url`.
    fn spell_out_short_names(&mut self) -> Result<(), Fault> {
        let Some(value) = self.values.remove("database_url") else { return Ok(()) };
        let place = self.places.remove("database_url").unwrap_or_else(|| self.origin.clone());
        let text = plain(&value).unwrap_or_default();
        if self.get("database.url").is_some() {
            let kind = FaultKind::Conflict {
                other: "database.url",
                because: "they are the same setting, give one",
            };
            return Err(Fault { key: "database_url".into(), origin: place, kind });
        }
        self.set("database.url", &text, place);
        Ok(())
    }

    /// The value of a full key in this layer.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        match key.split_once('.') {
            None => self.values.get(key),
            Some((section, name)) => match self.values.get(section)? {
                Value::Dict(_, inner) => inner.get(name),
                _ => None,
            },
        }
    }

    /// Where this layer has `key` from.
    pub(crate) fn place(&self, key: &str) -> Origin {
        self.places.get(key).unwrap_or(&self.origin).clone()
    }

    /// The top-level values.
    pub(crate) fn values(&self) -> &Dict {
        &self.values
    }
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.origin.to_string())
    }
    fn data(&self) -> figment::Result<Map<Profile, Dict>> {
        Ok(Map::from([(Profile::Default, self.values.clone())]))
    }
}

/// All layers, lowest first.
#[derive(Debug, Clone)]
pub(crate) struct Layers(pub(crate) Vec<Layer>);

impl Layers {
    /// Gathers the layers; a layer that cannot be read is noted as a fault and left out.
    pub(crate) fn gather(request: &Request, faults: &mut Vec<Fault>) -> Self {
        let mut below = Vec::new();
        below.push(Layer::from_toml(Origin::Default, DEFAULTS));
        if let Some((command, text)) = &request.preset {
            below.push(Layer::from_toml(Origin::Preset(command), text));
        }
        let usual = request.directory.join("config/quanheng.toml");
        match &request.config {
            Some(named) => below.push(Layer::from_file(named)),
            None if usual.exists() => below.push(Layer::from_file(&usual)),
            None => {}
        }
        let above =
            [Layer::from_environment(&request.environment), Layer::from_command_line(request)];
        let mut keep = |layers: Vec<Result<Layer, Fault>>| -> Vec<Layer> {
            let mut kept = Vec::new();
            for layer in layers {
                let whole =
                    layer.and_then(|mut layer| layer.spell_out_short_names().map(|()| layer));
                match whole {
                    Ok(layer) => kept.push(layer),
                    Err(fault) => faults.push(fault),
                }
            }
            kept
        };
        let mut layers = keep(below);
        let above = keep(above.into_iter().map(Ok).collect());
        // The data folder may hold settings of its own, but only the other layers can say where it is.
        let data = layers
            .iter()
            .chain(&above)
            .rev()
            .find_map(|layer| layer.get("data_dir"))
            .and_then(plain);
        let own = data.map(|data| request.directory.join(data).join("quanheng.toml"));
        if let Some(own) = own.filter(|own| request.config.is_none() && own.exists()) {
            layers.extend(keep(vec![Layer::from_file(&own).and_then(without_data_dir)]));
        }
        layers.extend(above);
        Self(layers)
    }

    /// The layers merged, higher over lower.
    pub(crate) fn merged(&self) -> Figment {
        self.0.iter().cloned().fold(Figment::new(), Figment::merge)
    }

    /// The highest layer that has `key`, counted from zero, and the place there.
    pub(crate) fn origin(&self, key: &str) -> (usize, Origin) {
        self.0
            .iter()
            .enumerate()
            .rev()
            .find(|(_, layer)| layer.get(key).is_some())
            .map_or((0, Origin::Default), |(rank, layer)| (rank, layer.place(key)))
    }
}

fn without_data_dir(layer: Layer) -> Result<Layer, Fault> {
    if layer.get("data_dir").is_none() {
        return Ok(layer);
    }
    let because = "the file inside the data folder cannot say where the data folder is";
    Err(Fault {
        key: "data_dir".into(),
        origin: layer.place("data_dir"),
        kind: FaultKind::Refused { because },
    })
}

/// The fault of a file that cannot be read.
pub(crate) fn unreadable(key: &str, origin: &Origin, path: &Path, error: &io::Error) -> Fault {
    let kind =
        FaultKind::Unreadable { path: path.display().to_string(), reason: error.to_string() };
    Fault { key: key.to_owned(), origin: origin.clone(), kind }
}

/// The line of each key of a TOML text that parses.
fn lines(text: &str) -> Vec<(String, usize)> {
    let Ok(table) = toml::de::DeTable::parse(text) else { return Vec::new() };
    let line = |offset: usize| text[..offset].matches('\n').count() + 1;
    let mut found = Vec::new();
    for (key, value) in table.get_ref() {
        found.push((key.get_ref().to_string(), line(key.span().start)));
        if let toml::de::DeValue::Table(inner) = value.get_ref() {
            for (name, _) in inner {
                found.push((
                    format!("{}.{}", key.get_ref(), name.get_ref()),
                    line(name.span().start),
                ));
            }
        }
    }
    found
}
