//! The page of the dossier: checklist with ticks, forms, seals, and the defects of each return.

use quanheng_actions::document::dossier::{self, Dossier, Item, Mend};
use quanheng_db::documents::DocumentRow;
use quanheng_db::dossiers::DefectRow;
use quanheng_domain::Keyed;
use quanheng_domain::ids::ProjectId;
use quanheng_domain::lifecycle::FieldFault;
use quanheng_domain::people::Party;
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::super::forms::{FormView, word};
use super::super::show::{Section, project_id};
use super::forms::{DossierForm, Filled, paper};
use super::pack::{self, filled};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::page::Page;
use crate::papers::official::{Official, Place, kept, official, official_voice};
use crate::papers::{Form, Voice};
use crate::typed::Typed;
use crate::views::{
    Crumb, Field, FieldKind, FileRow, FormFault, PageHead, PaperLine, Pill, RuleCite, Text, Tone,
    faults_of,
};
use crate::voice::{self, fault_at};

#[derive(Serialize)]
struct DossierPage {
    head: PageHead,
    faults: Vec<FormFault>,
    cite: RuleCite,
    needed: Vec<FileRow>,
    besides: Vec<FileRow>,
    forms: Vec<PaperLine>,
    seals: Vec<SealView>,
    seal: Option<FormView>,
    defects: Vec<Defect>,
    open: u64,
}

#[derive(Serialize)]
struct SealView {
    file: [FileRow; 1],
    root: String,
}

#[derive(Serialize)]
struct Defect {
    label: Text,
    body: String,
    state: Pill,
    answer: String,
    mend: Option<FormView>,
}

fn href(project: ProjectId) -> String {
    format!("/projects/{project}/dossier")
}

/// A paper of a project, there or missing; a missing one leads to where it is added.
pub fn line(project: ProjectId, kind: Text, row: Option<&DocumentRow>, required: bool) -> FileRow {
    FileRow {
        kind,
        name: row.map(|row| row.file_name.clone()),
        href: row.map(|row| format!("/projects/{project}/documents/{}", row.ordinal)),
        size: row.and_then(|row| u64::try_from(row.size).ok()),
        sha256: row.map(|row| row.sha256.clone()),
        at: row.map(|row| row.uploaded_at.to_rfc3339()),
        by: None,
        version: row.map(|row| Text::said("projects-revision").with("n", row.revision)),
        required,
        upload_href: row.is_none().then(|| format!("{}#upload", Section::Documents.href(project))),
    }
}

fn field_of(row: &DefectRow) -> String {
    format!("answer-{}-{}", row.time, row.ordinal)
}

fn defect(
    project: ProjectId,
    row: &DefectRow,
    mends: bool,
    again: Option<&(String, Typed, Vec<FieldFault>)>,
) -> Defect {
    let name = field_of(row);
    let back = again.filter(|(field, ..)| *field == name);
    let field = Field::new(FieldKind::Textarea, &name, Text::said("dossier-mend-how"))
        .value(back.map_or("", |(_, typed, _)| typed.raw(&name)))
        .fault(back.and_then(|(_, _, faults)| fault_at(faults, "answer")))
        .required()
        .attr("rows", 2)
        .attr("maxlength", 2_000);
    let open = row.answered_at.is_none();
    Defect {
        label: Text::said("dossier-defect-number").with("time", row.time).with("n", row.ordinal),
        body: row.body.clone(),
        state: match open {
            true => Pill::new(Text::said("dossier-defect-open"), Tone::Warn),
            false => Pill::new(Text::said("dossier-defect-mended"), Tone::Good),
        },
        answer: row.answer.clone(),
        mend: (open && mends).then(|| FormView {
            action: format!("{}/defects/{}/{}", href(project), row.time, row.ordinal),
            fields: vec![field],
            button: Text::said("dossier-mend"),
        }),
    }
}

/// The papers that the rules ask for, with the copies that an authority wants, or those besides.
fn lines(dossier: &Dossier, project: ProjectId, required: bool) -> Vec<FileRow> {
    let items = dossier.items.iter().filter(|item| item.required == required);
    let row = |item: &Item| {
        let kind = voice::copied(word(item.kind), item.copies);
        line(project, kind, item.document.as_ref(), required)
    };
    items.map(row).collect()
}

