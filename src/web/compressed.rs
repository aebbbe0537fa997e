//! Pages without a form, compressed: to a person on a slow line, half the wait.
//!
//! What is in such a page is the same for everybody who comes by the same way. Other pages
//! stay as they are: they hold a token, and the length of what is compressed together with a
//! secret tells of it, letter by letter (the attack called BREACH).

use std::io::Write;

use axum::http::header::{ACCEPT_ENCODING, HeaderMap};
use flate2::Compression;
use flate2::write::GzEncoder;

/// The head of a gzip file without a field of its own (RFC 1952, 2.3), and which byte of it says
/// that there is one.
const HEAD: usize = 10;
const FLAGS: usize = 3;
const HAS_FIELDS: u8 = 1 << 2;
/// What all fields have before them, their length, and one of them: two letters and a length.
const FIELD_HEAD: usize = 2 + 4;

/// How an answer may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// In gzip, or as it is.
    Gzip,
    /// As it is.
    Identity,
}

impl Encoding {
    /// What a browser says that it reads (RFC 9110, 12.5.3).
    pub(super) fn of(headers: &HeaderMap) -> Self {
        if reads_gzip(headers) { Encoding::Gzip } else { Encoding::Identity }
    }
}

fn reads_gzip(headers: &HeaderMap) -> bool {
    let all = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    all.unwrap_or_default().split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("gzip") && weight.is_none_or(|weight| weight > 0.0)
    })
}

/// A page in gzip, as long as the next step: a field that nobody reads fills it.
pub(super) fn compress(page: &str, step: usize) -> std::io::Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(page.as_bytes())?;
    let mut bytes = gzip.finish()?;
    let least = bytes.len() + FIELD_HEAD;
    let room = least.next_multiple_of(step) - least;
    let length = |bytes: usize| u16::try_from(bytes).map_err(std::io::Error::other);
    let (all, own) = (length(room + 4)?.to_le_bytes(), length(room)?.to_le_bytes());
    let field = [all.as_slice(), b"SL", &own, &vec![0; room]].concat();
    if let Some(flags) = bytes.get_mut(FLAGS) {
        *flags |= HAS_FIELDS;
    }
    bytes.splice(HEAD..HEAD, field);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_page_comes_out_as_it_went_in_and_its_length_tells_only_its_step() {
        for length in [0, 1, 5_000, 200_000] {
            // Letters that hardly compress, and that are the same in each run.
            let letter =
                |at: u32| char::from(b'a' + (at.wrapping_mul(2_654_435_761) >> 24) as u8 % 26);
            let page: String = (0..length).map(letter).collect();
            let bytes = compress(&page, 4096).unwrap();
            assert_eq!(bytes.len() % 4096, 0);
            let mut read = String::new();
            flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut read).unwrap();
            assert_eq!(read, page);
        }
    }

    #[test]
    fn only_who_reads_gzip_gets_it() {
        for (says, reads) in [
            ("gzip, deflate, br, zstd", true),
            ("GZIP", true),
            ("br;q=1.0, gzip;q=0.8", true),
            ("gzip;q=0.001", true),
            ("gzip; q=0", false),
            ("gzip;q=0.000", false),
            ("identity", false),
            ("x-gzip-not", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(says))]);
            assert_eq!(reads_gzip(&headers), reads, "{says}");
        }
        assert!(!reads_gzip(&HeaderMap::new()));
    }
}
