//! Plain text through the front door.

use sluse_sanitizers::Refusal;

use crate::cleaning::{clean, refusal};

/// A line that nothing but a mail has would stand in the copy, and nobody would clean that
/// again.
#[test]
fn a_mail_is_known_by_its_lines_whatever_ends_them() {
    let is_refused = |text: &str| matches!(refusal(text.as_bytes()), Refusal::NotCleanable(_));
    for end in ["\n", "\r\n", "\r"] {
        let text = format!("A letter.{end}{end}MIME-Version: 1.0{end}and more.{end}");
        assert!(is_refused(&text), "{end:?}");
        // And with both kinds of ends in one text.
        let text = format!("A letter.\n{end}MIME-Version: 1.0\nand more.\r\n");
        assert!(is_refused(&text), "{end:?}");
    }
    assert_eq!(clean(b"A letter.\r\rAnd more.\r"), b"A letter.\n\nAnd more.\n");
}
