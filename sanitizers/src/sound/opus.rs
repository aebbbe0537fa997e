//! Opus: its header, and the filling of its packets, wherever they stand.
//!
//! A packet may be made longer by any number of bytes that a decoder passes over. They
//! should be noughts, and are made noughts here: a whole text fits into them. The same holds
//! for a frame of music that says in its first bits that it is silent. The header
//! keeps what is heard, the samples to leave out in front, the gain, and which stream is
//! which speaker. It also tells which rate the microphone had: that stays where it is one of
//! the usual rates.
//!
//! Format: RFC 7845 section 5.1, RFC 6716 section 3 and appendix B.

use std::ops::Range;

use super::Bytes;
use crate::Refusal;
use crate::refusal::{Damage, Feature};

/// The first bytes of the header.
pub(crate) const MARK: &[u8] = b"OpusHead";
/// The header for comments, with no name of an encoder and no comments.
pub(crate) const NO_COMMENTS: &[u8] = b"OpusTags\0\0\0\0\0\0\0\0";

/// Rates that recordings usually have.
const RATES: [u32; 7] = [8_000, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000];
/// The rate that is written in place of any other one: it is the one Opus works with.
const RATE: u32 = 48_000;
/// A channel that is silent.
const SILENT: u8 = 255;
/// From this first byte on a packet is coded as music.
const MUSIC: u8 = 0x80;
/// Bytes of the longest frame.
const FRAME: usize = 1_275;

/// The header as it is written, and how many streams are in a packet.
pub(crate) fn header(header: &[u8]) -> Result<(Vec<u8>, u8), Refusal> {
    let wrong = Refusal::Damaged(Damage::Value);
    let mut bytes = Bytes::new(header.strip_prefix(MARK).ok_or(Refusal::Damaged(Damage::Order))?);
    let [version, channels] = bytes.array()?;
    let skip = bytes.u16_le()?;
    let rate = bytes.u32_le()?;
    let gain = bytes.u16_le()?;
    let family = bytes.byte()?;
    let rate = if RATES.contains(&rate) { rate } else { RATE };
    let start = [&[1, channels][..], &skip.to_le_bytes(), &rate.to_le_bytes(), &gain.to_le_bytes()];
    let mut written = [MARK, &start.concat(), &[family]].concat();
    let streams = match family {
        _ if version == 0 || version > 15 => return Err(Refusal::Feature(Feature::Codec)),
        0 if matches!(channels, 1 | 2) => 1,
        1 | 2 | 255 if channels > 0 && (family != 1 || channels <= 8) => {
            let [streams, coupled] = bytes.array()?;
            let table = bytes.take(usize::from(channels))?;
            let most = u16::from(streams) + u16::from(coupled);
            let fits = |&number: &u8| number == SILENT || u16::from(number) < most;
            if streams == 0 || coupled > streams || most > 255 || !table.iter().all(fits) {
                return Err(wrong);
            }
            written.extend([streams, coupled]);
            written.extend(table);
            streams
        }
        0 | 1 => return Err(wrong),
        _ => return Err(Refusal::Feature(Feature::Codec)),
    };
    if bytes.rest().is_empty() { Ok((written, streams)) } else { Err(wrong) }
}

/// Samples that a packet gives, 48,000 times a second (RFC 6716, 3.1).
pub(crate) fn samples(packet: &[u8]) -> u64 {
    let &[head, ref rest @ ..] = packet else { return 0 };
    let each = match head >> 3 {
        mode @ 0..12 if mode % 4 == 3 => 2_880,
        mode @ 0..12 => 480 << (mode % 4),
        mode @ 12..16 => 480 << (mode % 2),
        mode => 120 << (mode % 4),
    };
    let count = match head & 3 {
        0 => 1,
        3 => rest.first().map_or(0, |head| head & 0x3F),
        _ => 2,
    };
    each * u64::from(count)
}

