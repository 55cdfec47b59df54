//! Complaints: the register, recording one, one complaint with its dates, what can be done.

pub(crate) mod acts;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod one;
pub(crate) mod step;
