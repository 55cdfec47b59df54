//! A grey picture without text: what a scanned page or a photograph is to a search.

fn crc(bytes: &[u8]) -> u32 {
    !bytes
        .iter()
        .fold(u32::MAX, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 }))
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    let mut body = name.to_vec();
    body.extend_from_slice(data);
    out.extend_from_slice(&body);
    out.extend(crc(&body).to_be_bytes());
}

/// A picture of `width` by `height` pixels with faint bands, as if of a page. Both at most 250.
pub fn png(width: u8, height: u8) -> Vec<u8> {
    let raw: Vec<u8> = (0..height)
        .flat_map(|y| {
            let shade = move |x: u8| if y % 12 < 3 && x > 12 && x < width.saturating_sub(12) { 120 + (x % 7) * 9 } else { 246 };
            std::iter::once(0).chain((0..width).map(shade))
        })
        .collect();
    let (a, b) = raw.iter().fold((1u32, 0u32), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % 65521;
        (a, (b + a) % 65521)
    });
    // One stored block of the compressed format is enough below 64 kB.
    let length = raw.len() as u16;
    let mut data = vec![0x78, 0x01, 0x01];
    data.extend(length.to_le_bytes());
    data.extend((!length).to_le_bytes());
    data.extend_from_slice(&raw);
    data.extend(((b << 16) | a).to_be_bytes());

    let mut header = u32::from(width).to_be_bytes().to_vec();
    header.extend(u32::from(height).to_be_bytes());
    header.extend([8, 0, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut out, *b"IHDR", &header);
    chunk(&mut out, *b"IDAT", &data);
    chunk(&mut out, *b"IEND", &[]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_sums_are_the_published_ones() {
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc(b"IEND"), 0xae42_6082);
        assert!(png(200, 250).len() > 50_000);
    }
}
