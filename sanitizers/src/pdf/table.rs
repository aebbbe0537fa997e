//! The allow-list: which key of which dictionary is kept, how, and why.
//!
//! Everything a clean copy holds is named here. A key that stands in no table is not
//! copied, whatever it is; a key with [`Rule::Gone`] is a known hiding place and
//! stands here only so that it can be counted under its right name.
//!
//! Section numbers are those of ISO 32000-2.

mod fonts;

use crate::Category;
use fonts::{
    CHARACTER_MAP, ENCODING, FONT, FONT_DESCRIPTOR, FONT_FILE_1, FONT_FILE_2, FONT_FILE_3,
    SYSTEM_INFO,
};

/// What an object is, which decides how it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Catalog,
    Page,
    Annotation,
    Appearances,
    BorderStyle,
    Resources,
    Font,
    FontDescriptor,
    SystemInfo,
    Encoding,
    CharacterMap,
    GlyphIndex,
    FontFile1,
    FontFile2,
    FontFile3,
    Glyph,
    XObject,
    Form,
    Image,
    MaskImage,
    SharedSymbols,
    Group,
    ExtGState,
    SoftMask,
    Pattern,
    ShadingPattern,
    Shading,
    Function,
    ColorSpace,
    CalibratedSpace,
    Profile,
    Layer,
    LayerMembership,
    LayerUsage,
    LayerState,
    LayerEvent,
}

/// Names that a drawing uses for things in its resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Space {
    Fonts,
    XObjects,
    States,
    Spaces,
    Patterns,
    Shadings,
    Layers,
    /// Glyphs of a font: their names mean letters and stay.
    Glyphs,
}

/// What happens to a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    /// A number.
    Number,
    /// One of these numbers; any other is refused.
    Choice(&'static [i64]),
    /// Numbers in an array, which may hold arrays of numbers: no more than mean
    /// something.
    Numbers(usize),
    /// True or false.
    Bool,
    /// One of these names.
    OneOf(&'static [&'static str]),
    /// One of these texts, or else the first.
    KnownText(&'static [&'static str]),
    /// An object of this kind.
    Is(Kind),
    /// An array of objects of this kind.
    Each(Kind),
    /// A dictionary from names to objects of this kind.
    Named(Space, Kind),
    /// Rebuilt by code that belongs to this kind.
    Rebuilt,
    /// Removed, and counted.
    Gone(Category),
}

/// One line of a table: key, rule, reason.
pub(super) struct Line(pub(super) &'static str, pub(super) Rule, pub(super) &'static str);

use Category as C;
use Rule::{Bool, Choice, Each, Gone, Is, Named, Number, Numbers, OneOf, Rebuilt};

/// Every table, for those who want to read them in print.
pub(super) const ALL: [Kind; 31] = [
    Kind::Catalog,
    Kind::Page,
    Kind::Annotation,
    Kind::Appearances,
    Kind::BorderStyle,
    Kind::Resources,
    Kind::Font,
    Kind::FontDescriptor,
    Kind::SystemInfo,
    Kind::Encoding,
    Kind::CharacterMap,
    Kind::FontFile1,
    Kind::FontFile2,
    Kind::FontFile3,
    Kind::Form,
    Kind::Image,
    Kind::MaskImage,
    Kind::Group,
    Kind::ExtGState,
    Kind::SoftMask,
    Kind::Pattern,
    Kind::ShadingPattern,
    Kind::Shading,
    Kind::Function,
    Kind::CalibratedSpace,
    Kind::Profile,
    Kind::Layer,
    Kind::LayerMembership,
    Kind::LayerUsage,
    Kind::LayerState,
    Kind::LayerEvent,
];

/// As many numbers as there are.
const ANY: usize = usize::MAX;
/// Lengths of dashes and gaps; nobody draws more.
pub(super) const DASHES: usize = 32;

