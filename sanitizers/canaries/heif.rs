//! Hiding places of HEIC and AVIF.

pub(crate) mod build;
mod refused;

use super::neighbours::List;
use super::{Outcome, Row, Token};
use crate::Kind;
use crate::heif::{ALPHA, BOXES, FILE, IMAGES, OBUS, PROPERTIES, UNITS};
use build::{avif, boxed, exif, full, heic, obu, picture, profile, tiles, unit, xmp};

use Outcome::Cleaned;

macro_rules! row {
    ($kind:ident, $place:expr, $plant:expr) => {
        Row { kind: Kind::$kind, place: $place, plant: $plant, outcome: Cleaned }
    };
}

/// A photograph beside which this item lies.
fn beside(token: &Token, kind: [u8; 4], media: &str, data: &[u8]) -> Vec<u8> {
    let mut file = heic(token);
    file.item(kind, media, data);
    file.reference(*b"cdsc", 2, &[1]);
    file.bytes()
}

/// A photograph that has a picture of this use beside it, with the token in it.
fn auxiliary(token: &Token, urn: &str) -> Vec<u8> {
    let mut file = heic(token);
    let item = picture(&token.bytes());
    file.item(*b"hvc1", "", &item);
    file.properties(2, &[1, 2]);
    file.property(2, full(*b"auxC", format!("{urn}\0").as_bytes()), false);
    file.reference(*b"auxl", 2, &[1]);
    file.bytes()
}

/// A photograph with one more property.
fn described(token: &Token, property: Vec<u8>) -> Vec<u8> {
    let mut file = heic(token);
    file.property(1, property, false);
    file.bytes()
}

/// A photograph with one more box in `meta`.
fn in_meta(token: &Token, one: Vec<u8>) -> Vec<u8> {
    let mut file = heic(token);
    file.meta.extend(one);
    file.bytes()
}

/// A photograph with one more box in the file.
fn in_file(token: &Token, one: &[u8]) -> Vec<u8> {
    [heic(token).bytes(), one.to_vec()].concat()
}

/// A photograph whose coded data has this unit behind the slice, or in front of it.
fn with_unit(token: &Token, kind: u8, behind: bool) -> Vec<u8> {
    let mut file = heic(token);
    let (slice, more) = (file.items[0].data.clone(), unit(kind, 0, &token.bytes()));
    file.items[0].data = if behind { [slice, more].concat() } else { [more, slice].concat() };
    file.bytes()
}

/// An AVIF whose coded data has this unit behind the frame.
fn with_obu(token: &Token, kind: u8) -> Vec<u8> {
    let mut file = avif(token);
    file.items[0].data.extend(obu(kind, &token.bytes()));
    file.bytes()
}

