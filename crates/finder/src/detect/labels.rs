//! Words that announce a number and look like a name: `Reg: AB12 CDE`, `IBAN GB82 ...`.

use super::{Finding, Kind};

/// Networks whose short names look like somebody's.
const NETWORKS: [&str; 6] = ["insta", "snap", "snapchat", "discord", "tiktok", "whatsapp"];

/// What they are in small letters.
const LABELS: [&str; 16] =
    ["reg", "iban", "bic", "swift", "imei", "chi", "nino", "ssn", "upn", "uln", "utr", "vin", "crn", "urn", "dob", "nhs"];

/// True for a name that is such a word right before its number.
pub(super) fn is_label(text: &str, finding: &Finding) -> bool {
    if !matches!(finding.kind, Kind::Person | Kind::Organisation | Kind::Place) {
        return false;
    }
    let Some(name) = text.get(finding.start..finding.end) else { return false };
    if finding.kind == Kind::Person && NETWORKS.iter().any(|network| name.eq_ignore_ascii_case(network)) {
        return true;
    }
    // The number may have been taken for a part of the name: `BIC NWBKGB2L`.
    let word = name.split(' ').next().unwrap_or_default();
    if word.len() > 5 || name.split(' ').nth(2).is_some() {
        return false;
    }
    let rest = text.as_bytes().get(finding.start + word.len()..).unwrap_or_default();
    let number = || {
        let mut words = rest.split(|b| matches!(b, b' ' | b':' | b'.' | b'#' | b'\t')).filter(|w| !w.is_empty());
        let first = words.find(|w| !matches!(w.to_ascii_lowercase().as_slice(), b"no" | b"number" | b"code" | b"plate" | b"is"));
        first.is_some_and(|w| w.iter().take(8).any(u8::is_ascii_digit))
    };
    // The last letter of `D.O.B.`, set apart.
    let spelt = text.get(..finding.start).is_some_and(|t| t.ends_with("D.O.") || t.ends_with("d.o."));
    if spelt && word.eq_ignore_ascii_case("b") {
        return true;
    }
    LABELS.iter().any(|label| word.eq_ignore_ascii_case(label)) && number()
}

#[cfg(test)]
mod tests {
    use crate::detect::{Detector, Kind};

    #[test]
    fn what_announces_a_number_is_nobody() {
        let people = |text: &str| Detector::new().detect(text).iter().filter(|f| f.kind == Kind::Person).count();
        for text in [
            "Reg: AB12 CDE",
            "her car, reg AB12 CDE",
            "IBAN GB82 WEST 1234 5698 7654 33",
            "CHI no 0101010016",
            "BIC NWBKGB2L",
            "Insta: @liz_thorn",
            "Reg no. AB12 CDE",
        ] {
            assert_eq!(people(text), 0, "{text}");
        }
        let places = Detector::new().detect("D.O.B. 3.4.87").iter().filter(|f| f.kind == Kind::Place).count();
        assert_eq!(places, 0);
        assert_eq!(people("Reg Varley drove on 3 May"), 1);
        assert_eq!(people("Reg drove us to Leeds"), 1);
    }
}
