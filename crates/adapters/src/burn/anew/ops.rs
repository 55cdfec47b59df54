//! The operators of a content stream.

use std::fmt;

use hayro::hayro_interpret::BlendMode;
use hayro::hayro_interpret::color::Color;
use hayro::kurbo::{Affine, BezPath, Cap, Join, PathEl, Point, Rect};

/// The names of blend modes.
pub(in crate::burn) const BLENDS: [&str; 16] = [
    "Normal",
    "Multiply",
    "Screen",
    "Overlay",
    "Darken",
    "Lighten",
    "ColorDodge",
    "ColorBurn",
    "HardLight",
    "SoftLight",
    "Difference",
    "Exclusion",
    "Hue",
    "Saturation",
    "Color",
    "Luminosity",
];

/// The place of a blend mode in [`BLENDS`].
pub(super) fn blend(mode: BlendMode) -> u8 {
    match mode {
        BlendMode::Normal => 0,
        BlendMode::Multiply => 1,
        BlendMode::Screen => 2,
        BlendMode::Overlay => 3,
        BlendMode::Darken => 4,
        BlendMode::Lighten => 5,
        BlendMode::ColorDodge => 6,
        BlendMode::ColorBurn => 7,
        BlendMode::HardLight => 8,
        BlendMode::SoftLight => 9,
        BlendMode::Difference => 10,
        BlendMode::Exclusion => 11,
        BlendMode::Hue => 12,
        BlendMode::Saturation => 13,
        BlendMode::Color => 14,
        BlendMode::Luminosity => 15,
    }
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour {
    /// Red, green and blue as seen, in 255ths.
    pub(super) light: [u8; 3],
    /// How the page says it, where viewers make light of that in ways of their own.
    pub(super) said: Said,
}

/// How a page says a colour, in 65,535ths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// As the inks of a printer.
    Inks([u16; 4]),
    /// As a grey.
    Grey(u16),
    /// In another way: red, green and blue say the same.
    Light,
}

impl Colour {
    /// The colour as the page says it, and how opaque it is.
    pub(super) fn of(colour: &Color) -> (Self, u8) {
        let [red, green, blue, opacity] = colour.to_rgba().to_rgba8();
        let part = |part: f32| (part.clamp(0.0, 1.0) * 65_535.0).round() as u16;
        let said = match (colour.components(), space(colour.color_space()).as_str()) {
            (&[cyan, magenta, yellow, black], "ColorSpace(DeviceCmyk") => Said::Inks([cyan, magenta, yellow, black].map(part)),
            (&[grey], "ColorSpace(DeviceGray") => Said::Grey(part(grey)),
            _ => Said::Light,
        };
        (Self { light: [red, green, blue], said }, opacity)
    }
}

/// The kind of a colour space. It does not say so but when it is printed, and then with everything that is in it: only the beginning
/// is asked for.
fn space(space: &impl fmt::Debug) -> String {
    struct Beginning(String);
    impl fmt::Write for Beginning {
        fn write_str(&mut self, piece: &str) -> fmt::Result {
            self.0.push_str(piece);
            if self.0.len() > 32 { Err(fmt::Error) } else { Ok(()) }
        }
    }
    let mut beginning = Beginning(String::new());
    // It ends with an error when there was enough.
    let _ = fmt::write(&mut beginning, format_args!("{space:?}"));
    let kind: Vec<&str> = beginning.0.split('(').take(2).collect();
    kind.join("(").trim_end_matches(')').to_owned()
}

/// Content as it grows.
#[derive(Debug, Default)]
pub(super) struct Content(pub(super) Vec<u8>);

/// Places of a coordinate, and of a factor.
const COORDINATE: u32 = 3;
const FACTOR: u32 = 7;

impl Content {
    pub(super) fn say(&mut self, operator: &str) -> &mut Self {
        self.0.extend_from_slice(operator.as_bytes());
        self.0.push(b'\n');
        self
    }

