//! Every parser of the program by name: those of `adapters`, and those that take text.

use adapters::extract::{InProcess, Limits};
use adapters::fuzz::{Parser, reader_of};
use domain::calendar::{Calendar, When, parse_date};
use domain::policy::Policy;
use domain::retention::{Day, Schedule};
use finder::dedupe::{QuoteIndex, fingerprint_text, quoted_ranges};
use finder::detect::Detector;
use finder::document::{Document, DocumentKind};
use finder::fold::{Folded, fold, squash};
use finder::identity::{Identity, Matcher, national_digits};
use finder::plan::{DirectoryEntry, DocPlan, PlanContext, Role, Words, leaks, plan, propagate};

use crate::cli::outcome::Ending;
use crate::cli::retention::sweep;
use crate::cli::{deadline, inputs};

/// The pack whose files are spoilt.
const PACK: &str = "childrens-education-cic";

/// Every one there is.
pub(super) fn parsers() -> Result<Vec<Parser>, Ending> {
    let mut all = adapters::fuzz::parsers();
    all.extend(of_text()?);
    all.extend(of_people());
    all.extend(of_the_office()?);
    Ok(all)
}

/// Whether a file of a folder is of a parser's kind.
pub(super) fn takes(parser: &str, name: &str, bytes: &[u8]) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match parser {
        "recognised" => true,
        "received" | "intake" => reader_of(name, bytes) == "mail",
        "detect" | "matcher" | "fold" | "quotes" | "plan" => reader_of(name, bytes) == "text",
        "draw-pdf" => reader_of(name, bytes) == "pdf",
        "draw-picture" => reader_of(name, bytes) == "picture",
        "sheets" => matches!(reader_of(name, bytes).as_str(), "workbook" | "opendocument" | "oldoffice"),
        "zip-source" => ending == "zip",
        "mbox" | "pst" => ending == parser,
        reader => reader_of(name, bytes) == reader,
    }
}

fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

fn on_text(name: &str, parse: impl Fn(&str) -> Result<(), String> + Send + Sync + 'static) -> Parser {
    Parser::new(name, move |bytes| parse(&text(bytes)))
}

/// Fails unless every range lies in the text, on letters' boundaries.
fn inside(text: &str, ranges: impl IntoIterator<Item = (usize, usize)>) -> Result<(), String> {
    let held = ranges.into_iter().all(|(start, end)| start <= end && text.get(start..end).is_some());
    if held { Ok(()) } else { Err("a place that is not in the text".to_owned()) }
}

fn amelia() -> Identity {
    Identity {
        names: vec!["Amelia Fairbairn-Hart".to_owned(), "Zo\u{eb} Example".to_owned()],
        emails: vec!["amelia.hart@mail.example".to_owned()],
        phones: vec!["07700 900123".to_owned()],
        born: parse_date("2013-05-17").into_iter().collect(),
        addresses: vec!["12 Garden Road, Leeds LS1 4AP".to_owned()],
        references: vec!["P-00123".to_owned()],
    }
}

fn document(text: &str) -> Document {
    Document::of(DocumentKind::Text, "a letter", text)
}

