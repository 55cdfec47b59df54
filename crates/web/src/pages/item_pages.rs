//! The pages of an item as they look: a person sees them as they would go out, covers what only a person sees, and says whether they
//! may go out so.

use std::collections::BTreeMap;

use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::RecordId;
use domain::{Refusal, RefusalCode};
use serde::Serialize;
use services::ports::{PageArea, PagePicture};
use services::review::{self, ItemPages, PagesChange, PagesState};
use services::sar::{Doubt, LOCKED};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once;
use crate::submit;
use crate::templates::Page;
use crate::words::{Tag, count, thousands};

/// One page.
#[derive(Debug, Clone, Serialize)]
struct Picture {
    number: usize,
    /// As an address that holds the picture itself: nothing of it is kept anywhere.
    address: String,
    /// How much of the picture the page takes, in thousandths.
    across: u16,
    down: u16,
}

/// A part that is covered.
#[derive(Debug, Clone, Serialize)]
struct Covered {
    number: usize,
    words: String,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Pages {
    reference: String,
    number: u64,
    heading: String,
    state: Tag,
    /// Why there are no pages, or why they cannot go out.
    reason: String,
    /// Where a copy without a password is added.
    found: String,
    open: u64,
    look: Vec<String>,
    pictures: Vec<Picture>,
    covered: Vec<Covered>,
    form: Form,
    can_decide: bool,
    may_agree: bool,
    may_text: bool,
    print: String,
    holder: bool,
    here: String,
    back: String,
    version: u64,
    once: String,
}

/// `GET /requests/{id}/review/{item}/pages`
pub(crate) async fn show(visit: Visit, At((id, index)): At<(String, u64)>) -> Result<Response, Problem> {
    let page = load(&visit, &id, index).await?;
    visit.page(&page)
}

/// `POST /requests/{id}/review/{item}/pages`: agrees, takes the text instead, covers a part or uncovers it.
pub(crate) async fn submit(visit: Visit, At((id, index)): At<(String, u64)>, sent: Sent) -> Result<Response, Problem> {
    let address = format!("/requests/{id}/review/{index}/pages");
    let version = sent.text("version").parse().unwrap_or(0);
    let mut form = area_form().filled(&sent);
    let change = match (sent.text("say"), sent.text("uncover").parse()) {
        ("agree", _) => Some(PagesChange::Agree(sent.text("print").to_owned())),
        ("text", _) => Some(PagesChange::Text),
        (_, Ok(number)) => Some(PagesChange::Uncover(number)),
        _ => area(&mut form, &sent).map(PagesChange::Cover),
    };
    let again = |form: Form| async {
        let page = Pages { form, ..load(&visit, &id, index).await? };
        visit.page(&page)
    };
    let Some(change) = change else { return again(form).await };
    let key = sent.once().one_of(&format!("{change:?}"));
    let is_agreed = matches!(change, PagesChange::Agree(_));
    let place = if let PagesChange::Cover(area) = &change { format!("page-{}", area.page) } else { "cover".to_owned() };
    let record = RecordId::new(id.clone());
    let work = move |app: &services::App, actor: &domain::people::Actor| {
        review::say_of_pages(app, actor, &record, index, version, &change)?;
        Ok(if is_agreed { format!("/requests/{}/review/{index}#pages", record.as_str()) } else { format!("{address}#{place}") })
    };
    let mut refused: Option<Refusal> = None;
    let answer = submit::once(&visit, &key, work, |refusal| {
        let shown = Problem::Refused(refusal.clone());
        refused = Some(refusal);
        Err(shown)
    })
    .await;
    match refused.filter(|refusal| refusal.code == RefusalCode::ValueInvalid) {
        Some(refusal) => {
            form.complain("left", submit::words(&refusal));
            again(form).await
        }
        None => answer,
    }
}

async fn load(visit: &Visit, id: &str, index: u64) -> Result<Pages, Problem> {
    let (actor, record) = (visit.actor()?, RecordId::new(id.to_owned()));
    let shown = visit.state.run(move |app| review::pages(app, &actor, &record, index)).await?;
    Ok(page(&shown, id))
}

fn page(shown: &ItemPages, id: &str) -> Pages {
    let (opened, back) = (&shown.opened, format!("/requests/{id}/review/{}", shown.opened.item.index));
    let state = shown.state();
    let (burnt, reason) = match &shown.looked {
        Ok(looked) if looked.missing > 0 => (
            Some(&looked.burnt),
            format!(
                "{} could not be found on the pages, so nobody can be sure that it is covered. The reply gives the text instead.",
                count(looked.missing as u64, "withheld passage", "withheld passages")
            ),
        ),
        Ok(looked) => (Some(&looked.burnt), String::new()),
        Err(why) if why == LOCKED => (None, why.clone()),
        Err(why) => (None, sentence(why)),
    };
    let pictures = burnt.map(|burnt| burnt.pages.as_slice()).unwrap_or_default();
    let look = burnt.iter().flat_map(|burnt| &burnt.look).map(|look| format!("Page {} {}.", look.page, look.why));
    let doubts = shown.looked.iter().flat_map(|looked| &looked.doubts).map(doubt_words);
    let is_locked = shown.looked.as_ref().err().is_some_and(|why| why == LOCKED);
    Pages {
        reference: opened.reference.clone(),
        number: opened.item.index + 1,
        heading: opened.item.title.clone(),
        state: state_tag(state),
        reason,
        open: opened.item.open,
        found: if is_locked { format!("/requests/{id}/found") } else { String::new() },
        look: doubts.chain(look).collect(),
        pictures: pictures.iter().zip(1..).map(|(picture, number)| shown_picture(picture, number)).collect(),
        covered: shown.said.areas.iter().enumerate().map(|(number, area)| Covered { number, words: area_words(area) }).collect(),
        form: area_form(),
        can_decide: opened.can_decide,
        may_agree: shown.may_go_out() && state != PagesState::Agreed,
        may_text: matches!(state, PagesState::Agreed | PagesState::ByThemselves | PagesState::Different),
        print: burnt.map(services::ports::BurntPages::print).unwrap_or_default(),
        holder: opened.holder.is_some(),
        here: format!("{back}/pages"),
        back,
        version: opened.item.version,
        once: once::fresh(),
    }
}

/// What goes out as things stand.
fn state_tag(state: PagesState) -> Tag {
    match state {
        PagesState::Agreed | PagesState::ByThemselves => Tag::new("Goes out as it looks", "green"),
        PagesState::Different => Tag::new("Looks different since: look again", "yellow"),
        PagesState::Text => Tag::new("Goes out as text", "grey"),
    }
}

/// What a person is told of words on the pages. Their page shows the words anyway.
fn doubt_words(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Fewer { words, times, pages } => format!(
            "“{words}” stands {} in the text, and {} covered on the pages: {}. Find the rest and cover it.",
            often(*times),
            if pages.len() == 1 { "one place is".to_owned() } else { format!("{} places are", thousands(pages.len() as u64)) },
            places(pages)
        ),
        Doubt::Covered { words, pages } => {
            format!(
                "“{words}” is withheld in another item. It is covered here too, though nothing in this item is marked: {}.",
                places(pages)
            )
        }
        Doubt::InText { words, like } => {
            format!(
                "The text of this item says “{words}”, which reads almost like “{like}” and is not marked. The text goes out with the pages: withhold it there too if it is the same."
            )
        }
        Doubt::Uncovered { words, pages } => {
            format!(
                "“{words}” is withheld in another item and stands here as well: {}. Cover it if it means the same person.",
                places(pages)
            )
        }
    }
}

