//! Code pages by their numbers, and texts of which nobody says in which they are.

use std::borrow::Cow;

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, ISO_2022_JP, WINDOWS_1252};
use memchr::memmem;

use super::charset::unicode;

/// The upper halves of the pages of DOS, which no library here knows.
const DOS: &[(u32, &str)] = &[
    (
        437,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}",
    ),
    (
        850,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}",
    ),
    (
        852,
        "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{AD}˝˛ˇ˘§÷¸°¨˙űŘř■\u{A0}",
    ),
];

/// Decodes text in a page. `None` when nobody here knows the page.
pub(crate) fn paged(bytes: &[u8], page: u32) -> Option<Cow<'_, str>> {
    // 858 is 850 with the sign of the euro in place of a letter that is hardly used.
    let dos = if page == 858 { 850 } else { page };
    if let Some((_, upper)) = DOS.iter().find(|(number, _)| *number == dos) {
        let upper: Vec<char> = upper.chars().collect();
        let sign =
            |byte: &u8| usize::from(*byte).checked_sub(128).map_or(char::from(*byte), |at| upper.get(at).copied().unwrap_or('\u{FFFD}'));
        return Some(Cow::Owned(bytes.iter().map(sign).collect()));
    }
    let label = match page {
        1_250..=1_258 => format!("windows-{page}"),
        28_591..=28_606 => format!("iso-8859-{}", page - 28_590),
        866 => "ibm866".to_owned(),
        874 => "windows-874".to_owned(),
        932 | 943 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10_000 | 32_768 => "macintosh".to_owned(),
        10_007 => "x-mac-cyrillic".to_owned(),
        20_866 => "koi8-r".to_owned(),
        20_932 | 51_932 => "euc-jp".to_owned(),
        21_866 => "koi8-u".to_owned(),
        50_220..=50_222 => "iso-2022-jp".to_owned(),
        54_936 => "gb18030".to_owned(),
        65_001 => "utf-8".to_owned(),
        _ => return None,
    };
    Some(Encoding::for_label(label.as_bytes())?.decode_without_bom_handling(bytes).0)
}

/// Decodes a text of which nobody says in which character set it is: UTF-8 or UTF-16 when it is that, else what its letters speak for.
pub(crate) fn undeclared(bytes: &[u8]) -> Cow<'_, str> {
    // Japanese text of old is ASCII by its bytes.
    if memmem::find(bytes, b"\x1B$").is_some() && bytes.is_ascii() {
        return ISO_2022_JP.decode_without_bom_handling(bytes).0;
    }
    unicode(bytes).unwrap_or_else(|| likely(bytes).decode_without_bom_handling(bytes).0)
}

/// The old character set of another than the Latin script that the letters speak for, if they do.
pub(crate) fn foreign(bytes: &[u8]) -> Option<&'static Encoding> {
    let found = likely(bytes);
    let latin = ["windows-1252", "windows-1250", "windows-1254", "windows-1257", "windows-1258", "macintosh"];
    (!latin.contains(&found.name()) && !found.name().starts_with("ISO-8859")).then_some(found)
}

/// The character set that the letters speak for; the western one where they say nothing.
fn likely(bytes: &[u8]) -> &'static Encoding {
    /// More says no more.
    const ENOUGH: usize = 256 << 10;
    // A word or two in front of the first letter help.
    let first = Encoding::ascii_valid_up_to(bytes).saturating_sub(64);
    let rest = bytes.get(first..).unwrap_or_default();
    let head = rest.get(..ENOUGH).unwrap_or(rest);
    let mut detector = EncodingDetector::new();
    let (mut telling, mut from) = (false, 0);
    for at in memchr::memchr_iter(b'\xA3', head) {
        // A pound sign is met here more often than the Polish letter with the same byte.
        if head.get(at + 1).is_none_or(|next| next.is_ascii() && !next.is_ascii_alphabetic()) {
            telling |= feed(&mut detector, head.get(from..at).unwrap_or_default());
            from = at + 1;
        }
    }
    telling |= feed(&mut detector, head.get(from..).unwrap_or_default());
    telling |= detector.feed(b"", true);
    if telling { detector.guess(None, false) } else { WINDOWS_1252 }
}

