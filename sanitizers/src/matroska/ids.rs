//! Numbers of elements (RFC 9559, section 5).

use crate::allow::AllowList;

pub(super) const EBML: u32 = 0x1A45_DFA3;
pub(super) const EBML_VERSION: u32 = 0x4286;
pub(super) const EBML_READ_VERSION: u32 = 0x42F7;
pub(super) const MAX_ID_LENGTH: u32 = 0x42F2;
pub(super) const MAX_SIZE_LENGTH: u32 = 0x42F3;
pub(super) const DOC_TYPE: u32 = 0x4282;
pub(super) const DOC_TYPE_VERSION: u32 = 0x4287;
pub(super) const DOC_TYPE_READ_VERSION: u32 = 0x4285;

pub(super) const VOID: u32 = 0xEC;
pub(super) const CRC: u32 = 0xBF;

pub(super) const SEGMENT: u32 = 0x1853_8067;
pub(super) const SEEK_HEAD: u32 = 0x114D_9B74;
pub(super) const SEEK: u32 = 0x4DBB;
pub(super) const SEEK_ID: u32 = 0x53AB;
pub(super) const SEEK_POSITION: u32 = 0x53AC;
pub(super) const INFO: u32 = 0x1549_A966;
pub(super) const TRACKS: u32 = 0x1654_AE6B;
pub(super) const CLUSTER: u32 = 0x1F43_B675;
pub(super) const CUES: u32 = 0x1C53_BB6B;
pub(super) const CHAPTERS: u32 = 0x1043_A770;
pub(super) const TAGS: u32 = 0x1254_C367;
pub(super) const ATTACHMENTS: u32 = 0x1941_A469;

pub(super) const TIMESTAMP_SCALE: u32 = 0x2A_D7B1;
pub(super) const DURATION: u32 = 0x4489;
pub(super) const TITLE: u32 = 0x7BA9;
pub(super) const DATE: u32 = 0x4461;
pub(super) const MUXING_APP: u32 = 0x4D80;
pub(super) const WRITING_APP: u32 = 0x5741;

pub(super) const TRACK_ENTRY: u32 = 0xAE;
pub(super) const TRACK_NUMBER: u32 = 0xD7;
pub(super) const TRACK_UID: u32 = 0x73C5;
pub(super) const TRACK_TYPE: u32 = 0x83;
pub(super) const ENABLED: u32 = 0xB9;
pub(super) const DEFAULT_DURATION: u32 = 0x23_E383;
pub(super) const TRACK_TIMESTAMP_SCALE: u32 = 0x23_314F;
pub(super) const NAME: u32 = 0x536E;
pub(super) const LANGUAGE: u32 = 0x22_B59C;
pub(super) const LANGUAGE_BCP47: u32 = 0x22_B59D;
pub(super) const CODEC_ID: u32 = 0x86;
pub(super) const CODEC_PRIVATE: u32 = 0x63A2;
pub(super) const CODEC_NAME: u32 = 0x25_8688;
pub(super) const CODEC_SETTINGS: u32 = 0x3A_9697;
pub(super) const CODEC_INFO: u32 = 0x3B_4040;
pub(super) const CODEC_DOWNLOAD: u32 = 0x26_B240;
pub(super) const ATTACHMENT_LINK: u32 = 0x7446;
pub(super) const VIDEO: u32 = 0xE0;
pub(super) const AUDIO: u32 = 0xE1;
pub(super) const TRACK_OPERATION: u32 = 0xE2;
pub(super) const ALPHA_MODE: u32 = 0x53C0;
pub(super) const COLOUR: u32 = 0x55B0;
pub(super) const MASTERING: u32 = 0x55D0;
pub(super) const PROJECTION: u32 = 0x7670;
pub(super) const PROJECTION_TYPE: u32 = 0x7671;
pub(super) const ROLL: u32 = 0x7675;
pub(super) const SAMPLING_FREQUENCY: u32 = 0xB5;
pub(super) const OUTPUT_FREQUENCY: u32 = 0x78B5;
pub(super) const CHANNELS: u32 = 0x9F;
pub(super) const BIT_DEPTH: u32 = 0x6264;
pub(super) const ENCODINGS: u32 = 0x6D80;
pub(super) const ENCODING: u32 = 0x6240;
pub(super) const ENCODING_SCOPE: u32 = 0x5032;
pub(super) const ENCODING_TYPE: u32 = 0x5033;
pub(super) const COMPRESSION: u32 = 0x5034;
pub(super) const COMPRESSION_ALGORITHM: u32 = 0x4254;
pub(super) const COMPRESSION_SETTINGS: u32 = 0x4255;

pub(super) const TIMESTAMP: u32 = 0xE7;
pub(super) const SIMPLE_BLOCK: u32 = 0xA3;
pub(super) const BLOCK_GROUP: u32 = 0xA0;
pub(super) const BLOCK: u32 = 0xA1;
pub(super) const BLOCK_ADDITIONS: u32 = 0x75A1;
pub(super) const BLOCK_DURATION: u32 = 0x9B;
pub(super) const REFERENCE: u32 = 0xFB;
pub(super) const REFERENCE_PRIORITY: u32 = 0xFA;
pub(super) const CODEC_STATE: u32 = 0xA4;
pub(super) const DISCARD_PADDING: u32 = 0x75A2;
pub(super) const ENCRYPTED_BLOCK: u32 = 0xAF;

pub(super) const CUE_POINT: u32 = 0xBB;
pub(super) const CUE_TIME: u32 = 0xB3;
pub(super) const CUE_POSITIONS: u32 = 0xB7;
pub(super) const CUE_TRACK: u32 = 0xF7;
pub(super) const CUE_CLUSTER: u32 = 0xF1;

