//! The pixels of a clean JPEG XL; of an animation the first picture.
//!
//! Colours of common screens stay as they are, with a profile of ours where one is needed;
//! all others are turned into those, but for colours of brighter screens. Those, inks, and
//! colours that were multiplied by their transparency are refused.

use image::metadata::Orientation;
use image::{DynamicImage, ImageBuffer};
use jxl_oxide::color::{ColourEncoding, Primaries, TransferFunction, WhitePoint};
use jxl_oxide::frame::Encoding;
use jxl_oxide::{
    AllocTracker, EnumColourEncoding, ExtraChannelType, FrameBufferSample, JxlImage, JxlThreadPool,
    PixelFormat, Render, RenderingIntent,
};

use super::{PICTURE_MEMORY, Pixels};
use crate::refusal::{Damage, Limit};
use crate::{Limits, Refusal, icc};

/// Numbers of Rec. ITU-T H.273: the primaries of Display P3, the curve of common screens.
const DISPLAY_P3: (u16, u16) = (12, 13);

pub(super) fn decode(clean: &[u8], limits: &Limits) -> Result<Pixels, Refusal> {
    let mut image = open(clean)?;
    let (width, height) = (image.width(), image.height());
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > limits.side || pixels > limits.pixels {
        return Err(Refusal::Limit(Limit::Pixels));
    }
    let said = &image.image_header().metadata;
    let plain = said.ec_info.iter().all(|channel| match channel.ty {
        ExtraChannelType::Alpha { alpha_associated } => !alpha_associated,
        ExtraChannelType::SpotColour { .. } => true,
        _ => false,
    });
    if !plain || image.hdr_type().is_some() {
        return Err(Refusal::NotDrawable);
    }
    let fine = said.bit_depth.bits_per_sample() > u8::BITS;
    let profile = settle_colours(&mut image)?;
    let photograph = image.frame_header(0).is_none_or(|head| head.encoding == Encoding::VarDct);
    let format = image.pixel_format();
    let drawn = image.render_frame(0).map_err(|_| Refusal::NotDrawable)?;
    drop(image);
    let picture = if fine && !photograph { deep(&drawn, format) } else { plain8(&drawn, format) };
    let picture = picture.ok_or(Refusal::NotDrawable)?;
    Ok(Pixels { picture, turned: Orientation::NoTransforms, profile, photograph })
}

/// Whether there is more than one picture. What cannot be told is taken to move.
pub(crate) fn moves(clean: &[u8]) -> bool {
    open(clean).map_or(true, |image| image.num_loaded_keyframes() > 1)
}

fn open(clean: &[u8]) -> Result<JxlImage, Refusal> {
    let memory = usize::try_from(PICTURE_MEMORY).unwrap_or(usize::MAX);
    JxlImage::builder()
        .pool(JxlThreadPool::none())
        .alloc_tracker(AllocTracker::with_limit(memory))
        .read(clean)
        .map_err(|_| Refusal::Damaged(Damage::Value))
}

/// Settles in which colours the picture is drawn, and returns their profile.
fn settle_colours(image: &mut JxlImage) -> Result<Option<Vec<u8>>, Refusal> {
    let is_grey = image.pixel_format().is_grayscale();
    if let ColourEncoding::Enum(colours) = &image.image_header().metadata.colour_encoding
        && matches!((&colours.white_point, &colours.tf), (WhitePoint::D65, TransferFunction::Srgb))
    {
        match &colours.primaries {
            _ if is_grey => return Ok(None),
            Primaries::Srgb => return Ok(None),
            Primaries::P3 => return icc::of_numbers(DISPLAY_P3.0, DISPLAY_P3.1),
            _ => {}
        }
    }
    let intent = RenderingIntent::Relative;
    image.request_color_encoding(if is_grey {
        EnumColourEncoding::gray_srgb(intent)
    } else {
        EnumColourEncoding::srgb(intent)
    });
    Ok(None)
}

/// The samples in bytes.
fn plain8(drawn: &Render, format: PixelFormat) -> Option<DynamicImage> {
    let (width, height, samples) = samples::<u8>(drawn, format)?;
    match format {
        PixelFormat::Gray => {
            ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageLuma8)
        }
        PixelFormat::Graya => {
            ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageLumaA8)
        }
        PixelFormat::Rgb => {
            ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageRgb8)
        }
        PixelFormat::Rgba => {
            ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageRgba8)
        }
        _ => None,
    }
}

/// The samples in pairs of bytes.
fn deep(drawn: &Render, format: PixelFormat) -> Option<DynamicImage> {
    let (width, height, samples) = samples::<u16>(drawn, format)?;
    match format {
        PixelFormat::Gray => {
            ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageLuma16)
        }
        PixelFormat::Graya => {
            ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageLumaA16)
        }
        PixelFormat::Rgb => {
            ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageRgb16)
        }
        PixelFormat::Rgba => {
            ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageRgba16)
        }
        _ => None,
    }
}

/// All samples of the picture, which is upright.
fn samples<S: FrameBufferSample + Clone + Default>(
    drawn: &Render,
    format: PixelFormat,
) -> Option<(u32, u32, Vec<S>)> {
    let mut stream = drawn.stream();
    let (width, height) = (stream.width(), stream.height());
    let pixels = usize::try_from(u64::from(width) * u64::from(height)).ok()?;
    let mut samples = vec![S::default(); pixels.checked_mul(format.channels())?];
    let fits = usize::try_from(stream.channels()).ok()? == format.channels();
    (fits && stream.write_to_buffer(&mut samples) == samples.len()).then_some(())?;
    Some((width, height, samples))
}
