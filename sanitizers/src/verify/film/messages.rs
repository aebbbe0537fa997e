//! Messages between pictures, of which few may stay.

/// A message about how pictures are shown as it must be: where one can begin, which way up,
/// the master screen, brightest light, curve of light.
fn about_looks(kind: usize, said: &[u8], is_hevc: bool) -> Option<Vec<u8>> {
    let is_right = match (kind, said) {
        (6, _) if said.len() < 6 => return beginning(said, is_hevc),
        (47, _) if said.len() < 6 => return turned(said, is_hevc),
        (137, _) => is_standard_screen(said),
        (144, _) => is_standard_light(said),
        (147, [curve]) => (1..19).contains(curve),
        _ => false,
    };
    is_right.then(|| said.to_vec())
}

/// Whether the brightest light and that of the brightest picture can be.
pub(super) fn is_standard_light(said: &[u8]) -> bool {
    said.split_first_chunk::<2>().is_some_and(|(most, usual)| {
        let most = u16::from_be_bytes(*most);
        usual.len() == 2 && usual <= &most.to_be_bytes()[..] && most <= 10_000
    })
}

/// The bits of a message.
fn bits(said: &[u8]) -> String {
    let bit = |byte: u8, place: u8| if byte >> place & 1 == 1 { '1' } else { '0' };
    said.iter().take(8).flat_map(|&byte| (0..8).rev().map(move |at| bit(byte, at))).collect()
}

/// Bits with the one behind them that ends them.
fn closed(bits: &str) -> Option<Vec<u8>> {
    let mut bits = bits.to_owned();
    let spare = bits.len().next_multiple_of(8) - bits.len();
    bits.push_str("10000000".get(..spare)?);
    (0..bits.len() / 8)
        .map(|at| u8::from_str_radix(bits.get(8 * at..8 * at + 8)?, 2).ok())
        .collect()
}

/// Where a number ends that begins with as many noughts as bits follow it, and the number.
fn coded(bits: &str, at: usize) -> Option<(usize, u64)> {
    let rest = bits.get(at..)?;
    let noughts = rest.find('1').filter(|&noughts| noughts <= 16)?;
    let number = u64::from_str_radix(rest.get(noughts..=2 * noughts)?, 2).ok()?;
    Some((at + 2 * noughts + 1, number - 1))
}

fn beginning(said: &[u8], is_hevc: bool) -> Option<Vec<u8>> {
    let bits = bits(said);
    let (end, number) = coded(&bits, 0)?;
    let (most, behind) = if is_hevc { (510, 2) } else { (255, 4) };
    closed(bits.get(..end + behind)?).filter(|_| number <= most)
}

fn turned(said: &[u8], is_hevc: bool) -> Option<Vec<u8>> {
    let bits = bits(said);
    if bits.starts_with('1') {
        return closed("1");
    }
    let is_quarter = bits.get(5..19)?.bytes().all(|bit| bit == b'0');
    let mut kept = bits.get(..20)?.to_owned();
    if !is_hevc {
        let (end, number) = coded(&bits, 19)?;
        kept = format!("{}0", bits.get(..end)?);
        (number < 2).then_some(())?;
    }
    closed(&kept).filter(|_| is_quarter)
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
    // Whole candela, and the dark of screens that there are.
    let is_light = most % 10_000 == 0 && (1..=10_000).contains(&(most / 10_000));
    is_known && is_light && matches!(least, 0 | 1 | 5 | 10 | 20 | 50 | 100 | 200 | 500 | 1000)
}

/// A unit of messages as it must be in a copy; nothing if none of them stays.
pub(super) fn kept(unit: &[u8], is_hevc: bool) -> Option<Vec<u8>> {
    let (head, coded) = unit.split_at_checked(if is_hevc { 2 } else { 1 })?;
    let content = plain(coded);
    let (mut row, mut all, mut before) = (content.as_slice(), Vec::new(), Vec::new());
    while let Some((kind, said)) = one(row) {
        // Behind each message there is at least the bit that ends all.
        let Some(rest) = row.get(said.end..).filter(|rest| !rest.is_empty()) else { break };
        let said = row.get(said)?;
        row = rest;
        if before.contains(&kind) || said.len() > 24 {
            continue;
        }
        if let Some(message) = about_looks(kind, said, is_hevc) {
            before.push(kind);
            all.extend([u8::try_from(kind).ok()?, u8::try_from(message.len()).ok()?]);
            all.extend(message);
        }
    }
    if all.is_empty() {
        return None;
    }
    all.push(0x80);
    Some([head, &protected(&all)].concat())
}

/// The kind of the first message, and where it stands what it says.
fn one(row: &[u8]) -> Option<(usize, std::ops::Range<usize>)> {
    let (kind, behind) = sum(row, 0)?;
    let (length, start) = sum(row, behind)?;
    Some((kind, start..start.checked_add(length)?))
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
pub(super) fn plain(coded: &[u8]) -> Vec<u8> {
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

#[test]
fn messages_have_one_form() {
    let kept = |message: &[u8]| kept(&[&[6], message, &[0x80]].concat(), false);
    let whole = |message: &[u8]| Some([&[6], message, &[0x80]].concat());
    assert_eq!(kept(&[6, 1, 0x84]), whole(&[6, 1, 0x84]));
    assert_eq!(kept(b"\x06\x05\x84Anna"), whole(&[6, 1, 0x84]));
    assert_eq!(kept(&[6, 1, 0x84, 6, 1, 0x84]), whole(&[6, 1, 0x84]));
    assert_eq!(kept(&[47, 3, 8, 0, 0x10]), whole(&[47, 3, 8, 0, 0x14]));
    for message in [&b"\x2F\x05Annas"[..], b"\x90\x04Anna", b"\x93\x01A", b"\x05\x04Anna"] {
        assert_eq!(kept(message), None, "{message:?}");
    }
}