    /// A number and a space.
    pub(super) fn number(&mut self, value: f64, places: u32) -> &mut Self {
        let whole = 10_i64.pow(places);
        let scaled = (value * whole as f64).round().clamp(-9e17, 9e17) as i64;
        let size = scaled.unsigned_abs();
        if scaled < 0 {
            self.0.push(b'-');
        }
        let (front, mut back) = (size / whole.unsigned_abs(), size % whole.unsigned_abs());
        self.0.extend_from_slice(front.to_string().as_bytes());
        if back > 0 {
            let mut digits = places as usize;
            while back % 10 == 0 {
                back /= 10;
                digits -= 1;
            }
            self.0.extend_from_slice(format!(".{back:0digits$}").as_bytes());
        }
        self.0.push(b' ');
        self
    }

    pub(super) fn point(&mut self, point: Point) -> &mut Self {
        self.number(point.x, COORDINATE).number(point.y, COORDINATE)
    }

    pub(super) fn matrix(&mut self, matrix: Affine) -> &mut Self {
        for (at, value) in matrix.as_coeffs().into_iter().enumerate() {
            self.number(value, if at < 4 { FACTOR } else { COORDINATE });
        }
        self
    }

    pub(super) fn rect(&mut self, rect: Rect) -> &mut Self {
        self.number(rect.x0, COORDINATE).number(rect.y0, COORDINATE);
        self.number(rect.width(), COORDINATE).number(rect.height(), COORDINATE).say("re")
    }

    pub(super) fn path(&mut self, path: &BezPath) -> &mut Self {
        let mut at = Point::ZERO;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => {
                    self.point(to).say("m");
                    at = to;
                }
                PathEl::LineTo(to) => {
                    self.point(to).say("l");
                    at = to;
                }
                PathEl::QuadTo(by, to) => {
                    let near = |end: Point| end + (by - end) * (2.0 / 3.0);
                    self.point(near(at)).point(near(to)).point(to).say("c");
                    at = to;
                }
                PathEl::CurveTo(first, second, to) => {
                    self.point(first).point(second).point(to).say("c");
                    at = to;
                }
                PathEl::ClosePath => {
                    self.say("h");
                }
            }
        }
        self
    }

    /// For areas or for lines.
    pub(super) fn colour(&mut self, colour: Colour, lines: bool) {
        let ink = |value: u16| f64::from(value) / 65_535.0;
        match colour.said {
            Said::Inks(inks) => {
                for value in inks {
                    self.number(ink(value), 4);
                }
                self.say(if lines { "K" } else { "k" });
            }
            Said::Grey(grey) => {
                self.number(ink(grey), 4).say(if lines { "G" } else { "g" });
            }
            Said::Light => {
                for value in colour.light {
                    self.number(f64::from(value) / 255.0, 4);
                }
                self.say(if lines { "RG" } else { "rg" });
            }
        }
    }

    /// How lines are drawn, `scale` times as large.
    pub(super) fn lines(&mut self, how: &hayro::hayro_interpret::StrokeProps, scale: f64) {
        self.number(f64::from(how.line_width) * scale, 5).say("w");
        self.say(match how.line_cap {
            Cap::Butt => "0 J",
            Cap::Round => "1 J",
            Cap::Square => "2 J",
        });
        self.say(match how.line_join {
            Join::Miter => "0 j",
            Join::Round => "1 j",
            Join::Bevel => "2 j",
        });
        self.number(f64::from(how.miter_limit), 4).say("M");
        self.0.push(b'[');
        for length in &how.dash_array {
            self.number(f64::from(*length) * scale, 4);
        }
        self.0.extend_from_slice(b"] ");
        self.number(f64::from(how.dash_offset) * scale, 4).say("d");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_number_is_read_as_it_was_meant(value in -1e5_f64..1e5, places in 0_u32..8) {
            let mut content = Content::default();
            content.number(value, places);
            let text = String::from_utf8(content.0).unwrap();
            let read: f64 = text.trim().parse().unwrap();
            prop_assert!((read - value).abs() <= 0.500_001 / 10_f64.powi(places as i32), "{value} {text}");
            prop_assert!(!text.contains('e') && !text.trim().ends_with('.'));
        }
    }

    #[test]
    fn a_curve_of_the_second_degree_becomes_one_of_the_third() {
        let mut path = BezPath::new();
        path.move_to((0.0, 0.0));
        path.quad_to((3.0, 3.0), (6.0, 0.0));
        path.close_path();
        let mut content = Content::default();
        content.path(&path);
        assert_eq!(String::from_utf8(content.0).unwrap(), "0 0 m\n2 2 4 2 6 0 c\nh\n");
    }
}
