//! Somebody else of the same name: what stands beside a name that is not the person's.

use jiff::civil::Date;

use super::name::PersonName;
use super::premises::Home;
use super::words::{after, begins};
use super::{address, dead, email, health, life, lifetime, phone, series, when};
use crate::fold::fold;
use crate::lexicon::{Flags, flags, is_occupation};

/// How far behind a name its details are looked for, in bytes of folded text.
const REACH: usize = 240;
/// How far before a name a date of birth is looked for.
const BEFORE: usize = 48;

/// How far before a name the words of a birth are looked for.
const BIRTH_BEFORE: usize = 120;
/// How near behind a name a death is looked for.
const DEATH: usize = 60;
/// How near behind a name an address with its given name alone is taken for its own.
const NEAR: usize = 60;

/// What is said of another reference.
const ANOTHER_REFERENCE: &str = "another reference number";

/// What speaks against a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Against {
    /// Nothing.
    Nothing,
    /// Something that says little by itself, and more beside something else.
    Trace(&'static str),
    /// Something that the person may have besides what is known.
    Little(&'static str),
    /// Something that the person does not have, or has differently.
    Much(&'static str),
}

/// What is known about a person, to compare with what stands beside a name.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) emails: Vec<String>,
    pub(super) phones: Vec<String>,
    pub(super) born: Vec<Date>,
    pub(super) postcodes: Vec<String>,
    pub(super) references: Vec<String>,
    /// Numbers of the houses: `12`, `5a`.
    pub(super) houses: Vec<String>,
    pub(super) homes: Vec<Home>,
    /// `senior`, `junior` and their like in the person's own names.
    pub(super) generations: Vec<String>,
}

/// What an item is, as far as it matters for what stands beside a name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct About {
    /// Rows under headings, one of which is of births.
    pub(super) births: bool,
    /// The year it was sent in.
    pub(super) year: Option<i16>,
}

/// Where a name stands in a folded text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) start: usize,
    pub(super) end: usize,
    /// How much text is left of the name's paragraph.
    pub(super) rest: usize,
    /// How much text before the name belongs to the same form or row.
    pub(super) lead: usize,
}

impl Known {
    /// Weighs what stands around a name.
    pub(super) fn against(&self, text: &str, spot: Spot, names: &[PersonName], about: About) -> Against {
        let Spot { start, end, rest, lead } = spot;
        let whole = window(text, end, end + rest.min(REACH));
        let behind = own_stretch(whole);
        let before = text.get(text.floor_char_boundary(start.saturating_sub(BEFORE))..start).unwrap_or_default();
        let mut all = vec![
            self.birth(before, behind, about),
            self.life(before, (behind, whole), about.year),
            self.death(before, window(whole, 0, DEATH)),
            self.time(window(text, start.saturating_sub(BIRTH_BEFORE), start), behind, about.year),
            self.generation(behind),
            self.mailbox(behind, names),
            self.place(behind),
            self.house(behind),
            self.number(behind),
            self.file(behind, names),
            self.file_before(text, start, names),
            company(behind),
        ];
        // A form or a row may say who it is about after it said the rest.
        let form = window(text, start.saturating_sub(lead.min(REACH)), start);
        if lead > 0 && !has_other_given(form, names) {
            let birth = self.birth("", form, about);
            all.extend([birth, self.mailbox(form, names), self.place(form), self.house(form), self.number(form), self.file(form, names)]);
        }
        let worst = all.iter().copied().max().unwrap_or(Against::Nothing);
        let mut light: Vec<Against> = all.into_iter().filter(|a| matches!(a, Against::Trace(_) | Against::Little(_))).collect();
        light.sort();
        light.dedup();
        // One unknown detail may be the person's; two are rather somebody else's.
        if matches!(worst, Against::Little(_)) && light.len() > 1 {
            Against::Much("details that are not known to be theirs")
        } else {
            worst
        }
    }

