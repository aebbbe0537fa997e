//! What a handler looks at first: a picture or a text that can do nothing.
//!
//! A cleaned file tells nothing of its sender, but it is still a file of a format
//! whose decoders have had holes, opened on the machine of the person who must read
//! every report. So the worker decodes it, and the handler's browser gets a small
//! picture of plain pixels, or text in which what cannot be seen is written out.
//!
//! There is one function for each family of formats: `picture`, `pages`, `text`, those of
//! `package`, and `member` for archives.

mod package;

use std::io::{BufWriter, Cursor, Read, SeekFrom, Write};

use image::DynamicImage;
use image::codecs::png::PngEncoder;
use serde::{Deserialize, Serialize};

use crate::draw::{Document, Grain};
use crate::pixels::{self, Pixels, tiff};
use crate::refusal::{Damage, Limit};
use crate::text::is_invisible;
use crate::zip::Archive;
use crate::{Kind, Limits, Notes, ReadSeek, Refusal, html, kind};

/// The longest side of the picture shown.
const SIDE: u16 = 1600;

/// What a view is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// A PNG.
    Picture,
    /// UTF-8.
    Text,
}

/// What is shown of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// A picture or a text.
    pub shown: Shown,
    /// Which page of the file it is, counted from one.
    pub page: u32,
    /// How many pages the file has; one if it has none.
    pub pages: u32,
}

impl View {
    /// A view of the whole file.
    fn whole(shown: Shown) -> View {
        View { shown, page: 1, pages: 1 }
    }
}

/// Writes a safe view of a *cleaned* file to `sink` and says what it is.
///
/// Pictures become a PNG without metadata, upright, at most 1,600 pixels long; of an
/// animation the first picture is shown. Of a document, or a TIFF, one page is drawn: the one
/// asked for, or the nearest there is. Of web pages, office documents and books the words of
/// the page, of a sheet, a slide or a chapter are shown, of an archive one file. Text becomes
/// UTF-8 in which characters that cannot be seen are written as `[U+200B]`. Sound and films
/// have no view, nor have drawings: letters are drawn with fonts, and the worker has none, so a
/// word could be missing that nobody misses.
pub fn view(
    source: &mut dyn ReadSeek,
    sink: &mut dyn Write,
    page: u32,
    limits: &Limits,
) -> Result<View, Refusal> {
    let kind = kind::recognise(source)?;
    source.seek(SeekFrom::Start(0)).map_err(|_| Refusal::Internal)?;
    match kind {
        Kind::Pdf => pages(source, sink, page, limits),
        Kind::Tiff => scan(source, sink, page, limits),
        // A mail is read as it is written; of a web page, which is ours, the words.
        Kind::Text | Kind::Csv | Kind::Mail => text(source, sink, limits, str::to_owned),
        Kind::Html => text(source, sink, limits, words_of_page),
        Kind::Docx
        | Kind::Xlsx
        | Kind::Pptx
        | Kind::Odt
        | Kind::Ods
        | Kind::Odp
        | Kind::Odg
        | Kind::Epub => package::view(kind, source, sink, page, limits),
        Kind::Zip => member(source, sink, page, limits),
        _ => picture(kind, source, sink, limits),
    }
}

/// Shows one file of an archive; of a file that has no view its name, which is a number.
fn member(
    source: &mut dyn ReadSeek,
    sink: &mut dyn Write,
    page: u32,
    limits: &Limits,
) -> Result<View, Refusal> {
    let inside = limits.inside().ok_or(Refusal::Limit(Limit::Depth))?;
    let mut archive = Archive::open(source, limits, &mut Notes::default())?;
    let pages = u32::try_from(archive.members().len()).map_err(|_| Refusal::Limit(Limit::Pages))?;
    let page = page.clamp(1, pages.max(1));
    let number = usize::try_from(page - 1).map_err(|_| Refusal::Internal)?;
    let name = archive.members().get(number).map(|member| member.name.clone());
    let name = name.ok_or(Refusal::Damaged(Damage::Missing))?;
    let bytes = archive.read(number)?;
    let mut shown = Vec::new();
    let view = match view(&mut Cursor::new(bytes), &mut shown, 1, &inside) {
        Ok(view) => view,
        Err(Refusal::NotDrawable) => {
            shown = name.into_bytes();
            View::whole(Shown::Text)
        }
        Err(refusal) => return Err(refusal),
    };
    sink.write_all(&shown).map_err(|_| Refusal::Internal)?;
    Ok(View { page, pages, ..view })
}

