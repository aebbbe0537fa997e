//! Fonts that a document may name; instead of any other, a program takes the one it takes by
//! default.

use crate::fonts;
use crate::xml::{Check, Value};

/// The name of a font, or nothing.
pub(crate) const FONT: Value = Value::Checked(Check { name: "known font", check: known });

/// The name of a font where there must be one.
pub(crate) const FACE: Value = Value::Checked(Check { name: "known font or Arial", check: face });

fn known(name: &str) -> Option<String> {
    let name = name.trim();
    // Fonts of the theme, and none at all.
    let is_reference =
        matches!(name, "" | "+mn-lt" | "+mn-ea" | "+mn-cs" | "+mj-lt" | "+mj-ea" | "+mj-cs");
    if is_reference {
        return Some(name.to_owned());
    }
    fonts::known(name).map(str::to_owned)
}

#[expect(clippy::unnecessary_wraps, reason = "a check may say no, this one never does")]
fn face(name: &str) -> Option<String> {
    Some(known(name).unwrap_or_else(|| "Arial".to_owned()))
}
