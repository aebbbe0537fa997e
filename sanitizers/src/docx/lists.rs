//! Definitions of lists.
//!
//! Word keeps every list that a document or its template ever had. Those that nothing uses
//! tell of both, and go.

use std::collections::HashSet;

use super::styles::Styles;
use crate::xml::{Element, Node};
use crate::{Category, Notes};

/// Lists that take their looks from each other, at most.
const MOST_STEPS: usize = 8;

/// Lists that something uses, by their numbers, and how deep paragraphs stand in lists.
#[derive(Default)]
pub(super) struct Lists(HashSet<String>, HashSet<String>);

impl Lists {
    /// Adds the lists that a story uses. Goes as deep as the tree, which the reader has
    /// bounded.
    pub(super) fn add(&mut self, element: &Element) {
        if element.is("w:numId") {
            self.0.extend(element.get("w:val").map(str::to_owned));
        } else if element.is("w:ilvl") {
            self.1.extend(element.get("w:val").map(|level| level.trim().to_owned()));
        }
        element.elements().for_each(|child| self.add(child));
    }

    /// Leaves the definitions that are used, by a text or by a style that is.
    pub(super) fn leave_used(mut self, root: &mut Element, styles: &mut Styles, notes: &mut Notes) {
        self.1.extend(styles.levels());
        // A list may take its looks from a style, and that style from another list.
        for _ in 0..MOST_STEPS {
            let before = self.0.len();
            self.0.extend(styles.lists());
            let made = self.made(root);
            for definition in root.elements().filter(|one| uses(&made, one)) {
                let link = definition.child("w:numStyleLink").and_then(|one| one.get("w:val"));
                if let Some(style) = link {
                    styles.id(style);
                }
            }
            if self.0.len() == before {
                break;
            }
        }
        let made = self.made(root);
        let used: Vec<bool> = root.elements().map(|one| self.keeps(&made, one)).collect();
        let mut used = used.into_iter();
        root.children.retain(|node| {
            let stays = node.element().is_none() || used.next().unwrap_or(false);
            notes.found_many(Category::Other, u32::from(!stays));
            stays
        });
        for definition in root.elements_mut().filter(|one| one.is("w:abstractNum")) {
            definition.children.retain(|node| {
                notes.found_many(Category::Descriptions, u32::from(node.is("w:name")));
                !node.is("w:name")
            });
        }
        let (mut pictures, styles) = (HashSet::new(), styles.used());
        for level in levels(root) {
            level.children.retain(|node| {
                let style = node.element().filter(|one| one.is("w:pStyle"));
                style.is_none_or(|one| one.get("w:val").is_some_and(|id| styles.contains(id)))
            });
            let depth = level.get("w:ilvl").unwrap_or_default();
            let is_used =
                depth == "0" || self.1.contains(depth) || level.child("w:pStyle").is_some();
            if !is_used && let Some(text) = level.child_mut("w:lvlText") {
                let words = text.get("w:val").unwrap_or_default();
                if !is_usual(words) {
                    text.set("w:val", "");
                    notes.found(Category::Descriptions);
                }
            }
            let picture = level.child("w:lvlPicBulletId").and_then(|one| one.get("w:val"));
            pictures.extend(picture.map(str::to_owned));
        }
        root.children.retain(|node| {
            let picture = node.element().filter(|one| one.is("w:numPicBullet"));
            let id = |one: &Element| one.get("w:numPicBulletId").map(str::to_owned);
            picture.is_none_or(|one| id(one).is_some_and(|id| pictures.contains(&id)))
        });
    }

    fn keeps(&self, made: &HashSet<String>, one: &Element) -> bool {
        match &*one.name {
            "w:num" => one.get("w:numId").is_some_and(|id| self.0.contains(id)),
            "w:abstractNum" => uses(made, one),
            _ => true,
        }
    }

    /// The definitions that the used lists are made by.
    fn made(&self, root: &Element) -> HashSet<String> {
        let lists =
            root.elements().filter(|one| one.is("w:num") && self.keeps(&HashSet::new(), one));
        let made_by = lists.filter_map(|one| one.child("w:abstractNumId")?.get("w:val"));
        made_by.map(str::to_owned).collect()
    }
}

/// Whether a text in front of paragraphs is made of numbers and signs, without words.
fn is_usual(text: &str) -> bool {
    let mut letters = text.split(|one: char| !one.is_alphabetic());
    text.chars().count() <= 40 && letters.all(|word| word.chars().count() <= 1)
}

fn uses(made: &HashSet<String>, definition: &Element) -> bool {
    definition.is("w:abstractNum")
        && definition.get("w:abstractNumId").is_some_and(|id| made.contains(id))
}

/// All levels of all lists.
fn levels(root: &mut Element) -> impl Iterator<Item = &mut Element> {
    let holders = root.children.iter_mut().filter_map(Node::element_mut);
    let levels = holders.flat_map(|holder| {
        holder.children.iter_mut().filter_map(Node::element_mut).flat_map(|one| {
            if one.is("w:lvlOverride") {
                one.children.iter_mut().filter_map(Node::element_mut).collect::<Vec<_>>()
            } else {
                vec![one]
            }
        })
    });
    levels.filter(|one| one.is("w:lvl"))
}
