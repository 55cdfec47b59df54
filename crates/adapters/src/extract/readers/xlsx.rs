//! The cells of workbooks whose parts are XML, as they are shown; what stands about them in the same parts.

use super::office::{Package, decoded, end_line, is_xml, plain};
use super::xls::{Cells, Form};
use crate::extract::has_extension;
use crate::extract::markup::{Tag, Token, Tokens, push_decoded, tokens};
use crate::extract::taking::Taking;
use crate::extract::writing::Facts;

/// All cells of all sheets. Whether all could be read.
pub(super) fn cells(package: &mut Package<'_>, taking: &mut Taking<'_>, facts: &mut Facts, out: &mut String) -> bool {
    let limit = taking.limits.text;
    let mut cells = Cells::new(Form::Eight);
    cells.grid = taking.grid.take();
    looks(&first(package, taking, "xl/styles"), &mut cells);
    let mut shared = Shared::read(&first(package, taking, "xl/sharedStrings"), facts);
    let targets = targets(&first(package, taking, "xl/_rels/workbook"));
    let book = first(package, taking, "xl/workbook");
    let (mut whole, mut any) = (true, false);
    let mut rest = tokens(&book);
    while let Some(token) = rest.next_of(&["workbookPr", "sheet", "definedName"]) {
        let Token::Open(tag) = token else { continue };
        match tag.local() {
            "workbookPr" => cells.since_1904 = tag.raw("date1904").is_some_and(|value| matches!(value, "1" | "true")),
            "sheet" => {
                any = true;
                let name = tag.attribute("name").unwrap_or_default();
                cells.begin(&name);
                if tag.raw("state").is_some_and(|state| state != "visible") {
                    facts.add("Hidden sheet", &name);
                }
                let part = tag.raw("id").and_then(|id| targets.iter().find(|(known, _)| known == id)).map(|(_, part)| part.clone());
                let names = package.names(|name| part.as_deref() == Some(name));
                whole &= !names.is_empty();
                for name in names {
                    let xml = package.text(taking, &name);
                    whole &= !xml.is_empty();
                    sheet(&xml, &mut cells, &mut shared, facts, limit);
                }
            }
            _ => {
                let name = tag.attribute("name").unwrap_or_default();
                facts.add("Name", &format!("{name} = {}", decoded(said(&mut rest))));
            }
        }
    }
    out.push_str(&cells.out);
    end_line(out);
    shared.left_over(facts);
    let within = cells.taken() <= limit;
    taking.grid = cells.grid;
    whole && any && within
}

/// The first XML part whose name begins so, outside of folders; empty when there is none.
fn first(package: &mut Package<'_>, taking: &mut Taking<'_>, stem: &str) -> String {
    let is = |name: &str| name.strip_prefix(stem).is_some_and(|rest| !rest.contains('/') && (is_xml(rest) || has_extension(rest, "rels")));
    package.names(is).first().map(|name| package.text(taking, name)).unwrap_or_default()
}

/// The parts that the relations of the workbook lead to, by their marks.
fn targets(relations: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = tokens(relations);
    while let Some(token) = rest.next_of(&["Relationship"]) {
        if let Token::Open(tag) = token
            && let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target"))
        {
            let part = target.strip_prefix('/').map_or_else(|| format!("xl/{}", target.trim_start_matches("./")), str::to_owned);
            found.push((id, part));
        }
    }
    found
}

/// The text right behind a tag.
fn said<'x>(rest: &mut Tokens<'x>) -> &'x str {
    match rest.next() {
        Some(Token::Text(text) | Token::Literal(text)) => text,
        _ => "",
    }
}

/// How numbers are written.
fn looks(xml: &str, cells: &mut Cells) {
    let (mut rest, mut of_cells) = (tokens(xml), false);
    while let Some(token) = rest.next_of(&["numFmt", "cellXfs", "xf"]) {
        match token {
            Token::Open(tag) if tag.local() == "cellXfs" => of_cells = !tag.empty,
            Token::Close(name) if name.ends_with("cellXfs") => of_cells = false,
            Token::Open(tag) if tag.local() == "numFmt" => {
                cells.format(number(&tag, "numFmtId"), &tag.attribute("formatCode").unwrap_or_default());
            }
            Token::Open(tag) if tag.local() == "xf" && of_cells => cells.styles.push(number(&tag, "numFmtId").unwrap_or_default()),
            _ => {}
        }
    }
}

fn number<N: std::str::FromStr>(tag: &Tag<'_>, name: &str) -> Option<N> {
    tag.raw(name)?.trim().parse().ok()
}

/// The texts that cells share, one behind the other.
#[derive(Default)]
struct Shared {
    texts: String,
    ends: Vec<usize>,
    used: Vec<bool>,
}