    /// `Amelia Fairbairn Senior`: another generation of the family.
    fn generation(&self, behind: &str) -> Against {
        const GENERATIONS: [(&str, &str); 6] =
            [("senior", "senior"), ("snr", "senior"), ("sr", "senior"), ("junior", "junior"), ("jnr", "junior"), ("jr", "junior")];
        let Some(word) = after(behind, 0) else { return Against::Nothing };
        let Some((_, which)) = GENERATIONS.iter().find(|(written, _)| *written == word.text) else { return Against::Nothing };
        // `Senior Lecturer`, `Junior School`
        let next = after(behind, word.end).filter(|w| !w.comma && behind.get(word.end..w.start).is_some_and(|gap| gap.trim().is_empty()));
        let plain = next.is_none_or(|w| flags(w.text).any(Flags::SPEECH) || AUXILIARIES.contains(&w.text));
        if plain && !self.generations.iter().any(|own| own == which) { Against::Much("another generation") } else { Against::Nothing }
    }

    /// Another date of birth.
    fn birth(&self, before: &str, behind: &str, about: About) -> Against {
        if self.born.is_empty() {
            return Against::Nothing;
        }
        let other = |text: &str, loose: bool| {
            when::dates(text).into_iter().any(|(at, date)| {
                let told = loose
                    || super::born::said_before(text, at)
                    || text.get(..at).is_some_and(|t| t.ends_with(" (") || t.ends_with(" (b. ") || t.ends_with(" b. "));
                told && !has_given(text.get(..at).unwrap_or_default()) && !self.born.iter().any(|own| date.may_be(*own))
            })
        };
        let near = sentence(window(behind, 0, 100));
        // A date before the name belongs to it only right beside it: `DOB 2 May 1971, John Smith`.
        let beside = when::dates(before).last().is_some_and(|(at, _)| before.len() - at < 22);
        let year = |text: &str| born_in(text).is_some_and(|year| !self.born.iter().any(|own| own.year() == year));
        let health = health::birth_behind(near, about.year)
            .is_some_and(|(at, day)| !has_given(window(near, 0, at)) && !self.born.iter().any(|own| day.may_be(*own)));
        let cell = self.is_born_in_the_next_cell(near, about.year);
        if health || cell || other(near, about.births && when::dates(near).len() == 1) || (beside && other(before, false)) || year(near) {
            return Against::Much("another date of birth");
        }
        Against::Nothing
    }

    /// `Walker | Andrew | M | 12/03/1937 | 07700 900872`: a day in the next cell of the row, or in that behind the sex, that is none of the
    /// person's birthdays and so long past that it can hardly be of anything else. Columns may be parted by blanks alone.
    fn is_born_in_the_next_cell(&self, near: &str, year: Option<i16>) -> bool {
        let gap = [' ', '|'];
        let Some(cell) = near.strip_prefix(gap).map(|cells| cells.trim_start_matches(gap)) else { return false };
        let cell = cell.strip_prefix(['m', 'f']).filter(|rest| rest.starts_with(gap)).map_or(cell, |rest| rest.trim_start_matches(gap));
        let day = when::dates(window(cell, 0, 24)).into_iter().next().filter(|(at, _)| *at == 0);
        day.is_some_and(|(_, day)| day.is_long_before(year) && !self.born.iter().any(|own| day.may_be(*own)))
    }

    /// Another age.
    fn life(&self, before: &str, (behind, whole): (&str, &str), year: Option<i16>) -> Against {
        let (near, plain) = (sentence(window(behind, 0, 48)), sentence(window(whole, 0, 48)));
        let told = near.get(..near.find(|c: char| c.is_ascii_digit()).unwrap_or_default()).unwrap_or_default();
        if life::another_age(before, (near, plain), &self.born, year) && !has_given(told) {
            return Against::Much("another age");
        }
        Against::Nothing
    }

    /// Of whom a death is said is sure only right beside the name: `the death of X's mother` is not of them.
    fn death(&self, before: &str, behind: &str) -> Against {
        if dead::is_dead(before, behind, &self.born) { Against::Much("a death") } else { Against::Nothing }
    }

    /// A time before the person was born, or a child that is born later.
    fn time(&self, before: &str, behind: &str, year: Option<i16>) -> Against {
        let another = lifetime::is_another(before, behind, &self.born, year);
        if another { Against::Much("a time in which they were not born or no child") } else { Against::Nothing }
    }