/// Parts of a segment that are read and written anew.
pub(crate) const PARTS: AllowList<u32> = AllowList {
    name: "matroska parts",
    allowed: &[INFO, TRACKS, CLUSTER],
    forbidden: &[CHAPTERS, TAGS, ATTACHMENTS, VOID],
};

/// Parts of a cluster that are read and written anew.
pub(crate) const BLOCKS: AllowList<u32> = AllowList {
    name: "matroska blocks",
    allowed: &[TIMESTAMP, SIMPLE_BLOCK, BLOCK_GROUP],
    // Empty space, a sum, the place of the cluster, the length of the last one.
    forbidden: &[VOID, CRC, 0xA7, 0xAB],
};

/// Numbers of a track that are kept: switched on, the usual one, the time of a frame, time
/// that a decoder needs before and after a jump.
pub(crate) const TRACK: AllowList<u32> = AllowList {
    name: "matroska tracks",
    allowed: &[ENABLED, 0x88, DEFAULT_DURATION, 0x56AA, 0x56BB],
    forbidden: &[NAME, CODEC_NAME, LANGUAGE_BCP47, ATTACHMENT_LINK],
};

/// Numbers of pictures that are kept: interlacing, order of fields, two eyes, sizes, what is
/// cut off, how large to show them.
pub(crate) const PICTURE: AllowList<u32> = AllowList {
    name: "matroska pictures",
    allowed: &[
        0x9A, 0x9D, 0x53B8, 0xB0, 0xBA, 0x54AA, 0x54BB, 0x54CC, 0x54DD, 0x54B0, 0x54BA, 0x54B2,
    ],
    // Four letters of another coding; how to fit the window.
    forbidden: &[0x2E_B524, 0x54B3],
};

/// What is cut off on each side.
pub(super) const CROPS: [u32; 4] = [0x54AA, 0x54BB, 0x54CC, 0x54DD];

/// Numbers of colours: matrix, bits, where colours were left out, range, curve, primaries.
pub(super) const COLOURS: [u32; 11] =
    [0x55B1, 0x55B2, 0x55B3, 0x55B4, 0x55B5, 0x55B6, 0x55B7, 0x55B8, 0x55B9, 0x55BA, 0x55BB];

/// The brightest light of a film, and that of its brightest picture.
pub(super) const LIGHT: [u32; 2] = [0x55BC, 0x55BD];

/// Fractions of the screen on which the film was made.
pub(super) const SCREEN: [u32; 10] =
    [0x55D1, 0x55D2, 0x55D3, 0x55D4, 0x55D5, 0x55D6, 0x55D7, 0x55D8, 0x55D9, 0x55DA];

/// Parts of tracks that are read, list by list.
pub(super) const READ: [&[u32]; 6] = [
    TRACK.allowed,
    PICTURE.allowed,
    &COLOURS,
    &LIGHT,
    &SCREEN,
    &[
        TRACK_NUMBER,
        TRACK_UID,
        TRACK_TYPE,
        TRACK_TIMESTAMP_SCALE,
        CODEC_ID,
        CODEC_PRIVATE,
        VIDEO,
        AUDIO,
        ALPHA_MODE,
        COLOUR,
        MASTERING,
        PROJECTION,
        PROJECTION_TYPE,
        0x7673,
        0x7674,
        ROLL,
        SAMPLING_FREQUENCY,
        OUTPUT_FREQUENCY,
        CHANNELS,
        BIT_DEPTH,
        ENCODINGS,
    ],
];

/// Numbers of tracks that every program writes and that tell nothing: sums, laces, subtitles
/// to be forced, sizes of buffers, a shift, kinds of tracks for tricks, who may need it.
pub(super) const SILENT: [u32; 18] = [
    CRC, 0x9C, 0x55AA, 0x6DE7, 0x6DF8, 0x55EE, 0xAA, 0x537F, 0x23_4E7A, 0xC0, 0xC1, 0xC4, 0xC6,
    0xC7, 0x55AB, 0x55AC, 0x55AE, 0x54B3,
];

/// What numbers an element can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// Yes or no.
    Flag,
    /// Rows of a list, to this one; what has no row says nothing, and is left out.
    List(u64),
    /// This number or none.
    Only(u64),
    /// All up to this one.
    Most(u64),
}

/// The numbers of an element that is kept.
pub(super) fn range(id: u32) -> Range {
    match id {
        ENABLED | 0x88 => Range::Flag,
        // A quarter of an hour, in nanoseconds, until the next frame; a second to skip.
        DEFAULT_DURATION => Range::Most(900_000_000_000),
        0x56AA => Range::Most(1_000_000_000),
        // What Opus needs to be decoded before it is right.
        0x56BB => Range::Only(80_000_000),
        // Fields, their order, eyes, what the size to show is counted in.
        0x9A => Range::List(2),
        0x9D | 0x53B8 => Range::List(14),
        0x54B2 => Range::List(4),
        CHANNELS => Range::Most(255),
        BIT_DEPTH | 0x55B2 => Range::List(64),
        // Colours: matrix, steps between colours and where they lie, range, curve, primaries.
        0x55B1 => Range::List(17),
        0x55B3..=0x55B6 => Range::List(4),
        0x55B7 | 0x55B8 => Range::List(2),
        0x55B9 => Range::List(3),
        0x55BA => Range::List(18),
        0x55BB => Range::List(22),
        // Sizes.
        _ => Range::Most(0xFFFF),
    }
}
