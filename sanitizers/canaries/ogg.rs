//! Every hiding place of an Ogg.

use super::flac::{self, comments};
use super::sound::id3;
use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature};
use crate::{Kind, Refusal};

pub(crate) const CONTINUED: u8 = 1;
pub(crate) const FIRST: u8 = 2;
pub(crate) const LAST: u8 = 4;

/// A checksum without a table.
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = 0_u32;
    for byte in bytes {
        sum ^= u32::from(*byte) << 24;
        for _ in 0..8 {
            sum = (sum << 1) ^ (if sum >> 31 == 1 { 0x04C1_1DB7 } else { 0 });
        }
    }
    sum
}

/// A page of whole packets.
pub(crate) fn page(flags: u8, place: (u32, u32, u64), packets: &[&[u8]]) -> Vec<u8> {
    let mut sizes = Vec::new();
    for packet in packets {
        sizes.extend(vec![255; packet.len() / 255]);
        sizes.push((packet.len() % 255) as u8);
    }
    bare_page(flags, place, &sizes, &packets.concat())
}

/// A page of parts with these sizes.
pub(crate) fn bare_page(
    flags: u8,
    (serial, number, position): (u32, u32, u64),
    sizes: &[u8],
    body: &[u8],
) -> Vec<u8> {
    let mut page = [&b"OggS\0"[..], &[flags], &position.to_le_bytes()].concat();
    page.extend(serial.to_le_bytes());
    page.extend(number.to_le_bytes());
    page.extend([0; 4]);
    page.push(sizes.len() as u8);
    page.extend(sizes);
    page.extend(body);
    let sum = checksum(&page).to_le_bytes();
    page[22..26].copy_from_slice(&sum);
    page
}

/// Bits from the lowest of each byte on.
#[derive(Default)]
struct Tape {
    bytes: Vec<u8>,
    bits: usize,
}

impl Tape {
    fn put(&mut self, width: usize, number: u64) -> &mut Tape {
        for place in 0..width {
            if self.bits.is_multiple_of(8) {
                self.bytes.push(0);
            }
            *self.bytes.last_mut().unwrap() |= ((number >> place & 1) as u8) << (self.bits % 8);
            self.bits += 1;
        }
        self
    }
}

/// A setup of Vorbis with something of each sort.
pub(crate) fn setup() -> Vec<u8> {
    let mut tape = Tape::default();
    tape.put(8, 2);
    // Two codes of one bit, no values.
    tape.put(24, 0x56_43_42).put(16, 1).put(24, 2).put(1, 0).put(1, 0).put(5, 0).put(5, 0);
    tape.put(4, 0);
    // Two lengths that never fall; two values.
    tape.put(24, 0x56_43_42).put(16, 1).put(24, 2).put(1, 1).put(5, 0).put(2, 2).put(4, 1);
    tape.put(32, 0).put(32, 0).put(4, 7).put(1, 0).put(8, 1).put(8, 2);
    // Some of the codes are used; a table of values.
    tape.put(24, 0x56_43_42).put(16, 2).put(24, 2).put(1, 0).put(1, 1);
    tape.put(1, 0).put(1, 1).put(5, 0).put(4, 2).put(32, 0).put(32, 0).put(4, 0).put(1, 0);
    tape.put(4, 5);
    // Times; a floor of lines, and an old one.
    tape.put(6, 0).put(16, 0).put(6, 1);
    tape.put(16, 1).put(5, 1).put(4, 0).put(3, 0).put(2, 1).put(8, 0).put(8, 1).put(8, 1);
    tape.put(2, 0).put(4, 3).put(3, 5);
    tape.put(16, 0).put(8, 4).put(16, 8).put(16, 8).put(6, 1).put(8, 1).put(4, 0).put(8, 0);
    // A residue with two classes, of which one has books.
    tape.put(6, 0).put(16, 2).put(24, 0).put(24, 8).put(24, 8).put(6, 1).put(8, 0);
    tape.put(3, 1).put(1, 1).put(5, 1).put(3, 0).put(1, 0).put(8, 1).put(8, 1);
    // A mapping, a mode, and the last bit.
    tape.put(6, 0).put(16, 0).put(1, 0).put(1, 0).put(2, 0).put(24, 0);
    tape.put(6, 0).put(1, 0).put(32, 0).put(8, 0).put(1, 1);
    [&b"\x05vorbis"[..], &tape.bytes].concat()
}

