use super::make::{base64, docx, lines, mail, paragraph, pdf, xlsx, zip};
use crate::extract::inprocess::taken;
use finder::document::{DocumentKind, Header, PartKind};

fn text(message: &str) -> String {
    let extraction = taken("1.eml", message.as_bytes());
    assert_eq!(extraction.unreadable, [], "{message}");
    extraction.documents[0].text.clone()
}

#[test]
fn shows_its_headers_then_its_body() {
    let message = "Received: from a (b [192.0.2.1]) by c; Mon, 2 Nov 2026 10:00:00 +0000\nFrom: =?utf-8?q?Zo=C3=AB?= Example <Zoe@Example.org>\nSender: office@example.org\nTo: Team: Bob <bob@example.org>, carol@example.org;\nCc: \"Sample, Dan\" <dan@example.org>\nBcc: erin@example.org\nDate: Mon, 2 Nov 2026 10:00:00 +0100\nMessage-ID: <17.a@example.org>\nSubject: =?iso-8859-1?Q?Caf=E9?=\n visit\n\nHello Bob.\n";
    let extraction = taken("1.eml", message.as_bytes());
    let document = &extraction.documents[0];
    assert_eq!(
        document.text,
        "From: Zoë Example <Zoe@Example.org>\nTo: Team, Bob <bob@example.org>, carol@example.org\nCc: Sample, Dan <dan@example.org>\nDate: Mon, 2 Nov 2026 10:00:00 +0100\nSubject: Café visit\n\nHello Bob.\n"
    );
    assert_eq!((document.kind, document.title.as_str()), (DocumentKind::Mail, "Café visit"));
    assert_eq!(document.date.as_deref(), Some("2026-11-02T10:00:00+01:00"));
    assert_eq!(document.message_id.as_deref(), Some("17.a@example.org"));
    let people: Vec<_> = document.correspondents.iter().map(|c| (c.header, c.name.as_str(), c.address.as_str())).collect();
    for expected in [
        (Header::From, "Zoë Example", "zoe@example.org"),
        (Header::ReplyTo, "", "office@example.org"),
        (Header::To, "Bob", "bob@example.org"),
        (Header::Cc, "Sample, Dan", "dan@example.org"),
        (Header::Cc, "", "erin@example.org"),
    ] {
        assert!(people.contains(&expected), "{expected:?} in {people:?}");
    }
    let kinds: Vec<_> = document.parts.iter().map(|p| (p.kind, &document.text[p.start..p.end])).collect();
    assert_eq!(kinds[1], (PartKind::Body, "Hello Bob.\n"));
    assert!(kinds[0].0 == PartKind::Headers && kinds[0].1.ends_with("visit\n"));
}

#[test]
fn what_a_message_carries_is_listed_with_its_size_and_print() {
    let big = base64(&[7; 9_000]);
    let message = format!(
        "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\nContent-Type: application/x; name*0*=utf-8''%C3;\n name*1*=%9C.bin\nContent-Transfer-Encoding: base64\n\n{big}\n--b\nContent-Type: text/csv; name=x.csv\n\na,b\n--b--\n"
    );
    let listed = crate::extract::inprocess::list(&crate::extract::Limits::default(), "1.eml", message.as_bytes());
    let listed: Vec<(&str, &str)> = listed.unreadable.iter().map(|one| (one.path.as_str(), one.reason.as_str())).collect();
    // The SHA-256 of 9,000 bytes of 7, and of `a,b`.
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert_eq!(listed[0].0, "1:Ü.bin");
    assert!(listed[0].1.starts_with("9000 "), "{listed:?}");
    assert_eq!(listed[1], ("2:x.csv", "3 1eb7c54d52831bbfe8942af0b1c56b7409523a59ed6ca99c1174fef7eb32c1b5"));
}

#[test]
fn text_before_the_first_boundary_within_is_kept() {
    let message = "From: a@example.org\nContent-Type: multipart/mixed; boundary=out\n\nlead\n--out\nContent-Type: multipart/mixed; boundary=in\n\ncall Ada\n--in\n\nfirst\n--in--\n--out\nContent-Type: multipart/mixed; boundary=b\n\nof MIME\n--b\n\nsecond\n--b--\n--out--\nfooter\n";
    assert_eq!(text(message), "From: a@example.org\n\nlead\nfirst\nsecond\n\nfooter\ncall Ada\n");
}

