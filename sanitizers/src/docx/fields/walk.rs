//! Fields between marks: a beginning, an instruction, perhaps a separator and words, an end.
//!
//! They reach over runs and paragraphs and stand inside each other. The instruction comes
//! behind the beginning, so a story is gone through twice.

use super::{kept, note, shown};
use crate::xml::{Element, Node};
use crate::{Category, Change, Notes};

/// What was found out about a field.
#[derive(Default)]
struct Field {
    instruction: String,
    has_words: bool,
    /// Whether it ends. One that does not is nothing but stray marks.
    is_closed: bool,
    /// Its instruction in its one form, if it stays.
    kept: Option<String>,
}

/// How far a field that stays was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Nothing,
    Instruction,
    Words,
}

/// A field that has begun and not ended.
struct Open {
    number: usize,
    in_words: bool,
    /// What of it was written.
    told: Told,
    /// Whether its marks stay.
    stays: bool,
}

pub(super) struct Walk {
    fields: Vec<Field>,
    /// The number of the field that begins next.
    next: usize,
    open: Vec<Open>,
    /// How many of them are before their words, or stay and are in them.
    silent: usize,
}

impl Walk {
    /// Looks at all fields of a story.
    pub(super) fn new(root: &Element) -> Walk {
        let mut walk = Walk { fields: Vec::new(), next: 0, open: Vec::new(), silent: 0 };
        walk.look(root);
        for field in &mut walk.fields {
            field.kept = kept(&field.instruction);
        }
        walk.open.clear();
        walk
    }

    fn look(&mut self, element: &Element) {
        for child in element.elements() {
            match (&*child.name, child.get("w:fldCharType")) {
                ("w:fldChar", Some("begin")) => {
                    self.open.push(Open {
                        number: self.fields.len(),
                        in_words: false,
                        told: Told::Nothing,
                        stays: false,
                    });
                    self.fields.push(Field::default());
                }
                ("w:fldChar", Some("separate")) => {
                    if let Some(open) = self.open.last_mut() {
                        open.in_words = true;
                        if let Some(field) = self.fields.get_mut(open.number) {
                            field.has_words = true;
                        }
                    }
                }
                ("w:fldChar", Some("end")) => {
                    let number = self.open.pop().map(|open| open.number);
                    if let Some(field) = number.and_then(|number| self.fields.get_mut(number)) {
                        field.is_closed = true;
                    }
                }
                ("w:instrText", _) => {
                    let open = self.open.last().filter(|open| !open.in_words);
                    if let Some(field) = open.and_then(|open| self.fields.get_mut(open.number)) {
                        field.instruction.push_str(&child.text());
                    }
                }
                _ => self.look(child),
            }
        }
    }

    /// Takes out the marks and instructions of the fields that become words.
    pub(super) fn go(&mut self, element: &mut Element, notes: &mut Notes) {
        let is_run = element.is("w:r");
        let mut left = Vec::with_capacity(element.children.len());
        for node in std::mem::take(&mut element.children) {
            let Node::Element(mut child) = node else {
                left.push(node);
                continue;
            };
            match &*child.name {
                "w:fldChar" => {
                    let (stays, words) = self.mark(&child, notes);
                    left.extend(words.map(Node::Element));
                    if stays {
                        if !child.children.is_empty() {
                            notes.found(Category::FormData);
                            child.children.clear();
                        }
                        left.push(Node::Element(child));
                    }
                }
                "w:instrText" => {
                    if self.open.is_empty() {
                        notes.found(Category::Other);
                    }
                    if let Some(instruction) = self.instruction() {
                        child.children = vec![Node::Text(instruction)];
                        left.push(Node::Element(child));
                    }
                }
                // What stands between a beginning and its separator is not shown.
                _ if is_run && !child.is("w:rPr") && self.is_silent() => {
                    self.pass(&child);
                    left.extend(self.words().map(Node::Element));
                }
                name if name.starts_with("m:") && self.is_silent() => self.pass(&child),
                _ => {
                    self.go(&mut child, notes);
                    left.push(Node::Element(child));
                }
            }
        }
        element.children = left;
    }

    /// Goes past a mark: whether it stays, and what is written for it.
    fn mark(&mut self, mark: &Element, notes: &mut Notes) -> (bool, Option<Element>) {
        match mark.get("w:fldCharType") {
            Some("begin") => {
                let (number, is_silent) = (self.next, self.is_silent());
                self.next += 1;
                let Some(field) = self.fields.get(number).filter(|field| field.is_closed) else {
                    return (false, None);
                };
                let stays = field.kept.is_some() && !is_silent;
                let words = if stays || is_silent { None } else { form(mark, field, notes) };
                if !stays {
                    note(&field.instruction, field.has_words, notes);
                }
                self.open.push(Open { number, in_words: false, told: Told::Nothing, stays });
                self.silent += 1;
                (stays, words)
            }
            Some("separate") => {
                let Some(open) = self.open.last_mut() else { return (false, None) };
                // The words of a field that stays are ours.
                self.silent -= usize::from(!open.in_words && !open.stays);
                open.in_words = true;
                (open.stays, None)
            }
            _ => {
                let Some(open) = self.open.pop() else { return (false, None) };
                self.silent -= usize::from(!open.in_words || open.stays);
                (open.stays, None)
            }
        }
    }

    /// The words of a field that stays, where its first ones stood.
    fn words(&mut self) -> Option<Element> {
        let open = self.open.last_mut().filter(|open| open.stays && open.in_words)?;
        (std::mem::replace(&mut open.told, Told::Words) != Told::Words).then(shown)
    }

    /// The instruction to be written here, once for each field that stays.
    fn instruction(&mut self) -> Option<String> {
        let open = self.open.last_mut()?;
        if !open.stays || open.in_words || open.told != Told::Nothing {
            return None;
        }
        open.told = Told::Instruction;
        self.fields.get(open.number)?.kept.clone()
    }

    fn is_silent(&self) -> bool {
        self.silent > 0
    }

    /// Counts the fields that begin in something that goes.
    fn pass(&mut self, element: &Element) {
        for child in element.elements() {
            match child.get("w:fldCharType") {
                Some("begin") => self.next += 1,
                Some(_) => {}
                None => self.pass(child),
            }
        }
    }
}

/// What a field of a form shows, if it keeps no words of it.
fn form(mark: &Element, field: &Field, notes: &mut Notes) -> Option<Element> {
    let data = mark.child("w:ffData")?;
    notes.changed(Change::FormFlattened);
    let is = |word: &str| field.instruction.trim_ascii().eq_ignore_ascii_case(word);
    let words = if let Some(field) = data.child("w:checkBox").filter(|_| is("FORMCHECKBOX")) {
        let state = field.child("w:checked").or_else(|| field.child("w:default"));
        let is_checked = state.is_some_and(crate::docx::hidden::is_on);
        if is_checked { "\u{2612}" } else { "\u{2610}" }.to_owned()
    } else {
        let list = data.child("w:ddList").filter(|_| is("FORMDROPDOWN"))?;
        let number = list.child("w:result").or_else(|| list.child("w:default"));
        let number = number.and_then(|one| one.get("w:val")?.parse().ok()).unwrap_or(0);
        let mut entries = list.elements().filter(|one| one.is("w:listEntry"));
        entries.nth(number)?.get("w:val")?.to_owned()
    };
    let mut text = Element::new("w:t");
    text.children.push(Node::Text(words));
    Some(text)
}
