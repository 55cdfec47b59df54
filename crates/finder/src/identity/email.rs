//! Forms of an e-mail address, and addresses made from a name.

use super::distance::one_error;
use super::name::PersonName;

/// The local part and the domain of a folded address.
pub(super) fn split(address: &str) -> Option<(&str, &str)> {
    address.rsplit_once('@').filter(|(local, domain)| !local.is_empty() && domain.contains('.'))
}

/// True when a local part says enough by itself: letters and digits of at least five, more than a post-box's role.
pub(super) fn name_like(local: &str) -> bool {
    let letters = local.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && local.len() >= 5 && !is_role(local)
}

/// True for a box that belongs to nobody in particular.
pub(super) fn is_role(local: &str) -> bool {
    const ROLES: &str = " info office admin contact enquiries enquiry reception sales support hello noreply no-reply donotreply do-not-reply \
        accounts secretary manager webmaster postmaster privacy hr team staff school mail list lists members announce news newsletter \
        notifications notification service services help helpdesk jobs owner request bounce bounces daemon mailer-daemon calendar invite ";
    let first = local.split(['.', '-', '_', '+']).next().unwrap_or_default();
    ROLES.split_ascii_whitespace().any(|r| r == local || r == first)
}

/// True for an address that hands on what comes to it, to somebody its name does not tell: `box19@relay.example`.
pub(super) fn is_relay(local: &str, domain: &str) -> bool {
    const RELAYS: [&str; 12] = [
        "relay",
        "privaterelay",
        "reply",
        "replies",
        "noreply",
        "lists",
        "groups",
        "googlegroups",
        "mailer",
        "notifications",
        "forward",
        "proxy",
    ];
    const BOXES: [&str; 7] = ["box", "mailbox", "inbox", "postbox", "user", "member", "customer"];
    let numbered = local.trim_end_matches(|c: char| c.is_ascii_digit());
    domain.split(['.', '-']).any(|label| RELAYS.contains(&label)) || numbered.len() < local.len() && BOXES.contains(&numbered)
}

/// Other domains under which the same boxes are reached.
pub(super) fn twin_domain(domain: &str) -> Option<&'static str> {
    match domain {
        "gmail.com" => Some("googlemail.com"),
        "googlemail.com" => Some("gmail.com"),
        _ => None,
    }
}

/// True for a domain whose boxes are the same with and without points in their names.
pub(super) fn ignores_points(domain: &str) -> bool {
    matches!(domain, "gmail.com" | "googlemail.com")
}

/// True for a domain at which anybody may have a box: a name in front of it says little.
pub(super) fn is_open(domain: &str) -> bool {
    let name = domain.split('.').next().unwrap_or_default();
    matches!(
        name,
        "gmail"
            | "googlemail"
            | "outlook"
            | "hotmail"
            | "live"
            | "msn"
            | "yahoo"
            | "ymail"
            | "icloud"
            | "me"
            | "aol"
            | "btinternet"
            | "sky"
            | "virginmedia"
            | "talktalk"
            | "ntlworld"
            | "protonmail"
            | "proton"
            | "gmx"
            | "mail"
            | "tiscali"
            | "blueyonder"
    )
}

/// Bytes of the longest address (RFC 5321, 4.5.3.1): no more are read on either side of a place.
const LONGEST: usize = 320;

/// Where an address beginning or lying at `start..end` of the text truly begins and ends.
pub(super) fn whole_address(text: &str, start: usize, end: usize) -> (usize, usize) {
    let from = text.ceil_char_boundary(start.saturating_sub(LONGEST));
    let begin = text.get(from..start).map_or(start, |t| from + t.trim_end_matches(in_local).len());
    let rest = text.get(end..text.floor_char_boundary(end + LONGEST)).unwrap_or_default();
    let mut stop = end + rest.find(|c| !in_address(c)).unwrap_or(rest.len());
    if let Some(found) = text.get(begin..stop) {
        stop = begin + found.trim_end_matches(['.', '-', '@', '+', '_']).len();
    }
    (begin, stop.max(end))
}

