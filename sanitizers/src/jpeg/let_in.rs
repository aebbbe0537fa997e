//! Lets in, while a test asks for it, a segment that is never kept as it is.
//!
//! The test is that of the forbidden neighbours: a row of the canary table must notice.

use super::picture::Picture;
use crate::allow;

/// The name under which the segments are let in.
const LIST: &str = "jpeg segments";
/// Application segments, of which four are issued anew; reserved ones; comments.
const FORBIDDEN: [u8; 20] = [
    0xE0, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xED, 0xEE, 0xEF,
    0xF0, 0xF7, 0xFD, 0xFE,
];

/// Name and number of the segments.
pub(crate) fn list() -> (&'static str, usize) {
    (LIST, FORBIDDEN.len())
}

impl Picture<'_> {
    /// Copies a segment if it is let in, and says whether it was.
    pub(super) fn let_in(&mut self, marker: u8, body: &[u8]) -> bool {
        let let_in = allow::let_in(LIST).and_then(|number| FORBIDDEN.get(number));
        let is_let_in = let_in == Some(&marker);
        if is_let_in {
            self.segment(marker, body);
        }
        is_let_in
    }
}
