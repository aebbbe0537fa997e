//! How pictures are to be shown: colours, shape, what is cut off.

use super::super::atom::{Atom, only};
use super::super::{master, message};
use super::boxed;
use crate::boxes::Fields;
use crate::refusal::Damage;
use crate::sound::Bytes;
use crate::{Category, Notes, Refusal, Warning, heif};

/// The boxes about looks, in a fixed order.
pub(super) fn written(parts: &[Atom], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut all = Vec::new();
    all.extend(colours(parts, notes)?);
    if let Some(atom) = only(parts, *b"pasp")? {
        all.extend(boxed(*b"pasp", &bytes(&heif::shape(&mut Fields::of(atom.body))?)));
    }
    if let Some(atom) = only(parts, *b"clap")? {
        all.extend(boxed(*b"clap", &bytes(&heif::crop(&mut Fields::of(atom.body))?)));
        notes.warn(Warning::CroppedArea);
    }
    if let Some(atom) = only(parts, *b"fiel")? {
        match *atom.body {
            [fields @ 1..=2, order @ (0 | 1 | 6 | 9 | 14)] => {
                all.extend(boxed(*b"fiel", &[fields, order]));
            }
            _ => return Err(Refusal::Damaged(Damage::Value)),
        }
    }
    for (name, length) in [(*b"mdcv", 24), (*b"clli", 4)] {
        if let Some(atom) = only(parts, name)? {
            let body = atom.body.get(..length).ok_or(Refusal::Truncated)?;
            let is_usual = if length == 4 { message::is_light } else { master::is_usual };
            if !is_usual(body) {
                notes.found(Category::ColourProfiles);
                continue;
            }
            all.extend(boxed(name, body));
        }
    }
    Ok(all)
}

/// `colr`: three numbers of a table. Profiles of screens are left out: their numbers are
/// those of the table, or of one screen.
fn colours(parts: &[Atom], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut kept = Vec::new();
    for atom in parts.iter().filter(|atom| atom.name == *b"colr") {
        let mut bytes = Bytes::new(atom.body);
        let form: [u8; 4] = bytes.array()?;
        if form != *b"nclx" && form != *b"nclc" {
            notes.found(Category::ColourProfiles);
            continue;
        }
        if !kept.is_empty() {
            return Err(Refusal::Damaged(Damage::Missing));
        }
        let table: [u8; 6] = bytes.array()?;
        // No table has more than 255 rows.
        if table.iter().step_by(2).any(|&high| high != 0) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let mut body = [&form[..], &heif::colours(table)].concat();
        if form == *b"nclx" {
            body.push(bytes.byte()? & 0x80);
        }
        kept = boxed(*b"colr", &body);
    }
    Ok(kept)
}

fn bytes(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// Counts a box of a description that is left out.
pub(super) fn noted(atom: &Atom, notes: &mut Notes) {
    match &atom.name {
        // How many bits a second has can be counted, and brightness and gamma are told by
        // the colours.
        b"btrt" | b"gama" | b"frma" | b"SmDm" | b"CoLL" | b"amve" | b"chnl" | b"srat" => {}
        b"free" | b"skip" => notes.found(Category::StrayBytes),
        b"\0\0\0\0" if atom.body.is_empty() => {}
        _ => notes.found(Category::Other),
    }
}
