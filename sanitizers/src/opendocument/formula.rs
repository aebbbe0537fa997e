//! Formulas of cells, and addresses.
//!
//! A formula can fetch a page, start another program and read a file, each time a table is
//! opened. So its words are looked at one by one: functions must be on a list, addresses
//! must be of this document, and there are no names that somebody else defines.
//!
//! Format: Open Document Format 1.3 part 4, 5 (`OpenFormula`).

use super::functions;
use crate::elsewhere::is_elsewhere;

/// Bytes of one formula.
const LONGEST: usize = 8192;
/// Prefixes of the namespaces of formulas: that of the standard, and an older one.
const PREFIXES: [&str; 2] = ["of:=", "oooc:="];

/// Whether a formula calculates with what is in the document and nothing else.
pub(super) fn is_kept(formula: &str) -> bool {
    let body = PREFIXES.iter().find_map(|prefix| formula.strip_prefix(prefix));
    let is_short = formula.len() <= LONGEST;
    body.filter(|_| is_short).is_some_and(|body| words(body).is_some())
}

/// Goes over the words of a formula; none if one of them may not be there.
fn words(mut rest: &str) -> Option<()> {
    while let Some(first) = rest.chars().next() {
        match first {
            '"' => {
                let behind = behind_quote(rest, '"')?;
                let (text, _) = rest.split_at_checked(rest.len() - behind.len())?;
                (!is_elsewhere(text)).then_some(())?;
                rest = behind;
            }
            '[' => {
                let (address, behind) = bracket(rest)?;
                is_address(address).then_some(())?;
                rest = behind;
            }
            '0'..='9' | '.' => rest = behind_number(rest),
            'A'..='Z' | 'a'..='z' | '_' => {
                let part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
                let end = rest.find(|c: char| !part(c)).unwrap_or(rest.len());
                let (name, behind) = rest.split_at_checked(end)?;
                // A name without brackets is one that somebody defined elsewhere.
                behind.trim_start().starts_with('(').then_some(())?;
                functions::is_kept(&name.to_ascii_uppercase()).then_some(())?;
                rest = behind;
            }
            '+' | '-' | '*' | '/' | '^' | '&' | '=' | '<' | '>' | '(' | ')' | '{' | '}' | ';'
            | '|' | '!' | '~' | '%' | ' ' | '\n' => rest = rest.get(1..)?,
            _ => return None,
        }
    }
    Some(())
}

/// What stands behind a text in quotes; a quote in it is written twice.
fn behind_quote(rest: &str, quote: char) -> Option<&str> {
    let mut rest = rest.strip_prefix(quote)?;
    loop {
        let end = rest.find(quote)?;
        rest = rest.get(end + 1..)?;
        match rest.strip_prefix(quote) {
            Some(behind) => rest = behind,
            None => return Some(rest),
        }
    }
}

fn behind_number(rest: &str) -> &str {
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    let (number, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let exponent = behind.strip_prefix(['E', 'e']).map(|behind| {
        behind
            .strip_prefix(['+', '-'])
            .unwrap_or(behind)
            .trim_start_matches(|c: char| c.is_ascii_digit())
    });
    debug_assert!(!number.is_empty());
    exponent.unwrap_or(behind)
}

/// What is in brackets, and what stands behind; brackets in the name of a sheet do not count.
fn bracket(rest: &str) -> Option<(&str, &str)> {
    let inner = rest.strip_prefix('[')?;
    let mut quoted = false;
    let end = inner.find(|c: char| {
        quoted ^= c == '\'';
        c == ']' && !quoted
    })?;
    let (address, behind) = inner.split_at_checked(end)?;
    Some((address, behind.get(1..)?))
}

/// Whether a list of addresses, with blanks between them, is of this document.
pub(super) fn is_list_of_addresses(list: &str) -> bool {
    let mut quoted = false;
    let mut addresses = list.split(|c: char| {
        quoted ^= c == '\'';
        c == ' ' && !quoted
    });
    list.len() <= LONGEST && addresses.all(|address| address.is_empty() || is_address(address))
}

/// Whether an address is one cell of this document, or two with a colon.
fn is_address(address: &str) -> bool {
    let mut quoted = false;
    let mut cells = address.split(|c: char| {
        quoted ^= c == '\'';
        c == ':' && !quoted
    });
    address.matches(':').count() < 8 && cells.all(is_cell)
}

/// `$Sheet1.$A$1`, `$'Sheet 1'.A1`, `.A1`: with a dot in front of the cell, and no file.
fn is_cell(cell: &str) -> bool {
    let cell = cell.strip_prefix('$').unwrap_or(cell);
    let behind = if cell.starts_with('\'') {
        let Some(behind) = behind_quote(cell, '\'') else { return false };
        behind
    } else {
        let end = cell.rfind('.').unwrap_or(cell.len());
        let (sheet, behind) = cell.split_at_checked(end).unwrap_or((cell, ""));
        let odd = |c: char| "#'\":/\\[]$;<>".contains(c) || c.is_control();
        if sheet.contains(odd) {
            return false;
        }
        behind
    };
    // A number sign would stand between the name of a file and that of a sheet.
    let Some(place) = behind.strip_prefix('.') else { return false };
    let place = place.strip_prefix('$').unwrap_or(place);
    let row = place.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = place.len().saturating_sub(row.len());
    let row = row.strip_prefix('$').unwrap_or(row);
    letters <= 3
        && row.len() <= 7
        && (letters > 0 || !row.is_empty())
        && row.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_that_calculate_stay() {
        for formula in [
            "of:=SUM([.A1:.A3])",
            "of:=IF([.A1]>1.5E-3;\"to \"\"ord\"\"\";[$'Ark ]1'.B2])",
            "of:=[$Sheet1.$A$1:.$B$2]*2%&{1;2|3;4}",
            "oooc:=sum([.A1:.A3]!B(1;2;3))",
            "of:=SUM([.A:.A];[.1:.2])",
        ] {
            assert!(is_kept(formula), "{formula}");
        }
    }

    #[test]
    fn formulas_that_reach_outside_do_not() {
        for formula in [
            "of:=WEBSERVICE(\"http://x.test/\")",
            "of:=DDE(\"soffice\";\"a\";\"b\")",
            "of:=['file:///C:/Users/anna/a.ods'#$Sheet1.A1]",
            "of:=['file:///C:/a.ods'#Sheet1.A1:.B2]",
            "of:=[http://x.test/a.ods#.A1]",
            "of:=ANNAS_NAME+1",
            "of:=COM.ANNA.ADDIN.F(1)",
            "of:=HYPERLINK(\"http://x.test\")",
            "of:=Sheet1!A1",
            "msoxl:=SUM(A1)",
            "=SUM(A1)",
            "of:=[.A1",
            "of:=\"a",
            "of:=\u{e9}(1)",
            "of:=LEN(\"C:\\Users\\anna\")",
            "of:=LEN(\"\\\\server\\anna\")",
            "of:=LEN(\"FILE:a\")",
            "of:=LEN(\"mailto:anna@x.test\")",
        ] {
            assert!(!is_kept(formula), "{formula}");
        }
    }

    #[test]
    fn addresses_are_of_this_document() {
        assert!(is_list_of_addresses("$Sheet1.$A$1:.$H$12 'Ark 1'.A1:'Ark 1'.B2"));
        assert!(is_list_of_addresses("local-table.$B$2:.$B$4"));
        assert!(!is_list_of_addresses("'file:///a.ods'#$A.A1"));
        assert!(!is_list_of_addresses("anna"));
    }
}
