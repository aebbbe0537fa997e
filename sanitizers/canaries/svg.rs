//! Hiding places of SVG.

use super::neighbours::List;
use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Kind, Refusal};

use Outcome::{Cleaned, CleanedSilently, Refused};

/// Namespaces that drawings declare.
const SPACES: &str = "xmlns=\"http://www.w3.org/2000/svg\" \
    xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
    xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" \
    xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" \
    xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"";

/// A drawing with text that people see, and this in front of it.
fn with(token: &Token, inside: &str) -> Vec<u8> {
    let inside = inside.replace("HIDDEN", &token.hidden());
    format!("<svg {SPACES} width=\"9\" height=\"9\">{inside}<text>{}</text></svg>", token.shown())
        .into_bytes()
}

/// The same without namespaces of editors, which are counted themselves.
fn bare(token: &Token, inside: &str) -> Vec<u8> {
    let file = String::from_utf8(with(token, inside)).unwrap();
    let (head, rest) = file.split_once(" xmlns:inkscape").unwrap();
    let (_, rest) = rest.split_once(" width").unwrap();
    format!("{head} width{rest}").into_bytes()
}

macro_rules! row {
    ($place:expr, $outcome:expr, $inside:expr) => {
        Row { kind: Kind::Svg, place: $place, plant: |t| bare(t, $inside), outcome: $outcome }
    };
}

macro_rules! whole {
    ($place:expr, $outcome:expr, $plant:expr) => {
        Row { kind: Kind::Svg, place: $place, plant: $plant, outcome: $outcome }
    };
}

/// Elements that are left out.
fn elements() -> Vec<Row> {
    vec![
        row!("title", Cleaned, "<title>HIDDEN</title>"),
        row!(
            "title of a shape",
            Cleaned,
            "<rect width=\"1\" height=\"1\"><title>HIDDEN</title></rect>"
        ),
        row!("desc", Cleaned, "<desc>HIDDEN</desc>"),
        row!("metadata", Cleaned, "<metadata>HIDDEN</metadata>"),
        row!("script", Cleaned, "<script>var who = 'HIDDEN'</script>"),
        row!("script of another server", Cleaned, "<script href=\"https://example.org/HIDDEN\"/>"),
        row!(
            "foreignObject",
            Cleaned,
            "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">HIDDEN</p></foreignObject>"
        ),
        row!("animate", Cleaned, "<animate attributeName=\"x\" values=\"HIDDEN\"/>"),
        row!("set", Cleaned, "<set attributeName=\"HIDDEN\"/>"),
        row!("font", Cleaned, "<font><font-face font-family=\"HIDDEN\"/></font>"),
        row!("view", Cleaned, "<view id=\"HIDDEN\"/>"),
        row!("cursor", Cleaned, "<cursor xlink:href=\"https://example.org/HIDDEN\"/>"),
        row!("flowRoot of an editor", Cleaned, "<flowRoot><flowPara>HIDDEN</flowPara></flowRoot>"),
        row!("link", Cleaned, "<a xlink:href=\"https://example.org/HIDDEN\"><g/></a>"),
        row!("text between shapes", Cleaned, "<g>HIDDEN</g>"),
        row!("comment", Cleaned, "<!-- HIDDEN -->"),
        row!("processing instruction", Cleaned, "<?HIDDEN what?>"),
        whole!("style sheet of another server", Cleaned, |t| {
            let call = format!("<?xml-stylesheet href=\"https://example.org/{}\"?>", t.hidden());
            [call.as_bytes(), &bare(t, "")].concat()
        }),
        whole!("RDF", Cleaned, |t| {
            with(t, "<metadata><rdf:RDF><rdf:li>HIDDEN</rdf:li></rdf:RDF></metadata>")
        }),
        whole!("layers and guides of an editor", Cleaned, |t| {
            with(t, "<sodipodi:namedview id=\"HIDDEN\"><sodipodi:guide/></sodipodi:namedview>")
        }),
        whole!("declared namespace", Cleaned, |t| {
            let file = String::from_utf8(bare(t, "")).unwrap();
            let space = format!("<svg xmlns:x=\"https://example.org/{}\" ", t.hidden());
            file.replacen("<svg ", &space, 1).into_bytes()
        }),
        whole!("type of document of another server", Cleaned, |t| {
            let kind = format!("<!DOCTYPE svg SYSTEM \"https://example.org/{}\">", t.hidden());
            [b"<?xml version=\"1.0\"?>", kind.as_bytes(), &bare(t, "")].concat()
        }),
        whole!("behind the end, in a comment", Cleaned, |t| {
            [&bare(t, "")[..], b"<!--", &t.bytes(), b"-->"].concat()
        }),
    ]
}

