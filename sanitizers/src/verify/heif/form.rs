//! The one form in which items are written: a file that differs by a byte is refused.

use std::collections::BTreeMap;

use super::list::{Item, List};

/// The bytes that a clean file with these items has.
pub(super) fn of(list: &List) -> Option<Vec<u8>> {
    let items: Vec<&Item> = list.items.values().collect();
    let numbers = list.items.keys().copied();
    (list.primary == 1 && numbers.eq(1..=u32::try_from(items.len()).ok()?)).then_some(())?;
    let (data, places) = data(&items);
    let head = boxed(*b"ftyp", brands(&items)?);
    let without = meta(&items, &places, 0)?;
    let start = head.len() + without.len() + 8;
    let meta = meta(&items, &places, start)?;
    Some([head, meta, boxed(*b"mdat", &data)].concat())
}

fn boxed(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).unwrap_or_default();
    [&length.to_be_bytes()[..], &name, body].concat()
}

fn full(name: [u8; 4], head: [u8; 4], body: &[u8]) -> Vec<u8> {
    boxed(name, &[&head[..], body].concat())
}

fn brands(items: &[&Item]) -> Option<&'static [u8]> {
    let coded = |kind: &[u8; 4]| items.iter().any(|item| item.kind == *kind);
    match (coded(b"av01"), coded(b"hvc1")) {
        (true, false) => Some(b"avif\0\0\0\0avifmif1miaf"),
        (false, true) => {
            let mut configs = items.iter().filter_map(|item| item.property(*b"hvcC"));
            let is_main = |config: &[u8]| matches!(config.get(1), Some(byte) if [1, 3].contains(&(byte & 31)));
            let main = configs.all(is_main);
            Some(if main { b"heic\0\0\0\0heicmif1" } else { b"heix\0\0\0\0heixmif1" })
        }
        _ => None,
    }
}

/// All data in the order of the items, what is the same once; and where each lies.
fn data(items: &[&Item]) -> (Vec<u8>, Vec<usize>) {
    let mut seen: BTreeMap<&[u8], usize> = BTreeMap::new();
    let mut data = Vec::new();
    let mut places = Vec::new();
    for item in items {
        let place = seen.get(item.data.as_slice()).copied().unwrap_or(data.len());
        if place == data.len() {
            data.extend(&item.data);
        }
        seen.insert(&item.data, place);
        places.push(place);
    }
    (data, places)
}

fn meta(items: &[&Item], places: &[usize], start: usize) -> Option<Vec<u8>> {
    let none = [0; 4];
    let count = u16::try_from(items.len()).ok()?.to_be_bytes();
    let mut infos = count.to_vec();
    let mut references = Vec::new();
    let mut located = 0_u16;
    let mut locations = Vec::new();
    for ((number, item), place) in (1_u16..).zip(items).zip(places) {
        let number = number.to_be_bytes();
        let info = [&number[..], &[0, 0], &item.kind, &[0]].concat();
        infos.extend(full(*b"infe", [2, 0, 0, u8::try_from(item.flags).ok()?], &info));
        for (name, to) in &item.references {
            let mut body = [&number[..], &u16::try_from(to.len()).ok()?.to_be_bytes()].concat();
            for other in to {
                body.extend(u16::try_from(*other).ok()?.to_be_bytes());
            }
            references.extend(boxed(*name, &body));
        }
        if !item.data.is_empty() {
            located += 1;
            locations.extend(number);
            locations.extend([0, 0, 0, 1]);
            locations.extend(u32::try_from(start + place).ok()?.to_be_bytes());
            locations.extend(u32::try_from(item.data.len()).ok()?.to_be_bytes());
        }
    }
    let locations = [&[0x44, 0][..], &located.to_be_bytes(), &locations].concat();
    let mut body = none.to_vec();
    body.extend(full(*b"hdlr", none, b"\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    body.extend(full(*b"pitm", none, &[0, 1]));
    body.extend(full(*b"iinf", none, &infos));
    if !references.is_empty() {
        body.extend(full(*b"iref", none, &references));
    }
    body.extend(boxed(*b"iprp", &properties(items)?));
    body.extend(full(*b"iloc", none, &locations));
    Some(boxed(*b"meta", &body))
}

fn properties(items: &[&Item]) -> Option<Vec<u8>> {
    let mut seen: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    let mut all = Vec::new();
    let mut lists = Vec::new();
    for item in items {
        let mut list = Vec::new();
        for ((name, body), essential) in &item.properties {
            let whole = boxed(*name, body);
            let next = seen.len() + 1;
            let index = seen.get(&whole).copied().unwrap_or(next);
            if index == next {
                all.extend(&whole);
                seen.insert(whole, next);
            }
            list.push((u16::try_from(index).ok()?, *essential));
        }
        lists.push(list);
    }
    let wide = seen.len() > 127;
    let mut body = u32::try_from(items.len()).ok()?.to_be_bytes().to_vec();
    for (number, list) in (1_u16..).zip(&lists) {
        body.extend(number.to_be_bytes());
        body.push(u8::try_from(list.len()).ok()?);
        for &(index, essential) in list {
            let [high, low] = index.to_be_bytes();
            let mark = if essential { 0x80 } else { 0 };
            body.extend(if wide { vec![high | mark, low] } else { vec![low | mark] });
        }
    }
    let associations = full(*b"ipma", [0, 0, 0, u8::from(wide)], &body);
    Some([boxed(*b"ipco", &all), associations].concat())
}
