//! Excel workbooks, and templates of them.
//!
//! A workbook remembers more than its cells: the folder it was saved in (`x15ac:absPath`),
//! who has it open and who may not, the printer, the names of sheets in code, every person
//! who commented, the source and the last reader of a pivot table with all its rows, values
//! of other workbooks, servers and users that data come from, strings of cells that were
//! emptied, looks pasted in from other people's files, and where somebody last looked.
//!
//! Kept: sheets with their cells, values, formats, looks, sizes and merged cells, rules of
//! looks and of input, tables, drawings, pictures, charts, what pages of print are like.
//! Formulas stay if they do nothing but calculate with cells of this workbook
//! ([`formula`]); the others, and those that change with the clock, become their last value.
//! Names stay where formulas use them. Strings are numbered in the order of the cells, looks
//! that no cell uses become plain.
//!
//! Gone: comments, links (their text stays), pivot tables (their cells stay), other files
//! inside, controls, connections, queries, printers, signatures, protection, filters (rows
//! stay hidden), what lies under merged cells, headers that no page has, hints of rules of
//! input, readings above letters, small charts in cells and other extensions. Hidden sheets,
//! rows and columns stay, and are warned of.
//!
//! Refused: macros, also those of Excel 4; passwords.
//!
//! Format: ISO/IEC 29500:2016, part 1, chapters 12 and 18; ECMA-376.

mod cells;
mod formula;
mod headers;
mod merged;
mod rules;
mod styles;
mod survey;

use crate::office::{
    self, Content, Format, Guides, Links, Names, PICTURES, Package, PartType, chart, drawing,
    part_of, rebuild,
};
use crate::refusal::Damage;
use crate::xml::{Element, Node, Rules};
use crate::{About, Category, Change, Limits, Notes, ReadSeek, Refusal, Warning, text, xml};
#[cfg(test)]
pub(crate) use rules::kept;
use survey::Survey;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "sheets, cells with values, formats and looks; formulas that only calculate with \
           cells of the workbook; tables, drawings, charts; pictures, cleaned",
    removed: "properties, people, comments, links, folders, printers, pivot tables and their \
              rows, other workbooks' values, connections, files inside, unused strings and \
              looks, names that no formula uses, formulas that fetch or tell (their value \
              stays)",
    refused: "macros, passwords, parts that two readers could understand in two ways",
};

/// Parts that are taken over.
const PARTS: &[PartType] = &[
    part_of!(
        "officeDocument",
        "spreadsheetml.sheet.main",
        "xl/workbook",
        true,
        &["theme", "styles", "sharedStrings"],
        &["worksheet", "chartsheet"]
    ),
    part_of!(
        "worksheet",
        "spreadsheetml.worksheet",
        "xl/worksheets/sheet",
        false,
        &[],
        &["drawing", "image", "table"]
    ),
    part_of!(
        "chartsheet",
        "spreadsheetml.chartsheet",
        "xl/chartsheets/sheet",
        false,
        &[],
        &["drawing"]
    ),
    part_of!("theme", "theme", "xl/theme/theme", false, &[], &["image"]),
    part_of!("styles", "spreadsheetml.styles", "xl/styles", true, &[], &[]),
    part_of!("sharedStrings", "spreadsheetml.sharedStrings", "xl/sharedStrings", true, &[], &[]),
    part_of!("table", "spreadsheetml.table", "xl/tables/table", false, &[], &[]),
    part_of!("drawing", "drawing", "xl/drawings/drawing", false, &[], &["image", "chart"]),
    part_of!("chart", "drawingml.chart", "xl/charts/chart", false, &["themeOverride"], &["image"]),
    part_of!("themeOverride", "themeOverride", "xl/theme/themeOverride", false, &[], &["image"]),
    PartType {
        relation: "image",
        content_type: "image",
        name: "xl/media/image",
        is_single: false,
        content: Content::Picture(PICTURES),
        waits: false,
        brings: &[],
        names: &[],
    },
];

/// Writes the workbook anew.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let mut workbook = Workbook { rules: rules::rules(), survey: Survey::default() };
    rebuild(source, limits, notes, &mut workbook)
}

/// The allow-lists with how many neighbours each has.
#[cfg(test)]
pub(crate) fn lists() -> Vec<(&'static str, usize)> {
    let mut lists: Vec<_> = [&rules::BOOK, &rules::SHEET, &rules::TABLE, &rules::STYLES]
        .into_iter()
        .chain([&rules::DRAWING])
        .map(|list| (list.name, list.forbidden.len()))
        .collect();
    lists.push((formula::FUNCTIONS.name, formula::FUNCTIONS.forbidden.len()));
    lists
}

