//! What is packed with deflate, unpacked in one step. What the library needs for it is large, so it is made once in the life of a child
//! and used for every part that follows.

use std::cell::RefCell;

use flate2::{Crc, Decompress, FlushDecompress, Status};

/// What unpacks looks ahead, so that it is quicker with room to spare, in bytes.
const SPARE: usize = 300;

thread_local! {
    /// A child reads in one thread.
    static STATE: RefCell<Decompress> = RefCell::new(Decompress::new(false));
}

/// What this unpacks to, when that is `length` bytes with this sum (CRC-32) and nothing else.
pub(super) fn whole(packed: &[u8], length: usize, sum: u32) -> Option<Vec<u8>> {
    let (bytes, ended) = unpacked(packed, length, SPARE)?;
    (ended && bytes.len() == length && self::sum(&bytes) == sum).then_some(bytes)
}

/// The first bytes of what this unpacks to, `most` at most. `None` when it is damaged.
pub(super) fn beginning(packed: &[u8], most: usize) -> Option<Vec<u8>> {
    let (mut bytes, ended) = unpacked(packed, most, 0)?;
    bytes.truncate(most);
    (ended || bytes.len() == most).then_some(bytes)
}

/// What stands in a zlib stream, when that begins with `length` bytes. Its own sum, which some programs leave out, is not looked at.
pub(super) fn of_zlib(packed: &[u8], length: usize) -> Option<Vec<u8>> {
    let [method, flags, rest @ ..] = packed else { return None };
    let ordinary = method & 0x0F == 8 && flags & 0x20 == 0 && u16::from_be_bytes([*method, *flags]) % 31 == 0;
    beginning(rest, length).filter(|bytes| ordinary && bytes.len() == length)
}

/// The sum of some bytes (CRC-32).
pub(super) fn sum(bytes: &[u8]) -> u32 {
    let mut sum = Crc::new();
    sum.update(bytes);
    sum.sum()
}

/// What came out, and whether that is all.
fn unpacked(packed: &[u8], room: usize, spare: usize) -> Option<(Vec<u8>, bool)> {
    let mut out = Vec::new();
    out.try_reserve_exact(room.checked_add(spare)?).ok()?;
    let status = STATE.with_borrow_mut(|state| {
        state.reset(false);
        state.decompress_vec(packed, &mut out, FlushDecompress::Finish)
    });
    Some((out, status.ok()? == Status::StreamEnd))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, ZlibEncoder};
    use proptest::prelude::*;

    use super::*;

    fn packed(bytes: &[u8], level: u32) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_out_again(bytes in prop::collection::vec(0_u8..4, 0..3_000), level in 0_u32..10, most in 0_usize..4_000) {
            let packed = packed(&bytes, level);
            let sum = sum(&bytes);
            prop_assert_eq!(whole(&packed, bytes.len(), sum), Some(bytes.clone()));
            prop_assert_eq!(whole(&packed, bytes.len(), sum ^ 1), None);
            prop_assert_eq!(whole(&packed, bytes.len() + 1, sum), None);
            prop_assert_eq!(beginning(&packed, most), Some(bytes[..most.min(bytes.len())].to_vec()));
            if !bytes.is_empty() {
                prop_assert_eq!(whole(&packed, bytes.len() - 1, sum), None);
                prop_assert_eq!(whole(&packed[..packed.len() - 1], bytes.len(), sum), None);
            }
            // What was spoilt before does not show in what comes next.
            prop_assert_eq!(whole(&packed, bytes.len(), sum), Some(bytes));
        }

        #[test]
        fn a_stream_of_zlib_begins_with_what_was_packed(bytes in prop::collection::vec(0_u8..4, 0..3_000), level in 0_u32..10, most in 0_usize..4_000) {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(level));
            encoder.write_all(&bytes).unwrap();
            let packed = encoder.finish().unwrap();
            let begins = bytes.get(..most).map(<[u8]>::to_vec);
            prop_assert_eq!(of_zlib(&packed, most), begins.clone());
            let cut = &packed[..packed.len() - 4];
            prop_assert_eq!(of_zlib(cut, most), begins);
            prop_assert_eq!(of_zlib(&packed[1..], 1), None);
        }

        #[test]
        fn what_is_damaged_is_none_or_short(bytes in prop::collection::vec(any::<u8>(), 0..300), most in 0_usize..500) {
            prop_assert!(beginning(&bytes, most).is_none_or(|out| out.len() <= most));
            let _ = whole(&bytes, most, 0);
        }
    }
}
