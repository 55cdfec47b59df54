//! `winmail.dat` (MS-OXTNEF): the wrapping in which some servers send messages with all their
//! attachments.

use finder::document::Header;

use super::letter::{Letter, header_of, moment, narrow, wide};
use crate::extract::charset::lenient;
use crate::extract::taking::{Item, Reason, Taking};
use crate::extract::writing::one_line;

const DAMAGED: &str = crate::extract::READ_IN_PART;

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut rest = item.bytes.get(6..).ok_or("is damaged or cut off")?;
    let mut letter = Letter::default();
    let mut files: Vec<Carried<'_>> = Vec::new();
    let mut damaged = false;
    while !rest.is_empty() {
        let Some((attribute, after)) = attribute(rest) else {
            damaged = true;
            break;
        };
        rest = after;
        let file = if attribute.carried { files.last_mut() } else { None };
        match (attribute.number, file) {
            (0x8004, _) => letter.subject = told(attribute.content),
            (0x800C, _) => letter.body = told(attribute.content),
            (0x9003, _) => {
                properties(attribute.content, &mut |property| in_letter(&mut letter, &property));
            }
            (0x9004, _) => recipients(attribute.content, &mut letter),
            (0x9002, _) => files.push(Carried::default()),
            (0x8010, Some(file)) => file.name = told(attribute.content),
            (0x800F, Some(file)) => file.content = attribute.content,
            (0x9005, Some(file)) => {
                properties(attribute.content, &mut |property| file.learn(&property));
            }
            _ => {}
        }
    }
    letter.take(taking, item);
    for (number, file) in files.into_iter().enumerate() {
        let name = one_line(if file.long_name.is_empty() { &file.name } else { &file.long_name });
        taking.child(number + 1, Item { name: &name, bytes: file.content });
    }
    if damaged {
        taking.unreadable(DAMAGED);
    }
    Ok(())
}

/// A file that the message carries.
#[derive(Default)]
struct Carried<'a> {
    name: String,
    long_name: String,
    content: &'a [u8],
}

impl<'a> Carried<'a> {
    fn learn(&mut self, property: &Property<'a>) {
        match property.number {
            0x3707 => self.long_name = property.text(),
            // An inner message: sixteen bytes that say so, then a message like the outer one.
            0x3701 if property.kind == 0x000D => self.content = property.value.get(16..).unwrap_or_default(),
            0x3701 if self.content.is_empty() => self.content = property.value,
            _ => {}
        }
    }
}

/// A text of the old kind, which ends with a zero byte.
fn told(bytes: &[u8]) -> String {
    lenient(bytes).trim_end_matches('\0').to_owned()
}

struct Attribute<'a> {
    carried: bool,
    number: u32,
    content: &'a [u8],
}

/// One attribute, and what follows it.
fn attribute(bytes: &[u8]) -> Option<(Attribute<'_>, &[u8])> {
    let (level, rest) = bytes.split_first()?;
    let (number, rest) = word(rest)?;
    let (length, rest) = word(rest)?;
    let content = rest.get(..length as usize)?;
    // A check sum of two bytes ends it.
    let after = rest.get(length as usize..)?.get(2..).unwrap_or_default();
    Some((Attribute { carried: *level == 2, number: number & 0xFFFF, content }, after))
}

fn word(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (word, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*word), rest))
}

/// One value of a property.
struct Property<'a> {
    number: u16,
    kind: u16,
    value: &'a [u8],
}

impl Property<'_> {
    fn text(&self) -> String {
        if self.kind == 0x001F { wide(self.value) } else { narrow(self.value, None) }
    }

    fn number_value(&self) -> u64 {
        let mut value = [0; 8];
        value.iter_mut().zip(self.value).for_each(|(slot, byte)| *slot = *byte);
        u64::from_le_bytes(value)
    }
}

