//! What the text around a match says about it.

use super::builder::Pattern;
use super::name_match::{self, Found, GIVEN_MIDDLE, OTHER_MIDDLE, TITLED};
use super::premises::Home;
use super::seen::{ANOTHER_HOUSE, OTHER_FLAT, OTHER_GIVEN, OTHER_HOUSE, OTHER_SURNAME, OTHER_TOWN, Seen};
use super::words::{before, begins, ends};
use super::{Band, Matcher, PersonName, birthday, born, clue, dated, email, inflect, months, reference, unspaced, whose};
use crate::fold::{Folded, fold, stands_alone};
use crate::lexicon::{Flags, Hash, flags, look_up};

/// A folded text, its original, and whether it is a message.
pub(super) type From<'a> = (&'a Folded, &'a str, bool);

impl Found {
    /// Something that belongs to the person alone.
    pub(super) fn own(start: usize, end: usize, band: Band, reason: &str) -> Self {
        Self { start, end, band, reason: reason.to_owned(), capitals: None, by_name: false }
    }
}

impl Matcher {
    /// Looks at the text around a pattern's match.
    pub(super) fn check(&self, pattern: Pattern, text: &str, start: usize, end: usize, from: From<'_>) -> Option<Found> {
        let bounded = stands_alone(text, start, end);
        let plain = |band, reason: &str| bounded.then(|| Found::own(start, end, band, reason));
        match pattern {
            Pattern::Given(i) if bounded => self.alone(i, self.names.get(i)?.at_given(text, start, end), start, end, from),
            // `Berg` within `van der Berg`, which was met itself.
            Pattern::Surname(i) if bounded && self.names.get(i)?.has_longer_surname(text, end, end - start) => None,
            Pattern::Surname(i) if bounded => self.alone(i, Some(self.names.get(i)?.at_surname(text, start, end, false)), start, end, from),
            Pattern::SurnamePart(i) if bounded => {
                self.alone(i, Some(self.names.get(i)?.at_surname(text, start, end, true)), start, end, from)
            }
            Pattern::Unspaced | Pattern::UnspacedShort => unspaced::at_name(text, (start, end), pattern == Pattern::UnspacedShort),
            Pattern::Sounding(i) if bounded => self.alone(i, self.names.get(i)?.at_sounding(text, start, end), start, end, from),
            Pattern::Inflected(i) if bounded => self.alone(i, self.names.get(i)?.at_inflected(text, start, end), start, end, from),
            Pattern::Initials => initials(text, start, end, from),
            Pattern::Born => {
                // `1985-04-03T00:00:00`
                let stamped = text.get(end..).is_some_and(|t| t.starts_with("t0") || t.starts_with("t1") || t.starts_with("t2"));
                // `DOB30061959`
                let labelled = ["dob", "born", "birth"].iter().any(|cue| text.get(..start).is_some_and(|head| head.ends_with(cue)));
                let whole = bounded || stamped && begins(text, start) || labelled && ends(text, end);
                (whole && !part_of_a_number(text, start, end)).then(|| self.birth_at(text, start, end, from))
            }
            Pattern::BornMonth => {
                let day = self.known.born.iter().find_map(|date| months::day_before(text, start, *date))?;
                ends(text, end).then(|| self.birth_at(text, day, end, from))
            }
            // Letters may stand right beside, digits may not.
            Pattern::BornSigns => {
                let digit = text.get(..start)?.ends_with(|c: char| c.is_ascii_digit());
                (!digit).then(|| self.birth_at(text, start, end, from))
            }
            Pattern::BornTurned if born::said_before(text, start) => plain(Band::Likely, "date of birth in an unusual form"),
            Pattern::Line(i) if bounded => Some(self.known.homes.get(i)?.at_line(text, (start, end))),
            Pattern::House(i) if bounded => {
                let home = self.known.homes.get(i)?;
                Some(home.at_line(text, home.doors.iter().find_map(|door| door.at(text, (start, end)))?))
            }
            Pattern::Street => {
                let number = before(text, start).filter(|w| w.text.len() <= 4 && w.text.starts_with(|c: char| c.is_ascii_digit()));
                let other = number.is_some_and(|w| !self.known.houses.is_empty() && !self.known.houses.iter().any(|h| h == w.text));
                let nearly = || self.known.homes.iter().any(|home| home.is_nearly_before(text, start));
                if other {
                    plain(Band::Possible, OTHER_HOUSE)
                } else if nearly() {
                    plain(Band::Likely, "house, with an error in its name, and street of the address")
                } else {
                    plain(Band::Possible, clue::STREET)
                }
            }
            Pattern::Postcode(i) => {
                let other = |home: &Home| home.is_another_house(&self.names, start, (from.0, from.1));
                let other = bounded && self.known.homes.get(i).is_some_and(other);
                if other { plain(Band::Possible, ANOTHER_HOUSE) } else { plain(Band::Likely, "postcode of the address") }
            }
            Pattern::Reference => plain(Band::Certain, "reference or user name"),
            Pattern::ShortReference if reference::announced(text, start) => plain(Band::Certain, "reference or user name"),
            Pattern::EmailHost => self.host_at(text, start, end),
            Pattern::EmailSpelt => plain(Band::Certain, "e-mail address, written out"),
            Pattern::Email | Pattern::EmailVariant | Pattern::Local | Pattern::ClearLocal | Pattern::VagueLocal => {
                self.address_at(pattern, text, start, end)
            }
            Pattern::Given(_)
            | Pattern::Inflected(_)
            | Pattern::Sounding(_)
            | Pattern::Surname(_)
            | Pattern::SurnamePart(_)
            | Pattern::Line(_)
            | Pattern::House(_)
            | Pattern::BornTurned
            | Pattern::ShortReference => None,
        }
    }

