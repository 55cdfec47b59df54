//! The words of rich text: what each group is for, and in which page its letters are.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::extract::drawing;
use crate::extract::pages::paged;
use crate::extract::sights::Print;
use crate::extract::writing::Facts;

/// Groups within each other that are told apart; what is deeper counts as one.
const DEEPEST: usize = 4_096;
/// The page of a text that names none.
const WESTERN: u32 = 1_252;

/// What stands in a text.
#[derive(Debug, Default)]
pub(super) struct Rich<'b> {
    body: String,
    /// Notes, comments, headers and boxes, a line each.
    notes: String,
    /// Files put into it, in their wrapping.
    pub(super) objects: Vec<Blob<'b>>,
    pub(super) pictures: Vec<Blob<'b>>,
}

impl Rich<'_> {
    /// The body, then the notes.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.body.len() + self.notes.len() + 1);
        text.push_str(&self.body);
        if !self.notes.is_empty() && !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&self.notes);
        text
    }
}

/// Bytes in the text: as they are, or two digits a byte.
#[derive(Debug, Clone, Copy)]
pub(super) struct Blob<'b> {
    source: &'b [u8],
    bare: bool,
}

impl Blob<'_> {
    /// The bytes, `most` of them.
    pub(super) fn bytes(&self, most: usize) -> Cow<'_, [u8]> {
        if self.bare {
            return Cow::Borrowed(self.source.get(..most).unwrap_or(self.source));
        }
        let mut digits = self.source.iter().filter_map(|byte| char::from(*byte).to_digit(16));
        let mut out = Vec::with_capacity((self.source.len() / 2).min(most));
        while let (Some(high), Some(low)) = (digits.next(), digits.next()) {
            if out.len() >= most {
                break;
            }
            out.push((high << 4 | low) as u8);
        }
        Cow::Owned(out)
    }

    /// What it is known by.
    pub(super) fn print(&self) -> Print {
        drawing::print(self.source, 0)
    }
}

/// What a group of the document is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Text,
    Note,
    Fact(&'static str),
    Object,
    Picture,
    Fonts,
    /// Not shown, unless something in it is.
    Nothing,
    /// What stands in another group too.
    Never,
}

#[derive(Clone, Copy)]
struct Group {
    what: Use,
    /// What the group was for before two forms of the same text came.
    instead_of: Use,
    /// Plain characters that follow a Unicode one, for old programs.
    spare: usize,
    font: Option<i64>,
    deleted: bool,
}

struct Walk<'b, 'f> {
    rich: Rich<'b>,
    facts: &'f mut Facts,
    fact: String,
    note: String,
    deleted: String,
    data: Option<Blob<'b>>,
    stack: Vec<Group>,
    /// Groups beyond the deepest.
    deeper: usize,
    now: Group,
    /// Nothing was met in the group yet, and whether it may be ignored.
    fresh: bool,
    starred: bool,
    skip: usize,
    /// Bytes of a run in a page, not yet decoded.
    run: Vec<u8>,
    page: u32,
    pages: HashMap<i64, u32>,
    font: Option<i64>,
    high: Option<u16>,
}

/// Reads rich text.
pub(super) fn walked<'b>(bytes: &'b [u8], facts: &mut Facts) -> Rich<'b> {
    let rich = Rich { body: String::with_capacity(bytes.len() / 4), ..Rich::default() };
    let mut walk = Walk {
        rich,
        facts,
        fact: String::new(),
        note: String::new(),
        deleted: String::new(),
        data: None,
        stack: Vec::new(),
        deeper: 0,
        now: Group { what: Use::Text, instead_of: Use::Text, spare: 1, font: None, deleted: false },
        fresh: false,
        starred: false,
        skip: 0,
        run: Vec::new(),
        page: WESTERN,
        pages: HashMap::new(),
        font: None,
        high: None,
    };
    walk.whole(bytes);
    walk.rich
}