fn picture(
    kind: Kind,
    source: &mut dyn ReadSeek,
    sink: &mut dyn Write,
    limits: &Limits,
) -> Result<View, Refusal> {
    if !pixels::are_made(kind) {
        return Err(Refusal::NotDrawable);
    }
    let pixels = pixels::decode(kind, &copy(source, limits)?, limits)?;
    write_png(&small(pixels), sink)?;
    Ok(View::whole(Shown::Picture))
}

/// Reads a copy, which may be larger than an original.
fn copy(source: &mut dyn ReadSeek, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let most = limits.output_bytes(limits.input_bytes).max(limits.flattened_bytes);
    crate::read_all(source, &Limits { input_bytes: most, ..*limits })
}

/// Makes a picture small, and only then turns it: turning needs a second one.
fn small(pixels: Pixels) -> DynamicImage {
    let (whole, side) = (pixels.picture, u32::from(SIDE));
    let small =
        if whole.width().max(whole.height()) > side { whole.thumbnail(side, side) } else { whole };
    let mut shown = if small.color().has_alpha() {
        DynamicImage::ImageRgba8(small.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(small.into_rgb8())
    };
    shown.apply_orientation(pixels.turned);
    shown
}

/// Shows a page of a TIFF.
fn scan(
    source: &mut dyn ReadSeek,
    sink: &mut dyn Write,
    page: u32,
    limits: &Limits,
) -> Result<View, Refusal> {
    let mut copy = copy(source, limits)?;
    let all = tiff::pages(&copy, limits)?;
    let pages = u32::try_from(all.len()).map_err(|_| Refusal::Limit(Limit::Pages))?;
    let page = page.clamp(1, pages.max(1));
    let index = usize::try_from(page - 1).map_err(|_| Refusal::Internal)?;
    tiff::turn_to(&mut copy, *all.get(index).ok_or(Refusal::Damaged(Damage::Missing))?)?;
    write_png(&small(pixels::decode(Kind::Tiff, &copy, limits)?), sink)?;
    Ok(View { shown: Shown::Picture, page, pages })
}

fn pages(
    source: &mut dyn ReadSeek,
    sink: &mut dyn Write,
    page: u32,
    limits: &Limits,
) -> Result<View, Refusal> {
    let document = Document::open(copy(source, limits)?)?;
    let pages = u32::try_from(document.pages()).map_err(|_| Refusal::Limit(Limit::Pages))?;
    if pages == 0 {
        return Err(Refusal::Damaged(Damage::Missing));
    }
    let page = page.clamp(1, pages);
    let index = usize::try_from(page - 1).map_err(|_| Refusal::Internal)?;
    let drawn = document.draw(index, Grain::Side(f32::from(SIDE)))?;
    write_png(&DynamicImage::ImageRgb8(drawn), sink)?;
    Ok(View { shown: Shown::Picture, page, pages })
}

fn write_png(picture: &DynamicImage, sink: &mut dyn Write) -> Result<(), Refusal> {
    let mut png = Vec::new();
    picture
        .write_with_encoder(PngEncoder::new(Cursor::new(&mut png)))
        .map_err(|_| Refusal::Internal)?;
    sink.write_all(&png).map_err(|_| Refusal::Internal)
}

fn text(
    source: &mut dyn ReadSeek,
    sink: &mut dyn Write,
    limits: &Limits,
    words: impl Fn(&str) -> String,
) -> Result<View, Refusal> {
    let mut bytes = Vec::new();
    let most = limits.output_bytes(limits.input_bytes);
    source.take(most).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
    let text = str::from_utf8(&bytes).map_err(|_| Refusal::Damaged(Damage::Encoding))?;
    let mut sink = BufWriter::new(sink);
    write_visibly(&words(text), &mut sink)
        .and_then(|()| sink.flush())
        .map_err(|_| Refusal::Internal)?;
    Ok(View::whole(Shown::Text))
}

/// The words of a clean web page, and where a picture stands. No word can look like a tag.
fn words_of_page(page: &str) -> String {
    html::words(&page.replace("<img ", "[img] <img "))
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
