//! How an Outlook data file disguises its blocks (MS-PST 5.1 and 5.2): a fixed permutation, or
//! one that moves with the number of the block. It keeps nobody out.

/// The permutation of the specification, in hexadecimal.
const ONE: &str = "\
    41361362a8216ebbf416cc047f64e85d1ef2cb2a74c55e35d295479e962d9a884c7d843fdbac31b6485ff6c4d8398be7233b388ec8c1df25b120a546604e9cfb\
    aad35651457c550007c92b9d859b09a08fadb30f63ab894bd7a7155a716642bf264a6b98faea7753b270052cfd593a867ece06eb827857c78d43afb41cd45bcd\
    e2e9274fc3087280cfb0eff5286dbe304d3492d50e3c2232e5e4f99fc2d10a8112e1ee918376e397e6618a1779a4b7dc907a5c8c02a6ca69de501a1193b95287\
    58fced1d37491b6ae0293399bd6cd994f340546ff0c673b8d63e6518441fdd6710f10c19ecae03a1147ba90bfff8a3c0a201f72ebc2468750dfeba2fb5d0da3d\
";
/// The second one.
const TWO: &str = "\
    14530f56b3c87a9ceb65481716159f02cc547c83000d0c0ba262a876dbd9edc7c5a4dcac8574d6d0a79bae9a967166c36399b8dd73928e847da55ed15d93b157\
    5150808952944f4e0a6bbc8d7f6e47464140440111cb033ff7f4e1a98f3c3af9fbf0193082092ec99da08649ee6f4d6dc42d813425871b88aafc06a11238fd4c\
    4272641337246a757743ffe6b44b365ce4d8353d45b92cecb7312b290768a30e697b189e2139be281a5b78f523ca2ab0af3efe048ce7e5983295d3f64ae8a6ea\
    e9f3d52f7020f21f0567ad5510cecde3273bdabad7c226d4911dd21c2233f8faf15aefcf90b68bb5bdc0bf08971e6ce261e0c6c159abbb58de5fdf60797eb28a\
";

/// The tables, ready for use.
pub(super) struct Tables {
    one: [u8; 256],
    two: [u8; 256],
    /// The first, backwards.
    back: [u8; 256],
}

impl Tables {
    pub(super) fn new() -> Self {
        let (one, two) = (table(ONE), table(TWO));
        let mut back = [0; 256];
        for (at, to) in one.iter().enumerate() {
            if let Some(slot) = back.get_mut(usize::from(*to)) {
                *slot = at as u8;
            }
        }
        Self { one, two, back }
    }

    /// Undoes the disguise of a block; `method` is what the file's head says.
    pub(super) fn undo(&self, method: u8, block: u64, bytes: &mut [u8]) {
        match method {
            1 => bytes.iter_mut().for_each(|byte| *byte = at(&self.back, *byte)),
            2 => {
                let number = block as u32;
                let mut key = (number ^ (number >> 16)) as u16;
                for byte in bytes {
                    let [low, high] = key.to_le_bytes();
                    let first = at(&self.one, byte.wrapping_add(low)).wrapping_add(high);
                    let second = at(&self.two, first).wrapping_sub(high);
                    *byte = at(&self.back, second).wrapping_sub(low);
                    key = key.wrapping_add(1);
                }
            }
            _ => {}
        }
    }
}

fn at(table: &[u8; 256], byte: u8) -> u8 {
    table.get(usize::from(byte)).copied().unwrap_or_default()
}

fn table(text: &str) -> [u8; 256] {
    let digits = |pair: &[u8; 2]| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()).unwrap_or_default();
    let mut table = [0; 256];
    table.iter_mut().zip(text.as_bytes().as_chunks::<2>().0).for_each(|(slot, pair)| *slot = digits(pair));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_permutations() {
        for text in [ONE, TWO] {
            assert_eq!(text.len(), 512);
            let values: std::collections::HashSet<u8> = table(text).into_iter().collect();
            assert_eq!(values.len(), 256);
        }
    }

    #[test]
    fn both_ways_lead_back() {
        let tables = Tables::new();
        let mut disguised: Vec<u8> = b"Ada Example".iter().map(|byte| at(&tables.one, *byte)).collect();
        tables.undo(1, 4, &mut disguised);
        assert_eq!(disguised, b"Ada Example");
        // The moving one is its own opposite.
        tables.undo(2, 0x1234_5678, &mut disguised);
        assert_ne!(disguised, b"Ada Example");
        tables.undo(2, 0x1234_5678, &mut disguised);
        assert_eq!(disguised, b"Ada Example");
    }
}
