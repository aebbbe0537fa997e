//! Goes through a page tag by tag and writes what is kept.

use html5gum::{EndTag, StartTag, State, Token, Tokenizer};

use super::noted::{self, Attributes, value};
use super::rules::{self, Fate};
use super::skip::{Skip, Step};
use super::{hidden, picture, write};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Change, Limits, Notes, Refusal, Warning, text};

/// Inputs whose value is shown as words.
const SHOWN_INPUTS: [&str; 12] = [
    "", "text", "search", "tel", "url", "email", "number", "date", "time", "submit", "button",
    "reset",
];

/// What stands between the fixed beginning and end of a copy.
pub(super) fn body(page: &str, limits: &Limits, notes: &mut Notes) -> Result<String, Refusal> {
    let mut filter =
        Filter { out: String::new(), skip: None, sheet: false, depth: 0, limits: *limits };
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
    /// Elements inside each other.
    depth: u32,
    limits: Limits,
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
        self.deeper(&name)?;
        if let Some(skip) = &mut self.skip {
            if skip.start(&name, tag.self_closing) == Step::Inside {
                return Ok(state);
            }
            self.stop_skipping(notes);
        }
        self.open(&name, tag, notes)?;
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
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: &EndTag<()>, notes: &mut Notes) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if !rules::is_empty(&name) {
            self.depth = self.depth.saturating_sub(u32::from(must_end(&name)));
        }
        if let Some(skip) = &mut self.skip {
            match skip.end(&name) {
                Step::Inside => return,
                Step::Ended => return self.stop_skipping(notes),
                Step::EndedBefore => self.stop_skipping(notes),
            }
        }
        if let Fate::Kept(kept) = rules::fate(&name) {
            // An end without a beginning is a line break to browsers.
            if !rules::is_empty(kept) {
                self.out.extend(["</", kept, ">"]);
            } else if kept == "br" {
                self.out.push_str("<br>");
            }
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
        write::text(&mut self.out, words);
    }

    fn stop_skipping(&mut self, notes: &mut Notes) {
        self.sheet = false;
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
            notes.changed(Change::PartsRemoved);
        }
        Ok(())
    }

    /// The words that stand in a field or on a button.
    fn input(&mut self, attributes: &Attributes) {
        let kind = value(attributes, "type").unwrap_or_default().to_ascii_lowercase();
        if SHOWN_INPUTS.contains(&&*kind) {
            write::text(&mut self.out, &value(attributes, "value").unwrap_or_default());
        }
    }

    fn deeper(&mut self, name: &str) -> Result<(), Refusal> {
        self.depth += u32::from(must_end(name) && !rules::is_empty(name));
        let within = self.depth <= self.limits.elements_depth;
        if within { Ok(()) } else { Err(Refusal::Limit(Limit::Depth)) }
    }

    fn finish(mut self) -> Result<String, Refusal> {
        self.out.truncate(self.out.trim_end().len());
        if self.out.chars().any(text::is_refused) {
            return Err(Refusal::Damaged(Damage::Encoding));
        }
        Ok(self.out)
    }
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
