//! What stays of a workbook.

mod book;
mod drawing;
mod sheet;
mod styles;

use crate::allow::AllowList;
use crate::office::{self, NOTED};
use crate::xml::{Check, Noted, Rule, Rules, Value};
use crate::{Category, xml};

pub(super) use book::{BOOK, TABLE};
pub(super) use drawing::DRAWING;
pub(super) use sheet::SHEET;
pub(super) use styles::STYLES;

/// The sort of formulas that rules of looks and of input are made of.
pub(super) const A_FORMULA: &str = "formula";

const FORMULA: Value = Value::Name(A_FORMULA);

/// One cell, and cells with blanks between them.
const PLACE: Value = Value::Checked(Check { name: "cell", check: place });
const PLACES: Value = Value::Checked(Check { name: "cells", check: places });

/// A look of tables that the program brings along.
const TABLE_LOOK: Value = Value::Checked(Check { name: "look of a table", check: table_look });

/// Words of the simple types of ISO/IEC 29500-1, 18.18.
const WORDS: &str = "\
    3Arrows 3ArrowsGray 3Flags 3Signs 3Symbols 3Symbols2 3TrafficLights1 3TrafficLights2 4Arrows \
    4ArrowsGray 4Rating 4RedToBlack 4TrafficLights 5Arrows 5ArrowsGray 5Quarters 5Rating \
    aboveAverage absolute array average b baseline beginsWith between bottom bottomLeft \
    bottomRight cellIs center centerContinuous colorScale containsBlanks containsErrors \
    containsText count countNums custom d darkDown darkGray darkGrid darkHorizontal darkTrellis \
    darkUp darkVertical dashDot dashDotDot dashed dataBar date decimal default distributed dotted \
    double doubleAccounting downThenOver duplicateValues e endsWith equal expression fill formula \
    frozen frozenSplit general gray0625 gray125 greaterThan greaterThanOrEqual hair hidden \
    iconSet information inlineStr justify landscape last7Days lastMonth lastWeek left lessThan \
    lessThanOrEqual lightDown lightGray lightGrid lightHorizontal lightTrellis lightUp \
    lightVertical linear list major max medium mediumDashDot mediumDashDotDot mediumDashed \
    mediumGray min minor n nextMonth nextWeek none normal notBetween notContains \
    notContainsBlanks notContainsErrors notContainsText notEqual num oneCell overThenDown path \
    percent percentile portrait preserve right s shared single singleAccounting slantDashDot \
    solid split stdDev stop str subscript sum superscript textLength thick thin thisMonth \
    thisWeek time timePeriod today tomorrow top top10 topLeft topRight twoCell uniqueValues var \
    veryHidden visible warning whole yesterday";

/// How what is left out of workbooks is counted.
const WORKBOOK_NOTED: &[Noted] = &[
    ("x:fileVersion", Some(Category::Software)),
    ("x:fileSharing", Some(Category::People)),
    ("x:workbookProtection", Some(Category::Other)),
    ("x:bookViews", None),
    ("x:customWorkbookViews", Some(Category::People)),
    ("x:externalReferences", Some(Category::Links)),
    ("x:webPublishing", Some(Category::Software)),
    ("x:scenarios", Some(Category::People)),
    ("x:hyperlinks", Some(Category::Links)),
    ("x:oleObjects", Some(Category::EmbeddedFiles)),
    ("x:controls", Some(Category::Scripts)),
    ("x:legacyDrawing", Some(Category::Comments)),
    ("x:customSheetViews", Some(Category::People)),
    ("x:customProperties", Some(Category::Descriptions)),
    ("codeName", Some(Category::Software)),
    ("calcId", None),
    ("defaultThemeVersion", Some(Category::Software)),
    ("r:id", Some(Category::Other)),
    // Counts, spans, and where somebody looked last: they follow from the rest.
    ("count", None),
    ("uniqueCount", None),
    ("spans", None),
    ("x:selection", Some(Category::Other)),
    ("x:dimension", None),
    ("topLeftCell", Some(Category::Other)),
    ("x14ac:dyDescent", None),
];

/// What is kept of the parts.
const TABLES: &[&AllowList<Rule>] = &[
    &BOOK,
    &SHEET,
    &TABLE,
    &STYLES,
    &DRAWING,
    &office::CHART,
    &office::COLOURS,
    &office::DRAWING,
    &office::TEXT,
    &office::THEME,
];

/// The tables, ready to be asked.
pub(super) fn rules() -> Rules {
    Rules::new(TABLES, &[WORDS, office::WORDS], &[NOTED, WORKBOOK_NOTED])
        .with_places(office::PLACES)
}

/// Everything that is kept, for those who look at it from the other side.
#[cfg(test)]
pub(crate) fn kept() -> Vec<Rule> {
    TABLES.iter().flat_map(|table| table.allowed).copied().collect()
}

/// The tables as lines of text.
pub(super) fn explain() -> Vec<String> {
    [&BOOK, &SHEET, &TABLE, &STYLES, &DRAWING].into_iter().flat_map(xml::explain).collect()
}

/// The longest list of cells: Excel writes them without end, and we take a few thousand.
const LONGEST: usize = 1 << 16;

fn place(value: &str) -> Option<String> {
    let letters = value.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = value.get(letters..)?;
    let fits = (1..=3).contains(&letters)
        && (1..=7).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| value.to_ascii_uppercase())
}

fn places(value: &str) -> Option<String> {
    if value.len() > LONGEST {
        return None;
    }
    let one = |part: &str| {
        let plain = part.replace('$', "");
        let letters = plain.bytes().take_while(u8::is_ascii_alphabetic).count();
        let digits = plain.get(letters..)?;
        let fits = letters <= 3
            && digits.len() <= 7
            && letters + digits.len() > 0
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| plain.to_ascii_uppercase())
    };
    let range = |part: &str| {
        let ends: Option<Vec<String>> = part.split(':').map(one).collect();
        ends.filter(|ends| ends.len() <= 2).map(|ends| ends.join(":"))
    };
    let all: Option<Vec<String>> = value.split_ascii_whitespace().map(range).collect();
    all.filter(|all| !all.is_empty()).map(|all| all.join(" "))
}

fn table_look(name: &str) -> Option<String> {
    let rest = name.strip_prefix("TableStyle")?;
    let rest = ["Light", "Medium", "Dark"].iter().find_map(|kind| rest.strip_prefix(kind))?;
    let fits = (1..=2).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| name.to_owned())
}
