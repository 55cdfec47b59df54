//! Words with what is known about them.

use std::sync::LazyLock;

use super::{Finding, Kind};
use crate::lexicon::{Flags, Hash, cluster, look_up};

/// How a word is written, or what stands between words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Small letters.
    Lower,
    /// A capital, then small letters (perhaps more capitals: `McDonald`, `O'Brien`).
    Capital,
    /// Two or more capitals.
    Upper,
    /// One capital.
    Initial,
    /// A number.
    Number,
    /// End of a line.
    Line,
    /// `.`, `!`, `?`, `:` and the like.
    Stop,
    /// `,`.
    Comma,
    /// Anything else.
    Other,
}

/// One word or sign.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) flags: Flags,
    pub(super) shape: Shape,
    /// The first character, for signs.
    pub(super) sign: char,
    /// The word whatever its case, the sign, or what stands for a number: evidence for the name model.
    pub(super) hash: u32,
    /// What the wide word lists know: evidence for the name model.
    pub(super) wide: u8,
    /// The group of words used alike; 0 for none.
    pub(super) group: u16,
}

impl Token {
    /// A token that is no word.
    const fn bare(start: usize, end: usize, shape: Shape, sign: char) -> Self {
        Self { start, end, flags: Flags::NONE, shape, sign, hash: sign as u32, wide: 0, group: 0 }
    }
}

impl Token {
    pub(super) const fn named(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper)
    }

    /// The pronoun written small.
    pub(super) fn small_i(&self) -> bool {
        self.shape == Shape::Lower && self.end - self.start == 1 && self.hash == *SMALL_I
    }

    /// True for what stands for a finding of this kind that the patterns made.
    pub(super) const fn stands_for(&self, kind: Kind) -> bool {
        self.sign == '\u{fffc}' && self.hash == stand_in(kind)
    }

    pub(super) const fn has(&self, flags: Flags) -> bool {
        self.flags.any(flags)
    }
}

/// The hash of what stands for a finding of the patterns.
const fn stand_in(kind: Kind) -> u32 {
    // The model learnt what stands around accounts as around web addresses.
    let kind = if matches!(kind, Kind::Handle) { Kind::Url } else { kind };
    0x11_0000 + kind as u32
}

static SMALL_I: LazyLock<u32> = LazyLock::new(|| Hash::of("i").short());

/// Splits `text` into tokens, leaving out what the patterns have already found. Offsets are into `text`.
pub(super) fn split(text: &str, from: usize, to: usize, found: &[Finding], out: &mut Vec<Token>) {
    out.clear();
    let mut at = from;
    let mut skip = found.iter().filter(|f| f.end > from).peekable();
    while at < to {
        if let Some(f) = skip.next_if(|f| f.start <= at && !keeps_words(f)) {
            if f.end > at {
                out.push(Token { hash: stand_in(f.kind), ..Token::bare(at, f.end, Shape::Other, '\u{fffc}') });
                at = f.end;
            }
            continue;
        }
        while skip.next_if(|f| keeps_words(f) || f.end <= at).is_some() {}
        let Some(c) = text.get(at..).and_then(|t| t.chars().next()) else { break };
        if c.is_alphabetic() {
            let token = word(text, at);
            at = token.end.max(at + 1);
            out.push(token);
        } else if c.is_ascii_digit() {
            let len = text.get(at..).map_or(1, |t| t.bytes().take_while(u8::is_ascii_alphanumeric).count());
            out.push(Token { hash: 0x12_0000 + len as u32, ..Token::bare(at, at + len, Shape::Number, c) });
            at += len;
        } else {
            if c != ' ' && c != '\r' && c != '\t' {
                out.push(Token::bare(at, at + c.len_utf8(), sign(c), c));
            }
            at += c.len_utf8();
        }
    }
}

/// Flags about topics and ages do not hide the words in them.
fn keeps_words(f: &Finding) -> bool {
    f.kind.rank() <= Kind::Special.rank()
}

fn sign(c: char) -> Shape {
    match c {
        '\n' => Shape::Line,
        '.' | '!' | '?' | ':' | ';' | '\u{2026}' => Shape::Stop,
        ',' => Shape::Comma,
        _ => Shape::Other,
    }
}

