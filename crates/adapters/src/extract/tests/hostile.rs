use proptest::prelude::*;

use super::make::{docx, lines, mail, paragraph, pdf, xlsx, zip};
use crate::extract::inprocess::taken;
use finder::document::Extraction;

/// What holds for every extraction, whatever came in.
fn sound(extraction: &Extraction) {
    for document in &extraction.documents {
        let mut end = 0;
        for part in &document.parts {
            assert!(part.start >= end && part.end > part.start);
            assert!(document.text.is_char_boundary(part.start) && document.text.is_char_boundary(part.end));
            end = part.end;
        }
        assert!(end <= document.text.len());
        assert!(!document.text.contains(['\r', '\0']));
    }
}

/// One good document of each kind, to be spoilt.
fn good() -> Vec<(&'static str, Vec<u8>)> {
    let word = docx(&paragraph("Ada"), &[("docProps/core.xml", "<c><dc:creator>Grace</dc:creator></c>")]);
    let book = xlsx(&[("S", "visible", "<row r='1'><c r='A1'><v>1</v></c></row>")], &[]);
    let page = pdf(&[&lines(&["Ada", "Grace"])], "/Title (x)", &[]);
    let nested = mail("inner", "Ada", &[("a.docx", "application/octet-stream", &word), ("b.pdf", "application/pdf", &page)]);
    vec![
        ("m.eml", mail("outer", "Grace", &[("n.eml", "message/rfc822", &nested)])),
        ("w.docx", word),
        ("b.xlsx", book),
        ("p.pdf", page),
        ("h.html", b"<html><title>x</title><p>Ada <b>E&amp;x</b><blockquote>q</blockquote></html>".to_vec()),
        ("r.rtf", br"{\rtf1{\fonttbl x}{\info{\author A}}b\'e9\u8364?\par c}".to_vec()),
        ("c.csv", b"a,\"b\nc\",d\n1;2\n".to_vec()),
        ("z.zip", zip(&[("a.txt", b"Ada"), ("b.html", b"<p>x")])),
    ]
}

#[test]
fn every_cut_of_every_kind() {
    for (name, bytes) in good() {
        for cut in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            sound(&taken(name, &bytes[..cut]));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2_000), name in "[a-z]{0,3}(\\.(eml|pdf|docx|html|rtf|csv|txt|msg|zip))?") {
        sound(&taken(&name, &bytes));
    }

    #[test]
    fn random_text_as_mail(text in "(From: \\PC{0,20}\n|Content-Type: (multipart/[a-z]{1,6}; boundary=b|text/(html|plain); charset=[a-z0-9-]{1,9})\n|Content-Transfer-Encoding: (base64|quoted-printable)\n|--b(--)?\n|\n|\\PC{0,40}\n|=[0-9A-F]{2}|<[a-z]{1,5}>?){0,60}") {
        sound(&taken("1.eml", format!("From: a@example.org\n{text}").as_bytes()));
    }

    #[test]
    fn spoilt_documents(which in 0_usize..8, spots in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let (name, mut bytes) = good().swap_remove(which);
        for (spot, byte) in spots {
            let at = spot.index(bytes.len());
            bytes[at] = byte;
        }
        sound(&taken(name, &bytes));
    }
}
