//! Committees with their hosts, people and seats, and the few accounts that can sign in.

use quanheng_domain::{
    event::ObjectKind,
    ids::{CommitteeId, OrganisationId, PersonId},
};
use serde_json::json;

use super::{Set, ledger::Happened, writer::instant};

/// Role, how its holder's name begins, how the address begins.
const LEADERS: [(&str, &str, &str); 3] = [
    ("chair", "主任委员", "chair"),
    ("secretary_general", "秘书长", "secretary"),
    ("deputy_secretary_general", "副秘书长", "deputy"),
];
/// Members of a committee.
const MEMBERS: u32 = 14;

/// Who of a committee takes part in projects.
pub struct Seats {
    pub committee: CommitteeId,
    pub code: String,
    pub host: OrganisationId,
    pub secretary: (PersonId, String),
    pub members: Vec<(PersonId, String)>,
}

/// Writes them.
pub fn write(set: &mut Set<'_>) -> anyhow::Result<Vec<Seats>> {
    let mut all = Vec::new();
    for number in 1..=set.size.committees {
        let seats = committee(set, number)?;
        all.push(seats);
    }
    let host = all[0].host;
    for (name, address, admin) in [("管理员", "admin", true), ("主管部门", "officer", false)]
    {
        let id = person(set, &format!("{name}·合成"), address, host)?;
        account(set, id, admin)?;
        if !admin {
            let row =
                json!({ "person_id": id, "authority_id": set.authority, "since": "2020-01-01" });
            set.writer.row("officers", row)?;
        }
    }
    Ok(all)
}

fn committee(set: &mut Set<'_>, number: u32) -> anyhow::Result<Seats> {
    let at = set.ago(1_700);
    let (host, id): (OrganisationId, CommitteeId) = (set.id(at), set.id(at));
    let (unit, name) =
        (format!("第{number}计量技术研究院·合成"), format!("全国第{number}计量技术委员会·合成"));
    // Beyond what the real register holds.
    let code = format!("MTC{}", 100 + number);
    set.writer.row(
        "organisations",
        json!({ "id": host, "name_zh": unit, "name_key": unit, "interest": "research", "region": "" }),
    )?;
    set.writer.row(
        "committees",
        json!({
            "id": id, "version": 1, "code": code, "name_key": name, "name_zh": name,
            "name_en": format!("Synthetic Technical Committee {number}"), "kind": "committee", "authority_id": set.authority,
            "scope_zh": "合成数据", "host_id": host, "term_no": 1,
            "term_start": set.ago(700).date_naive(), "term_end": (set.ago(0) + chrono::TimeDelta::days(900)).date_naive(), "state": "in_term",
        }),
    )?;
    let object = id.cast();
    set.happened(Happened {
        object: (ObjectKind::Committee, object),
        at,
        actor: None,
        kind: "committee_entered",
        stages: ("", ""),
        facts: json!({ "code": code, "name": name }),
    })?;
    let mut held = Vec::new();
    for (rank, (role, title, address)) in LEADERS.iter().enumerate() {
        let who = (format!("{title}{number:03}·合成"), format!("{address}-{number}"));
        held.push(seat(set, (id, host), role, rank, who)?);
    }
    for member in 1..=MEMBERS {
        let who =
            (format!("委员{number:03}-{member:02}·合成"), format!("member-{number}-{member}"));
        held.push(seat(set, (id, host), "member", member as usize + LEADERS.len(), who)?);
    }
    set.done_with(object);
    let members = held.split_off(LEADERS.len());
    let secretary = held.swap_remove(1);
    if number == 1 {
        account(set, secretary.0, false)?;
        account(set, members[0].0, false)?;
    }
    Ok(Seats { committee: id, code, host, secretary, members })
}

fn seat(
    set: &mut Set<'_>,
    (committee, host): (CommitteeId, OrganisationId),
    role: &str,
    rank: usize,
    (name, address): (String, String),
) -> anyhow::Result<(PersonId, String)> {
    let person = person(set, &name, &address, host)?;
    let since = set.ago(700);
    let row = json!({
        "id": set.id::<()>(since), "committee_id": committee, "person_id": person, "role": role, "organisation_id": host,
        "since": since.date_naive(), "rank": rank,
    });
    set.writer.row("seats", row)?;
    Ok((person, name))
}

fn person(
    set: &mut Set<'_>,
    name: &str,
    address: &str,
    host: OrganisationId,
) -> anyhow::Result<PersonId> {
    let at = set.ago(1_700);
    let id: PersonId = set.id(at);
    let email = format!("{address}@load.example");
    let row = json!({
        "id": id, "version": 1, "name_zh": name, "email": email, "email_key": email, "locale": "zh-CN", "organisation_id": host,
        "demo": true, "created_at": instant(at),
    });
    set.writer.row("people", row)?;
    Ok(id)
}

fn account(set: &mut Set<'_>, person: PersonId, administrator: bool) -> anyhow::Result<()> {
    let at = instant(set.ago(30));
    let row = json!({
        "person_id": person, "password_hash": set.hash, "administrator": administrator, "password_changed_at": at,
        "created_at": at,
    });
    set.writer.row("accounts", row)
}
