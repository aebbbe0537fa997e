//! Writes the clean copy: one order of boxes, numbers of ours, nothing beside them.

use std::collections::HashMap;

use super::picture::{Kept, Picture};
use crate::boxes::{Name, full, put};
use crate::refusal::Limit;
use crate::{Kind, Refusal};

/// The format of the copy, and its bytes.
pub(super) fn file(picture: &Picture) -> Result<(Kind, Vec<u8>), Refusal> {
    let (kind, brands): (Kind, &[u8]) = match (picture.av1, picture.main) {
        (true, _) => (Kind::Avif, b"avif\0\0\0\0avifmif1miaf"),
        (false, true) => (Kind::Heic, b"heic\0\0\0\0heicmif1"),
        (false, false) => (Kind::Heic, b"heix\0\0\0\0heixmif1"),
    };
    let mut file = Vec::new();
    put(&mut file, *b"ftyp", brands)?;
    let data = Data::of(&picture.items);
    // The places of the data follow from the length of what says where it is.
    let meta = meta(picture, &data, 0)?;
    let start = file.len() + 8 + meta.len() + 8;
    put(&mut file, *b"meta", &self::meta(picture, &data, start)?)?;
    put(&mut file, *b"mdat", &data.bytes)?;
    Ok((kind, file))
}

/// The data of all items; what is the same is written once.
#[derive(Default)]
struct Data {
    bytes: Vec<u8>,
    /// Where that of each item lies, and how long it is.
    places: Vec<Option<(usize, usize)>>,
}

impl Data {
    fn of(items: &[Kept]) -> Data {
        let mut data = Data::default();
        let mut known: HashMap<&[u8], usize> = HashMap::new();
        for item in items {
            if item.data.is_empty() {
                data.places.push(None);
                continue;
            }
            let end = data.bytes.len();
            let at = *known.entry(&item.data).or_insert(end);
            if at == end {
                data.bytes.extend(&item.data);
            }
            data.places.push(Some((at, item.data.len())));
        }
        data
    }
}

fn meta(picture: &Picture, data: &Data, start: usize) -> Result<Vec<u8>, Refusal> {
    let mut body = full(0, 0).to_vec();
    put(&mut body, *b"hdlr", &[&[0; 8][..], b"pict", &[0; 13]].concat())?;
    put(&mut body, *b"pitm", &[&full(0, 0)[..], &[0, 1]].concat())?;
    put(&mut body, *b"iinf", &infos(&picture.items)?)?;
    let references = references(&picture.items)?;
    if !references.is_empty() {
        put(&mut body, *b"iref", &[&full(0, 0)[..], &references].concat())?;
    }
    put(&mut body, *b"iprp", &properties(&picture.items)?)?;
    put(&mut body, *b"iloc", &locations(data, start)?)?;
    Ok(body)
}

fn half(number: usize) -> Result<[u8; 2], Refusal> {
    let number = u16::try_from(number).map_err(|_| Refusal::Limit(Limit::Parts))?;
    Ok(number.to_be_bytes())
}

fn word(number: usize) -> Result<[u8; 4], Refusal> {
    let number = u32::try_from(number).map_err(|_| Refusal::Limit(Limit::OutputBytes))?;
    Ok(number.to_be_bytes())
}

fn infos(items: &[Kept]) -> Result<Vec<u8>, Refusal> {
    let mut body = [&full(0, 0)[..], &half(items.len())?].concat();
    for (number, item) in items.iter().enumerate() {
        let info = [&full(2, u32::from(item.hidden))[..], &half(number + 1)?, &[0; 2], &item.kind];
        put(&mut body, *b"infe", &[&info.concat()[..], &[0]].concat())?;
    }
    Ok(body)
}

fn references(items: &[Kept]) -> Result<Vec<u8>, Refusal> {
    let mut body = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let all: [(Name, &[usize]); 3] =
            [(*b"dimg", &item.inputs), (*b"auxl", &item.alpha_of), (*b"prem", &item.multiplied)];
        for (name, to) in all.into_iter().filter(|(_, to)| !to.is_empty()) {
            let mut reference = [half(number + 1)?, half(to.len())?].concat();
            for other in to {
                reference.extend(half(other + 1)?);
            }
            put(&mut body, name, &reference)?;
        }
    }
    Ok(body)
}

/// All properties, each once, and which item has which.
fn properties(items: &[Kept]) -> Result<Vec<u8>, Refusal> {
    let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
    let (mut all, mut lists) = (Vec::new(), Vec::new());
    for item in items {
        let mut list = Vec::new();
        for (name, body, essential) in item.properties.iter().filter_map(|one| one.written()) {
            let mut whole = Vec::new();
            put(&mut whole, name, &body)?;
            let next = known.len() + 1;
            let number = *known.entry(whole.clone()).or_insert(next);
            if number == next {
                all.extend(whole);
            }
            list.push((number, essential));
        }
        lists.push(list);
    }
    let long = known.len() > 0x7F;
    let mut body = [&full(0, u32::from(long))[..], &word(items.len())?].concat();
    for (number, list) in lists.iter().enumerate() {
        body.extend(half(number + 1)?);
        body.extend(half(list.len())?.last());
        for &(property, essential) in list {
            let [high, low] = half(property)?;
            let flag = u8::from(essential) << 7;
            if long { body.extend([high | flag, low]) } else { body.push(low | flag) }
        }
    }
    let mut both = Vec::new();
    put(&mut both, *b"ipco", &all)?;
    put(&mut both, *b"ipma", &body)?;
    Ok(both)
}

fn locations(data: &Data, start: usize) -> Result<Vec<u8>, Refusal> {
    let count = data.places.iter().flatten().count();
    // Places and lengths have four bytes, and there is no base to add.
    let mut body = [&full(0, 0)[..], &[0x44, 0], &half(count)?].concat();
    for (number, place) in data.places.iter().enumerate() {
        if let &Some((at, length)) = place {
            body.extend(half(number + 1)?);
            body.extend([0, 0, 0, 1]);
            body.extend(word(start + at)?);
            body.extend(word(length)?);
        }
    }
    Ok(body)
}