/// Where an address ends that begins with the local part of a known one, up to `at`, and has one typing error in the rest: `@` left out or
/// written as another sign, a letter too many or too few, changed or swapped. An address at another of the large providers is another.
pub(super) fn slip(text: &str, at: usize, domain: &str) -> Option<usize> {
    const TELLING: usize = 7;
    let rest = text.get(at..text.floor_char_boundary(at + domain.len() + 8))?;
    let rest = rest.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '"' | '|')).next()?;
    let written = rest.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    let other = written.strip_prefix('@').is_some_and(is_open);
    (!other && domain.len() >= TELLING && one_error(written, &format!("@{domain}"))).then_some(at + written.len())
}

pub(super) fn in_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}

fn in_address(c: char) -> bool {
    in_local(c) || c == '@'
}

/// Local parts people make from a name: the clear ones, then the vague ones (initial and surname).
pub(super) fn locals_of(name: &PersonName) -> (Vec<String>, Vec<String>) {
    let (mut clear, mut vague) = (Vec::new(), Vec::new());
    let Some(initial) = name.given.chars().next() else { return (clear, vague) };
    let squash = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let plain = |s: &&String| !name.scanned.contains(s);
    let mut surnames: Vec<String> = name.surnames.iter().filter(plain).map(|s| squash(s)).filter(|s| s.len() > 1).collect();
    surnames.sort();
    surnames.dedup();
    let mut givens: Vec<String> = name
        .givens()
        .filter(|g| !name.scanned.iter().any(|s| s == g))
        .chain(name.nicknames.iter().map(String::as_str))
        .map(squash)
        .filter(|g| g.len() > 2)
        .collect();
    if name.given.contains('-') {
        givens.push(name.given.clone());
    }
    givens.sort();
    givens.dedup();
    // `MichaelO'Connor`, `AmeliaHart-Davies`
    let marked = |s: &&String| s.contains(['\'', '-', ' ']);
    let pairs = name.surnames.iter().filter(plain).filter(marked).flat_map(|s| givens.iter().map(move |g| (g, s)));
    clear.extend(pairs.flat_map(|(g, s)| [format!("{g}{s}"), format!("{s}{g}")]));
    for surname in &surnames {
        for given in &givens {
            for joint in [".", "_", "-", ""] {
                clear.push(format!("{given}{joint}{surname}"));
                clear.push(format!("{surname}{joint}{given}"));
            }
        }
        for joint in [".", "_", "-", ""] {
            vague.push(format!("{initial}{joint}{surname}"));
            vague.push(format!("{surname}{joint}{initial}"));
        }
        vague.push(format!("{}.{}", squash(&name.given), surname.chars().next().unwrap_or_default()));
    }
    (clear, vague)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_reach_to_their_ends() {
        let text = "to <x.amelia.hart+school@mail.example.org>.";
        let at = text.find("amelia").unwrap();
        let (start, end) = whole_address(text, at, at + 11);
        assert_eq!(&text[start..end], "x.amelia.hart+school@mail.example.org");
    }

    #[test]
    fn one_typing_error_behind_the_local_part_is_one() {
        for (text, end) in [
            ("amelia.hart@fellsid.example said", Some(27)),
            ("amelia.hartfellside.example.", Some(27)),
            ("amelia.hart;fellside.example, or", Some(28)),
            ("amelia.hart@fellside,example", Some(28)),
            ("<amelia.hart@fellside.exmaple>", Some(29)),
            ("amelia.hart@fellside.example", None),
            ("amelia.hart@fallsid.example", None),
            ("amelia.hart@gmail.com", None),
            ("amelia.hart", None),
        ] {
            let at = text.find("hart").unwrap() + 4;
            assert_eq!(slip(text, at, "fellside.example"), end, "{text}");
        }
        assert_eq!(slip("amelia.hart@ymail.com", 11, "gmail.com"), None);
        assert_eq!(slip("amelia.hart@gmial.com", 11, "gmail.com"), Some(21));
    }

    #[test]
    fn role_boxes_are_no_names() {
        assert!(name_like("ahart") && name_like("amelia.hart"));
        assert!(!name_like("info") && !name_like("office") && !name_like("a1"));
    }
}
