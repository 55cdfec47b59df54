//! Invented streets, towns and postcodes, and telephone numbers kept for drama.

use crate::rng::Rng;

const STREETS: &[&str] = &[
    "Larkspur",
    "Millrace",
    "Chapel",
    "Quarry",
    "Foundry",
    "Orchard",
    "Tenter",
    "Canal",
    "Beech",
    "Harrier",
    "Jubilee",
    "Saddler",
    "Nelson",
    "Windmill",
    "Abbey",
    "Cooper",
    "Primrose",
    "Ropewalk",
    "Albion",
    "Fleece",
    "Kestrel",
    "Station",
    "Brickfield",
    "Mulberry",
    "Vicarage",
];
const KINDS: &[&str] = &["Road", "Street", "Lane", "Close", "Avenue", "Court", "Drive", "Terrace", "Gardens", "Crescent", "Way", "Grove"];
const TOWNS: &[(&str, &str)] = &[
    ("Wexmoor", "LN37"),
    ("Aldersby", "LN38"),
    ("Thornholme", "YO93"),
    ("Castlebeck", "HX57"),
    ("Marlow Green", "DL47"),
    ("Penhallow", "TR97"),
    ("Brackenford", "SY73"),
    ("Eastry Bridge", "CT67"),
    ("Glenaird", "KA47"),
    ("Llanfaes", "SA87"),
];
/// The inward part of a postcode has none of C I K M O V.
const INWARD: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";
const HOSTS: &[&str] =
    &["postbox.example", "mailhaven.example", "hearthmail.example", "inboxly.example", "brightpost.example", "letterbox.example"];

/// A house, a street, a town, a postcode.
pub(super) fn address(rng: &mut Rng) -> (String, String, String) {
    let street = format!("{} {} {}", rng.between(1, 189), rng.pick::<str>(STREETS), rng.pick::<str>(KINDS));
    let (town, outward) = *rng.pick::<(&str, &str)>(TOWNS);
    let postcode = format!("{outward} {}{}", rng.between(1, 9), rng.letters(INWARD, 2));
    (street, town.to_owned(), postcode)
}

/// A mobile number, 07700 900000 to 900999, written one of three ways.
pub(super) fn mobile(rng: &mut Rng) -> String {
    let last = rng.digits(3);
    match rng.below(4) {
        0 => format!("07700900{last}"),
        1 => format!("+44 7700 900{last}"),
        _ => format!("07700 900{last}"),
    }
}

/// A landline number out of a drama range.
pub(super) fn landline(rng: &mut Rng) -> String {
    let last = rng.digits(3);
    match rng.below(4) {
        0 => format!("0161 496 0{last}"),
        1 => format!("020 7946 0{last}"),
        2 => format!("(01632) 960{last}"),
        _ => format!("01632 960{last}"),
    }
}

/// An e-mail address at an invented provider.
pub(super) fn email(rng: &mut Rng, given: &str, surname: &str) -> String {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let (given, surname) = (plain(given), plain(surname));
    let host = rng.pick::<str>(HOSTS);
    match rng.below(4) {
        0 => format!("{given}{surname}{}@{host}", rng.between(1, 99)),
        1 => format!("{}.{surname}@{host}", given.get(..1).unwrap_or("x")),
        2 => format!("{given}_{surname}@{host}"),
        _ => format!("{given}.{surname}@{host}"),
    }
}
