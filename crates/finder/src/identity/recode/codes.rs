//! The codes one by one.

/// What stands between letters in boxes.
const JOINTS: [char; 3] = [' ', '\u{a0}', '|'];
/// Bytes between two words of them, at most.
const WIDEST: usize = 8;

/// What a stretch of bytes reads as.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// How many bytes it takes.
    pub(super) consumed: usize,
    /// False for what changes nothing by itself.
    pub(super) counts: bool,
}

#[expect(clippy::unnecessary_wraps, reason = "every reader of a code ends with it and may have found none")]
fn decoded(text: impl Into<String>, consumed: usize) -> Option<Decoded> {
    Some(Decoded { text: text.into(), consumed, counts: true })
}

/// Reads a code that begins with `byte` at the head of `rest`; `line` is what stands before it on the line. `word` is true within an encoded
/// word, where an underscore is a blank.
pub(super) fn decode(byte: u8, line: &str, rest: &str, word: &mut bool) -> Option<Decoded> {
    match byte {
        b'<' => tag(rest),
        b'&' => reference(rest),
        b'=' => soft_break(line, rest).or_else(|| encoded_word(rest, word)).or_else(|| escaped(rest, '=')),
        b'?' if *word && rest.starts_with("?=") => {
            *word = false;
            decoded("", 2)
        }
        b'_' if *word => decoded(" ", 1),
        b'%' => escaped(rest, '%'),
        b'\\' => escaped_unit(rest),
        b'+' => utf7(rest).or_else(|| plus(line, rest)),
        0xc2..=0xc5 => wrong_charset(rest).or_else(|| spaced(rest).filter(|_| by_itself(line))),
        b'|' => boxed(rest),
        b'[' => boxed(rest).or_else(|| doubtful(line, rest)),
        b if b.is_ascii_alphabetic() && by_itself(line) => spaced(rest).or_else(|| boxed(rest)).or_else(|| linked(rest)),
        _ => None,
    }
}

/// A letter as JSON and programs escape it: `\u0142`.
fn escaped_unit(rest: &str) -> Option<Decoded> {
    let digits = rest.strip_prefix("\\u")?.get(..4)?;
    let unit = digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())??;
    let letter = char::from_u32(unit).filter(|c| !c.is_control())?;
    decoded(letter, 6)
}

/// True when no letter stands right before.
fn by_itself(line: &str) -> bool {
    line.chars().next_back().is_none_or(|c| !c.is_alphanumeric())
}

/// A tag of HTML or XML: nothing for one within a line, a blank for another.
fn tag(rest: &str) -> Option<Decoded> {
    let near = rest.as_bytes().get(..rest.len().min(1_200))?;
    let inner = rest.get(1..memchr::memchr(b'>', near)?)?;
    if inner.len() > 290 && inner.chars().count() >= 299 {
        return None;
    }
    let name = inner.trim_start_matches('/').split([' ', '/', '\n', '\t']).next()?;
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        || name == "o:p";
    if !named
        || memchr::memchr2(b'@', b'<', inner.as_bytes()).is_some()
        || inner.starts_with(' ')
        || !inner.starts_with('/') && inner.contains(' ') && !inner.contains('=')
    {
        return None;
    }
    let within = ["b", "i", "u", "em", "strong", "span", "font", "a", "mark", "small", "sup", "sub", "o:p", "s", "wbr"];
    decoded(if within.iter().any(|t| name.eq_ignore_ascii_case(t)) { "" } else { " " }, inner.len() + 2)
}

/// A character reference.
fn reference(rest: &str) -> Option<Decoded> {
    let name = rest.get(1..rest.bytes().take(12).position(|b| b == b';')?)?;
    let length = name.len() + 2;
    if let Some(number) = name.strip_prefix('#') {
        let code = number.strip_prefix(['x', 'X']).map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        return decoded(char::from_u32(code).filter(|c| !c.is_control())?, length);
    }
    let text = match name {
        "nbsp" | "ensp" | "emsp" | "thinsp" => " ",
        "shy" | "zwj" | "zwnj" => "",
        "amp" => "&",
        "apos" | "rsquo" | "lsquo" => "'",
        "quot" | "rdquo" | "ldquo" => "\"",
        "lt" => "<",
        "gt" => ">",
        "ndash" | "mdash" | "hyphen" => "-",
        "szlig" => "ss",
        "aelig" | "AElig" => "ae",
        "oelig" | "OElig" => "oe",
        "thorn" | "THORN" => "th",
        "eth" | "ETH" => "d",
        _ => {
            // `eacute`, `Scaron`: folding takes the accent off in any case.
            let accents =
                ["acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "slash", "caron", "ogon", "macr", "breve", "dot", "strok"];
            let letter = accents.iter().find_map(|a| name.strip_suffix(a))?;
            return (letter.len() == 1 && letter.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| decoded(letter, length)).flatten();
        }
    };
    decoded(text, length)
}

/// A line broken by quoted-printable, within or after a word.
fn soft_break(line: &str, rest: &str) -> Option<Decoded> {
    let length = if rest.starts_with("=\r\n") { 3 } else { 2 };
    let broken = rest.starts_with("=\n") || length == 3;
    (broken && line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | '-' | '\'')))
        .then(|| decoded("", length))
        .flatten()
}

