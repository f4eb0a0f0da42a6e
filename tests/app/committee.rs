//! A committee with its people and projects at any stage, and the site they use.

#[allow(clippy::unwrap_used, reason = "the kit of the verbs' tests, which its own tests allow")]
#[path = "../../src/actions/tests/world/mod.rs"]
mod walked;

use std::sync::Arc;

use quanheng_actions::account::people;
use quanheng_db::testing::TestDb;
use quanheng_domain::{ids::PersonId, people::Actor};

pub use walked::World;

use crate::world::{Browser, TestApp};

/// A site and the committee that works with it, under one clock.
pub struct Committee {
    /// The site.
    pub site: TestApp,
    /// The committee.
    pub world: World,
}

impl Committee {
    /// A committee on every database at hand.
    pub async fn on_each_backend() -> Vec<Self> {
        Self::all(&walked::Plan::default()).await
    }

    async fn all(plan: &walked::Plan) -> Vec<Self> {
        let mut all = vec![Self::planned(TestDb::sqlite(), plan).await];
        if let Some(database) = TestDb::postgres() {
            all.push(Self::planned(database, plan).await);
        }
        all
    }

    /// A committee on SQLite alone, for what no database makes different.
    pub async fn on_sqlite() -> Self {
        Self::planned(TestDb::sqlite(), &walked::Plan::default()).await
    }

    /// The same with as many voting members as asked for, from four on.
    pub async fn of_voters(voters: usize) -> Vec<Self> {
        let members = voters.saturating_sub(3);
        Self::all(&walked::Plan { members, ..walked::Plan::default() }).await
    }

    /// The same on every database at hand, with rules that differ from the first fill.
    pub async fn under(rules: &'static [(&'static str, &'static str)]) -> Vec<Self> {
        Self::all(&walked::Plan { rules, ..walked::Plan::default() }).await
    }

    async fn planned(db: TestDb, plan: &walked::Plan) -> Self {
        let mut world = World::build(db.handle(), plan);
        let site = TestApp::upon(db).await;
        world.clock = Arc::clone(&site.clock);
        Self { site, world }
    }

    /// A browser in which a person of the register is signed in at this hour.
    pub fn browser(&self, person: PersonId) -> Browser {
        let security = self.site.app.settings.security.clone();
        let invited = self
            .site
            .write(move |tx| people::invite(tx, &Actor::System, person, &security).map(drop));
        invited.expect("a person can be invited");
        self.site.signed_in(person)
    }
}