    /// A date of birth, and whether it is rather the date of somebody or something else.
    fn birth_at(&self, text: &str, start: usize, end: usize, from: From<'_>) -> Found {
        let (band, why) = if birthday::of_another(&self.names, start, (from.0, from.1)) {
            (Band::Possible, "date of birth beside another name")
        } else if birthday::of_something_else(text, start, end) || dated::is_of_a_thing(&self.names, (start, end), (from.0, from.1)) {
            (Band::Possible, "date of birth, in words that speak of no birth")
        } else {
            (Band::Likely, "date of birth")
        };
        Found::own(start, end, band, why)
    }

    /// A part of a name inside an e-mail address is the address's affair; a single word of a name that is also an
    /// ordinary word counts only with a capital, and so do lone initials and names made of ordinary words.
    fn alone(&self, i: usize, found: Option<Found>, start: usize, end: usize, (folded, original, _): From<'_>) -> Option<Found> {
        let mut f = found?;
        let spaced = folded.text.get(f.start..f.end)?.contains(' ');
        let (begin, stop) = email::whole_address(&folded.text, start, end);
        if !spaced && folded.text.get(begin..stop)?.contains('@') {
            return None;
        }
        let capital =
            |at: usize| original.get(folded.original_start(at)..).and_then(|t| t.chars().next()).is_some_and(|c| !c.is_lowercase());
        let written = |(from, to)| original.get(folded.original_range(from, to)).unwrap_or_default();
        let (name, read) = (self.names.get(i)?, (folded, original));
        let family = !name.nicknames.iter().map(String::as_str).chain(name.givens()).any(|g| folded.text.get(start..end) == Some(g));
        if f.capitals.is_some_and(|range| written(range).chars().any(char::is_lowercase)) {
            // `Hart a few days ago`
            if !family || f.capitals.is_none_or(|range| range.0 != start) {
                return None;
            }
            f = name_match::found(start, end, Band::Possible, "surname alone");
        }
        if family && whose::is_of_another_compound(name, &f, (start, end), read) {
            f = name_match::found(start, end, Band::Possible, "surname alone");
        }
        if whose::of_two_people(name, &f, (start, end), family, read) {
            let what = if family { "surname alone" } else { "given name alone" };
            f = name_match::found(start, end, Band::Possible, what);
        }
        // `Amelia rang Fairbairn`
        if f.reason == OTHER_MIDDLE && capital(f.start) && has_small_word(written((f.start, f.end))) {
            f = name_match::found(start, end, Band::Possible, if family { "surname alone" } else { "given name alone" });
        }
        // `Next time, just type it`
        if family && f.reason.contains("nickname ") {
            let (from, to) = if f.start < start { (f.start, start) } else { (end, f.end) };
            let short = folded.text.get(from..to)?.trim_matches(|c: char| !c.is_alphanumeric());
            let at = from + folded.text.get(from..to)?.find(short)?;
            if is_frequent(short) && !(capital(at) && capital(start)) {
                f = name_match::found(start, end, Band::Possible, "surname alone");
            }
        }
        let single = f.start == start && f.end == end;
        let word = folded.text.get(start..end)?;
        if single && f.reason == "given name alone" && whose::has_another_surname(name, (start, end), read) {
            f.reason = OTHER_SURNAME.into();
        }
        // `María José Khan` is not María José Ibáñez.
        if f.reason == GIVEN_MIDDLE && whose::has_surname_beside(name, (f.start, f.end), read) {
            f = name_match::found(f.start, f.end, Band::Possible, OTHER_SURNAME);
        }
        if single && f.reason == "surname alone" && whose::has_another_given(name, (start, end), read) {
            f.reason = OTHER_GIVEN.into();
        }
        // `a day`, `Read News at 9:00 PM PT | Read`
        if family && f.reason.starts_with("initial") && (is_frequent(word) || is_ordinary(word)) {
            let (initials, sure) = (folded.text.get(f.start..start).unwrap_or_default(), capital(f.start) && capital(start));
            let article =
                matches!(initials.trim_end(), "a" | "i") && !before(&folded.text, f.start).is_some_and(|w| flags(w.text).any(Flags::TITLE));
            let clock = f.reason.starts_with("initials ") && !initials.contains('.');
            if !sure || is_frequent(word) && (article || clock) {
                f = name_match::found(start, end, Band::Possible, "surname alone");
                return capital(start).then_some(f);
            }
        }
        // `IMO` is no Imogen.
        if single && f.reason.starts_with("nickname ") && word.len() <= 4 && written((start, end)).chars().all(char::is_uppercase) {
            return None;
        }
        if single && f.band == Band::Possible && (word.len() <= 3 || flags(word).any(Flags::COMMON)) {
            return capital(start).then_some(f);
        }
        let title_of_a_word = f.reason == TITLED && is_ordinary(word);
        if title_of_a_word || (!single && name.is_ordinary()) {
            return (capital(f.start) && capital(start)).then_some(f);
        }
        Some(f)
    }

