//! What of a text can be set: every character that the embedded fonts cannot show, or that
//! would change how its neighbours are shown, is replaced by a visible mark, so that
//! no mail, however odd, can stop the export or disguise itself on the page.

use typst::layout::Abs;
use typst::text::{Font, FontStyle, FontVariations, FontWeight};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Marks kept on one base character; more is decoration that would run over other lines.
const MARKS_A_BASE: usize = 4;

/// Letters in a row without a place to break, after which one is offered.
const UNBROKEN: usize = 40;

/// The break that is offered: a zero-width space, which the typesetter does not draw.
const MAY_BREAK: char = '\u{200B}';

/// The characters the embedded fonts can show.
pub(super) struct Charset {
    /// All faces together.
    any: Bits,
    /// Each upright face for itself: a letter with its accents must come from one face.
    faces: Vec<Bits>,
    /// The mark for a character that cannot be shown.
    mark: char,
}

struct Bits(Vec<u64>);

impl Bits {
    fn new() -> Self {
        Self(Vec::new())
    }

    fn add(&mut self, code: u32) {
        let word = (code / 64) as usize;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= 1 << (code % 64);
        }
    }

    fn has(&self, c: char) -> bool {
        let code = u32::from(c);
        self.0.get((code / 64) as usize).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }
}

impl Charset {
    /// Reads what the faces cover.
    pub(super) fn of(fonts: &[Font]) -> Self {
        let mut any = Bits::new();
        let mut faces = Vec::new();
        for font in fonts {
            let mut face = Bits::new();
            let instance = font.clone().instantiate(font.info().variant, Abs::pt(11.0), &FontVariations::default());
            for code in font.info().coverage.iter() {
                // Some faces list characters for which they hold only the empty glyph.
                let glyph = char::from_u32(code).and_then(|c| instance.ttf().glyph_index(c));
                if glyph.is_some_and(|glyph| glyph.0 != 0) {
                    any.add(code);
                    face.add(code);
                }
            }
            let variant = font.info().variant;
            if variant.style == FontStyle::Normal && variant.weight == FontWeight::REGULAR {
                faces.push(face);
            }
        }
        let mark = if any.has('\u{FFFD}') { '\u{FFFD}' } else { '?' };
        Self { any, faces, mark }
    }

    /// Only scripts whose characters stand for themselves, without loose marks: what is left
    /// when a combination of rarer characters cannot be set.
    pub(super) fn plain(&self) -> Self {
        let mut any = Bits::new();
        for code in (0x20..0x0590).chain(0x10A0..0x1100).chain(0x1E00..0x3000).chain([u32::from(self.mark)]) {
            if char::from_u32(code).is_some_and(|c| self.any.has(c)) {
                any.add(code);
            }
        }
        Self { any, faces: Vec::new(), mark: self.mark }
    }

    /// Text of one line: as [`Charset::text`], with every line end a space.
    pub(super) fn line(&self, text: &str) -> String {
        self.text(text).replace('\n', " ").trim().to_owned()
    }

    /// Text of several lines, each ended by `\n`, with only characters that can be shown.
    pub(super) fn text(&self, text: &str) -> String {
        let mut out = Cleaner { set: self, out: String::with_capacity(text.len() + 16), cluster: String::new(), unbroken: 0 };
        let mut previous = '\0';
        for c in text.nfc() {
            if !(previous == '\r' && c == '\n') {
                out.take(c);
            }
            previous = c;
        }
        out.flush();
        out.out
    }

    fn shows(&self, c: char) -> bool {
        self.any.has(c) && !is_private(c)
    }

    /// Whether one face has the whole cluster, and its marks belong to its script.
    fn shows_together(&self, cluster: &str) -> bool {
        let block = cluster.chars().next().map_or(0, u32::from) >> 8;
        let own = |c: char| u32::from(c) >> 8 == block || matches!(c, '\u{300}'..='\u{36F}');
        cluster.chars().all(own) && self.faces.iter().any(|face| cluster.chars().all(|c| face.has(c)))
    }
}

