//! The readers on material made up here: invented people, invented faults.

mod archives;
mod carried;
mod hostile;
mod limits;
mod mail;
pub(crate) mod make;
mod office;
mod old_office;
mod outlook;
mod pdf;
mod spoilt;
mod workbook_97;
