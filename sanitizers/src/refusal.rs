//! Why a file was not cleaned, and what its owner can do about it.
//!
//! A refusal never quotes the file. Each one carries advice that a person without
//! technical knowledge can follow, in Danish and English; the portal shows the same
//! sentences as the command line, so that there is one place to improve them.

mod advice;
mod inside;

use serde::{Deserialize, Serialize};

pub use inside::Inside;

/// A language in which advice can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Danish.
    Da,
    /// English.
    En,
}

/// Why there is no clean copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "refusal", content = "detail")]
pub enum Refusal {
    /// There is nothing in the file.
    #[error("the file is empty")]
    Empty,
    /// The content is none of the formats we clean.
    #[error("no format we can clean")]
    UnknownFormat,
    /// The content is known, and there is no safe way to clean it (yet).
    #[error("a format we know and do not clean: {0}")]
    NotCleanable(Foreign),
    /// The format is one that we clean, and this site does not take it.
    #[error("a format this site does not take")]
    NotTaken,
    /// Two formats at once: one program would show what another one hides.
    #[error("the file is two formats at once")]
    Polyglot,
    /// The file breaks the rules of its format in a way that makes it ambiguous.
    #[error("the file is damaged: {0}")]
    Damaged(Damage),
    /// It ends too early.
    #[error("the file ends too early")]
    Truncated,
    /// It cannot be read without its password.
    #[error("the file is protected by a password")]
    Password,
    /// It uses a legal but rare feature that we do not rewrite.
    #[error("a feature of the format we do not rewrite: {0}")]
    Feature(Feature),
    /// It cannot be made a picture, or not all of it can.
    #[error("not all of it can be drawn")]
    NotDrawable,
    /// One of the [`Limits`](crate::Limits) was reached.
    #[error("limit reached: {0}")]
    Limit(Limit),
    /// The second parser did not accept the result, or saw other content in it.
    #[error("the clean copy did not pass verification")]
    Verification,
    /// One of the files in an archive or a mail is refused, and so all of it.
    #[error("{0}")]
    Inside(Inside),
    /// A fault of ours: reading the source or writing the result failed.
    #[error("internal failure")]
    Internal,
}

/// Formats that are recognised in order to give better advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Foreign {
    /// Pictures of one program or of none any more: Photoshop, GIMP, JPEG 2000, icons.
    Picture,
    /// What the sensor of a camera saw: CR2, NEF, ARW, DNG and others.
    RawPicture,
    /// Vector graphics: `PostScript`, Windows metafiles.
    VectorPicture,
    /// Drawings of construction programs: DWG, DXF, STEP.
    Cad,
    /// Office documents in older forms: Word, Excel, `PowerPoint` until 2003, RTF, Works.
    Office,
    /// Other documents: `OneNote`, Publisher, Visio, Pages, `DjVu`, books.
    Document,
    /// Sound recordings.
    Sound,
    /// Films.
    Film,
    /// 7-Zip, RAR and other archives.
    Archive,
    /// Copies of whole disks.
    DiskImage,
    /// Databases.
    Database,
    /// Mails that cannot be taken apart.
    Mail,
    /// Mails as Outlook keeps them.
    OutlookMail,
    /// Many mails in one file.
    Mailbox,
    /// What only the holder of a key can open.
    Encrypted,
    /// Contacts and appointments.
    Card,
    /// Pages saved in one file, and other languages of pointed brackets.
    WebPage,
    /// Shortcuts, and lists of where something can be fetched.
    Shortcut,
    /// Programs.
    Program,
    /// Typefaces.
    Font,
    /// Pictures of hospitals.
    Medical,
}

impl Foreign {
    /// Every one of them.
    pub const ALL: [Foreign; 21] = [
        Foreign::Picture,
        Foreign::RawPicture,
        Foreign::VectorPicture,
        Foreign::Cad,
        Foreign::Office,
        Foreign::Document,
        Foreign::Sound,
        Foreign::Film,
        Foreign::Archive,
        Foreign::DiskImage,
        Foreign::Database,
        Foreign::Mail,
        Foreign::OutlookMail,
        Foreign::Mailbox,
        Foreign::Encrypted,
        Foreign::Card,
        Foreign::WebPage,
        Foreign::Shortcut,
        Foreign::Program,
        Foreign::Font,
        Foreign::Medical,
    ];
}

/// What is wrong with a file's structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Damage {
    /// The sequence of parts is not one the format allows.
    Order,
    /// A part's length, count or checksum does not fit its content.
    Length,
    /// A part that must be there is missing, or there twice.
    Missing,
    /// A value outside what the format allows.
    Value,
    /// The table of contents had to be guessed.
    Recovered,
    /// Bytes that are no text in any encoding we accept.
    Encoding,
}

/// Legal features that are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// Arithmetic, lossless, hierarchical or 12-bit coding of a JPEG.
    Coding,
    /// A compression or encryption filter we do not know.
    Filter,
    /// Something a viewer must interpret, outside the allow-list.
    Construct,
    /// Sound or film in a coding we do not rewrite.
    Codec,
    /// Programs inside a document.
    Macros,
}

/// Which limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Bytes of the file.
    InputBytes,
    /// Bytes of the result.
    OutputBytes,
    /// Pixels, or pixels along a side.
    Pixels,
    /// Frames.
    Frames,
    /// Pages.
    Pages,
    /// Objects, segments or chunks.
    Parts,
    /// Nesting.
    Depth,
    /// Unfolded bytes.
    Inflated,
    /// Seconds of work: given by whoever runs the worker, when it kills it.
    Time,
    /// Memory: given by whoever runs the worker, when it dies of it.
    Memory,
}

macro_rules! kebab_display {
    ($($name:ident),*) => {$(
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(self, f)
            }
        }
    )*};
}
kebab_display!(Foreign, Damage, Feature, Limit);

impl Refusal {
    /// The exit code of `sluse-sanitize`: 10 refused, 20 limit, 30 verification, 70 internal.
    pub fn exit_code(self) -> u8 {
        match self.reason() {
            Refusal::Limit(_) => 20,
            Refusal::Verification => 30,
            Refusal::Internal => 70,
            _ => 10,
        }
    }
}
