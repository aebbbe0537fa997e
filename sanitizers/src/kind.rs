//! What the bytes are.
//!
//! Names and declared types come from whoever sends the file, so they are not even
//! passed in. The first bytes decide. The header of a document among the first bytes of
//! something else makes the file a polyglot, which is refused: we would clean it as one
//! thing and somebody would open it as the other.

mod compound;
mod container;
mod foreign;
mod known;
mod texts;

use std::io::{Read, SeekFrom};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::refusal::Foreign;
use crate::sound::tags;
use crate::{ReadSeek, Refusal, mp3};

/// A format that can be cleaned.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// JPEG pictures.
    Jpeg,
    /// PNG pictures, animated ones too.
    Png,
    /// GIF pictures, animated ones too.
    Gif,
    /// WebP pictures, animated ones too.
    Webp,
    /// TIFF pictures, all their pages.
    Tiff,
    /// BMP pictures; the copy is a PNG.
    Bmp,
    /// HEIC pictures, as iPhones take them.
    Heic,
    /// AVIF pictures.
    Avif,
    /// JPEG XL pictures.
    Jxl,
    /// SVG drawings.
    Svg,
    /// PDF documents.
    Pdf,
    /// Word documents and their templates.
    Docx,
    /// Excel workbooks and their templates.
    Xlsx,
    /// `PowerPoint` slides, shows and their templates.
    Pptx,
    /// `OpenDocument` texts and their templates.
    Odt,
    /// `OpenDocument` sheets and their templates.
    Ods,
    /// `OpenDocument` slides and their templates.
    Odp,
    /// `OpenDocument` drawings and their templates.
    Odg,
    /// EPUB books.
    Epub,
    /// MP3 sound.
    Mp3,
    /// FLAC sound.
    Flac,
    /// Ogg sound: Vorbis, Opus and FLAC.
    Ogg,
    /// WAV sound.
    Wav,
    /// AIFF sound.
    Aiff,
    /// M4A sound, as phones record it.
    M4a,
    /// MP4 films.
    Mp4,
    /// `QuickTime` films, as iPhones take them.
    Mov,
    /// Matroska films.
    Mkv,
    /// `WebM` films.
    Webm,
    /// ZIP archives, each member cleaned.
    Zip,
    /// TAR archives, compressed ones too, each member cleaned; the copy is a ZIP.
    Tar,
    /// Plain text and Markdown.
    Text,
    /// Tables as text.
    Csv,
    /// Web pages.
    Html,
    /// Mails as files; the copy is a text, or an archive with its attachments.
    Mail,
}

impl Kind {
    /// Every format, in the order in which they are listed.
    pub fn all() -> &'static [Kind] {
        Kind::value_variants()
    }

    /// Whether this is a film: they are larger, and never in memory as a whole.
    pub fn is_film(self) -> bool {
        matches!(self, Kind::Mp4 | Kind::Mov | Kind::Mkv | Kind::Webm)
    }

    /// The ending a neutral file name gets.
    pub fn extension(self) -> &'static str {
        match self {
            Kind::Jpeg => "jpg",
            Kind::Png => "png",
            Kind::Gif => "gif",
            Kind::Webp => "webp",
            Kind::Tiff => "tiff",
            Kind::Bmp => "bmp",
            Kind::Heic => "heic",
            Kind::Avif => "avif",
            Kind::Jxl => "jxl",
            Kind::Svg => "svg",
            Kind::Pdf => "pdf",
            Kind::Docx => "docx",
            Kind::Xlsx => "xlsx",
            Kind::Pptx => "pptx",
            Kind::Odt => "odt",
            Kind::Ods => "ods",
            Kind::Odp => "odp",
            Kind::Odg => "odg",
            Kind::Epub => "epub",
            Kind::Mp3 => "mp3",
            Kind::Flac => "flac",
            Kind::Ogg => "ogg",
            Kind::Wav => "wav",
            Kind::Aiff => "aiff",
            Kind::M4a => "m4a",
            Kind::Mp4 => "mp4",
            Kind::Mov => "mov",
            Kind::Mkv => "mkv",
            Kind::Webm => "webm",
            Kind::Zip => "zip",
            Kind::Tar => "tar",
            Kind::Text => "txt",
            Kind::Csv => "csv",
            Kind::Html => "html",
            Kind::Mail => "eml",
        }
    }

    /// The media type a clean copy is sent with.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Gif => "image/gif",
            Kind::Webp => "image/webp",
            Kind::Tiff => "image/tiff",
            Kind::Bmp => "image/bmp",
            Kind::Heic => "image/heic",
            Kind::Avif => "image/avif",
            Kind::Jxl => "image/jxl",
            Kind::Svg => "image/svg+xml",
            Kind::Pdf => "application/pdf",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Kind::Odt => "application/vnd.oasis.opendocument.text",
            Kind::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Kind::Odp => "application/vnd.oasis.opendocument.presentation",
            Kind::Odg => "application/vnd.oasis.opendocument.graphics",
            Kind::Epub => "application/epub+zip",
            Kind::Mp3 => "audio/mpeg",
            Kind::Flac => "audio/flac",
            Kind::Ogg => "audio/ogg",
            Kind::Wav => "audio/wav",
            Kind::Aiff => "audio/aiff",
            Kind::M4a => "audio/mp4",
            Kind::Mp4 => "video/mp4",
            Kind::Mov => "video/quicktime",
            Kind::Mkv => "video/x-matroska",
            Kind::Webm => "video/webm",
            Kind::Zip => "application/zip",
            Kind::Tar => "application/x-tar",
            Kind::Text => "text/plain; charset=utf-8",
            Kind::Csv => "text/csv; charset=utf-8",
            Kind::Html => "text/html; charset=utf-8",
            Kind::Mail => "message/rfc822",
        }
    }
}

