//! PDF documents: one hiding place per row (ISO 32000-2; the sections stand in the table of
//! the cleaner).
//!
//! In what is planted an `@` stands for the token. Every document has a line of text that
//! people see.

#[path = "../tests/files/pdf/build.rs"]
#[expect(dead_code, reason = "the tests of documents use all of it")]
mod build;
mod removed;

use build::{Builder, deflate, font, one_page, photograph, profile};

use super::Outcome::{Cleaned, CleanedSilently, Refused};
use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature};
use crate::{Kind, Refusal};

const CONSTRUCT: Outcome = Refused(Refusal::Feature(Feature::Construct));

type Plant = fn(&Token) -> Vec<u8>;

/// Every row of documents.
pub(super) fn rows() -> Vec<Row> {
    let row = |&(place, outcome, plant): &(&'static str, Outcome, Plant)| Row {
        kind: Kind::Pdf,
        place,
        plant,
        outcome,
    };
    let tables =
        [STRUCTURE, CATALOG, PAGE, DRAWING, RESOURCES, ANNOTATIONS, REFUSED, removed::REMOVED];
    tables.iter().flat_map(|table| table.iter().map(row)).collect()
}

/// A page with the words that are seen, a second drawing, and something in the page.
fn seen(token: &Token, drawing: &str, resources: &str, page: &str) -> Builder {
    let words = format!("BT /F1 24 Tf 20 100 Td ({}) Tj ET {drawing}", token.shown());
    let planted = |text: &str| text.replace('@', &token.hidden());
    let mut document = one_page(planted(&words).as_bytes(), &planted(resources), &planted(page));
    lend(&mut document, token, &format!("{resources}{page}"));
    document
}

/// Adds the objects that `text` refers to: a description, a file, a word for a file, a
/// colour profile.
fn lend(document: &mut Builder, token: &Token, text: &str) {
    let word = token.hidden();
    let xmp = format!(
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\
         <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
         xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>{word}</dc:creator>\
         </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    );
    let wanted = |number: u32| text.contains(&format!("{number} 0 R"));
    if wanted(50) {
        document.stream(50, "/Type/Metadata/Subtype/XML", xmp.as_bytes());
    }
    if wanted(51) || wanted(52) {
        document.folded(51, "/Type/EmbeddedFile", word.as_bytes());
    }
    if wanted(52) {
        document.object(52, &format!("<</Type/Filespec/F({word})/EF<</F 51 0 R>>>>"));
    }
    if wanted(53) {
        document.folded(53, "/N 3", &profile(&word));
    }
}

fn plain(token: &Token) -> Builder {
    seen(token, "", "", "")
}

fn with(token: &Token, number: u32, body: &str) -> Builder {
    let mut document = plain(token);
    document.object(number, &body.replace('@', &token.hidden()));
    lend(&mut document, token, body);
    document
}

fn catalog(token: &Token, entries: &str) -> Vec<u8> {
    with(token, 1, &format!("<</Type/Catalog/Pages 2 0 R{entries}>>")).build()
}

fn page(token: &Token, entries: &str) -> Vec<u8> {
    seen(token, "", "", entries).build()
}

fn drawing(token: &Token, acts: &str) -> Vec<u8> {
    seen(token, acts, "", "").build()
}

fn trailer(token: &Token, entries: &str) -> Vec<u8> {
    let mut document = plain(token);
    document.trailer = entries.replace('@', &token.hidden());
    document.build()
}

fn info(token: &Token, entries: &str) -> Vec<u8> {
    let mut document = with(token, 20, &format!("<<{entries}>>"));
    document.trailer = "/Info 20 0 R".to_owned();
    document.build()
}

fn annotation(token: &Token, entries: &str) -> Vec<u8> {
    let mut document = seen(token, "", "", "/Annots[20 0 R]");
    let body = format!("<</Type/Annot/Rect[10 10 60 40]{entries}>>");
    document.object(20, &body.replace('@', &token.hidden()));
    if entries.contains("21 0 R") {
        document.folded(21, "/BBox[0 0 50 30]", b"1 0 0 rg 0 0 50 30 re f");
    }
    lend(&mut document, token, entries);
    document.build()
}

