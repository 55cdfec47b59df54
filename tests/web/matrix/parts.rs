//! What stands in the variable parts of an address, for routes that exist now and those that
//! will: a table by the beginning of the path.

use web::routes::Route;

use super::world::{Case, NOTHING};

/// Whose record an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// A request, with its stage and the relations to it.
    Request,
    /// A version of the policy.
    Version,
    /// A duty.
    Duty,
    /// Anything else: tried with an identifier that nothing has.
    Other,
    /// No variable part at all.
    Fixed,
}

/// The families by the beginning of their paths. A new kind of record gets a line here, or in the
/// table of `records`; until then its routes are tried as if no record were there.
const FAMILIES: &[(&str, Family)] =
    &[("/requests/{id}", Family::Request), ("/policy/versions/{id}", Family::Version), ("/duties/{id}", Family::Duty)];

/// The family of a route.
pub(super) fn family(route: &Route) -> Family {
    if !route.path.contains('{') {
        return Family::Fixed;
    }
    let known = FAMILIES.iter().find(|(start, _)| route.path.starts_with(start));
    known.map_or(Family::Other, |(_, family)| *family)
}

/// The address for a case; parts that are no case's are those of the route's own sample.
pub(super) fn address(route: &Route, id: &str, case: Option<&Case>) -> String {
    let document = case.and_then(|case| case.document.as_deref()).unwrap_or(NOTHING);
    filled(route, &[("{id}", id), ("{document}", document)])
}

/// The address with these parts filled in; the others are those of the route's own sample.
pub(super) fn filled(route: &Route, known: &[(&str, &str)]) -> String {
    let path = known.iter().fold(route.path.to_owned(), |path, (part, value)| path.replace(part, value));
    // What is left is filled in as the route itself says, part by part.
    let sample = route.sample();
    let (parts, samples): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), sample.split('/').collect());
    let filled: Vec<&str> = parts.iter().zip(&samples).map(|(part, sample)| if part.contains('{') { *sample } else { *part }).collect();
    filled.join("/")
}
