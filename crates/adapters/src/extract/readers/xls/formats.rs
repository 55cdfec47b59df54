//! How a number format shows a number: `00000 000000` a telephone without its first nought, `£#,##0.00` an amount.

use std::fmt::Write as _;

/// A number as a format shows it. `None` where the number is shown as it is, or in a way that is not known here.
pub(super) fn shown(value: f64, format: &str) -> Option<String> {
    if format.is_empty() || format.eq_ignore_ascii_case("general") || format == "@" || !value.is_finite() {
        return None;
    }
    let sections: Vec<Section> = sections(format).into_iter().map(Section::read).collect::<Option<_>>()?;
    let (section, signed) = choose(&sections, value)?;
    section.write(value, signed)
}

/// The built-in formats of numbers, by their number.
pub(super) const fn built_in(number: u16) -> &'static str {
    match number {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        _ => "",
    }
}

/// The parts of a format, which are for numbers above, below and of nought.
fn sections(format: &str) -> Vec<&str> {
    let (mut found, mut from, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, sign) in format.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                found.push(format.get(from..at).unwrap_or_default());
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(format.get(from..).unwrap_or_default());
    found
}

/// A piece of a format.
#[derive(Debug, PartialEq)]
enum Piece {
    Said(char),
    /// A digit: `0` is always shown, `#` where there is one.
    Digit(char),
}

#[derive(Debug, Default)]
struct Section {
    /// Numbers it is for, where it says so itself.
    only: Option<(char, bool, f64)>,
    /// Before the point, and behind it.
    whole: Vec<Piece>,
    part: Option<Vec<Piece>>,
    grouped: bool,
    /// By how much the number is divided, in thousands, and whether it is in hundredths.
    thousands: i32,
    percent: bool,
    no_number: bool,
}

impl Section {
    fn read(text: &str) -> Option<Self> {
        let mut section = Self::default();
        let mut signs = text.chars().peekable();
        while let Some(sign) = signs.next() {
            match sign {
                '"' => signs.by_ref().take_while(|sign| *sign != '"').for_each(|sign| section.say(sign)),
                '\\' => section.say(signs.next()?),
                '_' => {
                    signs.next();
                    section.say(' ');
                }
                '*' => drop(signs.next()),
                '[' => {
                    let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                    section.bracket(&inside)?;
                }
                '0' | '#' | '?' => section.pieces().push(Piece::Digit(if sign == '0' { '0' } else { '#' })),
                '.' if section.part.is_none() => section.part = Some(Vec::new()),
                ',' if matches!(section.pieces().last(), Some(Piece::Digit(_))) => {
                    if matches!(signs.peek(), Some('0' | '#' | '?' | ',')) && section.part.is_none() {
                        section.grouped = true;
                    } else {
                        section.thousands += 1;
                    }
                }
                '%' => {
                    section.percent = true;
                    section.say('%');
                }
                // Powers, fractions, texts, days: they are shown in other ways.
                'E' | 'e' | '/' | '@' | 'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' | 'G' => return None,
                other => section.say(other),
            }
        }
        let digits = |pieces: &[Piece]| pieces.iter().any(|piece| matches!(piece, Piece::Digit(_)));
        section.no_number = !digits(&section.whole) && !section.part.as_deref().is_some_and(digits);
        Some(section)
    }

    fn pieces(&mut self) -> &mut Vec<Piece> {
        self.part.as_mut().unwrap_or(&mut self.whole)
    }

    fn say(&mut self, sign: char) {
        self.pieces().push(Piece::Said(sign));
    }

    /// A colour, a condition, or a currency with its language. `None` for hours and the like.
    fn bracket(&mut self, inside: &str) -> Option<()> {
        if let Some(currency) = inside.strip_prefix('$') {
            currency.split('-').next().unwrap_or_default().chars().for_each(|sign| self.say(sign));
            return Some(());
        }
        let sign = inside.chars().next().filter(|sign| "<>=".contains(*sign));
        let Some(sign) = sign else {
            let lower = inside.to_ascii_lowercase();
            let counts_time = ['h', 'm', 's'].into_iter().any(|unit| lower.chars().all(|sign| sign == unit));
            return (!counts_time).then_some(());
        };
        let rest = inside.get(1..)?;
        let (or_equal, unequal) = (rest.starts_with('='), rest.starts_with('>'));
        if unequal {
            return None;
        }
        self.only = Some((sign, or_equal, rest.trim_start_matches('=').parse().ok()?));
        Some(())
    }

    fn fits(&self, value: f64) -> Option<bool> {
        let (sign, or_equal, limit) = self.only?;
        let equal = (value - limit).abs() < f64::EPSILON;
        Some(match sign {
            '<' => value < limit || (or_equal && equal),
            '>' => value > limit || (or_equal && equal),
            _ => equal,
        })
    }

    /// Writes a number into the section, with its sign if that is to be shown.
    fn write(&self, value: f64, signed: bool) -> Option<String> {
        let mut out = String::new();
        if signed && value < 0.0 {
            out.push('-');
        }
        if self.no_number {
            // What is shown in place of a number other than nought hides it.
            let said = self.whole.iter().filter_map(|piece| if let Piece::Said(sign) = piece { Some(*sign) } else { None });
            return Some(said.collect::<String>().trim().to_owned()).filter(|text| value == 0.0 && !text.is_empty());
        }
        let scaled = value.abs() * if self.percent { 100.0 } else { 1.0 } / 1000_f64.powi(self.thousands);
        let places = self.part.iter().flatten().filter(|piece| matches!(piece, Piece::Digit(_))).count();
        // With separators a long number, which may be a reference, is no more found.
        if scaled >= if self.grouped { 1e9 } else { 1e15 } || places > 12 {
            return None;
        }
        let mut digits = String::new();
        write!(digits, "{scaled:.places$}").ok()?;
        let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
        self.before_point(whole, &mut out);
        if let Some(pieces) = &self.part {
            behind_point(pieces, part, &mut out);
        }
        Some(out.trim().to_owned())
    }

