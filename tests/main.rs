//! Tests of the whole program.

mod web;
