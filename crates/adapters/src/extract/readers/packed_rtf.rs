//! The packed rich text in which Outlook keeps bodies (MS-OXRTFCP): pieces and references into
//! a window of 4,096 bytes that begins with a fixed text.

const START: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const WINDOW: usize = 4_096;

/// The rich text, as far as it can be unpacked; at most `limit` bytes of it.
pub(super) fn unpack(bytes: &[u8], limit: usize) -> Vec<u8> {
    let Some((head, rest)) = bytes.split_first_chunk::<16>() else { return bytes.to_vec() };
    match head.get(8..12) {
        Some(b"LZFu") => pieces(rest, limit),
        Some(b"MELA") => rest.get(..rest.len().min(limit)).unwrap_or_default().to_vec(),
        // Some programs store it as it is.
        _ => bytes.to_vec(),
    }
}

fn pieces(packed: &[u8], limit: usize) -> Vec<u8> {
    let mut window = [b' '; WINDOW];
    window.iter_mut().zip(START).for_each(|(slot, byte)| *slot = *byte);
    let (mut at, mut out) = (START.len(), Vec::new());
    let mut put = |byte: u8, window: &mut [u8; WINDOW], out: &mut Vec<u8>| {
        if let Some(slot) = window.get_mut(at) {
            *slot = byte;
        }
        at = (at + 1) % WINDOW;
        out.push(byte);
        at
    };
    let mut place = START.len();
    let mut rest = packed.iter().copied();
    while let Some(flags) = rest.next() {
        for bit in 0..8 {
            if out.len() >= limit {
                return out;
            }
            let Some(first) = rest.next() else { return out };
            if flags & (1 << bit) == 0 {
                place = put(first, &mut window, &mut out);
                continue;
            }
            let Some(second) = rest.next() else { return out };
            let reference = usize::from(u16::from_be_bytes([first, second]));
            let (from, length) = (reference >> 4, (reference & 0x0F) + 2);
            if from == place {
                return out;
            }
            for step in 0..length {
                let byte = window.get((from + step) % WINDOW).copied().unwrap_or(b' ');
                place = put(byte, &mut window, &mut out);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification, section 4.1.1.
    #[test]
    fn the_example_of_the_specification() {
        let packed = [
            0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0x00, 0x0a, 0x00, 0x72,
            0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0,
            0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
        ];
        assert_eq!(unpack(&packed, 1_000), b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    }

    #[test]
    fn what_is_stored_bare_or_broken_ends() {
        let bare = [&[0; 8][..], b"MELA", &[0; 4], b"{\\rtf1 Ada}"].concat();
        assert_eq!(unpack(&bare, 1_000), b"{\\rtf1 Ada}");
        let endless = [&[0; 8][..], b"LZFu", &[0; 4], &[0xFF; 5_000]].concat();
        assert!(unpack(&endless, 10_000).len() <= 10_017);
        assert_eq!(unpack(b"{\\rtf1", 10), b"{\\rtf1");
    }
}
