//! PDF objects as we write them.
//!
//! Numbers are kept as their decimal digits, so that no coordinate of a drawing is
//! rounded on the way, and written in one way only: how a program writes 0.5 is part
//! of its handwriting.

use std::collections::BTreeMap;

/// An object to be written (ISO 32000-2, 7.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(Vec<u8>),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Value>),
    Dict(Dict),
    Reference(u32),
}

/// A dictionary: the order of its keys is always the same.
pub(super) type Dict = BTreeMap<Vec<u8>, Value>;

impl Value {
    pub(super) fn name(name: &str) -> Self {
        Value::Name(name.as_bytes().to_vec())
    }

    pub(super) fn integer(number: impl Into<i64>) -> Self {
        Value::Number(number.into().to_string().into_bytes())
    }

    /// The shortest digits that are read as the same number again.
    pub(super) fn real(number: f32) -> Self {
        Value::Number(decimal(number.to_string().as_bytes()))
    }

    pub(super) fn as_number(&self) -> Option<f64> {
        match self {
            Value::Number(digits) => std::str::from_utf8(digits).ok()?.parse().ok(),
            _ => None,
        }
    }

    /// Appends the object in its one form.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Value::Null => word(out, b"null"),
            Value::Bool(true) => word(out, b"true"),
            Value::Bool(false) => word(out, b"false"),
            Value::Number(digits) => word(out, digits),
            Value::Name(name) => write_name(name, out),
            Value::Text(text) => write_text(text, out),
            Value::Array(items) => {
                out.push(b'[');
                for item in items {
                    item.write(out);
                }
                out.push(b']');
            }
            Value::Dict(dict) => write_dict(dict, out),
            Value::Reference(number) => word(out, format!("{number} 0 R").as_bytes()),
        }
    }
}

/// Appends a dictionary in its one form.
pub(super) fn write_dict(dict: &Dict, out: &mut Vec<u8>) {
    out.extend_from_slice(b"<<");
    for (key, value) in dict {
        write_name(key, out);
        value.write(out);
    }
    out.extend_from_slice(b">>");
}

/// Appends a word, with a space before it only where two words would run together.
pub(super) fn word(out: &mut Vec<u8>, text: &[u8]) {
    let open = matches!(out.last(), Some(last) if !b" \n()<>[]{}/%".contains(last));
    if open {
        out.push(b' ');
    }
    out.extend_from_slice(text);
}

fn write_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

fn write_text(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'(');
    for &byte in text {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\n' => out.extend_from_slice(b"\\n"),
            _ => out.push(byte),
        }
    }
    out.push(b')');
}

/// The one way to write a decimal number: no sign, zero or point that says nothing.
pub(super) fn decimal(text: &[u8]) -> Vec<u8> {
    let negative = text.first() == Some(&b'-');
    let mut parts = text.splitn(2, |&byte| byte == b'.');
    let digits = |part: Option<&[u8]>| -> Vec<u8> {
        part.unwrap_or_default().iter().copied().filter(u8::is_ascii_digit).collect()
    };
    let whole = digits(parts.next());
    let mut fraction = digits(parts.next());
    while fraction.last() == Some(&b'0') {
        fraction.pop();
    }
    let mut number: Vec<u8> = whole.into_iter().skip_while(|&digit| digit == b'0').collect();
    if !fraction.is_empty() {
        number.push(b'.');
        number.append(&mut fraction);
    }
    match (number.is_empty(), negative) {
        (true, _) => b"0".to_vec(),
        (false, true) => [b"-".as_slice(), &number].concat(),
        (false, false) => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_in_one_way() {
        for (given, written) in [
            ("0.50", ".5"),
            ("+7", "7"),
            ("-0.0", "0"),
            ("007", "7"),
            ("-.250", "-.25"),
            ("12.", "12"),
            ("100", "100"),
        ] {
            assert_eq!(decimal(given.as_bytes()), written.as_bytes(), "{given}");
        }
    }

    #[test]
    fn words_are_kept_apart_and_nothing_else_is() {
        let mut out = Vec::new();
        let dict = Dict::from([
            (b"B".to_vec(), Value::Array(vec![Value::integer(1), Value::Reference(2)])),
            (b"A".to_vec(), Value::Text(b"(\r".to_vec())),
        ]);
        write_dict(&dict, &mut out);
        assert_eq!(out, b"<</A(\\(\\r)/B[1 2 0 R]>>");
    }
}
