//! The second reader: says no unless a clean copy is what it must be.
//!
//! Tools of this kind have reported success and handed back the original. So no
//! byte leaves this crate before another parser than the one that wrote it has
//! walked over it. No parser is shared with the cleaners, only tables of words: a misreading on
//! one side must not be repeated on the other. Where the cleaners ask what to keep,
//! these modules ask what may be there, and everything else is a refusal.

mod aiff;
mod archive;
mod bmp;
mod boxes;
mod csv;
mod epub;
mod film;
mod flac;
mod gif;
mod heif;
mod html;
pub(crate) mod icc;
mod jpeg;
mod jxl;
pub(crate) mod lzw;
mod mail;
mod matroska;
mod mp3;
mod office;
mod ogg;
mod opendocument;
mod pdf;
mod png;
mod sound;
mod svg;
mod text;
mod tiff;
mod wav;
mod webp;

use std::io::Cursor;

use crate::copy::Copy;
use crate::{Kind, Limits, ReadSeek, Refusal, kind};

/// Accepts `copy` only if it is in canonical form and shows what `original` shows.
/// `kind` is the format of the original.
pub(crate) fn verify(
    kind: Kind,
    original: &mut dyn ReadSeek,
    copy: &Copy,
    limits: &Limits,
) -> Result<(), Refusal> {
    is_known_as_named(original, copy)?;
    let whole = copy.bytes().ok_or(Refusal::Verification);
    match kind {
        Kind::Jpeg => jpeg::verify(original, whole?, limits),
        Kind::Png => png::verify(original, whole?, limits),
        Kind::Gif => gif::verify(original, whole?, limits),
        Kind::Webp => webp::verify(original, whole?, limits),
        Kind::Tiff => tiff::verify(original, whole?, limits),
        Kind::Bmp => bmp::verify(original, whole?, limits),
        Kind::Svg => svg::verify(original, whole?, limits),
        Kind::Heic | Kind::Avif => heif::verify(original, whole?, limits),
        Kind::Jxl => jxl::verify(original, whole?, limits),
        Kind::Text => text::verify(original, whole?, limits),
        Kind::Csv => csv::verify(original, whole?, limits),
        Kind::Zip => archive::verify_zip(original, copy, limits),
        Kind::Tar => archive::verify_tar(original, copy, limits),
        Kind::Html => html::verify(original, whole?, limits),
        Kind::Docx | Kind::Xlsx | Kind::Pptx => office::verify(kind, original, whole?, limits),
        Kind::Mail => mail::verify(original, copy, limits),
        Kind::Pdf => pdf::verify(original, whole?, limits),
        Kind::Odt | Kind::Ods | Kind::Odp | Kind::Odg => {
            opendocument::verify(kind, original, whole?, limits)
        }
        Kind::Epub => epub::verify(original, whole?, limits),
        Kind::Mp3 => mp3::verify(original, whole?, limits),
        Kind::Flac => flac::verify(original, whole?, limits),
        Kind::Ogg => ogg::verify(original, whole?, limits),
        Kind::Wav => wav::verify(original, whole?, limits),
        Kind::Aiff => aiff::verify(original, whole?, limits),
        Kind::Mp4 | Kind::Mov | Kind::M4a => film::verify(kind, original, copy, limits),
        Kind::Mkv | Kind::Webm => matroska::verify(original, copy, limits),
    }
}

/// Programs go by the content as well: a text that reads as something else once its line
/// ends or its encoding are others would be opened as what nobody cleaned.
fn is_known_as_named(original: &mut dyn ReadSeek, copy: &Copy) -> Result<(), Refusal> {
    let is_text = |kind| matches!(kind, Kind::Text | Kind::Csv);
    let known = kind::recognise(&mut copy.reader(original))?;
    // The words of a mail can stand like a table.
    let fits = known == copy.kind() || (is_text(known) && is_text(copy.kind()));
    if fits { Ok(()) } else { Err(Refusal::Verification) }
}

/// The same for a file inside another one. `limits` are those of the file around it.
pub(crate) fn verify_inside(original: &[u8], clean: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let limits = limits.inside().ok_or(Refusal::Verification)?;
    let source = &mut Cursor::new(original);
    let kind = kind::recognise(source)?;
    let is = kind::recognise(&mut Cursor::new(clean))?;
    verify(kind, source, &Copy::of(is, clean.to_vec()), &limits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_that_reads_as_another_format_is_refused() {
        let known = |kind, bytes: &[u8]| {
            is_known_as_named(&mut Cursor::new([]), &Copy::of(kind, bytes.to_vec()))
        };
        // The first bytes of a sound can spell the name of a box.
        assert_eq!(known(Kind::Mp3, b"\xFF\xF3\x40\xC0mdat\x10\0"), Err(Refusal::Verification));
        assert_eq!(known(Kind::Text, b"<p>words"), Err(Refusal::Verification));
        assert!(matches!(known(Kind::Text, b"%!PS\n"), Err(Refusal::NotCleanable(_))));
        assert_eq!(known(Kind::Mp3, b"\xFF\xF3\x40\xC0\x6D\0"), Ok(()));
        assert_eq!(known(Kind::Text, b"a;b\n1;2\n3;4\n"), Ok(()));
    }
}
