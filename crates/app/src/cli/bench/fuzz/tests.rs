//! A hundred thousand spoilt inputs for each parser, one test a parser. `probity bench fuzz` does as many
//! as one likes (ten million each before a release).

use super::*;

/// How many inputs each parser is given here.
const INPUTS: u64 = 100_000;

/// Places in libraries at which sums are checked in a build for tests and wrap in the program that is shipped, where nothing comes of
/// it. What calls them catches the panic, reads on and lists the item. A panic anywhere else fails.
const WRAPS: &[(&str, &str)] =
    &[("pdf", "/hayro-font-0.5.0/src/true_type.rs:406:"), ("draw-pdf", "/hayro-font-0.5.0/src/true_type.rs:406:")];

/// The stack of a process.
const STACK: usize = 8 << 20;

fn tried(name: &'static str) {
    let run = move || {
        let parsers = list::parsers().unwrap();
        let parser = parsers.iter().find(|parser| parser.name == name).unwrap();
        let spoiler = Spoiler::new(goods(parser, None).unwrap());
        let mut findings = Vec::new();
        let tally = round::run(parser, &spoiler, 1, 0..INPUTS, &mut |_| (), &mut |finding, _| {
            let wraps = WRAPS.iter().any(|(parser, place)| *parser == name && finding.place.contains(place));
            if finding.what != "stopped" || !wraps {
                findings.push(finding.clone());
            }
        });
        assert_eq!(tally.inputs, INPUTS);
        assert!(findings.is_empty(), "{name}: {} of {INPUTS}, first {:?}", findings.len(), findings.first());
    };
    std::thread::Builder::new().stack_size(STACK).spawn(run).unwrap().join().unwrap();
}

macro_rules! tried {
    ($($test:ident $name:literal,)*) => {
        $(#[test]
        fn $test() {
            tried($name);
        })*

        const TRIED: &[&str] = &[$($name),*];
    };
}

tried! {
    mail "mail",
    mailbox "mailbox",
    text "text",
    table "table",
    rows "rows",
    cards "cards",
    html "html",
    xml "xml",
    word "word",
    workbook "workbook",
    slides "slides",
    open_document "opendocument",
    rtf "rtf",
    pdf "pdf",
    zip "zip",
    old_office "oldoffice",
    outlook_message "outlookmessage",
    outlook_store "outlookstore",
    compound "compound",
    database "database",
    dbase "dbase",
    word_perfect "wordperfect",
    notebook "notebook",
    picture "picture",
    sound "sound",
    video "video",
    archive "archive",
    apple_mail "applemail",
    apple_part "applepart",
    tnef "tnef",
    signature "signature",
    encrypted "encrypted",
    program "program",
    unknown "unknown",
    recognised "recognised",
    answer "answer",
    mbox "mbox",
    pst "pst",
    zip_source "zip-source",
    tar_source "tar-source",
    sheets "sheets",
    imap "imap",
    smtp "smtp",
    draw_pdf "draw-pdf",
    draw_picture "draw-picture",
    draw_answer "draw-answer",
    detect "detect",
    matcher "matcher",
    fold "fold",
    quotes "quotes",
    plan "plan",
    person "person",
    received "received",
    intake "intake",
    dates "dates",
    holidays "holidays",
    pack "pack",
    deadline_lines "deadline-lines",
    holdings "holdings",
    mapping "mapping",
}

#[test]
fn every_parser_is_tried() {
    let names: Vec<String> = list::parsers().unwrap().into_iter().map(|parser| parser.name).collect();
    assert_eq!(names, TRIED);
}

#[test]
fn every_parser_has_good_input_and_takes_it() {
    for parser in list::parsers().unwrap() {
        let goods = goods(&parser, None).unwrap();
        assert!(!goods.is_empty(), "{}", parser.name);
        for good in goods {
            let mut found = Vec::new();
            round::one(&parser, &good, &mut |finding| found.push(finding));
            assert!(found.is_empty(), "{}: {found:?}", parser.name);
        }
    }
}

#[test]
fn a_panic_is_found_wherever_it_is_caught_and_counted_once() {
    let parser = Parser::new("bad", |bytes| {
        let caught = std::panic::catch_unwind(|| assert!(bytes.len() < 5, "long"));
        if bytes.starts_with(b"x") {
            return Err("begins with x".to_owned());
        }
        caught.map_err(|_| "caught".to_owned())
    });
    let found = |bytes: &[u8]| {
        let mut found = Vec::new();
        round::one(&parser, bytes, &mut |finding| found.push(finding.what));
        found
    };
    assert_eq!(found(b"abc"), [""; 0]);
    assert_eq!(found(b"abcdef"), ["panic", "unsound"]);
    assert_eq!(found(b"x"), ["unsound"]);
}
