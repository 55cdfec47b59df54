//! Given names and their short forms, both ways.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::table::lines;

/// Other forms of a folded given name: its short forms, and the names it is a short form of.
pub(crate) fn forms_of(given: &str) -> Vec<&'static str> {
    static FORMS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(build);
    FORMS.get(given).cloned().unwrap_or_default()
}

fn build() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut forms: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    let mut add = |name, form| {
        let known = forms.entry(name).or_default();
        if name != form && !known.contains(&form) {
            known.push(form);
        }
    };
    for (name, short) in lines(include_str!("../../data/nicknames.txt")).filter_map(|l| l.split_once(':')) {
        for form in short.split_whitespace() {
            add(name, form);
            add(form, name);
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_work_both_ways() {
        assert!(forms_of("amelia").contains(&"millie"));
        assert!(forms_of("millie").contains(&"amelia"));
        assert!(forms_of("dafydd").contains(&"dai"));
        assert!(forms_of("katarzyna").contains(&"kasia"));
        assert!(forms_of("gosia").contains(&"malgorzata"));
        assert!(forms_of("nobody").is_empty());
    }

    #[test]
    fn every_row_is_folded() {
        for line in lines(include_str!("../../data/nicknames.txt")) {
            assert_eq!(crate::fold::fold(line), line);
        }
    }
}
