//! Names in scripts that put no blanks between words (Chinese, Japanese, Korean, Thai, Lao, Burmese, Khmer). There is no word boundary to
//! ask for: a name is found wherever its letters stand in a row.

use unicode_normalization::UnicodeNormalization;

use super::builder::Pattern;
use super::name_match::{Found, found};
use super::{Band, words};
use crate::fold::{fold, is_sign};

/// Letters of the longest name that is searched for: nobody's is longer, and each is a place where a blank may stand.
const LONGEST: usize = 40;

/// What stands between the parts of a foreign name in Japanese and Chinese.
const POINTS: [char; 4] = ['\u{30fb}', '\u{b7}', '\u{2027}', '\u{ff65}'];

/// How a script is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    Kana,
    Hangul,
    /// Letters with vowels and tones around them: a blank stands between the parts of a name alone.
    Around,
}

fn script(c: char) -> Option<Script> {
    Some(match c {
        '\u{3005}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Script::Han,
        '\u{3041}'..='\u{3096}' | '\u{3099}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => {
            Script::Kana
        }
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{e81}'..='\u{ede}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}' => {
            Script::Around
        }
        _ => return None,
    })
}

/// The folded texts to search for, for every name in such letters that an entry holds, and what finding one says.
pub(super) fn patterns(entry: &str) -> Vec<(String, Pattern)> {
    if entry.is_ascii() {
        return Vec::new();
    }
    let mut out = Vec::new();
    let (mut parts, mut part) = (Vec::new(), String::new());
    for c in entry.nfc().chain(['(']) {
        if script(c).is_some() {
            part.push(c);
            continue;
        }
        if !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        if !(c.is_whitespace() || POINTS.contains(&c)) {
            out.extend(of_parts(&std::mem::take(&mut parts)));
        }
    }
    out
}

/// The ways of writing a name of these parts.
fn of_parts(parts: &[String]) -> Vec<(String, Pattern)> {
    let letters: Vec<char> = parts.iter().flat_map(|p| p.chars()).collect();
    if !(2..=LONGEST).contains(&letters.len()) {
        return Vec::new();
    }
    let of = |which: Script| letters.iter().filter(|c| script(**c) == Some(which)).count();
    let long =
        of(Script::Han) > 0 && letters.len() > 2 || of(Script::Hangul) > 2 || parts.len() > 1 && letters.len() > 3 || letters.len() > 5;
    let mut ways = vec![parts.concat(), parts.join(" "), parts.join("\u{30fb}"), parts.join("\u{b7}")];
    if of(Script::Around) == 0 {
        let whole = parts.concat();
        let places = whole.char_indices().map(|(at, _)| at).skip(1);
        let broken: Vec<String> = places.filter_map(|at| whole.split_at_checked(at)).map(|(a, b)| format!("{a} {b}")).collect();
        ways.extend(broken);
        let apart: String = letters.iter().flat_map(|c| [*c, ' ']).collect();
        ways.push(apart.trim_end().to_owned());
    }
    let pattern = if long { Pattern::Unspaced } else { Pattern::UnspacedShort };
    ways.into_iter().map(|way| (fold(&way), pattern)).collect()
}

/// What stands behind the name of somebody who is spoken of with respect.
const HONORIFICS: [&str; 14] = ["さん", "様", "氏", "君", "くん", "ちゃん", "先生", "女士", "小姐", "老师", "老師", "同学", "씨", "님"];

/// What a name at `start..end` of the folded text says. A short one may be a part of other words.
pub(super) fn at_name(text: &str, (start, end): (usize, usize), short: bool) -> Option<Found> {
    let last = text.get(..end)?.chars().next_back()?;
    let next = text.get(end..)?.chars().next();
    let before = text.get(..start)?.chars().next_back();
    let first = text.get(start..)?.chars().next()?;
    let goes_on = next.is_some_and(|c| belongs_to_the_last(c) || is_katakana(last) && is_katakana(c));
    let began = before.is_some_and(|c| is_leading_vowel(c) || is_katakana(first) && is_katakana(c));
    if goes_on || began {
        return None;
    }
    let (begins, ends) = (words::begins(text, start), words::ends(text, end));
    let behind = text.get(end..)?.trim_start_matches(' ');
    let honoured = || HONORIFICS.iter().any(|h| behind.starts_with(fold(h).as_str()));
    Some(match (short, begins && ends) {
        (false, true) => found(start, end, Band::Certain, "full name"),
        (false, false) => found(start, end, Band::Likely, "full name, among other letters"),
        (true, _) if begins || ends || honoured() => found(start, end, Band::Likely, "short full name"),
        (true, _) => found(start, end, Band::Possible, "short full name, among other letters"),
    })
}