/// What looks through the text of documents.
fn of_text() -> Result<Vec<Parser>, Ending> {
    let detector = Detector::new();
    let matcher = Matcher::new(&amelia())?;
    let directory = [DirectoryEntry { name: "Grace Sample".to_owned(), emails: vec!["grace@c.example".to_owned()], role: Role::Staff }];
    let context = PlanContext::new(&amelia(), &directory, &[])?;
    Ok(vec![
        on_text("detect", move |text| inside(text, detector.detect(text).iter().map(|one| (one.start, one.end)))),
        on_text("matcher", move |text| inside(text, matcher.find(&document(text)).iter().map(|hit| (hit.start, hit.end)))),
        on_text("fold", |text| {
            let folded = Folded::new(text);
            let (plain, packed) = (fold(text), squash(text));
            let third = folded.original_range(0, plain.floor_char_boundary(plain.len() / 3));
            if fold(&plain) != plain || squash(&packed) != packed {
                return Err("what is folded folds to something else".to_owned());
            }
            inside(text, [(third.start, third.end)])
        }),
        on_text("quotes", |text| {
            let mut index = QuoteIndex::new();
            index.add(0, text);
            index.add(1, "Hi Ada, Amelia is fine.");
            index.shown_elsewhere(1, text);
            fingerprint_text(DocumentKind::Text, text);
            inside(text, quoted_ranges(text).into_iter().map(|range| (range.start, range.end)))
        }),
        on_text("plan", move |text| {
            let document = document(text);
            let proposals = plan(&document, &context);
            let held = inside(text, proposals.iter().map(|one| (one.start, one.end)));
            let mut plans = [DocPlan { document: &document, proposals }];
            propagate(&mut plans, &context);
            let words: Vec<String> = text.split_whitespace().take(3).map(str::to_owned).collect();
            leaks(&words, &[text.to_owned()]);
            held.and_then(|()| inside(text, Words::new(&words, true).places(text).iter().map(|place| (place.start, place.end))))
        }),
    ])
}

/// What is said about people and when: person files, requests by mail, days and numbers.
fn of_people() -> Vec<Parser> {
    let letter = "Dear Amelia Hart (born 17/05/2013), call 07700 900123. Zoe";
    let limits = Limits { unpacked: 16 << 20, text: 1 << 20, ..Limits::default() };
    vec![
        on_text("person", move |text| {
            let Ok(identity) = toml::from_str::<Identity>(text) else { return Ok(()) };
            let Ok(matcher) = Matcher::new(&identity) else { return Ok(()) };
            inside(letter, matcher.find_text(letter).iter().map(|hit| (hit.start, hit.end)))
        }),
        Parser::new("received", |bytes| {
            services::intake::received_on(bytes);
            services::intake::received_by_server(bytes);
            Ok(())
        }),
        Parser::new("intake", move |bytes| {
            let reader = InProcess { limits: limits.clone() };
            // A refusal is an answer.
            let _ = services::intake::read_mail(&reader, "m.eml", bytes).map(|mail| mail.person());
            Ok(())
        }),
        Parser::new("dates", |bytes| {
            let text = text(bytes);
            let _ = (parse_date(&text), When::parse(&text), Day::parse_iso(bytes), Day::parse_day_first(bytes));
            national_digits(&text);
            Ok(())
        }),
        on_text("holidays", |text| {
            let _ = Calendar::embedded().import(text);
            Ok(())
        }),
    ]
}

/// What an office hands over: packs, lines with questions, tables of holdings and how to read them.
fn of_the_office() -> Result<Vec<Parser>, Ending> {
    let files = Policy::builtin_files(PACK)?;
    let goods = files.iter().map(|(name, text)| format!("{name}\n{text}").into_bytes()).collect();
    let answer = deadline::answering(PACK, parse_date("2026-11-02")?)?;
    let schedule = Schedule::compile(&inputs::pack(PACK)?);
    let on = Day::new(2026, 11, 2).ok_or_else(|| anyhow::anyhow!("a day"))?;
    Ok(vec![
        on_text("pack", |text| {
            let (name, text) = text.split_once('\n').unwrap_or((text, ""));
            // A refusal is an answer.
            let _ = Policy::from_files(&[(name, text)]);
            Ok(())
        })
        .with(goods),
        Parser::new("deadline-lines", move |bytes| answer(bytes, &mut std::io::sink()).map_err(|_| "the run broke off".to_owned())),
        Parser::new("holdings", move |bytes| {
            let printing = sweep::Printing { json: true, all: true };
            let mut work = sweep::Sweep { schedule: &schedule, on, printing, errors: None };
            let _ = sweep::measured(&mut work, Box::new(std::io::Cursor::new(bytes.to_vec())), &mut std::io::sink());
            Ok(())
        }),
        on_text("mapping", |text| {
            let _ = sweep::mapped(text);
            Ok(())
        }),
    ])
}
