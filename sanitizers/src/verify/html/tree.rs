//! The tree of a page.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

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
    /// The neighbours in the same parent.
    before: Option<usize>,
    behind: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    /// Where the content of a template is.
    content: Option<usize>,
}

/// A page as a browser holds it.
pub(super) struct Tree {
    places: RefCell<Vec<Place>>,
    /// How much it holds.
    weight: Rc<Cell<usize>>,
}

/// Places of a tree with their attributes: a browser repeats elements that were not ended.
const HEAVIEST: usize = 1_500_000;
/// Bytes that are read before it is weighed.
const PIECE: usize = 4 << 10;

/// Builds the tree of a page; none if it is far larger than the page.
pub(super) fn parse(page: &str) -> Option<Tree> {
    let weight = Rc::new(Cell::new(0));
    let tree = Tree { places: RefCell::new(Vec::new()), weight: Rc::clone(&weight) };
    tree.add(Node::Document);
    let mut parser = parse_document(tree, ParseOpts::default());
    let mut rest = page;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at_checked(rest.floor_char_boundary(PIECE))?;
        parser.process(StrTendril::from(piece));
        (weight.get() <= HEAVIEST).then_some(())?;
        rest = behind;
    }
    Some(parser.finish())
}

impl Tree {
    /// Goes through all places in their order; `enter` says whether to look inside.
    pub(super) fn walk(&self, mut enter: impl FnMut(&Node) -> bool) {
        let places = self.places.borrow();
        let mut waiting = vec![0];
        while let Some(place) = waiting.pop().and_then(|at: usize| places.get(at)) {
            if enter(&place.node) {
                let mut child = place.last;
                while let Some(at) = child {
                    waiting.push(at);
                    child = places.get(at).and_then(|place| place.before);
                }
            }
        }
    }

    fn add(&self, node: Node) -> usize {
        let attributes = match &node {
            Node::Element { attributes, .. } => {
                attributes.iter().map(|(name, value)| 1 + (name.len() + value.len()) / 64).sum()
            }
            _ => 0_usize,
        };
        self.weight.set(self.weight.get() + 1 + attributes);
        let mut places = self.places.borrow_mut();
        let (parent, before, behind) = (None, None, None);
        places.push(Place { node, parent, before, behind, first: None, last: None, content: None });
        places.len() - 1
    }

    fn with<R>(&self, at: usize, act: impl FnOnce(&mut Place) -> R) -> Option<R> {
        self.places.borrow_mut().get_mut(at).map(act)
    }

    fn get(&self, at: usize, which: impl FnOnce(&Place) -> Option<usize>) -> Option<usize> {
        self.places.borrow().get(at).and_then(which)
    }

    /// Puts something into a place: before this child, or at the end.
    fn put(&self, parent: usize, behind: Option<usize>, child: NodeOrText<usize>) {
        let before = match behind {
            Some(behind) => self.get(behind, |place| place.before),
            None => self.get(parent, |place| place.last),
        };
        let child = match child {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => {
                if before.is_some_and(|before| self.join(before, &text)) {
                    return;
                }
                self.add(Node::Text(text.to_string()))
            }
        };
        self.with(child, |place| {
            (place.parent, place.before, place.behind) = (Some(parent), before, behind);
        });
        self.link(parent, before, Some(child), Some(child), behind);
    }

    /// Makes neighbours of two places, or the ends of their parent.
    fn link(
        &self,
        parent: usize,
        before: Option<usize>,
        next: Option<usize>,
        last: Option<usize>,
        behind: Option<usize>,
    ) {
        match before {
            Some(before) => self.with(before, |place| place.behind = next),
            None => self.with(parent, |place| place.first = next),
        };
        match behind {
            Some(behind) => self.with(behind, |place| place.before = last),
            None => self.with(parent, |place| place.last = last),
        };
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
        if self.get(*element, |place| place.parent).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        self.get(*target, |place| place.content).unwrap_or(*target)
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, new_node: NodeOrText<usize>) {
        let Some(parent) = self.get(*sibling, |place| place.parent) else { return };
        if let NodeOrText::AppendNode(child) = &new_node {
            self.remove_from_parent(child);
        }
        self.put(parent, Some(*sibling), new_node);
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
        let ends = self
            .with(*target, |place| (place.parent.take(), place.before.take(), place.behind.take()));
        if let Some((Some(parent), before, behind)) = ends {
            self.link(parent, before, behind, before, behind);
        }
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        while let Some(child) = self.get(*node, |place| place.first) {
            self.append(new_parent, NodeOrText::AppendNode(child));
        }
    }
}

fn pair(attribute: &Attribute) -> (String, String) {
    (attribute.name.local.to_string(), attribute.value.to_string())
}
