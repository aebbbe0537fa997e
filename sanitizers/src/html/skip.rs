//! Leaves out an element with its content, also where its end is not written.

use super::rules;

/// Elements before which a paragraph ends by itself (HTML Standard, 13.1.2.4).
const END_PARAGRAPHS: [&str; 31] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "ul",
];

/// Elements whose end need not be written, with those that begin behind them.
const ENDED_BY: [(&str, &[&str]); 11] = [
    ("p", &END_PARAGRAPHS),
    ("li", &["li"]),
    ("dt", &["dt", "dd"]),
    ("dd", &["dt", "dd"]),
    ("td", &["td", "th", "tr", "tbody", "thead", "tfoot"]),
    ("th", &["td", "th", "tr", "tbody", "thead", "tfoot"]),
    ("tr", &["tr", "tbody", "thead", "tfoot"]),
    ("tbody", &["tbody", "tfoot"]),
    ("thead", &["tbody", "tfoot"]),
    ("tfoot", &["tbody"]),
    ("option", &["option", "optgroup"]),
];

/// Elements that end drawings and formulas around them (HTML Standard, 13.2.6.5).
const BREAK_OUT: [&str; 45] = [
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "i",
    "img",
    "li",
    "listing",
    "menu",
    "meta",
    "nobr",
    "ol",
    "p",
    "pre",
    "ruby",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tt",
    "u",
    "ul",
    "var",
    "font",
];

/// Elements of drawings and formulas in which pages go on (13.2.6, 13.2.4.2).
const PAGES_INSIDE: [&str; 9] =
    ["foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"];

/// An element that is being left out.
pub(super) struct Skip {
    name: String,
    /// Elements that began inside and have not ended.
    inside: Vec<String>,
    /// Whether words were left out.
    pub(super) words: bool,
    /// Whether it is hidden, and not merely of no use.
    pub(super) hidden: bool,
}

/// What a tag means for an element that is being left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It belongs to it.
    Inside,
    /// It ends it and belongs to it.
    Ended,
    /// It ends it and does not belong to it.
    EndedBefore,
}

impl Skip {
    /// Begins to leave out an element.
    pub(super) fn new(name: &str, hidden: bool) -> Skip {
        Skip { name: name.to_owned(), inside: Vec::new(), words: false, hidden }
    }

    /// Whether what is inside follows the rules of drawings and formulas.
    pub(super) fn is_foreign(&self) -> bool {
        self.foreign().is_some()
    }

    /// Elements inside each other.
    pub(super) fn depth(&self) -> usize {
        self.inside.len()
    }

    /// How many elements are open around the drawing or formula that one is directly in.
    fn foreign(&self) -> Option<usize> {
        let open = || [&self.name].into_iter().chain(&self.inside);
        let is_page = |name: &String| PAGES_INSIDE.contains(&&**name);
        // A title of a page is none of a drawing.
        let is_drawing = |name: &String| name == "svg" || name == "math";
        let first = open().position(is_drawing)?;
        let page = open().skip(first).collect::<Vec<_>>().iter().rposition(|name| is_page(name));
        let from = page.map_or(first, |page| first + page);
        open().skip(from).position(is_drawing).map(|at| from + at)
    }

    /// The beginning of an element.
    ///
    /// `has_looks` is whether it has those attributes that a `font` of a page has.
    pub(super) fn start(&mut self, name: &str, self_closing: bool, has_looks: bool) -> Step {
        if BREAK_OUT.contains(&name)
            && (name != "font" || has_looks)
            && let Some(around) = self.foreign()
        {
            let Some(inside) = around.checked_sub(1) else { return Step::EndedBefore };
            self.inside.truncate(inside);
        }
        if self.inside.is_empty() && ended_by(&self.name).contains(&name) {
            return Step::EndedBefore;
        }
        let has_no_content = rules::is_empty(name) || (self_closing && self.is_foreign());
        if !has_no_content {
            while self.inside.last().is_some_and(|last| ended_by(last).contains(&name)) {
                self.inside.pop();
            }
            self.inside.push(name.to_owned());
        }
        Step::Inside
    }

    /// The end of an element.
    pub(super) fn end(&mut self, name: &str) -> Step {
        if let Some(place) = self.inside.iter().rposition(|inside| inside == name) {
            self.inside.truncate(place);
            Step::Inside
        } else if name == self.name {
            Step::Ended
        } else if !ended_by(&self.name).is_empty() && is_around(name) {
            Step::EndedBefore
        } else {
            Step::Inside
        }
    }
}

fn ended_by(name: &str) -> &'static [&'static str] {
    ENDED_BY.iter().find(|(one, _)| *one == name).map_or(&[], |(_, by)| *by)
}

/// Whether the end of such an element ends what is inside of it.
fn is_around(name: &str) -> bool {
    END_PARAGRAPHS.contains(&name)
        || ["li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "table", "body", "html"]
            .contains(&name)
        || name == "select"
}
