//! From the body of a part to its bytes and characters.

use data_encoding::Specification;
use encoding_rs::Encoding;

/// The bytes that a body stands for.
pub(super) fn decoded(body: &[u8], coding: &str) -> Option<Vec<u8>> {
    match coding {
        "" | "7bit" | "8bit" => Some(body.to_vec()),
        "base64" => base64(body),
        "quoted-printable" => quoted_printable(body),
        _ => None,
    }
}

fn base64(body: &[u8]) -> Option<Vec<u8>> {
    let mut lines = Specification::new();
    lines.symbols.push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    lines.ignore.push_str(" \t\r\n=");
    lines.check_trailing_bits = false;
    lines.encoding().ok()?.decode(body).ok()
}

/// Byte by byte; blanks before the end of a line count only if they were written as signs.
fn quoted_printable(body: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut written) = (Vec::new(), 0);
    let mut rest = body.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'\n' => {
                trim(&mut out, written);
                out.push(b'\n');
            }
            b'=' => {
                while rest.next_if(|next| matches!(next, b' ' | b'\t')).is_some() {}
                if let None | Some(b'\n') = rest.peek() {
                    rest.next();
                    written = out.len();
                    continue;
                }
                let digits = [rest.next()?, rest.next()?];
                let digits = str::from_utf8(&digits).ok()?;
                out.push(u8::from_str_radix(digits, 16).ok()?);
                written = out.len();
            }
            _ => out.push(byte),
        }
    }
    trim(&mut out, written);
    Some(out)
}

/// Takes blanks from the end, but not before `floor`.
fn trim(out: &mut Vec<u8>, floor: usize) {
    while out.len() > floor && out.last().is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
        out.pop();
    }
}

/// An encoding that nobody knows, or bytes that are not in it.
pub(super) struct Unclear;

/// The characters, if the mail says what they are and the bytes do not.
pub(super) fn characters(bytes: &[u8], charset: &str) -> Result<Option<String>, Unclear> {
    let says_nothing = matches!(charset, "" | "ascii" | "us-ascii" | "unknown-8bit" | "x-unknown");
    if says_nothing || Encoding::for_bom(bytes).is_some() {
        return Ok(None);
    }
    let encoding = Encoding::for_label(charset.as_bytes()).ok_or(Unclear)?;
    let (text, is_lossy) = encoding.decode_without_bom_handling(bytes);
    if is_lossy { Err(Unclear) } else { Ok(Some(text.into_owned())) }
}

/// Takes one blank from the end of each line, but for that before a signature.
pub(super) fn without_marks(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for (number, line) in text.split(|&byte| byte == b'\n').enumerate() {
        if number > 0 {
            out.push(b'\n');
        }
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let quoted = line.iter().skip_while(|byte| **byte == b'>');
        let quoted = quoted.skip_while(|byte| byte.is_ascii_whitespace());
        let is_signature = quoted.eq(b"-- ");
        let bare = line.strip_suffix(b" ").filter(|_| !is_signature).unwrap_or(line);
        out.extend_from_slice(bare);
    }
    out
}

/// Whether programs would find a file between the lines of a clean text.
pub(super) fn carries_file(text: &[u8]) -> bool {
    let lines: Vec<&[u8]> = text.split(|&byte| byte == b'\n').collect();
    let begins = |line: &[u8]| {
        let digits = line.strip_prefix(b"begin ").unwrap_or_default();
        let mode = digits.iter().take_while(|byte| (b'0'..=b'7').contains(byte)).count();
        (3..=4).contains(&mode) && digits.get(mode) == Some(&b' ') && digits.len() > mode + 1
    };
    let is_coded = |line: &[u8]| {
        let count = line.first().map_or(0, |first| usize::from(first.saturating_sub(b' ')));
        let length = 1 + 4 * count.div_ceil(3);
        count > 0 && line.len() == length && line.iter().all(|byte| (b' '..=b'`').contains(byte))
    };
    lines.array_windows().any(|[line, next]| begins(line) && is_coded(next))
        || lines.iter().any(|line| {
            line.starts_with(b"=ybegin ")
                || line.starts_with(b"(This file must be converted with BinHex")
        })
}