/// Attributes that are left out.
fn attributes() -> Vec<Row> {
    vec![
        row!("onload", Cleaned, "<g onload=\"HIDDEN()\"/>"),
        row!("data of a program", Cleaned, "<g data-name=\"HIDDEN\"/>"),
        row!("label for readers", Cleaned, "<g aria-label=\"HIDDEN\"/>"),
        row!("language", Cleaned, "<g xml:lang=\"HIDDEN\"/>"),
        row!("base of addresses", Cleaned, "<g xml:base=\"https://example.org/HIDDEN/\"/>"),
        row!("title of a link", Cleaned, "<g xlink:title=\"HIDDEN\"/>"),
        row!("language that is asked for", Cleaned, "<g systemLanguage=\"HIDDEN\"/>"),
        row!("name of a shape", CleanedSilently, "<g id=\"HIDDEN\"/>"),
        row!(
            "name of a shape that is used",
            CleanedSilently,
            "<g id=\"HIDDEN\"/><use xlink:href=\"#HIDDEN\"/>"
        ),
        row!("class", CleanedSilently, "<g class=\"HIDDEN\"/>"),
        row!(
            "class of a style sheet",
            CleanedSilently,
            "<style>.HIDDEN{fill:red}</style><g class=\"HIDDEN\"/>"
        ),
        row!(
            "step of a filter",
            CleanedSilently,
            "<filter id=\"a\"><feFlood result=\"HIDDEN\"/><feTile in=\"HIDDEN\"/></filter>\
             <rect width=\"1\" height=\"1\" filter=\"url(#a)\"/>"
        ),
        row!("word that is none of the standard", Cleaned, "<g fill=\"HIDDEN\"/>"),
        row!("word behind a colour", Cleaned, "<g fill=\"red HIDDEN\"/>"),
        row!(
            "word in a path",
            Cleaned,
            "<clipPath id=\"a\"><path d=\"M0 0 HIDDEN\"/></clipPath>\
             <g clip-path=\"url(#a)\"/>"
        ),
        row!("font with an unusual name", Cleaned, "<g font-family=\"HIDDEN, Arial\"/>"),
        row!("font in a style", Cleaned, "<g style=\"font-family:'HIDDEN',serif\"/>"),
        row!(
            "property of an editor",
            Cleaned,
            "<g style=\"-inkscape-font-specification:HIDDEN\"/>"
        ),
        row!("own property", Cleaned, "<g style=\"--note:HIDDEN\"/>"),
        row!(
            "property that fetches",
            Cleaned,
            "<g style=\"src:url(https://example.org/HIDDEN)\"/>"
        ),
        row!("content of a property", Cleaned, "<g style=\"content:'HIDDEN'\"/>"),
        row!(
            "cursor of a style",
            Cleaned,
            "<g style=\"cursor:url(https://example.org/HIDDEN),auto\"/>"
        ),
        row!("behaviour of a style", Cleaned, "<g style=\"behavior:HIDDEN\"/>"),
        row!("comment in a style", CleanedSilently, "<g style=\"fill:red;/* HIDDEN */\"/>"),
        whole!("path of an export", Cleaned, |t| {
            with(t, "<g inkscape:export-filename=\"C:\\Users\\HIDDEN\\a.png\"/>")
        }),
        whole!("name of a layer", Cleaned, |t| with(t, "<g inkscape:label=\"HIDDEN\"/>")),
        whole!("name of the file", Cleaned, |t| with(t, "<g sodipodi:docname=\"HIDDEN\"/>")),
    ]
}

