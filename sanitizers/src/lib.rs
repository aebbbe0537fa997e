//! Removes hidden information from files people send.
//!
//! A photograph knows where it was taken and with which camera; a PDF knows who
//! wrote it, when, and what it said before. Whoever reports wrongdoing and attaches
//! such a file can be found by it. This crate takes one file and gives back a file
//! that shows the same and tells nothing else, or refuses.
//!
//! One verb makes up the contract: [`sanitize`]; its sister [`flatten`] goes on from there
//! to plain pixels. It reads the format from the content,
//! never from a name, and writes a new file from an allow-list: what a module does not
//! know, it does not copy. Then a second, independent parser (`verify`) reads the
//! result, and only if that parser finds nothing outside the allow-list, and the same
//! visible content as in the original, does a byte leave this crate.
//!
//! There is no clock, no environment, no network, no temporary file and no random
//! number in here: the same bytes in give the same bytes out.

mod aiff;
mod allow;
mod archive;
mod base64;
mod bmp;
mod boxes;
pub mod cli;
mod copy;
mod csv;
mod docx;
mod draw;
mod elsewhere;
mod epub;
mod exif;
mod film;
pub mod finding;
mod flac;
mod flat;
mod fonts;
mod gif;
mod heif;
pub mod host;
mod html;
mod icc;
mod inside;
mod jpeg;
mod jxl;
pub mod kind;
pub mod limits;
mod lzw;
mod mail;
mod matroska;
mod mp3;
mod office;
mod ogg;
mod opendocument;
mod pdf;
mod pixels;
mod png;
mod policy;
mod pptx;
pub mod protocol;
pub mod refusal;
pub mod report;
pub mod sandbox;
mod sound;
mod svg;
mod text;
mod tiff;
mod verify;
pub mod view;
mod wav;
mod webp;
pub mod worker;
mod xlsx;
mod xml;
mod xmp;
mod zip;

use std::io::{Read, Seek, SeekFrom, Write};

use copy::Copy;
pub use finding::{Category, Change, Finding, Notes, Warning};
pub use kind::Kind;
pub use limits::{Formats, Limits};
pub use policy::Policy;
use refusal::Limit;
pub use refusal::{Language, Refusal};
pub use report::{About, Report};

/// Something that can be read from any position: a file, a buffer, or the far end
/// of the pipe behind which the portal decrypts the spooled upload.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// Writes a clean copy of `source` to `sink` and says what was found.
///
/// Nothing is written to `sink` before the clean copy has passed the verifier.
pub fn sanitize(
    source: &mut dyn ReadSeek,
    sink: &mut dyn Write,
    limits: &Limits,
) -> Result<Report, Refusal> {
    let mut notes = Notes::default();
    let (input, (kind, copy)) = cleaned(source, limits, &mut notes)?;
    hand_over(kind, source, &copy, sink, limits)?;
    Ok(Report::new(copy.kind(), input, copy.length(), &notes))
}

/// Writes a copy that holds nothing but pictures of what is seen, made of the clean and
/// verified copy, and cleaned and verified itself.
pub fn flatten(
    source: &mut dyn ReadSeek,
    sink: &mut dyn Write,
    limits: &Limits,
) -> Result<Report, Refusal> {
    let mut notes = Notes::default();
    let (input, (kind, copy)) = cleaned(source, limits, &mut notes)?;
    verify::verify(kind, source, &copy, limits)?;
    let kind = copy.kind();
    let pixels = flat::flatten(kind, copy.into_bytes(source)?, limits, &mut notes)?;
    // From here on it is a file like any other, but that it may be larger, and that no site
    // refuses its format.
    let formats = Formats::ALL;
    let limits = Limits { input_bytes: limits.flattened_bytes, formats, ..*limits };
    let pixels = &mut std::io::Cursor::new(pixels);
    let kind = kind::recognise(pixels)?;
    let copy = clean(kind, pixels, &limits, &mut Notes::default())?;
    if copy.length() > limits.flattened_bytes {
        return Err(Refusal::Limit(Limit::OutputBytes));
    }
    hand_over(kind, pixels, &copy, sink, &limits)?;
    Ok(Report::new(kind, input, copy.length(), &notes))
}

