//! Files a search meets and cannot read: locked, cut short, not what their name says.

use super::Sheet;
use super::docx::docx;
use super::pdf::assemble;
use crate::rng::Rng;

/// A PDF that asks for a password (standard security handler, revision 3); its text is noise.
pub fn locked_pdf(rng: &mut Rng) -> Vec<u8> {
    let hex = |rng: &mut Rng, count: usize| rng.letters(b"0123456789ABCDEF", 2 * count);
    let noise: Vec<u8> = (0..420).map(|_| rng.below(256) as u8).collect();
    let mut stream = format!("<< /Length {} >>\nstream\n", noise.len()).into_bytes();
    stream.extend_from_slice(&noise);
    stream.extend_from_slice(b"\nendstream");
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
        format!("<< /Producer <{}> >>", hex(rng, 12)).into_bytes(),
        format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 /O <{}> /U <{}> >>", hex(rng, 32), hex(rng, 32)).into_bytes(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 7 0 R >>".to_vec(),
        stream,
    ];
    let id = hex(rng, 16);
    assemble(&objects, &format!(" /Encrypt 5 0 R /ID [<{id}> <{id}>]"))
}

/// A word processor document whose copy stopped half way.
pub fn truncated_docx(sheet: &Sheet) -> Vec<u8> {
    let mut whole = docx(sheet);
    whole.truncate(whole.len() * 6 / 10);
    whole
}

/// A file called PDF that is none: a download that saved an error page's first bytes and noise.
pub fn not_a_pdf(rng: &mut Rng) -> Vec<u8> {
    let mut out = b"\x00\x01\x02\xff\xfe".to_vec();
    out.extend((0..900).map(|_| 0x80 | rng.below(128) as u8));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_document_does_not_open_and_a_locked_one_says_so() {
        let sheet = Sheet::new("Plan", "", "", &"A paragraph of the plan.\n".repeat(60));
        assert!(::zip::ZipArchive::new(std::io::Cursor::new(truncated_docx(&sheet))).is_err());
        let locked = locked_pdf(&mut Rng::new(2));
        assert!(String::from_utf8_lossy(&locked).contains("/Encrypt 5 0 R"));
        assert!(!not_a_pdf(&mut Rng::new(2)).starts_with(b"%PDF"));
    }
}