impl Shared {
    fn read(xml: &str, facts: &mut Facts) -> Self {
        let mut shared = Self { texts: String::with_capacity(xml.len() / 2), ..Self::default() };
        let (mut rest, mut spoken, mut any) = (tokens(xml), false, false);
        while let Some(token) = rest.next_of(&["si", "t", "rPh"]) {
            match token {
                Token::Open(tag) => match tag.local() {
                    "si" if tag.empty => shared.ends.push(shared.texts.len()),
                    "si" => any = true,
                    "rPh" => spoken = !tag.empty,
                    _ if tag.empty => {}
                    // How a name is spoken stands beside it.
                    _ if spoken => facts.add("Read as", &decoded(said(&mut rest))),
                    _ => push_text(&mut shared.texts, said(&mut rest)),
                },
                Token::Close(name) => match crate::extract::markup::local(name) {
                    "si" => shared.ends.push(shared.texts.len()),
                    "rPh" => spoken = false,
                    _ => {}
                },
                _ => {}
            }
        }
        if any && shared.ends.last().is_none_or(|end| *end < shared.texts.len()) {
            // The last one is cut off.
            shared.ends.push(shared.texts.len());
        }
        shared.used = vec![false; shared.ends.len()];
        shared
    }

    fn one(&self, place: usize) -> &str {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.ends.get(place).and_then(|end| self.texts.get(start..*end)).unwrap_or_default()
    }

    fn get(&mut self, place: usize) -> &str {
        if let Some(used) = self.used.get_mut(place) {
            *used = true;
        }
        self.one(place)
    }

    /// What stood in a cell once and stands in none now.
    fn left_over(&self, facts: &mut Facts) {
        for (place, _) in self.used.iter().enumerate().filter(|(_, used)| !**used) {
            facts.add("Kept copy", self.one(place));
        }
    }
}

/// Appends text, with the characters that XML cannot hold.
fn push_text(out: &mut String, text: &str) {
    if !text.contains("_x") {
        return push_decoded(out, text);
    }
    let text = decoded(text);
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let code = after.get(..4).filter(|_| after.get(4..5) == Some("_")).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        if let Some(character) = code.and_then(char::from_u32) {
            out.push(character);
            rest = after.get(5..).unwrap_or_default();
        } else {
            out.push_str("_x");
            rest = after;
        }
    }
    out.push_str(rest);
}

/// A cell being read.
#[derive(Default)]
struct Cell<'x> {
    row: u32,
    column: u32,
    kind: &'x str,
    style: Option<u32>,
}

fn sheet(xml: &str, cells: &mut Cells, shared: &mut Shared, facts: &mut Facts, limit: usize) {
    let (mut rest, mut cell, mut inline, mut spoken) = (tokens(xml), Cell::default(), String::new(), false);
    let mut last = None;
    while let Some(token) = rest.next_of(&["row", "c", "v", "t", "is", "rPh", "headerFooter", "dataValidation"]) {
        if cells.taken() > limit {
            return;
        }
        let tag = match token {
            Token::Open(tag) => tag,
            Token::Close(name) => {
                match crate::extract::markup::local(name) {
                    "rPh" => spoken = false,
                    "is" => put(cells, &mut last, &cell, &std::mem::take(&mut inline)),
                    _ => {}
                }
                continue;
            }
            _ => continue,
        };
        match tag.local() {
            "row" => (cell.row, cell.column) = (number(&tag, "r").unwrap_or(cell.row.saturating_add(1)), 0),
            "c" => {
                let place = tag.raw("r").and_then(place);
                let (column, row) = place.unwrap_or((cell.column.saturating_add(1), cell.row));
                cell = Cell { row, column, kind: tag.raw("t").unwrap_or_default(), style: number(&tag, "s") };
            }
            "rPh" => spoken = !tag.empty,
            "headerFooter" if !tag.empty => facts.add("Header and footer", &plain(rest.skip_to_close(tag.name))),
            "dataValidation" => {
                for name in ["promptTitle", "prompt", "errorTitle", "error"] {
                    facts.add("Comment", &tag.attribute(name).unwrap_or_default());
                }
            }
            "v" if !tag.empty => value(cells, &mut last, &cell, said(&mut rest), shared),
            "t" if !tag.empty && spoken => facts.add("Read as", &decoded(said(&mut rest))),
            "t" if !tag.empty => push_text(&mut inline, said(&mut rest)),
            _ => {}
        }
    }
    put(cells, &mut last, &cell, &inline);
}

/// Writes what is kept of a cell.
fn value(cells: &mut Cells, last: &mut Option<(u32, u32)>, cell: &Cell<'_>, kept: &str, shared: &mut Shared) {
    if kept.is_empty() {
        return;
    }
    let number = kept.trim().parse::<f64>().ok();
    match (cell.kind, number) {
        ("s", Some(place)) => {
            let text = shared.get(place as usize);
            put(cells, last, cell, text);
        }
        ("b", Some(truth)) => put(cells, last, cell, if truth == 0.0 { "false" } else { "true" }),
        ("" | "n", Some(number)) => {
            gap(cells, last, cell);
            cells.value(cell.row, cell.style, number);
        }
        _ => {
            let mut text = String::new();
            push_text(&mut text, kept);
            put(cells, last, cell, &text);
        }
    }
}

