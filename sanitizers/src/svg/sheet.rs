//! Styles: rules with selectors, and properties.
//!
//! A style sheet can fetch others, fonts and pictures; that is done by rules with an `@` and
//! by `url()`. It can select by anything; kept are selectors of names, classes and elements,
//! below each other.

use super::tables::{ELEMENTS, PROPERTIES, holds};
use super::value;
use super::words::WORDS;
use crate::{Category, Change, Notes, Warning};

/// Reads the properties of a style. Returns them in one form.
pub(super) fn properties(style: &str, notes: &mut Notes) -> String {
    let style = without_comments(style);
    let mut kept: Vec<Declaration> = Vec::new();
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
            let clean = value::plain(value, true);
            if clean.is_none() {
                dropped(&name, value, notes);
                notes.changed(Change::PartsRemoved);
            }
            clean
        };
        if let Some(value) = clean {
            add(&mut kept, Declaration { name, value, important }, notes);
        }
    }
    let all = kept.iter().map(|one| {
        warn(&one.name, &one.value, notes);
        [&*one.name, ":", &*one.value, one.important].concat()
    });
    all.collect::<Vec<_>>().join(";")
}

/// A property with its value.
struct Declaration {
    name: String,
    value: String,
    important: &'static str,
}

/// Adds a declaration, and leaves out those that it overrides for every reader.
fn add(all: &mut Vec<Declaration>, new: Declaration, notes: &mut Notes) {
    let of_name = |one: &Declaration| one.name == new.name;
    let before = all.len();
    if all.iter().any(|one| of_name(one) && one.important > new.important && one.is_sure()) {
        notes.found(Category::Other);
        return;
    }
    if new.is_sure() {
        all.retain(|one| !of_name(one) || one.important > new.important);
    }
    notes.found_many(Category::Other, u32::try_from(before - all.len()).unwrap_or(u32::MAX));
    all.push(new);
}

impl Declaration {
    /// Whether every reader understands it. Some pass over what they do not know, and follow
    /// what stands in front of it.
    fn is_sure(&self) -> bool {
        let is_colour = || {
            let mut colours = WORDS.iter().skip_while(|word| **word != "aliceblue");
            self.value.starts_with('#') || colours.any(|word| *word == self.value)
        };
        match &*self.name {
            "fill" | "stroke" => self.value == "none" || is_colour(),
            "color" | "flood-color" | "lighting-color" | "stop-color" => is_colour(),
            "display" => matches!(&*self.value, "none" | "inline" | "block"),
            "visibility" => matches!(&*self.value, "visible" | "hidden"),
            name if name.ends_with("opacity") || name.ends_with("width") => {
                self.value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            }
            _ => false,
        }
    }
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
        "opacity" | "font-size" => is_zero(value),
        "visibility" => value == "hidden" || value == "collapse",
        "display" => value == "none",
        "transform" => value.split(')').any(|call| {
            let (function, numbers) = call.split_once('(').unwrap_or_default();
            function.trim_start().starts_with("scale") && numbers.split([' ', ',']).any(is_zero)
        }),
        _ => false,
    };
    if hides {
        notes.warn(Warning::HiddenParts);
    }
}

/// Zero in any unit.
pub(super) fn is_zero(value: &str) -> bool {
    let number = value.trim_end_matches(|one: char| one.is_ascii_alphabetic() || one == '%');
    number.parse() == Ok(0.0_f32)
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
    let mut kept = String::new();
    add_rules(&sheet, true, &mut kept, notes);
    kept
}

/// Adds the rules of a sheet, and of what is `unpacked` in it.
fn add_rules(sheet: &str, unpacks: bool, kept: &mut String, notes: &mut Notes) {
    let mut rest = sheet;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return;
        }
        if rest.starts_with('@') {
            let (head, inside, behind) = at_rule(rest);
            rest = behind;
            // What holds on every screen holds without saying so.
            let head = head.to_ascii_lowercase();
            let mut words = head.split_ascii_whitespace();
            let is_media = words.next() == Some("@media");
            if unpacks && is_media && words.all(|word| matches!(word, "all" | "screen" | "only")) {
                add_rules(inside, false, kept, notes);
            } else {
                tell_at(&head, notes);
            }
            continue;
        }
        let Some((selectors, behind)) = rest.split_once('{') else {
            notes.found(Category::Other);
            return;
        };
        let (body, behind) = behind.split_once('}').unwrap_or((behind, ""));
        rest = behind;
        let all: Vec<&str> = selectors.split(',').collect();
        let clean: Vec<String> = all.iter().filter_map(|one| selector(one)).collect();
        notes.found_many(Category::Other, u32::from(clean.len() < all.len()));
        // What looks so under a mouse only is nothing to miss.
        let is_still =
            |one: &&&str| ![":hover", ":active", ":focus"].iter().any(|at| one.contains(at));
        let mut missed = all.iter().filter(|one| selector(one).is_none()).filter(is_still);
        if missed.any(|one| one.contains([':', '[', '+', '~'])) {
            notes.changed(Change::PartsRemoved);
        }
        let body = properties(body, notes);
        if !clean.is_empty() && !body.is_empty() {
            kept.extend([&*clean.join(","), "{", &*body, "}"]);
        }
    }
}

/// Counts a rule with an `@` that is left out.
fn tell_at(head: &str, notes: &mut Notes) {
    let name: String = head.chars().skip(1).take_while(char::is_ascii_alphabetic).collect();
    match name.as_str() {
        "charset" | "namespace" => {}
        // For paper only.
        "page" => notes.found(Category::Other),
        "media" if head.trim_end().ends_with("print") => notes.found(Category::Other),
        "import" => {
            notes.found(Category::Links);
            notes.changed(Change::PartsRemoved);
        }
        "font" => {
            notes.found(Category::EmbeddedFiles);
            notes.changed(Change::PartsRemoved);
        }
        "keyframes" => notes.changed(Change::MotionRemoved),
        _ => {
            notes.found(Category::Other);
            notes.changed(Change::PartsRemoved);
        }
    }
}

/// A rule with an `@`: what stands in front of its block, in it, and behind it.
fn at_rule(rest: &str) -> (&str, &str, &str) {
    let (mut depth, mut open) = (0_usize, None);
    for (at, one) in rest.char_indices() {
        let head = rest.get(..open.unwrap_or(at)).unwrap_or_default();
        match one {
            ';' if depth == 0 => return (head, "", rest.get(at + 1..).unwrap_or_default()),
            '{' => {
                open = open.or(Some(at));
                depth += 1;
            }
            '}' if depth <= 1 => {
                let inside = open.and_then(|open| rest.get(open + 1..at)).unwrap_or_default();
                return (head, inside, rest.get(at + 1..).unwrap_or_default());
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    (rest, "", "")
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
