//! What the decisions about one item mean for the pictures of the others.
//!
//! In a text every place is marked and decided. In a picture words are known by their letters alone, without the sentence that tells a
//! person from an everyday word: so only what nobody writes by chance is taken out of it by itself, and a person is told of the rest.

use std::collections::{BTreeMap, BTreeSet};

use super::words::Words;
use crate::detect::Kind;
use crate::fold::{fold, squash};
use crate::identity::PersonName;
use crate::lexicon::{Flags, flags};

/// How surely a string means the same wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    /// It may be something else as well: a surname alone, a date of birth.
    Perhaps,
    /// Nobody writes it by chance: a whole name, an e-mail address, a long number.
    Surely,
}

/// Strings that are withheld somewhere in a pack, for the pictures in all of it.
#[derive(Debug, Default)]
pub struct Elsewhere {
    burn: Vec<String>,
    tell: Vec<String>,
    spare: Vec<String>,
    burnt: Words,
    told: Words,
}

impl Elsewhere {
    /// From what was decided: kind, words, and whether they are withheld. Of what is shown in another place a person is told; whatever stands
    /// in one of the person's `own` names, addresses and numbers is left alone.
    pub fn of<'t>(decided: impl IntoIterator<Item = (Kind, &'t str, bool)>, own: Vec<String>) -> Self {
        let mut withheld: BTreeMap<String, (Meaning, Kind, String)> = BTreeMap::new();
        let mut shown: BTreeMap<String, String> = BTreeMap::new();
        for (kind, text, gone) in decided {
            let core = without_title(text);
            if !gone {
                shown.entry(squash(core)).or_insert_with(|| core.to_owned());
            } else if let Some(meaning) = meaning(kind, core) {
                let known = withheld.entry(squash(core)).or_insert_with(|| (meaning, kind, core.to_owned()));
                known.0 = known.0.max(meaning);
            }
        }
        let shown_words: BTreeSet<String> = shown.values().flat_map(|text| words(text)).collect();
        withheld.retain(|squashed, _| !shown_words.contains(squashed));
        let shown_forms: BTreeSet<String> = shown.values().flat_map(|text| turned(text)).map(|form| squash(&form)).collect();
        let is_shown = |squashed: &str| shown.contains_key(squashed) || shown_forms.contains(squashed);
        let mut all = Self::default();
        for (squashed, (meaning, kind, text)) in &withheld {
            let forms: Vec<String> = if *kind == Kind::Person { turned(text) } else { Vec::new() };
            let forms: Vec<&String> =
                std::iter::once(text).chain(forms.iter().filter(|form| !withheld.contains_key(&squash(form)))).collect();
            let found = Words::new(&forms, false);
            if own.iter().any(|text| !found.places(text).is_empty()) {
                continue;
            }
            let to = if *meaning == Meaning::Surely && !is_shown(squashed) { &mut all.burn } else { &mut all.tell };
            to.extend(forms.into_iter().cloned());
        }
        all.burnt = Words::new(&all.burn, false);
        all.told = Words::new(&all.tell, false);
        all.spare = own.into_iter().chain(shown.into_values()).filter(|text| !text.trim().is_empty()).collect();
        all
    }

    /// For the pictures of an item with this text: what is taken out of them, and what a person is told of. A string that stands in the text
    /// and is not `withheld` (first byte, one past the last) at each place there was decided about; so was one of `strings`.
    pub fn for_item(&self, text: &str, withheld: &dyn Fn(usize, usize) -> bool, strings: &[String]) -> (Vec<String>, Vec<String>) {
        let decided: BTreeSet<String> = strings.iter().map(|string| squash(without_title(string))).collect();
        // In whichever order a name stands there, it was decided about in all of them.
        let named = |all: &[String], met: BTreeSet<usize>| -> BTreeSet<String> {
            let met: Vec<&String> = met.into_iter().filter_map(|index| all.get(index)).collect();
            met.iter().flat_map(|name| turned(name)).chain(met.iter().map(|name| (*name).clone())).map(|form| squash(&form)).collect()
        };
        let open = self.burnt.places(text).into_iter().filter(|place| !withheld(place.start, place.end)).map(|place| place.word).collect();
        let open = named(&self.burn, open);
        let met = named(&self.tell, self.told.places(text).into_iter().map(|place| place.word).collect());
        let left = |all: &[String], but: &BTreeSet<String>| {
            let squashed = all.iter().map(|string| (squash(string), string));
            let left = squashed.filter(|(squashed, _)| !but.contains(squashed) && !decided.contains(squashed));
            left.map(|(_, string)| string.clone()).collect()
        };
        (left(&self.burn, &open), left(&self.tell, &met))
    }

    /// What must not be taken for a misread form of something else: the person's own, and what is shown on purpose.
    pub fn spare(&self) -> &[String] {
        &self.spare
    }
}

