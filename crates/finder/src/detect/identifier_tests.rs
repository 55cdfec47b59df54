//! Identifiers as people write them, and what only looks like one.

use proptest::prelude::*;

use super::*;

fn found(text: &str, kind: Kind) -> Vec<&str> {
    Detector::new().detect(text).into_iter().filter(|f| f.kind == kind).map(|f| text.get(f.start..f.end).unwrap()).collect()
}

fn check(rows: &[(Kind, &str, &[&str])]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(kind, text, expected)| found(text, *kind) != *expected)
        .map(|(kind, text, _)| format!("{kind:?} {text:?}: {:?}", Detector::new().detect(text)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn numbers_of_the_state() {
    check(&[
        (Kind::NationalInsurance, "NI number AB 12 34 56 C", &["AB 12 34 56 C"]),
        (Kind::NationalInsurance, "ni ab123456c please", &["ab123456c"]),
        (Kind::NationalInsurance, "AB.12.34.56.C", &["AB.12.34.56.C"]),
        (Kind::NationalInsurance, "AB-12-34-56-C", &["AB-12-34-56-C"]),
        (Kind::NationalInsurance, "AB 123456 C", &["AB 123456 C"]),
        (Kind::NationalInsurance, "AB\u{a0}12\u{a0}34\u{a0}56\u{a0}C", &["AB\u{a0}12\u{a0}34\u{a0}56\u{a0}C"]),
        (Kind::NationalInsurance, "National Insurance: AB123456", &["AB123456"]),
        (Kind::NationalInsurance, "AB123456", &[]),
        (Kind::NationalInsurance, "on 12 05 24 a man came", &[]),
        (Kind::NationalInsurance, "at 12.30.45 a", &[]),
        (Kind::NationalInsurance, "QQ123456C", &[]),
        (Kind::NationalInsurance, "AB123456E", &[]),
        (Kind::NationalInsurance, "AB1234567C", &[]),
        (Kind::NationalInsurance, "XAB123456C", &[]),
        (Kind::NhsNumber, "NHS No: 943-476-5919", &["943-476-5919"]),
        (Kind::NhsNumber, "943.476.5919", &["943.476.5919"]),
        (Kind::NhsNumber, "NHS 9434765919", &["9434765919"]),
        (Kind::NhsNumber, "943-476-5918", &[]),
        (Kind::NhsNumber, "NHS number 943 476 5918", &[]),
        (Kind::NhsNumber, "19434765919", &[]),
        (Kind::Reference, "UTR 12345 67890", &["12345 67890"]),
        (Kind::Reference, "my unique taxpayer reference is 1234567890", &["1234567890"]),
        (Kind::Reference, "UPN: A123456789012", &["A123456789012"]),
        (Kind::Reference, "ULN 1234567890", &["1234567890"]),
        (Kind::Reference, "GMC no. 7123456", &["7123456"]),
        (Kind::Reference, "NMC PIN: 98I1234E", &["98I1234E"]),
        (Kind::Reference, "Council tax ref 60012345X", &["60012345X"]),
        (Kind::Reference, "DBS certificate number 001234567890", &["001234567890"]),
        (Kind::Reference, "DBS check on 3 March 2024", &[]),
        (Kind::Reference, "plot no. 937, sheet/plan 33/21.2.3", &["plot no. 937", "33/21.2.3"]),
        (Kind::Reference, "nos. 45, 119/5 and 121/2/3 there", &["45, 119/5 and 121/2/3"]),
        (Kind::Reference, "at no. 128 of the street, plots nos. 260, 268 and 119/5", &["128", "plots nos. 260, 268 and 119/5"]),
        (Kind::Reference, "under Law no. 657 there is no 12 hour day", &[]),
        (Kind::Passport, "passport 123456789", &["123456789"]),
        (Kind::Passport, "we sold 123456789", &[]),
        (Kind::DrivingLicence, "licence no MORGA 657054 SM9IJ", &["MORGA 657054 SM9IJ"]),
        (Kind::DrivingLicence, "morga657054sm9ij", &["morga657054sm9ij"]),
        (Kind::DrivingLicence, "MORGA657054SM9IJ2", &[]),
    ]);
}

#[test]
fn vehicles_of_every_time() {
    check(&[
        (Kind::Vehicle, "AB51 ABC", &["AB51 ABC"]),
        (Kind::Vehicle, "reg ab51abc", &["ab51abc"]),
        (Kind::Vehicle, "M123 XYZ is parked", &["M123 XYZ"]),
        (Kind::Vehicle, "ABC 123D", &["ABC 123D"]),
        (Kind::Vehicle, "registration ABC 123", &["ABC 123"]),
        (Kind::Vehicle, "number plate: 1234 AB", &["1234 AB"]),
        (Kind::Vehicle, "reg AIG 1234", &["AIG 1234"]),
        (Kind::Vehicle, "reg Q123 XYZ", &["Q123 XYZ"]),
        (Kind::Vehicle, "room ABC 123", &[]),
        (Kind::Vehicle, "AB51 ABCD", &[]),
        (Kind::Vehicle, "registration opens in 5 days", &[]),
        (Kind::Vehicle, "reg AB49 ABC", &[]),
    ]);
}

#[test]
fn money_and_machines() {
    check(&[
        (Kind::SortCode, "sort code 123456", &["123456"]),
        (Kind::SortCode, "s/c 12-34-56 a/c 12345678", &["12-34-56"]),
        (Kind::AccountNumber, "s/c 12-34-56 a/c 12345678", &["12345678"]),
        (Kind::AccountNumber, "20-45-71 / 55779911", &["55779911"]),
        (Kind::Iban, "gb82west12345698765432", &["gb82west12345698765432"]),
        (Kind::Iban, "GB82 WEST 1234 5698 7654 33", &[]),
        (Kind::Card, "visa 4111-1111-1111-1111", &["4111-1111-1111-1111"]),
        (Kind::Card, "amex 3782 822463 10005", &["3782 822463 10005"]),
        (Kind::Card, "4111 1111 1111 1112", &[]),
        (Kind::Card, "94111111111111111", &[]),
        (Kind::Ip, "2001:0db8:85a3:0000:0000:8a2e:0370:7334", &["2001:0db8:85a3:0000:0000:8a2e:0370:7334"]),
        (Kind::Ip, "fe80::1ff:fe23:4567:890a", &["fe80::1ff:fe23:4567:890a"]),
        (Kind::Ip, "at 10:11:12 from 10.0.0.1", &["10.0.0.1"]),
        (Kind::Ip, "300.1.2.3", &[]),
        (Kind::Handle, "find me @priya_k or @sam.jones on there", &["@priya_k", "@sam.jones"]),
        (Kind::Url, "a@b.example", &[]),
        (Kind::Email, "a@b.example", &["a@b.example"]),
        (Kind::Postcode, "ls6 1aa and SW1A1AA", &["ls6 1aa", "SW1A1AA"]),
        (Kind::Postcode, "LS6\u{a0}1AA", &["LS6\u{a0}1AA"]),
        (Kind::Postcode, "XLS6 1AA or LS6 1AAA", &[]),
    ]);
}

#[test]
fn codes_are_no_addresses() {
    for text in ["SSN 123", "the BRCA1 gene", "BIC NWBKGB2L", "QQ123456C", "IBAN GB82 WEST 1234 5698 7654 33"] {
        check(&[(Kind::Address, text, &[])]);
    }
}

#[test]
fn what_a_wrong_digit_makes_of_a_number() {
    check(&[
        (Kind::Reference, "IBAN GB82 WEST 1234 5698 7654 33", &["GB82 WEST 1234 5698 7654 33"]),
        (Kind::Reference, "his NI number is QQ123456C", &["QQ123456C"]),
        (Kind::Card, "IMEI 49-015420-323751-8", &[]),
        (Kind::Reference, "IMEI 49-015420-323751-8", &["49-015420-323751-8"]),
        (Kind::NhsNumber, "CHI 0101010016", &["0101010016"]),
        (Kind::NhsNumber, "CHI number: 010101 0024", &["010101 0024"]),
        (Kind::Phone, "CHI 0101010016", &[]),
        (Kind::Reference, "Share code W4X 9TZ 2KP", &["W4X 9TZ 2KP"]),
        (Kind::Reference, "Card: 4929 1234 5678 9012", &["4929 1234 5678 9012"]),
        (Kind::Reference, "Client ID 004512", &["004512"]),
        (Kind::Address, "Bisoprolol 2.5mg, Apixaban 5mg and MARAC 18/06", &[]),
        (Kind::Phone, "Tai chi 0113 496 0000", &["0113 496 0000"]),
        (Kind::NhsNumber, "H&C number 943 476 5919", &["943 476 5919"]),
    ]);
}

#[test]
fn web_addresses_and_accounts() {
    check(&[
        (Kind::Url, "on instagram.com/liz_t.", &["instagram.com/liz_t"]),
        (Kind::Url, "see linkedin.com/in/liz-thorn, and example.org/page", &["linkedin.com/in/liz-thorn", "example.org/page"]),
        (Kind::Url, "our site mill-lane-nursery.org.uk has it", &["mill-lane-nursery.org.uk"]),
        (Kind::Url, "he and/or she; v1.2/3; the end.It began", &[]),
        (Kind::Email, "j.smith.com@mail.example and liz@mail.example/page", &["j.smith.com@mail.example", "liz@mail.example"]),
        (Kind::Handle, "follow @liz_thorn!", &["@liz_thorn"]),
        (Kind::Handle, "@liz@mastodon.example", &["@liz@mastodon.example"]),
        (Kind::Handle, "Discord: liz#1234", &["liz#1234"]),
        (Kind::Handle, "her Snapchat is lizzie.t2011, ok", &["lizzie.t2011"]),
        (Kind::Handle, "Instagram: @liz", &["@liz"]),
        (Kind::Handle, "insta handle lizthorn", &["lizthorn"]),
        (Kind::Handle, "meet @10am or @6.30", &[]),
        (Kind::Handle, "insta dave_bakes, twitter @DaveTheBaker", &["dave_bakes", "@DaveTheBaker"]),
        (Kind::Handle, "Xbox One and Instagram reels", &[]),
        (
            Kind::Email,
            "wren.ashby+home [at] mail.example, jo(at)mail(dot)example",
            &["wren.ashby+home [at] mail.example", "jo(at)mail(dot)example"],
        ),
        (Kind::Email, "mail winnie dot oakes at mail dot example now", &["winnie dot oakes at mail dot example"]),
        (Kind::Address, "come to ///filled.count.soap", &["///filled.count.soap"]),
        (Kind::Handle, "Facebook: photos of the day", &[]),
        (Kind::Handle, "Facebook: Liz Thorn", &[]),
        (Kind::Handle, "the Facebook page is good", &[]),
        (Kind::Phone, "WhatsApp: 07700 900123", &["07700 900123"]),
        (Kind::Person, "@Liz Thorn can you come", &["Liz Thorn"]),
    ]);
}

#[test]
fn telephones_in_all_spellings() {
    for number in [
        "07700 900123",
        "07700900123",
        "07700 900 123",
        "07700-900-123",
        "07700.900.123",
        "+44 7700 900123",
        "+44 (0)7700 900123",
        "+44(0)7700900123",
        "(+44) 7700 900123",
        "0044 7700 900123",
        "00447700900123",
        "020 7946 0000",
        "(020) 7946 0000",
        "020-7946-0000",
        "0113 496 0000",
        "01632 960123",
        "+44 20 7946 0000",
        "0800 496 0000",
        "+353 1 234 5678",
    ] {
        for text in [format!("ring {number}."), format!("Tel:{number}"), format!("M {number}, or mail"), format!("{number} ext 12")] {
            let all = found(&text, Kind::Phone);
            let digits = |t: &str| t.bytes().filter(u8::is_ascii_digit).count();
            assert!(
                matches!(all.as_slice(), [one] if digits(one) >= digits(number)),
                "{text}: {all:?} {:?}",
                Detector::new().detect(&text)
            );
        }
    }
}

#[test]
fn birthdays_and_ages() {
    for (text, expected) in [
        ("DOB 17 05 2013", "17 05 2013"),
        ("D.O.B.: 17052013", "17052013"),
        ("born on the 5th of May 1985", "5th of May 1985"),
        ("born on the fifth of May 1985", "the fifth of May 1985"),
        ("date of birth: May 7, 1985", "May 7, 1985"),
        ("dob 7/May/85", "7/May/85"),
        ("dob 05/17/1985", "05/17/1985"),
        ("Sam (b. 3 May 1985)", "3 May 1985"),
        ("b. 3 April 1987", "3 April 1987"),
        ("D.O.B. 3.4.87", "3.4.87"),
        ("dob 3/4/87, started 5/6/2020", "3/4/87"),
        ("Date of birth: 20240403", "20240403"),
        ("DOB 030487", "030487"),
        ("Sam (born 1987)", "1987"),
        ("was born in Leeds in 1987", "1987"),
        ("born the twenty-first of June nineteen eighty-five", "the twenty-first of June nineteen eighty-five"),
    ] {
        assert_eq!(found(text, Kind::DateOfBirth), [expected], "{text}: {:?}", Detector::new().detect(text));
    }
    check(&[
        (Kind::DateOfBirth, "Plan B. 3 April 1987", &[]),
        (Kind::Date, "since Nov 2023", &["Nov 2023"]),
        (Kind::DateOfBirth, "Mr Osborn 3 April 1987", &[]),
        (Kind::Date, "on 3/4/24 and 13/4/24", &["3/4/24", "13/4/24"]),
        (Kind::Date, "Date: 20240403", &["20240403"]),
        (Kind::Date, "see 3.4.87 and 1-2-10; no 20240403", &[]),
        (Kind::Date, "dated 3.4.87", &["3.4.87"]),
    ]);
    for (text, expected) in [
        ("a boy aged 7 came", "aged 7"),
        ("aged seven", "aged seven"),
        ("a 7-year-old", "7-year-old"),
        ("her seven-year-old son", "seven-year-old"),
        ("the 3 yr old", "3 yr old"),
        ("he is 63 years old", "he is 63 years old"),
        ("an 18 month old baby", "18 month old"),
        ("Age: 42", "Age: 42"),
        ("a woman in her mid-40s", "in her mid-40s"),
        ("forty-two years old", "forty-two years old"),
        ("34yo male", "34yo"),
    ] {
        assert_eq!(found(text, Kind::Age), [expected], "{text}: {:?}", Detector::new().detect(text));
    }
}

#[test]
fn words_about_special_categories() {
    for text in [
        "she is on antidepressants",
        "he had chemotherapy",
        "an EHCP review",
        "pupil has SEN support",
        "a registered sex offender",
        "his restraining order",
        "they are a same-sex couple",
        "goes to the mosque",
        "a Unison member",
        "was sectioned last year",
        "type 2 diabetic",
        "of mixed race",
    ] {
        assert!(!found(text, Kind::Special).is_empty(), "{text}");
    }
    for text in ["please send and add it", "the blind is broken", "a stroke of luck", "uniform list"] {
        assert!(found(text, Kind::Special).is_empty(), "{text}");
    }
}

#[test]
fn a_register_does_not_hide_what_the_digits_are_by_themselves() {
    assert_eq!(found("aaa gmc 943 476 5919, aaa", Kind::NhsNumber), ["943 476 5919"]);
    assert_eq!(found("dbs 07700 900123", Kind::Phone), ["07700 900123"]);
    assert_eq!(found("UTR 943 476 5919", Kind::Reference), ["943 476 5919"]);
    assert_eq!(found("GMC number 1234567", Kind::Reference), ["1234567"]);
}

proptest! {
    #[test]
    fn nothing_is_found_inside_longer_numbers(before in "[0-9]{1,4}", after in "[0-9]{1,4}", which in 0_usize..7) {
        let (kind, vector) = [
            (Kind::NhsNumber, "9434765919"),
            (Kind::NationalInsurance, "AB123456C"),
            (Kind::Card, "4111111111111111111111"),
            (Kind::Postcode, "LS61AA"),
            (Kind::Vehicle, "AB51ABC"),
            (Kind::DrivingLicence, "MORGA657054SM9IJ"),
            (Kind::Iban, "GB82WEST12345698765432"),
        ][which];
        let text = format!("x {before}{vector}{after} y");
        prop_assert!(found(&text, kind).is_empty(), "{}", text);
    }

    #[test]
    fn an_identifier_is_found_among_any_words(before in "[a-z]{3,9}( [a-z]{3,9}){0,4}", after in "[a-z]{3,9}( [a-z]{3,9}){0,4}", which in 0_usize..8) {
        let (kind, vector) = [
            (Kind::NhsNumber, "943 476 5919"),
            (Kind::NationalInsurance, "AB 12 34 56 C"),
            (Kind::Card, "4111 1111 1111 1111"),
            (Kind::Postcode, "LS6 1AA"),
            (Kind::Vehicle, "AB51 ABC"),
            (Kind::DrivingLicence, "MORGA657054SM9IJ"),
            (Kind::Iban, "GB82 WEST 1234 5698 7654 32"),
            (Kind::Phone, "07700 900123"),
        ][which];
        // Ten digits after the name of a register with ten digits are that register's.
        prop_assume!(!["utr", "uln"].iter().any(|w| before.ends_with(w)));
        let text = format!("{before} {vector}, {after}");
        prop_assert_eq!(found(&text, kind), vec![vector], "{}", text);
    }
}
