//! Letters in pictures with the real Tesseract, which `cargo xtask setup` arranges.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests stand outside the test functions")]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use adapters::burn::{Burner, Order};
use adapters::extract::{Limits, Pool};
use adapters::letters::{Letters, Missing, Reader};
use finder::document::{Extraction, PartKind};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::ImageEncoder as _;
use image::codecs::png::PngEncoder;
use services::ports::{Extractor, Looked};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn exe() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_extract-worker"))
}

fn reader() -> Reader {
    Reader::find(&exe(), "eng").expect("Tesseract and its English are arranged by `cargo xtask setup`")
}

fn pool() -> Pool {
    Pool::new(exe(), 2, Limits { wall: Duration::from_secs(30), ..Limits::default() }).with_letters(Letters::Read(reader()))
}

fn object(out: &mut Vec<u8>, number: usize, dict: &str, stream: Option<&[u8]>) {
    writeln!(out, "{number} 0 obj").unwrap();
    match stream {
        None => writeln!(out, "<< {dict} >>\nendobj").unwrap(),
        Some(stream) => {
            writeln!(out, "<< {dict} /Length {} >>\nstream", stream.len()).unwrap();
            out.extend_from_slice(stream);
            out.extend_from_slice(b"\nendstream\nendobj\n");
        }
    }
}

