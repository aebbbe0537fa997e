//! What is drawn and not seen: words without paint, parts of pictures outside of a frame, marks
//! in words.
//!
//! Of style sheets the last part of a selector is looked at: a warning more does no harm.

use std::collections::BTreeMap;

use super::filter::local;
use super::sheet::is_zero;
use super::tables::TEXTS;
use crate::xml::{Element, Node};
use crate::{Notes, Warning, text};

/// Properties that can leave words without paint, and elements inherit.
const PAINTS: [&str; 4] = ["fill", "fill-opacity", "stroke", "stroke-opacity"];

/// Which of them are said, and whether they leave something unpainted.
type Paint = [Option<bool>; PAINTS.len()];

/// Warns of what nobody sees; writes blanks between words as one, where they are shown as one.
pub(super) fn drawing(root: &mut Element, notes: &mut Notes) {
    if !keeps_blanks(root) {
        collapse(root, false);
    }
    let mut sheets = BTreeMap::new();
    let mut frames = false;
    read_sheets(root, &mut sheets, &mut frames);
    let paint = [Some(false), Some(false), Some(true), Some(false)];
    Walk { sheets, notes }.element(root, paint, frames);
}

/// Whether blanks count anywhere.
fn keeps_blanks(element: &Element) -> bool {
    element.get("xml:space") == Some("preserve")
        || element.attributes.iter().any(|one| {
            &*one.name == "white-space"
                || (&*one.name == "style" && one.value.contains("white-space"))
        })
        || (element.is("svg:style") && element.text().contains("white-space"))
        || element.elements().any(keeps_blanks)
}

fn collapse(element: &mut Element, in_text: bool) {
    let in_text = in_text || element.is("svg:text");
    for node in &mut element.children {
        match node {
            Node::Element(child) => collapse(child, in_text),
            Node::Text(words) if in_text => *words = with_single_blanks(words),
            Node::Text(_) => {}
        }
    }
}

/// Line ends of their own stay: some viewers make a blank of them, some nothing.
fn with_single_blanks(words: &str) -> String {
    let is_blank = |one: char| one.is_ascii_whitespace();
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find(is_blank) {
        let (before, behind) = rest.split_at_checked(at).unwrap_or_default();
        rest = behind.trim_start_matches(is_blank);
        let blanks = behind.strip_suffix(rest).unwrap_or_default();
        let are_ends = blanks.chars().all(|one| one == '\n');
        out.extend([before, if are_ends { "\n" } else { " " }]);
    }
    out.push_str(rest);
    out
}

fn read_sheets(element: &Element, sheets: &mut BTreeMap<String, Paint>, frames: &mut bool) {
    if element.is("svg:style") {
        let sheet = element.text();
        *frames |= sheet.contains("clip-path:url") || sheet.contains("mask:url");
        for (selectors, body) in sheet.split('}').filter_map(|rule| rule.split_once('{')) {
            for last in
                selectors.split(',').filter_map(|one| one.split([' ', '.', '#']).next_back())
            {
                paint_of_style(body, sheets.entry(last.to_owned()).or_default());
            }
        }
    }
    element.elements().for_each(|child| read_sheets(child, sheets, frames));
}

fn paint_of_style(style: &str, paint: &mut Paint) {
    for (name, value) in style.split(';').filter_map(|part| part.split_once(':')) {
        say(name, value.trim_end_matches("!important"), paint);
    }
}

fn say(name: &str, value: &str, paint: &mut Paint) {
    for (known, said) in PAINTS.iter().zip(paint) {
        if *known == name && value != "inherit" {
            let is_opacity = name.ends_with("opacity");
            *said = Some(matches!(value, "none" | "transparent") || (is_opacity && is_zero(value)));
        }
    }
}

struct Walk<'a> {
    /// By the last element, class or name of a selector.
    sheets: BTreeMap<String, Paint>,
    notes: &'a mut Notes,
}

impl Walk<'_> {
    fn element(&mut self, element: &Element, mut paint: Paint, mut framed: bool) {
        for one in &element.attributes {
            say(&one.name, &one.value, &mut paint);
        }
        let name = local(&element.name).unwrap_or_default();
        let classes = element.get("class").unwrap_or_default().split_ascii_whitespace();
        for key in classes.chain(element.get("id")).chain([name, "*"]) {
            let said = self.sheets.get(key).copied().unwrap_or_default();
            paint.iter_mut().zip(said).for_each(|(paint, said)| *paint = said.or(*paint));
        }
        let style = element.get("style").unwrap_or_default();
        paint_of_style(style, &mut paint);
        let is_framed = |name: &str| {
            element.get(name).is_some_and(|value| value != "none")
                || style.contains(&[name, ":url"].concat())
        };
        framed |= is_framed("clip-path") || is_framed("mask");
        if name == "image" && framed {
            self.notes.warn(Warning::CroppedArea);
        }
        let is_gone = |one: usize| paint.get(one).copied().flatten() == Some(true);
        let unpainted = (is_gone(0) || is_gone(1)) && (is_gone(2) || is_gone(3));
        let mut words = element.children.iter().filter_map(|node| match node {
            Node::Text(words) => Some(words),
            Node::Element(_) => None,
        });
        if TEXTS.contains(&name) && unpainted && words.any(|words| !words.trim().is_empty()) {
            self.notes.warn(Warning::HiddenText);
        }
        if name == "text" {
            text::warn(element.text().trim_ascii(), self.notes);
        }
        element.elements().for_each(|child| self.element(child, paint, framed));
    }
}
