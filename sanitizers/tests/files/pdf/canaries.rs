//! A unique word in every hiding place: none of them may be in the copy.

use std::io::Read;

use sluse_sanitizers::Category;

use crate::cleaning::clean_with_report as clean;
use crate::pdf::build::{Builder, deflate, font, photograph, profile};

/// Makes words that occur nowhere else, and remembers where each was put.
#[derive(Default)]
struct Canaries(Vec<(&'static str, String)>);

impl Canaries {
    fn put(&mut self, place: &'static str) -> String {
        let word = format!("Kanari{:04}Fugl", self.0.len() * 7919 % 10_000);
        self.0.push((place, word.clone()));
        word
    }
}

/// All bytes of a file, with its streams unfolded.
fn unfolded(file: &[u8]) -> Vec<u8> {
    let mut all = file.to_vec();
    for (at, _) in file.windows(8).enumerate().filter(|(_, text)| *text == b"\nstream\n") {
        let mut plain = Vec::new();
        // Streams that are no zlib data give nothing.
        let _ = flate2::read::ZlibDecoder::new(&file[at + 8..]).read_to_end(&mut plain);
        all.extend(plain);
    }
    all
}

/// Each byte in some way of writing bytes.
fn each(bytes: &[u8], written: fn(u8) -> String) -> String {
    bytes.iter().map(|byte| written(*byte)).collect::<Vec<_>>().concat()
}

/// Every way in which a word can be written in a document.
fn spellings(word: &str) -> Vec<Vec<u8>> {
    let hex: String = each(word.as_bytes(), |byte| format!("{byte:02x}"));
    let octal: String = each(word.as_bytes(), |byte| format!("\\{byte:03o}"));
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let wide_hex: String = each(&wide, |byte| format!("{byte:02x}"));
    let name: String = each(word.as_bytes(), |byte| format!("#{byte:02x}"));
    vec![
        word.as_bytes().to_vec(),
        word.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        wide,
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        wide_hex.to_uppercase().into_bytes(),
        wide_hex.into_bytes(),
        octal.into_bytes(),
        name.to_uppercase().into_bytes(),
        name.into_bytes(),
    ]
}

/// Where `word` is found in a file, in whatever spelling.
fn holds(all: &[u8], word: &str) -> bool {
    spellings(word).iter().any(|text| all.windows(text.len()).any(|window| window == text))
}

/// Whether `word` is still in a file, folded or not.
pub(crate) fn survives(file: &[u8], word: &str) -> bool {
    holds(&unfolded(file), word)
}

fn xmp(word: &str) -> Vec<u8> {
    format!(
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\
         <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
         xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>{word}</dc:creator>\
         </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )
    .into_bytes()
}

/// An object stream with one object that is used and one that is not.
fn object_stream(used: (u32, &str), unused: (u32, &str)) -> (String, Vec<u8>) {
    let head = format!("{} 0 {} {} ", used.0, unused.0, used.1.len() + 1);
    let dict = format!("/Type/ObjStm/N 2/First {}", head.len());
    (dict, format!("{head}{} {}", used.1, unused.1).into_bytes())
}

/// A document with everything in it that can hide something.
fn everything(canaries: &mut Canaries) -> Vec<u8> {
    let mut c = |place| canaries.put(place);
    let mut older = Builder { comment: c("header comment"), ..Builder::default() };
    older
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")
        .object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
        .object(90, &format!("({})", c("older version")))
        .object(91, &format!("({})", c("orphan")));
    let older = older.build();

    let mut b = Builder { gap: format!("%{}\n", c("gap")), ..Builder::default() };
    b.trailer = format!(
        "/Info 40 0 R/ID[<{}><{}>]/{} 1",
        hex(&c("file id")),
        hex(&c("file id 2")),
        c("private key in the trailer")
    );
    catalog(&mut b, &mut c);
    let names = page(&mut b, &mut c);
    resources(&mut b, &mut c, &names);
    annotations(&mut b, &mut c);
    layers_and_outlines(&mut b, &mut c);
    let mut file = b.update(&older);
    let prefix = format!("%{}\n", c("before the beginning"));
    file.splice(0..0, prefix.into_bytes());
    file.extend(format!("{}\n", c("behind the end")).into_bytes());
    file
}

fn hex(word: &str) -> String {
    each(word.as_bytes(), |byte| format!("{byte:02x}"))
}

fn catalog(b: &mut Builder, c: &mut impl FnMut(&'static str) -> String) {
    b.object(
        1,
        &format!(
            "<</Type/Catalog/Pages 2 0 R/Lang(da-DK)/Metadata 41 0 R/PieceInfo<</{} 1>>\
             /Names<</EmbeddedFiles<</Names[({}) 42 0 R]>>/JavaScript<</Names[({}) 43 0 R]>>\
             /Dests<</Names[({}) [3 0 R/Fit]]>>>>/OpenAction<</S/JavaScript/JS({})>>\
             /AA<</WC<</S/JavaScript/JS({})>>>>/URI<</Base({})>>/AcroForm 44 0 R\
             /StructTreeRoot 45 0 R/MarkInfo<</Marked true>>/SpiderInfo<</V 1/C[({})]>>\
             /OutputIntents[<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier({})\
             /RegistryName({})/DestOutputProfile 46 0 R>>]/Legal<</Attestation({})>>\
             /Collection<</D({})>>/Perms<</DocMDP 47 0 R>>/DSS<</Certs[48 0 R]>>\
             /PageLabels<</Nums[0<</P({})>>]>>/Threads[<</I<</Title({})>>>>]/DPartRoot<</{} 1>>\
             /Extensions<</{}<</BaseVersion/1.7>>>>/{} 1/Outlines 49 0 R/OCProperties 50 0 R\
             /Dests<</{} [3 0 R/Fit]>>>>",
            c("catalog PieceInfo"),
            c("attached file name"),
            c("script name"),
            c("named target"),
            c("script on opening"),
            c("script on closing"),
            c("base address"),
            c("spider info"),
            c("output intent"),
            c("output registry"),
            c("attestation"),
            c("portfolio"),
            c("page label"),
            c("article"),
            c("document part"),
            c("extension"),
            c("private key in the catalog"),
            c("old named target"),
        ),
    );
    b.object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
    b.object(
        40,
        &format!(
            "<</Author({})/Title({})/Creator({})/Producer(\u{fe}{})/Keywords<{}>\
             /CreationDate(D:20240229{})/{} (x)>>",
            c("author"),
            c("title"),
            c("creator"),
            c("producer"),
            hex(&c("keywords")),
            c("date"),
            c("private key of info"),
        ),
    );
    b.stream(41, "/Type/Metadata/Subtype/XML", &xmp(&c("catalog XMP")));
    b.object(42, &format!("<</Type/Filespec/F({})/EF<</F 60 0 R>>>>", c("attached file path")));
    b.folded(60, "/Type/EmbeddedFile", c("attached file").as_bytes());
    b.object(43, &format!("<</S/JavaScript/JS({})>>", c("script")));
    b.object(44, &format!("<</Fields[61 0 R 62 0 R]/DA({})/XFA 63 0 R>>", c("form default")));
    b.folded(63, "", c("XFA").as_bytes());
    b.object(
        45,
        &format!(
            "<</Type/StructTreeRoot/K<</S/P/Alt({})/ActualText({})/T({})/ID({})/Lang(da)>>\
             /RoleMap<</{}/P>>>>",
            c("alternate text"),
            c("actual text"),
            c("tag title"),
            c("tag id"),
            c("role"),
        ),
    );
    b.folded(46, "/N 3", &profile(&c("output profile")));
    b.object(47, &format!("<</Type/Sig/Name({})/M(D:2024{})>>", c("signer"), c("signing date")));
    b.folded(48, "", c("certificate").as_bytes());
}

/// The page, and the names its drawing calls a font and a colour space by.
fn page(b: &mut Builder, c: &mut impl FnMut(&'static str) -> String) -> [String; 2] {
    b.object(
        3,
        &format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents[4 0 R 5 0 R]/Resources 6 0 R\
             /Metadata 64 0 R/PieceInfo<</P<</Private({})>>>>/LastModified(D:2024{})/Thumb 65 0 R\
             /B[<</{} 1>>]/AA<</O<</S/URI/URI(http://x.test/{})>>>>/ID<{}>/PZ 2/{} 7/StructParents 0\
             /VP[<</Name({})/Measure<</R({})>>>>]/AF[42 0 R]/Annots[10 0 R 11 0 R 12 0 R 13 0 R \
             14 0 R 61 0 R 62 0 R 15 0 R 16 0 R]>>",
            c("page PieceInfo"),
            c("page date"),
            c("bead"),
            c("page action"),
            hex(&c("page id")),
            c("private key of the page"),
            c("viewport"),
            c("measure"),
        ),
    );
    b.stream(64, "/Type/Metadata/Subtype/XML", &xmp(&c("page XMP")));
    let thumb = format!("{:32}", c("page thumbnail"));
    b.folded(65, "/Width 4/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray", thumb.as_bytes());
    let names = [c("name of a font"), c("name of a colour space")];
    let [font, space] = &names;
    let drawing = format!(
        "q /{space} cs BT /{font} 9 Tf ET % {}\n/Span <</ActualText({})/E({})>> BDC BT /TextFont 24 Tf 20 100 Td\n\
         (Visible words) Tj ET EMC ({}) {} /Im_{} Do /Tag_{} /MC0 DP /OC /Layer7 BDC 0 0 9 9 re f EMC",
        c("comment in a drawing"),
        c("marked text"),
        c("marked expansion"),
        c("operand nobody takes"),
        c("operator nobody knows"),
        "camera",
        c("marked point"),
    );
    b.folded(4, &format!("/{} 1", c("key of a drawing")), drawing.as_bytes());
    let inline = format!(
        "BI /W 4 /H 1 /BPC 8 /CS /G /{} ({}) ID abcd{} EI /Fm0 Do /Im_plain Do Q",
        c("key of an inline picture"),
        c("value in an inline picture"),
        c("bytes behind an inline picture"),
    );
    let mut folded = deflate(inline.as_bytes());
    folded.extend(c("bytes behind compressed data").into_bytes());
    b.stream(5, "/Filter/FlateDecode", &folded);
    names
}

fn resources(b: &mut Builder, c: &mut impl FnMut(&'static str) -> String, names: &[String; 2]) {
    let [font_name, space] = names;
    b.object(
        6,
        &format!(
            "<</Font<</TextFont 7 0 R/{font_name} 20 0 R>>/XObject<</Im_camera 22 0 R/Im_plain 23 0 R\
             /Fm0 24 0 R>>/ColorSpace<</{space} [/ICCBased 25 0 R]>>/Properties<</Layer7 51 0 R/MC0 \
             <</Author({})>>>>/{} (x)/ProcSet[/PDF/{}]>>",
            c("marked property list"),
            c("private key of resources"),
            c("procedure set"),
        ),
    );
    b.object(
        7,
        &format!(
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Name/{}/PieceInfo<</x({})>>/ToUnicode 26 0 R>>",
            c("font key Name"),
            c("font PieceInfo"),
        ),
    );
    b.object(
        20,
        &format!(
            "<</Type/Font/Subtype/TrueType/BaseFont/KANARI+Arial/FontDescriptor 21 0 R/{}(x)>>",
            c("private key of a font")
        ),
    );
    b.object(
        21,
        &format!(
            "<</Type/FontDescriptor/FontName/KANARI+Arial/Flags 32/FontFile2 27 0 R\
             /FontFamily({})/CharSet({})/{}(x)/Style<</Panose({})>>>>",
            c("font family"),
            c("character set"),
            c("private key of a descriptor"),
            c("panose"),
        ),
    );
    b.folded(
        27,
        &format!("/Length1 200/Metadata 66 0 R/{} 1", c("key of a font file")),
        &font(&c("font tables")),
    );
    b.stream(66, "/Type/Metadata/Subtype/XML", &xmp(&c("font XMP")));
    b.stream(
        22,
        &format!(
            "/Type/XObject/Subtype/Image/Width 32/Height 16/BitsPerComponent 8/ColorSpace/DeviceRGB\
             /Filter/DCTDecode/Metadata 67 0 R/OPI<</2.0<</F({})>>>>/Alternates[<</Image 23 0 R\
             /{} 1>>]/Name/{}/ID({})",
            c("OPI"),
            c("alternate picture"),
            c("picture key Name"),
            c("picture id"),
        ),
        &photograph(&c("Exif in a picture")),
    );
    b.stream(67, "/Type/Metadata/Subtype/XML", &xmp(&c("picture XMP")));
    let pixels = format!("abcdefgh{}", c("bytes behind pixels"));
    b.folded(
        23,
        "/Type/XObject/Subtype/Image/Width 4/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray",
        pixels.as_bytes(),
    );
    let form = format!("%{}\n0 0 5 5 re f", c("comment in a form"));
    b.folded(
        24,
        &format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 5 5]/PieceInfo<</x({})>>/LastModified(D:{})\
             /Metadata 68 0 R/{} 1/Ref<</F({})>>",
            c("form PieceInfo"),
            c("form date"),
            c("private key of a form"),
            c("file a form comes from"),
        ),
        form.as_bytes(),
    );
    b.stream(68, "/Type/Metadata/Subtype/XML", &xmp(&c("form XMP")));
    b.folded(25, &format!("/N 3/{} 1", c("key of a profile")), &profile(&c("colour profile")));
    let map = format!(
        "%%Creator: {}\n/CIDSystemInfo<</Registry({})>>def /CMapName/{} def\n\
         1 begincodespacerange<00><ff>endcodespacerange 1 beginbfchar<56><0056>endbfchar",
        c("comment in a character map"),
        c("registry of a character map"),
        c("name of a character map"),
    );
    b.folded(26, "", map.as_bytes());
}

fn annotations(b: &mut Builder, c: &mut impl FnMut(&'static str) -> String) {
    b.object(
        10,
        &format!(
            "<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/T({})/Contents({})/M(D:{})/CreationDate({})\
             /NM({})/RC({})/Subj({})/{} 1/AP<</N 30 0 R>>>>",
            c("comment author"),
            c("comment"),
            c("comment date"),
            c("comment creation date"),
            c("comment id"),
            c("rich comment"),
            c("comment subject"),
            c("private key of a comment"),
        ),
    );
    b.folded(30, &format!("/BBox[0 0 8 8]/{} 1", c("key of a look")), b"0 0 4 4 re f");
    b.object(
        11,
        &format!(
            "<</Type/Annot/Subtype/Link/Rect[0 0 5 5]/Border[0 0 0]/A<</S/URI/URI(http://t.test/{})>>/PA<</URI({})>>>>",
            c("web address"),
            c("web address 2"),
        ),
    );
    b.object(
        12,
        &format!(
            "<</Type/Annot/Subtype/Link/Rect[0 0 5 5]/Border[0 0 1]/A<</S/Launch/F({})/Win<</P({})>>>>>>",
            c("program"),
            c("program parameters"),
        ),
    );
    b.object(
        13,
        &format!(
            "<</Type/Annot/Subtype/Link/Rect[0 0 5 5]/Border[0 0 1]/A<</S/GoToR/F({})/D({})>>>>",
            c("other file"),
            c("target in the other file"),
        ),
    );
    b.object(
        14,
        &format!(
            "<</Type/Annot/Subtype/FileAttachment/Rect[0 0 5 5]/FS<</F({})/EF<</F 31 0 R>>>>/Contents({})>>",
            c("pinned file name"),
            c("pinned file comment"),
        ),
    );
    b.folded(31, "/Type/EmbeddedFile", c("pinned file").as_bytes());
    b.object(
        15,
        &format!(
            "<</Type/Annot/Subtype/Popup/Rect[0 0 5 5]/Parent 10 0 R/{} 1>>",
            c("private key of a popup")
        ),
    );
    b.object(
        16,
        &format!(
            "<</Type/Annot/Subtype/Highlight/Rect[0 0 5 5]/QuadPoints[0 0 5 0 0 5 5 5]/C[1 1 0]/Contents({})\
             /A<</S/SubmitForm/F({})>>>>",
            c("highlight comment"),
            c("form address"),
        ),
    );
    b.object(
        61,
        &format!(
            "<</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 9 9]/T({})/TU({})/TM({})/V({})/DV({})/DA({})\
             /MK<</CA({})>>/AA<</K<</S/JavaScript/JS({})>>>>/AP<</N 30 0 R>>>>",
            c("field name"),
            c("field label"),
            c("field export name"),
            c("field value"),
            c("field default value"),
            c("field type"),
            c("field caption"),
            c("field script"),
        ),
    );
    b.object(
        62,
        &format!(
            "<</Type/Annot/Subtype/Widget/FT/Sig/Rect[0 0 0 0]/T({})/V<</Type/Sig/Filter/Adobe.PPKLite\
             /Name({})/Reason({})/Location({})/ContactInfo({})/M({})/Contents<{}>/Cert({})>>>>",
            c("signature field"),
            c("signature name"),
            c("signature reason"),
            c("signature place"),
            c("signature contact"),
            c("signature date"),
            hex(&c("signature bytes")),
            c("signature certificate"),
        ),
    );
}

fn layers_and_outlines(b: &mut Builder, c: &mut impl FnMut(&'static str) -> String) {
    b.object(49, "<</Type/Outlines/First 52 0 R/Last 53 0 R/Count 2>>");
    b.object(
        52,
        &format!(
            "<</Title(Chapter one)/Parent 49 0 R/Next 53 0 R/A<</S/URI/URI({})>>/SE 45 0 R/{} 1>>",
            c("address of a bookmark"),
            c("private key of a bookmark"),
        ),
    );
    b.object(53, "<</Title(Chapter two)/Parent 49 0 R/Prev 52 0 R/Dest[3 0 R/XYZ 0 100 null]>>");
    b.object(
        50,
        &format!(
            "<</OCGs[51 0 R]/D<</Name({})/Creator({})/Order[({}) 51 0 R]/OFF[51 0 R]>>\
             /Configs[<</Name({})>>]>>",
            c("layer set"),
            c("layer creator"),
            c("layer heading"),
            c("other layer set"),
        ),
    );
    b.object(
        51,
        &format!(
            "<</Type/OCG/Name({})/Usage<</CreatorInfo<</Creator({})>>/User<</Name({})>>>>/{} 1>>",
            c("layer name"),
            c("layer program"),
            c("layer user"),
            c("private key of a layer"),
        ),
    );
}

#[test]
fn no_hiding_place_survives_and_all_words_do() {
    let mut canaries = Canaries::default();
    let document = everything(&mut canaries);
    let (copy, _) = clean(&document).unwrap();
    let before = unfolded(&document);
    let after = unfolded(&copy);
    assert!(canaries.0.len() > 120);
    for (place, word) in &canaries.0 {
        assert!(holds(&before, word), "not planted: {place}");
    }
    let left: Vec<_> = canaries.0.iter().filter(|(_, word)| holds(&after, word)).collect();
    assert!(left.is_empty(), "{left:?}");
    for words in ["Visible words", "Chapter one", "Chapter two", "da-DK"] {
        assert!(holds(&after, words), "{words}");
    }
}

#[test]
fn an_unused_part_of_an_object_stream_is_gone() {
    let word = "Kanari9999Fugl";
    let (dict, data) = object_stream(
        (5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
        (9, &format!("({word})")),
    );
    let document = with_object_stream(&dict, &data);
    let (copy, _) = clean(&document).unwrap();
    assert!(holds(&unfolded(&document), word) && !holds(&unfolded(&copy), word));
    assert!(holds(&unfolded(&copy), "Helvetica"));
}

/// A document whose font lies in an object stream, with the table in a stream too.
fn with_object_stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let folded = deflate(data);
    let words = deflate(crate::pdf::build::WORDS);
    let stream = |dict: &str, data: &[u8]| {
        let head = format!("<</Filter/FlateDecode/Length {} {dict}>>\nstream\n", data.len());
        [head.as_bytes(), data, b"\nendstream"].concat()
    };
    let objects = [
        (1u8, b"<</Type/Catalog/Pages 2 0 R>>".to_vec()),
        (2, b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec()),
        (
            3,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
                .to_vec(),
        ),
        (4, stream("", &words)),
        (6, stream(dict, &folded)),
    ];
    let mut rows = [[0u8; 4]; 8];
    for (number, body) in objects {
        let place = u16::try_from(out.len()).unwrap().to_be_bytes();
        rows[usize::from(number)] = [1, place[0], place[1], 0];
        out.extend(format!("{number} 0 obj\n").into_bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    rows[5] = [2, 0, 6, 0];
    let table = out.len();
    let place = u16::try_from(table).unwrap().to_be_bytes();
    rows[7] = [1, place[0], place[1], 0];
    let body = stream("/Type/XRef/Size 8/W[1 2 1]/Root 1 0 R", &deflate(&rows.concat()));
    out.extend(b"7 0 obj\n");
    out.extend(body);
    out.extend(format!("\nendobj\nstartxref\n{table}\n%%EOF\n").into_bytes());
    out
}

#[test]
fn what_was_found_is_counted_under_its_name_and_never_quoted() {
    let mut canaries = Canaries::default();
    let (_, report) = clean(&everything(&mut canaries)).unwrap();
    let found: Vec<Category> = report.findings.iter().map(|finding| finding.category).collect();
    for category in [
        Category::People,
        Category::Dates,
        Category::Software,
        Category::Descriptions,
        Category::Identifiers,
        Category::HiddenPictures,
        Category::EmbeddedFiles,
        Category::Comments,
        Category::History,
        Category::Signatures,
        Category::Links,
        Category::Scripts,
        Category::FormData,
        Category::ColourProfiles,
        Category::StrayBytes,
        Category::Other,
    ] {
        assert!(found.contains(&category), "{category:?}");
    }
    let told = format!("{report:?}");
    assert!(canaries.0.iter().all(|(_, word)| !told.contains(word)));
}

#[test]
fn the_copy_of_a_copy_is_the_copy() {
    let document = everything(&mut Canaries::default());
    let (once, _) = clean(&document).unwrap();
    let (again, _) = clean(&document).unwrap();
    let (twice, report) = clean(&once).unwrap();
    assert_eq!(once, again);
    assert!(once == twice);
    assert!(report.changes.is_empty(), "{:?}", report.changes);
}
