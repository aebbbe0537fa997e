//! The allow-list of entries.

use crate::allow::AllowList;

pub(super) const WIDTH: u16 = 256;
pub(super) const HEIGHT: u16 = 257;
pub(super) const BITS: u16 = 258;
pub(super) const CODING: u16 = 259;
pub(super) const PHOTOMETRIC: u16 = 262;
pub(super) const FILL_ORDER: u16 = 266;
pub(super) const STRIP_PLACES: u16 = 273;
pub(super) const ORIENTATION: u16 = 274;
pub(super) const SAMPLES: u16 = 277;
pub(super) const STRIP_ROWS: u16 = 278;
pub(super) const STRIP_LENGTHS: u16 = 279;
pub(super) const DOTS_ACROSS: u16 = 282;
pub(super) const DOTS_DOWN: u16 = 283;
pub(super) const PLANAR: u16 = 284;
pub(super) const FAX3_OPTIONS: u16 = 292;
pub(super) const DOTS_UNIT: u16 = 296;
pub(super) const PREDICTOR: u16 = 317;
pub(super) const PALETTE: u16 = 320;
pub(super) const TILE_WIDTH: u16 = 322;
pub(super) const TILE_HEIGHT: u16 = 323;
pub(super) const TILE_PLACES: u16 = 324;
pub(super) const TILE_LENGTHS: u16 = 325;
pub(super) const INKS: u16 = 332;
pub(super) const EXTRA: u16 = 338;
pub(super) const FORMAT: u16 = 339;
pub(super) const JPEG_TABLES: u16 = 347;
pub(super) const LUMA: u16 = 529;
pub(super) const SUBSAMPLING: u16 = 530;
pub(super) const POSITIONING: u16 = 531;
pub(super) const REFERENCE: u16 = 532;
pub(super) const PROFILE: u16 = 34_675;

/// Entries that are read; most of them are written, by their meaning.
pub(crate) const TAGS: AllowList<u16> = AllowList {
    name: "tiff entries",
    allowed: &[
        WIDTH,
        HEIGHT,
        BITS,
        CODING,
        PHOTOMETRIC,
        FILL_ORDER,
        STRIP_PLACES,
        ORIENTATION,
        SAMPLES,
        STRIP_ROWS,
        STRIP_LENGTHS,
        DOTS_ACROSS,
        DOTS_DOWN,
        PLANAR,
        FAX3_OPTIONS,
        DOTS_UNIT,
        PREDICTOR,
        PALETTE,
        TILE_WIDTH,
        TILE_HEIGHT,
        TILE_PLACES,
        TILE_LENGTHS,
        INKS,
        EXTRA,
        FORMAT,
        JPEG_TABLES,
        LUMA,
        SUBSAMPLING,
        POSITIONING,
        REFERENCE,
        PROFILE,
    ],
    // Names, descriptions, makers, programs, dates, people, hosts; whole blocks and
    // directories of other formats.
    forbidden: &[
        269, 270, 271, 272, 285, 305, 306, 315, 316, 330, 700, 33_432, 33_550, 33_723, 34_377,
        34_665, 34_735, 34_737, 34_853, 37_724, 42_016, 42_112, 50_341,
    ],
};

/// What becomes of the entries on the list, in the order in which they are written.
const KEPT: [(u16, &str); 27] = [
    (WIDTH, "ImageWidth: columns"),
    (HEIGHT, "ImageLength: rows"),
    (BITS, "BitsPerSample: 1, 2, 4, 8, 12, 16, 32 or 64, the same for all samples"),
    (CODING, "Compression: none, LZW (also for PackBits), JPEG, Deflate, fax of Group 4"),
    (PHOTOMETRIC, "PhotometricInterpretation: grey, RGB, palette, CMYK, YCbCr, Lab"),
    (FILL_ORDER, "FillOrder: undone, not written"),
    (STRIP_PLACES, "StripOffsets: one behind the other"),
    (ORIENTATION, "Orientation: if the picture is turned"),
    (SAMPLES, "SamplesPerPixel"),
    (STRIP_ROWS, "RowsPerStrip: at most the rows of the picture"),
    (STRIP_LENGTHS, "StripByteCounts"),
    (DOTS_ACROSS, "XResolution: nearest usual number to the inch"),
    (DOTS_DOWN, "YResolution: nearest usual number to the inch"),
    (PLANAR, "PlanarConfiguration: if there are several planes"),
    (DOTS_UNIT, "ResolutionUnit: the inch"),
    (PREDICTOR, "Predictor: if there is one"),
    (PALETTE, "ColorMap: without colours that no pixel has"),
    (TILE_WIDTH, "TileWidth, TileLength"),
    (TILE_PLACES, "TileOffsets, TileByteCounts: one behind the other"),
    (EXTRA, "ExtraSamples: whether one is transparency"),
    (FORMAT, "SampleFormat: if samples are signed or floating"),
    (JPEG_TABLES, "JPEGTables: moved into each strip or tile, only those in use"),
    (LUMA, "YCbCrCoefficients: one of the usual sets"),
    (SUBSAMPLING, "YCbCrSubSampling"),
    (POSITIONING, "YCbCrPositioning"),
    (REFERENCE, "ReferenceBlackWhite: one of the usual sets"),
    (PROFILE, "ICC profile, issued anew"),
];

/// The allow-list as lines of text.
pub(crate) fn explain() -> Vec<String> {
    KEPT.iter().map(|(tag, what)| format!("{tag}: {what}")).collect()
}
