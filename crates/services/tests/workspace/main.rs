//! The workspace over a real store, on SQLite and on PostgreSQL: a review by many people at once.
//!
//! PostgreSQL is taken from `PROBITY_TEST_POSTGRES`; each test works there as an organisation of its own.
//! Without the URL those tests pass trivially, unless `PROBITY_REQUIRE_POSTGRES` is set.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failed expectation fails the test")]

mod by_hand;
mod going_on;
mod grow;
mod locked;
mod pages;
mod queue;
mod second;
mod setting;
mod sign_off;

macro_rules! on_both {
    ($($module:ident :: $name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[test] fn $name() { crate::$module::$name(&crate::setting::Setting::sqlite()); })*
        }
        mod on_postgres {
            $(#[test] fn $name() {
                if let Some(setting) = crate::setting::Setting::postgres() {
                    crate::$module::$name(&setting);
                }
            })*
        }
    };
}

on_both! {
    by_hand::a_search_by_hand_stands_in_the_reply_and_holds_the_review_open,
    by_hand::what_is_found_by_hand_joins_the_review_and_outlives_a_new_search,
    by_hand::a_searcher_sees_the_task_and_nothing_of_the_request,
    going_on::a_killed_search_goes_on_and_the_same_again_reads_nothing,
    going_on::a_search_that_failed_goes_on_and_its_notes_end_with_the_request,
    going_on::a_search_that_ends_its_worker_each_time_is_given_up,
    grow::a_confirmed_address_joins_the_identity_and_the_next_search,
    locked::a_new_search_keeps_what_a_password_opened,
    locked::what_opens_and_cannot_be_read_stays_listed,
    locked::two_people_who_give_passwords_at_once_make_one_job,
    locked::passwords_that_end_their_worker_each_time_are_given_up,
    locked::passwords_are_kept_nowhere_and_only_for_whoever_works_on_it,
    locked::what_a_password_opens_joins_the_review_and_the_rest_stays_listed,
    pages::a_photograph_goes_out_as_a_person_saw_it,
    pages::pages_of_a_file_that_changed_do_not_go_out,
    pages::whoever_sends_a_reply_knows_what_goes_out_as_text,
    pages::what_is_withheld_in_a_message_is_burnt_out_of_a_photograph,
    queue::words_decided_everywhere_are_counted_first,
    queue::a_bulk_act_is_shown_first_and_undone_in_one_go,
    queue::a_lease_ends_by_itself_and_can_be_taken_over,
    queue::an_item_that_somebody_has_open_is_theirs,
    queue::filters_and_counts_agree,
    queue::the_last_decision_is_undone_step_by_step,
    queue::twenty_reviewers_lose_nothing_and_do_nothing_twice,
    second::a_decision_after_the_second_look_asks_for_another,
    second::a_new_search_keeps_the_decisions_about_what_is_unchanged,
    second::notes_go_with_the_person,
    second::the_review_waits_for_the_second_person,
    sign_off::a_case_goes_only_to_somebody_who_had_the_training,
    sign_off::an_account_signs_the_duties_of_the_roles_it_holds,
    sign_off::everything_disclosed_and_withheld_is_kept_with_the_closed_case,
    sign_off::the_reply_is_signed_off_in_the_role_that_the_policy_names,
}
