//! Every hiding place of a Matroska film.

use super::film::build;
use super::flac;
use super::{Outcome, Row, Token, ogg};
#[cfg(test)]
use crate::Warning;
use crate::refusal::{Damage, Feature};
use crate::{Kind, Refusal};

/// An element whose length has eight bytes, as live recordings have them.
pub(crate) fn element(id: u32, content: &[u8]) -> Vec<u8> {
    let id: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|&byte| byte == 0).collect();
    let mut length = (content.len() as u64).to_be_bytes();
    length[0] = 1;
    [&id, &length[..], content].concat()
}

/// An element that does not say how long it is.
pub(crate) fn open(id: u32, content: &[u8]) -> Vec<u8> {
    let mut all = element(id, content);
    let place = all.len() - content.len() - 7;
    all[place..place + 7].fill(0xFF);
    all
}

fn number(id: u32, number: u8) -> Vec<u8> {
    element(id, &[number])
}

/// The head of a file, with more in it.
pub(crate) fn head(doc_type: &str, more: &[u8]) -> Vec<u8> {
    element(0x1A45_DFA3, &[&element(0x4282, doc_type.as_bytes()), more].concat())
}

/// What is said of a film.
pub(crate) fn info(more: &[u8]) -> Vec<u8> {
    element(0x1549_A966, &[&number(0x2A_D7B1, 100), more].concat())
}

/// A track: its number and kind, its coding, what it looks like, and more.
pub(crate) fn track(
    (at, kind): (u8, u8),
    (codec, private): (&str, &[u8]),
    looks: &[u8],
    more: &[u8],
) -> Vec<u8> {
    let private = if private.is_empty() { Vec::new() } else { element(0x63A2, private) };
    let id = if kind == 1 { 0xE0 } else { 0xE1 };
    let codec = element(0x86, codec.as_bytes());
    let parts = [number(0xD7, at), number(0x83, kind), codec, private, element(id, looks)];
    element(0xAE, &[&parts.concat(), more].concat())
}

/// Pictures of 16 by 16.
pub(crate) fn size() -> Vec<u8> {
    [number(0xB0, 16), number(0xBA, 16)].concat()
}

fn pictures(looks: &[u8], more: &[u8]) -> Vec<u8> {
    track((1, 1), ("V_VP8", b""), &[&size(), looks].concat(), more)
}

/// A block of one frame.
pub(crate) fn block(track: u8, frame: &[u8]) -> Vec<u8> {
    element(0xA3, &[&[0x80 | track, 0, 5, 0x80], frame].concat())
}

/// A group around a block, with more in it.
pub(crate) fn group(frame: &[u8], more: &[u8]) -> Vec<u8> {
    let block = element(0xA1, &[&[0x81, 0, 7, 0], frame].concat());
    element(0xA0, &[&block, more].concat())
}

/// A cluster at a time of few bytes.
pub(crate) fn cluster(time: &[u8], blocks: &[u8]) -> Vec<u8> {
    element(0x1F43_B675, &[&element(0xE7, time), blocks].concat())
}

/// A film of these tracks, and whatever follows them.
pub(crate) fn film(tracks: &[u8], rest: &[u8]) -> Vec<u8> {
    let segment = [&info(b""), &element(0x1654_AE6B, tracks), rest].concat();
    [head("matroska", b""), element(0x1853_8067, &segment)].concat()
}

/// A film of pictures that people see.
pub(crate) fn plain(token: &Token) -> Vec<u8> {
    with_part(token, b"")
}

fn frame(token: &Token) -> Vec<u8> {
    cluster(&[0], &block(1, token.shown().as_bytes()))
}

fn with_info(token: &Token, more: &[u8]) -> Vec<u8> {
    let tracks = element(0x1654_AE6B, &pictures(b"", b""));
    let segment = [info(more), tracks, frame(token)].concat();
    [head("matroska", b""), element(0x1853_8067, &segment)].concat()
}

