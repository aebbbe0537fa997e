//! What the bytes are.
//!
//! Names and declared types come from whoever sends the file, so they are not even
//! passed in. The first bytes decide. The header of a document among the first bytes of
//! something else makes the file a polyglot, which is refused: we would clean it as one
//! thing and somebody would open it as the other.

mod foreign;

use std::io::Read;

use serde::{Deserialize, Serialize};

use crate::{ReadSeek, Refusal};

/// A format that can be cleaned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// JPEG pictures.
    Jpeg,
    /// PNG pictures, animated ones too.
    Png,
    /// PDF documents.
    Pdf,
    /// Plain text, CSV and Markdown.
    Text,
}

impl Kind {
    /// The ending a neutral file name gets.
    pub fn extension(self) -> &'static str {
        match self {
            Kind::Jpeg => "jpg",
            Kind::Png => "png",
            Kind::Pdf => "pdf",
            Kind::Text => "txt",
        }
    }

    /// The media type a clean copy is sent with.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Pdf => "application/pdf",
            Kind::Text => "text/plain; charset=utf-8",
        }
    }
}

/// How many bytes from the start are looked at.
const HEAD: u64 = 4096;
/// PDF readers look for the header in this many bytes (ISO 32000-1, annex H).
const PDF_HEAD: usize = 1024;

/// Says what a source is, from its first bytes.
pub(crate) fn recognise(source: &mut dyn ReadSeek) -> Result<Kind, Refusal> {
    source.rewind().map_err(|_| Refusal::Internal)?;
    let mut head = Vec::new();
    source.take(HEAD).read_to_end(&mut head).map_err(|_| Refusal::Internal)?;
    of_head(&head)
}

fn of_head(head: &[u8]) -> Result<Kind, Refusal> {
    if head.is_empty() {
        return Err(Refusal::Empty);
    }
    let pdf = holds_pdf_header(head.get(..PDF_HEAD).unwrap_or(head), is_text(head));
    let picture = if head.starts_with(b"\xFF\xD8\xFF") {
        Some(Kind::Jpeg)
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Kind::Png)
    } else {
        None
    };
    let foreign = foreign::recognise(head, is_text(head));
    match (picture, foreign) {
        // A reader of documents would open what a viewer of pictures shows as something else.
        (Some(_), _) | (None, Some(_)) if pdf && !head.starts_with(b"%PDF-") => {
            Err(Refusal::Polyglot)
        }
        (Some(kind), _) => Ok(kind),
        (None, _) if pdf => Ok(Kind::Pdf),
        (None, Some(foreign)) => Err(Refusal::NotCleanable(foreign)),
        (None, None) if is_text(head) => Ok(Kind::Text),
        (None, None) => Err(Refusal::UnknownFormat),
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
