//! The pixels of a clean HEIC or AVIF, for the safe view and for flattening.
//!
//! The items are those that the cleaner's own reader finds, so there is one opinion on what
//! is shown; `heic-rs` and `re_rav1d` turn the coded pictures into samples, and the first of
//! them makes colours of samples for both. Tiles are decoded one after
//! the other and put into their place at once: of a picture of 48 megapixels that takes
//! six bytes for each pixel and not twelve.
//!
//! What cannot be shown as it is meant is refused: pictures laid over each other, colours
//! that were multiplied by their transparency, transparency of another size or turned in
//! another way, and colours of screens brighter than ours. Pictures are turned and cut in the
//! order of their list, as viewers do.

mod av1;
mod hevc;
mod shape;

use heic_rs::hevc::{ChromaFormat, Frame};
use heic_rs::{DecodeOptions, Nclx, PixelLayout, Range};
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};

use super::picture::{Kept, Picture};
use super::property::Property;
use super::put_together::{self, Plan};
use super::vui::Signal;
use crate::pixels::Pixels;
use crate::refusal::{Damage, Limit};
use crate::{Limits, Notes, Refusal, icc};

/// Decodes a clean copy.
pub(crate) fn draw(clean: &[u8], limits: &Limits) -> Result<Pixels, Refusal> {
    let notes = &mut Notes::default();
    let (mut left, mut bytes) = (limits.segments, limits.output_bytes(clean.len() as u64));
    let opened = super::open(clean, &mut left, notes)?;
    let meta = super::meta::read(clean, opened.meta.ok_or(opened.without)?, &mut left, notes)?;
    let properties: Vec<_> =
        meta.properties.iter().map(|part| Property::read(part, notes)).collect();
    let (picture, _) = super::picture::read(&meta, &properties, limits, &mut bytes, notes)?;
    shown(&picture, limits)
}

fn shown(picture: &Picture, limits: &Limits) -> Result<Pixels, Refusal> {
    let first = picture.items.first().ok_or(Refusal::Internal)?;
    if picture.items.iter().any(|item| !item.multiplied.is_empty()) {
        return Err(Refusal::NotDrawable);
    }
    let (frame, signal) = samples(picture, first, limits)?;
    let alpha = transparency(picture, first, &frame, limits)?;
    let is_grey = frame.chroma == ChromaFormat::Monochrome;
    let profile = profile(first, signal, is_grey)?;
    let whole = coloured(frame, alpha.as_ref(), signal)?;
    drop(alpha);
    let picture = shape::apply(whole, &first.properties)?;
    Ok(Pixels { picture, turned: Orientation::NoTransforms, profile, photograph: true })
}

/// The samples of an item and what they mean, before it is cut and turned.
fn samples(picture: &Picture, item: &Kept, limits: &Limits) -> Result<(Frame, Signal), Refusal> {
    let (frame, signal) = match &item.kind {
        b"hvc1" => hevc::decode(item)?,
        b"av01" => av1::decode(item, limits)?,
        b"grid" => grid(picture, item, limits)?,
        // A picture under another name, turned or cut once more.
        b"iden" => match *inputs(picture, item)?.as_slice() {
            [one] => samples(picture, one, limits)?,
            _ => return Err(Refusal::NotDrawable),
        },
        _ => return Err(Refusal::NotDrawable),
    };
    if size(item)? != (frame.width, frame.height) {
        return Err(Refusal::NotDrawable);
    }
    Ok((frame, numbers(item).unwrap_or(signal)))
}

/// The items that one is made of. They are shown as they are coded.
fn inputs<'k, 'p>(picture: &'k Picture<'p>, item: &Kept) -> Result<Vec<&'k Kept<'p>>, Refusal> {
    let inputs = item.inputs.iter().map(|&place| picture.items.get(place));
    let inputs: Vec<_> = inputs.collect::<Option<_>>().ok_or(Refusal::Internal)?;
    if inputs.iter().any(|input| !input.properties.iter().all(|one| shape::keeps(one))) {
        return Err(Refusal::NotDrawable);
    }
    Ok(inputs)
}

