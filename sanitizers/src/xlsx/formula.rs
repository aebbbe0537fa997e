//! Which formulas may stay: plain functions over cells of this workbook.
//!
//! A formula can fetch from the network, start a program, read another file, or say where
//! this one lies. It is taken apart into its words, and every word must be known: a
//! function of the list, a cell, a sheet, a table or a name of this workbook. What is not
//! plain becomes its last value, which is what people saw.
//!
//! Functions that give another value at every opening (`NOW`, `RAND`) are not plain either:
//! their last value is a time of work, and what was seen is what is kept.

mod functions;

use std::collections::{BTreeMap, BTreeSet};

use crate::elsewhere::is_elsewhere;

pub(super) use functions::FUNCTIONS;

/// Characters of a formula that are looked at; longer ones become values. Excel takes 8,192.
const LONGEST: usize = 16_384;

/// Values that are errors (ISO/IEC 29500-1, 18.17.3, and newer ones).
pub(super) const ERRORS: [&str; 18] = [
    "#REF!",
    "#N/A",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#BUSY!",
    "#PYTHON!",
    "#EXTERNAL!",
    "#TIMEOUT!",
    "#GETTING_DATA",
];

/// What formulas of a workbook may speak of, in small letters.
#[derive(Default)]
pub(super) struct Known {
    pub(super) sheets: BTreeSet<String>,
    /// Tables by their names, and the names that they get.
    pub(super) tables: BTreeMap<String, String>,
    /// Names that stand for something plain.
    pub(super) names: BTreeSet<String>,
}

/// A formula that may stay.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plain {
    /// With the new names of tables.
    pub(super) text: String,
    /// Names that it uses, in small letters.
    pub(super) names: BTreeSet<String>,
}

