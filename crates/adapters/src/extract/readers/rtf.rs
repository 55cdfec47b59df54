//! Rich text (RTF): the text, then notes, comments, headers and boxes; properties, fields and what tracked changes took away; files and
//! pictures put into it.

use finder::document::DocumentKind;

use super::rtf_words::{Blob, walked};
use super::{compound, rtf_words};
use crate::extract::drawing;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

/// Bytes of a picture in which its size is looked for.
const HEAD: usize = 64 << 10;

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut facts = Facts::default();
    let rich = walked(item.bytes, &mut facts);
    let text = rich.text();
    let mut writing = Writing::sized(text.len());
    writing.body(&text);
    writing.metadata(&facts);
    let title = facts.first("Title").to_owned();
    taking.document(About { kind: DocumentKind::Word, title, date: None }, item, writing);
    for (number, object) in (1..).zip(&rich.objects) {
        put_in(taking, number, object);
    }
    for picture in &rich.pictures {
        let what = drawing::inside(&picture.bytes(HEAD));
        taking.seen("picture", what, usize::MAX, picture.print(), || drawing::picture(&picture.bytes(usize::MAX)));
    }
    Ok(())
}

/// The text of rich text in which mail came.
pub(super) fn strip(bytes: &[u8], facts: &mut Facts) -> String {
    rtf_words::walked(bytes, facts).text()
}

/// A file put into the text: a version, a kind, three names with their lengths, the length, and the file or its wrapping.
fn put_in(taking: &mut Taking<'_>, number: usize, object: &Blob<'_>) {
    let bytes = object.bytes(usize::MAX);
    if let Err(reason) = taking.count(bytes.len()) {
        return taking.unreadable_child(number, "", reason);
    }
    let unwrapped = || {
        let (class, rest) = named(bytes.get(8..)?)?;
        let (_, rest) = named(rest)?;
        let (_, rest) = named(rest)?;
        Some((class, rest))
    };
    match unwrapped() {
        Some((class, rest)) if class.eq_ignore_ascii_case(b"Package") => {
            let (label, inside) = compound::unwrapped(rest);
            taking.child(number, Item { name: &label, bytes: inside });
        }
        Some((_, rest)) => taking.child(number, Item { name: "", bytes: rest.get(4..).unwrap_or_default() }),
        None => taking.unreadable_child(number, "", "is damaged or cut off"),
    }
}

