//! Says whether a clean JPEG XL is the stream of the original, and nothing else.
//!
//! The copy must be the stream that the boxes of the original hold. `jxl-oxide` reads its
//! head and the heads of all its frames: there may be no profile, no small picture, no name,
//! no time of day and no extension, and the stream must end where its last frame ends. The
//! pixels are not decoded.

use std::io::{Cursor, Read, SeekFrom};

use jxl_oxide::{AllocTracker, ExtraChannelType, JxlImage, JxlThreadPool};

use crate::verify::boxes;
use crate::{Limits, ReadSeek, Refusal};

/// Bytes that the reader of heads may take.
const MEMORY: usize = 256 << 20;

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    original.seek(SeekFrom::Start(0)).map_err(|_| Refusal::Internal)?;
    let mut bytes = Vec::new();
    original.take(limits.input_bytes).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
    check(&bytes, clean, limits).ok_or(Refusal::Verification)
}

fn check(original: &[u8], clean: &[u8], limits: &Limits) -> Option<()> {
    (stream(original) == clean && clean.starts_with(&[0xFF, 0x0A])).then_some(())?;
    let image = JxlImage::builder()
        .pool(JxlThreadPool::none())
        .alloc_tracker(AllocTracker::with_limit(MEMORY))
        .read(Cursor::new(clean))
        .ok()?;
    let (width, height) = (image.width(), image.height());
    let pixels = u64::from(width) * u64::from(height);
    (width.max(height) <= limits.side && pixels <= limits.pixels).then_some(())?;
    let said = &image.image_header().metadata;
    let silent = image.original_icc().is_none()
        && said.preview.is_none()
        && !said.colour_encoding.want_icc()
        && said.animation.as_ref().is_none_or(|animation| !animation.have_timecodes)
        && is_default(&said.extensions)
        && said.ec_info.iter().all(|channel| {
            let shown = matches!(
                channel.ty,
                ExtraChannelType::Alpha { .. } | ExtraChannelType::SpotColour { .. }
            );
            shown && channel.name.is_empty()
        });
    (silent && image.is_loading_done()).then_some(())?;
    let frames = image.num_loaded_frames();
    (u32::try_from(frames).ok()? <= limits.frames).then_some(())?;
    let mut end = 0;
    for number in 0..frames {
        let frame = image.frame(number)?;
        let head = frame.header();
        let silent = head.name.is_empty() && head.timecode == 0 && is_default(&head.extensions);
        let start = image.frame_offset(number)?;
        // The head of a file is followed by the first frame, that by the next.
        (silent && (number == 0 || start == end)).then_some(())?;
        end = start
            .checked_add(frame.toc().bookmark())?
            .checked_add(frame.toc().total_byte_size())?;
    }
    (end == clean.len()).then_some(())
}

/// Whether there are no extensions. Their reader keeps the answer for itself, but says it
/// where somebody looks for faults.
fn is_default<T: Default + std::fmt::Debug>(extensions: &T) -> bool {
    format!("{extensions:?}") == format!("{:?}", T::default())
}

/// The stream of a file, naked or in boxes.
fn stream(file: &[u8]) -> Vec<u8> {
    if file.starts_with(&[0xFF, 0x0A]) {
        return file.to_vec();
    }
    let parts = boxes::loose(file).into_iter().filter_map(|(name, body)| match &name {
        b"jxlc" => Some(body),
        b"jxlp" => body.get(4..),
        _ => None,
    });
    parts.collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests;
