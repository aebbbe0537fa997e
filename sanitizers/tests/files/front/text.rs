//! Text through the front door.

use proptest::prelude::*;
use sluse_sanitizers::refusal::{Damage, Foreign};
use sluse_sanitizers::{Category, Kind, Refusal, Warning};

use crate::cleaning::clean_with_report;
use crate::real;

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
}

#[test]
fn a_file_without_a_letter_is_refused_as_empty() {
    for file in [&b"\xFE\xFF"[..], b"\xFF\xFE", b"\xEF\xBB\xBF"] {
        assert_eq!(clean_with_report(file).unwrap_err(), Refusal::Empty, "{file:?}");
    }
}

const WORDS: &str = "Råd til Søren; 20 €\n\"æble\"\t— ja\n";

#[test]
fn every_encoding_and_line_end_gives_the_same_text() {
    let returns = WORDS.replace('\n', "\r\n");
    let latin: Vec<u8> = returns
        .chars()
        .map(|c| match c {
            '€' => 0x80,
            '—' => 0x97,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let originals = [
        WORDS.as_bytes().to_vec(),
        returns.as_bytes().to_vec(),
        WORDS.replace('\n', "\r").into_bytes(),
        [b"\xEF\xBB\xBF", WORDS.as_bytes()].concat(),
        utf16(&returns, u16::to_le_bytes),
        utf16(WORDS, u16::to_be_bytes),
        latin,
    ];
    for original in originals {
        let (clean, report) = clean_with_report(&original).unwrap();
        assert_eq!(clean, WORDS.as_bytes(), "{original:x?}");
        assert_eq!(report.kind, Kind::Text);
        let (again, report) = clean_with_report(&clean).unwrap();
        assert_eq!((again, report.findings), (clean, vec![]));
    }
}

#[test]
fn what_a_program_left_is_counted() {
    let categories = |file: &[u8]| {
        let findings = clean_with_report(file).unwrap().1.findings;
        findings.iter().map(|finding| finding.category).collect::<Vec<_>>()
    };
    assert_eq!(categories(b"\xEF\xBB\xBFa\n"), [Category::Software]);
    assert_eq!(categories(b"a\r\nb\r\n"), [Category::Software]);
    assert_eq!(categories(b"a\r\nb\nc\r\n"), [Category::StrayBytes]);
    assert_eq!(categories(b"a\nb"), []);
}

#[test]
fn marks_that_cannot_be_seen_are_reported_and_stay() {
    let marks = ["a\u{200B}b", "a\u{202E}b", "a\u{E0061}b", "a\u{FEFF}b", "a \t \nb", "a\u{2003}b"];
    for text in marks {
        let (clean, report) = clean_with_report(text.as_bytes()).unwrap();
        assert_eq!(clean, text.as_bytes());
        assert_eq!(report.warnings, [Warning::InvisibleCharacters], "{text:?}");
    }
}

#[test]
fn letters_that_look_like_others_are_reported_and_stay() {
    let text = "p\u{430}ssword";
    let (clean, report) = clean_with_report(text.as_bytes()).unwrap();
    assert_eq!(clean, text.as_bytes());
    assert_eq!(report.warnings, [Warning::LookalikeLetters]);
}

#[test]
fn odd_blanks_and_copies_of_characters_are_warned_about() {
    for text in ["a\u{A0}b\n", "a \nb\n", "a  b c\n", "a\u{3000}b\n", "One. Two.  Three.\n"] {
        let (clean, report) = clean_with_report(text.as_bytes()).unwrap();
        assert_eq!(clean, text.as_bytes());
        assert_eq!(report.warnings, [Warning::InvisibleCharacters], "{text:?}");
    }
    for text in [
        "lo\u{261}ic\n",
        "the \u{440}\u{430}\u{443}\n",
        "e\u{301}\n",
        "a\u{FF1B} b\n",
        "a\u{2010}b\n",
    ] {
        let report = clean_with_report(text.as_bytes()).unwrap().1;
        assert_eq!(report.warnings, [Warning::LookalikeLetters], "{text:?}");
    }
}

#[test]
fn ordinary_texts_give_no_warning() {
    for text in [WORDS, "Москва, Αθήνα, 東京\n", "# Title  \nline\n", "a;b;c\n1;2;3\n"]
    {
        assert_eq!(clean_with_report(text.as_bytes()).unwrap().1.warnings, [], "{text}");
    }
}

#[test]
fn what_is_no_text_is_refused() {
    let refused: [&[u8]; 9] = [
        b"a\x1B[2Jb",
        b"a\0b",
        b"a\x7Fb",
        "a\u{85}b".as_bytes(),
        "a\u{FFFF}b".as_bytes(),
        b"\xFF\xFEa",
        b"\xFF\xFE\0\xD8",
        b"\xEF\xBB\xBFa\xFF",
        b"\xCF\xF0\xE8\xE2\xE5\xF2 \xEC\xE8\xF0",
    ];
    for file in refused {
        assert!(clean_with_report(file).is_err(), "{file:x?}");
    }
    assert_eq!(
        clean_with_report("a\u{90}b".as_bytes()).unwrap_err(),
        Refusal::Damaged(Damage::Encoding)
    );
    assert_eq!(clean_with_report(b"").unwrap_err(), Refusal::Empty);
}

#[test]
fn markup_and_office_texts_are_refused_in_every_encoding() {
    for page in ["<?xml version=\"1.0\"?><a/>", "  <gpx><wpt/></gpx>"] {
        let refusal = Refusal::NotCleanable(Foreign::WebPage);
        assert_eq!(
            clean_with_report(&utf16(page, u16::to_le_bytes)).unwrap_err(),
            refusal,
            "{page}"
        );
        assert_eq!(clean_with_report(page.as_bytes()).unwrap_err(), refusal, "{page}");
    }
    let office = utf16("{\\rtf1 a}", u16::to_be_bytes);
    assert_eq!(clean_with_report(&office).unwrap_err(), Refusal::NotCleanable(Foreign::Office));
    assert!(clean_with_report(b"{\\rtf1 a}").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn random_bytes_never_get_past_both_readers(file in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok((clean, report)) = clean_with_report(&file)
            && report.kind == Kind::Text
        {
            prop_assert_eq!(&clean_with_report(&clean).unwrap().0, &clean);
        }
    }

    #[test]
    fn any_characters_stay_what_they_are(text in "[\\PC\\n\\t]{1,80}") {
        // A table gets apostrophes where a spreadsheet would calculate.
        if let Ok((clean, report)) = clean_with_report(text.as_bytes())
            && report.kind == Kind::Text
        {
            let start = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
            prop_assert_eq!(clean, start.as_bytes());
        }
    }
}

#[test]
fn real_texts_have_no_byte_order_mark_and_one_kind_of_line_ends() {
    real::each(&["txt", "csv"], |file| {
        let text = str::from_utf8(&file.copy).unwrap();
        assert!(!text.starts_with('\u{FEFF}') && !text.contains('\r'), "{}", file.name);
    });
}
