//! What parts of a mail are read, and which are left out.

use crate::allow::AllowList;
use crate::{Category, Change};

/// Parts that hold other parts.
pub(super) const MULTIPARTS: AllowList<&str> = AllowList {
    name: "mail multiparts",
    allowed: &[
        "multipart/alternative",
        "multipart/appledouble",
        "multipart/digest",
        "multipart/mixed",
        "multipart/related",
        "multipart/report",
        "multipart/signed",
    ],
    // What lies behind a key, and what is shown one part over the other.
    forbidden: &["multipart/encrypted", "multipart/x-mixed-replace", "multipart/form-data"],
};

/// Parts that hold a whole mail.
pub(super) const MAILS: AllowList<&str> = AllowList {
    name: "mails in mails",
    allowed: &["message/rfc822", "message/global"],
    // A piece of a mail whose others are elsewhere; an address to fetch it from; what goes
    // over the wire of a server.
    forbidden: &["message/partial", "message/external-body", "message/http"],
};

/// How bytes of a part are written as text.
pub(super) const CODINGS: AllowList<&str> = AllowList {
    name: "mail codings",
    allowed: &["7bit", "8bit", "base64", "quoted-printable"],
    forbidden: &["binary", "x-uuencode", "x-yenc"],
};

/// Types that say: encrypted. Those who have the key must open it first.
pub(super) const ENCRYPTED: [&str; 4] = [
    "multipart/encrypted",
    "application/pgp-encrypted",
    "application/pkcs7-mime",
    "application/x-pkcs7-mime",
];

/// Parts that are left out: what they tell, and what a person can no longer use.
pub(super) const DROPPED: [(&str, Category, Option<Change>); 20] = [
    ("application/pgp-signature", Category::Signatures, Some(Change::SignaturesRemoved)),
    ("application/pkcs7-signature", Category::Signatures, Some(Change::SignaturesRemoved)),
    ("application/x-pkcs7-signature", Category::Signatures, Some(Change::SignaturesRemoved)),
    ("application/pgp-keys", Category::Signatures, Some(Change::SignaturesRemoved)),
    // Who is invited, to what, and whether they come.
    ("application/ics", Category::People, Some(Change::EmbeddedFilesRemoved)),
    ("text/calendar", Category::People, Some(Change::EmbeddedFilesRemoved)),
    ("text/vcard", Category::People, Some(Change::EmbeddedFilesRemoved)),
    ("text/x-vcard", Category::People, Some(Change::EmbeddedFilesRemoved)),
    ("text/directory", Category::People, Some(Change::EmbeddedFilesRemoved)),
    // What servers say of a mail, and its headers once more.
    ("message/delivery-status", Category::Identifiers, None),
    ("message/disposition-notification", Category::Identifiers, None),
    ("message/feedback-report", Category::Identifiers, None),
    ("message/global-delivery-status", Category::Identifiers, None),
    ("message/global-headers", Category::Identifiers, None),
    ("text/rfc822-headers", Category::Identifiers, None),
    // What a Macintosh remembers of the file beside it.
    ("application/applefile", Category::Software, None),
    // Parts of a page, beside it.
    ("text/css", Category::Other, Some(Change::LooksRemoved)),
    ("text/javascript", Category::Scripts, None),
    ("application/javascript", Category::Scripts, None),
    ("application/x-javascript", Category::Scripts, None),
];

/// The lists that the table of canaries watches over: name and number of neighbours.
#[cfg(test)]
pub(crate) fn lists() -> [(&'static str, usize); 3] {
    [
        (MULTIPARTS.name, MULTIPARTS.forbidden.len()),
        (MAILS.name, MAILS.forbidden.len()),
        (CODINGS.name, CODINGS.forbidden.len()),
    ]
}

/// Whether something is on a list: the names in it are not those of the program.
pub(super) fn holds(list: &AllowList<&'static str>, name: &str) -> bool {
    let known = list.allowed.iter().chain(list.forbidden).find(|known| **known == name);
    known.is_some_and(|known| list.allows(known))
}

/// The tables as lines of text.
pub(super) fn explain() -> Vec<String> {
    let mut lines = vec!["header of every mail and part: removed".to_owned()];
    lines.extend(MULTIPARTS.allowed.iter().map(|name| match *name {
        "multipart/alternative" => format!("{name}: the last form that shows something, and files"),
        _ => format!("{name}: each part like one that comes alone"),
    }));
    lines.extend(MAILS.allowed.iter().map(|name| format!("{name}: cleaned as a mail of its own")));
    lines.push("coding binary of text and of parts that hold others: read as lines".to_owned());
    lines.extend(CODINGS.allowed.iter().map(|name| format!("coding {name}: read")));
    lines.extend(DROPPED.iter().map(|(name, ..)| format!("{name}: removed")));
    lines.push("text/plain, text/csv: the words, in UTF-8".to_owned());
    lines.push("text/html: cleaned as a web page".to_owned());
    lines.push("text of other kinds beside a form that is taken: removed".to_owned());
    lines
        .push("other parts: cleaned by what they hold; one that is refused refuses all".to_owned());
    lines.push("other multiparts, messages and codings: the mail is refused".to_owned());
    lines
}
