//! Real tables, pages, mails, archives, books and texts: accepted and stable, or refused with
//! a reason.

use crate::real;

const ENDINGS: [&str; 11] =
    ["csv", "html", "xhtml", "eml", "zip", "tar", "tgz", "gz", "epub", "txt", "md"];

#[test]
fn real_files_are_cleaned_and_stable_or_refused_with_a_reason() {
    for ending in ENDINGS {
        real::each(&[ending], |_| {});
    }
}