/// True for what is written onto the letter before it: the name's last syllable is another.
fn belongs_to_the_last(c: char) -> bool {
    is_sign(c)
        || matches!(c, '\u{1160}'..='\u{11ff}' | '\u{e30}'..='\u{e39}' | '\u{e45}' | '\u{eb0}'..='\u{ebc}' | '\u{102b}'..='\u{103e}' | '\u{17b6}'..='\u{17d3}')
}

/// Vowels that are written before the letter they are spoken after.
fn is_leading_vowel(c: char) -> bool {
    matches!(c, '\u{e40}'..='\u{e44}' | '\u{ec0}'..='\u{ec4}')
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::identity::{Band, Identity, Matcher, band_of};

    fn band(name: &str, text: &str) -> Option<Band> {
        let person = Identity { names: vec![name.into()], ..Identity::default() };
        band_of(&Matcher::new(&person).unwrap().find_text(text))
    }

    #[test]
    fn names_are_found_among_other_letters() {
        for (name, text) in [
            ("张晓明", "会议由张晓明主持"),
            ("张晓明", "出席：张晓明、李雷"),
            ("张晓明 (Zhang Xiaoming)", "会议由张晓明主持"),
            ("张 晓明", "会议由张晓明主持"),
            ("欧阳 静", "请欧阳静来"),
            ("王伟", "请王伟先生来"),
            ("王伟", "王伟今天来了"),
            ("山田太郎", "山田太郎さんに電話"),
            ("山田太郎", "昨日、山田 太郎が来た"),
            ("山田 太郎", "担当は山田太郎です"),
            ("佐藤 さくら", "会長の佐藤さくら様"),
            ("マリア・ガルシア", "昨日マリア・ガルシアさんが"),
            ("マリア・ガルシア", "昨日マリアガルシアさんが"),
            ("김민준", "저는 김민준입니다"),
            ("김민준", "김 민준 씨가"),
            ("김민준", "발표자:김민준님"),
            ("สมชาย ใจดี", "นายสมชาย ใจดีมาแล้ว"),
            ("สมชาย ใจดี", "ผู้ป่วยสมชายใจดี อายุ"),
        ] {
            assert!(band(name, text) >= Some(Band::Likely), "{name}: {text} {:?}", band(name, text));
        }
        for (name, text) in [("张晓明", "张晓明"), ("山田太郎", "「山田太郎」"), ("김민준", "김민준, 서울")] {
            assert_eq!(band(name, text), Some(Band::Certain), "{name}: {text}");
        }
    }

    #[test]
    fn a_part_of_something_else_is_not_the_name() {
        for (name, text) in [
            ("张晓明", "会议由张晓红主持"),
            ("高山", "他们在高山上走"),
            ("김민주", "저는 김민준입니다"),
            ("マリア", "マリアンヌが来た"),
            ("さくら", "公園のさくらが咲く"),
            ("ใจดี", "คนใจดีมาก"),
        ] {
            assert!(band(name, text) < Some(Band::Likely), "{name}: {text} {:?}", band(name, text));
        }
    }

    proptest! {
        #[test]
        fn a_name_of_three_is_found_wherever_it_stands(before in "[一-龥。，a-z ]{0,12}", after in "[一-龥。，a-z ]{0,12}") {
            let text = format!("{before}诸葛晓明{after}");
            prop_assert!(band("诸葛晓明", &text) >= Some(Band::Likely));
        }
    }
}
