//! Comma-separated exports.

use super::Sheet;

/// The rows as comma-separated values (RFC 4180), with a byte order mark where a spreadsheet program made them.
pub fn csv(sheet: &Sheet, byte_order_mark: bool) -> Vec<u8> {
    let mut out = String::from(if byte_order_mark { "\u{feff}" } else { "" });
    for line in &sheet.lines {
        let cells: Vec<String> = line.split(" | ").map(|cell| quote(cell.trim())).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

fn quote(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_quotes_are_quoted() {
        let sheet = Sheet::new("", "", "", "Name | Note\nObi, Ada | said \"yes\"");
        assert_eq!(csv(&sheet, false), b"Name,Note\r\n\"Obi, Ada\",\"said \"\"yes\"\"\"\r\n");
    }
}