#[test]
fn words_in_utf7_lose_no_letter() {
    let inner = "From: =?utf-7?Q?Zo=2BAOs_?= =?UTF-7?B?K0FNay14YW1wbGUg?= <zoe@example.org>\nSubject: =?utf-7?q?=2BAPw=2Dber_?=\n =?utf-7?B?K1ozRk9yQS0=?=\n\nhello\n";
    let expected = "From: Zoë Éxample <zoe@example.org>\nSubject: über 東京\n\nhello\n";
    assert_eq!(text(inner), expected);
    let outer =
        format!("From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n{inner}--b--\n");
    let documents = taken("1.eml", outer.as_bytes()).documents;
    assert_eq!(documents[1].text.trim_end(), expected.trim_end());
    assert!(documents[1].correspondents.iter().any(|c| c.name == "Zoë Éxample"));
}

#[test]
fn transfer_encodings_and_charsets() {
    let wide: Vec<u8> = "Zoë Example".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [&[0xFF, 0xFE][..], &wide].concat();
    let cases = [
        ("quoted-printable", "iso-8859-1", "Zo=EB Ex=\nample".to_owned(), "Zoë Example"),
        ("quoted-printable", "windows-1252", "Zo=EB =93Example=94".to_owned(), "Zoë “Example”"),
        ("base64", "utf-8", base64("Zoë Example".as_bytes()), "Zoë Example"),
        ("base64", "utf-16le", base64(&wide), "Zoë Example"),
        ("base64", "utf-16", base64(&marked), "Zoë Example"),
        ("7bit", "iso-2022-jp", "\u{1b}$B%O%m!<\u{1b}(B".to_owned(), "ハロー"),
        ("8bit", "us-ascii", "Zoë Example".to_owned(), "Zoë Example"),
        ("8bit", "iso-8859-1", "Zoë Example".to_owned(), "Zoë Example"),
        ("base64", "nonsense", base64("Zoë Example".as_bytes()), "Zoë Example"),
        ("7bit", "UTF-7", "Zo+AOs +AMk-xample".to_owned(), "Zoë Éxample"),
        ("base64", "unicode-1-1-utf-7", base64(b"Zo+AOs Example"), "Zoë Example"),
        ("quoted-printable", "utf-7", "Zo=2BAOs Ex=\nample".to_owned(), "Zoë Example"),
    ];
    for (encoding, charset, body, expected) in cases {
        let found = text(&format!(
            "From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n{body}\n"
        ));
        assert!(found.contains(expected), "{encoding} {charset}: {found:?}");
    }
}

#[test]
fn undeclared_windows_1252_is_not_lost() {
    let message = b"From: a@example.org\n\nZo\xeb Example\n";
    assert!(taken("1.eml", message).documents[0].text.contains("Zoë Example"));
}

fn alternative(plain: &str, html: &str) -> String {
    text(&format!(
        "From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{plain}\n--b\nContent-Type: text/html\n\n{html}\n--b--\n"
    ))
}

#[test]
fn the_same_text_in_two_forms_is_read_once() {
    let found = alternative("Dear Ada, see you.", "<p>Dear <b>Ada</b>, see you.</p>");
    assert_eq!(found.matches("Ada").count(), 1, "{found}");
}

#[test]
fn what_only_one_form_says_is_found() {
    let found = alternative("Dear all,\nplain words only.", "<p>Dear all,</p><p>about Grace Sample</p>");
    assert!(found.contains("plain words only") && found.contains("Grace Sample"), "{found}");
    assert_eq!(found.matches("Dear all").count(), 1, "{found}");
    let found = alternative(
        "ask ada at example org, 020 7946 0018 or 0019",
        "<p>ask ada at example org</p><p>ada@example.org</p><p>020 7946 0019</p>",
    );
    assert!(found.contains("ada@example.org") && found.contains("020 7946 0019"), "{found}");
    let found = alternative("This message needs HTML.", "<p>This message needs HTML.</p><p>Ada</p>");
    assert!(found.contains("Ada") && found.matches("needs").count() == 1, "{found}");
    let found = alternative("Grace met Bob. Ada Sample left.", "<p>Grace Sample met Bob. Ada left.</p>");
    assert!(found.contains("Grace Sample"), "{found}");
}

