//! Words about special categories of data (UK GDPR Article 9), criminal matters (Article 10) and safeguarding.
//!
//! They are flags for whoever reads, never proposals: a word of an ordinary sentence is left out where it usually means something else.

mod beliefs;
mod crime;
mod health;
mod medicines;
mod origins;

use super::category::Category;

/// A list of alternatives of one category. A blank stands for a blank or the end of a line.
struct List {
    category: Category,
    /// False where only this way of capitals makes it what it is: `SEND`, `GMB`.
    any_case: bool,
    words: &'static [&'static str],
}

const LISTS: [&[List]; 5] = [health::LISTS, medicines::LISTS, origins::LISTS, beliefs::LISTS, crime::LISTS];

/// One pattern a list.
pub(super) fn patterns() -> impl Iterator<Item = (Category, String)> {
    LISTS.iter().flat_map(|lists| lists.iter()).map(|list| {
        let mut pattern = String::from(if list.any_case { r"(?i-u)(?-u:\b)(?:" } else { r"(?-iu)(?-u:\b)(?:" });
        for (i, word) in list.words.iter().enumerate() {
            if i > 0 {
                pattern.push('|');
            }
            pattern.push_str(&word.replace(' ', r"(?: |\r?\n)").replace('\'', r"(?:'|\xE2\x80\x99)"));
        }
        pattern.push_str(r")(?-u:\b)");
        (list.category, pattern)
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Category, Detector, Kind};

    fn flagged(text: &str) -> Vec<(Category, &str)> {
        let found = Detector::new().detect(text);
        found.iter().filter(|f| f.kind == Kind::Special).filter_map(|f| Some((f.category?, text.get(f.start..f.end)?))).collect()
    }

    #[test]
    fn each_flag_says_what_it_is_about() {
        use Category::{
            Belief, CriminalMatters, Ethnicity, GeneticOrBiometric, Health, PoliticalOpinion, Safeguarding, SexualLife, TradeUnion,
        };
        let mut wrong = Vec::new();
        for (category, texts) in [
            (
                Health,
                [
                    "he has chickenpox",
                    "a nut allergy",
                    "takes sertraline at night",
                    "a known drug user",
                    "an alcohol problem",
                    "has ADHD and dyspraxia",
                    "off sick with stress",
                    "her low\nmood",
                    "is visually impaired",
                    "on the waiting list for CAMHS",
                ]
                .as_slice(),
            ),
            (GeneticOrBiometric, &["took her fingerprint", "a DNA test", "carries BRCA1", "facial recognition at the gate"]),
            (Ethnicity, &["of mixed heritage", "a black woman", "an Irish Traveller family", "is Polish", "claimed asylum"]),
            (
                Belief,
                &[
                    "he eats halal food at school",
                    "a devout Christian",
                    "wears a hijab",
                    "their religion",
                    "goes to church on Sundays",
                    "Practising Muslim, needs a prayer room at lunch",
                ],
            ),
            (
                TradeUnion,
                &[
                    "she joined UNISON in May",
                    "the National Education Union",
                    "NEU rep",
                    "in the GMB",
                    "Unite the union",
                    "a unison rep",
                    "his union rep",
                ],
            ),
            (SexualLife, &["came out as gay", "her wife", "same-sex parents", "gender dysphoria"]),
            (
                PoliticalOpinion,
                &[
                    "an SNP voter",
                    "a Tory",
                    "Plaid Cymru member",
                    "Labour Party member",
                    "votes Conservative",
                    "campaigned for the Lib Dems",
                ],
            ),
            (
                CriminalMatters,
                &[
                    "is on probation",
                    "her dad is in prison",
                    "the DBS check showed a caution",
                    "suspected of fraud",
                    "six points on his licence",
                    "a suspended sentence",
                ],
            ),
            (Safeguarding, &["on a child protection plan", "a child in need", "was in foster care", "known to social services"]),
        ] {
            for text in texts {
                let flags = flagged(text);
                if flags.is_empty() || flags.iter().any(|(c, _)| *c != category) {
                    wrong.push(format!("{text}: {flags:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn ordinary_phrases_are_no_flags() {
        let mut wrong = Vec::new();
        for text in [
            "they sang in unison",
            "proceed with caution",
            "the probationary period ends in May",
            "it is in our DNA",
            "no offence meant",
            "the race on sports day",
            "a party in the park",
            "the labour market",
            "a conservative estimate",
            "green space",
            "our green party bags are in the cupboard",
            "unite behind the plan",
            "the school is a community",
            "lithium batteries",
            "charged with organising the fair",
            "charged for late pick-up",
            "please send the nut and bolt",
            "under pressure",
            "the straight road",
            "I saw Christian and Hope",
            "a stroke of luck",
            "the operation of the boiler",
            "reform of the rules",
            "they took the temperature of the room",
            "equity and prospect",
        ] {
            let flags = flagged(text);
            if !flags.is_empty() {
                wrong.push(format!("{text}: {flags:?}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
