//! Compares the programs of fonts byte by byte, but for what may be written over.

use std::collections::{BTreeMap, HashSet};

use super::drawing::{Operand, words_up_to};

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

/// Type 1: the readable part says the same, then the coded part is as it was.
fn readable(old: &[u8], new: &[u8]) -> Option<()> {
    let (before, coded) = words_up_to(old, b"eexec")?;
    let (after, kept) = words_up_to(new, b"eexec")?;
    (said(&before) == said(&after)).then_some(())?;
    let line_end = match coded {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n' | b' ' | b'\t', ..] => 1,
        _ => 0,
    };
    let (coded, kept) = (coded.get(line_end..)?, kept.strip_prefix(b"\n")?);
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

/// What viewers read of the readable part of a Type 1 font.
#[derive(Default, PartialEq)]
struct Said<'w> {
    matrix: Vec<&'w Operand>,
    bounds: Vec<&'w Operand>,
    outlined: bool,
    stroke: Option<&'w Operand>,
    known_encoding: Option<&'w [u8]>,
    letters: BTreeMap<u8, &'w [u8]>,
}

fn said(words: &[Operand]) -> Said<'_> {
    let mut said = Said::default();
    for (at, word) in words.iter().enumerate() {
        let Operand::Name(key) = word else { continue };
        let behind = words.get(at + 1..).unwrap_or_default();
        match key.as_slice() {
            b"FontMatrix" => said.matrix = numbers(behind),
            b"FontBBox" => said.bounds = numbers(behind),
            b"PaintType" => said.outlined = behind.first() == Some(&Operand::Number(2.0)),
            b"StrokeWidth" => said.stroke = behind.first(),
            b"Encoding" => said.encoding(behind),
            _ => {}
        }
    }
    if !said.outlined {
        said.stroke = None;
    }
    said
}

/// The numbers of a list or of the procedure that stands for one.
fn numbers(words: &[Operand]) -> Vec<&Operand> {
    let is_number = |word: &&Operand| matches!(word, Operand::Number(_));
    match words.split_first() {
        Some((Operand::List(items), _)) => items.iter().filter(is_number).collect(),
        Some((Operand::Word(open), rest)) if open == b"{" => {
            rest.iter().take_while(is_number).collect()
        }
        _ => Vec::new(),
    }
}

impl<'w> Said<'w> {
    fn encoding(&mut self, words: &'w [Operand]) {
        let mut put = |code: usize, name: &'w [u8]| {
            if let Ok(code) = u8::try_from(code)
                && name != b".notdef"
            {
                self.letters.insert(code, name);
            }
        };
        match words.first() {
            Some(Operand::List(names)) => {
                for (code, name) in names.iter().enumerate() {
                    if let Operand::Name(name) = name {
                        put(code, name);
                    }
                }
            }
            Some(Operand::Word(known)) => self.known_encoding = Some(known),
            _ => {
                let end = words.iter().position(|word| *word == Operand::Word(b"def".to_vec()));
                let words = words.get(..end.unwrap_or(words.len())).unwrap_or_default();
                for pair in words.windows(2) {
                    if let [Operand::Number(code), Operand::Name(name)] = pair
                        && let Ok(code) = format!("{code}").parse()
                    {
                        put(code, name);
                    }
                }
            }
        }
    }
}

