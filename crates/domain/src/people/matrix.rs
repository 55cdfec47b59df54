//! The permission matrix: who may do what, as data.

use super::{Role, Verb};

/// Whether the role alone suffices or the actor must be involved in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The role suffices.
    Any,
    /// The actor must own it, be assigned to it or have recorded it.
    Involved,
}

/// One permission: `role` may do `verb` given `need`. What has no row is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Who.
    pub role: Role,
    /// What.
    pub verb: Verb,
    /// Under which need.
    pub need: Need,
}

const fn any(role: Role, verb: Verb) -> Row {
    Row { role, verb, need: Need::Any }
}

const fn involved(role: Role, verb: Verb) -> Row {
    Row { role, verb, need: Need::Involved }
}

/// Every permission there is.
pub const MATRIX: &[Row] = &[
    any(Role::Lead, Verb::TodaySee),
    any(Role::Lead, Verb::RequestList),
    any(Role::Lead, Verb::RequestLog),
    any(Role::Lead, Verb::RequestSee),
    any(Role::Lead, Verb::RequestWork),
    any(Role::Lead, Verb::RequestAssign),
    any(Role::Lead, Verb::RequestConclude),
    any(Role::Lead, Verb::DocumentOpen),
    any(Role::Lead, Verb::OwnAccount),
    any(Role::Handler, Verb::TodaySee),
    any(Role::Handler, Verb::RequestLog),
    involved(Role::Handler, Verb::RequestSee),
    involved(Role::Handler, Verb::RequestWork),
    involved(Role::Handler, Verb::DocumentOpen),
    any(Role::Handler, Verb::OwnAccount),
    any(Role::Approver, Verb::TodaySee),
    any(Role::Approver, Verb::RequestList),
    any(Role::Approver, Verb::RequestSee),
    any(Role::Approver, Verb::RequestApprove),
    any(Role::Approver, Verb::DocumentOpen),
    any(Role::Approver, Verb::OwnAccount),
    any(Role::Staff, Verb::RequestLog),
    involved(Role::Staff, Verb::RequestSee),
    any(Role::Staff, Verb::OwnAccount),
    any(Role::Auditor, Verb::TodaySee),
    any(Role::Auditor, Verb::RequestList),
    any(Role::Auditor, Verb::RequestSee),
    any(Role::Auditor, Verb::OwnAccount),
    any(Role::Administrator, Verb::UserManage),
    any(Role::Administrator, Verb::OwnAccount),
    any(Role::Lead, Verb::PolicySee),
    any(Role::Lead, Verb::PolicyRead),
    any(Role::Handler, Verb::PolicySee),
    any(Role::Handler, Verb::PolicyRead),
    any(Role::Approver, Verb::PolicySee),
    any(Role::Approver, Verb::PolicyRead),
    any(Role::Staff, Verb::PolicySee),
    any(Role::Staff, Verb::PolicyRead),
    any(Role::Auditor, Verb::PolicySee),
    any(Role::Auditor, Verb::PolicyRead),
    any(Role::Administrator, Verb::PolicySee),
    any(Role::Administrator, Verb::PolicyRead),
    any(Role::Lead, Verb::PolicyPropose),
    any(Role::Approver, Verb::PolicyAdopt),
    any(Role::Lead, Verb::DutySee),
    any(Role::Handler, Verb::DutySee),
    any(Role::Approver, Verb::DutySee),
    involved(Role::Staff, Verb::DutySee),
    any(Role::Auditor, Verb::DutySee),
    any(Role::Lead, Verb::DutyDo),
    involved(Role::Handler, Verb::DutyDo),
    involved(Role::Approver, Verb::DutyDo),
    involved(Role::Staff, Verb::DutyDo),
    any(Role::Lead, Verb::SearchSee),
    any(Role::Lead, Verb::SearchDo),
    involved(Role::Handler, Verb::SearchSee),
    involved(Role::Handler, Verb::SearchDo),
    involved(Role::Approver, Verb::SearchSee),
    involved(Role::Approver, Verb::SearchDo),
    involved(Role::Staff, Verb::SearchSee),
    involved(Role::Staff, Verb::SearchDo),
    any(Role::Lead, Verb::EventLog),
    any(Role::Handler, Verb::EventLog),
    any(Role::Approver, Verb::EventLog),
    any(Role::Staff, Verb::EventLog),
    any(Role::Lead, Verb::InboxSee),
    any(Role::Lead, Verb::InboxWork),
    any(Role::Lead, Verb::OutboxSee),
    any(Role::Lead, Verb::OutboxWork),
    any(Role::Auditor, Verb::OutboxSee),
    any(Role::Administrator, Verb::OutboxSee),
    any(Role::Lead, Verb::ComplaintList),
    any(Role::Lead, Verb::ComplaintLog),
    any(Role::Lead, Verb::ComplaintSee),
    any(Role::Lead, Verb::ComplaintWork),
    any(Role::Lead, Verb::ComplaintConclude),
    any(Role::Handler, Verb::ComplaintLog),
    involved(Role::Handler, Verb::ComplaintSee),
    involved(Role::Handler, Verb::ComplaintWork),
    any(Role::Approver, Verb::ComplaintList),
    any(Role::Approver, Verb::ComplaintLog),
    any(Role::Approver, Verb::ComplaintSee),
    any(Role::Staff, Verb::ComplaintLog),
    involved(Role::Staff, Verb::ComplaintSee),
    any(Role::Auditor, Verb::ComplaintList),
    any(Role::Auditor, Verb::ComplaintSee),
    any(Role::Lead, Verb::PortalRelease),
    any(Role::Lead, Verb::PortalManage),
    any(Role::Lead, Verb::PortalHeld),
    any(Role::Administrator, Verb::PortalManage),
    any(Role::Portal, Verb::RequestLog),
    any(Role::Portal, Verb::ComplaintLog),
    any(Role::Lead, Verb::MarkCheck),
    any(Role::Handler, Verb::MarkCheck),
    any(Role::Approver, Verb::MarkCheck),
    any(Role::Staff, Verb::MarkCheck),
    any(Role::Lead, Verb::MarkSee),
    any(Role::Approver, Verb::MarkSee),
    any(Role::Auditor, Verb::MarkSee),
    any(Role::Lead, Verb::MarkLift),
];