/// The allow-lists as lines of text.
pub(crate) fn explain() -> Vec<String> {
    let mut lines = rules::explain();
    let shared = [&office::CHART, &office::COLOURS, &office::DRAWING, &office::TEXT];
    lines.extend(shared.into_iter().flat_map(xml::explain));
    let functions = formula::FUNCTIONS.allowed.chunks(8).map(|some| some.join(" "));
    lines.extend(functions.map(|some| format!("functions of formulas: {some}")));
    lines
}

struct Workbook {
    rules: Rules,
    survey: Survey,
}

impl Format for Workbook {
    fn types(&self) -> &'static [PartType] {
        PARTS
    }

    fn known(&self) -> &'static [&'static str] {
        &[]
    }

    fn default_space(&self, part: &PartType) -> Option<&'static str> {
        part.content_type.contains("spreadsheetml").then_some("x")
    }

    fn survey(&mut self, package: &mut Package<'_>, main: &str) -> Result<(), Refusal> {
        self.survey = survey::survey(package, main)?;
        Ok(())
    }

    fn clean(
        &mut self,
        part: &'static PartType,
        root: &mut Element,
        links: &mut Links<'_>,
        notes: &mut Notes,
    ) -> Result<(), Refusal> {
        drawing::warn(root, notes);
        match &*root.name {
            "x:workbook" => self.book(root, links, notes),
            "x:worksheet" => {
                cells::prepare(root, &mut self.survey, notes)?;
                warn(root, notes);
                headers::leave_shown(root, notes);
                for (list, change) in [
                    ("x:hyperlinks", Change::LinksRemoved),
                    ("x:legacyDrawingHF", Change::PartsRemoved),
                    ("x:oleObjects", Change::EmbeddedFilesRemoved),
                    ("x:controls", Change::PartsRemoved),
                    ("x:extLst", Change::PartsRemoved),
                ] {
                    if root.child(list).is_some() {
                        notes.changed(change);
                    }
                }
                if has_hints(root) {
                    notes.changed(Change::PartsRemoved);
                }
            }
            "x:chartsheet" => headers::leave_shown(root, notes),
            "x:styleSheet" => styles::prepare(root, &self.survey, notes),
            "x:sst" => self.strings(root, notes),
            "x:table" => self.table(root),
            "c:chartSpace" => chart::prepare(root, &mut |formula| {
                // Numbers stand instead of a name, which nothing else may need.
                let plain = formula::plain(formula, &self.survey.known)?;
                (plain.names.is_empty() && !formula.contains('"')).then_some(plain.text)
            }),
            _ => {}
        }
        if !root.name.starts_with(root_of(part)) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let mut guides = Guides::default();
        let name = |sort: &'static str, value: &str| match sort {
            rules::A_FORMULA => formula::plain(value, &self.survey.known).map(|plain| plain.text),
            "guide" => Some(guides.write(value)),
            _ => None,
        };
        xml::filter(root, &self.rules, &mut Names { links, name }, notes);
        drawing::prune(root, notes);
        drawing::number(root);
        text::warn(&drawing::words(root), notes);
        Ok(())
    }
}

/// What the name of the root element of a part begins with.
fn root_of(part: &PartType) -> &'static str {
    match part.relation {
        "drawing" => "xdr:wsDr",
        "chart" => "c:chartSpace",
        "theme" | "themeOverride" => "a:theme",
        _ => "x:",
    }
}

impl Workbook {
    /// The workbook itself: its sheets, one view, and the names that are in use.
    fn book(&self, root: &mut Element, links: &Links<'_>, notes: &mut Notes) {
        let mut kept = Vec::new();
        let mut visible = None;
        for sheet in survey::entries(root, "x:sheets") {
            let id = sheet.get("r:id").unwrap_or_default();
            let is_kept = matches!(links.kind(id), Some("worksheet" | "chartsheet"));
            let is_kept = is_kept && links.leads(id);
            if !is_kept {
                notes.changed(Change::PartsRemoved);
            } else if matches!(sheet.get("state"), Some("hidden" | "veryHidden")) {
                notes.warn(Warning::HiddenParts);
            } else {
                visible = visible.or_else(|| Some(kept.iter().filter(|one| **one).count()));
            }
            kept.push(is_kept);
        }
        if let Some(sheets) = root.child_mut("x:sheets") {
            let mut kept = kept.iter();
            sheets.children.retain(|one| one.element().is_some() && kept.next() == Some(&true));
        }
        if let Some(names) = root.child_mut("x:definedNames") {
            self.names(names, &kept, notes);
        }
        view(root, visible.unwrap_or(0), notes);
    }

