//! References beside a name: one of the same form as the person's, and of another number, is somebody else's.

use super::reference;

/// Bytes before a name in which the reference of a letter's head is looked for.
const HEAD: usize = 260;
/// Letters and digits that tell a series from any short number: `VOL/2018/0091`, not `A 12`.
const LETTERS: usize = 2;
const DIGITS: usize = 3;
/// Words between a reference and the name it is of.
const LINKS: usize = 3;

/// Where a folded text has a reference that has the form of the person's own and is another.
pub(super) fn another_in(near: &str, own: &str) -> Option<usize> {
    let shape = reference::shape(own);
    if !shape.contains('a') {
        return None;
    }
    let tokens: Vec<&str> = near.split(|c| parts(c, own)).map(|t| t.trim_end_matches('.')).collect();
    let another = |t: &str| {
        t != own && reference::shape(t) == shape && t.chars().zip(own.chars()).any(|(a, b)| a != b) && !is_of_papers(t)
            || is_another_of_series(t, own)
    };
    // `CL 5512` is written with a blank, and `VOL 2018 0091` may be; `Aug 2002` is none.
    let series = own.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let spaced = |parts: &[&str]| parts.first().is_some_and(|first| *first == series) && another(&parts.join(" "));
    let place = |token: &&str| token.as_ptr() as usize - near.as_ptr() as usize;
    let single = tokens.iter().filter(|t| another(t)).map(place);
    let rows = [2, 3].into_iter().flat_map(|n| tokens.windows(n)).filter(|parts| spaced(parts)).filter_map(|p| p.first()).map(place);
    single.chain(rows).min()
}

/// `VOL/2018/0091: Andrew Walker`, `ref VOL/2018/0091 for Mr Walker`: the place of a reference that is told of the name behind `before`,
/// and whether a colon says so, which it does of nothing else.
pub(super) fn told_before(before: &str, own: &str) -> Option<(usize, bool)> {
    let (mut rest, mut gap) = (before, String::new());
    for _ in 0..=LINKS {
        let body = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
        gap.push_str(rest.get(body.len()..)?);
        let at = body.rfind(|c| parts(c, own)).map_or(0, |i| i + 1);
        let word = body.get(at..)?;
        if is_another_of_series(word, own) {
            // Behind a blank alone it may be the end of what stands before.
            let lead = body.get(..at)?.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit(' ').next().unwrap_or_default();
            let announced = reference::announced(body, at) || at == 0 || is_link(lead);
            // `VOL/2018/0091 Andrew Walker`: of whom the end of a sentence is, names before it say.
            let joined = gap == " " || gap.contains([':', '-', ')', ']', '}', '|', '>']) || announced || linked(&gap);
            return joined.then_some((at, gap.contains(':')));
        }
        if !is_link(word) {
            return None;
        }
        gap.push_str(word);
        rest = body.get(..at)?;
    }
    None
}

/// `Your ref LRN/0144/22`, some lines above `Dear Chukwuemeka Nwachukwu`: the place behind the reference.
pub(super) fn heads_letter(text: &str, start: usize, own: &str) -> Option<usize> {
    let from = text.floor_char_boundary(start.saturating_sub(HEAD));
    let head = text.get(from..start)?.trim_end();
    let untitled = ["mr", "mrs", "ms", "miss", "dr", "mx"].iter().find_map(|t| head.trim_end_matches('.').strip_suffix(t)).unwrap_or(head);
    let head = untitled.trim_end().strip_suffix("dear")?;
    let mut found = None;
    for token in head.split(|c| parts(c, own)) {
        let at = token.as_ptr() as usize - head.as_ptr() as usize;
        if is_another_of_series(token.trim_end_matches('.'), own) && reference::announced(head, at) {
            found = Some(from + at + token.len());
        }
    }
    found
}

/// True for a sign between two words, where the person's own reference is not written with it.
fn parts(sign: char, own: &str) -> bool {
    matches!(sign, ' ' | ',' | ';' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '|' | ':' | '"') || sign == '#' && !own.contains('#')
}

/// True for the number of a paper that goes to a person, whatever the person's own number: `INV/2018/0091`.
fn is_of_papers(token: &str) -> bool {
    const PAPERS: &str = " inv inc ord po pn so rec rcp rct quo qte tkt bkg crn don pay chq doc ";
    let letters = token.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    !letters.is_empty() && PAPERS.split_ascii_whitespace().any(|p| p == letters)
}

/// Words that lead from a reference to a name.
fn is_link(word: &str) -> bool {
    const LINKING: &str = " mr mrs ms miss mx dr rev cllr prof name names for re of client volunteer learner student pupil member patient \
        employee trainee applicant candidate tenant customer ";
    LINKING.split_ascii_whitespace().any(|w| w == word)
}

fn linked(gap: &str) -> bool {
    ["for", "name", "re", "client", "volunteer", "learner", "student", "pupil", "member"].iter().any(|w| gap.contains(w))
}

