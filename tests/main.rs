//! The program as others use it: the real binary, from outside.

mod bad_input;
mod deadline;
mod kill;
mod sar;
mod support;
mod verify;
#[cfg(test)]
mod web;
