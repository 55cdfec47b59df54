//! Byte offsets to Unicode character offsets.

/// Converts ascending byte offsets to character offsets in one pass over the text.
/// An offset inside a character counts as that character's start; one past the end as the length.
pub fn to_char_offsets(text: &str, bytes: &[usize]) -> Vec<usize> {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut at, mut chars) = (0, 0);
    for &byte in bytes {
        let to = text.floor_char_boundary(byte);
        if to < at {
            (at, chars) = (0, 0);
        }
        chars += text.get(at..to).map_or(0, |t| t.chars().count());
        at = to;
        out.push(chars);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!(to_char_offsets("aéß𝒳b", &[0, 1, 3, 5, 9, 10, 99]), [0, 1, 2, 3, 4, 5, 5]);
        assert_eq!(to_char_offsets("éé", &[2, 0]), [1, 0]);
    }
}