    /// Somebody else's e-mail address, right behind the name or in the lines of a signature.
    fn mailbox(&self, behind: &str, names: &[PersonName]) -> Against {
        if self.emails.is_empty() {
            return Against::Nothing;
        }
        let mut worst = Against::Nothing;
        for (at, _) in behind.match_indices('@') {
            let (from, to) = email::whole_address(behind, at, at + 1);
            let Some((local, domain)) = behind.get(from..to).and_then(email::split) else { continue };
            let own = self.emails.iter().filter_map(|e| email::split(e)).any(|(_, d)| d == domain && !email::is_open(d))
                || self.emails.iter().any(|e| Some(e.as_str()) == behind.get(from..to));
            if own {
                continue;
            }
            if email::is_role(local) || email::is_relay(local, domain) {
                // A box that many share says little of whoever is named beside it.
                worst = worst.max(Against::Trace("a shared e-mail address that is not known to be theirs"));
                continue;
            }
            let plain: String = local.chars().filter(|c| c.is_alphanumeric()).collect();
            let holds = |part: &String| part.split(['-', ' ', '\'']).any(|p| p.chars().count() > 3 && plain.contains(p));
            let named = names.iter().any(|n| n.surnames.iter().chain(&n.parts).any(holds));
            // A given name alone is somebody else's too where the address stands further off.
            let named = named || from < NEAR && names.iter().any(|n| holds(&n.given));
            // `Name <address>`, `Name (address)`, `Name [mailto:address]`, not an address somewhere behind.
            let gap = behind.get(..from).unwrap_or_default();
            let attached = gap.len() <= 12 && gap.trim_start().starts_with(['<', '(', '[', '"', ':', '-']);
            worst = worst.max(match (named, attached) {
                (true, _) => Against::Much("an e-mail address in this name that is not known to be theirs"),
                (false, true) => Against::Little("an e-mail address that is not known to be theirs"),
                (false, false) => Against::Nothing,
            });
        }
        worst
    }

    /// Another postcode.
    fn place(&self, behind: &str) -> Against {
        if self.postcodes.is_empty() {
            return Against::Nothing;
        }
        let near = sentence(window(behind, 0, 140));
        let words: Vec<(usize, &str)> = words_of(near);
        for pair in words.windows(2) {
            let [(at, out), (_, inward)] = pair else { continue };
            let code = format!("{out}{inward}");
            if inward.len() == 3
                && !has_given(near.get(..*at).unwrap_or_default())
                && address::is_postcode(&code)
                && !self.postcodes.contains(&code)
            {
                let lead = near.get(..*at).unwrap_or_default();
                let lives = [" of ", " lives ", " living ", " resid", "address", " home "].iter().any(|cue| lead.contains(cue));
                let house = without_unit(lead).starts_with(|c: char| c.is_ascii_digit());
                let what = "another address";
                if lives || house || named_house(lead) {
                    return Against::Much(what);
                }
                // `Amelia Fairbairn, Treasurer, Corn Exchange, 2 Market Place, YO7 9AB`: where somebody acts they need not live.
                return if acts(lead) { Against::Trace("an address of where they act") } else { Against::Little(what) };
            }
        }
        Against::Nothing
    }

    /// Another house and street.
    fn house(&self, behind: &str) -> Against {
        if self.postcodes.is_empty() {
            return Against::Nothing;
        }
        let near = sentence(window(behind, 0, 80));
        let words = words_of(near);
        for (i, (at, number)) in words.iter().enumerate() {
            let numbered = number.len() <= 4 && number.starts_with(|c: char| c.is_ascii_digit());
            // `3. School: Holme Park` is the next field of a form.
            let listed = near.get(at + number.len()..).is_some_and(|rest| rest.starts_with(['.', ')']));
            // `Amelia, 72, from Drovers Close` says an age.
            let age = near.get(at + number.len()..).is_some_and(|rest| [", from ", ", of ", ", in "].iter().any(|l| rest.starts_with(l)));
            let numbered = numbered && !listed && !age;
            let street = words.iter().skip(i + 2).take(2).any(|(_, w)| flags(w).any(Flags::STREET));
            if numbered && street && !has_given(near.get(..*at).unwrap_or_default()) {
                let lead = near.get(..*at).unwrap_or_default();
                let beside = without_unit(lead).is_empty();
                if beside || [" of ", " lives ", " living ", " resid", "address"].iter().any(|cue| lead.contains(cue)) {
                    return Against::Much("another address");
                }
            }
        }
        Against::Nothing
    }

