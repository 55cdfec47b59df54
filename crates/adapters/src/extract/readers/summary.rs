//! The properties of Office 97-2003 documents (MS-OLEPS): who wrote them, for whom, when they
//! changed hands.

use super::narrow;
use super::ole::{Ole, half, word};
use crate::extract::writing::Facts;

/// The first set of `SummaryInformation`, and of `DocumentSummaryInformation`, by number.
const SUMMARY: &[(u32, &str)] = &[(2, "Title"), (3, "Subject"), (4, "Author"), (5, "Keywords"), (6, "Description"), (8, "Last changed by")];
const MORE: &[(u32, &str)] = &[(2, "Category"), (14, "Manager"), (15, "Company")];

/// Notes the properties of a document.
pub(super) fn note(ole: &Ole<'_>, facts: &mut Facts) {
    for (stream, known) in [("\u{5}SummaryInformation", SUMMARY), ("\u{5}DocumentSummaryInformation", MORE)] {
        let Some(bytes) = ole.stream(stream) else { continue };
        let sets = word(&bytes, 24).unwrap_or_default().min(8) as usize;
        for set in 0..sets {
            let Some(section) = word(&bytes, 44 + 20 * set).and_then(|at| bytes.get(at as usize..)) else { continue };
            // Behind the first set stands what the user defined.
            section_facts(section, if set == 0 { known } else { &[] }, set > 0, facts);
        }
    }
}

fn section_facts(section: &[u8], known: &[(u32, &'static str)], own: bool, facts: &mut Facts) {
    let count = word(section, 4).unwrap_or_default().min(1_000) as usize;
    let entries: Vec<(u32, u32)> = (0..count).map_while(|n| Some((word(section, 8 + 8 * n)?, word(section, 12 + 8 * n)?))).collect();
    let page = entries.iter().find(|(id, _)| *id == 1).and_then(|(_, at)| half(section, *at as usize + 4)).map(u32::from);
    for (id, at) in entries {
        let label = known.iter().find(|(number, _)| *number == id).map(|(_, label)| *label);
        let Some(label) = label.or_else(|| (own && id > 1 && id < 0x8000_0000).then_some("Property")) else { continue };
        if let Some(text) = section.get(at as usize..).and_then(|value| text(value, page)) {
            facts.add(label, &text);
        }
    }
}

/// The text of a value: in the old code page of the set, or in UTF-16.
fn text(value: &[u8], page: Option<u32>) -> Option<String> {
    let length = word(value, 4)? as usize;
    let wide = page == Some(1_200);
    match half(value, 0)? {
        0x1E if !wide => Some(narrow(value.get(8..8_usize.checked_add(length)?)?.split(|b| *b == 0).next()?, page)),
        0x1E => Some(super::wide(value.get(8..8_usize.checked_add(length)?)?)),
        0x1F => Some(super::wide(value.get(8..8_usize.checked_add(length.checked_mul(2)?)?)?)),
        _ => None,
    }
}