#[test]
fn forwarded_three_deep() {
    let mut inner = "From: deep@example.org\nSubject: third\n\nabout Ada Example\n".to_owned();
    for level in ["second", "first", "outer"] {
        inner = format!(
            "From: a@example.org\nSubject: {level}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary={level}\n\n--{level}\nContent-Type: text/plain\n\nsee below ({level})\n--{level}\nContent-Type: message/rfc822\n\n{inner}\n--{level}--\n"
        );
    }
    let extraction = taken("1.eml", inner.as_bytes());
    assert_eq!(extraction.unreadable, []);
    let found: Vec<_> = extraction.documents.iter().map(|d| (d.path.as_str(), d.title.as_str())).collect();
    assert_eq!(
        found,
        [
            ("", "outer"),
            ("1:message.eml", "first"),
            ("1:message.eml!1:message.eml", "second"),
            ("1:message.eml!1:message.eml!1:message.eml", "third")
        ]
    );
    assert!(extraction.documents[3].text.contains("about Ada Example"));
    assert!(!extraction.documents[0].text.contains("about Ada Example"));
}

#[test]
fn a_forwarded_message_in_base64_is_read() {
    let inner = b"From: deep@example.org\nSubject: inner\n\nabout Ada Example\n";
    let extraction =
        taken("1.eml", &mail("outer", "see", &[("fwd.eml", "message/rfc822", inner), ("again.eml", "application/octet-stream", inner)]));
    assert_eq!(extraction.unreadable, []);
    assert_eq!(extraction.documents.iter().filter(|d| d.kind == DocumentKind::Mail && d.text.contains("about Ada Example")).count(), 2);
}

#[test]
fn attachments_are_read_by_what_they_are() {
    let word = docx(&paragraph("word about Ada"), &[]);
    let book = xlsx(&[("S", "visible", "<row r='1'><c r='A1' t='inlineStr'><is><t>cell about Ada</t></is></c></row>")], &[]);
    let page = pdf(&[&lines(&["page about Ada"])], "", &[]);
    let archive = zip(&[("notes/ada.txt", b"note about Ada"), ("list.csv", b"name\nAda in a row\n")]);
    let message = mail(
        "five files",
        "body",
        &[
            ("report.docx", "application/octet-stream", &word),
            ("data.bin", "application/octet-stream", &book),
            ("picture.png", "image/png", &page),
            ("export.zip", "application/zip", &archive),
            ("table.csv", "text/plain", b"a,b\nAda,csv"),
            ("photo.jpg", "image/jpeg", b"\xFF\xD8\xFF\xE0 not looked into"),
            ("text.txt", "text/plain", &word),
        ],
    );
    let extraction = taken("1.eml", &message);
    let found: Vec<_> = extraction.documents.iter().map(|d| (d.path.as_str(), d.kind, d.text.as_str())).collect();
    for (path, kind, word) in [
        ("1:report.docx", DocumentKind::Word, "word about Ada"),
        ("2:data.bin", DocumentKind::Sheet, "cell about Ada"),
        ("3:picture.png", DocumentKind::Pdf, "page about Ada"),
        ("4:export.zip!1:notes/ada.txt", DocumentKind::Text, "note about Ada"),
        ("4:export.zip!2:list.csv", DocumentKind::Sheet, "Ada in a row"),
        ("5:table.csv", DocumentKind::Sheet, "Ada | csv"),
        ("7:text.txt", DocumentKind::Word, "word about Ada"),
    ] {
        assert!(found.iter().any(|(p, k, t)| *p == path && *k == kind && t.contains(word)), "{path} in {found:#?}");
    }
    let unreadable: Vec<_> = extraction.unreadable.iter().map(|u| (u.path.as_str(), u.reason.as_str())).collect();
    assert_eq!(unreadable, [("6:photo.jpg", "a picture; it must be looked at by a person")]);
}