    /// Raises or lowers a hit by what else the text holds.
    pub(super) fn weigh(&self, mut f: Found, pattern: Pattern, seen: &Seen) -> Found {
        match pattern {
            Pattern::Born | Pattern::BornMonth | Pattern::BornSigns | Pattern::BornTurned if seen.name && f.band > Band::Possible => {
                f.band = Band::Certain;
                f.reason = "date of birth with the name".into();
            }
            Pattern::Line(i) | Pattern::House(i)
                if seen.postcodes.contains(&i) && ![OTHER_FLAT, OTHER_TOWN].contains(&f.reason.as_str()) =>
            {
                f.band = Band::Certain;
                f.reason = "address with postcode".into();
            }
            Pattern::Postcode(i) if seen.lines.contains(&i) => {
                f.band = Band::Certain;
                f.reason = "address with postcode".into();
            }
            Pattern::Postcode(_) if seen.neighbour => {
                f.band = Band::Possible;
                f.reason = ANOTHER_HOUSE.into();
            }
            // `Mr Young` in a message about Tom Young.
            Pattern::Surname(_) if f.reason == TITLED && self.common && seen.other_given && !seen.given => {
                f.band = Band::Possible;
                f.reason = "title and surname, with another given name in the item".into();
            }
            Pattern::Surname(i)
                if f.band == Band::Possible && ![OTHER_GIVEN, OTHER_MIDDLE].contains(&f.reason.as_str()) && seen.given && self.rare(i) =>
            {
                f.band = Band::Likely;
                f.reason = "uncommon surname, with the given name elsewhere in the item".into();
            }
            _ => {}
        }
        f
    }

    fn rare(&self, name: usize) -> bool {
        self.names
            .get(name)
            .and_then(PersonName::surname)
            .is_some_and(|s| s.len() >= 4 && !flags(s).any(Flags::SURNAME.with(Flags::COMMON).with(Flags::GIVEN)))
    }

    /// True for the local part of an address that nobody else would choose: it has a digit or a mark, or is long, and is not the plain name.
    fn is_telling(&self, local: &str) -> bool {
        let marked = local.chars().any(|c| !c.is_alphabetic()) || local.len() >= 10;
        let plain: String = local.chars().filter(|c| c.is_alphabetic()).collect();
        let surnames = self.names.iter().flat_map(|n| n.surnames.iter()).map(|s| s.replace([' ', '-', '\''], ""));
        marked
            && local.len() >= 6
            && !flags(&plain).any(Flags::COMMON)
            && !surnames.into_iter().any(|s| plain.ends_with(&s) || plain.starts_with(&s))
    }

