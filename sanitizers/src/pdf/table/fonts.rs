//! Fonts, their encodings and their programs (ISO 32000-2, 9).

use super::Rule::{Choice, Each, Gone, Is, KnownText, Named, Number, Numbers, OneOf, Rebuilt};
use super::{ANY, C, Kind, Line, Space};

const STRETCHES: &[&str] = &[
    "UltraCondensed",
    "ExtraCondensed",
    "Condensed",
    "SemiCondensed",
    "Normal",
    "SemiExpanded",
    "Expanded",
    "ExtraExpanded",
    "UltraExpanded",
];

pub(super) const FONT: &[Line] = &[
    Line("Type", OneOf(&["Font"]), "what it is (9.5)"),
    Line(
        "Subtype",
        OneOf(&["Type0", "Type1", "MMType1", "Type3", "TrueType", "CIDFontType0", "CIDFontType2"]),
        "technology",
    ),
    Line("BaseFont", Rebuilt, "name, with a subset tag of ours (9.9.2)"),
    Line("FirstChar", Number, "widths (9.6.2)"),
    Line("LastChar", Number, "widths"),
    Line("Widths", Numbers(256), "widths"),
    Line("FontDescriptor", Is(Kind::FontDescriptor), "how to draw or replace it"),
    Line("Encoding", Is(Kind::Encoding), "which code is which letter"),
    Line("ToUnicode", Is(Kind::CharacterMap), "which code is which text (9.10.3)"),
    Line("DescendantFonts", Each(Kind::Font), "the font behind a composite one (9.7.4)"),
    Line("CIDSystemInfo", Is(Kind::SystemInfo), "character collection (9.7.3)"),
    Line("DW", Number, "widths (9.7.4.3)"),
    Line("W", Numbers(ANY), "widths"),
    Line("DW2", Numbers(2), "heights"),
    Line("W2", Numbers(ANY), "heights"),
    Line("CIDToGIDMap", Is(Kind::GlyphIndex), "glyph numbers (9.7.4.2)"),
    Line("FontBBox", Numbers(4), "size (9.6.4)"),
    Line("FontMatrix", Numbers(6), "scale"),
    Line("CharProcs", Named(Space::Glyphs, Kind::Glyph), "drawings of the letters (9.6.4)"),
    Line("Resources", Is(Kind::Resources), "what those drawings use"),
];

pub(super) const FONT_DESCRIPTOR: &[Line] = &[
    Line("Type", OneOf(&["FontDescriptor"]), "what it is (9.8)"),
    Line("FontName", Rebuilt, "name, as in the font"),
    Line("FontFamily", Rebuilt, "what stands in for a font that is not inside, if it is common"),
    Line("FontStretch", OneOf(STRETCHES), "width (9.8.1)"),
    Line("FontWeight", Number, "weight"),
    Line("Flags", Number, "serif, symbolic, italic"),
    Line("FontBBox", Numbers(4), "size"),
    Line("ItalicAngle", Number, "slant"),
    Line("Ascent", Number, "height"),
    Line("Descent", Number, "depth"),
    Line("Leading", Number, "line distance"),
    Line("CapHeight", Number, "height"),
    Line("XHeight", Number, "height"),
    Line("StemV", Number, "stroke"),
    Line("StemH", Number, "stroke"),
    Line("AvgWidth", Number, "width"),
    Line("MaxWidth", Number, "width"),
    Line("MissingWidth", Number, "width"),
    Line("FontFile", Is(Kind::FontFile1), "the font (9.9)"),
    Line("FontFile2", Is(Kind::FontFile2), "the font"),
    Line("FontFile3", Is(Kind::FontFile3), "the font"),
    Line("CharSet", Gone(C::Other), "a free text"),
    Line("CIDSet", Gone(C::Other), "unused bits can carry anything"),
    Line("Style", Gone(C::Other), "a free text"),
    Line("Lang", Gone(C::Other), "unused"),
    Line("FD", Gone(C::Other), "unused"),
];

pub(super) const SYSTEM_INFO: &[Line] = &[
    Line("Registry", KnownText(&["Adobe"]), "character collection (9.7.3)"),
    Line(
        "Ordering",
        KnownText(&["Identity", "Japan1", "GB1", "CNS1", "Korea1", "KR", "Japan2", "UCS"]),
        "character collection",
    ),
    Line("Supplement", Number, "character collection"),
];

pub(super) const ENCODING: &[Line] = &[
    Line("Type", OneOf(&["Encoding"]), "what it is (9.6.5)"),
    Line(
        "BaseEncoding",
        OneOf(&["MacRomanEncoding", "MacExpertEncoding", "WinAnsiEncoding", "StandardEncoding"]),
        "where it starts from",
    ),
    Line("Differences", Rebuilt, "numbers and names of letters"),
];

pub(super) const CHARACTER_MAP: &[Line] = &[
    Line("Type", OneOf(&["CMap"]), "what it is (9.7.5.3)"),
    Line("CMapName", Rebuilt, "one neutral name"),
    Line("CIDSystemInfo", Is(Kind::SystemInfo), "character collection"),
    Line("WMode", Choice(&[0, 1]), "across or down"),
    Line("UseCMap", Is(Kind::CharacterMap), "where it starts from"),
];

pub(super) const FONT_FILE_1: &[Line] = &[
    Line("Length1", Rebuilt, "bytes of the readable part (9.9)"),
    Line("Length2", Rebuilt, "bytes of the coded part"),
    Line("Length3", Rebuilt, "bytes of the end"),
];
pub(super) const FONT_FILE_2: &[Line] = &[Line("Length1", Rebuilt, "bytes (9.9)")];
pub(super) const FONT_FILE_3: &[Line] =
    &[Line("Subtype", OneOf(&["Type1C", "CIDFontType0C", "OpenType"]), "technology (9.9)")];
