//! Files that are not taken.

use super::build::{
    File, HEADER, avif, boxed, config, exif, frame, full, heic, obu, picture, size, tiles, unit,
};
use crate::canaries::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature, Foreign};
use crate::{Kind, Refusal};

use Outcome::Refused;

const ORDER: Outcome = Refused(Refusal::Damaged(Damage::Order));
const MISSING: Outcome = Refused(Refusal::Damaged(Damage::Missing));
const VALUE: Outcome = Refused(Refusal::Damaged(Damage::Value));
const RARE: Outcome = Refused(Refusal::Feature(Feature::Coding));

macro_rules! row {
    ($kind:ident, $place:expr, $outcome:expr, $plant:expr) => {
        Row { kind: Kind::$kind, place: $place, plant: $plant, outcome: $outcome }
    };
}

/// A file that shows an item of this type.
fn showing(token: &Token, kind: [u8; 4]) -> Vec<u8> {
    let mut file = heic(token);
    file.item(kind, "application/rdf+xml", &exif(token));
    file.properties(2, &[2]);
    file.primary = 2;
    file.bytes()
}

/// A photograph with the token in its coded data, and what `change` does to it.
fn changed(token: &Token, change: impl Fn(&mut File)) -> Vec<u8> {
    let mut file = heic(token);
    file.items[0].data = picture(&token.bytes());
    change(&mut file);
    file.bytes()
}

/// The same of two tiles, the first with the token.
fn tiled(token: &Token, change: impl Fn(&mut File)) -> Vec<u8> {
    let mut file = tiles(token);
    file.items[1].data = picture(&token.bytes());
    change(&mut file);
    file.bytes()
}

fn shown() -> Vec<Row> {
    vec![
        row!(Heic, "Exif as the picture", RARE, |t| showing(t, *b"Exif")),
        row!(Heic, "XMP as the picture", RARE, |t| showing(t, *b"mime")),
        row!(Heic, "other item as the picture", RARE, |t| showing(t, *b"uri ")),
        row!(Heic, "layer for HDR screens as the picture", RARE, |t| showing(t, *b"tmap")),
        row!(Heic, "picture in another coding", RARE, |t| showing(t, *b"jpeg")),
        row!(Heic, "no item is shown", MISSING, |t| changed(t, |file| file.primary = 7)),
        row!(Heic, "protected picture", Refused(Refusal::Password), |t| {
            changed(t, |file| file.items[0].protected = true)
        }),
        row!(Heic, "picture in another file", RARE, |t| {
            changed(t, |file| file.items[0].reference = 1)
        }),
        row!(Heic, "property that must be understood", RARE, |t| {
            changed(t, |file| file.property(1, boxed(*b"anna", b"x"), true))
        }),
        row!(Avif, "choice among layers", RARE, |t| {
            let mut file = avif(t);
            file.items[0].data = frame(&t.bytes());
            file.property(1, boxed(*b"lsel", &[0, 0]), false);
            file.bytes()
        }),
        row!(Heic, "no size", MISSING, |t| changed(t, |file| {
            file.items[0].properties.pop();
        })),
        row!(Heic, "two sizes", MISSING, |t| {
            changed(t, |file| file.property(1, size(64, 32), false))
        }),
        row!(Heic, "size of nothing", VALUE, |t| {
            changed(t, |file| file.properties[1] = size(0, 64))
        }),
        row!(Heic, "larger than it is coded", VALUE, |t| {
            changed(t, |file| file.properties[1] = size(64, 65))
        }),
        row!(Heic, "no parameters", MISSING, |t| changed(t, |file| {
            file.items[0].properties.remove(0);
        })),
        row!(Heic, "parameters of the other coding", MISSING, |t| changed(t, |file| {
            file.properties[0] = boxed(*b"av1C", &[0x81, 0, 12, 0]);
        })),
        row!(Heic, "parameter set of a great length", VALUE, |t| changed(t, |file| {
            let long = [&[34 << 1, 1][..], &[9; 5000]].concat();
            file.properties[0] = config(&[&long]);
        })),
        row!(Heic, "document in front", Refused(Refusal::Polyglot), |t| {
            let mut file = heic(t).bytes();
            let free = boxed(*b"free", &[&b"%PDF-1.7"[..], &t.bytes()].concat());
            let rest = file.split_off(24);
            [file, free, rest].concat()
        }),
    ]
}

