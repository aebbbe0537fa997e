//! Formulas that must not be in a copy, by what gives them away.

use std::collections::BTreeMap;

/// Functions that leave the workbook, tell about it, run something, or change by themselves.
const FORBIDDEN: [&str; 28] = [
    "CALL",
    "CELL",
    "DDE",
    "ENCODEURL",
    "EVALUATE",
    "EXEC",
    "EXECUTE",
    "FILTERXML",
    "FOPEN",
    "GETPIVOTDATA",
    "HYPERLINK",
    "IMAGE",
    "INDIRECT",
    "INFO",
    "INITIATE",
    "LAMBDA",
    "LET",
    "NOW",
    "POKE",
    "RAND",
    "RANDARRAY",
    "RANDBETWEEN",
    "RTD",
    "STOCKHISTORY",
    "TODAY",
    "TRANSLATE",
    "UNREGISTER",
    "WEBSERVICE",
];

/// Beginnings of such functions.
const BEGINNINGS: [&str; 8] =
    ["CUBE", "REGISTER", "_XLUDF", "_XLL", "SQL.", "GET.", "DOCUMENT", "PY"];

/// A piece of a formula: what stands in double quotes, and what does not.
fn pieces(formula: &str) -> impl Iterator<Item = (bool, &str)> {
    formula.split('"').enumerate().map(|(number, piece)| (number % 2 == 1, piece))
}

/// Whether a formula has none of these signs.
pub(super) fn is_plain(formula: &str) -> bool {
    pieces(formula).all(|(is_text, piece)| {
        if is_text {
            let lower = piece.to_lowercase();
            return !["://", ":\\", "\\\\", "file:"].iter().any(|mark| lower.contains(mark));
        }
        !piece.contains('|') && !leads_out(piece) && !runs(piece)
    })
}

/// Brackets that name another file: in quotes, or with no table in front.
fn leads_out(piece: &str) -> bool {
    // In the columns of a table an apostrophe stands before signs, in front of brackets too.
    let is_table = piece.contains("[[") || piece.contains("#'");
    let names_file = |part: &str| part.contains('[') && part.contains(']');
    let quoted = !is_table && piece.split('\'').skip(1).step_by(2).any(names_file);
    let mut open = 0_u32;
    let mut before = ' ';
    let mut bare = false;
    for one in piece.chars() {
        match one {
            '[' => {
                bare |= open == 0 && !(before.is_alphanumeric() || "_.".contains(before));
                open += 1;
            }
            ']' => open = open.saturating_sub(1),
            _ => {}
        }
        before = one;
    }
    bare || quoted
}

fn runs(piece: &str) -> bool {
    let upper = piece.to_uppercase();
    let mut rest = upper.as_str();
    while let Some((front, behind)) = rest.split_once('(') {
        let name = front.rsplit(|one: char| !(one.is_alphanumeric() || "_.".contains(one))).next();
        let name = name.unwrap_or_default();
        let name = name.strip_prefix("_XLFN.").unwrap_or(name);
        let name = name.strip_prefix("_XLWS.").unwrap_or(name);
        let begins = BEGINNINGS.iter().any(|beginning| name.starts_with(beginning));
        if FORBIDDEN.contains(&name) || begins {
            return true;
        }
        rest = behind;
    }
    false
}

/// A formula with other names for tables.
pub(super) fn renamed(formula: &str, tables: &BTreeMap<String, String>) -> String {
    let mut out = Vec::new();
    for (is_text, piece) in pieces(formula) {
        let mut new = String::new();
        let mut rest = piece;
        while !is_text && !rest.is_empty() {
            let is_of_name = |one: char| one.is_alphanumeric() || "_.$?".contains(one);
            let length = rest.find(|one| !is_of_name(one)).unwrap_or(rest.len());
            let (name, behind) = rest.split_at_checked(length).unwrap_or_default();
            new.push_str(tables.get(&name.to_lowercase()).map_or(name, |table| table));
            let sign = behind.chars().next();
            new.extend(sign);
            rest = behind.get(sign.map_or(0, char::len_utf8)..).unwrap_or_default();
        }
        out.push(if is_text { piece.to_owned() } else { new });
    }
    out.join("\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_that_lead_out_are_known() {
        for plain in ["SUM(A1:B2)", "IF(A1=\"[1] |\",'A b'!A1)", "SUM(T1[[#This Row],[x]])"] {
            assert!(is_plain(plain), "{plain}");
        }
        for other in [
            "[1]Sheet1!A1",
            "SUM([1]Sheet1!A1)",
            "'[Book.xlsx]Sheet1'!A1",
            "'C:\\a\\[Book.xlsx]Sheet1'!A1",
            "cmd|'/c calc'!A1",
            "_xlfn.WEBSERVICE(A1)",
            "1+HYPERLINK(A1)",
            "IF(TODAY()>1,1)",
            "CUBEVALUE(A1)",
            "_xludf.x(1)",
            "\"file:///a\"",
        ] {
            assert!(!is_plain(other), "{other}");
        }
    }

    #[test]
    fn tables_are_renamed_outside_of_texts() {
        let tables = BTreeMap::from([("sales".to_owned(), "Table1".to_owned())]);
        assert_eq!(renamed("Sales[x]&\"Sales\"", &tables), "Table1[x]&\"Sales\"");
    }
}
