//! Other programs as witnesses: qpdf, poppler and `ExifTool`.

use std::path::Path;
use std::process::Output;

use crate::cleaning::clean_with_report as clean;
use crate::pdf::build::{Builder, WORDS, one_page, photograph, plain, profile};
use crate::programs;

/// Runs a witness where we are.
pub(crate) fn run(program: &str, package: &str, arguments: &[&str]) -> Output {
    programs::run(program, package, arguments, Path::new("."))
}

/// The number of pages, and whether poppler has nothing to complain about.
pub(crate) fn pages(path: &str) -> (Option<usize>, bool) {
    let output = run("pdfinfo", "poppler-utils", &[path]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let count = text.lines().find_map(|line| line.strip_prefix("Pages:"));
    (count.and_then(|count| count.trim().parse().ok()), output.stderr.is_empty())
}

/// The first three pages as pixels.
pub(crate) fn pixels(path: &str, resolution: u32) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let prefix = folder.path().join("page");
    let resolution = resolution.to_string();
    let arguments = ["-r", &resolution, "-l", "3", path, prefix.to_str().unwrap()];
    run("pdftoppm", "poppler-utils", &arguments);
    let mut files: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().flat_map(|file| std::fs::read(file).unwrap()).collect()
}

/// Everything `ExifTool` says that does not follow from the pages themselves.
pub(crate) fn told(path: &str) -> Vec<String> {
    const OF_EVERY_PDF: [&str; 7] =
        ["PDFVersion", "Linearized", "PageCount", "Language", "PageLayout", "PageMode", "Warning"];
    // A colour profile that was issued anew; its neutral texts are tested there.
    const PROFILES: [&str; 2] = ["[ICC-header]", "[ICC_Profile]"];
    let output = run("exiftool", "libimage-exiftool-perl", &["-a", "-G1", "-s", "-ee", path]);
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter(|line| {
            !["[System]", "[File]", "[ExifTool]"].iter().any(|own| line.starts_with(own))
        })
        .filter(|line| !PROFILES.iter().any(|group| line.starts_with(group)))
        .filter(|line| !OF_EVERY_PDF.contains(&line.split_whitespace().nth(1).unwrap_or_default()))
        .map(str::to_owned)
        .collect()
}

fn text(path: &str) -> Vec<u8> {
    run("pdftotext", "poppler-utils", &["-layout", path, "-"]).stdout
}

/// A JPEG without the segment that says how its colours are meant.
fn without_jfif(jpeg: &[u8]) -> Vec<u8> {
    let at = jpeg.windows(2).position(|pair| pair == [0xff, 0xe0]).unwrap();
    let length = usize::from(jpeg[at + 2]) << 8 | usize::from(jpeg[at + 3]);
    [&jpeg[..at], &jpeg[at + 2 + length..]].concat()
}

/// Documents that draw with everything this crate rewrites.
fn gallery() -> Vec<(&'static str, Builder)> {
    let mut photo = one_page(
        b"q 200 0 0 100 20 50 cm /Im1 Do Q BT /F1 12 Tf 10 10 Td (Under a photograph) Tj ET",
        "/XObject<</Im1 10 0 R>>",
        "",
    );
    photo.stream(
        10,
        "/Type/XObject/Subtype/Image/Width 32/Height 16/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode",
        &photograph("maker"),
    );

    let mut samples = one_page(
        b"q 90 0 0 90 5 5 cm /A Do Q q 90 0 0 90 100 5 cm /B Do Q q 90 0 0 90 200 5 cm 1 0 0 rg /C Do Q",
        "/XObject<</A 10 0 R/B 11 0 R/C 12 0 R>>",
        "",
    );
    let ramp: Vec<u8> = (0..64).map(|n| n * 4).collect();
    let image = "/Type/XObject/Subtype/Image/Width 8/Height 8";
    samples.folded(
        10,
        &format!("{image}/BitsPerComponent 8/ColorSpace[/ICCBased 13 0 R]/SMask 11 0 R"),
        &ramp.repeat(3),
    );
    samples.folded(11, &format!("{image}/BitsPerComponent 8/ColorSpace/DeviceGray"), &ramp);
    samples.stream(
        12,
        &format!("{image}/ImageMask true/BitsPerComponent 1/Filter/ASCIIHexDecode"),
        b"AA55AA55F00FF00F>",
    );
    samples.folded(13, "/N 3", &profile("Annas screen"));

    let mut gradient = one_page(
        b"/Sh1 sh q /Pattern cs /P1 scn 20 20 100 100 re f Q /Gs1 gs 0 0 1 rg 60 60 200 100 re f \
          0.5 g BT /F1 20 Tf 3 Tr 10 180 Td (unseen) Tj 0 Tr 0 -20 Td [(ke) -120 (rned)] TJ ET",
        "/Shading<</Sh1 10 0 R>>/Pattern<</P1 11 0 R>>/ExtGState<</Gs1 12 0 R>>",
        "",
    );
    gradient
        .object(
            10,
            "<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 300 0]/Extend[true true]/Function 13 0 R>>",
        )
        .folded(
            11,
            "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 10 10]/XStep 10/YStep 10/Resources<<>>",
            b"% tile\n1 0 0 rg 0 0 5 5 re f",
        )
        .object(12, "<</Type/ExtGState/ca .5/BM[/Unknown /Multiply]/SMask/None>>")
        .folded(13, "/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1]", b"{ dup % Anna\n 1 exch sub 0.25 }");

    let mut look = one_page(WORDS, "", "/Annots[10 0 R 11 0 R]/CropBox[10 10 290 190]/Rotate 90");
    look.object(
        10,
        "<</Type/Annot/Subtype/Widget/FT/Btn/Rect[20 20 80 60]/AS/On/AP<</N<</On 12 0 R/Off 13 0 R>>>>>>",
    )
    .object(11, "<</Type/Annot/Subtype/Square/Rect[120 20 180 60]/C[1 0 0]/BS<</W 3>>/Contents(hm)>>")
    .folded(12, "/BBox[0 0 60 40]/Matrix[1 0 0 1 0 0]", b"0 1 0 rg 5 5 50 30 re f")
    .folded(13, "/BBox[0 0 60 40]", b"1 0 0 rg 5 5 50 30 re f");

    let mut hidden = one_page(
        b"/OC /L1 BDC 1 0 0 rg 0 0 150 200 re f EMC BT /F1 12 Tf 160 50 Td (shown) Tj ET",
        "/Properties<</L1 10 0 R>>",
        "",
    );
    hidden.object(10, "<</Type/OCG/Name(Draft by Anna)>>");
    hidden
        .object(1, "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>>>");

    // Viewers lay the look of a highlight over the page like a marker pen, and not that
    // of a stamp.
    let mut marked = one_page(WORDS, "", "/Annots[10 0 R]");
    marked
        .object(
            10,
            "<</Type/Annot/Subtype/Highlight/F 4/Rect[10 90 250 130]/C[1 1 0]\
             /QuadPoints[10 130 250 130 10 90 250 90]/AP<</N 11 0 R>>>>",
        )
        .folded(11, "/BBox[10 90 250 130]", b"1 1 0 rg 10 90 240 40 re f");

    let mut gallery = vec![
        ("text", plain()),
        ("marked words", marked),
        ("photograph", photo),
        ("samples", samples),
        ("gradient", gradient),
        ("looks", look),
        ("hidden layer", hidden),
    ];
    gallery.extend(inline_pictures());
    gallery
}

