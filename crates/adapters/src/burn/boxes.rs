//! From letters to the boxes that cover them.
//!
//! A box is as high as the line and a whole number of type sizes wide, so that it does not tell how
//! long the word was; boxes that nearly touch become one.

use hayro::kurbo::{Point, Rect, Vec2};

use super::glyphs::{Ink, Placed};
use super::wire::Area;

/// Boxes of more than this many are not merged with each other: it would take too long.
const MERGED: usize = 2_000;

/// A row of letters on one line, in one direction.
struct Row {
    cover: Rect,
    size: f64,
    along: Vec2,
    end: Point,
}

/// The boxes that cover these letters, not yet merged.
pub(super) fn cover(letters: &[&Placed], ink: &Ink) -> Vec<Rect> {
    let mut rows: Vec<Row> = Vec::new();
    for letter in letters {
        let cover = quad(letter, ink.get(letter.ordinal));
        let along = direction(letter);
        let upright = along.x.abs().max(along.y.abs()) > 0.999;
        match rows.last_mut() {
            Some(row) if upright && same_line(row, letter, along) => {
                row.cover = row.cover.union(cover);
                row.end = letter.end;
                row.size = row.size.max(letter.size);
            }
            _ => rows.push(Row { cover, size: letter.size, along, end: letter.end }),
        }
    }
    rows.iter().map(padded).collect()
}

fn direction(letter: &Placed) -> Vec2 {
    let along = letter.end - letter.start;
    let length = along.hypot();
    if length > 1e-6 { along / length } else { Vec2::new(1.0, 0.0) }
}

fn same_line(row: &Row, letter: &Placed, along: Vec2) -> bool {
    let step = letter.start - row.end;
    let size = row.size.max(letter.size);
    let ahead = step.dot(row.along);
    let across = step.cross(row.along).abs();
    row.along.dot(along) > 0.99 && across < size * 0.45 && ahead.abs() < size * 3.0
}

/// Where a letter may have ink: the height of its line and the width it takes, and where its ink is known to be.
fn quad(letter: &Placed, ink: Option<Rect>) -> Rect {
    let corners =
        [letter.start - letter.up * 0.25, letter.start + letter.up * 0.95, letter.end - letter.up * 0.25, letter.end + letter.up * 0.95];
    let quad = corners.iter().fold(Rect::from_points(letter.start, letter.end), |rect, corner| rect.union_pt(*corner));
    ink.map_or(quad, |ink| quad.union(ink))
}

/// A little room on all sides, and along the line a whole number of type sizes.
fn padded(row: &Row) -> Rect {
    let room = (row.size * 0.06).clamp(1.0, 12.0);
    let mut rect = row.cover.inflate(room, room);
    let grid = row.size.clamp(8.0, 400.0);
    if row.along.x.abs() >= row.along.y.abs() {
        let missing = (rect.width() / grid).ceil() * grid - rect.width();
        if row.along.x >= 0.0 { rect.x1 += missing } else { rect.x0 -= missing }
    } else {
        let missing = (rect.height() / grid).ceil() * grid - rect.height();
        if row.along.y >= 0.0 { rect.y1 += missing } else { rect.y0 -= missing }
    }
    rect
}

/// Whole pixels on a page of this size; nothing for what lies outside.
pub(super) fn area(rect: Rect, width: u32, height: u32) -> Option<Area> {
    let limit = |value: f64, most: u32| value.clamp(0.0, f64::from(most)) as u32;
    let area = Area {
        left: limit(rect.x0.floor(), width),
        top: limit(rect.y0.floor(), height),
        right: limit(rect.x1.ceil(), width),
        bottom: limit(rect.y1.ceil(), height),
    };
    (area.width() > 0 && area.height() > 0).then_some(area)
}

/// Boxes on one line that overlap or nearly touch, as one.
pub(super) fn merge(boxes: Vec<Area>) -> Vec<Area> {
    joined(boxes, touch)
}

/// Areas that belong together, as one each; too many are left as they are.
fn joined(mut boxes: Vec<Area>, together: impl Fn(Area, Area) -> bool) -> Vec<Area> {
    boxes.sort_unstable();
    boxes.dedup();
    if boxes.len() > MERGED {
        return boxes;
    }
    let mut changed = true;
    while changed {
        changed = false;
        let mut merged: Vec<Area> = Vec::with_capacity(boxes.len());
        for one in boxes {
            match merged.iter_mut().find(|other| together(**other, one)) {
                Some(other) => {
                    *other = other.with(one);
                    changed = true;
                }
                None => merged.push(one),
            }
        }
        boxes = merged;
    }
    boxes
}

