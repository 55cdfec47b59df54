//! Names in the cases of languages that inflect them: `Юлии Петровой`, `Γιώργου Παπαδόπουλου`, `Łukasza Żółcia`. What a name becomes is
//! read off the ending of its nominative; endings are taken broadly, as given name and surname have to fit both.

use std::sync::LazyLock;

use super::Band;
use super::name::PersonName;
use super::name_match::{Found, found};
use super::sound::{alike, is_name};
use super::words::{Word, after, before};
use crate::fold::fold;
use crate::lexicon::{Flags, flags};

/// Letters of the shortest name that is inflected here.
const SHORTEST: usize = 3;

/// Endings of the nominative, and what stands for them in other cases. Of a name all rows are taken that fit.
const ENDINGS: &[(&str, &str)] = &[
    // Russian, Ukrainian, Bulgarian.
    ("ова", "овой ову овою ової овій"),
    ("ева", "евой еву евою евої евій"),
    ("ина", "иной ину иною иної иній"),
    ("ая", "ой ую ою"),
    ("ська", "ської ській ську ською"),
    ("цька", "цької цькій цьку цькою"),
    ("а", "ы и е у ой ою і"),
    ("я", "и ю е ей ею і єю ї"),
    ("ий", "ого ому им ом его ему ия ию ием ии"),
    ("ый", "ого ому ым ом"),
    ("ой", "ого ому ым ом"),
    ("ій", "ого ому им ія ію ієм"),
    ("й", "я ю ем е єм ї еві єві"),
    ("ь", "я ю ем е і еві"),
    ("ел", "ла лу лом ле"),
    ("ек", "ка ку ком ке"),
    ("ец", "ца цу цом це цем"),
    ("ко", "ка ку ком кові"),
    ("о", "а у ом ові"),
    // Greek.
    ("ος", "ου ο ε"),
    ("ης", "η"),
    ("ας", "α"),
    ("ις", "ι"),
    ("α", "ας"),
    ("η", "ης"),
    ("ω", "ως"),
    // Polish, Czech, Slovak, Croatian, Romanian, and the languages above in Latin letters.
    ("ska", "skiej skoi skoii sku skoiu skii skoyi skiy skoj skou"),
    ("cka", "ckiej ckoi cku ckoj ckou"),
    ("dzka", "dzkiej"),
    ("ka", "kiej ce"),
    ("ga", "dze"),
    ("ta", "cie"),
    ("da", "dzie"),
    ("ra", "rze"),
    ("cha", "sze"),
    ("ova", "ove ovou ovej ovu ovoi ovoy ovii ovoiu ovoyu"),
    ("owa", "owej"),
    ("eva", "eve evou evej evu evoi evoy evii evoiu evoyu"),
    ("ina", "inoi inoy inu inoyu"),
    ("aya", "oi oy uyu oyu"),
    ("aia", "oi uiu"),
    ("ia", "i ii iu ie iei iey iyu iiu iyei iyey iieiu"),
    ("ya", "i yu iu ei ey ii yi"),
    ("a", "y i e ie u o oi oy ej ou ei as"),
    ("ski", "skiego skiemu skim skogo skomu skoho"),
    ("i", "iego iemu im"),
    ("y", "ego emu ym eho ogo oho omu im"),
    ("iy", "ogo omu im iya iyu oho iia iiu"),
    ("yi", "oho omu ym"),
    ("ii", "ogo oho omu im iia iiu iya iyu"),
    ("ei", "eya eyu eem eia eiu"),
    ("ey", "eya eyu eyem eem"),
    ("ai", "aya ayu aia aiu aem"),
    ("ay", "aya ayu aem"),
    ("or", "oria oriu orya oryu orem"),
    ("ko", "ka ku kom kovi kowi"),
    ("ek", "ka kowi kiem ku"),
    ("el", "la lowi lem lu lovi"),
    ("ec", "ca cowi cem cu"),
    ("er", "ra rowi rem rze"),
    ("iol", "la lowi lem"),
    // Greek, Lithuanian and Latvian in Latin letters.
    ("os", "ou o e"),
    ("is", "i io iui iu a im"),
    ("as", "a o ui u"),
    ("us", "aus ui u iaus"),
    ("ys", "io iui"),
    ("ins", "ina inam inu"),
    ("e", "es ei"),
];

