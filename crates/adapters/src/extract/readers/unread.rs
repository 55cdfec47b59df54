//! Kinds that hold no text a machine reads here. Each says in plain words what it is.

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

says! {
    sound "a sound recording; it must be listened to by a person";
    video "a video; it must be looked at by a person";
    store "an Outlook data file inside another item; put it into a place to search by itself";
    signature "a digital signature";
    encrypted "is encrypted";
    program "a program";
}
