//! What the lines of a header tell, by category.

use crate::{Category, Notes};

/// Beginnings of names in small letters; the first that fits counts.
const TELL: [(&str, Category); 39] = [
    ("from", Category::People),
    ("to", Category::People),
    ("cc", Category::People),
    ("bcc", Category::People),
    ("sender", Category::People),
    ("reply-to", Category::People),
    ("delivered-to", Category::People),
    ("envelope-to", Category::People),
    ("return-path", Category::People),
    ("disposition-notification-to", Category::People),
    ("errors-to", Category::People),
    ("organization", Category::People),
    ("x-sender", Category::People),
    ("resent-date", Category::Dates),
    ("resent-message-id", Category::Identifiers),
    ("resent-", Category::People),
    ("date", Category::Dates),
    ("expires", Category::Dates),
    ("subject", Category::Descriptions),
    ("comments", Category::Descriptions),
    ("keywords", Category::Descriptions),
    ("content-description", Category::Descriptions),
    ("content-location", Category::Links),
    // Which computers it went through, and when.
    ("received", Category::Device),
    ("x-originating-ip", Category::Device),
    ("x-received", Category::Device),
    ("message-id", Category::Identifiers),
    ("in-reply-to", Category::Identifiers),
    ("references", Category::Identifiers),
    ("thread-", Category::Identifiers),
    ("content-id", Category::Identifiers),
    ("feedback-id", Category::Identifiers),
    ("user-agent", Category::Software),
    ("x-mailer", Category::Software),
    ("dkim-signature", Category::Signatures),
    ("arc-", Category::Signatures),
    ("authentication-results", Category::Signatures),
    ("autocrypt", Category::Signatures),
    ("list-", Category::Links),
];

/// Lines that say how to read a part, and nothing of anybody.
const TECHNICAL: [&str; 4] =
    ["mime-version", "content-type", "content-transfer-encoding", "content-disposition"];

/// Counts what a line of this name tells.
pub(super) fn count(name: &str, notes: &mut Notes) {
    if TECHNICAL.contains(&name) {
        return;
    }
    let known = TELL.iter().find(|(start, _)| name.starts_with(start));
    notes.found(known.map_or(Category::Other, |(_, category)| *category));
}
