//! [`Talk`]: questions on a terminal, asked one after another until the answer can be used.

use std::io::{BufRead, Write};

use domain::{Refusal, RefusalCode};

use crate::cli::outcome::Ending;

/// Somebody who is asked.
pub(crate) struct Talk<'a> {
    /// What they type.
    pub(crate) input: &'a mut dyn BufRead,
    /// What they read.
    pub(crate) out: &'a mut dyn Write,
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// Which one it is, from 1.
    pub(crate) number: usize,
    /// How many there are.
    pub(crate) of: usize,
    /// The question.
    pub(crate) ask: &'a str,
    /// What can be typed, with an example or the default.
    pub(crate) hint: &'a str,
    /// Why it is asked: the answer to `?`.
    pub(crate) why: &'a str,
}

impl Talk<'_> {
    /// Asks until `read` takes the answer. An answer that cannot be used is refused with the
    /// reason and asked again; `?` explains.
    pub(crate) fn ask<T>(&mut self, asked: Asked<'_>, mut read: impl FnMut(&str) -> Result<T, String>) -> Result<T, Ending> {
        writeln!(self.out, "\n{} of {}  {}\n  {}", asked.number, asked.of, asked.ask, asked.hint)?;
        loop {
            write!(self.out, "> ")?;
            self.out.flush()?;
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 {
                writeln!(self.out)?;
                let what = "The input ended before the last question; nothing was written.";
                return Err(Refusal::new(RefusalCode::ValueInvalid, what).into());
            }
            match line.trim() {
                "?" => writeln!(self.out, "  {}", asked.why)?,
                answer => match read(answer) {
                    Ok(value) => return Ok(value),
                    Err(why) => writeln!(self.out, "  {why}")?,
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Asked<'_> = Asked { number: 3, of: 12, ask: "How many?", hint: "A number.", why: "To count them." };

    fn talk(typed: &str) -> (Result<u8, Ending>, String) {
        let mut out = Vec::new();
        let result =
            Talk { input: &mut typed.as_bytes(), out: &mut out }.ask(ASKED, |text| text.parse().map_err(|_| "Not a number.".to_owned()));
        (result, String::from_utf8(out).unwrap())
    }

    #[test]
    fn it_explains_refuses_and_asks_again() {
        let (result, said) = talk("?\nmany\n 7 \n");
        assert_eq!(result.unwrap(), 7);
        assert_eq!(said, "\n3 of 12  How many?\n  A number.\n>   To count them.\n>   Not a number.\n> ");
    }

    #[test]
    fn the_end_of_the_input_is_a_refusal() {
        let Err(Ending::Refused(refusal)) = talk("?\n").0 else { panic!("not refused") };
        assert!(refusal.detail.contains("nothing was written"));
    }
}