/// The first header of Vorbis with these hints.
pub(crate) fn first(hints: &[u8]) -> Vec<u8> {
    let rate = 8_000_u32.to_le_bytes();
    [&b"\x01vorbis\0\0\0\0\x01"[..], &rate, hints, &[0x88, 1]].concat()
}

pub(crate) fn commented(vendor: &str, list: &[String]) -> Vec<u8> {
    [&b"\x03vorbis"[..], &comments(vendor, list), &[1]].concat()
}

/// A recording of these headers and packets, in which no two packets share a page.
pub(crate) fn recording(serial: u32, head: [&[u8]; 3], sound: &[&[u8]]) -> Vec<u8> {
    let mut file = page(FIRST, (serial, 0, 0), &[head[0]]);
    file.extend(page(0, (serial, 1, 0), &head[1..]));
    for (number, packet) in (1..).zip(sound) {
        let last = if number as usize == sound.len() { LAST } else { 0 };
        file.extend(page(last, (serial, number + 1, u64::from(number) * 128), &[packet]));
    }
    file
}

/// A packet of sound that people hear.
pub(crate) fn packet(token: &Token) -> Vec<u8> {
    [&[0], token.shown().as_bytes()].concat()
}

/// A file of Vorbis with these comments.
pub(crate) fn vorbis(token: &Token, comments: &[u8]) -> Vec<u8> {
    recording(0xA77A, [&first(&[0; 12]), comments, &setup()], &[&packet(token), &[0; 7]])
}

fn plain(token: &Token) -> Vec<u8> {
    vorbis(token, &commented("", &[]))
}

fn comment(token: &Token, name: &str) -> Vec<u8> {
    vorbis(token, &commented("", &[format!("{name}={}", token.hidden())]))
}

/// A file with one more stream beside the sound.
fn beside(token: &Token, mark: &[u8]) -> Vec<u8> {
    let head = [mark, &token.bytes()[..]].concat();
    let other = |flags, number, packet: &[u8]| page(flags, (9, number, 0), &[packet]);
    let (start, rest) = (58, plain(token));
    let (first, rest) = rest.split_at(start);
    let first = [&other(FIRST, 0, &head), first].concat();
    [first, other(0, 1, &token.bytes()), rest.to_vec(), other(LAST, 2, &token.bytes())].concat()
}

/// A stream of another kind, alone.
fn alone(token: &Token, mark: &[u8]) -> Vec<u8> {
    let head = [mark, &token.bytes()[..]].concat();
    [page(FIRST, (9, 0, 0), &[&head]), page(LAST, (9, 1, 5), &[&token.bytes()])].concat()
}

/// A file of Opus.
pub(crate) fn opus(token: &Token, tags: &[u8], filling: &[u8]) -> Vec<u8> {
    let head = b"OpusHead\x01\x01\x38\x01\x40\x1F\0\0\x05\0\0";
    let shown = token.shown();
    // One frame, and bytes that fill the packet.
    let packet = [&[0x0B, 0x41, filling.len() as u8], shown.as_bytes(), filling].concat();
    let mut file = page(FIRST, (7, 0, 0), &[head]);
    file.extend(page(0, (7, 1, 0), &[tags]));
    file.extend(page(LAST, (7, 2, 960), &[&packet]));
    file
}

fn opus_tags(vendor: &str, list: &[String]) -> Vec<u8> {
    [&b"OpusTags"[..], &comments(vendor, list)].concat()
}

