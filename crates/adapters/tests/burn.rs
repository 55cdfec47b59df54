//! Burning with real child processes: whole files, hostile and broken ones.

#![expect(clippy::unwrap_used, reason = "helpers of tests stand outside the test functions")]

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::PathBuf;

use adapters::burn::{Burner, Kind, NotBurnt, Order, kind_of};
use adapters::extract::Passwords;
use services::ports::{NO_PAGES, Others, PageArea, PageOrder, Places};

fn burner() -> Burner {
    Burner::new(PathBuf::from(env!("CARGO_BIN_EXE_burn-worker")), 2, true)
}

/// A PDF of so many pages that each say who wrote them.
fn pdf(pages: usize) -> Vec<u8> {
    of((0..pages).map(|page| format!("BT /F1 14 Tf 20 100 Td (Page {page} by Ada Lovelace) Tj ET")))
}

/// A PDF of pages with these contents.
fn of(contents: impl ExactSizeIterator<Item = String>) -> Vec<u8> {
    let pages = contents.len();
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 10 + 2 * page)).collect();
    let mut out = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [{}] /Count {pages} >>\nendobj\n\
         3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n4 0 obj\n<< /Title (by Ada Lovelace) >>\nendobj\n",
        kids.join(" ")
    );
    for (page, content) in contents.enumerate() {
        let id = 10 + 2 * page;
        write!(
            out,
            "{id} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>\nendobj\n\
             {} 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n",
            id + 1,
            id + 1,
            content.len()
        )
        .unwrap();
    }
    out += "trailer\n<< /Root 1 0 R /Info 4 0 R >>\n%%EOF\n";
    out.into_bytes()
}

fn order(words: &[&str]) -> Order {
    Order::of(words.iter().map(|word| (*word).to_owned()).collect(), true)
}

#[test]
fn many_pages_are_shared_and_come_in_order() {
    let burner = burner();
    for pages in [1, 5, 6, 13] {
        let burnt = burner.pdf(&pdf(pages), &order(&["Ada Lovelace", "Nobody"])).unwrap();
        assert_eq!((burnt.pages, burnt.boxes, burnt.look.len()), (pages, pages, 0));
        assert_eq!(burnt.found.into_keys().collect::<Vec<_>>(), [0]);
        assert!(memchr::memmem::find(&burnt.pdf, b"Lovelace").is_none());
    }
}

#[test]
fn a_string_that_goes_on_on_the_next_page_is_found_whichever_child_has_which_page() {
    let page = |n: usize| format!("BT /F1 14 Tf 20 150 Td (Lovelace on page {n}) Tj 0 -40 Td (by Ada) Tj 0 -90 Td (Page {n}) Tj ET");
    for pages in [2, 7] {
        let burnt = burner().pdf(&of((0..pages).map(page)), &order(&["Ada Lovelace"])).unwrap();
        // Each page begins one and ends one, but for the last and the first.
        assert_eq!((burnt.boxes, burnt.found.len()), (2 * pages - 2, 1));
        assert_eq!(burnt.found.values().map(Vec::len).sum::<usize>(), pages - 1);
    }
}

#[test]
fn a_pdf_under_a_password_is_burnt_with_it_and_opens_without() {
    for bytes in [include_bytes!("locked/aes.pdf").as_slice(), include_bytes!("locked/rc4.pdf")] {
        assert!(matches!(burner().pdf(bytes, &order(&["Ada Lovelace"])), Err(NotBurnt::File(reason)) if reason.contains("encrypted")));
        let with = |passwords: &str| burner().with_passwords(Passwords::of(passwords).unwrap()).pdf(bytes, &order(&["Ada Lovelace"]));
        assert!(matches!(with("wrong"), Err(NotBurnt::File(_))));
        let burnt = with("wrong\ntiger moth").unwrap();
        assert_eq!(burnt.found.into_keys().collect::<Vec<_>>(), [0]);
        assert!(["/Encrypt", "Lovelace", "tiger moth"].iter().all(|word| memchr::memmem::find(&burnt.pdf, word.as_bytes()).is_none()));
    }
}

