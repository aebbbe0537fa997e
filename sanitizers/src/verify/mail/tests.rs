use std::io::Cursor;

use super::*;

const MAIL: &str = "Received: from pc17\nTo: Bo <bo@x.test>\nSubject: The tank\nMIME-Version: 1.0\n\
    Content-Type: multipart/mixed; boundary=\"=_b\"\n\nbefore\n--=_b\n\
    Content-Type: multipart/alternative; boundary=c\n\n--c\n\nplain form\n--c\n\
    Content-Type: text/html\n\n<p>It <b>leaks</b>\n--c--\n--=_b\n\
    Content-Type: text/plain; name=a.txt\nContent-Transfer-Encoding: base64\n\nVHdv\n--=_b\n\
    Content-Type: message/rfc822\n\nFrom: anna@x.test\n\nThree\n--=_b--\nbehind\n";
const PAGE: &str = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n\
    <p>It <b>leaks</b>\n</body></html>\n";

fn copy(members: &[(&str, &str)]) -> Copy {
    let mut writer = crate::zip::Writer::default();
    for (name, content) in members {
        writer.add(name, content.as_bytes()).unwrap();
    }
    Copy::of(Kind::Zip, writer.finish().unwrap())
}

fn outcome(mail: &str, copy: &Copy) -> Result<(), Refusal> {
    verify(&mut Cursor::new(mail), copy, &Limits::default())
}

#[test]
fn what_the_mail_showed_passes() {
    let clean = copy(&[("1.html", PAGE), ("2.txt", "Two"), ("3.txt", "Three")]);
    assert_eq!(outcome(MAIL, &clean), Ok(()));
    assert_eq!(outcome(&MAIL.replace('\n', "\r\n"), &clean), Ok(()));
    let text = Copy::of(Kind::Text, b"words\n".to_vec());
    assert_eq!(outcome("From: a@x.test\n\nwords\n", &text), Ok(()));
}

#[test]
fn a_file_between_the_lines_is_refused_even_if_the_mail_has_it() {
    for file in [
        "begin 644 a.txt\n#0V%T\n`\nend\n",
        "=ybegin line=128 size=5 name=a\n",
        "(This file must be converted with BinHex 4.0)\n",
    ] {
        let mail = format!("From: a@x.test\n\n{file}");
        let copy = Copy::of(Kind::Text, file.as_bytes().to_vec());
        assert_eq!(outcome(&mail, &copy), Err(Refusal::Verification), "{file}");
    }
}

#[test]
fn anything_put_back_or_left_out_is_refused() {
    for members in [
        &[("1.html", PAGE), ("2.txt", "Two")][..],
        &[("1.txt", "plain form"), ("2.txt", "Two"), ("3.txt", "Three")],
        &[("1.html", PAGE), ("2.txt", "Three"), ("3.txt", "Two")],
        &[("1.html", PAGE), ("2.txt", "Two"), ("3.txt", "From: anna@x.test\n\nThree")],
        &[("1.html", PAGE), ("2.txt", "Two"), ("3.txt", "Three"), ("4.txt", "plain form")],
        &[("1.html", PAGE), ("2.txt", "Two"), ("3.txt", "Three"), ("4.txt", "before")],
        &[("1.html", PAGE), ("2.txt", "Two"), ("3.txt", "Three\nbehind")],
        &[("1.html", PAGE), ("a.txt", "Two"), ("3.txt", "Three")],
        &[("1.txt", "The tank"), ("2.html", PAGE), ("3.txt", "Two"), ("4.txt", "Three")],
    ] {
        assert_eq!(outcome(MAIL, &copy(members)), Err(Refusal::Verification), "{members:?}");
    }
    let changed = PAGE.replace("leaks", "leaks <a href=\"https://x.test\">x</a>");
    let members = [("1.html", &*changed), ("2.txt", "Two"), ("3.txt", "Three")];
    assert_eq!(outcome(MAIL, &copy(&members)), Err(Refusal::Verification));
    for text in ["To: bo@x.test\n\nwords\n", "words", "words\n\n", "Words\n", ""] {
        let copy = Copy::of(Kind::Text, text.as_bytes().to_vec());
        let mail = "From: a@x.test\nTo: bo@x.test\n\nwords\n";
        assert!(outcome(mail, &copy).is_err(), "{text}");
    }
}

#[test]
fn mails_with_two_readings_are_refused_whatever_the_copy() {
    let text = Copy::of(Kind::Text, b"words\n".to_vec());
    for mail in [
        "Content-Type: text/plain\nContent-Type: text/plain\n\nwords\n",
        "Content-Type: text/plain; charset=utf-8; charset=utf-8\n\nwords\n",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n\n",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; \
            boundary=c\n\n--c\n\nwords\n\n--b--\n",
        "Content-Type: a/b\nContent-Transfer-Encoding: binary\n\nwords\n",
        "Content-Type: message/partial\n\nwords\n",
        "Subject: a\rb\n\nwords\n",
    ] {
        assert_eq!(outcome(mail, &text), Err(Refusal::Verification), "{mail}");
    }
}
