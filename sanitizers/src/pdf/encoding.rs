//! Character maps: which code is which letter (ISO 32000-2, 9.7.5 and 9.10.3).
//!
//! A character map is a small program with comments, the name of its maker, a
//! version and a serial number around a few tables. The tables are kept and written
//! into the same frame for all.

use super::lex::{Lexer, Token};
use super::value::{Value, word};
use crate::Refusal;
use crate::refusal::{Damage, Feature};

/// Maps and encodings that viewers have built in (9.6.5 and 9.7.5.2).
const PREDEFINED: &[&str] = &[
    "MacRomanEncoding",
    "MacExpertEncoding",
    "WinAnsiEncoding",
    "StandardEncoding",
    "PDFDocEncoding",
    "Identity-H",
    "Identity-V",
    "GB-EUC-H",
    "GB-EUC-V",
    "GBpc-EUC-H",
    "GBpc-EUC-V",
    "GBK-EUC-H",
    "GBK-EUC-V",
    "GBKp-EUC-H",
    "GBKp-EUC-V",
    "GBK2K-H",
    "GBK2K-V",
    "UniGB-UCS2-H",
    "UniGB-UCS2-V",
    "UniGB-UTF16-H",
    "UniGB-UTF16-V",
    "B5pc-H",
    "B5pc-V",
    "HKscs-B5-H",
    "HKscs-B5-V",
    "ETen-B5-H",
    "ETen-B5-V",
    "ETenms-B5-H",
    "ETenms-B5-V",
    "CNS-EUC-H",
    "CNS-EUC-V",
    "UniCNS-UCS2-H",
    "UniCNS-UCS2-V",
    "UniCNS-UTF16-H",
    "UniCNS-UTF16-V",
    "83pv-RKSJ-H",
    "90ms-RKSJ-H",
    "90ms-RKSJ-V",
    "90msp-RKSJ-H",
    "90msp-RKSJ-V",
    "90pv-RKSJ-H",
    "Add-RKSJ-H",
    "Add-RKSJ-V",
    "EUC-H",
    "EUC-V",
    "Ext-RKSJ-H",
    "Ext-RKSJ-V",
    "H",
    "V",
    "UniJIS-UCS2-H",
    "UniJIS-UCS2-V",
    "UniJIS-UCS2-HW-H",
    "UniJIS-UCS2-HW-V",
    "UniJIS-UTF16-H",
    "UniJIS-UTF16-V",
    "KSC-EUC-H",
    "KSC-EUC-V",
    "KSCms-UHC-H",
    "KSCms-UHC-V",
    "KSCms-UHC-HW-H",
    "KSCms-UHC-HW-V",
    "KSCpc-EUC-H",
    "UniKS-UCS2-H",
    "UniKS-UCS2-V",
    "UniKS-UTF16-H",
    "UniKS-UTF16-V",
];

/// Maps that Adobe published besides those of the standard (github.com/adobe-type-tools,
/// cmap-resources and mapping-resources-pdf). Several viewers have them built in.
const PUBLISHED: &[&str] = &[
    "78-EUC-H",
    "78-EUC-V",
    "78-H",
    "78-RKSJ-H",
    "78-RKSJ-V",
    "78-V",
    "78ms-RKSJ-H",
    "78ms-RKSJ-V",
    "90pv-RKSJ-V",
    "Add-H",
    "Add-V",
    "Adobe-CNS1-UCS2",
    "Adobe-GB1-UCS2",
    "Adobe-Japan1-UCS2",
    "Adobe-Korea1-UCS2",
    "B5-H",
    "B5-V",
    "CNS1-H",
    "CNS1-V",
    "CNS2-H",
    "CNS2-V",
    "ETHK-B5-H",
    "ETHK-B5-V",
    "Ext-H",
    "Ext-V",
    "GB-H",
    "GB-V",
    "GBT-EUC-H",
    "GBT-EUC-V",
    "GBT-H",
    "GBT-V",
    "GBTpc-EUC-H",
    "GBTpc-EUC-V",
    "KSC-H",
    "KSC-Johab-H",
    "KSC-Johab-V",
    "KSC-V",
    "KSCpc-EUC-V",
    "RKSJ-H",
    "RKSJ-V",
    "UniCNS-UTF32-H",
    "UniCNS-UTF32-V",
    "UniCNS-UTF8-H",
    "UniCNS-UTF8-V",
    "UniGB-UTF32-H",
    "UniGB-UTF32-V",
    "UniGB-UTF8-H",
    "UniGB-UTF8-V",
    "UniJIS-UTF32-H",
    "UniJIS-UTF32-V",
    "UniJIS-UTF8-H",
    "UniJIS-UTF8-V",
    "UniJIS2004-UTF16-H",
    "UniJIS2004-UTF16-V",
    "UniJIS2004-UTF32-H",
    "UniJIS2004-UTF32-V",
    "UniJIS2004-UTF8-H",
    "UniJIS2004-UTF8-V",
    "UniJISX0213-UTF32-H",
    "UniJISX0213-UTF32-V",
    "UniJISX02132004-UTF32-H",
    "UniJISX02132004-UTF32-V",
    "UniKS-UTF32-H",
    "UniKS-UTF32-V",
    "UniKS-UTF8-H",
    "UniKS-UTF8-V",
];

