//! The dialogue as both sides see it.

use super::actor::View;
use super::text::Lang;
use crate::domain::ItemId;
use crate::domain::attachment::{Change, Manifest, Warning};
use crate::domain::dialogue::{Author, Content, Item};
use serde::Serialize;

/// One message or attachment on a page.
#[derive(Debug, Default, Serialize)]
pub(super) struct ItemLine {
    own: bool,
    who: &'static str,
    name: String,
    day: String,
    iso: String,
    kind: &'static str,
    text: String,
    file: AttachmentLine,
}

/// An attachment on a page; empty for messages.
#[derive(Debug, Default, Serialize)]
pub(super) struct AttachmentLine {
    number: usize,
    label: String,
    size: String,
    address: String,
    warnings: Vec<Warning>,
    changes: Vec<Change>,
}

/// The lines of a dialogue, seen by a reporter or by a handler. `address` is the page of
/// an attachment; reporters have none.
pub(super) fn lines(
    view: &View,
    items: Vec<Item>,
    address: impl Fn(ItemId) -> String,
) -> Vec<ItemLine> {
    let mut number = 0;
    let mut line_of = |item: Item| match item.content {
        Content::Message { ref text } => {
            ItemLine { kind: "message", text: text.clone(), ..line(view, &item) }
        }
        Content::Attachment(ref manifest) => {
            number += 1;
            let file = attachment(view, number, manifest, address(item.id));
            ItemLine { kind: "file", file, ..line(view, &item) }
        }
    };
    items.into_iter().map(&mut line_of).collect()
}

fn line(view: &View, item: &Item) -> ItemLine {
    let by_reporter = item.by == Author::Reporter;
    let reporters_page = view.surface == super::Surface::Reporter;
    let (who, name) = match &item.by {
        Author::Reporter => ("reporter", String::new()),
        Author::Handler(name) => ("handler", name.clone()),
    };
    ItemLine {
        own: by_reporter == reporters_page,
        who,
        name,
        day: view.lang.day(item.written_on),
        iso: item.written_on.date().to_string(),
        ..ItemLine::default()
    }
}

fn attachment(view: &View, number: usize, manifest: &Manifest, address: String) -> AttachmentLine {
    AttachmentLine {
        number,
        label: label(view.lang, number, manifest),
        size: view.lang.size(manifest.bytes),
        address,
        warnings: manifest.warnings.clone(),
        changes: manifest.changes.clone(),
    }
}

/// What an attachment is called: a number and a format, never the name it came under.
pub(super) fn label(lang: Lang, number: usize, manifest: &Manifest) -> String {
    let word = match lang {
        Lang::Da => "Bilag",
        Lang::En => "Attachment",
    };
    format!("{word} {number} ({})", manifest.kind.extension().to_uppercase())
}

/// The number a form carries so that sending it twice writes one message.
pub(super) fn once() -> String {
    ItemId::random().to_string()
}
