//! What the fields of a form show.

use std::collections::HashMap;

use crate::xml::Element;

/// Fields of which the value is shown; that of passwords is not.
const WITH_VALUE: [&str; 7] = [
    "form:text",
    "form:textarea",
    "form:formatted-text",
    "form:number",
    "form:date",
    "form:time",
    "form:combobox",
];

/// What each field shows, by the name under which a drawing refers to it.
#[derive(Default)]
pub(super) struct Forms(HashMap<String, String>);

impl Forms {
    /// Adds the fields of all forms in an element.
    pub(super) fn add(&mut self, element: &Element) {
        for child in element.elements() {
            for id in [child.get("form:id"), child.get("xml:id")].into_iter().flatten() {
                self.0.insert(id.to_owned(), shown(child));
            }
            self.add(child);
        }
    }

    /// What the field of this name shows.
    pub(super) fn shown(&self, id: &str) -> &str {
        self.0.get(id).map_or("", |shown| shown)
    }
}

fn shown(field: &Element) -> String {
    let name = &*field.name;
    let first = |names: [&str; 2]| {
        let mut values = names.iter().filter_map(|name| field.get(name));
        values.find(|value| !value.is_empty()).unwrap_or_default().to_owned()
    };
    if WITH_VALUE.contains(&name) {
        return first(["form:current-value", "form:value"]);
    }
    let label = first(["form:label", "form:label"]);
    match name {
        "form:fixed-text" | "form:button" | "form:frame" => label,
        "form:checkbox" | "form:radio" => {
            let state = first(["form:current-state", "form:current-selected"]);
            let mark =
                if matches!(&*state, "checked" | "true") { "\u{2612} " } else { "\u{2610} " };
            [mark, &label].concat()
        }
        "form:listbox" => {
            let options = field.elements().filter(|option| {
                let state =
                    option.get("form:current-selected").or_else(|| option.get("form:selected"));
                option.is("form:option") && state == Some("true")
            });
            let labels: Vec<&str> = options.filter_map(|one| one.get("form:label")).collect();
            labels.join("\n")
        }
        _ => String::new(),
    }
}
