//! What a page may hold.

use crate::allow::AllowList;

/// Elements that are kept, with nothing but the attributes below.
pub(super) const ELEMENTS: AllowList<&str> = AllowList {
    name: "html elements",
    allowed: &[
        "abbr",
        "address",
        "article",
        "aside",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "ins",
        "kbd",
        "li",
        "main",
        "mark",
        "nav",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
    ],
    forbidden: &[
        "a", "area", "audio", "base", "embed", "iframe", "input", "link", "meta", "object",
        "script", "style", "svg", "template", "title", "video",
    ],
};

/// Attributes that are kept, with the elements they are kept on; an empty name is any.
pub(super) const ATTRIBUTES: AllowList<(&str, &str)> = AllowList {
    name: "html attributes",
    allowed: &[
        ("", "dir"),
        ("td", "colspan"),
        ("td", "rowspan"),
        ("th", "colspan"),
        ("th", "rowspan"),
        ("ol", "start"),
        ("ol", "type"),
        ("ol", "reversed"),
        ("li", "value"),
    ],
    forbidden: &[
        ("", "id"),
        ("", "class"),
        ("", "style"),
        ("", "title"),
        ("", "lang"),
        ("", "onclick"),
        ("", "data-user"),
        ("", "itemid"),
        ("del", "datetime"),
        ("ins", "cite"),
        ("td", "background"),
        ("blockquote", "cite"),
    ],
};

/// Elements written as another one that means the same.
const RENAMED: [(&str, &str); 16] = [
    ("center", "div"),
    ("details", "div"),
    ("dialog", "div"),
    ("dir", "ul"),
    ("fieldset", "div"),
    ("form", "div"),
    ("hgroup", "div"),
    ("legend", "div"),
    ("listing", "pre"),
    ("menu", "ul"),
    ("search", "div"),
    ("strike", "s"),
    ("summary", "div"),
    ("tt", "code"),
    ("xmp", "pre"),
    ("acronym", "abbr"),
];

/// Elements that go with all that is in them: nobody sees it, or it is no text.
const DROPPED: [&str; 19] = [
    "annotation",
    "annotation-xml",
    "applet",
    "audio",
    "canvas",
    "datalist",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "rtc",
    "script",
    "style",
    "svg",
    "template",
    "title",
    "video",
    "map",
];

/// Elements without content, of which some are not kept.
const EMPTY: [&str; 20] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img",
    "input", "keygen", "link", "meta", "param", "source", "track", "wbr", "command",
];

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stays under this name.
    Kept(&'static str),
    /// Its tags go, its content stays.
    Opened,
    /// It goes with its content.
    Dropped,
}

/// Says what becomes of an element.
pub(crate) fn fate(name: &str) -> Fate {
    let renamed = RENAMED.iter().find(|(from, _)| *from == name).map(|(_, to)| *to);
    let name = renamed.unwrap_or(name);
    let lists = [ELEMENTS.allowed, ELEMENTS.forbidden];
    let known = lists.iter().flat_map(|list| list.iter()).find(|kept| **kept == name);
    if let Some(known) = known
        && ELEMENTS.allows(known)
    {
        return Fate::Kept(known);
    }
    if DROPPED.contains(&name) { Fate::Dropped } else { Fate::Opened }
}

/// Whether an element never has content.
pub(crate) fn is_empty(name: &str) -> bool {
    EMPTY.contains(&name)
}

/// Whether an attribute of an element is kept, and its value one it may have.
pub(crate) fn keeps(element: &str, attribute: &str, value: &str) -> bool {
    let known = ATTRIBUTES.allowed.iter().chain(ATTRIBUTES.forbidden);
    let mut fitting =
        known.filter(|(of, name)| *name == attribute && (of.is_empty() || *of == element));
    fitting.any(|one| ATTRIBUTES.allows(one)) && is_value(attribute, value)
}

fn is_value(attribute: &str, value: &str) -> bool {
    match attribute {
        "dir" => matches!(value, "ltr" | "rtl" | "auto"),
        "type" => matches!(value, "1" | "a" | "A" | "i" | "I"),
        "reversed" => value.is_empty(),
        "start" | "value" if value == "0" => true,
        "start" | "value" => is_number(value.strip_prefix('-').unwrap_or(value)),
        "colspan" | "rowspan" => is_number(value),
        // Only in tests, which let in what must not come in.
        _ => true,
    }
}

fn is_number(value: &str) -> bool {
    (1..=4).contains(&value.len())
        && value.bytes().all(|byte| byte.is_ascii_digit())
        && !value.starts_with('0')
}

/// The lists that the table of canaries watches over: name and number of neighbours.
#[cfg(test)]
pub(crate) fn lists() -> [(&'static str, usize); 2] {
    [(ELEMENTS.name, ELEMENTS.forbidden.len()), (ATTRIBUTES.name, ATTRIBUTES.forbidden.len())]
}

/// The tables as lines of text.
pub(super) fn explain() -> Vec<String> {
    let mut lines: Vec<String> =
        ELEMENTS.allowed.iter().map(|name| format!("element {name}: kept")).collect();
    lines.extend(RENAMED.iter().map(|(from, to)| format!("element {from}: written as {to}")));
    lines.extend(DROPPED.iter().map(|name| format!("element {name}: removed with its content")));
    lines.push("element img: kept if the picture is in the page, which is cleaned".to_owned());
    lines.push("other elements: their tags are removed, their words stay".to_owned());
    lines.extend(ATTRIBUTES.allowed.iter().map(|(of, name)| {
        let of = if of.is_empty() { "every element" } else { of };
        format!("attribute {name} of {of}: kept if its value is an expected one")
    }));
    lines.push("other attributes, comments, instructions: removed".to_owned());
    lines
}
