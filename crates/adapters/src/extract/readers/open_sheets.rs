//! The rows of `OpenDocument` sheets, each cell in its column.

use super::grid::Grid;
use super::office::decoded;
use crate::extract::markup::{Tag, Token, Tokens, local, push_decoded, tokens};

/// Columns that a repeated cell is written into at most.
const COLUMNS: u32 = 16_384;

/// Writes the cells of all sheets. Whether all were: within `limit` bytes, and to the end of the document.
pub(super) fn rows(xml: &str, grid: &mut Grid, limit: usize) -> bool {
    let mut sheet = Sheet::default();
    let mut rest = tokens(xml);
    while let Some(token) = rest.next() {
        match token {
            Token::Open(tag) => sheet.open(&tag, &mut rest, grid),
            Token::Close(name) => sheet.close(local(name), grid, limit),
            Token::Text(text) if sheet.paragraphs > 0 => push_decoded(&mut sheet.text, text),
            Token::Literal(text) if sheet.paragraphs > 0 => sheet.text.push_str(text),
            _ => {}
        }
        if grid.taken() > limit {
            return false;
        }
    }
    grid.end_row();
    sheet.ended
}

/// Where the reading stands.
#[derive(Default)]
struct Sheet {
    row: u32,
    column: u32,
    /// How often the row, the cell are there.
    rows: u32,
    columns: u32,
    /// The filled cells of the row.
    cells: Vec<(u32, u32, String)>,
    inside: bool,
    /// Paragraphs around the text.
    paragraphs: usize,
    text: String,
    /// What the cell holds, where it shows nothing.
    kept: String,
    ended: bool,
}

/// How often something is there.
fn times(tag: &Tag<'_>, name: &str) -> u32 {
    tag.raw(name).and_then(|times| times.trim().parse().ok()).unwrap_or(1).max(1)
}

impl Sheet {
    fn open(&mut self, tag: &Tag<'_>, rest: &mut Tokens<'_>, grid: &mut Grid) {
        match tag.local() {
            // Cells that were deleted or stand elsewhere, pictures, and what is written beside a cell.
            "tracked-changes" | "dde-links" | "shapes" | "annotation" | "frame" if !tag.empty => {
                rest.skip_to_close(tag.name);
            }
            "table" if tag.name.starts_with("table:") => {
                (self.row, self.column) = (0, 0);
                grid.begin(&tag.attribute("name").unwrap_or_default());
            }
            "table-row" => {
                (self.column, self.rows) = (0, times(tag, "number-rows-repeated"));
                self.cells.clear();
                if tag.empty {
                    self.row = self.row.saturating_add(self.rows);
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.columns = times(tag, "number-columns-repeated");
                self.text.clear();
                let held = ["string-value", "date-value", "time-value", "boolean-value", "value"];
                self.kept = held.iter().find_map(|name| tag.attribute(name)).unwrap_or_default();
                self.inside = !tag.empty;
                if tag.empty {
                    self.end_cell();
                }
            }
            "p" | "h" if self.inside && !tag.empty => {
                if self.paragraphs == 0 && !self.text.is_empty() {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
            }
            "tab" if self.paragraphs > 0 => self.text.push('\t'),
            "line-break" if self.paragraphs > 0 => self.text.push('\n'),
            "s" if self.paragraphs > 0 && tag.name.starts_with("text:") => self.text.push(' '),
            // How the letters before are spoken.
            "ruby-text" if self.paragraphs > 0 && !tag.empty => self.text.push_str(&decoded(rest.skip_to_close(tag.name))),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, grid: &mut Grid, limit: usize) {
        match name {
            "p" | "h" => self.paragraphs = self.paragraphs.saturating_sub(1),
            "table-cell" | "covered-table-cell" => self.end_cell(),
            "table-row" => self.end_row(grid, limit),
            "spreadsheet" => self.ended = true,
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        (self.inside, self.paragraphs) = (false, 0);
        let shown = if self.text.trim().is_empty() { &self.kept } else { &self.text };
        if !shown.is_empty() {
            self.cells.push((self.column, self.columns.min(COLUMNS), shown.clone()));
        }
        self.column = self.column.saturating_add(self.columns);
    }

    /// Writes the row, as often as it is there.
    fn end_row(&mut self, grid: &mut Grid, limit: usize) {
        for row in 0..if self.cells.is_empty() { 0 } else { self.rows } {
            for (column, columns, text) in &self.cells {
                for column in *column..column.saturating_add(*columns) {
                    grid.put(self.row.saturating_add(row), column, text);
                    if grid.taken() > limit {
                        return;
                    }
                }
            }
        }
        self.row = self.row.saturating_add(self.rows);
        self.cells.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(rows: &str) -> Vec<(String, String)> {
        let xml = format!(
            "<office:document-content><office:body><office:spreadsheet><table:tracked-changes><table:table-cell><text:p>gone</text:p>\
             </table:table-cell></table:tracked-changes>{rows}</office:spreadsheet></office:body></office:document-content>"
        );
        let mut grid = Grid::default();
        assert!(rows_of(&xml, &mut grid));
        assert!(grid.sheets.iter().all(|sheet| sheet.in_order));
        grid.sheets.into_iter().map(|sheet| (sheet.name, sheet.csv)).collect()
    }

    fn rows_of(xml: &str, grid: &mut Grid) -> bool {
        rows(xml, grid, 1 << 20)
    }

    #[test]
    fn cells_stand_in_their_columns_however_they_are_repeated() {
        let found = sheets(
            "<table:table table:name='A &amp; B'><table:table-column table:number-columns-repeated='3'/>\
             <table:table-row><table:table-cell><text:p>Id</text:p></table:table-cell><table:table-cell table:number-columns-repeated='2'/>\
             <table:table-cell><office:annotation><text:p>a note</text:p></office:annotation><text:p>Na<text:span>me</text:span></text:p><text:p>two</text:p></table:table-cell>\
             <table:table-cell table:number-columns-repeated='16380'/></table:table-row>\
             <table:table-row table:number-rows-repeated='1000000'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>\
             <table:table-row table:number-rows-repeated='2'><table:covered-table-cell/><table:table-cell table:number-columns-repeated='2' office:value='7'/></table:table-row>\
             </table:table><table:table table:name='C'/>",
        );
        let of = |name: &str, csv: &str| (name.to_owned(), csv.to_owned());
        assert_eq!(found, [of("A & B", "Id,,,\"Name\ntwo\"\n,7,7\n,7,7\n"), of("C", "")]);
    }

    #[test]
    fn what_is_cut_off_or_endless_is_not_whole() {
        let mut grid = Grid::default();
        assert!(!rows_of("<office:spreadsheet><table:table table:name='A'><table:table-row>", &mut grid));
        let endless = "<office:spreadsheet><table:table table:name='A'><table:table-row table:number-rows-repeated='4000000000'>\
                       <table:table-cell table:number-columns-repeated='4000000000'><text:p>x</text:p></table:table-cell></table:table-row>\
                       </table:table></office:spreadsheet>";
        assert!(!rows_of(endless, &mut Grid::default()));
        // The sheet's own tag is gone, or no cell of the row has a column: nothing is ever written.
        for damaged in [
            endless.replace("<table:table table:name='A'>", ""),
            endless.replace("<table:table-cell", "<table:table-cell table:number-columns-repeated='16384'/><table:table-cell"),
        ] {
            assert!(!rows_of(&damaged, &mut Grid::default()));
        }
    }
}
