//! The SHA-256 manifest of a pack, in the form `sha256sum --check` reads.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// One line a file: hash, two spaces, name.
pub fn manifest<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut lines = String::new();
    for (name, bytes) in files {
        let _ = writeln!(lines, "{}  {name}", store::hex(&Sha256::digest(bytes)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_is_what_sha256sum_prints() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  abc.txt\n";
        assert_eq!(manifest([("abc.txt", b"abc".as_slice())]), expected);
    }
}
