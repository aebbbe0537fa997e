//! What a document shows: words, the boxes around them, the values of cells.

use std::collections::BTreeMap;

use roxmltree::Node;

/// What is shown.
#[derive(Default)]
pub(super) struct Shown {
    /// Words without blanks, with a mark where a box begins.
    pub(super) words: String,
    /// The formula of each cell, if it has one.
    pub(super) formulas: Vec<Option<String>>,
}

/// Elements of which nothing is shown, with all that is in them.
const UNSEEN: &str = " office:annotation office:annotation-end office:forms \
    office:event-listeners office:scripts office:binary-data text:tracked-changes \
    text:variable-decls text:sequence-decls text:user-field-decls text:dde-connection-decls \
    text:script text:label text:alphabetical-index-auto-mark-file text:bibliography-configuration \
    text:table-of-content-source text:illustration-index-source text:table-index-source \
    text:object-index-source text:user-index-source text:alphabetical-index-source \
    text:bibliography-source text:section-source table:tracked-changes table:named-expressions \
    table:content-validations table:database-ranges table:data-pilot-tables table:consolidation \
    table:dde-links table:label-ranges table:scenario table:detective table:table-source \
    table:title table:desc table:cell-range-source draw:param draw:image-map draw:plugin \
    draw:applet draw:floating-frame draw:object draw:object-ole presentation:settings \
    presentation:animations presentation:notes \
    presentation:header-decl presentation:footer-decl presentation:date-time-decl presentation:event-listener presentation:sound math:annotation \
    math:annotation-xml math:mphantom ";

/// Boxes with the marks that begin them.
const BOXES: [(&str, char); 13] = [
    ("text:p", '\u{1}'),
    ("text:h", '\u{2}'),
    ("text:list-item", '\u{3}'),
    ("text:list-header", '\u{4}'),
    ("table:table", '\u{5}'),
    ("table:table-row", '\u{6}'),
    ("table:table-cell", '\u{7}'),
    ("table:covered-table-cell", '\u{8}'),
    ("draw:page", '\u{E}'),
    ("draw:frame", '\u{F}'),
    ("draw:control", '\u{F}'),
    ("text:note", '\u{10}'),
    ("text:line-break", '\u{11}'),
];

