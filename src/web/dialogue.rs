//! The dialogue as both sides see it.

use super::text::Lang;
use super::view::View;
use crate::domain::ItemId;
use crate::domain::attachment::{Change, Manifest, Warning};
use crate::domain::dialogue::{Author, Content, Dialogue, Item};
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

/// The messages and attachments on a page, and where there are more.
#[derive(Debug, Serialize)]
pub(super) struct DialoguePage {
    items: Vec<ItemLine>,
    older: String,
    newest: String,
}

/// Which part of a dialogue the address asks for.
pub(super) fn before(view: &View) -> i64 {
    match view.number("before") {
        0 => i64::MAX,
        position => position,
    }
}

/// A dialogue, seen by a reporter or by a handler. `address` is the page of an attachment;
/// reporters have none.
pub(super) fn dialogue_page(
    view: &View,
    dialogue: Dialogue,
    address: impl Fn(ItemId) -> String,
) -> DialoguePage {
    let line_of = |item: Item| match item.content {
        Content::Message { ref text } => {
            ItemLine { kind: "message", text: text.clone(), ..line(view, &item) }
        }
        Content::Attachment(ref manifest) => {
            let file = attachment(view, item.number, manifest, address(item.id));
            ItemLine { kind: "file", file, ..line(view, &item) }
        }
    };
    let older = dialogue.older.map(|position| format!("{}?before={position}", view.path));
    let is_newest = before(view) == i64::MAX;
    DialoguePage {
        items: dialogue.items.into_iter().map(line_of).collect(),
        older: older.unwrap_or_default(),
        newest: if is_newest { String::new() } else { view.path.clone() },
    }
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
