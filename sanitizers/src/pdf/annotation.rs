//! Annotations (ISO 32000-2, 12.5): comments, links, form fields, film, files.
//!
//! An annotation has two sides. What it looks like is a small drawing, and that is
//! kept, because people saw it. What it knows (who wrote it, when, the answer to a
//! comment, the value of a field, the certificate of a signer, the address behind a
//! link) is not. So every annotation with a look becomes a stamp with that look. Only a
//! highlight stays one: viewers lay it over the page like a marker pen, so that the
//! words below stay readable, and some draw it from its corners and colour alone.

use lopdf::{Dictionary, Object};

use super::copy::Copier;
use super::lex::{Lexer, Token};
use super::table::{Kind, Rule, lines};
use super::value::{Dict, Value};
use crate::refusal::Feature;
use crate::{Category, Change, Refusal, Warning};

// Flags (12.5.3).
/// Not shown by viewers that do not know the type; which types those are, they differ on.
const INVISIBLE: i64 = 1;
const HIDDEN: i64 = 1 << 1;
const NO_VIEW: i64 = 1 << 5;
/// Printed, not zoomed, not turned, not on screen.
const KEPT_FLAGS: i64 = 1 << 2 | 1 << 3 | 1 << 4 | NO_VIEW;

/// A button without a state (12.7.5.2.2).
const PUSH_BUTTON: i64 = 1 << 16;

/// Types that viewers draw from their numbers when they have no look of their own, with
/// the keys of these numbers (12.5.6.7 to 12.5.6.13).
const SHAPES: [(&str, &[&str]); 10] = [
    ("Line", &["IC", "L", "LE"]),
    ("Square", &["IC", "RD"]),
    ("Circle", &["IC", "RD"]),
    ("Polygon", &["IC", "Vertices"]),
    ("PolyLine", &["IC", "LE", "Vertices"]),
    ("Highlight", &["QuadPoints"]),
    ("Underline", &["QuadPoints"]),
    ("Squiggly", &["QuadPoints"]),
    ("StrikeOut", &["QuadPoints"]),
    ("Ink", &["InkList"]),
];
/// What every shape has.
const OF_SHAPES: [&str; 9] = ["BM", "BS", "Border", "C", "CA", "F", "OC", "Rect", "Type"];
/// What a stamp keeps besides its look.
const OF_STAMPS: [&str; 4] = ["BM", "F", "OC", "Rect"];
const OF_HIGHLIGHTS: [&str; 7] = ["BM", "C", "CA", "F", "OC", "QuadPoints", "Rect"];
/// What a link keeps: its place, its frame, and its target.
const OF_LINKS: [&str; 7] = ["BM", "BS", "Border", "C", "F", "OC", "Rect"];

impl<'a> Copier<'a> {
    /// The annotations of a page that show something or lead somewhere inside.
    pub(super) fn annotations(&mut self, page: &'a Dictionary) -> Result<Vec<Value>, Refusal> {
        let mut kept = Vec::new();
        for object in self.get_array(page, "Annots") {
            let Object::Dictionary(dict) = self.follow(object) else { continue };
            if let Some(copy) = self.annotation(dict)? {
                let number = self.allocate(super::copy::Work::Ready(Value::Dict(copy)));
                kept.push(Value::Reference(number));
            }
        }
        Ok(kept)
    }

    fn annotation(&mut self, dict: &'a Dictionary) -> Result<Option<Dict>, Refusal> {
        let subtype = self.get_name(dict, "Subtype").unwrap_or_default();
        self.note_annotation(dict, subtype);
        let flags = self.get_integer(dict, "F").unwrap_or(0);
        let hidden = self.is_hidden(dict, subtype);
        let of_no_type = flags & INVISIBLE != 0 && !is_standard(subtype);
        if !hidden && (of_no_type || self.is_set_anew(dict, subtype)?) {
            return Err(Refusal::Feature(Feature::Construct));
        }
        let copy = match (subtype, self.look(dict)) {
            _ if hidden => self.part_of(dict, &[]).map(|_| None),
            (b"Link", look) => self.link(dict, look),
            (_, Some(look)) => self.stamp(dict, look).map(Some),
            (_, None) => self.without_look(dict, subtype),
        }?;
        if copy.is_some() && flags & NO_VIEW != 0 {
            self.notes.warn(Warning::HiddenParts);
        }
        Ok(copy.map(|mut copy| {
            copy.insert(b"Type".to_vec(), Value::name("Annot"));
            copy.insert(b"F".to_vec(), Value::integer(flags & KEPT_FLAGS));
            copy
        }))
    }

