//! What the drawings really use.
//!
//! A program that takes one page out of a document often leaves the pictures of all
//! the others in its resources, and a program that covers a drawing leaves the drawing.
//! Nothing of that is seen, and all of it is in the file. So the drawings are read
//! first: those of the pages, of what they draw, of patterns, letters, masks and the
//! looks of annotations. Only what one of them names is copied.

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use lopdf::{Dictionary, Object, Stream};

use super::copy::Copier;
use super::filter::deflate;
use super::names::is_reserved;
use super::table::Space;
use crate::Refusal;
use crate::refusal::Limit;

/// A thing in the resources, by the name that a drawing calls it.
pub(super) type Use = (Space, Vec<u8>);

/// The drawings, written anew, and what they name.
#[derive(Default)]
pub(super) struct Uses {
    pages: HashMap<usize, Vec<u8>>,
    streams: HashMap<usize, Vec<u8>>,
    /// By the address of a dictionary of resources.
    own: HashMap<usize, HashSet<Use>>,
}

impl Uses {
    /// Whether some drawing uses what `resources` has under that name.
    pub(super) fn holds(&self, resources: &Dictionary, space: Space, name: &[u8]) -> bool {
        // Stands for the colours of the device, and is named by no drawing (8.6.5.6).
        let of_devices = [b"DefaultGray".as_slice(), b"DefaultRGB", b"DefaultCMYK"];
        let implied = space == Space::Spaces && of_devices.contains(&name);
        let wanted = (space, name.to_vec());
        implied || self.own.get(&address(resources)).is_some_and(|own| own.contains(&wanted))
    }

    /// The drawing of a page, folded.
    pub(super) fn page(&mut self, index: usize) -> Option<Vec<u8>> {
        self.pages.remove(&index)
    }

    /// The drawing in a stream, folded.
    pub(super) fn stream(&mut self, stream: &Stream) -> Option<Vec<u8>> {
        self.streams.get(&address(stream)).cloned()
    }
}

fn address<T>(thing: &T) -> usize {
    std::ptr::from_ref(thing).addr()
}

/// A drawing to be read.
#[derive(Clone, Copy)]
enum Drawing<'a> {
    Page(usize),
    Stream(&'a Stream),
}

#[derive(Default)]
struct Walk<'a> {
    waiting: VecDeque<(Drawing<'a>, Option<&'a Dictionary>)>,
    seen: HashSet<(usize, usize)>,
    /// What each stream names, in the order in which it does.
    named: HashMap<usize, Rc<[Use]>>,
    /// Resources of drawings that were read, in the order in which they were met.
    known: Vec<&'a Dictionary>,
    /// Named by a drawing whose own resources do not have it. Viewers look for it further
    /// out, each in its own order: it counts as used in the resources of every drawing.
    anywhere: Vec<Use>,
    anywhere_already: HashSet<Use>,
    bytes: usize,
    /// How often a name was looked for in resources that are not those of its drawing.
    lookups: usize,
}

impl<'a> Copier<'a> {
    /// Reads all drawings of the document, no more than `most` bytes of them.
    pub(super) fn read_drawings(&mut self, most: usize) -> Result<(), Refusal> {
        let lookups = usize::try_from(self.limits.values).unwrap_or(usize::MAX);
        let mut walk = Walk::default();
        for index in 0..self.pages.len() {
            let Some(page) = self.pages.get(index) else { continue };
            let (dict, resources) = (page.dict, self.resources_of(page));
            self.note_group(dict, &mut walk);
            walk.waiting.push_back((Drawing::Page(index), resources));
            for annotation in self.get_array(dict, "Annots") {
                if let Object::Dictionary(annotation) = self.follow(annotation)
                    && let Some(Object::Stream(look)) = self.shown_look(annotation)
                {
                    self.wait(look, &mut walk);
                }
            }
            while let Some((drawing, resources)) = walk.waiting.pop_front() {
                self.read(drawing, resources, &mut walk)?;
                if walk.bytes > most {
                    return Err(Refusal::Limit(Limit::OutputBytes));
                }
                // Many names that are nowhere, times many lists of resources.
                if walk.lookups > lookups {
                    return Err(Refusal::Limit(Limit::Parts));
                }
            }
        }
        Ok(())
    }

    fn wait(&mut self, stream: &'a Stream, walk: &mut Walk<'a>) {
        self.note_group(&stream.dict, walk);
        let resources = self.get_dict(&stream.dict, "Resources");
        walk.waiting.push_back((Drawing::Stream(stream), resources));
    }

