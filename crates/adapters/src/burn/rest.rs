//! What of a picture was not read: what remains when the words that were read are taken away from it.

use super::wire::Area;
use crate::letters::Seen;

/// Words of less certainty, in percent, may be something else: they stay.
const SURE: f32 = 75.0;
/// A dot that differs from the ground by so much is ink.
const INK: u8 = 60;
/// Fewer dots of ink than this, or than so many of all, are specks.
const SPECKS: usize = 300;
const PART: usize = 4_000;

/// The grey picture file, of which the last `width` times `height` bytes are its dots, with the ground in the place of words that are sure and
/// of areas that are `covered`. Nothing where no more than specks remain.
pub(super) fn of(mut file: Vec<u8>, (width, height): (u32, u32), words: &[Seen], covered: &[Area]) -> Option<Vec<u8>> {
    let head = file.len().checked_sub(width as usize * height as usize)?;
    let dots = file.get_mut(head..)?;
    let mut shades = [0_usize; 256];
    for dot in dots.iter() {
        if let Some(count) = shades.get_mut(usize::from(*dot)) {
            *count += 1;
        }
    }
    let ground = (0..=u8::MAX).zip(shades).max_by_key(|(_, count)| *count).map_or(u8::MAX, |(shade, _)| shade);
    for area in words.iter().filter(|word| word.certainty >= SURE).map(around).chain(covered.iter().copied()) {
        for row in dots.chunks_exact_mut(width.max(1) as usize).take(area.bottom as usize).skip(area.top as usize) {
            let end = (area.right as usize).min(row.len());
            if let Some(part) = row.get_mut(area.left as usize..end) {
                part.fill(ground);
            }
        }
    }
    let ink = dots.iter().filter(|dot| dot.abs_diff(ground) >= INK).count();
    (ink > SPECKS.max(dots.len() / PART)).then_some(file)
}

/// Where a word stands, with its edges.
fn around(word: &Seen) -> Area {
    let [left, top, width, height] = word.place;
    let room = width.min(height) / 5 + 2;
    Area {
        left: left.saturating_sub(room),
        top: top.saturating_sub(room),
        right: left.saturating_add(width).saturating_add(room),
        bottom: top.saturating_add(height).saturating_add(room),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: u32 = 120;

    /// Black squares of thirty dots on white.
    fn picture(squares: &[(u32, u32)]) -> Vec<u8> {
        let inside = |x: u32, y: u32| squares.iter().any(|(left, top)| (*left..left + 30).contains(&x) && (*top..top + 30).contains(&y));
        let dots = (0..SIDE * SIDE).map(|at| if inside(at % SIDE, at / SIDE) { 0 } else { 255 });
        b"P5 120 120 255\n".iter().copied().chain(dots).collect()
    }

    fn word(left: u32, top: u32, certainty: f32) -> Seen {
        Seen { line: (1, 1, 1), place: [left, top, 30, 30], certainty, text: "Ada".to_owned() }
    }

    fn rest(squares: &[(u32, u32)], words: &[Seen], covered: &[Area]) -> Option<Vec<u8>> {
        of(picture(squares), (SIDE, SIDE), words, covered)
    }

    #[test]
    fn of_a_picture_that_was_read_nothing_remains() {
        assert_eq!(rest(&[(10, 10)], &[word(10, 10, 95.0)], &[]), None);
        assert_eq!(rest(&[(10, 10)], &[], &[Area { left: 10, top: 10, right: 40, bottom: 40 }]), None);
        assert_eq!(rest(&[], &[], &[]), None);
        assert_eq!(of(vec![0; 9], (SIDE, SIDE), &[], &[]), None, "no picture");
    }

    #[test]
    fn what_was_not_read_or_hardly_remains() {
        assert_eq!(rest(&[(10, 10), (70, 70)], &[word(10, 10, 95.0)], &[]), Some(picture(&[(70, 70)])));
        assert_eq!(rest(&[(10, 10)], &[word(10, 10, 40.0)], &[]), Some(picture(&[(10, 10)])));
        let beyond = word(u32::MAX, u32::MAX, 95.0);
        assert_eq!(rest(&[(10, 10)], &[beyond], &[]), Some(picture(&[(10, 10)])));
    }
}
