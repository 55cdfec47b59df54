//! What is weighed when everything was met: an item that holds no more than a first name, a surname alone or initials is
//! worth a look where such items are few, and noise where they are many.

use finder::identity::{Band, is_namesake};

use super::scan::{MetItem, Scan};

/// So many of these items are always shown.
const ALWAYS: usize = 3;
/// Beyond them, one for so many items that surely or likely concern the person.
const SURE_FOR_ONE: usize = 100;

/// Whether so many weak items beside so many that surely or likely concern the person are left out.
pub fn too_many(weak: usize, sure: usize) -> bool {
    sure > 0 && weak > ALWAYS.max(sure / SURE_FOR_ONE)
}

impl Scan {
    /// Leaves out what is only possibly about the person when there is more of it than one in a hundred of what surely or
    /// likely is. What was left out is counted in [`Scan::left_out`]. Nothing is left out when nothing surer was found, and
    /// never an item of somebody who may be a namesake: that a person decides. With `parts`, nothing at all is left out.
    pub(super) fn settle(&mut self, parts: bool) {
        let sure = self.met.iter().filter(|met| met.band > Some(Band::Possible) && met.duplicate_of.is_none()).count();
        let weak = self.met.iter().filter(|met| is_weak(met) && met.duplicate_of.is_none()).count();
        if parts || !too_many(weak, sure) {
            return;
        }
        let mut gone = vec![false; self.documents.len()];
        for met in self.met.iter_mut().filter(|met| is_weak(met)) {
            met.band = None;
            met.duplicate_of = None;
            if let Some(place) = met.document.take().and_then(|at| gone.get_mut(at)) {
                *place = true;
            }
        }
        let mut kept = 0;
        let moved: Vec<usize> = gone
            .iter()
            .map(|gone| {
                let at = kept;
                kept += usize::from(!gone);
                at
            })
            .collect();
        let mut at = 0;
        self.documents.retain(|_| {
            at += 1;
            !gone.get(at - 1).copied().unwrap_or_default()
        });
        for document in self.met.iter_mut().filter_map(|met| met.document.as_mut()) {
            *document = moved.get(*document).copied().unwrap_or(*document);
        }
        self.found = self.found.saturating_sub(weak as u64);
        self.left_out = weak as u64;
    }
}

fn is_weak(met: &MetItem) -> bool {
    met.band == Some(Band::Possible) && !met.reasons.iter().any(|reason| is_namesake(reason))
}

#[cfg(test)]
mod tests {
    use finder::document::{Document, DocumentKind};

    use super::super::scan::ScannedDocument;
    use super::*;

    fn scan(bands: &[Band], namesakes: usize) -> Scan {
        let mut scan = Scan { found: bands.len() as u64, ..Scan::default() };
        for (n, band) in bands.iter().enumerate() {
            let why =
                if n < namesakes { "full name, but another address: perhaps somebody else of the same name" } else { "given name alone" };
            let locator = n.to_string();
            let document = Document::of(DocumentKind::Text, "", locator.as_str());
            let reasons = vec![why.to_owned()];
            let found =
                ScannedDocument { locator: locator.clone(), place: 0, document, hits: Vec::new(), band: *band, reasons: reasons.clone() };
            scan.documents.push(found);
            let met = MetItem { locator, place: 0, band: Some(*band), reasons, unreadable: None, duplicate_of: None, document: Some(n) };
            scan.met.push(met);
        }
        scan
    }

    #[test]
    fn few_weak_items_stay_and_many_go() {
        let mut few = scan(&[Band::Possible, Band::Certain, Band::Possible, Band::Possible], 0);
        let before = scan(&[Band::Possible, Band::Certain, Band::Possible, Band::Possible], 0);
        few.settle(false);
        assert_eq!(few, before);
        let mut many =
            scan(&[Band::Possible, Band::Possible, Band::Certain, Band::Possible, Band::Possible, Band::Likely, Band::Possible], 1);
        many.settle(false);
        assert_eq!((many.left_out, many.found, many.documents.len(), many.met.len()), (4, 3, 3, 7));
        let mut all = scan(&[Band::Possible, Band::Possible, Band::Certain, Band::Possible, Band::Possible, Band::Likely], 0);
        all.settle(true);
        assert_eq!((all.left_out, all.documents.len()), (0, 6), "unless a person asks for all of them");
        // The namesake stays, and every line leads to its own text.
        for met in &many.met {
            assert_eq!(met.band.is_some(), met.document.is_some());
            if let Some(at) = met.document {
                assert_eq!(many.documents[at].locator, met.locator);
            }
        }
        assert_eq!(many.met[0].band, Some(Band::Possible));
    }

    #[test]
    fn with_nothing_surer_everything_stays() {
        let mut scan = scan(&[Band::Possible; 9], 0);
        scan.settle(false);
        assert_eq!((scan.left_out, scan.documents.len()), (0, 9));
    }
}