/// Tables that are kept, and how many values one of their rows has.
const TABLES: &[(&str, &str, usize)] = &[
    ("begincodespacerange", "endcodespacerange", 2),
    ("beginbfchar", "endbfchar", 2),
    ("beginbfrange", "endbfrange", 3),
    ("begincidchar", "endcidchar", 2),
    ("begincidrange", "endcidrange", 3),
    ("beginnotdefchar", "endnotdefchar", 2),
    ("beginnotdefrange", "endnotdefrange", 3),
];

/// Rows that one table may have (9.10.3 and Adobe technical note 5014).
const MOST_ROWS: usize = 100;

/// Bytes of the text of one letter: ligatures have several.
const MOST_TEXT: usize = 40;

const HEAD: &[u8] = b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName/Map def\n/CMapType 2 def\n";
const TAIL: &[u8] = b"endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n";

/// A built-in map or encoding by its name.
pub(super) fn predefined(name: &[u8]) -> Option<Value> {
    super::known(name, PREDEFINED).or_else(|| super::known(name, PUBLISHED))
}

/// Writes a character map anew.
pub(super) fn character_map(data: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut lexer = Lexer::new(data);
    let mut out = HEAD.to_vec();
    let mut before: Option<Token> = None;
    let mut before_that: Option<Token> = None;
    while let Some(token) = lexer.next() {
        if let Token::Word(name) = &token {
            match (name.as_slice(), &before_that, &before) {
                (b"usecmap", _, Some(Token::Name(base))) => {
                    // Without what it starts from a map gives other letters, or none.
                    let base = predefined(base).ok_or(Refusal::Feature(Feature::Construct))?;
                    base.write(&mut out);
                    out.extend_from_slice(b" usecmap\n");
                }
                (b"def", Some(Token::Name(key)), Some(Token::Number(mode))) if key == b"WMode" => {
                    if ![b"0", b"1"].iter().any(|known| known.as_slice() == mode) {
                        return Err(Refusal::Damaged(Damage::Value));
                    }
                    out.extend_from_slice(b"/WMode");
                    word(&mut out, mode);
                    out.extend_from_slice(b" def\n");
                }
                _ => {
                    if let Some(table) = TABLES.iter().find(|table| table.0.as_bytes() == name) {
                        rewrite_table(&mut lexer, table, &mut out)?;
                    }
                }
            }
        }
        before_that = before.replace(token);
    }
    out.extend_from_slice(TAIL);
    Ok(out)
}

/// One value of a row.
enum Cell {
    Code(Vec<u8>),
    Number(Vec<u8>),
    List(Vec<Vec<u8>>),
    Other,
}

fn rewrite_table(
    lexer: &mut Lexer<'_>,
    (begin, end, width): &(&str, &str, usize),
    out: &mut Vec<u8>,
) -> Result<(), Refusal> {
    let mut cells = Vec::new();
    loop {
        match lexer.next().ok_or(Refusal::Damaged(Damage::Value))? {
            Token::Word(word) if word == end.as_bytes() => break,
            Token::Text(code) => cells.push(Cell::Code(code)),
            Token::Number(number) => cells.push(Cell::Number(number)),
            Token::ArrayOpen => cells.push(codes(lexer)?),
            // Some programs forget the end of a table.
            Token::Word(word) if word.starts_with(b"end") => break,
            _ => cells.push(Cell::Other),
        }
    }
    let rows: Vec<Vec<u8>> =
        cells.chunks_exact(*width).filter_map(|cells| row(begin, cells)).collect();
    for block in rows.chunks(MOST_ROWS) {
        word(out, block.len().to_string().as_bytes());
        out.extend_from_slice(format!(" {begin}\n").as_bytes());
        for row in block {
            out.extend_from_slice(row);
            out.push(b'\n');
        }
        out.extend_from_slice(format!("{end}\n").as_bytes());
    }
    Ok(())
}

