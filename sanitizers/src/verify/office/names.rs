//! What must never come out: elements, attributes and values that tell who, where or when,
//! that lead somewhere, or that nobody sees.
//!
//! This is a list of what is known to be bad, beside the cleaner's list of what is good. The
//! two were made apart, so that what one of them forgets, the other may remember.

use std::collections::HashSet;
use std::sync::LazyLock;

use roxmltree::Node;

use super::{formulas, xml};

/// Elements of any namespace.
const ELEMENTS: &str = "\
    AlternateContent Choice Fallback OLEObject absPath altChunk attachedTemplate audioFile \
    authors calculatedColumnFormula calcChain comment commentList commentRangeEnd \
    commentRangeStart commentReference comments connection connections contentPart control \
    controls custClrLst custDataLst custShowLst customProperties customSheetViews customXml \
    customXmlDelRangeStart customXmlInsRangeStart customXmlPr customWorkbookViews cxnSpLocks \
    dataConsolidate dataModelExt del delInstrText delText docVar docVars embeddedFontLst ext \
    extLst externalData externalReferences fileRecoveryPr fileSharing fileVersion fldData \
    functionGroups graphicFrameLocks grpSpLocks hlinkClick hlinkHover hlinkMouseOver \
    hyperlinks ignoredErrors imgLayer ink ins legacyDrawing legacyDrawingHF mailMerge media \
    modifyVerifier moveFrom moveFromRangeStart moveTo moveToRangeStart mruColors \
    notesMasterIdLst objectDefaults oleObj oleObjects oleSize permEnd permStart phoneticPr \
    photoAlbum picLocks pivotCaches pivotFmts pivotSource pivotTableDefinition printSettings \
    printerSettings proofErr protectedRanges protection-range queryTable \
    quickTimeFile rPh recentDocs relIds removePersonalInformation rsid rsidRoot rsids \
    saveThroughXslt scenarios sectPrChange selection sheetProtection slicers smartTag smartTags snd \
    spLocks subDoc svgBlip tagLst tags timing transition userShapes videoFile wavAudioFile \
    webPublishItems webPublishing workbookProtection writeProtection xmlColumnPr";

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
const SEEN: [(&str, &str); 10] = [
    ("sheet", "name"),
    ("tableColumn", "name"),
    ("tableColumn", "totalsRowLabel"),
    ("cfRule", "text"),
    ("numFmt", "formatCode"),
    ("pt", "formatCode"),
    ("buChar", "char"),
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
    let is_size = local == "ext" && matches!(key, "a" | "xdr") && node.attribute("cx").is_some();
    !key.is_empty()
        && (is_size || !is_bad_element(local))
        && node.attributes().all(|attribute| {
            let space = attribute.namespace().unwrap_or_default();
            let is_known = space.is_empty()
                || matches!(xml::key(space), "r" | "w" | "xml" | "o" | "m" | "w14");
            is_known
                && !is_bad_attribute(attribute.name())
                && (is_seen(local, attribute.name())
                    || key == "v" && !attribute.value().contains("//")
                    || is_harmless(local, attribute.name(), attribute.value()))
        })
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
        _ if NUMBERED.contains(&name) => words.len() <= 20 && !words.contains(' '),
        _ => WORDED.contains(&name),
    }
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
        "graphicData" => is_namespace(value),
        "compatSetting" if attribute == "uri" => {
            value == "http://schemas.microsoft.com/office/word"
        }
        _ => {
            // Cells that a rule is for can be many.
            let most = if attribute == "sqref" { MOST_CELLS } else { LONGEST };
            !is_address(value) && !is_made_up(value) && value.len() <= most
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

/// A number that is made up once in the world: eight, four, four, four and twelve digits.
fn is_made_up(value: &str) -> bool {
    let plain = value.trim_matches(['{', '}']);
    let parts: Vec<&str> = plain.split('-').collect();
    let is_hex = |part: &&str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(is_hex)
}
