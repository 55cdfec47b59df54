//! The pages, one file each: what it shows, its samples, its handlers.

pub(crate) mod account;
pub(crate) mod complaints;
pub(crate) mod disclosures;
pub(crate) mod documents;
pub(crate) mod duties;
pub(crate) mod form_page;
pub(crate) mod inbox;
pub(crate) mod item;
mod line;
pub(crate) mod log;
pub(crate) mod marks;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod portal_desk;
pub(crate) mod postings;
pub(crate) mod problem;
pub(crate) mod progress;
pub(crate) mod queue;
pub(crate) mod release;
pub(crate) mod request;
pub(crate) mod requests;
pub(crate) mod review;
pub(crate) mod searches;
pub(crate) mod set_up;
pub(crate) mod sign_in;
pub(crate) mod text;
pub(crate) mod today;
