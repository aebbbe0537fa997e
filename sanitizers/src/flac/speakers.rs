//! The one comment that changes what people hear: which speakers the channels are for
//! (RFC 9639, section 8.6.2).

/// The name of the comment.
pub(super) const NAME: &[u8] = b"WAVEFORMATEXTENSIBLE_CHANNEL_MASK";
/// Speakers that have a meaning.
const SPEAKERS: u32 = 0x3_FFFF;

/// Reads the value: a hexadecimal number.
pub(super) fn read(value: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(value).ok()?;
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let speakers = u32::from_str_radix(digits, 16).ok()?;
    (speakers != 0 && speakers & !SPEAKERS == 0).then_some(speakers)
}

/// A block of comments with no vendor and nothing but the speakers.
pub(super) fn comment(speakers: u32) -> Vec<u8> {
    let comment = [NAME, format!("=0x{speakers:04X}").as_bytes()].concat();
    let length = u32::try_from(comment.len()).unwrap_or(0);
    [&[0, 0, 0, 0, 1, 0, 0, 0][..], &length.to_le_bytes(), &comment].concat()
}

#[test]
fn speakers_are_written_in_one_way() {
    assert_eq!(read(b"0x3f"), Some(0x3F));
    assert_eq!(read(b"0X000003F"), Some(0x3F));
    assert!(comment(0x3F).ends_with(b"_MASK=0x003F"));
    for wrong in [&b"63"[..], b"0xAnna", b"0x40000", b"0x0", b"", b"0x+3"] {
        assert_eq!(read(wrong), None, "{wrong:?}");
    }
}