/// A file of FLAC with one more block.
pub(crate) fn flac(token: &Token, kind: u8, data: &[u8]) -> Vec<u8> {
    let info = flac::block(0, &flac::info(token.shown().as_bytes(), 2));
    let head = [&b"\x7FFLAC\x01\0\0\x02fLaC"[..], &info].concat();
    let frames = [0, 1].map(|number| flac::frame(number, token.shown().as_bytes()));
    let mut file = page(FIRST, (3, 0, 0), &[&head]);
    file.extend(page(0, (3, 1, 0), &[&flac::block(4, &comments("", &[]))]));
    file.extend(page(0, (3, 2, 0), &[&flac::block(kind | 0x80, data)]));
    file.extend(page(LAST, (3, 3, 32), &[&frames[0], &frames[1]]));
    file
}

fn row(place: &'static str, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { kind: Kind::Ogg, place, plant, outcome: Outcome::Cleaned }
}

fn refused(place: &'static str, reason: Refusal, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { outcome: Outcome::Refused(reason), ..row(place, plant) }
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = headers();
    rows.extend(others());
    rows.extend(around());
    rows.extend(refusals());
    rows
}

fn headers() -> Vec<Row> {
    vec![
        row("vendor", |t| vorbis(t, &commented(&t.hidden(), &[]))),
        row("artist", |t| comment(t, "ARTIST")),
        row("date", |t| comment(t, "DATE")),
        row("encoder", |t| comment(t, "ENCODER")),
        row("location", |t| comment(t, "LOCATION")),
        row("picture", |t| comment(t, "METADATA_BLOCK_PICTURE")),
        row("old picture", |t| comment(t, "COVERART")),
        row("chapter", |t| comment(t, "CHAPTER001NAME")),
        row("loudness", |t| comment(t, "REPLAYGAIN_TRACK_GAIN")),
        row("name of a comment", |t| vorbis(t, &commented("", &[format!("{}=x", t.hidden())]))),
        row("comment without a name", |t| vorbis(t, &commented("", &[t.hidden()]))),
        row("behind the comments", |t| {
            vorbis(t, &[commented("", &[]), t.bytes().to_vec()].concat())
        }),
        row("hints of bitrates", |t| {
            // Sixteen bytes do not fit: the last ones are the vendor's name.
            let hidden = t.hidden();
            let head = [&first(&hidden.as_bytes()[..12]), &*commented(&hidden, &[]), &setup()];
            recording(5, head, &[&packet(t)])
        }),
        row("Opus vendor", |t| opus(t, &opus_tags(&t.hidden(), &[]), b"")),
        row("Opus comment", |t| opus(t, &opus_tags("", &[format!("ARTIST={}", t.hidden())]), b"")),
        row("Opus loudness", |t| {
            opus(t, &opus_tags("", &[format!("R128_TRACK_GAIN={}", t.hidden())]), b"")
        }),
        row("behind the Opus comments", |t| {
            opus(t, &[opus_tags("", &[]), t.bytes().to_vec()].concat(), b"")
        }),
        row("filling of an Opus packet", |t| opus(t, &opus_tags("", &[]), &t.bytes())),
        row("behind a silent frame of Opus", |t| {
            let head = b"OpusHead\x01\x01\x38\x01\x40\x1F\0\0\x05\0\0";
            let silent = [&b"\xF8\xFF\xFE"[..], &t.bytes()].concat();
            let mut file = page(FIRST, (7, 0, 0), &[head]);
            file.extend(page(0, (7, 1, 0), &[&opus_tags("", &[])]));
            file.extend(page(LAST, (7, 2, 960), &[&silent]));
            file
        }),
        row("FLAC vendor", |t| flac(t, 4, &comments(&t.hidden(), &[]))),
        row("FLAC picture", |t| flac(t, 6, &t.bytes())),
        row("FLAC data of a program", |t| flac(t, 2, &t.bytes())),
        row("FLAC padding", |t| flac(t, 1, &t.bytes())),
    ]
}

fn others() -> Vec<Row> {
    vec![
        row("Skeleton", |t| beside(t, b"fishead\0")),
        row("subtitles", |t| beside(t, b"\x80kate\0\0\0")),
        row("marks for links", |t| beside(t, b"CMML\0\0\0\0")),
        row("second recording", |t| {
            let second = [&first(&[0; 12]), &*commented(&t.hidden(), &[]), &setup()];
            [plain(t), recording(6, second, &[&packet(t)])].concat()
        }),
        row("page of no stream", |t| {
            let stray = page(0, (77, 4, 9), &[&t.bytes()]);
            [plain(t), stray].concat()
        }),
    ]
}

