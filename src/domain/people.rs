//! Who people are: roles in a committee, parties to a project, and what an actor may do.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{AuthorityId, CommitteeId, PersonId, ProjectId},
    keyed,
};

keyed! {
    /// A role in a committee (domain rules, 1.2); held by a dated seat.
    Role as "role" {
        /// 主任委员
        Chair = "chair",
        /// 副主任委员
        ViceChair = "vice_chair",
        /// 秘书长
        SecretaryGeneral = "secretary_general",
        /// 副秘书长
        DeputySecretaryGeneral = "deputy_secretary_general",
        /// 秘书处工作人员
        SecretariatStaff = "secretariat_staff",
        /// 委员
        Member = "member",
        /// 顾问
        Adviser = "adviser",
        /// 咨询委员
        ConsultingMember = "consulting_member",
        /// 通讯单位成员
        CorrespondingUnit = "corresponding_unit",
        /// 特邀代表
        Invited = "invited",
        /// 旁听代表
        Observer = "observer",
    }
}

impl Role {
    /// True for the roles that are members of the committee and may vote (CH Art. 36, 38); advisers, corresponding units and guests may not.
    pub fn is_voting(self) -> bool {
        matches!(self, Role::Chair | Role::ViceChair | Role::Member)
    }

    /// True for the roles that are heard in a review (CH Art. 36, 38); observers (旁听代表) only listen.
    pub fn may_speak(self) -> bool {
        self != Role::Observer
    }

    /// True for the roles that do the secretariat's work.
    pub fn is_secretariat(self) -> bool {
        matches!(
            self,
            Role::SecretaryGeneral | Role::DeputySecretaryGeneral | Role::SecretariatStaff
        )
    }
}

keyed! {
    /// What a person is to one project.
    ProjectRole as "project role" {
        /// 第一起草人
        LeadDrafter = "lead_drafter",
        /// 起草人
        Drafter = "drafter",
        /// 主审人
        PrincipalReviewer = "principal_reviewer",
        /// 建议人
        Suggester = "suggester",
    }
}

keyed! {
    /// The interest a unit stands for (domain rules, 2.3).
    Interest as "interest category" {
        /// 生产
        Producer = "producer",
        /// 经营
        Operator = "operator",
        /// 使用
        User = "user",
        /// 科研
        Research = "research",
        /// 教育
        Education = "education",
        /// 检定检测机构
        Testing = "testing",
        /// 行政管理
        Administration = "administration",
        /// 社会团体
        Association = "association",
        /// 未知
        Unknown = "unknown",
    }
}

keyed! {
    /// A party to a move: who may take it, and who acts now (domain rules, 2.4).
    Party as "party" {
        /// Anybody, signed in or not.
        Anyone = "anyone",
        /// Who suggested the project.
        Suggester = "suggester",
        /// Secretary-general, deputies and staff.
        Secretariat = "secretariat",
        /// The chair.
        Chair = "chair",
        /// A vice-chair.
        ViceChair = "vice_chair",
        /// A voting member.
        Member = "member",
        /// A drafter of the project.
        Drafter = "drafter",
        /// The principal reviewer.
        PrincipalReviewer = "principal_reviewer",
        /// An officer of the authority that owns the project.
        Officer = "officer",
        /// An administrator of the system.
        Administrator = "administrator",
        /// The clock.
        System = "system",
    }
}

/// A seat as the rules need it: one person's dated role in one committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatFact {
    /// The committee.
    pub committee: CommitteeId,
    /// The role.
    pub role: Role,
    /// First day.
    pub since: NaiveDate,
    /// First day on which it no longer holds.
    pub until: Option<NaiveDate>,
}

impl SeatFact {
    /// True when the seat is held on that day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.since <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Who acts. Built once per request from the register, so that a role that was removed is gone with the next request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The clock.
    System,
    /// The public, without an account.
    Public,
    /// A person of the register.
    Person(PersonActor),
}

/// A signed-in person with the facts that rights depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonActor {
    /// Who.
    pub person: PersonId,
    /// Name as the ledger prints it.
    pub name: String,
    /// Seats held today.
    pub seats: Vec<SeatFact>,
    /// Authorities served as officer.
    pub authorities: BTreeSet<AuthorityId>,
    /// Roles in single projects.
    pub projects: BTreeSet<(ProjectId, ProjectRole)>,
    /// Projects whose secretariat duties are a deputy's of another unit, because the own unit hosts the secretariat and
    /// drafts the text (回避, edge case 6).
    pub aside: BTreeSet<ProjectId>,
    /// Administrator of the system.
    pub administrator: bool,
}

/// What is asked about: the owners of the project, text or report in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owners {
    /// The project, if it is about one.
    pub project: Option<ProjectId>,
    /// The responsible committee.
    pub committee: Option<CommitteeId>,
    /// The authority.
    pub authority: AuthorityId,
}

impl Actor {
    /// Which parties the actor is to the thing in question; `Anyone` is always among them.
    pub fn parties(&self, owners: &Owners) -> BTreeSet<Party> {
        let mut parties = BTreeSet::from([Party::Anyone]);
        match self {
            Actor::System => {
                parties.insert(Party::System);
            }
            Actor::Public => {}
            Actor::Person(person) => person.add_parties(owners, &mut parties),
        }
        parties
    }

    /// The person, unless it is the clock or the public.
    pub fn person(&self) -> Option<&PersonActor> {
        match self {
            Actor::Person(person) => Some(person),
            Actor::System | Actor::Public => None,
        }
    }

    /// Name for the ledger.
    pub fn label(&self) -> &str {
        match self {
            Actor::System => "system",
            Actor::Public => "public",
            Actor::Person(person) => &person.name,
        }
    }
}

impl PersonActor {
    fn add_parties(&self, owners: &Owners, parties: &mut BTreeSet<Party>) {
        if self.administrator {
            parties.insert(Party::Administrator);
        }
        if self.authorities.contains(&owners.authority) {
            parties.insert(Party::Officer);
        }
        for seat in self.seats.iter().filter(|seat| Some(seat.committee) == owners.committee) {
            let aside = owners.project.is_some_and(|project| self.aside.contains(&project));
            if seat.role.is_secretariat() && !aside {
                parties.insert(Party::Secretariat);
            }
            if seat.role.is_voting() {
                parties.insert(Party::Member);
            }
            match seat.role {
                Role::Chair => parties.insert(Party::Chair),
                Role::ViceChair => parties.insert(Party::ViceChair),
                _ => false,
            };
        }
        for (project, role) in &self.projects {
            if Some(*project) == owners.project {
                parties.insert(match role {
                    ProjectRole::LeadDrafter | ProjectRole::Drafter => Party::Drafter,
                    ProjectRole::PrincipalReviewer => Party::PrincipalReviewer,
                    ProjectRole::Suggester => Party::Suggester,
                });
            }
        }
    }
}
