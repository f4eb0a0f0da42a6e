//! More comments than anybody reads at once.

use quanheng_db::{
    comments as table,
    rounds::{self, CommentRow},
};

use super::{comments, running, sent};
use crate::committee::Committee;

#[rocket::async_test]
async fn ten_thousand_comments() {
    const ALL: i32 = 10_000;
    let all = Committee::on_each_backend().await.swap_remove(0);
    let (_, round) = running(&all);
    let id = round.id;
    sent(&all, all.world.members[0], id, "5", "第一条意见");
    let first = comments(&all, id).remove(0);
    let fill = all.site.write(move |tx| {
        let from = rounds::take_serials(tx.conn(), id, ALL - 1)?;
        for serial in from..from + ALL - 1 {
            let body = format!("第{serial}条：重复性的要求需再作论证。");
            let row = CommentRow { id: tx.id(), serial, body, ..first.clone() };
            table::insert(tx.conn(), &row)?;
        }
        Ok(())
    });
    fill.unwrap();

    let member = all.browser(all.world.members[1]);
    let size = i32::from(all.site.app.settings.limits.page_size_max);
    let card = |serial: i32| format!("id=\"c{serial}\"");
    let page = all.site.get(&member, &format!("/consultations/{id}")).await;
    assert!(page.body.contains(&card(size)) && !page.body.contains(&card(size + 1)));
    assert!(page.body.contains(&format!("/consultations/{id}?page&#x3D;2")), "no way on");
    let page = all.site.get(&member, &format!("/consultations/{id}?page=2")).await;
    assert!(page.body.contains(&card(size + 1)) && !page.body.contains(&card(1)));
    let own = all.browser(all.world.members[0]);
    let page = all.site.get(&own, &format!("/consultations/{id}?page=3")).await;
    assert!(page.body.contains(&format!("/consultations/{id}/mine")), "no way to one's own");

    let api = format!("/api/v1/rounds/{id}/comments");
    let told = all.site.get(&member, &format!("{api}?limit=500&offset=9900")).await.json();
    assert_eq!((told["total"].as_i64(), told["next"].as_i64()), (Some(i64::from(ALL)), None));
    assert_eq!(told["items"].as_array().map(Vec::len), Some(100));
    assert_eq!(all.site.get(&member, &api).await.json()["next"], 50);
    assert_eq!(all.site.get(&member, &format!("{api}?limit=501")).await.status, 400);
}