fn around() -> Vec<Row> {
    vec![
        row("ID3 in front", |t| [id3(t, b"TPE1", 4), plain(t)].concat()),
        row("bytes between pages", |t| {
            let file = plain(t);
            [&file[..58], &t.bytes(), &file[58..]].concat()
        }),
        row("bytes behind the last page", |t| [plain(t), t.bytes().to_vec()].concat()),
        row("last page that is cut", |t| {
            let more = page(0, (0xA77A, 9, 999), &[&t.bytes(), &[0; 50]]);
            [&plain(t), &more[..more.len() - 20]].concat()
        }),
        row("packet that never ends", |t| {
            let file = plain(t);
            let body = [&t.bytes()[..], &[0; 239]].concat();
            let open = bare_page(LAST, (0xA77A, 4, u64::MAX), &[255], &body);
            // The flag of the last page is that of another one now.
            let last = page(0, (0xA77A, 3, 256), &[&[0; 7]]);
            [&file[..file.len() - last.len()], &last, &open].concat()
        }),
        row("end of a packet that never began", |t| {
            let file = plain(t);
            let stray = page(CONTINUED, (0xA77A, 2, 64), &[&t.bytes()]);
            let at = file.len() - page(LAST, (0, 0, 0), &[&[0; 7]]).len();
            [&file[..at], &stray, &file[at..]].concat()
        }),
    ]
}

fn refusals() -> Vec<Row> {
    let codec = Refusal::Feature(Feature::Codec);
    vec![
        refused("Speex", codec, |t| alone(t, b"Speex   ")),
        refused("Theora", codec, |t| alone(t, b"\x80theora")),
        refused("Dirac", codec, |t| alone(t, b"BBCD\0")),
        refused("film of the old sort", codec, |t| alone(t, b"\x01video\0")),
        refused("VP8", codec, |t| alone(t, b"OVP80")),
        refused("FLAC of the old sort", codec, |t| alone(t, b"fLaC")),
        refused("stream that nobody knows", codec, |t| beside(t, b"\x80paint")),
        refused("film with sound", codec, |t| beside(t, b"\x80theora")),
        refused("second sound", codec, |t| beside(t, b"OpusHead")),
        refused("two codings", Refusal::Feature(Feature::Construct), |t| {
            [plain(t), opus(t, &opus_tags(&t.hidden(), &[]), b"")].concat()
        }),
        refused("behind the setup", Refusal::Damaged(Damage::Length), |t| {
            let setup = [&setup()[..], &t.bytes()].concat();
            let head = [&first(&[0; 12]), &*commented("", &[]), &setup];
            recording(5, head, &[&packet(t)])
        }),
        refused("packet that is no sound", Refusal::Damaged(Damage::Order), |t| {
            let head = [&first(&[0; 12]), &*commented("", &[]), &setup()];
            recording(5, head, &[&packet(t), &t.bytes()])
        }),
        refused("wrong checksum of a page", Refusal::Damaged(Damage::Length), |t| {
            let mut file = vorbis(t, &commented(&t.hidden(), &[]));
            *file.last_mut().unwrap() ^= 1;
            file
        }),
        refused("position that goes back", Refusal::Damaged(Damage::Order), |t| {
            let mut file = vorbis(t, &commented(&t.hidden(), &[]));
            let last = page(LAST, (0xA77A, 3, 100), &[&[0; 7]]);
            file.truncate(file.len() - last.len());
            [file, last].concat()
        }),
        refused("pages behind the last one", Refusal::Damaged(Damage::Order), |t| {
            [plain(t), page(0, (0xA77A, 4, 999), &[&t.bytes()])].concat()
        }),
        refused("no packet of sound", Refusal::Damaged(Damage::Missing), |t| {
            let head = [&first(&[0; 12]), &*commented(&t.hidden(), &[]), &setup()];
            recording(5, head, &[])
        }),
    ]
}
