//! Lines without end: `cargo run --release -p finder --example lines`. Each thing that a rule looks for, over and over in one line and over
//! and over below one another, in 100 kB and in 400 kB: a rule that reads the line again for each place takes sixteen times as long for the
//! second. Prints the milliseconds of finding a person and of proposing, and says `slow` where they grow more than twice as fast as the line.
//! Words given as arguments are repeated instead.

use std::io::Write;
use std::time::Instant;

use finder::document::{Document, DocumentKind};
use finder::identity::Identity;
use finder::plan::{DirectoryEntry, PlanContext, Role, plan};

/// Bytes of the shorter text, and how many times as long the longer one is.
const SHORT: usize = 100_000;
const TIMES: usize = 4;
/// Milliseconds below which growth is noise.
const LITTLE: f64 = 150.0;

const UNITS: [&str; 94] = [
    "Walker ",
    "Andrew ",
    "Andy ",
    "A. Walker ",
    "Mr Walker ",
    "Andrew Walker ",
    "Walker, Andrew, ",
    "Walker, Andrew; ",
    "Andrew x Walker ",
    "Andrew Wal... ",
    "Walker A J ",
    "Andrew J. ",
    "seven double oh. ",
    "1 2 dash ",
    "P U P ",
    "A-B-",
    "A-N-D-",
    "A. N. D. ",
    "|A|N|D",
    "[A]",
    "An[d",
    "Andrew (and ",
    "the Walker family, Sarah and ",
    "Andrew, that is ",
    "Andrew James ",
    "James Andrew Carter ",
    "Andrew (number ending 1234) ",
    "Andrew of Tanners Row, Wickford Magna, ",
    "Andrew (b. 1980) ",
    "AJW ",
    "A.J.W. ",
    "Andrew and Sarah Walker ",
    "Andrew-",
    "Walker-",
    "Walker/",
    "Walker.",
    "WalkerAndrew",
    "Walkr ",
    "Dear Andrew, ",
    "the late Andrew Walker ",
    "Andrew Walker, 62, of ",
    "Andrew Walker (62) ",
    "aged 62 Walker ",
    "Andrew Walker died ",
    "Andrew Walker's mother ",
    "Andrew | x | Walker | ",
    "Walker | ",
    "Andrew | Tom | Walker | Bea | ",
    "Andrew|",
    "Andrew\tb\tWalker\t",
    "Andrew^Walker^",
    "Andrew,Walker,9,",
    "'Walker', 'Andrew', ",
    "Forename: Andrew, Surname: Walker, ",
    "Surname: Walker. ",
    "forename=Andrew&x=1&surname=Walker&",
    "<given>Andrew</given><family>Walker</family>",
    "{\"a\": \"Walker\"}, ",
    "17/02/1980 ",
    "17 February 1980 ",
    "born 17 February 1980 ",
    "reviewed 17/02/1980 ",
    "DOB 17.2.80, ",
    "2/80 ",
    "1980 ",
    "22 Tanners Row ",
    "22 Tanners Row, Wickford Magna, ",
    "OX44 8QD ",
    "Flat 2, 22 Tanners Row OX44 8QD ",
    "Wickford Magna ",
    "jim.walker80@fellside.example ",
    "jim.walker80 ",
    "other@fellside.example ",
    "mailto:jim.walker80@fellside.example?x=",
    "07700 900462 ",
    "07700 ",
    "1 2 3 4 5 6 ",
    "VOL/2018/0091 ",
    "VOL/2018/0092 Andrew Walker ",
    "VOL 2018 ",
    "QQ 12 34 56 C ",
    "943 476 5919 ",
    "a b c d e f ",
    "Tom Carter ",
    "Bea Carter 07700 900999 ",
    "bea.carter@home.example ",
    "she said Bea ",
    "Year 4, asthma, ",
    "GB29NWBK60161331926819 ",
    "Mr ",
    "<a>",
    "12-",
    "07700-",
    "J. J. ",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let subject = Identity {
        names: vec!["Andrew James Walker".into()],
        emails: vec!["jim.walker80@fellside.example".into()],
        phones: vec!["07700 900462".into()],
        born: vec!["1980-02-17".parse()?],
        addresses: vec!["22 Tanners Row, Wickford Magna, OX44 8QD".into()],
        references: vec!["VOL/2018/0091".into()],
    };
    let staff = DirectoryEntry { name: "Priya Sandhu".into(), emails: vec!["priya@org.example".into()], role: Role::Staff };
    let context = PlanContext::new(&subject, &[staff], &[])?;
    let matcher = finder::identity::Matcher::new(&subject)?;
    let given: Vec<String> = std::env::args().skip(1).collect();
    let units: Vec<&str> = if given.is_empty() { UNITS.to_vec() } else { given.iter().map(String::as_str).collect() };
    let mut out = std::io::stdout().lock();
    for unit in units {
        for (end, kind) in [("", DocumentKind::Text), ("", DocumentKind::Sheet), ("\n", DocumentKind::Text)] {
            let unit = format!("{}{end}", if end.is_empty() { unit } else { unit.trim_end() });
            let document = |bytes: usize| Document::of(kind, "", unit.repeat(bytes / unit.len()));
            for (what, run) in [
                ("find", &(|d: &Document| matcher.find(d).len()) as &dyn Fn(&Document) -> usize),
                ("plan", &|d: &Document| plan(d, &context).len()),
            ] {
                let took = [SHORT, SHORT * TIMES].map(|bytes| milliseconds(|| run(&document(bytes))));
                let slow = if took[1] > LITTLE && took[1] > took[0] * (2 * TIMES) as f64 { "slow" } else { "" };
                writeln!(out, "{what} {kind:?} {unit:?} {:.0} {:.0} {slow}", took[0], took[1])?;
            }
        }
    }
    Ok(())
}

fn milliseconds(run: impl Fn() -> usize) -> f64 {
    let start = Instant::now();
    std::hint::black_box(run());
    start.elapsed().as_secs_f64() * 1000.0
}
