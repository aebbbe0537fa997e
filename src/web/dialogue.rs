//! The dialogue as both sides see it.

use std::collections::BTreeMap;

use super::questions::{AnswerLine, answered};
use super::text::Lang;
use super::view::View;
use crate::clock::Day;
use crate::domain::ItemId;
use crate::domain::attachment::Manifest;
use crate::domain::dialogue::{Author, Content, Dialogue, Event, Item, What};
use serde::Serialize;

/// One message or attachment on a page.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ItemLine {
    own: bool,
    who: &'static str,
    name: String,
    day: String,
    iso: String,
    id: String,
    kind: &'static str,
    /// What a message is, beside its words: a text id `what-question`.
    what: &'static str,
    /// Whether it came after what the reader wrote last.
    is_new: bool,
    /// Whether it is the first of those.
    is_first_new: bool,
    /// How the reporter can answer it without words, as long as they did not.
    replies: Vec<&'static str>,
    /// Of an answer without words: which item it answers, and when that was written. Empty if
    /// it stands on another page.
    about: String,
    about_day: String,
    text: String,
    answers: Vec<AnswerLine>,
    files: Vec<AttachmentLine>,
}

/// An attachment on a page.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct AttachmentLine {
    label: String,
    size: String,
    address: String,
    /// Whether there is something in it that a person should look at. What it is stands on the
    /// page of the file.
    is_warned_of: bool,
}

/// The messages and attachments on a page, and where there are more.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DialoguePage {
    items: Vec<ItemLine>,
    /// Whether something came after what the reader wrote last.
    has_news: bool,
    /// Whether the last question was not answered, as far as this page tells.
    pub(super) has_open_question: bool,
    /// Whether the reporter does not want to be written to.
    contact_unwanted: bool,
    older: String,
    newest: String,
}

impl DialoguePage {
    /// Leaves out what the other side wrote.
    pub(super) fn keep_own(&mut self) {
        self.items.retain(|item| item.own);
        self.has_news = false;
    }
}

/// Which part of a dialogue the address asks for.
pub(super) fn before(view: &View) -> i64 {
    match view.number("before") {
        0 => i64::MAX,
        position => position,
    }
}

/// A dialogue, seen by a reporter or by a handler. `address` is the page of an attachment.
pub(super) fn dialogue_page(
    view: &View,
    dialogue: Dialogue,
    address: impl Fn(ItemId) -> String,
) -> DialoguePage {
    let answered_items: Vec<&str> = dialogue.events.iter().filter_map(about).collect();
    let contact_unwanted = contact_unwanted(&dialogue);
    let days: BTreeMap<String, Day> =
        dialogue.items.iter().map(|item| (item.id.to_string(), item.written_on)).collect();
    let line_of = |item: Item| match item.content {
        Content::Report { ref answers } => {
            let answers = answered(view.lang, answers);
            ItemLine { kind: "report", answers, ..line(view, &item) }
        }
        Content::Message { what: asked, ref text } => {
            let (what, replies) = (asked.as_str(), replies_to(view, &item, asked, &answered_items));
            let text = text.clone();
            ItemLine { kind: "message", what, replies, text, ..line(view, &item) }
        }
        Content::Event(ref event) => {
            let text = match event {
                Event::IdentityGiven => "identity-given",
                Event::IdentityWithdrawn => "identity-withdrawn",
                Event::ContactUnwanted => "contact-unwanted",
                Event::ContactWanted => "contact-wanted",
                Event::Replied { reply, .. } => reply.as_str(),
            };
            let about = about(event).filter(|about| days.contains_key(*about));
            let about_day = about.and_then(|about| Some(view.lang.day(*days.get(about)?)));
            ItemLine {
                kind: "event",
                text: text.to_owned(),
                about: about.unwrap_or_default().to_owned(),
                about_day: about_day.unwrap_or_default(),
                ..line(view, &item)
            }
        }
        Content::Attachment(ref manifest) => {
            let files = vec![attachment(view, item.number, manifest, address(item.id))];
            ItemLine { kind: "file", files, ..line(view, &item) }
        }
    };
    let older = dialogue.older.map(|position| format!("{}?before={position}", view.path));
    let is_newest = before(view) == i64::MAX;
    let mut items = dialogue.items.into_iter().map(line_of).fold(Vec::new(), gather_files);
    // What was done with a button is no answer in words.
    let news = |item: &&ItemLine| !item.own || item.kind == "event";
    let new = items.iter().rev().take_while(news).count();
    let first_new = items.len() - new;
    for item in items.iter_mut().skip(first_new) {
        // What was there before anybody wrote back is no news.
        item.is_new = is_newest && first_new > 0 && !item.own;
    }
    let first = items.iter_mut().find(|item| item.is_new);
    let has_news = first.map(|item| item.is_first_new = true).is_some();
    let asked = |item: &ItemLine| item.what == What::Question.as_str();
    DialoguePage {
        has_news,
        has_open_question: items.iter().skip(first_new).any(asked),
        items,
        contact_unwanted,
        older: older.unwrap_or_default(),
        newest: if is_newest { String::new() } else { view.path.clone() },
    }
}

/// Puts files that came together into one entry.
fn gather_files(mut items: Vec<ItemLine>, mut next: ItemLine) -> Vec<ItemLine> {
    let source = |item: &ItemLine| (item.kind, item.who, item.name.clone(), item.iso.clone());
    match items.last_mut().filter(|last| next.kind == "file" && source(last) == source(&next)) {
        Some(last) => last.files.append(&mut next.files),
        None => items.push(next),
    }
    items
}

/// Whether the reporter does not want to be written to.
pub(super) fn contact_unwanted(dialogue: &Dialogue) -> bool {
    let wish = dialogue.events.iter().rev().find_map(|event| match event {
        Event::ContactUnwanted => Some(true),
        Event::ContactWanted => Some(false),
        _ => None,
    });
    wish.unwrap_or_default()
}

/// Which item an event answers.
fn about(event: &Event) -> Option<&str> {
    match event {
        Event::Replied { about, .. } => Some(about),
        _ => None,
    }
}

fn replies_to(view: &View, item: &Item, what: What, answered: &[&str]) -> Vec<&'static str> {
    let is_open = view.surface == super::Surface::Reporter
        && item.by != Author::Reporter
        && !answered.contains(&item.id.to_string().as_str());
    let replies = if is_open { what.replies() } else { &[] };
    replies.iter().map(|reply| reply.as_str()).collect()
}

fn line(view: &View, item: &Item) -> ItemLine {
    let by_reporter = item.by == Author::Reporter;
    let reporters_page = view.surface == super::Surface::Reporter;
    let (who, name) = match &item.by {
        Author::Reporter => ("reporter", String::new()),
        // What a handler signs in with is nothing for reporters: whoever knows it can hold up
        // their signing in.
        Author::Handler(name) if reporters_page => {
            let known = view.site.portal().label_of(name);
            ("handler", known.map(|label| view.lang.of(&label).to_owned()).unwrap_or_default())
        }
        Author::Handler(name) => ("handler", name.clone()),
    };
    ItemLine {
        id: item.id.to_string(),
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
        label: label(view.lang, number, manifest),
        size: view.lang.size(manifest.bytes),
        address,
        is_warned_of: !manifest.warnings.is_empty(),
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