fn with_track(token: &Token, looks: &[u8], more: &[u8]) -> Vec<u8> {
    film(&pictures(looks, more), &frame(token))
}

/// A film with one more part behind its first cluster.
pub(crate) fn with_part(token: &Token, part: &[u8]) -> Vec<u8> {
    film(&pictures(b"", b""), &[&frame(token), part].concat())
}

fn with_blocks(token: &Token, more: &[u8]) -> Vec<u8> {
    let blocks = [&block(1, token.shown().as_bytes()), more].concat();
    film(&pictures(b"", b""), &cluster(&[0], &blocks))
}

/// A film in one coding.
pub(crate) fn coded(kind: u8, codec: &str, private: &[u8], frame: &[u8]) -> Vec<u8> {
    let looks = if kind == 1 { size() } else { number(0x9F, 1) };
    film(&track((1, kind), (codec, private), &looks, b""), &cluster(&[0], &block(1, frame)))
}

/// Units with a length in front of each.
fn units(all: &[&[u8]]) -> Vec<u8> {
    let unit = |unit: &&[u8]| [&(unit.len() as u32).to_be_bytes(), *unit].concat();
    all.iter().flat_map(unit).collect()
}

/// A message of user data: its kind and length, a number, and words.
fn user_data(token: &Token) -> Vec<u8> {
    [&[5, 32][..], &[0xDC; 16], &token.bytes(), &[0x80]].concat()
}

fn hevc() -> Vec<u8> {
    let mut all = vec![0; 23];
    all[0] = 1;
    all[21] = 3;
    all
}

fn vorbis(token: &Token) -> Vec<u8> {
    let comments = ogg::commented(&token.hidden(), &[]);
    let first = ogg::first(&[0; 12]);
    let sizes = [2, first.len() as u8, comments.len() as u8];
    [&sizes[..], &first, &comments, &ogg::setup()].concat()
}

fn flac_head(token: &Token, digest: [u8; 16], more: &[u8]) -> Vec<u8> {
    let mut info = flac::info(token.shown().as_bytes(), 1);
    info[18..].copy_from_slice(&digest);
    [&b"fLaC\0\0\0\x22"[..], &info, more].concat()
}

fn row(place: &'static str, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { kind: Kind::Mkv, place, plant, outcome: Outcome::Cleaned }
}

fn silent(place: &'static str, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { outcome: Outcome::CleanedSilently, ..row(place, plant) }
}

fn refused(place: &'static str, reason: Refusal, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { outcome: Outcome::Refused(reason), ..row(place, plant) }
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = of_film();
    rows.extend(of_parts());
    rows.extend(of_tracks());
    rows.extend(of_clusters());
    rows.extend(of_codings());
    rows.extend(refusals());
    rows
}

fn of_film() -> Vec<Row> {
    vec![
        row("Title", |t| with_info(t, &element(0x7BA9, &t.bytes()))),
        row("MuxingApp", |t| with_info(t, &element(0x4D80, &t.bytes()))),
        row("WritingApp", |t| with_info(t, &element(0x5741, &t.bytes()))),
        row("DateUTC", |t| with_info(t, &element(0x4461, &t.bytes()))),
        row("SegmentUUID", |t| with_info(t, &element(0x73A4, &t.bytes()))),
        row("PrevUUID", |t| with_info(t, &element(0x3C_B923, &t.bytes()))),
        row("NextUUID", |t| with_info(t, &element(0x3E_B923, &t.bytes()))),
        row("SegmentFamily", |t| with_info(t, &element(0x4444, &t.bytes()))),
        row("SegmentFilename", |t| with_info(t, &element(0x7384, &t.bytes()))),
        row("PrevFilename", |t| with_info(t, &element(0x3C_83AB, &t.bytes()))),
        row("NextFilename", |t| with_info(t, &element(0x3E_83BB, &t.bytes()))),
        row("ChapterTranslate", |t| with_info(t, &element(0x6924, &t.bytes()))),
        row("Void in Info", |t| with_info(t, &element(0xEC, &t.bytes()))),
        row("element of a program in Info", |t| with_info(t, &element(0x7F01, &t.bytes()))),
        row("head of the file", |t| {
            let film = plain(t);
            let (_, segment) = film.split_at(head("matroska", b"").len());
            [&head("matroska", &element(0xEC, &t.bytes())), segment].concat()
        }),
    ]
}

