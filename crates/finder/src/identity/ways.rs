//! The ways in which people write about somebody, by example, over names of many kinds.

use jiff::civil::Date;

use super::*;
use crate::document::{Correspondent, Document, DocumentKind, Header};

fn known(name: &str) -> Identity {
    Identity {
        names: vec![name.into()],
        emails: vec!["quill.person@brightmail.example".into()],
        phones: vec!["07700 900123".into(), "+353 1 496 0123".into(), "+1 (202) 555-0143".into()],
        born: vec![Date::constant(1985, 4, 3)],
        addresses: vec!["Flat 3, 12 Mill Lane, Otley, LS21 3BG".into()],
        references: vec!["PUP-2024/117".into(), "QQ123456C".into(), "9434765919".into(), "4711".into()],
    }
}

fn band(name: &str, text: &str) -> Option<Band> {
    band_of(&Matcher::new(&known(name)).unwrap().find_text(text))
}

fn document(kind: DocumentKind, text: &str) -> Document {
    Document::of(kind, "", text)
}

/// Names, and texts in which each of them is certainly or likely found.
const FOUND: &[(&str, &[&str])] = &[
    (
        "Amelia Fairbairn",
        &[
            "we met Amelia Fairbairn",
            "FAIRBAIRN, AMELIA",
            "FAIRBAIRN AMELIA",
            "amelia fairbairn",
            "A. Fairbairn",
            "A.Fairbairn",
            "A Fairbairn",
            "Fairbairn A.",
            "Fairbairn, A",
            "FAIRBAIRN A, room 3",
            "Millie Fairbairn",
            "Amelia (Millie) Fairbairn",
            "Amelia \"Millie\" Fairbairn",
            "Amelia Fairbairm",
            "Ameliia Fairbairn",
            "Fairbarn, Amelia",
            "Amelia\n> Fairbairn",
            "Amelia Fair-\nbairn",
            "Ame-\nlia Fairbairn",
            "Amelia, Tom and Baby Fairbairn came",
            "sent to quill.personbrightmail.example",
            "sent to quill.person@brightmail,example today",
            "SMS O77OO9OO123 10:12 OK",
            "ref PUP-2O24/ll7",
            "DOB03041985",
            "DOB1985/04/03",
            "L5550 | 3 | 4 | 1985",
            "{\"first_name\": \"\\u0041melia\", \"id\": 3, \"family\": \"Fairbairn\"}",
            "In attendance: Sheila Boyd, Denise Shah, Amelia\nFairbairn, Lucy Ahmed, Glenys Jessop",
            "ref PUP-2024\u{2044}117",
            "Surname   F | A | I | R | B | A | I | R | N\nForename  A  M  E  L  I  A",
            "Amelia\n> > Fairbairn",
            "Fairbairn | Amelia",
            "Amelia | Fairbairn | 3",
            "Surname: Fairbairn, Forename: Amelia",
            "First name: Amelia\nLast name: Fairbairn",
            "Amelia_Fairbairn_CV.pdf",
            "Fairbairn-Amelia",
            "ameliafairbairn",
            "AmeliaFairbairn",
            "@ameliafairbairn",
            "in/amelia-fairbairn-1a2b",
            "Amelia and Tom Fairbairn",
            "Amelia & Tom Fairbairn",
            "Amelia F. rang",
            "Amelia F",
            "Mr and Mrs Fairbairn",
            "Mrs Amelia and Mr Tom Fairbairn",
            "Mrs Fairbairn, wife of Tom Fairbairn",
            "Ms A. Fairbairn",
            "Cllr Fairbairn",
            "Fairbairn, Mrs Amelia",
            "Dear Mrs. Fairbairn",
            "Amelia Fairbairn's file",
            "Amelia  FAIRBAIRN",
            "the Amelia Fairbairn-file",
            "*Amelia* *Fairbairn*",
            "Amelia,Fairbairn,12",
            "\"Fairbairn\",\"Amelia\"",
            "Amelia/Fairbairn",
            "CN=Fairbairn\\, Amelia",
            "{\"surname\":\"Fairbairn\",\"firstName\":\"Amelia\"}",
            "N:Fairbairn;Amelia;;;",
            "Surname ........ Fairbairn\nForename ....... Amelia",
            "~~Amelia~~ Fairbairn",
            "quill.person",
            "quill.person@elsewhere.example",
            "DOB 030485",
            "12 Mill La.",
            "quill.person@brightmail.example",
            "QUILL.PERSON@BRIGHTMAIL.EXAMPLE",
            "quill.person+school@brightmail.example",
            "quillperson@brightmail.example",
            "quill.person at brightmail.example",
            "quill.person (at) brightmail (dot) example",
            "quill.person%40brightmail.example",
            "quill.person@\nbrightmail.example",
            "mailto:quill.person@brightmail.example?subject=x",
            "07700900123",
            "+44 7700 900123",
            "+44 (0)7700 900123",
            "0044 7700 900123",
            "07700-900-123",
            "07700.900.123",
            "(07700) 900 123",
            "07700 - 900 - 123",
            "+44 (0) 7700 900 123 ext. 4",
            "tel:+447700900123",
            "0 7700 900 123",
            "07700\u{2011}900\u{2011}123",
            "00 353 1 496 0123",
            "(202) 555.0143",
            "202-555-0143",
            "1-202-555-0143",
            "2025550143",
            "+353-1-4960123",
            "01 496 0123",
            "03/04/85",
            "3rd April 1985",
            "1985-04-03",
            "3.4.1985",
            "April 3, 1985",
            "3 Apr 1985",
            "03-APR-85",
            "3rd of April, 1985",
            "born 04/03/1985",
            "1985-04-03T00:00:00",
            "19850403",
            "the third of April 1985",
            "03 / 04 / 1985",
            "3. April 1985",
            "Apr. 3rd 1985",
            "1985/04/03",
            "03 04 1985",
            "12 Mill Lane",
            "12 Mill Ln.",
            "12, Mill Lane",
            "12 MILL LANE, OTLEY",
            "ls21 3bg",
            "LS213BG",
            "Flat 3, 12 Mill Lane",
            "12 Mill\nLane",
            "PUP-2024/117",
            "PUP 2024 117",
            "pup2024/117",
            "QQ 12 34 56 C",
            "qq123456c",
            "QQ-12-34-56-C",
            "943 476 5919",
            "943-476-5919",
            "9434765919",
            "case no. 4711",
            "A.F. (PUP-2024/117)",
            "Fairbairn A Mrs",
            "Fairbairn | A | paid",
            "Fairbairn_A_2024.pdf",
            "Fairbairn | Mrs | Amelia",
            "AJ Fairbairn",
            "FAIRBAIRN AJ",
            "PUP / 2024 / 117",
            "Amelia, Tom and Ruth Fairbairn",
        ],
    ),
    (
        "Siân Brontë-Hughes",
        &[
            "Sian Bronte Hughes",
            "SIAN BRONTE-HUGHES",
            "Siân Hughes",
            "Sian Bronte",
            "SiÃ¢n Hughes",
            "Si?n Hughes",
            "S. Brontë-Hughes",
            "Bronte-Hughes, Sian",
            "Sian Bronte-Huges",
            "Mrs Brontë-Hughes",
            "Sian BronteHughes",
            "Sia\u{302}n Hughes",
            "Miss Bronte Hughes",
            "SiânBrontë-Hughes",
            "Sian Bronte - Hughes",
            "Sian Brontë-Hug-\nhes",
        ],
    ),
    (
        "Jean-Luc de Souza",
        &[
            "Jean Luc de Souza",
            "Jean-Luc Desouza",
            "JeanLuc De Souza",
            "J-L de Souza",
            "J.-L. de Souza",
            "Jean de Souza",
            "de Souza, Jean-Luc",
            "Mr de Souza",
            "Jean-Luc Souza",
            "J. de Souza",
            "Souza, Jean-Luc",
            "jeanluc.desouza@brightmail.example",
        ],
    ),
    ("דוד כהן", &["לדוד כהן", "שלום דוד כהן", "ולדוד כהן", "כהן, דוד"]),
    ("محمد علي", &["رسالة لمحمد علي"]),
    ("प्रिया शर्मा", &["प्रिया शर्मा ने", "श्रीमती प्रिया शर्मा", "शर्मा, प्रिया"]),
    ("রহিমা খাতুন", &["রহিমা খাতুন এসেছেন"]),
    ("ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", &["ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ ਨੇ"]),
    (
        "Niamh O'Neil",
        &[
            "Niamh O’Neil",
            "Niamh ONeil",
            "Niamh O Neil",
            "Niamh O`Neil",
            "Dr O'Neil",
            "Dr. O’Neil",
            "N. O'Neil",
            "O'NEIL, Niamh",
            "Niamh O'Neill",
            "Niamh O&#39;Neil",
        ],
    ),
    (
        "Ewan MacDonald",
        &["Ewan McDonald", "Ewan Mc Donald", "Ewan Mac Donald", "MCDONALD, Ewan", "E. McDonald", "Mr McDonald", "Ewan Macdonald"],
    ),
    ("Nguyễn Thị Hoa", &["Nguyen Thi Hoa", "Hoa Nguyen", "Ms Nguyen", "NGUYEN, Hoa", "Hoa Thi Nguyen", "H. Nguyen", "Hoa T. Nguyen"]),
    ("Jörg Müller", &["Joerg Mueller", "Jorg Muller", "J. Müller", "Herr Müller", "MÜLLER, Jörg", "Mueller, Joerg"]),
    ("Łukasz Żółkiewski", &["Lukasz Zolkiewski", "Zolkiewski Lukasz", "ŁUKASZ ŻÓŁKIEWSKI", "L. Zolkiewski"]),
    ("Amina Yusuf al-Hassan", &["أمينة يوسف الحسن", "كتبت أمينة الحسن", "امینہ حسن"]),
    ("Юлия Щербакова", &["Yulia Shcherbakova", "Iuliia Shcherbakova", "Юлия Щербакова", "Щербакова Юлия", "Julia Shcherbakova"]),
    (
        "Yulia Shcherbakova",
        &["Юлия Щербакова", "Щербакова Юлия", "Yulia Shcherbakova", "Yuliya Shcherbakova", "Y. Shcherbakova", "Yulia Scherbakowa"],
    ),
    ("José Quintanilla", &["Pepe Quintanilla", "Jose Quintanilla", "Quintanilla, Joseph"]),
    ("Olena Shevchuk", &["Helen Shevchuk", "Elena Shevchuk"]),
    ("Małgorzata Wiśniewska", &["Margaret Wisniewska", "Gosia Wiśniewska", "Wiśniewska Margaret"]),
    ("Katarzyna Wiśniewska", &["Catherine Wisniewska", "Kasia Wisniewska"]),
    ("Siobhán Quarshie", &["Shevaun Quarshie", "Joan Quarshie"]),
    ("Helen Ruaridhson", &["Eilidh Ruaridhson"]),
    ("Piotr Kowalski", &["Peter Kowalski"]),
    ("Ioannis Papadakis", &["John Papadakis", "Yannis Papadakis"]),
    ("Giorgos Papadopoulos", &["George Papadopoulos", "Γιώργος Παπαδόπουλος", "ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ", "Παπαδόπουλος Γιώργος"]),
    (
        "Mohammed Al-Hassan",
        &[
            "Mohammed Al Hassan",
            "Mohammed Alhassan",
            "Mohammed El-Hassan",
            "Mohammed Hassan",
            "Muhammad Al-Hassan",
            "Mohamed al-Hassan",
            "AL-HASSAN, Mohammed",
        ],
    ),
    (
        "Amelia Hart née Carter",
        &["Amelia Carter", "Amelia Hart", "Amelia Carter-Hart", "Mrs Carter", "Carter, Amelia", "Amelia Carter Hart"],
    ),
    (
        "María García López",
        &["Maria Garcia", "Maria Garcia Lopez", "Maria Lopez", "Garcia Lopez, Maria", "Ms Garcia Lopez", "M. Garcia Lopez"],
    ),
    (
        "Robert Smith",
        &[
            "Mr Smith rang. Robert Smith is the caretaker; Tom Smith is not.",
            "Bob Smith",
            "Rob Smith",
            "Smith, R.",
            "Mr Smith",
            "R. Smith",
            "Bobby Smith",
            "robert.smith2@brightmail.example",
        ],
    ),
    ("Ann Day", &["A. Day", "Mrs A Day", "Day, A.", "Mrs Day", "ANN DAY", "Ann Day"]),
    ("Sunniva Quarshie", &["Sunniva came. Quarshie was late.", "S. Quarshie", "Sunniva Quarshie Senior"]),
    ("Grace May", &["Grace May was here", "GRACE MAY", "May, Grace", "Ms May", "G. May"]),
    ("Gwenllian ap Rhys", &["Gwenllian Ap Rhys", "GWENLLIAN AP RHYS", "Gwen ap Rhys", "G. ap Rhys"]),
    (
        "Pádraig Ó Súilleabháin",
        &[
            "Padraig O Suilleabhain",
            "Pádraig Ó Súilleabháin",
            "P. Ó Súilleabháin",
            "Mr Ó Súilleabháin",
            "padraigosuilleabhain",
            "O Suilleabhain, Padraig",
        ],
    ),
];