    /// True for `amelia.x`, which other people of the given name choose as well.
    fn begins_with_given(&self, local: &str) -> bool {
        let given = |n: &PersonName| n.givens().chain(n.nicknames.iter().map(String::as_str)).any(|g| g.len() > 2 && local.starts_with(g));
        self.names.iter().any(given)
    }

    /// True for `Petrova` where the surname is Petrov.
    fn is_womans_surname(&self, word: &str) -> bool {
        let man = word.strip_suffix('a').or_else(|| word.strip_suffix('а')).filter(|man| inflect::has_womens(man));
        man.is_some_and(|man| self.names.iter().any(|n| n.surnames.iter().any(|surname| surname == man)))
    }

    /// A box at a host that reads addresses without their points.
    fn host_at(&self, text: &str, start: usize, end: usize) -> Option<Found> {
        let (begin, stop) = email::whole_address(text, start, end);
        let whole = text.get(begin..stop)?;
        let bare = |address: &str| {
            let (local, domain) = email::split(address)?;
            Some((local.split('+').next().unwrap_or(local).replace('.', ""), domain.to_owned()))
        };
        let own = |e: &String| *e != whole && bare(e) == bare(whole);
        self.known.emails.iter().any(own).then(|| Found::own(begin, stop, Band::Likely, "variant of the e-mail address"))
    }

    /// What an address, or a part of one, says that lies at `start..end`.
    fn address_at(&self, pattern: Pattern, text: &str, start: usize, end: usize) -> Option<Found> {
        let own = &self.known.emails;
        let end = start + text.get(start..end)?.trim_end_matches(['@', '+']).len();
        let (begin, stop) = email::whole_address(text, start, end);
        let whole = text.get(begin..stop)?;
        let trimmed = whole.trim_start_matches(['.', '-', '_', '+', '%']);
        let begin = stop - trimmed.len();
        if own.iter().any(|e| e == trimmed) {
            return Some(Found::own(begin, stop, Band::Certain, "e-mail address"));
        }
        let written = text.get(start..end)?;
        let of_this_box = || own.iter().filter_map(|e| email::split(e)).filter(|(local, _)| *local == written);
        if pattern == Pattern::Local
            && begin == start
            && let Some(stop) = of_this_box().find_map(|(_, domain)| email::slip(text, end, domain))
        {
            return Some(Found::own(start, stop, Band::Likely, "e-mail address with one typing error"));
        }
        // `hpemberton`: of a name that few bear, as sure as `H. Pemberton`.
        let telling_initial = pattern == Pattern::VagueLocal && !self.common && end - start > 6;
        let numbered = (matches!(pattern, Pattern::ClearLocal) || telling_initial)
            && text.get(end..).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
        if !(stands_alone(text, start, end) || numbered && begins(text, start)) {
            return None;
        }
        let by_name = |band, reason: &str| Some(Found { by_name: true, ..Found::own(begin, stop, band, reason) });
        let Some((local, domain)) = email::split(trimmed) else {
            let clear = pattern == Pattern::ClearLocal && written.chars().count() >= 7;
            let telling = pattern == Pattern::Local && self.is_telling(written);
            return match pattern {
                Pattern::Local if telling && trimmed.len() == end - start => by_name(Band::Likely, "user name like the e-mail address"),
                // `Petrova` is a woman of the family, or Petrov in another case.
                Pattern::VagueLocal if self.is_womans_surname(written) => None,
                Pattern::VagueLocal if telling_initial && !trimmed.contains('@') => {
                    by_name(Band::Likely, "initial and surname written as one word")
                }
                Pattern::ClearLocal if clear && !trimmed.contains('@') => by_name(Band::Likely, "name written as one word"),
                Pattern::Local | Pattern::ClearLocal if trimmed.len() == end - start => {
                    by_name(Band::Possible, "user name like the e-mail address")
                }
                _ => None,
            };
        };
        let same_box = |l: &str, d: &str| {
            let bare = |t: &str| t.replace(['.', '-', '_'], "");
            own.iter().filter_map(|e| email::split(e)).any(|(ol, od)| d == od && bare(l) == bare(ol))
        };
        let untagged = local.split_once('+').map_or(local, |(l, _)| l);
        if same_box(untagged, domain) {
            return Some(Found::own(begin, stop, Band::Likely, "variant of the e-mail address"));
        }
        let house = !email::is_open(domain) && own.iter().filter_map(|e| email::split(e)).any(|(_, d)| d == domain);
        match pattern {
            Pattern::ClearLocal if starts_whole(local, written) && house => {
                by_name(Band::Likely, "e-mail address made from the name, at a domain of theirs")
            }
            Pattern::ClearLocal if starts_whole(local, written) => {
                let band = if self.common && !own.is_empty() { Band::Possible } else { Band::Likely };
                by_name(band, "e-mail address made from the name")
            }
            Pattern::VagueLocal if starts_whole(local, written) && house => {
                by_name(Band::Likely, "e-mail address made from initial and surname, at a domain of theirs")
            }
            Pattern::VagueLocal if starts_whole(local, written) && telling_initial => {
                by_name(Band::Likely, "e-mail address made from initial and surname")
            }
            Pattern::VagueLocal if starts_whole(local, written) => by_name(Band::Possible, "e-mail address made from initial and surname"),
            Pattern::Local if local == written && self.is_telling(local) && !self.begins_with_given(local) => {
                by_name(Band::Likely, "same unusual name at another e-mail domain")
            }
            Pattern::Local if local == written => by_name(Band::Possible, "same name at another e-mail domain"),
            _ => None,
        }
    }
}