/// What no list has, with values that would pass: only the lists stand in front of them.
fn harmless() -> Vec<Row> {
    vec![
        row!("handler with a harmless value", Cleaned, "<g class=\"HIDDEN\" onload=\"none\"/>"),
        row!("data with a harmless value", Cleaned, "<g class=\"HIDDEN\" data-name=\"none\"/>"),
        row!("label with a harmless value", Cleaned, "<g class=\"HIDDEN\" aria-label=\"none\"/>"),
        row!("base with a harmless value", Cleaned, "<g class=\"HIDDEN\" xml:base=\"none\"/>"),
        row!("language with a harmless value", Cleaned, "<g class=\"HIDDEN\" xml:lang=\"none\"/>"),
        row!(
            "title of a link with a harmless value",
            Cleaned,
            "<g class=\"HIDDEN\" xlink:title=\"none\"/>"
        ),
        row!(
            "language that is asked for with a harmless value",
            Cleaned,
            "<g class=\"HIDDEN\" systemLanguage=\"none\"/>"
        ),
        row!(
            "property of an editor with a harmless value",
            Cleaned,
            "<g class=\"HIDDEN\" style=\"-inkscape-font-specification:none\"/>"
        ),
        row!("source with a harmless value", Cleaned, "<g class=\"HIDDEN\" style=\"src:none\"/>"),
        row!(
            "content with a harmless value",
            Cleaned,
            "<g class=\"HIDDEN\" style=\"content:none\"/>"
        ),
        row!(
            "cursor with a harmless value",
            Cleaned,
            "<g class=\"HIDDEN\" style=\"cursor:none\"/>"
        ),
        row!(
            "own property with a harmless value",
            Cleaned,
            "<g class=\"HIDDEN\" style=\"--note:none\"/>"
        ),
        row!(
            "behaviour with a harmless value",
            Cleaned,
            "<g class=\"HIDDEN\" style=\"behavior:none\"/>"
        ),
        whole!("name of a layer with a harmless value", Cleaned, |t| {
            with(t, "<g class=\"HIDDEN\" inkscape:label=\"none\"/>")
        }),
        whole!("name of the file with a harmless value", Cleaned, |t| {
            with(t, "<g class=\"HIDDEN\" sodipodi:docname=\"none\"/>")
        }),
        whole!("path of an export with a harmless value", Cleaned, |t| {
            with(t, "<g class=\"HIDDEN\" inkscape:export-filename=\"none\"/>")
        }),
    ]
}

/// What would be fetched, and what is not drawn.
fn outside_and_unseen() -> Vec<Row> {
    vec![
        row!(
            "picture of another server",
            Cleaned,
            "<image xlink:href=\"https://example.org/HIDDEN\"/>"
        ),
        row!("picture on the disk", Cleaned, "<image href=\"file:///home/HIDDEN/a.png\"/>"),
        row!("shape of another file", Cleaned, "<use xlink:href=\"HIDDEN.svg#a\"/>"),
        row!("paint of another file", Cleaned, "<g fill=\"url(HIDDEN.svg#a)\"/>"),
        row!(
            "filter of another file",
            Cleaned,
            "<g style=\"filter:url('https://example.org/HIDDEN')\"/>"
        ),
        row!(
            "imported style sheet",
            Cleaned,
            "<style>@import url(https://example.org/HIDDEN);</style>"
        ),
        row!(
            "font of a style sheet",
            Cleaned,
            "<style>@font-face{font-family:HIDDEN;src:url(data:font/woff;base64,AAAA)}</style>"
        ),
        row!("unknown rule of a style sheet", Cleaned, "<style>@media HIDDEN{g{fill:red}}</style>"),
        row!("selector of a style sheet", Cleaned, "<style>g[id=HIDDEN]{fill:red}</style>"),
        row!(
            "comment of a style sheet",
            CleanedSilently,
            "<style>/* HIDDEN */text{fill:red}</style>"
        ),
        row!("hidden layer", Cleaned, "<g display=\"none\"><text>HIDDEN</text></g>"),
        row!(
            "layer hidden by a style",
            Cleaned,
            "<g style=\"display: none\"><text>HIDDEN</text></g>"
        ),
        row!("definition that nothing uses", Cleaned, "<defs><text id=\"a\">HIDDEN</text></defs>"),
        row!("symbol that nothing uses", Cleaned, "<symbol id=\"a\"><text>HIDDEN</text></symbol>"),
        row!(
            "definitions that use each other",
            Cleaned,
            "<defs><g id=\"a\"><text>HIDDEN</text><use href=\"#b\"/></g><use id=\"b\" href=\"#a\"/></defs>"
        ),
        row!("text as a picture", Cleaned, "<image href=\"data:text/plain,HIDDEN\"/>"),
        whole!("comment in a picture inside", Cleaned, |t| {
            use crate::base64;
            let mut gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF\x21\xFE\x10".to_vec();
            gif.extend(t.bytes());
            gif.extend(b"\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3B");
            let picture = base64::encode(&gif);
            bare(t, &format!("<image href=\"data:image/gif;base64,{picture}\"/>"))
        }),
    ]
}