#[test]
fn what_cannot_be_drawn_is_refused_with_a_reason_and_the_next_file_goes_on() {
    let burner = burner();
    let whole = pdf(3);
    for (bytes, reason) in [
        (b"%PDF-1.7\nnothing".to_vec(), "the PDF is cut off"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF".to_vec(), "the PDF"),
        (Vec::new(), "the PDF is cut off"),
    ] {
        match burner.pdf(&bytes, &order(&["Ada"])) {
            Err(NotBurnt::File(found)) => assert!(found.starts_with(reason), "{found}"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(burner.pdf(&whole, &order(&["Ada"])).unwrap().pages, 3);
}

#[test]
fn spoilt_files_are_burnt_or_refused_and_never_leak() {
    let burner = burner();
    let whole = pdf(2);
    for at in (0..whole.len()).step_by(37) {
        let mut spoilt = whole.clone();
        spoilt[at] ^= 0x15;
        if let Ok(burnt) = burner.pdf(&spoilt, &order(&["Lovelace"])) {
            assert!(memchr::memmem::find(&burnt.pdf, b"Lovelace").is_none());
        }
    }
}

#[test]
fn a_picture_needs_the_program_that_reads_letters() {
    let mut png = Cursor::new(Vec::new());
    image::DynamicImage::new_luma8(20, 10).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let png = png.into_inner();
    assert_eq!(kind_of("x", &png), Kind::Picture);
    let mut bitmap = [b"BM".as_slice(), &[255; 4], &[0; 4], &[54, 0, 0, 0, 40, 0, 0, 0]].concat();
    bitmap.resize(9_000, 0xFF);
    assert_eq!(kind_of("x.bmp", &bitmap), Kind::Picture);
    assert!(matches!(burner().picture(&png, &order(&["Ada"])), Err(NotBurnt::File(reason)) if reason.contains("Tesseract")));
}

#[test]
fn pages_to_look_at_are_covered_where_a_person_says() {
    let burner = burner();
    let withhold = ["Ada Lovelace".to_owned()];
    let area = PageArea { page: 2, left: 0, top: 0, width: 1_000, height: 250 };
    let shown = |areas: &[PageArea], looked_at, most| {
        burner.shown("a.pdf", &pdf(3), &PageOrder { withhold: &withhold, areas, looked_at, most, elsewhere: Others::default() })
    };
    let plain = shown(&[], false, usize::MAX).unwrap();
    let covered = shown(&[area], true, 3).unwrap();
    assert_eq!((plain.pages.len(), covered.found.len()), (3, 1));
    assert_eq!((plain.pages[0] == covered.pages[0], plain.pages[1] == covered.pages[1]), (true, false));
    let dark = |page: &services::ports::PagePicture| {
        let image = image::load_from_memory(&page.png).unwrap().into_luma8();
        let (wide, high) = (page.page.0 / page.picture.0, page.page.1 / page.picture.1);
        let (wide, high) = ((image.width() as f32 * wide) as u32, (image.height() as f32 * high) as u32);
        let part = |from: u32, to: u32| (from..to).all(|y| (0..wide).all(|x| image.get_pixel(x, y).0[0] == 0));
        (part(0, high / 4), part(high / 4 + 1, high))
    };
    assert_eq!((dark(&covered.pages[1]), dark(&covered.pages[0])), ((true, false), (false, false)));
    assert_ne!(plain.print(), covered.print());
    assert_eq!(covered.print(), shown(&[area], true, 3).unwrap().print(), "the same order gives the same pages");
    assert_eq!(shown(&[], true, 2), Err("has 3 pages, more than the 2 that are shown of one file".to_owned()));
    assert_eq!(
        burner.shown("a.txt", b"text", &PageOrder { withhold: &[], elsewhere: Others::default(), areas: &[], looked_at: true, most: 9 }),
        Err(NO_PAGES.to_owned())
    );
    let burn = ["Nobody".to_owned(), "Lovelace".to_owned()];
    let elsewhere = Others { burn: &burn, ..Others::default() };
    let order = PageOrder { withhold: &withhold, elsewhere, areas: &[], looked_at: false, most: 9 };
    let both = burner.shown("a.pdf", &pdf(3), &order).unwrap();
    assert_eq!((both.found, both.elsewhere), (Places::from([(0, vec![1, 2, 3])]), Places::from([(1, vec![1, 2, 3])])));
    // The child that was told of a file too long is gone; the next one works.
    assert_eq!(shown(&[], true, 3).unwrap().pages.len(), 3);
}
