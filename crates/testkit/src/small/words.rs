//! Kinds that are text.

use std::io::Write as _;

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

const MAIL: &str = "Return-Path: <ada@mail.example>\r\nReceived: from a (b [192.0.2.1]) by c.example with ESMTP id 1;\r\n\tMon, 2 Nov 2026 10:00:00 +0000 (GMT)\r\n\
From: =?utf-8?Q?Zo=C3=AB?= Example <zoe@mail.example>\r\nSender: \"Desk, The\" <desk@mail.example>\r\nTo: Ada <ada@c.example>, Group: b@c.example, c@c.example;\r\n\
Cc: =?iso-8859-1?B?R3LpZ29pcmU=?= <g@c.example>\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@mail.example>\r\nIn-Reply-To: <0@c.example>\r\n\
Subject: Subject access\r\n request\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\nnote\r\n--b\r\n\
Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
Please send me everything you hold about me =E2=80=93 all=\r\n of it.\r\n\r\nZo=C3=AB Example, born 17 May 2013, 07700 900123\r\n-- \r\nsigned\r\n--c\r\nContent-Type: text/html\r\n\r\n\
<p>Please <b>send</b> me</p><blockquote>On Monday Ada wrote:</blockquote>\r\n--c--\r\n--b\r\nContent-Type: text/plain; name*0*=utf-8''n%C3%B6; name*1=te.txt\r\n\
Content-Disposition: attachment; filename=\"n.txt\"; size=3\r\nContent-Transfer-Encoding: base64\r\n\r\nQWRh\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n\
From: b@c.example\r\nSubject: inner\r\n\r\ninside\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; c.example\r\n\r\nFinal-Recipient: rfc822; b@c.example\r\nStatus: 5.1.1\r\n--b--\r\n";

pub(super) fn mails() -> Vec<Vec<u8>> {
    bytes(&[
        MAIL,
        "From: a@mail.example\nTo: b@c.example\nSubject: I ask for my data\nDate: 2 Nov 2026 10:00 GMT\nContent-Type: text/plain; charset=iso-2022-jp\nContent-Transfer-Encoding: 7bit\n\n\x1b$B$3$s$K$A$O\x1b(B\n> quoted\n>> twice\nfrom me\n",
        "From: a@mail.example\nTo: b@c.example\nContent-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a.txt\n#061A\n`\nend\n",
    ])
}

pub(super) fn texts() -> Vec<Vec<u8>> {
    bytes(&[
        "Dear Ms Amelia Fairbairn-Hart,\n\nthank you for your letter of 3rd March 2026. Amelia (born 17/05/2013, NHS 943 476 5919, NI QQ 12 34 56 C) lives at\n12 Garden Road, Leeds LS1 4AP. Tel. +44 (0)7700 900123, amelia.hart@mail.example, card 4111 1111 1111 1111,\nsort code 12-34-56, account 12345678, car AB12 CDE, passport 123456789, driver HART9705137AM9IJ 35, IP 192.0.2.7, https://mail.example/@amelia\n\nMrs O\u{2019}Neill wrote that Dr. J. R. van der Berg has asthma.\n\nYours sincerely,\nGrace Sample\n",
        "On Mon, 2 Nov 2026 at 10:00, Ada Example <ada@mail.example> wrote:\n> Hi Zo\u{eb},\n>> older\n> thanks\n\nHi Ada, Amelia is fine.\n\n-----Original Message-----\nFrom: Bob\nSent: Monday\nTo: Ada\nSubject: RE: bees\n\nok\n",
        "Bob,\nbegin 644 a.txt\n#061A\n`\nend\nbegin-base64 644 b\nQWRh\n====\n=ybegin line=1 size=1 name=c\nx\n",
        "HART, Amelia; \u{421}\u{430}\u{448}\u{430}; Ame\u{301}lia; \u{fb01}ne; STRASSE stra\u{df}e; \u{391}\u{3b4}\u{3b1}; 13 y/o; \u{1F600}",
    ])
}

pub(super) fn tables() -> Vec<Vec<u8>> {
    bytes(&[
        "name,born,note\n\"Hart, Amelia\",2013-05-17,\"said \"\"no\"\"\nand left\"\n,,\n",
        "a;b\tc\n1;2,5;3\n\"x",
        "\u{feff}sep=;\nn;m\n1;2\n",
    ])
}

pub(super) fn rows() -> Vec<Vec<u8>> {
    bytes(&[
        "\u{1e}\u{1f}probity row\u{1f}Contact\nName (\u{1f}First, Last\u{1f}): Amelia Hart\n\u{1f}Status\u{1f}: Active\n\n\u{1f}Notes\u{1f}:\nrang\n",
        "\u{1e}\u{1f}probity rows\u{1f}public.people\nid,name\n1,\"Hart, Amelia\"\n2,\n",
    ])
}

pub(super) fn cards() -> Vec<Vec<u8>> {
    bytes(&[
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:E=C3=A4;A=\r\n d\r\nTEL;HOME:07700 900123\r\nPHOTO;ENCODING=B:AAA=\r\nADR;X=\"a:b\":;;1 Road;Leeds;;LS1\r\nEND:VCARD\r\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Europe/London:20261102T100000\nSUMMARY:Meet\\, talk\\nand\n  go\nATTENDEE;CN=\"Ada: E\":mailto:a@mail.example\nRRULE:FREQ=DAILY;COUNT=3\nATTACH;ENCODING=BASE64;VALUE=BINARY:QWRh\nEND:VEVENT\nEND:VCALENDAR\n",
    ])
}

