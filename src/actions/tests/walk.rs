//! The main line from suggestion to publication, taken by the real moves.

use quanheng_domain::stage::Stage;

use crate::world::on_each_backend;

#[test]
fn a_suggestion_becomes_a_published_text() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Published);
        let row = world.project(project);
        assert!(row.specification_id.is_some());
        let events = world.events(project);
        let moves: Vec<_> =
            events.iter().filter(|event| event.from_stage != event.to_stage).collect();
        assert!(moves.len() > 20, "{}", moves.len());
        for pair in events.windows(2) {
            assert_eq!(pair[1].previous_hash, pair[0].hash);
            assert_eq!(pair[0].event().hash(), pair[0].hash);
        }
    });
}
