//! Says whether a document of the `OpenDocument` family is in our form and shows what the
//! original shows.
//!
//! The package is read by the crate `zip` and walked byte by byte, its parts are read by
//! `roxmltree`. Members are those that the list of members names, in their order, and no
//! other. Each part must be spelled in one way, and hold nothing that leads outside or names
//! somebody. Words, their order and the boxes around them must be those of the original;
//! the values of cells as well; pictures must be clean ones of the original, or the grey
//! one where nothing shows what stood there, and charts and formulas say what they said.

mod grammar;
pub(super) mod package;
mod shown;

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node, ParsingOptions};

use super::verify_inside;
use crate::{Kind, Limits, ReadSeek, Refusal, pixels};
use package::Package;
use shown::Shown;

/// Formats that programs show.
const PICTURES: [Kind; 6] = [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Webp, Kind::Tiff, Kind::Svg];

/// Accepts `clean`, or says that it must not leave.
pub(super) fn verify(
    kind: Kind,
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let copy = package::canonical(kind, clean, limits).ok_or(Refusal::Verification)?;
    let original = Package::of_original(original, limits).ok_or(Refusal::Verification)?;
    agree(kind, &original, &copy, limits).ok_or(Refusal::Verification)
}

/// Reads a part; only the name of a document type may stand before it.
fn parsed<'a>(bytes: &'a [u8], limits: &Limits) -> Option<Document<'a>> {
    let text = str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let options =
        ParsingOptions { allow_dtd: true, nodes_limit: limits.values, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).ok()?;
    is_shallow(&document, limits.elements_depth).then_some(document)
}

/// What follows goes as deep as the tree.
pub(super) fn is_shallow(document: &Document<'_>, most: u32) -> bool {
    let mut depth = 0_u32;
    let mut node = document.root_element();
    loop {
        if depth > most {
            return false;
        }
        if let Some(child) = node.first_element_child() {
            (node, depth) = (child, depth + 1);
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling_element() {
                node = next;
                break;
            }
            let Some(parent) = node.parent_element() else { return true };
            (node, depth) = (parent, depth.saturating_sub(1));
        }
    }
}

fn agree(kind: Kind, original: &Package, copy: &Package, limits: &Limits) -> Option<()> {
    let body = match kind {
        Kind::Odt => "text",
        Kind::Ods => "spreadsheet",
        Kind::Odp => "presentation",
        Kind::Odg => "drawing",
        _ => return None,
    };
    let mut paths = Paths::default();
    let (old, new) = (original.part("content.xml")?, copy.part("content.xml")?);
    let (old, new) = (parsed(old, limits)?, parsed(new, limits)?);
    let styles = |package: &Package| package.part("styles.xml").map(<[u8]>::to_vec);
    let (old_styles, new_styles) = (styles(original), styles(copy));
    let old_styles = match &old_styles {
        Some(bytes) => Some(parsed(bytes, limits)?),
        None => None,
    };
    let new_styles = match &new_styles {
        Some(bytes) => Some(parsed(bytes, limits)?),
        None => None,
    };
    for (part, spelled) in [("styles.xml", &new_styles), ("content.xml", &Some(new))] {
        let Some(document) = spelled else { continue };
        grammar::check(document, copy.part(part)?, copy, kind == Kind::Ods)?;
        paths.add(document.root_element());
    }
    let new = parsed(copy.part("content.xml")?, limits)?;
    has_body(&new, body)?;
    has_body(&old, body)?;
    let common = old_styles.as_ref().map(Document::root_element);
    let before = shown::of(&old.root_element(), common);
    let after = shown::of(&new.root_element(), new_styles.as_ref().map(Document::root_element));
    fits(&before, &after)?;
    pages_fit(old_styles.as_ref(), new_styles.as_ref())?;
    lines_fit(&old, &new)?;

    let mut old_paths = Paths::default();
    if let Some(styles) = &old_styles {
        old_paths.add(styles.root_element());
    }
    old_paths.add(old.root_element());
    pictures_fit(original, &old_paths, copy, &paths, limits)?;
    objects_fit(original, &old_paths, copy, &paths, limits)
}

