//! A joint project through its page (E-25): an authority joins, its own officer approves, another leaves; and a merge by choice (E-21).

use quanheng_actions::ActionError;
use quanheng_actions::account::access;
use quanheng_db::{projects, register};
use quanheng_domain::{
    ids::AuthorityId, lifecycle::Move, people::Actor, specification::Level, stage::Stage,
};

use crate::{committee::Committee, world::Browser};

/// Another authority with an officer of its own.
fn authority(all: &Committee, code: &'static str) -> (AuthorityId, Browser) {
    let id: AuthorityId = all.world.id();
    let officer = all.world.newcomer(code, None);
    let made = all.site.write(move |tx| {
        let row = register::AuthorityRow {
            id,
            code: code.into(),
            level: Level::Provincial,
            name_zh: format!("{code}主管部门·演示"),
            name_en: String::new(),
            mark: None,
            profile: "national".into(),
            zone: "Asia/Shanghai".into(),
        };
        register::insert_authority(tx.conn(), &row)?;
        let office = quanheng_actions::account::people::Office { since: tx.today(), until: None };
        access::set_officer(tx, &Actor::System, officer, id, office)?;
        Ok::<(), ActionError>(())
    });
    made.unwrap();
    (id, all.browser(officer))
}

#[rocket::async_test]
async fn authorities_join_approve_for_themselves_and_leave() {
    for all in Committee::on_each_backend().await {
        let site = &all.site;
        let project = all.world.project_at(Stage::DossierCheck);
        let (joining, their_officer) = authority(&all, "JS-T");
        let (leaving, _) = authority(&all, "ZJ-T");
        let (page, path) = (format!("/projects/{project}"), format!("/projects/{project}/parties"));
        let officer = all.browser(all.world.officer);
        let secretary = all.browser(all.world.secretary);
        let bare = site.post(&officer, &path, &[("joint.authority", "")]).await;
        assert!(bare.status == 422 && bare.body.contains("id=\"e-joint.authority\""));
        for id in [joining, leaving] {
            let (id, form) = (id.to_string(), "joint.authority");
            assert_eq!(site.post(&secretary, &path, &[(form, id.as_str())]).await.status, 403);
            assert_eq!(site.post(&officer, &path, &[(form, id.as_str())]).await.status, 303);
            let again = site.post(&officer, &path, &[(form, id.as_str())]).await;
            assert_eq!(again.status, 422, "it is a party already");
        }
        let shown = site.get(&their_officer, &page).await.body;
        assert!(shown.contains("move-approve_as_party"), "{shown}");
        let task = format!("/projects/{project}#move-approve_as_party");
        assert!(site.get(&their_officer, "/desk").await.body.contains(&task), "they owe it");
        let version = || all.world.project(project).version.to_string();
        let approve = |document: &'static str| {
            let (version, moves) = (version(), format!("{page}/moves"));
            let their_officer = &their_officer;
            async move {
                let fields = [
                    ("move", Move::ApproveAsParty.to_string()),
                    ("if_version", version),
                    ("approve_as_party.approval_document", document.to_owned()),
                ];
                let fields: Vec<(&str, &str)> =
                    fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                site.post(their_officer, &moves, &fields).await.status
            }
        };
        assert_eq!(approve("").await, 422);
        assert_eq!(approve("苏市监批〔2027〕1号").await, 303);
        assert!(!site.get(&their_officer, "/desk").await.body.contains(&task), "it is done");
        let shown = site.get(&officer, &page).await.body;
        let choice = format!("<option value=\"{leaving}\">ZJ-T主管部门·演示</option>");
        assert!(shown.contains(&choice), "who leaves is chosen by name: {shown}");
        let (version, leaving_id) = (version(), leaving.to_string());
        let drop = [
            ("move", "drop_party"),
            ("if_version", version.as_str()),
            ("drop_party.party_authority", leaving_id.as_str()),
            ("drop_party.note", "另行制定地方规范。"),
        ];
        assert_eq!(site.post(&officer, &format!("{page}/moves"), &drop).await.status, 303);
        let parties = all.world.read(|conn| projects::parties_of(conn, project));
        let of = |id| parties.iter().find(|party| party.authority_id == id).unwrap();
        assert!(of(joining).approved_at.is_some() && of(leaving).dropped_at.is_some());
        all.world.walk(project, Stage::Approved);
        let form = [("joint.authority", leaving_id.as_str())];
        let late = site.post(&officer, &path, &form).await;
        assert_eq!(late.status, 409, "an approved text takes no party any more");
    }
}

#[rocket::async_test]
async fn a_project_is_merged_into_one_that_is_chosen_by_name() {
    for all in Committee::on_each_backend().await {
        let into = all.world.project_at(Stage::Drafting);
        let other = all.world.project_at(Stage::Planned);
        let officer = all.browser(all.world.officer);
        let page = format!("/projects/{other}");
        let shown = all.site.get(&officer, &page).await.body;
        assert!(shown.contains(&format!("<option value=\"{into}\"")), "{shown}");
        let (version, into_id) = (all.world.project(other).version.to_string(), into.to_string());
        let merge = |note: &'static str| {
            let (site, officer, path) = (&all.site, &officer, format!("{page}/moves"));
            let fields = [
                ("move", "merge".to_owned()),
                ("if_version", version.clone()),
                ("merge.into_project", into_id.clone()),
                ("merge.note", note.to_owned()),
            ];
            async move {
                let fields: Vec<(&str, &str)> =
                    fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                site.post(officer, &path, &fields).await.status
            }
        };
        assert_eq!(merge("").await, 422);
        assert_eq!(merge("两个项目内容相同。").await, 303);
        assert!(all.world.project(other).stage.is_final());
    }
}
