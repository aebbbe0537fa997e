//! Accepts a colour profile (ICC.1:2022) only in the one layout that is written.
//!
//! Every byte of an accepted profile is a number of colour, a length, or fixed: no
//! maker, device, day, program or id, no text but ours, no gap and no rest.

/// Tags that may follow the two texts, in this order.
const ORDER: &[u8] = b"wtptchadrXYZgXYZbXYZrTRCgTRCbTRCkTRCA2B0A2B1A2B2cicp";
/// Fixed bytes of the header: 36 to 63, signature and zeros.
const SIGNATURE: &[u8] = b"acsp\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
/// Fixed bytes of the header: 68 to 127, white point and zeros.
const WHITE: &[u8] = b"\0\0\xf6\xd6\0\x01\0\0\0\0\xd3\x2d";

const TEXT_4: &[u8] = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0";
const COLOUR_4: &[u8] = b"\x0c\0\0\0\x1c\0c\0o\0l\0o\0u\0r";
const NONE_4: &[u8] = b"\x08\0\0\0\x1c\0n\0o\0n\0e";
const COLOUR_2: &[u8] = b"desc\0\0\0\0\0\0\0\x07colour\0";
const NONE_2: &[u8] = b"text\0\0\0\0none\0";

/// Says whether `profile` is in canonical form.
pub(crate) fn is_canonical(profile: &[u8]) -> bool {
    header(profile) == Some(true) && body(profile) == Some(true)
}

/// How many channels the pictures have that a profile is for (ICC.1:2022, 7.2.8).
pub(crate) fn channels(profile: &[u8]) -> Option<u8> {
    match profile.get(16..20)? {
        b"GRAY" => Some(1),
        b"RGB " => Some(3),
        b"CMYK" => Some(4),
        _ => None,
    }
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(four)).ok()
}

fn header(profile: &[u8]) -> Option<bool> {
    let version = profile.get(8..12)?;
    let zeros = |from: usize, to: usize| {
        profile.get(from..to).is_some_and(|bytes| bytes.iter().all(|&byte| byte == 0))
    };
    Some(
        number(profile, 0)? == profile.len()
            && zeros(4, 8)
            && (version == b"\x02\x40\0\0" || version == b"\x04\x30\0\0")
            && matches!(profile.get(12..16)?, b"mntr" | b"scnr" | b"prtr" | b"spac")
            && matches!(profile.get(16..20)?, b"RGB " | b"GRAY" | b"CMYK")
            && matches!(profile.get(20..24)?, b"XYZ " | b"Lab ")
            && zeros(24, 36)
            && profile.get(36..64)? == SIGNATURE
            && number(profile, 64)? < 4
            && profile.get(68..80)? == WHITE
            && zeros(80, 128),
    )
}

fn body(profile: &[u8]) -> Option<bool> {
    let count = number(profile, 128)?;
    let mut end = count.checked_mul(12)?.checked_add(132)?;
    let table = profile.get(132..end)?;
    let mut order = ORDER.chunks(4);
    let mut seen: Vec<(usize, usize)> = Vec::new();
    for (position, entry) in table.chunks(12).enumerate() {
        let (name, at, length) = (entry.get(..4)?, number(entry, 4)?, number(entry, 8)?);
        let expected = match position {
            0 => name == b"desc",
            1 => name == b"cprt",
            _ => order.any(|tag| tag == name),
        };
        let bytes = profile.get(at..at.checked_add(length)?)?;
        if !expected || !value(name, bytes, profile.get(8) == Some(&2))? {
            return Some(false);
        }
        if seen.contains(&(at, length)) {
            continue;
        }
        // Each new value starts exactly where the one before it ended.
        let padded = length.next_multiple_of(4);
        if at != end || profile.get(at + length..at + padded)?.iter().any(|&byte| byte != 0) {
            return Some(false);
        }
        seen.push((at, length));
        end += padded;
    }
    Some(end == profile.len() && count >= 3)
}