/// The namespaces that show something, by the last word of their names.
const SPACES: [(&str, &str); 8] = [
    ("chart", "urn:oasis:names:tc:opendocument:xmlns:chart:1.0"),
    ("dr3d", "urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0"),
    ("draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
    ("math", "http://www.w3.org/1998/Math/MathML"),
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("presentation", "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
];

const STYLE: &str = "urn:oasis:names:tc:opendocument:xmlns:style:1.0";

/// What the body of a part shows, or the whole of a formula.
pub(super) fn of(root: &Node<'_, '_>, styles: Option<Node<'_, '_>>) -> Shown {
    let body = root.children().find(|node| name(node).as_deref() == Some("office:body"));
    let lists = [Some(*root), styles];
    let mut walk = Walk::new(lists.into_iter().flatten());
    walk.enter(&body.unwrap_or(*root), false);
    walk.shown
}

/// What a page of a part with styles shows by itself.
pub(super) fn of_page(page: &Node<'_, '_>, root: Node<'_, '_>) -> Shown {
    let mut walk = Walk::new([root].into_iter());
    page.children().for_each(|child| walk.enter(&child, false));
    walk.shown
}

fn name(node: &Node<'_, '_>) -> Option<String> {
    let space = node.tag_name().namespace()?;
    let local = node.tag_name().name();
    if space == STYLE {
        return Some(format!("style:{local}"));
    }
    let (prefix, _) = SPACES.iter().find(|(_, uri)| *uri == space)?;
    Some(format!("{prefix}:{local}"))
}

fn value<'a>(node: &Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|found| found.value())
}

/// Whether a style hides, and the one it is made after.
type Style = (Option<bool>, Option<String>);

struct Walk {
    shown: Shown,
    /// Styles of the part and of the document, by family and name; the part's count first.
    styles: Vec<BTreeMap<(String, String), Style>>,
    fields: BTreeMap<String, String>,
}

impl Walk {
    fn new<'a>(lists: impl Iterator<Item = Node<'a, 'a>>) -> Walk {
        let mut styles = Vec::new();
        let mut lists: Vec<_> = lists.collect();
        // Automatic styles of the part itself, then those that the whole document shares.
        let shared = lists.pop();
        for (root, kinds) in lists
            .into_iter()
            .map(|root| (root, &["automatic-styles", "styles"][..]))
            .chain(shared.map(|root| (root, &["automatic-styles", "styles"][..])))
        {
            for kind in kinds {
                styles.push(read(&root, kind));
            }
        }
        Walk { shown: Shown::default(), styles, fields: BTreeMap::new() }
    }

    fn enter(&mut self, node: &Node<'_, '_>, inline: bool) {
        if node.is_text() {
            if inline {
                let words = node.text().unwrap_or_default();
                self.shown.words.extend(words.chars().filter(|c| !c.is_whitespace()));
            }
            return;
        }
        let Some(name) = name(node) else { return };
        if name == "office:forms" {
            self.remember(node);
        }
        if UNSEEN.contains(&format!(" {name} ")) || self.is_hidden(&name, node) {
            return;
        }
        if name == "draw:image" && !is_first_with_words(node) {
            return;
        }
        self.mark(&name, node);
        if name == "draw:control" {
            let id = value(node, "control").unwrap_or_default();
            for line in self.fields.get(id).cloned().unwrap_or_default().lines() {
                self.shown.words.push('\u{1}');
                self.shown.words.extend(line.chars().filter(|c| !c.is_whitespace()));
            }
            return;
        }
        // Programs show a prompt in its place.
        let is_prompt = value(node, "placeholder") == Some("true");
        let inline = inside(&name, inline);
        let children =
            node.children().filter(|child| !is_prompt || child.tag_name().name() != "text-box");
        for child in children {
            self.enter(&child, inline);
        }
        if name.ends_with("table-cell")
            && !node.children().any(|child| child.tag_name().name() == "p")
            && let Some(words) = value(node, "string-value").filter(|words| !words.is_empty())
        {
            self.shown.words.push('\u{1}');
            self.shown.words.extend(words.chars().filter(|c| !c.is_whitespace()));
        }
    }

    fn mark(&mut self, name: &str, node: &Node<'_, '_>) {
        if let Some((_, mark)) = BOXES.iter().find(|(of, _)| *of == name) {
            self.shown.words.push(*mark);
        }
        for count in ["number-columns-repeated", "number-rows-repeated", "number-columns-spanned"] {
            let count = value(node, count).filter(|count| count.parse::<u32>().is_ok());
            self.shown.words.push_str(count.unwrap_or_default());
        }
        if name == "table:table-cell" {
            for held in ["value", "date-value", "time-value", "boolean-value"] {
                self.shown.words.push_str(value(node, held).unwrap_or_default());
            }
            self.shown.formulas.push(value(node, "formula").map(str::to_owned));
        }
    }

    fn is_hidden(&self, name: &str, node: &Node<'_, '_>) -> bool {
        let is_off = value(node, "is-hidden") != Some("false");
        match name {
            "text:section" => match value(node, "display") {
                Some("none") => true,
                Some("condition") => is_off,
                _ => false,
            },
            "text:hidden-text" => is_off,
            "text:p" | "text:h" => self.by_style("paragraph", node) || has_hiding_field(node),
            "text:span" => self.by_style("text", node),
            _ if name.starts_with("style:header") || name.starts_with("style:footer") => {
                value(node, "display") == Some("false")
            }
            _ => false,
        }
    }

    fn by_style(&self, family: &str, node: &Node<'_, '_>) -> bool {
        let mut name = value(node, "style-name").map(str::to_owned);
        for _ in 0..32 {
            let Some(this) = name.take() else { return false };
            let key = (family.to_owned(), this);
            match self.styles.iter().find_map(|list| list.get(&key)) {
                Some((Some(hides), _)) => return *hides,
                Some((None, parent)) => name.clone_from(parent),
                None => return false,
            }
        }
        false
    }

    /// What the fields of forms show.
    fn remember(&mut self, forms: &Node<'_, '_>) {
        for field in forms.descendants().filter(Node::is_element) {
            let ids = field.attributes().filter(|attribute| attribute.name() == "id");
            for id in ids {
                self.fields.insert(id.value().to_owned(), field_words(&field));
            }
        }
    }
}

