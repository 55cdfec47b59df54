//! What lies behind a place of the page, and what is drawn over it.

use hayro::kurbo::{BezPath, Point, Rect, Shape};

/// Most areas that are remembered; what comes after them is unknown ground.
const MOST: usize = 4_000;
/// Colours nearer than this, in 255ths, cannot be told apart.
const NEAR: u8 = 10;

/// An area that was painted.
struct Area {
    bounds: Rect,
    /// Its shape, where that is no rectangle.
    shape: Option<BezPath>,
    /// Its colour, if it is one and opaque.
    colour: Option<[u8; 3]>,
}

/// A letter that was written: where it stands, and its bytes in the content of a group.
pub(super) struct Mark {
    pub(super) bounds: Rect,
    pub(super) depth: usize,
    pub(super) bytes: (usize, usize),
}

/// The depth of letters in a group that was closed.
pub(super) const CLOSED: usize = usize::MAX;
/// The share of a letter from which on it counts as hidden in part.
const MUCH: f64 = 0.3;

/// Letters under an area.
#[derive(Default)]
pub(super) struct Under {
    /// Those that lie wholly under it; they are forgotten.
    pub(super) whole: Vec<Mark>,
    /// Some are hidden in part.
    pub(super) partly: bool,
}

/// What was painted so far.
#[derive(Default)]
pub(super) struct Behind {
    areas: Vec<Area>,
    /// Where pictures and small shapes were painted: what lies over one may hide something in it.
    pub(super) pictures: Vec<Rect>,
    pub(super) marks: Vec<Mark>,
}

impl Behind {
    /// Remembers an area.
    pub(super) fn paint(&mut self, bounds: Rect, shape: Option<BezPath>, colour: Option<[u8; 3]>) {
        if self.areas.len() < MOST {
            self.areas.push(Area { bounds, shape, colour });
        } else if self.areas.len() == MOST {
            self.areas.push(Area { bounds: Rect::new(-1e9, -1e9, 1e9, 1e9), shape: None, colour: None });
        }
    }

    /// Whether something of this colour cannot be seen at this place.
    pub(super) fn hides(&self, at: Point, colour: [u8; 3]) -> bool {
        let ground = self.areas.iter().rev().find(|area| holds(area.bounds, at));
        let ground = match ground {
            None => Some([255; 3]),
            // Beside the shape but inside its bounds lies something else.
            Some(area) => area.colour.filter(|_| area.shape.as_ref().is_none_or(|shape| shape.contains(at))),
        };
        ground.is_some_and(|ground| ground.iter().zip(colour).all(|(one, other)| one.abs_diff(other) < NEAR))
    }

    /// Whether an area lies on a picture or a shape that may be a letter.
    pub(super) fn on_picture(&self, bounds: Rect) -> bool {
        let broad = |rect: Rect| rect.width() >= 3.0 && rect.height() >= 3.0;
        broad(bounds) && self.pictures.iter().any(|picture| broad(picture.intersect(bounds)))
    }

    /// The letters under an opaque area that is drawn in a group of this depth. What lies in groups around it still shines through.
    pub(super) fn under(&mut self, bounds: Rect, shape: Option<&BezPath>, depth: usize) -> Under {
        if bounds.width() < 3.0 || bounds.height() < 3.0 {
            return Under::default();
        }
        let reached = |mark: &Mark| mark.depth == depth || (depth == 0 && mark.depth == CLOSED);
        let whole = |mark: &Mark| {
            let inner = mark.bounds;
            inner.x0 >= bounds.x0 - 0.5
                && inner.x1 <= bounds.x1 + 0.5
                && inner.y0 >= bounds.y0 - 0.5
                && inner.y1 <= bounds.y1 + 0.5
                && shape.is_none_or(|shape| corners(inner).into_iter().all(|corner| shape.contains(corner)))
        };
        let whole = self.marks.extract_if(.., |mark| reached(mark) && whole(mark)).collect();
        let partly = |mark: &Mark| {
            let shared = mark.bounds.intersect(bounds);
            let share = shared.width().max(0.0) * shared.height().max(0.0) / mark.bounds.area().max(1e-6);
            share >= MUCH && shape.is_none_or(|shape| shape.contains(shared.center()))
        };
        Under { whole, partly: self.marks.iter().any(|mark| reached(mark) && partly(mark)) }
    }
}

fn holds(bounds: Rect, at: Point) -> bool {
    at.x >= bounds.x0 && at.x <= bounds.x1 && at.y >= bounds.y0 && at.y <= bounds.y1
}

fn corners(rect: Rect) -> [Point; 5] {
    let inner = rect.inflate(-rect.width() * 0.05, -rect.height() * 0.05);
    [
        inner.center(),
        Point::new(inner.x0, inner.y0),
        Point::new(inner.x1, inner.y0),
        Point::new(inner.x0, inner.y1),
        Point::new(inner.x1, inner.y1),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: [u8; 3] = [0; 3];
    const WHITE: [u8; 3] = [255; 3];

    #[test]
    fn white_is_not_seen_on_paper_and_seen_on_black() {
        let mut behind = Behind::default();
        let at = Point::new(50.0, 50.0);
        assert!(behind.hides(at, WHITE) && behind.hides(at, [250; 3]) && !behind.hides(at, [200; 3]));
        behind.paint(Rect::new(0.0, 0.0, 100.0, 100.0), None, Some(BLACK));
        assert!(!behind.hides(at, WHITE) && behind.hides(at, BLACK));
        behind.paint(Rect::new(0.0, 0.0, 100.0, 100.0), None, None);
        assert!(!behind.hides(at, WHITE) && !behind.hides(at, BLACK), "a picture may have any colour");
    }

    #[test]
    fn letters_under_an_area_are_given_back_once() {
        let mut behind = Behind::default();
        let bounds = Rect::new(10.0, 10.0, 20.0, 20.0);
        behind.marks.push(Mark { bounds, depth: 0, bytes: (3, 9) });
        let half = behind.under(Rect::new(0.0, 0.0, 15.0, 40.0), None, 0);
        assert!(half.whole.is_empty() && half.partly);
        let round = hayro::kurbo::Circle::new((15.0, 15.0), 6.0).to_path(0.1);
        assert!(behind.under(round.bounding_box(), Some(&round), 0).whole.is_empty());
        let all = Rect::new(0.0, 0.0, 40.0, 40.0);
        assert!(behind.under(all, None, 1).whole.is_empty(), "it shines through a group");
        assert_eq!(behind.under(all, None, 0).whole.len(), 1);
        assert!(behind.under(all, None, 0).whole.is_empty());
    }
}
