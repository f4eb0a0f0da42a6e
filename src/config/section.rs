//! One declaration per section makes the struct, its documentation and its reader, so that none can lag behind another.

use crate::reader::Reader;

/// What is known about one setting besides its value.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The name within its section.
    pub name: &'static str,
    /// The lines of the doc comment.
    pub about: &'static [&'static str],
    /// What a value must be, for example `true or false`.
    pub wanted: &'static str,
    /// Whether `<name>_file` may name a file that holds the value.
    pub twin: bool,
}

impl Field {
    /// The doc comment as one line.
    pub fn line(&self) -> String {
        self.about.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
    }
}

/// A group of settings that belong together.
pub trait Section: Sized {
    /// The name of the table in the settings file.
    const KEY: &'static str;
    /// The lines of the doc comment.
    const ABOUT: &'static [&'static str];
    /// The settings in order.
    const FIELDS: &'static [Field];
    /// Reads all settings of the section, noting every fault; nothing if there was one.
    fn read(reader: &mut Reader<'_>) -> Option<Self>;
}

/// Declares a section: documented struct, [`Section::FIELDS`] and the reader.
macro_rules! section {
    ($(#[doc = $about:literal])* $name:ident at $key:literal {
        $($(#[doc = $doc:literal])* $field:ident: $kind:ty,)*
    }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone)]
        pub struct $name { $($(#[doc = $doc])* pub $field: $kind,)* }

        impl $crate::section::Section for $name {
            const KEY: &'static str = $key;
            const ABOUT: &'static [&'static str] = &[$($about),*];
            const FIELDS: &'static [$crate::section::Field] = &[$($crate::section::Field {
                name: stringify!($field),
                about: &[$($doc),*],
                wanted: <$kind as $crate::value::Setting>::WANTED,
                twin: <$kind as $crate::value::Setting>::SECRET,
            },)*];
            fn read(reader: &mut $crate::reader::Reader<'_>) -> Option<Self> {
                $(let $field = reader.read::<$kind>($key, stringify!($field));)*
                Some(Self { $($field: $field?,)* })
            }
        }
    };
}
pub(crate) use section;