/// A word of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word<'a> {
    /// A text, with its quotes.
    Text(&'a str),
    /// A name of sheets in quotes.
    Quoted(&'a str),
    /// Letters, digits and what else names are made of.
    Name(&'a str),
    /// What stands in square brackets, with them.
    Bracketed(&'a str),
    /// An error: `#REF!`.
    Error(&'a str),
    /// Anything else, one sign at a time.
    Sign(char, &'a str),
}

/// Says whether a formula is plain, and what it is then.
pub(super) fn plain(formula: &str, known: &Known) -> Option<Plain> {
    let words = words(formula)?;
    let mut plain = Plain { text: String::with_capacity(formula.len()), names: BTreeSet::new() };
    for (at, &word) in words.iter().enumerate() {
        let next = words.get(at + 1).copied();
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied();
        let written = match word {
            Word::Text(text) if is_elsewhere(text) => return None,
            Word::Text(text) | Word::Error(text) | Word::Sign(_, text) => text,
            Word::Quoted(text) => {
                (next == Some(Word::Sign('!', "!")) && are_sheets(text, known)).then_some(text)?
            }
            Word::Name(name) => match next {
                Some(Word::Sign('(', _)) => is_function(name).then_some(name)?,
                Some(Word::Sign('!', _)) => {
                    known.sheets.contains(&name.to_lowercase()).then_some(name)?
                }
                Some(Word::Bracketed(_)) => known.tables.get(&name.to_lowercase())?,
                // The sheets between two, as in `One:Three!A1`.
                Some(Word::Sign(':', _)) if known.sheets.contains(&name.to_lowercase()) => name,
                _ => single(name, known, &mut plain.names)?,
            },
            // In front of brackets there must be a table, or they name another file.
            Word::Bracketed(text) => matches!(before, Some(Word::Name(_))).then_some(text)?,
        };
        plain.text.push_str(written);
    }
    Some(plain)
}

/// A name that stands alone: a cell, a switch, a number, a table, or a name of the workbook.
fn single<'a>(name: &'a str, known: &'a Known, used: &mut BTreeSet<String>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    if matches!(&*lower, "true" | "false") || is_cell(name) || is_number(name) {
        return Some(name);
    }
    if let Some(table) = known.tables.get(&lower) {
        return Some(table);
    }
    known.names.contains(&lower).then(|| {
        used.insert(lower);
        name
    })
}

/// A cell, a column or a row, with its signs for "always this one".
fn is_cell(name: &str) -> bool {
    let plain = name.strip_prefix('$').unwrap_or(name);
    let letters = plain.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = plain.get(letters..).unwrap_or_default();
    let digits = digits.strip_prefix('$').unwrap_or(digits);
    letters <= 3
        && digits.len() <= 7
        && letters + digits.len() > 0
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_number(name: &str) -> bool {
    name.len() <= 32
        && name.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && name.parse::<f64>().is_ok()
}

/// Newer functions are written with a mark in front.
fn is_function(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let plain = upper.strip_prefix("_XLFN.").unwrap_or(&upper);
    let plain = plain.strip_prefix("_XLWS.").unwrap_or(plain);
    let mut all = FUNCTIONS.allowed.iter().chain(FUNCTIONS.forbidden);
    all.find(|known| **known == plain).is_some_and(|known| FUNCTIONS.allows(known))
}

/// One sheet of this workbook, or the first and the last of several.
fn are_sheets(quoted: &str, known: &Known) -> bool {
    let inner = quoted.trim_matches('\'').replace("''", "'").to_lowercase();
    known.sheets.contains(&inner)
        || inner.split_once(':').is_some_and(|(first, last)| {
            known.sheets.contains(first) && known.sheets.contains(last)
        })
}

/// Takes a formula apart; nothing if it cannot be.
fn words(formula: &str) -> Option<Vec<Word<'_>>> {
    if formula.len() > LONGEST {
        return None;
    }
    let mut words = Vec::new();
    let mut rest = formula;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => quoted(rest, first)?,
            '[' => bracketed(rest)?,
            '#' => ERRORS.iter().find(|error| rest.starts_with(**error))?.len(),
            _ if is_of_name(first) => rest.find(|c| !is_of_name(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (word, behind) = rest.split_at_checked(length)?;
        words.push(match first {
            '"' => Word::Text(word),
            '\'' => Word::Quoted(word),
            '[' => Word::Bracketed(word),
            '#' => Word::Error(word),
            _ if is_of_name(first) => Word::Name(word),
            // Of these none starts a program or leads anywhere; `|` does.
            '(' | ')' | '+' | '-' | '*' | '/' | '^' | '&' | '=' | '<' | '>' | ',' | ';' | ':'
            | '!' | '%' | '{' | '}' | '@' | ' ' | '\n' | '\r' | '\t' => Word::Sign(first, word),
            _ => return None,
        });
        rest = behind;
    }
    Some(words)
}

fn is_of_name(one: char) -> bool {
    one.is_alphanumeric() || matches!(one, '_' | '.' | '$' | '?')
}

/// The length of a text in quotes; two of them are one that is meant.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut at = 1;
    loop {
        at += rest.get(at..)?.find(quote)? + 1;
        if !rest.get(at..)?.starts_with(quote) {
            return Some(at);
        }
        at += 1;
    }
}

/// The length of what stands in brackets, with brackets inside of it.
fn bracketed(rest: &str) -> Option<usize> {
    let mut open = 0_u32;
    let mut quoted = false;
    for (at, one) in rest.char_indices() {
        match one {
            _ if quoted => quoted = false,
            '\'' => quoted = true,
            '[' => open += 1,
            ']' if open == 1 => return Some(at + 1),
            ']' => open -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Known {
            sheets: set(&["sheet1", "three", "the 'odd' one"]),
            tables: BTreeMap::from([("sales".to_owned(), "Table1".to_owned())]),
            names: set(&["rate"]),
        }
    }

    #[test]
    fn plain_functions_over_this_workbook_stay() {
        for formula in [
            "SUM(A1:B2)",
            "$A$1*1.5E3+Sheet1!B2%",
            "'The ''odd'' one'!A1",
            "'Sheet1:Three'!A1",
            "SUM(Sheet1:Three!A1)",
            "IF(A1=\"it's [1] \"\"x\"\"\",TRUE,#N/A)",
            "_xlfn.XLOOKUP(A1,A:A,1:1)",
            "_xlfn._xlws.FILTER(A1:A9,{1;2}>1)",
            "Sheet1!#REF!+1",
            "-Rate",
            "VLOOKUP(A1,Three!$A:$C,2,)",
        ] {
            assert_eq!(plain(formula, &known()).map(|plain| plain.text).as_deref(), Some(formula));
        }
        assert!(plain("RATE*2", &known()).unwrap().names.contains("rate"));
    }

    #[test]
    fn tables_get_their_new_names() {
        let formula = "SUM(Sales[[#This Row],[a '] b]])+ROWS(sales)";
        let text = plain(formula, &known()).unwrap().text;
        assert_eq!(text, "SUM(Table1[[#This Row],[a '] b]])+ROWS(Table1)");
    }

    #[test]
    fn whatever_calls_out_or_tells_is_not_plain() {
        for formula in [
            "WEBSERVICE(\"http://x.test\")",
            "_xlfn.WEBSERVICE(A1)",
            "_xlfn.IMAGE(A1)",
            "RTD(\"a\",,\"b\")",
            "cmd|'/c calc'!A0",
            "HYPERLINK(\"http://x.test\")",
            "HYPERLINK(A1,\"x\")",
            "CUBEVALUE(\"c\",\"m\")",
            "_xlfn.STOCKHISTORY(A1,1)",
            "[1]Sheet1!A1",
            "'[Book.xlsx]Sheet1'!A1",
            "'C:\\Users\\anna\\[Book.xlsx]Sheet1'!A1",
            "[1]!name",
            "CELL(\"filename\",A1)",
            "INFO(\"directory\")",
            "_xludf.mine(1)",
            "CALL(\"a\",\"b\",\"c\")",
            "REGISTER.ID(\"a\",\"b\")",
            "_xlfn.FILTERXML(A1,\"//a\")",
            "_xlfn.ENCODEURL(A1)",
            "EXEC(\"calc\")",
            "MyMacro(1)",
            "Elsewhere!A1",
            "'Sheet1:Elsewhere'!A1",
            "Unknown[[a]]",
            "unknown",
            "NOW()",
            "TODAY()-A1",
            "RAND()",
            "\"C:\\Users\\anna\"",
            "LEN(\"\\\\server\\share\")",
            "\"open",
            "A1[",
            "SUM(A1)[1]",
            "A1+\u{1}",
            "#secret",
            "$",
        ] {
            assert_eq!(plain(formula, &known()), None, "{formula}");
        }
        assert_eq!(plain(&"1+".repeat(10_000), &known()), None);
    }
}