    /// Names that formulas use, and those for printing, if they stand for cells.
    fn names(&self, names: &mut Element, kept: &[bool], notes: &mut Notes) {
        let plain = survey::without_names(&self.survey.known);
        let before = names.children.len();
        names.children.retain_mut(|node| {
            let Some(name) = node.element_mut() else { return false };
            // The number of a sheet counts those that are kept.
            if let Some(number) = name.get("localSheetId").and_then(|id| id.parse().ok()) {
                if kept.get(number) != Some(&true) {
                    return false;
                }
                let number = kept.iter().take(number).filter(|one| **one).count();
                name.set("localSheetId", number.to_string());
            }
            let said = name.get("name").unwrap_or_default().to_lowercase();
            let is_used = survey::is_plain_name(name) && self.survey.names.contains(&said);
            let text = formula::plain(&name.text(), &plain).map(|plain| plain.text);
            name.children = text.into_iter().map(Node::Text).collect();
            !name.children.is_empty() && (is_used || PRINTING.contains(&&*said))
        });
        if names.children.len() < before {
            notes.found(Category::Descriptions);
        }
    }

    /// Strings that cells show, in the order of the cells.
    fn strings(&self, root: &mut Element, notes: &mut Notes) {
        let mut kept: Vec<(usize, Element)> = Vec::new();
        let mut unused = 0_u32;
        for (old, string) in root.children.drain(..).filter_map(into_string).enumerate() {
            match self.survey.strings.get(&old) {
                Some(new) => kept.push((*new, string)),
                None => unused = unused.saturating_add(1),
            }
        }
        notes.found_many(Category::History, unused);
        kept.sort_by_key(|(new, _)| *new);
        root.children = kept.into_iter().map(|(_, string)| Node::Element(string)).collect();
    }

    /// A table has the name that formulas call it by.
    fn table(&self, root: &mut Element) {
        let old = root.get("displayName").unwrap_or_default().to_lowercase();
        let new = self.survey.known.tables.get(&old).cloned().unwrap_or_default();
        root.set("id", new.trim_start_matches("Table").to_owned());
        root.set("name", new.clone());
        root.set("displayName", new);
    }
}

/// One view, of the first sheet that can be seen, and no settings that change nothing.
fn view(root: &mut Element, sheet: usize, notes: &mut Notes) {
    if root.child("x:calcPr").is_some_and(|settings| settings.get("calcId").is_some()) {
        notes.found(Category::Software);
    }
    root.children.retain(|child| {
        let is_idle = child.element().is_some_and(|child| {
            child.is("x:calcPr") && !SETTINGS.iter().any(|name| child.get(name).is_some())
        });
        !is_idle && !child.is("x:bookViews")
    });
    let mut view = Element::new("x:workbookView");
    if sheet > 0 {
        view.set("activeTab", sheet.to_string());
    }
    let mut views = Element::new("x:bookViews");
    views.children.push(Node::Element(view));
    let place = root.children.iter().position(|child| child.is("x:sheets")).unwrap_or(0);
    root.children.insert(place, Node::Element(views));
}

/// Names for what is printed, and for rows and columns that each page repeats.
const PRINTING: [&str; 2] = ["_xlnm.print_area", "_xlnm.print_titles"];

/// Settings of calculating that change what is shown.
const SETTINGS: [&str; 4] = ["fullPrecision", "iterate", "iterateCount", "iterateDelta"];

fn into_string(node: Node) -> Option<Element> {
    match node {
        Node::Element(element) if element.is("x:si") => Some(element),
        _ => None,
    }
}

/// Rows and columns that are not shown stay, and are warned of.
fn warn(sheet: &Element, notes: &mut Notes) {
    let lists = ["x:sheetData", "x:cols"].into_iter().filter_map(|list| sheet.child(list));
    let all_at_once = sheet.child("x:sheetFormatPr").and_then(|looks| looks.get("zeroHeight"));
    let is_flat = |line: &Element| {
        let sizes = ["ht", "width"].iter().filter_map(|size| line.get(size)?.parse().ok());
        sizes.into_iter().any(is_nothing)
    };
    let mut lines = lists.flat_map(Element::elements);
    if lines.any(|line| is_on(line.get("hidden")) || is_flat(line)) || is_on(all_at_once) {
        notes.warn(Warning::HiddenParts);
    }
}

/// Whether people would be told what to type, or what is wrong.
fn has_hints(sheet: &Element) -> bool {
    let rules = sheet.child("x:dataValidations").into_iter().flat_map(Element::elements);
    let hints = ["prompt", "promptTitle", "error", "errorTitle"];
    rules.into_iter().any(|rule| hints.iter().any(|hint| rule.get(hint).is_some()))
}

fn is_on(switch: Option<&str>) -> bool {
    matches!(switch, Some("1" | "true"))
}

/// Less than a quarter of a point or of a letter.
fn is_nothing(size: f64) -> bool {
    size < 0.25
}
