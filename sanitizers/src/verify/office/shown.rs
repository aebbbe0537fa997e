//! The words of a part, and its pictures, in the order in which people meet them.
//!
//! The same walk is done over the original and over the copy. What a copy declares as
//! removed is passed over in both: deleted text, comments, hidden text, codes of fields,
//! and whatever stands in lists of extensions.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::documents::Pages;
use super::fields::Fields;
use super::hidden::Styles;
use super::package::{Package, Relations, part_of};
use super::xml::{self, Step, child, name, relation, text};

/// Parts inside of parts: a slide holds a drawing, which holds a diagram.
const DEEPEST: u32 = 4;

/// What was met.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) words: String,
    /// Parts with pictures, each time one is shown.
    pub(super) pictures: Vec<String>,
    /// Of these, those of lists that may be used by nobody, and are then left out.
    pub(super) of_lists: BTreeSet<String>,
    /// What is hidden by its style, in text documents.
    pub(super) styles: Styles,
    /// Which headers and notes are shown, in text documents.
    pub(super) pages: Option<Pages>,
    /// Whether a text document holds something that it does not show.
    pub(super) hides: bool,
    /// Parts that were gone through.
    pub(super) seen: BTreeSet<String>,
}

/// How a part is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// All that is in it.
    Whole,
    /// What it lends to slides: not the words in its frames, which say what to type.
    Model,
}

/// Goes through one part and what it shows of others.
pub(super) fn part(
    package: &mut Package<'_>,
    part: &str,
    reading: Reading,
    shown: &mut Shown,
) -> Option<()> {
    inside(package, part, reading, shown, DEEPEST)
}

fn inside(
    package: &mut Package<'_>,
    part: &str,
    reading: Reading,
    shown: &mut Shown,
    depth: u32,
) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    shown.seen.insert(part.to_owned());
    let characters = package.text(part)?;
    let tree = xml::parse(&characters)?;
    let relations = package.relations(part)?;
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let fields = {
        let styles = &shown.styles;
        Fields::read(tree.root_element(), &|node| is_unseen(node, reading) || styles.hide(node))?
    };
    xml::walk(tree.root_element(), &mut |node| {
        if is_unseen(node, reading) {
            return Some(Step::Over);
        }
        // An instruction may reach over paragraphs, of which only the words are not shown.
        let in_run = node.parent_element().is_some_and(|of| name(of) == ("w", "r"));
        let in_instruction = in_run && fields.hide(node);
        if shown.styles.hide(node)
            || shown.pages.as_mut().is_some_and(|pages| pages.hide(node))
            || in_instruction
        {
            shown.hides |= name(node) != ("w", "rPr");
            return Some(Step::Over);
        }
        shown.words.push_str(fields.form(node));
        if let Some(id) = picture(node) {
            shown.pictures.extend(part_of(&relations, id).map(str::to_owned));
        }
        if let Some(other) = others(package, node, &relations, folder) {
            inside(package, &other, Reading::Whole, shown, depth)?;
        }
        // A text document has the words of a diagram in paragraphs of its own.
        if shown.pages.is_some() && name(node) == ("a", "p") {
            return Some(Step::Into);
        }
        Some(words(node, &mut shown.words))
    })
}

/// What neither is seen nor may be compared.
fn is_unseen(node: Node<'_, '_>, reading: Reading) -> bool {
    match name(node) {
        ("c", "lvl") => node.prev_sibling_element().is_some_and(|one| name(one) == ("c", "lvl")),
        (_, "extLst") | ("w", "del" | "moveFrom" | "delText" | "instrText" | "delInstrText") => {
            true
        }
        ("w", local) if local.ends_with("Change") => true,
        ("w", "tr") if holds(node, "trPr", "del") => true,
        ("w", "tc") if holds(node, "tcPr", "cellDel") => true,
        ("p", "txBody") => reading == Reading::Model && is_frame(node),
        _ => false,
    }
}

/// Whether what is said of an element has this mark.
fn holds(node: Node<'_, '_>, about: &str, mark: &str) -> bool {
    child(node, about).and_then(|about| child(about, mark)).is_some()
}

/// Whether a text belongs to a frame that slides fill.
fn is_frame(body: Node<'_, '_>) -> bool {
    let shape = body.parent_element();
    shape.and_then(|shape| child(child(child(shape, "nvSpPr")?, "nvPr")?, "ph")).is_some()
}

fn picture<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    match name(node) {
        ("a", "blip") => relation(node, "embed"),
        ("v", "imagedata" | "fill") | ("x", "picture") => relation(node, "id"),
        _ => None,
    }
}

/// Parts that are shown where this element stands.
fn others(
    package: &mut Package<'_>,
    node: Node<'_, '_>,
    relations: &Relations,
    folder: &str,
) -> Option<String> {
    match name(node) {
        ("c", "chart") => part_of(relations, relation(node, "id")?).map(str::to_owned),
        ("w", "headerReference" | "footerReference") | ("x", "drawing") => {
            part_of(relations, relation(node, "id")?).map(str::to_owned)
        }
        ("dgm", "relIds") => {
            let data = part_of(relations, relation(node, "dm")?)?.to_owned();
            let characters = package.text(&data)?;
            let tree = xml::parse(&characters)?;
            let mut all = tree.descendants();
            let link = all.find(|node| node.tag_name().name() == "dataModelExt")?;
            let drawing = part_of(relations, link.attribute("relId")?);
            drawing.map(str::to_owned).filter(|part| !folder.is_empty() && !part.is_empty())
        }
        _ => None,
    }
}

fn words(node: Node<'_, '_>, words: &mut String) -> Step {
    match name(node) {
        ("w" | "m" | "a", "t") => words.push_str(&text(node)),
        ("a", "fld") if node.attribute("type").is_some_and(|of| of.starts_with("datetime")) => {
            // Whoever opens it sees the day on which it is opened.
            words.push_str("[day]");
            return Step::Over;
        }
        ("w", "sym") => {
            let code = node.attributes().find(|one| one.name() == "char");
            words.extend(["[", code.map_or("", |code| code.value()), "]"]);
        }
        ("w", "tab") if node.parent_element().is_some_and(|of| name(of) == ("w", "r")) => {
            words.push('\t');
        }
        ("w", "br" | "cr") | ("a", "p" | "br") => words.push('\n'),
        ("w", "noBreakHyphen") => words.push('\u{2011}'),
        ("w", "footnoteReference" | "endnoteReference") => words.push('*'),
        ("v", "textpath") => words.push_str(node.attribute("string").unwrap_or_default()),
        ("c", "v") => words.extend(["\n", &*text(node), "\n"]),
        _ => return Step::Into,
    }
    Step::Over
}
