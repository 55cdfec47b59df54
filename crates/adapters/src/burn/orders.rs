//! In which orders the letters of a page may be read: nothing says that they are drawn as they stand.

use std::collections::HashMap;

use hayro::kurbo::{Point, Vec2};

use super::glyphs::Placed;

/// Letters whose directions differ by less than this, in radians, run the same way.
const SAME_WAY: f64 = 0.02;
/// How far from each other, as a part of their size, letters of one line may lie across it.
const LINE: f64 = 0.4;
/// From this gap on, as a part of the size, what follows on a line is another column.
const COLUMN: f64 = 0.7;
/// How far below the next line of a column may lie, as a part of the size.
const BELOW: f64 = 2.4;
/// So many pieces of lines are compared with each other; a page that asks for more is read as it stands.
const MOST_LOOKS: usize = 5_000_000;

/// A letter as its line sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Which letter of the page.
    pub(super) index: usize,
    /// Where it begins and ends along its line.
    along: (f64, f64),
    /// How far down its line lies.
    down: f64,
    size: f64,
}

/// A part of a line without a broad gap.
pub(super) struct Piece {
    /// Which line, from the first.
    pub(super) line: usize,
    /// Its letters, along the line.
    pub(super) letters: Vec<Seen>,
    /// Where it begins and ends along the line.
    pub(super) from: f64,
    pub(super) to: f64,
    /// How far down its line lies.
    pub(super) down: f64,
    pub(super) size: f64,
}

/// How the letters of a page stand.
pub(super) struct Standing {
    /// The orders in which they make sense.
    pub(super) orders: Vec<Vec<usize>>,
    /// The lines of those that run the way in which most do, in parts, from the first.
    pub(super) pieces: Vec<Piece>,
}

/// The orders in which letters make sense, beside the one in which they are drawn: as they stand, line by line; column by column, where
/// that is another; and down the page, where letters stand below each other, each alone. Letters that run in other directions are read in
/// theirs.
pub(super) fn standing(placed: &[Placed]) -> Standing {
    let (mut standing, mut columns, mut stacks) = (Vec::with_capacity(placed.len()), Vec::new(), Vec::new());
    let mut drawn_apart = false;
    let (mut most, mut main) = (0, Vec::new());
    for way in ways(placed) {
        let count = way.len();
        let lines = lines(way);
        standing.extend(lines.iter().flatten().map(|letter| letter.index));
        let pieces: Vec<Piece> = lines.iter().enumerate().flat_map(|(number, line)| pieces(number, line)).collect();
        drawn_apart |= pieces.len() > lines.len();
        stacks.extend(stacked(&pieces));
        columns.extend(by_column(&pieces));
        if count > most {
            (most, main) = (count, pieces);
        }
    }
    let mut orders = vec![standing];
    if drawn_apart && orders.first() != Some(&columns) {
        orders.push(columns);
    }
    if !stacks.is_empty() {
        orders.push(stacks);
    }
    Standing { orders, pieces: main }
}

/// The letters by the direction in which they run.
fn ways(placed: &[Placed]) -> Vec<Vec<Seen>> {
    let mut turned: Vec<(f64, usize)> = placed.iter().enumerate().map(|(index, letter)| (angle(letter), index)).collect();
    turned.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut ways = Vec::new();
    for way in turned.chunk_by(|a, b| b.0 - a.0 < SAME_WAY) {
        let Some((angle, _)) = way.first() else { continue };
        let along = Vec2::from_angle(*angle);
        let down = Vec2::new(-along.y, along.x);
        let seen = |(_, index): &(f64, usize)| {
            let letter = placed.get(*index)?;
            let at = |point: Point| point.to_vec2().dot(along);
            let down = letter.start.to_vec2().dot(down);
            Some(Seen { index: *index, along: (at(letter.start), at(letter.end)), down, size: letter.size })
        };
        ways.push(way.iter().filter_map(seen).collect());
    }
    ways
}

fn angle(letter: &Placed) -> f64 {
    let along = letter.end - letter.start;
    // What moves nothing on stands as its own height says.
    let along = if along.hypot() > 1e-6 { along } else { Vec2::new(-letter.up.y, letter.up.x) };
    // Just below a half turn is the same as just above it.
    let angle = along.atan2();
    if angle < SAME_WAY - std::f64::consts::PI { angle + std::f64::consts::TAU } else { angle }
}

/// Letters by line from the first, and in each along it.
fn lines(mut letters: Vec<Seen>) -> Vec<Vec<Seen>> {
    letters.sort_by(|a, b| a.down.total_cmp(&b.down));
    let mut lines = Vec::new();
    let mut rest = letters.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|letter| letter.down - first.down <= first.size * LINE).count().max(1);
        let (line, below) = rest.split_at(count);
        let mut line = line.to_vec();
        line.sort_by(|a, b| a.along.0.total_cmp(&b.along.0));
        lines.push(line);
        rest = below;
    }
    lines
}