/// What is put behind a name that ends in a consonant.
const BEHIND: [(&str, &str); 2] =
    [("бвгджзклмнпрстфхцчшщґ", "а у ом ым е ові ем і им ів"), ("bcdfghjklmnpqrstvwxz", "a u em om owi ovi iem ie ia iowi iu ym")];

/// The endings, folded.
static FOLDED: LazyLock<Vec<(String, Vec<String>)>> =
    LazyLock::new(|| ENDINGS.iter().map(|(ending, others)| (fold(ending), others.split(' ').map(fold).collect())).collect());

/// The folded forms that a folded name takes in other cases; none for a short name or one of more words than one.
pub(super) fn forms(name: &str) -> Vec<String> {
    if name.chars().count() < SHORTEST || !name.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (ending, others) in FOLDED.iter() {
        if let Some(stem) = name.strip_suffix(ending.as_str()).filter(|stem| stem.chars().count() >= 2) {
            out.extend(others.iter().map(|other| format!("{stem}{other}")));
        }
    }
    for (letters, endings) in BEHIND {
        if name.ends_with(|c| letters.contains(c)) {
            out.extend(endings.split(' ').map(|ending| format!("{name}{}", fold(ending))));
        }
    }
    out.sort();
    out.dedup();
    out.retain(|form| form != name);
    out
}

/// True when a folded word is a form of a folded name in another case.
pub(super) fn is_form(word: &str, name: &str) -> bool {
    let begins_alike =
        || word.chars().next().is_some_and(|c| name.starts_with(c) || matches!(c, 'i' | 'j' | 'y') && name.starts_with(['i', 'j', 'y']));
    let may_be = word.chars().count() >= SHORTEST && is_name(word) && begins_alike() && word != name;
    may_be && forms(name).iter().any(|form| form == word || alike(form, word))
}

/// Given names of women that are those of men in the genitive.
const EITHER: &str = " александра валентина евгения валерия богдана владислава станислава ярослава мирослава юлия павла марина мария \
    олександра євгенія ";

/// True for a folded surname that women of the family bear with an `a`.
pub(super) fn has_womens(surname: &str) -> bool {
    ["ov", "ev", "in", "yn", "ов", "ев", "ин", "ын"].iter().any(|ending| surname.ends_with(ending))
}

impl PersonName {
    /// True for the given name in another case, in full or short.
    fn is_inflected_given(&self, word: &str) -> bool {
        self.givens().chain(self.nicknames.iter().map(String::as_str)).any(|given| is_form(word, given))
    }

    /// True for the given name in another case beside a surname that has none: `Anny Nowak`, not `Carla Smith` for Carl.
    pub(super) fn is_inflected_beside(&self, word: &str) -> bool {
        word.chars().count() > 3 && !flags(word).any(Flags::GIVEN.with(Flags::COMMON).with(Flags::TITLE)) && is_form(word, &self.given)
    }