/// A list of properties: their count, then each. Ends where the list is out of shape.
fn properties<'a>(bytes: &'a [u8], each: &mut dyn FnMut(Property<'a>)) -> &'a [u8] {
    let mut rest = bytes;
    let Some((count, after)) = word(rest) else { return &[] };
    rest = after;
    for _ in 0..count {
        let Some(after) = property(rest, each) else { return &[] };
        rest = after;
    }
    rest
}

fn property<'a>(bytes: &'a [u8], each: &mut dyn FnMut(Property<'a>)) -> Option<&'a [u8]> {
    let (tag, mut rest) = word(bytes)?;
    let (kind, number) = (tag as u16, (tag >> 16) as u16);
    if number >= 0x8000 {
        let (name, after) = word(rest.get(16..)?)?;
        rest = if name == 0 {
            after.get(4..)?
        } else {
            let (length, after) = word(after)?;
            after.get(padded(length)?..)?
        };
    }
    let (several, single) = (kind & 0x1000 != 0, kind & 0x0FFF);
    let of_any_length = matches!(single, 0x000D | 0x001E | 0x001F | 0x0102);
    let count = if several || of_any_length {
        let (count, after) = word(rest)?;
        rest = after;
        count
    } else {
        1
    };
    for _ in 0..count {
        let length = if of_any_length {
            let (length, after) = word(rest)?;
            rest = after;
            length
        } else {
            match single {
                0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => 8,
                0x0048 => 16,
                0x0001 => 0,
                _ => 4,
            }
        };
        each(Property { number, kind: single, value: rest.get(..length as usize)? });
        rest = rest.get(padded(length)?..).unwrap_or_default();
        // However many there are said to be of a value without content, they say nothing more.
        if length == 0 && !of_any_length {
            break;
        }
    }
    Some(rest)
}

fn padded(length: u32) -> Option<usize> {
    length.checked_next_multiple_of(4).map(|length| length as usize)
}

fn in_letter(letter: &mut Letter, property: &Property<'_>) {
    match property.number {
        0x0037 => letter.subject = property.text(),
        0x0039 => letter.date = moment(property.number_value()),
        0x0E06 if letter.date.is_none() => letter.date = moment(property.number_value()),
        0x1000 => letter.body = property.text(),
        0x1009 => letter.rtf = property.value.to_vec(),
        0x1013 => letter.html = property.value.to_vec(),
        0x1035 => letter.message_id = property.text(),
        0x0042 | 0x0C1A => letter.add(Header::From, &property.text(), ""),
        0x0065 | 0x0C1F | 0x5D01 | 0x5D02 => {
            let address = property.text();
            if address.contains('@') {
                letter.add(Header::From, "", &address);
            }
        }
        0x0050 => letter.add(Header::ReplyTo, &property.text(), ""),
        0x0E02 | 0x0E03 => letter.add(Header::Cc, &property.text(), ""),
        0x0E04 => letter.add(Header::To, &property.text(), ""),
        0x3A00..0x3A60 | 0x8000.. if matches!(property.kind, 0x001E | 0x001F) => letter.facts.add("Property", &property.text()),
        _ => {}
    }
}

/// The table of recipients: a list of properties each.
fn recipients(bytes: &[u8], letter: &mut Letter) {
    let Some((count, mut rest)) = word(bytes) else { return };
    for _ in 0..count {
        if rest.is_empty() {
            break;
        }
        let (mut name, mut address, mut kind) = (String::new(), String::new(), 1);
        rest = properties(rest, &mut |property| match property.number {
            0x3001 => name = property.text(),
            0x39FE => address = property.text(),
            0x3003 if address.is_empty() => address = property.text(),
            0x0C15 => kind = property.number_value() as u32,
            _ => {}
        });
        letter.add(header_of(kind), &name, &address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_without_content_are_not_counted_to_the_end() {
        // Kind 1 ("no value"), said to come four thousand million times; behind it a number.
        let list = [
            &2_u32.to_le_bytes()[..],
            &0x0037_1001_u32.to_le_bytes(),
            &u32::MAX.to_le_bytes(),
            &0x0C15_0003_u32.to_le_bytes(),
            &[2, 0, 0, 0],
        ];
        let mut seen = Vec::new();
        properties(&list.concat(), &mut |property| seen.push((property.number, property.number_value())));
        assert_eq!(seen, [(0x0037, 0), (0x0C15, 2)]);
    }
}
