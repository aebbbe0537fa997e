//! Fields of text documents: which words stand in their instructions, and what fields of
//! forms show that keep no words.

use std::collections::HashMap;

use roxmltree::{Node, NodeId};

use super::xml::{self, Step, child, name, text};

/// One mark of a field, in the order of the text.
enum Mark<'a, 'i> {
    Begin(Node<'a, 'i>),
    Separate(usize),
    End(usize),
}

/// The fields of one part.
#[derive(Default)]
pub(super) struct Fields {
    /// From where to where instructions reach, as places in the part, sorted.
    instructions: Vec<(usize, usize)>,
    /// What is shown where a field of a form begins, or one for numbers of pages.
    forms: HashMap<NodeId, String>,
    /// From where to where the words of fields for numbers of pages reach.
    numbers: Vec<(usize, usize)>,
}

impl Fields {
    /// Finds the fields of a part, but for those in what `is_unseen`.
    pub(super) fn read<'a, 'i>(
        root: Node<'a, 'i>,
        is_unseen: &dyn Fn(Node<'a, 'i>) -> bool,
    ) -> Option<Fields> {
        let (mut marks, mut open) = (Vec::new(), Vec::new());
        // Whether each beginning has an end, and its instruction.
        let mut told: HashMap<usize, (bool, String)> = HashMap::new();
        xml::walk(root, &mut |node| {
            match name(node) {
                ("w", "instrText") => {
                    if let Some(instruction) = open.last().and_then(|number| told.get_mut(number)) {
                        instruction.1.push_str(&text(node));
                    }
                    return Some(Step::Over);
                }
                ("w", "fldChar") if !is_unseen(node) => {
                    let kind = node.attributes().find(|one| one.name() == "fldCharType");
                    match kind.map(|kind| kind.value()) {
                        Some("begin") => {
                            open.push(marks.len());
                            told.insert(marks.len(), (false, String::new()));
                            marks.push(Mark::Begin(node));
                        }
                        Some("separate") => marks.push(Mark::Separate(node.range().start)),
                        Some("end") => {
                            if let Some(field) = open.pop().and_then(|at| told.get_mut(&at)) {
                                field.0 = true;
                            }
                            marks.push(Mark::End(node.range().start));
                        }
                        _ => {}
                    }
                    return Some(Step::Over);
                }
                _ => {}
            }
            Some(if is_unseen(node) { Step::Over } else { Step::Into })
        })?;
        let mut fields = Fields::default();
        // Beginnings that have an end, whether their words have begun, and whether those are
        // the number of a page.
        let mut open: Vec<(usize, bool, bool)> = Vec::new();
        let mut silent = 0_usize;
        for (number, mark) in marks.iter().enumerate() {
            match mark {
                Mark::Begin(node) => {
                    let Some((true, instruction)) = told.get(&number) else { continue };
                    if silent == 0
                        && let Some(words) = form(*node, instruction.trim())
                    {
                        fields.forms.insert(node.id(), words);
                    }
                    let is_number = silent == 0 && is_number(instruction);
                    if is_number {
                        fields.forms.insert(node.id(), "[number]".to_owned());
                    }
                    open.push((node.range().end, false, is_number));
                    silent += 1;
                }
                Mark::Separate(place) => {
                    if let Some((begun, has_words, is_number)) =
                        open.last_mut().filter(|field| !field.1)
                    {
                        fields.instructions.push((*begun, *place));
                        *has_words = true;
                        *begun = *place;
                        silent = silent.checked_sub(usize::from(!*is_number))?;
                    }
                }
                Mark::End(place) => match open.pop() {
                    Some((begun, false, _)) => {
                        fields.instructions.push((begun, *place));
                        silent = silent.checked_sub(1)?;
                    }
                    Some((begun, true, true)) => {
                        fields.numbers.push((begun, *place));
                        silent = silent.checked_sub(1)?;
                    }
                    _ => {}
                },
            }
        }
        merge(&mut fields.instructions);
        merge(&mut fields.numbers);
        Some(fields)
    }

    /// Whether an element stands in an instruction.
    pub(super) fn hide(&self, node: Node<'_, '_>) -> bool {
        is_in(&self.instructions, node) && name(node) != ("w", "fldChar")
    }

    /// Whether an element stands where the number of a page stood last.
    pub(super) fn is_number(&self, node: Node<'_, '_>) -> bool {
        is_in(&self.numbers, node) && !matches!(name(node), ("w", "fldChar" | "rPr"))
    }

    /// What is shown where a field begins.
    pub(super) fn form(&self, node: Node<'_, '_>) -> &str {
        self.forms.get(&node.id()).map_or("", String::as_str)
    }
}

/// Whether a place is in one of these sorted stretches.
fn is_in(all: &[(usize, usize)], node: Node<'_, '_>) -> bool {
    let place = node.range().start;
    let before = all.partition_point(|&(from, _)| from <= place);
    let last = before.checked_sub(1).and_then(|at| all.get(at));
    last.is_some_and(|&(_, to)| place < to)
}

/// Sorts stretches, and makes one of those that are inside each other.
fn merge(all: &mut Vec<(usize, usize)>) {
    all.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for &(from, to) in &*all {
        match merged.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    *all = merged;
}

/// What stands in a copy where a program works out the number of a page.
pub(super) const NUMBER: &str = "1";

/// Whether an instruction is for a number that changes from page to page, in a known writing.
pub(super) fn is_number(instruction: &str) -> bool {
    const WRITINGS: &str =
        "arabic roman alphabetic ordinal cardtext ordtext arabicdash mergeformat";
    let words: Vec<&str> = instruction.split_ascii_whitespace().collect();
    let Some((first, switches)) = words.split_first() else { return false };
    let is_known = |format: &str| {
        let lower = format.to_ascii_lowercase();
        WRITINGS.split(' ').any(|one| one == lower)
    };
    ["PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"].contains(&&*first.to_ascii_uppercase())
        && switches.chunks(2).all(|pair| matches!(pair, ["\\*", format] if is_known(format)))
}

/// The box that was ticked or not, or the entry that was chosen.
fn form(begin: Node<'_, '_>, instruction: &str) -> Option<String> {
    let data = child(begin, "ffData")?;
    let value = |node: Node<'_, '_>| {
        node.attributes().find(|one| one.name() == "val").map(|one| one.value().to_owned())
    };
    if instruction.eq_ignore_ascii_case("FORMCHECKBOX") {
        let field = child(data, "checkBox")?;
        let state = child(field, "checked").or_else(|| child(field, "default"));
        let is_off = |state| matches!(value(state).as_deref(), Some("0" | "false" | "off"));
        let is_ticked = state.is_some_and(|state| !is_off(state));
        return Some(if is_ticked { "\u{2612}" } else { "\u{2610}" }.to_owned());
    }
    let list =
        child(data, "ddList").filter(|_| instruction.eq_ignore_ascii_case("FORMDROPDOWN"))?;
    let number = child(list, "result").or_else(|| child(list, "default"));
    let number = number.and_then(value).and_then(|number| number.parse().ok()).unwrap_or(0);
    let mut entries = list.children().filter(|entry| entry.tag_name().name() == "listEntry");
    entries.nth(number).and_then(value)
}
