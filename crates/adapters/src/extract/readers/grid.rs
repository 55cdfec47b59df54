//! The cells of a workbook in their rows and columns, sheet by sheet, for rows that are items of their own.

use serde::{Deserialize, Serialize};

/// Columns of a sheet at most: as many as Excel and Calc know.
const COLUMNS: u32 = 16_384;

/// Why no row of a workbook is taken when some cannot be.
pub(super) const NOT_WHOLE: &str = "is damaged, or larger than is read of one workbook; save its sheets as CSV";

/// A sheet of a workbook: each cell as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its rows in CSV, separated by commas; rows without a cell are left out.
    pub csv: String,
    /// Whether its cells came in order, each once: else a value may stand below another heading than its own.
    pub in_order: bool,
}

/// The sheets so far.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    pub(crate) sheets: Vec<Sheet>,
    row: Option<u32>,
    /// The column behind the last that was written.
    column: u32,
    taken: usize,
}

impl Grid {
    /// Another sheet.
    pub(crate) fn begin(&mut self, name: &str) {
        self.end_row();
        self.sheets.push(Sheet { name: name.to_owned(), csv: String::new(), in_order: true });
    }

    /// A cell by its row and column, from 0 or from 1, but always alike.
    pub(crate) fn put(&mut self, row: u32, column: u32, text: &str) {
        if self.row != Some(row) {
            let before = self.row;
            self.end_row();
            let Some(sheet) = self.sheets.last_mut() else {
                self.taken += 1;
                return;
            };
            sheet.in_order &= before.is_none_or(|before| before < row);
            self.row = Some(row);
        }
        let Some(sheet) = self.sheets.last_mut() else { return };
        if column < self.column || column >= COLUMNS {
            sheet.in_order = false;
            self.taken += 1;
            return;
        }
        let before = sheet.csv.len();
        (self.column..column).for_each(|_| sheet.csv.push(','));
        if self.column > 0 {
            sheet.csv.push(',');
        }
        if text.contains(['"', ',', '\n', '\r']) {
            sheet.csv.push('"');
            text.split_inclusive('"').for_each(|piece| {
                sheet.csv.push_str(piece);
                if piece.ends_with('"') {
                    sheet.csv.push('"');
                }
            });
            sheet.csv.push('"');
        } else {
            sheet.csv.push_str(text);
        }
        self.taken += sheet.csv.len() - before;
        self.column = column + 1;
    }

    /// Bytes written so far; a cell that has no place in a sheet counts as one, for there may be endlessly many.
    pub(crate) fn taken(&self) -> usize {
        self.taken
    }

    /// Ends the last row.
    pub(crate) fn end_row(&mut self) {
        if self.row.take().is_some()
            && let Some(sheet) = self.sheets.last_mut()
        {
            sheet.csv.push('\n');
        }
        self.column = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_in_their_columns() {
        let mut grid = Grid::default();
        grid.begin("A");
        for (row, column, text) in [(0, 0, "Id"), (0, 2, "Na\"me"), (1, 1, "x,y"), (1, 2, "two\nlines"), (7, 0, "z")] {
            grid.put(row, column, text);
        }
        grid.begin("B");
        grid.end_row();
        let sheet = |name: &str, csv: &str| Sheet { name: name.to_owned(), csv: csv.to_owned(), in_order: true };
        assert_eq!(grid.sheets, [sheet("A", "Id,,\"Na\"\"me\"\n,\"x,y\",\"two\nlines\"\nz\n"), sheet("B", "")]);
        assert_eq!(grid.taken(), grid.sheets[0].csv.len() - 3);
    }

    #[test]
    fn cells_without_a_place_are_counted() {
        let mut grid = Grid::default();
        grid.put(0, 0, "no sheet");
        grid.begin("A");
        for row in 0..2 {
            grid.put(row, COLUMNS, "beyond the last column");
        }
        assert_eq!(grid.taken(), 3);
    }

    #[test]
    fn what_comes_twice_or_backwards_is_said() {
        for cells in [&[(1, 1), (1, 1)][..], &[(1, 1), (1, 0)], &[(2, 0), (1, 0)], &[(0, COLUMNS)]] {
            let mut grid = Grid::default();
            grid.begin("A");
            for (row, column) in cells {
                grid.put(*row, *column, "x");
            }
            assert!(!grid.sheets[0].in_order, "{cells:?}");
        }
    }
}