    /// What a surname in another case at `start..end` of the folded text says: nothing unless the given name stands beside it in one too.
    pub(super) fn at_inflected(&self, text: &str, start: usize, end: usize) -> Option<Found> {
        let surname = text.get(start..end)?;
        let given = |w: &Word<'_>| !w.comma && self.is_inflected_given(w.text);
        let lead = before(text, start).filter(|w| !w.comma);
        let next = after(text, end).filter(given);
        // A name of the father may stand between.
        let over = || {
            let middle = lead.as_ref().filter(|w| self.middle.is_empty() || self.middle.iter().any(|m| is_form(w.text, m)))?;
            before(text, middle.start).filter(|w| given(w) && !flags(middle.text).any(Flags::COMMON))
        };
        let whole = lead.filter(given).or_else(over).map(|w| (w.text, w.start, end)).or_else(|| next.map(|w| (w.text, start, w.end)));
        let (given, start, end) = whole?;
        // `Anne Clarke` is no case of Ann Clark; `Александра Петрова` may be a woman.
        let another = flags(given).any(Flags::GIVEN) && flags(surname).any(Flags::SURNAME.with(Flags::GIVEN).with(Flags::COMMON));
        let womans = surname.strip_suffix(['a', 'а']).is_some_and(has_womens);
        let either = womans && (flags(given).any(Flags::GIVEN) || EITHER.split_ascii_whitespace().any(|w| fold(w) == given));
        Some(match () {
            () if another => return None,
            () if either => found(start, end, Band::Possible, "full name, inflected, or a woman's of the same family"),
            () => found(start, end, Band::Likely, "full name, inflected"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{Hit, Identity, Matcher, band_of};

    fn hits(name: &str, text: &str) -> Vec<Hit> {
        let person = Identity { names: vec![name.into()], ..Identity::default() };
        Matcher::new(&person).unwrap().find_text(text)
    }

    fn band(name: &str, text: &str) -> Option<Band> {
        band_of(&hits(name, text))
    }

    #[test]
    fn names_are_found_in_other_cases() {
        for (name, text) in [
            ("Юлия Петрова", "письмо от Юлии Петровой"),
            ("Юлия Петрова", "мы видели Юлию Петрову"),
            ("Юлия Петрова", "с Юлией Сергеевной Петровой"),
            ("Yulia Petrova", "письмо от Юлии Петровой"),
            ("Yulia Petrova", "мы видели Юлию Петрову вчера"),
            ("Yulia Petrova", "Петровой Юлии"),
            ("Иван Петров", "для Ивана Петрова"),
            ("Иван Петров", "Ивану Петрову"),
            ("Сергей Достоевский", "Сергея Достоевского"),
            ("Sergei Dostoevsky", "Сергею Достоевскому"),
            ("Тарас Шевченко", "Тарасом Шевченком"),
            ("Олена Ковальська", "Олени Ковальської"),
            ("Olena Kovalska", "Олені Ковальській"),
            ("Γιώργος Παπαδόπουλος", "του Γιώργου Παπαδόπουλου"),
            ("Giorgos Papadopoulos", "του Γιώργου Παπαδόπουλου"),
            ("Giorgos Papadopoulos", "τον Γιώργο Παπαδόπουλο"),
            ("Katarzyna Wiśniewska", "dla Katarzyny Wiśniewskiej"),
            ("Katarzyna Wiśniewska", "Katarzynę Wiśniewską"),
            ("Katarzyna Wiśniewska", "Kasi Wiśniewskiej"),
            ("Łukasz Żółć", "od Łukasza Żółcia"),
            ("Jan Kowalski", "pana Jana Kowalskiego"),
            ("Jan Kowalski", "Kowalskiemu Janowi"),
            ("Anna Nowak", "dla Anny Nowak"),
            ("Marek Dudek", "od Marka Dudka"),
            ("Piotr Wróbel", "z Piotrem Wróblem"),
            ("Jana Nováková", "bez Jany Novákové"),
            ("Jonas Kazlauskas", "Jono Kazlausko"),
        ] {
            assert!(band(name, text) >= Some(Band::Likely), "{name}: {text} {:?}", hits(name, text));
        }
    }

    #[test]
    fn other_people_are_not_cases_of_the_name() {
        for (name, text) in [
            ("Ann Hart", "Anne Harte"),
            ("Carl Smith", "Carla Smith"),
            ("Юлия Петрова", "Ольги Петровой"),
            ("Юлия Петрова", "Юлии Ивановой"),
            ("Александр Петров", "Александра Петрова"),
            ("Mark Price", "prices marked"),
            ("Jan Kowalski", "Ewy Kowalskiej"),
            ("Katarzyna Wiśniewska", "Kowalskiej i Wiśniewskiej"),
        ] {
            assert!(band(name, text) < Some(Band::Likely), "{name}: {text} {:?}", hits(name, text));
        }
    }
}
