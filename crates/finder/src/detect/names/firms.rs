//! Firms that are called after somebody: `Wilson and Sons`, `Curtis LLC`.

use super::edges::token_at;
use crate::detect::Finding;
use crate::detect::people::View;
use crate::detect::tokens::{Shape, Token};

/// Where a firm's name ends that begins like the name of this person; nothing when it is a person's.
pub(super) fn end(view: &View<'_>, finding: &Finding) -> Option<usize> {
    let tokens = view.tokens();
    let word = |t: &Token| view.text().get(t.start..t.end).unwrap_or_default();
    let (first, beyond) = (token_at(tokens, finding.start), token_at(tokens, finding.end));
    let last = beyond.checked_sub(1).filter(|last| *last > first).and_then(|last| tokens.get(last));
    if last.is_some_and(|t| FORMS.contains(&word(t)) || glued(word(t))) {
        return Some(finding.end);
    }
    let joint = tokens.get(beyond).filter(|t| t.sign == '&' || t.shape == Shape::Lower && word(t) == "and")?;
    let kin = tokens.get(beyond + 1).filter(|t| t.named() && KIN.contains(&word(t)) && t.start.saturating_sub(joint.end) == 1)?;
    Some(kin.end)
}

/// True for a name with the form of the firm written to it: `HoldingsInc`.
fn glued(word: &str) -> bool {
    FORMS.iter().filter_map(|form| word.strip_suffix(form)).any(|name| name.ends_with(|c: char| c.is_lowercase()))
}

/// Forms of firms.
const FORMS: [&str; 11] = ["LLC", "LLP", "PLC", "Plc", "Ltd", "Limited", "Inc", "Incorporated", "Corp", "GmbH", "Enterprises"];
/// Who shares a firm with its founder.
const KIN: [&str; 8] = ["Sons", "Son", "Daughters", "Daughter", "Co", "Partners", "Associates", "Company"];

#[cfg(test)]
mod tests {
    use crate::detect::{Detector, Kind};

    #[test]
    fn a_firm_is_nobody_and_its_founder_is_somebody() {
        let people = |text: &str| Detector::new().detect(text).iter().filter(|f| f.kind == Kind::Person).count();
        for firm in ["The bill came from Wilson and Sons.", "Curtis LLC has the contract.", "Hansen Hartley Ltd sent it."] {
            assert_eq!(people(firm), 0, "{firm}");
        }
        assert_eq!(people("Mary Wilson and sons of hers came."), 1);
    }
}