fn view(filled: &Filled, again: Option<&(String, Typed, Vec<FieldFault>)>) -> DossierPage {
    let seals_it = filled.file.is(Party::Secretariat) || filled.file.is(Party::Officer);
    let (dossier, row) = (&filled.dossier, &filled.dossier.loaded.row);
    let project = row.id;
    let mut head = PageHead::new(Text::said("dossier-title"));
    let up = Crumb { text: Text::plain(&row.title_zh), href: Some(format!("/projects/{project}")) };
    head.crumbs = vec![up, Crumb { text: Text::said("dossier-title"), href: None }];
    head.code = row.number.clone();
    let (missing, wanted) =
        (dossier.missing().len(), dossier.items.iter().filter(|item| item.required).count());
    head.pill = Some(match missing {
        0 => Pill::new(Text::said("dossier-whole-now"), Tone::Good),
        n => Pill::new(Text::said("dossier-missing").with("n", n as u64), Tone::Warn),
    });
    head.lead = Some(
        Text::said("dossier-lead")
            .with("there", (wanted - missing) as u64)
            .with("wanted", wanted as u64),
    );
    let mends = mends(filled);
    let forms = DossierForm::ALL.iter().map(|form| {
        PaperLine::new(format!("{}/{}", href(project), form.key()), word(*form), mends)
    });
    let seals = dossier.seals.iter().rev().map(|seal| SealView {
        file: [line(project, word(seal.kind), Some(seal), true)],
        root: seal.note.clone(),
    });
    let defects: Vec<Defect> =
        dossier.defects.iter().rev().map(|row| defect(project, row, mends, again)).collect();
    let shown: Vec<Field> = defects
        .iter()
        .filter_map(|one| one.mend.as_ref())
        .flat_map(|form| form.fields.clone())
        .collect();
    DossierPage {
        head,
        faults: faults_of(&shown),
        cite: voice::cite_rule(dossier.loaded.profile.rule(dossier.rule)),
        needed: lines(dossier, project, true),
        besides: lines(dossier, project, false),
        forms: forms.collect(),
        seals: seals.collect(),
        seal: (missing == 0 && seals_it).then(|| FormView {
            action: format!("{}/seal", href(project)),
            fields: Vec::new(),
            button: Text::said("dossier-seal"),
        }),
        open: dossier.open_defects() as u64,
        defects,
    }
}

/// Whoever draws up the dossier.
fn mends(filled: &Filled) -> bool {
    filled.file.is(Party::Secretariat) || filled.file.is(Party::Drafter)
}

#[get("/projects/<id>/dossier")]
async fn show(
    app: &State<App>,
    _signed_in: SignedIn,
    visitor: Visitor,
    id: &str,
) -> Result<Page, WebError> {
    let filled = filled(app, &visitor, project_id(id)?).await?;
    Ok(Page::new("pages/projects/dossier", &view(&filled, None)).private())
}

#[get("/projects/<id>/dossier/<name>")]
async fn form(
    app: &State<App>,
    _signed_in: SignedIn,
    visitor: Visitor,
    id: &str,
    name: &str,
) -> Result<Official, WebError> {
    let project = project_id(id)?;
    let (name, dress) = Form::split(name);
    let kind = DossierForm::from_key(name).map_err(|_| WebError::not_found())?;
    let filled = filled(app, &visitor, project).await?;
    let voice = Voice { words: &app.words, zone: app.settings.site.zone, locale: visitor.locale };
    let back = href(project);
    let at = format!("{back}/{}", kind.key());
    let place = Place { at: &at, back: &back, keeps: mends(&filled) };
    official(app, paper(kind, &filled, &voice), dress.unwrap_or(Form::Html), place).await
}

#[post("/projects/<id>/dossier/<name>", data = "<typed>", rank = 2)]
async fn keep_form(
    app: &State<App>,
    signed_in: SignedIn,
    visitor: Visitor,
    id: &str,
    name: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let project = project_id(id)?;
    let kind = DossierForm::from_key(name).map_err(|_| WebError::not_found())?;
    let filled = filled(app, &visitor, project).await?;
    let paper = paper(kind, &filled, &official_voice(app));
    let (document, back) = (kind.document(), href(project));
    kept(app, typed.once(), signed_in.actor, project, document, paper, &back).await
}

#[post("/projects/<id>/dossier/seal", data = "<typed>")]
async fn seal(
    app: &State<App>,
    signed_in: SignedIn,
    visitor: Visitor,
    id: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let project = project_id(id)?;
    let made = pack::seal(app, &visitor, project).await?;
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        dossier::seal(tx, &actor, &made)?;
        let said = Text::said("dossier-sealed").with("root", made.root.as_str());
        Ok(Answer::see(format!("{}#seals", href(project))).saying(Tone::Good, &said))
    })
    .await
}

#[post("/projects/<id>/dossier/defects/<time>/<ordinal>", data = "<typed>")]
async fn mend(
    app: &State<App>,
    signed_in: SignedIn,
    visitor: Visitor,
    id: &str,
    time: i32,
    ordinal: i32,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let (project, actor) = (project_id(id)?, signed_in.actor);
    let name = format!("answer-{time}-{ordinal}");
    let command = Mend { project, time, ordinal, answer: typed.text(&name) };
    let done = app.once(typed.once(), move |tx| {
        dossier::mend(tx, &actor, &command)?;
        Ok(Answer::see(format!("{}#defects", href(project)))
            .saying(Tone::Good, &Text::said("dossier-mended")))
    });
    match done.await {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let again = (name, typed, error.into_faults()?);
            let filled = filled(app, &visitor, project).await?;
            let page = Page::new("pages/projects/dossier", &view(&filled, Some(&again)));
            Ok(Err(page.status(Status::UnprocessableEntity)))
        }
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, form, seal, mend, keep_form]
}