fn put_together() -> Vec<Row> {
    vec![
        row!(Heic, "tile that is used twice", ORDER, |t| {
            tiled(t, |file| {
                file.references.clear();
                file.reference(*b"dimg", 1, &[2, 2]);
            })
        }),
        row!(Heic, "picture made of itself", ORDER, |t| {
            tiled(t, |file| {
                file.references.clear();
                file.reference(*b"dimg", 1, &[2, 1]);
            })
        }),
        row!(Heic, "two lists of tiles", MISSING, |t| {
            tiled(t, |file| file.reference(*b"dimg", 1, &[3, 2]))
        }),
        row!(Heic, "fewer tiles than places", VALUE, |t| {
            tiled(t, |file| {
                file.references.clear();
                file.reference(*b"dimg", 1, &[2]);
            })
        }),
        row!(Heic, "tiles that do not cover the whole", VALUE, |t| {
            tiled(t, |file| {
                file.items[0].data[5] = 130;
                file.properties[2] = size(130, 60);
            })
        }),
        row!(Heic, "tiles of two sizes", VALUE, |t| {
            tiled(t, |file| {
                file.items[2].properties.pop();
                file.property(3, size(64, 32), false);
            })
        }),
        row!(Heic, "two sizes of the whole", VALUE, |t| {
            tiled(t, |file| file.properties[2] = size(120, 61))
        }),
        row!(
            Heic,
            "behind the plan of the tiles",
            Refused(Refusal::Damaged(Damage::Length)),
            |t| { tiled(t, |file| file.items[0].data.extend(t.bytes())) }
        ),
        row!(Heic, "tiles in two codings", RARE, |t| {
            tiled(t, |file| {
                file.items[2].kind = *b"av01";
                file.items[2].data = frame(b"second");
                file.items[2].properties = vec![2];
                file.property(3, boxed(*b"av1C", &[0x81, 0, 12, 0]), true);
            })
        }),
        row!(Heic, "tile that is no picture", RARE, |t| {
            tiled(t, |file| file.items[2].kind = *b"Exif")
        }),
    ]
}

fn units() -> Vec<Row> {
    vec![
        row!(Heic, "second picture in the same item", ORDER, |t| {
            changed(t, |file| file.items[0].data.extend(picture(b"another")))
        }),
        row!(
            Heic,
            "slice of a picture that needs others",
            Refused(Refusal::Feature(Feature::Coding)),
            |t| { changed(t, |file| file.items[0].data.extend(unit(1, 0, b"moved"))) }
        ),
        row!(Heic, "no slice", MISSING, |t| {
            changed(t, |file| file.items[0].data = unit(39, 0, &t.bytes()))
        }),
        row!(Heic, "unit beyond the item", Refused(Refusal::Truncated), |t| {
            changed(t, |file| file.items[0].data[3] += 1)
        }),
        row!(Avif, "second picture in the same item", RARE, |t| {
            let mut file = avif(t);
            file.items[0].data.extend(obu(6, &t.bytes()));
            file.bytes()
        }),
        row!(Avif, "two sets of parameters", ORDER, |t| {
            let mut file = avif(t);
            file.items[0].data.extend(obu(1, &t.bytes()));
            file.bytes()
        }),
        row!(Avif, "behind the parameters", Refused(Refusal::Damaged(Damage::Length)), |t| {
            let mut file = avif(t);
            let header = [HEADER, &t.bytes()].concat();
            file.items[0].data = [obu(1, &header), obu(6, b"frame")].concat();
            file.bytes()
        }),
        row!(Avif, "larger than it is coded", VALUE, |t| {
            let mut file = avif(t);
            file.items[0].data = frame(&t.bytes());
            file.properties[1] = size(65, 64);
            file.bytes()
        }),
        row!(Avif, "frame without parameters", ORDER, |t| {
            let mut file = avif(t);
            file.items[0].data = obu(6, &t.bytes());
            file.bytes()
        }),
        row!(Heic, "parameter set beside the slices", RARE, |t| {
            changed(t, |file| file.items[0].data.extend(unit(34, 0, &t.bytes())))
        }),
        row!(Avif, "second picture in another layer", RARE, |t| {
            let mut file = avif(t);
            file.items[0].data.extend([&[0x36, 8, 16][..], &t.bytes()].concat());
            file.bytes()
        }),
        row!(Avif, "picture in a layer alone", RARE, |t| {
            let mut file = avif(t);
            file.items[0].data = [obu(1, HEADER), vec![0x36, 8, 16], t.bytes().to_vec()].concat();
            file.bytes()
        }),
        row!(Avif, "tiles behind a whole frame", ORDER, |t| {
            let mut file = avif(t);
            file.items[0].data.extend(obu(4, &t.bytes()));
            file.bytes()
        }),
    ]
}

fn files() -> Vec<Row> {
    vec![
        row!(Heic, "film without a picture", Refused(Refusal::NotCleanable(Foreign::Film)), |t| {
            let head = boxed(*b"ftyp", b"msf1\0\0\0\0msf1hevc");
            [head, boxed(*b"moov", &t.bytes())].concat()
        }),
        row!(Heic, "second list of items", MISSING, |t| {
            let file = changed(t, |_| {});
            [&file[..], &full(*b"meta", b"")].concat()
        }),
        row!(Heic, "second head", MISSING, |t| {
            let file = changed(t, |_| {});
            [&file[..], &boxed(*b"ftyp", b"heic\0\0\0\0")].concat()
        }),
        row!(Heic, "two items that are shown", MISSING, |t| {
            changed(t, |file| file.meta.extend(full(*b"pitm", &[0, 1])))
        }),
        row!(Heic, "data beyond the file", Refused(Refusal::Truncated), |t| {
            let mut file = changed(t, |file| file.items[0].data.extend(unit(38, 0, b"x")));
            file.pop();
            file
        }),
    ]
}

/// Rows of files that are refused.
pub(super) fn rows() -> Vec<Row> {
    [shown(), put_together(), units(), files()].into_iter().flatten().collect()
}
