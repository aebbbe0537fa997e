//! Ogg: one stream of sound, its packets as they were, in pages of ours.
//!
//! What an Ogg tells beside its sound: the header for comments, with names, places, dates,
//! whole pictures (`METADATA_BLOCK_PICTURE`), chapters, and the encoder's name, which every
//! program fills in; the number of the stream, chosen at random or from the clock, by which
//! a copy is known again; other streams beside it, with an index (Skeleton) or words (Kate,
//! CMML); bytes before, between and behind pages; the filling of Opus packets; bitrates in
//! the header of Vorbis that are only hints; in FLAC all that stands in its blocks.
//!
//! Kept is every packet of the sound, on the page where it was, with the position of each
//! page, and so the silence to leave out at both ends, and the gain of Opus. What is left out
//! so stays in the file: where it is more than a moment a warning says so. Streams are
//! numbered from one, pages from nought, and the header for comments is empty. A file may
//! have several recordings one behind the other, if all have the same coding.
//!
//! What stays although it can tell the encoder: the tables of Vorbis, without which no
//! packet has a meaning; how packets were spread over pages; bits behind the end of a Vorbis
//! packet, and of an Opus one with speech, which only a whole decoder could tell from sound. Of an index for seeking nothing
//! is needed: players find their way by the positions.
//!
//! Refused: two sounds at once, films, Speex and other old codings, pages with a wrong
//! checksum, positions that go back.
//!
//! Format: RFC 3533, RFC 7845, Vorbis I appendix A, RFC 9639 section 10.1.

mod checksum;
mod flac;
mod page;
mod stream;
mod unplayed;
mod write;

use std::borrow::Cow;

use crate::allow::AllowList;
use crate::refusal::{Damage, Feature};
use crate::sound::{opus, vorbis};
use crate::{About, Category, Limits, Notes, ReadSeek, Refusal, Warning};
use stream::{Link, Packet};

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "the packets of one sound bit by bit (Vorbis, Opus, FLAC), the tables of Vorbis, \
           the gain of Opus, the position of each page, several recordings behind each other",
    removed: "comments, pictures and the name of the encoder, numbers of streams, hints of \
              bitrates, the filling of Opus packets, indexes, chapters, subtitles, ID3, bytes \
              around and between pages",
    refused: "two sounds at once, films, Speex and other codings, wrong checksums, positions \
              that go back, a setup of Vorbis with something behind it",
};

/// The codings that are kept, by the first bytes of a stream.
pub(crate) const CODINGS: AllowList<&[u8]> = AllowList {
    name: "ogg codings",
    allowed: &[vorbis::MARK, opus::MARK, flac::MARK],
    forbidden: &[
        b"fishead\0",
        b"\x80kate\0\0\0",
        b"CMML\0\0\0\0",
        b"Speex   ",
        b"\x80theora",
        b"BBCD\0",
        b"\x01video\0",
        b"OVP80",
        b"fLaC",
    ],
};

/// Streams that are left out: an index, and words that some players show.
const ASIDE: [(&[u8], Category); 3] = [
    (b"fishead\0", Category::Other),
    (b"\x80kate\0\0\0", Category::Descriptions),
    (b"CMML\0\0\0\0", Category::Descriptions),
];

/// Returns a clean copy of the Ogg in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let file = crate::read_all(source, limits)?;
    let links = stream::links(&file, limits, notes)?;
    let coding = links.first().ok_or(Refusal::Damaged(Damage::Missing))?.coding;
    if links.iter().any(|link| link.coding != coding) {
        return Err(Refusal::Feature(Feature::Construct));
    }
    let mut copy = Vec::with_capacity(file.len());
    for (number, link) in (1..).zip(links) {
        let (head, sound) = cleaned(link, limits, notes)?;
        write::link(number, &head, &sound, &mut copy)?;
    }
    Ok(copy)
}

/// The headers of a recording as they are written, and its sound.
fn cleaned<'a>(
    mut link: Link<'a>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<(Vec<Vec<u8>>, Vec<Packet<'a>>), Refusal> {
    let missing = Refusal::Damaged(Damage::Missing);
    let count = match link.coding {
        coding if coding == vorbis::MARK => vorbis::HEADERS,
        coding if coding == opus::MARK => 2,
        coding if coding == flac::MARK => flac::headers(&link.packets)?,
        _ => return Err(missing),
    };
    if link.packets.len() <= count {
        return Err(missing);
    }
    let mut sound = link.packets.split_off(count);
    let mut head = link.packets.iter().map(|packet| &*packet.bytes);
    let head = match link.coding {
        coding if coding == vorbis::MARK => {
            let (Some(one), Some(two), Some(three)) = (head.next(), head.next(), head.next())
            else {
                return Err(missing);
            };
            if !sound.iter().all(|packet| vorbis::is_sound(&packet.bytes)) {
                return Err(Refusal::Damaged(Damage::Order));
            }
            let head = vorbis::headers([one, two, three], notes)?;
            let [first, _, setup] = &head;
            if unplayed::of_vorbis(first, setup, &sound)? {
                notes.warn(Warning::HiddenParts);
            }
            head.to_vec()
        }
        coding if coding == opus::MARK => {
            let (Some(one), Some(two)) = (head.next(), head.next()) else { return Err(missing) };
            let (first, streams) = opus::header(one)?;
            if unplayed::of_opus(&first, &sound)? {
                notes.warn(Warning::HiddenParts);
            }
            opus_comments(two, notes)?;
            empty(&mut sound, streams, notes)?;
            vec![first, opus::NO_COMMENTS.to_vec()]
        }
        _ => flac::cleaned(&head.collect::<Vec<_>>(), &sound, limits, notes)?,
    };
    Ok((head, sound))
}

fn opus_comments(header: &[u8], notes: &mut Notes) -> Result<(), Refusal> {
    let body = header.strip_prefix(b"OpusTags").ok_or(Refusal::Damaged(Damage::Order))?;
    crate::flac::comments(body, notes);
    Ok(())
}

/// Makes noughts of all that fills packets.
fn empty(sound: &mut [Packet], streams: u8, notes: &mut Notes) -> Result<(), Refusal> {
    for packet in sound {
        for range in opus::filling(&packet.bytes, streams)? {
            notes.found(Category::StrayBytes);
            let mut bytes = std::mem::take(&mut packet.bytes).into_owned();
            bytes.get_mut(range).ok_or(Refusal::Internal)?.fill(0);
            packet.bytes = Cow::Owned(bytes);
        }
    }
    Ok(())
}

/// The allow-list, from the tables the cleaner works by.
pub(crate) fn explain() -> Vec<String> {
    let name = |mark: &&[u8]| format!("stream that begins with {}", mark.escape_ascii());
    CODINGS.allowed.iter().map(name).collect()
}

#[cfg(test)]
mod tests;
