//! Compares what lies over the pages: the looks of annotations, and layers.

use lopdf::{Dictionary, Document, Object, Stream};

use super::looks::{BLEND, is_among};
use super::pages::{Around, Pair, Role, address, map, value};
use super::unfold::follow;

/// Not shown at all (12.5.3).
const HIDDEN: i64 = 1 << 1;
/// What some viewers draw a highlight from, whatever its look is.
const OF_MARKERS: &[(&str, usize)] = &[("C", 4), ("CA", 0), ("QuadPoints", usize::MAX)];
/// Printed, turned, not on screen: what the copy keeps of the flags.
const KEPT: i64 = 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5;

impl<'a> Pair<'a> {
    /// Every look that was shown is shown, in the same order and place.
    pub(super) fn annotations(&mut self, old: &'a Dictionary, new: &'a Dictionary) -> Option<()> {
        shapes_are_plain(self.copy, new)?;
        let (before, after) = (looks(self.given, old), looks(self.copy, new));
        if before.len() != after.len() {
            return None;
        }
        for ((old, old_look), (new, new_look)) in before.into_iter().zip(after) {
            self.same_numbers(old, new, &[("Rect", 4)])?;
            let flags = |doc, dict| {
                value(doc, dict, "F").and_then(|flags| flags.as_i64().ok()).unwrap_or(0) & KEPT
            };
            (flags(self.given, old) == flags(self.copy, new)).then_some(())?;
            let markers = (is_marker(self.given, old), is_marker(self.copy, new));
            (markers.0 == markers.1).then_some(())?;
            if markers.0 {
                self.same_numbers(old, new, OF_MARKERS)?;
            }
            self.same_names(old, new, &[("BM", &BLEND)])?;
            self.meet_key(Role::Layer, old, new, "OC", Around::default())?;
            let (old, new) = (Some(old_look), Some(new_look));
            self.meet_both(Role::Form, old, new, Around::default())?;
        }
        Some(())
    }

    /// Two layers, or two rules for showing a layer.
    pub(super) fn layer(&mut self, old: &'a Dictionary, new: &'a Dictionary) -> Option<()> {
        self.same_names(old, new, &[("Type", &["OCG", "OCMD"])])?;
        let (given, copy) = (self.given, self.copy);
        if value(copy, new, "Type")?.as_name().ok()? == b"OCG" {
            for state in [["View", "ViewState"], ["Print", "PrintState"], ["Export", "ExportState"]]
            {
                let on = |doc, dict| {
                    let usage = map(doc, dict, "Usage")?;
                    value(doc, map(doc, usage, state[0])?, state[1])?.as_name().ok()
                };
                let was = on(given, old).filter(|name| matches!(*name, b"ON" | b"OFF"));
                (was == on(copy, new)).then_some(())?;
            }
            let known = self.layers.entry(address(old)).or_insert(address(new));
            return (*known == address(new)).then_some(());
        }
        self.same_names(old, new, &[("P", &["AllOn", "AnyOn", "AnyOff", "AllOff"])])?;
        let (before, after) = (layers(given, old, "OCGs"), layers(copy, new, "OCGs"));
        self.same_layers(&before, &after)?;
        let rule = |doc, dict| match value(doc, dict, "VE") {
            Some(Object::Array(items)) if operator(doc, items).is_some() => Some(items.as_slice()),
            _ => None,
        };
        match (rule(given, old), rule(copy, new)) {
            (None, None) => Some(()),
            (Some(old), Some(new)) => self.rule(old, new, 0),
            _ => None,
        }
    }

    fn same_layers(&mut self, old: &[&'a Object], new: &[&'a Object]) -> Option<()> {
        (old.len() == new.len()).then_some(())?;
        for (old, new) in old.iter().zip(new) {
            self.meet_both(Role::Layer, Some(old), Some(new), Around::default())?;
        }
        Some(())
    }