    fn part_of(&mut self, dict: &'a Dictionary, keys: &[&str]) -> Result<Dict, Refusal> {
        self.some_of(dict, Kind::Annotation, 1, |key| keys.contains(&key))
    }

    fn stamp(&mut self, dict: &'a Dictionary, look: &'a Object) -> Result<Dict, Refusal> {
        let is_marker = self.get_name(dict, "Subtype") == Some(b"Highlight");
        let kept: &[&str] = if is_marker { &OF_HIGHLIGHTS } else { &OF_STAMPS };
        let mut copy = self.part_of(dict, kept)?;
        self.set_look(look, &mut copy);
        let subtype = if is_marker { "Highlight" } else { "Stamp" };
        copy.insert(b"Subtype".to_vec(), Value::name(subtype));
        Ok(copy)
    }

    fn set_look(&mut self, look: &'a Object, copy: &mut Dict) {
        let number = self.number_of(look, Kind::Form);
        let looks = Dict::from([(b"N".to_vec(), Value::Reference(number))]);
        copy.insert(b"AP".to_vec(), Value::Dict(looks));
    }

    /// Counts what is behind an annotation.
    fn note_annotation(&mut self, dict: &'a Dictionary, subtype: &[u8]) {
        match subtype {
            b"Link" | b"Popup" => {}
            b"Widget" => {
                self.notes.changed(Change::FormFlattened);
                self.notes.found(Category::FormData);
                if self
                    .field(dict, "FT")
                    .is_some_and(|kind| kind.as_name().is_ok_and(|n| n == b"Sig"))
                {
                    self.notes.changed(Change::SignaturesRemoved);
                    self.notes.found(Category::Signatures);
                }
            }
            b"FileAttachment" => self.notes.changed(Change::EmbeddedFilesRemoved),
            b"Screen" => {
                self.notes.found(Category::EmbeddedFiles);
                self.notes.changed(Change::MultimediaRemoved);
            }
            b"Movie" | b"Sound" | b"RichMedia" | b"3D" => {
                self.notes.changed(Change::MultimediaRemoved);
            }
            // A look alone is no comment.
            _ if knows_something(dict) => {
                self.notes.found(Category::Comments);
                self.notes.changed(Change::CommentsRemoved);
            }
            _ => {}
        }
    }

    /// A link inside the document, or the frame of one that led out of it.
    fn link(
        &mut self,
        dict: &'a Dictionary,
        look: Option<&'a Object>,
    ) -> Result<Option<Dict>, Refusal> {
        let target = self.target(dict);
        if target.is_none() {
            if dict.has(b"A") || dict.has(b"Dest") {
                self.notes.found(Category::Links);
                self.notes.changed(Change::LinksRemoved);
            }
            if look.is_none() && !self.has_frame(dict) {
                return self.part_of(dict, &[]).map(|_| None);
            }
        }
        let mut copy = self.part_of(dict, &OF_LINKS)?;
        if let Some(look) = look {
            self.set_look(look, &mut copy);
        }
        copy.insert(b"Subtype".to_vec(), Value::name("Link"));
        copy.extend(target.map(|target| (b"Dest".to_vec(), target)));
        Ok(Some(copy))
    }

