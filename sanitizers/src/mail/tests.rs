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
