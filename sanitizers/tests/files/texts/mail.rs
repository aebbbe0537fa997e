//! Mails.

use proptest::prelude::*;
use sluse_sanitizers::{Change, Kind};

use crate::cleaning::{clean, clean_with_report};
use crate::programs::python;

/// Writes a mail as programs do: a text, a page beside it, two files and a forwarded mail.
const WRITE: &str = r#"
import sys, email.message, email.policy
kind = open(sys.argv[1]).read()
mail = email.message.EmailMessage(policy=email.policy.SMTP if "crlf" in kind else email.policy.default)
mail["From"], mail["To"], mail["Subject"] = "Anna Ågård <anna@x.test>", "bo@x.test", "Tanken er læk: æøå"
mail["Message-ID"], mail["Date"] = "<1@pc17>", "Tue, 24 Nov 2026 12:00:00 +0100"
coding = "iso-8859-1" if "latin" in kind else "utf-8"
mail.set_content("Tanken er læk.\n" + "Side af æbler og blåbær. " * 20 + "\n", charset=coding, cte="quoted-printable" if "latin" in kind else None)
if "page" in kind:
    mail.add_alternative("<html><body><p>Tanken er <b>læk</b>.</p></body></html>", subtype="html", charset=coding, cte="base64" if "latin" in kind else None)
if "files" in kind:
    mail.add_attachment("Én\n", filename="annas liste æ.txt")
    mail.add_attachment(b"a;b;c\n1;2;3\n", maintype="application", subtype="octet-stream", filename="a.csv")
if "mail" in kind:
    inner = email.message.EmailMessage()
    inner["From"] = "carl@x.test"
    inner.set_content("Svar.\n")
    mail.add_attachment(inner)
sys.stdout.buffer.write(mail.as_bytes())
"#;

/// Prints what another reader finds in a mail: each body and file, without blanks.
const READ: &str = r#"
import sys, email, email.policy, html.parser
mail = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
def words(text): return "".join(text.split())
def show(mail):
    body = mail.get_body(("html", "plain"))
    if body is not None:
        text = body.get_content()
        if body.get_content_subtype() == "html":
            seen = []
            parser = html.parser.HTMLParser()
            parser.handle_data = seen.append
            parser.feed(text)
            text = "".join(seen)
        print(words(text))
    for part in mail.iter_attachments():
        content = part.get_content()
        if isinstance(content, email.message.EmailMessage): show(content)
        else: print(words(content if isinstance(content, str) else content.decode()))
show(mail)
"#;

/// Prints the same of a copy.
const COPY: &str = r#"
import sys, zipfile, html.parser
def show(data):
    if data[:2] == b"PK":
        archive = zipfile.ZipFile(__import__("io").BytesIO(data))
        for name in archive.namelist(): show(archive.read(name))
        return
    text = data.decode()
    if text.startswith("<!DOCTYPE"):
        seen = []
        parser = html.parser.HTMLParser()
        parser.handle_data = seen.append
        parser.feed(text)
        text = "".join(seen)
    print("".join(text.split()))
show(open(sys.argv[1], "rb").read())
"#;

const KINDS: [&str; 8] = [
    "plain",
    "plain crlf",
    "latin",
    "latin page crlf",
    "plain page",
    "plain files",
    "plain page files mail crlf",
    "latin page files mail",
];

#[test]
fn another_reader_finds_the_same_words_and_files() {
    for kind in KINDS {
        let mail = python(WRITE, kind.as_bytes());
        let (copy, report) = clean_with_report(mail.as_bytes()).unwrap();
        assert!(report.changes.contains(&Change::MailHeadersRemoved));
        let said = python(READ, mail.as_bytes());
        assert!(!said.is_empty());
        assert_eq!(said, python(COPY, &copy), "{kind}");
        let all = String::from_utf8_lossy(&copy);
        for word in ["anna", "Anna", "bo@", "pc17", "Nov", "x.test"] {
            assert!(!all.contains(word), "{kind}: {word}");
        }
        assert_eq!(clean(&copy), copy, "{kind}");
    }
}

#[test]
fn the_same_mail_through_other_programs_and_servers_gives_the_same_copy() {
    let mail = python(WRITE, b"plain page files");
    let copy = clean(mail.as_bytes());
    let other = mail
        .replace("anna@x.test", "carl@y.test")
        .replace("==", "~~")
        .replace("MIME-Version: 1.0", "X-Mailer: Other\nMIME-Version: 1.0");
    let other = format!("Received: from a\n by b\n{other}");
    assert_ne!(mail, other);
    assert!(clean(other.as_bytes()) == copy);
    assert!(clean(mail.replace('\n', "\r\n").as_bytes()) == copy);
}

#[test]
fn a_letter_with_the_lines_that_people_type_is_a_text() {
    let letter = b"From: Anna\nTo: Bo\nSubject: the tank\n\nIt leaks.\n";
    let (copy, report) = clean_with_report(letter).unwrap();
    assert_eq!((report.kind, &*copy), (Kind::Text, &letter[..]));
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z=\\- ]{0,8}",
        prop::sample::select(vec![
            "\n",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "--b",
            "--b\n",
            "--b--\n",
            "--c\n",
            "--c--\n",
            " ",
            "=",
            "From x\n",
            "From: a\n",
            "Message-ID: 1\n",
            "begin 644 a\n",
            "=3D",
            "=\n",
            "aGVq",
            "\u{F8}",
            "Content-Type: text/html\n\n<p>a",
            "Content-Type: text/plain; charset=utf-8\n\n",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
            "Content-Type: multipart/alternative; boundary=\"c\"\n\n--c\n",
            "Content-Type: message/rfc822\n\n",
            "Content-Transfer-Encoding: base64\n",
            "Content-Transfer-Encoding: quoted-printable\n",
            "Content-Disposition: attachment\n",
            "Content-Type: application/pgp-signature\n\n",
            ";",
            "\"",
            "a;b\n1;2\n",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn mails_of_any_pieces_are_refused_or_verified(pieces in prop::collection::vec(piece(), 0..24)) {
        let mail = format!("Message-ID: <1@pc17>\nFrom: a@x.test\n{}", pieces.concat());
        if let Ok((copy, _)) = clean_with_report(mail.as_bytes()) {
            prop_assert!(!copy.windows(4).any(|word| word == b"pc17"), "{mail}");
            prop_assert_eq!(clean_with_report(&copy).map(|done| done.0), Ok(copy), "{}", mail);
        }
    }
}
