//! Small files in the form of HEIC and AVIF. Nobody decodes them here: their coded data is
//! text that stands for what people see.

use crate::canaries::Token;

pub(crate) fn boxed(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).unwrap();
    [&length.to_be_bytes()[..], &name, body].concat()
}

pub(crate) fn full(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    boxed(name, &[&[0; 4][..], body].concat())
}

/// Sets the length of a box that has grown.
pub(crate) fn mend(one: &mut [u8]) {
    let length = u32::try_from(one.len()).unwrap();
    one[..4].copy_from_slice(&length.to_be_bytes());
}

/// A unit of HEVC behind its length.
pub(crate) fn unit(kind: u8, layer: u8, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len() + 2).unwrap();
    [&length.to_be_bytes()[..], &[kind << 1, layer << 3 | 1], data].concat()
}

/// A coded picture of one slice.
pub(crate) fn picture(data: &[u8]) -> Vec<u8> {
    unit(19, 0, &[&[0x80][..], data].concat())
}

/// A unit of AV1 with its length.
pub(crate) fn obu(kind: u8, data: &[u8]) -> Vec<u8> {
    [&[kind << 3 | 2, u8::try_from(data.len()).unwrap()][..], data].concat()
}

/// Profile and level.
const PROFILE: [u8; 12] = [3, 0x70, 0, 0, 0x90, 5, 6, 7, 8, 9, 10, 0x1E];

/// A sequence parameter set of 64 by 64 pixels, of a still.
pub(crate) fn sequence() -> Vec<u8> {
    let side = "0000001000001";
    // Number, colours, width and height, no cut, depths, and what ends it.
    let bits = format!("1010{side}{side}0111000000");
    let bits = bits.as_bytes().chunks(8);
    let bits = bits.map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | (bit - b'0')));
    [vec![33 << 1, 1, 1], PROFILE.to_vec(), bits.collect()].concat()
}

/// The parameters of the decoder, with one more set.
pub(crate) fn config(more: &[&[u8]]) -> Vec<u8> {
    let mut body = [&[1][..], &PROFILE].concat();
    body.extend([0xF0, 0, 0xFC, 0xFD, 0xF8, 0xF8, 0, 0, 0x0F]);
    let sets = [vec![32 << 1, 1, 7], sequence(), vec![34 << 1, 1, 7]];
    body.push(u8::try_from(sets.len() + more.len()).unwrap());
    for set in sets.iter().map(Vec::as_slice).chain(more.iter().copied()) {
        body.extend([0x80 | set[0] >> 1, 0, 1]);
        body.extend(u16::try_from(set.len()).unwrap().to_be_bytes());
        body.extend(set);
    }
    boxed(*b"hvcC", &body)
}

pub(crate) fn size(width: u32, height: u32) -> Vec<u8> {
    full(*b"ispe", &[width.to_be_bytes(), height.to_be_bytes()].concat())
}

/// An item, and the numbers of its properties.
pub(crate) struct Item {
    pub(crate) kind: [u8; 4],
    pub(crate) protected: bool,
    pub(crate) name: String,
    pub(crate) media: String,
    pub(crate) data: Vec<u8>,
    pub(crate) properties: Vec<u8>,
    /// Which file the data lies in.
    pub(crate) reference: u8,
}

/// A file to be.
pub(crate) struct File {
    brand: [u8; 4],
    pub(crate) handler: String,
    pub(crate) primary: u8,
    pub(crate) items: Vec<Item>,
    pub(crate) properties: Vec<Vec<u8>>,
    pub(crate) references: Vec<u8>,
    /// Further boxes of `meta`.
    pub(crate) meta: Vec<u8>,
}

impl File {
    pub(crate) fn new(brand: [u8; 4]) -> File {
        File {
            brand,
            handler: String::new(),
            primary: 1,
            items: Vec::new(),
            properties: Vec::new(),
            references: Vec::new(),
            meta: Vec::new(),
        }
    }

    pub(crate) fn item(&mut self, kind: [u8; 4], media: &str, data: &[u8]) {
        self.items.push(Item {
            kind,
            protected: false,
            name: String::new(),
            media: media.to_owned(),
            data: data.to_vec(),
            properties: Vec::new(),
            reference: 0,
        });
    }

    /// Gives an item properties that are there already.
    pub(crate) fn properties(&mut self, item: usize, numbers: &[u8]) {
        self.items[item - 1].properties.extend(numbers);
    }

    /// Gives an item a new property; an item that is not there leaves it alone.
    pub(crate) fn property(&mut self, item: usize, property: Vec<u8>, essential: bool) {
        self.properties.push(property);
        let number = u8::try_from(self.properties.len()).unwrap();
        if let Some(item) = self.items.get_mut(item - 1) {
            item.properties.push(number | if essential { 0x80 } else { 0 });
        }
    }

    pub(crate) fn reference(&mut self, name: [u8; 4], from: u8, to: &[u8]) {
        let mut body = vec![0, from, 0, u8::try_from(to.len()).unwrap()];
        body.extend(to.iter().flat_map(|&number| [0, number]));
        self.references.extend(boxed(name, &body));
    }