/// What a page shows: lines of text, or a picture of this width and height over all of it, on a page that a viewer turns by so many degrees.
enum Page<'a> {
    Text(&'a [&'a str]),
    Picture(u32, u32, &'a [u8]),
    Turned((u32, u32, &'a [u8]), u32),
}

/// A PDF with these pages, half as large as usual, each with its longer side as its picture has it.
fn pdf(pages: &[Page<'_>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    object(&mut out, 1, "/Type /Catalog /Pages 2 0 R", None);
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 10 + 3 * page)).collect();
    object(&mut out, 2, &format!("/Type /Pages /Kids [{}] /Count {}", kids.join(" "), pages.len()), None);
    object(&mut out, 3, "/Type /Font /Subtype /Type1 /BaseFont /Helvetica", None);
    for (index, page) in pages.iter().enumerate() {
        let id = 10 + 3 * index;
        let mut content = String::new();
        let (mut size, mut turn) = ((420, 297), 0);
        match page {
            Page::Text(lines) => {
                for (number, line) in lines.iter().enumerate() {
                    writeln!(content, "BT /F1 14 Tf 30 {} Td ({line}) Tj ET", 250 - 20 * number).unwrap();
                }
            }
            Page::Picture(width, height, grey) | Page::Turned((width, height, grey), _) => {
                if width < height {
                    size = (297, 420);
                }
                if let Page::Turned(_, degrees) = page {
                    turn = *degrees;
                }
                writeln!(content, "q {} 0 0 {} 0 0 cm /P Do Q", size.0, size.1).unwrap();
                let dict =
                    format!("/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8");
                object(&mut out, id + 2, &dict, Some(grey));
            }
        }
        let resources = format!("/Resources << /Font << /F1 3 0 R >> /XObject << /P {} 0 R >> >>", id + 2);
        let look = format!("/MediaBox [0 0 {} {}] /Rotate {turn}", size.0, size.1);
        object(&mut out, id, &format!("/Type /Page /Parent 2 0 R {look} {resources} /Contents {} 0 R", id + 1), None);
        object(&mut out, id + 1, "", Some(content.as_bytes()));
    }
    out.extend_from_slice(b"trailer\n<< /Root 1 0 R >>\n%%EOF\n");
    out
}

/// Lines of text as a camera or a scanner would see them: width, height, grey pixels.
fn seen(lines: &[&str]) -> (u32, u32, Vec<u8>) {
    let pdf = Pdf::new(pdf(&[Page::Text(lines)])).unwrap();
    let how = PixmapSettings { x_scale: 3.0, y_scale: 3.0, ..PixmapSettings::default() };
    let page = pdf.pages().iter().next().unwrap();
    let drawn = render(page, &RenderCache::new(), &InterpreterSettings::default(), &RenderSettings::default(), &how);
    let pixels = drawn.data_as_u8_slice().as_chunks::<4>().0;
    let grey = pixels.iter().map(|[light, _, _, cover]| light.saturating_add(255 - cover)).collect();
    (u32::from(drawn.width()), u32::from(drawn.height()), grey)
}

/// The same as a picture file.
fn png(lines: &[&str]) -> Vec<u8> {
    file(seen(lines), 1)
}

/// A picture file that says which way up it is to be shown, as cameras count it: 1 is as it is.
fn file((width, height, grey): (u32, u32, Vec<u8>), shown: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = PngEncoder::new(&mut out);
    if shown != 1 {
        let entry = [&b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"[..], &[shown, 0, 0, 0, 0, 0, 0, 0]].concat();
        encoder.set_exif_metadata(entry).unwrap();
    }
    encoder.write_image(&grey, width, height, image::ExtendedColorType::L8).unwrap();
    out
}

fn blank(width: u32, height: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image::GrayImage::from_pixel(width, height, image::Luma([255])).write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Reads a batch, and says how many pictures it said it would read.
fn read(pool: &Pool, items: &[(&str, &[u8])]) -> (Vec<Extraction>, u64) {
    let items: Vec<_> = items.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    let mut pictures = 0;
    let found = pool.extract_watched(&items, &mut |Looked { of, .. }| {
        pictures = of;
        true
    });
    (found.unwrap(), pictures)
}

fn bodies(found: &Extraction) -> Vec<(&str, &str)> {
    let parts = found.documents.iter().flat_map(|document| document.parts.iter().map(move |part| (document, part)));
    let bodies = parts.filter(|(_, part)| part.kind == PartKind::Body);
    bodies.map(|(document, part)| (document.path.as_str(), &document.text[part.start..part.end])).collect()
}

fn reasons(found: &Extraction) -> Vec<(&str, &str)> {
    found.unreadable.iter().map(|one| (one.path.as_str(), one.reason.as_str())).collect()
}

#[test]
fn the_letters_in_a_picture_are_text_and_the_picture_is_still_listed() {
    let picture = png(&["Dear Doctor Lovelace", "born 10 December 1815"]);
    let (found, pictures) = read(&pool(), &[("photo.png", &picture)]);
    assert_eq!(bodies(&found[0]), [("", "Dear Doctor Lovelace\nborn 10 December 1815\n")]);
    let listed = [("", "a picture; its letters were read by machine, what else it shows must be looked at by a person")];
    assert_eq!((reasons(&found[0]).as_slice(), pictures), (listed.as_slice(), 1));
    assert_eq!(found[0].documents[0].title, "photo.png");
}

#[test]
fn a_scanned_page_stands_where_it_belongs() {
    let (width, height, grey) = seen(&["the second page", "names Ada Lovelace"]);
    let pages = [Page::Text(&["the first page"]), Page::Picture(width, height, &grey), Page::Text(&["the third page"])];
    let (found, _) = read(&pool(), &[("scan.pdf", &pdf(&pages))]);
    assert_eq!(bodies(&found[0]), [("", "the first page\nthe second page\nnames Ada Lovelace\nthe third page\n")]);
    assert!(found[0].documents[0].text.ends_with("Read by machine from the picture of: page 2\n"));
    assert_eq!(reasons(&found[0]), []);
}

const LETTER: &[&str] = &["Dear Doctor Lovelace", "the appointment is on Tuesday", "at the harbour clinic"];

/// A picture that was put on the glass the wrong way: so many quarters clockwise.
fn quarters((width, height, grey): (u32, u32, Vec<u8>), quarters: u32) -> (u32, u32, Vec<u8>) {
    let mut image = image::GrayImage::from_raw(width, height, grey).unwrap();
    for _ in 0..quarters {
        image = image::imageops::rotate90(&image);
    }
    (image.width(), image.height(), image.into_raw())
}

#[test]
fn a_picture_is_read_whichever_way_up_it_lies() {
    let pictures: Vec<Vec<u8>> = (0..4).map(|turns| file(quarters(seen(LETTER), turns), 1)).collect();
    let items: Vec<(&str, &[u8])> = pictures.iter().map(|picture| ("scan.png", picture.as_slice())).collect();
    let (found, _) = read(&pool(), &items);
    for (turns, one) in found.iter().enumerate() {
        assert_eq!(bodies(one), [("", format!("{}\n", LETTER.join("\n")).as_str())], "{turns} quarters");
    }
}

#[test]
fn what_a_camera_says_of_the_way_up_is_believed_and_then_looked_at() {
    // Shown upright the first three; then on its head, on its left and on its right side.
    let ways = [(3, 6), (1, 8), (2, 3), (3, 8), (3, 3), (2, 6)];
    let pictures: Vec<Vec<u8>> = ways.iter().map(|(turns, shown)| file(quarters(seen(LETTER), *turns), *shown)).collect();
    let items: Vec<(&str, &[u8])> = pictures.iter().map(|picture| ("photo.png", picture.as_slice())).collect();
    let (found, _) = read(&pool(), &items);
    for one in &found {
        assert!(bodies(one)[0].1.contains("Dear Doctor Lovelace\nthe appointment"), "{one:?}");
    }
}

#[test]
fn a_scanned_page_is_read_whichever_way_up_a_viewer_shows_it() {
    let turned: Vec<_> = (0..4).map(|turns| quarters(seen(LETTER), turns)).collect();
    let pages = [(0, 0), (1, 0), (2, 0), (3, 0), (0, 180), (1, 270), (1, 90), (3, 180)];
    let pages = pages.map(|(turns, shown): (usize, u32)| {
        let (width, height, grey) = &turned[turns];
        Page::Turned((*width, *height, grey), shown)
    });
    let (found, pictures) = read(&pool(), &[("scan.pdf", &pdf(&pages))]);
    assert_eq!(bodies(&found[0]), [("", format!("{}\n", LETTER.join("\n")).repeat(pages.len()).as_str())]);
    assert_eq!(pictures, 8);
}

#[test]
fn a_word_is_burnt_out_of_its_place_whichever_way_up_the_picture_lies() {
    let without: Vec<&str> = ["Dear Doctor", LETTER[1], LETTER[2]].into();
    let burner = Burner::new(PathBuf::from(env!("CARGO_BIN_EXE_burn-worker")), 1, false);
    let order = Order { pictures: true, ..Order::of(vec!["Lovelace".to_owned()], false) };
    for turns in 0..4 {
        let (whole, other) = (quarters(seen(LETTER), turns), quarters(seen(&without), turns));
        let word: Vec<usize> = (0..whole.2.len()).filter(|at| whole.2[*at] != other.2[*at]).collect();
        let (width, height) = (whole.0 as usize, whole.1 as usize);
        let burnt = burner.picture(&file(whole, 1), &order).unwrap();
        let page = image::load_from_memory(&burnt.pictures[0].png).unwrap().into_luma8();
        let dark = |at: usize| page.get_pixel((at % width) as u32, (at / width) as u32).0 == [0];
        assert!(word.len() > 200 && word.iter().all(|at| dark(*at)), "{turns} quarters");
        let black = (0..width * height).filter(|at| dark(*at)).count();
        assert!(black < width * height / 4, "{turns} quarters: {black} of {}", width * height);
    }
}

#[test]
fn each_picture_is_read_once_and_tiny_ones_never() {
    let picture = png(&["Charles Babbage"]);
    let (tiny, empty) = (blank(40, 40), blank(400, 300));
    let zip = archive(&[("a.png", &picture), ("b.png", &tiny), ("c.png", &empty)]);
    let pool = pool();
    let (found, pictures) = read(&pool, &[("one.zip", &zip), ("two.png", &picture), ("three.zip", &archive(&[("d.png", &picture)]))]);
    assert_eq!(pictures, 2, "the words once, and the empty one");
    assert!(found.iter().all(|one| bodies(one).iter().any(|(_, text)| *text == "Charles Babbage\n")), "{found:?}");
    assert_eq!(bodies(&found[0])[0], ("1:a.png", "Charles Babbage\n"));
    assert!(reasons(&found[0]).contains(&("2:b.png", "a picture too small to hold letters")));
    assert!(reasons(&found[0]).contains(&("3:c.png", "a picture without letters; it must be looked at by a person")));
    let (found, pictures) = read(&pool, &[("again.png", &picture)]);
    assert_eq!((pictures, bodies(&found[0])), (0, vec![("", "Charles Babbage\n")]), "known from before");
}

/// A TIFF of grey pages without packing.
fn tiff(pages: &[(u32, u32, Vec<u8>)]) -> Vec<u8> {
    const DIRECTORY: u32 = 2 + 8 * 12 + 4;
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    for (index, (width, height, grey)) in pages.iter().enumerate() {
        let data = out.len() as u32 + DIRECTORY;
        let size = grey.len() as u32;
        out.extend(8_u16.to_le_bytes());
        for (tag, value) in [(256_u16, *width), (257, *height), (258, 8), (259, 1), (262, 1), (273, data), (278, *height), (279, size)] {
            out.extend(tag.to_le_bytes());
            out.extend(4_u16.to_le_bytes());
            out.extend(1_u32.to_le_bytes());
            out.extend(value.to_le_bytes());
        }
        let next = if index + 1 == pages.len() { 0 } else { data + size };
        out.extend(next.to_le_bytes());
        out.extend(grey);
    }
    out
}

#[test]
fn the_pages_of_a_fax_are_read_in_order() {
    let fax = tiff(&[seen(&["the first page of the fax"]), seen(&["the second page of the fax"])]);
    let (found, _) = read(&pool(), &[("fax.tif", &fax)]);
    assert_eq!(bodies(&found[0]), [("", "the first page of the fax\nthe second page of the fax\n")]);
    assert!(found[0].documents[0].text.ends_with("Read by machine from the picture of: pages 1 to 2\n"), "{found:?}");
}

#[test]
fn a_picture_on_the_page_of_a_document_joins_its_text() {
    let (picture, icon) = (png(&["Consent given by", "Ada Lovelace"]), blank(30, 30));
    let docx = archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w:p><w:r><w:t>see below</w:t></w:r></w:p>"),
        ("word/media/image1.png", &picture),
        ("word/media/image2.png", &icon),
    ]);
    let (found, pictures) = read(&pool(), &[("form.docx", &docx), ("copy.docx", &docx)]);
    assert_eq!(pictures, 1, "one picture, once");
    for one in &found {
        assert_eq!(bodies(one), [("", "see below\nConsent given by\nAda Lovelace\n")]);
        assert_eq!(reasons(one).len(), 1);
        assert!(reasons(one)[0].1.starts_with("holds pictures; their letters were read by machine"));
    }
}

#[test]
fn a_picture_in_a_message_has_its_place() {
    let picture = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, png(&["Invoice for Ada"]));
    let mail = format!(
        "From: a@example.org\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\nsee the scan\n--bb\nContent-Type: image/png; name=scan.png\nContent-Disposition: attachment; filename=scan.png\nContent-Transfer-Encoding: base64\n\n{picture}\n--bb--\n"
    );
    let (found, _) = read(&pool(), &[("m.eml", mail.as_bytes()), ("n.eml", mail.as_bytes())]);
    for one in &found {
        assert!(bodies(one).contains(&("1:scan.png", "Invoice for Ada\n")), "{one:?}");
        assert_eq!(one.documents[0].path, "");
    }
}

