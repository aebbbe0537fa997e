//! What the bytes are.
//!
//! Names and declared types come from whoever sends the file, so they are not even
//! passed in. The first bytes decide, and a second signature elsewhere makes the
//! file a polyglot, which is refused: we would clean it as one thing and somebody
//! would open it as the other.

use serde::{Deserialize, Serialize};

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
    /// Every format that can be cleaned.
    pub const ALL: [Kind; 4] = [Kind::Jpeg, Kind::Png, Kind::Pdf, Kind::Text];

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
