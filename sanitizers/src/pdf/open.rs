//! Opens a document, and only one that every reader reads in the same way.
//!
//! A damaged file is not one file: each viewer repairs it differently, and one of
//! them would show pages that we never cleaned. The library reads strictly where
//! that is possible; where it had to guess, or where its table of contents does not
//! fit the bytes as a second look finds them, the file is refused.

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, Error, LoadOptions, Object};

use crate::refusal::{Damage, Limit};
use crate::{Category, Limits, Notes, Refusal};

const HEADER: &[u8] = b"%PDF-";
const END: &[u8] = b"%%EOF";
/// How far from the end the address of the table may stand (annex I of ISO 32000-1).
const TAIL: usize = 1024;

/// Reads `bytes` and counts what was hidden in the structure.
pub(super) fn open(bytes: &[u8], limits: &Limits, notes: &mut Notes) -> Result<Document, Refusal> {
    let start = find(bytes, HEADER).ok_or(Refusal::Damaged(Damage::Missing))?;
    if start > 0 {
        notes.found(Category::StrayBytes);
    }
    let document = bytes.get(start..).unwrap_or_default();
    let doc = load(document, limits)?;
    check_encryption(&doc)?;
    check_table(&doc, document, limits)?;
    super::second_look::check(&doc, document, limits)?;
    count_history(&doc, document, notes);
    Ok(doc)
}

fn load(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    let options = |strict| LoadOptions {
        strict,
        max_decompressed_size: usize::try_from(limits.inflated_stream).ok(),
        ..LoadOptions::default()
    };
    let doc = Document::load_mem_with_options(bytes, options(true))
        // Some common programs leave a space behind the version; that much is
        // forgiven, and no repair.
        .or_else(|_| Document::load_mem_with_options(bytes, options(false)))
        .map_err(|error| refusal(&error))?;
    match doc.xref_recovery {
        None => Ok(doc),
        Some(_) => Err(Refusal::Damaged(Damage::Recovered)),
    }
}

fn refusal(error: &Error) -> Refusal {
    match error {
        Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            Refusal::Limit(Limit::Inflated)
        }
        Error::InvalidPassword | Error::Decryption(_) => Refusal::Password,
        _ => Refusal::Damaged(Damage::Value),
    }
}

/// A file with an empty password was decrypted by the library; any other is closed.
fn check_encryption(doc: &Document) -> Result<(), Refusal> {
    if doc.trailer.has(b"Encrypt") { Err(Refusal::Password) } else { Ok(()) }
}

/// Looks at the bytes again: does each entry of the table lead to its object?
fn check_table(doc: &Document, bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let entries = &doc.reference_table.entries;
    let most = usize::try_from(limits.objects).unwrap_or(usize::MAX);
    if entries.len() > most || doc.objects.len() > most {
        return Err(Refusal::Limit(Limit::Parts));
    }
    if last_table(bytes) != Some(doc.xref_start) {
        return Err(Refusal::Damaged(Damage::Recovered));
    }
    for (&number, entry) in entries {
        let found = match entry {
            XrefEntry::Normal { offset, generation } => {
                let at = usize::try_from(*offset).unwrap_or(usize::MAX);
                // An offset of nought is how some programs write a free entry.
                at == 0
                    || (header_at(bytes, at) == Some((number, *generation))
                        && (doc.objects.contains_key(&(number, *generation))
                            || was_encryption(doc, number)))
            }
            XrefEntry::Compressed { container, .. } => {
                matches!(entries.get(container), Some(XrefEntry::Normal { .. }))
                    && doc.objects.contains_key(&(number, 0))
            }
            XrefEntry::Free | XrefEntry::UnusableFree => true,
        };
        if !found {
            return Err(Refusal::Damaged(Damage::Recovered));
        }
    }
    Ok(())
}

fn was_encryption(doc: &Document, number: u32) -> bool {
    let state = doc.encryption_state.as_ref();
    state.and_then(lopdf::EncryptionState::encrypt_object_id).is_some_and(|id| id.0 == number)
}

