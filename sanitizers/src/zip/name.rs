//! Names of members.

use std::collections::BTreeSet;

use crate::Refusal;
use crate::refusal::Damage;

/// Flag: the name is UTF-8 (APPNOTE 4.4.4, bit 11).
const UTF8: u16 = 1 << 11;

/// The upper half of code page 437, in which names are written that are not marked
/// (APPNOTE appendix D).
const UPPER: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ\
    áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// Reads a name. Programs on Unix write UTF-8 without the mark; what is no UTF-8 is read
/// as DOS would.
pub(super) fn decode(name: &[u8], flags: u16) -> Result<String, Refusal> {
    let text = match str::from_utf8(name) {
        Ok(text) => text.to_owned(),
        Err(_) if flags & UTF8 != 0 => return Err(Refusal::Damaged(Damage::Encoding)),
        Err(_) => name.iter().map(|&byte| dos(byte)).collect(),
    };
    // A zero ends the name for some readers and not for others.
    if text.is_empty() || text.contains('\0') {
        return Err(Refusal::Damaged(Damage::Value));
    }
    Ok(text.replace('\\', "/"))
}

fn dos(byte: u8) -> char {
    match byte.checked_sub(128) {
        None => char::from(byte),
        Some(upper) => UPPER.chars().nth(usize::from(upper)).unwrap_or('\u{fffd}'),
    }
}

/// Two members of one name are two archives: which one counts, each reader decides.
pub(crate) fn refuse_twins<'a>(mut names: impl Iterator<Item = &'a String>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    let alone = names.all(|name| seen.insert(plain(name)));
    if alone { Ok(()) } else { Err(Refusal::Damaged(Damage::Missing)) }
}

/// What a careless file system would make of a name.
fn plain(name: &str) -> String {
    let steps = name.split('/').filter(|step| !matches!(*step, "" | "."));
    let steps: Vec<String> = steps.map(str::to_lowercase).collect();
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_a_mark_are_read_as_utf8_and_then_as_dos() {
        assert_eq!(decode("blå.txt".as_bytes(), 0).unwrap(), "blå.txt");
        assert_eq!(decode(b"bl\x86.txt", 0).unwrap(), "blå.txt");
        assert_eq!(decode(b"bl\x86.txt", UTF8), Err(Refusal::Damaged(Damage::Encoding)));
        assert_eq!(decode(b"a\0.txt", 0), Err(Refusal::Damaged(Damage::Value)));
        assert_eq!(UPPER.chars().count(), 128);
    }

    #[test]
    fn names_are_compared_as_a_careless_file_system_would() {
        for other in ["A/B.TXT", "a//b.txt", "./a/b.txt", "/a/./b.txt"] {
            assert_eq!(plain("a/b.txt"), plain(other));
        }
    }
}