    fn read(
        &mut self,
        drawing: Drawing<'a>,
        resources: Option<&'a Dictionary>,
        walk: &mut Walk<'a>,
    ) -> Result<(), Refusal> {
        let named = match drawing {
            Drawing::Page(index) => {
                let page = self.pages.get(index).ok_or(Refusal::Internal)?.dict;
                if page.get(b"Contents").is_ok_and(|object| !self.follow(object).is_null()) {
                    let data = deflate(&self.page_drawing(index)?);
                    walk.bytes = walk.bytes.saturating_add(data.len());
                    self.uses.pages.insert(index, data);
                }
                // Without a drawing it names nothing, but its resources may be looked into for
                // the names of another drawing.
                self.take_named()
            }
            Drawing::Stream(stream) => {
                let key = (address(stream), resources.map_or(0, address));
                if !walk.seen.insert(key) {
                    return Ok(());
                }
                if let Some(named) = walk.named.get(&key.0) {
                    Rc::clone(named)
                } else {
                    let named = self.read_stream(stream, walk)?;
                    walk.named.insert(key.0, Rc::clone(&named));
                    named
                }
            }
        };
        if let Some(dict) = resources
            && !self.uses.own.contains_key(&address(dict))
        {
            self.uses.own.insert(address(dict), HashSet::new());
            walk.known.push(dict);
            for (space, name) in walk.anywhere.clone() {
                self.use_of(dict, space, &name, walk);
            }
            walk.lookups = walk.lookups.saturating_add(walk.anywhere.len());
        }
        for (space, name) in named.iter() {
            let found = resources.is_some_and(|dict| self.use_of(dict, *space, name, walk));
            if !found {
                self.use_anywhere(*space, name, walk);
            }
        }
        Ok(())
    }

    fn read_stream(
        &mut self,
        stream: &'a Stream,
        walk: &mut Walk<'a>,
    ) -> Result<Rc<[Use]>, Refusal> {
        // The content would come from another file; it is refused when it is copied.
        if stream.dict.has(b"F") {
            return Ok(Rc::from([]));
        }
        let plain = self.plain(stream)?;
        let data = deflate(&self.drawing(&plain, self.get_dict(&stream.dict, "Resources"))?);
        walk.bytes = walk.bytes.saturating_add(data.len());
        self.uses.streams.insert(address(stream), data);
        Ok(self.take_named())
    }

    fn take_named(&mut self) -> Rc<[Use]> {
        self.named_already.clear();
        Rc::from(std::mem::take(&mut self.named_now))
    }

    /// The new name of something a drawing names, which is remembered.
    pub(super) fn name_in_drawing(&mut self, space: Space, name: &[u8]) -> Vec<u8> {
        let used = (space, name.to_vec());
        if self.named_already.insert(used.clone()) {
            self.named_now.push(used);
        }
        self.names.resource(space, name)
    }

    /// Notes that `dict` must keep a name, if it has it.
    fn use_of(
        &mut self,
        dict: &'a Dictionary,
        space: Space,
        name: &[u8],
        walk: &mut Walk<'a>,
    ) -> bool {
        let list = self.get_dict(dict, list_of(space));
        let Some(object) = list.and_then(|list| list.get(name).ok()) else { return false };
        let own = self.uses.own.entry(address(dict)).or_default();
        if own.insert((space, name.to_vec())) {
            let object = self.follow(object);
            self.reach(object, space, walk);
        }
        true
    }

    fn use_anywhere(&mut self, space: Space, name: &[u8], walk: &mut Walk<'a>) {
        if (space == Space::Spaces && is_reserved(name))
            || !walk.anywhere_already.insert((space, name.to_vec()))
        {
            return;
        }
        walk.anywhere.push((space, name.to_vec()));
        walk.lookups = walk.lookups.saturating_add(walk.known.len());
        // Then the document is refused.
        if walk.lookups > usize::try_from(self.limits.values).unwrap_or(usize::MAX) {
            return;
        }
        for index in 0..walk.known.len() {
            if let Some(dict) = walk.known.get(index).copied() {
                self.use_of(dict, space, name, walk);
            }
        }
    }

