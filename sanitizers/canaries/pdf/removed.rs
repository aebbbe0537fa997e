//! Keys that are removed and say little in most files: each could be let in by mistake.

use super::super::Outcome::{self, Cleaned, CleanedSilently};
use super::super::Token;
use super::{Plant, annotation, catalog, lettered, page, picture, seen};

/// A drawing setting that is used, with more in it.
fn state(token: &Token, entries: &str) -> Vec<u8> {
    let states = format!("/ExtGState<</G1<</LW 2{entries}>>>>");
    seen(token, "/G1 gs 0 0 9 9 re f", &states, "").build()
}

/// A layer that is used, with more in what says how it is used.
fn layer(token: &Token, entries: &str) -> Vec<u8> {
    let mut document = seen(token, "/OC /A BDC 0 0 9 9 re f EMC", "/Properties<</A 20 0 R>>", "");
    let usage = entries.replace('@', &token.hidden());
    document
        .object(20, &format!("<</Type/OCG/Name(a)/Usage<<{usage}>>>>"))
        .object(1, "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[20 0 R]/D<<>>>>>>")
        .build()
}

/// A stamp, which keeps its look, with more in it.
fn stamp(token: &Token, entries: &str) -> Vec<u8> {
    annotation(token, &format!("/Subtype/Stamp/AP<</N 21 0 R>>{entries}"))
}

/// A font with a character map, in which `@` is the token in hexadecimal digits.
fn map(token: &Token, rows: &str) -> Vec<u8> {
    let digits: Vec<String> = token.hidden().bytes().map(|byte| format!("{byte:02X}")).collect();
    let mut document = seen(token, "", "", "");
    document.object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 20 0 R>>").folded(
        20,
        "",
        rows.replace('@', &digits.concat()).as_bytes(),
    );
    document.build()
}

pub(super) const REMOVED: &[(&str, Outcome, Plant)] = &[
    ("catalog /MarkInfo", Cleaned, |t| catalog(t, "/MarkInfo<</Marked true/X(@)>>")),
    ("page /BleedBox", Cleaned, |t| page(t, "/BleedBox[0 0 9 9(@)]")),
    ("page /TrimBox", Cleaned, |t| page(t, "/TrimBox[0 0 9 9(@)]")),
    ("page /ArtBox", Cleaned, |t| page(t, "/ArtBox[0 0 9 9(@)]")),
    ("page /Dur", Cleaned, |t| page(t, "/Dur(@)")),
    ("page /PZ", Cleaned, |t| page(t, "/PZ(@)")),
    ("page /Hid", Cleaned, |t| page(t, "/Hid(@)")),
    ("page /StructParents", Cleaned, |t| page(t, "/StructParents(@)")),
    ("picture /StructParent", Cleaned, |t| picture(t, "/StructParent(@)", "")),
    ("annotation /Popup", Cleaned, |t| stamp(t, "/Popup<</Contents(@)>>")),
    ("annotation /FS", Cleaned, |t| stamp(t, "/FS 52 0 R")),
    ("annotation /Sound", Cleaned, |t| stamp(t, "/Sound 51 0 R")),
    ("annotation /Movie", Cleaned, |t| stamp(t, "/Movie<</F(@)>>")),
    ("annotation /RichMediaContent", Cleaned, |t| stamp(t, "/RichMediaContent<</X(@)>>")),
    ("annotation /TM", Cleaned, |t| stamp(t, "/TM(@)")),
    ("annotation /Parent", Cleaned, |t| stamp(t, "/Parent<</TU(@)>>")),
    ("font descriptor /CIDSet", Cleaned, |t| lettered(t, "", "/CIDSet(@)", "")),
    ("font descriptor /Lang", Cleaned, |t| lettered(t, "", "/Lang/@", "")),
    ("font descriptor /FD", Cleaned, |t| lettered(t, "", "/FD<</X(@)>>", "")),
    ("character map: a long code", CleanedSilently, |t| map(t, "beginbfchar <@> <0041> endbfchar")),
    ("character map: a long text", CleanedSilently, |t| {
        map(t, &format!("beginbfchar <41> <@{}> endbfchar", "20".repeat(40)))
    }),
    ("character map: numbers", CleanedSilently, |t| map(t, "begincidrange <@> <41> 9 endcidrange")),
    ("character map: a range of codes", CleanedSilently, |t| {
        map(t, "begincodespacerange <@> <00> endcodespacerange")
    }),
    ("setting /BG", Cleaned, |t| state(t, "/BG<</X(@)>>")),
    ("setting /BG2", Cleaned, |t| state(t, "/BG2<</X(@)>>")),
    ("setting /UCR", Cleaned, |t| state(t, "/UCR<</X(@)>>")),
    ("setting /UCR2", Cleaned, |t| state(t, "/UCR2<</X(@)>>")),
    ("setting /HT", Cleaned, |t| state(t, "/HT<</HalftoneName(@)>>")),
    ("setting /HTO", Cleaned, |t| state(t, "/HTO(@)")),
    ("setting /UseBlackPtComp", Cleaned, |t| state(t, "/UseBlackPtComp/@")),
    ("layer /Usage /Language", Cleaned, |t| layer(t, "/Language<</Lang(@)>>")),
    ("layer /Usage /Zoom", Cleaned, |t| layer(t, "/Zoom<</X(@)>>")),
    ("layer /Usage /User", Cleaned, |t| layer(t, "/User<</Type/Ind/Name(@)>>")),
    ("layer /Usage /PageElement", Cleaned, |t| layer(t, "/PageElement<</Subtype/@>>")),
];
