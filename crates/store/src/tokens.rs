//! Blind tokens: records are found by the words of names, references and addresses through
//! keyed hashes (HMAC-SHA256 under a key of the organisation), so that the words themselves
//! are nowhere stored.

use std::collections::BTreeSet;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{
    error::Error,
    keys::table::{Held, Holder},
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::values,
};

queries! {
    TOKENS_OF = "SELECT token, subject FROM tokens WHERE org = $1 AND record = $2";
    TOKEN_ADD = "INSERT INTO tokens (org, token, record, subject) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    TOKEN_DROP = "DELETE FROM tokens WHERE org = $1 AND token = $2 AND record = $3 AND subject = $4";
    TOKENS_FORGET = "DELETE FROM tokens WHERE org = $1 AND subject = $2";
}

/// Bytes kept of each keyed hash: enough that two words practically never meet.
const TOKEN: usize = 16;
/// Prefixes of words get tokens from this many letters on, up to [`LONGEST_PREFIX`].
const SHORTEST_PREFIX: usize = 3;
const LONGEST_PREFIX: usize = 8;

/// A text that a record shall be found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchToken<'a> {
    /// Whose data the text is; its tokens go when the subject is erased.
    pub subject: Option<&'a str>,
    /// A name, an e-mail address, a reference.
    pub text: &'a str,
    /// Whether beginnings of its words (three letters or more) shall find it too.
    pub prefixes: bool,
}

impl<'a> SearchToken<'a> {
    /// A text about nobody in particular, e.g. a reference.
    pub fn plain(text: &'a str) -> Self {
        Self { subject: None, text, prefixes: false }
    }

    /// A text about a subject, found by beginnings of its words too.
    pub fn of(subject: &'a str, text: &'a str) -> Self {
        Self { subject: Some(subject), text, prefixes: true }
    }
}

/// The words of a text as they are compared: lower case, without diacritics, split at
/// everything that is neither a letter nor a digit.
pub(crate) fn words(text: &str) -> BTreeSet<String> {
    let folded: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

impl ReadTx<'_> {
    /// The blind token of a folded word.
    pub(crate) fn token(&self, purpose: &str, word: &str) -> Vec<u8> {
        keyed_hash(self.shared.search_key.as_slice(), purpose, word).into_iter().take(TOKEN).collect()
    }

    /// The tokens that a search text asks for: all its words, the longest, which is likely
    /// the rarest, first.
    pub(crate) fn tokens_asked(&self, text: &str) -> Vec<Vec<u8>> {
        let mut words: Vec<String> = words(text).into_iter().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        words.iter().map(|word| self.token("word", word)).collect()
    }
}

/// HMAC-SHA256 over a purpose and a text.
pub(crate) fn keyed_hash(key: &[u8], purpose: &str, text: &str) -> [u8; 32] {
    // HMAC takes keys of every length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

impl WriteTx<'_> {
    /// Makes the tokens of a record these, touching only what differs. Tokens about an erased
    /// subject are left out.
    pub(crate) fn tokens_replace(&mut self, record: &str, texts: &[SearchToken<'_>]) -> Result<(), Error> {
        let mut wanted = BTreeSet::new();
        for text in texts {
            let subject = text.subject.unwrap_or_default();
            if !subject.is_empty() && !matches!(self.key(Holder::Subject, subject)?, Held::Alive(_)) {
                continue;
            }
            for word in words(text.text) {
                wanted.insert((self.token("word", &word), subject.to_owned()));
                if text.prefixes {
                    wanted.extend(prefixes(&word).map(|prefix| (self.token("word", prefix), subject.to_owned())));
                }
            }
        }
        let org = self.org();
        let rows = self.query(&TOKENS_OF, values![org, record])?;
        let old = rows.into_iter().map(|mut row| Ok((row.blob(0)?, row.text(1)?))).collect::<Result<BTreeSet<_>, Error>>()?;
        for (token, subject) in wanted.difference(&old) {
            self.touch(&TOKEN_ADD, values![org, token.as_slice(), record, subject])?;
        }
        for (token, subject) in old.difference(&wanted) {
            self.touch(&TOKEN_DROP, values![org, token.as_slice(), record, subject])?;
        }
        Ok(())
    }
}

fn prefixes(word: &str) -> impl Iterator<Item = &str> {
    let ends = word.char_indices().map(|(at, _)| at).skip(SHORTEST_PREFIX).take(LONGEST_PREFIX - SHORTEST_PREFIX + 1);
    ends.filter_map(|end| word.get(..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold_case_and_diacritics() {
        let folded: Vec<String> = words("Zoë O'Brien-ÅKESSON, zoe@Example.org").into_iter().collect();
        assert_eq!(folded, ["akesson", "brien", "example", "o", "org", "zoe"]);
    }

    #[test]
    fn prefixes_begin_at_three_letters_and_are_shorter_than_the_word() {
        assert_eq!(prefixes("hart").collect::<Vec<_>>(), ["har"]);
        assert_eq!(prefixes("joe").count(), 0);
        assert_eq!(prefixes("wolstenholme").last(), Some("wolstenh"));
    }
}
