//! What a presentation shows: its slides in their order, and what they are laid over.

use std::collections::{BTreeMap, BTreeSet};

use super::package::{Package, part_of, parts_of_kind};
use super::shown::{Reading, Shown, part};
use super::xml::{self, child, relation};

/// Goes through all slides; a model that several share is gone through once.
pub(super) fn shown(package: &mut Package<'_>) -> Option<Shown> {
    let mut shown = Shown::default();
    let main = package.main()?;
    let mut models = BTreeMap::new();
    let slides = listed(package, &main, "sldIdLst")?;
    let visible = visible(package, &slides)?;
    for slide in &slides {
        shown.words.push_str(if is_hidden(package, slide)? { "\u{c}hidden\n" } else { "\u{c}\n" });
        part(package, slide, Reading::Whole, &mut shown)?;
        let relations = package.relations(slide)?;
        for layout in parts_of_kind(&relations, "slideLayout") {
            model(package, &layout, Some(&visible), &mut models, &mut shown)?;
        }
    }
    if slides.is_empty() {
        let master = listed(package, &main, "sldMasterIdLst")?.into_iter().next()?;
        let relations = package.relations(&master)?;
        let layout = parts_of_kind(&relations, "slideLayout").into_iter().next()?;
        model(package, &layout, None, &mut models, &mut shown)?;
    }
    Some(shown)
}

/// Layouts and masters of which a slide shows more than their frames.
fn visible(package: &mut Package<'_>, slides: &[String]) -> Option<BTreeSet<String>> {
    let mut visible = BTreeSet::new();
    for slide in slides {
        let mut part = slide.clone();
        for kind in ["slideLayout", "slideMaster"] {
            let characters = package.text(&part)?;
            let root = xml::parse(&characters)?;
            if matches!(root.root_element().attribute("showMasterSp"), Some("0" | "false")) {
                break;
            }
            let relations = package.relations(&part)?;
            let Some(next) = parts_of_kind(&relations, kind).into_iter().next() else { break };
            visible.insert(next.clone());
            part = next;
        }
    }
    Some(visible)
}

/// The parts that a list of the presentation names.
fn listed(package: &mut Package<'_>, main: &str, list: &str) -> Option<Vec<String>> {
    let characters = package.text(main)?;
    let tree = xml::parse(&characters)?;
    let relations = package.relations(main)?;
    let Some(list) = child(tree.root_element(), list) else { return Some(Vec::new()) };
    let entries = list.children().filter(roxmltree::Node::is_element);
    let parts = entries.map(|entry| part_of(&relations, relation(entry, "id")?));
    parts.map(|part| part.map(str::to_owned)).collect()
}

fn is_hidden(package: &mut Package<'_>, slide: &str) -> Option<bool> {
    let characters = package.text(slide)?;
    let tree = xml::parse(&characters)?;
    Some(matches!(tree.root_element().attribute("show"), Some("0" | "false")))
}

/// A layout with its master and its theme; the second time only which one it is.
fn model(
    package: &mut Package<'_>,
    layout: &str,
    visible: Option<&BTreeSet<String>>,
    models: &mut BTreeMap<String, usize>,
    shown: &mut Shown,
) -> Option<()> {
    let mut next = Some((layout.to_owned(), "slideMaster"));
    while let Some((name, above)) = next.take() {
        let number = models.len();
        let known = models.get(&name).copied();
        shown.words.extend(["\n[", &known.unwrap_or(number).to_string(), "]"]);
        if known.is_some() {
            return Some(());
        }
        let is_seen = above == "theme" && name.contains("heme")
            || visible.is_none_or(|visible| visible.contains(&name));
        part(package, &name, if is_seen { Reading::Model } else { Reading::Frames }, shown)?;
        let relations = package.relations(&name)?;
        models.insert(name, number);
        let above = match above {
            "slideMaster" => ("slideMaster", "theme"),
            "theme" => ("theme", ""),
            _ => return Some(()),
        };
        next = parts_of_kind(&relations, above.0).into_iter().next().map(|part| (part, above.1));
    }
    Some(())
}