/// Reads a word: letters, marks, apostrophes and hyphens between letters. A possessive `'s` is left out.
fn word(text: &str, start: usize) -> Token {
    let rest = text.get(start..).unwrap_or_default();
    if let Some(plain) = plain_word(rest, start) {
        return plain;
    }
    let mut end = 0;
    let (mut letters, mut capitals, mut first_upper) = (0, 0, false);
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) || c == '\u{ad}' {
            let upper = c.is_uppercase();
            first_upper |= i == 0 && upper;
            letters += usize::from(c.is_alphabetic());
            capitals += usize::from(upper);
            end = i + c.len_utf8();
        } else if matches!(c, '\'' | '\u{2019}' | '-' | '\u{2010}' | '\u{2011}') && chars.peek().is_some_and(|(_, d)| d.is_alphabetic()) {
            let rest = rest.get(i + c.len_utf8()..).unwrap_or_default();
            let possessive = c != '-' && rest.starts_with(['s', 'S']) && !rest.chars().nth(1).is_some_and(char::is_alphabetic);
            if possessive {
                break;
            }
        } else {
            break;
        }
    }
    let shape = match (first_upper, letters, capitals) {
        (true, 1, _) => Shape::Initial,
        (true, n, c) if n == c => Shape::Upper,
        (true, _, _) => Shape::Capital,
        (false, ..) => Shape::Lower,
    };
    let word = rest.get(..end).unwrap_or_default();
    named(word, start, start + end.max(1), shape)
}

/// A word with everything the lists know about it.
fn named(word: &str, start: usize, end: usize, shape: Shape) -> Token {
    let hash = Hash::of(word);
    let (flags, wide) = known(word, hash);
    Token { start, end, flags, shape, sign: ' ', hash: hash.short(), wide, group: cluster(hash) }
}

/// The fast way for the usual word: ASCII letters up to an ASCII sign that joins nothing.
fn plain_word(rest: &str, start: usize) -> Option<Token> {
    let bytes = rest.as_bytes();
    let mut capitals = 0;
    let mut length = 0;
    for &b in bytes {
        if b.is_ascii_lowercase() {
            length += 1;
        } else if b.is_ascii_uppercase() {
            length += 1;
            capitals += 1;
        } else if b == b'\'' || b == b'-' || !b.is_ascii() {
            return None;
        } else {
            break;
        }
    }
    let first = bytes.first().is_some_and(u8::is_ascii_uppercase);
    let shape = match (first, length, capitals) {
        (true, 1, _) => Shape::Initial,
        (true, n, c) if n == c => Shape::Upper,
        (true, ..) => Shape::Capital,
        (false, ..) => Shape::Lower,
    };
    (length > 0).then(|| named(rest.get(..length).unwrap_or_default(), start, start + length, shape))
}

/// What is known about a word, or about its parts when it is written with a hyphen: for the rules, and beyond.
fn known(word: &str, hash: Hash) -> (Flags, u8) {
    let all = look_up(hash);
    let (whole, wide) = (all.for_rules(), all.wide());
    if whole != Flags::NONE || !word.contains('-') {
        return (if whole == Flags::NONE && surname_shape(word) { Flags::SURNAME } else { whole }, wide);
    }
    let mut parts = word.split('-').map(|p| (p.chars().count(), look_up(Hash::of(p))));
    let Some((length, first)) = parts.next() else { return (whole, wide) };
    if length < 2 {
        return (whole, wide);
    }
    parts.fold((first.for_rules(), first.wide()), |(all, wide), (_, p)| {
        let rules = p.for_rules();
        (if all.any(Flags::COMMON) && !rules.any(Flags::COMMON) { rules } else { all.with(rules) }, wide | p.wide())
    })
}

/// Endings and beginnings that only surnames have.
fn surname_shape(word: &str) -> bool {
    const ENDINGS: [&str; 28] = [
        "ski", "ska", "wicz", "czyk", "czak", "escu", "eanu", "dottir", "dóttir", "sson", "ssen", "ović", "ovic", "ević", "evic", "enko",
        "chuk", "opoulos", "akis", "idis", "shvili", "ová", "ova", "eva", "yan", "oğlu", "oglu", "worth",
    ];
    let prefixed = ["Mc", "Mac", "O'", "O’", "Fitz"]
        .iter()
        .any(|p| word.strip_prefix(p).is_some_and(|r| r.len() > 2 && r.starts_with(char::is_uppercase)));
    prefixed || (word.len() >= 6 && ENDINGS.iter().any(|e| word.ends_with(e)))
}
