//! Older drawings: VML (ISO/IEC 29500-4, 14.1).
//!
//! Word still writes it for watermarks and for the pictures that stand for embedded files,
//! and older documents hold nothing else.

use super::style;
use super::words::is_word;
use crate::allow::AllowList;
use crate::xml::Value::{
    self, Measure, Name, Number, Numbers, Plain, Relation, Switch, Text, Word,
};
use crate::xml::{Check, Rule, keep, list, measure};

const NONE: &[(&str, Value)] = &[];
const STYLE: Value = Value::Checked(Check { name: "known properties", check: style::cleaned });
const COLOUR: Value = Value::Checked(Check { name: "colour", check: colour });
const PATH: Value = Value::Checked(Check { name: "path", check: path });
const EQUATION: Value = Value::Checked(Check { name: "equation", check: equation });

/// `#4f81bd [3204]`: the number in brackets is the place in a palette, and goes.
fn colour(value: &str) -> Option<String> {
    let value = value.split('[').next().unwrap_or_default().trim();
    let is_hex = |digits: &str| {
        matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    // "fill darken(118)" and its like: a shade of another colour.
    let shade = |value: &str| {
        let (name, depth) = value.strip_suffix(')')?.split_once('(')?;
        let depth = measure(depth).filter(|_| name.split(' ').all(is_word))?;
        Some(format!("{name}({depth})"))
    };
    let fits = value.strip_prefix('#').is_some_and(is_hex) || is_word(value);
    if fits { Some(value.to_owned()) } else { shade(value) }
}

/// Commands of a path are one or two letters, between numbers (14.2.2.3).
fn path(value: &str) -> Option<String> {
    const COMMANDS: &[&str] = &[
        "m", "l", "c", "x", "e", "t", "r", "v", "nf", "ns", "ae", "al", "at", "ar", "wa", "wr",
        "qx", "qy", "qb", "ha", "xe", "nfe", "nse", "nsxe", "nfxe", "xnse", "xnfe", "xem",
    ];
    let is_letter = |one: char| one.is_ascii_lowercase();
    let is_other =
        |one: char| one.is_ascii_digit() || matches!(one, ',' | '@' | '#' | '-' | '.' | ' ');
    let words = value.split(|one: char| !is_letter(one)).filter(|word| !word.is_empty());
    let mut numbers = value.split(|one: char| !one.is_ascii_digit());
    // A place has 32 bits.
    let fits = numbers.all(|number| number.len() <= 10)
        && value.chars().all(|one| is_letter(one) || is_other(one))
        && words.into_iter().all(|word| COMMANDS.contains(&word));
    fits.then(|| value.to_owned())
}

/// `sum @1 0 10800` (14.1.2.6).
fn equation(value: &str) -> Option<String> {
    const NAMES: &[&str] = &[
        "val",
        "sum",
        "prod",
        "product",
        "mid",
        "abs",
        "min",
        "max",
        "if",
        "mod",
        "atan2",
        "sin",
        "cos",
        "cosatan2",
        "sinatan2",
        "sqrt",
        "sumangle",
        "ellipse",
        "tan",
        "width",
        "height",
        "xcenter",
        "ycenter",
        "xlimo",
        "ylimo",
        "hasstroke",
        "hasfill",
        "pixellinewidth",
        "pixelLineWidth",
        "pixelwidth",
        "pixelWidth",
        "pixelheight",
        "pixelHeight",
        "emuwidth",
        "emuWidth",
        "emuheight",
        "emuHeight",
        "emuwidth2",
        "emuheight2",
        "lineDrawn",
    ];
    let written = |word: &str| {
        if NAMES.contains(&word) { Some(word.to_owned()) } else { place(word) }
    };
    let words: Option<Vec<String>> = value.split_ascii_whitespace().map(written).collect();
    Some(words?.join(" "))
}

/// Attributes that every shape may have.
const SHAPE: &[(&str, Value)] = &[
    ("type", Name("shape")),
    ("style", STYLE),
    ("coordsize", Numbers),
    ("coordorigin", Numbers),
    ("adj", ADJUSTED),
    ("path", PATH),
    ("fillcolor", COLOUR),
    ("strokecolor", COLOUR),
    ("strokeweight", Measure),
    ("filled", Switch),
    ("stroked", Switch),
    ("opacity", Measure),
    ("wrapcoords", Numbers),
    ("arcsize", Measure),
    ("from", POINT),
    ("to", POINT),
    ("points", POINT),
    ("control1", POINT),
    ("control2", POINT),
    ("startangle", Number),
    ("endangle", Number),
    ("o:allowincell", Switch),
    ("o:allowoverlap", Switch),
    ("o:bordertopcolor", COLOUR),
    ("o:borderleftcolor", COLOUR),
    ("o:borderbottomcolor", COLOUR),
    ("o:borderrightcolor", COLOUR),
    ("o:hr", Switch),
    ("o:hralign", Word),
    ("o:hrstd", Switch),
    ("o:hrnoshade", Switch),
    ("o:hrpct", Number),
    ("o:insetmode", Word),
    ("o:spt", Number),
    ("o:preferrelative", Switch),
    ("print", Switch),
];
/// Numbers of which some may be missing: `,10800`.
const ADJUSTED: Value = Value::Checked(Check { name: "numbers or nothing", check: adjusted });
const POINT: Value = Value::Checked(Check { name: "lengths", check: lengths });

fn adjusted(value: &str) -> Option<String> {
    list(value.trim(), &[',', ' '], measure)
}

fn lengths(value: &str) -> Option<String> {
    list(value.trim(), &[',', ' '], measure)
}

/// Shapes and what is in them.
pub(crate) const VML: AllowList<Rule> = AllowList {
    name: "office drawings in vml",
    allowed: &[
        keep("v:shape", SHAPE),
        keep("v:rect", SHAPE),
        keep("v:roundrect", SHAPE),
        keep("v:oval", SHAPE),
        keep("v:line", SHAPE),
        keep("v:polyline", SHAPE),
        keep("v:curve", SHAPE),
        keep("v:arc", SHAPE),
        keep("v:group", SHAPE),
        keep("v:shapetype", SHAPE),
        keep("v:shapetype", &[("id", Name("shape"))]),
        keep("v:background", SHAPE),
        keep("v:formulas", NONE),
        keep("v:f", &[("eqn", EQUATION)]),
        keep(
            "v:path",
            &[
                ("v", PATH),
                ("textboxrect", ADJUSTED_RECTANGLE),
                ("textpathok", Switch),
                ("arrowok", Switch),
                ("fillok", Switch),
                ("strokeok", Switch),
                ("shadowok", Switch),
                ("gradientshapeok", Switch),
                ("insetpenok", Switch),
                ("limo", Numbers),
                ("o:connecttype", Word),
                ("o:connectlocs", CONNECTIONS),
                ("o:connectangles", Numbers),
                ("o:extrusionok", Switch),
            ],
        ),
        keep(
            "v:stroke",
            &[
                ("on", Switch),
                ("weight", Measure),
                ("color", COLOUR),
                ("color2", COLOUR),
                ("opacity", Measure),
                ("linestyle", Word),
                ("miterlimit", Number),
                ("joinstyle", Word),
                ("endcap", Word),
                ("dashstyle", Plain),
                ("filltype", Word),
                ("startarrow", Word),
                ("startarrowwidth", Word),
                ("startarrowlength", Word),
                ("endarrow", Word),
                ("endarrowwidth", Word),
                ("endarrowlength", Word),
            ],
        ),
        keep(
            "v:fill",
            &[
                ("on", Switch),
                ("type", Word),
                ("color", COLOUR),
                ("color2", COLOUR),
                ("opacity", Measure),
                ("o:opacity2", Measure),
                ("angle", Number),
                ("focus", Measure),
                ("focussize", ADJUSTED),
                ("focusposition", ADJUSTED),
                ("method", Word),
                ("recolor", Switch),
                ("rotate", Switch),
                ("aspect", Word),
                ("r:id", Relation),
            ],
        ),
        keep(
            "v:shadow",
            &[
                ("on", Switch),
                ("type", Word),
                ("color", COLOUR),
                ("color2", COLOUR),
                ("opacity", Measure),
                ("offset", POINT),
                ("offset2", POINT),
                ("origin", ADJUSTED),
                ("obscured", Switch),
            ],
        ),
        keep(
            "v:imagedata",
            &[
                ("r:id", Relation),
                ("cropleft", Measure),
                ("croptop", Measure),
                ("cropright", Measure),
                ("cropbottom", Measure),
                ("gain", Measure),
                ("blacklevel", Measure),
                ("gamma", Measure),
                ("grayscale", Switch),
                ("bilevel", Switch),
                ("chromakey", COLOUR),
            ],
        ),
        keep("v:textbox", &[("style", STYLE), ("inset", INSET)]),
        keep(
            "v:textpath",
            &[
                ("on", Switch),
                ("style", STYLE),
                // The words of a watermark.
                ("string", Text),
                ("fitshape", Switch),
                ("fitpath", Switch),
                ("trim", Switch),
                ("xscale", Switch),
            ],
        ),
        keep("w10:wrap", &[("type", Word), ("side", Word), ("anchorx", Word), ("anchory", Word)]),
        keep("w10:anchorlock", NONE),
    ],
    forbidden: &[
        keep("v:shape", &[("id", Text)]),
        keep("v:shape", &[("alt", Text)]),
        keep("v:shape", &[("title", Text)]),
        keep("v:shape", &[("href", Text)]),
        keep("v:shape", &[("o:gfxdata", Text)]),
        keep("v:shape", &[("o:spid", Text)]),
        keep("v:imagedata", &[("o:title", Text)]),
        keep("v:imagedata", &[("o:href", Text)]),
        keep("v:fill", &[("o:title", Text)]),
        keep("o:OLEObject", &[("ProgID", Text)]),
        keep("o:signatureline", &[("o:suggestedsigner", Text)]),
        keep("o:ink", &[("i", Text)]),
    ],
};

/// `0,0,21600,21600;…`, with places of formulas.
const ADJUSTED_RECTANGLE: Value = Value::Checked(Check { name: "rectangles", check: places });
const CONNECTIONS: Value = Value::Checked(Check { name: "places", check: places });
/// Margins, of which some may be missing.
const INSET: Value = Value::Checked(Check { name: "margins", check: margins });

fn places(value: &str) -> Option<String> {
    list(value.trim(), &[',', ';', ' '], place)
}

/// A number, or which formula or adjustment gives it.
fn place(word: &str) -> Option<String> {
    let number = word.trim_start_matches(['@', '#']);
    let mark = word.get(..word.len() - number.len()).filter(|mark| mark.len() <= 1)?;
    if number.is_empty() { Some(word.to_owned()) } else { Some([mark, &measure(number)?].concat()) }
}

fn margins(value: &str) -> Option<String> {
    list(value.trim(), &[',', ' '], measure)
}
