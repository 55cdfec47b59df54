//! What the reading and the drawing of pages share: the gaps between letters, and how pages are listed.

use hayro::kurbo::Point;

/// A letter on its line: where it begins and ends, and the height of its type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) start: Point,
    pub(crate) end: Point,
    pub(crate) size: f64,
}

/// The space or line break between two letters.
pub(crate) fn gap(before: Spot, next: Spot) -> Option<char> {
    let size = before.size.max(next.size).max(0.01);
    let along = before.end - before.start;
    let length = along.hypot();
    let step = next.start - before.end;
    // Distance along and across the direction of writing.
    let (ahead, across) = if length > 1e-6 {
        ((step.x * along.x + step.y * along.y) / length, (step.x * along.y - step.y * along.x).abs() / length)
    } else {
        (step.x, step.y.abs())
    };
    if across > size * 0.45 || ahead < -size * 2.0 {
        return Some('\n');
    }
    (ahead > size * 0.16).then_some(' ')
}

/// `page 3`, `pages 1 to 4 and 7`; nothing where there are none. The numbers ascend.
pub fn listed(pages: &[usize]) -> Option<String> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for page in pages {
        match ranges.last_mut() {
            Some((_, end)) if *end + 1 == *page => *end = *page,
            _ => ranges.push((*page, *page)),
        }
    }
    let words: Vec<String> = ranges.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a} to {b}") }).collect();
    let (last, before) = words.split_last()?;
    let list = if before.is_empty() { last.clone() } else { format!("{} and {last}", before.join(", ")) };
    Some(if pages.len() == 1 { format!("page {list}") } else { format!("pages {list}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_listed_as_ranges() {
        assert_eq!(listed(&[]), None);
        assert_eq!(listed(&[3]).unwrap(), "page 3");
        assert_eq!(listed(&[1, 2, 3, 7]).unwrap(), "pages 1 to 3 and 7");
        assert_eq!(listed(&[1, 3, 5]).unwrap(), "pages 1, 3 and 5");
    }

    #[test]
    fn letters_are_joined_spaced_or_broken() {
        let spot = |x: f64, y: f64| Spot { start: Point::new(x, y), end: Point::new(x + 5.0, y), size: 10.0 };
        assert_eq!(gap(spot(0.0, 0.0), spot(5.2, 0.0)), None);
        assert_eq!(gap(spot(0.0, 0.0), spot(8.0, 0.0)), Some(' '));
        assert_eq!(gap(spot(0.0, 0.0), spot(5.0, 12.0)), Some('\n'));
        assert_eq!(gap(spot(50.0, 0.0), spot(5.0, 0.0)), Some('\n'));
    }
}
