//! Just enough understanding of Rust's text to count its lines: what is a comment, what is a literal, where a test module ends.

/// The same text with the contents of comments and literals blanked out, line breaks kept.
pub(crate) fn blank(text: &str) -> String {
    let mut scan = Scan { rest: text, out: String::with_capacity(text.len()) };
    while let Some(first) = scan.rest.chars().next() {
        let length = scan.token_length(first);
        let (token, rest) = scan.rest.split_at(length);
        let kept = token.len() == first.len_utf8();
        scan.out.extend(token.chars().map(|c| if kept || c == '\n' { c } else { ' ' }));
        scan.rest = rest;
    }
    scan.out
}

struct Scan<'a> {
    rest: &'a str,
    out: String,
}

impl Scan<'_> {
    /// The bytes of the comment or literal that starts here; of one character where none does.
    fn token_length(&self, first: char) -> usize {
        let one = first.len_utf8();
        let after_word = self.out.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        match first {
            '/' if self.rest.starts_with("//") => self.rest.find('\n').unwrap_or(self.rest.len()),
            '/' if self.rest.starts_with("/*") => comment_length(self.rest),
            '"' => string_length(self.rest),
            '\'' => character_length(self.rest),
            'r' if !after_word => raw_length(self.rest, 1).unwrap_or(one),
            'b' | 'c' if !after_word && self.rest.get(1..).is_some_and(|rest| rest.starts_with('r')) => {
                raw_length(self.rest, 2).unwrap_or(one)
            }
            _ => one,
        }
    }
}

/// `/* .. */`, which nests.
fn comment_length(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let step = if rest.starts_with("/*") {
            depth += 1;
            2
        } else if rest.starts_with("*/") {
            depth = depth.saturating_sub(1);
            2
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        at += step;
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// `".."` with escapes.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A character literal; a lifetime is one character long so that it is kept.
fn character_length(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match (characters.next(), characters.next()) {
        (Some((_, '\\')), _) => text.char_indices().skip(3).find(|(_, c)| *c == '\'').map_or(1, |(at, _)| at + 1),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// `r".."` or `r#".."#` after a prefix of `prefix` bytes; `None` if this is an ordinary word.
fn raw_length(text: &str, prefix: usize) -> Option<usize> {
    let rest = text.get(prefix..)?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let body = rest.get(hashes..)?.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(prefix + hashes + 1 + length)
}

/// Blanked text without its inline `#[cfg(test)]` modules.
pub(crate) fn without_tests(blanked: &str) -> String {
    let mut out = String::with_capacity(blanked.len());
    let mut rest = blanked;
    while let Some(at) = rest.find("#[cfg(test)]") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let item = from.trim_start_matches("#[cfg(test)]").trim_start();
        rest = match (item.starts_with("mod "), item.find('{'), item.find(';')) {
            (true, Some(open), semicolon) if semicolon.is_none_or(|semicolon| semicolon > open) => {
                after_block(item.get(open..).unwrap_or(""))
            }
            _ => item,
        };
    }
    out.push_str(rest);
    out
}

/// What follows the block that starts with the first brace.
fn after_block(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return text.get(at + 1..).unwrap_or("");
        }
    }
    ""
}

/// Lines of code: neither blank, nor comment, nor inside an inline test module. A line that only carries
/// a part of a long literal counts: somebody has to read it.
pub(crate) fn code_lines(text: &str) -> usize {
    let tokens = without_tests(&mark(text));
    tokens.lines().filter(|line| !line.trim().is_empty()).count()
}

/// Like [`blank`], with lines inside of literals marked so that they still count.
fn mark(text: &str) -> String {
    let mut scan = Scan { rest: text, out: String::with_capacity(text.len()) };
    while let Some(first) = scan.rest.chars().next() {
        let length = scan.token_length(first);
        let (token, rest) = scan.rest.split_at(length);
        let comment = token.starts_with("//") || token.starts_with("/*");
        let kept = token.len() == first.len_utf8();
        scan.out.extend(token.chars().map(|c| {
            if kept || c == '\n' {
                c
            } else if comment || c.is_whitespace() {
                ' '
            } else {
                'x'
            }
        }));
        scan.rest = rest;
    }
    scan.out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_and_lifetimes_are_kept() {
        assert_eq!(blank("a // b\nc"), "a     \nc");
        assert_eq!(blank("/* a /* b */ c */d"), "                 d");
        assert_eq!(blank(r#"f("{\"}", '{', b'\'', 'a)"#), "f(      ,    , b    , 'a)");
        assert_eq!(blank("r#\"{ \" }\"# + for"), "           + for");
        assert_eq!(blank("br\"{\";"), "     ;");
    }

    #[test]
    fn test_modules_and_blank_lines_do_not_count() {
        let text = "//! Doc.\n\nfn a() {\n    // why\n    b(\"}\");\n}\n\n#[cfg(test)]\nmod tests {\n    fn c() { \"{\"; }\n}\n";
        assert_eq!(code_lines(text), 3);
        assert_eq!(code_lines("const A: &str = \"one\ntwo\n\";\n"), 3);
        assert_eq!(code_lines("#[cfg(test)]\nmod tests;\nfn a() {}\n"), 2);
    }
}