/// Whether text in an element belongs to a line of words.
fn inside(name: &str, inline: bool) -> bool {
    let (space, local) = name.split_once(':').unwrap_or_default();
    match space {
        "text" => match local {
            "note" | "note-body" | "section" | "list" | "list-item" | "list-header"
            | "index-body" | "index-title" | "ruby" | "s" | "tab" | "line-break" => false,
            "p" | "h" | "note-citation" | "ruby-base" | "ruby-text" | "span" | "page-number"
            | "page-count" | "sheet-name" => true,
            _ => inline,
        },
        "presentation" => !matches!(local, "notes" | "placeholder"),
        "math" => matches!(local, "mi" | "mn" | "mo" | "ms" | "mtext"),
        "draw" => local == "a" && inline,
        _ => false,
    }
}

/// Whether words stand on a picture, and it is the first one of several.
fn is_first_with_words(image: &Node<'_, '_>) -> bool {
    let is_image = |node: &Node<'_, '_>| node.tag_name().name() == "image";
    let mut before = image.prev_siblings().skip(1);
    let mut inside = image.descendants();
    !before.any(|node| is_image(&node))
        && inside.any(|node| node.is_text() && !node.text().unwrap_or_default().trim().is_empty())
}

fn has_hiding_field(node: &Node<'_, '_>) -> bool {
    node.children().filter(Node::is_element).any(|child| match child.tag_name().name() {
        "hidden-paragraph" => value(&child, "is-hidden") != Some("false"),
        "p" | "h" => false,
        _ => has_hiding_field(&child),
    })
}

fn read(root: &Node<'_, '_>, list: &str) -> BTreeMap<(String, String), Style> {
    let mut styles = BTreeMap::new();
    let lists = root.children().filter(|node| node.tag_name().name() == list);
    for style in lists.flat_map(|list| list.children()) {
        if style.tag_name().name() != "style" {
            continue;
        }
        let (Some(family), Some(name)) = (value(&style, "family"), value(&style, "name")) else {
            continue;
        };
        let text = style.children().find(|node| node.tag_name().name() == "text-properties");
        let hides = text.and_then(|text| value(&text, "display")).map(|display| display == "none");
        let parent = value(&style, "parent-style-name").map(str::to_owned);
        styles.insert((family.to_owned(), name.to_owned()), (hides, parent));
    }
    styles
}

fn field_words(field: &Node<'_, '_>) -> String {
    let first = |one: &str, other: &str| {
        let one = value(field, one).filter(|value| !value.is_empty());
        one.or_else(|| value(field, other)).unwrap_or_default().to_owned()
    };
    match field.tag_name().name() {
        "text" | "textarea" | "formatted-text" | "number" | "date" | "time" | "combobox" => {
            first("current-value", "value")
        }
        "fixed-text" | "button" | "frame" => first("label", ""),
        "checkbox" | "radio" => {
            let state = first("current-state", "current-selected");
            let on = state == "checked" || state == "true";
            format!("{} {}", if on { '\u{2612}' } else { '\u{2610}' }, first("label", ""))
        }
        "listbox" => {
            let chosen = field.children().filter(|option| {
                let state = value(option, "current-selected").or_else(|| value(option, "selected"));
                option.tag_name().name() == "option" && state == Some("true")
            });
            let labels: Vec<&str> = chosen.filter_map(|one| value(&one, "label")).collect();
            labels.join("\n")
        }
        _ => String::new(),
    }
}