const BLEND: &[&str] = &[
    "Normal",
    "Compatible",
    "Multiply",
    "Screen",
    "Overlay",
    "Darken",
    "Lighten",
    "ColorDodge",
    "ColorBurn",
    "HardLight",
    "SoftLight",
    "Difference",
    "Exclusion",
    "Hue",
    "Saturation",
    "Color",
    "Luminosity",
];
const INTENTS: &[&str] =
    &["AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual"];

/// Hiding places that any dictionary or stream can have.
pub(super) const ANYWHERE: &[Line] = &[
    Line("Metadata", Gone(C::Descriptions), "XMP: authors, programs, dates, ids (14.3.2)"),
    Line("PieceInfo", Gone(C::Software), "private data of programs (14.5)"),
    Line("LastModified", Gone(C::Dates), "when it was changed (14.5)"),
    Line("AF", Gone(C::EmbeddedFiles), "files that belong to this part (14.13)"),
    Line("OPI", Gone(C::Descriptions), "names of pictures at a print shop (14.11.7)"),
    Line("Measure", Gone(C::Location), "scale and place of a map or plan (12.9)"),
    Line("PtData", Gone(C::Location), "points of a map (12.10)"),
    Line("StructParent", Gone(C::Other), "into the tags, which are not copied (14.7)"),
    Line("StructParents", Gone(C::Other), "into the tags, which are not copied (14.7)"),
    Line("ID", Gone(C::Identifiers), "web capture and other ids (14.10)"),
    Line("Name", Gone(C::Other), "an old name that nothing uses (8.9.5)"),
];

/// The lines of one kind of dictionary.
pub(super) fn lines(kind: Kind) -> &'static [Line] {
    match kind {
        Kind::Catalog => CATALOG,
        Kind::Page => PAGE,
        Kind::Annotation => ANNOTATION,
        Kind::Appearances => APPEARANCES,
        Kind::BorderStyle => BORDER_STYLE,
        Kind::Resources => RESOURCES,
        Kind::Font => FONT,
        Kind::FontDescriptor => FONT_DESCRIPTOR,
        Kind::SystemInfo => SYSTEM_INFO,
        Kind::Encoding => ENCODING,
        Kind::CharacterMap => CHARACTER_MAP,
        Kind::FontFile1 => FONT_FILE_1,
        Kind::FontFile2 => FONT_FILE_2,
        Kind::FontFile3 => FONT_FILE_3,
        Kind::Form => FORM,
        Kind::Image => IMAGE,
        Kind::MaskImage => MASK_IMAGE,
        Kind::Group => GROUP,
        Kind::ExtGState => EXT_G_STATE,
        Kind::SoftMask => SOFT_MASK,
        Kind::Pattern => TILING,
        Kind::ShadingPattern => SHADING_PATTERN,
        Kind::Shading => SHADING,
        Kind::Function => FUNCTION,
        Kind::CalibratedSpace => CALIBRATED_SPACE,
        Kind::Profile => PROFILE,
        Kind::Layer => LAYER,
        Kind::LayerMembership => LAYER_MEMBERSHIP,
        Kind::LayerUsage => LAYER_USAGE,
        Kind::LayerState => LAYER_STATE,
        Kind::LayerEvent => LAYER_EVENT,
        Kind::XObject | Kind::ColorSpace | Kind::Glyph | Kind::GlyphIndex | Kind::SharedSymbols => {
            &[]
        }
    }
}