fn of_parts() -> Vec<Row> {
    vec![
        row("Tags", |t| {
            let tag = [element(0x45A3, b"LOCATION"), element(0x4487, &t.bytes())].concat();
            with_part(t, &element(0x1254_C367, &element(0x7373, &element(0x67C8, &tag))))
        }),
        row("Attachments", |t| {
            let file = [element(0x466E, b"cover.jpg"), element(0x465C, &t.bytes())].concat();
            with_part(t, &element(0x1941_A469, &element(0x61A7, &file)))
        }),
        row("Chapters", |t| with_part(t, &element(0x1043_A770, &t.bytes()))),
        row("Void", |t| with_part(t, &element(0xEC, &t.bytes()))),
        silent("Cues", |t| with_part(t, &element(0x1C53_BB6B, &element(0xEC, &t.bytes())))),
        silent("SeekHead", |t| with_part(t, &element(0x114D_9B74, &element(0xEC, &t.bytes())))),
        silent("CRC-32", |t| with_part(t, &element(0xBF, &t.bytes()))),
        row("part of a program", |t| with_part(t, &element(0x1FFF_FFF0, &t.bytes()))),
        row("behind the segment", |t| [plain(t), t.bytes().to_vec()].concat()),
        row("Void before the segment", |t| {
            let film = plain(t);
            let (start, rest) = film.split_at(head("matroska", b"").len());
            [start, &element(0xEC, &t.bytes()), rest].concat()
        }),
        row("end of a live recording that is cut", |t| {
            let last = block(1, &[&t.bytes()[..], b"cut"].concat());
            let rest = open(0x1F43_B675, &[element(0xE7, &[9]), last].concat());
            let tracks = element(0x1654_AE6B, &pictures(b"", b""));
            let segment = [info(b""), tracks, frame(t), rest].concat();
            let film = [head("matroska", b""), open(0x1853_8067, &segment)].concat();
            film[..film.len() - 3].to_vec()
        }),
    ]
}

fn of_tracks() -> Vec<Row> {
    vec![
        row("Name", |t| with_track(t, b"", &element(0x536E, &t.bytes()))),
        row("CodecName", |t| with_track(t, b"", &element(0x25_8688, &t.bytes()))),
        row("Language", |t| with_track(t, b"", &element(0x22_B59C, &t.bytes()))),
        row("LanguageBCP47", |t| with_track(t, b"", &element(0x22_B59D, &t.bytes()))),
        row("TrackUID", |t| with_track(t, b"", &element(0x73C5, &t.bytes()))),
        row("AttachmentLink", |t| with_track(t, b"", &element(0x7446, &t.bytes()))),
        row("CodecSettings", |t| with_track(t, b"", &element(0x3A_9697, &t.bytes()))),
        row("CodecInfoURL", |t| with_track(t, b"", &element(0x3B_4040, &t.bytes()))),
        row("CodecDownloadURL", |t| with_track(t, b"", &element(0x26_B240, &t.bytes()))),
        row("BlockAdditionMapping", |t| with_track(t, b"", &element(0x41E4, &t.bytes()))),
        row("Void in a track", |t| with_track(t, b"", &element(0xEC, &t.bytes()))),
        row("UncompressedFourCC", |t| with_track(t, &element(0x2E_B524, &t.bytes()), b"")),
        row("AspectRatioType", |t| with_track(t, &element(0x54B3, &t.bytes()), b"")),
        row("Void in the looks of a track", |t| with_track(t, &element(0xEC, &t.bytes()), b"")),
        row("Void in colours", |t| {
            with_track(t, &element(0x55B0, &element(0xEC, &t.bytes())), b"")
        }),
        row("ProjectionPrivate", |t| {
            with_track(t, &element(0x7670, &element(0x7672, &t.bytes())), b"")
        }),
        row("CodecPrivate that no decoder reads", |t| {
            coded(1, "V_VP8", &t.bytes(), t.shown().as_bytes())
        }),
        row("CodecPrivate that is no list", |t| {
            coded(1, "V_VP9", &t.bytes(), t.shown().as_bytes())
        }),
        row("subtitles", |t| {
            let words = track((2, 17), ("S_TEXT/UTF8", b""), b"", b"");
            let tracks = [pictures(b"", b""), words].concat();
            let blocks = [block(1, t.shown().as_bytes()), block(2, &t.bytes())].concat();
            film(&tracks, &cluster(&[0], &blocks))
        }),
        row("track of places", |t| {
            let places = track((2, 33), ("D_GPS", &t.bytes()), b"", b"");
            film(&[pictures(b"", b""), places].concat(), &frame(t))
        }),
    ]
}