    /// Another telephone number.
    fn number(&self, behind: &str) -> Against {
        if self.phones.is_empty() {
            return Against::Nothing;
        }
        let near = sentence(window(behind, 0, 120));
        let mut other = Against::Nothing;
        for cue in ["tel", "phone", "mob", "call", "ring", "t:", "m:", "contact"] {
            let Some(at) = near.find(cue).filter(|at| begins(near, *at)) else { continue };
            let after = window(near, at, at + 48);
            let Some(first) = after.find(|c: char| c.is_ascii_digit() || c == '+') else { continue };
            // `asked to ring the school on 01632 960123`
            let named = after.get(cue.len()..first).unwrap_or_default().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            if named.clone().any(|w| w.chars().count() > 3 && !["ephone", "phone", "number", "mobile", "home", "work"].contains(&w)) {
                continue;
            }
            let theirs = !has_given(near.get(..at).unwrap_or_default());
            if theirs && self.is_another_phone(after.get(first..).unwrap_or_default()) {
                other = Against::Little("another telephone number");
            }
        }
        // `of Ludlow Motor Factors on 01632 960555`
        let of_a_firm = matches!(company(behind), Against::Little(_))
            && near.match_indices(['0', '+']).any(|(at, _)| begins(near, at) && self.is_another_phone(window(near, at, near.len())));
        if of_a_firm || behind_mailbox(behind).is_some_and(|written| self.is_another_phone(written)) {
            other = Against::Little("another telephone number");
        }
        other
    }

    /// True when a text begins with a telephone number that is none of the person's.
    fn is_another_phone(&self, written: &str) -> bool {
        let stop = written.find(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '+' | '.'))).unwrap_or(written.len());
        let digits = written.get(..stop).and_then(phone::national_digits).unwrap_or_default();
        digits.len() >= 9 && !self.phones.iter().any(|own| digits.contains(own.as_str()) || own.contains(&digits))
    }

    /// Another reference of the same form.
    fn file(&self, behind: &str, names: &[PersonName]) -> Against {
        let near = window(behind, 0, 120);
        // `Andrew Walker wrote about Tom Smith (VOL/2018/0091)`
        let theirs = |at: usize| !has_other_given(window(near, 0, at), names);
        if self.telling_references().any(|own| series::another_in(near, own).is_some_and(theirs)) {
            return Against::Much(ANOTHER_REFERENCE);
        }
        Against::Nothing
    }

    /// Another reference before the name, or in the head of the letter to it.
    fn file_before(&self, text: &str, start: usize, names: &[PersonName]) -> Against {
        let before = window(text, start.saturating_sub(BEFORE), start);
        let told = |own: &String| {
            let (at, sure) = series::told_before(before, own)?;
            (sure || !has_other_given(window(text, (start - before.len() + at).saturating_sub(BEFORE), start - before.len() + at), names))
                .then_some(())
        };
        let letter =
            |own: &String| series::heads_letter(text, start, own).filter(|behind| !has_other_given(window(text, *behind, start), names));
        if self.telling_references().any(|own| told(own).is_some() || letter(own).is_some()) {
            return Against::Much(ANOTHER_REFERENCE);
        }
        Against::Nothing
    }

    fn telling_references(&self) -> impl Iterator<Item = &String> {
        self.references.iter().filter(|r| r.len() >= 6 && r.chars().any(|c| c.is_ascii_digit()))
    }
}

/// What stands behind an e-mail address that stands right behind the name, where it begins like a telephone number.
fn behind_mailbox(behind: &str) -> Option<&str> {
    let signs = [' ', ',', ';', '|', '(', ')', '<', '>', '[', ']', '/', ':', '-'];
    let rest = behind.trim_start_matches(signs);
    let (mailbox, rest) = rest.split_once([' ', ',', ';', '|'])?;
    let number = rest.trim_start_matches([' ', ',', ';', '|', '(', '/']);
    let dialled = number.starts_with('0') || number.starts_with("+44");
    let (local, domain) = email::split(mailbox.trim_end_matches(signs))?;
    // The office's mailbox goes with the office's number.
    (dialled && !email::is_role(local) && !email::is_relay(local, domain)).then_some(number)
}