const CATALOG: &[Line] = &[
    Line("Type", OneOf(&["Catalog"]), "what it is (7.7.2)"),
    Line("Pages", Rebuilt, "one flat list; inherited values are moved to the pages"),
    Line("Outlines", Rebuilt, "titles, targets and nesting of the bookmarks (12.3.3)"),
    Line("OCProperties", Rebuilt, "which layers are shown; named Layer 1, 2, ... (8.11.4)"),
    Line("Lang", Rebuilt, "language, for screen readers, if it looks like one (14.9.2)"),
    Line(
        "PageLayout",
        OneOf(&[
            "SinglePage",
            "OneColumn",
            "TwoColumnLeft",
            "TwoColumnRight",
            "TwoPageLeft",
            "TwoPageRight",
        ]),
        "how pages stand side by side (7.7.2)",
    ),
    Line("PageMode", OneOf(&["UseNone", "UseOutlines"]), "whether bookmarks are open (7.7.2)"),
    Line("Version", Rebuilt, "every copy is 1.7 (7.5.2)"),
    Line("Extensions", Gone(C::Software), "extensions of a program (7.12)"),
    Line("PageLabels", Gone(C::Descriptions), "free texts as page numbers (12.4.2)"),
    Line("Names", Gone(C::Identifiers), "named targets (replaced by page numbers), scripts, files"),
    Line("Dests", Gone(C::Identifiers), "named targets, replaced by page numbers (12.3.2)"),
    Line("ViewerPreferences", Gone(C::Software), "how a window should look (12.2)"),
    Line("Threads", Gone(C::Descriptions), "articles with title and author (12.4.3)"),
    Line("OpenAction", Gone(C::Scripts), "what happens on opening (12.6)"),
    Line("AA", Gone(C::Scripts), "what happens on closing, saving, printing (12.6.3)"),
    Line("URI", Gone(C::Links), "the address all links start from (12.6.4.8)"),
    Line("AcroForm", Gone(C::FormData), "fields; what they show is kept as pictures (12.7)"),
    Line("StructTreeRoot", Gone(C::Descriptions), "tags with alternate texts and ids (14.7)"),
    Line("MarkInfo", Gone(C::Other), "says that tags exist (14.7.1)"),
    Line("SpiderInfo", Gone(C::Links), "web addresses the pages came from (14.10)"),
    Line("OutputIntents", Gone(C::ColourProfiles), "the printing press meant (14.11.5)"),
    Line("Legal", Gone(C::Signatures), "attestations of a signer (12.8.5)"),
    Line("Requirements", Gone(C::Software), "what a viewer must be able to do (12.11)"),
    Line("Collection", Gone(C::EmbeddedFiles), "a portfolio of files (12.3.5)"),
    Line("Perms", Gone(C::Signatures), "usage rights, signed (12.8.4)"),
    Line("DSS", Gone(C::Signatures), "certificates for checking signatures (12.8.4.3)"),
    Line("DPartRoot", Gone(C::Identifiers), "parts of a print job with their records (14.12)"),
    Line("NeedsRendering", Rebuilt, "a form without pages of its own: such a file is refused"),
];

const PAGE: &[Line] = &[
    Line("Type", OneOf(&["Page"]), "what it is (7.7.3.3)"),
    Line("Parent", Rebuilt, "the list of pages"),
    Line("Resources", Rebuilt, "what the drawing uses (7.8.3)"),
    Line("MediaBox", Numbers(4), "size (14.11.2)"),
    Line("CropBox", Numbers(4), "visible part (14.11.2)"),
    Line("Rotate", Rebuilt, "which way is up: a quarter, a half, three quarters"),
    Line("UserUnit", Number, "size of the unit (8.3.2.3)"),
    Line("Group", Is(Kind::Group), "transparency (11.4.7)"),
    Line("Contents", Rebuilt, "the drawing, one stream, written anew operator by operator"),
    Line("Annots", Rebuilt, "looks of annotations, links within the file"),
    Line("BleedBox", Gone(C::Software), "for print shops"),
    Line("TrimBox", Gone(C::Software), "for print shops"),
    Line("ArtBox", Gone(C::Software), "for print shops"),
    Line("BoxColorInfo", Gone(C::Software), "guides of a program (14.11.2.2)"),
    Line("Thumb", Gone(C::HiddenPictures), "a small picture of an older state (12.3.4)"),
    Line("B", Gone(C::Descriptions), "articles (12.4.3)"),
    Line("Dur", Gone(C::Other), "slide show (12.4.4)"),
    Line("Trans", Gone(C::Other), "slide show (12.4.4)"),
    Line("AA", Gone(C::Scripts), "what happens on turning to the page (12.6.3)"),
    Line("PZ", Gone(C::Identifiers), "web capture (14.10)"),
    Line("SeparationInfo", Gone(C::Software), "printing plates (14.11.4)"),
    Line("Tabs", Gone(C::Other), "order of the form fields"),
    Line("TemplateInstantiated", Gone(C::Identifiers), "name of a template"),
    Line("PresSteps", Gone(C::Other), "slide show"),
    Line("VP", Gone(C::Location), "maps and plans with their scale (12.9)"),
    Line("DPart", Gone(C::Identifiers), "parts of a print job (14.12)"),
    Line("Hid", Gone(C::Other), "hidden page of a program"),
];

