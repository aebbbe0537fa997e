//! The parts of a Word document that are taken over.

use crate::office::{Content, PICTURES, PartType};

/// Parts that each have a text in which things are named: they may name these.
const NAMES: &[&str] = &["image", "chart"];

macro_rules! word {
    ($name:literal) => {
        concat!("application/vnd.openxmlformats-officedocument.wordprocessingml.", $name, "+xml")
    };
}

/// A part of which there is one, that names no other.
const fn single(
    relation: &'static str,
    content_type: &'static str,
    name: &'static str,
) -> PartType {
    PartType {
        relation,
        content_type,
        name,
        is_single: true,
        content: Content::Xml,
        waits: false,
        brings: &[],
        names: &[],
    }
}

/// All of them, the document itself first.
pub(super) const TYPES: &[PartType] = &[
    PartType {
        brings: &["numbering", "styles", "settings", "theme", "footnotes", "endnotes"],
        names: &["image", "chart", "header", "footer"],
        ..single("officeDocument", word!("document.main"), "word/document")
    },
    PartType { waits: true, ..single("styles", word!("styles"), "word/styles") },
    PartType {
        names: &["image"],
        waits: true,
        ..single("numbering", word!("numbering"), "word/numbering")
    },
    PartType { ..single("settings", word!("settings"), "word/settings") },
    PartType {
        names: &["image"],
        ..single(
            "theme",
            "application/vnd.openxmlformats-officedocument.theme+xml",
            "word/theme/theme",
        )
    },
    PartType { names: NAMES, ..single("footnotes", word!("footnotes"), "word/footnotes") },
    PartType { names: NAMES, ..single("endnotes", word!("endnotes"), "word/endnotes") },
    PartType { is_single: false, names: NAMES, ..single("header", word!("header"), "word/header") },
    PartType { is_single: false, names: NAMES, ..single("footer", word!("footer"), "word/footer") },
    PartType {
        is_single: false,
        names: &["image"],
        brings: &["themeOverride"],
        ..single(
            "chart",
            "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
            "word/charts/chart",
        )
    },
    PartType {
        is_single: false,
        names: &["image"],
        ..single(
            "themeOverride",
            "application/vnd.openxmlformats-officedocument.themeOverride+xml",
            "word/theme/themeOverride",
        )
    },
    PartType {
        is_single: false,
        content: Content::Picture(PICTURES),
        ..single("image", "image", "word/media/image")
    },
];
