//! What must never come out: elements, attributes and values that tell who, where or when,
//! that lead somewhere, or that nobody sees.
//!
//! This is a list of what is known to be bad, beside the cleaner's list of what is good. The
//! two were made apart, so that what one of them forgets, the other may remember.

use std::collections::HashSet;
use std::sync::LazyLock;

use roxmltree::Node;

use super::{formulas, places, sheets, xml};

/// Elements of any namespace.
const ELEMENTS: &str = "\
    AlternateContent Choice Fallback OLEObject absPath altChunk attachedTemplate audioFile \
    authors calculatedColumnFormula calcChain comment commentList commentRangeEnd \
    commentRangeStart commentReference comments connection connections contentPart control \
    controls custClrLst custDataLst custShowLst customProperties customSheetViews customXml \
    customXmlDelRangeStart customXmlInsRangeStart customXmlPr customWorkbookViews cxnSpLocks \
    dataConsolidate dataModelExt delInstrText delText docVar docVars embeddedFontLst ext \
    extLst externalData externalReferences fileRecoveryPr fileSharing fileVersion fldData \
    functionGroups graphicFrameLocks grpSpLocks hlinkClick hlinkHover hlinkMouseOver \
    hyperlinks ignoredErrors imgLayer ink legacyDrawing legacyDrawingHF mailMerge media \
    modifyVerifier moveFromRangeStart moveToRangeStart mruColors \
    notesMasterIdLst objectDefaults oleObj oleObjects oleSize permEnd permStart phoneticPr \
    photoAlbum picLocks pivotCaches pivotFmts pivotSource pivotTableDefinition printSettings \
    printerSettings proofErr protectedRanges protection-range queryTable \
    quickTimeFile rPh recentDocs relIds removePersonalInformation rsid rsidRoot rsids \
    saveThroughXslt scenarios sectPrChange selection sheetProtection slicers smartTag smartTags snd \
    spLocks subDoc svgBlip tagLst tags timing transition userShapes videoFile wavAudioFile \
    webPublishItems webPublishing workbookProtection writeProtection xmlColumnPr";

/// Elements of text documents whose names mean something else elsewhere: a path moves, too.
const CHANGES: [&str; 4] = ["del", "ins", "moveFrom", "moveTo"];

/// Attributes of any element.
const ATTRIBUTES: &str = "\
    action alt altLang anchorId appName author bmk codeName comment connectionId creationId \
    custom-name date dateUtc descr description dirty docId durableId editId err gfxdata \
    hashValue href initials invalidUrl lastEdited lastGUID legacySpreadsheetColorIndex link \
    lowestEdited macro matchingName modId nsid paraId password progId prompt promptTitle \
    refreshedBy reservationPassword rsidDel rsidP rsidR rsidRDefault rsidRPr rsidSect rsidTr \
    rupBuild saltValue serverZoom smtId src statusText tgtFrame tooltip topLeftCell tmpl \
    textId textlink title uid uniqueName userDrawn userName vbProcedure xWindow yWindow";

/// Letters of a value, and of a list of cells.
const LONGEST: usize = 4096;
const MOST_CELLS: usize = 1 << 16;

/// Elements in which words may stand.
const WORDED: [(&str, &str); 27] = [
    ("w", "t"),
    ("w", "instrText"),
    ("m", "t"),
    ("a", "t"),
    ("a", "tableStyleId"),
    ("c", "v"),
    ("c", "f"),
    ("c", "formatCode"),
    ("c", "separator"),
    ("c", "name"),
    ("x", "t"),
    ("x", "v"),
    ("x", "f"),
    ("x", "formula"),
    ("x", "formula1"),
    ("x", "formula2"),
    ("x", "definedName"),
    ("x", "oddHeader"),
    ("x", "oddFooter"),
    ("x", "evenHeader"),
    ("x", "evenFooter"),
    ("x", "firstHeader"),
    ("x", "firstFooter"),
    ("xdr", "col"),
    ("xdr", "row"),
    ("xdr", "colOff"),
    ("xdr", "rowOff"),
];

