//! Dates and states in the words of the pages.

use domain::calendar::{When, short_date};
use domain::casework::request::Stage;
use jiff::civil::Date;
use serde::Serialize;

/// A coloured tag; the colour only repeats what the text says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Tag {
    pub(crate) text: String,
    pub(crate) colour: &'static str,
}

impl Tag {
    pub(crate) fn new(text: impl Into<String>, colour: &'static str) -> Self {
        Self { text: text.into(), colour }
    }
}

/// The tag of a stage.
pub(crate) fn stage_tag(key: &str) -> Tag {
    let colour = match key {
        "open" | "searching" | "review" => "blue",
        "prepared" => "yellow",
        "approved" => "green",
        _ => "grey",
    };
    Tag::new(Stage::title_of(key), colour)
}

/// `today`, `tomorrow`, `in 3 days`, `2 days overdue`.
pub(crate) fn in_words(due: Date, today: Date) -> String {
    let days = days_between(today, due);
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "1 day overdue".to_owned(),
        days if days < 0 => format!("{} days overdue", -days),
        days => format!("in {days} days"),
    }
}

/// What an entry of the log says on a timeline; an unknown verb is shown as it is.
pub(crate) fn event(verb: &str) -> &str {
    EVENTS.iter().find(|(known, _)| *known == verb).map_or(verb, |(_, words)| words)
}

/// The tag of an outgoing mail.
pub(crate) fn mail_tag(state: &str) -> Tag {
    match state {
        "sent" => Tag::new("Sent", "green"),
        "failed" => Tag::new("Not sent", "red"),
        "bounced" => Tag::new("Came back", "red"),
        "unknown" => Tag::new("Perhaps sent", "yellow"),
        _ => Tag::new("Waits", "blue"),
    }
}

/// What became of an outgoing mail, in words.
pub(crate) fn mail_note(mail: &services::mail::MailStatus) -> String {
    let at = jiff::Timestamp::from_microsecond(mail.changed_us).map(moment).unwrap_or_default();
    match (mail.state.as_str(), mail.error.as_str()) {
        ("sent", _) => format!("sent on {at}"),
        ("failed", "erased") => "not sent: its data were erased".to_owned(),
        ("failed", code) => format!("given up on {at} ({code}): check the address, or send a letter"),
        ("bounced", _) => format!("came back on {at}: check the address, or send a letter"),
        ("unknown", _) => {
            format!(
                "handed over on {at}, and the server did not say whether it took it: look in your sent mail, then say sent or send again"
            )
        }
        (_, "") => "goes out with the next post".to_owned(),
        (_, code) => format!("tried {} times, is tried again ({code})", mail.attempts),
    }
}