#[test]
fn broken_messages_lose_no_text() {
    for (message, word) in [
        ("From: a@example.org\nthis line is no header\nAda Example was here\n", "Ada Example was here"),
        ("no headers at all, only Ada Example", "Ada Example"),
        ("From: a@example.org\nContent-Type: multipart/mixed; boundary=missing\n\nAda Example behind no boundary\n", "Ada Example"),
        (
            "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\nAda Example before\n--b\n\ninside\n--b--\nGrace Sample behind\n",
            "Ada Example before",
        ),
        (
            "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\nbefore\n--b\n\ninside\n--b--\nGrace Sample behind\n",
            "Grace Sample behind",
        ),
        (
            "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nnever closed Ada Example\n",
            "Ada Example",
        ),
        ("From: a@example.org\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nthis is not base64: Ada Example!\n", "From"),
        ("From: a@example.org\nContent-Type: text/html\n\n<p>Ada <b>Example</p>", "Ada Example"),
        (
            "From: a@example.org\nDate: Sun, 25 Aug 2002 16:50:54 UT\n\nOn Sat, 24 Aug at 11:07, Ada Example\nsaid: yes\n",
            "On Sat, 24 Aug at 11:07, Ada Example",
        ),
        ("Subject: only a subject about Ada Example\n", "Ada Example"),
    ] {
        let extraction = taken("1.eml", message.as_bytes());
        assert!(extraction.documents.iter().any(|d| d.text.contains(word)), "{message}: {extraction:#?}");
    }
}

#[test]
fn an_impossible_date_is_no_date() {
    let extraction = taken("1.eml", b"From: a@example.org\nDate: Mon, 32 Nov 2026 10:00:00 +0000\n\nx");
    assert_eq!(extraction.documents[0].date, None);
    assert!(extraction.documents[0].text.contains("32 Nov 2026"));
}

#[test]
fn a_cut_off_attachment_leaves_the_message_readable() {
    let big = vec![7_u8; 300_000];
    let mut message = mail("big", "the text about Ada", &[("big.docx", "application/octet-stream", &big)]);
    message.truncate(200_000);
    let extraction = taken("1.eml", &message);
    assert!(extraction.documents[0].text.contains("the text about Ada"));
    assert_eq!(extraction.documents.len(), 1, "no document of base64 signs");
    assert!(extraction.unreadable.iter().any(|u| u.path == "1:big.docx"), "{:?}", extraction.unreadable);
}

#[test]
fn a_text_attachment_in_an_old_charset_is_decoded() {
    let message = b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nbody\n--b\nContent-Type: text/plain; name=note.txt\nContent-Disposition: attachment; filename=note.txt\n\nabout Zo\xeb Example\n--b--\n";
    let extraction = taken("1.eml", message);
    assert_eq!(extraction.documents[1].text, "about Zo\u{eb} Example");
}

#[test]
fn a_line_of_spaces_ends_the_headers_and_no_line_among_them_is_lost() {
    let spaced = text("From: a@example.org\nSubject: s\n \t\nAda came. Note: she left.\nborn: 1985\n");
    assert!(spaced.ends_with("\n\nAda came. Note: she left.\nborn: 1985\n"), "{spaced}");
    // A folded header may hold such a line.
    assert!(text("From: a@example.org\nSubject: one\n \n two\n\nbody\n").contains("body"));
    let stray = text("From: a@example.org\nReceived: from x\nby Ada Example with care\nSubject: s\n\nbody\n");
    assert!(stray.contains("by Ada Example with care") && stray.contains("body"), "{stray}");
}

#[test]
fn the_text_of_a_message_inside_another_is_decoded_at_its_own_place() {
    // Two equals signs in a row are no code, so the parser gives the part back as it stands.
    let inner = "From: b@example.org\nSubject: inner\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nZo=EB =3D=3D Example ==\nno maginfica=\ntion\n";
    for end in ["--b--\n", ""] {
        let outer = format!(
            "From: a@example.org\nSubject: outer\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nlook\n--b\nContent-Type: message/rfc822\n\n{inner}\n{end}"
        );
        let found = taken("1.eml", outer.as_bytes());
        assert!(found.documents[1].text.contains("Zo\u{eb} == Example ="), "{found:?}");
        assert!(found.documents[1].text.contains("magnification") || found.documents[1].text.contains("maginfication"), "{found:?}");
    }
}

#[test]
fn a_remark_behind_base64_is_no_code() {
    let message = "From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\necO2dMOkIHZhYW4uCg== ignored\n--b--\n";
    assert!(text(message).contains("y\u{f6}t\u{e4} vaan."), "{}", text(message));
}

