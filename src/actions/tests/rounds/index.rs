//! The index of the desk: like words, what is wanted, changes of words, and who may ask for it.

use std::collections::BTreeMap;

use quanheng_actions::{
    ActionError, Tx,
    round::{Edit, Withdraw, edit, index, submit_comments, withdraw},
};
use quanheng_db::{
    comment_counts,
    comment_index::{self, Owner, Standing, Wanted},
};
use quanheng_domain::{
    comment::{CommentKind, Disposition},
    ids::RoundId,
    people::Actor,
};

use super::{remark, running, sending};
use crate::world::{World, on_each_backend};

fn found(world: &World, round: RoundId, wanted: &Wanted) -> Vec<i32> {
    let rows = world.read(|conn| comment_index::page(conn, round, wanted, (100, 0)));
    let count = world.read(|conn| comment_index::count(conn, round, wanted));
    assert_eq!(count, rows.len() as u64);
    rows.iter().map(|row| row.serial).collect()
}

/// The verb as tests take verbs.
fn look(tx: &mut Tx<'_, '_>, actor: &Actor, round: &RoundId) -> Result<usize, ActionError> {
    index(tx, actor, *round, 850)
}

#[test]
fn the_desk_finds_comments_in_the_database_and_knows_those_alike() {
    on_each_backend(|world| {
        let (_, row) = running(world);
        let said = [
            ("10", "建议把示值误差放宽到±0.5%。"),
            ("5.2", "温度范围写成 100%_ 是笔误"),
            ("", "总体同意"),
            ("5.10", "建议把示值误差放宽到 ±0.5%"),
            ("5.2", "建议把示值误差放宽到±0.5%"),
        ];
        let remarks = said.iter().map(|(clause, body)| remark(clause, body)).collect();
        world.act(submit_comments, world.members[0], &sending(row.id, remarks)).unwrap();
        assert_eq!(world.read(|conn| comment_index::known(conn, row.id)), 0);
        for other in [world.actor(world.members[1]), Actor::Public] {
            assert!(world.act(look, other, &row.id).is_err());
        }
        assert_eq!(world.act(look, world.drafter, &row.id).unwrap(), 5);
        assert_eq!(world.act(look, world.secretary, &row.id).unwrap(), 0, "all are there");

        let none = Wanted::default();
        assert_eq!(found(world, row.id, &none), [3, 2, 5, 4, 1], "as the text counts");
        let words = |text: &str| Wanted { words: Some(text.into()), ..Wanted::default() };
        assert_eq!(found(world, row.id, &words("100%_")), [2], "signs of the search are letters");
        assert_eq!(found(world, row.id, &words("误差")), [5, 4, 1]);
        assert_eq!(found(world, row.id, &Wanted { alike: Some(1), ..none.clone() }), [5, 4, 1]);
        let clause = |text: &str| Wanted { clause: Some(text.into()), ..Wanted::default() };
        assert_eq!(found(world, row.id, &clause("5.2")), [2, 5]);
        assert_eq!(found(world, row.id, &clause("")), [3]);
        let open = Wanted { standing: Some(Standing::Open), ..none.clone() };
        assert_eq!(found(world, row.id, &open).len(), 5);
        for standing in [Standing::Late, Standing::Proposed, Standing::Ruled(Disposition::Accepted)]
        {
            let wanted = Wanted { standing: Some(standing), ..none.clone() };
            assert!(found(world, row.id, &wanted).is_empty());
            let wanted = Wanted { besides: Some(4), ..wanted };
            assert_eq!(found(world, row.id, &wanted), [4], "what came back is shown all the same");
        }
        let owned = |owner: Owner| Wanted { owner: Some(owner), ..Wanted::default() };
        assert_eq!(found(world, row.id, &owned(Owner::Nobody)).len(), 5);
        assert!(found(world, row.id, &owned(Owner::Person(world.drafter))).is_empty());
        let counts = world.read(|conn| comment_counts::of_round(conn, row.id, 2));
        assert_eq!((counts.all, counts.open(), counts.open_of_nobody), (5, 5, 5));
        assert_eq!(counts.kinds, [(CommentKind::Technical, 5)]);
        assert_eq!(counts.busiest, [("5.2".to_owned(), 2), (String::new(), 1)]);
    });
}

#[test]
fn changed_words_are_looked_at_again_and_a_forgotten_name_is_found_no_more() {
    on_each_backend(|world| {
        let (_, row) = running(world);
        let remarks = ["示值误差应放宽", "示值误差应放宽", "示值误差应放宽"];
        let remarks = remarks.iter().map(|body| remark("5", body)).collect();
        world.act(submit_comments, world.members[0], &sending(row.id, remarks)).unwrap();
        world.act(look, world.drafter, &row.id).unwrap();
        let rows = world.read(|conn| comment_index::page(conn, row.id, &Wanted::default(), (9, 0)));
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let groups = |world: &World| -> BTreeMap<i32, u64> {
            let alike = world.read(|conn| comment_counts::alike(conn, row.id, &ids));
            alike.into_iter().map(|(_, first, size)| (first, size)).collect()
        };
        assert_eq!(groups(world), BTreeMap::from([(1, 3)]));
        let remark = remark("6", "附录删去");
        let change = Edit { comment: ids[0], link: None, remark, if_version: None };
        world.act(edit, world.members[0], &change).unwrap();
        assert_eq!(world.act(look, world.drafter, &row.id).unwrap(), 3, "the first of its like");
        assert_eq!(groups(world), BTreeMap::from([(1, 1), (2, 2)]));

        let name = rows[0].author_name.clone();
        let named =
            Wanted { words: Some(quanheng_actions::names::fold(&name)), ..Wanted::default() };
        assert_eq!(found(world, row.id, &named).len(), 3);
        let go = Withdraw { comment: ids[0], link: None, forget_me: true };
        world.act(withdraw, world.members[0], &go).unwrap();
        world.act(look, world.drafter, &row.id).unwrap();
        assert_eq!(found(world, row.id, &named).len(), 2);
        let gone = world.act(look, world.outsider, &row.id);
        assert!(matches!(gone, Err(ActionError::NotFound | ActionError::Refused(_))), "{gone:?}");
    });
}
