use std::io::Cursor;

use super::*;
use crate::refusal::{Feature, Limit};
use crate::sanitize;

fn cleaned(mail: &str) -> Result<(Kind, Vec<u8>, Vec<Change>), Refusal> {
    let mut copy = Vec::new();
    let report = sanitize(&mut Cursor::new(mail), &mut copy, &Limits::default())?;
    Ok((report.kind, copy, report.changes))
}

const HEAD: &str = "Message-ID: <1@pc17>\nFrom: a@x.test\nMIME-Version: 1.0\n";

#[test]
fn a_mail_of_one_text_is_that_text_and_the_report_says_what_is_gone() {
    let (kind, copy, changes) = cleaned(&format!("{HEAD}\nIt leaks.\n")).unwrap();
    assert_eq!((kind, &*copy), (Kind::Text, &b"It leaks.\n"[..]));
    assert_eq!(changes, [Change::MailHeadersRemoved]);
}

#[test]
fn codings_and_encodings_end_as_the_same_text() {
    for (lines, body) in [
        ("Content-Type: text/plain; charset=utf-8", "R\u{F8}d\n"),
        (
            "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable",
            "R=F8=\nd\n",
        ),
        (
            "Content-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: base64",
            "UgD4AGQACgA=\n",
        ),
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: Binary",
            "R\u{F8}d\n",
        ),
        ("Content-Type: TEXT/PLAIN; CHARSET=\"UTF-8\"; format=flowed", "R\u{F8}d \n"),
        ("Content-Type: text/plain; charset=\"\"", "R\u{F8}d\n"),
    ] {
        let (kind, copy, _) = cleaned(&format!("{HEAD}{lines}\n\n{body}")).unwrap();
        assert_eq!((kind, str::from_utf8(&copy).unwrap()), (Kind::Text, "Rød\n"), "{lines}");
    }
}

#[test]
fn every_kind_of_line_end_gives_the_same_copy() {
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n--b--\n"
    );
    let copy = cleaned(&mail).unwrap();
    assert_eq!(copy.0, Kind::Zip);
    assert_eq!(cleaned(&mail.replace('\n', "\r\n")).unwrap(), copy);
    assert_eq!(cleaned(&mail.replace('\n', "\r")), Err(Refusal::Damaged(Damage::Encoding)));
}

#[test]
fn mails_in_mails_in_mails_are_refused_where_nobody_would_look() {
    let mut mail = format!("{HEAD}\nwords\n");
    for depth in 0..4 {
        mail = format!("{HEAD}Content-Type: message/rfc822\n\n{mail}");
        let expected = if depth < 2 { Ok(Kind::Text) } else { Err(Refusal::Limit(Limit::Depth)) };
        assert_eq!(cleaned(&mail).map(|(kind, ..)| kind), expected, "{depth}");
    }
    let mut parts = "\nwords\n".to_owned();
    for depth in 0..20 {
        parts = format!(
            "Content-Type: multipart/mixed; boundary=b{depth}.\n\n--b{depth}.\n{parts}\n--b{depth}.--\n"
        );
    }
    assert_eq!(cleaned(&format!("{HEAD}{parts}")), Err(Refusal::Limit(Limit::Depth)));
}

#[test]
fn a_mail_without_anything_to_read_is_refused() {
    for body in ["", "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n", "\n \n"] {
        let refused = Err(Refusal::NotCleanable(Foreign::Mail));
        assert_eq!(cleaned(&format!("{HEAD}{body}")), refused, "{body}");
    }
    let many = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{}--b--\n",
        "--b\n\n".repeat(6000)
    );
    assert_eq!(cleaned(&many), Err(Refusal::Limit(Limit::Parts)));
}

#[test]
fn a_page_is_read_in_the_encoding_that_the_mail_names() {
    let mail = format!(
        "{HEAD}Content-Type: text/html; charset=iso-8859-2\nContent-Transfer-Encoding: quoted-printable\n\n\
         <html><meta charset=3Dutf-8><p>m=B1ka\n"
    );
    let (kind, copy, _) = cleaned(&mail).unwrap();
    assert_eq!(kind, Kind::Html);
    assert!(str::from_utf8(&copy).unwrap().contains("mąka"));
    let unsure = format!("{HEAD}Content-Type: text/plain; charset=x-nobody\n\nwords\n");
    assert_eq!(cleaned(&unsure), Err(Refusal::Damaged(Damage::Encoding)));
    let packed = format!("{HEAD}\nbegin 644 a\n#0V%T\n`\nend\n");
    assert_eq!(cleaned(&packed), Err(Refusal::Feature(Feature::Construct)));
}

#[test]
fn flowed_lines_of_a_mail_that_says_no_encoding_are_read() {
    let mail = [HEAD.as_bytes(), b"Content-Type: text/plain; format=flowed\n\nR\xF8d \n"].concat();
    let mut copy = Vec::new();
    sanitize(&mut Cursor::new(mail), &mut copy, &Limits::default()).unwrap();
    assert_eq!(str::from_utf8(&copy).unwrap(), "Rød\n");
}

#[test]
fn a_boundary_may_have_blanks_in_quotes() {
    let mail = |boundary: &str| {
        format!(
            "{HEAD}Content-Type: multipart/mixed; boundary={boundary}\n\n--a b\n\none\n--a b--\n"
        )
    };
    assert_eq!(cleaned(&mail("\"a b\"")).unwrap().1, b"one");
    for boundary in ["a b", "\" a b\"", "\"a b \""] {
        assert_eq!(cleaned(&mail(boundary)), Err(Refusal::Damaged(Damage::Value)), "{boundary}");
    }
}

#[test]
fn files_between_the_lines_are_found_in_every_coding_and_type() {
    let file = "words\nbegin 644 a.txt\n#0V%T\n`\nend\n";
    let wide: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(file.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for lines in [
        format!("Content-Type: text/markdown\n\n{file}"),
        format!("Content-Type: application/octet-stream\n\n{file}"),
        format!(
            "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{}",
            crate::base64::encode(file.replace('\n', "\r").as_bytes())
        ),
        format!(
            "Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n{}",
            crate::base64::encode(&wide)
        ),
        "\nwords\n(This file must be converted with BinHex 4.0)\n\n:#@0dEf9b:\n".to_owned(),
    ] {
        let mail = format!("{HEAD}{lines}");
        assert_eq!(cleaned(&mail), Err(Refusal::Feature(Feature::Construct)), "{lines}");
    }
    let latin = [HEAD.as_bytes(), b"\nR\xF8d\nbegin 644 a.txt\n#0V%T\n`\nend\n"].concat();
    let refusal =
        sanitize(&mut Cursor::new(latin), &mut Vec::new(), &Limits::default()).unwrap_err();
    assert_eq!(refusal, Refusal::Feature(Feature::Construct));
}
