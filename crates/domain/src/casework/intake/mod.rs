//! Recognising a request in a message. Any words count; the program only says what it
//! sees and a person can always record a request by hand (clauses TURN-83, CEN-58 superseded).

mod kinds;

use crate::rights::RequestKind;

/// What a message looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// It reads as a request: for data, or for any other right.
    pub is_request: bool,
    /// Which rights it seems to be about, access first.
    pub kinds: Vec<RequestKind>,
    /// It seems to be made for somebody else.
    pub on_behalf: bool,
    /// It says in its own words that it is about the sender.
    pub own: bool,
    /// Why, in plain words.
    pub reasons: Vec<String>,
}

/// Phrases that name the right; one of them suffices.
const NAMED: &[&str] = &[
    "subject access",
    "sar request",
    "dsar",
    "data subject access",
    "right of access",
    "access request",
    "article 15",
    "art 15",
    "art. 15",
    "gdpr request",
    "data protection act request",
    "freedom to access my data",
    "request for personal data",
    "request for my data",
    "request my personal data",
    "request my data",
    "request for my personal information",
];

/// What is wanted ...
const WANT: &[&str] = &[
    "i want",
    "i would like",
    "i'd like",
    "i am asking",
    "i'm asking",
    "i ask",
    "please send",
    "please provide",
    "please give",
    "please let me have",
    "can you send",
    "can i have",
    "can i see",
    "could you send",
    "could i have",
    "could i see",
    "may i have",
    "may i see",
    "show me",
    "send me",
    "give me",
    "provide me",
    "i request",
    "i am requesting",
    "i'm requesting",
    "i wish to",
    "i need",
    "let me have",
    "let me see",
    "want to see",
    "want to know what",
    "tell me what",
    "am writing to request",
    "am writing to ask",
    "entitled to",
    "supply me",
];

/// ... and of what.
const OBJECT: &[&str] = &[
    "personal data",
    "personal information",
    "my data",
    "my information",
    "my records",
    "my record",
    "my file",
    "my files",
    "data you hold",
    "information you hold",
    "information held",
    "data held",
    "hold about me",
    "held about me",
    "have about me",
    "hold on me",
    "held on me",
    "have on me",
    "wrote about me",
    "written about me",
    "emails about me",
    "e-mails about me",
    "everything about me",
    "anything about me",
    "copies of everything",
    "information about me",
    "data about me",
    "records about me",
    "notes about me",
    "documents about me",
    "about my son",
    "about my daughter",
    "about my child",
    "mention me",
    "say about me",
    "said about me",
    "relating to me",
    "concerning me",
    "relates to me",
];

/// Words by which senders speak of their own data.
const OWN: &[&str] = &[
    "about me",
    "on me",
    "mention me",
    "relating to me",
    "relates to me",
    "concerning me",
    "my data",
    "my own data",
    "my personal data",
    "my information",
    "my personal information",
    "my record",
    "my file",
    "i am the data subject",
    "my subject access",
    "my right of access",
];

/// What the regulator's service for making requests calls itself in the mails that it sends.
const TOOL: &str = "ico's subject access request";

const ON_BEHALF: &[&str] = &[
    "on behalf of",
    "my client",
    "our client",
    "for my son",
    "for my daughter",
    "for my child",
    "about my son",
    "about my daughter",
    "about my child",
    "about my mother",
    "about my father",
    "about my mum",
    "about my dad",
    "my son's",
    "my daughter's",
    "my child's",
    "my mother's",
    "my father's",
    "power of attorney",
    "letter of authority",
    "parental responsibility",
    "about my pupil",
    "about my husband",
    "about my wife",
    "about my partner",
    "about my brother",
    "about my sister",
    "my mum's",
    "my dad's",
    "my wife's",
    "my husband's",
    "my late ",
    "our daughter",
    "our son",
    "we act for",
    "we are instructed",
    "i act for",
    "i am the parent of",
    "i'm the parent of",
];

/// Reads the subject line and the words of a message.
pub fn recognise(subject: &str, words: &str) -> Recognition {
    let text = plain(&format!("{subject}\n{words}"));
    let found = |list: &[&str]| list.iter().find(|phrase| text.contains(**phrase)).map(|phrase| (*phrase).to_owned());
    let mut reasons = Vec::new();
    if let Some(phrase) = found(NAMED) {
        reasons.push(format!("it names the right (\u{201c}{phrase}\u{201d})"));
    }
    if let (Some(want), Some(object)) = (found(WANT), found(OBJECT)) {
        reasons.push(format!("it asks (\u{201c}{want}\u{201d}) for information about a person (\u{201c}{object}\u{201d})"));
    }
    if text.contains(TOOL) {
        reasons.push("it was made with the regulator's tool for such requests".to_owned());
    }
    let mut kinds = if reasons.is_empty() { Vec::new() } else { vec![RequestKind::Access] };
    for (kind, words) in kinds::kinds(&text) {
        reasons.push(format!("it reads like \u{201c}{}\u{201d} (\u{201c}{words}\u{201d})", kind.title()));
        kinds.push(kind);
    }
    let is_request = !kinds.is_empty();
    let on_behalf = is_request && found(ON_BEHALF).is_some();
    if on_behalf {
        reasons.push("it seems to be made for somebody else".to_owned());
    }
    let own = is_request && !on_behalf && !text.contains(TOOL) && found(OWN).is_some();
    Recognition { is_request, kinds, on_behalf, own, reasons }
}