/// A picture that is drawn, with more in its dictionary and behind its samples.
fn picture(token: &Token, entries: &str, behind: &str) -> Vec<u8> {
    let mut document = seen(token, "q 40 0 0 40 10 10 cm /Im1 Do Q", "/XObject<</Im1 20 0 R>>", "");
    let planted = |text: &str| text.replace('@', &token.hidden());
    let samples = [b"abcdefgh".as_slice(), planted(behind).as_bytes()].concat();
    let dict = "/Type/XObject/Subtype/Image/Width 4/Height 2/BitsPerComponent 8\
                /ColorSpace/DeviceGray";
    document.folded(20, &format!("{dict}{}", planted(entries)), &samples);
    lend(&mut document, token, entries);
    document.build()
}

/// A drawing inside the drawing.
fn form(token: &Token, entries: &str, acts: &str) -> Vec<u8> {
    let mut document = seen(token, "/Fm1 Do", "/XObject<</Fm1 20 0 R>>", "");
    let planted = |text: &str| text.replace('@', &token.hidden());
    let dict = format!("/Type/XObject/Subtype/Form/BBox[0 0 50 50]{}", planted(entries));
    document.folded(20, &dict, planted(acts).as_bytes());
    lend(&mut document, token, entries);
    document.build()
}

/// A font of the document with more in it, in what describes it, and in its program.
fn lettered(token: &Token, entries: &str, described: &str, tables: &str) -> Vec<u8> {
    let mut document =
        seen(token, "BT /F2 9 Tf 20 20 Td (A) Tj ET", "/Font<</F1 5 0 R/F2 20 0 R>>", "");
    let planted = |text: &str| text.replace('@', &token.hidden());
    let font_dict = "<</Type/Font/Subtype/TrueType/BaseFont/Arial/FontDescriptor 21 0 R";
    let descriptor = "<</Type/FontDescriptor/FontName/Arial/Flags 32/FontFile2 22 0 R";
    document
        .object(20, &format!("{font_dict}{}>>", planted(entries)))
        .object(21, &format!("{descriptor}{}>>", planted(described)))
        .folded(22, "/Length1 200", &font(&planted(tables)));
    // The font /F1 must not be there twice.
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R\
         /Resources<</Font<</F1 5 0 R/F2 20 0 R>>>>>>";
    document.object(3, page);
    document.build()
}

const STRUCTURE: &[(&str, Outcome, Plant)] = &[
    ("comment in the header", CleanedSilently, |t| {
        let mut document = plain(t);
        document.comment = t.hidden();
        document.build()
    }),
    ("comment between objects", CleanedSilently, |t| {
        let mut document = plain(t);
        document.gap = format!("%{}\n", t.hidden());
        document.build()
    }),
    ("before the header", Cleaned, |t| {
        [format!("%{}\n", t.hidden()).as_bytes(), &plain(t).build()].concat()
    }),
    ("behind the end", Cleaned, |t| [plain(t).build(), t.hidden().into_bytes()].concat()),
    ("an object nothing leads to", Cleaned, |t| with(t, 20, "(@)").build()),
    ("an older version of a drawing", Cleaned, |t| {
        let mut older = plain(t);
        older.folded(4, "", format!("BT ({}) Tj ET", t.hidden()).as_bytes());
        let mut newer = Builder { comment: older.comment.clone(), ..Builder::default() };
        let words = format!("BT /F1 24 Tf 20 100 Td ({}) Tj ET", t.shown());
        newer.folded(4, "", words.as_bytes());
        newer.update(&older.build())
    }),
    ("bytes behind compressed data", CleanedSilently, |t| {
        let words = format!("BT /F1 24 Tf 20 100 Td ({}) Tj ET", t.shown());
        let mut document = plain(t);
        let data = [deflate(words.as_bytes()), t.hidden().into_bytes()].concat();
        document.stream(4, "/Filter/FlateDecode", &data).build()
    }),
    ("trailer /ID", Cleaned, |t| trailer(t, "/ID[(@)(@)]")),
    ("trailer, a private key", CleanedSilently, |t| trailer(t, "/Private(@)")),
    ("info /Author", Cleaned, |t| info(t, "/Author(@)")),
    ("info /Title", Cleaned, |t| info(t, "/Title(@)")),
    ("info /Subject", Cleaned, |t| info(t, "/Subject(@)")),
    ("info /Keywords", Cleaned, |t| info(t, "/Keywords(@)")),
    ("info /Creator", Cleaned, |t| info(t, "/Creator(@)")),
    ("info /Producer", Cleaned, |t| info(t, "/Producer(@)")),
    ("info /CreationDate", Cleaned, |t| info(t, "/CreationDate(@)")),
    ("info /ModDate", Cleaned, |t| info(t, "/ModDate(@)")),
    ("info, a private key", Cleaned, |t| info(t, "/SourceModified(@)")),
];