impl<'b> Walk<'b, '_> {
    fn whole(&mut self, bytes: &'b [u8]) {
        let mut rest = bytes;
        while let [first, tail @ ..] = rest {
            match first {
                b'{' => {
                    self.begin();
                    rest = tail;
                }
                b'}' => {
                    self.end();
                    rest = tail;
                }
                b'\\' => rest = self.control(tail),
                _ => {
                    let length = memchr::memchr3(b'{', b'}', b'\\', rest).unwrap_or(rest.len());
                    let (run, after) = rest.split_at(length);
                    self.plain(run);
                    rest = after;
                }
            }
        }
        while !self.stack.is_empty() {
            self.end();
        }
        self.flush();
        self.facts.add("Deleted", &std::mem::take(&mut self.deleted));
    }

    fn begin(&mut self) {
        self.flush();
        self.skip = 0;
        (self.fresh, self.starred) = (true, false);
        if self.stack.len() < DEEPEST {
            self.stack.push(self.now);
        } else {
            self.deeper += 1;
        }
    }

    fn end(&mut self) {
        self.flush();
        self.skip = 0;
        self.fresh = false;
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let outer = self.stack.pop().unwrap_or(Group { what: Use::Text, instead_of: Use::Text, spare: 1, font: None, deleted: false });
        let inner = std::mem::replace(&mut self.now, outer).what;
        if inner == outer.what {
            return;
        }
        match inner {
            Use::Fact(label) => {
                let fact = std::mem::take(&mut self.fact);
                // A list of people begins with nobody.
                let fact = if label == BY { fact.trim_start_matches("Unknown;").trim_end_matches(';') } else { &fact };
                self.facts.add(label, fact);
            }
            Use::Note => {
                let note = std::mem::take(&mut self.note);
                if !note.trim().is_empty() {
                    self.rich.notes.extend([note.trim(), "\n"]);
                }
            }
            Use::Object => self.rich.objects.extend(self.data.take()),
            Use::Picture => self.rich.pictures.extend(self.data.take()),
            _ => {}
        }
    }

    /// Characters that are no control words.
    fn plain(&mut self, run: &'b [u8]) {
        self.fresh &= run.trim_ascii().is_empty();
        match self.now.what {
            Use::Nothing | Use::Never | Use::Fonts => {}
            Use::Object | Use::Picture => self.carries(run, false),
            _ => {
                for byte in run.iter().filter(|byte| !matches!(byte, b'\r' | b'\n')) {
                    self.byte(*byte);
                }
            }
        }
    }

    /// Bytes of what is put in: the longest piece is it.
    fn carries(&mut self, source: &'b [u8], bare: bool) {
        if source.len() > self.data.map_or(1, |known| known.source.len()) {
            self.data = Some(Blob { source, bare });
        }
    }

    fn control(&mut self, rest: &'b [u8]) -> &'b [u8] {
        let [first, tail @ ..] = rest else { return rest };
        if !first.is_ascii_alphabetic() {
            return self.symbol(*first, tail);
        }
        let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count().min(32);
        let (word, after) = rest.split_at(letters);
        let digits = after.iter().enumerate().take_while(|(i, b)| b.is_ascii_digit() || (*i == 0 && **b == b'-')).count().min(11);
        let (number, after) = after.split_at(digits);
        let number = std::str::from_utf8(number).ok().and_then(|n| n.parse::<i64>().ok());
        let after = after.strip_prefix(b" ").unwrap_or(after);
        let (fresh, starred) = (std::mem::take(&mut self.fresh), std::mem::take(&mut self.starred));
        if word == b"bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0).min(after.len());
            let (bytes, after) = after.split_at(length);
            if matches!(self.now.what, Use::Object | Use::Picture) {
                self.carries(bytes, true);
            }
            return after;
        }
        self.word(word, number, fresh && starred);
        after
    }

    fn symbol(&mut self, symbol: u8, tail: &'b [u8]) -> &'b [u8] {
        if symbol == b'*' {
            self.starred = self.fresh;
            return tail;
        }
        self.fresh = false;
        match symbol {
            b'\'' => {
                let code = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
                if let Some(byte) = code {
                    self.byte(byte);
                }
                return tail.get(2..).unwrap_or_default();
            }
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'~' => self.byte(b' '),
            b'_' => self.byte(b'-'),
            b'\n' | b'\r' => self.put('\n'),
            _ => {}
        }
        tail
    }

    fn word(&mut self, word: &[u8], number: Option<i64>, may_be_ignored: bool) {
        if self.now.what == Use::Never || self.sign(word) || self.letters(word, number) {
            return;
        }
        match word {
            b"uc" => self.now.spare = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8),
            b"u" => self.unicode(number.unwrap_or(0)),
            b"deleted" => {
                self.flush();
                self.now.deleted = number != Some(0);
            }
            b"upr" => (self.now.instead_of, self.now.what) = (self.now.what, Use::Nothing),
            b"ud" => self.now.what = self.now.instead_of,
            _ => match purpose(word, self.now.what == Use::Nothing) {
                Some(Use::Text) => {}
                Some(what) => self.now.what = what,
                None if may_be_ignored => self.now.what = Use::Nothing,
                None => {}
            },
        }
    }

    /// Words that stand for a sign. Says whether it is one.
    fn sign(&mut self, word: &[u8]) -> bool {
        let sign = match word {
            b"par" | b"line" | b"row" | b"nestrow" | b"page" | b"sect" | b"column" | b"softline" | b"softpage" => '\n',
            b"tab" => '\t',
            b"cell" | b"nestcell" => {
                " | ".chars().for_each(|c| self.put(c));
                return true;
            }
            b"emdash" => '\u{2014}',
            b"endash" => '\u{2013}',
            b"lquote" => '\u{2018}',
            b"rquote" => '\u{2019}',
            b"ldblquote" => '\u{201C}',
            b"rdblquote" => '\u{201D}',
            b"bullet" => '\u{2022}',
            b"emspace" | b"enspace" | b"qmspace" => ' ',
            _ => return false,
        };
        self.put(sign);
        true
    }

    /// Words about fonts and the pages of letters. Says whether it is one.
    fn letters(&mut self, word: &[u8], number: Option<i64>) -> bool {
        let number_or = |other| number.unwrap_or(other);
        match word {
            b"mac" => self.page = 10_000,
            b"pc" => self.page = 437,
            b"pca" => self.page = 850,
            b"ansicpg" => self.page = number.and_then(|page| u32::try_from(page).ok()).filter(|page| *page > 0).unwrap_or(WESTERN),
            b"deff" => self.font = number,
            b"plain" => {
                self.flush();
                (self.now.font, self.now.deleted) = (None, false);
            }
            b"f" => {
                self.flush();
                self.now.font = number;
            }
            b"fcharset" if self.now.what == Use::Fonts => {
                if let (Some(font), Some(page)) = (self.now.font, page_of_charset(number_or(0))) {
                    self.pages.insert(font, page);
                }
            }
            b"cpg" if self.now.what == Use::Fonts => {
                if let (Some(font), Ok(page)) = (self.now.font, u32::try_from(number_or(0))) {
                    self.pages.insert(font, page);
                }
            }
            _ => return false,
        }
        true
    }

    /// The page of the letters that come now. A font of the western kind is believed where other kinds are told from it.
    fn page_now(&self) -> u32 {
        let Some(page) = self.now.font.or(self.font).and_then(|font| self.pages.get(&font)) else { return self.page };
        let tells = || self.pages.values().any(|page| *page != WESTERN);
        if *page == WESTERN && !tells() { self.page } else { *page }
    }

    /// A UTF-16 unit; the spare characters behind it are left out.
    fn unicode(&mut self, number: i64) {
        let unit = number as u16;
        self.skip = 0;
        match char::decode_utf16(self.high.take().into_iter().chain([unit])).next() {
            Some(Ok(c)) => self.put(c),
            _ => self.high = Some(unit),
        }
        self.skip = self.now.spare;
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.run.push(byte);
        }
    }

    fn put(&mut self, c: char) {
        self.flush();
        if let Some(out) = self.out() {
            out.push(c);
        }
    }

    fn flush(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        let page = self.page_now();
        if let Some(out) = self.out() {
            if run.is_ascii() {
                out.extend(run.iter().map(|byte| char::from(*byte)));
            } else {
                out.push_str(&paged(&run, page).unwrap_or_else(|| encoding_rs::WINDOWS_1252.decode_without_bom_handling(&run).0));
            }
        }
        self.run = run;
        self.run.clear();
    }

    fn out(&mut self) -> Option<&mut String> {
        match self.now.what {
            Use::Text | Use::Note if self.now.deleted => Some(&mut self.deleted),
            Use::Text => Some(&mut self.rich.body),
            Use::Note => Some(&mut self.note),
            Use::Fact(_) => Some(&mut self.fact),
            _ => None,
        }
    }
}

