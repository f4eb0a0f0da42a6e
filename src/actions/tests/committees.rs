//! Committees: founded and changed, given terms and people, all by their authority.

use chrono::Days;
use quanheng_actions::{
    ActionError,
    committee::{
        composition,
        enrol::{Enrol, enrol},
        found::{Change, Entry, change, found},
        seats::{Leave, Suspend, leave, suspend},
        term::{Renew, Term, renew},
    },
};
use quanheng_db::{
    events, imports,
    register::{self, CommitteeRow},
};
use quanheng_domain::{
    committee::{CommitteeKind, CommitteeState},
    ids::{CommitteeId, SeatId},
    notice::NoticeKey,
    people::Role,
    refusal::RefusalCode,
};

use crate::world::{World, on_each_backend};

const NAME: &str = "全国演示计量技术委员会";

fn first(world: &World) -> Entry {
    Entry {
        code: "mtc90".into(),
        kind: CommitteeKind::Committee,
        parent: None,
        authority: world.authority,
        name_zh: NAME.into(),
        name_en: String::new(),
        scope_zh: "演示量值的\n计量技术规范".into(),
        host: "承担单位·演示".into(),
        established_year: Some(2026),
    }
}

fn stored(world: &World, id: CommitteeId) -> CommitteeRow {
    world.read(|conn| register::committee(conn, id)).unwrap()
}

fn kinds(world: &World, id: CommitteeId) -> Vec<String> {
    let rows = world.read(|conn| events::of_object(conn, id.cast()));
    rows.into_iter().map(|event| event.kind).collect()
}

#[test]
fn a_committee_is_founded_and_changed_by_its_authority() {
    on_each_backend(|world| {
        let entry = first(world);
        for who in [world.outsider, world.secretary, world.chair, world.members[0]] {
            assert_eq!(world.refusal(found, who, &entry), RefusalCode::NotYours);
        }
        let other = register_name(world, world.committee);
        for (fault, wrong) in [
            ("name_zh", Entry { name_zh: " ".into(), ..entry.clone() }),
            ("name_zh", Entry { name_zh: other, ..entry.clone() }),
            ("code", Entry { code: "MTC90/SC1".into(), ..entry.clone() }),
            ("code", Entry { code: "MTC3".into(), ..entry.clone() }),
            (
                "parent",
                Entry { kind: CommitteeKind::SubCommittee, code: String::new(), ..entry.clone() },
            ),
            ("parent", Entry { parent: Some(world.id()), ..entry.clone() }),
            ("host", Entry { host: "长".repeat(121), ..entry.clone() }),
            ("established_year", Entry { established_year: Some(2027), ..entry.clone() }),
        ] {
            assert_eq!(world.faulty(found, world.officer, &wrong), [fault], "{wrong:?}");
        }
        let row = world.act(found, world.officer, &entry).unwrap();
        assert_eq!((row.code.as_deref(), row.state), (Some("MTC90"), CommitteeState::Preparing));
        let below = |code: &str, name: &str| Entry {
            code: code.into(),
            kind: CommitteeKind::SubCommittee,
            parent: Some(row.id),
            name_zh: name.into(),
            ..first(world)
        };
        let astray = below("MTC3/SC1", "演示分技术委员会");
        assert_eq!(world.faulty(found, world.officer, &astray), ["code"]);
        let sub = world.act(found, world.officer, &below("mtc90-sc1", "演示分技术委员会")).unwrap();
        assert_eq!(sub.code.as_deref(), Some("MTC90/SC1"));
        assert_eq!(sub.host_id, row.host_id, "the same unit, entered once");

        let today = world.today();
        let renamed = Change {
            committee: row.id,
            if_version: row.version,
            entry: Entry { name_zh: "全国演示量计量技术委员会".into(), ..first(world) },
            renamed_on: today.checked_sub_days(Days::new(1)),
        };
        assert_eq!(world.refusal(change, world.chair, &renamed), RefusalCode::NotYours);
        let circle =
            Change { entry: Entry { parent: Some(sub.id), ..first(world) }, ..renamed.clone() };
        assert_eq!(world.faulty(change, world.officer, &circle), ["parent"]);
        let ahead = Change { renamed_on: today.succ_opt(), ..renamed.clone() };
        assert_eq!(world.faulty(change, world.officer, &ahead), ["renamed_on"]);
        world.act(change, world.officer, &renamed).unwrap();
        let late = world.act(change, world.officer, &renamed);
        assert!(matches!(late, Err(ActionError::Conflict)), "{late:?}");
        let names = world.read(|conn| imports::former_names(conn, row.id));
        assert_eq!(names.len(), 1);
        assert_eq!((names[0].name_zh.as_str(), names[0].until), (NAME, renamed.renamed_on));
        // Nothing changed is no event, and a code that stands is not asked again.
        let same = Change { if_version: 2, renamed_on: None, ..renamed };
        assert_eq!(world.act(change, world.officer, &same).unwrap().version, 2);
        assert_eq!(kinds(world, row.id), ["committee_founded", "committee_changed"]);
    });
}

fn register_name(world: &World, id: CommitteeId) -> String {
    stored(world, id).name_zh
}

fn line(world: &World, committee: CommitteeId, role: Role) -> Enrol {
    Enrol {
        committee,
        name: String::new(),
        email: String::new(),
        unit: String::new(),
        role,
        since: world.today(),
        until: None,
        rank: None,
        reason: "演示〔2026〕1号".into(),
    }
}

fn begun(world: &World, committee: CommitteeId, number: i32, go_on: Vec<SeatId>) -> Renew {
    let term = Term { committee, number, start: world.today(), end: None };
    Renew { term, go_on, reason: String::new() }
}

