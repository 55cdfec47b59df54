//! A small HTTP load: threads, each with one kept-alive connection, asking for the same page again and again.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// What to ask for.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// `host:port`.
    pub(crate) address: String,
    /// Path with its query.
    pub(crate) path: String,
    /// The `Cookie` header of a signed-in user; empty for none.
    pub(crate) cookie: String,
}

/// What a load found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome {
    pub(crate) requests_per_second: f64,
    /// 95 of 100 answers came within this time.
    pub(crate) p95: Duration,
}

/// Asks over `connections` connections for `time`. Any answer but 200 fails the measurement.
pub(crate) fn run(target: &Target, connections: usize, time: Duration) -> Result<Outcome> {
    let start = Instant::now();
    let threads: Vec<_> = (0..connections)
        .map(|_| {
            let target = target.clone();
            thread::spawn(move || connection(&target, start + time))
        })
        .collect();
    let mut times = Vec::new();
    for thread in threads {
        times.extend(thread.join().map_err(|_| anyhow::anyhow!("a load thread died"))??);
    }
    let elapsed = start.elapsed();
    times.sort_unstable();
    let p95 = times.get((times.len() * 95 / 100).min(times.len().saturating_sub(1))).copied().context("no request was answered")?;
    Ok(Outcome { requests_per_second: times.len() as f64 / elapsed.as_secs_f64(), p95 })
}

/// Asks once and takes any answer: a page or a redirect to the sign-in.
pub(crate) fn first_answer(target: &Target) -> Result<()> {
    let mut stream = TcpStream::connect(&target.address).with_context(|| format!("connecting to {}", target.address))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(stream, "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", target.path, target.address)?;
    let status = header_line(&mut BufReader::new(stream))?;
    if status.starts_with("HTTP/1.1 ") { Ok(()) } else { bail!("not an HTTP answer: {status}") }
}

fn connection(target: &Target, end: Instant) -> Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(&target.address).with_context(|| format!("connecting to {}", target.address))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let cookie = if target.cookie.is_empty() { String::new() } else { format!("Cookie: {}\r\n", target.cookie) };
    let request = format!("GET {} HTTP/1.1\r\nHost: {}\r\n{cookie}Accept: text/html\r\n\r\n", target.path, target.address);
    let mut times = Vec::new();
    while Instant::now() < end {
        let start = Instant::now();
        stream.write_all(request.as_bytes())?;
        answer(&mut reader)?;
        times.push(start.elapsed());
    }
    Ok(times)
}

/// Reads one answer whole and gives back the length of its body.
fn answer(reader: &mut impl BufRead) -> Result<usize> {
    let status = header_line(reader)?;
    let mut length = None;
    let mut chunked = false;
    loop {
        let line = header_line(reader)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').with_context(|| format!("not a header: {line}"))?;
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse::<usize>().context("content-length")?);
        }
        chunked |= name.eq_ignore_ascii_case("transfer-encoding") && value.trim().eq_ignore_ascii_case("chunked");
    }
    let read = if chunked { chunks(reader)? } else { skip(reader, length.context("an answer without a length")?)? };
    if status.split(' ').nth(1) != Some("200") {
        bail!("answered {status}");
    }
    Ok(read)
}

fn chunks(reader: &mut impl BufRead) -> Result<usize> {
    let mut total = 0;
    loop {
        let size = header_line(reader)?;
        let size = usize::from_str_radix(size.split(';').next().unwrap_or("").trim(), 16).context("the size of a chunk")?;
        total += skip(reader, size)?;
        header_line(reader)?;
        if size == 0 {
            return Ok(total);
        }
    }
}

fn skip(reader: &mut impl BufRead, bytes: usize) -> Result<usize> {
    let copied = std::io::copy(&mut reader.take(bytes as u64), &mut std::io::sink())?;
    if copied != bytes as u64 {
        bail!("the answer ended early");
    }
    Ok(bytes)
}

fn header_line(reader: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        bail!("the connection was closed");
    }
    Ok(line.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn answers_with_a_length_and_in_chunks_are_read_whole() {
        let mut two =
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                .as_bytes();
        assert_eq!(answer(&mut two).unwrap(), 5);
        assert_eq!(answer(&mut two).unwrap(), 3);
        assert!(two.is_empty());
        assert!(answer(&mut "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n".as_bytes()).is_err());
        assert!(answer(&mut "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort".as_bytes()).is_err());
    }

    #[test]
    fn a_load_counts_what_a_server_answers() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                thread::spawn(move || {
                    let mut reader = BufReader::new(stream.try_clone().unwrap());
                    while header_line(&mut reader).is_ok_and(|line| !line.is_empty()) {
                        while header_line(&mut reader).is_ok_and(|line| !line.is_empty()) {}
                        if stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").is_err() {
                            break;
                        }
                    }
                });
            }
        });
        let target = Target { address, path: "/".to_owned(), cookie: "a=b".to_owned() };
        let outcome = run(&target, 2, Duration::from_millis(50)).unwrap();
        assert!(outcome.requests_per_second > 0.0 && outcome.p95 > Duration::ZERO);
    }
}
