//! Small films: one track of pictures in H.264, one of sound, and room for what is planted.

use super::super::Token;

/// A box.
pub(crate) fn bx(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).unwrap();
    [&length.to_be_bytes()[..], name, body].concat()
}

/// A box with a version and flags in front.
pub(crate) fn full(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    bx(name, &[&[0; 4], body].concat())
}

pub(crate) fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// A box with a count and rows of numbers.
pub(crate) fn table(name: &[u8; 4], count: u32, rows: &[u32]) -> Vec<u8> {
    full(name, &[numbers(&[count]), numbers(rows)].concat())
}

const MATRIX: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

/// One track and what is planted in it.
#[derive(Clone)]
pub(crate) struct Track {
    pub(crate) handler: [u8; 4],
    pub(crate) handler_name: Vec<u8>,
    pub(crate) dates: [u32; 2],
    pub(crate) matrix: [u32; 9],
    pub(crate) language: u16,
    /// Boxes behind the others.
    pub(crate) inside: Vec<u8>,
    pub(crate) in_media: Vec<u8>,
    pub(crate) in_information: Vec<u8>,
    pub(crate) in_tables: Vec<u8>,
    /// Times, if not one for each sample.
    pub(crate) times: Option<Vec<u8>>,
    /// Places of more chunks, which nobody needs.
    pub(crate) more_places: Vec<u32>,
    pub(crate) reference: Vec<u8>,
    pub(crate) entry: Vec<u8>,
    /// Descriptions of no sample, behind it.
    pub(crate) more_entries: Vec<Vec<u8>>,
    pub(crate) samples: Vec<Vec<u8>>,
    /// Where the samples are said to lie, if not where they do.
    pub(crate) place: Option<u32>,
}

/// A description of pictures with these boxes.
pub(crate) fn pictures(name: &[u8; 4], compressor: &[u8], parts: &[Vec<u8>]) -> Vec<u8> {
    let mut body = vec![0, 0, 0, 0, 0, 0, 0, 1];
    body.extend([0; 16]);
    body.extend([0, 16, 0, 16, 0, 72, 0, 0, 0, 72, 0, 0, 0, 0, 0, 0, 0, 1]);
    body.extend(compressor);
    body.resize(74, 0);
    body.extend([0, 24, 0xFF, 0xFF]);
    bx(name, &[body, parts.concat()].concat())
}

/// A description of sound with these boxes.
pub(crate) fn sound(name: &[u8; 4], parts: &[Vec<u8>]) -> Vec<u8> {
    let head = [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 16, 0, 0, 0, 0];
    bx(name, &[&head[..], &[0xAC, 0x44, 0, 0], &parts.concat()].concat())
}

/// A set of H.264 about a sequence of 16 by 16 pixels, and one about its pictures.
pub(crate) const SEQUENCE: &[u8] = b"\x67\x42\0\x1E\xDA\x79";
pub(crate) const PICTURE: &[u8] = b"\x68\xCE\x3C\x80";

/// The settings of H.264.
pub(crate) fn avc() -> Vec<u8> {
    avc_of(SEQUENCE, PICTURE)
}

/// The settings of H.264 with these sets.
pub(crate) fn avc_of(sequence: &[u8], picture: &[u8]) -> Vec<u8> {
    let length = |set: &[u8]| u16::try_from(set.len()).unwrap().to_be_bytes();
    [
        &[1, 0x42, 0, 30, 0xFF, 0xE1][..],
        &length(sequence),
        sequence,
        &[1],
        &length(picture),
        picture,
    ]
    .concat()
}

/// A set of H.264 of which all is shown but for a few rows, and one with 96 columns more.
pub(crate) const WHOLE: &[u8] = b"\x67\x64\x00\x0D\xAC\xD9\x41\x41\xFB\x01\x10\x00\x00\x03\x00\x10\x00\x00\x03\x03\x20\xF1\x42\x99\x60";
pub(crate) const CUT: &[u8] = b"\x67\x64\x00\x0D\xAC\xD9\x41\x41\xFE\x05\x18\x3D\xC0\x44\x00\x00\x03\x00\x04\x00\x00\x03\x00\xC8\x3C\x50\xA6\x58";
/// The same of H.265.
pub(crate) const WHOLE_OF_HEVC: &[u8] = b"\x42\x01\x01\x01\x60\x00\x00\x03\x00\x90\x00\x00\x03\x00\x00\x03\x00\x3C\xA0\x0A\x08\x0F\x16\x59\x59\xA4\x93\x2B\xC0\x5A\x02\x00\x00\x03\x00\x02\x00\x00\x03\x00\x32\x10";
pub(crate) const CUT_OF_HEVC: &[u8] = b"\x42\x01\x01\x01\x60\x00\x00\x03\x00\x90\x00\x00\x03\x00\x00\x03\x00\x3C\xA0\x0A\x08\x0F\x1C\x0A\x30\x7B\x96\x56\x69\x24\xCA\xF0\x16\x80\x80\x00\x00\x03\x00\x80\x00\x00\x0C\x84";

