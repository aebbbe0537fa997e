//! Mails: every line in which they say who wrote to whom, when, with what and over which
//! computers, and every part that is not shown.

use super::neighbours::List;
use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature, Foreign};
use crate::{Kind, Refusal, base64};

/// A text with one more line in its header.
fn with_line(token: &Token, line: &str) -> Vec<u8> {
    format!(
        "Received: from pc17 by mx.test; Tue, 24 Nov 2026 12:00:00 +0100\n{line}\n\
         Content-Type: text/plain; charset=utf-8\n\nThe tank leaks: {}.\n",
        token.shown()
    )
    .into_bytes()
}

/// A mail of this content, which begins with the lines that say what it is.
fn mail(token: &Token, content: &str) -> Vec<u8> {
    let content = content.replace("TOKEN", &token.hidden()).replace("SHOWN", &token.shown());
    format!("From: Anna <anna@x.test>\nMIME-Version: 1.0\n{content}").into_bytes()
}

/// A mail with a text and one more part.
fn with_part(token: &Token, part: &str) -> Vec<u8> {
    mail(
        token,
        &format!(
            "Content-Type: multipart/mixed; boundary=\"=_b\"\n\n--=_b\nContent-Type: text/plain\n\n\
             It leaks: SHOWN.\n--=_b\n{part}\n--=_b--\n"
        ),
    )
}

macro_rules! rows {
    ($make:ident: $($place:literal => $text:expr,)*) => {
        vec![$(Row {
            kind: Kind::Mail,
            place: $place,
            plant: |token| $make(token, &$text.replace("TOKEN", &token.hidden())),
            outcome: Outcome::Cleaned,
        }),*]
    };
    ($make:ident: $($place:literal => $text:expr, $refusal:expr;)*) => {
        vec![$(Row {
            kind: Kind::Mail,
            place: $place,
            plant: |token| $make(token, &$text.replace("TOKEN", &token.hidden())),
            outcome: Outcome::Refused($refusal),
        }),*]
    };
}

pub(super) fn rows() -> Vec<Row> {
    let tables = [
        lines(),
        more_lines(),
        around(),
        parts(),
        forms(),
        inside(),
        coded(),
        refused(),
        two_readings(),
    ];
    tables.into_iter().flatten().collect()
}

fn lines() -> Vec<Row> {
    rows! { with_line:
        "line From" => "From: TOKEN <a@x.test>",
        "line Sender" => "Sender: TOKEN@x.test",
        "line Reply-To" => "Reply-To: TOKEN@x.test",
        "line To" => "To: TOKEN <a@x.test>, b@x.test",
        "line Cc" => "Cc: a@x.test,\n\tTOKEN@x.test",
        "line Bcc" => "Bcc: TOKEN@x.test",
        "line Subject" => "Subject: The tank TOKEN",
        "line Date" => "Date: Tue, 24 Nov 2026 12:00:00 +0100 (TOKEN)",
        "line Comments" => "Comments: TOKEN",
        "line Keywords" => "Keywords: TOKEN",
        "line Message-ID" => "Message-ID: <TOKEN@pc17>",
        "line In-Reply-To" => "In-Reply-To: <TOKEN@pc17>",
        "line References" => "References: <1@pc17>\n <TOKEN@pc17>",
        "line Received" => "Received: from TOKEN (10.0.0.7) by mx.test; Tue, 24 Nov 2026",
        "line Return-Path" => "Return-Path: <bounce+TOKEN@x.test>",
        "line Resent-From" => "Resent-From: TOKEN@x.test",
        "line Resent-Date" => "Resent-Date: TOKEN",
        "line Resent-Message-ID" => "Resent-Message-ID: <TOKEN@pc17>",
        "line nobody knows" => "Anna: TOKEN",
    }
}

