//! The program as others use it: the real binary, from outside.

// Marked as tests so that the lints know them as such.
#[cfg(test)]
mod authoring;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod deadline;
#[cfg(test)]
mod detect;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod going_on;
#[cfg(test)]
mod howto;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod life;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod recall;
#[cfg(test)]
mod redact;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod sar;
#[cfg(test)]
mod show;
#[cfg(test)]
mod sixth;
#[cfg(test)]
mod support;
#[cfg(test)]
mod verify;
#[cfg(test)]
mod web;