/// Collects a base character with its marks and writes them out when the next one comes.
struct Cleaner<'a> {
    set: &'a Charset,
    out: String,
    cluster: String,
    unbroken: usize,
}

impl Cleaner<'_> {
    fn take(&mut self, c: char) {
        match c {
            '\r' | '\n' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.plain('\n'),
            '\t' => {
                for _ in 0..4 {
                    self.plain(' ');
                }
            }
            _ if is_invisible(c) => {}
            _ if c != '\u{A0}' && c.is_whitespace() => self.plain(' '),
            _ if is_combining_mark(c) => self.combine(c),
            _ => {
                self.flush();
                let shown = if self.set.shows(c) && !c.is_control() { c } else { self.set.mark };
                self.cluster.push(shown);
            }
        }
    }

    /// A mark joins the character before it. One that has nothing to join is marked; one on
    /// a character that cannot be shown goes with it.
    fn combine(&mut self, c: char) {
        if self.cluster.is_empty() {
            self.cluster.push(self.set.mark);
        } else if !self.cluster.starts_with(self.set.mark) && self.cluster.chars().count() <= MARKS_A_BASE {
            self.cluster.push(c);
        }
    }

    fn plain(&mut self, c: char) {
        self.flush();
        self.unbroken = 0;
        self.out.push(c);
    }

    fn flush(&mut self) {
        let Some(base) = self.cluster.chars().next() else { return };
        let alone = self.cluster.len() == base.len_utf8();
        if alone || self.set.shows_together(&self.cluster) {
            self.out.push_str(&self.cluster);
        } else {
            self.out.push(base);
            self.out.push(self.set.mark);
        }
        self.cluster.clear();
        self.unbroken += 1;
        if self.unbroken == UNBROKEN {
            self.out.push(MAY_BREAK);
            self.unbroken = 0;
        }
    }
}

/// Characters that show nothing themselves: joiners, selectors, tags, soft hyphens, and
/// the marks and brackets that steer the direction of text. Text keeps its own direction
/// without them; with them a mail could show other words than it holds.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Private use and non-characters: PDF/A refuses them.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
        || matches!(c, '\u{FDD0}'..='\u{FDEF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Charset {
        /// A set that shows every character, for tests that are not about fonts.
        pub(in crate::press) fn everything(mut self) -> Self {
            (0..=0x10_FFFF).for_each(|code| self.any.add(code));
            self.mark = '?';
            self
        }
    }

    fn latin() -> Charset {
        let mut face = Bits::new();
        (0x20..0x250).chain(0x300..0x310).for_each(|code| face.add(code));
        let mut any = Bits::new();
        (0x20..0x250).chain(0x300..0x320).for_each(|code| any.add(code));
        Charset { any, faces: vec![face], mark: '?' }
    }

    #[test]
    fn what_has_no_glyph_is_marked() {
        assert_eq!(latin().text("naïve 😀 x\u{7}\0y \u{E000}"), "naïve ? x??y ?");
    }

    #[test]
    fn what_shows_nothing_is_left_out() {
        assert_eq!(latin().text("a\u{200B}b\u{202E}c\u{FEFF}d\u{AD}e\u{E0041}f"), "abcdef");
    }

    #[test]
    fn all_line_ends_are_one() {
        assert_eq!(latin().text("a\r\nb\rc\u{2028}d\n\ne\u{85}f"), "a\nb\nc\nd\n\ne\nf");
        assert_eq!(latin().line(" a\r\nb "), "a b");
    }

    #[test]
    fn accents_join_their_letter_or_are_marked() {
        assert_eq!(latin().text("e\u{301} q\u{301} q\u{315}"), "é q\u{301} q?");
        assert_eq!(latin().text(&format!("q{}", "\u{301}".repeat(100))).chars().count(), 1 + MARKS_A_BASE);
    }

    #[test]
    fn long_words_may_break() {
        let cleaned = latin().text(&"w".repeat(100));
        assert_eq!(cleaned.matches(MAY_BREAK).count(), 2);
        assert_eq!(cleaned.replace(MAY_BREAK, "").len(), 100);
    }
}
