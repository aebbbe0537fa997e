//! Layers that can be switched on and off (ISO 32000-2, 8.11).
//!
//! A layer that is off hides what it holds, and may hide the one thing that must not
//! be sent. What is shown by default is not changed; the person is warned. Names of
//! layers are texts that somebody typed, so they become numbers.

use lopdf::{Dictionary, Object};

use super::copy::Copier;
use super::table::Kind;
use super::value::{Dict, Value};
use crate::refusal::{Damage, Limit};
use crate::{Category, Refusal, Warning};

impl<'a> Copier<'a> {
    /// What is on and off when the file is opened.
    pub(super) fn layer_settings(
        &mut self,
        catalog: &'a Dictionary,
    ) -> Result<Option<Value>, Refusal> {
        let Some(settings) = self.get_dict(catalog, "OCProperties") else { return Ok(None) };
        let groups = self.layer_list(self.get_array(settings, "OCGs"))?;
        if groups.is_empty() {
            return Ok(None);
        }
        let mut view = Dict::new();
        if let Some(chosen) = self.get_dict(settings, "D") {
            let base = self.get_name(chosen, "BaseState");
            let base = base.and_then(|name| super::known(name, &["ON", "OFF", "Unchanged"]));
            if base == Some(Value::name("OFF")) {
                self.notes.warn(Warning::HiddenLayers);
            }
            view.extend(base.map(|base| (b"BaseState".to_vec(), base)));
            for key in ["ON", "OFF"] {
                let list = self.layer_list(self.get_array(chosen, key))?;
                if key == "OFF" && !list.is_empty() {
                    self.notes.warn(Warning::HiddenLayers);
                }
                if !list.is_empty() {
                    view.insert(key.as_bytes().to_vec(), Value::Array(list));
                }
            }
            let events = self.layer_events(chosen)?;
            if !events.is_empty() {
                view.insert(b"AS".to_vec(), Value::Array(events));
            }
        }
        Ok(Some(Value::Dict(Dict::from([
            (b"OCGs".to_vec(), Value::Array(groups)),
            (b"D".to_vec(), Value::Dict(view)),
        ]))))
    }

    fn layer_events(&mut self, chosen: &'a Dictionary) -> Result<Vec<Value>, Refusal> {
        let mut events = Vec::new();
        for event in self.get_array(chosen, "AS") {
            if let Object::Dictionary(event) = self.follow(event) {
                events.push(Value::Dict(self.dictionary(event, Kind::LayerEvent, 1)?));
            }
        }
        Ok(events)
    }

    /// References to the layers among `items`.
    fn layer_list(&mut self, items: &'a [Object]) -> Result<Vec<Value>, Refusal> {
        let mut list = Vec::new();
        for item in items {
            let target = self.follow(item);
            let Object::Dictionary(dict) = target else { continue };
            if self.get_name(dict, "Type") == Some(b"OCG") {
                list.push(Value::Reference(self.number_of(target, Kind::Layer)));
            } else if super::copy::hides(target, Kind::Layer) {
                return Err(Refusal::Damaged(Damage::Value));
            }
        }
        Ok(list)
    }

    pub(super) fn layer(&mut self, dict: &'a Dictionary, copy: &mut Dict) {
        let next = u32::try_from(self.layers.len() + 1).unwrap_or(u32::MAX);
        let number = *self.layers.entry(std::ptr::from_ref(dict).addr()).or_insert(next);
        self.notes.found(Category::Descriptions);
        copy.insert(b"Name".to_vec(), Value::Text(format!("Layer {number}").into_bytes()));
        let view = self.get_dict(dict, "Usage").and_then(|usage| self.get_dict(usage, "View"));
        if view.is_some_and(|view| self.get_name(view, "ViewState") == Some(b"OFF")) {
            self.notes.warn(Warning::HiddenLayers);
        }
        if self.get_name(dict, "Intent") == Some(b"Design") {
            copy.insert(b"Intent".to_vec(), Value::name("Design"));
        }
    }

    pub(super) fn layer_membership(
        &mut self,
        dict: &'a Dictionary,
        depth: u32,
        copy: &mut Dict,
    ) -> Result<(), Refusal> {
        let list = match self.get(dict, "OCGs") {
            Some(Object::Array(items)) => self.layer_list(items)?,
            Some(single) => self.layer_list(std::slice::from_ref(single))?,
            None => Vec::new(),
        };
        if !list.is_empty() {
            copy.insert(b"OCGs".to_vec(), Value::Array(list));
        }
        // What is shown when a layer is off is hidden while it is on.
        if matches!(self.get_name(dict, "P"), Some(b"AllOff" | b"AnyOff")) {
            self.notes.warn(Warning::HiddenLayers);
        }
        if let Some(Object::Array(items)) = self.get(dict, "VE")
            && let Some(expression) = self.visibility(items, depth)?
        {
            copy.insert(b"VE".to_vec(), expression);
        }
        Ok(())
    }

    /// And, Or, Not over layers (8.11.2.2).
    fn visibility(&mut self, items: &'a [Object], depth: u32) -> Result<Option<Value>, Refusal> {
        if depth > self.limits.depth {
            return Err(Refusal::Limit(Limit::Depth));
        }
        let Some((operator, operands)) = items.split_first() else { return Ok(None) };
        let operator = self.follow(operator).as_name().ok();
        let Some(operator) = operator.and_then(|name| super::known(name, &["And", "Or", "Not"]))
        else {
            return Ok(None);
        };
        self.spend_values(items.len())?;
        if operator == Value::name("Not") {
            self.notes.warn(Warning::HiddenLayers);
        }
        let mut copy = vec![operator];
        for operand in operands {
            match self.follow(operand) {
                Object::Array(items) => copy.extend(self.visibility(items, depth + 1)?),
                _ => copy.extend(self.layer_list(std::slice::from_ref(operand))?),
            }
        }
        Ok(Some(Value::Array(copy)))
    }

    pub(super) fn layer_event(
        &mut self,
        dict: &'a Dictionary,
        copy: &mut Dict,
    ) -> Result<(), Refusal> {
        let list = self.layer_list(self.get_array(dict, "OCGs"))?;
        copy.insert(b"OCGs".to_vec(), Value::Array(list));
        let categories: Vec<Value> = self
            .get_array(dict, "Category")
            .iter()
            .filter_map(|name| self.follow(name).as_name().ok())
            .filter_map(|name| super::known(name, &["View", "Print", "Export"]))
            .collect();
        copy.insert(b"Category".to_vec(), Value::Array(categories));
        Ok(())
    }
}
