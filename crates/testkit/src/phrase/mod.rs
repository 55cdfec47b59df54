//! Templates with slots and alternatives, filled with invented people and things.
//!
//! `{parent.phone}` is a slot: the part before the dot names somebody, who stays the same within one
//! text; `{room}` is a thing. `[a|b]` is a choice, nested as needed.

mod scene;
mod things;

pub use scene::Scene;

use crate::rng::Rng;

/// Chooses one of the alternatives of every `[a|b|c]`, innermost last.
pub fn choose(template: &str, rng: &mut Rng) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('[') {
        let (before, after) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = matching(after) else { break };
        let inside = after.get(1..close).unwrap_or_default();
        let choices = alternatives(inside);
        out.push_str(&choose(rng.pick::<str>(&choices), rng));
        rest = after.get(close + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Where the bracket that opens `text` closes.
fn matching(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

/// Splits at the bars that are in no inner bracket.
fn alternatives(inside: &str) -> Vec<&str> {
    let mut depth = 0usize;
    inside
        .split(|c| {
            match c {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == '|' && depth == 0
        })
        .collect()
}

/// Blocks of a script: the header lines of each `=== name` block and its body.
pub fn blocks(script: &str) -> Vec<Block<'_>> {
    script
        .split("\n=== ")
        .skip(1)
        .map(|block| {
            let (name, rest) = block.split_once('\n').unwrap_or((block, ""));
            let (head, body) = rest.split_once("---\n").unwrap_or(("", rest));
            let head = head.lines().filter_map(|line| line.split_once(": ")).map(|(key, value)| (key, value.trim())).collect();
            Block { name: name.trim(), head, body: body.trim_end() }
        })
        .collect()
}

/// One block of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block<'a> {
    /// The word after `===`.
    pub name: &'a str,
    /// `key: value` lines, in order.
    pub head: Vec<(&'a str, &'a str)>,
    /// The text after the `---` line.
    pub body: &'a str,
}

impl<'a> Block<'a> {
    /// The first value of a key; empty when the block has none.
    pub fn get(&self, key: &str) -> &'a str {
        self.head.iter().find(|(name, _)| *name == key).map_or("", |(_, value)| value)
    }

    /// The parts of a value separated by semicolons.
    pub fn list(&self, key: &str) -> Vec<&'a str> {
        self.get(key).split(';').map(str::trim).filter(|part| !part.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_nest() {
        let mut rng = Rng::new(4);
        for _ in 0..50 {
            let text = choose("x [a|b [c|d]] y", &mut rng);
            assert!(["x a y", "x b c y", "x b d y"].contains(&text.as_str()), "{text}");
        }
    }

    #[test]
    fn blocks_have_heads_and_bodies() {
        let script = "intro\n\n=== one\nfrom: maya\nto: a; b\n---\nHello\n\nBye\n\n=== two\n---\nx\n";
        let blocks = blocks(script);
        assert_eq!(blocks.len(), 2);
        assert_eq!((blocks[0].get("from"), blocks[0].list("to"), blocks[0].body), ("maya", vec!["a", "b"], "Hello\n\nBye"));
        assert_eq!(blocks[1].get("from"), "");
    }
}