#[test]
fn a_part_without_a_sender_is_decoded_like_a_message() {
    let found = taken("note.txt", b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nYWJvdXQgQWRhIEV4YW1wbGU=\n");
    assert!(found.documents[0].text.contains("about Ada Example"), "{found:?}");
    let found = taken(
        "note.txt",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: quoted-printable\n\nA=\nda=2E\n--b--\n",
    );
    assert!(found.documents[0].text.contains("Ada."), "{found:?}");
}

#[test]
fn a_boundary_within_a_line_of_text_ends_no_part() {
    let of = |encoding: &str, body: &str| {
        text(&format!(
            "From: ada@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"mark\"\n\n--mark\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{body}\n--mark--\n"
        ))
    };
    for body in [
        "Cut it at --mark\nsays Zoë Example\nand Bob",
        "Cut it at --mark\nNote: says Zoë Example\n\nand Bob",
        "Cut it at --mark, says Zoë Example\n\nand Bob",
        "Cut it at --mark--\nsays Zoë Example\n\nand Bob",
        "Cut it at --mark-- says Zoë Example\nand Bob",
        "> --mark\n> Content-Type: text/plain\n>\n> says Zoë Example",
    ] {
        let found = of("8bit", body);
        assert!(found.contains(body), "{body:?}: {found:?}");
    }
    let found = of("quoted-printable", "Cut it at --mark\nsays Zo=C3=AB Ex=\nample");
    assert!(found.contains("Cut it at --mark\nsays Zoë Example"), "{found:?}");
    let found = of("8bit", "First part--mark\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nZo=C3=AB Example");
    assert!(found.contains("First part") && found.contains("Zoë Example") && !found.contains("mark"), "{found:?}");
}

#[test]
fn words_among_the_headers_of_a_part_are_kept() {
    for (before, after) in [
        ("--mark says Zoë Example\n", ""),
        ("--mark\nContent-Type: text/plain\nsays Zoë Example\n", "\nand Bob"),
        ("--mark\nsays Zoë Example\nContent-Type: application/pdf; name=a.txt\n", "\nand Bob"),
    ] {
        for kind in ["mixed", "alternative"] {
            let message = format!(
                "From: ada@example.org\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=\"mark\"\n\n--mark\n\nHello\n{before}{after}\n--mark--\n"
            );
            let extraction = taken("1.eml", message.as_bytes());
            assert!(extraction.documents[0].text.contains("says Zoë Example"), "{message}: {:?}", extraction.documents[0].text);
        }
    }
}

#[test]
fn files_written_as_letters_are_attachments() {
    let file = "begin 644 a.txt\n4061A($5X86UP;&4@;V8@3&5E9',\n`\nend\n";
    let inline = format!("From: a@example.org\nTo: b@example.org\n\nDear Bob,\n{file}Ada\n");
    let declared = format!(
        "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nDear Bob,\nAda\n--b\nContent-Type: application/octet-stream; name=a.txt\nContent-Transfer-Encoding: x-uuencode\n\n{file}\n--b--\n"
    );
    for message in [&inline, &declared] {
        let found = taken("1.eml", message.as_bytes());
        let texts: Vec<(&str, &str)> = found.documents.iter().map(|one| (one.path.as_str(), one.text.as_str())).collect();
        assert!(texts[0].1.trim_end().ends_with("\n\nDear Bob,\nAda"), "{texts:?}");
        assert_eq!((texts[1], found.unreadable.len()), (("1:a.txt", "Ada Example of Leeds"), 0));
    }
    let plain = taken("note.txt", format!("see\n{file}").as_bytes());
    assert_eq!((plain.documents[0].text.as_str(), plain.documents[1].path.as_str()), ("see\n", "1:a.txt"));
    let listed = crate::extract::inprocess::list(&crate::extract::Limits::default(), "1.eml", inline.as_bytes());
    assert!(listed.unreadable.len() == 1 && listed.unreadable[0].reason.starts_with("20 "), "{listed:?}");
    let usenet = taken("1.eml", b"From: a@example.org\nTo: b@example.org\n\n=ybegin line=128 size=3 name=a.bin\nabc\n=yend size=3\n");
    assert_eq!(usenet.unreadable[0].reason, "holds a file in yEnc, which is not read");
}

#[test]
fn keywords_and_comments_are_shown_and_read() {
    let message = "From: a@example.org\nSubject: x\nKeywords: =?utf-8?q?Zo=C3=AB?= Example, lease\nComments: asked by Bob Sample\n\nHi\n";
    assert_eq!(text(message), "From: a@example.org\nSubject: x\nKeywords: Zoë Example, lease\nComments: asked by Bob Sample\n\nHi\n");
}