/// The same, for numbers only.
const NUMBERED: [(&str, &str); 6] = [
    ("wp", "posOffset"),
    ("wp", "align"),
    ("wp14", "pctWidth"),
    ("wp14", "pctHeight"),
    ("wp14", "pctPosHOffset"),
    ("wp14", "pctPosVOffset"),
];

/// Attributes that people see as they are: names of sheets and columns, what a rule looks
/// for, formats of numbers, signs before paragraphs.
const SEEN: [(&str, &str); 8] = [
    ("sheet", "name"),
    ("tableColumn", "name"),
    ("tableColumn", "totalsRowLabel"),
    ("cfRule", "text"),
    ("numFmt", "formatCode"),
    ("lvlText", "val"),
    ("textpath", "string"),
    ("definedName", "name"),
];

/// Whether a node of a copy may be there.
pub(super) fn may_be(node: Node<'_, '_>) -> bool {
    if let Some(words) = node.text().filter(|_| node.is_text()) {
        return node.parent_element().is_some_and(|holder| may_say(holder, words));
    }
    if !node.is_element() {
        return node.parent().is_none();
    }
    let (key, local) = xml::name(node);
    // Of a drawing it is a size.
    let is_size = local == "ext" && node.attribute("cx").is_some();
    may_be_named(key, local, is_size)
        && places::is_shown_there(node)
        && is_switched_on(node)
        && node.attributes().all(|attribute| {
            let space = attribute.namespace().map_or("", xml::key);
            let has_space = attribute.namespace().is_some();
            (!has_space || !space.is_empty())
                && may_have(space, attribute.name())
                && (is_seen(local, attribute.name())
                    || key == "v" && !attribute.value().contains("//")
                    || is_harmless(local, attribute.name(), attribute.value()))
        })
}

/// Whether something that only counts together with something else has that.
pub(super) fn is_switched_on(node: Node<'_, '_>) -> bool {
    let is_on = |of: Node<'_, '_>, switch| matches!(of.attribute(switch), Some("1" | "true"));
    let parent = node.parent_element();
    match xml::name(node) {
        ("x", "firstHeader" | "firstFooter") => {
            parent.is_some_and(|of| is_on(of, "differentFirst"))
        }
        ("x", "evenHeader" | "evenFooter") => {
            parent.is_some_and(|of| is_on(of, "differentOddEven"))
        }
        ("x", "cfRule") if node.attribute("text").is_some() => matches!(
            node.attribute("type"),
            Some("containsText" | "notContainsText" | "beginsWith" | "endsWith")
        ),
        ("c", "pt") => {
            let count = parent.and_then(|of| xml::child(of, "ptCount")?.attribute("val"));
            let [count, idx] = [count, node.attribute("idx")].map(|n| n?.parse::<u64>().ok());
            count.zip(idx).is_none_or(|(count, idx)| idx < count)
        }
        ("a", "r" | "fld") => parent
            .and_then(|of| of.parent_element())
            .is_none_or(|of| xml::name(of) != ("c", "txPr")),
        ("v", "textpath") if node.attribute("string").is_some() => {
            !matches!(node.attribute("on"), Some("f" | "false" | "0" | "off"))
        }
        ("x", "numFmt") => node
            .prev_siblings()
            .skip(1)
            .all(|other| other.attribute("numFmtId") != node.attribute("numFmtId")),
        _ => true,
    }
}

/// Whether there may be such an element; what is called `ext` may be a size.
pub(super) fn may_be_named(key: &str, local: &str, is_size: bool) -> bool {
    let is_bad = is_bad_element(local) || key == "w" && CHANGES.contains(&local);
    !key.is_empty() && (!is_bad || is_size && matches!(key, "a" | "xdr"))
}

/// Whether there may be such an attribute.
pub(super) fn may_have(key: &str, local: &str) -> bool {
    matches!(key, "" | "r" | "w" | "xml" | "o" | "m" | "w14") && !is_bad_attribute(local)
}

/// Whether words may stand in such an element.
pub(super) fn may_hold_words(name: (&str, &str)) -> bool {
    WORDED.contains(&name) || NUMBERED.contains(&name)
}

fn is_bad_element(local: &str) -> bool {
    static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| ELEMENTS.split(' ').collect());
    ALL.contains(local)
}

