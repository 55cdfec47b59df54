//! Given names and their short forms, both ways.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::table::lines;

/// Other forms of a folded given name: its short forms, and the names it is a short form of.
pub(crate) fn forms_of(given: &str) -> Vec<&'static str> {
    static FORMS: LazyLock<Forms> = LazyLock::new(|| build(include_str!("../../data/nicknames.txt")));
    FORMS.get(given).cloned().unwrap_or_default()
}

/// What a folded given name is called in other languages, as far as it is no short form of it.
pub(crate) fn equivalents_of(given: &str) -> Vec<&'static str> {
    static FORMS: LazyLock<Forms> = LazyLock::new(|| build(include_str!("../../data/equivalents.txt")));
    FORMS.get(given).cloned().unwrap_or_default()
}

type Forms = BTreeMap<&'static str, Vec<&'static str>>;

fn build(file: &'static str) -> Forms {
    let mut forms: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    let mut add = |name, form| {
        let known = forms.entry(name).or_default();
        if name != form && !known.contains(&form) {
            known.push(form);
        }
    };
    for (name, short) in lines(file).filter_map(|l| l.split_once(':')) {
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
    fn names_are_the_same_in_other_languages() {
        for (a, b) in
            [("giorgos", "george"), ("olena", "helen"), ("jose", "pepe"), ("ioannis", "john"), ("mihai", "michael"), ("gosia", "margaret")]
        {
            let same = |a: &str, b: &str| {
                forms_of(a).contains(&b)
                    || equivalents_of(a).contains(&b)
                    || equivalents_of(a).iter().any(|c| equivalents_of(c).contains(&b))
            };
            assert!(same(a, b) && same(b, a), "{a} {b}");
        }
        assert!(!equivalents_of("john").contains(&"james") && equivalents_of("nobody").is_empty());
    }

    #[test]
    fn every_row_is_folded() {
        for file in [include_str!("../../data/nicknames.txt"), include_str!("../../data/equivalents.txt")] {
            for line in lines(file) {
                assert_eq!(crate::fold::fold(line), line);
            }
        }
    }
}