fn has_body(content: &Document<'_>, sort: &str) -> Option<()> {
    let root = content.root_element();
    let body = root.children().find(|node| node.tag_name().name() == "body")?;
    let mut sorts = body.children().filter(Node::is_element);
    (root.tag_name().name() == "document-content").then_some(())?;
    (sorts.next()?.tag_name().name() == sort && sorts.next().is_none()).then_some(())
}

/// Whether the same is shown. A formula may be gone, and then its last value stays.
fn fits(before: &Shown, after: &Shown) -> Option<()> {
    let formulas = before.formulas.iter().zip(&after.formulas);
    let same = before.words == after.words
        && before.formulas.len() == after.formulas.len()
        && formulas.into_iter().all(|(old, new)| new.is_none() || old == new);
    same.then_some(())
}

/// Whether the headers, footers and fixed drawings of each page are those of some page of
/// the original: pages that nothing uses are gone.
fn pages_fit(old: Option<&Document<'_>>, new: Option<&Document<'_>>) -> Option<()> {
    let words = |document: &Document<'_>| -> Vec<String> {
        let root = document.root_element();
        let pages = root
            .descendants()
            .filter(|node| matches!(node.tag_name().name(), "master-page" | "handout-master"));
        pages.map(|page| shown::of_page(&page, root).words).collect()
    };
    let old: BTreeSet<String> = old.map(words).unwrap_or_default().into_iter().collect();
    let new = new.map(words).unwrap_or_default();
    new.iter().all(|page| old.contains(page)).then_some(())
}

/// Whether the headers and footers that slides share are ones of the original.
fn lines_fit(old: &Document<'_>, new: &Document<'_>) -> Option<()> {
    let words = |document: &Document<'_>| -> Vec<String> {
        let nodes = document.root_element().descendants();
        let lines = nodes.filter(|node| node.tag_name().name().ends_with("-decl"));
        lines.filter_map(|line| line.text()).map(|words| words.trim().to_owned()).collect()
    };
    let old = words(old);
    words(new).iter().all(|line| old.contains(line)).then_some(())
}

/// Pictures and objects, in the order in which they are named.
#[derive(Default)]
struct Paths {
    pictures: Vec<Place>,
    objects: Vec<String>,
}

/// Where a picture is, or one of several of which a frame shows one.
struct Place {
    /// None where something stands that is no picture.
    paths: Vec<String>,
    /// Whether people see it: it is not only defined, hidden, or taken out.
    is_seen: bool,
}

impl Paths {
    fn add(&mut self, root: Node<'_, '_>) {
        for node in root.descendants().filter(Node::is_element) {
            match node.tag_name().name() {
                "fill-image" | "background-image" | "list-level-style-image" => {
                    self.pictures.push(Place { paths: vec![path_of(&node)], is_seen: false });
                }
                // Of those in a frame the first stands for all.
                "image" if pictures_beside(&node).next() == Some(node) => {
                    let paths = pictures_beside(&node).map(|one| path_of(&one)).collect();
                    self.pictures.push(Place { paths, is_seen: is_seen(&node) });
                }
                "object" => {
                    self.objects.push(path_of(&node));
                    self.pictures.push(Place { paths: Vec::new(), is_seen: false });
                }
                "object-ole" | "plugin" | "applet" | "floating-frame" => {
                    self.pictures.push(Place { paths: Vec::new(), is_seen: false });
                }
                _ => {}
            }
        }
    }
}

fn path_of(node: &Node<'_, '_>) -> String {
    let href = node.attributes().find(|attribute| attribute.name() == "href");
    let path = href.map(|href| href.value()).unwrap_or_default();
    path.strip_prefix("./").unwrap_or(path).trim_end_matches('/').to_owned()
}

fn pictures_beside<'a, 'b: 'a>(node: &Node<'a, 'b>) -> impl Iterator<Item = Node<'a, 'b>> {
    let beside = node.parent().into_iter().flat_map(|parent| parent.children());
    beside.filter(|one| one.tag_name().name() == "image")
}

