//! The stream of blocks, and which of them may be kept.

use crate::allow::AllowList;
use crate::refusal::{Damage, Limit};
use crate::{Category, Limits, Notes, Refusal, xmp};

/// Starts a picture.
pub(super) const IMAGE: u8 = 0x2C;
/// Starts an extension, whose label follows.
pub(super) const EXTENSION: u8 = 0x21;
/// Ends the file.
pub(super) const TRAILER: u8 = 0x3B;
/// How the next picture is shown.
pub(super) const CONTROL: u8 = 0xF9;
/// Words drawn on a grid; no viewer in use does it.
pub(super) const PLAIN_TEXT: u8 = 0x01;
/// Words for whoever reads the bytes.
const COMMENT: u8 = 0xFE;
/// Anything a program likes, behind its name.
pub(super) const APPLICATION: u8 = 0xFF;

/// Labels of extensions that are read, and written anew.
pub(crate) const EXTENSIONS: AllowList<u8> = AllowList {
    name: "gif extensions",
    allowed: &[CONTROL, APPLICATION],
    forbidden: &[COMMENT, PLAIN_TEXT, 0xCE],
};

/// Names of applications whose block is a number of repetitions.
pub(crate) const APPLICATIONS: AllowList<[u8; 11]> = AllowList {
    name: "gif applications",
    allowed: &[*b"NETSCAPE2.0", *b"ANIMEXTS1.0"],
    forbidden: &[
        *b"XMP DataXMP",
        *b"ICCRGBG1012",
        *b"MGK8BIM0000",
        *b"C2PA_GIF\x01\0\0",
        *b"fractint\0\0\0",
    ],
};

/// The allow-list as lines of text.
pub(super) fn explain() -> Vec<String> {
    let fixed = [
        "screen: width, height; the background where it could be seen",
        "colour tables: colours in use; others become black or are left out",
        "picture: place, size, interlacing; pixels, folded anew",
        "extension F9: disposal, duration, the transparent colour",
    ];
    let applications = APPLICATIONS.allowed.iter();
    fixed
        .iter()
        .map(|&line| line.to_owned())
        .chain(
            applications.map(|name| {
                format!("extension FF, {}: number of repetitions", name.escape_ascii())
            }),
        )
        .collect()
}

/// Walks over the bytes of a file.
pub(super) struct Blocks<'a> {
    rest: &'a [u8],
    left: u32,
}

impl<'a> Blocks<'a> {
    pub(super) fn open(file: &'a [u8], limits: &Limits) -> Self {
        Blocks { rest: file, left: limits.segments }
    }

    /// What was not walked over yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next `N` bytes.
    pub(super) fn take<const N: usize>(&mut self) -> Result<&'a [u8; N], Refusal> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(Refusal::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next `length` bytes.
    pub(super) fn slice(&mut self, length: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Refusal::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// The first byte of the next block.
    pub(super) fn next(&mut self) -> Result<u8, Refusal> {
        self.left = self.left.checked_sub(1).ok_or(Refusal::Limit(Limit::Parts))?;
        let &[introducer] = self.take()?;
        Ok(introducer)
    }

    /// The next of a row of sub-blocks; none at the end of the row.
    pub(super) fn sub_block(&mut self) -> Result<Option<&'a [u8]>, Refusal> {
        let &[length] = self.take()?;
        if length == 0 { Ok(None) } else { self.slice(usize::from(length)).map(Some) }
    }

    /// All sub-blocks up to the end of the row.
    pub(super) fn sub_blocks(&mut self) -> Result<Vec<&'a [u8]>, Refusal> {
        let mut all = Vec::new();
        while let Some(block) = self.sub_block()? {
            all.push(block);
        }
        Ok(all)
    }

    /// Passes over the rest of an application's block and counts what it was. `start` is
    /// what follows its name.
    pub(super) fn pass_application(
        &mut self,
        name: &[u8],
        notes: &mut Notes,
    ) -> Result<(), Refusal> {
        let start = self.rest;
        while self.sub_block()?.is_some() {}
        match name {
            // Its lengths are letters: the packet stands in the bytes as they are.
            b"XMP DataXMP" => {
                let length = start.len() - self.rest.len();
                xmp::note(start.get(..length).unwrap_or_default(), notes);
            }
            b"ICCRGBG1012" => notes.found(Category::ColourProfiles),
            name if name.starts_with(b"C2PA") => notes.found(Category::Signatures),
            b"MGK8BIM0000" | b"MGKIPTC0000" => notes.found(Category::Descriptions),
            _ => notes.found(Category::Software),
        }
        Ok(())
    }

    /// Passes over an extension that is left out and counts it.
    pub(super) fn pass_extension(&mut self, label: u8, notes: &mut Notes) -> Result<(), Refusal> {
        while self.sub_block()?.is_some() {}
        notes.found(match label {
            COMMENT => Category::Comments,
            PLAIN_TEXT => Category::Descriptions,
            _ => Category::Other,
        });
        Ok(())
    }

    /// The number of repetitions in an application's block; none if it has only a hint
    /// about how much to load before.
    pub(super) fn repetitions(&mut self, notes: &mut Notes) -> Result<Option<u16>, Refusal> {
        let mut repetitions = None;
        for block in self.sub_blocks()? {
            match *block {
                [1, low, high] if repetitions.is_none() => {
                    repetitions = Some(u16::from_le_bytes([low, high]));
                }
                [2, _, _, _, _] => notes.found(Category::Software),
                _ => return Err(Refusal::Damaged(Damage::Value)),
            }
        }
        Ok(repetitions)
    }
}
