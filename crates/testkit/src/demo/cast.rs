//! Who works at Greenbank Learning and who asks.

use crate::mime::Address;
use crate::office::Staff;

/// The general address.
pub(super) const OFFICE: (&str, &str) = ("Greenbank Learning", "office@greenbank.example");
/// The former learner.
pub(super) const KATE: (&str, &str) = ("Kate Adeyemi", "kate.adeyemi@postbox.example");
/// The address she had at school.
pub(super) const KATE_OLD: (&str, &str) = ("kat", "kat.makes06@mailhaven.example");

/// Key in the script, name, role.
const STAFF: &[(&str, &str, &str)] = &[
    ("maya", "Maya Thornbury", "Centre manager"),
    ("idris", "Idris Bellamy", "Youth worker, Young Makers"),
    ("sunita", "Sunita Rajan", "Designated safeguarding lead"),
    ("owen", "Owen Prys-Davies", "Learning mentor"),
    ("bola", "Bola Fashola", "Finance and funding officer"),
    ("hanneke", "Hanneke de Wit", "Volunteer coordinator"),
    ("ewa", "Ewa Kowalczyk", "Administrator"),
    ("callum", "Callum Reid", "Data protection lead"),
    ("farah", "Farah Siddiqui", "Tutor"),
    ("linh", "Linh Tran", "Sessional worker"),
    ("george", "George Appiah", "Chair of the directors"),
];

fn address(name: &str) -> String {
    format!("{}@greenbank.example", name.to_ascii_lowercase().replace(' ', ".").replace('-', ""))
}

/// Who a key or `Name <address>` of the script is.
pub(super) fn resolve(who: &str) -> Address {
    let owned = |(name, address): (&str, &str)| (name.to_owned(), address.to_owned());
    match who {
        "office" => owned(OFFICE),
        "kate" => owned(KATE),
        "kate-old" => owned(KATE_OLD),
        _ => STAFF.iter().find(|(key, _, _)| *key == who).map_or_else(
            || {
                let (name, address) = who.split_once(" <").unwrap_or(("", who));
                (name.to_owned(), address.trim_end_matches('>').to_owned())
            },
            |(_, name, _)| ((*name).to_owned(), address(name)),
        ),
    }
}

/// The organisation's people: name, e-mail address, role.
pub(super) fn directory() -> Vec<(String, String, String)> {
    team().into_iter().map(|staff| (staff.name, staff.email, staff.role)).collect()
}

/// The same for the everyday mail.
pub(super) fn team() -> Vec<Staff> {
    STAFF.iter().map(|(_, name, role)| Staff { name: (*name).to_owned(), email: address(name), role: (*role).to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_addresses_resolve() {
        assert_eq!(resolve("owen"), ("Owen Prys-Davies".into(), "owen.prysdavies@greenbank.example".into()));
        assert_eq!(resolve("Ada Obi <a@b.example>"), ("Ada Obi".into(), "a@b.example".into()));
    }
}
