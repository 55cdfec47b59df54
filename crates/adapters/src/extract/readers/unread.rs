//! Kinds that hold no text a machine reads here, or none without a password. Each says in plain words what it is.

use crate::extract::locked;
use crate::extract::sniff::{Format, sniff};
use crate::extract::taking::{Item, Reason, Taking};

macro_rules! says {
    ($($name:ident $reason:literal;)+) => {
        $(
            #[doc = concat!("Says: ", $reason, ".")]
            pub(super) fn $name(_: &mut Taking<'_>, _: Item<'_>) -> Result<(), Reason> {
                Err($reason.into())
            }
        )+
    };
}

/// Reads a document under a password, when one opens it; of anything else encrypted says so.
pub(super) fn encrypted(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let plain = locked::open(item.name, item.bytes, &taking.limits.passwords)?;
    let plain = taking.unpack(item.bytes.len() as u64, plain.as_slice())?;
    if sniff(item.name, &plain) == Format::Encrypted {
        return Err("is encrypted twice".into());
    }
    taking.read(Item { name: item.name, bytes: &plain });
    Ok(())
}

says! {
    video "a video; it must be looked at by a person";
    signature "a digital signature";
    program "a program";
}
