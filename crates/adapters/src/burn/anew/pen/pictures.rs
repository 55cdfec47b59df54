//! Pictures as they are written down.

use hayro::hayro_interpret::{BlendMode, CacheKey, Image, ImageDrawProps};
use hayro::kurbo::{Affine, Rect, Shape};

use super::super::image::{self, Packed};
use super::super::{State, ops};
use super::{MOST_DOTS, Pen, contains, overlaps};

/// A picture that was handed over.
#[derive(Clone, Copy)]
pub(in crate::burn::anew) struct Shown {
    number: u32,
    /// Its size in announced dots.
    size: (f32, f32),
    /// Most dots across and down, of it or its mask.
    finest: (u32, u32),
    /// All of it is opaque.
    opaque: bool,
}

impl Shown {
    pub(in crate::burn::anew) fn number(self) -> u32 {
        self.number
    }

    /// How many of its dots stand on a pixel, along the side on which most do.
    fn fineness(&self, place: Affine, announced: (f64, f64)) -> f64 {
        let [a, b, c, d, ..] = place.as_coeffs();
        let pixels = |one: f64, other: f64, dots: f64| (one.hypot(other) * dots).max(0.5);
        let across = f64::from(self.finest.0) / pixels(a, b, announced.0);
        let down = f64::from(self.finest.1) / pixels(c, d, announced.1);
        across.max(down)
    }
}

impl Pen<'_> {
    /// A picture where it stands, without what lies under boxes or is not seen.
    pub(super) fn image(&mut self, image: Image<'_, '_>, props: &ImageDrawProps<'_>) {
        let stencil = match &image {
            Image::Stencil(stencil) => {
                let mut paint = None;
                stencil.with_stencil(|_, of| paint = Some(of.clone()), Some((1, 1)));
                let Some(ground) = paint.and_then(|paint| self.ground(&paint, props.soft_mask.is_some(), props.blend_mode)) else { return };
                Some(ground)
            }
            Image::Raster(_) => {
                if !self.allowed(props.soft_mask.is_some(), State { opacity: 255, blend: ops::blend(props.blend_mode) }) {
                    return;
                }
                None
            }
        };
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let whole = Rect::new(0.0, 0.0, width, height);
        let bounds = props.transform.transform_rect_bbox(whole);
        let Some(seen) = self.seen(bounds) else { return };
        if self.boxes.iter().any(|part| contains(*part, bounds)) {
            return;
        }
        let Some(hidden) = self.hidden(bounds, props.transform) else { return self.impossible() };
        let Some(shown) = self.picture(image, props.transform, &hidden) else { return self.impossible() };
        if self.dots > MOST_DOTS || shown.fineness(props.transform, (width, height)) > self.finest {
            return self.impossible();
        }
        match &stencil {
            Some(ground) => self.set(ground, false),
            None => self.state(State { opacity: 255, blend: ops::blend(props.blend_mode) }),
        }
        let shape = props.transform * whole.to_path(0.1);
        match &stencil {
            None if shown.opaque && props.blend_mode == BlendMode::Normal => self.take_back(seen, Some(&shape)),
            // What is painted of it may hide letters.
            _ => self.bare(seen, Some(&shape)),
        }
        self.behind.paint(seen, None, None);
        self.behind.pictures.push(seen);
        self.pictures.insert(shown.number);
        let (width, height) = (f64::from(shown.size.0), f64::from(shown.size.1));
        self.content.say("q").matrix(props.transform * Affine::new([width, 0.0, 0.0, -height, 0.0, height])).say("cm");
        self.content.say(&format!("/I{} Do", shown.number)).say("Q");
    }

    /// The dots of a picture; `hidden` are parts of the page on which nothing of it is seen.
    fn picture(&mut self, image: Image<'_, '_>, place: Affine, hidden: &[Rect]) -> Option<Shown> {
        let whole = place.transform_rect_bbox(Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height())));
        let parts = self.boxes.iter().chain(hidden).copied();
        let boxes: Vec<Rect> = parts.filter(|part| overlaps(*part, whole)).collect();
        let key = image.cache_key();
        if let Some(known) = self.shop.pictures.get(&key).copied().filter(|_| boxes.is_empty()) {
            return Some(known);
        }
        let number = self.shop.number();
        let mut packed: Option<Packed> = None;
        let (mut opaque, mut dots) = (false, 0);
        match image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, _| {
                    dots = u64::from(mask.width) * u64::from(mask.height);
                    packed = image::stencil(number, mask, place, &boxes);
                },
                None,
            ),
            Image::Raster(raster) => {
                let rounded = image::is_rounded(raster.stream().dict());
                raster.with_rgba(
                    |data, alpha| {
                        opaque = alpha.is_none();
                        dots = u64::from(data.width()) * u64::from(data.height());
                        dots += alpha.as_ref().map_or(0, |alpha| u64::from(alpha.width) * u64::from(alpha.height));
                        packed = image::dots(number, (data, alpha), rounded, place, &boxes);
                    },
                    None,
                );
            }
        }
        let packed = packed?;
        self.dots += dots;
        let size = (packed.image.width as f32 * packed.stretch.0, packed.image.height as f32 * packed.stretch.1);
        let finest = packed
            .image
            .mask
            .iter()
            .fold((packed.image.width, packed.image.height), |most, mask| (most.0.max(mask.width), most.1.max(mask.height)));
        let known = Shown { number, size, finest, opaque };
        if boxes.is_empty() && packed.image.is_shared() {
            self.shop.pictures.insert(key, known);
        }
        self.anew.images.push(packed.image);
        self.parts.2.extend(packed.bytes);
        Some(known)
    }

    /// The parts of a picture that lie outside of what is seen of it; `None` where that cannot be said.
    fn hidden(&self, bounds: Rect, place: Affine) -> Option<Vec<Rect>> {
        let clip = self.clip.bounds.inflate(1.0, 1.0);
        if contains(clip, bounds) && self.clip.plain {
            return Some(Vec::new());
        }
        let [a, b, c, d, ..] = place.as_coeffs();
        let upright = (b.abs() < 1e-9 && c.abs() < 1e-9) || (a.abs() < 1e-9 && d.abs() < 1e-9);
        let around = bounds.inflate(9.0, 9.0);
        (self.clip.plain && upright).then(|| {
            vec![
                Rect::new(around.x0, around.y0, around.x1, clip.y0),
                Rect::new(around.x0, clip.y1, around.x1, around.y1),
                Rect::new(around.x0, around.y0, clip.x0, around.y1),
                Rect::new(clip.x1, around.y0, around.x1, around.y1),
            ]
            .into_iter()
            .filter(|part| part.x1 > part.x0 && part.y1 > part.y0)
            .collect()
        })
    }
}