pub(super) fn pages() -> Vec<Vec<u8>> {
    bytes(&[
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>x &amp; y</title><style>p{a:b}</style><script>var a='</p>';</script></head><body><p id=a title='t'>Ada <b>E&eacute;&#233;&#xE9;x</b><br/><img alt=\"photo of Ada\" src=data:image/gif;base64,R0lGODlhAQABAAAAACw=><!-- a comment --><blockquote>q<ul><li>1<li>2</ul></blockquote><table><tr><td>q<td>r</table><a href=\"mailto:a@mail.example?subject=x\">m</a><textarea>t</textarea><input value=v hidden><pre> a\n b</pre><![CDATA[c]]></body></html>",
        "<html><head><meta http-equiv=content-type content='text/html; charset=windows-1252'></head><frameset><frame src=a></frameset><p>caf\u{e9}",
    ])
}

pub(super) fn rich() -> Vec<Vec<u8>> {
    bytes(&[
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}}{\\info{\\author Ada}{\\title t}}{\\*\\generator g;}\\pard b\\'e9\\u8364?\\f1\\'e0\\bin3 abc\\par{\\field{\\*\\fldinst HYPERLINK \"mailto:a@mail.example\"}{\\fldrslt here}}\\trowd\\cell x\\row{\\pict\\pngblip 89504e47}{\\object{\\*\\objdata 01050000}}{\\v hidden}{\\deleted gone}\\tab\\emdash\\~\\{\\} c}",
        "{\\rtf1\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 words\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}}",
    ])
}

pub(super) fn mboxes() -> Vec<Vec<u8>> {
    bytes(&[
        "From a@mail.example Mon Nov  2 10:00:00 2026\nFrom: a@mail.example\nSubject: one\n\n>From the start\nFrom here on\n\nFrom b@c.example Tue Nov  3 10:00:00 2026\r\nFrom: b@c.example\r\n\r\ntwo\r\n\r\nFrom MAILER Wed Nov  4 10:00 2026\nX: y\n\nthree\n",
    ])
}

pub(super) fn armoured() -> Vec<Vec<u8>> {
    bytes(&[
        "-----BEGIN PGP SIGNATURE-----\nVersion: 1\n\niQA=\n=abcd\n-----END PGP SIGNATURE-----\n",
        "-----BEGIN PGP MESSAGE-----\n\nhQA=\n-----END PGP MESSAGE-----\n",
    ])
}

/// The beginnings of recordings, with what they say of themselves.
pub(super) fn sounds() -> Vec<Vec<u8>> {
    let recent: &[&[u8]] = &[
        b"ID3\x03\0\0\0\0\0\x70",
        b"TIT2\0\0\0\x13\0\0\0Interview with Ada",
        b"COMM\0\0\0\x10\0\0\x01eng\xFF\xFE\0\0\xFF\xFEA\0d\0\xeb\0",
        b"APIC\0\0\0\x18\0\0\0image/png\0\x03c\0\x89PNG\r\n\x1a\n\0\0",
        b"TXXX\0\0\0\x0d\0\0\x03case\0P-00123",
        b"\xFF\xFB\x90\x64\0\0",
    ];
    let last: &[&[u8]] = &[b"ID3\x04\0\xc0\0\0\0\x1c\0\0\0\x06\x01\0TPE1\0\0\0\x0c\0\x03\0\0\0\x08\x03Ada\0Zo\xc3", b"\xFF\xFB\x90\x64"];
    let oldest: &[&[u8]] =
        &[b"ID3\x02\0\x80\0\0\0\x10TT2\0\0\x0a\0About Ada", b"\xFF\xFB\x90\x64TAG", b"About Ada", &[0; 21], b"Grace Sample", &[0; 83]];
    [recent, last, oldest].map(<[_]>::concat).to_vec()
}

/// Packed with gzip.
pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    // Writing to memory does not fail.
    let _ = packer.write_all(bytes);
    packer.finish().unwrap_or_default()
}

/// XML that is a document: of Word, of Excel, with a file in it, in another charset.
pub(super) fn documents() -> Vec<Vec<u8>> {
    let word = "<?xml version='1.0'?><w:wordDocument><w:p><w:r><w:t>Ada &amp; Zo\u{eb}</w:t></w:r><w:tab/><w:br/></w:p></w:wordDocument>";
    let sheet = "<?xml version='1.0'?><Workbook><Worksheet ss:Name='S'><Row><Cell><Data>Ada</Data></Cell></Row></Worksheet></Workbook>";
    let book =
        "<?xml version='1.0'?><FictionBook><p>Ada <a l:href='http://x.example'>x</a></p><binary id='a.txt'>R3JhY2U=</binary></FictionBook>";
    let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><r first='Ada' last=\"O&apos;Hara\"><![CDATA[Zo\xeb]]></r>";
    vec![word.into(), sheet.into(), book.into(), latin.to_vec()]
}

/// A message as Apple Mail keeps it.
pub(super) fn kept() -> Vec<Vec<u8>> {
    let message = "From: a@example.org\nTo: b@example.org\nDate: Mon, 2 Nov 2026 10:00:00 +0000\nSubject: x\n\nAda\n";
    vec![format!("{}\n{message}<?xml version=\"1.0\"?><plist></plist>\n", message.len()).into_bytes()]
}