const ANNOTATION: &[Line] = &[
    Line("Type", OneOf(&["Annot"]), "what it is (12.5.2)"),
    Line("Subtype", Rebuilt, "a link, a highlight, a shape; else a stamp with its look"),
    Line("Rect", Numbers(4), "where"),
    Line("F", Rebuilt, "shown, printed, turned with the page"),
    Line("AP", Rebuilt, "the look; of several, the one that is shown (12.5.5)"),
    Line("Border", Numbers(4), "frame (12.5.4)"),
    Line("BS", Is(Kind::BorderStyle), "frame (12.5.4)"),
    Line("C", Numbers(4), "colour"),
    Line("IC", Numbers(4), "inner colour (12.5.6.8)"),
    Line("RD", Numbers(4), "distance of the shape from its rectangle"),
    Line("CA", Number, "opacity"),
    Line("BM", OneOf(BLEND), "how it is laid over the page (12.5.2)"),
    Line("QuadPoints", Numbers(ANY), "marked words (12.5.6.10)"),
    Line("L", Numbers(4), "a line (12.5.6.7)"),
    Line("LE", Rebuilt, "its ends"),
    Line("Vertices", Numbers(ANY), "a polygon (12.5.6.9)"),
    Line("InkList", Numbers(ANY), "strokes of a pen (12.5.6.13)"),
    Line("OC", Is(Kind::Layer), "layer (8.11)"),
    Line("Dest", Rebuilt, "a page of this file (12.3.2)"),
    Line("A", Rebuilt, "an action; only a page of this file is kept, as a target"),
    Line("AS", Rebuilt, "which look is shown; only that one is kept"),
    Line("P", Rebuilt, "the page, which lists the annotation anyway"),
    Line("H", Rebuilt, "how it looks while it is clicked"),
    Line("T", Gone(C::People), "who wrote it (12.5.6.2)"),
    Line("Contents", Gone(C::Comments), "what is written in it"),
    Line("RC", Gone(C::Comments), "what is written in it, with fonts"),
    Line("Subj", Gone(C::Comments), "its subject"),
    Line("Popup", Gone(C::Comments), "its window"),
    Line("IRT", Gone(C::Comments), "what it answers to"),
    Line("M", Gone(C::Dates), "when it was changed"),
    Line("CreationDate", Gone(C::Dates), "when it was made"),
    Line("NM", Gone(C::Identifiers), "its id"),
    Line("AA", Gone(C::Scripts), "what happens when the mouse is over it"),
    Line("PA", Gone(C::Links), "an address"),
    Line("FS", Gone(C::EmbeddedFiles), "an attached file (12.5.6.15)"),
    Line("Sound", Gone(C::EmbeddedFiles), "a recording"),
    Line("Movie", Gone(C::EmbeddedFiles), "a film"),
    Line("RichMediaContent", Gone(C::EmbeddedFiles), "films, models, programs"),
    Line("V", Gone(C::FormData), "value of a field (12.7.4)"),
    Line("DV", Gone(C::FormData), "value of a field"),
    Line("TU", Gone(C::FormData), "name of a field"),
    Line("TM", Gone(C::FormData), "name of a field"),
    Line("MK", Gone(C::FormData), "captions of a field"),
    Line("DA", Gone(C::FormData), "type of a field"),
    Line("Parent", Gone(C::FormData), "the field it belongs to"),
];

