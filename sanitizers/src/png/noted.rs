//! Chunks that are not copied: what they were, by category.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::chunks::Chunk;
use crate::{Category, Notes, xmp};

/// How many bytes of descriptions are unfolded in one file, only to count what is in
/// them. Real ones have some kilobytes; a small file can hold thousands that unfold.
pub(super) const MOST_UNFOLDED: u64 = 4 << 20;

/// Counts a chunk that is left out; `left` is what may still be unfolded.
pub(super) fn dropped(chunk: &Chunk, left: &mut u64, notes: &mut Notes) {
    let category = match &chunk.name {
        b"tEXt" | b"zTXt" | b"iTXt" => return text(chunk.data, left, notes),
        b"tIME" => Category::Dates,
        b"caBX" | b"dSIG" => Category::Signatures,
        // What the screen could do on which the picture was made.
        b"mDCV" | b"mDCv" | b"cLLI" | b"cLLi" => Category::Device,
        // Programs that keep their whole layered draft, or a preview of it.
        b"prVW" | b"mkBF" | b"mkTS" | b"mkBS" | b"mkBT" => Category::HiddenPictures,
        b"gIFt" => Category::Comments,
        b"gIFx" | b"vpAg" | b"iDOT" | b"CgBI" => Category::Software,
        _ => Category::Other,
    };
    notes.found(category);
}

/// Counts a text by its keyword.
fn text(data: &[u8], left: &mut u64, notes: &mut Notes) {
    let end = data.iter().position(|&byte| byte == 0).unwrap_or(data.len());
    let (keyword, value) = data.split_at_checked(end).unwrap_or_default();
    match keyword {
        b"XML:com.adobe.xmp" | b"Raw profile type xmp" => xmp::note(&packet(value, left), notes),
        _ => notes.found(category(keyword)),
    }
}

fn category(keyword: &[u8]) -> Category {
    let keyword = keyword.to_ascii_lowercase();
    let holds = |word: &[u8]| keyword.windows(word.len()).any(|part| part == word);
    if keyword.starts_with(b"raw profile type") {
        Category::Device
    } else if [&b"author"[..], b"artist", b"copyright", b"by-line"].iter().any(|word| holds(word)) {
        Category::People
    } else if holds(b"time") || holds(b"date") {
        Category::Dates
    } else if holds(b"software") || holds(b"creator") {
        Category::Software
    } else if holds(b"source") || holds(b"make") || holds(b"model") {
        Category::Device
    } else if holds(b"comment") {
        Category::Comments
    } else {
        Category::Descriptions
    }
}

/// The packet of an `iTXt`: flags, two more texts, then the packet, maybe compressed.
fn packet(value: &[u8], left: &mut u64) -> Vec<u8> {
    let [0, compressed, 0, rest @ ..] = value else { return value.to_vec() };
    let packet = rest.splitn(3, |&byte| byte == 0).nth(2).unwrap_or_default();
    if *compressed == 0 {
        return packet.to_vec();
    }
    let mut unfolded = Vec::new();
    // Whatever can be read is counted; none of it is kept.
    let _ = ZlibDecoder::new(packet).take(*left).read_to_end(&mut unfolded);
    *left = left.saturating_sub(unfolded.len() as u64);
    unfolded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_unfolded_up_to_one_limit_for_all() {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut encoder, &vec![b' '; 3 << 20]).unwrap();
        let value = [b"\0\x01\0\0\0".as_slice(), &encoder.finish().unwrap()].concat();
        let mut left = MOST_UNFOLDED;
        let lengths = [1, 2, 3].map(|_| packet(&value, &mut left).len());
        assert_eq!(lengths, [3 << 20, 1 << 20, 0]);
    }

    #[test]
    fn keywords_are_counted_by_what_they_tell() {
        assert_eq!(category(b"Author"), Category::People);
        assert_eq!(category(b"Creation Time"), Category::Dates);
        assert_eq!(category(b"date:modify"), Category::Dates);
        assert_eq!(category(b"Software"), Category::Software);
        assert_eq!(category(b"Raw profile type exif"), Category::Device);
        assert_eq!(category(b"parameters"), Category::Descriptions);
    }
}