fn items() -> Vec<Row> {
    vec![
        row!(Heic, "Exif", |t| beside(t, *b"Exif", "", &exif(t))),
        row!(Heic, "Exif that cannot be read", |t| beside(t, *b"Exif", "", &t.bytes())),
        row!(Heic, "XMP", |t| beside(t, *b"mime", "application/rdf+xml", &xmp(t))),
        row!(Heic, "XMP in UTF-16", |t| beside(t, *b"mime", "application/rdf+xml", &t.utf16())),
        row!(Heic, "file as an item", |t| beside(t, *b"mime", "text/plain", &t.bytes())),
        row!(Heic, "media type of an item", |t| beside(t, *b"mime", &t.hidden(), b"x")),
        row!(Heic, "item of another sort", |t| beside(t, *b"uri ", "", &t.bytes())),
        row!(Heic, "content credentials as an item", |t| beside(t, *b"jumb", "", &t.bytes())),
        row!(Heic, "name of an item", |t| {
            let mut file = heic(t);
            file.items[0].name = t.hidden();
            file.bytes()
        }),
        row!(Heic, "picture that is not shown", |t| beside(t, *b"hvc1", "", &picture(&t.bytes()))),
        row!(Heic, "thumbnail", |t| {
            let mut file = heic(t);
            let item = picture(&t.bytes());
            file.item(*b"hvc1", "", &item);
            file.properties(2, &[1, 2]);
            file.reference(*b"thmb", 2, &[1]);
            file.bytes()
        }),
        row!(Heic, "thumbnail in another coding", |t| beside(t, *b"jpeg", "", &t.bytes())),
        row!(Heic, "depth map", |t| auxiliary(t, "urn:mpeg:mpegB:cicp:systems:auxiliary:depth")),
        row!(Heic, "depth map of HEVC", |t| auxiliary(t, "urn:mpeg:hevc:2015:auxid:2")),
        row!(Heic, "matte of a person", |t| {
            auxiliary(t, "urn:com:apple:photo:2018:aux:portraiteffectsmatte")
        }),
        row!(Heic, "layer for HDR screens", |t| {
            auxiliary(t, "urn:com:apple:photo:2020:aux:hdrgainmap")
        }),
        row!(Heic, "what a picture beside is for", |t| auxiliary(t, &t.hidden())),
        row!(Heic, "layer for HDR screens, as ISO has it", |t| {
            let mut file = heic(t);
            file.item(*b"hvc1", "", &picture(&t.bytes()));
            file.properties(2, &[1, 2]);
            file.item(*b"tmap", "", &t.bytes());
            file.reference(*b"dimg", 3, &[1, 2]);
            file.bytes()
        }),
        row!(Heic, "Exif beside tiles", |t| {
            let mut file = tiles(t);
            file.item(*b"Exif", "", &exif(t));
            file.bytes()
        }),
        row!(Avif, "Exif", |t| {
            let mut file = avif(t);
            file.item(*b"Exif", "", &exif(t));
            file.bytes()
        }),
        row!(Avif, "XMP", |t| {
            let mut file = avif(t);
            file.item(*b"mime", "application/rdf+xml", &xmp(t));
            file.bytes()
        }),
    ]
}

fn properties() -> Vec<Row> {
    vec![
        row!(Heic, "description by a person", |t| {
            let text = format!("en\0{}\0\0\0", t.hidden());
            described(t, full(*b"udes", text.as_bytes()))
        }),
        row!(Heic, "text for screen readers", |t| {
            described(t, full(*b"altt", format!("{}\0en\0", t.hidden()).as_bytes()))
        }),
        row!(Heic, "time of creation", |t| described(t, full(*b"crtt", &t.bytes()))),
        row!(Heic, "time of modification", |t| described(t, full(*b"mdft", &t.bytes()))),
        row!(Heic, "screen it was made on", |t| described(t, boxed(*b"mdcv", &t.bytes()))),
        row!(Heic, "numbers of a camera", |t| described(t, full(*b"cmin", &t.bytes()))),
        row!(Heic, "property with a long name", |t| {
            described(t, boxed(*b"uuid", &[&[7; 16][..], &t.bytes()].concat()))
        }),
        row!(Heic, "unknown property", |t| described(t, boxed(*b"anna", &t.bytes()))),
        row!(Heic, "property of no item", |t| {
            let mut file = heic(t);
            file.property(9, full(*b"udes", &t.bytes()), false);
            file.bytes()
        }),
        row!(Heic, "colour profile", |t| {
            described(t, boxed(*b"colr", &[&b"prof"[..], &profile(t)].concat()))
        }),
        row!(Heic, "colour profile that cannot be read", |t| {
            described(t, boxed(*b"colr", &[&b"rICC"[..], &t.bytes()].concat()))
        }),
        row!(Heic, "colours of another sort", |t| {
            described(t, boxed(*b"colr", &[&b"anna"[..], &t.bytes()].concat()))
        }),
        row!(Heic, "behind the colour numbers", |t| {
            let numbers = b"nclx\0\x01\0\x0d\0\x06\x80";
            described(t, boxed(*b"colr", &[&numbers[..], &t.bytes()].concat()))
        }),
        row!(Heic, "behind the bits of a pixel", |t| {
            described(t, full(*b"pixi", &[&[3, 8, 8, 8][..], &t.bytes()].concat()))
        }),
        row!(Heic, "behind the name of transparency", |t| {
            let mut file = heic(t);
            file.item(*b"hvc1", "", &picture(b"alpha"));
            file.properties(2, &[1, 2]);
            let urn = b"urn:mpeg:hevc:2015:auxid:1\0";
            file.property(2, full(*b"auxC", &[&urn[..], &t.bytes()].concat()), false);
            file.reference(*b"auxl", 2, &[1]);
            file.bytes()
        }),
        row!(Heic, "behind the parameter sets", |t| {
            let mut file = heic(t);
            file.properties[0].extend(t.bytes());
            build::mend(&mut file.properties[0]);
            file.bytes()
        }),
        row!(Heic, "message among the parameter sets", |t| {
            let mut file = heic(t);
            file.properties[0] = build::config(&[&[&[39 << 1, 1][..], &t.bytes()].concat()]);
            file.bytes()
        }),
        row!(Avif, "message among the parameters", |t| {
            let mut file = avif(t);
            let more = obu(5, &t.bytes());
            file.properties[0] = boxed(*b"av1C", &[&[0x81, 0, 12, 0][..], &more].concat());
            file.bytes()
        }),
    ]
}

