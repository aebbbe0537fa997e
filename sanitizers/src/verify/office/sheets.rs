//! What a workbook shows: its sheets in their order, and every cell with its value, the
//! format of its number, and its formula.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::formulas;
use super::package::{Package, part_of, parts_of_kind};
use super::shown::{Reading, Shown, part};
use super::xml::{self, Step, child, name, relation, text};

/// Errors that a cell can show; any other one is shown as `OTHER`.
const ERRORS: &str = "#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #GETTING_DATA #SPILL! #CALC! \
    #CONNECT! #BLOCKED! #UNKNOWN! #FIELD! #BUSY! #PYTHON! #EXTERNAL! #TIMEOUT!";
const OTHER: &str = "#VALUE!";

/// Whether a cell of a copy may have this value: what its type says, in no more signs.
pub(super) fn may_hold(cell: Node<'_, '_>, value: &str) -> bool {
    match cell.attribute("t").unwrap_or("n") {
        "e" => is_error(value),
        "b" => matches!(value, "0" | "1" | "true" | "false"),
        "s" => value.len() <= 7 && value.bytes().all(|byte| byte.is_ascii_digit()),
        "n" => value.len() <= 26 && value.parse::<f64>().is_ok_and(f64::is_finite),
        "d" => value.len() <= 32,
        sort => sort == "str",
    }
}

fn is_error(value: &str) -> bool {
    ERRORS.split(' ').any(|error| error == value)
}

/// A cell that holds something.
#[derive(PartialEq)]
pub(super) struct Cell {
    /// Row, column, value with its type, format.
    pub(super) shown: String,
    pub(super) formula: Option<String>,
}

/// A workbook.
pub(super) struct Book {
    cells: Vec<Cell>,
    /// Tables by their sheet and their cells.
    tables: BTreeMap<(usize, String), String>,
    /// Whether a cell that lies under others holds something.
    is_covered: bool,
    pub(super) around: Shown,
}

/// Whether both have the same cells; of formulas the copy may have fewer.
pub(super) fn agree(old: &Book, new: &Book) -> Option<()> {
    (old.cells.len() == new.cells.len() && !new.is_covered).then_some(())?;
    let renamed = old
        .tables
        .iter()
        .filter_map(|(place, name)| Some((name.to_lowercase(), new.tables.get(place)?.clone())));
    let renamed: BTreeMap<String, String> = renamed.collect();
    let agrees = |(one, other): (&Cell, &Cell)| {
        let stays = || {
            let before = one.formula.as_deref().map(|old| formulas::renamed(old, &renamed));
            other.formula == before
        };
        one.shown == other.shown && (other.formula.is_none() || stays())
    };
    old.cells.iter().zip(&new.cells).all(agrees).then_some(())
}

/// What cells refer to by numbers.
struct Tables {
    strings: Vec<String>,
    formats: Vec<String>,
}

/// Goes through all sheets.
pub(super) fn read(package: &mut Package<'_>) -> Option<Book> {
    let main = package.main()?;
    let characters = package.text(&main)?;
    let tree = xml::parse(&characters)?;
    let relations = package.relations(&main)?;
    let strings = parts_of_kind(&relations, "sharedStrings").into_iter().next();
    let strings = strings.map_or(Some(Vec::new()), |part| strings_of(package, &part))?;
    let styles = parts_of_kind(&relations, "styles").into_iter().next();
    let formats = styles.map_or(Some(Vec::new()), |part| formats_of(package, &part))?;
    let tables = Tables { strings, formats };
    let mut book = Book {
        cells: Vec::new(),
        tables: BTreeMap::new(),
        is_covered: false,
        around: Shown::default(),
    };
    let sheets = child(tree.root_element(), "sheets")?;
    for (number, sheet) in sheets.children().filter(Node::is_element).enumerate() {
        let id = relation(sheet, "id")?;
        let named = relations.get(id);
        let named = named.filter(|one| matches!(&*one.kind, "worksheet" | "chartsheet"));
        let part = named.and_then(|one| one.part.as_deref());
        let Some(part) = part.filter(|part| package.has(part)) else { continue };
        let [title, state] = ["name", "state"].map(|key| sheet.attribute(key).unwrap_or_default());
        let state = if state == "visible" { "" } else { state };
        book.around.words.extend(["\u{c}", title, "\t", state, "\n"]);
        sheet_of(package, part, &tables, &mut book)?;
        let relations = package.relations(part)?;
        for table in parts_of_kind(&relations, "table") {
            if let Some((cells, name)) = table_of(package, &table) {
                book.tables.insert((number, cells), name);
            }
        }
    }
    for theme in parts_of_kind(&relations, "theme") {
        if package.has(&theme) {
            part(package, &theme, Reading::Whole, &mut book.around)?;
        }
    }
    Some(book)
}

/// The cells of a table and its name.
fn table_of(package: &mut Package<'_>, part: &str) -> Option<(String, String)> {
    let characters = package.text(part)?;
    let tree = xml::parse(&characters)?;
    let [cells, name] = ["ref", "displayName"].map(|key| tree.root_element().attribute(key));
    Some((cells?.to_owned(), name?.to_owned()))
}

/// The strings that cells share, without the readings that stand above them.
fn strings_of(package: &mut Package<'_>, part: &str) -> Option<Vec<String>> {
    let characters = package.text(part)?;
    let tree = xml::parse(&characters)?;
    let entries = tree.root_element().children().filter(|node| name(*node) == ("x", "si"));
    entries.map(string).collect()
}

