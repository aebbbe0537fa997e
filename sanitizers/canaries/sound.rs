//! Tags that occur around sound of several formats, with the token in them.

use super::Token;

/// An `ID3v2` tag of one frame.
pub(crate) fn id3(token: &Token, frame: &[u8], version: u8) -> Vec<u8> {
    let text = [&[0], token.hidden().as_bytes()].concat();
    let size: Vec<u8> = if version == 2 { vec![0, 0, 17] } else { vec![0, 0, 0, 17, 0, 0] };
    let body = [frame, &size, &text].concat();
    [&b"ID3"[..], &[version, 0, 0, 0, 0, 0, body.len() as u8], &body].concat()
}

/// An `ID3v1` tag with the token as artist.
pub(crate) fn id3v1(token: &Token) -> Vec<u8> {
    let mut tag = [&b"TAG"[..], &[b' '; 30], token.hidden().as_bytes()].concat();
    tag.resize(128, 0);
    tag
}

/// An `APEv2` tag of one item, with header and footer.
pub(crate) fn ape(token: &Token) -> Vec<u8> {
    let item =
        [&16_u32.to_le_bytes()[..], &[0; 4], b"Artist\0", token.hidden().as_bytes()].concat();
    let end = |flags: u32| {
        let numbers = [2000, item.len() as u32 + 32, 1, flags].map(u32::to_le_bytes).concat();
        [&b"APETAGEX"[..], &numbers, &[0; 8]].concat()
    };
    [end(1 << 31 | 1 << 29), item.clone(), end(1 << 31)].concat()
}

/// Lyrics3 of version 2.
pub(crate) fn lyrics(token: &Token) -> Vec<u8> {
    let body = format!("LYRICSBEGININD0000200LYR00016{}", token.hidden());
    format!("{body}{:06}LYRICS200", body.len()).into_bytes()
}