/// True for another number of the series of a reference: the same letters between the same marks, and digits that differ in more than
/// noughts before them.
fn is_another_of_series(token: &str, own: &str) -> bool {
    let (Some(written), Some(own)) = (pieces(token), pieces(own)) else { return false };
    let count = |test: fn(&char) -> bool| own.iter().flat_map(|p| p.chars()).filter(test).count();
    let telling = count(|c| c.is_alphabetic()) >= LETTERS && own.iter().map(|p| p.len()).sum::<usize>() >= LETTERS + DIGITS;
    let digits = |p: &str| p.starts_with(|c: char| c.is_ascii_digit());
    let fits = |(a, b): (&&str, &&str)| if digits(a) { digits(b) } else { a == b };
    let plain = |p: &str| p.trim_start_matches('0').to_owned();
    telling
        && token.bytes().filter(u8::is_ascii_digit).count() >= DIGITS
        && written.len() == own.len()
        && written.iter().zip(&own).all(fits)
        && written.iter().zip(&own).any(|(a, b)| plain(a) != plain(b))
}

/// The stretches of letters and of digits of a reference; nothing for a text that is none.
fn pieces(token: &str) -> Option<Vec<&str>> {
    if !token.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '_' | ' ')) {
        return None;
    }
    let mut out = Vec::new();
    for part in token.split(['-', '/', '.', '_', ' ']) {
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            let digit = first.is_ascii_digit();
            let stop = rest.find(|c: char| c.is_ascii_digit() != digit).unwrap_or(rest.len());
            let (piece, behind) = rest.split_at_checked(stop)?;
            out.push(piece);
            rest = behind;
        }
    }
    (out.len() > 1).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, DocumentKind};
    use crate::identity::{Band, Identity, Matcher, band_of};

    #[test]
    fn a_series_is_told_by_its_letters() {
        for (token, other) in [
            ("vol/2018/0091", true),
            ("vol-2018-91", true),
            ("vol/2019/0123", true),
            ("vol/2019/0044", false),
            ("vol/2019/44", false),
            ("inv/2018/0091", false),
            ("vol/2018", false),
            ("vol", false),
            ("2018/0091", false),
            ("", false),
        ] {
            assert_eq!(is_another_of_series(token, "vol/2019/0044"), other, "{token}");
        }
        // Too short to tell anything.
        assert!(!is_another_of_series("a12", "a13") && !is_another_of_series("no 12", "no 13"));
    }

    fn band(text: &str) -> Option<Band> {
        let person = Identity {
            names: vec!["Chukwuemeka Nwachukwu".into()],
            references: vec!["LRN/0871/19".into(), "TR-2023-118".into()],
            ..Identity::default()
        };
        band_of(&Matcher::new(&person).unwrap().find(&Document::of(DocumentKind::Text, "", text)))
    }

    #[test]
    fn another_reference_beside_the_name_is_somebody_elses() {
        for text in [
            "Chukwuemeka Nwachukwu [LRN/0144/22] moved to archive",
            "Chukwuemeka Nwachukwu <LRN/0144/22>",
            "Chukwuemeka Nwachukwu (LRN/0144/22)",
            "Chukwuemeka Nwachukwu \"LRN/0144/22\"",
            "Chukwuemeka Nwachukwu LRN 0144 22",
            "Chukwuemeka Nwachukwu, ref. LRN-0144-22.",
            "LRN/0144/22: Chukwuemeka Nwachukwu",
            "[LRN/0144/22] Chukwuemeka Nwachukwu",
            "{LRN/0144/22} Chukwuemeka Nwachukwu",
            "Learner LRN/0144/22, Chukwuemeka Nwachukwu, has left",
            "Re: LRN/0144/22 Chukwuemeka Nwachukwu",
            "LRN/0144/22 - Mr Chukwuemeka Nwachukwu",
            "File TR-2023-119 for Chukwuemeka Nwachukwu was closed.",
            "Ref TR-2023-119\nChukwuemeka Nwachukwu came.",
            "TR-2023-119 | Chukwuemeka Nwachukwu | Leeds",
            "Your ref LRN/0144/22\nDear Chukwuemeka Nwachukwu,\nThank you.",
            "Our ref: LRN/0144/22\n3 May 2022\n\nDear Mr Nwachukwu,\nThank you.",
        ] {
            assert_eq!(band(text), Some(Band::Possible), "{text}");
        }
    }

    #[test]
    fn other_references_say_nothing_of_the_person() {
        for text in [
            "Chukwuemeka Nwachukwu [LRN/0871/19] moved to archive",
            "LRN/0871/19: Chukwuemeka Nwachukwu",
            "LRN/871/19: Chukwuemeka Nwachukwu",
            "Your ref LRN/0871/19\nOur ref LRN/0144/22\nDear Chukwuemeka Nwachukwu,",
            "INV/0144/22: Chukwuemeka Nwachukwu",
            "Dear Chukwuemeka Nwachukwu, we enclose your invoice INV/0144/22",
            "Tom Smith LRN/0144/22\nChukwuemeka Nwachukwu\nRuth Marsh",
            "Tom Smith (LRN/0144/22), Chukwuemeka Nwachukwu and Ruth Marsh",
            "Tom Smith - LRN/0144/22 - Chukwuemeka Nwachukwu",
            "Chukwuemeka Nwachukwu wrote about Tom Smith (LRN/0144/22).",
            "Room 12: Chukwuemeka Nwachukwu",
            "A12: Chukwuemeka Nwachukwu",
            "Our ref LRN/0144/22\nDear Tom Smith, I wrote to you about Chukwuemeka Nwachukwu and more.",
            "LRN/0144/22 was closed. Chukwuemeka Nwachukwu came.",
        ] {
            assert!(band(text) >= Some(Band::Likely), "{text} {:?}", band(text));
        }
    }
}