const CATALOG: &[(&str, Outcome, Plant)] = &[
    ("catalog /Metadata", Cleaned, |t| catalog(t, "/Metadata 50 0 R")),
    ("catalog /PieceInfo", Cleaned, |t| catalog(t, "/PieceInfo<</X<</Private(@)>>>>")),
    ("catalog /AF", Cleaned, |t| catalog(t, "/AF[52 0 R]")),
    ("catalog /Names /EmbeddedFiles", Cleaned, |t| {
        catalog(t, "/Names<</EmbeddedFiles<</Names[(a) 52 0 R]>>>>")
    }),
    ("catalog /Names /JavaScript", Cleaned, |t| {
        catalog(t, "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(@)>>]>>>>")
    }),
    ("catalog /Names /Dests", Cleaned, |t| {
        catalog(t, "/Names<</Dests<</Names[(@)[3 0 R/Fit]]>>>>")
    }),
    ("catalog /Dests", Cleaned, |t| catalog(t, "/Dests<</@[3 0 R/Fit]>>")),
    ("catalog /OpenAction, a script", Cleaned, |t| {
        catalog(t, "/OpenAction<</S/JavaScript/JS(@)>>")
    }),
    ("catalog /OpenAction, an address", Cleaned, |t| {
        catalog(t, "/OpenAction<</S/URI/URI(http://x.test/@)>>")
    }),
    ("catalog /OpenAction, a program", Cleaned, |t| catalog(t, "/OpenAction<</S/Launch/F(@)>>")),
    ("catalog /AA", Cleaned, |t| catalog(t, "/AA<</WC<</S/JavaScript/JS(@)>>>>")),
    ("catalog /URI", Cleaned, |t| catalog(t, "/URI<</Base(@)>>")),
    ("catalog /AcroForm /DA", Cleaned, |t| catalog(t, "/AcroForm<</Fields[20 0 R]/DA(@)>>")),
    ("catalog /AcroForm /XFA", Cleaned, |t| {
        let mut document = with(t, 20, "<</FT/Tx/T(a)>>");
        let form = "/AcroForm<</Fields[20 0 R]/XFA 51 0 R>>";
        lend(&mut document, t, form);
        document.object(1, &format!("<</Type/Catalog/Pages 2 0 R{form}>>")).build()
    }),
    ("catalog /StructTreeRoot /Alt", Cleaned, |t| catalog(t, "/StructTreeRoot<</K<</Alt(@)>>>>")),
    ("catalog /StructTreeRoot /ActualText", Cleaned, |t| {
        catalog(t, "/StructTreeRoot<</K<</ActualText(@)>>>>")
    }),
    ("catalog /StructTreeRoot /T", Cleaned, |t| catalog(t, "/StructTreeRoot<</K<</T(@)>>>>")),
    ("catalog /StructTreeRoot /RoleMap", Cleaned, |t| {
        catalog(t, "/StructTreeRoot<</RoleMap<</@/P>>>>")
    }),
    ("catalog /SpiderInfo", Cleaned, |t| catalog(t, "/SpiderInfo<</V 1/C[(@)]>>")),
    ("catalog /OutputIntents", Cleaned, |t| catalog(t, "/OutputIntents[<</S/GTS_PDFX/Info(@)>>]")),
    ("catalog /OutputIntents, their profile", Cleaned, |t| {
        catalog(t, "/OutputIntents[<</S/GTS_PDFX/DestOutputProfile 53 0 R>>]")
    }),
    ("catalog /Legal", Cleaned, |t| catalog(t, "/Legal<</Attestation(@)>>")),
    ("catalog /Requirements", Cleaned, |t| catalog(t, "/Requirements[<</S/@>>]")),
    ("catalog /Collection", Cleaned, |t| catalog(t, "/Collection<</D(@)>>")),
    ("catalog /Perms", Cleaned, |t| catalog(t, "/Perms<</DocMDP<</Type/Sig/Name(@)>>>>")),
    ("catalog /DSS", Cleaned, |t| catalog(t, "/DSS<</Certs[51 0 R]>>")),
    ("catalog /PageLabels", Cleaned, |t| catalog(t, "/PageLabels<</Nums[0<</P(@)>>]>>")),
    ("catalog /Threads", Cleaned, |t| catalog(t, "/Threads[<</I<</Author(@)>>>>]")),
    ("catalog /DPartRoot", Cleaned, |t| catalog(t, "/DPartRoot<</DPM<</Name(@)>>>>")),
    ("catalog /Extensions", Cleaned, |t| catalog(t, "/Extensions<</@<</BaseVersion/1.7>>>>")),
    ("catalog /ViewerPreferences", Cleaned, |t| catalog(t, "/ViewerPreferences<</X(@)>>")),
    ("catalog /Lang", CleanedSilently, |t| catalog(t, "/Lang(@)")),
    ("catalog /Version", CleanedSilently, |t| catalog(t, "/Version/@")),
    ("catalog, a private key", Cleaned, |t| catalog(t, "/Private(@)")),
    ("layer, its name", Cleaned, |t| {
        let mut document = seen(t, "/OC /A BDC 0 0 9 9 re f EMC", "/Properties<</A 20 0 R>>", "");
        let name =
            format!("<</Type/OCG/Name({})/Usage<</CreatorInfo<</Creator(x)>>>>>>", t.hidden());
        document
            .object(20, &name)
            .object(1, "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[20 0 R]/D<<>>>>>>")
            .build()
    }),
    ("layers, name of their setting", CleanedSilently, |t| {
        catalog(t, "/OCProperties<</OCGs[]/D<</Name(@)/Creator(@)>>>>")
    }),
    ("bookmark, a private key", CleanedSilently, |t| {
        let mut document = with(t, 20, "<</First 21 0 R/Last 21 0 R/Count 1/X(@)>>");
        document
            .object(21, "<</Title(Chapter)/Parent 20 0 R/Dest[3 0 R/Fit]>>")
            .object(1, "<</Type/Catalog/Pages 2 0 R/Outlines 20 0 R>>")
            .build()
    }),
    ("bookmark, an address", Cleaned, |t| {
        let mut document =
            with(t, 21, "<</Title(Chapter)/Parent 20 0 R/A<</S/URI/URI(http://x.test/@)>>>>");
        document
            .object(20, "<</First 21 0 R/Last 21 0 R/Count 1>>")
            .object(1, "<</Type/Catalog/Pages 2 0 R/Outlines 20 0 R>>")
            .build()
    }),
];

