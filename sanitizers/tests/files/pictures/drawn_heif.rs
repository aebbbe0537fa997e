//! HEIC as pixels, beside what `libheif` shows.

use image::{DynamicImage, GenericImageView};
use sluse_sanitizers::refusal::Limit;
use sluse_sanitizers::{Change, Kind, Limits, Refusal, flatten};

use crate::cleaning::{clean, clean_with_report};
use crate::pictures::corpus;
use crate::pictures::damage::damage;
use crate::pictures::drawn::{apart, by, encoded, flat, scene, shown};

/// Colours that are stored for each second pixel are put back in two ways: ours blends
/// them, `libheif` repeats them. At sharp edges that is seen in single samples.
const COARSE: f64 = 1.5;
/// Other samples may be rounded in two ways.
const ROUNDED: u8 = 1;

fn heic(picture: &DynamicImage, more: &[&str]) -> Vec<u8> {
    encoded("heif-enc", "libheif-examples", picture, "heic", more)
}

fn witness(file: &[u8]) -> Option<DynamicImage> {
    by("heif-convert", "libheif-examples", file, "heic")
}

/// A box by its name, wherever it is.
fn find(file: &[u8], name: [u8; 4]) -> &[u8] {
    let at = file.windows(4).position(|four| four == &name[..]).unwrap() - 4;
    let length = u32::from_be_bytes(file[at..at + 4].try_into().unwrap());
    &file[at..at + usize::try_from(length).unwrap()]
}

fn boxed(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).unwrap();
    [&length.to_be_bytes()[..], &name, body].concat()
}

fn full(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    boxed(name, &[&[0; 4][..], body].concat())
}

fn size(width: u32, height: u32) -> Vec<u8> {
    full(*b"ispe", &[width.to_be_bytes(), height.to_be_bytes()].concat())
}

fn turn(quarters: u8) -> Vec<u8> {
    boxed(*b"irot", &[quarters])
}

fn mirror(axis: u8) -> Vec<u8> {
    boxed(*b"imir", &[axis])
}

/// A crop: width, height, and how far its middle lies from that of the picture.
fn crop(width: i32, height: i32, right: [i32; 2], down: [i32; 2]) -> Vec<u8> {
    let all = [width, 1, height, 1, right[0], right[1], down[0], down[1]];
    boxed(*b"clap", &all.map(i32::to_be_bytes).concat())
}

