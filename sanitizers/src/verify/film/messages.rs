//! Messages between pictures, of which few may stay.

/// Kinds of messages that say how pictures are shown, and how long one can be: where one
/// can begin, which way up, colours of the master screen, brightest light, curve of light.
fn is_about_looks(kind: usize, length: usize) -> bool {
    match kind {
        6 | 47 => length <= 5,
        137 => length <= 24,
        144 => length <= 4,
        147 => length <= 1,
        _ => false,
    }
}

/// Whether a master screen has the colours of BT.2020, P3 or BT.709 and a light there is.
pub(super) fn is_standard_screen(screen: &[u8]) -> bool {
    let Some((colours, light)) = screen.split_at_checked(16) else { return false };
    let Ok(light) = <[u8; 8]>::try_from(light) else { return false };
    // The brightest in front, the darkest behind.
    let light = u64::from_be_bytes(light);
    let (most, least) = (light >> 32, light & 0xFFFF_FFFF);
    let of_2020 = *b"\x21\x34\x9B\xAA\x19\x96\x08\xFC\x8A\x48\x39\x08\x3D\x13\x40\x42";
    let of_p3 = *b"\x33\xC2\x86\xC4\x1D\x4C\x0B\xB8\x84\xD0\x3E\x80\x3D\x13\x40\x42";
    let of_709 = *b"\x3A\x98\x75\x30\x1D\x4C\x0B\xB8\x7D\x00\x40\x74\x3D\x13\x40\x42";
    let is_known = [of_2020, of_p3, of_709].iter().any(|known| known == colours);
    is_known && (least + 1..=100_000_000).contains(&most)
}

/// A unit of messages as it must be in a copy; nothing if none of them stays.
pub(super) fn kept(unit: &[u8], is_hevc: bool) -> Option<Vec<u8>> {
    let (head, coded) = unit.split_at_checked(if is_hevc { 2 } else { 1 })?;
    let content = plain(coded);
    let (mut row, mut all) = (content.as_slice(), Vec::new());
    while let Some((length, is_kept)) = one(row) {
        // Behind each message there is at least the bit that ends all.
        if length >= row.len() {
            break;
        }
        let (message, rest) = row.split_at_checked(length)?;
        if is_kept {
            all.extend(message);
        }
        row = rest;
    }
    if all.is_empty() {
        return None;
    }
    all.push(0x80);
    Some([head, &protected(&all)].concat())
}

/// The length of the first message with its head, and whether it stays.
fn one(row: &[u8]) -> Option<(usize, bool)> {
    let (kind, behind_kind) = sum(row, 0)?;
    let (length, behind) = sum(row, behind_kind)?;
    let end = behind.checked_add(length)?;
    let is_kept = is_about_looks(kind, length)
        && (kind != 137 || row.get(behind..end).is_some_and(is_standard_screen));
    Some((end, is_kept))
}

/// A number of several bytes: all are added up, to the first below 255.
fn sum(row: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut sum = 0;
    loop {
        let byte = *row.get(at)?;
        at += 1;
        sum += usize::from(byte);
        if byte != 255 {
            return Some((sum, at));
        }
    }
}

/// Without the threes that stand behind two noughts.
fn plain(coded: &[u8]) -> Vec<u8> {
    let mut all: Vec<u8> = Vec::new();
    let mut since = 0;
    for &byte in coded {
        let is_guard = byte == 3 && since >= 2 && all.ends_with(&[0, 0]);
        since = if is_guard { 0 } else { since + 1 };
        if !is_guard {
            all.push(byte);
        }
    }
    all
}

/// With them.
fn protected(content: &[u8]) -> Vec<u8> {
    let mut all: Vec<u8> = Vec::new();
    for &byte in content {
        if byte < 4 && all.ends_with(&[0, 0]) {
            all.push(3);
        }
        all.push(byte);
    }
    all
}
