//! Goes through the parts of a mail and cleans those that a person could read or open.

use std::io::Cursor;

use super::head::{self, Head};
use super::rules::{DROPPED, ENCRYPTED, MAILS, MULTIPARTS, holds};
use super::{coding, of_bytes, packed, parts};
use crate::refusal::{Damage, Feature, Foreign, Limit};
use crate::{Category, Change, Kind, Limits, Notes, Refusal, html, inside};

/// Multiparts inside each other. Real ones have six at most: each is searched for its
/// boundary from its first to its last byte.
const DEEPEST: u32 = 16;

/// A clean file out of a mail.
type File = (Kind, Vec<u8>);

/// The files of a mail, in the order in which they are shown.
pub(super) fn files(mail: &[u8], limits: &Limits, notes: &mut Notes) -> Result<Vec<File>, Refusal> {
    let mut walk = Walk { limits, notes, parts: 0 };
    walk.part(mail, "text/plain", 0)
}

struct Walk<'a> {
    limits: &'a Limits,
    notes: &'a mut Notes,
    parts: u32,
}

impl Walk<'_> {
    fn part(&mut self, part: &[u8], default: &str, depth: u32) -> Result<Vec<File>, Refusal> {
        let (head, body) = head::read(part, default, self.limits, self.notes)?;
        self.read(&head, body, depth)
    }

    fn read(&mut self, head: &Head, body: &[u8], depth: u32) -> Result<Vec<File>, Refusal> {
        self.parts += 1;
        if self.parts > self.limits.members {
            return Err(Refusal::Limit(Limit::Parts));
        }
        if head.kind.starts_with("multipart/") && holds(&MULTIPARTS, &head.kind) {
            return self.multipart(head, body, depth);
        }
        if ENCRYPTED.contains(&&*head.kind) {
            return Err(Refusal::NotCleanable(Foreign::Encrypted));
        }
        if self.is_dropped(head) {
            return Ok(Vec::new());
        }
        let bytes = coding::bytes(body, &head.coding)?;
        if holds(&MAILS, &head.kind) {
            let limits = self.limits.inside().ok_or(Refusal::Limit(Limit::Depth))?;
            return of_bytes(&bytes, &limits, self.notes).map(|file| vec![file]);
        }
        let file = match &*head.kind {
            "text/html" => self.page(head, &bytes),
            "text/plain" | "text/csv" => self.text(head, &bytes),
            kind if kind.starts_with("multipart/") || kind.starts_with("message/") => {
                Err(Refusal::Feature(Feature::Construct))
            }
            _ => self.file(&bytes),
        };
        Ok(file?.into_iter().collect())
    }

    fn multipart(&mut self, head: &Head, body: &[u8], depth: u32) -> Result<Vec<File>, Refusal> {
        if depth >= DEEPEST {
            return Err(Refusal::Limit(Limit::Depth));
        }
        // A multipart may not be coded (RFC 2045, 6.4): some readers would decode it.
        if matches!(&*head.coding, "base64" | "quoted-printable") {
            return Err(Refusal::Feature(Feature::Filter));
        }
        let boundary = head.boundary.as_ref().ok_or(Refusal::Damaged(Damage::Missing))?;
        let default = if head.kind == "multipart/digest" { "message/rfc822" } else { "text/plain" };
        let parts = parts::split(body, boundary, self.limits, self.notes)?;
        if head.kind == "multipart/alternative" {
            return self.alternatives(&parts, depth + 1);
        }
        let mut files = Vec::new();
        for part in parts {
            files.extend(self.part(part, default, depth + 1)?);
        }
        Ok(files)
    }

    /// Takes the last form that shows something, and what is no form of the text but a file.
    fn alternatives(&mut self, parts: &[&[u8]], depth: u32) -> Result<Vec<File>, Refusal> {
        let (mut shown, mut files) = (Vec::new(), Vec::new());
        for part in parts.iter().rev() {
            let (head, body) = head::read(part, "text/plain", self.limits, self.notes)?;
            let is_multipart = head.kind.starts_with("multipart/");
            let is_text = head.kind.starts_with("text/") && !head.is_attached;
            let is_shown = is_multipart || matches!(&*head.kind, "text/html" | "text/plain");
            if !is_multipart && !is_text {
                files.push(self.read(&head, body, depth)?);
            } else if is_shown && shown.is_empty() {
                shown = self.read(&head, body, depth)?;
            } else if !self.is_dropped(&head) {
                self.notes.found(Category::Other);
                if is_multipart {
                    self.notes.found(Category::EmbeddedFiles);
                    self.notes.changed(Change::EmbeddedFilesRemoved);
                }
            }
        }
        shown.extend(files.into_iter().rev().flatten());
        Ok(shown)
    }

    fn is_dropped(&mut self, head: &Head) -> bool {
        let Some((_, category, change)) = DROPPED.iter().find(|(kind, ..)| *kind == head.kind)
        else {
            return false;
        };
        self.notes.found(*category);
        if let Some(change) = change {
            self.notes.changed(*change);
        }
        true
    }

    /// A page, if it shows something.
    fn page(&mut self, head: &Head, bytes: &[u8]) -> Result<Option<File>, Refusal> {
        let page = match coding::characters(bytes, head.charset.as_deref())? {
            Some(page) => html::of_characters(&page, self.limits, self.notes)?.into_bytes(),
            None => html::clean(&mut Cursor::new(bytes), self.limits, self.notes)?,
        };
        Ok(html::shows_something(&page).then_some((Kind::Html, page)))
    }

    fn text(&mut self, head: &Head, bytes: &[u8]) -> Result<Option<File>, Refusal> {
        let text = coding::characters(bytes, head.charset.as_deref())?;
        // Where nothing says the encoding, the bytes are read like those of a file.
        let Some(mut text) = text.or_else(|| crate::text::decoded(bytes).ok()) else {
            return self.file(bytes);
        };
        if head.is_flowed {
            text = coding::unflowed(&text);
        }
        self.file(text.as_bytes())
    }

    /// A file like one that comes alone, if there is anything in it.
    fn file(&mut self, bytes: &[u8]) -> Result<Option<File>, Refusal> {
        if bytes.trim_ascii().is_empty() {
            self.notes.found(Category::Descriptions);
            return Ok(None);
        }
        let (kind, copy) = inside::clean(bytes, self.limits, self.notes)?;
        // Whatever the mail calls it, programs look for files between its lines.
        let is_text = matches!(kind, Kind::Text | Kind::Csv);
        if is_text && packed::holds_file(&String::from_utf8_lossy(&copy)) {
            return Err(Refusal::Feature(Feature::Construct));
        }
        Ok(Some((kind, copy)))
    }
}
