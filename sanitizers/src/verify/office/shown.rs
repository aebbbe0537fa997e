//! The words of a part, and its pictures, in the order in which people meet them.
//!
//! The same walk is done over the original and over the copy. What a copy declares as
//! removed is passed over in both: deleted text, comments, hidden text, codes of fields,
//! and whatever stands in lists of extensions.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::documents::{Pages, is_line};
use super::fields::{self, Fields};
use super::hidden::Styles;
use super::package::{Package, Relations, part_of};
use super::xml::{self, Step, child, name, relation, text};
use super::{merged, names, places};

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
    /// How deep in lists paragraphs stand.
    pub(super) levels: BTreeSet<String>,
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
    /// The same of one whose shapes no slide shows: there may be nothing but frames in it.
    Frames,
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
    let before = shown.styles.enter(tree.root_element());
    let fields = {
        let styles = &shown.styles;
        Fields::read(tree.root_element(), &|node| is_unseen(node, reading) || styles.hide(node))?
    };
    let covered = {
        let styles = &shown.styles;
        merged::covered(tree.root_element(), &|row| is_unseen(row, reading) || styles.hide(row))
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
        if in_run && fields.is_number(node) {
            shown.hides |= name(node) != ("w", "t") || text(node) != fields::NUMBER;
            return Some(Step::Over);
        }
        if name(node) == ("w", "fldSimple")
            && let Some(instruction) = node.attributes().find(|one| one.name() == "instr")
            && fields::is_number(instruction.value())
        {
            shown.words.push_str("[number]");
            shown.hides |= text(node) != fields::NUMBER;
            return Some(Step::Over);
        }
        if !places::is_shown_there(node) || !names::is_switched_on(node) {
            return Some(Step::Over);
        }
        match name(node) {
            ("w", "ilvl") => shown.levels.extend(value(node).map(str::to_owned)),
            ("w", "lvl") => shown.hides |= has_unused_words(node, shown),
            _ => {}
        }
        if reading == Reading::Frames && is_loose_shape(node) {
            shown.hides = true;
            return Some(Step::Over);
        }
        if is_never_shown(node) || covered.contains(&node.range().start) {
            shown.hides |= holds_words(node);
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
    })?;
    shown.styles.leave(before);
    Some(())
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
        ("p", "txBody") => reading != Reading::Whole && is_frame(node),
        _ => false,
    }
}

fn value<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attributes().find(|one| one.name() == "val").map(|one| one.value())
}

/// Whether a level of a list that no paragraph is in has words of its own.
fn has_unused_words(level: Node<'_, '_>, shown: &Shown) -> bool {
    let depth = level.attributes().find(|one| one.name() == "ilvl").map_or("", |one| one.value());
    let is_used = depth == "0"
        || shown.levels.contains(depth)
        || shown.styles.levels.iter().any(|one| one == depth)
        || child(level, "pStyle").is_some();
    let words = child(level, "lvlText").and_then(value).unwrap_or_default();
    let pairs = words.chars().zip(words.chars().skip(1));
    !is_used && pairs.into_iter().any(|(one, next)| one.is_alphabetic() && next.is_alphabetic())
}

/// What is there for the form alone: cells under others, lines above notes, and what takes up
/// room in a formula.
fn is_never_shown(node: Node<'_, '_>) -> bool {
    let is_on = |key: &str| matches!(node.attribute(key), Some("1" | "true"));
    match name(node) {
        ("a", "tc") => is_on("hMerge") || is_on("vMerge"),
        ("w", "footnote" | "endnote") => is_line(node),
        ("m", "phant") => {
            let show = child(node, "phantPr").and_then(|looks| child(looks, "show"));
            matches!(show.and_then(value), Some("0" | "false" | "off"))
        }
        _ => false,
    }
}

/// Whether there is more in it than the letters that stand for others.
fn holds_words(node: Node<'_, '_>) -> bool {
    let is_formula = name(node) == ("m", "phant");
    let stands_for_another = |one: char| is_formula && matches!(one, '0' | 'x');
    node.descendants().any(|inside| match name(inside) {
        (_, "t") => !text(inside).trim().chars().all(|one| one == ' ' || stands_for_another(one)),
        ("w", "sym" | "drawing" | "pict" | "object") => true,
        _ => false,
    })
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

/// Whether it is a shape on a master that is no frame.
fn is_loose_shape(node: Node<'_, '_>) -> bool {
    let is_shape = node.parent_element().is_some_and(|of| name(of) == ("p", "spTree"));
    let frame = || {
        let abouts = node.children().filter(|one| one.tag_name().name().starts_with("nv"));
        abouts
            .into_iter()
            .any(|about| child(about, "nvPr").is_some_and(|of| child(of, "ph").is_some()))
    };
    is_shape && !matches!(name(node), ("p", "nvGrpSpPr" | "grpSpPr")) && !frame()
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
        ("a", "fld") if node.attribute("type") == Some("slidenum") => {
            words.push_str("[number]");
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
        ("v", "textpath") if matches!(node.attribute("on"), Some("f" | "false" | "0" | "off")) => {}
        ("v", "textpath") => words.push_str(node.attribute("string").unwrap_or_default()),
        ("c", "v") => words.extend(["\n", &*text(node), "\n"]),
        _ => return Step::Into,
    }
    Step::Over
}
