//! Compares the programs of fonts byte by byte, but for what may be written over.

/// Tables that draw letters or choose them.
const DRAWING: [&[u8; 4]; 13] = [
    b"CFF ", b"cmap", b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp",
    b"prep", b"vhea", b"vmtx",
];

/// Whether two programs draw the same letters.
pub(super) fn same(old: &[u8], new: &[u8]) -> Option<()> {
    match new.first_chunk::<4>()? {
        b"%!PS" | b"%!Fo" => readable(old, new),
        b"OTTO" | [0, 1, 0, 0] | b"true" => tables(old, new),
        _ => compact(old, new),
    }
}

/// Type 1: the readable part with blanks in it, then the coded part as it was.
fn readable(old: &[u8], new: &[u8]) -> Option<()> {
    const CODED: &[u8] = b"eexec";
    let start = memchr::memmem::find(old, CODED)? + CODED.len();
    let (before, coded) = old.split_at_checked(start)?;
    let (after, kept) = new.split_at_checked(start)?;
    let blanked = |(old, new): (&u8, &u8)| old == new || b" 0A".contains(new);
    before.iter().zip(after).all(blanked).then_some(())?;
    // What a reader needs of the readable part is where it was.
    for word in [b"/FontMatrix".as_slice(), b"/Encoding", b"/FontBBox"] {
        let place = |data: &[u8]| memchr::memmem::find(data, word);
        if let Some(at) = place(before) {
            let line = |data: &[u8]| {
                let rest = data.get(at..)?;
                let end = rest.iter().position(|byte| b"\r\n".contains(byte)).unwrap_or(rest.len());
                rest.get(..end).map(<[u8]>::to_vec)
            };
            let (was, is) = (line(before)?, line(after)?);
            let comment = was.iter().position(|byte| *byte == b'%').unwrap_or(was.len());
            (was.get(..comment) == is.get(..comment)).then_some(())?;
        }
    }
    // The end is filling: 512 zeros and a word.
    let zeros = [b"\n".as_slice(), &[b'0'; 64]].concat().repeat(8);
    let end = [zeros.as_slice(), b"\ncleartomark\n"].concat();
    let kept = kept.strip_suffix(end.as_slice())?;
    let rest = coded.strip_prefix(kept)?;
    let filling = |byte: &u8| b"0\r\n \t".contains(byte);
    let zeros = rest.iter().take_while(|byte| filling(byte)).count();
    let behind = rest.get(zeros..)?;
    let whole = behind.is_empty() || behind.starts_with(b"cleartomark");
    (whole || closes_its_file(kept)).then_some(())
}

/// Whether no text but blanks and no comment is in the readable part of a Type 1 font,
/// and whatever is coded closes its file at its end.
pub(super) fn is_blanked(font: &[u8]) -> bool {
    const CODED: &[u8] = b"eexec";
    let Some(end) = memchr::memmem::find(font, CODED) else { return false };
    let clear = font.get(..end).unwrap_or_default();
    let lines = [b"%!PS-AdobeFont-1".as_slice(), b"%!FontType1"];
    let Some(clear) = lines.iter().find_map(|line| clear.strip_prefix(*line)) else { return false };
    let (mut first, mut open) = (true, false);
    clear.iter().all(|byte| {
        first &= !b"\r\n".contains(byte);
        match byte {
            b'(' if !open => open = true,
            b')' if open => open = false,
            _ if first || open => return *byte == b' ',
            b'%' | b'\\' => return false,
            _ => {}
        }
        true
    })
}

/// Whether the last word of the coded part is that which ends it.
fn closes_its_file(coded: &[u8]) -> bool {
    let mut key = 55_665u32;
    let mut plain = Vec::with_capacity(coded.len());
    // The line end behind the word that begins the coded part.
    let line_end = match coded {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n' | b' ' | b'\t', ..] => 1,
        _ => 0,
    };
    let coded = coded.get(line_end..).unwrap_or_default();
    for &byte in coded {
        plain.push(byte ^ key.to_be_bytes()[2]);
        key = ((key + u32::from(byte)) * 52_845 + 22_719) & 0xffff;
    }
    plain.trim_ascii_end().ends_with(b"closefile")
}