fn of_clusters() -> Vec<Row> {
    vec![
        row("Void in a cluster", |t| with_blocks(t, &element(0xEC, &t.bytes()))),
        silent("CRC-32 in a cluster", |t| with_blocks(t, &element(0xBF, &t.bytes()))),
        silent("Position", |t| with_blocks(t, &element(0xA7, &t.bytes()))),
        silent("PrevSize", |t| with_blocks(t, &element(0xAB, &t.bytes()))),
        silent("SilentTracks", |t| with_blocks(t, &element(0x5854, &t.bytes()))),
        row("element of a program in a cluster", |t| with_blocks(t, &element(0xC7, &t.bytes()))),
        silent("block of no track", |t| with_blocks(t, &block(9, &t.bytes()))),
        row("BlockAdditions", |t| {
            let group = group(t.shown().as_bytes(), &element(0x75A1, &t.bytes()));
            film(&pictures(b"", b""), &cluster(&[0], &group))
        }),
        row("Void in a group", |t| {
            let group = group(t.shown().as_bytes(), &element(0xEC, &t.bytes()));
            film(&pictures(b"", b""), &cluster(&[0], &group))
        }),
        silent("Slices", |t| {
            let group = group(t.shown().as_bytes(), &element(0x8E, &t.bytes()));
            film(&pictures(b"", b""), &cluster(&[0], &group))
        }),
    ]
}

