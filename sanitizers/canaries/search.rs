//! Finds a word in a file, however it is wrapped.
//!
//! This shares nothing with the cleaners: it does not know any format, but tries to inflate
//! at every place where compressed data could begin, reads what looks like base64, and
//! looks for every spelling of the word in all that comes out.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

/// Wrappings inside each other that are followed.
const DEPTH: u32 = 4;
/// Bytes that one wrapping may unfold to.
const MOST: u64 = 16 << 20;

/// Whether the word is in the file in any spelling.
pub(crate) fn holds(file: &[u8], word: &str) -> bool {
    let spellings = spellings(word);
    holds_any(file, &spellings, DEPTH)
}

/// The word as text, as UTF-16, as hexadecimal digits, and upside down.
fn spellings(word: &str) -> Vec<Vec<u8>> {
    let units = || word.encode_utf16();
    let hex: String = word.bytes().map(|byte| format!("{byte:02x}")).collect();
    let hex16: String = units().map(|unit| format!("{unit:04x}")).collect();
    let mut all = vec![
        word.as_bytes().to_vec(),
        units().flat_map(u16::to_le_bytes).collect(),
        units().flat_map(u16::to_be_bytes).collect(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        hex16.to_uppercase().into_bytes(),
        hex16.into_bytes(),
        guid(word),
        guid(word).to_ascii_lowercase(),
    ];
    all.push(word.bytes().rev().collect());
    all
}

fn guid(word: &str) -> Vec<u8> {
    let hex: Vec<String> = word.bytes().map(|byte| format!("{byte:02X}")).collect();
    let cuts = [4, 6, 8, 10];
    let mut text = String::new();
    for (at, digits) in hex.iter().enumerate() {
        if cuts.contains(&at) {
            text.push('-');
        }
        text.push_str(digits);
    }
    text.into_bytes()
}

fn holds_any(bytes: &[u8], spellings: &[Vec<u8>], depth: u32) -> bool {
    if spellings.iter().any(|word| memchr::memmem::find(bytes, word).is_some()) {
        return true;
    }
    depth > 0 && unfolded(bytes).iter().any(|inner| holds_any(inner, spellings, depth - 1))
}

/// Everything that can be unfolded out of these bytes.
fn unfolded(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for at in 0..bytes.len().saturating_sub(2) {
        let rest = &bytes[at..];
        match *rest {
            // zlib: method 8 and a checksum over two bytes (RFC 1950).
            [first, second, ..]
                if first & 0x0F == 8
                    && first >> 4 <= 7
                    && (u16::from(first) * 256 + u16::from(second)).is_multiple_of(31) =>
            {
                all.extend(read(ZlibDecoder::new(rest)));
            }
            // gzip (RFC 1952): the fixed head; names and the like are skipped by the reader.
            [0x1F, 0x8B, 8, ..] => all.extend(read(flate2::read::GzDecoder::new(rest))),
            // A member of a ZIP archive.
            [b'P', b'K', 3, 4, ..] if rest.len() > 30 => {
                let number = |at: usize| usize::from(u16::from_le_bytes([rest[at], rest[at + 1]]));
                let start = 30 + number(26) + number(28);
                if number(8) == 8 && start < rest.len() {
                    all.extend(read(DeflateDecoder::new(&rest[start..])));
                }
            }
            _ => {}
        }
    }
    all.extend(base64(bytes));
    all
}

fn read(reader: impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    // What came before an error counts as well.
    drop(reader.take(MOST).read_to_end(&mut bytes));
    (bytes.len() >= 8).then_some(bytes)
}

/// Runs of at least twenty digits of base64, decoded; line ends inside are passed over.
fn base64(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let (mut digits, mut run) = (Vec::new(), |digits: &mut Vec<u8>| {
        if digits.len() >= 20 {
            for skip in 0..4 {
                all.push(decode(&digits[skip..]));
            }
        }
        digits.clear();
    });
    for &byte in bytes {
        match byte {
            b'A'..=b'Z' => digits.push(byte - b'A'),
            b'a'..=b'z' => digits.push(byte - b'a' + 26),
            b'0'..=b'9' => digits.push(byte - b'0' + 52),
            b'+' | b'-' => digits.push(62),
            b'/' | b'_' => digits.push(63),
            b'\r' | b'\n' => {}
            _ => run(&mut digits),
        }
    }
    run(&mut digits);
    // Decoded text is not searched for base64 again unless it shrinks: it always does.
    all
}

fn decode(digits: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for four in digits.chunks(4) {
        let mut bits = 0_u32;
        for at in 0..4 {
            bits = bits << 6 | u32::from(four.get(at).copied().unwrap_or(0));
        }
        bytes.extend(&bits.to_be_bytes()[1..four.len().clamp(1, 4)]);
    }
    bytes
}

#[test]
fn a_word_is_found_in_every_wrapping() {
    use std::io::Write;
    let word = "Kanarie371000042";
    let wrapped = |bytes: &[u8]| {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let texts: [&[u8]; 5] = [
        word.as_bytes(),
        &utf16,
        b"4B616E617269653337313030303034 4B616E61726965333731303030303432",
        b"x S2FuYXJpZTM3MTAwMDA0Mg== x",
        b"{4B616E61-7269-6533-3731-303030303432}",
    ];
    for text in texts {
        let hidden = [&b"some bytes before "[..], text, b" and behind"].concat();
        assert!(holds(&hidden, word), "{hidden:?}");
        let folded = [&b"junk"[..], &wrapped(&wrapped(&hidden))].concat();
        assert!(holds(&folded, word), "{hidden:?}");
    }
    assert!(!holds(b"Kanarie371000041", word));
}
