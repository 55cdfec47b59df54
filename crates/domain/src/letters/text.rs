//! The body of a letter as plain text that a person can edit, and back again.
//!
//! A line `# ...` is a heading, `- ...` an item of a list, `| term | text` a row of a table; an
//! empty line ends a paragraph. A backslash in front takes a line as it is.

use super::{Block, Letter};

/// The marks that give a line a meaning; a line of a paragraph that begins with one is escaped.
const MARKS: [&str; 4] = ["# ", "- ", "| ", "\\"];

/// The blocks as text.
pub fn to_text(blocks: &[Block]) -> String {
    let chunks: Vec<String> = blocks.iter().map(chunk).filter(|text| !text.is_empty()).collect();
    chunks.join("\n\n")
}

fn chunk(block: &Block) -> String {
    let lines: Vec<String> = match block {
        Block::Heading(text) => vec![format!("# {}", one_line(text))],
        Block::Paragraph(text) => text.lines().map(str::trim).filter(|line| !line.is_empty()).map(plain).collect(),
        Block::Bullets(items) => items.iter().map(|item| format!("- {}", one_line(item))).collect(),
        Block::Terms(rows) => rows.iter().map(|(term, text)| format!("| {} | {}", one_line(term), one_line(text))).collect(),
    };
    lines.join("\n")
}

fn plain(line: &str) -> String {
    if MARKS.iter().any(|mark| line.starts_with(mark)) { format!("\\{line}") } else { line.to_owned() }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text as blocks. Any text is some letter: what has no mark is a paragraph.
pub fn from_text(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // An empty line ends what went before it.
    let mut ended = true;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            ended = true;
            continue;
        }
        take(&mut blocks, line, ended);
        ended = false;
    }
    blocks
}

fn take(blocks: &mut Vec<Block>, line: &str, ended: bool) {
    let last = blocks.last_mut().filter(|_| !ended);
    if let Some(text) = line.strip_prefix("# ") {
        blocks.push(Block::Heading(one_line(text)));
    } else if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("• ")) {
        match last {
            Some(Block::Bullets(items)) => items.push(one_line(item)),
            _ => blocks.push(Block::Bullets(vec![one_line(item)])),
        }
    } else if let Some((term, text)) = line.strip_prefix("| ").and_then(|row| row.split_once(" | ")) {
        let row = (one_line(term), one_line(text));
        match last {
            Some(Block::Terms(rows)) => rows.push(row),
            _ => blocks.push(Block::Terms(vec![row])),
        }
    } else {
        let line = line.strip_prefix('\\').unwrap_or(line);
        match last {
            Some(Block::Paragraph(text)) => {
                text.push('\n');
                text.push_str(line);
            }
            _ => blocks.push(Block::Paragraph(line.to_owned())),
        }
    }
}

/// The body of a letter out of what an extractor read from its edited word processor file:
/// between its title (or opening) and its closing. A line that was a heading, an item or a row
/// in the letter as it was made is one again. `None` when the body cannot be told from the rest.
pub fn from_read(read: &str, letter: &Letter) -> Option<Vec<Block>> {
    let lines: Vec<&str> = read.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let at = |wanted: &str| lines.iter().position(|line| same(line, wanted));
    let start = at(&letter.title).or_else(|| at(&letter.salutation))? + 1;
    let end = start + lines.get(start..)?.iter().rposition(|line| same(line, &letter.closing))?;
    let mut blocks: Vec<Block> = Vec::new();
    for line in lines.get(start..end)? {
        let block = known(line, &letter.blocks).unwrap_or_else(|| free(line));
        match (blocks.last_mut(), block) {
            (Some(Block::Bullets(items)), Block::Bullets(more)) => items.extend(more),
            (Some(Block::Terms(rows)), Block::Terms(more)) => rows.extend(more),
            (Some(Block::Paragraph(text)), Block::Paragraph(more)) if continues(text, &more, &letter.blocks) => {
                text.push('\n');
                text.push_str(&more);
            }
            (_, block) => blocks.push(block),
        }
    }
    Some(blocks)
}

/// Whether a line was the next one in a paragraph of several lines.
fn continues(text: &str, line: &str, blocks: &[Block]) -> bool {
    let last = text.lines().last().unwrap_or_default();
    let pairs = |text: &str| text.lines().zip(text.lines().skip(1)).any(|(one, next)| same(one, last) && same(next, line));
    blocks.iter().any(|block| matches!(block, Block::Paragraph(text) if pairs(text)))
}

