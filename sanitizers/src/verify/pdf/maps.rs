//! Character maps (9.7.5): rows that can mean something, and nothing around them.

use super::drawing::{Drawing, Operand, Piece};
use super::fonts::is_built_in;

/// Tables, and how many values a row has.
const TABLES: [(&[u8], usize); 7] = [
    (b"begincodespacerange", 2),
    (b"beginbfchar", 2),
    (b"beginbfrange", 3),
    (b"begincidchar", 2),
    (b"begincidrange", 3),
    (b"beginnotdefchar", 2),
    (b"beginnotdefrange", 3),
];
const WORDS: [&[u8]; 12] = [
    b"CMapName",
    b"begin",
    b"begincmap",
    b"currentdict",
    b"def",
    b"defineresource",
    b"dict",
    b"end",
    b"endcmap",
    b"findresource",
    b"pop",
    b"usecmap",
];
const NAMES: [&[u8]; 7] =
    [b"CIDInit", b"CMap", b"CMapName", b"CMapType", b"Map", b"ProcSet", b"WMode"];
/// Bytes of a code, and of the text of a letter.
const CODE: std::ops::RangeInclusive<usize> = 1..=4;
const TEXT: usize = 40;

type Row = (Vec<u8>, Vec<Operand>);

/// The rows of a map that mean something, with what it starts from.
pub(super) fn rows(data: &[u8]) -> Option<Vec<Row>> {
    let mut drawing = Drawing::new(data);
    let mut rows = Vec::new();
    let mut operands: Vec<Operand> = Vec::new();
    loop {
        match drawing.piece() {
            Piece::Operand(operand) => operands.push(operand),
            Piece::Operator(word) => {
                if let Some((_, width)) = TABLES.iter().find(|(name, _)| *name == word) {
                    let cells = cells(&mut drawing);
                    let kept = cells.chunks_exact(*width).filter_map(|row| meant(&word, row));
                    rows.extend(kept.map(|row| (word.clone(), row)));
                } else if let (b"usecmap", [.., base @ Operand::Name(_)]) =
                    (word.as_slice(), operands.as_slice())
                {
                    rows.push((word, vec![base.clone()]));
                } else if let (b"def", [.., Operand::Name(key), mode @ Operand::Number(_)]) =
                    (word.as_slice(), operands.as_slice())
                    && key == b"WMode"
                {
                    rows.push((word, vec![mode.clone()]));
                }
                operands.clear();
            }
            Piece::EndOfList | Piece::Stray => {}
            Piece::End => return Some(rows),
        }
    }
}

/// Whether a map of the copy is made of such rows in the usual frame.
pub(super) fn is_plain(data: &[u8]) -> bool {
    let mut drawing = Drawing::new(data);
    loop {
        let fits = match drawing.piece() {
            Piece::Operand(Operand::Name(name)) => {
                NAMES.contains(&name.as_slice()) || is_built_in(&name)
            }
            Piece::Operand(Operand::Number(count)) => (0.0..=100.0).contains(&count),
            Piece::Operator(word) => match TABLES.iter().find(|(name, _)| *name == word) {
                None => WORDS.contains(&word.as_slice()),
                Some((_, width)) => {
                    let cells = cells(&mut drawing);
                    let mut rows = cells.chunks(*width);
                    rows.all(|row| meant(&word, row).is_some_and(|meant| meant == row))
                }
            },
            Piece::End => return !drawing.noisy,
            _ => false,
        };
        if !fits {
            return false;
        }
    }
}

/// The cells of a table, up to the word that ends it.
fn cells(drawing: &mut Drawing<'_>) -> Vec<Operand> {
    let mut cells = Vec::new();
    loop {
        match drawing.piece() {
            Piece::Operand(Operand::List(items)) => {
                let texts = items.into_iter().filter(|item| matches!(item, Operand::Text(_)));
                cells.push(Operand::List(texts.collect()));
            }
            Piece::Operand(cell) => cells.push(cell),
            Piece::Operator(word) if word.starts_with(b"end") => return cells,
            Piece::End => return cells,
            Piece::Operator(_) | Piece::EndOfList | Piece::Stray => cells.push(Operand::Other),
        }
    }
}

/// What a viewer can take from a row.
fn meant(table: &[u8], row: &[Operand]) -> Option<Vec<Operand>> {
    let codes =
        if table == b"begincodespacerange" { row.len() } else { row.len().checked_sub(1)? };
    let mut ends = Vec::new();
    for code in row.get(..codes)? {
        let Operand::Text(code) = code else { return None };
        CODE.contains(&code.len()).then_some(())?;
        ends.push(code.iter().fold(0u64, |value, byte| value * 256 + u64::from(*byte)));
    }
    let mut meant = row.to_vec();
    let is_short = |text: &Operand| matches!(text, Operand::Text(text) if text.len() <= TEXT);
    let fits = match (table, meant.get_mut(codes)) {
        (_, None) => true,
        (b"beginbfrange", Some(Operand::List(texts))) => {
            let count = ends.get(1)?.checked_sub(*ends.first()?)?.checked_add(1)?;
            texts.truncate(usize::try_from(count).ok()?);
            texts.iter().all(is_short)
        }
        (b"beginbfchar" | b"beginbfrange", Some(text)) => is_short(text),
        (_, Some(Operand::Number(letter))) => {
            letter.fract() == 0.0 && (0.0..=65535.0).contains(letter)
        }
        _ => false,
    };
    fits.then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_that_mean_something_are_plain() {
        let frame = |rows: &str| {
            let map = format!(
                "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n{rows}endcmap\n"
            );
            is_plain(map.as_bytes())
        };
        assert!(frame("1 beginbfrange\n<01><02>[<0041><0042>]\nendbfrange\n"));
        assert!(frame("/Identity-H usecmap\n1 begincidchar\n<01>2\nendcidchar\n"));
        for rows in [
            "(Anna) pop ",
            "/Anna pop ",
            "/XUID 25404 def ",
            "%Anna\n",
            "1 beginbfchar <0102030405> <00> endbfchar ",
            "1 beginbfrange <01> <01> [<0041> <0042>] endbfrange ",
            "1 begincidchar <01> 83696 endcidchar ",
            "1 begincidchar <01> 8 <02> endcidchar ",
        ] {
            assert!(!frame(rows), "{rows}");
        }
    }
}
