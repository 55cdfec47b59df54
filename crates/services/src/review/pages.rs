//! The pages of an item as they look: a person covers what only a person sees, and says whether they go out so.

use domain::ids::RecordId;
use domain::people::Actor;
use domain::{Refusal, RefusalCode};
use finder::document::DocumentKind;

use super::change::{Act, held, open_review};
use super::item::{StoredDocument, StoredProposals, parse};
use super::queue::{Opened, open};
use crate::app::App;
use crate::error::Error;
use crate::ports::{NO_PAGES, PageArea};
use crate::requests::item_pages;
use crate::sar::{Looked, PagesSaid, has_pages};

/// Most parts that are covered on the pages of one item.
const MOST_AREAS: usize = 500;

/// The pages of an item, for a person who looks at them.
#[derive(Debug, Clone)]
pub struct ItemPages {
    /// The item.
    pub opened: Opened,
    /// Its pages as they would go out, or in words why there are none.
    pub looked: Result<Looked, String>,
    /// What was said of them.
    pub said: PagesSaid,
    /// It is a PDF, of which pages go out as they look without anybody's word when nothing on them is uncertain.
    pub is_pdf: bool,
}

/// What goes out of an item that has pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagesState {
    /// Its text.
    Text,
    /// Its pages, without a person's word.
    ByThemselves,
    /// Its pages, as a person saw them.
    Agreed,
    /// Its text: its pages look different since somebody agreed.
    Different,
}

impl ItemPages {
    /// Whether they may be agreed on: every string that is withheld in the text was found on them and covered.
    pub fn may_go_out(&self) -> bool {
        self.looked.as_ref().is_ok_and(|looked| looked.missing == 0)
    }

    /// What goes out as things stand.
    pub fn state(&self) -> PagesState {
        let looked = self.looked.as_ref().ok().filter(|looked| looked.missing == 0);
        match (&self.said.agreed, looked) {
            _ if self.said.text => PagesState::Text,
            (Some(agreed), Some(looked)) if looked.burnt.print() == *agreed => PagesState::Agreed,
            (Some(_), _) => PagesState::Different,
            (None, Some(looked)) if self.is_pdf && self.said.areas.is_empty() && looked.is_certain() => PagesState::ByThemselves,
            (None, _) => PagesState::Text,
        }
    }
}

/// What a person says of the pages of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PagesChange {
    /// Those with this print go out as they look.
    Agree(String),
    /// The text goes out, not the pages.
    Text,
    /// This part of a page is covered.
    Cover(PageArea),
    /// The part with this number, from 0, is not covered any more.
    Uncover(usize),
}

/// Opens an item and draws its pages as they would go out. Logged as a reading of personal data.
///
/// # Errors
/// As [`super::open`]; when drawing cannot work at all.
pub fn pages(app: &App, actor: &Actor, id: &RecordId, index: u64) -> Result<ItemPages, Error> {
    let opened = open(app, actor, id, index)?;
    let Some(said) = opened.item.pages.clone() else {
        return Ok(ItemPages { opened, looked: Err(NO_PAGES.to_owned()), said: PagesSaid::default(), is_pdf: false });
    };
    let row = app.store.read(|tx| tx.review_item_get(id.as_str(), index))?.ok_or(Error::NotFound)?;
    let (document, stored): (StoredDocument, StoredProposals) = (parse(&row.document)?, parse(&row.proposals)?);
    let is_pdf = document.document.kind == DocumentKind::Pdf;
    Ok(ItemPages { looked: item_pages(app, id, document, &stored)?, opened, said, is_pdf })
}

/// Keeps what a person says of the pages of an item. Whoever covers something else has to look again.
///
/// # Errors
/// `FORM-001` for a part that lies on no page, or too many of them; else as [`super::decide`].
pub fn say_of_pages(app: &App, actor: &Actor, id: &RecordId, index: u64, version: u64, change: &PagesChange) -> Result<(), Error> {
    app.store.write(&app.origin(actor), |tx| {
        open_review(tx, actor, id)?;
        let row = held(tx, actor, id, index, version, true)?;
        let document: StoredDocument = parse(&row.document)?;
        if !has_pages(&document.document, &document.locator) {
            return Err(Error::NotFound);
        }
        let mut after: StoredProposals = parse(&row.proposals)?;
        let said = after.pages.take().unwrap_or_default();
        let (said, verb) = said_then(said, change.clone())?;
        after.pages = Some(said).filter(|said| *said != PagesSaid::default());
        let mut act = Act::begin(app, verb);
        act.keep(tx, id, &row, after)?;
        act.end(tx, id).map(drop)
    })
}

