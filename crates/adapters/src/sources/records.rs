//! The records of a table in CSV, one after another, whatever the size of the table.

use std::io::{BufRead, Read};

/// The records of a CSV stream. A line break within quotes ends none.
pub(super) struct Records<R> {
    pub(super) stream: R,
    /// Bytes of one record before the rest of it is left.
    pub(super) limit: u64,
    /// Whether the end was read: the driver takes it ill to be asked again.
    pub(super) ended: bool,
}

impl<R: BufRead> Records<R> {
    pub(super) fn next_record(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut record = Vec::new();
        while !self.ended {
            let before = record.len();
            let left = self.limit.saturating_sub(before as u64);
            if left == 0 {
                self.skip(&record)?;
                record.push(b'\n');
                return Ok(Some(record));
            }
            let read = self.stream.by_ref().take(left).read_until(b'\n', &mut record)?;
            self.ended = read == 0;
            if record.ends_with(b"\n") && even_quotes(&record) {
                return Ok(Some(record));
            }
        }
        Ok((!record.is_empty()).then_some(record))
    }

    /// Passes over the rest of a record that is too long.
    fn skip(&mut self, begun: &[u8]) -> std::io::Result<()> {
        let mut even = even_quotes(begun);
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = self.stream.by_ref().take(1 << 20).read_until(b'\n', &mut line)?;
            even ^= !even_quotes(&line);
            self.ended = read == 0;
            if self.ended || even && line.ends_with(b"\n") {
                return Ok(());
            }
        }
    }
}

fn even_quotes(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'"', bytes).count().is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_end_outside_of_quotes_and_at_the_limit() {
        let records = |text: &str, limit| {
            let mut records = Records { stream: text.as_bytes(), limit, ended: false };
            std::iter::from_fn(|| records.next_record().unwrap()).map(|one| String::from_utf8(one).unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(records("a,b\n\"x\ny \"\"z\"\"\",2\n3,4", 100), ["a,b\n", "\"x\ny \"\"z\"\"\",2\n", "3,4"]);
        assert_eq!(records("a,\"0123456789\n0123\",b\nc\n", 8), ["a,\"01234\n", "c\n"]);
    }
}
