//! Hiding places of BMP. There is no list of parts: every field that is read has a line of
//! code of its own, and a row here plants a token in what is not read.

use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature};
use crate::{Kind, Refusal};

use Outcome::{Cleaned, Refused};

/// A bitmap in parts.
pub(crate) struct Parts {
    /// What follows the size of the header: sides, planes, bits, packing, and so on.
    pub(crate) header: Vec<u8>,
    /// Masks and palette.
    pub(crate) colours: Vec<u8>,
    /// Between them and the pixels.
    pub(crate) gap: Vec<u8>,
    pub(crate) pixels: Vec<u8>,
    pub(crate) behind: Vec<u8>,
}

impl Parts {
    pub(crate) fn file(&self) -> Vec<u8> {
        let header = [&(self.header.len() as u32 + 4).to_le_bytes(), &self.header[..]].concat();
        let start = 14 + header.len() + self.colours.len() + self.gap.len();
        let parts = [&self.colours, &self.gap, &self.pixels, &self.behind].map(Vec::as_slice);
        let rest = [&header[..], &parts.concat()].concat();
        let length = (14 + rest.len() as u32).to_le_bytes();
        [b"BM", &length[..], &[0; 4], &(start as u32).to_le_bytes(), &rest].concat()
    }
}

/// The 40 bytes of the usual header.
pub(crate) fn header(columns: i32, rows: i32, bits: u16, packing: u32) -> Vec<u8> {
    let sides = [columns.to_le_bytes(), rows.to_le_bytes()].concat();
    [&sides[..], &1_u16.to_le_bytes(), &bits.to_le_bytes(), &packing.to_le_bytes(), &[0; 20]]
        .concat()
}

/// One row of indexes that are text, which stands for what people see.
fn parts(token: &Token) -> Parts {
    let shown = token.shown();
    let mut pixels = shown.as_bytes().to_vec();
    pixels.resize(pixels.len().next_multiple_of(4), 0);
    Parts {
        header: header(i32::try_from(shown.len()).unwrap(), 1, 8, 0),
        colours: (0..=255).flat_map(|shade| [shade, shade, shade, 0]).collect(),
        gap: Vec::new(),
        pixels,
        behind: Vec::new(),
    }
}

/// The same with a header of 124 bytes, whose last 84 say these.
fn newest(token: &Token, kind: [u8; 4], numbers: &[u8], tail: &[u8]) -> Parts {
    let mut parts = parts(token);
    parts.header.extend([0; 16]);
    parts.header.extend(kind);
    parts.header.extend(numbers);
    parts.header.resize(104, 0);
    parts.header.extend([4, 0, 0, 0]);
    parts.header.extend(tail);
    parts.header.resize(120, 0);
    parts
}

/// A profile or its path behind the pixels.
fn behind(token: &Token, kind: [u8; 4]) -> Vec<u8> {
    let mut parts = newest(token, kind, &[], &[]);
    parts.behind = token.bytes().to_vec();
    let start = 124 + parts.colours.len() + parts.pixels.len();
    parts.header[108..112].copy_from_slice(&(start as u32).to_le_bytes());
    parts.header[112..116].copy_from_slice(&(token.bytes().len() as u32).to_le_bytes());
    parts.file()
}

macro_rules! row {
    ($place:expr, $outcome:expr, $plant:expr) => {
        Row { kind: Kind::Bmp, place: $place, plant: $plant, outcome: $outcome }
    };
}

