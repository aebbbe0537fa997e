//! Elements as they are written: each number and length as short as can be.

/// A length of so few bytes as there can be; all ones would mean that it is not known.
pub(super) fn length(number: u64) -> Vec<u8> {
    let fits = |bytes: &u32| number < (1 << (7 * bytes)) - 1;
    let bytes = (1..8).find(fits).unwrap_or(8);
    let marked = number | 1 << (7 * bytes);
    marked.to_be_bytes().into_iter().skip(8 - bytes as usize).collect()
}

/// The number and the length of an element.
pub(super) fn head(id: u32, size: u64) -> Vec<u8> {
    let id = id.to_be_bytes().into_iter().skip_while(|&byte| byte == 0);
    id.chain(length(size)).collect()
}

/// An element.
pub(super) fn element(id: u32, body: &[u8]) -> Vec<u8> {
    [&head(id, body.len() as u64), body].concat()
}

/// An element with a number.
pub(super) fn unsigned(id: u32, number: u64) -> Vec<u8> {
    let bytes: Vec<u8> = number.to_be_bytes().into_iter().skip_while(|&byte| byte == 0).collect();
    element(id, if bytes.is_empty() { &[0] } else { &bytes })
}

/// An element with a number that has a sign.
pub(super) fn signed(id: u32, number: i64) -> Vec<u8> {
    let fits = |bytes: &usize| {
        let spare = 64 - 8 * bytes;
        number << spare >> spare == number
    };
    let bytes = (1..8).find(fits).unwrap_or(8);
    let all: Vec<u8> = number.to_be_bytes().into_iter().skip(8 - bytes).collect();
    element(id, &all)
}

/// An element with a number of eight bytes, for places that are known only when its length
/// is.
pub(super) fn place(id: u32, number: u64) -> Vec<u8> {
    element(id, &number.to_be_bytes())
}

/// An element with a fraction.
pub(super) fn fraction(id: u32, number: f64) -> Vec<u8> {
    element(id, &number.to_be_bytes())
}

#[test]
fn numbers_are_as_short_as_can_be() {
    assert_eq!(length(0), [0x80]);
    assert_eq!(length(126), [0xFE]);
    assert_eq!(length(127), [0x40, 127]);
    assert_eq!(length(1 << 50), [0x01, 4, 0, 0, 0, 0, 0, 0]);
    assert_eq!(unsigned(0xD7, 0), [0xD7, 0x81, 0]);
    assert_eq!(unsigned(0x73C5, 256), [0x73, 0xC5, 0x82, 1, 0]);
    assert_eq!(signed(0xFB, -1), [0xFB, 0x81, 0xFF]);
    assert_eq!(signed(0xFB, 128), [0xFB, 0x82, 0, 128]);
    assert_eq!(signed(0xFB, i64::MIN).len(), 10);
}