/// The head of an AV1 film that has one layer and says so.
pub(crate) const LAYERED: &[u8] = b"\x00\x01\x01\x20\x8F\x38\x30\x01";

/// A unit of AV1 with its length and, if it has one, its layer.
pub(crate) fn obu(kind: u8, layer: Option<u8>, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).unwrap();
    match layer {
        Some(layer) => [&[kind << 3 | 6, layer, length], content].concat(),
        None => [&[kind << 3 | 2, length], content].concat(),
    }
}

/// The settings of H.265, with these arrays of sets.
pub(crate) fn hevc(arrays: &[Vec<u8>]) -> Vec<u8> {
    let mut body = vec![1, 1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 93, 0xF0, 0, 0xFC, 0xFD, 0xF8];
    body.extend([0xF8, 0, 0, 0x0F, u8::try_from(arrays.len()).unwrap()]);
    [body, arrays.concat()].concat()
}

/// An `esds` of this coding with these settings, and what stands behind them.
pub(crate) fn esds(coding: u8, settings: &[u8], behind: &[u8]) -> Vec<u8> {
    let part = |number: u8, body: &[u8]| {
        [&[number, 0x80, 0x80, 0x80, u8::try_from(body.len()).unwrap()], body].concat()
    };
    let decoder = [&[coding, 0x15][..], &[0; 11], &part(5, settings)].concat();
    let stream = [&[0, 1, 0][..], &part(4, &decoder), &[6, 1, 2], behind].concat();
    full(b"esds", &part(3, &stream))
}

/// A unit of H.264 or H.265 with its length.
pub(crate) fn unit(head: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(head.len() + content.len()).unwrap();
    [&length.to_be_bytes()[..], head, content].concat()
}

/// Messages of these kinds, and the bit behind them.
pub(crate) fn messages(all: &[(u8, &[u8])]) -> Vec<u8> {
    let one =
        |(kind, body): &(u8, &[u8])| [&[*kind, u8::try_from(body.len()).unwrap()], *body].concat();
    [all.iter().map(one).collect::<Vec<_>>().concat(), vec![0x80]].concat()
}

impl Track {
    pub(crate) fn of(handler: [u8; 4], entry: Vec<u8>, samples: Vec<Vec<u8>>) -> Track {
        Track {
            handler,
            handler_name: vec![0],
            dates: [0; 2],
            matrix: MATRIX,
            language: 0x55C4,
            inside: Vec::new(),
            in_media: Vec::new(),
            in_information: Vec::new(),
            in_tables: Vec::new(),
            times: None,
            more_places: Vec::new(),
            reference: bx(b"url ", &[0, 0, 0, 1]),
            entry,
            more_entries: Vec::new(),
            samples,
            place: None,
        }
    }

    /// Pictures in H.264, of which the first is what people see.
    pub(crate) fn avc(token: &Token) -> Track {
        let first = unit(&[0x65], token.shown().as_bytes());
        let entry = pictures(b"avc1", &[], &[bx(b"avcC", &avc())]);
        Track::of(*b"vide", entry, vec![first, unit(&[0x41], b"moves")])
    }

    /// Sound in AAC.
    pub(crate) fn aac() -> Track {
        let entry = sound(b"mp4a", &[esds(0x40, &[0x12, 0x10], &[])]);
        Track::of(*b"soun", entry, vec![b"hears".to_vec(), b"more".to_vec()])
    }