/// What stands where nobody draws it, or beside what is used.
fn out_of_place() -> Vec<Row> {
    vec![
        row!("text in a shape", Cleaned, "<rect><text>HIDDEN</text></rect>"),
        row!("span outside of a text", Cleaned, "<g><tspan>HIDDEN</tspan></g>"),
        row!("text in a text", Cleaned, "<text>a<text>HIDDEN</text></text>"),
        row!(
            "text on a path that is not there",
            Cleaned,
            "<text>a<textPath xlink:href=\"#no\">HIDDEN</textPath></text>"
        ),
        row!("group in a text", Cleaned, "<text>a<g>HIDDEN</g></text>"),
        row!(
            "text in a filter",
            Cleaned,
            "<filter id=\"f\"><text>HIDDEN</text></filter><g filter=\"url(#f)\"/>"
        ),
        row!(
            "text in a gradient",
            Cleaned,
            "<linearGradient id=\"u\"><stop/><text>HIDDEN</text></linearGradient>\
             <g fill=\"url(#u)\"/>"
        ),
        row!(
            "definition beside a used one",
            Cleaned,
            "<defs><g><linearGradient id=\"u\"><stop/></linearGradient><text>HIDDEN</text></g></defs>\
             <g fill=\"url(#u)\"/>"
        ),
        row!(
            "mask around a used definition",
            Cleaned,
            "<mask id=\"m\"><linearGradient id=\"u\"><stop/></linearGradient><text>HIDDEN</text></mask>\
             <g fill=\"url(#u)\"/>"
        ),
        row!(
            "definition beside a style sheet",
            Cleaned,
            "<defs><g><style>.a{fill:red}</style><text>HIDDEN</text></g></defs><g class=\"a\"/>"
        ),
        row!(
            "definition that only a style speaks of",
            Cleaned,
            "<style>#a{fill:red}</style><defs><text id=\"a\">HIDDEN</text></defs>"
        ),
        row!(
            "definition that only an unused rule names",
            Cleaned,
            "<style>.a{fill:url(#p)}</style><pattern id=\"p\"><text>HIDDEN</text></pattern>"
        ),
    ]
}

const CONSTRUCT: Outcome = Refused(Refusal::Feature(Feature::Construct));

/// Files that are not taken.
fn refused() -> Vec<Row> {
    vec![
        whole!("entity", CONSTRUCT, |t| {
            let kind = format!("<!DOCTYPE svg [<!ENTITY who \"{}\">]>", t.hidden());
            [kind.as_bytes(), &bare(t, "")].concat()
        }),
        row!(
            "alternatives for several languages",
            CONSTRUCT,
            "<switch><g systemLanguage=\"HIDDEN\"/><g/></switch>"
        ),
        whole!("shapes that unfold without end", Refused(Refusal::Limit(Limit::Parts)), |t| {
            let level = |n: u32| {
                let next = format!("<use href=\"#a{}\"/>", n + 1).repeat(9);
                format!("<g id=\"a{n}\">{next}</g>")
            };
            let levels = (0..9).map(level).collect::<String>();
            bare(t, &format!("<title>HIDDEN</title>{levels}<g id=\"a9\"/>"))
        }),
        row!("two targets", CONSTRUCT, "<use href=\"#HIDDEN\" xlink:href=\"#b\"/>"),
        whole!("page with a drawing in it", Refused(Refusal::Damaged(Damage::Value)), |t| {
            let drawing = String::from_utf8(bare(t, "")).unwrap();
            format!("<?xml version=\"1.0\"?><p><b>{}</b>{drawing}</p>", t.hidden()).into_bytes()
        }),
    ]
}

/// The rows of SVG.
pub(super) fn rows() -> Vec<Row> {
    [elements(), attributes(), harmless(), outside_and_unseen(), out_of_place(), refused()]
        .into_iter()
        .flatten()
        .collect()
}

/// The allow-lists of SVG.
pub(super) fn lists() -> Vec<List> {
    let list = |(name, forbidden)| List { name, forbidden, kinds: &[Kind::Svg] };
    crate::svg::lists().map(list).into()
}
