//! How pictures are coded.

use super::super::atom::{Atom, Name, needed};
use super::super::obu;
use super::super::sample::Coding;
use super::{CODEC, Entry, Reader, boxed, esds, looks, parts, sets};
use crate::allow::AllowList;
use crate::sound::Bytes;
use crate::{Category, Refusal};

/// Codings of pictures that are kept. In the neighbours each picture is a file of its own
/// with room for names, or the samples cannot be read.
pub(crate) const PICTURES: AllowList<Name> = AllowList {
    name: "film picture codings",
    allowed: &[
        *b"avc1", *b"avc3", *b"hvc1", *b"hev1", *b"av01", *b"vp08", *b"vp09", *b"mp4v", *b"apcn",
        *b"apch", *b"apcs", *b"apco", *b"ap4h", *b"ap4x",
    ],
    forbidden: &[*b"jpeg", *b"png ", *b"mjp2"],
};

/// 72 dots to the inch, which is what every program says.
const DOTS: [u8; 4] = [0, 72, 0, 0];

/// Reads one description, and says which data reference it names.
pub(super) fn entry(atom: &Atom, reader: &mut Reader) -> Result<(Entry, u16), Refusal> {
    if matches!(&atom.name, b"encv" | b"drmi") {
        return Err(Refusal::Password);
    }
    if !PICTURES.allows(&atom.name) {
        return Err(CODEC);
    }
    let mut bytes = Bytes::new(atom.body);
    bytes.take(6)?;
    let reference = bytes.u16_be()?;
    // Version, maker of the program, quality.
    let free = bytes.take(16)?;
    let size: [u8; 4] = bytes.array()?;
    bytes.take(14)?;
    let name = bytes.take(32)?;
    let depth = bytes.u16_be()?;
    bytes.take(2)?;
    if free.iter().chain(name).any(|&byte| byte != 0) {
        reader.notes.found(Category::Software);
    }
    let parts = parts(bytes.rest(), reader)?;
    let mut body = vec![0, 0, 0, 0, 0, 0, 0, 1];
    body.extend([0; 16]);
    body.extend(size);
    body.extend([DOTS, DOTS, [0; 4]].concat());
    body.extend([0, 1]);
    body.extend([0; 32]);
    // 32 bits say that there is transparency.
    body.extend([0, if depth == 32 { 32 } else { 24 }, 0xFF, 0xFF]);
    let (configuration, coding) = configuration(atom.name, &parts, reader)?;
    body.extend(configuration);
    body.extend(looks::written(&parts, reader.notes)?);
    Ok((Entry { name: atom.name, body, coding }, reference))
}

fn configuration(
    name: Name,
    parts: &[Atom],
    reader: &mut Reader,
) -> Result<(Vec<u8>, Coding), Refusal> {
    match &name {
        b"avc1" | b"avc3" => {
            let (body, units) = sets::avc(needed(parts, *b"avcC")?.body, reader.notes)?;
            Ok((boxed(*b"avcC", &body), Coding::Units(units)))
        }
        b"hvc1" | b"hev1" => {
            let (body, units) = sets::hevc(needed(parts, *b"hvcC")?.body, reader.notes)?;
            Ok((boxed(*b"hvcC", &body), Coding::Units(units)))
        }
        b"av01" => {
            let (body, coding) = obu::configuration(needed(parts, *b"av1C")?.body)?;
            Ok((boxed(*b"av1C", &body), coding))
        }
        b"vp08" | b"vp09" => {
            let body = sets::vp(needed(parts, *b"vpcC")?.body)?;
            Ok((boxed(*b"vpcC", &body), Coding::Whole))
        }
        b"mp4v" => {
            let body = esds::pictures(&needed(parts, *b"esds")?, reader.notes)?;
            Ok((boxed(*b"esds", &body), Coding::Mpeg4))
        }
        _ => Ok((Vec::new(), Coding::ProRes)),
    }
}
