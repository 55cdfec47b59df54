//! Use cases, one file a verb. Owns the ports.

pub mod ports;
