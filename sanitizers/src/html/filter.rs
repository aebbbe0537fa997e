//! Goes through a page tag by tag and writes what is kept.

use std::collections::HashMap;

use html5gum::{EndTag, StartTag, State, Token, Tokenizer};

use super::noted::{self, Attributes, value};
use super::rules::{self, Fate};
use super::skip::{Skip, Step};
use super::{hidden, picture, spans, write};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Change, Limits, Notes, Refusal, Warning, text};

/// Elements inside each other in one that is left out, also those whose end need not be
/// written. All of them are looked at for each tag.
const MOST_LEFT_OUT: usize = 2_000;

/// Inputs whose value is shown as words.
const SHOWN_INPUTS: [&str; 12] = [
    "", "text", "search", "tel", "url", "email", "number", "date", "time", "submit", "button",
    "reset",
];

/// What stands between the fixed beginning and end of a copy.
pub(super) fn body(page: &str, limits: &Limits, notes: &mut Notes) -> Result<String, Refusal> {
    let mut filter = Filter {
        out: String::new(),
        skip: None,
        sheet: false,
        open: Open::default(),
        around: Open::default(),
        pre: 0,
        limits: *limits,
    };
    let mut tokenizer = Tokenizer::new(page);
    let mut tags = 0_u32;
    while let Some(Ok(token)) = tokenizer.next() {
        match token {
            Token::StartTag(tag) => {
                tags += 1;
                if tags > limits.objects || tag.attributes.len() > limits.attributes as usize {
                    return Err(Refusal::Limit(Limit::Parts));
                }
                if let Some(state) = filter.start(&tag, notes)? {
                    tokenizer.set_state(state);
                }
            }
            Token::EndTag(tag) => filter.end(&tag, notes),
            Token::String(words) => filter.words(&String::from_utf8_lossy(&words), notes),
            Token::Comment(_) => notes.found(Category::Comments),
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    filter.finish()
}

struct Filter {
    out: String,
    skip: Option<Skip>,
    /// Whether a style sheet is being left out.
    sheet: bool,
    open: Open,
    /// What was open when an element began to be left out.
    around: Open,
    /// Elements inside each other in which blanks count.
    pre: u32,
    limits: Limits,
}

/// Elements that have begun and not ended, of those that must end.
#[derive(Default)]
struct Open {
    /// How many of each name.
    names: HashMap<String, u32>,
    /// Elements inside each other.
    depth: u32,
}

impl Filter {
    /// Goes past the beginning of an element; says how what is in it has to be read.
    fn start(&mut self, tag: &StartTag<()>, notes: &mut Notes) -> Result<Option<State>, Refusal> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let foreign = self.skip.as_ref().is_some_and(Skip::is_foreign);
        let state = if foreign { None } else { state_inside(&name) };
        if matches!(&*name, "frameset" | "plaintext") {
            return Err(Refusal::Feature(Feature::Construct));
        }
        // What is in it is shown instead of what is around it.
        let has = |attribute: &str| tag.attributes.contains_key(attribute.as_bytes());
        if name == "template" && (has("shadowrootmode") || has("shadowroot")) {
            return Err(Refusal::Feature(Feature::Construct));
        }
        let goes_deeper = !(tag.self_closing && (foreign || matches!(&*name, "svg" | "math")));
        if let Some(skip) = &mut self.skip {
            let looks = ["color", "face", "size"];
            let has_looks = looks.iter().any(|one| tag.attributes.contains_key(one.as_bytes()));
            if skip.depth() > MOST_LEFT_OUT {
                return Err(Refusal::Limit(Limit::Depth));
            }
            if skip.start(&name, tag.self_closing, has_looks) == Step::Inside {
                self.deeper(&name, goes_deeper)?;
                return Ok(state);
            }
            self.stop_skipping(notes);
        }
        self.open(&name, tag, notes)?;
        self.deeper(&name, goes_deeper)?;
        Ok(state)
    }

    fn open(&mut self, name: &str, tag: &StartTag<()>, notes: &mut Notes) -> Result<(), Refusal> {
        noted::element(name, &tag.attributes, notes);
        let fate = rules::fate(name);
        let is_page = matches!(name, "html" | "body" | "head");
        let hides = !is_page && is_hidden(name, &tag.attributes);
        if let Fate::Kept(kept) = fate
            && !hides
        {
            self.tag(kept, &tag.attributes, notes);
            return Ok(());
        }
        count(name, &tag.attributes, notes);
        let ends_at_once = rules::is_empty(name) || (name == "svg" && tag.self_closing);
        match name {
            "img" | "image" if !hides => self.picture(&tag.attributes, notes)?,
            "input" if !hides => self.input(&tag.attributes),
            _ if (hides || fate == Fate::Dropped) && !ends_at_once => {
                self.sheet = name == "style";
                self.skip = Some(Skip::new(name, hides && fate != Fate::Dropped));
                let depth = self.open.depth;
                let inside = Open { depth, ..Open::default() };
                self.around = std::mem::replace(&mut self.open, inside);
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: &EndTag<()>, notes: &mut Notes) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if let Some(skip) = &mut self.skip {
            match skip.end(&name) {
                Step::Inside => {
                    self.higher(&name);
                    return;
                }
                Step::Ended => return self.stop_skipping(notes),
                Step::EndedBefore => self.stop_skipping(notes),
            }
        }
        let is_stray = !self.higher(&name) && must_end(&name) && !rules::is_empty(&name);
        if let Fate::Kept(kept) = rules::fate(&name) {
            // An end without a beginning is a line break to browsers, or nothing.
            if kept == "br" {
                self.out.push_str("<br>");
            } else if !rules::is_empty(kept) && !is_stray {
                self.end_tag(kept);
            }
        }
    }

    /// Writes the end of an element. One within a line that is empty was never seen.
    fn end_tag(&mut self, name: &str) {
        self.pre = self.pre.saturating_sub(u32::from(name == "pre"));
        let start = self.out.rfind('<').unwrap_or(self.out.len());
        let tag = self.out.get(start + 1..).and_then(|tag| tag.strip_suffix('>'));
        let is_empty = tag.is_some_and(|tag| tag.split(' ').next() == Some(name));
        if is_empty && WITHIN_LINES.contains(&name) {
            self.out.truncate(start);
        } else {
            self.out.extend(["</", name, ">"]);
        }
    }

    fn words(&mut self, words: &str, notes: &mut Notes) {
        if let Some(skip) = &mut self.skip {
            skip.words |= !words.trim().is_empty();
            if self.sheet && hidden::may_hide(words) {
                notes.warn(Warning::HiddenText);
            }
            return;
        }
        // Blanks before the first word belong to nothing.
        let words = if self.out.is_empty() { words.trim_start() } else { words };
        write::text(&mut self.out, words, self.pre > 0);
    }

    fn stop_skipping(&mut self, notes: &mut Notes) {
        self.sheet = false;
        // What began inside has ended with it, whether that was written or not.
        self.open = std::mem::take(&mut self.around);
        if let Some(skip) = self.skip.take()
            && skip.hidden
            && skip.words
        {
            notes.found(Category::Other);
            notes.changed(Change::HiddenTextRemoved);
        }
    }

    /// Writes the beginning of an element with the attributes it may keep.
    fn tag(&mut self, name: &str, attributes: &Attributes, notes: &mut Notes) {
        self.pre += u32::from(name == "pre");
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in attributes {
            let attribute = String::from_utf8_lossy(attribute);
            let value = String::from_utf8_lossy(value);
            if rules::keeps(name, &attribute, &value) {
                self.out.extend([" ", &*attribute, "=\"", &*value, "\""]);
            } else {
                noted::attribute(&attribute, &value, notes);
            }
        }
        self.out.push('>');
    }

    fn picture(&mut self, attributes: &Attributes, notes: &mut Notes) -> Result<(), Refusal> {
        let address = value(attributes, "src").unwrap_or_default();
        let limits = self.limits.unfolded(address.len() as u64);
        self.limits = limits.ok_or(Refusal::Limit(Limit::Inflated))?;
        if let Some(clean) = picture::clean(&address, &self.limits, notes)? {
            self.out.extend(["<img src=\"", &clean, "\">"]);
        } else {
            notes.found(Category::Links);
            notes.changed(Change::PartsRemoved);
        }
        Ok(())
    }

    /// The words that stand in a field or on a button.
    fn input(&mut self, attributes: &Attributes) {
        let kind = value(attributes, "type").unwrap_or_default().to_ascii_lowercase();
        if SHOWN_INPUTS.contains(&&*kind) {
            write::text(&mut self.out, &value(attributes, "value").unwrap_or_default(), false);
        }
    }

    fn deeper(&mut self, name: &str, goes_deeper: bool) -> Result<(), Refusal> {
        if goes_deeper && must_end(name) && !rules::is_empty(name) {
            *self.open.names.entry(key(name)).or_default() += 1;
            self.open.depth += 1;
        }
        let within = self.open.depth <= self.limits.elements_depth;
        if within { Ok(()) } else { Err(Refusal::Limit(Limit::Depth)) }
    }

    /// The end of an element; says whether it had begun.
    fn higher(&mut self, name: &str) -> bool {
        let count = self.open.names.get_mut(&key(name)).filter(|count| **count > 0);
        let Some(count) = count else { return false };
        *count -= 1;
        self.open.depth -= 1;
        true
    }

    fn finish(mut self) -> Result<String, Refusal> {
        self.out.truncate(self.out.trim_end().len());
        self.out = spans::within_tables(&self.out);
        if self.out.chars().any(text::is_refused) {
            return Err(Refusal::Damaged(Damage::Encoding));
        }
        Ok(self.out)
    }
}

/// Elements within lines, of which nothing is seen if nothing is in them.
const WITHIN_LINES: [&str; 20] = [
    "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "s",
    "samp", "small", "strong", "sub", "sup", "u",
];

/// Whether nothing is seen of an element if nothing is in it.
pub(crate) fn is_within_lines(name: &str) -> bool {
    WITHIN_LINES.contains(&name)
}

/// The end of any heading ends every heading.
fn key(name: &str) -> String {
    let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    if is_heading { "h1".to_owned() } else { name.to_owned() }
}

/// Elements whose content is not read for tags, as the tree builder of the standard does it
/// for programs that run scripts.
fn state_inside(name: &str) -> Option<State> {
    match name {
        "title" | "textarea" => Some(State::RcData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => Some(State::RawText),
        "script" => Some(State::ScriptData),
        _ => None,
    }
}

/// Whether an element can only end by its own end, or by that of one around it.
fn must_end(name: &str) -> bool {
    !["p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "html", "body"]
        .contains(&name)
}

/// Whether a page says of an element that it is not shown.
fn is_hidden(name: &str, attributes: &Attributes) -> bool {
    let has = |attribute: &str| attributes.contains_key(attribute.as_bytes());
    has("hidden")
        || has("popover")
        || (name == "dialog" && !has("open"))
        || value(attributes, "style").is_some_and(|style| hidden::by_style(&style))
}

/// Counts the attributes of an element that is not kept.
fn count(name: &str, attributes: &Attributes, notes: &mut Notes) {
    for (attribute, value) in attributes {
        let attribute = String::from_utf8_lossy(attribute);
        if matches!(name, "meta" | "link" | "script" | "base" | "title") {
            continue;
        }
        if name == "a" && attribute == "href" {
            notes.changed(Change::LinksRemoved);
        }
        noted::attribute(&attribute, &String::from_utf8_lossy(value), notes);
    }
}
