//! Accounts on social networks: whose name tells somebody as surely as their e-mail address does, unless it is an organisation's, a group's or
//! the data subject's own.

use crate::detect::Kind;
use crate::fold::fold;
use crate::identity::PersonName;
use crate::lexicon::{Flags, Hash, look_up};

/// Letters of a name that make an account the subject's own.
const TELLING: usize = 4;

/// True for the account of somebody else: `@liz_thorn`, `liz#1234`, `facebook.com/liz.thorn`.
pub(super) fn is_anothers(kind: Kind, text: &str, own: &[PersonName]) -> bool {
    let Some(name) = (if kind == Kind::Url { on_a_page(text) } else { text.trim_start_matches('@').split('@').next() }) else {
        return false;
    };
    let plain: String = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
    plain.len() > 2 && !is_of_many(name, &plain) && !own.iter().any(|n| speaks_of(n, &plain))
}

/// The account in the address of its page.
fn on_a_page(url: &str) -> Option<&str> {
    const NETWORKS: [&str; 12] = [
        "facebook.com",
        "instagram.com",
        "twitter.com",
        "x.com",
        "tiktok.com",
        "linkedin.com",
        "snapchat.com",
        "youtube.com",
        "threads.net",
        "bsky.app",
        "t.me",
        "vk.com",
    ];
    // What stands between a network and the account, and what stands there instead of one.
    const BEFORE: [&str; 5] = ["in", "add", "profile", "user", "people"];
    const NONE: [&str; 24] = [
        "groups",
        "pages",
        "events",
        "hashtag",
        "intent",
        "share",
        "sharer",
        "sharer.php",
        "home",
        "company",
        "school",
        "p",
        "reel",
        "reels",
        "watch",
        "search",
        "login",
        "explore",
        "stories",
        "jobs",
        "feed",
        "posts",
        "channel",
        "playlist",
    ];
    let address = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = address.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let host = ["www.", "m.", "uk.", "en-gb."].into_iter().fold(host.as_str(), |host, part| host.strip_prefix(part).unwrap_or(host));
    let mut parts = path.split(['/', '?', '#']).filter(|part| !part.is_empty());
    let mut first = parts.next()?;
    if BEFORE.contains(&first) {
        first = parts.next()?;
    }
    let known = NETWORKS.contains(&host) && !NONE.contains(&first.to_ascii_lowercase().as_str());
    known.then(|| first.trim_start_matches('@'))
}

/// True for everybody in a room (`@everyone`), for a word of a program (`@param`), and for an organisation.
fn is_of_many(name: &str, plain: &str) -> bool {
    const PROGRAMS: [&str; 12] =
        ["param", "params", "returns", "todo", "fixme", "deprecated", "override", "autowired", "media", "charset", "echo", "author"];
    const ORGANISATIONS: [&str; 30] = [
        "charity",
        "charities",
        "foundation",
        "trust",
        "council",
        "school",
        "academy",
        "college",
        "university",
        "nursery",
        "church",
        "hospital",
        "nhs",
        "police",
        "bbc",
        "news",
        "times",
        "gazette",
        "official",
        "support",
        "helpline",
        "club",
        "united",
        "society",
        "community",
        "centre",
        "group",
        "services",
        "shop",
        "ltd",
    ];
    let known = look_up(Hash::of(plain));
    let word = known.any(Flags::FREQUENT.into_iter().fold(Flags::COMMON, Flags::with)) && !known.any(Flags::GIVEN);
    let word = word || PROGRAMS.contains(&plain);
    let short_for = name.len() < 8 && name.len() > 2 && name.bytes().all(|b| b.is_ascii_uppercase());
    word || short_for || ORGANISATIONS.iter().any(|org| plain.starts_with(org) || plain.ends_with(org))
}

/// True when the account is made of the name: of its given name, a short form of it or its surname.
fn speaks_of(name: &PersonName, plain: &str) -> bool {
    let words = name.own_words().chain(name.nicknames.iter().map(String::as_str)).flat_map(|word| word.split([' ', '-', '\'']));
    words.filter(|word| word.chars().count() > 2).any(|word| plain == word || word.chars().count() >= TELLING && plain.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{left, planned};
    use super::super::{DirectoryEntry, PlanContext, Role};
    use crate::document::{Document, DocumentKind};
    use crate::identity::Identity;

    fn left_of(text: &str) -> String {
        let subject = Identity {
            names: vec!["Amelia Hart".into()],
            references: vec!["@sunny_day77".into(), "bluebird#12".into()],
            ..Identity::default()
        };
        let staff = DirectoryEntry { name: "Priya Sandhu".into(), emails: Vec::new(), role: Role::Staff };
        let context = PlanContext::new(&subject, &[staff], &[]).unwrap();
        left(text, &planned(&Document::of(DocumentKind::Text, "", text), &context))
    }

    #[test]
    fn accounts_of_others_are_withheld() {
        for (text, expected) in [
            ("It was @liz_thorn again.", "It was  again."),
            ("Discord: liz#1234, thanks", "Discord: , thanks"),
            ("see https://www.facebook.com/liz.thorn.99 for it", "see  for it"),
            ("her page is linkedin.com/in/liz-thorn-8", "her page is "),
            ("@rose said so", " said so"),
        ] {
            assert_eq!(left_of(text), expected, "{text}");
        }
    }

    #[test]
    fn accounts_of_the_subject_of_organisations_and_of_rooms_stay() {
        for text in [
            "@everyone please read; @here too",
            "/** @param x and @return */",
            "follow @NSPCC and @GreenbankCharity, @westfordschool",
            "that was @ameliahart, or @harty_a, she said",
            "I am @sunny_day77 there, and bluebird#12",
            "https://www.facebook.com/groups/parents and https://x.com/hashtag/a",
            "https://www.example.org/liz.thorn",
        ] {
            assert_eq!(left_of(text), text);
        }
    }
}
