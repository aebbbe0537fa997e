//! Formats that are text themselves: mails, web pages, office texts.
//!
//! Another program opens these by their content, with links, hidden parts, attached
//! files and the way a mail took, none of which this crate looks for. The whole text is
//! looked at: a mail can begin with any of its lines, and carry another one.
//!
//! Mails: RFC 5322; their parts: RFC 2045; pages saved as mails: RFC 2557.

use crate::Refusal;
use crate::refusal::Foreign;

/// Names of lines that a person typing or copying a letter would write.
const VISIBLE: [&str; 9] =
    ["bcc", "cc", "date", "from", "reply-to", "sender", "sent", "subject", "to"];

/// Beginnings of names that only programs write.
const TECHNICAL: [&str; 26] = [
    "arc-",
    "authentication-results",
    "auto-submitted",
    "autocrypt",
    "content-",
    "delivered-to",
    "disposition-notification-to",
    "dkim-signature",
    "domainkey-signature",
    "feedback-id",
    "in-reply-to",
    "list-",
    "message-id",
    "mime-version",
    "openpgp",
    "original-",
    "received",
    "references",
    "resent-",
    "return-path",
    "snapshot-content-location",
    "thread-",
    "user-agent",
    "x-",
    "envelope-to",
    "errors-to",
];

/// Names of lines that stand in nothing but mails.
const SERVERS: [&str; 7] = [
    "authentication-results",
    "delivered-to",
    "dkim-signature",
    "message-id",
    "received",
    "return-path",
    "x-originating-ip",
];

/// Values by which a part of a mail says how its bytes became letters (RFC 2045, 6.1).
const CODED: [&str; 3] = ["base64", "quoted-printable", "binary"];

/// Elements that need no end, or with which pages often begin without one.
const ELEMENTS: [&str; 20] = [
    "a", "base", "body", "br", "center", "div", "font", "head", "hr", "html", "img", "input",
    "link", "meta", "p", "script", "span", "style", "svg", "table",
];

/// Refuses text that is a format of its own.
pub(super) fn refuse(text: &str) -> Result<(), Refusal> {
    if is_document(text) {
        return Err(Refusal::Polyglot);
    }
    let start = text.trim_start();
    if start.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("{\\rtf")) {
        return Err(Refusal::NotCleanable(Foreign::Office));
    }
    if is_marked_up(start) {
        return Err(Refusal::NotCleanable(Foreign::WebPage));
    }
    if has_header(start) || holds_header(start) || text.lines().any(says_how_it_is_coded) {
        let saved = text.lines().any(|line| is_named(line, "snapshot-content-location"));
        let foreign = if saved { Foreign::WebPage } else { Foreign::Mail };
        return Err(Refusal::NotCleanable(foreign));
    }
    Ok(())
}

/// Whether viewers would open a text as a PDF: they look for its header, its table or its
/// objects, some of them anywhere in a file.
fn is_document(text: &str) -> bool {
    let has_header = || text.split(['\r', '\n']).any(|line| line.starts_with("%PDF-"));
    let has_objects = || {
        text.match_indices(" obj").any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            let mut words = before.rsplit(|c: char| c.is_ascii_whitespace());
            let is_number = |word: Option<&str>| {
                word.is_some_and(|word| {
                    (1..=10).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
                })
            };
            is_number(words.next()) && is_number(words.next())
        })
    };
    has_header() || text.contains("startxref") || has_objects()
}

/// Whether a text begins with a tag: a known one, or one that ends somewhere. Names of
/// people in pointed brackets do not.
fn is_marked_up(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('<') else { return false };
    // Markdown begins with comments for programs; what follows them decides.
    if let Some((_, behind)) = inside.strip_prefix("!--").and_then(|rest| rest.split_once("-->")) {
        let behind = behind.trim_start();
        return behind.is_empty() || is_marked_up(behind);
    }
    if inside.starts_with(['!', '?', '/']) {
        return true;
    }
    let length = inside.find(|c: char| !(c.is_ascii_alphanumeric() || "-._:".contains(c)));
    let (name, rest) = inside.split_at_checked(length.unwrap_or(inside.len())).unwrap_or_default();
    let name = name.to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let is_known = ELEMENTS.contains(&&*name)
        && rest.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace());
    let tag = rest.split('>').next().unwrap_or_default();
    is_known || tag.ends_with('/') || rest.to_ascii_lowercase().contains(&format!("</{name}"))
}

/// Whether a text in small letters begins with a tag that pages of the web have.
pub(crate) fn begins_with_tag(lower: &str) -> bool {
    lower.strip_prefix('<').is_some_and(|inside| {
        let length = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, rest) = inside.split_at_checked(length).unwrap_or_default();
        let ends = rest.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace());
        ends && name != "svg" && ELEMENTS.contains(&name)
    })
}

/// Whether a text begins with the header of a mail: lines with names (RFC 5322, 2.2), two
/// of which are known, and one of these only to programs.
pub(crate) fn has_header(text: &str) -> bool {
    let (mut known, mut technical) = (0, 0);
    for (place, line) in text.lines().enumerate() {
        // A folded line goes on (2.2.3); a mailbox begins with a line of its own.
        // Apple puts the length of a mail in front of it.
        let is_envelope = || line.starts_with("From ") || is_number(line);
        if line.starts_with([' ', '\t']) || (place == 0 && is_envelope()) {
            continue;
        }
        let Some(name) = name_of(line) else { break };
        let is_technical = TECHNICAL.iter().any(|start| name.starts_with(start));
        technical += usize::from(is_technical);
        known += usize::from(is_technical || VISIBLE.contains(&&*name));
    }
    technical > 0 && known > 1
}

