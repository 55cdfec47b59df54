//! Names in Cyrillic and Greek letters, and how they are written in Latin ones.

/// The usual ways of writing one letter in Latin letters: as passports do, as the British and American libraries do, as people do.
type Ways = [&'static str; 3];

const fn same(way: &'static str) -> Ways {
    [way, way, way]
}

/// How many ways there are.
const WAYS: usize = 3;

/// The ways of a small letter, nothing for a letter of another script.
fn cyrillic(c: char) -> Option<Ways> {
    Some(match c {
        'а' => same("a"),
        'б' => same("b"),
        'в' => same("v"),
        'г' | 'ґ' => same("g"),
        'д' => same("d"),
        'е' | 'э' | 'ѐ' => same("e"),
        'ё' => ["e", "yo", "e"],
        'є' => ["ie", "ye", "e"],
        'ж' => same("zh"),
        'з' => same("z"),
        'и' | 'і' => same("i"),
        'ї' => ["i", "yi", "i"],
        'й' => ["i", "y", "y"],
        'ј' => same("j"),
        'к' => same("k"),
        'л' => same("l"),
        'љ' => same("lj"),
        'м' => same("m"),
        'н' => same("n"),
        'њ' => same("nj"),
        'о' => same("o"),
        'п' => same("p"),
        'р' => same("r"),
        'с' => same("s"),
        'т' => same("t"),
        'у' | 'ў' => same("u"),
        'ф' => same("f"),
        'х' => ["kh", "kh", "h"],
        'ц' => ["ts", "ts", "c"],
        'ч' | 'ћ' => same("ch"),
        'ш' => same("sh"),
        'щ' => ["shch", "shch", "sch"],
        'ъ' => ["ie", "", ""],
        'ы' => same("y"),
        'ь' => same(""),
        'ю' => ["iu", "yu", "yu"],
        'я' => ["ia", "ya", "ya"],
        'ђ' => same("dj"),
        'џ' => same("dz"),
        _ => return None,
    })
}

fn greek(c: char, next: Option<char>) -> Option<(Ways, bool)> {
    let pair = |ways| Some((ways, true));
    match (c, next) {
        ('ο', Some('υ' | 'ύ')) => return pair(same("ou")),
        ('μ', Some('π')) => return pair(["mp", "b", "b"]),
        ('ν', Some('τ')) => return pair(["nt", "d", "nt"]),
        ('γ', Some('γ')) => return pair(same("ng")),
        ('γ', Some('κ')) => return pair(["gk", "g", "gk"]),
        ('α', Some('υ' | 'ύ')) => return pair(["av", "af", "au"]),
        ('ε', Some('υ' | 'ύ')) => return pair(["ev", "ef", "eu"]),
        _ => {}
    }
    let ways = match c {
        'α' | 'ά' => same("a"),
        'β' => same("v"),
        'γ' if matches!(next, Some('ε' | 'έ' | 'ι' | 'ί' | 'η' | 'ή' | 'υ' | 'ύ')) => ["g", "y", "g"],
        'γ' => same("g"),
        'δ' => ["d", "d", "dh"],
        'ε' | 'έ' => same("e"),
        'ζ' => same("z"),
        'η' | 'ή' => ["i", "i", "e"],
        'θ' => same("th"),
        'ι' | 'ί' | 'ϊ' | 'ΐ' => same("i"),
        'κ' => ["k", "k", "c"],
        'λ' => same("l"),
        'μ' => same("m"),
        'ν' => same("n"),
        'ξ' => ["x", "ks", "x"],
        'ο' | 'ό' | 'ω' | 'ώ' => same("o"),
        'π' => same("p"),
        'ρ' => same("r"),
        'σ' | 'ς' => same("s"),
        'τ' => same("t"),
        'υ' | 'ύ' | 'ϋ' | 'ΰ' => ["y", "i", "y"],
        'φ' => ["f", "f", "ph"],
        'χ' => ["ch", "h", "h"],
        'ψ' => same("ps"),
        _ => return None,
    };
    Some((ways, false))
}

/// True when a text has Cyrillic or Greek letters. Looks at lead bytes alone.
pub(super) fn is_mixed(text: &str) -> bool {
    !text.is_ascii() && text.bytes().any(|b| (0xcd..=0xd2).contains(&b))
}

/// A text with its Cyrillic and Greek letters written in Latin ones, and the way back.
pub(super) struct Romanised {
    pub(super) text: String,
    /// Byte places in `text` and in the original, of every character.
    places: Vec<(usize, usize)>,
    len: usize,
}

impl Romanised {
    fn new(original: &str, way: usize) -> Self {
        let mut out = Self { text: String::with_capacity(original.len()), places: Vec::new(), len: original.len() };
        let mut chars = original.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            out.places.push((out.text.len(), at));
            if c.is_ascii() {
                out.text.push(c);
                continue;
            }
            let small = c.to_lowercase().next().unwrap_or(c);
            let next = chars.peek().and_then(|(_, n)| n.to_lowercase().next());
            let found = cyrillic(small).map(|w| (w, false)).or_else(|| greek(small, next));
            let Some((ways, two)) = found else {
                out.text.push(c);
                continue;
            };
            if two {
                chars.next();
            }
            let mut written = ways.get(way).copied().unwrap_or_default().chars();
            if small == c {
                out.text.extend(written);
            } else {
                out.text.extend(written.next().map(|c| c.to_ascii_uppercase()));
                out.text.extend(written);
            }
        }
        out
    }

    /// Every usual way of writing a text in Latin letters.
    pub(super) fn all(original: &str) -> Vec<Self> {
        (0..WAYS).map(|way| Self::new(original, way)).collect()
    }

    /// The bytes of the original that a range of the Latin text came from.
    pub(super) fn original(&self, start: usize, end: usize) -> (usize, usize) {
        let at = |place: usize| {
            let i = self.places.partition_point(|(p, _)| *p <= place);
            i.checked_sub(1).and_then(|i| self.places.get(i)).map_or(0, |(_, o)| *o)
        };
        let after = self.places.get(self.places.partition_point(|(p, _)| *p < end)).map_or(self.len, |(_, o)| *o);
        (at(start), after.max(at(start)))
    }
}

