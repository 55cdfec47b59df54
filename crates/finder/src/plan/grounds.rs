//! The provision a proposal rests on, and the test that a person applies, in one plain line each.

/// The exemption other people's data rests on.
pub const EXEMPTION_OTHERS: &str = "Data Protection Act 2018, Schedule 2, paragraph 16 (another person's data)";
/// The same where the words say that the other person may be one of those for whom the law has decided the question.
pub const EXEMPTION_WORKER: &str =
    "Data Protection Act 2018, Schedule 2, paragraphs 16 and 17 (another person's data; perhaps a health, social work or education worker)";
/// The same where another professional is named: paragraph 17 says nothing of them.
pub const EXEMPTION_ACTING: &str =
    "Data Protection Act 2018, Schedule 2, paragraph 16 (another person's data; perhaps acting in their job)";
/// The same where the words are those of whoever asks.
pub const EXEMPTION_KNOWN: &str = "Data Protection Act 2018, Schedule 2, paragraph 16 (another person's data; whoever asks wrote it)";
/// The same where the words ask for confidence.
pub(super) const EXEMPTION_CONFIDENCE: &str =
    "Data Protection Act 2018, Schedule 2, paragraph 16 (another person's data; said to be in confidence)";
/// Why staff acting in their job are shown. Paragraph 17 decides it for health, social work and education, paragraph 16 for the rest.
pub const REASON_STAFF: &str =
    "Data Protection Act 2018, Schedule 2, paragraphs 16 and 17 (reasonable to disclose: a person acting in their job)";
pub(super) const PRIVILEGE: &str = "Data Protection Act 2018, Schedule 2, paragraph 19 (legal professional privilege)";
pub(super) const PLANNING: &str = "Data Protection Act 2018, Schedule 2, paragraph 22 (management forecasts and planning)";
pub(super) const NEGOTIATIONS: &str = "Data Protection Act 2018, Schedule 2, paragraph 23 (negotiations with the person)";
pub(super) const REFERENCES: &str = "Data Protection Act 2018, Schedule 2, paragraph 24 (confidential references)";
pub(super) const EXAMS: &str = "Data Protection Act 2018, Schedule 2, paragraph 25 (exam scripts and exam marks)";
pub(super) const CRIME: &str = "Data Protection Act 2018, Schedule 2, paragraph 2 (crime and tax)";
pub(super) const HARM: &str = "Data Protection Act 2018, Schedule 3, paragraph 5 (health data: serious harm)";

/// Everything paragraph 16 is cited as.
const SIXTEEN: [&str; 2] =
    ["Data Protection Act 2018, Schedule 2, paragraph 16 ", "Data Protection Act 2018, Schedule 2, paragraphs 16 and 17 "];

/// The test of what a proposal rests on, for the person who decides. `None` for what a person named themselves.
pub fn test_of(exemption: &str) -> Option<&'static str> {
    Some(match exemption {
        EXEMPTION_OTHERS => {
            "Show it if that person has agreed, or if it is reasonable without: look at the kind of information, any duty of confidence, what \
             you did to ask for agreement, whether the person can agree, and any refusal (paragraph 16(2) and (3)). Otherwise withhold it."
        }
        EXEMPTION_WORKER => {
            "Did this person act as a health, social work or education worker: wrote in the health record or gave the care, or acted in the \
             office for reward? Then the law takes it as reasonable to show the name (paragraph 17). If not, ask: agreed, or reasonable \
             without agreement (paragraph 16(2) and (3))?"
        }
        EXEMPTION_ACTING => {
            "Did this person act in their job only? Then it is usually reasonable to show the name without agreement (paragraph 16(2) and \
             (3)): look at the kind of information, any duty of confidence, and any refusal. Paragraph 17 does not decide it."
        }
        EXEMPTION_KNOWN => {
            "Whoever asks wrote this and knows it. To show it is usually reasonable without agreement (paragraph 16(2) and (3)), unless the \
             reply may be read by others, or the person meant has refused."
        }
        EXEMPTION_CONFIDENCE => {
            "A wish alone is no reason to withhold. Was it told in confidence by somebody who can be recognised, also as the source? Then \
             weigh the duty of confidence, whether they agree, and any refusal (paragraph 16(3)). About health, see also Schedule 3, paragraph 4."
        }
        REASON_STAFF => "Withhold it only where the person did not act in their job, or where it would not be reasonable to name them.",
        PRIVILEGE => {
            "Is it communication with a lawyer acting as a lawyer, mainly for legal advice, or made mainly for proceedings in prospect? And \
             is it still confidential? The word alone does not make it so."
        }
        PLANNING => "Is it planning of yours that is not known yet, and would it be likely to be harmed if it were known now?",
        NEGOTIATIONS => {
            "Does it record your own intentions in negotiations with this person that still go on, and would they be likely to be harmed? \
             What was said to the person is not covered."
        }
        REFERENCES => {
            "Is it a reference about this person for work, volunteering, education or a service, given in confidence, by you or to you? You \
             need not use the exemption, and your policy may promise otherwise."
        }
        EXAMS => {
            "Only what a candidate wrote in an exam is exempt, not what the examiner says of it. Marks that are not announced yet may wait: \
             five months from the request, or 40 days from the announcement, whichever is earlier."
        }
        CRIME => {
            "Would it be likely to prejudice the prevention, investigation or detection of crime? Ask the police or whoever investigates."
        }
        HARM => {
            "Is it health data that would be likely to cause serious harm to somebody's body or mind? Unless you are a health professional \
             you need the opinion of one, not older than six months, to withhold it, and to show it as well."
        }
        _ => return None,
    })
}

/// The provision as it stands in what goes out: what was only weighed about the other person is not told to whoever asked.
pub fn in_reply(exemption: &str) -> &str {
    if SIXTEEN.iter().any(|begin| exemption.starts_with(begin)) { EXEMPTION_OTHERS } else { exemption }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provision_has_its_test_and_a_reply_tells_no_more_than_paragraph_16() {
        let others = [EXEMPTION_OTHERS, EXEMPTION_WORKER, EXEMPTION_ACTING, EXEMPTION_KNOWN, EXEMPTION_CONFIDENCE, REASON_STAFF];
        let listed = [PRIVILEGE, PLANNING, NEGOTIATIONS, REFERENCES, EXAMS, CRIME, HARM];
        for exemption in others.iter().chain(&listed) {
            assert!(test_of(exemption).is_some(), "{exemption}");
        }
        assert!(others.iter().all(|one| in_reply(one) == EXEMPTION_OTHERS) && listed.iter().all(|one| in_reply(one) == *one));
        assert_eq!(test_of("a person's own words"), None);
    }
}