fn more_lines() -> Vec<Row> {
    rows! { with_line:
        "line Delivered-To" => "Delivered-To: TOKEN@x.test",
        "line Envelope-To" => "Envelope-To: TOKEN@x.test",
        "line Disposition-Notification-To" => "Disposition-Notification-To: TOKEN@x.test",
        "line Organization" => "Organization: TOKEN",
        "line DKIM-Signature" => "DKIM-Signature: v=1; d=x.test;\n b=TOKEN",
        "line ARC-Seal" => "ARC-Seal: i=1; b=TOKEN",
        "line ARC-Authentication-Results" => "ARC-Authentication-Results: i=1; TOKEN",
        "line Authentication-Results" => "Authentication-Results: mx.test; spf=pass TOKEN",
        "line Received-SPF" => "Received-SPF: pass client-ip=TOKEN",
        "line Autocrypt" => "Autocrypt: addr=a@x.test; keydata=TOKEN",
        "line OpenPGP" => "OpenPGP: id=TOKEN",
        "line User-Agent" => "User-Agent: Thunderbird TOKEN",
        "line X-Mailer" => "X-Mailer: Outlook TOKEN",
        "line X-Originating-IP" => "X-Originating-IP: [TOKEN]",
        "line X-MS-Exchange-Organization" => "X-MS-Exchange-Organization-Network-Message-Id: TOKEN",
        "line Thread-Index" => "Thread-Index: TOKEN",
        "line Thread-Topic" => "Thread-Topic: TOKEN",
        "line List-Unsubscribe" => "List-Unsubscribe: <https://x.test/TOKEN>",
        "line Feedback-ID" => "Feedback-ID: TOKEN",
        "line X-Mailgun-Variables" => "X-Mailgun-Variables: {\"user\": \"TOKEN\"}",
        "line X-Gmail-Labels" => "X-Gmail-Labels: TOKEN",
        "line X-Face" => "X-Face: TOKEN",
        "line Content-Description" => "Content-Description: TOKEN",
        "line Content-ID" => "Content-ID: <TOKEN@x.test>",
        "line Content-Location" => "Content-Location: file:///C:/Users/TOKEN/a.htm",
        "line Content-Language" => "Content-Language: da-x-TOKEN",
        "line MIME-Version with a comment" => "MIME-Version: 1.0 (TOKEN)",
    }
}

fn around() -> Vec<Row> {
    rows! { mail:
        "unknown parameter of a type" => "Content-Type: text/plain; x-mac-creator=TOKEN\n\nIt leaks: SHOWN.\n",
        "boundary" => "Content-Type: multipart/mixed; boundary=TOKEN\n\n--TOKEN\n\nIt leaks: SHOWN.\n--TOKEN--\n",
        "text before the first part" => "Content-Type: multipart/mixed; boundary=b\n\nTOKEN\n--b\n\nIt leaks: SHOWN.\n--b--\n",
        "text behind the last part" => "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nIt leaks: SHOWN.\n--b--\nTOKEN\n",
        "parameter of a signed mail" => "Content-Type: multipart/signed; boundary=b; protocol=TOKEN\n\n--b\n\nIt leaks: SHOWN.\n--b--\n",
    }
}

fn parts() -> Vec<Row> {
    rows! { with_part:
        "name of a part" => "Content-Type: text/plain; name=\"TOKEN.txt\"\n\nwords",
        "name of a part in pieces" => "Content-Type: text/plain; name*0*=utf-8''a; name*1=TOKEN\n\nwords",
        "name of an attached file" => "Content-Disposition: attachment; filename=TOKEN.txt\n\nwords",
        "date of an attached file" => "Content-Disposition: attachment; creation-date=\"TOKEN\"\n\nwords",
        "number of a part" => "Content-ID: <TOKEN@x.test>\n\nwords",
        "number of an attached file in a store" => "X-Attachment-Id: f_TOKEN\n\nwords",
        "author of an attached page" => "Content-Type: text/html\nContent-Disposition: attachment\n\n<html><meta name=author content=TOKEN><p>x",
        "signature by PGP" => "Content-Type: application/pgp-signature\n\nTOKEN",
        "signature by S/MIME" => "Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\n\nTOKEN",
        "key of the sender" => "Content-Type: application/pgp-keys\n\nTOKEN",
        "card of a person" => "Content-Type: text/vcard\n\nBEGIN:VCARD\nFN:TOKEN\nEND:VCARD",
        "invitation" => "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nATTENDEE:mailto:TOKEN@x.test\nEND:VCALENDAR",
        "invitation as a file" => "Content-Type: application/ics; name=invite.ics\n\nBEGIN:VCALENDAR\nUID:TOKEN\nEND:VCALENDAR",
        "receipt of a server" => "Content-Type: message/delivery-status\n\nReporting-MTA: dns; TOKEN",
        "receipt of a reader" => "Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;TOKEN",
        "headers of another mail" => "Content-Type: text/rfc822-headers\n\nReceived: from TOKEN",
        "what a Macintosh remembers of a file" => "Content-Type: application/applefile\n\nTOKEN",
        "looks of a saved page" => "Content-Type: text/css\n\np { background: url(https://x.test/TOKEN) }",
        "script of a saved page" => "Content-Type: text/javascript\n\nfetch('https://x.test/TOKEN')",
        "header of an empty part" => "Content-Description: TOKEN\n",
    }
}

