//! Whether a copy holds nothing that is neither drawn nor used.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::same::{UNDRAWN, is_hidden};

/// Whether each definition, name, class and style is one that something needs.
pub(super) fn nothing_else(root: Node) -> bool {
    let mut needed = BTreeSet::new();
    let mut styled = BTreeSet::new();
    for node in root.descendants().filter(Node::is_element) {
        let values = node.attributes().map(|one| (one.name(), one.value()));
        for (name, value) in values {
            needed.extend(value.strip_prefix('#').filter(|_| name == "href"));
            needed.extend(places(value));
        }
        if node.has_tag_name("style") {
            let sheet = node.text().unwrap_or_default();
            needed.extend(places(sheet));
            for selectors in sheet.split('}').filter_map(|rule| rule.split('{').next()) {
                styled.extend(selectors.split([' ', ',', '.', '#']).filter(|one| is_name(one)));
            }
        }
    }
    let there: BTreeSet<&str> = root
        .descendants()
        .flat_map(|node| {
            let classes = node.attribute("class").unwrap_or_default().split(' ');
            classes.chain(node.attribute("id"))
        })
        .filter(|name| !name.is_empty())
        .collect();
    let is_needed = |name: &&str| needed.contains(*name) || styled.contains(*name);
    there.iter().all(is_needed)
        && styled.iter().all(|name| there.contains(name))
        && root.children().all(|child| is_used(child, false, &needed))
}

fn is_name(word: &str) -> bool {
    word.starts_with(['i', 'c']) && word.ends_with(|one: char| one.is_ascii_digit())
}

fn places(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(#").skip(1).filter_map(|rest| rest.split(')').next())
}

/// Whether all in a node is drawn, used, or around something that is: `around` such a one
/// nothing else may stand.
fn is_used(node: Node, around: bool, needed: &BTreeSet<&str>) -> bool {
    if node.has_tag_name("style") {
        return true;
    }
    let has_use = |one: Node| one.attribute("id").is_some_and(|name| needed.contains(name));
    if !node.is_element() {
        return !around;
    }
    let undrawn = around || UNDRAWN.contains(&node.tag_name().name()) || is_hidden(node);
    let around = undrawn && !has_use(node);
    let mut inside = node.descendants();
    (!around || inside.any(|one| has_use(one) || one.has_tag_name("style")))
        && node.children().all(|child| is_used(child, around, needed))
}
