//! One coded picture of AV1 as samples.

use heic_rs::hevc::{ChromaFormat, Frame};
use re_rav1d::dav1d::{Decoder, Error, Picture, PixelLayout, PlanarImageComponent, Settings};

use super::super::av1;
use super::super::picture::Kept;
use super::super::vui::Signal;
use super::length;
use crate::refusal::{Damage, Limit};
use crate::{Limits, Notes, Refusal};

/// How often a decoder is asked: once for each layer there can be, and once more.
const ASKED: u32 = 5;

/// Decodes it, and says what its samples mean.
pub(super) fn decode(item: &Kept, limits: &Limits) -> Result<(Frame, Signal), Refusal> {
    let (data, sequence) = av1::picture(&item.data, &mut Notes::default())?;
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    // Of layers that refine each other the last one is shown.
    settings.set_all_layers(false);
    settings.set_frame_size_limit(u32::try_from(limits.pixels).unwrap_or(u32::MAX));
    let mut decoder = Decoder::with_settings(&settings).map_err(refusal)?;
    let mut sent = decoder.send_data(data, None, None, None);
    for _ in 0..ASKED {
        match decoder.get_picture() {
            Ok(picture) => return Ok((frame(&picture)?, sequence.signal)),
            Err(Error::Again) => {}
            Err(error) => return Err(refusal(error)),
        }
        match sent {
            Ok(()) => {}
            Err(Error::Again) => sent = decoder.send_pending_data(),
            Err(error) => return Err(refusal(error)),
        }
    }
    Err(Refusal::Damaged(Damage::Missing))
}

/// Takes the samples over.
fn frame(picture: &Picture) -> Result<Frame, Refusal> {
    let (width, height) = (picture.width(), picture.height());
    let chroma = match picture.pixel_layout() {
        PixelLayout::I400 => ChromaFormat::Monochrome,
        PixelLayout::I420 => ChromaFormat::Yuv420,
        PixelLayout::I422 => ChromaFormat::Yuv422,
        PixelLayout::I444 => ChromaFormat::Yuv444,
    };
    let bits = picture.bits_per_component().ok_or(Refusal::NotDrawable)?.0;
    let bit_depth = u8::try_from(bits).map_err(|_| Refusal::Internal)?;
    let (columns, rows) = chroma.chroma_size(width, height);
    let plane = |component, columns, rows| plane(picture, component, bits, columns, rows);
    let is_grey = chroma == ChromaFormat::Monochrome;
    let colour = |component| {
        if is_grey { Ok(Vec::new()) } else { plane(component, columns, rows) }
    };
    Ok(Frame {
        width,
        height,
        bit_depth,
        chroma,
        y: plane(PlanarImageComponent::Y, width, height)?,
        cb: colour(PlanarImageComponent::U)?,
        cr: colour(PlanarImageComponent::V)?,
        y_stride: width,
        c_stride: columns,
    })
}

/// One plane, without what lies beyond its edges.
fn plane(
    picture: &Picture,
    component: PlanarImageComponent,
    bits: usize,
    columns: u32,
    rows: u32,
) -> Result<Vec<u16>, Refusal> {
    let bytes = picture.plane(component);
    let stride = length(picture.stride(component)).max(1);
    let (columns, rows) = (length(columns), length(rows));
    let mut samples = Vec::with_capacity(columns * rows);
    for line in bytes.chunks(stride).take(rows) {
        if bits > 8 {
            let (pairs, _) = line.as_chunks::<2>();
            samples.extend(pairs.iter().take(columns).map(|&pair| u16::from_ne_bytes(pair)));
        } else {
            samples.extend(line.iter().take(columns).map(|&byte| u16::from(byte)));
        }
    }
    if samples.len() == columns * rows { Ok(samples) } else { Err(Refusal::Internal) }
}

fn refusal(error: Error) -> Refusal {
    match error {
        Error::NotEnoughMemory => Refusal::Limit(Limit::Memory),
        Error::UnsupportedBitstream => Refusal::NotDrawable,
        _ => Refusal::Damaged(Damage::Value),
    }
}
