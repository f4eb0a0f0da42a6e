//! An issued announcement as an official paper, open to everybody.

use std::collections::HashMap;

use quanheng_actions::ActionError;
use quanheng_db::conn::AnyConn;
use quanheng_db::specifications::{self, AnnouncementItemRow, AnnouncementRow};
use quanheng_db::{catalogue, register};
use quanheng_domain::Keyed;
use quanheng_domain::ids::{AnnouncementId, SpecificationId};
use quanheng_domain::records::AnnouncementAct;
use rocket::{Route, State, get, routes};

use super::sheet::{Line, Sheet, paper};
use crate::papers::Form;
use crate::papers::official::{Official, Place, official, official_voice};
use crate::views::Text;
use crate::{App, WebError};

/// An announcement with its texts, read in one snapshot.
struct Read {
    row: AnnouncementRow,
    authority: String,
    lines: Vec<Line>,
}

fn line(
    item: &AnnouncementItemRow,
    editions: &HashMap<SpecificationId, (String, String)>,
    replaced: &[(SpecificationId, SpecificationId, bool)],
) -> Line {
    let (number, title) = editions.get(&item.specification_id).cloned().unwrap_or_default();
    let own = replaced.iter().filter(|(new, ..)| *new == item.specification_id);
    let old = own.map(|(_, old, whole)| {
        (editions.get(old).map(|(number, _)| number.clone()).unwrap_or_default(), *whole)
    });
    Line {
        act: (item.act != AnnouncementAct::Issues)
            .then(|| Text::word("announcements-act", item.act.key())),
        number,
        title,
        replaces: if item.act == AnnouncementAct::Issues { old.collect() } else { Vec::new() },
        effective: item.effective_on.clone(),
    }
}

fn read(conn: &mut AnyConn, id: AnnouncementId) -> Result<Read, ActionError> {
    let row = specifications::announcement(conn, id)?.ok_or(ActionError::NotFound)?;
    let items = catalogue::items_of(conn, &[id])?;
    let named: Vec<SpecificationId> = items.iter().map(|item| item.specification_id).collect();
    let replaced: Vec<_> = specifications::links_of(conn, &named)?
        .into_iter()
        .map(|link| (link.new_id, link.old_id, link.whole))
        .collect();
    let all: Vec<SpecificationId> =
        named.iter().copied().chain(replaced.iter().map(|(_, old, _)| *old)).collect();
    let editions: HashMap<_, _> = specifications::by_ids(conn, &all)?
        .into_iter()
        .map(|edition| (edition.id, (edition.number, edition.title_zh)))
        .collect();
    let authority = register::authority(conn, row.authority_id)?;
    let mut lines: Vec<Line> = items.iter().map(|item| line(item, &editions, &replaced)).collect();
    lines.sort_by(|one, other| one.number.cmp(&other.number));
    Ok(Read { authority: authority.map(|one| one.name_zh).unwrap_or_default(), lines, row })
}

#[get("/announcements/<id>/<name>")]
async fn print(app: &State<App>, id: &str, name: &str) -> Result<Official, WebError> {
    let (name, form) = Form::split(name);
    let id: AnnouncementId = id.parse().map_err(|_| WebError::not_found())?;
    if name != "paper" {
        return Err(WebError::not_found());
    }
    let read = app.read(move |conn| read(conn, id)).await?;
    let sheet = Sheet {
        number: &read.row.number,
        title: &read.row.title,
        body: &read.row.body,
        authority: &read.authority,
        day: read.row.on_day,
        lines: read.lines,
    };
    let paper = paper(&sheet, &official_voice(app));
    let at = format!("/announcements/{id}/paper");
    official(app, paper, form.unwrap_or(Form::Html), Place::read(&at, "/announcements")).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![print]
}