const PAGE: &[(&str, Outcome, Plant)] = &[
    ("page /Metadata", Cleaned, |t| page(t, "/Metadata 50 0 R")),
    ("page /PieceInfo", Cleaned, |t| page(t, "/PieceInfo<</X<</Private(@)>>>>")),
    ("page /LastModified", Cleaned, |t| page(t, "/LastModified(@)")),
    ("page /Thumb", Cleaned, |t| page(t, "/Thumb 51 0 R")),
    ("page /B", Cleaned, |t| page(t, "/B[<</X(@)>>]")),
    ("page /AA", Cleaned, |t| page(t, "/AA<</O<</S/URI/URI(http://x.test/@)>>>>")),
    ("page /ID", Cleaned, |t| page(t, "/ID(@)")),
    ("page /AF", Cleaned, |t| page(t, "/AF[52 0 R]")),
    ("page /VP", Cleaned, |t| page(t, "/VP[<</Name(@)>>]")),
    ("page /Measure", Cleaned, |t| page(t, "/Measure<</R(@)>>")),
    ("page /PtData", Cleaned, |t| page(t, "/PtData<</Names[(@)]>>")),
    ("page /SeparationInfo", Cleaned, |t| page(t, "/SeparationInfo<</DeviceColorant(@)>>")),
    ("page /BoxColorInfo", Cleaned, |t| page(t, "/BoxColorInfo<</X(@)>>")),
    ("page /TemplateInstantiated", Cleaned, |t| page(t, "/TemplateInstantiated/@")),
    ("page /PresSteps", Cleaned, |t| page(t, "/PresSteps<</X(@)>>")),
    ("page /Trans", Cleaned, |t| page(t, "/Trans<</X(@)>>")),
    ("page /DPart", Cleaned, |t| page(t, "/DPart<</X(@)>>")),
    ("page /Tabs", Cleaned, |t| page(t, "/Tabs/@")),
    ("page, a private key", Cleaned, |t| page(t, "/Private(@)")),
];