fn of_codings() -> Vec<Row> {
    vec![
        row("user data of H.264", |t| {
            let picture = [b"\x65", t.shown().as_bytes()].concat();
            let message = [&b"\x06"[..], &user_data(t)].concat();
            coded(1, "V_MPEG4/ISO/AVC", &build::avc(), &units(&[&message, &picture]))
        }),
        row("behind the sets of H.264", |t| {
            let picture = [b"\x65", t.shown().as_bytes()].concat();
            coded(
                1,
                "V_MPEG4/ISO/AVC",
                &[build::avc(), t.bytes().to_vec()].concat(),
                &units(&[&picture]),
            )
        }),
        row("user data of H.265", |t| {
            let picture = [b"\x26\x01", t.shown().as_bytes()].concat();
            let message = [&b"\x4E\x01"[..], &user_data(t)].concat();
            coded(1, "V_MPEGH/ISO/HEVC", &hevc(), &units(&[&message, &picture]))
        }),
        row("metadata of AV1", |t| {
            let unit = |kind: u8, content: &[u8]| [&[kind << 3 | 2, 16], content].concat();
            let frame = [unit(5, &t.bytes()), unit(6, t.shown().as_bytes())].concat();
            coded(1, "V_AV1", b"\x81\0\0\0", &frame)
        }),
        row("user data of MPEG-4", |t| {
            let words = [&b"\0\0\x01\xB2"[..], &t.bytes()].concat();
            let frame = [&words[..], b"\0\0\x01\xB6", t.shown().as_bytes()].concat();
            coded(1, "V_MPEG4/ISO/ASP", b"\0\0\x01\xB0\x01", &frame)
        }),
        row("settings of MPEG-4", |t| {
            let private = [&b"\0\0\x01\xB0\x01\0\0\x01\xB2"[..], &t.bytes()].concat();
            let frame = [b"\0\0\x01\xB6", t.shown().as_bytes()].concat();
            coded(1, "V_MPEG4/ISO/ASP", &private, &frame)
        }),
        row("vendor of Vorbis", |t| coded(2, "A_VORBIS", &vorbis(t), &ogg::packet(t))),
        row("behind the settings of AAC", |t| {
            let private = [&b"\x12\x08"[..], &t.bytes()].concat();
            coded(2, "A_AAC", &private, t.shown().as_bytes())
        }),
        row("filling of an Opus packet", |t| {
            let head = b"OpusHead\x01\x01\x38\x01\x80\xBB\0\0\0\0\0";
            let frame = [b"\x0B\x41\x10", t.shown().as_bytes(), &t.bytes()].concat();
            coded(2, "A_OPUS", head, &frame)
        }),
        row("blocks of FLAC", |t| {
            let block = [&b"\x84\0\0\x10"[..], &t.bytes()].concat();
            let frame = flac::frame(0, t.shown().as_bytes());
            coded(2, "A_FLAC", &flac_head(t, [0; 16], &block), &frame)
        }),
        row("digest of FLAC", |t| {
            let frame = flac::frame(0, t.shown().as_bytes());
            coded(2, "A_FLAC", &flac_head(t, t.bytes(), b""), &frame)
        }),
        row("settings that MP3 has not", |t| {
            let frame = [b"\xFF\xFB\x10\xC4", t.shown().as_bytes()].concat();
            coded(2, "A_MPEG/L3", &t.bytes(), &frame)
        }),
    ]
}

fn refusals() -> Vec<Row> {
    let codec = Refusal::Feature(Feature::Codec);
    let construct = Refusal::Feature(Feature::Construct);
    vec![
        refused("pictures as JPEG", codec, |t| coded(1, "V_MJPEG", &t.bytes(), b"x")),
        refused("codings of AVI", codec, |t| coded(1, "V_MS/VFW/FOURCC", &t.bytes(), b"x")),
        refused("Theora", codec, |t| coded(1, "V_THEORA", &t.bytes(), b"x")),
        refused("codings of WAV", codec, |t| coded(2, "A_MS/ACM", &t.bytes(), b"x")),
        refused("MPEG-4 coder with its own way", codec, |t| {
            let private = [&b"\0\0\x01\xB0\x01\0\0\x01\xB2XviD0069"[..], &t.bytes()].concat();
            coded(1, "V_MPEG4/ISO/ASP", &private, b"\0\0\x01\xB6picture")
        }),
        refused("DTS", codec, |t| coded(2, "A_DTS", &t.bytes(), b"x")),
        refused("encrypted track", Refusal::Password, |t| {
            let encoding = [number(0x5033, 1), element(0x5035, &t.bytes())].concat();
            with_track(t, b"", &element(0x6D80, &element(0x6240, &encoding)))
        }),
        refused("frames packed once more", Refusal::Feature(Feature::Filter), |t| {
            let packed = [number(0x4254, 0), element(0x4255, &t.bytes())].concat();
            let encoding = element(0x6240, &element(0x5034, &packed));
            with_track(t, b"", &element(0x6D80, &encoding))
        }),
        refused("tracks that make one", construct, |t| {
            with_track(t, b"", &element(0xE2, &t.bytes()))
        }),
        refused("film around the viewer", construct, |t| {
            let projection = [number(0x7671, 1), element(0x7672, &t.bytes())].concat();
            with_track(t, &element(0x7670, &projection), b"")
        }),
        refused("second segment", construct, |t| {
            let hidden = element(0x1853_8067, &info(&element(0x7BA9, &t.bytes())));
            [plain(t), hidden].concat()
        }),
        refused("encrypted block", Refusal::Password, |t| {
            with_blocks(t, &element(0xAF, &t.bytes()))
        }),
        refused("state of a decoder", construct, |t| {
            let group = group(t.shown().as_bytes(), &element(0xA4, &t.bytes()));
            film(&pictures(b"", b""), &cluster(&[0], &group))
        }),
        refused("second list of tracks", Refusal::Damaged(Damage::Order), |t| {
            with_part(t, &element(0x1654_AE6B, &pictures(b"", &element(0x536E, &t.bytes()))))
        }),
        refused("no frame at all", Refusal::Damaged(Damage::Missing), |t| {
            film(&pictures(b"", &element(0x536E, &t.bytes())), b"")
        }),
        refused("number that is too long", Refusal::Damaged(Damage::Length), |t| {
            with_track(t, &element(0x54B0, &t.bytes()), b"")
        }),
        refused("bytes behind a frame of FLAC", Refusal::Damaged(Damage::Length), |t| {
            let frame = [&flac::frame(0, t.shown().as_bytes())[..], &t.bytes()].concat();
            coded(2, "A_FLAC", &flac_head(t, [0; 16], b""), &frame)
        }),
        refused("bytes behind a frame of MP3", Refusal::Damaged(Damage::Length), |t| {
            let frame = [b"\xFF\xFB\x10\xC4", &[0; 100][..], &t.bytes()].concat();
            coded(2, "A_MPEG/L3", b"", &frame)
        }),
        refused("what is no frame of MP3", Refusal::Damaged(Damage::Value), |t| {
            coded(2, "A_MPEG/L3", b"", &t.bytes())
        }),
        refused("film that is cut", Refusal::Truncated, |t| {
            let film = with_track(t, b"", &element(0x536E, &t.bytes()));
            film[..film.len() - 3].to_vec()
        }),
    ]
}