/// A mail with a plain form and others.
fn with_form(token: &Token, form: &str) -> Vec<u8> {
    mail(
        token,
        &format!(
            "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nIt leaks: SHOWN.\n--b\n{form}\n--b--\n"
        ),
    )
}

fn forms() -> Vec<Row> {
    rows! { with_form:
        "address behind the words of a page" => "Content-Type: text/html\n\n<p>SHOWN <a href='https://x.test/?u=TOKEN'>here</a>",
        "picture that says who reads" => "Content-Type: text/html\n\n<p>SHOWN<img src='https://x.test/TOKEN.gif' width=1 height=1>",
        "hidden words of a page" => "Content-Type: text/html\n\n<div style='display:none'>TOKEN</div><p>SHOWN",
        "title of a page" => "Content-Type: text/html\n\n<html><head><title>TOKEN</title></head><p>SHOWN",
        "program that wrote a page" => "Content-Type: text/html\n\n<html><meta name=Generator content='Word TOKEN'><p>SHOWN",
        "comment for one program" => "Content-Type: text/html\n\n<!--[if gte mso 9]><o:Author>TOKEN</o:Author><![endif]--><p>SHOWN",
        "page that asks servers" => "Content-Type: text/x-amp-html\n\n<html amp4email><amp-list src='https://x.test/TOKEN'>",
        "form for a watch" => "Content-Type: text/watch-html\n\n<b>TOKEN</b>",
        "invitation beside the words" => "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nORGANIZER:mailto:TOKEN\nEND:VCALENDAR",
        "plain form that nobody is shown" => "\nWritten for one: TOKEN\n--b\nContent-Type: text/html\n\n<p>It leaks: SHOWN.",
        "form that shows nothing" => "Content-Type: text/html\n\n<img src='https://x.test/TOKEN'>",
    }
}

fn inside() -> Vec<Row> {
    rows! { with_part:
        "header of a forwarded mail" => "Content-Type: message/rfc822\n\nFrom: TOKEN@x.test\nTo: b@x.test\n\nwords",
        "header of a mail with letters beyond ASCII" => "Content-Type: message/global\n\nFrom: TOKEN <å@x.test>\n\nwords",
        "header of a mail in a collection" => "Content-Type: multipart/digest; boundary=d\n\n--d\n\nFrom: TOKEN@x.test\n\nwords\n--d--",
        "name of a file in a forwarded mail" => "Content-Type: message/rfc822\n\nFrom: a@x.test\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nwords\n--c\nContent-Disposition: attachment; filename=TOKEN\n\nmore\n--c--",
        "line before a forwarded mail" => "Content-Type: message/rfc822\n\nFrom TOKEN Tue Nov 24 12:00:00 2026\nFrom: a@x.test\n\nwords",
    }
}

/// Places in which the token is written in base64.
fn coded() -> Vec<Row> {
    fn row(place: &'static str, plant: fn(&Token) -> Vec<u8>) -> Row {
        Row { kind: Kind::Mail, place, plant, outcome: Outcome::Cleaned }
    }
    fn part(token: &Token, kind: &str, bytes: &[u8]) -> Vec<u8> {
        let lines = format!("Content-Type: {kind}\nContent-Transfer-Encoding: base64");
        with_part(token, &format!("{lines}\n\n{}", base64::encode(bytes)))
    }
    vec![
        row("subject as a word in base64", |token| {
            let word = base64::encode(format!("Tank {}", token.hidden()).as_bytes());
            with_line(token, &format!("Subject: =?utf-8?B?{word}?="))
        }),
        row("comment of an attached picture", |token| {
            let photo = crate::jpeg::sample::photo();
            let comment = token.hidden();
            let photo = crate::jpeg::sample::with(&photo, 0xFE, comment.as_bytes());
            part(token, "image/jpeg", &photo)
        }),
        row("header of a mail forwarded in base64", |token| {
            let mail = format!("From: {}@x.test\nMessage-ID: <1@pc17>\n\nwords\n", token.hidden());
            part(token, "message/rfc822", mail.as_bytes())
        }),
    ]
}