const APPEARANCES: &[Line] = &[Line("N", Is(Kind::Form), "the look (12.5.5)")];

const BORDER_STYLE: &[Line] = &[
    Line("Type", OneOf(&["Border"]), "what it is (12.5.4)"),
    Line("W", Number, "width"),
    Line("S", OneOf(&["S", "D", "B", "I", "U"]), "style"),
    Line("D", Numbers(DASHES), "dashes"),
];

const RESOURCES: &[Line] = &[
    Line("Font", Named(Space::Fonts, Kind::Font), "fonts (7.8.3)"),
    Line("XObject", Named(Space::XObjects, Kind::XObject), "pictures and drawings"),
    Line("ExtGState", Named(Space::States, Kind::ExtGState), "drawing settings"),
    Line("ColorSpace", Named(Space::Spaces, Kind::ColorSpace), "colours"),
    Line("Pattern", Named(Space::Patterns, Kind::Pattern), "patterns"),
    Line("Shading", Named(Space::Shadings, Kind::Shading), "gradients"),
    Line("Properties", Named(Space::Layers, Kind::Layer), "layers; other marks are not copied"),
    Line("ProcSet", Rebuilt, "obsolete"),
];

const FORM: &[Line] = &[
    Line("Type", OneOf(&["XObject"]), "what it is (8.10.2)"),
    Line("Subtype", OneOf(&["Form"]), "what it is"),
    Line("FormType", Choice(&[1]), "always 1"),
    Line("BBox", Numbers(4), "size"),
    Line("Matrix", Numbers(6), "place"),
    Line("Resources", Is(Kind::Resources), "what it uses"),
    Line("Group", Is(Kind::Group), "transparency"),
    Line("OC", Is(Kind::Layer), "layer"),
    Line("Ref", Gone(C::Links), "a page of another file (8.10.4)"),
];

const IMAGE: &[Line] = &[
    Line("Type", OneOf(&["XObject"]), "what it is (8.9.5)"),
    Line("Subtype", OneOf(&["Image"]), "what it is"),
    Line("Width", Number, "size"),
    Line("Height", Number, "size"),
    Line("ColorSpace", Is(Kind::ColorSpace), "colours"),
    Line("BitsPerComponent", Number, "depth"),
    Line("Intent", OneOf(INTENTS), "how colours are matched"),
    Line("ImageMask", Bool, "a stencil"),
    Line("Mask", Rebuilt, "a stencil, or a colour that is not drawn"),
    Line("Decode", Numbers(64), "range of values"),
    Line("Interpolate", Bool, "smoothing"),
    Line("SMask", Is(Kind::MaskImage), "opacity (11.6.5.2)"),
    Line("SMaskInData", Number, "opacity inside JPEG 2000"),
    Line("OC", Is(Kind::Layer), "layer"),
    Line("Alternates", Gone(C::HiddenPictures), "other pictures, not shown (8.9.5.4)"),
];

const MASK_IMAGE: &[Line] = &[
    Line("Type", OneOf(&["XObject"]), "what it is (11.6.5.2)"),
    Line("Subtype", OneOf(&["Image"]), "what it is"),
    Line("Width", Number, "size"),
    Line("Height", Number, "size"),
    Line("ColorSpace", OneOf(&["DeviceGray"]), "colours"),
    Line("BitsPerComponent", Number, "depth"),
    Line("ImageMask", Bool, "a stencil"),
    Line("Decode", Numbers(2), "range of values"),
    Line("Interpolate", Bool, "smoothing"),
    Line("Matte", Numbers(32), "colour mixed in before"),
];