/// `=?utf-8?Q?Si=C3=A2n?=`: the head of a word in quoted-printable, or a whole one in base64.
fn encoded_word(rest: &str, word: &mut bool) -> Option<Decoded> {
    let inner = rest.strip_prefix("=?")?;
    let (set, after) = inner.split_once('?')?;
    if set.len() > 20 || set.is_empty() || set.contains(' ') {
        return None;
    }
    let head = 2 + set.len() + 3;
    let (kind, body) = after.split_at_checked(2)?;
    if kind.eq_ignore_ascii_case("q?") {
        *word = true;
        return decoded("", head);
    }
    let body = body.get(..body.find("?=")?).filter(|b| kind.eq_ignore_ascii_case("b?") && b.len() < 200)?;
    decoded(text_of(&base64(body)?), head + body.len() + 2)
}

/// Bytes in hexadecimal, each after a sign: `=C3=A9`, `%20`.
fn escaped(rest: &str, sign: char) -> Option<Decoded> {
    let digit = |at: usize| rest.as_bytes().get(at).is_some_and(|b| b.is_ascii_hexdigit() && (sign == '%' || !b.is_ascii_lowercase()));
    if !digit(1) || !digit(2) {
        return None;
    }
    let mut bytes = Vec::new();
    let mut at = 0;
    while let Some(hex) = rest.get(at..).and_then(|t| t.strip_prefix(sign)).and_then(|t| t.get(..2)) {
        let Ok(byte) = u8::from_str_radix(hex, 16) else { break };
        let written = sign == '%' || !hex.contains(|c: char| c.is_ascii_lowercase());
        if byte < 0x20 || byte == 0x7f || hex.starts_with('+') || !written {
            break;
        }
        bytes.push(byte);
        at += 3;
    }
    // `a=20` may be a number: a byte of its own counts where it is no letter or digit.
    let sure = bytes.iter().any(|b| !b.is_ascii_alphanumeric());
    (at > 0 && sure).then(|| decoded(text_of(&bytes), at)).flatten()
}

/// UTF-7: `+AOE-`.
fn utf7(rest: &str) -> Option<Decoded> {
    let body = rest.strip_prefix('+')?;
    let length = body.bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'+')).count();
    let closed = body.get(length..).is_some_and(|t| t.starts_with('-'));
    let bytes = base64(body.get(..length).filter(|_| closed && length > 2)?)?;
    let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?))).collect();
    let text = String::from_utf16(&units).ok().filter(|t| !t.is_empty() && t.chars().all(|c| c.is_alphabetic() && !c.is_ascii()))?;
    decoded(text, length + 2)
}

/// A blank of an address's question: `?q=Amelia+Hart`.
fn plus(line: &str, rest: &str) -> Option<Decoded> {
    let word = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let asked = word.contains(['=', '?']) && word.ends_with(char::is_alphabetic);
    (asked && rest.get(1..).is_some_and(|t| t.starts_with(char::is_alphabetic))).then(|| decoded(" ", 1)).flatten()
}

/// UTF-8 that was read as Latin-1 or Windows-1252: one letter or sign of it.
fn wrong_charset(rest: &str) -> Option<Decoded> {
    let mut bytes = [0; 4];
    let mut consumed = 0;
    for (at, c) in rest.chars().take(4).enumerate() {
        *bytes.get_mut(at)? = byte_of(c)?;
        consumed += c.len_utf8();
        if at > 0
            && let Ok(text) = std::str::from_utf8(bytes.get(..=at)?)
        {
            let letter = text.chars().all(|c| c.is_alphabetic() || matches!(c, '\u{2010}'..='\u{201d}'));
            return letter.then(|| decoded(text, consumed)).flatten();
        }
    }
    None
}

/// The byte that a character is in Windows-1252 or Latin-1.
fn byte_of(c: char) -> Option<u8> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    u8::try_from(u32::from(c))
        .ok()
        .filter(|b| *b >= 0x80)
        .or_else(|| HIGH.chars().position(|h| h == c).and_then(|i| u8::try_from(i + 0x80).ok()))
}

