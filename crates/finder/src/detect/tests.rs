//! The detector by example and by property.

use proptest::prelude::*;

use super::*;

fn found(text: &str, kind: Kind) -> Vec<&str> {
    Detector::new().detect(text).into_iter().filter(|f| f.kind == kind).map(|f| text.get(f.start..f.end).unwrap()).collect()
}

/// Searches look at a part of a text at a time; what lies across the end of one, or is longer, is found whole.
#[test]
fn what_stands_anywhere_in_a_long_text_is_found_whole() {
    let long = format!("https://a.example/{}", "b1".repeat(10_000));
    for word in ["amelia.hart@mail.example.org", "AB 12 34 56 C", long.as_str()] {
        for before in [0, 14_000, 14_320, 14_336, 16_370, 16_383, 16_384, 30_000, 32_767] {
            for filler in ["-", " ", "\u{e9} "] {
                let text = format!("{} {word} and more{}", filler.repeat(before / filler.len()), " .".repeat(20_000));
                let detector = Detector::without_names();
                let found: Vec<&str> = detector.detect(&text).iter().map(|f| text.get(f.start..f.end).unwrap()).collect();
                assert_eq!(found, [word], "{before} {filler}");
            }
        }
    }
}

/// The sums over the words of one sentence would overflow.
#[test]
fn a_sentence_without_end_is_looked_through() {
    for unit in ["<a>", "Tom|", "x;"] {
        let text = unit.repeat(140_000);
        assert!(Detector::new().detect(&text).iter().all(|f| text.get(f.start..f.end).is_some()));
    }
}

#[test]
fn identifiers_are_found() {
    for (kind, text, expected) in [
        (Kind::Email, "write to j.o'neil+x@mail.example.org.", vec!["j.o'neil+x@mail.example.org"]),
        (
            Kind::Phone,
            "ring 07700 900123 or (0113) 496 0000, or +44 20 7946 0000.",
            vec!["07700 900123", "(0113) 496 0000", "+44 20 7946 0000"],
        ),
        (Kind::Phone, "on 12/05/2024 07700900123", vec!["07700900123"]),
        (Kind::Postcode, "Leeds LS6 1AA and EC1A1BB", vec!["LS6 1AA", "EC1A1BB"]),
        (Kind::Address, "She lives at Flat 2, 7 St John's Road, Leeds", vec!["Flat 2, 7 St John's Road"]),
        (Kind::Address, "the rooms at 113 Orchard Court, HX57 2YW", vec!["113 Orchard Court"]),
        (Kind::Address, "call at 7 Park Lane today", vec!["7 Park Lane"]),
        (Kind::Address, "moved to 14 Church View Road in May", vec!["14 Church View Road"]),
        (Kind::Address, "at 14 Heol y Bont, Swansea", vec!["14 Heol y Bont"]),
        (Kind::NationalInsurance, "NI: AB 12 34 56 C", vec!["AB 12 34 56 C"]),
        (Kind::NhsNumber, "NHS number 943 476 5919", vec!["943 476 5919"]),
        (Kind::SortCode, "sort code 12-34-56 account 12345678", vec!["12-34-56"]),
        (Kind::AccountNumber, "sort code 12-34-56 account 12345678", vec!["12345678"]),
        (Kind::Iban, "IBAN GB82 WEST 1234 5698 7654 32", vec!["GB82 WEST 1234 5698 7654 32"]),
        (Kind::Card, "card 4111 1111 1111 1111 exp", vec!["4111 1111 1111 1111"]),
        (Kind::DateOfBirth, "DOB: 17/05/2013", vec!["17/05/2013"]),
        (Kind::DateOfBirth, "born on 17th May 2013", vec!["17th May 2013"]),
        (Kind::Date, "on 3 June 2024 and 2024-06-04", vec!["3 June 2024", "2024-06-04"]),
        (Kind::DrivingLicence, "licence MORGA657054SM9IJ", vec!["MORGA657054SM9IJ"]),
        (Kind::Passport, "passport number 123456789", vec!["123456789"]),
        (Kind::Vehicle, "her car AB51 ABC", vec!["AB51 ABC"]),
        (Kind::Ip, "from 192.0.2.17", vec!["192.0.2.17"]),
        (Kind::Url, "see https://a.example/b?c=d.", vec!["https://a.example/b?c=d"]),
        (Kind::Age, "a 14-year-old", vec!["14-year-old"]),
        (
            Kind::Organisation,
            "an action with the Warsaw Regional Court (Sąd Wojewódzki) in 1994",
            vec!["Warsaw Regional Court (Sąd Wojewódzki)"],
        ),
        (Kind::Title, "I saw Mr. Ben Carter, Prof. Dr Anna Weiss and the Mayor", vec!["Mr. ", "Prof. Dr "]),
        (Kind::Person, "I saw Mr. Ben Carter, Prof. Dr Anna Weiss and the Mayor", vec!["Ben Carter", "Anna Weiss"]),
        (Kind::Special, "has epilepsy", vec!["epilepsy"]),
        (Kind::Special, "a Polish national and a Catholic", vec!["Polish national", "Catholic"]),
        (Kind::Reference, "application (no. 22072/02), case no. AB-1234", vec!["22072/02", "AB-1234"]),
        (Kind::Reference, "order 07700 900123 by phone", vec![]),
        (Kind::Phone, "order 07700 900123 by phone", vec!["07700 900123"]),
        (Kind::Amount, "was paid EUR 5,443.70 and \u{a3}20", vec!["EUR 5,443.70", "\u{a3}20"]),
        (Kind::Date, "after three years, in 1994", vec!["three years", "1994"]),
    ] {
        assert_eq!(found(text, kind), expected, "{text}: {:?}", Detector::new().detect(text));
    }
}