    /// Whether viewers draw a frame; without any word about it they do (12.5.4).
    fn has_frame(&self, dict: &'a Dictionary) -> bool {
        let positive = |object: Option<&'a Object>| {
            object.map(|object| self.follow(object)).is_none_or(|width| {
                super::copy::number(width)
                    .and_then(|width| width.as_number())
                    .is_some_and(|w| w > 0.0)
            })
        };
        match (self.get_dict(dict, "BS"), self.get(dict, "Border")) {
            (Some(style), _) => positive(style.get(b"W").ok()),
            (None, Some(Object::Array(border))) => positive(border.get(2)),
            _ => true,
        }
    }

    /// The look that is kept, if the annotation is one that is shown.
    pub(super) fn shown_look(&self, dict: &'a Dictionary) -> Option<&'a Object> {
        let hidden = self.is_hidden(dict, self.get_name(dict, "Subtype").unwrap_or_default());
        if hidden { None } else { self.look(dict) }
    }

    fn is_hidden(&self, dict: &'a Dictionary, subtype: &[u8]) -> bool {
        let flags = self.get_integer(dict, "F").unwrap_or(0);
        flags & HIDDEN != 0 || matches!(subtype, b"Popup" | b"TrapNet")
    }

    /// The look that is shown: of several states, the current one (12.5.5).
    fn look(&self, dict: &'a Dictionary) -> Option<&'a Object> {
        match self.get(self.get_dict(dict, "AP")?, "N")? {
            look @ Object::Stream(_) => Some(look),
            Object::Dictionary(states) => {
                let state = self.get_name(dict, "AS").unwrap_or(b"Off");
                let look = self.follow(states.get(state).ok()?);
                matches!(look, Object::Stream(_)).then_some(look)
            }
            _ => None,
        }
    }

    fn without_look(
        &mut self,
        dict: &'a Dictionary,
        subtype: &[u8],
    ) -> Result<Option<Dict>, Refusal> {
        // A line can carry its words along (12.5.6.7).
        let captioned = matches!(self.get(dict, "Cap"), Some(Object::Boolean(true)))
            && says_something(self.get(dict, "Contents"));
        if captioned {
            return Err(Refusal::Feature(Feature::Construct));
        }
        if let Some((shape, own)) = SHAPES.iter().find(|shape| shape.0.as_bytes() == subtype) {
            let keys = [OF_SHAPES.as_slice(), own].concat();
            let mut copy = self.part_of(dict, &keys)?;
            if !own.contains(&"LE") {
                copy.remove(b"LE".as_slice());
            }
            copy.insert(b"Subtype".to_vec(), Value::name(shape));
            return Ok(Some(copy));
        }
        self.part_of(dict, &[])?;
        // Words that each viewer sets in type in its own way: a copy without them would
        // not show what the person saw.
        let words = match subtype {
            b"Stamp" => true,
            b"FreeText" => ["Contents", "RC"].iter().any(|key| says_something(self.get(dict, key))),
            _ => false,
        };
        if words {
            return Err(Refusal::Feature(Feature::Construct));
        }
        Ok(None)
    }

    /// Whether a viewer sets the value of a field in type, or draws its tick, because it
    /// has no look or because the form asks for that.
    fn is_set_anew(&mut self, dict: &'a Dictionary, subtype: &[u8]) -> Result<bool, Refusal> {
        let kind = self.field(dict, "FT").and_then(|kind| kind.as_name().ok());
        if subtype != b"Widget" || (self.look(dict).is_some() && !self.looks_made_later) {
            return Ok(false);
        }
        Ok(match kind {
            Some(b"Tx" | b"Ch") => {
                let value = self.field(dict, "V");
                says_something(value) && !self.is_shown_already(dict, value)?
            }
            Some(b"Btn") if self.is_push_button(dict) => {
                let captions = self.get_dict(dict, "MK");
                captions.is_some_and(|captions| says_something(self.get(captions, "CA")))
            }
            // A tick that was drawn is not drawn in another way.
            Some(b"Btn") => self.look(dict).is_none() && self.is_ticked(dict),
            _ => false,
        })
    }

    /// Whether the look shows the value of a field, letter for letter. Then nothing is lost
    /// if no viewer sets it anew. Letters beyond ASCII may mean others in the look's font.
    fn is_shown_already(
        &mut self,
        dict: &'a Dictionary,
        value: Option<&'a Object>,
    ) -> Result<bool, Refusal> {
        let Some(Object::Stream(look)) = self.look(dict) else { return Ok(false) };
        let drawing = self.plain(look)?;
        let shown = Lexer::new(&drawing).filter_map(|token| match token {
            Token::Text(text) => Some(text),
            _ => None,
        });
        let shown = shown.flatten().collect::<Vec<u8>>();
        let is_shown = |letters: Option<Vec<u8>>| letters.is_some_and(|letters| letters == shown);
        Ok(is_shown(value.and_then(ascii)) || is_shown(self.options(dict)))
    }

    /// The letters of all that can be chosen: a list shows them one below the other.
    fn options(&self, dict: &'a Dictionary) -> Option<Vec<u8>> {
        let items = self.field(dict, "Opt")?.as_array().ok()?;
        let texts = items.iter().map(|item| match self.follow(item) {
            Object::Array(pair) => ascii(self.follow(pair.get(1)?)),
            text => ascii(text),
        });
        let texts = texts.collect::<Option<Vec<_>>>()?.concat();
        (!texts.is_empty()).then_some(texts)
    }

    fn is_push_button(&self, dict: &'a Dictionary) -> bool {
        let flags = self.field(dict, "Ff").and_then(|flags| flags.as_i64().ok());
        flags.is_some_and(|flags| flags & PUSH_BUTTON != 0)
    }

    /// Whether a box is on (12.7.5.2.3). A box with a look for one of its states has none
    /// for being off, and then its own state counts; without any look, that of the field
    /// counts too.
    fn is_ticked(&self, dict: &'a Dictionary) -> bool {
        let is_on = |state: Option<&Object>| match state {
            Some(Object::Name(state)) => state != b"Off",
            other => says_something(other),
        };
        let own = self.get(dict, "AS");
        is_on(own) || (!self.has_any_look(dict) && is_on(self.field(dict, "V")))
    }

    fn has_any_look(&self, dict: &'a Dictionary) -> bool {
        let looks = self.get_dict(dict, "AP").and_then(|looks| self.get(looks, "N"));
        match looks {
            Some(Object::Dictionary(states)) => {
                states.iter().any(|(_, look)| matches!(self.follow(look), Object::Stream(_)))
            }
            looks => matches!(looks, Some(Object::Stream(_))),
        }
    }

    /// A value of a form field, which may stand with one of its parents (12.7.4.1).
    fn field(&self, dict: &'a Dictionary, key: &str) -> Option<&'a Object> {
        let mut field = dict;
        for _ in 0..self.limits.depth {
            if let Some(value) = self.get(field, key) {
                return Some(value);
            }
            field = self.get_dict(field, "Parent")?;
        }
        None
    }
}

/// Types that every viewer knows (table 171).
fn is_standard(subtype: &[u8]) -> bool {
    const OTHERS: [&[u8]; 18] = [
        b"3D",
        b"Caret",
        b"FileAttachment",
        b"FreeText",
        b"Link",
        b"Movie",
        b"Popup",
        b"PrinterMark",
        b"Projection",
        b"Redact",
        b"RichMedia",
        b"Screen",
        b"Sound",
        b"Stamp",
        b"Text",
        b"TrapNet",
        b"Watermark",
        b"Widget",
    ];
    OTHERS.contains(&subtype) || SHAPES.iter().any(|shape| shape.0.as_bytes() == subtype)
}

/// The mark in front of a text in UTF-16 (7.9.2.2).
const UTF_16: &[u8] = b"\xfe\xff";

/// A text that has no other letters than ASCII.
fn ascii(text: &Object) -> Option<Vec<u8>> {
    let text = text.as_str().ok()?;
    let letters = match text.strip_prefix(UTF_16) {
        None => text.to_vec(),
        Some(pairs) => pairs
            .chunks(2)
            .map(|pair| match pair {
                [0, letter] => Some(*letter),
                _ => None,
            })
            .collect::<Option<Vec<u8>>>()?,
    };
    let plain = letters.iter().all(|letter| matches!(letter, b' '..=b'~'));
    (plain && !letters.is_empty()).then_some(letters)
}

/// Whether an annotation holds more than what is kept of it.
fn knows_something(dict: &Dictionary) -> bool {
    dict.iter().any(|(key, _)| {
        let line = lines(Kind::Annotation).iter().find(|line| line.0.as_bytes() == key);
        line.is_none_or(|line| matches!(line.1, Rule::Gone(_)))
    })
}

fn says_something(value: Option<&Object>) -> bool {
    match value {
        None => false,
        // Some programs mark also an empty text as Unicode.
        Some(Object::String(text, _)) => !text.is_empty() && text != UTF_16,
        Some(Object::Array(chosen)) => !chosen.is_empty(),
        Some(_) => true,
    }
}