/// How many bytes from the start are looked at.
const HEAD: u64 = 4096;
/// How many bytes are searched for the first whole frames of sound.
const FAR: u64 = 12_288;
/// PDF readers look for the header in this many bytes (ISO 32000-1, annex H).
const PDF_HEAD: usize = 1024;
/// How many tags in front of sound are passed over.
const MOST_TAGS: u32 = 16;
/// Bytes that say how long a tag is.
const TAG_HEAD: u64 = 10;

/// Says what a source is, from its first bytes, and of a ZIP from what it holds.
pub fn recognise(source: &mut dyn ReadSeek) -> Result<Kind, Refusal> {
    source.rewind().map_err(|_| Refusal::Internal)?;
    let mut head = Vec::new();
    (&mut *source).take(HEAD).read_to_end(&mut head).map_err(|_| Refusal::Internal)?;
    if head.starts_with(compound::SIGNATURE) {
        return Err(compound::refusal(source));
    }
    let kind = match of_head(&head) {
        Err(Refusal::UnknownFormat) => {
            if let Some(foreign) = foreign::far(source)? {
                return Err(Refusal::NotCleanable(foreign));
            }
            // A recording may have been cut inside of a frame.
            source.rewind().map_err(|_| Refusal::Internal)?;
            head.clear();
            (&mut *source).take(FAR).read_to_end(&mut head).map_err(|_| Refusal::Internal)?;
            if mp3::begins_within(&head) { Kind::Mp3 } else { return Err(Refusal::UnknownFormat) }
        }
        kind => kind?,
    };
    match kind {
        Kind::Tiff | Kind::Mp4 if foreign::is_raw(source)? => {
            Err(Refusal::NotCleanable(Foreign::RawPicture))
        }
        Kind::Zip => container::recognise(source),
        Kind::Mp3 => match behind_tags(source, &head)?.as_slice() {
            b"fLaC" => Ok(Kind::Flac),
            b"OggS" => Ok(Kind::Ogg),
            _ => Ok(Kind::Mp3),
        },
        kind => Ok(kind),
    }
}

/// The first bytes behind the tags of a head: programs put ID3 in front of FLAC and
/// Ogg as well.
fn behind_tags(source: &mut dyn ReadSeek, head: &[u8]) -> Result<Vec<u8>, Refusal> {
    let (mut bytes, mut place) = (head.to_vec(), 0_u64);
    for _ in 0..MOST_TAGS {
        let Some(length) = tags::id3_length(&bytes) else { break };
        place = place.saturating_add(length as u64);
        bytes.clear();
        source.seek(SeekFrom::Start(place)).map_err(|_| Refusal::Internal)?;
        (&mut *source).take(TAG_HEAD).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
    }
    bytes.truncate(4);
    Ok(bytes)
}

fn of_head(head: &[u8]) -> Result<Kind, Refusal> {
    if head.is_empty() {
        return Err(Refusal::Empty);
    }
    let text = is_text(head).then(|| texts::beginning(head));
    let pdf = holds_pdf_header(head.get(..PDF_HEAD).unwrap_or(head), text.is_some());
    let known = known::recognise(head, text.as_deref());
    let foreign = foreign::recognise(head, text.as_deref());
    match (known, foreign) {
        // A reader of documents would open what a viewer of pictures shows as something else.
        (Some(_), _) | (None, Some(_)) if pdf && !head.starts_with(b"%PDF-") => {
            Err(Refusal::Polyglot)
        }
        (Some(kind), _) => Ok(kind),
        (None, _) if pdf => Ok(Kind::Pdf),
        (None, Some(foreign)) => Err(Refusal::NotCleanable(foreign)),
        (None, None) => text.map(|text| texts::recognise(&text)).ok_or(Refusal::UnknownFormat),
    }
}

/// A text may speak of the header of a document; one that is a document has it at the
/// beginning of a line.
fn holds_pdf_header(head: &[u8], is_text: bool) -> bool {
    let mut places = head.windows(5).enumerate().filter(|(_, word)| *word == b"%PDF-");
    places.any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|at| head.get(at));
        !is_text || before.is_none_or(|byte| matches!(byte, b'\r' | b'\n'))
    })
}

/// No control characters but those of typed text, or a mark that says UTF-16.
fn is_text(head: &[u8]) -> bool {
    let marked = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    marked || !head.iter().any(|byte| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31 | 127))
}

#[cfg(test)]
mod tests;