/// Lower case, straight quotes, single spaces: wording must not depend on a mail program.
fn plain(text: &str) -> String {
    let straight: String = text.chars().map(|c| if matches!(c, '\u{2018}' | '\u{2019}') { '\'' } else { c }).collect();
    straight.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_in_any_words_are_recognised() {
        for (subject, words) in [
            ("SAR request", ""),
            ("hello", "Please send me all e-mails about me."),
            ("", "show me what you wrote about me"),
            ("Data", "I would like a copy of the personal data you hold about me, under Article 15."),
            ("My file", "Can I see my file? I\u{2019}d like to know what you have."),
            ("", "I am writing to request copies of everything\nyou hold on me"),
        ] {
            assert!(recognise(subject, words).is_request, "{subject} / {words}");
        }
    }

    #[test]
    fn every_right_is_recognised_in_the_words_people_use() {
        use RequestKind as Kind;
        for (words, kind) in [
            ("The penicillin allergy is missing from her notes.", Kind::Rectification),
            ("You have my date of birth down as 1999, that is wrong.", Kind::Rectification),
            ("My name is spelt wrong on your letters", Kind::Rectification),
            ("Please delete all the information you hold about me.", Kind::Erasure),
            ("I want to be forgotten: remove my details from your system", Kind::Erasure),
            ("Do not use my file until this is sorted out.", Kind::Restriction),
            ("I object to my data being used for your research.", Kind::Objection),
            ("take me off your mailing list", Kind::Marketing),
            ("Please stop sending me the newsletter", Kind::Marketing),
            ("I don\u{2019}t want Kit\u{2019}s photos on your website any more", Kind::Photographs),
            ("please take down the video of my daughter", Kind::Photographs),
            ("I withdraw my consent to you talking to my employer", Kind::ConsentWithdrawal),
            ("Please transfer my training records to my new college in a file they can read", Kind::Portability),
            ("Your computer turned me down and I want a person to look at it", Kind::AutomatedDecisions),
            ("What do you do with my data?", Kind::Informed),
            ("Which standard contractual clauses protect my data in the United States?", Kind::Safeguards),
            ("Can I see my daughter's development plan", Kind::ChildPlan),
            ("We have moved. Our new address is 4 Larch Way.", Kind::ChangeOfDetails),
        ] {
            let read = recognise("", words);
            assert!(read.is_request && read.kinds.contains(&kind), "{words}: {:?}", read.kinds);
        }
    }

    #[test]
    fn one_message_may_hold_several_requests_and_access_comes_first() {
        let read = recognise("", "Send me a copy of my file. After that, delete everything you hold on me and stop the newsletter.");
        assert_eq!(read.kinds, [RequestKind::Access, RequestKind::Erasure, RequestKind::Marketing]);
        assert_eq!(recognise("", "Please withdraw my photo consent").kinds, [RequestKind::Photographs]);
    }

    #[test]
    fn other_mail_is_not_a_request() {
        for (subject, words) in [
            ("Room booking", "Please send me the invoice for room 4."),
            ("Newsletter", "Our privacy notice says how we use personal data."),
            ("Rota", "I would like to swap Tuesday."),
            ("Minutes", "The minutes of the last meeting are attached. Please correct the spelling on page 2."),
            ("Printer", "The printer is out of toner, please order."),
            ("Photos", "Thank you for the lovely photos of the summer fair."),
            ("Invoice", "Please remove line 3 from the invoice."),
            ("", ""),
        ] {
            assert!(!recognise(subject, words).is_request, "{subject} / {words}");
        }
    }

    #[test]
    fn a_request_for_somebody_else_is_seen() {
        assert!(recognise("SAR request", "I want everything you hold about my son.").on_behalf);
        assert!(!recognise("SAR request", "I want everything you hold about me.").on_behalf);
        assert!(recognise("", "We act for Ms Hart. Please provide the personal data you hold about her.").on_behalf);
    }

    #[test]
    fn only_one_s_own_words_say_that_it_is_about_oneself() {
        assert!(recognise("SAR", "Please send me everything you hold about me. GDPR request.").own);
        assert!(!recognise("SAR request", "Dear team").own);
        assert!(!recognise("SAR request", "Please send me the notes about my son. He told me.").own);
        let tool =
            recognise("Subject access request", "This was sent through the ICO's subject access request service. Please send me my data.");
        assert!(tool.is_request && !tool.own && tool.reasons.iter().any(|reason| reason.contains("tool")));
    }
}