fn string(entry: Node<'_, '_>) -> Option<String> {
    let mut words = String::new();
    xml::walk(entry, &mut |node| match name(node) {
        ("x", "rPh") => Some(Step::Over),
        ("x", "t") => {
            words.push_str(&text(node));
            Some(Step::Over)
        }
        _ => Some(Step::Into),
    })?;
    Some(words)
}

/// The format of numbers of each style of cells.
fn formats_of(package: &mut Package<'_>, part: &str) -> Option<Vec<String>> {
    let characters = package.text(part)?;
    let tree = xml::parse(&characters)?;
    let root = tree.root_element();
    let own: BTreeMap<&str, &str> = child(root, "numFmts")
        .iter()
        .flat_map(Node::children)
        .filter_map(|one| Some((one.attribute("numFmtId")?, one.attribute("formatCode")?)))
        .collect();
    let Some(styles) = child(root, "cellXfs") else { return Some(Vec::new()) };
    let number = |style: Node<'_, '_>| {
        let number = style.attribute("numFmtId").unwrap_or("0");
        own.get(number).map_or_else(|| format!("#{number}"), |code| (*code).to_owned())
    };
    Some(styles.children().filter(Node::is_element).map(number).collect())
}

fn sheet_of(
    package: &mut Package<'_>,
    sheet: &str,
    tables: &Tables,
    book: &mut Book,
) -> Option<()> {
    book.around.seen.insert(sheet.to_owned());
    let characters = package.text(sheet)?;
    let tree = xml::parse(&characters)?;
    let relations = package.relations(sheet)?;
    let (mut row, mut column) = (0, 0);
    let around = &mut book.around;
    let mut cells: BTreeMap<(u32, u32), Vec<Cell>> = BTreeMap::new();
    let mut merged = Vec::new();
    xml::walk(tree.root_element(), &mut |node| {
        match name(node) {
            ("x", "extLst") => return Some(Step::Over),
            ("x", "row") => {
                let given = node.attribute("r").map(str::parse);
                row = given.map_or(Some(row + 1), Result::ok)?;
                column = 0;
            }
            ("x", "c") => {
                column = match node.attribute("r") {
                    Some(place) => column_of(place)?,
                    None => column + 1,
                };
                cells.entry((row, column)).or_default().extend(cell(node, row, column, tables)?);
                return Some(Step::Over);
            }
            ("x", "drawing") => {
                if let Some(drawing) = part_of(&relations, relation(node, "id")?) {
                    part(package, drawing, Reading::Whole, around)?;
                }
            }
            ("x", "picture") => {
                let picture = part_of(&relations, relation(node, "id")?);
                around.pictures.extend(picture.map(str::to_owned));
            }
            ("x", "mergeCell") => merged.extend(node.attribute("ref").and_then(corners)),
            _ => {}
        }
        Some(Step::Into)
    })?;
    for [from, to] in merged {
        let band = cells.range_mut((from.0, 0)..=(to.0, u32::MAX));
        let under = band.filter(|(at, _)| **at != from && (from.1..=to.1).contains(&at.1));
        for (_, held) in under {
            book.is_covered |= !held.is_empty();
            held.clear();
        }
    }
    book.cells.extend(cells.into_values().flatten());
    Some(())
}

/// The first and the last of several cells: row and column of each.
fn corners(cells: &str) -> Option<[(u32, u32); 2]> {
    let plain = cells.replace('$', "");
    let (one, other) = plain.split_once(':')?;
    let place = |name: &str| {
        let digits = name.trim_start_matches(|sign: char| sign.is_ascii_alphabetic());
        Some((digits.parse::<u32>().ok()?, column_of(name)?))
    };
    let (one, other) = (place(one)?, place(other)?);
    let least = (one.0.min(other.0), one.1.min(other.1));
    Some([least, (one.0.max(other.0), one.1.max(other.1))])
}

/// The number in front of which the letters of a place stand.
fn column_of(place: &str) -> Option<u32> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    letters
        .map(|letter| u32::from(letter.to_ascii_uppercase() - b'A'))
        .try_fold(0, |sum, value| u32::checked_add(u32::checked_mul(sum, 26)?, value + 1))
}

/// A cell with something in it; an empty list if there is nothing.
fn cell(node: Node<'_, '_>, row: u32, column: u32, tables: &Tables) -> Option<Vec<Cell>> {
    let held = child(node, "v").map(text).unwrap_or_default();
    let formula = child(node, "f").map(text);
    let (sort, value) = match node.attribute("t").unwrap_or("n") {
        "s" | "n" if held.is_empty() => return Some(Vec::new()),
        "s" => ("s", tables.strings.get(held.trim().parse::<usize>().ok()?)?.clone()),
        "inlineStr" => ("s", child(node, "is").map_or(Some(String::new()), string)?),
        "str" => ("s", held),
        "n" => ("n", format!("{:?}", held.trim().parse::<f64>().ok()?)),
        "e" if !is_error(held.trim()) => ("e", OTHER.to_owned()),
        sort @ ("b" | "e" | "d") => (sort, held.trim().to_owned()),
        _ => return None,
    };
    if value.is_empty() {
        return Some(Vec::new());
    }
    let style: usize = node.attribute("s").unwrap_or("0").parse().ok()?;
    let format = tables.formats.get(style).map_or("", |format| format);
    let shown = format!("{row} {column} {sort} {format} {value}");
    Some(vec![Cell { shown, formula: formula.filter(|formula| !formula.is_empty()) }])
}
