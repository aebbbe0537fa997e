//! Tables.

use proptest::prelude::*;
use sluse_sanitizers::{Change, Kind, Refusal};

use crate::cleaning::{clean, clean_with_report};
use crate::programs::python;

/// Prints each cell on a line of its own, without the apostrophes before formulas.
const CELLS: &str = r#"
import csv, sys
for row in csv.reader(open(sys.argv[1], newline="", encoding="utf-8-sig"), delimiter=";"):
    print("row", len(row))
    for cell in row:
        print(repr(cell[1:] if cell[:1] == "'" else cell))
"#;

#[test]
fn another_reader_finds_the_same_cells() {
    let table =
        "\u{FEFF}navn;beløb;note\r\nSøren;-12,5;\"=1+1\"\r\n\"Å;se\";+45 12;\"to \"\"ord\"\"\"\r\n";
    let (copy, report) = clean_with_report(table.as_bytes()).unwrap();
    assert_eq!(report.kind, Kind::Csv);
    assert_eq!(report.changes, [Change::FormulasAsText]);
    assert_eq!(python(CELLS, table.as_bytes()), python(CELLS, &copy));
}

#[test]
fn the_same_table_from_two_programs_gives_the_same_copy() {
    let unix = "a,b\n1,=2\n3,4\n";
    let windows: Vec<u8> = "\u{FEFF}"
        .encode_utf16()
        .chain(unix.replace('\n', "\r\n").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(clean(unix.as_bytes()), clean(&windows));
}

#[test]
fn a_text_with_commas_is_no_table() {
    let text = "Dear Bo,\n- first, I saw it\n- nobody, spoke\n\nAnna\n";
    let (copy, report) = clean_with_report(text.as_bytes()).unwrap();
    assert_eq!((report.kind, copy.as_slice()), (Kind::Text, text.as_bytes()));
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9 =+@\"'|(-]{0,8}",
        "[=+@-][a-z0-9(|! ]{0,6}",
        "\"[a-z,;\t =+@\n-]{0,8}\"",
        "-?[0-9]{1,4}(,[0-9]{1,2})?",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn tables_of_any_cells_are_verified_and_stable(
        rows in prop::collection::vec((cell(), cell(), cell()), 3..8),
        separator in prop::sample::select(vec![',', ';', '\t']),
    ) {
        let rows = rows.iter().map(|(a, b, c)| format!("{a}{separator}{b}{separator}{c}\n"));
        let table: String = rows.collect();
        match clean_with_report(table.as_bytes()) {
            Ok((copy, _)) => prop_assert_eq!(&clean(&copy), &copy),
            Err(reason) => prop_assert!(reason != Refusal::Verification, "{table:?}"),
        }
    }
}
