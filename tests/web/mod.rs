//! The pages over a real store: permissions, headers, and the whole journey of a request
//! by plain HTTP, as a browser without JavaScript would make it.

mod account;
mod asking;
mod browser;
mod complaints;
mod headers;
mod inbox;
mod journey;
mod letters;
mod locked;
mod matrix;
mod policy;
mod portal;
mod postings;
mod review;
mod rights;
mod setting;