    fn before_point(&self, digits: &str, out: &mut String) {
        let digits: Vec<char> = if digits == "0" { Vec::new() } else { digits.chars().collect() };
        let mut places = self.whole.iter().filter(|piece| matches!(piece, Piece::Digit(_))).count();
        let mut left = digits.len();
        for piece in &self.whole {
            let always = match piece {
                Piece::Said(sign) => {
                    out.push(*sign);
                    continue;
                }
                Piece::Digit(sign) => *sign == '0',
            };
            // The first place takes what the others have no room for.
            while left > 0 && left >= places {
                let digit = digits.len().checked_sub(left).and_then(|at| digits.get(at)).copied().unwrap_or('0');
                left -= 1;
                out.push(digit);
                if self.grouped && left > 0 && left.is_multiple_of(3) {
                    out.push(',');
                }
                if left < places {
                    break;
                }
            }
            let taken = digits.len() >= places;
            if !taken && always {
                out.push('0');
                if self.grouped && places > 1 && (places - 1).is_multiple_of(3) {
                    out.push(',');
                }
            }
            places = places.saturating_sub(1);
        }
    }
}

fn behind_point(pieces: &[Piece], digits: &str, out: &mut String) {
    let needed = pieces.iter().filter(|piece| matches!(piece, Piece::Digit(_))).enumerate();
    let always = needed.filter(|(_, piece)| **piece == Piece::Digit('0')).last().map_or(0, |(at, _)| at + 1);
    let shown = digits.trim_end_matches('0').len().max(always);
    let (mut digits, mut pointed) = (digits.chars().take(shown), shown == 0);
    for piece in pieces {
        match piece {
            Piece::Said(sign) => out.push(*sign),
            Piece::Digit(_) => {
                if !pointed {
                    out.push('.');
                    pointed = true;
                }
                out.extend(digits.next());
            }
        }
    }
}

/// The section for a number, and whether its sign is to be shown.
fn choose(sections: &[Section], value: f64) -> Option<(&Section, bool)> {
    if sections.iter().any(|section| section.only.is_some()) {
        let fitting = sections.iter().find(|section| section.fits(value) != Some(false))?;
        return Some((fitting, true));
    }
    match (sections, value) {
        ([_, below, ..], value) if value < 0.0 => Some((below, false)),
        ([_, _, nought, ..], 0.0) => Some((nought, false)),
        ([first, ..], _) => Some((first, true)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn numbers_read_as_they_are_shown() {
        let all = [
            (7_700_900_123.0, "00000000000", "07700900123"),
            (7_700_900_123.0, "00000 000000", "07700 900123"),
            (42.0, "0000", "0042"),
            (123_456_789.0, "000-00-0000", "123-45-6789"),
            (1_234.5, "£#,##0.00", "£1,234.50"),
            (1_234_567.0, "#,##0", "1,234,567"),
            (12.0, "#,##0", "12"),
            (7.0, "0,000", "0,007"),
            (-1_234.5, "[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", "-£1,234.50"),
            (-5.0, "0.0", "-5.0"),
            (0.0, "0;-0;\"none\"", "none"),
            (0.256, "0%", "26%"),
            (0.5, "0.0#", "0.5"),
            (98.6, "0\" dollars and\" .00\" cents\"", "98 dollars and .60 cents"),
            (5_551_234.0, "[<=9999999]###-####;(###) ###-####", "555-1234"),
            (8_005_551_234.0, "[<=9999999]###-####;(###) ###-####", "(800) 555-1234"),
            (1_500_000.0, "0.0,,\"m\"", "1.5m"),
            (3.0, "_(* #,##0_);_(* (#,##0)", "3"),
            (0.1 + 0.2, "0.00", "0.30"),
            (7.0, "\"Room \"0", "Room 7"),
        ];
        for (value, format, text) in all {
            assert_eq!(shown(value, format).as_deref(), Some(text), "{format}");
        }
    }

    #[test]
    fn what_is_shown_otherwise_stays_a_number() {
        for format in ["General", "@", "", "0.00E+00", "# ?/?", "dd/mm/yyyy", "[h]:mm", "[mm]:ss"] {
            assert_eq!(shown(1.5, format), None, "{format}");
        }
        assert_eq!(shown(f64::NAN, "0"), None);
        assert_eq!(shown(1e300, "0"), None);
        assert_eq!(shown(18_056_369_212.0, "#,##0"), None);
        // A format that hides what is in the cell hides nothing here.
        assert_eq!(shown(7.0, ";;;"), None);
        assert_eq!(shown(7.0, "\"hidden\""), None);
    }

    proptest::proptest! {
        #[test]
        fn no_format_is_a_trap(value: f64, format in "[0#?,.;%\\[\\]\"\\\\_*$<>=a £-]{0,16}") {
            shown(value, &format);
        }

        #[test]
        fn whole_numbers_keep_their_digits(value in 0_u64..1_000_000_000) {
            let text = shown(value as f64, "#,##0").unwrap_or_default();
            proptest::prop_assert_eq!(text.replace(',', ""), if value == 0 { "0".to_owned() } else { value.to_string() });
        }
    }
}
