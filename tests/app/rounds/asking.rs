//! The letter that asks for comments (FM-06), before its round is open.

use quanheng_db::{documents, register};
use quanheng_domain::document::DocumentKind;
use quanheng_domain::stage::Stage;

use crate::committee::Committee;

#[rocket::async_test]
async fn the_letter_is_drawn_up_and_kept_before_its_round_is_open() {
    for all in Committee::on_each_backend().await {
        let (site, world) = (&all.site, &all.world);
        let project = world.project_at(Stage::DraftAccepted);
        let secretary = all.browser(world.secretary);
        let to = format!("/projects/{project}/letters/asking");
        let page = site.get(&secretary, &format!("/projects/{project}/comments")).await.body;
        assert!(page.contains(&format!("action=\"{to}\"")), "{page}");

        let letter = site.get(&secretary, &to).await;
        assert_eq!(letter.status, 200, "{}", letter.body);
        let draft = world
            .read(|conn| documents::newest(conn, project, DocumentKind::CommentDraft))
            .unwrap();
        let asked = world.read(|conn| register::people_by(conn, &world.voters()));
        for words in asked.iter().map(|row| &*row.name_zh).chain([&*draft.sha256]) {
            assert!(letter.body.contains(words), "{words}: {}", letter.body);
        }
        let word = site.get(&secretary, &format!("{to}.docx")).await;
        assert!(word.status == 200 && word.body.starts_with("PK"));
        assert_eq!(site.get(&secretary, &format!("{to}s")).await.status, 404);

        let member = all.browser(world.members[0]);
        assert_eq!(site.get(&member, &to).await.status, 404);
        assert_eq!(site.post(&member, &to, &[]).await.status, 404);
        let letters = || {
            let all = world.read(|conn| documents::of_project(conn, project));
            all.into_iter().filter(|row| row.kind == DocumentKind::CommentLetter).count()
        };
        let before = letters();
        assert_eq!(site.post(&secretary, &to, &[]).await.status, 303);
        assert_eq!(letters(), before + 1);

        world.walk(project, Stage::Commenting);
        assert_eq!(
            site.get(&secretary, &to).await.status,
            404,
            "the round has a letter of its own"
        );
    }
}
