//! The table of words that Tesseract writes.

use std::str::FromStr;

/// Words that are read with less certainty, in percent, are taken for patterns.
const CERTAIN: f32 = 30.0;

/// A word as read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    /// Block, paragraph and line.
    pub(crate) line: (u32, u32, u32),
    /// Left, top, width and height, in pixels.
    pub(crate) place: [u32; 4],
    /// In percent.
    pub(crate) certainty: f32,
    /// The word.
    pub(crate) text: String,
}

/// The words of the table: twelve columns, the first a level (5 is a word), the last the word.
pub(super) fn words(table: &str) -> Vec<Seen> {
    table.lines().filter_map(word).collect()
}

fn word(row: &str) -> Option<Seen> {
    let columns: Vec<&str> = row.split('\t').collect();
    let ["5", _, block, paragraph, line, _, left, top, width, height, certainty, text] = columns.as_slice() else { return None };
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    Some(Seen {
        line: (number(block)?, number(paragraph)?, number(line)?),
        place: [number(left)?, number(top)?, number(width)?, number(height)?],
        certainty: number(certainty)?,
        text: text.to_owned(),
    })
}

fn number<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

/// The words as lines of text, patterns left out; an empty line between paragraphs.
pub(crate) fn lines(words: &[Seen]) -> String {
    let mut out = String::new();
    let mut last = None;
    for word in words.iter().filter(|word| word.certainty >= CERTAIN) {
        match last {
            None => {}
            Some(line) if line == word.line => out.push(' '),
            Some((block, paragraph, _)) if (block, paragraph) == (word.line.0, word.line.1) => out.push('\n'),
            Some(_) => out.push_str("\n\n"),
        }
        out.push_str(&word.text);
        last = Some(word.line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
         4\t1\t1\t1\t1\t0\t10\t10\t90\t20\t-1\t\n5\t1\t1\t1\t1\t1\t10\t12\t40\t18\t96.1\tAda\n5\t1\t1\t1\t1\t2\t60\t12\t40\t18\t91\tExample\n\
         5\t1\t1\t1\t2\t1\t9\t40\t4\t4\t8\t~~\n5\t1\t1\t1\t2\t2\t10\t42\t40\t18\t88.0\tborn\n5\t1\t1\t1\t2\t3\t10\t42\t40\t18\t88.0\t \n\
         5\t1\t2\t1\t1\t1\t10\t90\t40\t18\t88.0\tyesterday\n5\t1\t2\t1\t1\t1\tx\t90\t40\t18\t88.0\tspoilt\n";

    #[test]
    fn words_have_places() {
        let words = words(TABLE);
        assert_eq!(words.len(), 5);
        assert_eq!((words[0].text.as_str(), words[0].place), ("Ada", [10, 12, 40, 18]));
    }

    #[test]
    fn words_become_lines_and_patterns_are_left_out() {
        assert_eq!(lines(&words(TABLE)), "Ada Example\nborn\n\nyesterday");
        assert_eq!(lines(&[]), "");
    }
}
