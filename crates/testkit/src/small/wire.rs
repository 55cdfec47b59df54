//! What servers say, and what people type or hand over.

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

pub(super) fn imap() -> Vec<Vec<u8>> {
    bytes(&[
        "* OK [CAPABILITY IMAP4rev1 UIDPLUS MOVE] ready\r\np1 OK done\r\n* CAPABILITY IMAP4rev1 UIDPLUS\r\np2 OK done\r\n* LIST (\\HasNoChildren) \"/\" \"INBOX\"\r\n* LIST (\\Noselect) NIL Old\r\n* LIST () \".\" {6}\r\nA&AOQ-b\r\np3 OK done\r\n* 3 EXISTS\r\n* OK [UIDVALIDITY 17] x\r\n* OK [PERMANENTFLAGS (\\*)] y\r\np4 OK [READ-ONLY] done\r\n* SEARCH 3 1 2\r\np5 OK done\r\n* 1 FETCH (UID 1 RFC822.SIZE 5 INTERNALDATE \"28-Nov-2026 21:14:05 +0000\" BODY[]<0> {5}\r\nhello)\r\n* 2 FETCH (BODY[]<0> \"\" UID 2 RFC822.SIZE 0)\r\n* 3 EXPUNGE\r\np6 OK done\r\n",
        "* PREAUTH x\r\n* CAPABILITY IMAP4\r\np1 OK\r\np2 NO [TRYCREATE] no\r\np3 BAD\r\n",
    ])
}

pub(super) fn smtp() -> Vec<Vec<u8>> {
    bytes(&[
        "220 c.example ESMTP\r\n250-c.example\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 100\r\n235 2.7.0 in\r\n250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go\r\n250 2.0.0 taken as 1\r\n221 bye\r\n",
        "220 x\n250-y\n250 AUTH LOGIN\n334 VXNlcm5hbWU6\n334 UGFzcw==\n235 in\n250 ok\n550 5.1.1 nobody\n",
    ])
}

/// People with a little of what is known of one each: the more is known, the longer it takes to look for it all.
pub(super) fn people() -> Vec<Vec<u8>> {
    bytes(&[
        "names = [\"Hart, Amelia (Millie)\"]\nborn = [2013-05-17, \"2013-05-18\"]\n",
        "names = [\"A. J. Hart\"]\nemails = [\"amelia.hart+x@mail.example\", \"a@b.c.example\"]\nphones = \"07700 900123\"\n",
        "names = [\"Amelia\"]\naddresses = [\"12 Garden Road, Leeds LS1 4AP\", \"Flat 2\\nThe Old Mill\"]\nreferences = [\"P-00123\", \"ahart9\"]\n",
        "names = ['\u{421}\u{430}\u{448}\u{430} O\u{2019}Neill']\n",
        "names = ['Zo\u{eb} van der Berg', 'M\u{fc}ller']\n",
        "emails = ['Grace_Sample@c.example']\nphones = ['+44 (0)113 496 0000']\n",
    ])
}

pub(super) fn dates() -> Vec<Vec<u8>> {
    bytes(&[
        "2026-02-28",
        "28/02/2026",
        "2026-03-29T01:30",
        "2024-02-29T23:59:59+00:00",
        "28 February 2026",
        "20260228",
        "07700 900123",
        "+44 (0)113 496 0000",
    ])
}

pub(super) fn holidays() -> Vec<Vec<u8>> {
    bytes(&[
        "{\"england-and-wales\":{\"division\":\"england-and-wales\",\"events\":[{\"title\":\"New Year\u{2019}s Day\",\"date\":\"2026-01-01\",\"notes\":\"\",\"bunting\":true},{\"title\":\"Good Friday\",\"date\":\"2026-04-03\",\"notes\":\"\",\"bunting\":false}]},\"scotland\":{\"division\":\"scotland\",\"events\":[]},\"northern-ireland\":{\"division\":\"northern-ireland\",\"events\":[{\"title\":\"x\",\"date\":\"2027-03-17\",\"notes\":\"Substitute day\",\"bunting\":true}]}}",
    ])
}

pub(super) fn deadlines() -> Vec<Vec<u8>> {
    bytes(&[
        "{\"id\":1,\"rule\":\"access\",\"from\":\"2026-03-02\",\"division\":\"scotland\",\"pauses\":[[\"2026-03-05\",\"2026-03-09\"],\"2026-03-10..2026-03-11\",{\"asked\":\"2026-03-12\",\"answered\":\"2026-03-13\"}],\"extended\":true,\"notice\":\"2026-03-20\",\"today\":\"2026-03-21\",\"months\":3}\n{\"rule\":\"breach-authority\",\"from\":\"2026-03-29T01:30:00Z\",\"triggers\":{\"aware\":\"2026-03-29T01:30:00Z\",\"x\":null}}\n",
    ])
}

pub(super) fn holdings() -> Vec<Vec<u8>> {
    bytes(&[
        "id,rule,start,trigger,hold,facts\n1,staff-records,2020-03-31,left,,\n2,accident-book,2019-02-29,,yes,\"a;b\"\n\"x\ny\",none,31/12/1999,,,\n",
        "Ref\tCategory\tDate\n1\tx\t2020-01-01\n",
    ])
}

pub(super) fn mappings() -> Vec<Vec<u8>> {
    bytes(&[
        "delimiter = \";\"\ndates = \"day-first\"\nid = \"Ref\"\nrule = \"Category\"\n[rules]\n\"Old files\" = \"staff-records\"\n[columns]\nstart = \"Date\"\n",
    ])
}

pub(super) fn forms() -> Vec<Vec<u8>> {
    bytes(&[
        "name=Ada+Example&email=a%40mail.example&day=2&month=11&year=2026&words=%C3%A9%0D%0A&empty=&a=1&a=2",
        "--b\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\nplease\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n",
    ])
}