const DRAWING: &[(&str, Outcome, Plant)] = &[
    ("drawing, a comment", Cleaned, |t| drawing(t, "% @\n")),
    ("drawing, an operator nobody knows", Cleaned, |t| drawing(t, "@")),
    ("drawing, an operand nobody takes", CleanedSilently, |t| drawing(t, "(@) 1 0 0 rg")),
    ("drawing, between BX and EX", Cleaned, |t| drawing(t, "BX (@) tell EX")),
    ("drawing, /ActualText of a mark", Cleaned, |t| drawing(t, "/Span<</ActualText(@)>>BDC EMC")),
    ("drawing, /Alt of a mark", Cleaned, |t| drawing(t, "/Span<</Alt(@)>>BDC EMC")),
    ("drawing, the tag of a mark", Cleaned, |t| drawing(t, "/@ BMC EMC")),
    ("drawing, a marked point", Cleaned, |t| drawing(t, "/@ MP")),
    ("drawing, a key of a picture in it", Cleaned, |t| {
        drawing(t, "BI /W 4 /H 1 /BPC 8 /CS /G /X (@) ID abcd EI")
    }),
    ("drawing, behind a picture in it", Cleaned, |t| {
        drawing(t, "BI /W 4 /H 1 /BPC 8 /CS /G ID abcd@ EI")
    }),
    ("drawing, a key of its stream", CleanedSilently, |t| {
        let words = format!("BT /F1 24 Tf 20 100 Td ({}) Tj ET", t.shown());
        let mut document = plain(t);
        document.folded(4, &format!("/Private({})", t.hidden()), words.as_bytes()).build()
    }),
    ("drawing, the name of a font", CleanedSilently, |t| {
        let mut document = seen(t, "BT /@ 9 Tf ET", "", "");
        let fonts = format!("/Font<</F1 5 0 R/{} 5 0 R>>", t.hidden());
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R";
        document.object(3, &format!("{page}/Resources<<{fonts}>>>>")).build()
    }),
    ("form, a comment", Cleaned, |t| form(t, "", "% @\n0 0 9 9 re f")),
    ("form /PieceInfo", Cleaned, |t| form(t, "/PieceInfo<</X(@)>>", "")),
    ("form /LastModified", Cleaned, |t| form(t, "/LastModified(@)", "")),
    ("form /Metadata", Cleaned, |t| form(t, "/Metadata 50 0 R", "")),
    ("form /Ref", Cleaned, |t| form(t, "/Ref<</F(@)/Page 0>>", "")),
    ("form /OPI", Cleaned, |t| form(t, "/OPI<</1.3<</F(@)>>>>", "")),
    ("form, a private key", Cleaned, |t| form(t, "/Private(@)", "")),
];

