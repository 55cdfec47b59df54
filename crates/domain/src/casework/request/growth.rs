//! What is known of the person grows by what is found.

use super::Request;
use super::transitions::{Next, refuse};
use crate::RefusalCode;

impl Request {
    /// Adds an e-mail address that a reviewer confirmed to be the person's, so that the next search finds what it carries. An
    /// address that is known already changes nothing.
    ///
    /// # Errors
    /// `REQ-004` outside of work and review, `FORM-001` for what is no address.
    pub fn known_by(self, address: &str) -> Next {
        let mut next = self.live()?.at(&["open", "review"])?;
        let address = address.trim().to_lowercase();
        let shaped = address.split_once('@').is_some_and(|(local, domain)| {
            let plain = |c: char| !c.is_whitespace() && !matches!(c, '@' | '<' | '>' | ',' | ';' | '"');
            !local.is_empty() && local.chars().all(plain) && domain.chars().all(plain) && domain.trim_matches('.').contains('.')
        });
        if !shaped {
            return refuse(RefusalCode::ValueInvalid, "This is no e-mail address.");
        }
        let Some(mut person) = next.person.get().cloned() else { return refuse(RefusalCode::PersonNoIdentifier, "") };
        if !person.emails.iter().any(|known| known.trim().eq_ignore_ascii_case(&address)) {
            person.emails.push(address);
            next.person = next.own(person);
        }
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::Behalf;
    use super::super::tests::request_on;
    use crate::RefusalCode;

    #[test]
    fn a_confirmed_address_is_known_once() {
        let request = request_on(date(2026, 11, 20), Behalf::Themselves);
        let grown = request.known_by(" Amelia@Mail.example ").unwrap().known_by("amelia@mail.example").unwrap();
        assert_eq!(grown.person.get().unwrap().emails, ["amelia@mail.example"]);
        for text in ["amelia", "a@b", "a b@c.example", "<a@b.example>", "@b.example", ""] {
            assert_eq!(grown.clone().known_by(text).unwrap_err().code, RefusalCode::ValueInvalid, "{text}");
        }
        let searching = grown.search(vec!["mailbox".into()], Vec::new(), date(2026, 11, 21)).unwrap();
        assert_eq!(searching.known_by("b@c.example").unwrap_err().code, RefusalCode::WrongState);
    }
}
