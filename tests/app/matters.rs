//! A committee votes on a matter of its own through the pages: opened by the secretariat, listed for those inside, voted on, counted.

use chrono::TimeDelta;

use crate::{committee::Committee, world::Browser};

const PAGE: &str = "/committees/MTC3";
const FORM: [(&str, &str); 3] = [
    ("matter.question", "通过2026年度工作计划"),
    ("matter.form", "correspondence"),
    ("matter.closes_on", "2026-03-20"),
];

#[rocket::async_test]
async fn a_matter_is_put_to_the_vote_by_the_secretariat_and_listed_for_those_inside() {
    for all in Committee::on_each_backend().await {
        let (site, world) = (&all.site, &all.world);
        let (secretary, member) = (all.browser(world.secretary), all.browser(world.members[0]));
        let path = format!("{PAGE}/ballots");
        let page = site.get(&secretary, PAGE).await;
        assert!(page.body.contains("matter.question"), "{}", page.body);
        assert!(!site.get(&member, PAGE).await.body.contains("matter.question"));
        assert_eq!(site.post(&member, &path, &FORM).await.status, 403);
        let guest = site.post(&Browser::new(), &path, &FORM).await;
        assert!(guest.location.is_none_or(|to| to.starts_with("/sign-in")), "not for guests");

        let mut late = FORM;
        late[2].1 = "2026-02-20";
        let back = site.post(&secretary, &path, &late).await;
        assert_eq!(back.status, 422);
        assert!(back.body.contains("id=\"e-matter.closes_on\""), "{}", back.body);
        assert!(back.body.contains("通过2026年度工作计划"), "what was typed is still there");
        let bare = site.post(&secretary, &path, &[("matter.question", "x")]).await;
        assert!(bare.status == 422 && bare.body.contains("id=\"e-matter.form\""));

        let done = site.post(&secretary, &path, &FORM).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let ballot = done.location.unwrap();
        assert!(ballot.starts_with("/ballots/"), "{ballot}");
        assert!(site.get(&member, PAGE).await.body.contains(&ballot), "the list leads to it");
        for outside in [Browser::new(), all.browser(world.outsider)] {
            let page = site.get(&outside, PAGE).await.body;
            assert!(!page.contains("通过2026年度工作计划"), "it is the committee's own matter");
            assert_ne!(site.get(&outside, &ballot).await.status, 200);
        }
    }
}

#[rocket::async_test]
async fn a_matter_is_voted_on_and_passes_by_simple_majority() {
    for all in Committee::on_each_backend().await {
        let (site, world) = (&all.site, &all.world);
        let secretary = all.browser(world.secretary);
        let done = site.post(&secretary, &format!("{PAGE}/ballots"), &FORM).await;
        let ballot = done.location.unwrap();
        let voters = world.voters();
        // A bare majority of all who answered: more for than against.
        for (at, voter) in voters.iter().enumerate() {
            let choice = if at * 100 < voters.len() * 60 { "yes" } else { "no" };
            let vote = [("vote.choice", choice), ("vote.reason", "理由·演示")];
            let got = site.post(&all.browser(*voter), &format!("{ballot}/votes"), &vote).await;
            assert_eq!(got.status, 303, "{}", got.body);
        }
        let page = site.get(&all.browser(voters[0]), &ballot).await;
        assert!(page.status == 200 && page.body.contains("通过2026年度工作计划"));
        site.until(world.now() + TimeDelta::days(20)).await;
        let list = site.get(&all.browser(voters[0]), PAGE).await.body;
        assert!(list.contains("通过2026年度工作计划") && list.contains("pill good"), "{list}");
        let chair = all.browser(world.chair);
        let sign = [("sign.conclusion", "工作计划通过。")];
        assert_eq!(site.post(&chair, &format!("{ballot}/sign"), &sign).await.status, 303);

        // The papers are filled from what is on record, for print and for Word.
        let page = site.get(&chair, &ballot).await.body;
        // Nobody meets for a vote by correspondence.
        for paper in ["sign-in", "minutes"] {
            assert!(!page.contains(&format!("/papers/{paper}")), "{paper}: {page}");
        }
        for paper in ["ballots", "conclusion", "dissent"] {
            assert!(page.contains(&format!("{ballot}/papers/{paper}.docx")), "{paper}: {page}");
            let print = site.get(&chair, &format!("{ballot}/papers/{paper}")).await;
            assert_eq!(print.status, 200, "{paper}: {}", print.body);
            assert!(print.body.contains("通过2026年度工作计划"), "{paper}: {}", print.body);
            let word = site.get(&chair, &format!("{ballot}/papers/{paper}.docx")).await;
            assert!(word.status == 200 && word.body.starts_with("PK"), "{paper}");
        }
        let print = site.get(&chair, &format!("{ballot}/papers/conclusion")).await.body;
        assert!(print.contains("工作计划通过。") && !print.contains("审定"), "{print}");
        let pdf = site.get(&chair, &format!("{ballot}/papers/conclusion.pdf")).await;
        assert!(pdf.status == 200 && pdf.body.starts_with("%PDF-"), "{}", pdf.body);
        let dissent = site.get(&chair, &format!("{ballot}/papers/dissent")).await.body;
        assert!(dissent.contains("理由·演示") && dissent.contains("反对"), "{dissent}");
        assert_eq!(site.get(&chair, &format!("{ballot}/papers/opinions")).await.status, 404);
        let outside = all.browser(world.outsider);
        let hidden = format!("{ballot}/papers/minutes.docx");
        assert_ne!(site.get(&outside, &hidden).await.status, 200, "the committee's own papers");
    }
}

#[rocket::async_test]
async fn a_secret_vote_tells_who_voted_and_no_count_before_it_closes() {
    for all in Committee::on_each_backend().await {
        let (site, world) = (&all.site, &all.world);
        let secretary = all.browser(world.secretary);
        let mut form = FORM.to_vec();
        form.push(("matter.secret", "yes"));
        let done = site.post(&secretary, &format!("{PAGE}/ballots"), &form).await;
        let ballot = done.location.unwrap();
        for (voter, receipt) in [(0, "收据-0123456789abcdef"), (1, "收据-fedcba9876543210")] {
            let vote = [("vote.choice", "yes"), ("vote.receipt", receipt)];
            let voter = all.browser(world.members[voter]);
            let got = site.post(&voter, &format!("{ballot}/votes"), &vote).await;
            assert_eq!(got.status, 303, "{}", got.body);
        }
        for path in [ballot.as_str(), "/ballots"] {
            let page = site.get(&all.browser(world.members[2]), path).await.body;
            assert!(page.contains("已投 2 · 未投 19（无记名）"), "{path}: {page}");
            assert!(!page.contains("同意 0") && !page.contains("同意 2"), "{path}: {page}");
        }
        let page = site.get(&secretary, &ballot).await.body;
        assert!(page.contains("票数在截止后公布"), "{page}");
        let told = site.get(&secretary, &format!("/api/v1{ballot}")).await.body;
        assert!(told.contains("票数在截止后公布"), "{told}");
        let outside = site.get(&Browser::new(), &format!("/api/v1{ballot}")).await;
        assert_eq!(outside.status, 404, "it is the committee's own matter");

        site.until(world.now() + TimeDelta::days(20)).await;
        let page = site.get(&all.browser(world.members[2]), "/ballots").await.body;
        assert!(page.contains("同意 2 · 反对 0 · 弃权 0 · 未投 19"), "{page}");
    }
}