const GROUP: &[Line] = &[
    Line("Type", OneOf(&["Group"]), "what it is (11.6.6)"),
    Line("S", OneOf(&["Transparency"]), "what it is"),
    Line("CS", Is(Kind::ColorSpace), "colours"),
    Line("I", Bool, "isolated"),
    Line("K", Bool, "knockout"),
];

const EXT_G_STATE: &[Line] = &[
    Line("Type", OneOf(&["ExtGState"]), "what it is (8.4.5)"),
    Line("LW", Number, "line width"),
    Line("LC", Number, "line end"),
    Line("LJ", Number, "line corner"),
    Line("ML", Number, "line corner"),
    Line("D", Numbers(2), "dashes"),
    Line("RI", OneOf(INTENTS), "how colours are matched"),
    Line("OP", Bool, "overprint"),
    Line("op", Bool, "overprint"),
    Line("OPM", Number, "overprint"),
    Line("Font", Rebuilt, "font and size"),
    Line("TR", Is(Kind::Function), "brightness"),
    Line("TR2", Is(Kind::Function), "brightness"),
    Line("FL", Number, "flatness"),
    Line("SM", Number, "smoothness"),
    Line("SA", Bool, "stroke adjustment"),
    Line("BM", Rebuilt, "blend mode; of several, the first that is known"),
    Line("SMask", Is(Kind::SoftMask), "opacity"),
    Line("CA", Number, "opacity"),
    Line("ca", Number, "opacity"),
    Line("AIS", Bool, "opacity"),
    Line("TK", Bool, "text knockout"),
    Line("BG", Gone(C::Software), "printing ink"),
    Line("BG2", Gone(C::Software), "printing ink"),
    Line("UCR", Gone(C::Software), "printing ink"),
    Line("UCR2", Gone(C::Software), "printing ink"),
    Line("HT", Gone(C::Software), "printing dots"),
    Line("HTO", Gone(C::Software), "printing dots"),
    Line("UseBlackPtComp", Gone(C::Software), "printing ink"),
];

const SOFT_MASK: &[Line] = &[
    Line("Type", OneOf(&["Mask"]), "what it is (11.6.5)"),
    Line("S", OneOf(&["Alpha", "Luminosity"]), "how it is read"),
    Line("G", Is(Kind::Form), "the drawing that masks"),
    Line("BC", Numbers(32), "colour around it"),
    Line("TR", Is(Kind::Function), "brightness"),
];

const TILING: &[Line] = &[
    Line("Type", OneOf(&["Pattern"]), "what it is (8.7.3)"),
    Line("PatternType", Choice(&[1]), "what it is"),
    Line("PaintType", Choice(&[1, 2]), "coloured or not"),
    Line("TilingType", Choice(&[1, 2, 3]), "spacing"),
    Line("BBox", Numbers(4), "size"),
    Line("XStep", Number, "distance"),
    Line("YStep", Number, "distance"),
    Line("Resources", Is(Kind::Resources), "what it uses"),
    Line("Matrix", Numbers(6), "place"),
];

const SHADING_PATTERN: &[Line] = &[
    Line("Type", OneOf(&["Pattern"]), "what it is (8.7.4)"),
    Line("PatternType", Choice(&[2]), "what it is"),
    Line("Shading", Is(Kind::Shading), "the gradient"),
    Line("Matrix", Numbers(6), "place"),
    Line("ExtGState", Is(Kind::ExtGState), "drawing settings"),
];

const SHADING: &[Line] = &[
    Line("ShadingType", Choice(&[1, 2, 3, 4, 5, 6, 7]), "what it is (8.7.4.5)"),
    Line("ColorSpace", Is(Kind::ColorSpace), "colours"),
    Line("Background", Numbers(32), "colour around it"),
    Line("BBox", Numbers(4), "size"),
    Line("AntiAlias", Bool, "smoothing"),
    Line("Domain", Numbers(4), "range"),
    Line("Matrix", Numbers(6), "place"),
    Line("Function", Is(Kind::Function), "from range to colour"),
    Line("Coords", Numbers(6), "place"),
    Line("Extend", Rebuilt, "whether it goes on"),
    Line("BitsPerCoordinate", Number, "mesh"),
    Line("BitsPerComponent", Number, "mesh"),
    Line("BitsPerFlag", Number, "mesh"),
    Line("VerticesPerRow", Number, "mesh"),
    Line("Decode", Numbers(68), "mesh"),
];