const EVENTS: &[(&str, &str)] = &[
    ("portal-release-ended", "Release ended"),
    ("answer-mailed", "Answer given to the outbox"),
    ("mail_queued", "Mail put in the outbox"),
    ("mail_sent", "Mail sent"),
    ("mail_failed", "Mail could not be sent"),
    ("mail_bounced", "Mail came back"),
    ("mail_unknown", "Mail may have gone out: the server did not say"),
    ("mail_again", "Mail to be sent again"),
    ("message-taken", "Message arrived"),
    ("message-request", "Made a case"),
    ("message-filed", "Message filed"),
    ("message-nothing", "Set aside"),
    ("receive", "Request recorded"),
    ("post-address", "Address looked at"),
    ("acknowledge", "Acknowledged"),
    ("ask-identity", "Proof of identity asked for"),
    ("identity-received", "Proof of identity received"),
    ("identity-not-relied-on", "Identity question no longer relied on"),
    ("ask-authority", "Proof of authority asked for"),
    ("authority-received", "Proof of authority received"),
    ("judge-capacity", "Child’s understanding judged"),
    ("clarify", "Clarification asked for, clock paused"),
    ("clarified", "Clarification answered, clock running"),
    ("extend", "Time extended"),
    ("charge", "Fee asked for"),
    ("fee-paid", "Fee paid, clock running"),
    ("decide-exemption", "Exemption decided"),
    ("authority-refused", "Authority not accepted"),
    ("identity-refused", "Identity not confirmed"),
    ("keep-addresses", "Addresses kept from whoever asks"),
    ("set-answer", "Form of the answer recorded"),
    ("prepare-part", "First part finished"),
    ("reply-part", "First part sent"),
    ("supplement", "Opened for a second pack"),
    ("search", "Search begun"),
    ("searched", "Search finished"),
    ("search-failed", "Search stopped"),
    ("search-result", "Search result kept"),
    ("decide", "Review decision"),
    ("include", "Item included"),
    ("leave-out", "Item left out"),
    ("add-redaction", "Redaction added"),
    ("kept", "Decisions kept after a new search"),
    ("accept-rest", "Open proposals accepted"),
    ("assign", "Assigned"),
    ("plan-search", "Search by hand asked for"),
    ("finish-search", "Search by hand recorded"),
    ("found-by-hand", "Found by hand, added"),
    ("passwords-tried", "Passwords tried on what was locked"),
    ("searched-by-hand", "Search by hand recorded"),
    ("search-plan", "Search plan opened"),
    ("locked-items", "List of what is under a password opened"),
    ("search-task", "Search by hand opened"),
    ("disclosure-log", "Log of what was disclosed and withheld opened"),
    ("prepare", "Review finished"),
    ("reopen-review", "Review opened again"),
    ("approve", "Reply approved"),
    ("reply", "Reply sent"),
    ("refuse", "Decided to refuse it"),
    ("send-refusal", "Refusal sent"),
    ("edit-letter", "Letter edited"),
    ("withdraw", "Request withdrawn"),
    ("close", "Request closed"),
    ("complain", "Complaint recorded"),
    ("acknowledge-complaint", "Complaint acknowledged"),
    ("complaint-reached", "Reached the person in charge"),
    ("complaint-progress", "Progress noted"),
    ("complaint-step", "Step begun"),
    ("complaint-step-done", "Step finished"),
    ("complaint-outcome", "Outcome told"),
    ("complaint-withdrawn", "Complaint taken back"),
    ("complaint-closed", "Complaint closed"),
    ("portal-held", "Held back of a storm"),
    ("portal-held-taken", "Made a case"),
    ("portal-held-aside", "Set aside"),
    ("told", "Sent through the portal"),
    ("known-by", "E-mail address confirmed as theirs"),
    ("told-taken", "What the person sent was taken up"),
    ("told-aside", "What the person sent was set aside"),
    ("pass_create", "A link or a session of the portal was made"),
    ("pass_use", "A link of the portal was used"),
    ("pass_try", "A wrong passphrase was tried"),
    ("passes_end", "Earlier links of the portal ended"),
    ("portal-release", "Reply released to the portal"),
    ("portal-see", "Looked at through the portal"),
    ("portal-download", "Downloaded through the portal"),
    ("action-open", "Something that has to be done added"),
    ("action-done", "Something that had to be done recorded as done"),
    ("answer", "Answer sent"),
    ("correct", "Decided what is put right"),
    ("hold-classes", "Kinds of record named"),
    ("decide-erasure", "Decided what is erased"),
    ("decide-restriction", "Decided on the restriction"),
    ("decide-objection", "Objection weighed"),
    ("decide-stop", "Use stopped"),
    ("decide-portability", "Files to take elsewhere decided"),
    ("decide-automated", "Automated decision looked at by a person"),
    ("decide-given", "Decided what is given"),
    ("decide-elsewhere", "Sent another way"),
    ("mark-made", "Mark made"),
    ("mark-lifted", "Mark lifted"),
    ("use-refused", "Use refused by a mark"),
    ("use-allowed", "Use of restricted data allowed for a reason"),
    ("use-checked", "Asked whether data may be used"),
    ("lift-refused", "Lifting a mark refused"),
    ("see", "Looked at"),
    ("open-document", "Document opened"),
    ("preview-reply", "Reply letter previewed"),
    ("review-item", "Review item opened"),
    ("blob-put", "File stored"),
];

/// Whole days from `from` to `to`.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// A date on a page, e.g. `Tue 29 Dec 2026`; a dash when there is none.
pub(crate) fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "–".to_owned(), short_date)
}

/// A moment on a page, in London time: `22 November 2026 at 10:14`.
pub(crate) fn moment(at: jiff::Timestamp) -> String {
    match When::from(at).shown().split_once(' ') {
        Some((_, rest)) => rest.to_owned(),
        None => String::new(),
    }
}

/// The time of day of a moment, in London: `10:14 GMT`.
pub(crate) fn time(at: jiff::Timestamp) -> String {
    let moment = moment(at);
    moment.rsplit_once(" at ").map_or(moment.clone(), |(_, time)| time.to_owned())
}

/// A sentence begins with a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `1 item`, `2 items`.
pub(crate) fn count(number: u64, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {many}", thousands(number)) }
}

/// `4,150`.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_due_date_is_said_in_words() {
        let today: Date = "2026-11-22".parse().unwrap();
        for (due, words) in [
            ("2026-11-22", "today"),
            ("2026-11-23", "tomorrow"),
            ("2026-12-29", "in 37 days"),
            ("2026-11-21", "1 day overdue"),
            ("2026-11-01", "21 days overdue"),
        ] {
            assert_eq!(in_words(due.parse().unwrap(), today), words);
        }
    }

    #[test]
    fn a_moment_is_shown_in_london_time() {
        assert_eq!(moment("2026-07-01T09:14:00Z".parse().unwrap()), "1 July 2026 at 10:14 BST");
    }

    #[test]
    fn every_event_has_words_of_its_own() {
        assert_eq!(event("receive"), "Request recorded");
        assert_eq!(event("something-new"), "something-new");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(thousands(7), "7");
        assert_eq!(thousands(4150), "4,150");
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert_eq!(count(1, "item", "items"), "1 item");
    }
}