fn be32(data: &[u8], at: usize) -> Option<usize> {
    let bytes = data.get(at..)?.first_chunk()?;
    usize::try_from(u32::from_be_bytes(*bytes)).ok()
}

/// The tables of a font by their names, the first of each name.
fn directory(font: &[u8]) -> Option<Vec<([u8; 4], &[u8])>> {
    let count = font.get(4..6)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes))?;
    let mut tables: Vec<([u8; 4], &[u8])> = Vec::new();
    for index in 0..usize::from(count) {
        let at = 12 + index * 16;
        let tag = *font.get(at..)?.first_chunk::<4>()?;
        let start = be32(font, at + 8)?.min(font.len());
        let end = start.checked_add(be32(font, at + 12)?)?.min(font.len());
        let body = font.get(start..end)?;
        if !body.is_empty() && tables.iter().all(|(other, _)| *other != tag) {
            tables.push((tag, body));
        }
    }
    Some(tables)
}

/// TrueType and OpenType: each table as it was, but for names, days and sums.
fn tables(old: &[u8], new: &[u8]) -> Option<()> {
    (old.get(..4) == new.get(..4)).then_some(())?;
    let (before, after) = (directory(old)?, directory(new)?);
    for (tag, body) in &after {
        let (_, was) = before.iter().find(|(other, _)| other == tag)?;
        match tag {
            b"CFF " => compact(was, body)?,
            // How long they are is checked in the copy itself.
            b"glyf" | b"loca" | b"hmtx" | b"vmtx" | b"hhea" | b"vhea" | b"maxp" => {
                was.starts_with(body).then_some(())?;
                let shortest = longest(&after, *tag).unwrap_or(usize::MAX);
                (body.len() == was.len().min(shortest)).then_some(())?;
            }
            b"head" => {
                let was = was.get(..was.len().min(54))?;
                same_but(was, body, &[(8, 12), (20, 36)])?;
            }
            b"OS/2" => same_but(was, body, &[(58, 62)])?,
            b"post" => same_but(was, body, &[(16, 32)])?,
            _ => (was == body).then_some(())?,
        }
    }
    let has = |tag: &[u8; 4]| after.iter().any(|(other, _)| other == tag);
    let empty = |tag: &[u8; 4]| longest(&after, *tag) == Some(0);
    let missing = |tag: &[u8; 4]| DRAWING.contains(&tag) && !has(tag) && !empty(tag);
    (!before.iter().any(|(tag, _)| missing(tag))).then_some(())
}

/// Bytes that count in a table, as the other tables say.
fn longest(tables: &[([u8; 4], &[u8])], tag: [u8; 4]) -> Option<usize> {
    let table =
        |tag: &[u8; 4]| tables.iter().find(|(other, _)| other == tag).map(|(_, body)| *body);
    let number = |tag: &[u8; 4], at: usize| {
        let bytes = table(tag)?.get(at..)?.first_chunk()?;
        Some(usize::from(u16::from_be_bytes(*bytes)))
    };
    let widths = |full: usize| Some(full * 4 + number(b"maxp", 4)?.saturating_sub(full) * 2);
    let place = if number(b"head", 50) == Some(0) { 2 } else { 4 };
    match &tag {
        b"head" => Some(54),
        b"hhea" | b"vhea" => Some(36),
        b"maxp" => Some(32),
        b"hmtx" => widths(number(b"hhea", 34)?),
        b"vmtx" => widths(number(b"vhea", 34)?),
        b"loca" => {
            number(b"head", 50)?;
            Some((number(b"maxp", 4)? + 1) * place)
        }
        b"glyf" => {
            number(b"head", 50)?;
            number(b"maxp", 4)?;
            let fold = |at: usize, byte: &u8| at << 8 | usize::from(*byte);
            let places = table(b"loca")?.chunks_exact(place);
            let last = places.map(|bytes| bytes.iter().fold(0, fold)).max().unwrap_or(0);
            Some(if place == 2 { last * 2 } else { last })
        }
        _ => None,
    }
}