pub(super) fn lists() -> Vec<super::neighbours::List> {
    use super::neighbours::list;
    use crate::matroska::{BLOCKS, CODINGS, PARTS, PICTURE, TRACK};
    vec![
        list(&CODINGS, &[Kind::Mkv]),
        list(&PARTS, &[Kind::Mkv]),
        list(&BLOCKS, &[Kind::Mkv]),
        list(&TRACK, &[Kind::Mkv]),
        list(&PICTURE, &[Kind::Mkv]),
    ]
}

#[test]
fn what_a_player_does_not_show_is_warned_about() {
    let warnings = |film: &[u8]| super::clean(film).unwrap().1.warnings;
    let frames = [block(1, b"picture"), block(2, b"another")].concat();
    let film = |second: &[u8], blocks: &[u8]| {
        film(&[&pictures(b"", b"")[..], second].concat(), &cluster(&[0], blocks))
    };
    let second = |more: &[u8]| track((2, 1), ("V_VP8", b""), &size(), more);
    assert_eq!(warnings(&film(b"", &frames)), []);
    assert_eq!(warnings(&film(&second(b""), &frames)), [Warning::HiddenParts]);
    let sound = |more: &[u8]| track((2, 2), ("A_AC3", b""), &number(0x9F, 1), more);
    assert_eq!(warnings(&film(&sound(&element(0xB9, b"")), &frames)), []);
    assert_eq!(warnings(&film(&sound(&number(0xB9, 0)), &frames)), [Warning::HiddenParts]);
    let unseen = element(0xA3, b"\x81\0\x05\x88unseen");
    assert_eq!(warnings(&film(b"", &[frames, unseen].concat())), [Warning::HiddenParts]);
}

#[test]
fn what_lies_beyond_the_shown_area_is_warned_about() {
    let warnings = |set: &[u8]| {
        let private = build::avc_of(set, build::PICTURE);
        let film = coded(1, "V_MPEG4/ISO/AVC", &private, &units(&[b"\x65picture"]));
        super::clean(&film).unwrap().1.warnings
    };
    assert_eq!(warnings(build::CUT), [Warning::CroppedArea]);
    assert_eq!(warnings(build::WHOLE), []);
}

