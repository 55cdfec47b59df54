//! Every statement of the store is a named constant in one registry, so that a test can
//! prepare each of them on both engines.

/// One SQL text, written once for both engines: `$1..$n`, the portable subset, no literals
/// with a dollar sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

/// Declares the statements of one file and the list `ALL` of them.
macro_rules! queries {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: $crate::sql::Query = $crate::sql::Query { name: stringify!($name), text: $text };)*
        /// Every statement of this file, for the registry.
        pub(crate) const ALL: &[$crate::sql::Query] = &[$($name),*];
    };
}
pub(crate) use queries;

/// All statements of the store, file by file.
pub(crate) const REGISTRY: &[&[Query]] = &[
    crate::alerts::ALL,
    crate::blobs::ALL,
    crate::idempotency::ALL,
    crate::jobs::ALL,
    crate::keys::table::ALL,
    crate::list::ALL,
    crate::log::ALL,
    crate::mail_in::ALL,
    crate::mail_left::ALL,
    crate::migrate::ALL,
    crate::outbox::ALL,
    crate::passes::ALL,
    crate::progress::ALL,
    crate::records::ALL,
    crate::review::ALL,
    crate::review::decisions::ALL,
    crate::review::notes::ALL,
    crate::review::queue::ALL,
    crate::review::words::ALL,
    crate::search_notes::ALL,
    crate::sessions::ALL,
    crate::settings::ALL,
    crate::tallies::ALL,
    crate::throttle::ALL,
    crate::tokens::ALL,
    crate::users::ALL,
    crate::verify::ALL,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_name_stands_for_one_statement() {
        // Prepared statements are kept under their names: of two with one name, the second would run the first.
        let mut seen = BTreeSet::new();
        for query in REGISTRY.iter().copied().flatten() {
            assert!(seen.insert(query.name), "{} is there twice", query.name);
        }
    }
}