/// `(b. 1950)`, `born in 1950`, `year of birth: 1950`: a year that is no day.
fn born_in(near: &str) -> Option<i16> {
    let (at, cue) = [" born in ", " born ", "(born ", "(b. ", " b. ", "(b ", "birth year", "year of birth"]
        .iter()
        .find_map(|cue| near.find(cue).map(|at| (at, cue)))?;
    let behind = near.get(at + cue.len()..)?.trim_start_matches([' ', ':', '|']);
    let stop = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
    let (year, rest) = behind.split_at_checked(stop)?;
    let whole = year.len() == 4 && !rest.starts_with(['-', '/', '.']) || year.len() == 4 && (rest == "." || rest.starts_with(". "));
    let told = !has_given(near.get(..at)?);
    year.parse().ok().filter(|year| whole && told && (1850..2100).contains(year))
}

/// Words that go on with a sentence behind a name.
const AUXILIARIES: [&str; 18] =
    ["is", "was", "has", "had", "did", "does", "will", "would", "can", "could", "and", "or", "came", "rang", "who", "of", "to", "in"];

/// Words that end the names of firms, and of few others.
const FIRMS: &str = " ltd limited plc llp inc corp gmbh solicitors builders plumbing factors motors garage garages autos tyres haulage joinery \
    roofing scaffolding electrical logistics removals accountants surveyors butchers bakers florists opticians contractors brewery quarries \
    steel timber plastics foods dairies bros laboratory laboratories kitchens interiors caterers textiles glazing flooring carpets ironmongers \
    stationers wholesalers printers couriers lettings consultants consultancy brewers ";

/// A company right behind the name.
fn company(behind: &str) -> Against {
    let near = sentence(window(behind, 0, 70));
    let words = words_of(near);
    let Some(lead) = words.first().map(|(_, w)| *w) else { return Against::Nothing };
    let joined = matches!(lead, "of" | "from" | "at" | "with") || near.starts_with([',', '(']) || near.starts_with(" (");
    let firm = |w: &str| FIRMS.split_ascii_whitespace().any(|f| f == w);
    if joined && words.get(1).is_none_or(|(_, w)| *w != "the") && words.iter().skip(1).take(5).any(|(_, w)| firm(w)) {
        Against::Little("another employer")
    } else {
        Against::Nothing
    }
}

/// True when a post stands right behind a name, and a place behind that.
fn acts(lead: &str) -> bool {
    let mut segments = lead.split([',', '|', ';']).map(str::trim).filter(|segment| !segment.is_empty());
    let post = segments.next().is_some_and(|post| words_of(post).last().is_some_and(|(_, w)| is_occupation(w)));
    post && segments.next().is_some_and(|place| !place.starts_with(|c: char| c.is_ascii_digit()))
}

/// `Barn End, 1 Chapel Hill, Ludlow`, `Rose Cottage, Ludlow`: the name of a house that people live in, first in an address.
fn named_house(lead: &str) -> bool {
    const HOMES: [&str; 14] = [
        "cottage",
        "cottages",
        "barn",
        "bungalow",
        "farmhouse",
        "croft",
        "villa",
        "rectory",
        "vicarage",
        "gables",
        "nook",
        "homestead",
        "thatch",
        "orchard",
    ];
    // With a numbered street behind them, these are names of houses, too.
    const BEFORE_A_STREET: [&str; 11] = ["end", "view", "lodge", "grange", "mead", "corner", "elms", "oaks", "forge", "smithy", "stables"];
    let words = words_of(lead);
    let number = words.iter().position(|(_, w)| w.len() <= 4 && w.starts_with(|c: char| c.is_ascii_digit()));
    let street = number.is_some_and(|i| words.iter().skip(i + 2).take(2).any(|(_, w)| flags(w).any(Flags::STREET)));
    let name = words.get(..number.filter(|_| street).unwrap_or(3).min(words.len())).unwrap_or_default();
    let home = |w: &str| HOMES.contains(&w) || street && BEFORE_A_STREET.contains(&w);
    let acting = name.iter().any(|(_, w)| is_occupation(w) || flags(w).any(Flags::ORG));
    name.len() <= 3 && !acting && name.iter().any(|(_, w)| home(w))
}