#[test]
fn numbers_of_a_track_are_those_that_mean_something() {
    let token = Token::new(9);
    let looks = |more: &[u8]| super::clean(&with_track(&token, more, b"")).unwrap().0;
    let track = |more: &[u8]| super::clean(&with_track(&token, b"", more)).unwrap().0;
    let text = |id: u32| element(id, b"Anna");
    // Lists without such a row.
    for id in [0x9A, 0x9D, 0x53B8, 0x54B2] {
        assert_eq!(looks(&text(id)), looks(b""), "{id:X}");
    }
    for id in [0x55B1, 0x55B2, 0x55B3, 0x55B7, 0x55B9, 0x55BA, 0x55BB, 0x55BC, 0x55BD] {
        let colour = |content: &[u8]| looks(&element(0x55B0, content));
        assert_eq!(colour(&text(id)), colour(b""), "{id:X}");
        assert_ne!(colour(&number(id, 1)) == colour(b""), id != 0x55BD, "{id:X}");
    }
    assert_eq!(track(&text(0x88)), track(&number(0x88, 1)));
    assert_eq!(track(&text(0x56BB)), track(b""));
    assert_ne!(track(&element(0x56BB, &[4, 0xC4, 0xB4, 0])), track(b""));
    // Sizes and times that cannot be.
    for wrong in [with_track(&token, &text(0x54B0), b""), with_track(&token, b"", &text(0x56AA))] {
        assert_eq!(super::clean(&wrong).unwrap_err(), Refusal::Damaged(Damage::Value));
    }
}

#[test]
fn the_screen_of_a_film_is_one_that_there_is() {
    let with = |screen: [f64; 10]| {
        let screen = (0x55D1..).zip(screen);
        let screen: Vec<u8> =
            screen.flat_map(|(id, number)| element(id, &number.to_be_bytes())).collect();
        let colour = element(0x55B0, &element(0x55D0, &screen));
        super::clean(&with_track(&Token::new(9), &colour, b"")).unwrap().0
    };
    let usual = [0.708, 0.292, 0.17, 0.797, 0.131, 0.046, 0.3127, 0.329, 1000.0, 0.005];
    let mut near = usual;
    near[0] += 1e-7;
    assert_eq!(with(near), with(usual));
    assert!(memchr::memmem::find(&with(usual), &0.708_f64.to_be_bytes()).is_some());
    let mut other = usual;
    other[8] = 1234.5678;
    assert_eq!(with(other), with([0.5; 10]));
}

#[test]
fn a_frame_says_only_whether_it_needs_others() {
    let with = |references: &[&[u8]]| {
        let all: Vec<u8> = references.iter().flat_map(|time| element(0xFB, time)).collect();
        super::clean(&film(&pictures(b"", b""), &cluster(&[0], &group(b"frame", &all)))).unwrap().0
    };
    assert_eq!(with(&[&[0xFF; 2], b"Anna", b"\xF0nna"]), with(&[&[0xFF], &[1]]));
    assert_ne!(with(&[]), with(&[&[0xFF]]));
}

#[test]
fn frames_of_nothing_are_counted() {
    let taken = [number(0x4254, 3), element(0x4255, &[9; 64])].concat();
    let encodings = element(0x6D80, &element(0x6240, &element(0x5034, &taken)));
    let track = track((1, 2), ("A_AC3", b""), &number(0x9F, 1), &encodings);
    let lace = element(0xA3, b"\x81\0\0\x84\xC7");
    let film = film(&track, &cluster(&[0], &lace.repeat(10)));
    let within = |samples| {
        let limits = crate::Limits { samples, ..crate::Limits::default() };
        let source = &mut std::io::Cursor::new(&film);
        crate::matroska::clean(source, &limits, &mut crate::Notes::default()).map(drop)
    };
    assert_eq!(within(3_000), Ok(()));
    assert_eq!(within(1_500), Err(Refusal::Limit(crate::refusal::Limit::Parts)));
}
