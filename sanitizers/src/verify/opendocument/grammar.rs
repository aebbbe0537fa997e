//! What a part of a copy may be made of, and how it must be spelled.

use roxmltree::{Document, Node};

use super::package::Package;

/// The picture that stands for one that could not be kept, byte for byte.
pub(super) const GREY: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0,
    0, 0, 58, 126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 1, 99, 188, 0, 0, 0, 212, 0, 210,
    137, 200, 162, 197, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

/// Namespaces of a copy with their prefixes.
const SPACES: [(&str, &str); 13] = [
    ("chart", "urn:oasis:names:tc:opendocument:xmlns:chart:1.0"),
    ("dr3d", "urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0"),
    ("draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
    ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("math", "http://www.w3.org/1998/Math/MathML"),
    ("number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("presentation", "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"),
    ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("xlink", "http://www.w3.org/1999/xlink"),
];
/// The namespace of formulas, of which only the prefix is used, in values.
const FORMULAS: &str = "urn:oasis:names:tc:opendocument:xmlns:of:1.2";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Pieces of names of elements and attributes that have no business in a copy.
const FORBIDDEN: [&str; 44] = [
    "-source",
    ":change",
    ":dde",
    "annotation",
    "applet",
    "author",
    "bookmark",
    "creat",
    "creator",
    "database",
    "desc",
    "event",
    "floating-frame",
    "form:",
    "generator",
    "hidden-",
    "hyperlink",
    "image-map",
    "index-mark",
    "initial",
    "listener",
    "macro",
    "named-",
    "object-ole",
    "office:meta",
    "paper-tray",
    "plugin",
    "presentation:notes",
    "presentation:settings",
    "protection-key",
    "reference-mark",
    "rsid",
    "scenario",
    "script:",
    "scripts",
    "sender",
    "sound",
    "svg:font-face",
    "svg:title",
    "table:title",
    "template",
    "tracked",
    "user-",
    "validation",
];
/// Names that hold such a piece and are harmless all the same.
const HARMLESS: [&str; 9] = [
    "presentation:user-transformed",
    "chart:include-hidden-cells",
    "chart:data-source-has-labels",
    "chart:link-data-style-to-source",
    "chart:series-source",
    "math:mmultiscripts",
    "math:mprescripts",
    "number:format-source",
    "style:text-align-source",
];

/// Attributes whose value is the number of a name.
const NAMES: [&str; 16] = [
    "style-name",
    "text-style-name",
    "name",
    "parent-style-name",
    "next-style-name",
    "list-style-name",
    "master-page-name",
    "page-layout-name",
    "data-style-name",
    "font-name",
    "font-name-asian",
    "font-name-complex",
    "apply-style-name",
    "default-cell-style-name",
    "continue-list",
    "id",
];
/// Attributes whose value people see, or that is checked elsewhere.
const SHOWN: [&str; 18] = [
    "table:name",
    "table:formula",
    "svg:font-family",
    "fo:font-family",
    "style:font-family-asian",
    "style:font-family-complex",
    "style:num-prefix",
    "style:num-suffix",
    "style:num-format",
    "style:leader-text",
    "style:char",
    "style:text-line-through-text",
    "style:text-combine-end-char",
    "style:text-combine-start-char",
    "text:bullet-char",
    "text:label",
    "number:decimal-replacement",
    "xlink:href",
];

/// Where a part is.
struct Place<'a> {
    package: &'a Package,
    /// Whether its tables are sheets, of which people see the names.
    has_sheets: bool,
}

/// Whether a part is spelled as we spell, and holds nothing that must not be in it.
pub(super) fn check(
    document: &Document<'_>,
    bytes: &[u8],
    package: &Package,
    has_sheets: bool,
) -> Option<()> {
    let root = document.root_element();
    let mut spelled = String::with_capacity(bytes.len());
    spelled.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    spell(&root, &mut spelled, &Place { package, has_sheets }, true)?;
    (spelled.as_bytes() == bytes).then_some(())
}

fn prefixed(space: Option<&str>, name: &str) -> Option<String> {
    let Some(space) = space else { return Some(name.to_owned()) };
    if space == XML {
        return Some(format!("xml:{name}"));
    }
    let (prefix, _) = SPACES.iter().find(|(_, uri)| *uri == space)?;
    Some(format!("{prefix}:{name}"))
}

fn spell(node: &Node<'_, '_>, out: &mut String, place: &Place<'_>, is_root: bool) -> Option<()> {
    let name = prefixed(node.tag_name().namespace(), node.tag_name().name())?;
    (name.contains(':') && is_harmless(&name)).then_some(())?;
    out.extend(["<", &*name]);
    if is_root {
        for space in node.namespaces() {
            let prefix = space.name()?;
            let known = SPACES.iter().any(|one| *one == (prefix, space.uri()))
                || (prefix, space.uri()) == ("of", FORMULAS)
                || prefix == "xml";
            known.then_some(())?;
        }
        out.push_str(&declarations(node));
    }
    let mut last = String::new();
    for attribute in node.attributes() {
        let of = prefixed(attribute.namespace(), attribute.name())?;
        (of > last && is_harmless(&of)).then_some(())?;
        may_be(&name, &of, attribute.value(), place).then_some(())?;
        out.extend([" ", &*of, "=\""]);
        escape(attribute.value(), true, out);
        out.push('"');
        last = of;
    }
    if node.first_child().is_none() {
        out.push_str("/>");
        return Some(());
    }
    out.push('>');
    for child in node.children() {
        if child.is_element() {
            let inner = prefixed(child.tag_name().namespace(), child.tag_name().name())?;
            fits_into(&inner, &name).then_some(())?;
            spell(&child, out, place, false)?;
        } else if child.is_text() {
            may_hold_text(&name).then_some(())?;
            escape(child.text()?, false, out);
        } else {
            return None;
        }
    }
    out.extend(["</", &*name, ">"]);
    Some(())
}

/// The namespaces that occur in a part, in the order of their prefixes, and that of formulas.
fn declarations(root: &Node<'_, '_>) -> String {
    let mut used = std::collections::BTreeSet::new();
    for node in root.descendants().filter(Node::is_element) {
        used.extend(node.tag_name().namespace());
        used.extend(node.attributes().filter_map(|attribute| attribute.namespace()));
    }
    let mut out = String::new();
    for (prefix, uri) in SPACES.iter().filter(|(_, uri)| used.contains(uri)) {
        if *prefix == "office" {
            out.extend([" xmlns:of=\"", FORMULAS, "\""]);
        }
        out.extend([" xmlns:", prefix, "=\"", uri, "\""]);
    }
    out
}

fn escape(text: &str, is_value: bool, out: &mut String) {
    for c in text.chars() {
        match (c, is_value) {
            ('&', _) => out.push_str("&amp;"),
            ('<', _) => out.push_str("&lt;"),
            ('>', _) => out.push_str("&gt;"),
            ('\r', _) => out.push_str("&#13;"),
            ('"', true) => out.push_str("&quot;"),
            ('\t', true) => out.push_str("&#9;"),
            ('\n', true) => out.push_str("&#10;"),
            _ => out.push(c),
        }
    }
}

pub(super) fn is_harmless(name: &str) -> bool {
    HARMLESS.contains(&name) || !FORBIDDEN.iter().any(|piece| name.contains(piece))
}

/// Whether words in an element would be shown where it stands.
fn fits_into(name: &str, parent: &str) -> bool {
    let (space, local) = name.split_once(':').unwrap_or_default();
    let (around, of) = parent.split_once(':').unwrap_or_default();
    match (space, local) {
        ("text", "p" | "h" | "list" | "section") => match around {
            "text" => !matches!(of, "p" | "h" | "span" | "list" | "note" | "note-citation"),
            "office" => of == "text",
            "table" => of.ends_with("table-cell"),
            "draw" => !matches!(of, "page" | "frame" | "g" | "object" | "layer-set" | "layer"),
            "style" => ["header", "footer", "region"].iter().any(|start| of.starts_with(start)),
            "chart" => !matches!(of, "chart" | "plot-area" | "axis" | "series"),
            _ => false,
        },
        ("text", "span" | "note" | "ruby" | "page-number" | "page-count" | "sheet-name")
        | ("presentation", "header" | "footer" | "date-time") => {
            around == "text" && matches!(of, "p" | "h" | "span" | "ruby-base")
        }
        ("text", "note-citation" | "note-body") => parent == "text:note",
        ("text", "ruby-base" | "ruby-text") => parent == "text:ruby",
        ("text", "list-item" | "list-header") => parent == "text:list",
        ("table", "table-cell" | "covered-table-cell") => parent == "table:table-row",
        ("table", "table-row") => around == "table" && !of.ends_with("cell") && of != "shapes",
        ("draw", "text-box" | "image" | "object") => parent == "draw:frame",
        ("number", "text" | "currency-symbol" | "embedded-text") => around == "number",
        ("math", _) => around == "math",
        ("presentation", _) if local.ends_with("-decl") => parent == "office:presentation",
        ("style", "header" | "footer") => parent == "style:master-page",
        ("office", "body") => parent == "office:document-content",
        _ => true,
    }
}

fn may_hold_text(name: &str) -> bool {
    let (space, name) = name.split_once(':').unwrap_or_default();
    match space {
        "text" => matches!(
            name,
            "p" | "h"
                | "span"
                | "note-citation"
                | "ruby-base"
                | "ruby-text"
                | "page-number"
                | "page-count"
                | "sheet-name"
                | "linenumbering-separator"
        ),
        "number" => matches!(name, "text" | "embedded-text" | "currency-symbol"),
        "presentation" => {
            ["header", "footer", "date-time"].contains(&name.trim_end_matches("-decl"))
        }
        "math" => matches!(name, "mi" | "mn" | "mo" | "ms" | "mtext"),
        _ => false,
    }
}

/// Whether an attribute may have this value.
fn may_be(element: &str, name: &str, value: &str, place: &Place<'_>) -> bool {
    let local = name.split_once(':').map_or(name, |(_, local)| local);
    if name == "xlink:href" {
        return if element == "draw:object" {
            let folder = value.strip_prefix("./Object ");
            folder.is_some_and(is_digits)
                && place
                    .package
                    .part(&format!("{}/content.xml", &value.replacen("./", "", 1)))
                    .is_some()
        } else {
            value.starts_with("Pictures/") && place.package.part(value).is_some()
        };
    }
    if name == "table:formula" {
        let upper = value.to_uppercase();
        // Outside of texts in quotes.
        let plain: String = upper.split('"').step_by(2).collect();
        let places = ["://", ":\\", "\\\\", "FILE:", "MAILTO:"];
        let reaches = ["#$", "'#", "WEBSERVICE", "HYPERLINK", "DDE(", "INDIRECT"];
        return value.len() <= 8192
            && !places.iter().any(|place| upper.contains(place))
            && !reaches.iter().any(|word| plain.contains(word));
    }
    if name.contains("address") || name == "table:print-ranges" || name.ends_with("-range") {
        return !value.contains('#') && value.len() <= 8192;
    }
    if name == "table:name" {
        let is_shown = place.has_sheets && value.len() <= 255;
        return element == "table:table" && (is_shown || value == "local-table");
    }
    if SHOWN.contains(&name) {
        return value.chars().count() <= 24;
    }
    // Only how numbers are written out may depend on a language.
    let end = local.trim_end_matches("-asian").trim_end_matches("-complex");
    if matches!(end, "country" | "language" | "script") && !name.starts_with("number:") {
        return false;
    }
    match name {
        "xlink:type" => return value == "simple",
        "xlink:show" => return value == "embed",
        "xlink:actuate" => return value == "onLoad",
        "draw:type" => {
            let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
            let digits = value.bytes().filter(u8::is_ascii_digit).count();
            return value.len() <= 26 && digits <= 2 && value.bytes().all(fits);
        }
        "draw:formula" | "draw:modifiers" | "draw:glue-points" | "draw:text-areas" => {
            return is_sum(value);
        }
        _ if name.starts_with("draw:handle-") || element == "draw:equation" => {
            return is_sum(value);
        }
        "style:condition" => {
            let number = value.trim_start_matches("cell-content()").trim_start_matches("value()");
            return number.trim_start_matches(['<', '>', '=', '!']).trim().parse::<f64>().is_ok();
        }
        _ => {}
    }
    let is_name = NAMES.contains(&local) && name != "chart:name";
    if is_name {
        return is_numbered(value);
    }
    if matches!(name, "draw:enhanced-path" | "svg:d" | "draw:points") {
        let run = value.split(|c: char| !c.is_ascii_alphabetic()).map(str::len).max();
        return value.is_ascii() && run.unwrap_or_default() <= 2;
    }
    value.split([' ', '(', ')', ',', ';']).all(|word| is_plain(word) || is_numbered(word))
}

/// `S1`, with an end that programs look for, or one of the names that programs give.
fn is_numbered(value: &str) -> bool {
    let (first, rest) = value.split_once('-').unwrap_or((value, ""));
    let numbered = first.strip_prefix('S').is_some_and(is_digits);
    let ends = [
        "",
        "title",
        "subtitle",
        "outline",
        "notes",
        "background",
        "backgroundobjects",
        "header",
        "footer",
    ];
    let end = ends.contains(&rest.trim_end_matches(|c: char| c.is_ascii_digit()));
    let given = " Standard Default standard default Outline Heading Text_20_body Title Subtitle \
        List Caption Index Header Footer Footnote Endnote Quotations Footnote_20_Symbol \
        Footnote_20_anchor Endnote_20_Symbol Endnote_20_anchor Numbering_20_Symbols layout \
        background backgroundobjects controls measurelines ";
    let heading = first.strip_prefix("Heading_20_").is_some_and(is_digits);
    end && (numbered || heading || (!first.is_empty() && given.contains(&format!(" {first} "))))
}

fn is_digits(text: &str) -> bool {
    (1..=7).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number, a colour, or a word of small letters: no name with a number, no address.
fn is_plain(word: &str) -> bool {
    let is_word = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase() || b"-:".contains(&b));
    let codes = word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let moment = word.bytes().all(|b| b.is_ascii_digit() || b"PTYMDHSZ-:.+".contains(&b));
    let unit = word.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '%' || c == '*');
    let measure = word.len() <= 28 && unit.parse::<f64>().is_ok();
    let camel = ["skewX", "skewY", "objectBoundingBox", "userSpaceOnUse", "currentColor"];
    let digits = word.strip_prefix('#').unwrap_or_default();
    let colour = matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    (is_word(word) && word.len() <= 28)
        || colour
        || codes
        || moment
        || measure
        || camel.contains(&word)
}

/// A formula of a shape: numbers, functions, and names of a few letters and a number.
fn is_sum(value: &str) -> bool {
    value.split(|c: char| "+-*/(),?$ ".contains(c)).all(|word| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_name = letters.len() <= 4 && word.len() <= 9 || letters == word && word.len() <= 9;
        let small = letters.bytes().all(|b| b.is_ascii_lowercase());
        (is_name && small) || (word.len() <= 24 && word.parse::<f64>().is_ok())
    })
}