/// The length and the format of a source, and a copy that nobody has verified yet.
fn cleaned(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<(u64, (Kind, Copy)), Refusal> {
    let input = length(source)?;
    if input > limits.film_bytes.max(limits.input_bytes) {
        return Err(Refusal::Limit(Limit::InputBytes));
    }
    let kind = kind::recognise(source)?;
    if input > limits.input_of(kind) {
        return Err(Refusal::Limit(Limit::InputBytes));
    }
    let copy = clean(kind, source, limits, notes)?;
    if copy.length() > limits.output_bytes(input) {
        return Err(Refusal::Limit(Limit::OutputBytes));
    }
    Ok((input, (kind, copy)))
}

/// The only way out for a copy: first the verifier, then the sink.
fn hand_over(
    kind: Kind,
    source: &mut dyn ReadSeek,
    copy: &Copy,
    sink: &mut dyn Write,
    limits: &Limits,
) -> Result<(), Refusal> {
    verify::verify(kind, source, copy, limits)?;
    if let Some(bytes) = copy.bytes() {
        return sink.write_all(bytes).map_err(|_| Refusal::Internal);
    }
    let mut whole = copy.reader(source);
    std::io::copy(&mut whole, sink).map(drop).map_err(|_| Refusal::Internal)
}

/// The allow-list of a format as lines of text, from the table the cleaner works by.
pub fn explain(kind: Kind) -> Vec<String> {
    match kind {
        Kind::Jpeg => jpeg::explain(),
        Kind::Png => png::explain(),
        Kind::Gif => gif::explain(),
        Kind::Webp => webp::explain(),
        Kind::Tiff => tiff::explain(),
        Kind::Bmp => bmp::explain(),
        Kind::Svg => svg::explain(),
        Kind::Heic | Kind::Avif => heif::explain(),
        Kind::Jxl => jxl::explain(),
        Kind::Pdf => pdf::explain(),
        Kind::Docx => docx::explain(),
        Kind::Odt | Kind::Ods | Kind::Odp | Kind::Odg => opendocument::explain(),
        Kind::Epub => epub::explain(),
        Kind::Mp3 => mp3::explain(),
        Kind::Flac => flac::explain(),
        Kind::Ogg => ogg::explain(),
        Kind::Wav => wav::explain(),
        Kind::Aiff => aiff::explain(),
        Kind::Mp4 | Kind::Mov | Kind::M4a => film::explain(),
        Kind::Mkv | Kind::Webm => matroska::explain(),
        Kind::Text => text::explain(),
        Kind::Csv => csv::explain(),
        Kind::Zip | Kind::Tar => archive::explain(),
        Kind::Html => html::explain(),
        Kind::Xlsx => xlsx::explain(),
        Kind::Pptx => pptx::explain(),
        Kind::Mail => mail::explain(),
    }
}

/// What is kept, removed and refused of a format, in words.
pub fn about(kind: Kind) -> About {
    match kind {
        Kind::Jpeg => jpeg::ABOUT,
        Kind::Png => png::ABOUT,
        Kind::Gif => gif::ABOUT,
        Kind::Webp => webp::ABOUT,
        Kind::Tiff => tiff::ABOUT,
        Kind::Bmp => bmp::ABOUT,
        Kind::Svg => svg::ABOUT,
        Kind::Heic => heif::HEIC,
        Kind::Avif => heif::AVIF,
        Kind::Jxl => jxl::ABOUT,
        Kind::Pdf => pdf::ABOUT,
        Kind::Docx => docx::ABOUT,
        Kind::Odt | Kind::Ods | Kind::Odp | Kind::Odg => opendocument::ABOUT,
        Kind::Epub => epub::ABOUT,
        Kind::Mp3 => mp3::ABOUT,
        Kind::Flac => flac::ABOUT,
        Kind::Ogg => ogg::ABOUT,
        Kind::Wav => wav::ABOUT,
        Kind::Aiff => aiff::ABOUT,
        Kind::M4a => film::SOUND,
        Kind::Mp4 | Kind::Mov => film::ABOUT,
        Kind::Mkv | Kind::Webm => matroska::ABOUT,
        Kind::Text => text::ABOUT,
        Kind::Csv => csv::ABOUT,
        Kind::Zip => archive::ZIP,
        Kind::Tar => archive::TAR,
        Kind::Html => html::ABOUT,
        Kind::Xlsx => xlsx::ABOUT,
        Kind::Pptx => pptx::ABOUT,
        Kind::Mail => mail::ABOUT,
    }
}

/// Whether a clean copy of this format can be made into pixels.
pub fn is_flattened(kind: Kind) -> bool {
    flat::is_flattened(kind)
}

fn clean(
    kind: Kind,
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Copy, Refusal> {
    if !limits.formats.hold(kind) {
        return Err(Refusal::NotTaken);
    }
    let own = |bytes| Copy::of(kind, bytes);
    match kind {
        Kind::Jpeg => jpeg::clean(source, limits, notes).map(own),
        Kind::Png => png::clean(source, limits, notes).map(own),
        Kind::Gif => gif::clean(source, limits, notes).map(own),
        Kind::Webp => webp::clean(source, limits, notes).map(own),
        Kind::Tiff => tiff::clean(source, limits, notes).map(own),
        Kind::Bmp => bmp::clean(source, limits, notes),
        Kind::Heic | Kind::Avif => heif::clean(source, limits, notes),
        Kind::Jxl => jxl::clean(source, limits, notes).map(own),
        Kind::Pdf => pdf::clean(source, limits, notes).map(own),
        Kind::Docx => docx::clean(source, limits, notes).map(own),
        Kind::Odt | Kind::Ods | Kind::Odp | Kind::Odg => {
            opendocument::clean(kind, source, limits, notes).map(own)
        }
        Kind::Epub => epub::clean(source, limits, notes).map(own),
        Kind::Mp3 => mp3::clean(source, limits, notes).map(own),
        Kind::Flac => flac::clean(source, limits, notes).map(own),
        Kind::Ogg => ogg::clean(source, limits, notes).map(own),
        Kind::Wav => wav::clean(source, limits, notes).map(own),
        Kind::Aiff => aiff::clean(source, limits, notes).map(own),
        Kind::Mp4 | Kind::Mov | Kind::M4a => film::clean(kind, source, limits, notes),
        Kind::Mkv | Kind::Webm => matroska::clean(source, limits, notes),
        Kind::Zip => archive::clean_zip(source, limits, notes),
        Kind::Tar => archive::clean_tar(source, limits, notes),
        Kind::Text => text::clean(source, limits, notes).map(own),
        Kind::Csv => csv::clean(source, limits, notes).map(own),
        Kind::Html => html::clean(source, limits, notes).map(own),
        Kind::Xlsx => xlsx::clean(source, limits, notes).map(own),
        Kind::Pptx => pptx::clean(source, limits, notes).map(own),
        Kind::Mail => mail::clean(source, limits, notes),
        Kind::Svg => svg::clean(source, limits, notes).map(own),
    }
}

fn length(source: &mut dyn ReadSeek) -> Result<u64, Refusal> {
    source.seek(SeekFrom::End(0)).map_err(|_| Refusal::Internal)
}

/// Reads a source from its start, within the limit.
fn read_all(source: &mut dyn ReadSeek, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let size = length(source)?;
    if size > limits.input_bytes {
        return Err(Refusal::Limit(Limit::InputBytes));
    }
    source.rewind().map_err(|_| Refusal::Internal)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).map_err(|_| Refusal::Internal)?);
    // A source that grows while it is read must not get past the limit.
    source.take(size).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
    Ok(bytes)
}