    fn meta(&self, start: usize) -> Vec<u8> {
        let count = u8::try_from(self.items.len()).unwrap();
        let (mut infos, mut places, mut lists) = (vec![0, count], vec![0x44, 0, 0, count], vec![]);
        let mut at = start;
        for (number, item) in (1..).zip(&self.items) {
            let mut info = vec![2, 0, 0, 0, 0, number, 0, u8::from(item.protected)];
            info.extend(item.kind);
            info.extend(format!("{}\0", item.name).as_bytes());
            if item.kind == *b"mime" {
                info.extend(format!("{}\0", item.media).as_bytes());
            }
            infos.extend(boxed(*b"infe", &info));
            places.extend([0, number, 0, item.reference, 0, 1]);
            places.extend(u32::try_from(at).unwrap().to_be_bytes());
            places.extend(u32::try_from(item.data.len()).unwrap().to_be_bytes());
            at += item.data.len();
            if !item.properties.is_empty() {
                lists.push(
                    [&[0, number, item.properties.len() as u8][..], &item.properties].concat(),
                );
            }
        }
        let associated = [&[0, 0, 0, lists.len() as u8][..], &lists.concat()].concat();
        let described =
            [boxed(*b"ipco", &self.properties.concat()), full(*b"ipma", &associated)].concat();
        let handler = [&b"\0\0\0\0pict"[..], &[0; 12], self.handler.as_bytes(), &[0]].concat();
        let boxes = [
            full(*b"hdlr", &handler),
            full(*b"pitm", &[0, self.primary]),
            full(*b"iloc", &places),
            full(*b"iinf", &infos),
            full(*b"iref", &self.references),
            boxed(*b"iprp", &described),
            self.meta.clone(),
        ];
        full(*b"meta", &boxes.concat())
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let head = boxed(*b"ftyp", &[&self.brand[..], &[0; 4], b"mif1", &self.brand].concat());
        let start = head.len() + self.meta(0).len() + 8;
        let data: Vec<u8> = self.items.iter().flat_map(|item| item.data.clone()).collect();
        [head, self.meta(start), boxed(*b"mdat", &data)].concat()
    }
}

/// A photograph: one item, with parameters and a size.
pub(crate) fn heic(token: &Token) -> File {
    let mut file = File::new(*b"heic");
    file.item(*b"hvc1", "", &picture(token.shown().as_bytes()));
    file.property(1, config(&[]), true);
    file.property(1, size(64, 64), false);
    file
}

/// A photograph of two tiles.
pub(crate) fn tiles(token: &Token) -> File {
    let mut file = File::new(*b"heic");
    file.item(*b"grid", "", &[0, 0, 0, 1, 0, 120, 0, 60]);
    file.item(*b"hvc1", "", &picture(token.shown().as_bytes()));
    file.item(*b"hvc1", "", &picture(b"second tile"));
    file.property(2, config(&[]), true);
    file.property(2, size(64, 64), false);
    file.properties(3, &[0x81, 2]);
    file.property(1, size(120, 60), false);
    file.reference(*b"dimg", 1, &[2, 3]);
    file
}

/// The sequence header of a still of 64 by 64 pixels.
pub(crate) const HEADER: &[u8] = b"\x18\x15\x7F\xFC\x01\x08";

/// A sequence header and a frame.
pub(crate) fn frame(data: &[u8]) -> Vec<u8> {
    [obu(1, HEADER), obu(6, data)].concat()
}

/// An AVIF of one item.
pub(crate) fn avif(token: &Token) -> File {
    let mut file = File::new(*b"avif");
    file.item(*b"av01", "", &frame(token.shown().as_bytes()));
    file.property(1, boxed(*b"av1C", &[0x81, 0, 12, 0]), true);
    file.property(1, size(64, 64), false);
    file
}

/// Exif that names an artist, behind the number of bytes in front of it.
pub(crate) fn exif(token: &Token) -> Vec<u8> {
    let artist = token.hidden();
    let length = u8::try_from(artist.len()).unwrap();
    [
        &[0; 4],
        &b"MM\0\x2a\0\0\0\x08\0\x01\x01\x3b\0\x02\0\0\0"[..],
        &[length, 0, 0, 0, 26, 0, 0, 0, 0],
        artist.as_bytes(),
    ]
    .concat()
}

pub(crate) fn xmp(token: &Token) -> Vec<u8> {
    format!("<x:xmpmeta><rdf:Description dc:creator=\"{}\"/></x:xmpmeta>", token.hidden())
        .into_bytes()
}

/// A profile with a maker's text, which cannot be issued.
pub(crate) fn profile(token: &Token) -> Vec<u8> {
    let mut profile = vec![0; 128];
    profile[8..12].copy_from_slice(b"\x02\x40\0\0");
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    profile[36..40].copy_from_slice(b"acsp");
    profile.extend([0, 0, 0, 1]);
    profile.extend(b"desc\0\0\0\x90\0\0\0\x20");
    profile.extend(b"desc\0\0\0\0\0\0\0\x10");
    profile.extend(token.bytes());
    let length = u32::try_from(profile.len()).unwrap();
    profile[..4].copy_from_slice(&length.to_be_bytes());
    profile
}