fn refused() -> Vec<Row> {
    use Refusal::{Feature as Rare, NotCleanable};
    let mut rows = rows! { with_part:
        "encrypted by PGP" => "Content-Type: multipart/encrypted; boundary=e\n\n--e\n\nTOKEN\n--e--", NotCleanable(Foreign::Encrypted);
        "encrypted by S/MIME" => "Content-Type: application/pkcs7-mime\n\nTOKEN", NotCleanable(Foreign::Encrypted);
        "piece of a mail" => "Content-Type: message/partial; number=1\n\nFrom: TOKEN@x.test\n\nwords", Rare(Feature::Construct);
        "part that lies elsewhere" => "Content-Type: message/external-body; url=\"https://x.test/TOKEN\"\n\nContent-Type: text/plain\n\nwords", Rare(Feature::Construct);
        "exchange of a server" => "Content-Type: message/http\n\nHost: TOKEN\n\nwords", Rare(Feature::Construct);
        "parts shown over each other" => "Content-Type: multipart/x-mixed-replace; boundary=e\n\n--e\n\nTOKEN\n--e--", Rare(Feature::Construct);
        "fields of a form" => "Content-Type: multipart/form-data; boundary=e\n\n--e\n\nTOKEN\n--e--", Rare(Feature::Construct);
        "bytes that are not coded" => "Content-Type: image/png\nContent-Transfer-Encoding: binary\n\nTOKEN", Rare(Feature::Filter);
        "part in the coding of old programs" => "Content-Transfer-Encoding: x-uuencode\n\nTOKEN", Rare(Feature::Filter);
        "part in the coding of news" => "Content-Transfer-Encoding: x-yenc\n\nTOKEN", Rare(Feature::Filter);
        "file between the lines of a text" => "\nwords\nbegin 644 TOKEN.txt\n#0V%T\n`\nend", Rare(Feature::Construct);
        "attached program" => "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\nTVqQAAMAAAAEAAAA//8AAA==\n--=_b\n\nTOKEN", NotCleanable(Foreign::Program);
        "coded part that holds parts" => "Content-Type: multipart/mixed; boundary=e\nContent-Transfer-Encoding: base64\n\n--e\n\nTOKEN\n--e--", Rare(Feature::Filter);
    };
    rows.extend(rows! { with_line:
        "page that a browser saved" => "Snapshot-Content-Location: https://x.test/TOKEN", NotCleanable(Foreign::WebPage);
        "second mail in the file" => "Subject: x\n\nwords\n\nFrom TOKEN Tue Nov 24\nReceived: from TOKEN\nSubject: y", NotCleanable(Foreign::Mailbox);
    });
    rows
}

fn two_readings() -> Vec<Row> {
    let damaged = Refusal::Damaged;
    let mut rows = rows! { with_line:
        "second type" => "Content-Type: multipart/mixed; boundary=TOKEN", damaged(Damage::Missing);
        "header behind a line of blanks" => "Subject: x\n \nX-Anna: TOKEN", damaged(Damage::Order);
        "header without a name" => "Subject: x\nTOKEN", damaged(Damage::Order);
        "carriage return of its own" => "Subject: x\rBcc: TOKEN", damaged(Damage::Encoding);
        "zero far behind" => format!("X-Long: {}\nX-Zero: \0TOKEN", "a".repeat(5000)), damaged(Damage::Encoding);
    };
    rows.extend(rows! { mail:
        "boundary that is the beginning of a line" => "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSHOWN\n--bc\n\nTOKEN\n--b--\n", damaged(Damage::Order);
        "part behind the end" => "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSHOWN\n--b--\n--b\n\nTOKEN\n--b--\n", damaged(Damage::Order);
        "boundary in pieces" => "Content-Type: multipart/mixed; boundary*0=a; boundary*1=b\n\n--ab\n\nTOKEN\n--ab--\n", damaged(Damage::Value);
        "comment in a type" => "Content-Type: text/plain (TOKEN); charset=utf-8\n\nSHOWN\n", damaged(Damage::Value);
        "encoding that is not letters" => "Content-Type: text/plain; charset=utf-7\n\n+AFQ-OKEN TOKEN\n", damaged(Damage::Encoding);
        "end that is missing" => "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSHOWN TOKEN\n", Refusal::Truncated;
    });
    rows
}

pub(super) fn lists() -> Vec<List> {
    let list = |(name, forbidden)| List { name, forbidden, kinds: &[Kind::Mail] };
    crate::mail::lists().map(list).into()
}
