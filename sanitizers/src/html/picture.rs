//! Pictures that lie in the page itself, as addresses that hold their own content.
//!
//! Follows RFC 2397.

use crate::{Kind, Limits, Notes, Refusal, base64, inside};

/// What browsers show.
const PICTURES: [Kind; 5] = [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Webp, Kind::Avif];

/// Cleans the picture of such an address, and says the new address. None if the address
/// leads elsewhere or what is in it is no picture that can be cleaned.
pub(crate) fn clean(
    address: &str,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Option<String>, Refusal> {
    let Some(bytes) = content(address) else { return Ok(None) };
    let picture = inside::picture(&bytes, &PICTURES, limits, notes)?;
    Ok(picture
        .map(|(kind, copy)| format!("data:{};base64,{}", kind.media_type(), base64::encode(&copy))))
}

/// The bytes inside of an address.
fn content(address: &str) -> Option<Vec<u8>> {
    let address = address.trim();
    let scheme = address.get(..5)?;
    if !scheme.eq_ignore_ascii_case("data:") {
        return None;
    }
    let (about, data) = address.get(5..)?.split_once(',')?;
    let bytes = unescaped(data);
    let is_base64 = about.rsplit(';').next()?.trim().eq_ignore_ascii_case("base64");
    if is_base64 { base64::decode(&bytes) } else { Some(bytes) }
}

/// Per cent signs and two digits are a byte.
fn unescaped(data: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(data.len());
    let mut rest = data.as_bytes();
    while let [first, behind @ ..] = rest {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
        if let ([b'%', high, low, ..], behind) = (rest, behind)
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            bytes.push(high << 4 | low);
            rest = behind.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    bytes
}
