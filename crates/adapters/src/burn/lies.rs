//! Whether a letter looks like what its font says of it. A font may call an `R` an `a`, by mistake or on purpose: then the words of the page
//! are others than those that are seen, and only the picture of the page tells.
//!
//! The shape of a letter is laid on a grid and compared with those of the fonts every viewer has. What looks clearly like another letter than
//! it is said to be is a letter that could not be recognised.

use std::sync::LazyLock;

use hayro::kurbo::{BezPath, PathEl, Point, Rect, Shape as _, flatten};

use super::anew::standard_letters;

/// Sides of the grid.
const GRID: usize = 20;
/// A letter is another one when it is as like to it as this, and by so much more than to what it is said to be.
const LIKE: f64 = 0.72;
const CLEARLY: f64 = 0.16;
/// Ink of a blank that is higher than this, in thousandths of the size, is seen.
const SEEN: f64 = 200.0;
/// Letters thinner than this, as a part of their height, all look alike.
const THIN: f64 = 0.3;

/// A shape on the grid: a bit for each cell of a row.
#[derive(Debug, Clone, PartialEq)]
struct Print {
    rows: [u32; GRID],
    /// Width as a part of the height.
    wide: f64,
}

/// The letters and digits of the fonts every viewer has.
static KNOWN: LazyLock<Vec<(char, Print)>> = LazyLock::new(|| {
    let prints = standard_letters().into_iter().filter_map(|(code, path)| {
        let letter = char::from(code);
        let print = letter.is_ascii_alphanumeric().then(|| Print::of(&path)).flatten()?;
        Some((one_of_its_look(letter)?, print))
    });
    prints.collect()
});

/// Whether a letter that is said to be this looks like another one.
pub(super) fn lies(path: &BezPath, said: char) -> bool {
    if said.is_whitespace() || said.is_control() {
        return path.bounding_box().height() > SEEN && !path.elements().is_empty();
    }
    let Some(said) = one_of_its_look(said) else { return false };
    let Some(print) = Print::of(path).filter(|print| print.wide >= THIN) else { return false };
    let best = |same: bool| {
        let known = KNOWN.iter().filter(|(letter, _)| (*letter == said) == same);
        known.map(|(_, known)| print.likeness(known)).fold(0.0_f64, f64::max)
    };
    let as_said = best(true);
    // Most letters look as they are said to: no other can be so much more like them.
    as_said + CLEARLY <= 1.0 && best(false) >= LIKE.max(as_said + CLEARLY)
}

/// One letter for all that look alike, in size at most different; nothing for what is no Latin letter or digit.
fn one_of_its_look(letter: char) -> Option<char> {
    let letter = letter.to_ascii_lowercase();
    letter.is_ascii_alphanumeric().then_some(match letter {
        '0' => 'o',
        '1' | 'i' | 'j' => 'l',
        '9' => 'g',
        '5' => 's',
        '2' => 'z',
        other => other,
    })
}

impl Print {
    fn of(path: &BezPath) -> Option<Self> {
        let bounds = path.bounding_box();
        if bounds.width() < 1.0 || bounds.height() < 1.0 || !bounds.is_finite() {
            return None;
        }
        let sides = sides(path, bounds);
        let mut rows = [0_u32; GRID];
        for (number, row) in rows.iter_mut().enumerate() {
            let y = number as f64 + 0.5;
            let mut crossings: Vec<(f64, i32)> = sides.iter().filter_map(|(a, b)| crossing(*a, *b, y)).collect();
            crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut winding = 0;
            for pair in crossings.windows(2) {
                let [(from, turn), (to, _)] = pair else { continue };
                winding += turn;
                if winding != 0 {
                    let cells = (0..GRID).filter(|cell| (*from..*to).contains(&(*cell as f64 + 0.5)));
                    *row = cells.fold(*row, |row, cell| row | 1 << cell);
                }
            }
        }
        Some(Self { rows, wide: bounds.width() / bounds.height() })
    }

    /// The part of the ink of both that is common to them, less where one is much wider.
    fn likeness(&self, other: &Self) -> f64 {
        let both = |of: fn(u32, u32) -> u32| self.rows.iter().zip(other.rows).map(|(one, other)| of(*one, other).count_ones()).sum::<u32>();
        let (common, all) = (both(|one, other| one & other), both(|one, other| one | other).max(1));
        let stretch = (self.wide / other.wide).min(other.wide / self.wide);
        f64::from(common) / f64::from(all) * stretch.sqrt().sqrt()
    }
}

/// The sides of a shape, on the grid.
fn sides(path: &BezPath, bounds: Rect) -> Vec<(Point, Point)> {
    let cells = GRID as f64;
    let on_grid =
        |point: Point| Point::new((point.x - bounds.x0) / bounds.width() * cells, (point.y - bounds.y0) / bounds.height() * cells);
    let (mut sides, mut start, mut at) = (Vec::new(), Point::ZERO, Point::ZERO);
    flatten(path, bounds.height() / 100.0, |element| match element {
        PathEl::MoveTo(to) => {
            sides.push((at, start));
            (start, at) = (on_grid(to), on_grid(to));
        }
        PathEl::LineTo(to) => {
            let to = on_grid(to);
            sides.push((at, to));
            at = to;
        }
        _ => {
            sides.push((at, start));
            at = start;
        }
    });
    sides.push((at, start));
    sides
}

/// Where a side crosses a row, and which way.
fn crossing(a: Point, b: Point, y: f64) -> Option<(f64, i32)> {
    let turn = match (a.y <= y, b.y <= y) {
        (true, false) => 1,
        (false, true) => -1,
        _ => return None,
    };
    Some((a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), turn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_what_they_look_like() {
        for (code, path) in standard_letters().into_iter().filter(|(code, _)| code.is_ascii_graphic()) {
            let letter = char::from(code);
            assert!(!lies(&path, letter), "{letter}");
            assert!(!letter.is_ascii_alphabetic() || Print::of(&path).is_some());
        }
    }

    #[test]
    fn letters_that_are_called_something_else_are_told() {
        let (mut told, mut all) = (0, 0);
        // Those of the first font: the others are of other families, or bold.
        for (code, path) in standard_letters().into_iter().take(94) {
            let letter = char::from(code);
            let Some(look) = one_of_its_look(letter).filter(|look| *look != 'l') else { continue };
            for said in "abcdefghkmnopqrstuvwxyz".chars().filter(|said| one_of_its_look(*said) != Some(look)) {
                all += 1;
                told += usize::from(lies(&path, said));
            }
        }
        assert!(told * 100 >= all * 90, "{told} of {all}");
    }

    #[test]
    fn a_blank_with_ink_is_no_blank() {
        let (_, path) = standard_letters().into_iter().find(|(code, _)| *code == b'R').unwrap();
        assert!(lies(&path, ' ') && lies(&path, '\u{A0}') && !lies(&BezPath::new(), ' '));
        assert!(!lies(&path, '\u{416}'), "of other scripts nothing is known");
    }
}