#[test]
fn what_takes_too_long_is_listed_with_the_reason() {
    let pool = Pool::new(exe(), 1, Limits::default()).with_letters(Letters::Read(reader().within(Duration::from_millis(1))));
    let (found, _) = read(&pool, &[("photo.png", &png(&["Ada"])), ("a.txt", b"text")]);
    assert_eq!(reasons(&found[0]), [("", "a picture; its letters were not read: it took too long; it must be looked at by a person")]);
    assert_eq!(bodies(&found[1]), [("", "text")]);
}

#[test]
fn a_search_that_is_stopped_reads_no_more_pictures() {
    let pictures: Vec<_> = (0..6).map(|number| (format!("{number}.png"), png(&[&format!("number {number}")]))).collect();
    let mut told = 0;
    let found = pool().extract_watched(&pictures, &mut |looked| {
        told = told.max(looked.done);
        false
    });
    assert_eq!(found.unwrap().len(), 6);
    assert!((1..6).contains(&told), "{told}");
}

#[test]
fn without_the_program_it_is_said() {
    let pool = Pool::new(exe(), 1, Limits::default()).with_letters(Letters::Missing(Missing::Program));
    let (width, height, grey) = seen(&["Ada"]);
    let (found, pictures) = read(&pool, &[("photo.png", &png(&["Ada"])), ("scan.pdf", &pdf(&[Page::Picture(width, height, &grey)]))]);
    assert_eq!(reasons(&found[0]), [("", "a picture; not read: no text recognition installed; it must be looked at by a person")]);
    assert_eq!(reasons(&found[1]), [("", "page 1 is a picture without text; not read: no text recognition installed")]);
    assert_eq!(pictures, 0);
    assert_ne!(pool.edition(), self::pool().edition(), "what was not read is read again once it can be");
}