#[test]
fn names_are_found_however_they_are_written() {
    let mut missed = Vec::new();
    for (name, texts) in FOUND {
        for text in *texts {
            if band(name, text) < Some(Band::Likely) {
                missed.push(format!("{name}: {text:?} {:?}", Matcher::new(&known(name)).unwrap().find_text(text)));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn what_only_looks_like_the_person_stays_below() {
    for (name, texts) in [
        (
            "Amelia Fairbairn",
            &[
                "Tom Fairbairn",
                "Amelia Carter",
                "Amelia, Fairbairns and Co",
                "Amelia Foster rang",
                "Amelia F. Foster",
                "paid 4711 pounds",
                "12 Mill Lanes",
                "03/05/85",
                "07700 900124",
                "QQ123456D",
                "fairbairn a lot",
                "1.3.4.85",
                "PUP-2024/118",
            ][..],
        ),
        ("Grace May", &["by the grace may you", "grace may be given"]),
        ("Ann Day", &["code from a day ago", "A Day in the Life", "twenty a day", "I met Ann. Tom Day was there."]),
        ("Pat Read", &["at 9:00 PM | Read more", "PM Read on", "p read"]),
        ("Justin Time", &["next time, just type it"]),
        ("Quill Fairbairn", &["quill.person@elsewhere.example"]),
        ("Pieter Jan van der Berg", &["Pieter Octavia van der Berg", "we saw Pieter. Tom van der Berg rang"]),
        (
            "Sunniva Quarshie",
            &[
                "I met Sunniva. Kevin Quarshie was there too.",
                "we saw Sunniva; T. Quarshie did not come",
                "Sunniva came\nQuarshie, Kevin",
                "Kevin | Quarshie | 3\nSunniva | Cattermole | 4",
            ],
        ),
        ("Mark Price", &["mark price changes", "they mark price tags"]),
        (
            "Robert Smith",
            &[
                "Mr Smith rang. Tom Smith is the caretaker.",
                "Tom Smith",
                "Rose Smith",
                "robert.smith@elsewhere.example",
                "rsmith@elsewhere.example",
                "Roberto Carlos Smith",
            ],
        ),
        ("John Smith", &["Iain Duncan Smith", "Giovanni Smith"]),
    ] {
        for text in texts {
            assert!(band(name, text) < Some(Band::Likely), "{name}: {text:?} {:?}", Matcher::new(&known(name)).unwrap().find_text(text));
        }
    }
}

#[test]
fn context_decides_between_two_people_of_one_name() {
    for (name, theirs, others) in [
        (
            "Amelia Fairbairn",
            &[
                "Amelia Fairbairn will come.",
                "Amelia Fairbairn (born 3 April 1985)",
                "Amelia Fairbairn <quill.person@brightmail.example>",
                "Amelia Fairbairn, 12 Mill Lane",
                "Amelia Fairbairn and Ben Carter (born 2 May 1971)",
                "Amelia Fairbairn, ben.carter@else.example",
                "Amelia Fairbairn's daughter, date of birth 4 May 2017",
                "Amelia Fairbairn and her son, born 4 May 2017",
                "Amelia Fairbairn, aged 38, came.",
                "Amelia Fairbairn, tel. 0113 496 0777",
                "Amelia Fairbairn <office@northgate.example>",
                "Amelia Fairbairn, Senior Lecturer, came.",
                "Amelia Fairbairn Junior School",
                "Amelia Fairbairn (b. 1985) was the mayor",
                "Amelia Fairbairn came to the hall today to talk about the rota for the summer, and amelia@northgate.example wrote",
                "Amelia Fairbairn, whose son was born in 1950",
                "Amelia Fairbairn and Ben Carter (b. 1950)",
                "DOB: 2 May 1971\nName: Ben Carter\nName: Amelia Fairbairn",
                "Ben Carter, born 2 May 1971\nName: Amelia Fairbairn",
            ][..],
            &[
                "Amelia Fairbairn (born 2 May 1971) came",
                "Name: Amelia Fairbairn\nDOB: 02/05/1971",
                "From: Amelia Fairbairn <amelia.fairbairn@northgate.example>\n\nHello",
                "Amelia Fairbairn of 4 High Street, Leeds LS1 4AB",
                "Amelia Fairbairn of 34 St. John's Terrace, Leeds LS1 4AB called.",
                "Amelia Fairbairn, 3 Victoria Road, Leeds LS1 4AB",
                "DOB 02/05/1971, Amelia Fairbairn",
                "Amelia Fairbairn (PUP-2023/094)",
                "Amelia Fairbairn, aged 81, won the race",
                "Amelia Fairbairn (1902-1978) gave the window",
                "in loving memory of Mrs Amelia Fairbairn",
                "Amelia Fairbairn, Flat 2, 31 Kestrel Way, Swansea, SA1 9ZX",
                "Kind regards\nAmelia Fairbairn\nNorthgate Ltd\namelia@northgate.example",
                "Amelia Fairbairn Senior was there",
                "we saw Mrs Fairbairn Snr.",
                "Amelia Fairbairn, sales@northgate.example, tel. 0113 496 0777",
                "Amelia Fairbairn of Northgate Builders Ltd, tel. 0113 496 0777",
                "the 81-year-old Amelia Fairbairn won",
                "Amelia Fairbairn (b. 1950) was the mayor",
                "Amelia Fairbairn, born in 1950, was the mayor",
                "Amelia Fairbairn, year of birth 1950.",
                "the funeral of Amelia Fairbairn is on Monday",
                "E-mail: amelia.fairbairn@northgate.example\nDate of birth: 2 May 1971\nName: Amelia Fairbairn",
                "Amelia Fairbairn (81), of Leeds, won",
                "Address: 4 High Street, Leeds LS1 4AB\nDate of birth: 2 May 1971\nName: Amelia Fairbairn\nCourse: pottery",
                "Date of birth: 2 May 1971\nTown: Leeds\nCourse: pottery\nClient: Amelia Fairbairn",
            ][..],
        ),
        (
            "John Smith",
            &[
                "John Smith asked to ring the school on 0113 496 0777",
                "John Smith will come.",
                "John Smith, 07700 900123",
                "John Smith (3/4/85)",
            ],
            &[
                "John Smith of Northgate Builders Ltd",
                "John Smith, tel. 0113 496 0777",
                "John Smith <jsmith@northgate.example>",
                "John Smith\nNorthgate\n4 High Street\nLeeds LS1 4AB",
                "John Smith, born 1971-05-02",
                "John Smith, 14 Elm Road, Bristol",
            ],
        ),
    ] {
        let matcher = Matcher::new(&known(name)).unwrap();
        for text in theirs {
            let hits = matcher.find(&document(DocumentKind::Text, text));
            assert!(band_of(&hits) >= Some(Band::Likely), "{text:?} {hits:?}");
        }
        for text in others {
            let hits = matcher.find(&document(DocumentKind::Text, text));
            assert_eq!(band_of(&hits), Some(Band::Possible), "{text:?} {hits:?}");
            assert!(hits.iter().any(|h| is_namesake(&h.reason)), "{text:?} {hits:?}");
        }
    }
}

#[test]
fn a_reference_with_a_blank_is_compared_within_its_series() {
    let mut identity = known("Amelia Fairbairn");
    identity.references = vec!["VOL 3391".into()];
    let matcher = Matcher::new(&identity).unwrap();
    let found = |text: &str| band_of(&matcher.find(&document(DocumentKind::Text, text)));
    assert_eq!(found("Amelia Fairbairn (VOL 3377) came"), Some(Band::Possible));
    for text in ["Amelia Fairbairn, Aug 2002", "Amelia Fairbairn\nDate: Fri, 23 Aug 2024", "Amelia Fairbairn has run 3377 miles"] {
        assert_eq!(found(text), Some(Band::Certain), "{text}");
    }
}

#[test]
fn a_host_may_read_addresses_without_their_points() {
    let mut identity = known("Amelia Fairbairn");
    identity.emails = vec!["quillperson@gmail.com".into()];
    let matcher = Matcher::new(&identity).unwrap();
    for text in ["quill.person@gmail.com", "qui.llperson+list@googlemail.com"] {
        assert_eq!(band_of(&matcher.find_text(text)), Some(Band::Likely), "{text}");
    }
    assert_eq!(band_of(&matcher.find_text("quill.persona@gmail.com")), None);
}

#[test]
fn a_birthday_beside_the_surname_counts_on_young_items() {
    let mut identity = known("Amelia Fairbairn");
    identity.born = vec![Date::constant(2001, 5, 17)];
    let mut doc = document(DocumentKind::Mail, "Apologies from Fairbairn 17/05/2001.");
    doc.date = Some("2002-08-22T10:00:00Z".into());
    assert!(band_of(&Matcher::new(&identity).unwrap().find(&doc)) >= Some(Band::Likely));
}

#[test]
fn the_header_that_counts_is_named() {
    let matcher = Matcher::new(&known("Amelia Fairbairn")).unwrap();
    let text =
        "From: Ben <b@c.example>\nTo: Amelia Fairbairn <quill.person@brightmail.example>\nSubject: x\nKeywords: Amelia Fairbairn\n\nHi";
    let head = text.find("\n\n").unwrap() + 1;
    let mut doc = document(DocumentKind::Mail, text);
    doc.parts.push(crate::document::Part { kind: crate::document::PartKind::Headers, start: 0, end: head });
    for reason in ["e-mail address (in To)", "full name (in Keywords)"] {
        assert!(reasons(&matcher.find(&doc)).contains(&reason.to_owned()), "{reason}");
    }
    let mut silent = document(DocumentKind::Mail, "Hi");
    silent.correspondents.push(Correspondent { header: Header::ReplyTo, name: "Amelia Fairbairn".into(), address: String::new() });
    assert_eq!(reasons(&matcher.find(&silent)), ["full name (in Reply-To or Sender)"]);
}

#[test]
fn a_childs_birthday_is_not_the_day_of_every_message() {
    let mut identity = known("Amelia Fairbairn");
    identity.born = vec![Date::constant(2002, 8, 22)];
    let matcher = Matcher::new(&identity).unwrap();
    let mut doc = document(DocumentKind::Mail, "Date: Thu, 22 Aug 2002\n\nOn 22 August 2002, Ben wrote:");
    doc.date = Some("2002-08-22T10:00:00Z".into());
    assert_eq!(band_of(&matcher.find(&doc)), None);
    doc.text = "a child born 22 August 2002".into();
    assert_eq!(band_of(&matcher.find(&doc)), Some(Band::Likely));
}

#[test]
fn a_file_name_says_whom_it_is_about() {
    let matcher = Matcher::new(&known("Amelia Fairbairn")).unwrap();
    let mut doc = document(DocumentKind::Pdf, "scanned");
    doc.title = "Fairbairn_Amelia_review.pdf".into();
    assert!(band_of(&matcher.find(&doc)) >= Some(Band::Likely));
}