/// A row as it is written, if it means something: codes have up to four bytes, letters
/// have numbers of two, and a text is that of one letter.
fn row(table: &str, cells: &[Cell]) -> Option<Vec<u8>> {
    let (codes, last) = match (table, cells) {
        ("begincodespacerange", codes) => (codes, None),
        (_, [codes @ .., last]) => (codes, Some(last)),
        _ => return None,
    };
    let mut bounds = Vec::new();
    for code in codes {
        match code {
            Cell::Code(code) if (1..=4).contains(&code.len()) => bounds.push(code),
            _ => return None,
        }
    }
    let mut row: Vec<u8> = bounds.iter().flat_map(|code| hex(code)).collect();
    let is_text = table.starts_with("beginbf");
    match last {
        None => {}
        Some(Cell::Code(text)) if is_text && text.len() <= MOST_TEXT => row.extend(hex(text)),
        Some(Cell::List(texts)) if table == "beginbfrange" => {
            let value = |code: &&Vec<u8>| code.iter().fold(0u64, |v, b| v << 8 | u64::from(*b));
            let ends: Vec<u64> = bounds.iter().map(value).collect();
            let [first, last] = ends.try_into().ok()?;
            let most = usize::try_from(last.checked_sub(first)? + 1).ok()?;
            let texts = texts.get(..most.min(texts.len()))?;
            texts.iter().all(|text| text.len() <= MOST_TEXT).then_some(())?;
            row.push(b'[');
            row.extend(texts.iter().flat_map(|text| hex(text)));
            row.push(b']');
        }
        Some(Cell::Number(number)) if !is_text => {
            let number: u16 = std::str::from_utf8(number).ok()?.parse().ok()?;
            word(&mut row, number.to_string().as_bytes());
        }
        Some(_) => return None,
    }
    Some(row)
}

fn codes(lexer: &mut Lexer<'_>) -> Result<Cell, Refusal> {
    let mut list = Vec::new();
    loop {
        match lexer.next().ok_or(Refusal::Damaged(Damage::Value))? {
            Token::ArrayClose => return Ok(Cell::List(list)),
            Token::Text(code) => list.push(code),
            _ => {}
        }
    }
}

fn hex(code: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied();
    let mut out = vec![b'<'];
    for byte in code {
        out.extend(digit(byte >> 4));
        out.extend(digit(byte & 15));
    }
    out.push(b'>');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &[u8] =
        b"%!PS-Adobe-3.0 Resource-CMap\n%%Creator: Anna\n/CIDInit /ProcSet findresource begin\n\
        /XUID [1 10 25404] def /CMapVersion 1.5 def (Anna) pop\n\
        1 begincodespacerange <00> <ff> endcodespacerange\n\
        2 beginbfrange <01> <02> <0041> <03> <04> [<0042> <0043>] endbfrange endcmap";

    #[test]
    fn the_tables_are_kept_and_nothing_else() {
        let map = String::from_utf8(character_map(MAP).unwrap()).unwrap();
        assert!(map.contains("1 begincodespacerange\n<00><FF>\nendcodespacerange"));
        assert!(map.contains("<01><02><0041>\n<03><04>[<0042><0043>]\nendbfrange"));
        for gone in ["Anna", "XUID", "25404", "1.5"] {
            assert!(!map.contains(gone), "{gone}");
        }
    }

    #[test]
    fn a_map_of_ours_is_not_changed_again() {
        let once = character_map(MAP).unwrap();
        assert_eq!(character_map(&once).unwrap(), once);
    }

    #[test]
    fn a_table_that_never_ends_is_refused() {
        assert_eq!(character_map(b"1 beginbfchar <01>"), Err(Refusal::Damaged(Damage::Value)));
    }

    #[test]
    fn rows_that_mean_nothing_are_gone() {
        let long = "41".repeat(41);
        for row in [
            "1 begincodespacerange <0102030405> <00> endcodespacerange".to_owned(),
            "1 beginbfchar <414E4E4141> <0041> endbfchar".to_owned(),
            "1 beginbfchar <> <0041> endbfchar".to_owned(),
            "1 beginbfchar <41> 4141 endbfchar".to_owned(),
            "1 beginbfchar 41 <4141> endbfchar".to_owned(),
            format!("1 beginbfchar <41> <{long}> endbfchar"),
            format!("1 beginbfrange <41> <41> [<{long}>] endbfrange"),
            "1 beginbfrange <42> <41> [<41>] endbfrange".to_owned(),
            "1 begincidrange 41 42 43 endcidrange".to_owned(),
            "1 begincidchar <41> 4141414 endcidchar".to_owned(),
            "1 begincidchar <41> 4.1 endcidchar".to_owned(),
            "1 begincidchar <41> <41> endcidchar".to_owned(),
        ] {
            let map = character_map(row.as_bytes()).unwrap();
            assert_eq!(map, [HEAD, TAIL].concat(), "{row}");
        }
        let list = character_map(b"beginbfrange <41> <42> [<41> <42> <43>] endbfrange").unwrap();
        assert!(String::from_utf8(list).unwrap().contains("<41><42>[<41><42>]"));
        assert!(character_map(b"/WMode 4141 def").is_err());
    }

    #[test]
    fn a_map_by_an_unknown_name_is_none() {
        assert_eq!(predefined(b"AnnasMap"), None);
        assert!(predefined(b"Identity-H").is_some());
        let unknown = character_map(b"/AnnasMap usecmap");
        assert_eq!(unknown, Err(Refusal::Feature(Feature::Construct)));
    }
}