/// Where the filling of a packet is, that is not noughts already.
pub(crate) fn filling(packet: &[u8], streams: u8) -> Result<Vec<Range<usize>>, Refusal> {
    let mut bytes = Bytes::new(packet);
    let mut found = Vec::new();
    for left in (0..streams).rev() {
        let is_music = bytes.rest().first().is_some_and(|head| head >= &MUSIC);
        let (frames, filling) = one(&mut bytes, left > 0)?;
        let all = packet.len() - bytes.rest().len();
        let mut end = all.saturating_sub(filling);
        let behind = end..all;
        let mut ranges = vec![behind];
        for frame in frames.into_iter().rev() {
            let start = end.saturating_sub(frame);
            if is_music && packet.get(start..end).is_some_and(is_silent) {
                ranges.push(start + 2..end);
            }
            end = start;
        }
        ranges.retain(|range| {
            packet.get(range.clone()).unwrap_or_default().iter().any(|&byte| byte != 0)
        });
        found.extend(ranges);
    }
    Ok(found)
}

/// Whether a frame of music says that it is silent: fifteen bits that are set, which the range
/// coder reads as one (RFC 6716, 4.3). No bit behind them is read.
fn is_silent(frame: &[u8]) -> bool {
    matches!(frame, [0xFF, 0xFE | 0xFF, _, ..])
}

/// Passes over the packet of one stream, and says how long its frames are and how many bytes
/// of filling end it. `limited` is one that says itself how long its last frame is, since
/// another one follows.
fn one(bytes: &mut Bytes, limited: bool) -> Result<(Vec<usize>, usize), Refusal> {
    let wrong = Refusal::Damaged(Damage::Value);
    let code = bytes.byte()? & 3;
    let (mut filling, mut lengths, mut count) = (0_usize, Vec::new(), 1);
    let mut equal = code == 1;
    match code {
        0 => {}
        1 => count = 2,
        2 => (count, lengths) = (2, vec![length(bytes)?]),
        _ => {
            let head = bytes.byte()?;
            (count, equal) = (usize::from(head & 0x3F), head & 0x80 == 0);
            if head & 0x40 != 0 {
                filling = filling_length(bytes)?;
            }
            if !equal {
                for _ in 1..count {
                    lengths.push(length(bytes)?);
                }
            }
        }
    }
    let last = if limited {
        length(bytes)?
    } else {
        let before = filling + lengths.iter().sum::<usize>();
        let rest = bytes.rest().len().checked_sub(before).ok_or(wrong)?;
        let parts = if equal { count } else { 1 };
        if count == 0 || !rest.is_multiple_of(parts) {
            return Err(wrong);
        }
        rest / parts
    };
    if count == 0 || count > 48 || last > FRAME {
        return Err(wrong);
    }
    lengths.resize(if equal { count } else { lengths.len() + 1 }, last);
    bytes.take(lengths.iter().sum::<usize>() + filling).map_err(|_| wrong)?;
    Ok((lengths, filling))
}

/// How long a frame is.
fn length(bytes: &mut Bytes) -> Result<usize, Refusal> {
    let first = usize::from(bytes.byte()?);
    if first < 252 { Ok(first) } else { Ok(first + 4 * usize::from(bytes.byte()?)) }
}

