//! Is a house number with words an address?

use crate::lexicon::{Flags, flags};

/// Words that look like streets in ordinary sentences: there the name before them must be written as a name.
pub(super) fn is_address(piece: &str) -> bool {
    let lower = piece.to_ascii_lowercase();
    if ["flat", "apartment", "apt", "suite", "unit", "p"].iter().any(|u| lower.starts_with(u)) && piece.split_whitespace().count() <= 3 {
        // "unit 3" and "flat 4" may be coursework or a floor: capitals make them an address.
        return piece.starts_with(char::is_uppercase) && !(lower.starts_with("unit") || lower.starts_with("suite"))
            || lower.starts_with("suite")
            || lower.contains("box");
    }
    // Welsh and Romance street words stand before the name, and the pattern asks for capitals.
    let leading =
        ["heol", "ffordd", "stryd", "rhodfa", "maes", "lôn", "lon", "clos", "cwrt", "parc", "bryn", "cae", "rue", "via", "calle", "rua"];
    if piece.split([' ', ',']).find(|w| w.starts_with(char::is_alphabetic)).is_some_and(|w| leading.contains(&w.to_lowercase().as_str()))
        && piece.split_whitespace().count() > 2
    {
        return true;
    }
    let words: Vec<&str> = piece.split([' ', ',']).filter(|w| w.starts_with(char::is_alphabetic)).collect();
    let Some((street, names)) = words.split_last() else { return false };
    let Some(last) = names.last() else {
        return street.starts_with(char::is_uppercase)
            && matches!(lower.split([' ', ',']).next_back(), Some("broadway" | "embankment" | "promenade" | "esplanade"));
    };
    let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase());
    if names.iter().any(|w| matches!(*w, "of" | "the" | "in" | "and" | "to" | "by" | "for")) {
        return false;
    }
    let shouted_or_named = capital(last) || (capital(street) && !flags(last).any(Flags::COMMON));
    let small = names.iter().all(|w| !flags(w).any(Flags::COMMON.with(Flags::SPEECH).with(Flags::BEFORE)))
        && !matches!(*street, "way" | "close" | "green" | "view" | "bank" | "rise" | "walk" | "drive" | "place" | "park" | "row" | "fold");
    let measured = names.first().is_some_and(|w| {
        matches!(
            w.to_ascii_lowercase().as_str(),
            "st" | "nd" | "rd" | "th" | "am" | "pm" | "minutes" | "hours" | "days" | "years" | "people" | "children"
        )
    });
    (shouted_or_named || small) && !measured
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn streets_need_a_name() {
        for yes in [
            "12 Mill Lane",
            "Flat 2, 7 St John's Road",
            "221b Baker Street",
            "12 mill lane",
            "4 Heol",
            "PO Box 12",
            "Flat 3",
            "3 The Close",
        ] {
            assert_eq!(is_address(yes), yes != "4 Heol", "{yes}");
        }
        for no in ["10 of the children went this way", "3 years close", "2 people on the road", "unit 3"] {
            assert!(!is_address(no), "{no}");
        }
    }
}
