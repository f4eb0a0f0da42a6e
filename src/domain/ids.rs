//! Identifiers: one generic UUIDv7 newtype, told apart by the kind of thing it names.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// The identity of one thing of kind `T` (a marker type); a UUIDv7, so that ids sort by creation.
pub struct Id<T> {
    uuid: Uuid,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// Wraps an existing UUID.
    pub const fn new(uuid: Uuid) -> Self {
        Self { uuid, kind: PhantomData }
    }

    /// The UUID inside.
    pub const fn uuid(&self) -> Uuid {
        self.uuid
    }

    /// The same identity read as another kind, for ledgers that hold objects of every kind.
    pub const fn cast<U>(self) -> Id<U> {
        Id::new(self.uuid)
    }
}

// Written out because derives would demand the same of the marker type.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.uuid)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.uuid)
    }
}
impl<T> FromStr for Id<T> {
    type Err = uuid::Error;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        s.parse().map(Self::new)
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.uuid.serialize(s)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Uuid::deserialize(d).map(Self::new)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $alias:ident = $marker:ident;)*) => {
        /// Marker types, one per kind of thing that has an identity; never constructed.
        pub mod kind {
            $(
                $(#[$doc])*
                pub enum $marker {}
            )*
        }
        $(
            $(#[$doc])*
            pub type $alias = Id<kind::$marker>;
        )*
    };
}

kinds! {
    /// Any object of the ledger.
    ObjectId = Object;
    /// An authority (主管部门).
    AuthorityId = Authority;
    /// An organisation (单位).
    OrganisationId = Organisation;
    /// A person.
    PersonId = Person;
    /// A committee, sub-committee or working group.
    CommitteeId = Committee;
    /// A seat: one person's dated role in a committee.
    SeatId = Seat;
    /// A published edition of a specification.
    SpecificationId = Specification;
    /// A project (项目), amendment, corrigendum or re-examination case.
    ProjectId = Project;
    /// A document of a project.
    DocumentId = Document;
    /// A comment round.
    RoundId = Round;
    /// A comment.
    CommentId = Comment;
    /// A table of comments that was handed in.
    ImportId = Import;
    /// A ballot.
    BallotId = Ballot;
    /// A vote.
    VoteId = Vote;
    /// A published version of a rule profile.
    ProfileId = Profile;
    /// A deadline.
    DeadlineId = Deadline;
    /// An event of the ledger.
    EventId = Event;
    /// A mail in the outbox.
    MailId = Mail;
    /// An objection during publicity.
    ObjectionId = Objection;
    /// A project adjustment request (项目调整).
    AdjustmentId = Adjustment;
    /// A feedback case on a published text.
    FeedbackId = Feedback;
    /// An announcement (公告).
    AnnouncementId = Announcement;
    /// An annual report of a committee.
    ReportId = Report;
    /// A sign-in session.
    SessionId = Session;
    /// An API token.
    TokenId = Token;
}