/// Tiles side by side.
fn grid(picture: &Picture, item: &Kept, limits: &Limits) -> Result<(Frame, Signal), Refusal> {
    let Plan::Grid { columns, size, .. } = put_together::grid(&item.data)? else {
        return Err(Refusal::Internal);
    };
    let mut whole: Option<(Frame, Signal)> = None;
    for (number, tile) in inputs(picture, item)?.into_iter().enumerate() {
        let (tile, signal) = samples(picture, tile, limits)?;
        let (whole, known) = whole.get_or_insert_with(|| (empty(&tile, size), signal));
        if (whole.chroma, whole.bit_depth, *known) != (tile.chroma, tile.bit_depth, signal) {
            return Err(Refusal::NotDrawable);
        }
        let column = number % usize::from(columns);
        paste(whole, &tile, column, number / usize::from(columns))?;
    }
    whole.ok_or(Refusal::Internal)
}

/// A picture of black samples like those of another one.
fn empty(like: &Frame, (width, height): (u32, u32)) -> Frame {
    let (columns, rows) = like.chroma.chroma_size(width, height);
    let plane = |columns: u32, rows: u32| vec![0; length(columns) * length(rows)];
    Frame {
        width,
        height,
        bit_depth: like.bit_depth,
        chroma: like.chroma,
        y: plane(width, height),
        cb: plane(columns, rows),
        cr: plane(columns, rows),
        y_stride: width,
        c_stride: columns,
    }
}

fn length(side: u32) -> usize {
    usize::try_from(side).unwrap_or(usize::MAX)
}

/// Puts a tile into its place; what reaches over the edge is not shown.
fn paste(whole: &mut Frame, tile: &Frame, column: usize, row: usize) -> Result<(), Refusal> {
    let (wide, high) = (tile.chroma.x_shift(), tile.chroma.y_shift());
    let (x, y) = (column * length(tile.width), row * length(tile.height));
    if x >> wide << wide != x || y >> high << high != y {
        // It would begin in the middle of a coarser sample.
        return Err(Refusal::NotDrawable);
    }
    rows(&mut whole.y, whole.y_stride, (&tile.y, tile.y_stride, tile.width), (x, y))?;
    if tile.chroma != ChromaFormat::Monochrome {
        let (width, _) = tile.chroma.chroma_size(tile.width, tile.height);
        let to = (x >> wide, y >> high);
        rows(&mut whole.cb, whole.c_stride, (&tile.cb, tile.c_stride, width), to)?;
        rows(&mut whole.cr, whole.c_stride, (&tile.cr, tile.c_stride, width), to)?;
    }
    Ok(())
}

/// Copies the rows of one plane.
fn rows(
    whole: &mut [u16],
    columns: u32,
    (tile, stride, width): (&[u16], u32, u32),
    (x, y): (usize, usize),
) -> Result<(), Refusal> {
    let (columns, width) = (length(columns), length(width));
    let lines = tile.chunks_exact(length(stride).max(1));
    for (to, from) in whole.chunks_exact_mut(columns.max(1)).skip(y).zip(lines) {
        let room = width.min(columns.saturating_sub(x));
        let (Some(to), Some(from)) = (to.get_mut(x..x + room), from.get(..room)) else {
            return Err(Refusal::Internal);
        };
        to.copy_from_slice(from);
    }
    Ok(())
}

/// The size that an item says it has.
fn size(item: &Kept) -> Result<(u32, u32), Refusal> {
    match item.properties.first() {
        Some(Property::Size(width, height)) => Ok((*width, *height)),
        _ => Err(Refusal::Internal),
    }
}

/// What an item itself says of its colours.
fn numbers(item: &Kept) -> Option<Signal> {
    item.properties.iter().find_map(|property| match property {
        Property::Numbers(numbers) => Some(Signal::of_numbers(*numbers)),
        _ => None,
    })
}