/// Letters set apart: `A M E L I A  H A R T`, `H | A | R | T`, `H  A  R  T`. At least four; gaps wider than the first are blanks.
fn spaced(rest: &str) -> Option<Decoded> {
    let mut out = String::new();
    let (mut consumed, mut letters, mut usual) = (0, 0, None);
    loop {
        let tail = rest.get(consumed..)?;
        let mut chars = tail.chars();
        let Some(c) = chars.next().filter(|c| c.is_alphabetic() || letters > 0 && matches!(c, '-' | '\'' | '\u{2019}')) else { break };
        let after = chars.as_str();
        let gap = after.len() - after.trim_start_matches(JOINTS).len();
        if gap == 0 && after.starts_with(char::is_alphanumeric) {
            break;
        }
        letters += usize::from(c.is_alphabetic());
        out.push(c);
        consumed += c.len_utf8();
        if gap == 0 || gap > WIDEST || !next_is_single(after.get(gap..).unwrap_or_default()) {
            break;
        }
        if gap > *usual.get_or_insert(gap) {
            out.push(' ');
        }
        consumed += gap;
    }
    (letters > 3 && !out.ends_with(' ')).then(|| decoded(out, consumed)).flatten()
}

/// Letters spelt out with a sign between each two: `P-I-C-K-E-R-I-N-G`, `S. M. I. T. H.`. At least four.
fn linked(rest: &str) -> Option<Decoded> {
    let mut chars = rest.chars();
    let first = chars.next()?;
    let joint = ["-", ". ", ".", " - ", ", "].into_iter().find(|joint| chars.as_str().starts_with(joint))?;
    let (mut out, mut consumed) = (String::from(first), first.len_utf8());
    while let Some(tail) = rest.get(consumed..)?.strip_prefix(joint) {
        let mut next = tail.chars();
        let Some(c) = next.next().filter(|c| c.is_alphabetic()) else { break };
        // `H. A. R. T. I think`
        let wide = joint == ". " && !next.as_str().starts_with('.');
        if wide || next.as_str().starts_with(char::is_alphanumeric) {
            break;
        }
        out.push(c);
        consumed += joint.len() + c.len_utf8();
    }
    (out.chars().count() > 3).then(|| decoded(out, consumed)).flatten()
}

/// What a transcriber was not sure of, within a word: `Smi[th]`, `Ch[idinma?]`, `[?]avid`.
fn doubtful(line: &str, rest: &str) -> Option<Decoded> {
    const LONGEST: usize = 16;
    let inner = rest.strip_prefix('[')?;
    let stop = memchr::memchr(b']', inner.as_bytes().get(..inner.len().min(LONGEST))?)?;
    let (written, behind) = (inner.get(..stop)?, inner.get(stop + 1..)?);
    let behind_letter = line.ends_with(char::is_alphabetic);
    if !behind_letter && !behind.starts_with(char::is_alphabetic) {
        return None;
    }
    let read = match written {
        "?" | "??" => "",
        _ => written.trim_end_matches('?'),
    };
    let letters = read.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-'));
    (letters && !(read.is_empty() && written.is_empty())).then(|| decoded(read, stop + 2)).flatten()
}

/// Letters and digits in the boxes of a form: `|T|A|Y|L|O|R|`, `[H][A][R][T]`. At least four; an empty box is a blank.
fn boxed(rest: &str) -> Option<Decoded> {
    let wall = |c: char| matches!(c, '|' | '[' | ']' | ' ' | '_');
    let (mut out, mut signs, mut consumed, mut at) = (String::new(), 0, 0, 0);
    loop {
        let tail = rest.get(at..)?;
        let inner = tail.trim_start_matches(wall);
        let gap = tail.get(..tail.len() - inner.len())?;
        let walls = gap.matches(['|', '[']).count();
        let mut chars = inner.chars();
        let Some(c) = chars.next().filter(|c| c.is_alphanumeric() || signs > 0 && matches!(c, '-' | '\'' | '\u{2019}')) else { break };
        if gap.len() > WIDEST || signs > 0 && walls == 0 || chars.next().is_some_and(|c| !matches!(c, '|' | ']' | ' ')) && signs == 0 {
            break;
        }
        if walls > 1 || signs == 0 && walls > 0 {
            out.push(' ');
        }
        out.push(c);
        signs += 1;
        at += gap.len() + c.len_utf8();
        consumed = at;
        if !rest.get(at..)?.starts_with(['|', ']', ' ']) {
            break;
        }
    }
    (signs > 3).then(|| decoded(out, consumed)).flatten()
}

/// True when one letter or joining sign stands by itself at the head.
fn next_is_single(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}'))
        && !chars.next().is_some_and(char::is_alphanumeric)
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let (mut out, mut held, mut bits) = (Vec::new(), 0_u32, 0_u32);
    for b in text.bytes().take_while(|b| *b != b'=') {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    Some(out)
}

/// UTF-8 where it is, else Latin-1.
fn text_of(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
}