fn value(name: &[u8], bytes: &[u8], old: bool) -> Option<bool> {
    let is_text = |text: &[u8]| bytes.strip_prefix(TEXT_4) == Some(text);
    if bytes.get(4..8)? != [0; 4] {
        return Some(false);
    }
    Some(match name {
        b"desc" if old => {
            bytes.len() == COLOUR_2.len() + 78
                && bytes.strip_prefix(COLOUR_2)?.iter().all(|&byte| byte == 0)
        }
        b"desc" => is_text(COLOUR_4),
        b"cprt" if old => bytes == NONE_2,
        b"cprt" => is_text(NONE_4),
        b"wtpt" | b"rXYZ" | b"gXYZ" | b"bXYZ" => bytes.starts_with(b"XYZ ") && bytes.len() == 20,
        b"chad" => bytes.starts_with(b"sf32") && bytes.len() == 44,
        b"cicp" => bytes.starts_with(b"cicp") && bytes.len() == 12,
        b"rTRC" | b"gTRC" | b"bTRC" | b"kTRC" => curve(bytes)? == bytes.len(),
        _ => table(bytes)? == bytes.len(),
    })
}

/// The length of the curve at the start of `bytes`.
fn curve(bytes: &[u8]) -> Option<usize> {
    if bytes.get(4..8)? != [0; 4] {
        return None;
    }
    if bytes.starts_with(b"curv") {
        return number(bytes, 8)?.checked_mul(2)?.checked_add(12);
    }
    match (bytes.starts_with(b"para"), bytes.get(8..12)?) {
        (true, [0, 0, 0, 0]) => Some(16),
        (true, [0, 1, 0, 0]) => Some(24),
        (true, [0, 2, 0, 0]) => Some(28),
        (true, [0, 3, 0, 0]) => Some(32),
        (true, [0, 4, 0, 0]) => Some(40),
        _ => None,
    }
}

/// The length that the head of a colour table announces.
fn table(bytes: &[u8]) -> Option<usize> {
    let (inputs, outputs) = (usize::from(*bytes.get(8)?), usize::from(*bytes.get(9)?));
    if inputs == 0 || outputs == 0 || inputs > 4 || outputs > 4 {
        return None;
    }
    let points = usize::from(*bytes.get(10)?).checked_pow(u32::try_from(inputs).ok()?)?;
    let grid = points.checked_mul(outputs)?;
    let zero = bytes.get(11) == Some(&0);
    match bytes.get(..4)? {
        b"mft1" if zero => grid.checked_add(48 + 256 * (inputs + outputs)),
        b"mft2" if zero => {
            let [a, b, c, d] = bytes.get(48..52)?.try_into().ok()?;
            let before = usize::from(u16::from_be_bytes([a, b])) * inputs;
            let after = usize::from(u16::from_be_bytes([c, d])) * outputs;
            grid.checked_add(before + after)?.checked_mul(2)?.checked_add(52)
        }
        b"mAB " if bytes.get(10..12)? == [0, 0] => parts(bytes, inputs, outputs, outputs, inputs),
        b"mBA " if bytes.get(10..12)? == [0, 0] => parts(bytes, inputs, outputs, inputs, outputs),
        _ => None,
    }
}

/// Walks curves, matrix, curves, grid, curves, each where the one before it ended.
fn parts(bytes: &[u8], inputs: usize, outputs: usize, near: usize, far: usize) -> Option<usize> {
    let mut end = 32;
    for (place, curves) in [(12, near), (16, 0), (20, near), (24, 0), (28, far)] {
        match number(bytes, place)? {
            0 => continue,
            at if at != end => return None,
            _ => {}
        }
        end += match place {
            16 => 48,
            24 => lattice(bytes.get(end..)?, inputs, outputs)?,
            _ => {
                let mut length = 0;
                for _ in 0..curves {
                    let curve = curve(bytes.get(end + length..)?)?;
                    length += padded(bytes.get(end + length..)?, curve)?;
                }
                length
            }
        };
    }
    Some(end)
}

fn lattice(bytes: &[u8], inputs: usize, outputs: usize) -> Option<usize> {
    let (points, rest) = bytes.split_at_checked(inputs)?;
    let width = match bytes.get(16..20)? {
        [width @ (1 | 2), 0, 0, 0] => usize::from(*width),
        _ => return None,
    };
    if rest.get(..16 - inputs)?.iter().any(|&byte| byte != 0) {
        return None;
    }
    let mut values = outputs.checked_mul(width)?;
    for &point in points {
        values = values.checked_mul(usize::from(point))?;
    }
    padded(bytes, values.checked_add(20)?)
}

/// The length with its padding, which must be zero.
fn padded(bytes: &[u8], length: usize) -> Option<usize> {
    let end = length.checked_next_multiple_of(4)?;
    bytes.get(length..end)?.iter().all(|&byte| byte == 0).then_some(end)
}
