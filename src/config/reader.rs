//! Reads settings one by one out of the merged layers and notes every fault instead of stopping at the first.

use std::path::Path;

use figment::{Figment, value::Value};

use crate::{
    fault::{Fault, FaultKind},
    layers::{Layers, unreadable},
    section::Field,
    settings::Effective,
    value::{Setting, plain},
};

/// The merged layers, the faults so far and the values in force so far.
pub struct Reader<'a> {
    layers: &'a Layers,
    merged: Figment,
    pub(crate) faults: Vec<Fault>,
    pub(crate) effective: Vec<Effective>,
}

/// The full key of a setting; the top level has no section.
pub(crate) fn full_key(section: &str, name: &str) -> String {
    if section.is_empty() { name.to_owned() } else { format!("{section}.{name}") }
}

impl<'a> Reader<'a> {
    pub(crate) fn new(layers: &'a Layers, faults: Vec<Fault>) -> Self {
        Self { layers, merged: layers.merged(), faults, effective: Vec::new() }
    }

    /// Notes a fault of the setting `key`.
    pub(crate) fn fault(&mut self, key: &str, kind: FaultKind) {
        let (_, origin) = self.layers.origin(key);
        self.faults.push(Fault { key: key.to_owned(), origin, kind });
    }

    /// Reads one setting, from its twin file if that is set higher; nothing if there was a fault.
    pub(crate) fn read<T: Setting>(&mut self, section: &str, name: &str) -> Option<T> {
        let key = full_key(section, name);
        let value = match if T::SECRET { self.in_twin_file(&key) } else { Ok(None) } {
            Ok(Some(from_file)) => from_file,
            Ok(None) => self.value(&key)?,
            Err(()) => return None,
        };
        let Some(read) = T::from_value(&value) else {
            let found = if T::SECRET { "***".to_owned() } else { shorten(&value) };
            self.fault(&key, FaultKind::NotA { wanted: T::WANTED, found });
            return None;
        };
        let (_, origin) = self.layers.origin(&key);
        let shown = read.shown().unwrap_or_else(|| shorten(&value));
        self.effective.push(Effective { key, value: shown, origin });
        Some(read)
    }

    fn value(&mut self, key: &str) -> Option<Value> {
        let found = self.merged.find_value(key).ok();
        if found.is_none() {
            self.fault(key, FaultKind::Missing { because: "everywhere" });
        }
        found
    }

    /// The content of the file that `<key>_file` names, if that is set at least as high as the value itself.
    fn in_twin_file(&mut self, key: &str) -> Result<Option<Value>, ()> {
        let twin = format!("{key}_file");
        let named = self.merged.find_value(&twin).ok().and_then(|value| plain(&value));
        let Some(path) = named.filter(|path| !path.trim().is_empty()) else { return Ok(None) };
        let given = self.merged.find_value(key).ok().and_then(|value| plain(&value));
        let (file_rank, origin) = self.layers.origin(&twin);
        if given.is_some_and(|text| !text.is_empty()) {
            match self.layers.origin(key).0.cmp(&file_rank) {
                std::cmp::Ordering::Greater => return Ok(None),
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => {
                    let because = "the value and its file are given in the same place";
                    self.fault(
                        &twin,
                        FaultKind::Conflict { other: "the setting without _file", because },
                    );
                    return Err(());
                }
            }
        }
        match std::fs::read_to_string(Path::new(&path)) {
            Ok(text) => Ok(Some(Value::from(text.trim_end_matches(['\r', '\n'])))),
            Err(error) => {
                self.faults.push(unreadable(&twin, &origin, Path::new(&path), &error));
                Err(())
            }
        }
    }

    /// Notes every key of the layers that is no setting; `known` lists sections with their fields.
    pub(crate) fn refuse_unknown(&mut self, known: &[(&'static str, &'static [Field])]) {
        let names = all_names(known);
        for layer in &self.layers.0 {
            for (key, value) in layer.values() {
                let is_section = known.iter().any(|(section, _)| section == key);
                match value {
                    Value::Dict(_, inner) if is_section || !names.contains(key) => {
                        let unknown = inner.keys().map(|name| format!("{key}.{name}"));
                        let unknown: Vec<_> =
                            unknown.filter(|full| !names.contains(full)).collect();
                        for full in unknown {
                            self.faults.push(unknown_key(&full, layer.place(&full), &names));
                        }
                    }
                    _ if is_section => {
                        let kind = FaultKind::NotA {
                            wanted: "a table of settings",
                            found: shorten(value),
                        };
                        self.faults.push(Fault {
                            key: key.clone(),
                            origin: layer.place(key),
                            kind,
                        });
                    }
                    _ if !names.contains(key) => {
                        self.faults.push(unknown_key(key, layer.place(key), &names));
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Every full key, twins included.
fn all_names(known: &[(&'static str, &'static [Field])]) -> Vec<String> {
    let mut names = Vec::new();
    for (section, fields) in known {
        for field in *fields {
            names.push(full_key(section, field.name));
            if field.twin {
                names.push(format!("{}_file", full_key(section, field.name)));
            }
        }
    }
    names
}

fn unknown_key(key: &str, origin: crate::layers::Origin, names: &[String]) -> Fault {
    Fault { key: key.to_owned(), origin, kind: FaultKind::Unknown { nearest: nearest(key, names) } }
}

/// The known name most like `key`, compared whole and by its last part, if a third or less of the letters differ.
fn nearest(key: &str, names: &[String]) -> Option<String> {
    let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    let distance = |name: &str| {
        let whole = strsim::damerau_levenshtein(key, name);
        whole.min(strsim::damerau_levenshtein(&last(key), &last(name)) + 1)
    };
    let allowed = (key.chars().count() / 3).max(2);
    let best =
        names.iter().min_by_key(|name| (distance(name), strsim::damerau_levenshtein(key, name)))?;
    (distance(best) <= allowed).then(|| best.clone())
}

fn shorten(value: &Value) -> String {
    match value {
        Value::Dict(..) => "a table".to_owned(),
        Value::Array(_, items) => {
            let parts: Vec<String> = items.iter().take(20).map(shorten).collect();
            format!("[{}]", parts.join(", "))
        }
        other => {
            format!("{:?}", plain(other).unwrap_or_default().chars().take(80).collect::<String>())
        }
    }
}