/// An item: its type, its data, its properties.
struct Item(&'static [u8; 4], Vec<u8>, Vec<Vec<u8>>);

/// Numbers of colours: primaries, curve, matrix, and whether black is 0.
fn numbers(primaries: u8, transfer: u8, matrix: u8, full: bool) -> Vec<u8> {
    let range = u8::from(full) << 7;
    boxed(*b"colr", &[b"nclx", &[0, primaries, 0, transfer, 0, matrix, range][..]].concat())
}

/// The only picture of a file as an item: its parameters and its size.
fn only(file: &[u8]) -> Item {
    let copy = clean(file);
    let properties = [*b"hvcC", *b"ispe"].map(|name| find(&copy, name).to_vec());
    Item(b"hvc1", find(&copy, *b"mdat")[8..].to_vec(), properties.to_vec())
}

/// Writes a file of items; the first is shown and made of all others, if it is a grid.
fn file(items: &[Item], references: &[u8]) -> Vec<u8> {
    let word = |number: usize| u32::try_from(number).unwrap().to_be_bytes();
    let (mut infos, mut all, mut lists, mut last) = (vec![], vec![], vec![], 0);
    for (number, Item(kind, _, properties)) in (1_u8..).zip(items) {
        let hidden = u8::from(number > 1);
        let info = [&[2, 0, 0, hidden, 0, number, 0, 0][..], *kind, &[0]];
        infos.extend(boxed(*b"infe", &info.concat()));
        lists.extend([0, number, u8::try_from(properties.len()).unwrap()]);
        for property in properties {
            all.extend(property);
            last += 1;
            lists.push(last);
        }
    }
    let count = u8::try_from(items.len()).unwrap();
    let meta = |start: usize| {
        let (mut at, mut places) = (start, vec![0x44, 0, 0, count]);
        for (number, Item(_, data, _)) in (1_u8..).zip(items) {
            places.extend([&[0, number, 0, 0, 0, 1][..], &word(at), &word(data.len())].concat());
            at += data.len();
        }
        let described =
            [boxed(*b"ipco", &all), full(*b"ipma", &[&[0, 0, 0, count][..], &lists].concat())];
        let boxes = [
            full(*b"hdlr", &[&b"\0\0\0\0pict"[..], &[0; 13]].concat()),
            full(*b"pitm", &[0, 1]),
            full(*b"iloc", &places),
            full(*b"iinf", &[&[0, count][..], &infos].concat()),
            full(*b"iref", references),
            boxed(*b"iprp", &described.concat()),
        ];
        full(*b"meta", &boxes.concat())
    };
    let head = boxed(*b"ftyp", b"heic\0\0\0\0mif1heic");
    let start = head.len() + meta(0).len() + 8;
    let data: Vec<u8> = items.iter().flat_map(|Item(_, data, _)| data.clone()).collect();
    [head, meta(start), boxed(*b"mdat", &data)].concat()
}

/// A picture with more properties.
fn with(picture: &[u8], more: &[Vec<u8>]) -> Vec<u8> {
    let Item(kind, data, properties) = only(picture);
    file(&[Item(kind, data, [properties, more.to_vec()].concat())], &[])
}

/// A picture put together of tiles of 64 pixels, of which the last ones are cut.
fn tiles(columns: u8, rows: u8, (width, height): (u16, u16), more: &[Vec<u8>]) -> Vec<u8> {
    let whole = scene(u32::from(columns) * 64, u32::from(rows) * 64);
    let plan = [&[0, 0, rows - 1, columns - 1][..], &width.to_be_bytes(), &height.to_be_bytes()];
    let first = [vec![size(width.into(), height.into())], more.to_vec()].concat();
    let mut items = vec![Item(b"grid", plan.concat(), first)];
    for number in 0..u32::from(columns) * u32::from(rows) {
        let (x, y) = (number % u32::from(columns) * 64, number / u32::from(columns) * 64);
        items.push(only(&heic(&whole.crop_imm(x, y, 64, 64), &["-q", "80"])));
    }
    let count = columns * rows;
    let list: Vec<u8> = (2..count + 2).flat_map(|number| [0, number]).collect();
    file(&items, &boxed(*b"dimg", &[&[0, 1, 0, count][..], &list].concat()))
}

/// Ours and that of `libheif` are the same, but for how coarse colours are put back.
fn agrees(file: &[u8]) -> DynamicImage {
    let seen = shown(&clean(file)).unwrap();
    let (mean, worst) = apart(&seen, &witness(file).unwrap());
    assert!(mean < COARSE, "{mean} {worst}");
    seen
}

/// The greys of a scene, in a picture that could have colours.
fn greys(width: u32, height: u32) -> DynamicImage {
    DynamicImage::from(scene(width, height).to_luma8()).to_rgb8().into()
}

#[test]
fn other_programs_show_the_same_pixels() {
    for more in [
        &["-q", "95"][..],
        &["-q", "30"],
        &["-q", "0"],
        &["-L"],
        &["-p", "x265:slices=3"],
        &["-p", "x265:wpp=1", "-p", "x265:ctu=16"],
        &["-p", "x265:scaling-list=default"],
        &["-p", "x265:tskip=1", "-p", "x265:aq-mode=2"],
        &["-p", "x265:cu-lossless=1", "-p", "x265:qg-size=8"],
        &["-p", "x265:strong-intra-smoothing=0", "-p", "x265:rdoq-level=2"],
        &["-p", "x265:no-sao=1", "-p", "x265:deblock=-3:3"],
        &["--full_range_flag", "0"],
        &["--matrix_coefficients", "1"],
        &["--matrix_coefficients", "9", "--full_range_flag", "0"],
    ] {
        let file = heic(&greys(320, 240), more);
        let (_, worst) = apart(&shown(&clean(&file)).unwrap(), &witness(&file).unwrap());
        assert!(worst <= ROUNDED, "{more:?}: {worst}");
        agrees(&heic(&scene(320, 240), more));
    }
}

#[test]
fn a_picture_that_is_coded_without_loss_is_shown_as_it_was() {
    let (_, worst) =
        apart(&shown(&clean(&heic(&greys(200, 120), &["-L"]))).unwrap(), &greys(200, 120));
    assert!(worst <= ROUNDED, "{worst}");
}

#[test]
fn numbers_in_the_file_count_more_than_those_in_the_picture() {
    let picture = heic(&scene(96, 64), &["-q", "90"]);
    let as_it_is = shown(&clean(&picture)).unwrap();
    for (matrix, full) in [(1, true), (9, true), (6, false), (1, false)] {
        let seen = agrees(&with(&picture, &[numbers(1, 13, matrix, full)]));
        assert!(apart(&seen, &as_it_is).1 > 9, "{matrix} {full}");
    }
}

#[test]
fn finer_samples_and_greys_are_shown() {
    let wide: DynamicImage = scene(160, 96).to_rgb16().into();
    agrees(&heic(&wide, &["-b", "10"]));
    agrees(&heic(&wide, &["-b", "12"]));
    let grey: DynamicImage = scene(160, 96).to_luma8().into();
    let file = heic(&grey, &[]);
    agrees(&file);
    assert!(!image::load_from_memory(&flat(&file).unwrap().0).unwrap().color().has_color());
}

#[test]
fn sides_that_are_no_multiple_of_a_block_are_shown_to_the_pixel() {
    for (width, height) in [(129, 97), (65, 64), (17, 33), (1, 1)] {
        let file = heic(&greys(width, height), &[]);
        let (seen, other) = (shown(&clean(&file)).unwrap(), witness(&file).unwrap());
        assert_eq!(seen.dimensions(), (width, height));
        assert!(apart(&seen, &other).1 <= ROUNDED);
    }
    agrees(&heic(&scene(129, 97), &[]));
}

#[test]
fn turns_mirrors_and_crops_are_applied_once_and_in_their_order() {
    let picture = heic(&scene(96, 64), &["-q", "80"]);
    let cut = crop(40, 30, [-8, 1], [3, 1]);
    for (more, dimensions) in [
        (vec![turn(1)], (64, 96)),
        (vec![turn(2)], (96, 64)),
        (vec![turn(3)], (64, 96)),
        (vec![mirror(0)], (96, 64)),
        (vec![mirror(1)], (96, 64)),
        (vec![turn(1), mirror(0)], (64, 96)),
        (vec![mirror(0), turn(1)], (64, 96)),
        (vec![cut.clone()], (40, 30)),
        (vec![cut.clone(), turn(3), mirror(1)], (30, 40)),
    ] {
        let file = with(&picture, &more);
        let seen = agrees(&file);
        assert_eq!(seen.dimensions(), dimensions);
        // Once upright there is nothing left to apply.
        let (copy, _) = flat(&file).unwrap();
        let copy = image::load_from_memory(&copy).unwrap();
        let (mean, _) = apart(&copy, &seen);
        assert!(mean < COARSE, "{mean}");
    }
}

#[test]
fn tiles_are_put_side_by_side_and_cut_at_the_edge() {
    for more in [vec![], vec![turn(3)], vec![crop(100, 61, [-10, 1], [5, 1]), mirror(0)]] {
        agrees(&tiles(3, 2, (180, 101), &more));
    }
}

#[test]
fn a_picture_with_transparency_keeps_it_and_becomes_a_png() {
    let mut picture = scene(128, 96).to_rgba8();
    for (x, _, pixel) in picture.enumerate_pixels_mut() {
        pixel.0[3] = u8::try_from(x * 2).unwrap();
    }
    let file = heic(&picture.into(), &["-q", "90"]);
    let seen = agrees(&file).to_rgba8();
    let other = witness(&file).unwrap().to_rgba8();
    let alphas = seen.pixels().zip(other.pixels()).map(|(a, b)| a.0[3].abs_diff(b.0[3]));
    assert!(alphas.max().unwrap() <= ROUNDED);
    let (copy, report) = flat(&file).unwrap();
    assert_eq!(report.kind, Kind::Png);
    assert!(image::load_from_memory(&copy).unwrap().color().has_alpha());
}

#[test]
fn a_copy_of_pixels_is_a_photograph_and_says_so() {
    let file = heic(&scene(160, 96), &["-q", "90"]);
    let (copy, report) = flat(&file).unwrap();
    assert_eq!((report.kind, report.changes), (Kind::Jpeg, vec![Change::Flattened]));
    let (mean, _) = apart(&image::load_from_memory(&copy).unwrap(), &shown(&clean(&file)).unwrap());
    assert!(mean < COARSE, "{mean}");
}

#[test]
fn wide_colours_keep_their_profile() {
    let picture = heic(&scene(96, 64), &["-q", "90"]);
    let kept = |file: &[u8]| {
        let (copy, _) = flat(file).unwrap();
        let at = copy.windows(4).position(|four| four == b"acsp")?;
        Some(copy[at - 36..].to_vec())
    };
    assert_eq!(kept(&picture), None);
    assert_eq!(kept(&with(&picture, &[numbers(1, 13, 6, true)])), None);
    // As numbers, and as a telephone writes it.
    let numbers = kept(&with(&picture, &[numbers(12, 13, 6, true)])).unwrap();
    let profile = boxed(*b"colr", &[&b"prof"[..], &display_p3()].concat());
    let profile = kept(&with(&picture, &[profile])).unwrap();
    assert_eq!(profile[..400], numbers[..400]);
}

/// A profile of Display P3, as a maker of telephones words it.
fn display_p3() -> Vec<u8> {
    let numbers = |kind: &[u8; 4], all: &[i32]| {
        [&kind[..], &[0; 4], &all.iter().flat_map(|one| one.to_be_bytes()).collect::<Vec<_>>()]
            .concat()
    };
    let curve = numbers(b"para", &[3 << 16, 0x2_6666, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B]);
    let tags = [
        (b"desc", numbers(b"mluc", &[1, 12, 0x656E_5553, 8, 28, 0x0041_006E, 0x006E_0061])),
        (b"wtpt", numbers(b"XYZ ", &[0xF6D6, 0x10000, 0xD32D])),
        (b"rXYZ", numbers(b"XYZ ", &[0x83DF, 0x3DBF, -0x45])),
        (b"gXYZ", numbers(b"XYZ ", &[0x4ABF, 0xB137, 0x0AB9])),
        (b"bXYZ", numbers(b"XYZ ", &[0x2838, 0x110B, 0xC8B9])),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut profile = vec![0; 128];
    profile[8..12].copy_from_slice(b"\x04\0\0\0");
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    profile[36..40].copy_from_slice(b"acsp");
    profile[68..80].copy_from_slice(b"\0\0\xf6\xd6\0\x01\0\0\0\0\xd3\x2d");
    profile.extend(8_u32.to_be_bytes());
    let mut at = u32::try_from(132 + 12 * tags.len()).unwrap();
    for (name, value) in &tags {
        let length = u32::try_from(value.len()).unwrap();
        profile.extend([&name[..], &at.to_be_bytes(), &length.to_be_bytes()].concat());
        at += length;
    }
    profile.extend(tags.iter().flat_map(|(_, value)| value.clone()));
    profile[..4].copy_from_slice(&at.to_be_bytes());
    profile
}

#[test]
fn what_would_be_shown_in_other_colours_or_another_shape_is_refused() {
    let picture = heic(&scene(96, 64), &["-q", "80"]);
    let no = |file: &[u8]| {
        let copy = clean(file);
        assert_eq!(shown(&copy).map(drop), Err(Refusal::NotDrawable));
        assert_eq!(flat(file).map(drop), Err(Refusal::NotDrawable));
    };
    // Brightness of screens that ours are not.
    for transfer in [16, 18] {
        no(&with(&picture, &[numbers(9, transfer, 9, false)]));
    }
    // A way to make colours that is not told by a number.
    no(&with(&picture, &[numbers(1, 13, 12, true)]));
    // Colours for each pixel, or each second one: our decoder errs there.
    for fine in ["chroma=444", "chroma=422"] {
        no(&heic(&scene(96, 64), &["-p", fine]));
    }
    // Half a pixel.
    no(&with(&picture, &[crop(40, 30, [1, 2], [0, 1])]));
    // A tile that is turned.
    let Item(kind, data, properties) = only(&picture);
    let tile = Item(kind, data, [properties, vec![turn(2)]].concat());
    let grid = Item(b"grid", vec![0, 0, 0, 0, 0, 96, 0, 64], vec![size(96, 64)]);
    no(&file(&[grid, tile], &boxed(*b"dimg", &[0, 1, 0, 1, 0, 2])));
    // A size that is not that of the samples.
    let Item(kind, data, mut properties) = only(&picture);
    properties[1] = size(96, 60);
    no(&file(&[Item(kind, data, properties)], &[]));
    // One picture over another.
    let over = [&[0, 0][..], &[0; 8], &[0, 96, 0, 64, 0, 0, 0, 0]].concat();
    let over = Item(b"iovl", over, vec![size(96, 64)]);
    no(&file(&[over, only(&picture)], &boxed(*b"dimg", &[0, 1, 0, 1, 0, 2])));
}

#[test]
fn transparency_that_does_not_fit_is_refused() {
    let colours = || only(&heic(&scene(96, 64), &["-q", "80"]));
    let plane = |width, height, more: &[Vec<u8>]| {
        let grey: DynamicImage = scene(width, height).to_luma8().into();
        let Item(kind, data, properties) = only(&heic(&grey, &[]));
        let alpha = full(*b"auxC", b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0");
        Item(kind, data, [properties, vec![alpha], more.to_vec()].concat())
    };
    let beside = boxed(*b"auxl", &[0, 2, 0, 1, 0, 1]);
    assert!(shown(&file(&[colours(), plane(96, 64, &[])], &beside)).unwrap().color().has_alpha());
    for wrong in [plane(128, 96, &[]), plane(96, 64, &[turn(2)])] {
        let refused = shown(&file(&[colours(), wrong], &beside)).map(drop);
        assert_eq!(refused, Err(Refusal::NotDrawable));
    }
    let multiplied = [beside, boxed(*b"prem", &[0, 1, 0, 1, 0, 2])].concat();
    let refused = shown(&file(&[colours(), plane(96, 64, &[])], &multiplied)).map(drop);
    assert_eq!(refused, Err(Refusal::NotDrawable));
}

#[test]
fn a_picture_beyond_the_limits_is_refused() {
    let file = heic(&scene(96, 64), &[]);
    let limits = Limits { pixels: 96 * 63, ..Limits::default() };
    let refused = flatten(&mut std::io::Cursor::new(file), &mut Vec::new(), &limits);
    assert_eq!(refused.map(drop), Err(Refusal::Limit(Limit::Pixels)));
}

#[test]
fn damaged_pictures_are_shown_or_refused_and_nothing_panics() {
    let fine = heic(&scene(96, 64), &["-q", "60", "-p", "x265:wpp=1"]);
    for (file, rounds) in [(fine, 300_u64), (tiles(2, 1, (120, 64), &[]), 100)] {
        for number in 0..rounds {
            if let Ok((copy, _)) = clean_with_report(&damage(&file, number)) {
                drop(shown(&copy));
            }
        }
    }
}

#[test]
fn real_photographs_look_as_other_programs_show_them() {
    corpus::each(&["heic", "heif"], Kind::Heic, |name, original, copy, _| {
        match (shown(copy), witness(original)) {
            (Ok(seen), Some(other)) => {
                let side = |picture: &DynamicImage| picture.width().max(picture.height());
                let other = if side(&other) > 1600 { other.thumbnail(1600, 1600) } else { other };
                let (mean, _) = apart(&seen, &other);
                assert!(mean < COARSE, "{name}: {mean}");
            }
            (seen, other) => {
                println!("{name}: {:?}, libheif: {}", seen.map(drop), other.is_some());
            }
        }
    });
}
