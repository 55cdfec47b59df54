//! What nobody could open for want of a password: how it is told from what else could not be read, and how often
//! passwords were tried on it.

/// What the readers say of something encrypted begins with.
const WORDS: [&str; 2] = ["is encrypted", "the PDF is encrypted"];
/// What follows where no password helps.
const HELPLESS: [&str; 3] = [" in a way", " twice", ", and damaged"];
/// What stands before the number of tries.
const TRIED: &str = "; tried ";

/// Whether a password may open what could not be read for this reason.
pub fn is_locked(reason: &str) -> bool {
    let rest = WORDS.iter().find_map(|words| reason.strip_prefix(words));
    rest.is_some_and(|rest| !HELPLESS.iter().any(|words| rest.starts_with(words)))
}

/// How often passwords were tried on it.
pub fn times_tried(reason: &str) -> u64 {
    let number = reason.rsplit_once(TRIED).and_then(|(_, number)| number.split(' ').next());
    match number {
        Some("once") => 1,
        Some(number) => number.parse().unwrap_or(0),
        None => 0,
    }
}

/// The reason, with how often passwords were tried.
pub(crate) fn tried(reason: &str, times: u64) -> String {
    let bare = reason.rsplit_once(TRIED).map_or(reason, |(bare, _)| bare);
    match times {
        0 => bare.to_owned(),
        1 => format!("{bare}{TRIED}once"),
        times => format!("{bare}{TRIED}{times} times"),
    }
}

/// Whether the reading stopped before it is known whether a password opens it: it may be tried again.
pub(crate) fn was_cut_short(reason: &str) -> bool {
    CUT_SHORT.iter().any(|words| reason.starts_with(words))
}

/// How the reasons begin of what was not read to its end.
const CUT_SHORT: [&str; 4] = ["took longer than", "was not read", "crashed the reader", "needed more memory"];

/// Whether something lies in an item, or is the item itself.
pub(crate) fn lies_in(locator: &str, item: &str) -> bool {
    locator.strip_prefix(item).is_some_and(|rest| rest.is_empty() || rest.starts_with('!'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_helps_with_what_is_under_one_alone() {
        for reason in
            ["is encrypted", "the PDF is encrypted", "is encrypted, and none of the passwords opens it", "is encrypted; tried once"]
        {
            assert!(is_locked(reason), "{reason}");
        }
        let others = ["is encrypted in a way that is not read", "is encrypted twice", "is encrypted, and damaged or cut off"];
        for reason in others.into_iter().chain(["holds an encrypted passage", "is damaged or cut off"]) {
            assert!(!is_locked(reason), "{reason}");
        }
    }

    #[test]
    fn what_was_cut_short_may_be_tried_again() {
        for reason in ["took longer than 10 s to read", "was not read, because the message that carries it could not be read whole"] {
            assert!(was_cut_short(reason) && !is_locked(reason), "{reason}");
        }
        assert!(!was_cut_short("is a scan; letters in it were not read") && !was_cut_short("is encrypted"));
    }

    #[test]
    fn tries_are_counted_in_the_reason() {
        assert_eq!(times_tried("the PDF is encrypted"), 0);
        let once = tried("the PDF is encrypted", 1);
        assert_eq!((once.as_str(), times_tried(&once)), ("the PDF is encrypted; tried once", 1));
        let more = tried(&once, 12);
        assert_eq!((more.as_str(), times_tried(&more)), ("the PDF is encrypted; tried 12 times", 12));
        assert_eq!(tried(&more, 0), "the PDF is encrypted");
        assert_eq!(times_tried("is odd; tried much"), 0);
    }

    #[test]
    fn what_lies_in_an_item_begins_with_it() {
        assert!(lies_in("a.zip!1:b", "a.zip") && lies_in("a.zip", "a.zip"));
        assert!(!lies_in("a.zip2", "a.zip") && !lies_in("a", "a.zip"));
    }
}