fn filling_length(bytes: &mut Bytes) -> Result<usize, Refusal> {
    let mut sum = 0;
    loop {
        match bytes.byte()? {
            255 => sum += 254,
            last => return Ok(sum + usize::from(last)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(family: &[u8]) -> Vec<u8> {
        let channels = if family[0] == 0 { 2 } else { 3 };
        [MARK, &[1, channels, 0x38, 1, 0x80, 0xBB, 0, 0, 5, 0], family].concat()
    }

    #[test]
    fn a_header_keeps_what_is_heard() {
        assert_eq!(header(&head(&[0])), Ok((head(&[0]), 1)));
        let three = head(&[1, 2, 1, 0, 2, 1]);
        assert_eq!(header(&three), Ok((three.clone(), 2)));
        let mut rare = head(&[0]);
        rare[12..16].copy_from_slice(b"Anna");
        assert_eq!(header(&rare), Ok((head(&[0]), 1)));
    }

    #[test]
    fn a_header_that_is_none_is_refused() {
        let wrong = Err(Refusal::Damaged(Damage::Value));
        for table in [&[1, 2, 1, 0, 3, 1][..], &[1, 1, 2, 0, 1, 2], &[1, 0, 0, 0, 0, 0], &[0, 7]] {
            assert_eq!(header(&head(table)), wrong, "{table:?}");
        }
        assert_eq!(header(&head(&[3, 2, 1])), Err(Refusal::Feature(Feature::Codec)));
        assert_eq!(header(&head(&[1, 2])), Err(Refusal::Truncated));
        let mut next = head(&[0]);
        next[8] = 16;
        assert_eq!(header(&next), Err(Refusal::Feature(Feature::Codec)));
    }

    #[test]
    fn filling_is_found_at_the_end_of_each_stream() {
        let filling = |packet: &[u8], streams| {
            let found = filling(packet, streams).unwrap();
            found.iter().map(|range| (range.start, range.end)).collect::<Vec<_>>()
        };
        assert_eq!(filling(b"\x98\xFF\xFE", 1), []);
        // Two frames of two bytes each, three bytes of filling.
        assert_eq!(filling(b"\x0B\x42\x03aabbtxt", 1), [(7, 10)]);
        assert_eq!(filling(b"\x0B\x42\x03aabb\0\0\0", 1), []);
        // Frames of one and of two bytes; two more of filling.
        assert_eq!(filling(b"\x0B\xC2\x02\x01abbtx", 1), [(7, 9)]);
        // Two streams: the first says how long its frame is.
        assert_eq!(filling(b"\x0B\x41\x02\x01atx\x08rest", 2), [(5, 7)]);
        // A length of two bytes, and filling of more than 254.
        let long = [&b"\x0B\x41\xFF\x01"[..], &[b'a'; 300], &[b't'; 255]].concat();
        assert_eq!(filling(&long, 1), [(304, 559)]);
        let two = [&b"\x0A\xFC\x01"[..], &[b'a'; 256]].concat();
        assert_eq!(filling(&two, 1), []);
    }

    #[test]
    fn what_follows_silence_is_filling() {
        let of = |packet: &[u8], streams| {
            let found = filling(packet, streams).unwrap();
            found.iter().map(|range| (range.start, range.end)).collect::<Vec<_>>()
        };
        let filling = |packet: &[u8]| of(packet, 1);
        assert_eq!(filling(b"\xF8\xFF\xFE"), []);
        assert_eq!(filling(b"\xF8\xFF\xFE\0\0"), []);
        assert_eq!(filling(b"\xF8\xFF\xFEtext"), [(3, 7)]);
        assert_eq!(filling(b"\xF8\xFF\xFDtext"), []);
        // Speech has no such bits.
        assert_eq!(filling(b"\x08\xFF\xFEtext"), []);
        // Two frames of one length, two of different ones with filling, two streams.
        assert_eq!(filling(b"\xF9\xFF\xFEtextsounds"), [(3, 7)]);
        assert_eq!(filling(b"\xFB\xC2\x02\x05sound\xFF\xFFabxy"), [(13, 15), (11, 13)]);
        assert_eq!(of(b"\xF8\x04\xFF\xFEab\xF8sound", 2), [(4, 6)]);
    }

    #[test]
    fn the_first_byte_says_how_long_a_packet_sounds() {
        for (packet, length) in [
            (&b"\xF8"[..], 960),
            (b"\x18", 2_880),
            (b"\x61", 960),
            (b"\x81", 240),
            (b"\xFB\x06", 5_760),
            (b"", 0),
        ] {
            assert_eq!(samples(packet), length, "{packet:?}");
        }
    }

    #[test]
    fn packets_that_no_decoder_reads_are_refused() {
        for packet in [&b""[..], b"\x09odd", b"\x0B\x40", b"\x0B\x43\x01ab", b"\x0A\x09a", b"\x0B"]
        {
            assert!(filling(packet, 1).is_err(), "{packet:?}");
        }
    }
}
