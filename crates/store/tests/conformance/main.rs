//! The conformance suite: every test runs on SQLite and on PostgreSQL.
//!
//! PostgreSQL is taken from `PROBITY_TEST_POSTGRES`, the URL of a superuser. Each test gets a
//! database of its own and works in it as a role without privileges. Without the URL these
//! tests pass trivially, unless `PROBITY_REQUIRE_POSTGRES` is set.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failed expectation fails the test")]
#![expect(clippy::redundant_closure_for_method_calls, reason = "every transaction in a test reads the same")]
#![expect(unreachable_pub, reason = "the macro below calls the tests by their path")]

mod access;
mod blobs;
mod erasure;
mod evidence;
mod lists;
mod outbox;
mod place;
mod recovery;
mod saving;
mod schema;
mod tamper;
mod work;

macro_rules! conformance {
    ($($module:ident :: $name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[test] fn $name() { crate::$module::$name(&crate::place::Place::sqlite()); })*
        }
        mod on_postgres {
            $(#[test] fn $name() {
                if let Some(place) = crate::place::Place::postgres() {
                    crate::$module::$name(&place);
                }
            })*
        }
    };
}

conformance! {
    access::a_one_time_token_works_once_and_in_time,
    access::a_pass_is_bound_spent_and_ended,
    access::failures_are_counted_and_forgotten,
    access::a_window_begins_with_the_first_and_the_work_is_always_the_same,
    access::people_are_found_by_address_and_their_secrets_are_sealed,
    access::sessions_begin_expire_and_end,
    access::settings_are_sealed_and_logged,
    blobs::a_large_file_streams_through_and_its_seal_holds,
    blobs::a_rolled_back_file_leaves_nothing,
    blobs::files_go_with_their_record,
    erasure::an_erased_record_reads_as_erased_and_cannot_be_saved,
    erasure::an_erased_subject_is_gone_everywhere_and_the_log_still_verifies,
    erasure::an_interrupted_erasure_is_finished_on_open,
    erasure::an_older_backup_does_not_bring_an_erased_subject_back,
    erasure::no_canary_stands_in_any_file,
    evidence::an_alert_is_given_once_by_eight_workers,
    evidence::an_older_database_is_counted_when_it_is_opened,
    evidence::log_entries_are_counted_by_day_kind_and_verb,
    evidence::tallies_follow_the_clocks_and_can_be_rebuilt,
    evidence::the_records_behind_a_tally_page_without_gaps,
    lists::counts_follow_the_states,
    lists::due_comes_overdue_first_and_pages_without_gaps,
    lists::pages_meet_the_model_in_every_order,
    lists::people_are_found_by_words_and_beginnings,
    outbox::a_message_is_taken_once_and_its_sender_is_forgotten_with_the_subject,
    outbox::a_bounce_comes_after_the_sending_and_stands_in_the_log,
    outbox::an_unknown_mail_stays_until_somebody_says_what_became_of_it,
    outbox::what_was_left_in_a_mailbox_is_counted_and_struck_off,
    outbox::a_dead_workers_mail_goes_to_another_in_doubt,
    outbox::a_forged_or_removed_mail_is_found,
    outbox::a_mail_to_an_erased_subject_has_nothing_left,
    outbox::each_mail_is_claimed_once_by_eight_workers,
    outbox::one_key_queues_one_mail_whoever_races,
    recovery::a_rollback_is_seen_against_a_saved_checkpoint,
    recovery::another_key_folder_is_refused,
    recovery::eight_writers_lose_nothing,
    recovery::every_size_of_the_log_can_be_proved,
    saving::a_conflict_tells_both_versions_and_writes_nothing,
    saving::a_failed_command_leaves_nothing,
    saving::a_reference_is_unique_within_its_kind,
    saving::a_sealed_body_opens_only_in_its_place,
    saving::a_swallowed_failure_is_not_committed,
    saving::every_save_is_a_leaf_as_documented,
    saving::records_round_trip_with_their_personal_values,
    saving::repeated_requests_do_a_thing_once,
    saving::sequences_have_no_gaps,
    saving::unlogged_changes_are_refused,
    schema::a_changed_migration_is_refused,
    schema::every_statement_prepares,
    schema::the_log_is_append_only,
    schema::rows_of_another_organisation_are_out_of_sight,
    tamper::a_forged_head_is_found,
    tamper::any_changed_byte_of_a_version_or_entry_is_found,
    tamper::forged_accounts_settings_files_and_keys_are_found,
    tamper::removed_swapped_and_added_rows_are_found,
    tamper::what_another_key_signed_is_refused,
    work::a_dead_workers_job_goes_to_another,
    work::claims_are_leases_and_the_queue_goes_past_them,
    work::decisions_can_be_undone_and_counted,
    work::decisions_of_two_reviewers_conflict,
    work::each_job_is_claimed_once_by_eight_workers,
    work::progress_is_kept,
    work::notes_are_sealed_to_the_subject,
    work::open_words_are_believed_at_their_version_alone_and_go_with_the_review,
    work::what_could_not_be_read_changes_and_goes_at_its_version_alone,
    work::what_a_search_notes_is_sealed_and_goes_with_the_subject,
    work::review_items_page_and_filter,
}