/// Documents with pictures inside their drawings.
fn inline_pictures() -> [(&'static str, Builder); 3] {
    let inline = one_page(
        b"q 80 0 0 80 10 10 cm BI /W 4 /H 4 /BPC 8 /CS /G ID \x00\x40\x80\xc0ab EIcdefghij EI\nQ \
          q 80 0 0 80 110 10 cm BI /W 2 /H 2 /BPC 8 /CS /RGB /F /AHx ID ff000000ff000000ffffff00> EI Q",
        "",
        "",
    );

    // Without the parameter viewers would turn the colours.
    let mut unturned =
        b"q 200 0 0 100 20 50 cm BI /W 32 /H 16 /BPC 8 /CS /RGB /F /DCT /DP <</ColorTransform 0>> ID "
            .to_vec();
    unturned.extend(without_jfif(&photograph("maker")));
    unturned.extend(b"\nEI Q");
    let unturned = one_page(&unturned, "", "");
    let mut predicted = b"q 80 0 0 80 10 10 cm BI /W 4 /H 2 /BPC 8 /CS /G /F /Fl \
        /DP <</Predictor 12 /Columns 4>> ID "
        .to_vec();
    predicted.extend(crate::pdf::build::deflate(&[2, 9, 60, 90, 200, 2, 5, 60, 90, 7]));
    predicted.extend(b"\nEI Q");
    let predicted = one_page(&predicted, "", "");
    [("inline", inline), ("inline, colours not turned", unturned), ("inline, predicted", predicted)]
}

#[test]
fn copies_look_and_read_the_same_and_no_witness_complains() {
    for (name, builder) in gallery() {
        let before = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
        let after = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
        let document = builder.build();
        std::fs::write(before.path(), &document).unwrap();
        std::fs::write(after.path(), clean(&document).unwrap().0).unwrap();
        let (before, after) = (before.path().to_str().unwrap(), after.path().to_str().unwrap());
        assert_eq!(pages(after), (Some(1), true), "{name}");
        assert_eq!(text(before), text(after), "{name}");
        assert!(pixels(before, 72) == pixels(after, 72), "{name} looks different");
        assert_eq!(told(after), Vec::<String>::new(), "{name}");
        let check = run("qpdf", "qpdf", &["--check", after]);
        let said = String::from_utf8_lossy(&check.stdout).into_owned();
        assert!(check.status.success() && !said.contains("WARNING"), "{name}: {said}");
        assert!(check.stderr.is_empty(), "{name}");
    }
}

#[test]
fn a_picture_of_every_document_of_the_gallery_is_not_empty() {
    // Two blank pages look the same too.
    let blank = one_page(b"", "", "").build();
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), blank).unwrap();
    let blank = pixels(file.path().to_str().unwrap(), 72);
    for (name, builder) in gallery() {
        std::fs::write(file.path(), builder.build()).unwrap();
        assert!(pixels(file.path().to_str().unwrap(), 72) != blank, "{name}");
    }
}

#[test]
fn a_document_with_an_empty_password_is_opened_and_one_with_a_real_password_is_refused() {
    let plain_file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    let locked = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(plain_file.path(), plain().build()).unwrap();
    let (from, to) = (plain_file.path().to_str().unwrap(), locked.path().to_str().unwrap());
    let lock = |user: &str, bits: &str| {
        let weak = if bits == "256" { "--" } else { "--use-aes=y" };
        let mut arguments = vec!["--allow-weak-crypto", "--encrypt", user, "owner", bits];
        if weak != "--" {
            arguments.push(weak);
        }
        arguments.extend(["--", from, to]);
        assert!(run("qpdf", "qpdf", &arguments).status.success());
        std::fs::read(to).unwrap()
    };
    let open = clean(&plain().build()).unwrap().0;
    for bits in ["128", "256"] {
        assert_eq!(clean(&lock("", bits)).unwrap().0, open, "{bits}");
        assert_eq!(
            crate::cleaning::refusal(&lock("secret", bits)),
            sluse_sanitizers::Refusal::Password
        );
    }
}
