//! One set of proposals that do not overlap, with no part of a string left over.

use super::{Default, Proposal};

/// Who proposed. The order is the order of trust when two speak of the same words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Detector,
    Correspondent,
    Directory,
}

/// Joins overlapping proposals. What the directory shows as staff stays shown where only the detector says otherwise;
/// in every other case the union is withheld if any part is.
pub(super) fn merge(mut found: Vec<(Source, Proposal)>) -> Vec<Proposal> {
    let mut shown: Vec<(usize, usize)> =
        found.iter().filter(|(s, p)| *s == Source::Directory && p.default == Default::Show).map(|(_, p)| (p.start, p.end)).collect();
    shown.sort_by_key(|(start, end)| (*end, *start));
    found.retain(|(source, p)| *source != Source::Detector || p.default == Default::Show || !mostly_within(p, &shown));
    found.sort_by(|(sa, a), (sb, b)| (a.start, b.end, sb).cmp(&(b.start, a.end, sa)));
    let mut out: Vec<(Source, Proposal)> = Vec::with_capacity(found.len());
    for (source, p) in found {
        match out.last_mut() {
            Some((s, last)) if p.start < last.end => join((s, last), (source, p)),
            _ => out.push((source, p)),
        }
    }
    out.into_iter().map(|(_, p)| p).collect()
}

fn mostly_within(p: &Proposal, shown: &[(usize, usize)]) -> bool {
    // In order of their ends; at most a few end within one proposal.
    let first = shown.partition_point(|(_, end)| *end <= p.start);
    shown.iter().skip(first).take(64).any(|(start, end)| {
        let common = p.end.min(*end).saturating_sub(p.start.max(*start));
        common * 2 > p.end - p.start
    })
}

fn join((source, last): (&mut Source, &mut Proposal), (other, p): (Source, Proposal)) {
    let end = last.end.max(p.end);
    let rank = |s: Source, p: &Proposal| (p.default == Default::Withhold, s, p.end - p.start);
    // Staff named in full stay shown though a single word of the name is also somebody else's.
    let inside = p.end <= last.end && last.default == Default::Show && *source >= other && p.end - p.start < last.end - last.start;
    if !inside && rank(other, &p) > rank(*source, last) {
        let start = last.start;
        *last = p;
        last.start = start;
        *source = other;
    }
    last.end = end;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Kind;
    use crate::plan::propose::withhold;

    fn at(start: usize, end: usize, default: Default) -> Proposal {
        Proposal { default, ..withhold(start, end, Kind::Person, format!("{start}-{end}"), None) }
    }

    #[test]
    fn overlaps_join_and_withholding_wins() {
        let out = merge(vec![
            (Source::Detector, at(0, 10, Default::Withhold)),
            (Source::Correspondent, at(5, 15, Default::Withhold)),
            (Source::Directory, at(20, 25, Default::Show)),
            (Source::Detector, at(20, 26, Default::Withhold)),
        ]);
        assert_eq!(
            out.iter().map(|p| (p.start, p.end, p.default)).collect::<Vec<_>>(),
            [(0, 15, Default::Withhold), (20, 25, Default::Show)]
        );
    }
}
