//! Whose export a folder or archive is, by the names at its top. Everything in it is read the
//! same way; the name only tells people what they search.

/// What an export with these names at its top is called; `None` for no known one.
pub(super) fn named<'n>(names: impl Iterator<Item = &'n str>) -> Option<&'static str> {
    let (mut results, mut exchange) = (false, false);
    for name in names {
        let top = name.split(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
        match top.as_str() {
            "takeout" | "archive_browser.html" => return Some("Google Takeout export"),
            "exchange" | "sharepoint" | "onedrive" => exchange = true,
            "results.csv" | "manifest.xml" | "export_load_file.csv" => results = true,
            _ => results |= top.starts_with("export summary") || top.starts_with("items_") || top.starts_with("results_"),
        }
    }
    (results && exchange).then_some("Microsoft 365 export")
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn exports_are_known_by_their_names() {
        for (names, expected) in [
            (&["Takeout/Mail/All mail.mbox", "x"][..], Some("Google Takeout export")),
            (&["archive_browser.html", "Mail"], Some("Google Takeout export")),
            (&["Exchange/ada.pst", "Results.csv"], Some("Microsoft 365 export")),
            (&["Exchange/ada.pst"], None),
            (&["letters", "takeout menu.docx"], None),
        ] {
            assert_eq!(named(names.iter().copied()), expected, "{names:?}");
        }
    }
}
