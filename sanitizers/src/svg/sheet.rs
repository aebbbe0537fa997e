//! Styles: rules with selectors, and properties.
//!
//! A style sheet can fetch others, fonts and pictures; that is done by rules with an `@` and
//! by `url()`. It can select by anything; kept are selectors of names, classes and elements,
//! below each other.

use super::tables::{ELEMENTS, PROPERTIES, holds};
use super::value;
use crate::{Category, Change, Notes, Warning};

/// Reads the properties of a style. Returns them in one form.
pub(super) fn properties(style: &str, notes: &mut Notes) -> String {
    let style = without_comments(style);
    let mut kept = String::new();
    for part in split(&style, ';') {
        let Some((name, value)) = part.split_once(':') else {
            notes.found_many(Category::Other, u32::from(!part.trim().is_empty()));
            continue;
        };
        let name = name.trim().to_ascii_lowercase();
        if !holds(&PROPERTIES, &name) {
            dropped(&name, value, notes);
            continue;
        }
        let (value, important) = match value.trim().strip_suffix("!important") {
            Some(value) => (value.trim(), "!important"),
            None => (value.trim(), ""),
        };
        let clean = if name == "font-family" {
            fonts(value, notes)
        } else {
            let clean = value::plain(value);
            if clean.is_none() {
                dropped(&name, value, notes);
            }
            clean
        };
        if let Some(clean) = clean {
            warn(&name, &clean, notes);
            if !kept.is_empty() {
                kept.push(';');
            }
            kept.extend([&*name, ":", &*clean, important]);
        }
    }
    kept
}

/// Common fonts of a list. Without the others words can look different.
pub(super) fn fonts(value: &str, notes: &mut Notes) -> Option<String> {
    let (fonts, others) = value::fonts(value);
    if others {
        notes.found(Category::Other);
        notes.changed(Change::PartsRemoved);
    }
    fonts
}

/// Warns about what is there and cannot be seen.
pub(super) fn warn(name: &str, value: &str, notes: &mut Notes) {
    let hides = match name {
        "opacity" => value.parse() == Ok(0.0_f32),
        "visibility" => value == "hidden" || value == "collapse",
        "display" => value == "none",
        _ => false,
    };
    if hides {
        notes.warn(Warning::HiddenParts);
    }
}

/// Counts a property that is left out.
fn dropped(name: &str, value: &str, notes: &mut Notes) {
    match name {
        "enable-background" | "solid-color" | "solid-opacity" => {}
        _ if value.contains("url(") || value.contains("//") => {
            notes.found(Category::Links);
            notes.changed(Change::PartsRemoved);
        }
        _ if name.starts_with('-') => notes.found(Category::Software),
        _ => notes.found(Category::Other),
    }
}

/// Reads a style sheet. Returns its rules in one form.
pub(super) fn rules(sheet: &str, notes: &mut Notes) -> String {
    let sheet = without_comments(sheet).replace("<!--", " ").replace("-->", " ");
    let (mut rest, mut kept) = (sheet.as_str(), String::new());
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return kept;
        }
        if rest.starts_with('@') {
            rest = skip_at(rest, notes);
            continue;
        }
        let Some((selectors, behind)) = rest.split_once('{') else {
            notes.found(Category::Other);
            return kept;
        };
        let (body, behind) = behind.split_once('}').unwrap_or((behind, ""));
        rest = behind;
        let all: Vec<&str> = selectors.split(',').collect();
        let clean: Vec<String> = all.iter().filter_map(|one| selector(one)).collect();
        notes.found_many(Category::Other, u32::from(clean.len() < all.len()));
        let body = properties(body, notes);
        if !clean.is_empty() && !body.is_empty() {
            kept.extend([&*clean.join(","), "{", &*body, "}"]);
        }
    }
}

/// Passes over a rule with an `@`.
fn skip_at<'a>(rest: &'a str, notes: &mut Notes) -> &'a str {
    let name: String = rest.chars().skip(1).take_while(char::is_ascii_alphabetic).collect();
    match name.to_ascii_lowercase().as_str() {
        "charset" | "namespace" => {}
        "import" => {
            notes.found(Category::Links);
            notes.changed(Change::PartsRemoved);
        }
        "font" => {
            notes.found(Category::EmbeddedFiles);
            notes.changed(Change::PartsRemoved);
        }
        "keyframes" => notes.changed(Change::MotionRemoved),
        _ => notes.found(Category::Other),
    }
    let mut depth = 0_usize;
    for (at, one) in rest.char_indices() {
        match one {
            ';' if depth == 0 => return rest.get(at + 1..).unwrap_or_default(),
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return rest.get(at + 1..).unwrap_or_default();
                }
            }
            _ => {}
        }
    }
    ""
}

/// A selector of elements, classes and names, one below the other.
fn selector(selector: &str) -> Option<String> {
    let spaced = selector.replace('>', " > ");
    let mut clean: Vec<&str> = Vec::new();
    for word in spaced.split_ascii_whitespace() {
        if word != ">" {
            let (element, rest) = word.split_at(word.find(['.', '#']).unwrap_or(word.len()));
            (matches!(element, "" | "*") || holds(&ELEMENTS, element)).then_some(())?;
            for part in rest.split_inclusive(['.', '#']).skip(1) {
                is_name(part.trim_end_matches(['.', '#'])).then_some(())?;
            }
            (!word.ends_with(['.', '#'])).then_some(())?;
        }
        clean.push(word);
    }
    let ends = clean.first() != Some(&">") && clean.last() != Some(&">");
    (ends && !clean.is_empty()).then(|| clean.join(" "))
}

/// A name as most programs write it.
fn is_name(name: &str) -> bool {
    let starts = name.starts_with(|one: char| is_name_part(one) && !one.is_ascii_digit());
    starts && name.chars().all(is_name_part)
}

/// What such a name is made of.
pub(super) fn is_name_part(one: char) -> bool {
    one.is_ascii_alphanumeric() || matches!(one, '-' | '_')
}

fn without_comments(style: &str) -> String {
    let (mut rest, mut out) = (style, String::new());
    while let Some((before, behind)) = rest.split_once("/*") {
        out.extend([before, " "]);
        rest = behind.split_once("*/").map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out
}

/// Splits where a mark stands outside of quotes and parentheses.
fn split(text: &str, mark: char) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (at, one) in text.char_indices() {
        match (one, quote) {
            (_, Some(open)) if one == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(one),
            ('(', None) => depth += 1,
            (')', None) => depth = depth.saturating_sub(1),
            _ if one == mark && depth == 0 => {
                parts.extend(text.get(start..at));
                start = at + one.len_utf8();
            }
            _ => {}
        }
    }
    parts.extend(text.get(start..));
    parts
}
