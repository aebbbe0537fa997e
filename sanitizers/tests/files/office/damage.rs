//! Damaged files: each is refused, or its copy is clean again.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::cleaning::{clean, clean_with_report};

/// Cleans damaged forms of a file, the same ones every time. Damaged are the parts inside,
/// since the archive around them would only notice.
pub(crate) fn survives_damage(file: &[u8], rounds: u64) {
    for number in 0..rounds {
        if let Ok((copy, _)) = clean_with_report(&damaged(file, number)) {
            assert!(clean(&copy) == copy, "number {number}");
        }
    }
}

fn damaged(file: &[u8], number: u64) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 16).unwrap_or_default() % below.max(1)
    };
    let mut old = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let chosen = next(old.len());
    for at in 0..old.len() {
        let mut member = old.by_index(at).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut text = String::new();
        member.read_to_string(&mut text).unwrap();
        if at == chosen {
            text = one_tag_off(&text, &mut next);
        }
        new.start_file(name, SimpleFileOptions::default()).unwrap();
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

/// Takes out a tag, doubles it, or swaps it with the next one.
fn one_tag_off(text: &str, next: &mut dyn FnMut(usize) -> usize) -> String {
    let mut tags: Vec<&str> = text.split_inclusive('>').collect();
    let place = next(tags.len());
    match next(3) {
        0 => drop(tags.remove(place)),
        1 => tags.insert(next(tags.len()), tags[place]),
        _ => {
            let other = (place + 1) % tags.len();
            tags.swap(place, other);
        }
    }
    tags.concat()
}