/// Initials count in capitals only (`AH`, `A.H.`), and plain two-letter ones only in mail. Three and more with stops are rarely anybody else's.
fn initials(text: &str, start: usize, end: usize, (folded, original, mail): From<'_>) -> Option<Found> {
    let word = text.get(start..end)?;
    let dotted = word.contains('.');
    if !stands_alone(text, start, end) || !(mail || dotted || word.len() > 2) || (!dotted && flags(word).any(Flags::COMMON)) {
        return None;
    }
    let written = original.get(folded.original_range(start, end))?;
    if written.chars().any(char::is_lowercase) {
        return None;
    }
    // `A.J. Fairbairn` is not `A.J.F.`: more of the name follows; `www.a.j.f.org` is no person.
    let inside = text.get(..start).is_some_and(|t| t.ends_with(['.', '-', '@', '/']))
        || text.get(end..).is_some_and(|t| t.starts_with(['@', '-', '/']));
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let band = if dotted && letters >= 3 && !inside { Band::Likely } else { Band::Possible };
    Some(Found { by_name: true, ..Found::own(start, end, band, "initials") })
}

/// True for a surname that is a word of its own.
fn is_ordinary(surname: &str) -> bool {
    flags(surname).any(Flags::COMMON.with(Flags::NOUN).with(Flags::STREET).with(Flags::ORG))
}

/// True when a word within a name begins small and is none that names have: `Amelia rang Fairbairn`.
fn has_small_word(written: &str) -> bool {
    let mut words = written.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}'))).filter(|w| !w.is_empty()).skip(1);
    words.any(|w| w.chars().count() > 1 && w.starts_with(char::is_lowercase) && flags(&fold(w)).any(Flags::COMMON.with(Flags::SPEECH)))
}

/// True for a surname that English writes all the time as another word: `day`, `read`.
fn is_frequent(surname: &str) -> bool {
    let [most, ..] = Flags::FREQUENT;
    look_up(Hash::of(surname)).any(most.with(Flags::COMMON))
}

/// True when more digits continue a date to something else: `1.3.1985.7`.
fn part_of_a_number(text: &str, start: usize, end: usize) -> bool {
    let mut after = text.get(end..).unwrap_or_default().chars();
    let mut before = text.get(..start).unwrap_or_default().chars().rev();
    let goes_on = |sign: Option<char>, digit: Option<char>| {
        sign.is_some_and(|c| matches!(c, '.' | '-' | '/')) && digit.is_some_and(|c| c.is_ascii_digit())
    };
    goes_on(after.next(), after.next()) || goes_on(before.next(), before.next())
}

/// True when a local part is this text, or this text and a number.
fn starts_whole(local: &str, text: &str) -> bool {
    local.strip_prefix(text).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '+') || rest.starts_with('+'))
}