const RESOURCES: &[(&str, Outcome, Plant)] = &[
    ("resources, a private key", Cleaned, |t| seen(t, "", "/Private(@)", "").build()),
    ("resources, a drawing that nothing draws", Cleaned, |t| {
        seen(t, "", "/XObject<</Gone 51 0 R>>", "").build()
    }),
    ("resources, the properties of a mark", Cleaned, |t| {
        seen(t, "/P /MC0 BDC EMC", "/Properties<</MC0<</Author(@)>>>>", "").build()
    }),
    ("picture /Metadata", Cleaned, |t| picture(t, "/Metadata 50 0 R", "")),
    ("picture /OPI", Cleaned, |t| picture(t, "/OPI<</2.0<</F(@)>>>>", "")),
    ("picture /Name", Cleaned, |t| picture(t, "/Name/@", "")),
    ("picture /ID", Cleaned, |t| picture(t, "/ID(@)", "")),
    ("picture /AF", Cleaned, |t| picture(t, "/AF[52 0 R]", "")),
    ("picture /Alternates", Cleaned, |t| picture(t, "/Alternates[<</Image 51 0 R>>]", "")),
    ("picture, a private key", Cleaned, |t| picture(t, "/Private(@)", "")),
    ("picture, bytes behind its samples", Cleaned, |t| picture(t, "", "@")),
    ("picture, Exif of a photograph", Cleaned, |t| {
        let mut document = seen(t, "q 40 0 0 40 10 10 cm /Im1 Do Q", "/XObject<</Im1 20 0 R>>", "");
        let dict = "/Type/XObject/Subtype/Image/Width 32/Height 16/BitsPerComponent 8\
                    /ColorSpace/DeviceRGB/Filter/DCTDecode";
        document.stream(20, dict, &photograph(&t.hidden())).build()
    }),
    ("colour profile, its description", Cleaned, |t| {
        let spaces = "/ColorSpace<</A[/ICCBased 53 0 R]>>";
        seen(t, "/A cs 1 0 0 sc 0 0 9 9 re f", spaces, "").build()
    }),
    ("font, a private key", Cleaned, |t| lettered(t, "/Private(@)", "", "")),
    ("font /PieceInfo", Cleaned, |t| lettered(t, "/PieceInfo<</X(@)>>", "", "")),
    ("font /Name", Cleaned, |t| lettered(t, "/Name/@", "", "")),
    ("font descriptor /FontFamily", Cleaned, |t| lettered(t, "", "/FontFamily(@)", "")),
    ("font descriptor /CharSet", Cleaned, |t| lettered(t, "", "/CharSet(@)", "")),
    ("font descriptor /Style", Cleaned, |t| lettered(t, "", "/Style<</Panose(@)>>", "")),
    ("font descriptor, a private key", Cleaned, |t| lettered(t, "", "/Private(@)", "")),
    ("font program, its names", CleanedSilently, |t| lettered(t, "", "", "@")),
];

