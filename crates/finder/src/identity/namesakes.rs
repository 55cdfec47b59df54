//! Somebody else of the same name, and the person, by what stands beside the name: over the kinds of records that a charity keeps.

use jiff::civil::Date;
use proptest::prelude::*;

use super::*;
use crate::document::{Document, DocumentKind};

fn rare() -> Identity {
    Identity {
        names: vec!["Annabel Bramhall-Coates".into()],
        emails: vec!["annabel.bc@larkpost.example".into()],
        phones: vec!["07700 900318".into()],
        born: vec![Date::constant(1994, 5, 16)],
        addresses: vec!["5 Quarry Bank, Otley, LS21 9ZZ".into()],
        references: vec!["VOL/2021/0137".into(), "943 476 5919".into()],
    }
}

fn common() -> Identity {
    Identity { names: vec!["Andrew James Walker".into()], born: vec![Date::constant(1966, 1, 30)], ..rare() }
}

fn band(person: &Identity, text: &str) -> Option<Band> {
    band_of(&Matcher::new(person).unwrap().find(&Document::of(DocumentKind::Text, "", text)))
}

fn at_most_possible(person: &Identity, texts: &[&str]) {
    let missed: Vec<&&str> = texts.iter().filter(|text| band(person, text) != Some(Band::Possible)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

fn at_least_likely(person: &Identity, texts: &[&str]) {
    let missed: Vec<&&str> = texts.iter().filter(|text| band(person, text) < Some(Band::Likely)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn ages_and_deaths_tell_namesakes_apart() {
    at_most_possible(
        &common(),
        &[
            "Andrew Walker, 12, of Exmouth, finished the marathon.",
            "Andrew Walker is 28 and lives in Ludlow.",
            "Andrew Walker turned 19 in May.",
            "Andrew Walker (12 yrs) came.",
            "Andrew Walker passed away in 1996.",
            "Andrew Walker (deceased 2011)",
            "Andrew Walker, RIP 1999",
            "We heard of the death of Andrew Walker in 1992.",
            "the Andrew Walker Memorial Cup (d. 1954)",
            "the Andrew Walker Memorial",
        ],
    );
    at_least_likely(
        &common(),
        &[
            "Andrew Walker, 58, of Exmouth, finished the marathon.",
            "Andrew Walker is 55 and lives in Ludlow.",
            "Andrew Walker turned 49 in May.",
            "When Andrew Walker turned 18 he moved.",
            "Andrew Walker turned 18 in 1984.",
            "In those days Andrew Walker was 18 and lived in Leeds.",
            "Andrew Walker, 12 tickets",
            "We heard of the death of Andrew Walker's mother in 1992.",
            "Andrew Walker's mother passed away in 1996.",
            "Andrew Walker told us that his mother passed away in 1996.",
            "Andrew Walker booked the Memorial Hall.",
            "Andrew Walker\nMemorial Hall\nLudlow",
        ],
    );
}

#[test]
fn an_age_is_weighed_with_the_year_of_the_item() {
    let matcher = Matcher::new(&common()).unwrap();
    let band = |text: &str, date: &str| {
        let doc = Document { date: Some(date.into()), ..Document::of(DocumentKind::Text, "", text) };
        band_of(&matcher.find(&doc))
    };
    for (text, theirs, others) in [
        ("Andrew Walker, 58, of Exmouth, finished the marathon.", "2024-05-01T10:00:00Z", "2012-05-01T10:00:00Z"),
        ("Andrew Walker is 28 and lives in Ludlow", "1994-05-01T10:00:00Z", "2024-05-01T10:00:00Z"),
        ("Andrew Walker turned 49 in May", "2015-06-01T10:00:00Z", "2024-06-01T10:00:00Z"),
        ("Andrew Walker (45 yrs)", "2011-06-01T10:00:00Z", "2024-06-01T10:00:00Z"),
    ] {
        assert_eq!(band(text, theirs), Some(Band::Likely), "{text}");
        assert_eq!(band(text, others), Some(Band::Possible), "{text}");
    }
}

#[test]
fn other_addresses_and_numbers_tell_namesakes_apart() {
    at_most_possible(
        &rare(),
        &[
            "Contact at supplier: Annabel Bramhall-Coates, annabel_bramhallcoates@staff.northpoint.example, 0117 496 0881",
            "Annabel Bramhall-Coates | annabel.bramhallcoates@northpoint.example | 0117 496 0881",
            "Annabel Bramhall-Coates\nBarn End\n1 Chapel Hill\nLudlow\nSY8 9TT",
            "Annabel Bramhall-Coates\nRose Cottage\nLudlow\nSY8 9TT",
            "Annabel Bramhall-Coates, The Old Forge, 3 Church Lane, Ludlow SY8 9TT",
            "Annabel Bramhall-Coates <bluebird77@northpoint.example> 0117 496 0881",
            "Annabel Bramhall-Coates | NHS 492 264 4210 | 12 April 1944",
            "Annabel Bramhall-Coates, 4922644210, 12/04/1944",
        ],
    );
    at_least_likely(
        &rare(),
        &[
            "Annabel Bramhall-Coates, annabel.bc@larkpost.example, 0117 496 0881",
            "Annabel Bramhall-Coates, ruth.carter@northpoint.example, 0117 496 0881",
            "Annabel Bramhall-Coates, 0117 496 0881",
            "Annabel Bramhall-Coates <office@northpoint.example> 0117 496 0881",
            "Annabel Bramhall-Coates\nBarn End\n5 Quarry Bank\nOtley\nLS21 9ZZ",
            "Annabel Bramhall-Coates, Treasurer, Corn Exchange, 2 Market Place, YO7 9AB",
            "Annabel Bramhall-Coates | NHS 492 264 4210 | 16 May 1994",
            "Annabel Bramhall-Coates | NHS 943 476 5919 | 12 April 1944",
            "Annabel Bramhall-Coates | NHS 492 264 4210 | 12 April 2024",
            "Annabel Bramhall-Coates | NHS 492 264 4211 | 12 April 1944",
            "Annabel Bramhall-Coates and Ruth Marsh, NHS 492 264 4210, 12 April 1944",
        ],
    );
}

#[test]
fn another_middle_name_is_no_error_in_a_second_spelling() {
    let person = Identity { names: vec!["Chukwuemeka Obinna Nwachukwu".into()], ..Identity::default() };
    at_most_possible(&person, &["Chukwuemeka Kelechi Nwachukwu rang", "about Nwachukwu, Chukwuemeka Kelechi; can you"]);
    let texts = ["Chukwuemeka Nwachukwu", "Chukwumeka Nwachukwu", "Chukwuemeka O. Nwachukwu", "Nwachukwu, Chukwuemeka Obinna"];
    at_least_likely(&person, &texts);
}

#[test]
fn who_is_known_with_a_middle_name_and_without_has_no_other() {
    let person = Identity { names: vec!["Mark Taylor".into(), "Mark Anthony Taylor".into()], ..common() };
    at_most_possible(&person, &["Please add Mark Desmond Taylor to the list", "Taylor, Mark Gordon"]);
    at_least_likely(&person, &["Mark Taylor rang", "Mark Anthony Taylor rang", "Mark A Taylor rang"]);
}

#[test]
fn a_day_long_past_in_the_next_cell_is_of_a_birth() {
    at_most_possible(
        &rare(),
        &[
            "Bramhall-Coates | Annabel | 12/03/1937 | 0117 496 0881",
            "Bramhall-Coates | Annabel | F | 12/03/1937 | 0117 496 0881",
            "Bramhall-Coates  Annabel   12/03/1937   0117 496 0881",
        ],
    );
    let texts = ["Bramhall-Coates | Annabel | 16/05/1994 | 0117 496 0881", "Bramhall-Coates | Annabel | 12/03/2019 | paid"];
    at_least_likely(&rare(), &texts);
}

#[test]
fn another_employer_leaves_doubt() {
    assert_eq!(band(&rare(), "Annabel Bramhall-Coates from Ludlow Motor Factors rang."), Some(Band::Likely));
    assert_eq!(band(&rare(), "Annabel Bramhall-Coates of Ludlow Motor Factors on 07700 900318"), Some(Band::Certain));
    at_most_possible(
        &rare(),
        &[
            "Annabel Bramhall-Coates of Ludlow Motor Factors on 01632 960555",
            "Annabel Bramhall-Coates at Granary Kitchens (0117 496 0881) will quote",
            "VOL/2021/0142 Annabel Bramhall-Coates - file closed",
        ],
    );
    at_most_possible(&common(), &["Andrew Walker of Ludlow Motor Factors on 01632 960555"]);
    for text in ["Annabel Bramhall-Coates of Ludlow", "Annabel Bramhall-Coates from the garage rang", "Annabel Bramhall-Coates rang"] {
        assert_eq!(band(&rare(), text), Some(Band::Certain), "{text}");
    }
}

#[test]
fn everyday_sentences_do_not_speak_against_the_person() {
    at_least_likely(
        &common(),
        &[
            "Andrew Walker is 20 minutes late again",
            "Andrew Walker is 6 and Tom is 7 on the list",
            "Andrew Walker, 2 tickets, paid",
            "Andrew Walker (12) scored twice",
            "Andrew Walker turned 40 chairs round",
            "Andrew Walker passed away the time with cards",
            "Andrew Walker asked for a grip; rip it out, he said",
            "Andrew Walker will speak at the Memorial Cup final",
            "Andrew Walker sent a card on the death of Ruth Marsh",
            "Andrew Walker, whose father died in 1996, came",
            "Andrew Walker works with Ruth Marsh, deceased's executor",
            "Thanks to Andrew Walker from all of us at the hall",
            "Andrew Walker from the youth club rang",
            "A note from Andrew Walker of Mill Lane",
            "Andrew Walker booked the barn, 1 Chapel Hill, for June",
            "Andrew Walker stayed at Rose Cottage last week",
            "Order PO/2018/0091: Andrew Walker",
            "Room B/2018: Andrew Walker",
            "Minutes 2018/0091: Andrew Walker spoke",
            "Tom Smith VOL/2018/0091, Andrew Walker, Ruth Marsh",
        ],
    );
}

proptest! {
    #[test]
    fn any_text_around_a_name_is_weighed(
        before in "(vol/2018/0091|VOL-20|ref |dear |mr |: |\\[|\\] |é|\u{2026}|the death of |\n){0,6}",
        behind in "(, |62|is 28| and |\\(|\\)|45 yrs|'s |deceased|memorial|nhs 492 264 4210|12\\.IV\\.1944| \\| |é|@x.example|0117 496 0881|Barn End|1 Hill){0,8}",
    ) {
        let _ = band(&common(), &format!("{before}Andrew Walker{behind}"));
        let _ = band(&common(), &format!("{before} 30 January 1966 {behind}"));
    }
}
