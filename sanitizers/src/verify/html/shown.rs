//! What a browser shows of a page: words, the boxes around them, pictures.

use super::tree::{Node, Tree};

/// What is shown.
#[derive(Default)]
pub(super) struct Shown {
    /// The words without blanks, with a mark where a box begins that gives them meaning.
    pub(super) words: String,
    /// Whether something is shown instead of words that stand in the page.
    pub(super) has_shadow: bool,
    /// Addresses of the pictures that lie in the page itself.
    pub(super) pictures: Vec<String>,
}

/// Boxes whose number and order must not change, each with its mark.
const BOXES: [(&str, char); 14] = [
    ("h1", '\u{1}'),
    ("h2", '\u{2}'),
    ("h3", '\u{3}'),
    ("h4", '\u{4}'),
    ("h5", '\u{5}'),
    ("h6", '\u{6}'),
    ("li", '\u{7}'),
    ("tr", '\u{E}'),
    ("td", '\u{F}'),
    ("th", '\u{10}'),
    ("caption", '\u{11}'),
    ("dt", '\u{12}'),
    ("dd", '\u{13}'),
    ("br", '\u{14}'),
];

/// Elements of which nothing is shown, or nothing that is words.
const UNSEEN: [&str; 18] = [
    "head",
    "title",
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "applet",
    "audio",
    "video",
    "canvas",
    "svg",
    "datalist",
    "map",
    "annotation",
    "noframes",
    "noembed",
];

/// Fields and buttons that show their value.
const WITH_VALUE: [&str; 12] = [
    "", "button", "date", "email", "number", "reset", "search", "submit", "tel", "text", "time",
    "url",
];

/// Collects what is shown of a page.
pub(super) fn shown(tree: &Tree) -> Shown {
    let mut shown = Shown::default();
    tree.walk(|node| enter(&mut shown, node));
    shown
}

fn enter(shown: &mut Shown, node: &Node) -> bool {
    match node {
        Node::Document => true,
        Node::Comment => false,
        Node::Text(words) => {
            shown.words.extend(words.chars().filter(|c| !c.is_whitespace()));
            false
        }
        Node::Element { name, attributes } => {
            let name = &*name.local;
            let value = |of: &str| attributes.iter().find(|(name, _)| name == of).map(|(_, v)| v);
            shown.has_shadow |= name == "template"
                && (value("shadowrootmode").is_some() || value("shadowroot").is_some());
            if UNSEEN.contains(&name) || name == "annotation-xml" || name == "rtc" {
                return false;
            }
            let whole = matches!(name, "html" | "body");
            let closed = name == "dialog" && value("open").is_none();
            if !whole
                && (["hidden", "popover"].iter().any(|one| value(one).is_some())
                    || closed
                    || value("style").is_some_and(|s| hides(s)))
            {
                return false;
            }
            if let Some((_, mark)) = BOXES.iter().find(|(of, _)| *of == name) {
                shown.words.push(*mark);
            }
            if name == "img" {
                shown.pictures.extend(value("src").filter(|src| is_inside(src)).cloned());
            }
            let kind = value("type").map(|kind| kind.to_ascii_lowercase()).unwrap_or_default();
            if name == "input" && WITH_VALUE.contains(&&*kind) {
                let words = value("value").map_or("", |value| value);
                shown.words.extend(words.chars().filter(|c| !c.is_whitespace()));
            }
            true
        }
    }
}

fn is_inside(address: &str) -> bool {
    address.trim_start().get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// Whether a style takes an element out of sight.
pub(in crate::verify) fn hides(style: &str) -> bool {
    let mut pieces = style.split("/*");
    let mut bare = pieces.next().unwrap_or_default().to_owned();
    bare.extend(pieces.filter_map(|piece| piece.split_once("*/")).map(|(_, behind)| behind));
    bare.split(';').any(|declaration| {
        let Some((name, value)) = declaration.split_once(':') else { return false };
        let (name, value) = (spelled(name), spelled(value));
        let value = value.strip_suffix("!important").unwrap_or(&value);
        match &*name {
            "display" | "mso-hide" => value == "none" || value == "all",
            "visibility" => value == "hidden" || value == "collapse",
            "opacity" | "font-size" | "zoom" => {
                let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
                digits.parse::<f32>().is_ok_and(|number| number == 0.0)
            }
            _ => false,
        }
    })
}

/// Letters as they are meant: escapes are undone, blanks and large letters do not count.
fn spelled(text: &str) -> String {
    let mut letters = text.chars().peekable();
    let mut out = String::new();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        let (mut code, mut digits) = (0, 0);
        while let Some(digit) =
            letters.peek().and_then(|one| one.to_digit(16)).filter(|_| digits < 6)
        {
            code = code * 16 + digit;
            digits += 1;
            letters.next();
        }
        out.extend(char::from_u32(code).filter(|_| digits > 0));
    }
    out.to_lowercase().split_whitespace().collect()
}
