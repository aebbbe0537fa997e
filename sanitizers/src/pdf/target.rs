//! Places in the document that bookmarks and links lead to (ISO 32000-2, 12.3.2).
//!
//! Targets can have names, and names say how the document was made ("chapter written
//! by"). Every target becomes the page it stands for; the list of names is gone.

use std::collections::{BTreeMap, HashSet};

use lopdf::{Dictionary, Object};

use super::copy::{Copier, number};
use super::value::Value;
use crate::Refusal;
use crate::refusal::Limit;

/// How a page is fitted into a window, and how many numbers that takes (table 149).
const FITS: [(&str, usize); 8] = [
    ("XYZ", 3),
    ("Fit", 0),
    ("FitH", 1),
    ("FitV", 1),
    ("FitR", 4),
    ("FitB", 0),
    ("FitBH", 1),
    ("FitBV", 1),
];

/// Named targets of a document.
pub(super) type Targets<'a> = BTreeMap<Vec<u8>, &'a Object>;

impl<'a> Copier<'a> {
    /// Collects the named targets, of the old kind and of the new.
    pub(super) fn collect_targets(&mut self, catalog: &'a Dictionary) -> Result<(), Refusal> {
        if let Some(old) = self.get_dict(catalog, "Dests") {
            for (name, target) in old {
                self.targets.insert(name.clone(), target);
            }
        }
        let tree = self.get_dict(catalog, "Names").and_then(|names| self.get_dict(names, "Dests"));
        let mut waiting: Vec<&'a Dictionary> = tree.into_iter().collect();
        let mut seen = HashSet::new();
        while let Some(node) = waiting.pop() {
            // A node inside itself would be read for ever.
            if !seen.insert(std::ptr::from_ref(node).addr()) {
                continue;
            }
            for pair in self.get_array(node, "Names").chunks_exact(2) {
                if let [name, target] = pair
                    && let Object::String(name, _) = self.follow(name)
                {
                    self.targets.insert(name.clone(), target);
                }
            }
            for kid in self.get_array(node, "Kids") {
                waiting.extend(self.follow(kid).as_dict().ok());
            }
            if self.targets.len() > usize::try_from(self.limits.objects).unwrap_or(usize::MAX) {
                return Err(Refusal::Limit(Limit::Parts));
            }
        }
        Ok(())
    }

    /// Where a link or bookmark leads, if that is inside the document.
    pub(super) fn target(&self, dict: &'a Dictionary) -> Option<Value> {
        let by_action = || {
            let action = self.get_dict(dict, "A")?;
            let inside = self.get_name(action, "S") == Some(b"GoTo");
            inside.then(|| self.get(action, "D"))?
        };
        let target = self.get(dict, "Dest").or_else(by_action)?;
        let target = match target {
            Object::Name(name) | Object::String(name, _) => self.follow(self.targets.get(name)?),
            target => target,
        };
        match target {
            Object::Dictionary(dict) => self.explicit(self.get_array(dict, "D")),
            Object::Array(items) => self.explicit(items),
            _ => None,
        }
    }

    fn explicit(&self, items: &'a [Object]) -> Option<Value> {
        let (page, rest) = items.split_first()?;
        let page = match page {
            Object::Reference(id) => *self.page_numbers.get(id)?,
            Object::Integer(index) => {
                let index = usize::try_from(*index).ok()?;
                *self.page_numbers.get(&self.pages.get(index)?.id)?
            }
            _ => return None,
        };
        let (fit, rest) = rest.split_first()?;
        let name = self.follow(fit).as_name().ok()?;
        let (fit, count) = FITS.iter().find(|(fit, _)| fit.as_bytes() == name)?;
        let mut copy = vec![Value::Reference(page), Value::name(fit)];
        for index in 0..*count {
            let item = rest.get(index).map(|item| self.follow(item));
            copy.push(item.and_then(number).unwrap_or(Value::Null));
        }
        Some(Value::Array(copy))
    }
}
