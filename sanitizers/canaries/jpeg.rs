//! JPEG segments that are never kept. Where more hides inside of them is known by a table
//! of their own, beside the code.

use super::neighbours::List;
use super::{Outcome, Row};
use crate::Kind;
use crate::jpeg::sample;

macro_rules! rows {
    ($($place:literal => $marker:literal,)*) => {
        vec![$(Row {
            kind: Kind::Jpeg,
            place: $place,
            plant: |token| sample::with(&sample::photo(), $marker, token.hidden().as_bytes()),
            outcome: Outcome::Cleaned,
        }),*]
    };
}

pub(super) fn rows() -> Vec<Row> {
    rows! {
        "segment APP0" => 0xE0,
        "segment APP1" => 0xE1,
        "segment APP2" => 0xE2,
        "segment APP3" => 0xE3,
        "segment APP4" => 0xE4,
        "segment APP5" => 0xE5,
        "segment APP6" => 0xE6,
        "segment APP7" => 0xE7,
        "segment APP8" => 0xE8,
        "segment APP9" => 0xE9,
        "segment APP10" => 0xEA,
        "segment APP11" => 0xEB,
        "segment APP12" => 0xEC,
        "segment APP13" => 0xED,
        "segment APP14" => 0xEE,
        "segment APP15" => 0xEF,
        "segment JPG0" => 0xF0,
        "segment JPG7" => 0xF7,
        "segment JPG13" => 0xFD,
        "segment COM" => 0xFE,
    }
}

pub(super) fn lists() -> Vec<List> {
    let (name, forbidden) = crate::jpeg::let_in::list();
    vec![List { name, forbidden, kinds: &[Kind::Jpeg] }]
}