/// Whether a header that only a server writes stands somewhere in a text: three known lines
/// one below the other, two of which only programs write and one of these only servers.
fn holds_header(text: &str) -> bool {
    let (mut known, mut technical, mut servers) = (0, 0, 0);
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some(name) = name_of(line) else {
            (known, technical, servers) = (0, 0, 0);
            continue;
        };
        let is_technical = TECHNICAL.iter().any(|start| name.starts_with(start));
        technical += usize::from(is_technical);
        known += usize::from(is_technical || VISIBLE.contains(&&*name));
        servers += usize::from(SERVERS.contains(&&*name));
        if known > 2 && technical > 1 && servers > 0 {
            return true;
        }
    }
    false
}

fn is_number(line: &str) -> bool {
    let line = line.trim_end();
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

fn name_of(line: &str) -> Option<String> {
    let (name, _) = line.split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
    is_name.then(|| name.to_ascii_lowercase())
}

fn is_named(line: &str, name: &str) -> bool {
    name_of(line).as_deref() == Some(name)
}

/// A line that stands in no letter: how a part of a mail is coded.
fn says_how_it_is_coded(line: &str) -> bool {
    let value = || line.split_once(':').map_or("", |(_, value)| value).trim();
    (is_named(line, "mime-version") && value().starts_with("1."))
        || (is_named(line, "content-transfer-encoding")
            && CODED.iter().any(|coded| value().eq_ignore_ascii_case(coded)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(text: &str) -> Option<Foreign> {
        match refuse(text) {
            Ok(()) => None,
            Err(Refusal::NotCleanable(foreign)) => Some(foreign),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_mail_is_known_whatever_line_it_begins_with() {
        for first in [
            "Date: Tue, 24 Nov 2026 12:00:00 +0100",
            "From: Anna <anna@x.test>",
            "Subject: x",
            "DKIM-Signature: v=1; a=rsa-sha256;\n d=x.test",
            "X-Originating-IP: [10.0.0.7]",
            "ARC-Seal: i=1",
            "From anna@x.test Tue Nov 24 12:00:00 2026",
        ] {
            let rest = "Message-ID: <1@pc17>\nTo: b@x.test\n\nHej\n";
            assert_eq!(outcome(&format!("{first}\n{rest}")), Some(Foreign::Mail), "{first}");
        }
        let long = format!("Received: from a\nX-Long: {}\nSubject: x\n\nhej", "a".repeat(9000));
        assert_eq!(outcome(&long), Some(Foreign::Mail));
    }

    #[test]
    fn a_mail_further_down_is_known_by_how_it_is_coded() {
        for line in ["MIME-Version: 1.0", "Content-Transfer-Encoding: base64"] {
            let text = format!("What I was sent:\n\n{line}\n\nSGVq\n");
            assert_eq!(outcome(&text), Some(Foreign::Mail), "{line}");
        }
    }

    #[test]
    fn a_header_further_down_is_known_by_the_lines_of_servers() {
        let header = "From: a\nTo: b\nMessage-ID: <1@pc17>\nReceived: from pc17\n by x\n\nHej\n";
        for before in ["Saved mail\n", "What I was sent:\n\n", "a b: c\n> d\n"] {
            assert_eq!(outcome(&format!("{before}{header}")), Some(Foreign::Mail), "{before}");
        }
        for text in [
            "Answer of the server:\nContent-Type: text/plain\nX-Powered-By: y\nDate: today\n",
            "A log:\nReceived: three boxes\nDate: 3 May\nFrom: Anna\n",
        ] {
            assert_eq!(outcome(text), None, "{text}");
        }
    }

    #[test]
    fn a_page_saved_as_a_mail_is_a_page() {
        let page = "From: <Saved by Blink>\nSnapshot-Content-Location: https://x.test/\n\
            MIME-Version: 1.0\n\n";
        assert_eq!(outcome(page), Some(Foreign::WebPage));
    }

    #[test]
    fn a_page_without_its_first_tags_is_a_page() {
        for page in [
            "<div><script src=\"https://x.test/x.js\"></script></div>",
            "<meta name=author content=Anna><table><tr><td>x",
            "<table xmlns:o=\"urn:x\"><o:Author>Anna</o:Author>",
            "  <gpx version=\"1.1\"><trk></trk></gpx>",
            "<IMG src=x>",
            "<a:b/>",
            "<!-- x -->",
            "<!-- x --><!-- y -->\n<p>z</p>",
        ] {
            assert_eq!(outcome(page), Some(Foreign::WebPage), "{page}");
        }
    }

    #[test]
    fn what_a_viewer_opens_as_a_document_is_no_text() {
        for text in ["a\n%PDF-1.7\nb", "a\r%PDF-1.7", "a startxref 9", "see 12 0 obj <<>>"] {
            assert_eq!(refuse(text), Err(Refusal::Polyglot), "{text}");
        }
        for text in ["The line \"%PDF-1.7\" begins it.", "12 obj", "a 0 objects", "no 1 object"] {
            assert_eq!(refuse(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn letters_notes_and_tables_are_texts() {
        for text in [
            "Dear all: it began in May.\nFrom: the board\nTo: me\nSubject: silence\n\nNobody spoke.",
            "From: Anna Jensen\nSent: 24 November 2026\nTo: Bo\nSubject: the tank\n\nSay nothing.",
            "From Anna I heard: it leaks.\nReceived: nothing.",
            "X-ray: broken.\n\nThat is what they said.",
            "<anna> did you see it?\n<bo> yes",
            "<anna@x.test> wrote to me.",
            "< 5 % of it is clean",
            "<3",
            "a;b;c\n1;2;3\n",
            "<!-- markdownlint-disable -->\n# Title\n\n<b>Words</b>",
            "The mail said MIME-Version: 1.0, whatever that is.",
        ] {
            assert_eq!(outcome(text), None, "{text}");
        }
    }
}
