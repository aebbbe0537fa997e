//! Lets in, while a test asks for it, a key that is never copied, with all that is in it.
//!
//! The test is that of the forbidden neighbours: a row of the canary table must notice.

use lopdf::{Dictionary, Object};

use super::copy::Copier;
use super::table::{ALL, ANYWHERE, Kind, Line, Rule, lines};
use super::value::{Dict, Value};
use crate::allow;

/// The name under which the keys are let in.
const LIST: &str = "pdf keys";
/// Deeper than anything a row plants.
const DEEPEST: u32 = 8;

/// Every key that is removed, with the kind of dictionary it is removed from; none for all.
fn gone() -> Vec<(Option<Kind>, &'static str)> {
    let of = |kind: Option<Kind>, lines: &'static [Line]| {
        let gone = lines.iter().filter(|line| matches!(line.1, Rule::Gone(_)));
        gone.map(move |line| (kind, line.0))
    };
    let kinds = ALL.iter().flat_map(|&kind| of(Some(kind), lines(kind)));
    kinds.chain(of(None, ANYWHERE)).collect()
}

/// Name and number of the keys.
pub(crate) fn list() -> (&'static str, usize) {
    (LIST, gone().len())
}

/// The key with this number, for whoever reads that nobody noticed it.
pub(crate) fn describe(number: usize) -> String {
    format!("{:?}", gone().get(number))
}

impl<'a> Copier<'a> {
    /// Copies the key that is let in, if it stands in this dictionary.
    pub(super) fn let_in(&mut self, dict: &'a Dictionary, kind: Kind, copy: &mut Dict) {
        let let_in = allow::let_in(LIST).and_then(|number| gone().into_iter().nth(number));
        let Some((of, key)) = let_in else { return };
        if of.is_none_or(|of| of == kind)
            && let Ok(object) = dict.get(key.as_bytes())
        {
            let value = self.whole(object, 0);
            copy.insert(key.as_bytes().to_vec(), value);
        }
    }

    fn whole(&mut self, object: &'a Object, depth: u32) -> Value {
        match self.follow(object) {
            _ if depth > DEEPEST => Value::Null,
            Object::Boolean(value) => Value::Bool(*value),
            Object::Name(name) => Value::Name(name.clone()),
            Object::String(text, _) => Value::Text(text.clone()),
            Object::Array(items) => {
                Value::Array(items.iter().map(|item| self.whole(item, depth + 1)).collect())
            }
            Object::Dictionary(dict) => {
                let entries = dict.iter();
                let entries = entries.map(|(key, one)| (key.clone(), self.whole(one, depth + 1)));
                Value::Dict(entries.collect())
            }
            // What is in it, in place: whether it is a stream makes no difference to a row.
            Object::Stream(stream) => self.plain(stream).map_or(Value::Null, Value::Text),
            number => super::copy::number(number).unwrap_or(Value::Null),
        }
    }
}