fn is_bad_attribute(local: &str) -> bool {
    static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| ATTRIBUTES.split(' ').collect());
    ALL.contains(local)
}

fn is_seen(local: &str, attribute: &str) -> bool {
    SEEN.contains(&(local, attribute))
}

fn may_say(holder: Node<'_, '_>, words: &str) -> bool {
    let name = xml::name(holder);
    match name {
        ("c" | "x", "f") | ("x", "formula" | "formula1" | "formula2" | "definedName") => {
            formulas::is_plain(words)
        }
        ("w", "instrText") => !is_address(words),
        ("a", "tableStyleId") => is_style(words),
        ("a", "t") if is_slide_number(holder) => words == "\u{2039}#\u{203A}",
        ("x", "v") => holder.parent_element().is_some_and(|cell| sheets::may_hold(cell, words)),
        _ if NUMBERED.contains(&name) => words.len() <= 20 && !words.contains(' '),
        _ => may_hold_words(name),
    }
}

fn is_slide_number(words: Node<'_, '_>) -> bool {
    words.parent_element().is_some_and(|field| field.attribute("type") == Some("slidenum"))
}

fn is_harmless(local: &str, attribute: &str, value: &str) -> bool {
    let is_name = attribute == "name";
    match local {
        "cNvPr" | "docPr" if is_name => value.is_empty(),
        "theme" | "clrScheme" | "fontScheme" | "fmtScheme" if is_name => value == "Office",
        "cSld" if is_name => false,
        "cellStyle" if is_name => value == "Normal",
        "table" if is_name || attribute == "displayName" => {
            value.strip_prefix("Table").is_some_and(|rest| rest.parse::<u32>().is_ok())
        }
        "tblStyle" if attribute == "styleName" => value == "Style",
        "tblStyle" if attribute == "styleId" => is_style(value),
        "tblStyleLst" => is_style(value),
        "fld" if attribute == "id" => value == "{00000000-0000-0000-0000-000000000001}",
        "cfvo" if attribute == "val" => formulas::is_plain(value),
        "axId" | "crossAx" => value.len() <= 3,
        "pt" if attribute == "formatCode" => {
            value.chars().all(|one| !one.is_alphabetic() || "GeneralEdmyhsAPM".contains(one))
        }
        "buChar" | "chr" | "begChr" | "endChr" | "sepChr" => value.chars().count() <= 1,
        "graphicData" => is_namespace(value),
        "compatSetting" if attribute == "uri" => {
            value == "http://schemas.microsoft.com/office/word"
        }
        _ => {
            // Cells that a rule is for can be many.
            let most = if attribute == "sqref" { MOST_CELLS } else { LONGEST };
            let is_long = value.len() > most || has_long_number(value);
            !is_address(value) && !is_made_up(value) && !is_long
        }
    }
}

fn is_namespace(value: &str) -> bool {
    let table = "http://schemas.openxmlformats.org/drawingml/2006/table";
    value == table || !xml::key(value).is_empty()
}

/// A style of the program's own or a numbered one; names of the same shape.
fn is_style(value: &str) -> bool {
    is_made_up(value) && value.len() == 38
}

/// A path, or an address somewhere else.
fn is_address(value: &str) -> bool {
    let lower = value.to_lowercase();
    ["://", ":\\", "\\\\", "file:", "mailto:", "@"].iter().any(|mark| lower.contains(mark))
}

/// Digits of the largest number that is written without an exponent, and of the most precise
/// fraction.
const DIGITS: usize = 17;
const FRACTION: usize = 22;

/// Whether there are more digits in a row than any number needs.
fn has_long_number(value: &str) -> bool {
    let mut most = DIGITS;
    let mut count = 0;
    value.chars().any(|one| {
        if one.is_ascii_digit() {
            count += 1;
        } else {
            (count, most) = (0, if one == '.' { FRACTION } else { DIGITS });
        }
        count > most
    })
}

/// A number that is made up once in the world: eight, four, four, four and twelve digits.
fn is_made_up(value: &str) -> bool {
    let plain = value.trim_matches(['{', '}']);
    let parts: Vec<&str> = plain.split('-').collect();
    let is_hex = |part: &&str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(is_hex)
}