fn put(cells: &mut Cells, last: &mut Option<(u32, u32)>, cell: &Cell<'_>, text: &str) {
    if !text.is_empty() {
        gap(cells, last, cell);
        cells.put(cell.row, text);
    }
}

/// Keeps empty cells before this one, up to nine.
fn gap(cells: &mut Cells, last: &mut Option<(u32, u32)>, cell: &Cell<'_>) {
    cells.column = cell.column.saturating_sub(1);
    if let Some((row, column)) = *last
        && row == cell.row
    {
        (1..cell.column.saturating_sub(column).min(10)).for_each(|_| cells.out.push_str(" | "));
    }
    *last = Some((cell.row, cell.column));
}

/// Column and row of a place like `AB12`, from 1.
fn place(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = text.split_at_checked(letters)?;
    let column = column
        .bytes()
        .fold(0_u32, |sum, letter| sum.saturating_mul(26).saturating_add(u32::from(letter.to_ascii_uppercase().saturating_sub(b'A')) + 1));
    Some((column, row.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use crate::extract::Limits;
    use crate::extract::inprocess::{sheets, taken};
    use crate::extract::tests::make::{xlsx, zip};

    #[test]
    fn cells_of_all_kinds_read_as_they_are_shown() {
        let rows = "<row r='1'><c r='A1' t='s'><v>1</v></c><c t='b'><v>1</v></c><c r='C1' t='e'><v>#N/A</v></c><c t='str'><f>A1</f><v>R&amp;D</v></c></row>\
                    <row><c t='d'><v>2024-02-01</v></c><c t='s'><v>9</v></c><c><v>0.5</v></c><c/></row>";
        let texts = "<sst><si><t>once here</t></si><si><r><t>Ada </t></r><r><t xml:space='preserve'>Exa_x000D_mple</t></r><rPh sb='0'><t>エイダ</t></rPh></si></sst>";
        let found = taken("b.xlsx", &xlsx(&[("S &amp; T", "visible", rows)], &[("xl/sharedStrings.xml", texts)]));
        assert_eq!(
            found.documents[0].text,
            "Sheet S & T\nAda Exa mple | true | #N/A | R&D\n2024-02-01 |  | 0.5\nRead as: エイダ\nKept copy: once here\n"
        );
        assert!(found.unreadable.is_empty(), "{found:?}");
    }

    #[test]
    fn rows_alone_keep_their_columns() {
        let rows = "<row r='1'><c r='B1' t='s'><v>0</v></c><c r='D1' t='inlineStr'><is><t>a, </t><t>b</t></is></c></row>\
                    <row r='5'><c s='1'><v>31149</v></c><c/><c t='b'><v>1</v></c></row>";
        let book = xlsx(
            &[("S &amp; T", "hidden", rows), ("Empty", "visible", "")],
            &[("xl/sharedStrings.xml", "<sst><si><t>One\n\"two\"</t></si></sst>")],
        );
        let found = sheets(&Limits::default(), "b.xlsx", &book).unwrap();
        let found: Vec<(&str, &str)> = found.iter().map(|sheet| (sheet.name.as_str(), sheet.csv.as_str())).collect();
        assert_eq!(found, [("S & T", ",\"One\n\"\"two\"\"\",,\"a, b\"\n12/04/1985,,true\n"), ("Empty", "")]);
        let small = Limits { text: 10, ..Limits::default() };
        assert!(sheets(&small, "b.xlsx", &book).unwrap_err().contains("save its sheets as CSV"));
        assert!(sheets(&Limits::default(), "b.xlsx", &book[..book.len() / 2]).is_err());
        assert_eq!(sheets(&Limits::default(), "b.csv", b"Id,Name\n"), Err("is no workbook".to_owned()));
    }

    #[test]
    fn hidden_sheets_names_and_heads_are_told() {
        let rows = "<row r='1'><c r='A1'><v>7</v></c></row></sheetData><headerFooter><oddHeader>&amp;LCase 7</oddHeader></headerFooter><controls><x>99</x></controls><sheetData>";
        let found = taken("b.xlsx", &xlsx(&[("One", "visible", rows), ("Two", "hidden", "")], &[]));
        assert_eq!(found.documents[0].text, "Sheet One\n7\nSheet Two\nHeader and footer: &LCase 7\nHidden sheet: Two\n");
    }

    #[test]
    fn a_sheet_that_is_missing_is_said() {
        let book = zip(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/workbook.xml", b"<workbook><sheets><sheet name='A' r:id='r1'/></sheets></workbook>"),
            ("xl/sharedStrings.xml", b"<sst><si><t>about Ada</t></si></sst>"),
        ]);
        let found = taken("b.xlsx", &book);
        assert!(found.documents[0].text.contains("about Ada") && found.unreadable.len() == 1, "{found:?}");
    }
}
