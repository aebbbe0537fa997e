//! What a handler looks at first: a picture or a text that can do nothing.
//!
//! A cleaned file tells nothing of its sender, but it is still a file of a format
//! whose decoders have had holes, opened on the machine of the person who must read
//! every report. So the worker decodes it, and the handler's browser gets a small
//! picture of plain pixels, or text in which what cannot be seen is written out.

use std::io::{BufReader, BufWriter, Cursor, Read, Seek, SeekFrom, Write};

use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use crate::refusal::{Damage, Feature, Limit};
use crate::text::is_invisible;
use crate::{Kind, Limits, ReadSeek, Refusal};

/// The longest side of the picture shown.
const SIDE: u32 = 1600;
/// Memory for the whole decoded picture: 100 megapixels of 8 bits and four channels,
/// or of 16 bits and three, and some room.
const MEMORY: u64 = 640 << 20;

/// Writes a safe view of a *cleaned* file to `sink` and says of which kind the file is.
///
/// Pictures become a PNG without metadata, upright, at most 1,600 pixels long; of an
/// animation the first picture is shown. Text becomes UTF-8 in which characters that
/// cannot be seen are written as `[U+200B]`.
pub fn view(
    source: &mut dyn ReadSeek,
    sink: &mut dyn Write,
    limits: &Limits,
) -> Result<Kind, Refusal> {
    let mut start = Vec::new();
    source.seek(SeekFrom::Start(0)).map_err(|_| Refusal::Internal)?;
    (&mut *source).take(8).read_to_end(&mut start).map_err(|_| Refusal::Internal)?;
    source.seek(SeekFrom::Start(0)).map_err(|_| Refusal::Internal)?;
    // A cleaned file has no second way to start.
    match start.as_slice() {
        [] => Err(Refusal::Empty),
        [0xFF, 0xD8, 0xFF, ..] => picture(source, ImageFormat::Jpeg, sink, limits, Kind::Jpeg),
        b"\x89PNG\r\n\x1a\n" => picture(source, ImageFormat::Png, sink, limits, Kind::Png),
        [b'%', b'P', b'D', b'F', b'-', ..] => Err(Refusal::Feature(Feature::Construct)),
        _ => text(source, sink, limits),
    }
}

fn picture(
    source: &mut dyn ReadSeek,
    format: ImageFormat,
    sink: &mut dyn Write,
    limits: &Limits,
    kind: Kind,
) -> Result<Kind, Refusal> {
    let picture = decode(BufReader::new(source), format, limits).map_err(|error| match error {
        ImageError::Limits(_) => Refusal::Limit(Limit::Memory),
        _ => Refusal::Damaged(Damage::Value),
    })?;
    let mut png = Vec::new();
    picture
        .write_with_encoder(PngEncoder::new(Cursor::new(&mut png)))
        .map_err(|_| Refusal::Internal)?;
    sink.write_all(&png).map_err(|_| Refusal::Internal)?;
    Ok(kind)
}

/// Decodes, makes small, and only then turns: turning needs a second picture.
fn decode<R: std::io::BufRead + Seek>(
    source: R,
    format: ImageFormat,
    limits: &Limits,
) -> Result<DynamicImage, ImageError> {
    let mut bounds = image::Limits::default();
    bounds.max_image_width = Some(limits.side);
    bounds.max_image_height = Some(limits.side);
    bounds.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(source, format);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let whole = DynamicImage::from_decoder(decoder)?;
    let small =
        if whole.width().max(whole.height()) > SIDE { whole.thumbnail(SIDE, SIDE) } else { whole };
    let mut shown = if small.color().has_alpha() {
        DynamicImage::ImageRgba8(small.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(small.into_rgb8())
    };
    shown.apply_orientation(orientation);
    Ok(shown)
}

fn text(source: &mut dyn ReadSeek, sink: &mut dyn Write, limits: &Limits) -> Result<Kind, Refusal> {
    let mut bytes = Vec::new();
    let most = limits.output_bytes(limits.input_bytes);
    source.take(most).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
    let text = str::from_utf8(&bytes).map_err(|_| Refusal::Damaged(Damage::Encoding))?;
    let mut sink = BufWriter::new(sink);
    write_visibly(text, &mut sink).and_then(|()| sink.flush()).map_err(|_| Refusal::Internal)?;
    Ok(Kind::Text)
}

fn write_visibly(text: &str, sink: &mut dyn Write) -> std::io::Result<()> {
    let mut encoded = [0; 4];
    for c in text.chars() {
        let control = c.is_control() && c != '\n' && c != '\t';
        if control || is_invisible(c) {
            write!(sink, "[U+{:04X}]", u32::from(c))?;
        } else {
            sink.write_all(c.encode_utf8(&mut encoded).as_bytes())?;
        }
    }
    Ok(())
}
