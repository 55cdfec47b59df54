//! What is said about stretches of the text of a Word document (MS-DOC): pages of 512 bytes
//! with the ends of stretches in front and lists of properties behind them.

use super::ole::{half, word};
use super::word_97::table;

const PAGE: usize = 512;
/// Where the places of the two lists of pages stand: for letters and for paragraphs.
const LETTERS: usize = 0xFA;
const PARAGRAPHS: usize = 0x102;
/// Properties: taken away, in a table, the end of a row.
const DELETED: u16 = 0x0800;
const IN_TABLE: u16 = 0x2416;
const ROW_END: u16 = 0x2417;

/// Stretches of the file, by place, in order.
#[derive(Debug, Default)]
pub(super) struct Runs {
    deleted: Vec<(u32, u32)>,
    in_table: Vec<(u32, u32)>,
    row_ends: Vec<(u32, u32)>,
}

impl Runs {
    /// Reads them. What is damaged is left out: it says how the text looks, not what it is.
    pub(super) fn read(main: &[u8], tables: &[u8]) -> Self {
        let mut runs = Self::default();
        pages(main, table(main, tables, LETTERS), |page| runs.letters(page));
        pages(main, table(main, tables, PARAGRAPHS), |page| runs.paragraphs(page));
        for list in [&mut runs.deleted, &mut runs.in_table, &mut runs.row_ends] {
            list.sort_unstable();
        }
        runs
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.deleted.is_empty() && self.in_table.is_empty() && self.row_ends.is_empty()
    }

    /// Whether rows are told apart from cells.
    pub(super) const fn tell_rows(&self) -> bool {
        !self.row_ends.is_empty()
    }

    pub(super) fn is_deleted(&self, place: usize) -> bool {
        within(&self.deleted, place)
    }

    pub(super) fn is_in_table(&self, place: usize) -> bool {
        within(&self.in_table, place)
    }

    pub(super) fn is_row_end(&self, place: usize) -> bool {
        within(&self.row_ends, place)
    }

    /// A page about letters: a byte each says where its list stands.
    fn letters(&mut self, page: &[u8]) {
        stretches(page, 1, |range, at| {
            let length = page.get(at).copied().unwrap_or_default();
            let list = page.get(at + 1..at + 1 + usize::from(length)).unwrap_or_default();
            properties(list, |property, on| {
                if property == DELETED && on {
                    self.deleted.push(range);
                }
            });
        });
    }

    /// A page about paragraphs: thirteen bytes each, of which the first says where its list is.
    fn paragraphs(&mut self, page: &[u8]) {
        stretches(page, 13, |range, at| {
            let length = usize::from(page.get(at).copied().unwrap_or_default());
            let (start, length) = match length {
                0 => (at + 2, 2 * usize::from(page.get(at + 1).copied().unwrap_or_default())),
                length => (at + 1, 2 * length - 1),
            };
            let list = page.get(start..start + length).and_then(|list| list.get(2..)).unwrap_or_default();
            properties(list, |property, on| match property {
                IN_TABLE if on => self.in_table.push(range),
                ROW_END if on => self.row_ends.push(range),
                _ => {}
            });
        });
    }
}

fn within(list: &[(u32, u32)], place: usize) -> bool {
    let before = list.partition_point(|(start, _)| *start as usize <= place);
    before.checked_sub(1).and_then(|at| list.get(at)).is_some_and(|(_, end)| place < *end as usize)
}

fn pages(main: &[u8], list: Option<&[u8]>, mut each: impl FnMut(&[u8])) {
    let Some(list) = list else { return };
    let count = list.len().saturating_sub(4) / 8;
    // There are no more pages than fit into the file, however many a hostile list names.
    for number in 0..count.min(main.len() / PAGE + 1) {
        let page = word(list, 4 * (count + 1) + 4 * number).map(|page| (page & 0x003F_FFFF) as usize * PAGE);
        if let Some(page) = page.and_then(|at| main.get(at..at + PAGE)) {
            each(page);
        }
    }
}

/// The stretches of a page that have a list, and where it stands.
fn stretches(page: &[u8], width: usize, mut each: impl FnMut((u32, u32), usize)) {
    let count = page.last().copied().map_or(0, usize::from);
    for number in 0..count {
        let range = word(page, 4 * number).zip(word(page, 4 * number + 4));
        let at = page.get(4 * (count + 1) + width * number).copied().map_or(0, usize::from);
        if let Some(range) = range.filter(|_| at > 0) {
            each(range, 2 * at);
        }
    }
}

/// Goes through a list: a number each, which tells the length of what follows.
fn properties(mut list: &[u8], mut each: impl FnMut(u16, bool)) {
    while let Some(number) = half(list, 0) {
        let rest = list.get(2..).unwrap_or_default();
        let length = match number >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if number == 0xD608 => half(rest, 0).map_or(0, usize::from) + 1,
            _ => rest.first().copied().map_or(0, usize::from) + 1,
        };
        each(number, matches!(rest.first(), Some(1 | 0x81)));
        list = rest.get(length..).unwrap_or_default();
    }
}
