//! What the model looks at, as row numbers of its table.

use crate::detect::people::View;
use crate::detect::tokens::{Shape, Token};
use crate::detect::{Finding, Kind};

/// Rows of the table of weights.
pub const ROWS: usize = 1 << 19;
/// Features of a word.
pub const FEATURES: usize = 49;
/// Which of a word's features says only whether the line is written carelessly; trained names are made likelier by it.
pub const MANNER: usize = 48;
/// The first so many features know the word itself; training leaves them out now and then, so that unknown names are learnt from the rest.
pub const OWN_WORD: usize = 8;

/// What the features are made of, a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    hash: u32,
    shape: u32,
    /// What the lists know: rules' classes and wide evidence.
    lists: u32,
    /// What the rules found here.
    tag: u32,
    /// First three and last four bytes, in small letters.
    head: u32,
    tail: u32,
    /// Also written small elsewhere in the text.
    small: u32,
    /// The group of words used alike.
    group: u32,
    /// How the line is written, see [`manner`].
    manner: u32,
}

/// What stands before the first and after the last word.
const EDGE: Word = Word { hash: 1, shape: 31, lists: 0, tag: 0, head: 0, tail: 0, small: 0, group: 0, manner: 0 };

impl Word {
    pub(super) fn new(view: &View<'_>, token: &Token, tag: u32) -> Self {
        let bytes = view.text().as_bytes().get(token.start..token.end).unwrap_or_default();
        let fold = |all: u32, b: &u8| (all << 8) | u32::from(b.to_ascii_lowercase());
        let lettered = token.sign == ' ';
        let inner = token.shape == Shape::Capital && bytes.iter().skip(1).any(u8::is_ascii_uppercase);
        let length = match bytes.len() {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        let shape = match token.shape {
            Shape::Capital if inner => 10,
            Shape::Number => 11 + (bytes.len() as u32).min(5),
            Shape::Lower | Shape::Capital | Shape::Upper if bytes.contains(&b'-') => 17 + token.shape as u32,
            other => other as u32,
        };
        Self {
            hash: token.hash,
            shape: shape | (length << 6),
            lists: token.flags.bits() | (u32::from(token.wide) << 14),
            tag,
            head: if lettered { bytes.iter().take(3).fold(0, fold) } else { 0 },
            tail: if lettered { bytes.iter().skip(bytes.len().saturating_sub(4)).fold(0, fold) } else { 0 },
            small: u32::from(lettered && token.named() && view.small(token)),
            group: u32::from(token.group),
            manner: 0,
        }
    }

    /// Shape without length.
    const fn coarse(&self) -> u32 {
        self.shape & 0x3f
    }

    /// The kind of its group.
    const fn kind_of_group(&self) -> u32 {
        (self.group + 31) >> 5
    }

    const fn opens(&self) -> bool {
        matches!(self.coarse(), 5 | 6 | 31)
    }
}

/// Notes how a line is written, in all of its words: 1 small throughout, 2 mostly in capitals, 3 every word with a capital, 0 as usual;
/// and 4 more where it has signs of careless writing.
pub(super) fn manner(line: &mut [Word], tokens: &[Token]) {
    let of = |shapes: &[Shape]| line.iter().filter(|w| shapes.iter().any(|s| w.coarse() == *s as u32)).count();
    let (small, capital, upper) = (of(&[Shape::Lower]), of(&[Shape::Capital]), of(&[Shape::Upper]));
    let how = if small + capital + upper < 3 {
        0
    } else if capital + upper == 0 {
        1
    } else if upper > small + capital {
        2
    } else if capital > small * 2 {
        3
    } else {
        0
    };
    let first = line.iter().find(|w| w.coarse() < Shape::Line as u32).is_some_and(|w| w.coarse() == Shape::Lower as u32);
    let manner = how | (u32::from(first || careless(tokens)) << 2);
    for word in line {
        word.manner = manner;
    }
}

/// Signs of careless writing: accounts and topics, small pictures, a small `i`, several exclamation marks, blanks before a stop.
fn careless(line: &[Token]) -> bool {
    let shout = |t: &Token| matches!(t.sign, '!' | '?');
    let blank = |a: &Token, b: &Token| b.start > a.end && matches!(b.shape, Shape::Stop | Shape::Comma);
    line.iter().any(|t| matches!(t.sign, '@' | '#' | '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}') || t.small_i())
        || line.windows(2).any(|pair| matches!(pair, [a, b] if shout(a) && shout(b) || blank(a, b)))
}

/// The tag of a rule's finding on a word: kind, beginning or not, how sure.
pub(super) fn tag(rule: &Finding, first: bool) -> u32 {
    let kind = match rule.kind {
        Kind::Person => 1,
        Kind::Organisation => 2,
        Kind::Place => 3,
        Kind::Address => 4,
        _ => 5,
    };
    let sure = (rule.score * 10.0) as u32;
    (kind << 5) | (sure << 1) | u32::from(first)
}

/// The rows that speak about word `i`.
pub(super) fn features(words: &[Word], i: usize) -> [u32; FEATURES] {
    let at = |d: isize| i.checked_add_signed(d).and_then(|j| words.get(j)).unwrap_or(&EDGE);
    let (a2, a, own, b, b2) = (at(-2), at(-1), at(0), at(1), at(2));
    let (form, lists) = (own.coarse(), own.lists);
    let opening = u32::from(a.opens());
    let shapes = (a.coarse() << 12) | (form << 6) | b.coarse();
    [
        row(1, own.hash, 0),
        row(2, own.hash, form),
        row(3, a.hash, own.hash),
        row(4, own.hash, b.hash),
        row(5, own.tail, form),
        row(6, own.tail & 0xff_ffff, form),
        row(7, own.head, form),
        row(8, own.hash, lists),
        row(9, 0, 0),
        row(10, a.hash, 0),
        row(11, b.hash, 0),
        row(12, a2.hash, form),
        row(13, b2.hash, form),
        row(14, a.hash, form),
        row(15, b.hash, form),
        row(16, shapes, 0),
        row(17, shapes, a2.coarse()),
        row(18, shapes, b2.coarse()),
        row(19, own.tail & 0xffff, form),
        row(20, lists, own.shape),
        row(21, lists, b.lists),
        row(22, a.lists, lists),
        row(23, a.hash, lists),
        row(24, b.hash, lists),
        row(25, a.hash, a2.hash),
        row(26, b.hash, b2.hash),
        row(27, lists, (form << 1) | opening),
        row(28, own.tag, opening),
        row(29, own.tag, lists),
        row(30, (a.tag << 16) | b.tag, own.tag),
        row(31, own.small, (form << 1) | opening),
        row(32, a.hash, b.hash),
        row(33, shapes, lists & 0xf),
        row(34, a.tail & 0xff_ffff, form),
        row(35, b.tail & 0xff_ffff, form),
        row(36, (a.lists << 1) ^ b.lists, form),
        row(37, own.group, form),
        row(38, own.kind_of_group(), form | (opening << 8)),
        row(39, a.group, form),
        row(40, b.group, form),
        row(41, (a.kind_of_group() << 16) | b.kind_of_group(), own.kind_of_group()),
        row(42, own.group, lists),
        row(43, (a.group << 16) | own.group, form),
        row(44, (own.group << 16) | b.group, form),
        row(45, own.manner, (form << 24) ^ lists),
        row(46, (own.manner << 16) | own.group, form),
        row(47, (own.manner << 20) ^ shapes, own.tag),
        row(48, (a2.kind_of_group() << 16) | a.kind_of_group(), (b.kind_of_group() << 8) | form),
        row(49, u32::from(own.manner == 1 || own.manner > 3), 0),
    ]
}

/// Mixes a template and two values into a row number.
fn row(template: u32, x: u32, y: u32) -> u32 {
    let mixed =
        (u64::from(x) ^ (u64::from(template) << 34)).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(y).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (mixed >> 45) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stay_in_the_table_and_differ_by_template() {
        assert!((0..10_000).all(|x| (row(x % 36, x, x / 3) as usize) < ROWS));
        assert_ne!(row(1, 5, 0), row(2, 5, 0));
    }
}