    fn rule(&mut self, old: &'a [Object], new: &'a [Object], depth: u32) -> Option<()> {
        let (given, copy) = (self.given, self.copy);
        self.values = self.values.checked_sub(old.len())?;
        if depth > self.limits.depth || operator(given, old) != operator(copy, new) {
            return None;
        }
        let counts = |doc, item: &'a Object| match follow(doc, item) {
            Object::Array(items) => operator(doc, items).is_some(),
            item => is_layer(doc, item),
        };
        let before: Vec<_> = old.iter().skip(1).filter(|item| counts(given, item)).collect();
        let after: Vec<_> = new.iter().skip(1).filter(|item| counts(copy, item)).collect();
        (before.len() == after.len()).then_some(())?;
        for (old, new) in before.into_iter().zip(after) {
            match (follow(given, old), follow(copy, new)) {
                (Object::Array(old), Object::Array(new)) => self.rule(old, new, depth + 1)?,
                (old, new) => self.same_layers(&[old], &[new])?,
            }
        }
        Some(())
    }

    /// What is on and off when the document is opened.
    pub(super) fn same_switches(&mut self) -> Option<()> {
        let settings = |doc: &'a Document| map(doc, doc.catalog().ok()?, "OCProperties");
        let (given, copy) = (self.given, self.copy);
        let chosen = |doc: &'a Document| map(doc, settings(doc)?, "D");
        let base = |doc: &'a Document| match chosen(doc).and_then(|d| value(doc, d, "BaseState")) {
            Some(Object::Name(name)) if name != b"ON" => name.as_slice(),
            _ => b"ON",
        };
        if !self.layers.is_empty() {
            (base(given) == base(copy)).then_some(())?;
        }
        for key in ["ON", "OFF"] {
            let list = |doc: &'a Document| -> Vec<usize> {
                let list = chosen(doc).map(|chosen| layers(doc, chosen, key)).unwrap_or_default();
                list.iter().filter_map(|item| item.as_dict().ok()).map(address).collect()
            };
            let (before, after) = (list(given), list(copy));
            let same =
                self.layers.iter().all(|(old, new)| before.contains(old) == after.contains(new));
            same.then_some(())?;
        }
        Some(())
    }
}

/// Whether viewers lay it over the page like a marker pen.
fn is_marker(doc: &Document, dict: &Dictionary) -> bool {
    value(doc, dict, "Subtype").is_some_and(|kind| kind.as_name().is_ok_and(|n| n == b"Highlight"))
}

fn is_layer(doc: &Document, object: &Object) -> bool {
    object.as_dict().is_ok_and(|dict| {
        value(doc, dict, "Type").is_some_and(|name| name.as_name().is_ok_and(|n| n == b"OCG"))
    })
}

/// The layers under a key: one, or a list of them.
fn layers<'a>(doc: &'a Document, dict: &'a Dictionary, key: &str) -> Vec<&'a Object> {
    let items: Vec<&Object> = match value(doc, dict, key) {
        Some(Object::Array(items)) => items.iter().map(|item| follow(doc, item)).collect(),
        single => single.into_iter().collect(),
    };
    items.into_iter().filter(|item| is_layer(doc, item)).collect()
}

fn operator<'a>(doc: &'a Document, items: &'a [Object]) -> Option<&'a [u8]> {
    let name = follow(doc, items.first()?).as_name().ok()?;
    matches!(name, b"And" | b"Or" | b"Not").then_some(name)
}

/// Whether shapes that viewers draw from numbers have no numbers but their own.
fn shapes_are_plain(doc: &Document, page: &Dictionary) -> Option<()> {
    const OF_SHAPES: [(&[u8], &[&str]); 6] = [
        (b"L", &["Line"]),
        (b"LE", &["Line", "PolyLine"]),
        (b"RD", &["Circle", "Square"]),
        (b"Vertices", &["PolyLine", "Polygon"]),
        (b"InkList", &["Ink"]),
        (b"QuadPoints", &["Highlight", "Squiggly", "StrikeOut", "Underline"]),
    ];
    let Some(Object::Array(items)) = value(doc, page, "Annots") else { return Some(()) };
    for item in items {
        let dict = follow(doc, item).as_dict().ok()?;
        let kind = value(doc, dict, "Subtype")?.as_name().ok()?;
        for (key, kinds) in OF_SHAPES {
            (!dict.has(key) || is_among(kinds, kind)).then_some(())?;
        }
    }
    Some(())
}

/// Annotations of a page that show a look, with that look.
fn looks<'a>(doc: &'a Document, page: &'a Dictionary) -> Vec<(&'a Dictionary, &'a Object)> {
    let items = match value(doc, page, "Annots") {
        Some(Object::Array(items)) => items.as_slice(),
        _ => &[],
    };
    let shown = items.iter().filter_map(|item| {
        let dict = follow(doc, item).as_dict().ok()?;
        let flags = value(doc, dict, "F").and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
        let kind = value(doc, dict, "Subtype").and_then(|kind| kind.as_name().ok());
        if flags & HIDDEN != 0 || matches!(kind, Some(b"Popup" | b"TrapNet")) {
            return None;
        }
        let look = value(doc, map(doc, dict, "AP")?, "N")?;
        let look = match look {
            Object::Dictionary(states) => {
                let state = value(doc, dict, "AS").and_then(|state| state.as_name().ok());
                follow(doc, states.get(state.unwrap_or(b"Off")).ok()?)
            }
            look => look,
        };
        matches!(look, Object::Stream(Stream { .. })).then_some((dict, look))
    });
    shown.collect()
}