/// Who changed the text.
const BY: &str = "Changed by";

/// What a word makes of its group; some mean it only where nothing is shown. `Text` leaves it what it is.
fn purpose(word: &[u8], hidden: bool) -> Option<Use> {
    Some(match word {
        b"fonttbl" => Use::Fonts,
        b"colortbl" | b"stylesheet" | b"listtable" | b"listoverridetable" | b"themedata" | b"generator" | b"info" | b"xmlnstbl"
        | b"filetbl" | b"rsidtbl" | b"datafield" | b"atndate" => Use::Nothing,
        // The same once more, for programs that do not know the other form.
        b"nonshppict" | b"shprslt" => Use::Never,
        b"footnote" | b"annotation" | b"header" | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl" | b"footerr"
        | b"footerf" | b"shptxt" | b"dptxbxtext" => Use::Note,
        b"objdata" => Use::Object,
        b"pict" => Use::Picture,
        b"atnauthor" => Use::Fact("Comment by"),
        b"revtbl" => Use::Fact(BY),
        b"fldinst" | b"ffdeftext" | b"ffl" => Use::Fact("Field"),
        b"xe" | b"tc" => Use::Fact("Index entry"),
        b"docvar" => Use::Fact("Property"),
        b"shppict" | b"cs" | b"moMath" | b"moMathPara" => Use::Text,
        b"title" if hidden => Use::Fact("Title"),
        b"author" | b"operator" | b"manager" | b"company" if hidden => Use::Fact("Author"),
        b"subject" | b"keywords" | b"doccomm" | b"category" if hidden => Use::Fact("Subject"),
        b"propname" | b"staticval" if hidden => Use::Fact("Property"),
        _ => return None,
    })
}

/// The page that a font's number of a character set stands for.
fn page_of_charset(number: i64) -> Option<u32> {
    Some(match number {
        0 => WESTERN,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1_253,
        162 => 1_254,
        163 => 1_258,
        177 => 1_255,
        178 => 1_256,
        186 => 1_257,
        204 => 1_251,
        222 => 874,
        238 => 1_250,
        254 => 437,
        255 => 850,
        _ => return None,
    })
}
