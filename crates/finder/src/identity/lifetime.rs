//! What is told of a name in a time before the person was born, or of somebody who was born when the person had long been.

use jiff::civil::Date;

use super::when;

/// Bytes behind a name in which the year of what its bearer did is looked for.
const CLAUSE: usize = 80;
/// Words between a census and the name that is in it, at most.
const ENTRY: usize = 4;

/// What somebody does in a year of their own life. What people speak and write of, and what they only see, is of any year.
const DONE: &str = " started joined began built founded retired left served worked married enlisted emigrated moved came lived captained \
    chaired volunteered been appointed elected ordained baptised confirmed employed apprenticed engaged admitted enrolled graduated \
    resigned bought planted fought trained qualified took ";
/// Words of a verb before that word.
const HELPERS: &str = " was has had who first then once also originally ";
/// Where the year belongs to something else: `the hall built in 1902`, `the debate on votes in 1918`.
const OF_ELSE: &str = " built held made taken written begun lost won drawn known left sung set shot found on about from ";
/// What may stand between a census and a name.
const OF_A_CENSUS: &str = " lists shows records has names gives mentions includes a an the one return returns entry entries for of with ";
/// How the name of a child is told.
const NAMING: [&str; 7] = ["called ", "named ", "name of ", "christened ", "names are ", "name is ", "welcome "];
/// Words of a birth.
const BIRTHS: [&str; 12] = [
    "baby",
    "newborn",
    "new arrival",
    "little one",
    "little boy",
    "little girl",
    "gave birth",
    "was born",
    "were born",
    "birth of",
    "had a boy",
    "had a girl",
];

/// True when the folded text around a name tells of a time in which nobody of these dates of birth can have lived so. `year` is that of the
/// item.
pub(super) fn is_another(before: &str, behind: &str, born: &[Date], year: Option<i16>) -> bool {
    let Some(first) = born.iter().map(|date| date.year()).min() else { return false };
    acted(behind).is_some_and(|(of, age)| of < first || age.is_some_and(|age| !born.iter().any(|b| (b.year() + age - of).abs() <= 1)))
        || census(before).is_some_and(|of| of < first)
        || is_newborn(before, born, year)
}

/// The year in which somebody did something, and how old they were: `, who started here in 1949 aged 21`.
fn acted(behind: &str) -> Option<(i16, Option<i16>)> {
    let behind = behind.get(..behind.floor_char_boundary(CLAUSE)).unwrap_or(behind);
    let behind = behind.strip_prefix([',', ' '])?;
    // One clause: what follows a sign is rarely of the same year.
    let clause = behind.split([',', ';', '.', '(', ':', '|']).next().unwrap_or_default();
    let mut words = clause.split_ascii_whitespace().skip_while(|word| is_of(HELPERS, word));
    words.next().filter(|word| is_of(DONE, word))?;
    let words: Vec<&str> = words.collect();
    let at = words.iter().position(|word| matches!(*word, "in" | "since") || *word == "from")?;
    if words.get(..at)?.iter().any(|word| is_of(OF_ELSE, word) || word.len() > 4 && word.ends_with("ed")) {
        return None;
    }
    let of = whole_year(words.get(at + 1)?)?;
    let age = matches!(words.get(at + 2), Some(&"aged")).then(|| words.get(at + 3)?.parse().ok()).flatten();
    Some((of, age))
}

/// The year of a census that has the name: `The 1911 census lists a ..`, `in the census of 1911: ..`.
fn census(before: &str) -> Option<i16> {
    let (head, entry) = before.rsplit_once("census")?;
    let of = || entry.strip_prefix(" of ")?.split(|c: char| !c.is_alphanumeric()).next().and_then(whole_year);
    let year = head.trim_end().rsplit(' ').next().and_then(whole_year).or_else(of)?;
    let mut words = entry.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && whole_year(word).is_none());
    let plain = words.clone().count() <= ENTRY && words.all(|word| is_of(OF_A_CENSUS, word));
    plain.then_some(year)
}

/// True when the name is given to a child that is born on none of these days.
fn is_newborn(before: &str, born: &[Date], year: Option<i16>) -> bool {
    let ends = before.rmatch_indices(['.', '!', '?', '|']).find(|(at, _)| before.get(at + 1..).is_some_and(|rest| rest.starts_with(' ')));
    let sentence = ends.and_then(|(at, _)| before.get(at + 1..)).unwrap_or(before);
    let told = NAMING.iter().any(|cue| sentence.ends_with(cue)) && BIRTHS.iter().any(|cue| sentence.contains(cue));
    let days = when::dates(sentence);
    let another = if days.is_empty() {
        year.is_some_and(|sent| !born.iter().any(|b| (b.year()..=b.year() + 1).contains(&sent)))
    } else {
        days.iter().all(|(_, day)| !born.iter().any(|b| day.may_be(*b)))
    };
    told && another
}

fn whole_year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1500..2100).contains(year))
}

fn is_of(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_acts_before_they_are_born() {
        let born = [Date::constant(1968, 3, 17)];
        for (before, behind, year) in [
            ("", ", who started as a clerk here in 1947 aged 21, sent us a photograph", None),
            ("", " who was first employed in 1949", None),
            ("", " built the chapel in 1908.", None),
            ("", " has been with us since 1951", None),
            ("", " was appointed in 1949 aged 30", None),
            ("", " joined in 1990 aged 40", None),
            ("the 1860 census lists a ", ", weaver, aged 35", None),
            ("in the census of 1911: ", ", scholar", None),
            ("baby news: hilary had a little one on 20 june 2022, to be called ", ".", None),
            ("gave birth to a baby boy yesterday, named ", "", Some(2019)),
            ("please welcome baby ivy's brother, born 3.4.2021: a newborn called ", "", None),
        ] {
            assert!(is_another(before, behind, &born, year), "{before}{behind}");
            assert!(!is_another(before, behind, &[], year), "{before}{behind}");
        }
        for (before, behind, year) in [
            ("", " started here in 1985", None),
            ("", " joined in 1990 aged 22", None),
            ("", " joined the group founded in 1902", None),
            ("", " moved to a hall built in 1902", None),
            ("", " wrote about the strike in 1926", None),
            ("", " chaired the debate on votes in 1918", None),
            ("", " came. in 1902 it was a mill", None),
            ("", " left in 1950s clothes", None),
            ("", "'s mother started here in 1947", None),
            ("the 1971 census lists a ", ", scholar", None),
            ("in the 1911 census at leeds library with ada and ", "", None),
            ("a baby born on 17 march 1968, to be called ", "", None),
            ("gave birth to a baby boy, named ", "", Some(1968)),
            ("gave birth to a baby boy, named ", "", None),
            ("the course leader is called ", "", Some(2020)),
            ("a baby group run by ", "", Some(2020)),
        ] {
            assert!(!is_another(before, behind, &born, year), "{before}{behind}");
        }
    }
}
