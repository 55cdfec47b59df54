//! Given name and surname in one sentence that does not join them, and says that the second is a surname.

use std::ops::Range;

use crate::fold::fold;
use crate::lexicon::{Flags, flags};

/// Bytes between the two, at most.
const BETWEEN: usize = 60;
/// Bytes before and behind the surname in which it is said to be one.
const SIDE: usize = 24;
/// What is called by its family.
const FAMILY: [&str; 12] =
    ["family", "household", "file", "files", "folder", "case", "record", "records", "siblings", "children", "twins", "home"];
/// What leads from a surname to the given name, where no sign does.
const CALLED: [&str; 7] = ["go by", "goes by", "going by", "known as", "called", "first name", "given name"];

/// True for `Andrew of the Walker family`, `The Walker file: Andrew has left`, `Family Walker; child in question: Andrew`, `Surname is Walker
/// and they go by Andrew`.
pub(super) fn belong_together(text: &str, given: &Range<usize>, surname: &Range<usize>) -> bool {
    let before = text.get(text.ceil_char_boundary(surname.start.saturating_sub(SIDE))..surname.start).map(fold).unwrap_or_default();
    let behind = text.get(surname.end..text.floor_char_boundary(surname.end + SIDE)).map(fold).unwrap_or_default();
    let family = behind.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    let family = family.filter(|word| FAMILY.contains(word));
    if given.end <= surname.start {
        let between = text.get(given.end..surname.start).unwrap_or_default();
        return family.is_some() && [" of the ", " from the ", " in the "].contains(&between);
    }
    let Some(between) = text.get(surname.end..given.start).filter(|between| between.len() <= BETWEEN) else { return false };
    // The end of a sentence, a cell and a line part more than a colon does.
    if between.contains(['.', '!', '?', '|', '\t', '\n', '\r']) || names_another(between) {
        return false;
    }
    let said = before.ends_with("the ") && family.is_some()
        || ["family ", "surname ", "surname is ", "surname was ", "family name is ", "surname of "].iter().any(|cue| before.ends_with(cue));
    let folded = fold(between);
    said && (folded.contains([':', ';'])
        || [" - ", "\u{2013}", "\u{2014}"].iter().any(|dash| between.contains(dash))
        || CALLED.iter().any(|cue| folded.contains(cue)))
}

/// True when somebody else's name may stand in a text.
fn names_another(between: &str) -> bool {
    let mut words = between.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
    words.any(|word| word.starts_with(char::is_uppercase) && flags(word).any(Flags::GIVEN.with(Flags::SURNAME).with(Flags::TITLE)))
}

#[cfg(test)]
mod tests {
    use crate::identity::{Band, Identity, Matcher, band_of};

    fn band(text: &str) -> Option<Band> {
        let person = Identity { names: vec!["Andrew James Walker".into()], ..Identity::default() };
        band_of(&Matcher::new(&person).unwrap().find_text(text))
    }

    #[test]
    fn a_surname_that_is_said_to_be_one_belongs_to_the_given_name_beside() {
        for text in [
            "Andrew of the Walker family",
            "The Walker file: Andrew has now left us.",
            "the Walker case - Andrew rang",
            "Family Walker; child or adult in question: Andrew.",
            "Surname is Walker and they go by Andrew",
            "surname Walker, known as Andrew",
        ] {
            assert!(band(text) >= Some(Band::Likely), "{text}");
        }
        for text in [
            "Andrew met the Walker family",
            "Andrew rang. The Walker file is closed.",
            "The Walker file. Andrew has it.",
            "The Walker file went to Andrew",
            "The Walker family: Tom Carter and Andrew came",
        ] {
            assert!(band(text) < Some(Band::Likely), "{text}");
        }
    }
}
