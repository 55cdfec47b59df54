//! Every parser of this crate by its name, for `probity bench fuzz`: the readers of documents, the
//! sources, what servers say, what is drawn, and what the confined children say to the program.

use crate::extract::tried as extract;
use crate::mail::{imap_read, smtp};
use crate::{burn, sources};

type Parse = Box<dyn Fn(&[u8]) -> Result<(), String> + Send + Sync>;

/// A parser.
pub struct Parser {
    /// Its name; of a reader, the name of its format.
    pub name: String,
    /// Good input that is best made here.
    pub goods: Vec<Vec<u8>>,
    parse: Parse,
}

impl Parser {
    /// Names a parser. What it answers is what does not hold for its outcome.
    pub fn new(name: &str, parse: impl Fn(&[u8]) -> Result<(), String> + Send + Sync + 'static) -> Self {
        Self { name: name.to_owned(), goods: Vec::new(), parse: Box::new(parse) }
    }

    /// With good input.
    #[must_use]
    pub fn with(mut self, goods: Vec<Vec<u8>>) -> Self {
        self.goods.extend(goods);
        self
    }

    /// Parses. A panic is not caught here.
    ///
    /// # Errors
    /// What does not hold for the outcome, in words.
    pub fn parse(&self, bytes: &[u8]) -> Result<(), String> {
        (self.parse)(bytes)
    }
}

/// Every parser there is in this crate.
pub fn parsers() -> Vec<Parser> {
    let plain = |name: &str, parse: fn(&[u8])| {
        Parser::new(name, move |bytes| {
            parse(bytes);
            Ok(())
        })
    };
    let mut all: Vec<Parser> =
        extract::readers().into_iter().map(|(name, format)| Parser::new(&name, move |bytes| extract::read(format, bytes))).collect();
    all.push(Parser::new("recognised", extract::recognised));
    all.push(plain("answer", extract::answers).with(vec![extract::said()]));
    all.push(plain("mbox", |bytes| {
        sources::tried::mbox(bytes);
    }));
    all.push(plain("pst", |bytes| {
        sources::tried::pst(bytes);
    }));
    all.push(plain("zip-source", |bytes| {
        sources::tried::zip(bytes);
    }));
    all.push(plain("tar-source", |bytes| {
        sources::tried::tar(bytes);
    }));
    all.push(Parser::new("sheets", extract::sheets));
    all.push(plain("imap", |bytes| drop(imap_read::overheard(bytes))));
    all.push(plain("smtp", |bytes| {
        smtp::overheard(bytes);
    }));
    all.push(plain("draw-pdf", burn::tried::pdf));
    all.push(plain("draw-picture", burn::tried::picture));
    all.push(plain("draw-answer", burn::tried::answers).with(vec![burn::tried::said()]));
    all
}

/// Which reader a file goes to, by its format's name.
pub fn reader_of(name: &str, bytes: &[u8]) -> String {
    extract::reader_of(name, bytes)
}

/// Lets this process have no more memory than the confined child has in which this parser works: that of one large item, or
/// that which draws.
pub fn limit_memory(parser: &str) -> bool {
    let reading = crate::extract::Limits::default().memory_alone;
    let most = if parser.starts_with("draw-") { burn::MEMORY } else { reading };
    rlimit::setrlimit(rlimit::Resource::DATA, most, most).is_ok()
}