/// The rows of BMP.
pub(super) fn rows() -> Vec<Row> {
    vec![
        row!("between palette and pixels", Cleaned, |t| {
            Parts { gap: t.bytes().to_vec(), ..parts(t) }.file()
        }),
        row!("behind the pixels", Cleaned, |t| {
            Parts { behind: t.bytes().to_vec(), ..parts(t) }.file()
        }),
        row!("second file behind the pixels", Cleaned, |t| {
            let second = Parts { gap: t.bytes().to_vec(), ..parts(t) }.file();
            Parts { behind: second, ..parts(t) }.file()
        }),
        row!("palette colours that no pixel has", Cleaned, |t| {
            let mut parts = parts(t);
            parts.colours[..t.bytes().len()].copy_from_slice(&t.bytes());
            parts.file()
        }),
        row!("palette of a picture without", Cleaned, |t| {
            let pixels = vec![1, 2, 3, 0];
            let (colours, header) = (Vec::new(), header(1, 1, 24, 0));
            Parts { colours, header, pixels, gap: t.bytes().to_vec(), behind: Vec::new() }.file()
        }),
        row!("path of a linked profile", Cleaned, |t| behind(t, *b"KNIL")),
        row!("embedded profile that cannot be read", Cleaned, |t| behind(t, *b"DEBM")),
        row!("primaries and gamma of a screen", Cleaned, |t| {
            newest(t, [0; 4], &t.bytes(), &[]).file()
        }),
        row!("numbers of a screen beside a common colour space", Cleaned, |t| {
            newest(t, *b"BGRs", &t.bytes(), &[]).file()
        }),
        row!("behind the end of runs", Cleaned, |t| {
            let mut parts = parts(t);
            parts.header = header(3, 1, 8, 1);
            parts.pixels = [&[3, 65, 0, 1][..], &t.bytes()].concat();
            parts.file()
        }),
        row!("colours under full transparency", Cleaned, |t| {
            let token = t.bytes();
            let pixels: Vec<u8> = [&[9, 9, 9, 255][..], &token].concat();
            let mut masks =
                [0xFF_00_00_u32, 0xFF00, 0xFF, 0x8000_0000].map(u32::to_le_bytes).concat();
            masks.truncate(16);
            let mut header = header(i32::try_from(pixels.len() / 4).unwrap(), 1, 32, 3);
            header.extend(masks);
            Parts { header, colours: Vec::new(), gap: Vec::new(), pixels, behind: Vec::new() }
                .file()
        }),
        row!("picture inside that is a JPEG", Refused(Refusal::Feature(Feature::Coding)), |t| {
            let mut parts = parts(t);
            parts.header = header(3, 1, 0, 4);
            parts.pixels = t.bytes().to_vec();
            parts.file()
        }),
        row!("header of OS/2", Refused(Refusal::Feature(Feature::Construct)), |t| {
            let mut parts = parts(t);
            parts.header.extend(t.bytes());
            parts.header.resize(60, 0);
            parts.file()
        }),
        row!("jump in runs", Refused(Refusal::Feature(Feature::Construct)), |t| {
            let mut parts = parts(t);
            parts.header = header(3, 1, 8, 1);
            parts.pixels = [&[1, 65, 0, 2, 1, 0, 1, 65, 0, 1][..], &t.bytes()].concat();
            parts.file()
        }),
        row!("indexes beyond the end of a row", Refused(Refusal::Damaged(Damage::Length)), |t| {
            let mut parts = parts(t);
            parts.header = header(3, 1, 8, 1);
            parts.pixels =
                [&[0, 9, 65, 66, 67, 68, 69, 70, 71, 72, 73, 0, 0, 1][..], &t.bytes()].concat();
            parts.file()
        }),
        row!("masks that overlap", Refused(Refusal::Feature(Feature::Coding)), |t| {
            let mut parts = parts(t);
            parts.header = header(1, 1, 32, 3);
            parts.colours = [[0xFF, 0, 0, 0], [0xFF, 0, 0, 0], [0, 0xFF, 0, 0]].concat();
            parts.pixels = t.bytes().to_vec();
            parts.file()
        }),
        row!("missing rows", Refused(Refusal::Truncated), |t| {
            let mut parts = parts(t);
            parts.header = header(3, 900, 8, 0);
            parts.pixels = t.bytes().to_vec();
            parts.file()
        }),
        row!("header of a document", Refused(Refusal::Polyglot), |t| {
            let gap = [&b"%PDF-1.7"[..], &t.bytes()].concat();
            let mut parts = Parts { gap, ..parts(t) };
            parts.colours.truncate(4 * 128);
            parts.header[28..32].copy_from_slice(&128_u32.to_le_bytes());
            parts.file()
        }),
    ]
}
