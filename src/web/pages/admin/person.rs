//! One person: correcting, inviting, closing, rights.

use quanheng_actions::ActionError;
use quanheng_actions::account::{access, people};
use quanheng_config::MailTransport;
use quanheng_db::accounts::{self, AccountRow, OfficerRow};
use quanheng_db::register::{self, AuthorityRow, CommitteeRow, PersonRow, SeatRow};
use quanheng_domain::Keyed;
use quanheng_domain::ids::{AuthorityId, PersonId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};

use super::people::{entry, fields, standing};
use super::{Act, ObjectPage, Secret, head, organisation_choices};
use crate::pages::keepers::committee as keeping;
use crate::views::{DataBlock, DataRow, Datum, Field, FieldKind, Text, Tone, faults_of};
use crate::voice::fault_at;
use crate::{Admin, Answer, App, Page, Typed, WebError};

struct File {
    person: PersonRow,
    account: Option<AccountRow>,
    seats: Vec<(SeatRow, CommitteeRow)>,
    offices: Vec<OfficerRow>,
    authorities: Vec<AuthorityRow>,
    units: Vec<(String, String)>,
}

fn id(text: &str) -> Result<PersonId, WebError> {
    text.parse().map_err(|_| WebError::not_found())
}

async fn file(app: &App, id: PersonId) -> Result<File, WebError> {
    let file = app.read(move |conn| {
        let person = register::person(conn, id)?.ok_or(ActionError::NotFound)?;
        let mut seats = Vec::new();
        for seat in register::seats_of_person(conn, id)? {
            let committee =
                register::committee(conn, seat.committee_id)?.ok_or(ActionError::NotFound)?;
            seats.push((seat, committee));
        }
        Ok(File {
            account: accounts::account(conn, id)?,
            seats,
            offices: accounts::officers(conn)?
                .into_iter()
                .filter(|office| office.person_id == id)
                .collect(),
            authorities: register::all_authorities(conn)?,
            units: organisation_choices(conn)?,
            person,
        })
    });
    Ok(file.await?)
}

fn acts(file: &File, admin: &Admin, faults: &[FieldFault]) -> Vec<Act> {
    let base = format!("/admin/people/{}", file.person.id);
    let mut acts = Vec::new();
    let own = admin.signed_in.person.person == file.person.id;
    let closed = file.account.as_ref().is_some_and(|account| account.disabled);
    if file.person.email.is_some() && !closed {
        acts.push(
            Act::new(format!("{base}/invite"), Text::said("admin-invite"))
                .hint(Text::said("admin-invite-hint")),
        );
    }
    if file.account.is_some() && !own {
        acts.push(if closed {
            Act::new(format!("{base}/reopen"), Text::said("admin-reopen"))
        } else {
            Act::new(format!("{base}/close"), Text::said("admin-close"))
                .hint(Text::said("admin-close-hint"))
                .grave()
        });
    }
    let administrator = file.account.as_ref().is_some_and(|account| account.administrator);
    acts.push(if administrator {
        Act::new(format!("{base}/administrator/revoke"), Text::said("admin-administrator-revoke"))
            .grave()
    } else {
        Act::new(format!("{base}/administrator/grant"), Text::said("admin-administrator-grant"))
            .hint(Text::said("admin-administrator-hint"))
    });
    let mut authority =
        Field::new(FieldKind::Select, "authority", Text::said("admin-authority")).required();
    for row in &file.authorities {
        authority = authority.choice(&row.id.to_string(), row.name_zh.as_str());
    }
    let day = |name: &str, label: &str| {
        Field::new(FieldKind::Date, name, Text::said(label)).fault(fault_at(faults, name))
    };
    acts.push(
        Act::new(format!("{base}/officer"), Text::said("admin-officer-set"))
            .titled(Text::said("admin-officer-title"))
            .hint(Text::said("admin-officer-hint"))
            .fields(vec![
                authority,
                day("since", "admin-since").required(),
                day("until", "admin-until"),
            ]),
    );
    acts
}

fn span(since: impl std::fmt::Display, until: Option<impl std::fmt::Display>) -> Text {
    match until {
        Some(until) => Text::said("admin-span").with_date("since", since).with_date("until", until),
        None => Text::said("admin-span-open").with_date("since", since),
    }
}

fn blocks(file: &File) -> Vec<DataBlock> {
    let office = |office: &OfficerRow| {
        let name = file
            .authorities
            .iter()
            .find(|row| row.id == office.authority_id)
            .map(|row| row.name_zh.clone());
        let mut datum = Datum::text(name.unwrap_or_default());
        datum.note = Some(span(office.since, office.until));
        datum
    };
    let seat = |(seat, committee): &(SeatRow, CommitteeRow)| {
        let role = Text::word("role", seat.role.key());
        let name = committee.name_zh.clone();
        let mut datum = Datum::link(
            keeping::path(committee),
            Text::said("admin-seat").with("committee", name).with_text("role", &role),
        );
        datum.note = Some(span(seat.since, seat.until));
        datum
    };
    vec![DataBlock {
        title: Text::said("admin-rights"),
        rows: vec![
            DataRow::new(
                Text::said("admin-account"),
                vec![Datum { pill: Some(standing(file.account.as_ref())), ..Datum::default() }],
            ),
            DataRow::new(Text::said("admin-offices"), file.offices.iter().map(office).collect()),
            DataRow::new(Text::said("admin-seats"), file.seats.iter().map(seat).collect()),
        ],
        next: None,
    }]
}

