//! A hundred thousand spoilt inputs for the readers that are our own code, the same ones each
//! time. (`probity bench fuzz` does as many as one likes, on any files.)

use super::make::mail;
use crate::extract::inprocess::taken;
use crate::extract::taking::CRASHED;

/// Numbers that look random and are the same each time (xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// Small good ones; spoiling them leads into every corner.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let mut tar = vec![0; 512];
    tar[..5].copy_from_slice(b"a.txt");
    tar[124..135].copy_from_slice(b"00000000003");
    tar[156] = b'0';
    tar[257..262].copy_from_slice(b"ustar");
    tar.extend(b"Ada");
    tar.resize(1_536, 0);
    let mut tnef = b"\x78\x9F\x3E\x22\x01\x00\x01\x04\x80\x01\x00\x04\0\0\0Ada\0\0\0\x01\x03\x90\x06\0".to_vec();
    let properties = b"\x03\0\0\0\x1F\0\x37\0\x01\0\0\0\x06\0\0\0A\0d\0a\0\0\0\x40\0\x39\0\0\0\0\0\0\0\xDC\x01\x02\x01\x09\x10\x01\0\0\0\x14\0\0\0\0\0\0\0\0\0\0\0LZFu\0\0\0\0\x03\0{\\r";
    tnef.extend((properties.len() as u32).to_le_bytes());
    tnef.extend(properties);
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0CzTXtNote\0\0".to_vec();
    png.extend(b"\x78\x9c\x73\x4c\x49\x04\0\0\0\0<x:xmpmeta a='b'>Ada</x:xmpmeta>8BIM\x04\x04\0\0\0\0\0\x09\x1C\x02\x78\0\x03Ada");
    vec![
        ("m.eml", mail("Zo\u{eb}", "Grace =C3=AB", &[("n.txt", "text/plain", b"Ada")])),
        ("h.html", "<html><title>x</title><p>Ada <b>E&amp;x</b><!-- c --><table><tr><td>q</table>".as_bytes().to_vec()),
        ("r.rtf", br"{\rtf1{\fonttbl x}{\info{\author A}}b\'e9\u8364?\bin3 abc\par c{\*\x y}}".to_vec()),
        ("c.csv", b"a,\"b\nc\",d\n1;2\n\"\"\"\n".to_vec()),
        (
            "v.vcf",
            b"BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:E=C3=A4;A=\n d\nX;CN=\"a:b\":mailto:x\\n\nPHOTO;ENCODING=B:AAA=\nEND:VCARD\n"
                .to_vec(),
        ),
        ("winmail.dat", tnef),
        ("a.tar", tar),
        ("p.png", png),
    ]
}

#[test]
fn a_hundred_thousand_spoilt_inputs_and_no_reader_fails() {
    let seeds = seeds();
    let mut numbers = Numbers(0x5EED);
    for round in 0..100_000_usize {
        let (name, good) = &seeds[round % seeds.len()];
        let mut bytes = good.clone();
        for _ in 0..=numbers.next(4) {
            let at = numbers.next(bytes.len());
            match numbers.next(5) {
                0 => bytes[at] = numbers.next(256) as u8,
                1 => bytes[at] ^= 1 << numbers.next(8),
                2 => bytes.insert(at, b"\0\xFF\n\":;={}<>\\"[numbers.next(12)]),
                3 if bytes.len() > 20 => drop(bytes.drain(at..(at + numbers.next(9)).min(bytes.len()))),
                _ => {
                    let from = numbers.next(bytes.len());
                    let piece = bytes[from..(from + numbers.next(24)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        let found = taken(name, &bytes);
        assert!(found.unreadable.iter().all(|one| one.reason != CRASHED), "{name}: {bytes:?}");
        assert!(!found.documents.is_empty() || !found.unreadable.is_empty(), "{name} was lost without a word: {bytes:?}");
    }
}
