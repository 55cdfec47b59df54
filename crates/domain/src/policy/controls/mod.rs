//! The controls: what carries a clause out, one file each, and [`CONTROLS`], the one list.
//!
//! A control is *enforced* when the program itself refuses or computes, *evidenced* when a
//! record or a task with a date shows it, *attested* when a named role signs it at an
//! interval. A control that is not built yet is *planned*: it says what it waits for and is
//! never counted as working.

mod access_by_role;
mod access_grants;
mod access_log;
mod accessible_formats;
mod account_security;
mod accuracy_log;
mod asset_register;
mod attest_conduct;
mod attest_devices;
mod attest_it_security;
mod attest_practice;
mod attest_premises;
mod attest_responsibility;
mod attest_statement;
mod attest_third_parties;
mod board_report;
mod breach_clock;
mod breach_register;
mod capacity_judgement;
mod casework_closure;
mod cctv_register;
mod child_plan_access;
mod clarification;
mod clause_map;
mod complaint_clock;
mod complaint_stages;
mod conflict_report;
mod consent_record;
mod contact_on_letters;
mod data_dictionary;
mod deadline_rule;
mod definition;
mod device_register;
mod disclosure_register;
mod disposal;
mod dpia_register;
mod enquiry_desk;
mod equality_returns;
mod event_task;
mod evidence_log;
mod exemption_tests;
mod extension;
mod fee_rule;
mod forms_register;
mod forward_clock;
mod identity_check;
mod incident_register;
mod joiner_leaver;
mod law_change_log;
mod lawful_basis;
mod leaver_block;
mod legal_hold;
mod marketing_suppression;
mod media_consent;
mod moved_mail_audit;
mod notice_board;
mod notice_serving;
mod officer_questions;
mod offsite_register;
mod organisation_profile;
mod other_rights;
mod periodic_review;
mod policy_version;
mod portal;
mod principles_map;
mod privacy_notice;
mod processing_record;
mod processor_register;
mod publication_register;
mod purpose_change;
mod read_and_sign;
mod refusal_letter;
mod registration_renewal;
mod reply_contents;
mod research_register;
mod retention_rules;
mod rights_clock;
mod rights_intake;
mod role_assignment;
mod routine_check;
mod screening_register;
mod sealed_storage;
mod search_and_review;
mod service_user_record;
mod sharing_agreements;
mod sign_off;
mod storage_register;
mod supervision_notes;
mod third_party_redaction;
mod training_interval;
mod training_register;
mod transfer_register;

mod model;

pub(super) use model::state_of;
pub use model::{Control, Evidence, State, control};

/// Every control there is.
pub const CONTROLS: &[Control] = &[
    definition::CONTROL,
    principles_map::CONTROL,
    organisation_profile::CONTROL,
    conflict_report::CONTROL,
    role_assignment::CONTROL,
    contact_on_letters::CONTROL,
    rights_intake::CONTROL,
    rights_clock::CONTROL,
    forward_clock::CONTROL,
    extension::CONTROL,
    refusal_letter::CONTROL,
    fee_rule::CONTROL,
    reply_contents::CONTROL,
    identity_check::CONTROL,
    capacity_judgement::CONTROL,
    clarification::CONTROL,
    search_and_review::CONTROL,
    third_party_redaction::CONTROL,
    sign_off::CONTROL,
    processing_record::CONTROL,
    lawful_basis::CONTROL,
    retention_rules::CONTROL,
    legal_hold::CONTROL,
    access_by_role::CONTROL,
    access_log::CONTROL,
    account_security::CONTROL,
    leaver_block::CONTROL,
    sealed_storage::CONTROL,
    evidence_log::CONTROL,
    complaint_clock::CONTROL,
    breach_clock::CONTROL,
    deadline_rule::CONTROL,
    policy_version::CONTROL,
    clause_map::CONTROL,
    read_and_sign::CONTROL,
    privacy_notice::CONTROL,
    accessible_formats::CONTROL,
    notice_board::CONTROL,
    board_report::CONTROL,
    periodic_review::CONTROL,
    training_interval::CONTROL,
    registration_renewal::CONTROL,
    event_task::CONTROL,
    routine_check::CONTROL,
    attest_conduct::CONTROL,
    attest_premises::CONTROL,
    attest_devices::CONTROL,
    attest_it_security::CONTROL,
    attest_third_parties::CONTROL,
    attest_responsibility::CONTROL,
    attest_statement::CONTROL,
    attest_practice::CONTROL,
    other_rights::CONTROL,
    exemption_tests::CONTROL,
    child_plan_access::CONTROL,
    portal::CONTROL,
    consent_record::CONTROL,
    forms_register::CONTROL,
    notice_serving::CONTROL,
    data_dictionary::CONTROL,
    accuracy_log::CONTROL,
    disclosure_register::CONTROL,
    enquiry_desk::CONTROL,
    sharing_agreements::CONTROL,
    processor_register::CONTROL,
    transfer_register::CONTROL,
    purpose_change::CONTROL,
    casework_closure::CONTROL,
    supervision_notes::CONTROL,
    moved_mail_audit::CONTROL,
    disposal::CONTROL,
    breach_register::CONTROL,
    complaint_stages::CONTROL,
    incident_register::CONTROL,
    officer_questions::CONTROL,
    access_grants::CONTROL,
    joiner_leaver::CONTROL,
    offsite_register::CONTROL,
    device_register::CONTROL,
    storage_register::CONTROL,
    asset_register::CONTROL,
    media_consent::CONTROL,
    publication_register::CONTROL,
    marketing_suppression::CONTROL,
    equality_returns::CONTROL,
    screening_register::CONTROL,
    dpia_register::CONTROL,
    cctv_register::CONTROL,
    training_register::CONTROL,
    service_user_record::CONTROL,
    research_register::CONTROL,
    law_change_log::CONTROL,
];

#[cfg(test)]
mod tests;