    fn boxed(&self, number: u32, places: &[u32]) -> Vec<u8> {
        let count = u32::try_from(self.samples.len()).unwrap();
        let [made, changed] = self.dates;
        let head = [
            vec![0, 0, 0, 3],
            numbers(&[made, changed, number, 0, 1000, 0, 0, 0, 0x0100_0000]),
            numbers(&self.matrix),
            numbers(&[16 << 16, 16 << 16]),
        ];
        let language = u32::from(self.language) << 16;
        let media = full(b"mdhd", &numbers(&[made, changed, 1000, 1000, language]));
        let name = [&[0; 4][..], &self.handler, &[0; 12], &self.handler_name].concat();
        let references = full(b"dref", &[numbers(&[1]), self.reference.clone()].concat());
        let sizes: Vec<u32> =
            self.samples.iter().map(|sample| u32::try_from(sample.len()).unwrap()).collect();
        let all_places = [places, &self.more_places].concat();
        let entries = u32::try_from(self.more_entries.len()).unwrap() + 1;
        let more = self.more_entries.concat();
        let tables = [
            full(b"stsd", &[numbers(&[entries]), self.entry.clone(), more].concat()),
            self.times.clone().unwrap_or_else(|| table(b"stts", 1, &[count, 500])),
            table(b"stsc", 1, &[1, 1, 1]),
            full(b"stsz", &[numbers(&[0, count]), numbers(&sizes)].concat()),
            table(b"stco", u32::try_from(all_places.len()).unwrap(), &all_places),
            self.in_tables.clone(),
        ];
        let kind = match &self.handler {
            b"vide" => full(b"vmhd", &[0; 8]),
            b"soun" => full(b"smhd", &[0; 4]),
            _ => full(b"nmhd", &[]),
        };
        let information = [
            kind,
            bx(b"dinf", &references),
            bx(b"stbl", &tables.concat()),
            self.in_information.clone(),
        ];
        let media = [
            media,
            full(b"hdlr", &name),
            bx(b"minf", &information.concat()),
            self.in_media.clone(),
        ];
        let track =
            [bx(b"tkhd", &head.concat()), bx(b"mdia", &media.concat()), self.inside.clone()];
        bx(b"trak", &track.concat())
    }
}

/// A film and what is planted in it.
pub(crate) struct Film {
    pub(crate) brands: Vec<u8>,
    /// Boxes in front of the samples, and behind all.
    pub(crate) in_front: Vec<u8>,
    pub(crate) behind: Vec<u8>,
    /// Bytes between samples.
    pub(crate) gap: Vec<u8>,
    /// The last fields of `mvhd`.
    pub(crate) previews: [u8; 24],
    pub(crate) in_index: Vec<u8>,
    pub(crate) tracks: Vec<Track>,
    /// Whether the size of the box with samples has eight bytes.
    pub(crate) is_wide: bool,
}

impl Film {
    pub(crate) fn new(brand: &[u8; 4], tracks: Vec<Track>) -> Film {
        Film {
            brands: [&brand[..], &[0; 4], brand].concat(),
            in_front: Vec::new(),
            behind: Vec::new(),
            gap: Vec::new(),
            previews: [0; 24],
            in_index: Vec::new(),
            tracks,
            is_wide: false,
        }
    }

    /// A film of which nothing need be removed but its brand.
    pub(crate) fn plain(token: &Token) -> Film {
        Film::new(b"mp42", vec![Track::avc(token), Track::aac()])
    }

    pub(crate) fn built(&self) -> Vec<u8> {
        let front = [bx(b"ftyp", &self.brands), self.in_front.clone()].concat();
        let head = if self.is_wide { 16 } else { 8 };
        let mut content = Vec::new();
        let mut places: Vec<Vec<u32>> = self.tracks.iter().map(|_| Vec::new()).collect();
        // The first sample of each track, then the second.
        let most = self.tracks.iter().map(|track| track.samples.len()).max().unwrap();
        for number in 0..most {
            for (track, places) in self.tracks.iter().zip(&mut places) {
                let Some(sample) = track.samples.get(number) else { continue };
                let place = u32::try_from(front.len() + head + content.len()).unwrap();
                places.push(track.place.unwrap_or(place));
                content.extend(sample);
                content.extend(&self.gap);
            }
        }
        let media = if self.is_wide {
            let length = (content.len() as u64 + 16).to_be_bytes();
            [&[0, 0, 0, 1][..], b"mdat", &length, &content].concat()
        } else {
            bx(b"mdat", &content)
        };
        let movie = [
            numbers(&[0, 0, 0, 1000, 1000, 0x1_0000]),
            vec![1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            numbers(&MATRIX),
            self.previews.to_vec(),
            numbers(&[3]),
        ];
        let tracks = (1..).zip(&self.tracks).zip(&places);
        let tracks = tracks.map(|((number, track), places)| track.boxed(number, places));
        let index = [
            bx(b"mvhd", &movie.concat()),
            tracks.collect::<Vec<_>>().concat(),
            self.in_index.clone(),
        ];
        [front, media, bx(b"moov", &index.concat()), self.behind.clone()].concat()
    }
}
