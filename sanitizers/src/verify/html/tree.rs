//! The tree of a page.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

/// What stands at one place.
pub(super) enum Node {
    /// The whole, or the content of a template.
    Document,
    /// An element with its attributes.
    Element {
        /// Its name, with the language it belongs to.
        name: QualName,
        /// Names and values.
        attributes: Vec<(String, String)>,
    },
    /// Words.
    Text(String),
    /// What is never shown.
    Comment,
}

struct Place {
    node: Node,
    parent: Option<usize>,
    children: Vec<usize>,
    /// Where the content of a template is.
    content: Option<usize>,
}

/// A page as a browser holds it.
pub(super) struct Tree {
    places: RefCell<Vec<Place>>,
}

/// Builds the tree of a page.
pub(super) fn parse(page: &str) -> Tree {
    let tree = Tree { places: RefCell::new(Vec::new()) };
    tree.add(Node::Document);
    parse_document(tree, ParseOpts::default()).one(page)
}

impl Tree {
    /// Goes through all places in their order; `enter` says whether to look inside.
    pub(super) fn walk(&self, mut enter: impl FnMut(&Node) -> bool) {
        let places = self.places.borrow();
        let mut waiting = vec![0];
        while let Some(place) = waiting.pop().and_then(|at: usize| places.get(at)) {
            if enter(&place.node) {
                waiting.extend(place.children.iter().rev());
            }
        }
    }

    fn add(&self, node: Node) -> usize {
        let mut places = self.places.borrow_mut();
        places.push(Place { node, parent: None, children: Vec::new(), content: None });
        places.len() - 1
    }

    fn with<R>(&self, at: usize, act: impl FnOnce(&mut Place) -> R) -> Option<R> {
        self.places.borrow_mut().get_mut(at).map(act)
    }

    fn parent(&self, at: usize) -> Option<usize> {
        self.with(at, |place| place.parent).flatten()
    }

    /// Puts something into a place: before the child with this number, or at the end.
    fn put(&self, parent: usize, number: Option<usize>, child: NodeOrText<usize>) {
        let child = match child {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => {
                let neighbour = self.with(parent, |place| match number {
                    Some(number) => place.children.get(number.checked_sub(1)?).copied(),
                    None => place.children.last().copied(),
                });
                if neighbour.flatten().is_some_and(|before| self.join(before, &text)) {
                    return;
                }
                self.add(Node::Text(text.to_string()))
            }
        };
        self.with(child, |place| place.parent = Some(parent));
        self.with(parent, |place| {
            let end = place.children.len();
            place.children.insert(number.unwrap_or(end).min(end), child);
        });
    }

    /// Adds words to a place that has words, if it has.
    fn join(&self, at: usize, text: &str) -> bool {
        let joined = self.with(at, |place| match &mut place.node {
            Node::Text(words) => {
                words.push_str(text);
                true
            }
            _ => false,
        });
        joined == Some(true)
    }
}

impl TreeSink for Tree {
    type Handle = usize;
    type Output = Self;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.places.borrow(), |places| match places.get(*target).map(|p| &p.node) {
            Some(Node::Element { name, .. }) => name,
            // The builder asks for names of elements only.
            _ => unreachable!("no element"),
        })
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> usize {
        let attributes = attrs.iter().map(pair).collect();
        let at = self.add(Node::Element { name, attributes });
        if flags.template {
            let content = self.add(Node::Document);
            self.with(at, |place| place.content = Some(content));
        }
        at
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(Node::Comment)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(Node::Comment)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(child) = &child {
            self.remove_from_parent(child);
        }
        self.put(*parent, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &usize,
        prev_element: &usize,
        child: NodeOrText<usize>,
    ) {
        if self.parent(*element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        self.with(*target, |place| place.content).flatten().unwrap_or(*target)
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, new_node: NodeOrText<usize>) {
        let Some(parent) = self.parent(*sibling) else { return };
        if let NodeOrText::AppendNode(child) = &new_node {
            self.remove_from_parent(child);
        }
        let number =
            self.with(parent, |place| place.children.iter().position(|child| child == sibling));
        self.put(parent, number.flatten(), new_node);
    }

    fn add_attrs_if_missing(&self, target: &usize, attrs: Vec<Attribute>) {
        self.with(*target, |place| {
            if let Node::Element { attributes, .. } = &mut place.node {
                for (name, value) in attrs.iter().map(pair) {
                    if !attributes.iter().any(|(known, _)| *known == name) {
                        attributes.push((name, value));
                    }
                }
            }
        });
    }

    fn remove_from_parent(&self, target: &usize) {
        if let Some(parent) = self.with(*target, |place| place.parent.take()).flatten() {
            self.with(parent, |place| place.children.retain(|child| child != target));
        }
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let children = self.with(*node, |place| place.children.clone()).unwrap_or_default();
        for child in children {
            self.append(new_parent, NodeOrText::AppendNode(child));
        }
    }
}

fn pair(attribute: &Attribute) -> (String, String) {
    (attribute.name.local.to_string(), attribute.value.to_string())
}