/// A text with its length in front and a NUL at its end, and what follows.
fn named(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (name, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some((name.strip_suffix(b"\0").unwrap_or(name), rest))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::extract::inprocess::taken;

    fn text(rtf: &[u8]) -> String {
        taken("x.rtf", rtf).documents[0].text.clone()
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    }

    #[test]
    fn text_accents_and_author() {
        let rtf =
            br"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\info{\author Grace Example}}Dear Zo\'eb,\par Jos\u233? wrote {\b to} you\cell 7\row}";
        let text = text(rtf);
        assert!(text.starts_with("Dear Zoë,\nJosé wrote to you | 7"), "{text}");
        assert!(text.contains("Author: Grace Example") && !text.contains("Arial"), "{text}");
    }

    #[test]
    fn a_font_says_in_which_page_its_letters_are() {
        let fonts = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}{\f2\fcharset128 MS Gothic;}{\f3\fcharset204 Arial;}}";
        let body = r"Zo\'eb {\f1 \'c8lov\'ec\'e8ek} {\f2 \'8e\'52\'93\'63} \f3 \'c8\'e2\'e0\'ed\plain  caf\'e9}";
        assert_eq!(text(format!("{fonts}{body}").as_bytes()), "Zoë Člověček 山田 Иван café");
    }

    #[test]
    fn pages_of_the_whole_text_are_used() {
        assert_eq!(text(br"{\rtf1\ansi\ansicpg1251\'c8\'e2\'e0\'ed}"), "Иван");
        assert_eq!(text(br"{\rtf1\ansi\ansicpg936\'cd\'f5\'d0\'a1\'c3\'f7}"), "王小明");
        assert_eq!(text(br"{\rtf1\mac Zo\'91}"), "Zoë");
        assert_eq!(text(br"{\rtf1\pca Zo\'89}"), "Zoë");
        // A font that says nothing of its own follows the text, where no other does either.
        assert_eq!(text(br"{\rtf1\ansicpg1251{\fonttbl{\f0\fcharset0 Arial;}}\f0\'c8\'e2\'e0\'ed}"), "Иван");
    }

    #[test]
    fn notes_never_stand_within_a_word() {
        let rtf = br"{\rtf1 Exam{\*\atnid GS}{\*\atnauthor Grace Sample}{\chatn{\*\annotation{\*\atndate 1}{ask her}}}ple and {\footnote born 1985} more{\header Case 7}\par}";
        assert_eq!(text(rtf), "Example and  more\nask her\nborn 1985\nCase 7\nComment by: Grace Sample\n");
    }

    #[test]
    fn boxes_once_and_deleted_words_apart() {
        let rtf = br"{\rtf1 a{\shp{\*\shpinst\shpleft1{\sp{\sn x}{\sv 7}}{\shptxt Ada Example}}{\shprslt{\*\do{\dptxbxtext Ada Example}}}}b {\deleted gone} c{\*\revtbl{Unknown;}{Grace;}}}";
        assert_eq!(text(rtf), "ab  c\nAda Example\nChanged by: Grace\nDeleted: gone\n");
    }

    #[test]
    fn fields_forms_and_both_forms_of_a_text() {
        let rtf = br#"{\rtf1{\field{\*\fldinst {HYPERLINK "mailto:ada@example.org"}}{\fldrslt mail}} {\upr{Zoe}{\*\ud{Zo\u235 e}}}{\*\formfield{\*\ffdeftext Bristol}}}"#;
        assert_eq!(text(rtf), "mail Zoë\nField: HYPERLINK \"mailto:ada@example.org\"\nField: Bristol\n");
    }

    #[test]
    fn a_mark_in_the_middle_of_a_group_hides_nothing() {
        assert_eq!(text(br"{\rtf1{\loch\i0\*\cs7\cf0 The fox}{\*\unknown not this}\par}"), "The fox\n");
    }

    #[test]
    fn files_in_it_are_children_and_pictures_are_listed() {
        let short = |text: &[u8]| [&(text.len() as u32 + 1).to_le_bytes()[..], text, b"\0"].concat();
        let none = 0_u32.to_le_bytes();
        let package =
            [&[2, 0][..], b"note.txt\0C:\\note.txt\0", &[0, 0, 3, 0], &short(b"C:\\note.txt"), &11_u32.to_le_bytes(), b"Ada Example"]
                .concat();
        let head = [1_u32.to_le_bytes(), 2_u32.to_le_bytes()].concat();
        let object = [&head[..], &short(b"Package"), &none, &none, &(package.len() as u32).to_le_bytes(), &package].concat();
        let bare = [&head[..], &short(b"Text"), &none, &none, &12_u32.to_le_bytes(), b"Grace Sample"].concat();
        let rtf = format!(
            "{{\\rtf1 see{{\\object{{\\*\\objclass Package}}{{\\*\\objdata {}\n}}}}{{\\object{{\\*\\objdata {}}}}}{{\\pict\\pngblip {}}}}}",
            hex(&object),
            hex(&bare),
            hex(b"\x89PNG\r\n\x1a\n")
        );
        let found = taken("x.rtf", rtf.as_bytes());
        let said: Vec<_> = found.documents.iter().map(|d| (d.path.as_str(), d.text.as_str())).collect();
        assert_eq!(said, [("", "see"), ("1:note.txt", "Ada Example"), ("2:", "Grace Sample")]);
        assert_eq!(found.unreadable[0].reason, crate::extract::HOLDS_PICTURES);
    }

    #[test]
    fn groups_without_end_and_cut_codes_end() {
        for rtf in [&b"{".repeat(200_000)[..], b"{\\rtf1 Ada\\'", b"{\\rtf1 Ada\\u", b"{\\rtf1{\\*\\objdata 01", b"{\\rtf1 \\bin99999 x"] {
            taken("x.rtf", rtf);
        }
    }
}