const FUNCTION: &[Line] = &[
    Line("FunctionType", Choice(&[0, 2, 3, 4]), "what it is (7.10); other keys by it"),
    Line("Domain", Numbers(64), "range"),
    Line("Range", Numbers(64), "range"),
    Line("Size", Numbers(32), "samples"),
    Line("BitsPerSample", Number, "samples"),
    Line("Order", Number, "samples"),
    Line("Encode", Numbers(ANY), "samples"),
    Line("Decode", Numbers(64), "samples"),
    Line("C0", Numbers(32), "first value"),
    Line("C1", Numbers(32), "last value"),
    Line("N", Number, "exponent"),
    Line("Functions", Each(Kind::Function), "parts"),
    Line("Bounds", Numbers(ANY), "parts"),
];

const CALIBRATED_SPACE: &[Line] = &[
    Line("WhitePoint", Numbers(3), "white (8.6.5)"),
    Line("BlackPoint", Numbers(3), "black"),
    Line("Gamma", Numbers(3), "brightness"),
    Line("Matrix", Numbers(9), "colours"),
    Line("Range", Numbers(4), "range"),
];

const PROFILE: &[Line] = &[
    Line("N", Number, "channels (8.6.5.5)"),
    Line("Alternate", Is(Kind::ColorSpace), "for viewers that read no profiles"),
    Line("Range", Numbers(8), "range"),
];

const LAYER: &[Line] = &[
    Line("Type", OneOf(&["OCG"]), "what it is (8.11.2)"),
    Line("Name", Rebuilt, "Layer 1, 2, ..."),
    Line("Usage", Is(Kind::LayerUsage), "shown on screen, in print"),
    Line("Intent", Rebuilt, "only layers for viewing count"),
];
const LAYER_MEMBERSHIP: &[Line] = &[
    Line("Type", OneOf(&["OCMD"]), "what it is (8.11.2.2)"),
    Line("OCGs", Rebuilt, "layers"),
    Line("P", OneOf(&["AllOn", "AnyOn", "AnyOff", "AllOff"]), "how they are combined"),
    Line("VE", Rebuilt, "how they are combined"),
];
const LAYER_USAGE: &[Line] = &[
    Line("View", Is(Kind::LayerState), "on screen (8.11.4.4)"),
    Line("Print", Is(Kind::LayerState), "in print"),
    Line("Export", Is(Kind::LayerState), "in export"),
    Line("CreatorInfo", Gone(C::Software), "the program that made the layer"),
    Line("Language", Gone(C::Other), "not used by viewers"),
    Line("Zoom", Gone(C::Other), "the size from which it is shown: then at every size"),
    Line("User", Gone(C::People), "persons and organisations"),
    Line("PageElement", Gone(C::Other), "not used by viewers"),
];
const LAYER_STATE: &[Line] = &[
    Line("ViewState", OneOf(&["ON", "OFF"]), "on screen"),
    Line("PrintState", OneOf(&["ON", "OFF"]), "in print"),
    Line("ExportState", OneOf(&["ON", "OFF"]), "in export"),
];
const LAYER_EVENT: &[Line] = &[
    Line("Event", OneOf(&["View", "Print", "Export"]), "when (8.11.4.4)"),
    Line("OCGs", Rebuilt, "layers"),
    Line("Category", Rebuilt, "which state counts"),
];

/// The first blend mode that every viewer knows.
pub(super) fn blend_mode(name: &[u8]) -> Option<&'static str> {
    BLEND.iter().copied().find(|known| known.as_bytes() == name)
}