/// Areas no farther than this from each other, in pixels, as one each.
pub(super) fn gathered(areas: Vec<Area>, apart: u32) -> Vec<Area> {
    let near = |a: Area, b: Area| {
        let between = |a: (u32, u32), b: (u32, u32)| a.0.max(b.0).saturating_sub(a.1.min(b.1));
        between((a.left, a.right), (b.left, b.right)) <= apart && between((a.top, a.bottom), (b.top, b.bottom)) <= apart
    };
    joined(areas, near)
}

/// On one line, with less than half a line's height between them; or one inside the other. A line may run down the page: its boxes are
/// higher than wide.
fn touch(a: Area, b: Area) -> bool {
    let inside = |a: Area, b: Area| a.with(b) == a;
    let in_line = match (is_upright(a), is_upright(b)) {
        (true, true) => beside(turned(a), turned(b)),
        (false, false) => beside(a, b),
        _ => false,
    };
    in_line || inside(a, b) || inside(b, a)
}

fn is_upright(area: Area) -> bool {
    area.height() > area.width()
}

fn turned(area: Area) -> Area {
    Area { left: area.top, top: area.left, right: area.bottom, bottom: area.right }
}

fn beside(a: Area, b: Area) -> bool {
    let shared = a.bottom.min(b.bottom).saturating_sub(a.top.max(b.top));
    let one_line = shared * 10 >= a.height().max(b.height()) * 7;
    let apart = a.left.max(b.left).saturating_sub(a.right.min(b.right));
    one_line && apart * 2 <= a.height().min(b.height())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(ordinal: u32, x: f64, width: f64) -> Placed {
        Placed::at(ordinal, Point::new(x, 100.0), Point::new(x + width, 100.0), 20.0)
    }

    #[test]
    fn boxes_are_as_wide_as_whole_type_sizes() {
        let none = Ink::of(std::iter::empty());
        for width in [3.0, 7.0, 11.0] {
            let (a, b) = (letter(0, 50.0, width), letter(1, 50.0 + width, width));
            let boxes = cover(&[&a, &b], &none);
            assert_eq!(boxes.len(), 1);
            assert!((boxes[0].width() / 20.0).fract().abs() < 1e-9, "{boxes:?}");
            assert!(boxes[0].y0 < 82.0 && boxes[0].y1 > 104.0, "{boxes:?}");
        }
    }

    #[test]
    fn letters_on_two_lines_make_two_boxes() {
        let none = Ink::of(std::iter::empty());
        let below = Placed::at(1, Point::new(10.0, 130.0), Point::new(20.0, 130.0), 20.0);
        assert_eq!(cover(&[&letter(0, 300.0, 10.0), &below], &none).len(), 2);
    }

    #[test]
    fn neighbours_become_one_box_and_others_stay() {
        let area = |left, top, right, bottom| Area { left, top, right, bottom };
        let merged = merge(vec![area(0, 0, 40, 20), area(46, 0, 80, 20), area(200, 0, 240, 20), area(0, 40, 40, 60)]);
        assert_eq!(merged, [area(0, 0, 80, 20), area(0, 40, 40, 60), area(200, 0, 240, 20)]);
    }

    #[test]
    fn lines_that_run_down_the_page_do_not_become_one_box() {
        let area = |left, top, right, bottom| Area { left, top, right, bottom };
        let lines = vec![area(0, 0, 20, 200), area(30, 0, 50, 200), area(60, 10, 80, 190)];
        assert_eq!(merge(lines.clone()), lines);
        assert_eq!(merge(vec![area(0, 0, 20, 40), area(0, 46, 20, 90)]), [area(0, 0, 20, 90)]);
        assert_eq!(merge(vec![area(0, 0, 20, 40), area(22, 0, 90, 20)]).len(), 2);
    }

    #[test]
    fn pictures_near_each_other_are_one() {
        let area = |left, top, right, bottom| Area { left, top, right, bottom };
        let letters = vec![area(0, 0, 20, 30), area(28, 0, 48, 30), area(60, 0, 80, 30), area(200, 0, 220, 30)];
        assert_eq!(gathered(letters, 12), [area(0, 0, 80, 30), area(200, 0, 220, 30)]);
        let strips = vec![area(0, 0, 400, 9), area(0, 9, 400, 18), area(0, 60, 400, 69)];
        assert_eq!(gathered(strips, 0), [area(0, 0, 400, 18), area(0, 60, 400, 69)]);
    }

    #[test]
    fn what_lies_outside_the_page_is_no_area() {
        assert_eq!(super::area(Rect::new(-50.0, 0.0, -1.0, 9.0), 100, 100), None);
        assert_eq!(super::area(Rect::new(-5.0, 90.5, 5.2, 200.0), 100, 100), Some(Area { left: 0, top: 90, right: 6, bottom: 100 }));
    }
}