/// The address behind the last `startxref`.
fn last_table(bytes: &[u8]) -> Option<usize> {
    const WORD: &[u8] = b"startxref";
    let end = bytes.windows(END.len()).rposition(|window| window == END).unwrap_or(bytes.len());
    let tail = bytes.get(end.saturating_sub(TAIL)..end)?;
    let at = tail.windows(WORD.len()).rposition(|window| window == WORD)?;
    let text = tail.get(at + WORD.len()..)?.trim_ascii();
    let digits: Vec<u8> = text.iter().copied().take_while(u8::is_ascii_digit).collect();
    std::str::from_utf8(&digits).ok()?.parse().ok()
}

/// Reads "12 0 obj".
fn header_at(bytes: &[u8], at: usize) -> Option<(u32, u16)> {
    const LONGEST: usize = 64;
    let text = bytes.get(at..)?;
    let text = text.get(..LONGEST.min(text.len()))?;
    let mut words = text.split(|byte| super::lex::is_space(*byte)).filter(|word| !word.is_empty());
    let number = std::str::from_utf8(words.next()?).ok()?.parse().ok()?;
    let generation = std::str::from_utf8(words.next()?).ok()?.parse().ok()?;
    words.next()?.starts_with(b"obj").then_some((number, generation))
}

fn find(data: &[u8], text: &[u8]) -> Option<usize> {
    data.windows(text.len()).position(|window| window == text)
}

/// Counts older versions, objects nothing leads to, and bytes behind the end.
fn count_history(doc: &Document, bytes: &[u8], notes: &mut Notes) {
    // A file made for the web has two tables and one version.
    let usual = if doc.linearization.is_some() { 2 } else { 1 };
    let older = doc.xref_section_count.saturating_sub(usual);
    notes.found_many(Category::History, u32::try_from(older).unwrap_or(u32::MAX));
    if let Some(end) = bytes.windows(END.len()).rposition(|window| window == END) {
        let tail = bytes.get(end + END.len()..).unwrap_or_default();
        if !tail.trim_ascii().is_empty() {
            notes.found(Category::StrayBytes);
        }
    }
    let orphans = doc.objects.len() - reachable(doc);
    notes.found_many(Category::History, u32::try_from(orphans).unwrap_or(u32::MAX));
    note_trailer(doc, notes);
}

/// How many objects something leads to; containers of others count as led to.
fn reachable(doc: &Document) -> usize {
    let mut seen: std::collections::HashSet<_> = doc
        .objects
        .iter()
        .filter(|(_, object)| match object {
            Object::Stream(stream) => {
                stream.dict.has_type(b"ObjStm") || stream.dict.has_type(b"XRef")
            }
            Object::Dictionary(dict) => dict.has(b"Linearized"),
            _ => false,
        })
        .map(|(id, _)| *id)
        .collect();
    let mut waiting: Vec<&Object> = doc.trailer.iter().map(|(_, object)| object).collect();
    while let Some(object) = waiting.pop() {
        match object {
            Object::Reference(id) => {
                if let Some(target) = doc.objects.get(id)
                    && seen.insert(*id)
                {
                    waiting.push(target);
                }
            }
            Object::Array(items) => waiting.extend(items),
            Object::Dictionary(dict) => waiting.extend(dict.iter().map(|(_, object)| object)),
            Object::Stream(stream) => {
                waiting.extend(stream.dict.iter().map(|(_, object)| object));
            }
            _ => {}
        }
    }
    seen.len()
}

/// Counts what the trailer knows about the document (14.3.3).
fn note_trailer(doc: &Document, notes: &mut Notes) {
    if doc.trailer.has(b"ID") {
        notes.found(Category::Identifiers);
    }
    let info = doc.trailer.get(b"Info").and_then(|info| doc.dereference(info));
    let Ok((_, Object::Dictionary(info))) = info else { return };
    for (key, _) in info {
        notes.found(category(key));
    }
}

fn category(key: &[u8]) -> Category {
    match key {
        b"Author" | b"Company" | b"Manager" => Category::People,
        b"Creator" | b"Producer" | b"PTEX.Fullbanner" => Category::Software,
        b"CreationDate" | b"ModDate" | b"SourceModified" => Category::Dates,
        b"Title" | b"Subject" | b"Keywords" => Category::Descriptions,
        _ => Category::Other,
    }
}

/// The catalog, from which everything begins.
pub(super) fn catalog(doc: &Document) -> Result<&Dictionary, Refusal> {
    doc.catalog().map_err(|_| Refusal::Damaged(Damage::Missing))
}