fn pieces(number: usize, line: &[Seen]) -> Vec<Piece> {
    let near = |a: &Seen, b: &Seen| b.along.0 - a.along.1 < a.size.max(b.size) * COLUMN;
    let piece = |letters: &[Seen]| {
        let of = |value: fn(&Seen) -> f64, pick: fn(f64, f64) -> f64| letters.iter().map(value).reduce(pick).unwrap_or_default();
        Piece {
            line: number,
            from: of(|letter| letter.along.0, f64::min),
            to: of(|letter| letter.along.1, f64::max),
            down: of(|letter| letter.down, f64::min),
            size: of(|letter| letter.size, f64::max),
            letters: letters.to_vec(),
        }
    };
    line.chunk_by(near).map(piece).collect()
}

/// Each piece, then what stands below it, as far as that goes.
fn by_column(pieces: &[Piece]) -> Vec<usize> {
    let below = below(pieces);
    let mut taken = vec![false; pieces.len()];
    let mut order = Vec::new();
    for first in 0..pieces.len() {
        let mut next = Some(first);
        while let Some(piece) = next.filter(|next| taken.get(*next) == Some(&false)) {
            if let Some(taken) = taken.get_mut(piece) {
                *taken = true;
            }
            order.extend(pieces.get(piece).into_iter().flat_map(|piece| &piece.letters).map(|letter| letter.index));
            next = below.get(&piece).copied();
        }
    }
    order
}

/// For each piece the one on a line below that shares most of its width.
fn below(pieces: &[Piece]) -> HashMap<usize, usize> {
    let mut below = HashMap::new();
    let mut looks = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let mut best = (0.0, f64::INFINITY, 0);
        let next = pieces.partition_point(|other| other.line <= piece.line);
        for (other, candidate) in pieces.iter().enumerate().skip(next) {
            looks += 1;
            if looks > MOST_LOOKS {
                return below;
            }
            let (step, size) = (candidate.down - piece.down, piece.size.max(candidate.size));
            if step > size * BELOW || step > best.1 + size * LINE {
                break;
            }
            let shared = candidate.to.min(piece.to) - candidate.from.max(piece.from);
            if shared > best.0 {
                best = (shared, step, other);
            }
        }
        if best.0 > 0.0 {
            below.insert(at, best.2);
        }
    }
    below
}

/// Letters that stand alone, one below the other.
fn stacked(pieces: &[Piece]) -> Vec<usize> {
    let all: Vec<Piece> =
        pieces.iter().filter_map(|piece| if let [one] = piece.letters.as_slice() { Some(alone(piece.line, *one)) } else { None }).collect();
    if all.len() < 2 { Vec::new() } else { by_column(&all) }
}

fn alone(line: usize, letter: Seen) -> Piece {
    // A narrow letter stands below a broad one wherever in its width.
    let (from, to) = (letter.along.0, letter.along.0 + letter.size);
    Piece { line, letters: vec![letter], from, to, down: letter.down, size: letter.size }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{FRAC_PI_2, PI};

    use super::*;

    /// Letters of ten units at these places, each six wide, turned about the origin.
    fn placed(at: &[(char, f64, f64)], turn: f64) -> Vec<Placed> {
        let turn = hayro::kurbo::Affine::rotate(turn);
        let letter = |(index, (_, x, y)): (usize, &(char, f64, f64))| {
            Placed::at(index as u32, turn * Point::new(*x, *y), turn * Point::new(x + 6.0, *y), 10.0)
        };
        at.iter().enumerate().map(letter).collect()
    }

    fn read(at: &[(char, f64, f64)], turn: f64) -> Vec<String> {
        standing(&placed(at, turn)).orders.into_iter().map(|order| order.into_iter().map(|index| at[index].0).collect()).collect()
    }

    #[test]
    fn letters_drawn_in_any_order_are_read_as_they_stand_however_they_are_turned() {
        let at = [('d', 16.0, 20.0), ('b', 16.0, 0.0), ('c', 10.0, 20.0), ('a', 10.0, 0.0)];
        for turn in [0.0, 0.12, 1.0, FRAC_PI_2, PI, -FRAC_PI_2, -3.0] {
            assert_eq!(read(&at, turn).first().unwrap(), "abcd", "{turn}");
        }
    }

    #[test]
    fn columns_drawn_line_by_line_are_read_one_after_the_other() {
        let at = [('a', 0.0, 0.0), ('b', 6.0, 0.0), ('x', 60.0, 0.0), ('c', 0.0, 12.0), ('y', 60.0, 12.0), ('z', 60.0, 24.0)];
        assert_eq!(read(&at, 0.3).get(..2).unwrap(), ["abxcyz", "abcxyz"]);
        let one = [('a', 0.0, 0.0), ('b', 6.0, 0.0), ('c', 0.0, 12.0), ('d', 6.0, 12.0)];
        assert_eq!(read(&one, 0.0), ["abcd"]);
    }

    #[test]
    fn letters_below_each_other_are_read_downwards() {
        let at = [('a', 0.0, 0.0), ('x', 60.0, 0.0), ('b', 1.0, 14.0), ('y', 59.0, 14.0), ('w', 100.0, 14.0), ('v', 106.0, 14.0)];
        assert!(read(&at, 0.0).contains(&"abxy".to_owned()));
    }
}
