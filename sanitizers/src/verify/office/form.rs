//! The copy alone: its archive, its list of types, its relationships, and every part.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::{names, spelling, xml};
use crate::Kind;
use crate::verify::archive::form::{is_packed_as_ours, places};

/// A part of a copy that is in our form.
pub(super) struct Part {
    pub(super) name: String,
    /// Whether people see what is in it.
    pub(super) is_shown: bool,
    pub(super) is_media: bool,
}

/// A type of parts: the last words of its type, where it lies, and the relationship to it.
type Type = (&'static str, &'static str, &'static str);

const DOCUMENT: [Type; 12] = [
    ("wordprocessingml.document.main", "word/document", "officeDocument"),
    ("wordprocessingml.styles", "word/styles", "styles"),
    ("wordprocessingml.numbering", "word/numbering", "numbering"),
    ("wordprocessingml.settings", "word/settings", "settings"),
    ("wordprocessingml.footnotes", "word/footnotes", "footnotes"),
    ("wordprocessingml.endnotes", "word/endnotes", "endnotes"),
    ("wordprocessingml.header", "word/header", "header"),
    ("wordprocessingml.footer", "word/footer", "footer"),
    ("theme", "word/theme/theme", "theme"),
    ("themeOverride", "word/theme/themeOverride", "themeOverride"),
    ("drawingml.chart", "word/charts/chart", "chart"),
    ("", "word/media/image", "image"),
];

const WORKBOOK: [Type; 11] = [
    ("spreadsheetml.sheet.main", "xl/workbook", "officeDocument"),
    ("spreadsheetml.worksheet", "xl/worksheets/sheet", "worksheet"),
    ("spreadsheetml.chartsheet", "xl/chartsheets/sheet", "chartsheet"),
    ("spreadsheetml.styles", "xl/styles", "styles"),
    ("spreadsheetml.sharedStrings", "xl/sharedStrings", "sharedStrings"),
    ("spreadsheetml.table", "xl/tables/table", "table"),
    ("theme", "xl/theme/theme", "theme"),
    ("themeOverride", "xl/theme/themeOverride", "themeOverride"),
    ("drawing", "xl/drawings/drawing", "drawing"),
    ("drawingml.chart", "xl/charts/chart", "chart"),
    ("", "xl/media/image", "image"),
];

const PRESENTATION: [Type; 9] = [
    ("presentationml.presentation.main", "ppt/presentation", "officeDocument"),
    ("presentationml.slideMaster", "ppt/slideMasters/slideMaster", "slideMaster"),
    ("presentationml.slideLayout", "ppt/slideLayouts/slideLayout", "slideLayout"),
    ("presentationml.slide", "ppt/slides/slide", "slide"),
    ("presentationml.tableStyles", "ppt/tableStyles", "tableStyles"),
    ("theme", "ppt/theme/theme", "theme"),
    ("themeOverride", "ppt/theme/themeOverride", "themeOverride"),
    ("drawingml.chart", "ppt/charts/chart", "chart"),
    ("", "ppt/media/image", "image"),
];

/// Parts that people see nothing of, or only through cells.
const UNSEEN: [&str; 8] = [
    "officeDocument",
    "styles",
    "settings",
    "sharedStrings",
    "table",
    "tableStyles",
    "themeOverride",
    "image",
];

const TYPES: &str = "application/vnd.openxmlformats-officedocument.";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const LIST: &str = "[Content_Types].xml";

/// The parts in their order, if the copy is in our form.
pub(super) fn parts(kind: Kind, copy: &[u8]) -> Option<Vec<Part>> {
    let types: &[Type] = match kind {
        Kind::Docx => &DOCUMENT,
        Kind::Xlsx => &WORKBOOK,
        Kind::Pptx => &PRESENTATION,
        _ => return None,
    };
    let members = members(copy)?;
    let [(list, types_of_parts), (root, first), rest @ ..] = members.as_slice() else {
        return None;
    };
    (list == LIST && root == "_rels/.rels").then_some(())?;
    let declared = declared(types_of_parts)?;
    let mut parts: Vec<(Part, &Type)> = Vec::new();
    let mut owners = vec![(String::new(), first)];
    for (name, bytes) in rest {
        if let Some(owner) = parts.last()
            && *name == list_of(&owner.0.name)
        {
            owners.push((owner.0.name.clone(), bytes));
            continue;
        }
        let part_type = types.iter().find(|(_, stem, _)| is_named(name, stem))?;
        let content_type = declared
            .get(&["/", name].concat())
            .or_else(|| declared.get(name.rsplit_once('.')?.1))?;
        let is_media = part_type.0.is_empty();
        let expected = if is_media {
            let kind = crate::kind::recognise(&mut Cursor::new(bytes)).ok()?;
            name.ends_with(&[".", kind.extension()].concat()).then_some(())?;
            kind.media_type().to_owned()
        } else {
            is_clean(bytes)?;
            [TYPES, part_type.0, "+xml"].concat()
        };
        (*content_type == expected).then_some(())?;
        let is_shown = !UNSEEN.contains(&part_type.2);
        parts.push((Part { name: name.clone(), is_shown, is_media }, part_type));
    }
    (declared.len() == declarations(&parts)).then_some(())?;
    are_reached(&parts, &owners)?;
    Some(parts.into_iter().map(|(part, _)| part).collect())
}

/// Names and bytes of all members, if every byte of the archive is one that we would write.
pub(super) fn members(copy: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let places = places(copy)?;
    let mut archive = zip::ZipArchive::new(Cursor::new(copy)).ok()?;
    (archive.len() == places.len() && archive.comment().is_empty()).then_some(())?;
    let mut members = Vec::new();
    for (number, place) in places.iter().enumerate() {
        let mut member = archive.by_index(number).ok()?;
        (member.name().ok()? == place.name).then_some(())?;
        let mut bytes = Vec::new();
        (&mut member).take(place.size).read_to_end(&mut bytes).ok()?;
        // The whole was read only if the checksum was right as well.
        (member.read(&mut [0]).ok()? == 0).then_some(())?;
        is_packed_as_ours(&bytes, place).then_some(())?;
        members.push((place.name.clone(), bytes));
    }
    Some(members)
}

/// The stem, a number from 1 or none, and an ending.
fn is_named(name: &str, stem: &str) -> bool {
    let rest = name.strip_prefix(stem).and_then(|rest| rest.split_once('.'));
    rest.is_some_and(|(number, ending)| {
        let is_number =
            number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
        is_number && number.len() <= 5 && ending.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

fn list_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    [folder, "/_rels/", file, ".rels"].concat()
}

/// Types by ending, and by the name of a part.
fn declared(list: &[u8]) -> Option<BTreeMap<String, String>> {
    let text = str::from_utf8(list).ok().filter(|text| spelling::is_ours_unsorted(text))?;
    let tree = xml::parse(text)?;
    let root = tree.root_element();
    (xml::name(root) == ("types", "Types") && root.attributes().len() == 0).then_some(())?;
    let mut declared = BTreeMap::new();
    for one in root.children() {
        let key = match xml::name(one) {
            ("types", "Default") => one.attribute("Extension")?,
            ("types", "Override") => {
                one.attribute("PartName").filter(|name| name.starts_with('/'))?
            }
            _ => return None,
        };
        let content_type = one.attribute("ContentType")?;
        (one.attributes().len() == 2 && !one.has_children()).then_some(())?;
        declared.insert(key.to_owned(), content_type.to_owned()).is_none().then_some(())?;
    }
    let relationships = "application/vnd.openxmlformats-package.relationships+xml";
    (declared.get("rels")? == relationships).then_some(declared)
}

/// How many types must be declared: one for lists of relationships, one for each ending of
/// media, and one for each other part.
fn declarations(parts: &[(Part, &Type)]) -> usize {
    let (media, others): (Vec<_>, Vec<_>) = parts.iter().partition(|(part, _)| part.is_media);
    let ending = |(part, _): &&(Part, &Type)| part.name.rsplit('.').next().map(str::to_owned);
    let endings: std::collections::BTreeSet<_> = media.iter().filter_map(ending).collect();
    1 + endings.len() + others.len()
}

/// Whether relationships have our form, stay inside, and lead to every part.
fn are_reached(parts: &[(Part, &Type)], owners: &[(String, &Vec<u8>)]) -> Option<()> {
    let mut reached = vec![false; parts.len()];
    for (owner, list) in owners {
        let is_root = owner.is_empty();
        let text = str::from_utf8(list).ok().filter(|text| spelling::is_ours_unsorted(text))?;
        let tree = xml::parse(text)?;
        let root = tree.root_element();
        (xml::name(root) == ("rels", "Relationships") && root.has_children()).then_some(())?;
        for (number, one) in root.children().enumerate() {
            (xml::name(one) == ("rels", "Relationship")).then_some(())?;
            (one.attributes().len() == 3 && !one.has_children()).then_some(())?;
            (one.attribute("Id")? == format!("rId{}", number + 1)).then_some(())?;
            let kind = one.attribute("Type")?.strip_prefix(RELATIONSHIPS)?;
            let target = one.attribute("Target")?.strip_prefix('/')?;
            let at = parts.iter().position(|(part, _)| part.name == target)?;
            let (_, part_type) = parts.get(at)?;
            (part_type.2 == kind && is_root == (kind == "officeDocument")).then_some(())?;
            *reached.get_mut(at)? = true;
        }
    }
    reached.iter().all(|reached| *reached).then_some(())
}

/// Whether a part has our spelling, and nothing in it that must never come out.
fn is_clean(bytes: &[u8]) -> Option<()> {
    let text = str::from_utf8(bytes).ok().filter(|text| spelling::is_ours(text))?;
    let tree = xml::parse(text)?;
    tree.root().descendants().all(|node| names::may_be(node)).then_some(())?;
    let spaces = tree.root_element().namespaces();
    let mut declared = spaces.filter(|space| space.name() != Some("xml"));
    declared.all(|space| !xml::key(space.uri()).is_empty()).then_some(())
}
