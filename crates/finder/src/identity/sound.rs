//! Names from other alphabets have several usual spellings: `Sergei` and `Sergey`, `Shcherbakova` and `Scherbakova`.

use super::distance::one_error;

/// Letters a name must have for its sound to count.
const SHORTEST: usize = 5;

/// True when two folded names are different usual spellings of one.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let long = a.len() >= SHORTEST && b.len() >= SHORTEST;
    // To compare the beginnings is many times quicker than to compare the sounds.
    long && a != b && beginning(a) == beginning(b) && is_name(a) && is_name(b) && key(a) == key(b)
}

/// Letters a name must have for one sound of it to differ.
const LONG: usize = 7;

/// True when two folded names differ by one of their sounds: `Llywelyn` and `Llewellyn`, `Okonquo` and `Okonkwo`.
pub(super) fn nearly_alike(a: &str, b: &str) -> bool {
    let long = a.len() >= LONG && b.len() >= LONG;
    long && a != b && beginning(a) == beginning(b) && is_name(a) && is_name(b) && one_error(&key(a), &key(b))
}

/// Equal for letters that may be written for one sound at the beginning of a name: a letter of the group.
fn beginning(name: &str) -> Option<char> {
    let first = name.chars().find(|c| *c != '\'')?;
    Some(match first {
        'c' | 'h' | 'k' | 'q' | 't' | 'x' => 'c',
        'e' | 'i' | 'j' | 'o' | 'u' | 'y' => 'i',
        'f' | 'p' => 'f',
        'v' | 'w' => 'v',
        other => other,
    })
}

/// True for what a name is written with: a number or `a.j.w` sounds like none.
pub(super) fn is_name(name: &str) -> bool {
    name.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-' | ' '))
}

/// A name by the sounds that romanisations write differently.
fn key(name: &str) -> String {
    let mut text = name.replace('\'', "");
    for (from, to) in [
        ("shch", "s"),
        ("sch", "s"),
        ("tsch", "c"),
        ("tch", "c"),
        ("sh", "s"),
        ("sz", "s"),
        ("ch", "c"),
        ("cz", "c"),
        ("kh", "h"),
        ("zh", "z"),
        ("ph", "f"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("ts", "c"),
        ("tz", "c"),
        ("ck", "k"),
        ("ks", "x"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("iy", "i"),
        ("yi", "i"),
        ("ij", "i"),
        ("ey", "ei"),
        ("ay", "ai"),
        ("w", "v"),
        ("y", "i"),
        ("j", "i"),
        ("q", "k"),
    ] {
        text = text.replace(from, to);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn usual_spellings_are_alike() {
        for (a, b) in [
            ("sergei", "sergey"),
            ("shcherbakova", "scherbakova"),
            ("yusuf", "yousuf"),
            ("dmitri", "dmitry"),
            ("yulia", "iuliia"),
            ("yulia", "julija"),
            ("tchaikovsky", "chaikovsky"),
            ("wolkow", "volkov"),
            ("papadopoulos", "papadopulos"),
            ("mikhail", "mihail"),
            ("zhivkov", "zivkov"),
        ] {
            assert!(alike(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("amelia", "emilia"),
            ("marian", "marion"),
            ("fairbairn", "fairburn"),
            ("sara", "zara"),
            ("carter", "porter"),
            ("harris", "morris"),
        ] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }
    proptest! {
        #[test]
        fn what_sounds_alike_begins_alike(a in "'?[a-z]{1,3}[aeg]{4}", begin in "'?[a-z]{1,4}", cut in 0usize..4) {
            let b = format!("{begin}{}", a.get(cut..).unwrap_or_default());
            prop_assert!(key(&a) != key(&b) || beginning(&a) == beginning(&b), "{a} {b}");
        }
    }
}