#[test]
fn a_roll_is_typed_in_and_goes_into_the_next_term() {
    on_each_backend(|world| {
        let (id, officer) =
            (world.act(found, world.officer, &first(world)).unwrap().id, world.officer);
        let opening = begun(world, id, 1, Vec::new());
        assert_eq!(world.refusal(renew, world.secretary, &opening), RefusalCode::NotYours);
        world.act(renew, officer, &opening).unwrap();
        assert_eq!(stored(world, id).state, CommitteeState::InTerm);
        let (told, left) =
            (mails(world, NoticeKey::MemberAppointed), mails(world, NoticeKey::MemberLeft));

        let member = line(world, id, Role::Member);
        let bare = Enrol { name: "无人知晓".into(), ..member.clone() };
        for (fault, wrong) in [
            ("name", member.clone()),
            ("name", bare.clone()),
            ("email", Enrol { email: "no address".into(), ..bare.clone() }),
            ("email", Enrol { email: world.address(world.chair), ..bare.clone() }),
            ("until", Enrol { until: Some(member.since), unit: "甲单位".into(), ..bare.clone() }),
        ] {
            assert_eq!(world.faulty(enrol, officer, &wrong), [fault], "{wrong:?}");
        }
        assert_eq!(world.refusal(enrol, world.secretary, &bare), RefusalCode::NotYours);
        let chair = Enrol { email: world.address(world.outsider), ..line(world, id, Role::Chair) };
        let chair_seat = world.act(enrol, officer, &chair).unwrap();
        let second = Enrol { email: world.address(world.drafter), ..chair.clone() };
        assert_eq!(world.refusal(enrol, officer, &second), RefusalCode::RoleTaken);
        // A new person without an address, then the same one by name and unit, who gets the address.
        let new =
            Enrol {
                name: "新委员·演示".into(), unit: "甲单位·演示".into(), ..member.clone()
            };
        let seat = world.act(enrol, officer, &new).unwrap();
        let adviser =
            Enrol { role: Role::Adviser, email: "new@demo.example".into(), ..new.clone() };
        world.act(enrol, officer, &adviser).unwrap();
        let person =
            world.read(|conn| register::person_by_email(conn, "new@demo.example")).unwrap();
        assert_eq!(world.read(|conn| register::seats_of_person(conn, person.id)).len(), 2);
        assert_eq!(world.refusal(enrol, officer, &new), RefusalCode::RoleTaken);

        let pause = Suspend { committee: id, seat, suspended: true, reason: "出国".into() };
        world.act(suspend, officer, &pause).unwrap();
        assert!(matches!(world.act(suspend, officer, &pause), Err(ActionError::Conflict)));
        world.act(suspend, officer, &Suspend { suspended: false, ..pause.clone() }).unwrap();
        let astray = Suspend { committee: world.committee, ..pause };
        assert!(matches!(world.act(suspend, officer, &astray), Err(ActionError::NotFound)));

        let advice = world.ask(|conn| composition::advice(conn, &stored(world, id), world.today()));
        let rules: Vec<String> = advice.unwrap().0.iter().map(|one| one.rule.to_string()).collect();
        assert!(rules.contains(&"members_min".to_owned()), "{rules:?}");
        assert!(rules.contains(&"members_odd".to_owned()), "{rules:?}");

        world.later(chrono::TimeDelta::days(30));
        let next = begun(world, id, 2, vec![chair_seat]);
        assert_eq!(world.faulty(renew, officer, &next), ["reason"]);
        let ahead = Term { start: world.today().succ_opt().unwrap(), ..next.term.clone() };
        let ahead = Renew { term: ahead, reason: "换届".into(), ..next.clone() };
        assert_eq!(world.faulty(renew, officer, &ahead), ["start"]);
        let back = Renew { reason: "换届".into(), ..begun(world, id, 0, vec![]) };
        assert_eq!(world.faulty(renew, officer, &back), ["number"]);
        world.act(renew, officer, &Renew { reason: "换届".into(), ..next }).unwrap();
        let held = world.read(|conn| register::seats_on(conn, id, world.today()));
        assert_eq!(held.iter().map(|seat| seat.id).collect::<Vec<_>>(), [chair_seat]);
        // The number of the running term puts its days right, and nobody leaves.
        let end = world.today().checked_add_days(Days::new(700));
        let right = Term { end, ..begun(world, id, 2, vec![]).term };
        world
            .act(renew, officer, &Renew { term: right, go_on: vec![], reason: String::new() })
            .unwrap();
        assert_eq!(stored(world, id).term_end, end);

        let gone =
            Leave {
                committee: id, seat: chair_seat, until: world.today(), reason: "调离".into()
            };
        assert_eq!(
            world.faulty(leave, officer, &Leave { reason: " ".into(), ..gone.clone() }),
            ["reason"]
        );
        world.act(leave, officer, &gone).unwrap();
        assert!(matches!(world.act(leave, officer, &gone), Err(ActionError::Conflict)));
        // Of the four who came and left, those without an address got no mail of their own.
        let came = mails(world, NoticeKey::MemberAppointed) - told;
        let went = mails(world, NoticeKey::MemberLeft) - left;
        assert_eq!((came, went), (2, 3), "appointments and ends of seats");
        let kinds = kinds(world, id);
        let count = |kind: &str| kinds.iter().filter(|one| *one == kind).count();
        assert_eq!(
            ["term_begun", "appointed", "seat_suspended", "seat_resumed", "seat_ended"].map(count),
            [3, 3, 1, 1, 3]
        );
    });
}

fn mails(world: &World, notice: NoticeKey) -> usize {
    world.mails(notice).len()
}