/// A name in Cyrillic or Greek letters as it is written in Latin ones; nothing for any other.
pub(super) fn romanised(name: &str) -> Vec<String> {
    if !is_mixed(name) {
        return Vec::new();
    }
    let mut out: Vec<String> = Romanised::all(name).into_iter().map(|r| r.text).collect();
    // `Yuliya` is mostly written `Yulia`, `Dmitriy` `Dmitri` or `Dmitry`.
    for text in out.clone() {
        for (from, to) in [("iya", "ia"), ("iy", "i"), ("iy", "y"), ("yy", "y"), ("ks", "x"), ("ii", "y")] {
            if text.contains(from) {
                out.push(text.replace(from, to));
            }
        }
    }
    out.sort();
    out.dedup();
    out.retain(|n| n != name);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_romanised_in_the_usual_ways() {
        let has = |name: &str, way: &str| assert!(romanised(name).iter().any(|n| n == way), "{way}: {:?}", romanised(name));
        has("Юлия Щербакова", "Yulia Shcherbakova");
        has("Юлия Щербакова", "Iuliia Shcherbakova");
        has("Олександр Шевченко", "Oleksandr Shevchenko");
        has("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos");
        has("Γιώργος Παπαδόπουλος", "Yiorgos Papadopoulos");
        assert!(romanised("Siân Hart").is_empty());
    }

    #[test]
    fn places_lead_back() {
        let text = "Встреча: Юлия Щербакова, 3 мая";
        for r in Romanised::all(text) {
            let at = r.text.find("Shch").or_else(|| r.text.find("Sch")).unwrap();
            let end = at + r.text[at..].find(',').unwrap();
            let (from, to) = r.original(at, end);
            assert_eq!(&text[from..to], "Щербакова");
        }
    }
}
