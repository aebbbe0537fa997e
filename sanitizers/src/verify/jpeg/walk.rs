//! A walk over any JPEG up to its first end.

/// A segment, and the coded data behind it if it starts a scan.
pub(super) struct Segment<'a> {
    pub(super) marker: u8,
    pub(super) body: &'a [u8],
    pub(super) coded: &'a [u8],
}

/// Every segment up to and with the first end of a picture.
pub(super) struct Walk<'a> {
    pub(super) segments: Vec<Segment<'a>>,
    /// No byte stands between, before or behind the segments.
    pub(super) is_tight: bool,
}

impl<'a> Walk<'a> {
    /// Walks; `None` if the file does not reach an end.
    pub(super) fn over(bytes: &'a [u8]) -> Option<Walk<'a>> {
        let mut rest = bytes.strip_prefix(b"\xFF\xD8")?;
        let mut walk = Walk { segments: Vec::new(), is_tight: true };
        loop {
            let start = marker_at(rest)?;
            walk.is_tight &= start == 0;
            let marker = *rest.get(start + 1)?;
            rest = rest.get(start + 2..)?;
            if marker == 0xD9 {
                walk.segments.push(Segment { marker, body: &[], coded: &[] });
                walk.is_tight &= rest.is_empty();
                return Some(walk);
            }
            if marker == 0x01 || (0xD0..=0xD8).contains(&marker) {
                // Alone, it is as good as a stray byte; the order check refuses it in a copy.
                walk.is_tight = false;
                continue;
            }
            let length = rest.get(..2)?.try_into().map(u16::from_be_bytes).ok()?;
            let body = rest.get(2..usize::from(length))?;
            rest = rest.get(usize::from(length)..)?;
            let (length, filled) = if marker == 0xDA { coded_data(rest)? } else { (0, false) };
            walk.is_tight &= !filled;
            let coded = rest.get(..length)?;
            rest = rest.get(length..)?;
            walk.segments.push(Segment { marker, body, coded });
        }
    }
}

/// Where the next marker is.
fn marker_at(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| matches!(pair, [0xFF, 1..=0xFE]))
}

/// How long the coded data is, up to the first marker that is no restart, and whether
/// there is filling in it.
fn coded_data(bytes: &[u8]) -> Option<(usize, bool)> {
    let (mut at, mut filled) = (0, false);
    loop {
        at += memchr::memchr(0xFF, bytes.get(at..)?)?;
        let filling = bytes.get(at + 1..)?.iter().take_while(|&&byte| byte == 0xFF).count();
        match bytes.get(at + 1 + filling)? {
            0 | 0xD0..=0xD7 => {
                at += filling + 2;
                filled |= filling > 0;
            }
            _ => return Some((at, filled)),
        }
    }
}

/// Whether two runs of coded data are the same but for filling.
pub(super) fn same_coded(original: &[u8], copy: &[u8]) -> bool {
    if original == copy {
        return true;
    }
    let mut pairs =
        original.iter().zip(original.iter().skip(1).chain(&[0])).filter(|(one, next)| {
            // A filling byte is an FF in front of another FF.
            **one != 0xFF || **next != 0xFF
        });
    let same = copy.iter().all(|byte| pairs.next().is_some_and(|(one, _)| one == byte));
    same && pairs.all(|(one, _)| *one == 0xFF)
}