/// Whether a picture is in the body, and neither hidden, nor taken out, nor what stands for a
/// chart.
fn is_seen(picture: &Node<'_, '_>) -> bool {
    let is_object = |one: &Node<'_, '_>| one.tag_name().name().starts_with("object");
    let stands_for_object =
        picture.parent().is_some_and(|frame| frame.children().any(|one| is_object(&one)));
    let hides = |one: &Node<'_, '_>| {
        let name = one.tag_name().name();
        matches!(name, "tracked-changes" | "annotation" | "notes" | "forms")
            || name.starts_with("hidden-")
            || one
                .attributes()
                .any(|attribute| matches!(attribute.name(), "display" | "is-hidden" | "visibility"))
    };
    let is_body = |one: &Node<'_, '_>| one.tag_name().name() == "body";
    !stands_for_object
        && picture.ancestors().any(|one| is_body(&one))
        && !picture.ancestors().any(|one| hides(&one))
}

/// Whether each picture of the copy is the clean form of one of the original, in the order
/// in which both name them, or grey where nothing shows that one: a grey one does not come in
/// the place of a picture that is seen.
fn pictures_fit(
    original: &Package,
    before: &Paths,
    copy: &Package,
    after: &Paths,
    limits: &Limits,
) -> Option<()> {
    let is_shown = |path: &String| {
        original.part(path).is_some_and(|one| pixels::are_shown(one, &PICTURES, limits))
    };
    let mut known = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut places = before.pictures.iter();
    let named = after.pictures.iter().flat_map(|place| &place.paths);
    // A background may be none.
    for path in named.filter(|path| !path.is_empty()) {
        let picture = copy.part(path)?;
        seen.insert(path);
        let mut is_of = |place: &&Place| {
            place.paths.iter().any(|one| {
                *known.entry((one.clone(), path)).or_insert_with(|| {
                    original.part(one).is_some_and(|it| verify_inside(it, picture, limits).is_ok())
                })
            })
        };
        if picture == grammar::GREY {
            let shown = |place: &&Place| place.paths.iter().any(is_shown);
            let place = places.by_ref().find(|one| one.is_seen || is_of(one) || !shown(one))?;
            (is_of(&place) || !shown(&place)).then_some(())?;
        } else {
            places.by_ref().find(is_of)?;
        }
    }
    let all = copy.names().filter(|name| name.starts_with("Pictures/")).count();
    (all == seen.len()).then_some(())
}

/// Whether each chart and formula of the copy says what one of the original says.
fn objects_fit(
    original: &Package,
    before: &Paths,
    copy: &Package,
    after: &Paths,
    limits: &Limits,
) -> Option<()> {
    let content = |package: &Package, folder: &str| -> Option<Shown> {
        let bytes = package.part(&format!("{folder}/content.xml"))?;
        let document = parsed(bytes, limits)?;
        let styles = package.part(&format!("{folder}/styles.xml"));
        let styles = styles.and_then(|styles| parsed(styles, limits));
        Some(shown::of(&document.root_element(), styles.as_ref().map(Document::root_element)))
    };
    let mut originals = before.objects.iter().filter_map(|folder| content(original, folder));
    let mut seen = BTreeSet::new();
    for folder in &after.objects {
        if !seen.insert(folder) {
            continue;
        }
        for part in ["content.xml", "styles.xml"] {
            let Some(bytes) = copy.part(&format!("{folder}/{part}")) else { continue };
            let document = parsed(bytes, limits)?;
            grammar::check(&document, bytes, copy, false)?;
            let leads = document
                .descendants()
                .any(|node| node.attributes().any(|attribute| attribute.name() == "href"));
            (!leads).then_some(())?;
        }
        let new = content(copy, folder)?;
        originals.by_ref().find(|old| fits(old, &new).is_some())?;
    }
    let all = copy.names().filter(|name| {
        name.strip_suffix("/content.xml")
            .is_some_and(|folder| seen.iter().any(|one| *one == folder))
    });
    let objects = copy.names().filter(|name| name.ends_with("/content.xml")).count();
    (all.count() == objects).then_some(())
}

#[cfg(test)]
mod tests;
