//! PNG chunks that are never kept. Where more hides, in the pixels too, is known by a table
//! of its own, beside the tests of files.

#[path = "../tests/files/front/build.rs"]
#[expect(dead_code, reason = "the tests of pictures use all of it")]
mod build;

use super::neighbours::List;
use super::{Outcome, Row, Token};
use crate::Kind;
use build::{chunk, grey, zlib};

fn with(token: &Token, name: &[u8; 4], before: &[u8]) -> Vec<u8> {
    let data = [before, token.hidden().as_bytes()].concat();
    grey(&[chunk(*name, &data)], &[])
}

macro_rules! rows {
    ($($place:literal => $name:literal, $before:literal;)*) => {
        vec![$(Row {
            kind: Kind::Png,
            place: $place,
            plant: |token| with(token, $name, $before),
            outcome: Outcome::Cleaned,
        }),*]
    };
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = rows! {
        "chunk tEXt" => b"tEXt", b"Author\0";
        "chunk iTXt" => b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0";
        "chunk tIME" => b"tIME", b"";
        "chunk sPLT" => b"sPLT", b"a\0\x08";
        "chunk hIST" => b"hIST", b"";
        "chunk bKGD" => b"bKGD", b"";
        "chunk oFFs" => b"oFFs", b"";
        "chunk sCAL" => b"sCAL", b"\x01";
        "chunk pCAL" => b"pCAL", b"";
        "chunk sTER" => b"sTER", b"";
        "chunk gIFx" => b"gIFx", b"";
        "chunk caBX" => b"caBX", b"";
        "chunk dSIG" => b"dSIG", b"";
        "chunk mDCV" => b"mDCV", b"12345678";
        "chunk cLLI" => b"cLLI", b"";
        "chunk vpAg" => b"vpAg", b"";
        "chunk iDOT" => b"iDOT", b"";
        "chunk prVW" => b"prVW", b"";
        "chunk mkBF" => b"mkBF", b"";
        "chunk nobody knows" => b"anNa", b"";
    };
    rows.push(Row {
        kind: Kind::Png,
        place: "chunk zTXt",
        plant: |token| {
            let data = [b"Software\0\0".to_vec(), zlib(token.hidden().as_bytes())].concat();
            grey(&[chunk(*b"zTXt", &data)], &[])
        },
        outcome: Outcome::Cleaned,
    });
    rows
}

pub(super) fn lists() -> Vec<List> {
    let (name, forbidden) = crate::png::let_in::list();
    vec![List { name, forbidden, kinds: &[Kind::Png] }]
}