/// Whether each line of the readable part of a Type 1 font is one that we write.
pub(super) fn is_blanked(font: &[u8]) -> bool {
    const LINES: [&[u8]; 12] = [
        b"%!PS-AdobeFont-1.0",
        b"12 dict begin",
        b"/FontName /A def",
        b"/FontType 1 def",
        b"/PaintType 0 def",
        b"/PaintType 2 def",
        b"/Encoding StandardEncoding def",
        b"/Encoding ISOLatin1Encoding def",
        b"/Encoding 256 array",
        b"0 1 255 {1 index exch /.notdef put} for",
        b"readonly def",
        b"currentdict end",
    ];
    let are_numbers = |text: &[u8]| text.iter().all(|byte| b"0123456789-. ".contains(byte));
    let between = |line: &[u8], start: &[u8], end: &[u8]| {
        line.strip_prefix(start).and_then(|line| line.strip_suffix(end)).is_some_and(are_numbers)
    };
    let is_letter = |line: &[u8]| {
        let Some(line) = line.strip_prefix(b"dup ").and_then(|line| line.strip_suffix(b" put"))
        else {
            return false;
        };
        let mut parts = line.splitn(2, |byte| *byte == b'/');
        let (code, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        are_numbers(code) && !name.iter().any(|byte| b" ()<>[]{}/%".contains(byte))
    };
    let lines = font.split(|byte| *byte == b'\n');
    let mut ours = lines.skip_while(|line| {
        LINES.contains(line)
            || between(line, b"/FontMatrix [", b"] readonly def")
            || between(line, b"/FontBBox {", b"} readonly def")
            || between(line, b"/StrokeWidth ", b" def")
            || is_letter(line)
    });
    font.starts_with(b"%!PS-AdobeFont-1.0\n") && ours.next() == Some(b"currentfile eexec")
}

/// Whether the last word of the coded part is that which ends it.
fn closes_its_file(coded: &[u8]) -> bool {
    let mut key = 55_665u32;
    let mut plain = Vec::with_capacity(coded.len());
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
    let mut seen = HashSet::new();
    for index in 0..usize::from(count) {
        let at = 12 + index * 16;
        let tag = *font.get(at..)?.first_chunk::<4>()?;
        let start = be32(font, at + 8)?.min(font.len());
        let end = start.checked_add(be32(font, at + 12)?)?.min(font.len());
        let body = font.get(start..end)?;
        if !body.is_empty() && seen.insert(tag) {
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
            b"post" => {
                let was = was.get(..was.len().min(longest(&after, *tag)?))?;
                same_but(was, body, &[(16, 32)])?;
            }
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
        b"post" => names_end(table(b"post")?),
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

/// Where the names of letters end that the numbers before them ask for.
fn names_end(post: &[u8]) -> Option<usize> {
    match post.first_chunk::<4>()? {
        [0, 1 | 3, 0, 0] => Some(32),
        [0, 2, 0, 0] => {
            let glyphs = usize::from(u16::from_be_bytes(*post.get(32..)?.first_chunk()?));
            let numbers = post.get(34..34 + 2 * glyphs).unwrap_or_default();
            let own = |pair: &[u8; 2]| usize::from(u16::from_be_bytes(*pair)).checked_sub(257);
            let (pairs, _) = numbers.as_chunks::<2>();
            let mut names = pairs.iter().filter_map(own).max().unwrap_or(0);
            let mut end = 34 + 2 * glyphs;
            while names > 0 && end < post.len() {
                end += 1 + usize::from(*post.get(end)?);
                names -= 1;
            }
            Some(end)
        }
        // A form that no viewer reads.
        _ => Some(0),
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

/// Names of collections that say nothing of anyone, or nothing at all.
fn is_neutral(text: &[u8]) -> bool {
    const KNOWN: [&[u8]; 9] =
        [b"Adobe", b"CNS1", b"GB1", b"Identity", b"Japan1", b"Japan2", b"KR", b"Korea1", b"UCS"];
    KNOWN.contains(&text) || text.iter().all(|byte| *byte == b'X')
}

/// Whether the first dictionary of a compact font of the copy has no serial number and no
/// collection of a name of its own.
pub(super) fn is_compact_plain(font: &[u8]) -> Option<()> {
    const TEXTS_OF_ALL: usize = 391;
    let names = index(font, usize::from(*font.get(2)?))?;
    let top = index(font, names.1)?;
    let mut rest = font.get(top.0..top.1)?;
    let mut operands: Vec<i64> = Vec::new();
    while let Some((&first, behind)) = rest.split_first() {
        let word = |count: usize| -> Option<i64> {
            let bytes = behind.get(..count)?.iter();
            Some(bytes.fold(0, |value, byte| value * 256 + i64::from(*byte)))
        };
        let (value, length) = match first {
            28 => (word(2)?, 2),
            29 => (word(4)?, 4),
            30 => (1, behind.iter().position(|b| b & 15 == 15 || b >> 4 == 15)? + 1),
            32..=246 => (i64::from(first) - 139, 0),
            247..=254 => (word(1)? + 1, 1),
            22.. => return None,
            operator => {
                let operator = if operator == 12 { 1200 + word(1)? } else { i64::from(operator) };
                match operator {
                    13 | 14 | 1231 | 1232 | 1235 => {
                        operands.iter().all(|number| *number == 0).then_some(())?;
                    }
                    1230 => {
                        for text in operands.iter().take(2) {
                            let own = usize::try_from(*text).ok()?.checked_sub(TEXTS_OF_ALL);
                            let text =
                                own.map_or(Some(b"X".as_slice()), |at| item(font, top.1, at));
                            is_neutral(text?).then_some(())?;
                        }
                    }
                    _ => {}
                }
                operands.clear();
                rest = behind.get(usize::from(operator >= 1200)..)?;
                continue;
            }
        };
        operands.push(value);
        rest = behind.get(length..)?;
    }
    Some(())
}

/// One thing of a list.
fn item(font: &[u8], at: usize, number: usize) -> Option<&[u8]> {
    let (start, _) = index(font, at)?;
    let width = usize::from(*font.get(at + 2)?);
    let place = |number: usize| {
        let from = at + 3 + number * width;
        let bytes = font.get(from..from + width)?;
        let offset = bytes.iter().fold(0usize, |value, byte| value << 8 | usize::from(*byte));
        start.checked_add(offset)?.checked_sub(1)
    };
    font.get(place(number)?..place(number + 1)?)
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
    fn a_compact_font_with_a_name_or_a_number_of_its_own_is_not_plain() {
        let font = |text: &[u8; 5], serial: u8| {
            let head = b"\x01\0\x04\x01\0\x01\x01\x01\x02A";
            // The first text of its own twice, as registry and ordering, and a serial number.
            let top = [28, 1, 135, 28, 1, 135, 139, 12, 30, serial, 12, 35];
            let top = [b"\0\x01\x01\x01\x0d".as_slice(), &top].concat();
            [head.as_slice(), &top, b"\0\x01\x01\x01\x06", text, b"\0\0"].concat()
        };
        assert!(is_compact_plain(&font(b"Adobe", 139)).is_some());
        assert!(is_compact_plain(&font(b"XXXXX", 139)).is_some());
        assert!(is_compact_plain(&font(b"Annas", 139)).is_none());
        assert!(is_compact_plain(&font(b"Adobe", 140)).is_none());
    }

    const READABLE: &str = "%!PS-AdobeFont-1.0\n12 dict begin\n/FontName /A def\n\
        /FontMatrix [.001 0 0 .001 0 0] readonly def\n/Encoding 256 array\ndup 66 /B put\n\
        readonly def\ncurrentdict end\ncurrentfile eexec\n";

    #[test]
    fn a_readable_part_with_another_line_is_not_clean() {
        assert!(is_blanked(READABLE.as_bytes()));
        for inside in ["/Author (Anna) def", "%", "% Anna", "/UniqueID 1 def", "dup 1 /B (A) put"] {
            let font = READABLE.replace("currentdict end", inside);
            assert!(!is_blanked(font.as_bytes()), "{inside}");
        }
        assert!(!is_blanked(b"%!PS-AdobeFont-1.0: Anna\neexec"));
    }

    #[test]
    fn a_type_1_font_that_reads_otherwise_is_no_copy() {
        let zeros = [b"\n".as_slice(), &[b'0'; 64]].concat().repeat(8);
        let font = |readable: &str, coded: &str| {
            [readable.as_bytes(), coded.as_bytes(), &zeros, b"\ncleartomark\n"].concat()
        };
        let original = READABLE.replace("12 dict", "% Anna\n/Notice (Anna) def 9 dict");
        let original = font(&original.replace("dup 66 /B", "dup 66/B"), "coded");
        assert_eq!(same(&original, &font(READABLE, "coded")), Some(()));
        for (from, to) in [("66 /B", "66 /A"), ("66 /B", "67 /B"), (".001 0 0", ".002 0 0")] {
            assert_eq!(same(&original, &font(&READABLE.replace(from, to), "coded")), None, "{to}");
        }
        assert_eq!(same(&original, &font(READABLE, "codex")), None);
        assert_eq!(same(&original, &font(READABLE, "code")), None);
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