const ANNOTATIONS: &[(&str, Outcome, Plant)] = &[
    ("annotation /T", Cleaned, |t| annotation(t, "/Subtype/Stamp/AP<</N 21 0 R>>/T(@)")),
    ("annotation /Contents", Cleaned, |t| {
        annotation(t, "/Subtype/Stamp/AP<</N 21 0 R>>/Contents(@)")
    }),
    ("annotation /RC", Cleaned, |t| annotation(t, "/Subtype/Stamp/AP<</N 21 0 R>>/RC(@)")),
    ("annotation /Subj", Cleaned, |t| annotation(t, "/Subtype/Stamp/AP<</N 21 0 R>>/Subj(@)")),
    ("annotation /M", Cleaned, |t| annotation(t, "/Subtype/Stamp/AP<</N 21 0 R>>/M(@)")),
    ("annotation /CreationDate", Cleaned, |t| {
        annotation(t, "/Subtype/Stamp/AP<</N 21 0 R>>/CreationDate(@)")
    }),
    ("annotation /NM", Cleaned, |t| annotation(t, "/Subtype/Stamp/AP<</N 21 0 R>>/NM(@)")),
    ("annotation /IRT", Cleaned, |t| annotation(t, "/Subtype/Stamp/AP<</N 21 0 R>>/IRT<</T(@)>>")),
    ("annotation /AA", Cleaned, |t| {
        annotation(t, "/Subtype/Stamp/AP<</N 21 0 R>>/AA<</E<</S/JavaScript/JS(@)>>>>")
    }),
    ("annotation, a private key", Cleaned, |t| {
        annotation(t, "/Subtype/Stamp/AP<</N 21 0 R>>/Private(@)")
    }),
    ("annotation, a look that is not shown", CleanedSilently, |t| {
        annotation(t, "/Subtype/Stamp/AP<</N 21 0 R/R 51 0 R>>")
    }),
    ("comment without a look", Cleaned, |t| annotation(t, "/Subtype/Text/Contents(@)/T(@)")),
    ("popup", Cleaned, |t| annotation(t, "/Subtype/Popup/Contents(@)")),
    ("hidden annotation", Cleaned, |t| annotation(t, "/Subtype/Stamp/F 2/Contents(@)")),
    ("link to an address", Cleaned, |t| {
        annotation(t, "/Subtype/Link/A<</S/URI/URI(http://x.test/@)>>")
    }),
    ("link to another document", Cleaned, |t| {
        annotation(t, "/Subtype/Link/A<</S/GoToR/F(@)/D[0/Fit]>>")
    }),
    ("link to a document inside", Cleaned, |t| {
        annotation(t, "/Subtype/Link/A<</S/GoToE/T<</N(@)>>>>")
    }),
    ("link to a program", Cleaned, |t| annotation(t, "/Subtype/Link/A<</S/Launch/F(@)>>")),
    ("link that runs a script", Cleaned, |t| {
        annotation(t, "/Subtype/Link/A<</S/JavaScript/JS(@)>>")
    }),
    ("link that sends a form", Cleaned, |t| {
        annotation(t, "/Subtype/Link/A<</S/SubmitForm/F(http://x.test/@)>>")
    }),
    ("link that fetches data", Cleaned, |t| annotation(t, "/Subtype/Link/A<</S/ImportData/F(@)>>")),
    ("link /PA", Cleaned, |t| {
        annotation(t, "/Subtype/Link/Dest[3 0 R/Fit]/PA<</S/URI/URI(http://x.test/@)>>")
    }),
    ("attached file", Cleaned, |t| annotation(t, "/Subtype/FileAttachment/FS 52 0 R")),
    ("sound", Cleaned, |t| annotation(t, "/Subtype/Sound/Sound 51 0 R")),
    ("film", Cleaned, |t| annotation(t, "/Subtype/Movie/Movie<</F(@)>>")),
    ("film on a screen", Cleaned, |t| {
        annotation(t, "/Subtype/Screen/A<</S/Rendition/R<</S/MR/C<</D(@)>>>>/OP 0>>")
    }),
    ("rich media", Cleaned, |t| {
        annotation(t, "/Subtype/RichMedia/RichMediaContent<</Assets<</Names[(@) 51 0 R]>>>>")
    }),
    ("field /T", Cleaned, |t| annotation(t, "/Subtype/Widget/FT/Tx/AP<</N 21 0 R>>/T(@)")),
    ("field /V", Cleaned, |t| annotation(t, "/Subtype/Widget/FT/Tx/AP<</N 21 0 R>>/V(@)")),
    ("field /DV", Cleaned, |t| annotation(t, "/Subtype/Widget/FT/Tx/AP<</N 21 0 R>>/DV(@)")),
    ("field /TU", Cleaned, |t| annotation(t, "/Subtype/Widget/FT/Tx/AP<</N 21 0 R>>/TU(@)")),
    ("field /DA", Cleaned, |t| annotation(t, "/Subtype/Widget/FT/Tx/AP<</N 21 0 R>>/DA(@)")),
    ("field /MK", Cleaned, |t| annotation(t, "/Subtype/Widget/FT/Tx/AP<</N 21 0 R>>/MK<</CA(@)>>")),
    ("signature, its signer", Cleaned, |t| {
        annotation(t, "/Subtype/Widget/FT/Sig/AP<</N 21 0 R>>/V<</Type/Sig/Name(@)/Reason(@)>>")
    }),
    ("signature, its certificate", Cleaned, |t| {
        annotation(t, "/Subtype/Widget/FT/Sig/AP<</N 21 0 R>>/V<</Type/Sig/Contents(@)>>")
    }),
];

const REFUSED: &[(&str, Outcome, Plant)] = &[
    ("a drawing that comes from another file", CONSTRUCT, |t| {
        let mut document = plain(t);
        document.stream(4, &format!("/F({})", t.hidden()), b"").build()
    }),
    ("a picture that comes from another file", CONSTRUCT, |t| picture(t, "/F(@)", "")),
    ("a form that is only drawn on opening", CONSTRUCT, |t| {
        catalog(t, "/NeedsRendering true/AcroForm<</XFA(@)>>")
    }),
    ("a field whose words only a viewer draws", CONSTRUCT, |t| {
        annotation(t, "/Subtype/Widget/FT/Tx/V(@)")
    }),
    ("a note whose words only a viewer draws", CONSTRUCT, |t| {
        annotation(t, "/Subtype/FreeText/Contents(@)")
    }),
    ("a stamp that only a viewer draws", CONSTRUCT, |t| annotation(t, "/Subtype/Stamp/Name/@")),
    ("a caption that only a viewer draws", CONSTRUCT, |t| {
        annotation(t, "/Subtype/Line/L[0 0 9 9]/Cap true/Contents(@)")
    }),
    ("text in an array inside an array", Refused(Refusal::Damaged(Damage::Value)), |t| {
        drawing(t, "BT [[(@)]] TJ ET")
    }),
];