fn boxes() -> Vec<Row> {
    vec![
        row!(Heic, "name of the program", |t| {
            let mut file = heic(t);
            file.handler = t.hidden();
            file.bytes()
        }),
        row!(Heic, "XML in meta", |t| in_meta(t, full(*b"xml ", &xmp(t)))),
        row!(Heic, "binary XML in meta", |t| in_meta(t, full(*b"bxml", &t.bytes()))),
        row!(Heic, "data of a user in meta", |t| in_meta(t, boxed(*b"udta", &t.bytes()))),
        row!(Heic, "content credentials in meta", |t| {
            in_meta(t, boxed(*b"uuid", &[&[7; 16][..], &t.bytes()].concat()))
        }),
        row!(Heic, "address of another file", |t| {
            let url = full(*b"url ", format!("https://{}\0", t.hidden()).as_bytes());
            let list = full(*b"dref", &[&1_u32.to_be_bytes()[..], &url].concat());
            in_meta(t, boxed(*b"dinf", &list))
        }),
        row!(Heic, "protection in meta", |t| in_meta(t, full(*b"ipro", &t.bytes()))),
        row!(Heic, "groups in meta", |t| in_meta(t, boxed(*b"grpl", &t.bytes()))),
        row!(Heic, "free room in meta", |t| in_meta(t, boxed(*b"free", &t.bytes()))),
        row!(Heic, "unknown box in meta", |t| in_meta(t, boxed(*b"anna", &t.bytes()))),
        row!(Heic, "film of a live picture", |t| in_file(t, &boxed(*b"moov", &t.bytes()))),
        row!(Heic, "film of another maker", |t| in_file(t, &boxed(*b"mpvd", &t.bytes()))),
        row!(Heic, "content credentials", |t| {
            let name = b"\xD8\xFE\xC3\xD6\x1B\x0E\x48\x3C\x92\x97\x58\x28\x87\x7E\xC4\x81";
            in_file(t, &boxed(*b"uuid", &[&name[..], &t.bytes()].concat()))
        }),
        row!(Heic, "box with a long name", |t| {
            in_file(t, &boxed(*b"uuid", &[&[7; 16][..], &t.bytes()].concat()))
        }),
        row!(Heic, "content credentials in a box of their own", |t| {
            in_file(t, &boxed(*b"jumb", &t.bytes()))
        }),
        row!(Heic, "free room", |t| in_file(t, &boxed(*b"free", &t.bytes()))),
        row!(Heic, "room to skip", |t| in_file(t, &boxed(*b"skip", &t.bytes()))),
        row!(Heic, "data of a maker", |t| in_file(t, &boxed(*b"sefd", &t.bytes()))),
        row!(Heic, "unknown box", |t| in_file(t, &boxed(*b"anna", &t.bytes()))),
        row!(Heic, "behind the last box", |t| in_file(t, &t.bytes())),
        row!(Heic, "data of no item", |t| in_file(t, &boxed(*b"mdat", &t.bytes()))),
        row!(Heic, "data of no item in meta", |t| in_meta(t, boxed(*b"idat", &t.bytes()))),
        row!(Avif, "frames behind the picture", |t| {
            [avif(t).bytes(), boxed(*b"moov", &t.bytes()), boxed(*b"mdat", &t.bytes())].concat()
        }),
    ]
}