#[test]
fn ordinary_numbers_are_left_alone() {
    for (kind, text) in [
        (Kind::Phone, "invoice 1234567 for 250.00"),
        (Kind::Card, "order 4111111111111112"),
        (Kind::NhsNumber, "ref 943 476 5918"),
        (Kind::Vehicle, "take the M25 and turn off"),
        (Kind::Postcode, "in 5 min at B1 2nd floor"),
        (Kind::Address, "10 of the children went this way"),
        (Kind::AccountNumber, "12345678 visitors came"),
        (Kind::SortCode, "12-05-13"),
    ] {
        assert_eq!(found(text, kind), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn people_are_found_in_office_mail() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        ("Hi Priya,\nThanks for calling.", vec!["Priya"]),
        ("Kind regards,\n\nGwenllian\nHead of Care", vec!["Gwenllian"]),
        ("Dear Mrs Okonkwo-Bright,", vec!["Okonkwo-Bright"]),
        ("Yesterday Tomasz Zielinski phoned about his son Kuba.", vec!["Tomasz Zielinski", "Kuba"]),
        ("She was seen by Dr. A. Qureshi at the clinic.", vec!["A. Qureshi"]),
        ("I spoke to J. P. O'Connell about it", vec!["J. P. O'Connell"]),
        ("her mother Sian came in", vec!["Sian"]),
        ("According to Bethan's teacher all is well", vec!["Bethan"]),
        ("On Tue, 3 June 2024 at 10:11, Rhodri ap Gwilym wrote:", vec!["Rhodri ap Gwilym"]),
        ("From: Mark Long <m@x.example>", vec!["Mark Long"]),
        ("Follow up with Elínborg Guðmundsdóttir in June", vec!["Elínborg Guðmundsdóttir"]),
        ("We asked Oluwaseun\nAdeyemi to come", vec!["Oluwaseun\nAdeyemi"]),
        ("hi priya, all good", vec!["priya"]),
        ("Mark says Hope is out", vec!["Mark", "Hope"]),
        ("the meds are ready, cheers abi", vec!["abi"]),
        ("It was referred by J.P. on Monday", vec!["J.P."]),
        ("my name is borna jerkov", vec!["borna jerkov"]),
        ("What is your last name? Arcuri", vec!["Arcuri"]),
        ("follow up with patricia desmond soon", vec!["patricia desmond"]),
        ("Pieter van der Berg was absent", vec!["Pieter van der Berg"]),
        ("MEETING WITH AMELIA HART", vec!["AMELIA HART"]),
    ] {
        let found = found(text, Kind::Person);
        if found != expected {
            wrong.push(format!("{text}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn ordinary_capitals_are_no_people() {
    let mut wrong = Vec::new();
    for text in [
        "The Board will meet on Monday in May.",
        "Please find attached the Minutes of the Annual General Meeting.",
        "Mill Lane Primary School",
        "Will you come in April?",
        "Best wishes",
        "Thank you for your Subject Access Request.",
        "In Leeds and Manchester it rained.",
        "When I called, could I have asked?",
        "The Supreme Court and the Administrative Court agreed.",
    ] {
        let found = found(text, Kind::Person);
        if !found.is_empty() {
            wrong.push(format!("{text}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

proptest! {
    #[test]
    fn findings_are_sorted_apart_and_sliceable(text in "\\PC{0,200}|([A-Z][a-z]{1,8}|[0-9]{1,12}|[a-z@./:+-]{1,6}|\n| ){0,40}") {
        let mut last = 0;
        for f in Detector::new().detect(&text) {
            prop_assert!(f.start >= last && f.end > f.start, "{:?}", f);
            prop_assert!(text.get(f.start..f.end).is_some());
            last = f.end;
        }
    }

    #[test]
    fn planted_contact_details_are_found(before in "[a-z ,.]{0,30}", after in "[a-z ,]{0,30}") {
        let text = format!("{before} jo@mail.example {after} 07700 900123 {after} LS6 1AA {before}");
        prop_assert_eq!(found(&text, Kind::Email).len(), 1);
        prop_assert_eq!(found(&text, Kind::Phone).len(), 1);
        prop_assert_eq!(found(&text, Kind::Postcode).len(), 1);
    }
}
