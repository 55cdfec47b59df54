//! People who act: roles, and `may`, the one answer to "is this person allowed to".
//!
//! Access needs both a role that grants the act and a need: being involved in the
//! record (clauses CARE-58, SEK-65, TURN-56; UK GDPR Article 32).

mod matrix;
mod password;

pub use matrix::{MATRIX, Need, Row};
pub use password::check_password;

use serde::{Deserialize, Serialize};

use crate::ids::UserId;
use crate::{Refusal, RefusalCode};

/// What somebody does in the organisation. One person may hold several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Data protection lead (or officer): runs every request.
    Lead,
    /// Works on the requests assigned to them.
    Handler,
    /// Approves replies prepared by somebody else (clause CEN-59; TURN sign-off).
    Approver,
    /// Any member of staff: records requests that reach them (clause TURN-85).
    Staff,
    /// Looks at registers and the log; changes nothing.
    Auditor,
    /// Manages accounts and the installation; sees no casework.
    Administrator,
    /// The public portal itself: records what visitors send. No account can hold it.
    Portal,
}

impl Role {
    /// Every role that an account can hold.
    pub const ALL: &'static [Self] = &[Self::Lead, Self::Handler, Self::Approver, Self::Staff, Self::Auditor, Self::Administrator];

    /// The name on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Lead => "Data protection lead",
            Self::Handler => "Handler",
            Self::Approver => "Approver",
            Self::Staff => "Member of staff",
            Self::Auditor => "Auditor",
            Self::Administrator => "Administrator",
            Self::Portal => "Portal",
        }
    }

    /// The name in files and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Handler => "handler",
            Self::Approver => "approver",
            Self::Staff => "staff",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
            Self::Portal => "portal",
        }
    }

    /// Reads a role from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.key() == key)
    }
}

/// Whether an account may act at all. Only [`Standing::Active`] may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Invited, has not yet signed in for the first time.
    Invited,
    /// May act.
    Active,
    /// Blocked for the time being.
    Suspended,
    /// Has left; the account is kept, disabled (clause CEN-37).
    Left,
}

/// Who acts: a person who signed in, or the command line on the machine itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub user: UserId,
    /// Display name, for pages; never logged.
    pub name: String,
    /// Roles held now.
    pub roles: Vec<Role>,
    /// Whether the account may act.
    pub standing: Standing,
}

impl Actor {
    /// True when the actor holds `role`.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// What is done. Every route and every use case names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// See the Today page.
    TodaySee,
    /// List and search requests.
    RequestList,
    /// Record a request that reached the organisation.
    RequestLog,
    /// See one request.
    RequestSee,
    /// Acknowledge, check identity, clarify, extend, search, review.
    RequestWork,
    /// Put somebody in charge of a request, or let them help with it.
    RequestAssign,
    /// Approve a reply.
    RequestApprove,
    /// Send the reply, refuse, withdraw, close.
    RequestConclude,
    /// Open letters and packs.
    DocumentOpen,
    /// See who has an account; invite, suspend, change roles.
    UserManage,
    /// See a search by hand: the place and the words, never who asked or why.
    SearchSee,
    /// Record what came of a search by hand.
    SearchDo,
    /// Help, own account, sign out.
    OwnAccount,
    /// See the policy, its versions and the evidence that it is kept.
    PolicySee,
    /// Read the policy and sign for it.
    PolicyRead,
    /// Draft, propose and withdraw a version of the policy.
    PolicyPropose,
    /// Adopt a version that somebody else proposed.
    PolicyAdopt,
    /// See the duties of the policy.
    DutySee,
    /// Do a duty, or sign its statement.
    DutyDo,
    /// Log an event that a clock of the policy runs from.
    EventLog,
    /// See the messages that arrived.
    InboxSee,
    /// Settle a message: make it a case, file it, or say that it is nothing for us.
    InboxWork,
    /// See what became of outgoing mails, without address or text.
    OutboxSee,
    /// Say of a mail whose sending nobody knows of that it went out, or have it sent again.
    OutboxWork,
    /// List complaints.
    ComplaintList,
    /// Record a complaint that reached the organisation.
    ComplaintLog,
    /// See one complaint.
    ComplaintSee,
    /// Acknowledge, note progress, begin and finish the steps of a complaint.
    ComplaintWork,
    /// Tell the outcome of a complaint, record that it was taken back, close it.
    ComplaintConclude,
    /// Release a reply to the portal.
    PortalRelease,
    /// Set how the portal works.
    PortalManage,
    /// See what was held back of a storm, make cases of it or set it aside.
    PortalHeld,
    /// Ask whether somebody's data may be used for something now.
    MarkCheck,
    /// See the marks about people.
    MarkSee,
    /// Lift a mark.
    MarkLift,
}

/// How the actor stands to the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// No particular record (a list, a form).
    None,
    /// Owner, assigned, or the person who logged it.
    Involved,
    /// Somebody else's.
    NotInvolved,
}

