//! The workspace over a real store, on SQLite and on PostgreSQL: a review by many people at once.
//!
//! PostgreSQL is taken from `PROBITY_TEST_POSTGRES`; each test works there as an organisation of its own.
//! Without the URL those tests pass trivially, unless `PROBITY_REQUIRE_POSTGRES` is set.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failed expectation fails the test")]

mod queue;
mod second;
mod setting;

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
    queue::a_bulk_act_is_shown_first_and_undone_in_one_go,
    queue::a_lease_ends_by_itself_and_can_be_taken_over,
    queue::an_item_that_somebody_has_open_is_theirs,
    queue::filters_and_counts_agree,
    queue::the_last_decision_is_undone_step_by_step,
    queue::twenty_reviewers_lose_nothing_and_do_nothing_twice,
    second::a_decision_after_the_second_look_asks_for_another,
    second::notes_go_with_the_person,
    second::the_review_waits_for_the_second_person,
}
