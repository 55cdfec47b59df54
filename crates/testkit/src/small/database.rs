//! A database of `SQLite`: two pages of 512 bytes, one table of people.

const PAGE: usize = 512;

/// A record: the kinds of its values, then the values.
fn record(number: u8, kinds: &[u8], values: &[u8]) -> Vec<u8> {
    let head = kinds.len() as u8 + 1;
    [&[head + values.len() as u8, number, head][..], kinds, values].concat()
}

/// A page with these records, laid in from its end; `before` is what stands before its head.
fn page(before: &[u8], records: &[Vec<u8>]) -> Vec<u8> {
    let (mut places, mut end) = (Vec::new(), PAGE);
    let mut cells = Vec::new();
    for record in records {
        end -= record.len();
        places.extend((end as u16).to_be_bytes());
        cells.splice(..0, record.iter().copied());
    }
    let head = [&[13, 0, 0][..], &(records.len() as u16).to_be_bytes(), &(end as u16).to_be_bytes(), &[0], &places].concat();
    let mut page = [before, &head].concat();
    page.resize(end, 0);
    page.extend(cells);
    page
}

pub(super) fn bases() -> Vec<Vec<u8>> {
    let sql = b"CREATE TABLE people(name,born,x)";
    let schema = record(1, &[23, 25, 25, 1, 13 + 2 * sql.len() as u8], &[&b"tablepeoplepeople\x02"[..], sql].concat());
    let mut head = b"SQLite format 3\0\x02\0\x01\x01\0\x40\x20\x20\0\0\0\x01\0\0\0\x02".to_vec();
    head.resize(40, 0);
    head.extend(b"\0\0\0\x01\0\0\0\x04");
    head.resize(56, 0);
    head.extend(b"\0\0\0\x01");
    head.resize(92, 0);
    head.extend(b"\0\0\0\x01\0\x2E\x6A\xE1");
    let people = [
        record(1, &[35, 33, 1], b"Ada Example2013-05-17\x07"),
        record(2, &[23, 0, 18], b"Grace\xFF\xD8\xFF"),
        record(3, &[25, 7, 12], &[&b"Zo\xC3\xAB E"[..], &1.5_f64.to_be_bytes()].concat()),
    ];
    vec![[page(&head, &[schema]), page(&[], &people)].concat()]
}

/// A table of dBase: names and days, a row struck out.
pub(super) fn tables() -> Vec<Vec<u8>> {
    let column = |name: &[u8; 4], kind: u8, length: u8| [&name[..], &[0; 7], &[kind], &[0; 4], &[length], &[0; 15]].concat();
    let head = [&[3, 126, 11, 2, 2, 0, 0, 0, 97, 0, 21, 0][..], &[0; 17], &[0xC8, 0, 0]].concat();
    vec![[head, column(b"NAME", b'C', 12), column(b"BORN", b'D', 8), b"\r Ada Example 19850412*Grace       19900101\x1a".to_vec()].concat()]
}