    /// What is drawn with the thing itself.
    fn reach(&mut self, object: &'a Object, space: Space, walk: &mut Walk<'a>) {
        match (space, object) {
            (Space::XObjects, Object::Stream(stream)) => {
                match self.get_name(&stream.dict, "Subtype") {
                    Some(b"Form") => self.wait(stream, walk),
                    _ => self.note_space(stream.dict.get(b"ColorSpace").ok(), 0, walk),
                }
            }
            (Space::Patterns, Object::Stream(stream)) => self.wait(stream, walk),
            (Space::Patterns, Object::Dictionary(dict)) => {
                if let Some(shading) = self.get_dict(dict, "Shading") {
                    self.note_space(shading.get(b"ColorSpace").ok(), 0, walk);
                }
                if let Some(state) = self.get_dict(dict, "ExtGState") {
                    self.reach_state(state, walk);
                }
            }
            (Space::Shadings, Object::Dictionary(dict) | Object::Stream(Stream { dict, .. })) => {
                self.note_space(dict.get(b"ColorSpace").ok(), 0, walk);
            }
            (Space::States, Object::Dictionary(dict)) => self.reach_state(dict, walk),
            (Space::Fonts, Object::Dictionary(dict)) => self.reach_font(dict, walk),
            (Space::Spaces, _) => self.note_space(Some(object), 0, walk),
            _ => {}
        }
    }

    fn reach_state(&mut self, state: &'a Dictionary, walk: &mut Walk<'a>) {
        if let Some(Object::Dictionary(font)) =
            self.get_array(state, "Font").first().map(|font| self.follow(font))
        {
            self.reach_font(font, walk);
        }
        if let Some(mask) = self.get_dict(state, "SMask")
            && let Some(Object::Stream(form)) = self.get(mask, "G")
        {
            self.wait(form, walk);
        }
    }

    fn reach_font(&mut self, font: &'a Dictionary, walk: &mut Walk<'a>) {
        let Some(letters) = self.get_dict(font, "CharProcs") else { return };
        let resources = self.get_dict(font, "Resources");
        let named = self.named_letters(font);
        let is_named = |name: &[u8]| named.as_ref().is_none_or(|named| named.contains(name));
        // In one order, however the document lists them.
        let mut letters: Vec<(&'a Vec<u8>, &'a Object)> =
            letters.iter().filter(|(name, _)| is_named(name)).collect();
        letters.sort_by_key(|(name, _)| *name);
        let own = self.uses.own.entry(address(font)).or_default();
        own.extend(letters.iter().map(|(name, _)| (Space::Glyphs, (*name).clone())));
        for (_, letter) in letters {
            if let Object::Stream(stream) = self.follow(letter) {
                walk.waiting.push_back((Drawing::Stream(stream), resources));
            }
        }
    }

    /// The letters that a font of drawings can show: its encoding names all of them (9.6.4),
    /// unless it starts from another one.
    fn named_letters(&self, font: &'a Dictionary) -> Option<HashSet<&'a [u8]>> {
        let encoding = self.get(font, "Encoding")?.as_dict().ok()?;
        let items = self.get_array(encoding, "Differences");
        if items.is_empty() || encoding.has(b"BaseEncoding") {
            return None;
        }
        Some(items.iter().filter_map(|item| self.follow(item).as_name().ok()).collect())
    }

    fn note_group(&mut self, dict: &'a Dictionary, walk: &mut Walk<'a>) {
        if let Some(group) = self.get_dict(dict, "Group") {
            self.note_space(group.get(b"CS").ok(), 0, walk);
        }
    }

    /// Some viewers look for the name of a colour space in the resources, also where
    /// only those of devices may stand.
    fn note_space(&mut self, space: Option<&'a Object>, depth: u32, walk: &mut Walk<'a>) {
        /// Indexed over Separation over a named space.
        const DEEPEST: u32 = 4;
        match space.map(|space| self.follow(space)) {
            Some(Object::Name(name)) => self.use_anywhere(Space::Spaces, name, walk),
            Some(Object::Array(items)) if depth < DEEPEST => {
                let base = match items.first().and_then(|item| self.follow(item).as_name().ok()) {
                    Some(b"Indexed" | b"I" | b"Pattern") => items.get(1),
                    Some(b"Separation" | b"DeviceN") => items.get(2),
                    _ => None,
                };
                self.note_space(base, depth + 1, walk);
            }
            _ => {}
        }
    }
}

/// The key under which resources list things of a kind.
fn list_of(space: Space) -> &'static str {
    match space {
        Space::Fonts => "Font",
        Space::XObjects => "XObject",
        Space::States => "ExtGState",
        Space::Spaces => "ColorSpace",
        Space::Patterns => "Pattern",
        Space::Shadings => "Shading",
        Space::Layers => "Properties",
        Space::Glyphs => "CharProcs",
    }
}