/// Whether no table of a font goes on behind what the others say.
pub(super) fn is_cut(font: &[u8]) -> bool {
    directory(font).is_some_and(|tables| {
        let fits = |(tag, body): &([u8; 4], &[u8])| {
            longest(&tables, *tag).is_none_or(|most| body.len() <= most)
        };
        tables.iter().all(fits)
    })
}

fn same_but(old: &[u8], new: &[u8], free: &[(usize, usize)]) -> Option<()> {
    let pairs = old.iter().zip(new).enumerate();
    let mut counted =
        pairs.filter(|(at, _)| !free.iter().any(|(from, to)| (*from..*to).contains(at)));
    (old.len() == new.len() && counted.all(|(_, (old, new))| old == new)).then_some(())
}

/// A compact font: names, texts and serial numbers may be written over in place, and
/// nothing behind them.
fn compact(old: &[u8], new: &[u8]) -> Option<()> {
    let header = usize::from(*old.get(2)?);
    let names = index(old, header)?;
    let top = index(old, names.1)?;
    let texts = index(old, top.1)?;
    let free = [(names.0..names.1, b'A'), (top.0..top.1, 139), (texts.0..texts.1, b'X')];
    let may_be = |at: usize, byte: u8| {
        free.iter().any(|(range, filling)| range.contains(&at) && *filling == byte)
    };
    let mut pairs = old.iter().zip(new).enumerate();
    let same = pairs.all(|(at, (old, new))| old == new || may_be(at, *new));
    (old.len() == new.len() && same).then_some(())
}

/// Where the data of a list begin, and where they end.
fn index(font: &[u8], at: usize) -> Option<(usize, usize)> {
    let count = usize::from(u16::from_be_bytes(*font.get(at..)?.first_chunk()?));
    if count == 0 {
        return Some((at + 2, at + 2));
    }
    let width = usize::from(*font.get(at + 2)?);
    let base = at + 2 + (count + 1) * width;
    let last = font.get(at + 3 + count * width..at + 3 + (count + 1) * width)?;
    let end = last.iter().fold(0usize, |value, &byte| value << 8 | usize::from(byte));
    Some((base + 1, base.checked_add(end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readable_part_with_a_text_or_a_comment_is_not_clean() {
        let font = |inside: &str| format!("%!PS-AdobeFont-1    \n{inside}\ncurrentfile eexec\n");
        assert!(is_blanked(font("/Notice (    ) def").as_bytes()));
        for inside in ["/Author (Anna) def", "%", "% Anna", "/A ( \\( ) def", "/A ((  )) def"] {
            assert!(!is_blanked(font(inside).as_bytes()), "{inside}");
        }
        assert!(!is_blanked(b"%!PS-AdobeFont-1.0: Anna\neexec"));
    }

    #[test]
    fn a_letter_of_a_font_that_is_another_is_no_copy() {
        let table = |tag: &[u8; 4], at: u32, length: u32| {
            [tag.as_slice(), &[0; 4], &at.to_be_bytes(), &length.to_be_bytes()].concat()
        };
        let font = |glyph: &[u8; 4]| {
            let head = [0, 1, 0, 0, 0, 1, 0, 16, 0, 0, 0, 0];
            [head.as_slice(), &table(b"glyf", 28, 4), glyph].concat()
        };
        assert_eq!(same(&font(b"abcd"), &font(b"abcd")), Some(()));
        assert_eq!(same(&font(b"abcd"), &font(b"abce")), None);
        let without = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(same(&font(b"abcd"), &without), None);
    }
}
