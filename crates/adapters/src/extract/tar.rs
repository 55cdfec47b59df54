//! The heads of a tar: a block that names a file and its length; then the file, in blocks.

use super::charset::lenient;

/// Bytes of a block.
pub(crate) const BLOCK: usize = 512;

/// The block in front of a file.
#[derive(Clone, Copy)]
pub(crate) struct Head<'a>(pub(crate) &'a [u8]);

impl Head<'_> {
    /// True for an empty block: the end.
    pub(crate) fn is_end(self) -> bool {
        self.0.iter().all(|byte| *byte == 0)
    }

    /// What stands behind it: `0`, 0 and `7` are a file, `L` and `x` the name of the next one.
    pub(crate) fn kind(self) -> Option<u8> {
        self.0.get(156).copied()
    }

    /// Bytes of what stands behind it: octal digits, or (first bit set) a binary number.
    pub(crate) fn length(self) -> Option<usize> {
        let field = self.0.get(124..136)?;
        let (first, rest) = field.split_first()?;
        if *first & 0x80 != 0 {
            return rest.iter().try_fold(usize::from(first & 0x7F), |sum, byte| sum.checked_mul(256)?.checked_add(usize::from(*byte)));
        }
        let digits = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
        if digits.is_empty() { Some(0) } else { usize::from_str_radix(digits, 8).ok() }
    }

    /// The path of the file.
    pub(crate) fn name(self) -> String {
        let (name, prefix) = (text(self.0.get(..100).unwrap_or_default()), text(self.0.get(345..500).unwrap_or_default()));
        if prefix.is_empty() { name } else { format!("{prefix}/{name}") }
    }
}

/// A text that ends at its first zero.
pub(crate) fn text(bytes: &[u8]) -> String {
    lenient(bytes.split(|b| *b == 0).next().unwrap_or_default()).into_owned()
}

/// The file name among the records `length key=value` that stand before a file.
pub(crate) fn pax_name(content: &[u8]) -> Option<String> {
    let text = lenient(content);
    text.lines().find_map(|line| line.split_once(" path=").map(|(_, path)| path.to_owned()))
}