/// What a line was in the letter as it was made.
fn known(line: &str, blocks: &[Block]) -> Option<Block> {
    blocks.iter().find_map(|block| match block {
        Block::Heading(text) if same(line, text) => Some(block.clone()),
        Block::Bullets(items) => items.iter().find(|item| same(line, item)).map(|item| Block::Bullets(vec![item.clone()])),
        Block::Terms(rows) => {
            let row = rows.iter().find(|(term, text)| same(line, &format!("{term} | {text}")))?;
            Some(Block::Terms(vec![row.clone()]))
        }
        _ => None,
    })
}

/// What an unknown line is: a row where it has cells, an item where it has a bullet.
fn free(line: &str) -> Block {
    if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("• ")) {
        return Block::Bullets(vec![one_line(item)]);
    }
    match line.split_once(" | ") {
        Some((term, text)) => Block::Terms(vec![(one_line(term), one_line(text))]),
        None => Block::Paragraph(line.to_owned()),
    }
}

fn same(one: &str, other: &str) -> bool {
    super::locked::fold(one) == super::locked::fold(other) && !one.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn letter() -> Letter {
        Letter {
            title: "We need more time".to_owned(),
            sender: texts(&["Larkfield Learning CIC"]),
            addressee: texts(&["Amelia Hart", "17 Orchard Rise"]),
            reference: "SAR-2026-0001".to_owned(),
            date: "22 November 2026".to_owned(),
            salutation: "Dear Amelia Hart".to_owned(),
            blocks: vec![
                Block::Paragraph("We need more time to answer.".to_owned()),
                Block::Heading("How we worked out this date".to_owned()),
                Block::Terms(vec![("20 November 2026".to_owned(), "Received".to_owned())]),
                Block::Bullets(texts(&["You can complain to us.", "You can ask a court."])),
            ],
            closing: "Yours sincerely".to_owned(),
            signatory: texts(&["Data protection lead"]),
            form: crate::documents::Form::Print,
            audience: crate::policy::Audience::Adult,
        }
    }

    #[test]
    fn a_letter_reads_back_from_its_text() {
        let text = to_text(&letter().blocks);
        assert!(
            text.contains("# How we worked out this date\n\n| 20 November 2026 | Received\n\n- You can complain to us.\n- You can"),
            "{text}"
        );
        assert_eq!(from_text(&text), letter().blocks);
        assert_eq!(from_text("\r\n  \r\n"), []);
    }

    #[test]
    fn a_line_that_begins_like_a_mark_stays_a_line() {
        let blocks = vec![Block::Paragraph("- not an item\n# nor a heading\n| nor a row\n\\ nor this".to_owned())];
        assert_eq!(from_text(&to_text(&blocks)), blocks);
    }

    #[test]
    fn what_an_extractor_read_is_cut_to_the_body_and_gets_its_shape_back() {
        let read = "Larkfield Learning CIC\nAmelia Hart\nDear Amelia Hart\nWe need more time\nWe need a little more time to answer.\n\
                    How we worked out this date\n20 November 2026 | Received\nYou can complain to us.\nYou can ask a court.\nAnd one more thing.\n\
                    Yours sincerely\nData protection lead\nDRAFT";
        let blocks = from_read(read, &letter()).unwrap();
        assert_eq!(blocks[0], Block::Paragraph("We need a little more time to answer.".to_owned()));
        assert_eq!(blocks[1..4], letter().blocks[1..]);
        assert_eq!(blocks[4], Block::Paragraph("And one more thing.".to_owned()));
        assert_eq!(from_read("Something else altogether", &letter()), None);
    }

    fn any_block() -> impl Strategy<Value = Block> {
        let line = "[-#|\\\\a-zA-Z0-9 .,]{0,20}[a-z]";
        let line = move || line.prop_map(|text| one_line(&text));
        prop_oneof![
            line().prop_map(Block::Heading),
            prop::collection::vec(line(), 1..4).prop_map(|lines| Block::Paragraph(lines.join("\n"))),
            prop::collection::vec(line(), 1..4).prop_map(Block::Bullets),
        ]
    }

    proptest! {
        #[test]
        fn every_letter_reads_back_from_its_text(blocks in prop::collection::vec(any_block(), 0..8)) {
            prop_assert_eq!(from_text(&to_text(&blocks)), blocks);
        }
    }
}