/// The plane of transparency.
fn transparency(
    picture: &Picture,
    first: &Kept,
    of: &Frame,
    limits: &Limits,
) -> Result<Option<Frame>, Refusal> {
    let mut planes = picture.items.iter().filter(|item| !item.alpha_of.is_empty());
    let Some(plane) = planes.next() else { return Ok(None) };
    let changes = |item: &Kept| -> Vec<_> {
        let changes = item.properties.iter().filter(|one| !shape::keeps(one));
        changes.filter_map(|one| one.written()).collect()
    };
    let only = planes.next().is_none() && plane.alpha_of == [0];
    if !only || changes(plane) != changes(first) {
        return Err(Refusal::NotDrawable);
    }
    let (samples, _) = samples(picture, plane, limits)?;
    let fits = (samples.width, samples.height) == (of.width, of.height);
    if fits { Ok(Some(samples)) } else { Err(Refusal::NotDrawable) }
}

/// The profile of the pixels: the one in the file, or one of ours for its numbers.
fn profile(first: &Kept, signal: Signal, is_grey: bool) -> Result<Option<Vec<u8>>, Refusal> {
    let own = first.properties.iter().find_map(|property| match property {
        Property::Profile(Some(profile)) => Some(profile),
        _ => None,
    });
    match own {
        Some(own) => {
            let fits = icc::channels(own) == Some(if is_grey { 1 } else { 3 });
            Ok(Some(own.clone()).filter(|_| fits))
        }
        None if is_grey => icc::of_numbers(1, signal.transfer),
        None => icc::of_numbers(signal.primaries, signal.transfer),
    }
}

/// Makes colours of samples.
fn coloured(frame: Frame, alpha: Option<&Frame>, signal: Signal) -> Result<DynamicImage, Refusal> {
    let grey = frame.chroma == ChromaFormat::Monochrome;
    let layout = match (alpha, grey) {
        (Some(_), _) => PixelLayout::Rgba8,
        (None, false) => PixelLayout::Rgb8,
        (None, true) => PixelLayout::Gray8,
    };
    let nclx = matrix(signal, &frame)?;
    let limit = DecodeOptions::default().pixel_limit();
    let done = heic_rs::color::convert(&frame, alpha, nclx, layout, limit, Some(1));
    drop(frame);
    let done = done.map_err(|error| refusal(&error))?;
    let (width, height) = (done.width, done.height);
    let picture = match layout {
        PixelLayout::Rgba8 => RgbaImage::from_raw(width, height, done.data).map(Into::into),
        PixelLayout::Gray8 => GrayImage::from_raw(width, height, done.data).map(Into::into),
        _ => RgbImage::from_raw(width, height, done.data).map(Into::into),
    };
    picture.ok_or(Refusal::Internal)
}

/// How brightness and differences become red, green and blue. What is not said is taken as
/// `libheif` does, which most viewers are built on.
fn matrix(signal: Signal, frame: &Frame) -> Result<Nclx, Refusal> {
    let code = match signal.matrix {
        0 if frame.chroma == ChromaFormat::Yuv444 => 0,
        2 | 5 | 6 => 6,
        known @ (1 | 9) => known,
        _ if frame.chroma == ChromaFormat::Monochrome => 6,
        _ => return Err(Refusal::NotDrawable),
    };
    Ok(Nclx {
        primaries: signal.primaries,
        transfer: signal.transfer,
        matrix: heic_rs::MatrixCoefficients::from_code(code),
        matrix_code: code,
        range: if signal.full { Range::Full } else { Range::Limited },
    })
}

fn refusal(error: &heic_rs::Error) -> Refusal {
    match error {
        heic_rs::Error::Unsupported(_) => Refusal::NotDrawable,
        heic_rs::Error::PixelLimit { .. } => Refusal::Limit(Limit::Pixels),
        heic_rs::Error::Truncated(_) => Refusal::Truncated,
        _ => Refusal::Damaged(Damage::Value),
    }
}