/// Whether `actor` may do `verb` to a record they stand in `relation` to.
pub fn may(actor: &Actor, verb: Verb, relation: Relation) -> bool {
    actor.standing == Standing::Active
        && MATRIX.iter().any(|row| row.verb == verb && actor.has(row.role) && (row.need == Need::Any || relation != Relation::NotInvolved))
}

/// [`may`] as a gate.
pub fn require(actor: &Actor, verb: Verb, relation: Relation) -> Result<(), Refusal> {
    if may(actor, verb, relation) { Ok(()) } else { Err(Refusal::new(RefusalCode::NotAllowed, "")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(role: Role, standing: Standing) -> Actor {
        Actor { user: UserId::new("u"), name: "Sam Reed".into(), roles: vec![role], standing }
    }

    #[test]
    fn only_an_active_account_may_act() {
        for standing in [Standing::Invited, Standing::Suspended, Standing::Left] {
            for role in Role::ALL {
                for row in MATRIX {
                    assert!(!may(&actor(*role, standing), row.verb, Relation::Involved));
                }
            }
        }
    }

    #[test]
    fn staff_see_only_what_they_recorded_and_administrators_see_no_casework() {
        let staff = actor(Role::Staff, Standing::Active);
        assert!(may(&staff, Verb::RequestLog, Relation::None));
        assert!(may(&staff, Verb::RequestSee, Relation::Involved));
        assert!(!may(&staff, Verb::RequestSee, Relation::NotInvolved));
        assert!(!may(&staff, Verb::DocumentOpen, Relation::Involved));
        let administrator = actor(Role::Administrator, Standing::Active);
        assert!(!may(&administrator, Verb::RequestSee, Relation::Involved));
        assert!(may(&administrator, Verb::UserManage, Relation::None));
    }

    #[test]
    fn the_portal_records_and_sees_nothing_and_no_account_can_be_it() {
        let portal = actor(Role::Portal, Standing::Active);
        let allowed: Vec<Verb> = MATRIX.iter().filter(|row| row.role == Role::Portal).map(|row| row.verb).collect();
        assert_eq!(allowed, [Verb::RequestLog, Verb::ComplaintLog]);
        assert!(!may(&portal, Verb::RequestSee, Relation::Involved) && !may(&portal, Verb::ComplaintSee, Relation::Involved));
        assert_eq!(Role::from_key("portal"), None);
    }

    #[test]
    fn auditors_change_nothing() {
        let auditor = actor(Role::Auditor, Standing::Active);
        for verb in [
            Verb::RequestLog,
            Verb::RequestWork,
            Verb::RequestApprove,
            Verb::RequestConclude,
            Verb::UserManage,
            Verb::PolicyPropose,
            Verb::PolicyAdopt,
            Verb::DutyDo,
            Verb::EventLog,
            Verb::ComplaintLog,
            Verb::ComplaintWork,
            Verb::ComplaintConclude,
            Verb::PortalRelease,
            Verb::PortalManage,
            Verb::PortalHeld,
        ] {
            assert!(!may(&auditor, verb, Relation::Involved));
        }
    }

    #[test]
    fn everybody_reads_the_policy_and_no_role_both_proposes_and_adopts() {
        for role in Role::ALL {
            let actor = actor(*role, Standing::Active);
            assert!(may(&actor, Verb::PolicySee, Relation::None) && may(&actor, Verb::PolicyRead, Relation::None));
            assert!(!(may(&actor, Verb::PolicyPropose, Relation::None) && may(&actor, Verb::PolicyAdopt, Relation::None)));
        }
    }

    #[test]
    fn a_duty_is_done_by_the_lead_or_by_who_holds_it() {
        for role in [Role::Handler, Role::Approver, Role::Staff] {
            assert!(may(&actor(role, Standing::Active), Verb::DutyDo, Relation::Involved));
            assert!(!may(&actor(role, Standing::Active), Verb::DutyDo, Relation::NotInvolved));
            assert!(may(&actor(role, Standing::Active), Verb::EventLog, Relation::None));
        }
        assert!(may(&actor(Role::Lead, Standing::Active), Verb::DutyDo, Relation::NotInvolved));
        assert!(!may(&actor(Role::Auditor, Standing::Active), Verb::DutyDo, Relation::Involved));
        assert!(!may(&actor(Role::Administrator, Standing::Active), Verb::DutySee, Relation::Involved));
    }

    #[test]
    fn handlers_need_to_be_assigned() {
        let handler = actor(Role::Handler, Standing::Active);
        assert!(may(&handler, Verb::RequestWork, Relation::Involved));
        assert!(!may(&handler, Verb::RequestWork, Relation::NotInvolved));
    }

    #[test]
    fn every_role_has_a_key_that_reads_back() {
        for role in Role::ALL {
            assert_eq!(Role::from_key(role.key()), Some(*role));
        }
    }
}