/// What is behind a name up to the next person's name.
fn own_stretch(behind: &str) -> &str {
    let mut stop = relation(behind).unwrap_or(behind.len());
    for (joint, len) in [(" and ", 5), (" & ", 3), (", ", 2), ("; ", 2)] {
        for (at, _) in behind.match_indices(joint) {
            let next = behind.get(at + len..).unwrap_or_default();
            let word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            // `Ruth Marsh, ruth_marsh@mail.example` is no second person.
            let mailbox = next.split([' ', ',', ';']).next().is_some_and(|token| token.contains('@'));
            if !mailbox && word.len() > 2 && flags(word).any(Flags::GIVEN) && !flags(word).any(Flags::COMMON.with(Flags::PLACE)) {
                stop = stop.min(at);
            }
        }
    }
    behind.get(..stop).unwrap_or(behind)
}

/// Where somebody begins who is told by how they belong to the name: `'s daughter`, `and her son`.
fn relation(behind: &str) -> Option<usize> {
    let cues = ["'s ", "' ", " her ", " his ", " their ", " whose "];
    let kin = |at: usize, cue: &str| {
        let next = behind.get(at + cue.len()..).unwrap_or_default();
        next.split(|c: char| !c.is_alphanumeric()).take(2).any(|w| flags(w).any(Flags::RELATION))
    };
    cues.iter().filter_map(|cue| behind.match_indices(cue).map(|(at, _)| at).find(|at| kin(*at, cue))).min()
}

/// The beginning of an address without `Flat 2,`.
fn without_unit(lead: &str) -> &str {
    let trim = |t| str::trim_start_matches(t, [',', ' ', '|', '(', '-']);
    let lead = trim(lead);
    let unit = ["flat ", "unit ", "apartment ", "apt ", "room ", "suite "].iter().find_map(|u| lead.strip_prefix(u));
    unit.map_or(lead, |rest| trim(rest.trim_start_matches(char::is_alphanumeric)))
}

/// What is behind a name up to the end of its sentence. A stop after a short word is an abbreviation's.
fn sentence(behind: &str) -> &str {
    let ends = behind.match_indices(['.', '?', '!']).find(|(at, sign)| {
        let word = behind.get(..*at).unwrap_or_default().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let whole = behind.get(at + 1..).is_some_and(|t| t.starts_with(' ') || t.is_empty());
        whole && (*sign != "." || *at == 0 || word.len() > 3 && word.chars().all(char::is_alphabetic))
    });
    ends.and_then(|(at, _)| behind.get(..at)).unwrap_or(behind)
}

/// True for a text with a given name, unless a street or a church has it: `St. John's Terrace`.
fn has_given(text: &str) -> bool {
    let words = words_of(text);
    words.iter().enumerate().any(|(i, (_, w))| {
        let saint = i.checked_sub(1).and_then(|j| words.get(j)).is_some_and(|(_, w)| matches!(*w, "st" | "saint"));
        let street = || words.iter().skip(i + 1).take(2).any(|(_, w)| flags(w).any(Flags::STREET));
        w.len() > 2 && flags(w).any(Flags::GIVEN) && !flags(w).any(Flags::COMMON) && !saint && !street()
    })
}

/// The same for a form: neither the person's own given name nor an e-mail address names somebody else.
fn has_other_given(form: &str, names: &[PersonName]) -> bool {
    let plain = form.split(' ').filter(|token| !token.contains('@'));
    let mut kept = String::with_capacity(form.len());
    for token in plain.filter(|token| !names.iter().any(|n| n.is_given(token.trim_matches(|c: char| !c.is_alphanumeric())))) {
        kept.push_str(token);
        kept.push(' ');
    }
    has_given(&kept)
}

fn words_of(text: &str) -> Vec<(usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| (w.as_ptr() as usize - base, w)).collect()
}

pub(super) fn window(text: &str, from: usize, to: usize) -> &str {
    let from = text.floor_char_boundary(from);
    text.get(from..text.floor_char_boundary(to).max(from)).unwrap_or_default()
}

/// A reference as it is compared.
pub(super) fn folded_reference(reference: &str) -> String {
    fold(reference.trim())
}
