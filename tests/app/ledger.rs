//! The ledger of a used site is whole, sealed by day, and every change by other hands is found.

use chrono::TimeDelta;
use quanheng_actions::ledger;
use quanheng_db::events;
use quanheng_jobs::housekeeping;

use crate::world::{PASSWORD, TestApp};

async fn seal(site: &TestApp) {
    let app = &site.app;
    housekeeping::run(&app.db, &app.clock, &app.chance, &app.store)
        .await
        .expect("the house is kept");
}

#[rocket::async_test]
async fn a_used_sites_ledger_is_sealed_once_a_day_and_whole() {
    for site in TestApp::on_each_backend().await {
        let admin = site.admin().await;
        site.post(&admin, "/account/tokens", &[("name", "脚本")]).await;
        seal(&site).await;
        assert!(
            site.read(|conn| Ok(events::last_checkpoint(conn)?)).is_none(),
            "nothing is settled yet"
        );
        site.pass(TimeDelta::hours(1));
        for _ in 0..3 {
            seal(&site).await;
        }
        site.post_raw(
            &admin,
            "/sign-in",
            &[("email", "admin@demo.example"), ("password", PASSWORD)],
        )
        .await;
        site.pass(TimeDelta::hours(25));
        seal(&site).await;
        let whole = site.read(|conn| ledger::walk(conn, |_| {})).expect("it is whole");
        assert_eq!(whole.checkpoints, 2);
        assert!(whole.events > 5 && whole.objects > 3, "{whole:?}");
    }
}