/// The text without titles at its beginning.
fn without_title(text: &str) -> &str {
    let mut rest = text.trim();
    while let Some((first, behind)) = rest.split_once(char::is_whitespace) {
        if !flags(fold(first).trim_end_matches('.')).any(Flags::TITLE) {
            break;
        }
        rest = behind.trim_start();
    }
    rest
}

/// The other orders in which the same name is written: `Tyler, Rose` for Rose Tyler, and without what stands between.
fn turned(name: &str) -> Vec<String> {
    let surname = PersonName::parse(name).and_then(|parsed| Some(parsed.surname()?.split_whitespace().count()));
    let Some(long) = surname else { return Vec::new() };
    let (given, family) = if let Some((family, given)) = name.split_once(',') {
        (given.split_whitespace().collect::<Vec<_>>(), family.split_whitespace().collect::<Vec<_>>())
    } else {
        let mut given: Vec<&str> = name.split_whitespace().collect();
        let family = given.split_off(given.len().saturating_sub(long));
        (given, family)
    };
    let Some((first, between)) = given.split_first().filter(|(first, _)| first.chars().filter(|c| c.is_alphabetic()).count() > 1) else {
        return Vec::new();
    };
    let (given, family) = (given.join(" "), family.join(" "));
    if family.is_empty() {
        return Vec::new();
    }
    let mut forms = vec![format!("{family}, {given}"), format!("{given} {family}")];
    if !between.is_empty() {
        forms.extend([format!("{family}, {first}"), format!("{first} {family}")]);
    }
    let written = squash(name);
    forms.retain(|form| squash(form) != written);
    forms
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Nothing for what many people write about many things.
fn meaning(kind: Kind, text: &str) -> Option<Meaning> {
    let squashed = squash(text);
    let (letters, digits) = (squashed.chars().count(), squashed.chars().filter(char::is_ascii_digit).count());
    let words = words(text);
    let spelt = |word: &&String| word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    let several = words.iter().filter(spelt).count() > 1;
    let is_no = |word: &String, class: Flags| word.chars().count() > 2 && !flags(word).any(class);
    let rare = words.iter().filter(spelt).any(|word| is_no(word, Flags::COMMON.with(Flags::NOUN)));
    // `Jack Cooper`: an everyday word each, which nobody writes side by side.
    let pair = several && words.iter().filter(spelt).all(|word| is_no(word, Flags::COMMON));
    let surely = |is: bool| if is { Meaning::Surely } else { Meaning::Perhaps };
    match kind {
        _ if text.contains('@') && letters >= 6 => Some(Meaning::Surely),
        Kind::Person => (several || rare).then_some(surely((several && rare || pair) && letters >= 6)),
        Kind::Address => (words.len() > 1 && rare).then_some(surely(words.len() > 2 && letters >= 10)),
        Kind::Organisation | Kind::Place => (several && rare).then_some(Meaning::Perhaps),
        Kind::Url | Kind::Handle => (letters >= 8).then_some(Meaning::Perhaps),
        Kind::DateOfBirth | Kind::Postcode | Kind::Vehicle | Kind::SortCode | Kind::Ip => {
            (letters >= 5 && digits >= 2).then_some(Meaning::Perhaps)
        }
        Kind::Phone
        | Kind::NationalInsurance
        | Kind::NhsNumber
        | Kind::Passport
        | Kind::DrivingLicence
        | Kind::AccountNumber
        | Kind::Iban
        | Kind::Card
        | Kind::Reference => (letters >= 5 && digits >= 2).then_some(surely(letters >= 7 && digits >= 6)),
        Kind::Date
        | Kind::Email
        | Kind::Age
        | Kind::Amount
        | Kind::Occupation
        | Kind::Title
        | Kind::Row
        | Kind::Sentence
        | Kind::Passage
        | Kind::Special => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(decided: &[(Kind, &'static str)], own: &[&str]) -> (Vec<String>, Vec<String>) {
        let own = own.iter().map(|text| (*text).to_owned()).collect();
        let all = Elsewhere::of(decided.iter().map(|(kind, text)| (*kind, *text, true)), own);
        (all.burn, all.tell)
    }

    #[test]
    fn what_nobody_writes_by_chance_is_taken_out() {
        for (kind, text, core) in [
            (Kind::Person, "Jack Cooper", "Jack Cooper"),
            (Kind::Person, "Mrs Leopold Ashdown-Weir", "Leopold Ashdown-Weir"),
            (Kind::Person, "Ann Lee", "Ann Lee"),
            (Kind::Person, "Ashdown-Weir", "Ashdown-Weir"),
            (Kind::Email, "jo@mail.example", "jo@mail.example"),
            (Kind::Person, "jo@mail.example", "jo@mail.example"),
            (Kind::Phone, "07700 900123", "07700 900123"),
            (Kind::NationalInsurance, "QQ 12 34 56 C", "QQ 12 34 56 C"),
            (Kind::Address, "14 Larkspur Close", "14 Larkspur Close"),
        ] {
            let (burnt, told) = of(&[(kind, text)], &[]);
            assert_eq!((burnt.first().map(String::as_str), told), (Some(core), Vec::new()), "{text}");
        }
    }

    #[test]
    fn a_name_is_taken_out_in_its_other_order_too() {
        for (name, forms) in [
            ("Mrs Rose Thistlethwayte", vec!["Rose Thistlethwayte", "Thistlethwayte, Rose"]),
            ("Thistlethwayte, Rose", vec!["Thistlethwayte, Rose", "Rose Thistlethwayte"]),
            (
                "Rose Ann Thistlethwayte",
                vec!["Rose Ann Thistlethwayte", "Thistlethwayte, Rose Ann", "Thistlethwayte, Rose", "Rose Thistlethwayte"],
            ),
            ("Leopold van der Quill", vec!["Leopold van der Quill", "van der Quill, Leopold"]),
            ("R. Quillfeather-Ashe", vec!["R. Quillfeather-Ashe"]),
        ] {
            let (burnt, told) = of(&[(Kind::Person, name)], &[]);
            assert_eq!([burnt, told].concat(), forms, "{name}");
        }
        assert_eq!(of(&[(Kind::Person, "Rose Tyler")], &[]).1, ["Rose Tyler", "Tyler, Rose"]);
        assert_eq!(of(&[(Kind::Person, "Thistlethwayte, Rose")], &["Rose Thistlethwayte"]), (Vec::new(), Vec::new()));
        let shown = [(Kind::Person, "Rose Thistlethwayte", false), (Kind::Person, "Thistlethwayte, Rose", true)];
        assert_eq!(Elsewhere::of(shown, Vec::new()).burn, Vec::<String>::new());
    }

    #[test]
    fn of_what_may_be_something_else_a_person_is_told() {
        for (kind, text) in [
            (Kind::Person, "Quillfeather"),
            (Kind::Person, "Mark May"),
            (Kind::Person, "Rose Tyler"),
            (Kind::Person, "T. Quillfeather"),
            (Kind::DateOfBirth, "12/03/1987"),
            (Kind::Postcode, "SW1A 1AA"),
            (Kind::Place, "Larkspur Grange"),
        ] {
            let (burnt, told) = of(&[(kind, text)], &[]);
            assert_eq!((burnt.len(), told.first().map(String::as_str)), (0, Some(text)), "{burnt:?}");
        }
    }

    #[test]
    fn everyday_words_are_left_alone() {
        for (kind, text) in [
            (Kind::Person, "Mark"),
            (Kind::Person, "May"),
            (Kind::Person, "Hope"),
            (Kind::Person, "Mr May"),
            (Kind::Person, "A."),
            (Kind::Special, "on sick leave with a broken leg"),
            (Kind::Row, "Rose Tyler"),
            (Kind::Date, "12 March 2026"),
            (Kind::Age, "42"),
            (Kind::Amount, "1,234,567.00"),
            (Kind::Address, "Flat 2"),
            (Kind::Reference, "12"),
        ] {
            assert_eq!(of(&[(kind, text)], &[]), (Vec::new(), Vec::new()), "{text}");
        }
    }

    #[test]
    fn the_person_and_whoever_is_shown_are_spared() {
        let own = ["Amelia Rose Tyler", "amelia@mail.example"];
        let decided =
            [(Kind::Person, "Rose Tyler"), (Kind::Person, "Tyler"), (Kind::Email, "amelia@mail.example"), (Kind::Person, "Ann Lee")];
        assert_eq!(of(&decided, &own).0, ["Ann Lee", "Lee, Ann"]);
        let shown =
            [(Kind::Person, "Sam Quillfeather", false), (Kind::Person, "Quillfeather", true), (Kind::Person, "Sam QUILLFEATHER", true)];
        let all = Elsewhere::of(shown, vec![String::new(), "Amelia Hart".to_owned()]);
        assert_eq!((all.burn.len(), all.tell.first().map(String::as_str)), (0, Some("Sam QUILLFEATHER")));
        assert_eq!(all.spare(), ["Amelia Hart", "Sam Quillfeather"]);
    }

    #[test]
    fn what_was_decided_about_in_the_item_itself_stays_so() {
        let decided = [
            (Kind::Person, "Rose Thistlethwayte", true),
            (Kind::Person, "Ann Lee", true),
            (Kind::Person, "Mr Ben Carter", true),
            (Kind::Person, "Quillfeather", true),
            (Kind::Person, "Oyelaran", true),
        ];
        let all = Elsewhere::of(decided, Vec::new());
        let text = "rose thistlethwayte and Ann Lee met Oyelaran.";
        let only_rose = |start: usize, end: usize| start == 0 && end == 19;
        let (burn, tell) = all.for_item(text, &only_rose, &["Ben Carter".to_owned()]);
        assert_eq!(burn, ["Carter, Ben", "Rose Thistlethwayte", "Thistlethwayte, Rose"]);
        assert_eq!(tell, ["Quillfeather"]);
    }

    proptest! {
        #[test]
        fn nothing_of_the_persons_own_is_taken_out(
            given in "[A-Z][a-z]{2,7}", middle in "[A-Z][a-z]{2,7}", family in "[A-Z][a-z]{2,9}", from in 0_usize..3, long in 1_usize..4,
        ) {
            let own = format!("{given} {middle} {family}");
            let parts = [given.as_str(), &middle, &family];
            let part = parts.iter().skip(from).take(long).copied().collect::<Vec<_>>().join(" ");
            let all = Elsewhere::of([(Kind::Person, part.as_str(), true)], vec![own]);
            prop_assert!(all.burn.is_empty() && all.tell.is_empty(), "{:?} {:?}", all.burn, all.tell);
        }

        #[test]
        fn everyday_words_are_never_taken_out(words in prop::collection::vec(prop::sample::select(vec!["mark", "may", "hope", "will", "can", "the", "long"]), 1..4)) {
            let text = words.join(" ");
            for kind in Kind::ALL {
                prop_assert!(Elsewhere::of([(kind, text.as_str(), true)], Vec::new()).burn.is_empty());
            }
        }

        #[test]
        fn a_whole_name_is_taken_out_wherever_it_is_not_shown(name in "[A-Z][a-z]{2,6} Quill[a-z]{3,7}", text in "[ -~]{0,40}") {
            let all = Elsewhere::of([(Kind::Person, name.as_str(), true)], Vec::new());
            let (burn, _) = all.for_item(&text, &|_, _| false, &[]);
            let titled = flags(&fold(name.split(' ').next().unwrap())).any(Flags::TITLE);
            prop_assert!(titled || burn.contains(&name) || Words::new(&[&name], false).places(&text).len() == 1);
        }
    }
}