/// Shows a piece to the detector, true when it may tell something: of long stretches of ASCII, which tell nothing and which it reads slowly, only
/// the words beside other letters.
fn feed(detector: &mut EncodingDetector, piece: &[u8]) -> bool {
    /// Bytes beside a letter that may belong to it or to its word.
    const BESIDE: usize = 48;
    let (mut telling, mut at) = (false, 0);
    while let Some(rest) = piece.get(at..).filter(|rest| !rest.is_empty()) {
        let ascii = Encoding::ascii_valid_up_to(rest);
        if ascii == rest.len() {
            telling |= detector.feed(rest.get(..BESIDE).unwrap_or(rest), false);
            break;
        }
        if ascii > 2 * BESIDE {
            telling |= detector.feed(rest.get(..BESIDE).unwrap_or_default(), false);
            telling |= detector.feed(b" ", false);
            at += ascii - BESIDE;
        }
        let rest = piece.get(at..).unwrap_or_default();
        let lead = Encoding::ascii_valid_up_to(rest);
        let letters = rest.get(lead..).unwrap_or_default().iter().take_while(|b| !b.is_ascii()).count();
        telling |= detector.feed(rest.get(..lead + letters).unwrap_or_default(), false);
        at += lead + letters;
    }
    telling
}

#[cfg(test)]
mod tests {
    use encoding_rs::{
        BIG5, EUC_JP, EUC_KR, GBK, IBM866, ISO_8859_2, KOI8_U, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1253,
        WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    };

    use super::*;

    #[test]
    fn letters_speak_for_their_character_set() {
        let texts = [
            (WINDOWS_1250, "Příliš žluťoučký kůň"),
            (WINDOWS_1250, "Łukasz Wąs"),
            (ISO_8859_2, "Łukasz Wąsik"),
            (WINDOWS_1251, "Иван Петров"),
            (IBM866, "Иван Петров"),
            (KOI8_U, "Иван Петров"),
            (SHIFT_JIS, "山田太郎"),
            (EUC_JP, "山田太郎"),
            (ISO_2022_JP, "山田太郎"),
            (GBK, "你好,我叫王小明"),
            (BIG5, "你好,我叫王小明"),
            (EUC_KR, "김철수"),
            (WINDOWS_1253, "Γεώργιος Παπαδόπουλος"),
            (WINDOWS_1254, "Şule Yılmaz İğne"),
            (WINDOWS_1255, "דוד כהן"),
            (WINDOWS_1256, "محمد علي"),
            (WINDOWS_874, "สมชาย"),
        ];
        for (encoding, text) in texts {
            assert_eq!(undeclared(&encoding.encode(text).0), text);
            let late = format!("{} {text}", "name and address ".repeat(20_000));
            assert!(undeclared(&encoding.encode(&late).0).ends_with(text), "{text}");
        }
    }

    #[test]
    fn western_letters_and_signs_of_money_stay_western() {
        let texts = [
            "Zoë",
            "£5",
            "cost £",
            "The fee is £50 for O’Hara, or £ 60",
            "O’Hara said “no”, and – well – €7",
            "José, Renée, François, Jürgen, Siân",
            "20°C ± ½ · •",
            "Søren Åse Ærø",
            "Muñoz ¿qué?",
        ];
        for text in texts {
            assert_eq!(undeclared(&WINDOWS_1252.encode(text).0), text);
            assert_eq!(undeclared(text.as_bytes()), text);
        }
    }

    #[test]
    fn pages_are_known_by_their_numbers() {
        for (page, bytes, text) in [
            (437, &b"Zo\x89 \x9C5"[..], "Zoë £5"),
            (850, b"Zo\x89 \x9D", "Zoë Ø"),
            (858, b"Zo\x89", "Zoë"),
            (852, b"\x9Dukasz", "Łukasz"),
            (932, b"\x8E\x52", "山"),
            (1_251, b"\xC8", "И"),
        ] {
            assert_eq!(paged(bytes, page).as_deref(), Some(text));
        }
        assert_eq!(paged(b"x", 7), None);
        assert!(DOS.iter().all(|(_, upper)| upper.chars().count() == 128));
    }

    proptest::proptest! {
        #[test]
        fn what_is_utf8_stays_as_it_is(text in "[^\\x1B\u{FEFF}\\x00]{0,60}", bytes: Vec<u8>) {
            proptest::prop_assert_eq!(&*undeclared(text.as_bytes()), text.as_str());
            undeclared(&bytes);
        }
    }
}