fn said_then(mut said: PagesSaid, change: PagesChange) -> Result<(PagesSaid, &'static str), Refusal> {
    let refused = |detail: &str| Refusal::new(RefusalCode::ValueInvalid, detail);
    let verb = match change {
        PagesChange::Agree(print) => {
            if print.len() != 64 || !print.bytes().all(|b| b.is_ascii_hexdigit()) {
                return Err(refused("These are no pages that were shown."));
            }
            (said.agreed, said.text) = (Some(print), false);
            "pages-agreed"
        }
        PagesChange::Text => {
            (said.agreed, said.text) = (None, true);
            "pages-as-text"
        }
        PagesChange::Cover(area) => {
            let lies = |from: u16, long: u16| long > 0 && from.checked_add(long).is_some_and(|end| end <= PageArea::WHOLE);
            if area.page == 0 || !lies(area.left, area.width) || !lies(area.top, area.height) {
                return Err(refused("The part lies outside the page."));
            }
            if said.areas.len() >= MOST_AREAS {
                return Err(refused("So many parts are covered that the text had better go out instead."));
            }
            if !said.areas.contains(&area) {
                said.areas.push(area);
                (said.agreed, said.text) = (None, false);
            }
            "pages-covered"
        }
        PagesChange::Uncover(number) => {
            if number >= said.areas.len() {
                return Err(refused("There is no such part any more."));
            }
            said.areas.remove(number);
            said.agreed = None;
            "pages-uncovered"
        }
    };
    Ok((said, verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left: u16, width: u16) -> PageArea {
        PageArea { page: 1, left, top: 0, width, height: 1 }
    }

    fn then(said: &PagesSaid, change: PagesChange) -> Option<PagesSaid> {
        said_then(said.clone(), change).ok().map(|(said, _)| said)
    }

    #[test]
    fn whoever_covers_something_else_has_to_look_again() {
        let print = "0a".repeat(32);
        let said = then(&PagesSaid::default(), PagesChange::Agree(print.clone())).unwrap();
        assert_eq!(said.agreed, Some(print.clone()));
        let covered = then(&said, PagesChange::Cover(area(990, 10))).unwrap();
        assert_eq!((covered.areas.len(), &covered.agreed), (1, &None));
        let again = PagesSaid { agreed: Some(print), ..covered.clone() };
        assert_eq!(then(&again, PagesChange::Cover(area(990, 10))).as_ref(), Some(&again), "it was covered already");
        assert_eq!(then(&again, PagesChange::Uncover(0)), Some(PagesSaid::default()));
        let text = then(&again, PagesChange::Text).unwrap();
        assert_eq!(text, PagesSaid { text: true, ..covered });
        assert!(!then(&text, PagesChange::Agree("0a".repeat(32))).unwrap().text);
    }

    #[test]
    fn what_lies_on_no_page_is_refused() {
        let none = PagesSaid::default();
        for wrong in [area(0, 0), area(991, 10), area(65_535, 65_535), PageArea { page: 0, ..area(0, 1) }] {
            assert_eq!(then(&none, PagesChange::Cover(wrong)), None, "{wrong:?}");
        }
        assert_eq!(then(&none, PagesChange::Uncover(0)), None);
        for print in ["", "x", &"g".repeat(64)] {
            assert_eq!(then(&none, PagesChange::Agree(print.to_owned())), None, "{print}");
        }
        let full = PagesSaid { areas: (0..500).map(|left| area(left, 1)).collect(), ..none.clone() };
        assert_eq!(then(&full, PagesChange::Cover(area(600, 1))), None);
    }
}