fn page(
    file: &File,
    admin: &Admin,
    typed: Option<&Typed>,
    faults: &[FieldFault],
    secret: Option<String>,
) -> Page {
    let fields = fields(Some(&file.person), typed, &file.units, faults);
    let mut head = head(Text::plain(file.person.name_zh.clone()));
    head.crumbs.push(crate::views::Crumb {
        text: Text::said("admin-people"),
        href: Some("/admin/people".to_owned()),
    });
    head.pill = Some(standing(file.account.as_ref()));
    head.actions = vec![super::action(
        &format!("/admin/events?actor_id={}", file.person.id),
        "admin-events-of",
    )];
    let acts = acts(file, admin, faults);
    let mut all = faults_of(&fields);
    all.extend(acts.iter().flat_map(|act| faults_of(&act.fields)));
    let view = ObjectPage {
        head,
        secret: secret.map(|value| Secret { text: Text::said("admin-invite-link"), value }),
        faults: all,
        form: Some(
            Act::new(format!("/admin/people/{}", file.person.id), Text::said("button-save"))
                .fields(fields),
        ),
        blocks: blocks(file),
        acts,
        letter: None,
    };
    let status = if faults.is_empty() { Status::Ok } else { Status::UnprocessableEntity };
    Page::new("pages/admin/object", &view).status(status)
}

#[get("/admin/people/<person>", rank = 2)]
async fn show(app: &State<App>, admin: Admin, person: &str) -> Result<Page, WebError> {
    let file = file(app, id(person)?).await?;
    Ok(page(&file, &admin, None, &[], None))
}

#[post("/admin/people/<person>", data = "<typed>")]
async fn save(
    app: &State<App>,
    admin: Admin,
    person: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let id = id(person)?;
    let (actor, version) = (admin.actor().clone(), typed.version());
    let done = match entry(&typed) {
        Ok(entry) => {
            app.once(typed.once(), move |tx| {
                people::correct(tx, &actor, id, version, &entry)?;
                Ok(back(id, "account-saved"))
            })
            .await
        }
        Err(fault) => Err(WebError::invalid(vec![fault])),
    };
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let faults = error.into_faults()?;
            Ok(Err(page(&file(app, id).await?, &admin, Some(&typed), &faults, None)))
        }
    }
}

fn back(id: PersonId, said: &str) -> Answer {
    Answer::see(format!("/admin/people/{id}")).saying(Tone::Good, &Text::said(said))
}

#[post("/admin/people/<person>/invite")]
async fn invite(
    app: &State<App>,
    admin: Admin,
    person: &str,
) -> Result<Result<Answer, Page>, WebError> {
    let id = id(person)?;
    let (actor, settings) = (admin.actor().clone(), app.settings.clone());
    let token = app.write(move |tx| people::invite(tx, &actor, id, &settings.security)).await?;
    // Where no mail leaves the house the administrator hands the link over.
    if matches!(app.settings.mail.transport, MailTransport::None | MailTransport::Files) {
        let link = format!("{}/invitation/{token}", app.base_url);
        return Ok(Err(page(&file(app, id).await?, &admin, None, &[], Some(link)).private()));
    }
    Ok(Ok(back(id, "admin-invited")))
}

#[post("/admin/people/<person>/close")]
async fn close(app: &State<App>, admin: Admin, person: &str) -> Result<Answer, WebError> {
    let (id, actor) = (id(person)?, admin.actor().clone());
    app.write(move |tx| people::set_disabled(tx, &actor, id, true)).await?;
    Ok(back(id, "admin-closed"))
}

#[post("/admin/people/<person>/reopen")]
async fn reopen(app: &State<App>, admin: Admin, person: &str) -> Result<Answer, WebError> {
    let (id, actor) = (id(person)?, admin.actor().clone());
    app.write(move |tx| people::set_disabled(tx, &actor, id, false)).await?;
    Ok(back(id, "admin-reopened"))
}

#[post("/admin/people/<person>/administrator/<what>")]
async fn administrator(
    app: &State<App>,
    admin: Admin,
    person: &str,
    what: &str,
) -> Result<Answer, WebError> {
    let (id, actor) = (id(person)?, admin.actor().clone());
    let give = match what {
        "grant" => true,
        "revoke" => false,
        _ => return Err(WebError::not_found()),
    };
    match app.write(move |tx| access::set_administrator(tx, &actor, id, give)).await {
        Ok(()) => Ok(back(id, "admin-rights-changed")),
        Err(ActionError::Forbidden) => {
            Err(WebError::forbidden().saying(Text::said("admin-last-administrator")))
        }
        Err(error) => Err(error.into()),
    }
}

#[post("/admin/people/<person>/officer", data = "<typed>")]
async fn officer(
    app: &State<App>,
    admin: Admin,
    person: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let id = id(person)?;
    let read = || -> Result<(AuthorityId, people::Office), FieldFault> {
        let missing = |field: &str| FieldFault::new(field, FaultCode::Missing);
        let authority = typed.id("authority")?.ok_or_else(|| missing("authority"))?;
        let since = typed.day("since")?.ok_or_else(|| missing("since"))?;
        Ok((authority, people::Office { since, until: typed.day("until")? }))
    };
    let done = match read() {
        Ok((authority, office)) => {
            let actor = admin.actor().clone();
            app.once(typed.once(), move |tx| {
                access::set_officer(tx, &actor, id, authority, office)?;
                Ok(back(id, "admin-rights-changed"))
            })
            .await
        }
        Err(fault) => Err(WebError::invalid(vec![fault])),
    };
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let faults = error.into_faults()?;
            Ok(Err(page(&file(app, id).await?, &admin, None, &faults, None)))
        }
    }
}

/// The routes of this file.
pub(super) fn routes() -> Vec<Route> {
    routes![show, save, invite, close, reopen, administrator, officer]
}