#[test]
fn a_spoilt_picture_costs_only_itself() {
    let whole = png(&["Ada Lovelace"]);
    let cut = &whole[..whole.len() / 3];
    let (found, _) = read(&pool(), &[("cut.png", cut), ("whole.png", &whole)]);
    assert!(reasons(&found[0])[0].1.starts_with("a picture; its letters were not read: it cannot be drawn"), "{found:?}");
    assert_eq!(bodies(&found[1]), [("", "Ada Lovelace\n")]);
}

#[test]
fn one_item_read_by_itself_waits_for_nothing() {
    let found = pool().extract("photo.png", &png(&["Ada"])).unwrap();
    assert_eq!(reasons(&found), [("", "a picture; it must be looked at by a person")]);
}

#[test]
fn a_language_that_is_not_there_is_missing() {
    for language in ["xxx", "", "eng+xxx", "../eng", "eng+"] {
        assert_eq!(Reader::find(&exe(), language), Err(Missing::Language), "{language}");
    }
    assert!(reader().works());
}

#[test]
fn the_program_can_read_nothing_but_the_system() {
    let folder = tempfile::tempdir().unwrap();
    // A shell takes the first argument, which is `stdin`, for a script.
    std::fs::write(folder.path().join("stdin"), "echo read\n").unwrap();
    let open = Command::new("/bin/sh").args(["stdin", "stdout"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(open.stdout, b"read\n");
    let closed = Command::new(exe()).args(["letters-worker", "/bin/sh", "eng", "3"]).current_dir(folder.path()).output().unwrap();
    assert!(!closed.status.success() && closed.stdout.is_empty(), "{closed:?}");
}

#[test]
fn the_program_is_refused_what_reaches_out() {
    const TRIES: &str = "#!/bin/sh
if true < /etc/passwd; then echo read a file; fi
if true > \"$0.new\"; then echo wrote a file; fi
for one in /etc/*; do if [ \"$one\" != '/etc/*' ]; then echo listed a folder; break; fi; done
if kill -0 $PPID; then echo reached another process; fi
/bin/true
echo started a process
";
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("tries");
    std::fs::write(&program, TRIES).unwrap();
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    // They are real tries: nothing is refused outside.
    let open = Command::new(&program).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&open.stdout).lines().count(), 5, "{open:?}");
    std::fs::remove_file(folder.path().join("tries.new")).unwrap();
    let closed = Command::new(exe()).arg("letters-worker").arg(&program).args(["eng", "3"]).output().unwrap();
    let refused = String::from_utf8_lossy(&closed.stderr).into_owned();
    assert!(closed.stdout.is_empty() && !folder.path().join("tries.new").exists(), "{closed:?}");
    assert!(refused.contains("passwd") && refused.to_lowercase().contains("fork"), "{closed:?}");
}
