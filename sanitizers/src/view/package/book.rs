//! Chapters of a book.

use std::collections::BTreeMap;

use super::{Package, Page, is_full, joined, nearest};
use crate::refusal::Damage;
use crate::xml::Element;
use crate::{Refusal, html};

/// One of the pages that a book lists in its order.
pub(super) fn chapter(package: &mut Package<'_>, page: u32) -> Result<Page, Refusal> {
    let missing = Refusal::Damaged(Damage::Missing);
    let container = package.needed("META-INF/container.xml")?;
    let roots = container.child("ocf:rootfiles").and_then(|roots| roots.elements().next());
    let root = roots.and_then(|root| root.get("full-path")).ok_or(missing)?.to_owned();
    let book = package.needed(&root)?;
    let list = |name: &str| book.child(name).into_iter().flat_map(Element::elements);
    let items: BTreeMap<&str, &str> = list("opf:manifest")
        .filter_map(|item| Some((item.get("id")?, item.get("href")?)))
        .collect();
    let chapters: Vec<&str> =
        list("opf:spine").filter_map(|one| items.get(one.get("idref")?).copied()).collect();
    let (chapter, page, pages) = nearest(&chapters, page)?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let bytes = package.bytes(&joined(folder, chapter))?.ok_or(missing)?;
    let text = str::from_utf8(&bytes).map_err(|_| Refusal::Damaged(Damage::Encoding))?;
    // Its title stands in the head, and nobody is shown that.
    let body = text.find("<body").and_then(|body| text.get(body..)).unwrap_or(text);
    let mut words = html::words(body);
    is_full(&mut words);
    Ok((words, page, pages))
}
