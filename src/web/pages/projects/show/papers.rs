//! The documents of the project with their revisions, and the form that adds one.

use quanheng_domain::Keyed;
use quanheng_domain::document::DocumentKind;
use quanheng_domain::people::Party;
use quanheng_domain::records::Visibility;
use quanheng_domain::stage::Stage;
use serde::Serialize;

use super::super::file::ProjectFile;
use super::super::forms::{Again, Part, word};
use crate::pages::drafts;
use crate::views::{Choice, Field, FieldKind, FileRow, Pill, Text, Tone};

/// The form that adds a document.
#[derive(Serialize)]
pub struct UploadView {
    pub action: String,
    /// Where a text is typed instead.
    pub typing: Option<String>,
    pub fields: Vec<Field>,
}

/// One document.
#[derive(Serialize)]
pub struct Paper {
    pub file: [FileRow; 1],
    /// The page of its clauses, for kinds that hold the text of the specification.
    pub clauses: Option<String>,
    pub note: String,
    pub state: Pill,
    pub frozen: bool,
    pub withdraw: Option<String>,
    pub visibility: Option<VisibilityView>,
}

/// The form that opens or closes a document to the public.
#[derive(Serialize)]
pub struct VisibilityView {
    pub action: String,
    pub label: Text,
    pub choices: Vec<Choice>,
}

/// The kinds that the reader may add or take back: every one while the project runs, records of what followed once it is published.
fn writes(file: &ProjectFile) -> Vec<DocumentKind> {
    let writers = [
        Party::Secretariat,
        Party::Drafter,
        Party::Officer,
        Party::PrincipalReviewer,
        Party::Chair,
        Party::Suggester,
    ];
    let (stage, mut kinds) = (file.loaded.row.stage, DocumentKind::ALL.to_vec());
    // The system alone makes it.
    kinds.retain(|kind| *kind != DocumentKind::SealedDossier);
    if !writers.iter().any(|party| file.is(*party)) {
        kinds.clear();
    } else if stage.is_final() && !file.is(Party::Officer) {
        kinds.retain(|kind| stage == Stage::Published && kind.follows_publication());
    }
    kinds
}

pub fn papers(file: &ProjectFile) -> Vec<Paper> {
    let id = file.loaded.row.id;
    let writes = writes(file);
    let decides = file.is(Party::Secretariat) || file.is(Party::Officer);
    let paper = |row: &quanheng_db::documents::DocumentRow| {
        let base = format!("/projects/{id}/documents/{}", row.ordinal);
        let gone = row.withdrawn_at.is_some();
        let tone = if row.visibility == Visibility::Open { Tone::Good } else { Tone::Plain };
        let choices = Visibility::ALL.iter().map(|value| Choice {
            value: value.key().to_owned(),
            text: word(*value),
            hint: None,
            chosen: *value == row.visibility,
        });
        Paper {
            file: [FileRow {
                kind: word(row.kind),
                name: Some(row.file_name.clone()),
                href: (!gone).then(|| base.clone()),
                size: u64::try_from(row.size).ok(),
                sha256: Some(row.sha256.clone()),
                at: Some(row.uploaded_at.to_rfc3339()),
                by: row.uploaded_by.map(|by| file.name(by)),
                version: Some(Text::said("projects-revision").with("n", row.revision)),
                required: false,
                upload_href: None,
            }],
            clauses: (row.kind.is_text() && !gone).then(|| drafts::text_href(id, row.ordinal)),
            note: row.note.clone(),
            state: if gone {
                Pill::new(Text::said("projects-withdrawn"), Tone::Faded)
            } else {
                Pill::new(word(row.visibility), tone)
            },
            frozen: row.frozen_at.is_some(),
            withdraw: (writes.contains(&row.kind) && !gone && row.frozen_at.is_none())
                .then(|| format!("{base}/withdraw")),
            visibility: (decides && !gone).then(|| VisibilityView {
                action: format!("{base}/visibility"),
                label: Text::said("projects-visibility-of")
                    .with_text("kind", &word(row.kind))
                    .with("n", row.revision),
                choices: choices.collect(),
            }),
        }
    };
    file.documents.iter().rev().map(paper).collect()
}

pub fn upload(file: &ProjectFile, again: Option<&Again>) -> Option<UploadView> {
    let part = Part::new("document", again);
    let chosen = |field: Field| field.choice("", Text::said("projects-choose"));
    let writes = writes(file);
    (!writes.is_empty()).then(|| UploadView {
        action: format!("/projects/{}/documents", file.loaded.row.id),
        typing: [Party::Drafter, Party::Secretariat]
            .iter()
            .any(|party| file.is(*party))
            .then(|| drafts::new_href(file.loaded.row.id)),
        fields: vec![
            writes
                .iter()
                .fold(
                    chosen(part.field(
                        FieldKind::Select,
                        "kind",
                        Text::said("projects-document-kind"),
                    )),
                    |field, kind| field.choice(kind.key(), word(*kind)),
                )
                .required(),
            part.field(FieldKind::File, "file", Text::said("projects-document-file"))
                .hint(Text::said("projects-document-hint"))
                .required(),
            part.field(FieldKind::Text, "title", Text::said("projects-document-title"))
                .attr("maxlength", 200),
            part.field(FieldKind::Text, "note", Text::said("projects-document-note"))
                .attr("maxlength", 500),
        ],
    })
}
