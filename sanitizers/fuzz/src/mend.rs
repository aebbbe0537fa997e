//! Makes checksums right again, so that changes reach the code behind them.

use flate2::Crc;
use sluse_sanitizers::Kind;

/// Between the parts of a package in an input.
pub(crate) const SEPARATOR: &[u8] = b"\n==part==\n";

/// The file that an input stands for.
pub(crate) fn mended(kind: Kind, input: &[u8]) -> Vec<u8> {
    match kind {
        Kind::Png => png(input),
        Kind::Ogg => ogg(input),
        kind if is_package(kind) => package(input),
        _ => input.to_vec(),
    }
}

/// Whether a format is a ZIP of parts: inputs are the bare parts, each behind its name and
/// a line end, since changes to compressed bytes would reach nothing but the inflater.
pub(crate) fn is_package(kind: Kind) -> bool {
    use Kind::{Docx, Epub, Odg, Odp, Ods, Odt, Pptx, Xlsx};
    matches!(kind, Docx | Xlsx | Pptx | Odt | Ods | Odp | Odg | Epub)
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn png(input: &[u8]) -> Vec<u8> {
    let mut file = input.to_vec();
    let mut at = 8;
    while let Some(length) = file.get(at..at + 4) {
        let length = u32::from_be_bytes(length.try_into().unwrap()) as usize;
        let Some(end) = at.checked_add(8).and_then(|start| start.checked_add(length)) else {
            break;
        };
        let Some(sum) = file.get(at + 4..end).map(crc) else { break };
        let Some(place) = file.get_mut(end..end + 4) else { break };
        place.copy_from_slice(&sum.to_be_bytes());
        at = end + 4;
    }
    file
}

/// Every page gets its checksum (RFC 3533, 6).
fn ogg(input: &[u8]) -> Vec<u8> {
    let mut file = input.to_vec();
    let mut at = 0;
    while let Some(&count) = file.get(at + 26) {
        let table = at + 27;
        let Some(lengths) = file.get(table..table + usize::from(count)) else { break };
        let data: usize = lengths.iter().map(|&length| usize::from(length)).sum();
        let end = table + usize::from(count) + data;
        let Some(page) = file.get_mut(at..end) else { break };
        page[22..26].fill(0);
        let sum = page.iter().fold(0_u32, |sum, &byte| {
            (0..8).fold(sum ^ (u32::from(byte) << 24), |sum, _| {
                if sum >> 31 == 1 { (sum << 1) ^ 0x04C1_1DB7 } else { sum << 1 }
            })
        });
        page[22..26].copy_from_slice(&sum.to_le_bytes());
        at = end;
    }
    file
}

/// A ZIP of the parts, all of them stored (APPNOTE 6.3.10, 4.3).
fn package(input: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut directory = Vec::new();
    let mut count = 0_u16;
    for part in parts(input) {
        let line = part.iter().position(|&byte| byte == b'\n').unwrap_or(part.len());
        let (name, data) = part.split_at(line);
        let data = data.get(1..).unwrap_or_default();
        let Ok(length) = u16::try_from(name.len()) else { continue };
        let offset = size(file.len());
        let mut fields = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        fields.extend_from_slice(&crc(data).to_le_bytes());
        fields.extend_from_slice(&size(data.len()).repeat(2));
        fields.extend_from_slice(&length.to_le_bytes());
        fields.extend_from_slice(&[0, 0]);
        file.extend_from_slice(b"PK\x03\x04");
        file.extend_from_slice(&fields);
        file.extend_from_slice(name);
        file.extend_from_slice(data);
        directory.extend_from_slice(b"PK\x01\x02\x14\0");
        directory.extend_from_slice(&fields);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset);
        directory.extend_from_slice(name);
        count = count.saturating_add(1);
    }
    let start = size(file.len());
    file.extend_from_slice(&directory);
    file.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    file.extend_from_slice(&count.to_le_bytes().repeat(2));
    file.extend_from_slice(&size(directory.len()));
    file.extend_from_slice(&start);
    file.extend_from_slice(&[0, 0]);
    file
}

/// A size as the directory writes it; an input never has this many bytes.
fn size(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes()
}

fn parts(mut input: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    while let Some(at) = input.windows(SEPARATOR.len()).position(|window| window == SEPARATOR) {
        parts.push(&input[..at]);
        input = &input[at + SEPARATOR.len()..];
    }
    parts.push(input);
    parts
}