#[cfg(test)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::format_collect,
    clippy::trivially_copy_pass_by_ref,
    reason = "builders of small files, and a search through them"
)]
#[path = "../canaries/mod.rs"]
mod canaries;

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use jpeg::sample;

    #[test]
    fn a_format_that_a_site_does_not_take_is_refused() {
        let photo = sample::photo();
        let mut sink = Vec::new();
        let formats = Formats::of(&[Kind::Pdf]);
        let limits = Limits { formats, ..Limits::default() };
        let refused = sanitize(&mut Cursor::new(&photo), &mut sink, &limits);
        assert_eq!(refused, Err(Refusal::NotTaken));
        let limits = Limits { formats: Formats::of(&[Kind::Jpeg]), ..limits };
        assert!(sanitize(&mut Cursor::new(&photo), &mut sink, &limits).is_ok());
    }

    #[test]
    fn not_a_byte_leaves_of_a_copy_that_the_verifier_does_not_accept() {
        let original = sample::photo();
        let limits = Limits::default();
        let mut clean = Vec::new();
        sanitize(&mut Cursor::new(&original), &mut clean, &limits).unwrap();
        let spoilt = [
            sample::with(&clean, 0xFE, b"a word"),
            [&clean[..], b"a word"].concat(),
            clean[..clean.len() - 1].to_vec(),
        ];
        for copy in spoilt {
            let mut sink = Vec::new();
            let source = &mut Cursor::new(&original);
            let copy = Copy::of(Kind::Jpeg, copy);
            let handed = hand_over(Kind::Jpeg, source, &copy, &mut sink, &limits);
            assert_eq!(handed, Err(Refusal::Verification));
            assert!(sink.is_empty());
        }
        assert_eq!(Refusal::Verification.exit_code(), 30);
    }
}