fn units() -> Vec<Row> {
    vec![
        row!(Heic, "message of the encoder", |t| with_unit(t, 39, false)),
        row!(Heic, "message behind the picture", |t| with_unit(t, 40, true)),
        row!(Heic, "delimiter", |t| with_unit(t, 35, false)),
        row!(Heic, "end of a sequence", |t| with_unit(t, 36, true)),
        row!(Heic, "end of the coded data", |t| with_unit(t, 37, true)),
        row!(Heic, "filling", |t| with_unit(t, 38, true)),
        row!(Heic, "unit of the future in front", |t| with_unit(t, 41, false)),
        row!(Heic, "unit of the future behind", |t| with_unit(t, 47, true)),
        row!(Heic, "unit for anybody in front", |t| with_unit(t, 48, false)),
        row!(Heic, "unit for anybody behind", |t| with_unit(t, 63, true)),
        row!(Heic, "layer on the picture", |t| {
            let mut file = heic(t);
            file.items[0].data.extend(unit(19, 1, &t.bytes()));
            file.bytes()
        }),
        row!(Avif, "delimiter", |t| with_obu(t, 2)),
        row!(Avif, "metadata", |t| with_obu(t, 5)),
        row!(Avif, "second header of a frame", |t| with_obu(t, 7)),
        row!(Avif, "list of tiles", |t| with_obu(t, 8)),
        row!(Avif, "unit of the future", |t| with_obu(t, 9)),
        row!(Avif, "filling", |t| with_obu(t, 15)),
        row!(Avif, "behind the last unit", |t| {
            let mut file = avif(t);
            file.items[0].data.extend([&[0][..], &t.bytes()].concat());
            file.bytes()
        }),
    ]
}

/// The rows of HEIC and AVIF.
pub(super) fn rows() -> Vec<Row> {
    [items(), properties(), boxes(), units(), refused::rows()].into_iter().flatten().collect()
}

/// The allow-lists of HEIC and AVIF.
pub(super) fn lists() -> Vec<List> {
    let kinds = &[Kind::Heic, Kind::Avif];
    vec![
        List { name: FILE.name, forbidden: FILE.forbidden.len(), kinds },
        List { name: BOXES.name, forbidden: BOXES.forbidden.len(), kinds },
        List { name: IMAGES.name, forbidden: IMAGES.forbidden.len(), kinds },
        List { name: PROPERTIES.name, forbidden: PROPERTIES.forbidden.len(), kinds },
        List { name: ALPHA.name, forbidden: ALPHA.forbidden.len(), kinds },
        List { name: UNITS.name, forbidden: UNITS.forbidden.len(), kinds },
        List { name: OBUS.name, forbidden: OBUS.forbidden.len(), kinds },
    ]
}

#[test]
fn colours_under_transparency_are_warned_about() {
    let warnings = |alpha: bool| {
        let mut file = heic(&Token::new(5));
        if alpha {
            file.item(*b"hvc1", "", &picture(b"alpha"));
            file.properties(2, &[1, 2]);
            file.property(2, full(*b"auxC", b"urn:mpeg:hevc:2015:auxid:1\0"), false);
            file.reference(*b"auxl", 2, &[1]);
        }
        super::clean(&file.bytes()).unwrap().1.warnings
    };
    assert_eq!(warnings(false), []);
    assert_eq!(warnings(true), [crate::Warning::HiddenParts]);
}