fn often(times: usize) -> String {
    match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        times => format!("{} times", thousands(times as u64)),
    }
}

/// `page 1, page 3 (twice)`
fn places(pages: &[usize]) -> String {
    let mut counted: BTreeMap<usize, usize> = BTreeMap::new();
    for page in pages {
        *counted.entry(*page).or_default() += 1;
    }
    let words = counted.into_iter().map(|(page, times)| match times {
        1 => format!("page {page}"),
        times => format!("page {page} ({})", often(times)),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn sentence(why: &str) -> String {
    // The burner's reasons go on after the name of a file, or speak of the PDF.
    if let Some(rest) = why.strip_prefix("the ") {
        format!("The {rest}. The reply gives its text instead.")
    } else if why.starts_with(char::is_lowercase) {
        format!("The file {why}. The reply gives its text instead.")
    } else {
        format!("{why} The reply gives its text instead.")
    }
}

fn shown_picture(picture: &PagePicture, number: usize) -> Picture {
    let whole = f32::from(PageArea::WHOLE);
    let part = |page: f32, picture: f32| (page / picture.max(f32::EPSILON) * whole).clamp(1.0, whole) as u16;
    Picture {
        number,
        address: format!("data:image/png;base64,{}", STANDARD.encode(&picture.png)),
        across: part(picture.page.0, picture.picture.0),
        down: part(picture.page.1, picture.picture.1),
    }
}

/// `Page 2: 10% from the left, 20.5% from the top, 30% wide, 5% high`
fn area_words(area: &PageArea) -> String {
    let percent = |part: u16| match part % 10 {
        0 => format!("{}%", part / 10),
        tenths => format!("{}.{tenths}%", part / 10),
    };
    let [left, top, width, height] = [area.left, area.top, area.width, area.height].map(percent);
    format!("Page {}: {left} from the left, {top} from the top, {width} wide, {height} high", area.page)
}

fn area_form() -> Form {
    let number = |name, label| Field { input_mode: "decimal", width: "govuk-input--width-4", ..Field::text(name, label) };
    Form::new(vec![
        number("page", "Page"),
        number("left", "From the left edge, in per cent of the page"),
        number("top", "From the top edge, in per cent"),
        number("width", "Width, in per cent"),
        number("height", "Height, in per cent"),
    ])
}

/// The area that was sent; complains at every field that holds none.
fn area(form: &mut Form, sent: &Sent) -> Option<PageArea> {
    let pages = sent.text("pages").parse().unwrap_or(u32::MAX);
    let page = sent.text("page").parse().ok().filter(|page| (1..=pages).contains(page));
    if page.is_none() {
        form.complain("page", "Enter the number of one of the pages above");
    }
    let mut part = |name: &str, text: &str| {
        let part = per_mille(sent.text(name));
        if part.is_none() {
            form.complain(name, text);
        }
        part
    };
    let left = part("left", "Enter how far it is from the left edge, from 0 to 100");
    let top = part("top", "Enter how far it is from the top edge, from 0 to 100");
    let width = part("width", "Enter how wide it is, up to 100");
    let height = part("height", "Enter how high it is, up to 100");
    Some(PageArea { page: page?, left: left?, top: top?, width: width?, height: height? })
}

/// `12.5` as 125.
fn per_mille(text: &str) -> Option<u16> {
    let text = text.trim_end_matches('%').trim();
    let (whole, tenths) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole, 3) || !digits(tenths, 1) {
        return None;
    }
    let part = whole.parse::<u16>().ok()? * 10 + tenths.parse::<u16>().ok()?;
    (part <= PageArea::WHOLE).then_some(part)
}

impl Page for Pages {
    const TEMPLATE: &'static str = "pages/item_pages.html";

    fn title(&self) -> String {
        format!("Pages of item {} of {}", self.number, self.reference)
    }

    fn form(&self) -> Option<&Form> {
        Some(&self.form)
    }

    fn samples() -> Vec<Self> {
        // A page of grey lines with a black box.
        let png = "iVBORw0KGgoAAAANSUhEUgAAAHgAAACqCAAAAABD+dQqAAAAjElEQVR42u3WuwkAIBBEQeu0/z60Azn8o3OpwSTLw1QOXQKDwWAwGAwGgx+F8+\
                   K7DzYuMFi5lMu4wK3n4IGHyxWFp5drE2xc4B9gfy5/Lj8QMFi5lAsMBiuXcoHByqVcxgUGK5dygcFg5VIuMBisXMYFBiuXchkXGKxcygUGg5XL\
                   uMBgMBgMBoPB4O6rZLiZAuZEuowAAAAASUVORK5CYII=";
        let picture = |number| Picture { number, address: format!("data:image/png;base64,{png}"), across: 1_000, down: 990 };
        let area = PageArea { page: 2, left: 100, top: 205, width: 300, height: 50 };
        let whole = Self {
            reference: "SAR-2026-0007".to_owned(),
            number: 3,
            heading: "Risk assessment.pdf".to_owned(),
            state: Tag::new("Goes out as text", "grey"),
            reason: String::new(),
            found: String::new(),
            open: 2,
            look: vec![
                doubt_words(&Doubt::Fewer { words: "Rosa Penfold".to_owned(), times: 3, pages: vec![1, 2] }),
                doubt_words(&Doubt::Covered { words: "Ben Carter".to_owned(), pages: vec![2] }),
                doubt_words(&Doubt::Uncovered { words: "Penfold".to_owned(), pages: vec![2, 2] }),
                doubt_words(&Doubt::InText { words: "Ben Carte1".to_owned(), like: "Ben Carter".to_owned() }),
                "Page 2 holds pictures or drawings.".to_owned(),
            ],
            pictures: vec![picture(1), picture(2)],
            covered: vec![Covered { number: 0, words: area_words(&area) }],
            form: area_form(),
            can_decide: true,
            may_agree: true,
            may_text: false,
            print: "0a".repeat(32),
            holder: false,
            here: "/requests/x/review/2/pages".to_owned(),
            back: "/requests/x/review/2".to_owned(),
            version: 4,
            once: "k".to_owned(),
        };
        let refused = Self {
            form: area_form()
                .complaining("page", "Enter the number of one of the pages above")
                .complaining("left", "The part lies outside the page."),
            ..whole.clone()
        };
        let none = Self {
            reason: sentence("is neither a PDF nor a picture"),
            look: Vec::new(),
            pictures: Vec::new(),
            covered: Vec::new(),
            may_agree: false,
            open: 0,
            holder: true,
            can_decide: false,
            ..whole.clone()
        };
        let locked =
            Self { reason: LOCKED.to_owned(), found: "/requests/x/found".to_owned(), holder: false, can_decide: true, ..none.clone() };
        let agreed = Self { state: Tag::new("Goes out as it looks", "green"), may_text: true, may_agree: false, open: 0, ..whole.clone() };
        vec![whole, refused, none, locked, agreed]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_page_are_read_in_per_cent() {
        for (text, part) in [("0", 0), ("12.5", 125), ("12,5 %", 125), ("100", 1_000), ("100.0%", 1_000)] {
            assert_eq!(per_mille(text), Some(part), "{text}");
        }
        for text in ["", "-1", "100.1", "1e2", "12.55", ".5", "five", "0012"] {
            assert_eq!(per_mille(text), None, "{text}");
        }
    }

    #[test]
    fn every_field_without_a_number_is_complained_about() {
        let sent = |pairs: &[(&str, &str)]| Sent(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect());
        let mut form = area_form();
        assert_eq!(area(&mut form, &sent(&[("page", "0"), ("left", "x")])), None);
        assert_eq!(form.errors.len(), 5);
        let mut form = area_form();
        let whole = sent(&[("page", "2"), ("left", "10"), ("top", "20.5"), ("width", "30"), ("height", "5")]);
        let read = area(&mut form, &whole).unwrap();
        assert_eq!(area_words(&read), "Page 2: 10% from the left, 20.5% from the top, 30% wide, 5% high");
        assert!(!form.is_refused());
    }

    #[test]
    fn a_doubt_names_the_words_and_the_pages() {
        let fewer = Doubt::Fewer { words: "Ann Lee".to_owned(), times: 4, pages: vec![1, 3, 3] };
        assert_eq!(
            doubt_words(&fewer),
            "“Ann Lee” stands 4 times in the text, and 3 places are covered on the pages: page 1, page 3 (twice). Find the rest and cover it."
        );
        assert_eq!((often(1), places(&[2])), ("once".to_owned(), "page 2".to_owned()));
    }

    #[test]
    fn why_there_are_no_pages_is_a_sentence() {
        assert_eq!(sentence("is encrypted"), "The file is encrypted. The reply gives its text instead.");
        assert_eq!(sentence("the PDF is damaged"), "The PDF is damaged. The reply gives its text instead.");
        assert_eq!(sentence("Only a part was read."), "Only a part was read. The reply gives its text instead.");
    }
}
