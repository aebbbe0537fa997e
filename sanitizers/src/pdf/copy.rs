//! Walks from the catalog through everything a viewer needs, and copies that.
//!
//! Objects wait in a queue and are written in the order in which they were first
//! met, so nothing here calls itself along a reference: a file whose objects refer
//! to each other in a circle, or a million deep, costs no stack. What is not met is
//! not written: older versions, orphans, unused parts of object streams.

use std::collections::{HashMap, HashSet, VecDeque};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::filter::{Budget, follow};
use super::names::Names;
use super::table::{ANYWHERE, DASHES, Kind, Line, Rule, Space, lines};
use super::value::{Dict, Value};
use super::write::Writer;
use crate::refusal::{Damage, Limit};
use crate::{Category, Limits, Notes, Refusal, xmp};

/// An object that has a number and waits to be written.
pub(super) enum Work<'a> {
    /// From the original.
    Original(&'a Object, Kind),
    /// A page of the original, by its place.
    Page(usize),
    /// Already put together.
    Ready(Value),
    /// The drawing of a page: read, unfolded, and ready to be written anew.
    Drawing(usize),
}

/// Copies one document.
pub(super) struct Copier<'a> {
    pub(super) doc: &'a Document,
    pub(super) limits: &'a Limits,
    pub(super) notes: &'a mut Notes,
    pub(super) budget: Budget,
    pub(super) names: Names,
    pub(super) pages: Vec<super::page::Page<'a>>,
    pub(super) page_numbers: HashMap<ObjectId, u32>,
    pub(super) targets: super::target::Targets<'a>,
    /// The form asks viewers to make the looks of its fields anew.
    pub(super) looks_made_later: bool,
    /// Numbers of layers, in the order in which they were met.
    pub(super) layers: HashMap<usize, u32>,
    /// The drawings, read before anything else, and what they use.
    pub(super) uses: super::uses::Uses,
    /// What the drawing that is being read has named so far.
    pub(super) named_now: Vec<super::uses::Use>,
    pub(super) named_already: HashSet<super::uses::Use>,
    /// Pictures inside drawings that may still be copied.
    pub(super) inline_pictures: u32,
    /// Values that may still be copied from arrays.
    values: u32,
    numbers: HashMap<(usize, Kind), u32>,
    queue: VecDeque<Work<'a>>,
    next: u32,
}

impl<'a> Copier<'a> {
    pub(super) fn new(doc: &'a Document, limits: &'a Limits, notes: &'a mut Notes) -> Self {
        Copier {
            doc,
            limits,
            notes,
            budget: Budget::new(limits),
            names: Names::default(),
            pages: Vec::new(),
            page_numbers: HashMap::new(),
            targets: super::target::Targets::new(),
            looks_made_later: false,
            layers: HashMap::new(),
            uses: super::uses::Uses::default(),
            named_now: Vec::new(),
            named_already: HashSet::new(),
            inline_pictures: super::drawing::MOST_PICTURES,
            values: limits.values,
            numbers: HashMap::new(),
            queue: VecDeque::new(),
            next: 0,
        }
    }

    /// Gives the next number to `work`.
    pub(super) fn allocate(&mut self, work: Work<'a>) -> u32 {
        self.next += 1;
        self.queue.push_back(work);
        self.next
    }

    /// Gives the first numbers: to the catalog, the list of pages, and the pages.
    pub(super) fn reserve(&mut self, pages: usize) {
        for _ in 0..super::PAGES {
            self.allocate(Work::Ready(Value::Null));
        }
        for index in 0..pages {
            self.allocate(Work::Page(index));
        }
    }

    /// Puts work in the place of a number that was reserved.
    pub(super) fn place(&mut self, number: u32, work: Work<'a>) {
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        if let Some(reserved) = place.and_then(|place| self.queue.get_mut(place)) {
            *reserved = work;
        }
    }

    /// The number that the next object will get.
    pub(super) fn upcoming(&self) -> u32 {
        self.next + 1
    }

    /// Writes everything that was met.
    pub(super) fn run(&mut self, most_bytes: usize) -> Result<Vec<u8>, Refusal> {
        let mut writer = Writer::new();
        while let Some(work) = self.queue.pop_front() {
            match work {
                Work::Ready(value) => writer.object(&value),
                Work::Page(index) => {
                    let page = self.page(index)?;
                    writer.object(&Value::Dict(page));
                }
                Work::Drawing(index) => {
                    let drawing = self.uses.page(index).ok_or(Refusal::Internal)?;
                    writer.stream(folded(Dict::new()), &drawing);
                }
                Work::Original(Object::Stream(stream), kind) => {
                    let (dict, data) = self.stream(stream, kind)?;
                    writer.stream(dict, &data);
                }
                Work::Original(object, kind) => {
                    let value = self.direct(object, kind, 0)?.unwrap_or(Value::Null);
                    writer.object(&value);
                }
            }
            // What is inside several compressions of the original may unfold to
            // much more than it was.
            if writer.len() > most_bytes {
                return Err(Refusal::Limit(Limit::OutputBytes));
            }
            if self.next > self.limits.objects {
                return Err(Refusal::Limit(Limit::Parts));
            }
        }
        Ok(writer.finish())
    }

    /// Follows a reference.
    pub(super) fn follow(&self, object: &'a Object) -> &'a Object {
        follow(self.doc, object)
    }

    /// The value of a key, followed; nothing if it is null.
    pub(super) fn get(&self, dict: &'a Dictionary, key: &str) -> Option<&'a Object> {
        match self.follow(dict.get(key.as_bytes()).ok()?) {
            Object::Null => None,
            object => Some(object),
        }
    }

    pub(super) fn get_dict(&self, dict: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
        match self.get(dict, key)? {
            Object::Dictionary(dict) => Some(dict),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    pub(super) fn get_array(&self, dict: &'a Dictionary, key: &str) -> &'a [Object] {
        self.get(dict, key).and_then(|object| object.as_array().ok()).map_or(&[], Vec::as_slice)
    }

    pub(super) fn get_name(&self, dict: &'a Dictionary, key: &str) -> Option<&'a [u8]> {
        self.get(dict, key)?.as_name().ok()
    }

    pub(super) fn get_integer(&self, dict: &'a Dictionary, key: &str) -> Option<i64> {
        let object = self.get(dict, key)?;
        object.as_i64().ok()
    }

    /// The number under which `target` is or will be written as `kind`.
    pub(super) fn number_of(&mut self, target: &'a Object, kind: Kind) -> u32 {
        let key = (std::ptr::from_ref(target).addr(), kind);
        if let Some(&number) = self.numbers.get(&key) {
            return number;
        }
        let number = self.allocate(Work::Original(target, kind));
        self.numbers.insert(key, number);
        number
    }

    /// Copies an object of a kind: as a reference if it was one, else in place.
    pub(super) fn value(
        &mut self,
        object: &'a Object,
        kind: Kind,
        depth: u32,
    ) -> Result<Option<Value>, Refusal> {
        let target = self.follow(object);
        let Some(kind) = self.concrete(target, kind) else {
            return if hides(target, kind) {
                Err(Refusal::Damaged(Damage::Value))
            } else {
                Ok(None)
            };
        };
        let referred = matches!(object, Object::Reference(_));
        match target {
            Object::Stream(_) => Ok(Some(Value::Reference(self.number_of(target, kind)))),
            Object::Dictionary(_) | Object::Array(_) if referred => {
                Ok(Some(Value::Reference(self.number_of(target, kind))))
            }
            _ => self.direct(target, kind, depth),
        }
    }

    /// Decides between kinds that share a place; nothing if it is none of them.
    fn concrete(&self, target: &'a Object, kind: Kind) -> Option<Kind> {
        let name = |key: &str| match target {
            Object::Dictionary(dict) | Object::Stream(Stream { dict, .. }) => {
                self.get_name(dict, key)
            }
            _ => None,
        };
        let is_stream = matches!(target, Object::Stream(_));
        let is_dict = matches!(target, Object::Dictionary(_));
        let is_array = matches!(target, Object::Array(_));
        let is_name = matches!(target, Object::Name(_));
        match kind {
            Kind::XObject => match name("Subtype") {
                Some(b"Form") if is_stream => Some(Kind::Form),
                Some(b"Image") if is_stream => Some(Kind::Image),
                _ => None,
            },
            Kind::Pattern if is_stream => Some(Kind::Pattern),
            Kind::Pattern if is_dict => Some(Kind::ShadingPattern),
            Kind::Layer => match name("Type") {
                Some(b"OCG") if is_dict => Some(Kind::Layer),
                Some(b"OCMD") if is_dict => Some(Kind::LayerMembership),
                _ => None,
            },
            Kind::ColorSpace => (is_name || is_array).then_some(kind),
            Kind::Encoding if is_stream => Some(Kind::CharacterMap),
            Kind::Form
            | Kind::MaskImage
            | Kind::Glyph
            | Kind::SharedSymbols
            | Kind::FontFile1
            | Kind::FontFile2
            | Kind::FontFile3
            | Kind::Profile => is_stream.then_some(kind),
            Kind::Function => (is_stream || is_dict || is_array || is_name).then_some(kind),
            Kind::Shading => (is_stream || is_dict).then_some(kind),
            Kind::CharacterMap | Kind::GlyphIndex => (is_stream || is_name).then_some(kind),
            Kind::Encoding | Kind::SoftMask => (is_dict || is_name).then_some(kind),
            _ => is_dict.then_some(kind),
        }
    }

    /// Copies an object in place.
    pub(super) fn direct(
        &mut self,
        object: &'a Object,
        kind: Kind,
        depth: u32,
    ) -> Result<Option<Value>, Refusal> {
        if depth > self.limits.depth {
            return Err(Refusal::Limit(Limit::Depth));
        }
        match (kind, object) {
            (_, Object::Null) => Ok(None),
            (Kind::ColorSpace, _) => self.color_space(object, depth),
            (Kind::Function, Object::Array(items)) => {
                Ok(Some(Value::Array(self.each(items, kind, depth)?)))
            }
            (Kind::Function, Object::Name(name)) => {
                Ok(super::known(name, &["Identity", "Default"]))
            }
            (Kind::SoftMask, Object::Name(name)) => Ok(super::known(name, &["None"])),
            (Kind::GlyphIndex, Object::Name(name)) => Ok(super::known(name, &["Identity"])),
            (Kind::Encoding | Kind::CharacterMap, Object::Name(name)) => {
                Ok(super::encoding::predefined(name))
            }
            (_, Object::Dictionary(dict)) => {
                self.dictionary(dict, kind, depth).map(Value::Dict).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn each(&mut self, items: &'a [Object], kind: Kind, depth: u32) -> Result<Vec<Value>, Refusal> {
        self.spend_values(items.len())?;
        let mut values = Vec::new();
        for item in items {
            values.push(self.value(item, kind, depth + 1)?.unwrap_or(Value::Null));
        }
        Ok(values)
    }

    /// Copies a dictionary by its table, then rebuilds what the table leaves to code.
    pub(super) fn dictionary(
        &mut self,
        dict: &'a Dictionary,
        kind: Kind,
        depth: u32,
    ) -> Result<Dict, Refusal> {
        // Of several programs viewers take the first; another one is never drawn with.
        let files = ["FontFile", "FontFile2", "FontFile3"];
        let first =
            files.iter().position(|key| matches!(self.get(dict, key), Some(Object::Stream(_))));
        let is_second = |key: &str| {
            let place = files.iter().position(|file| *file == key);
            place.is_some_and(|place| first.is_some_and(|first| place > first))
        };
        let second = files.iter().filter(|key| is_second(key) && dict.has(key.as_bytes())).count();
        if kind == Kind::FontDescriptor && second > 0 {
            self.notes.found_many(Category::Other, u32::try_from(second).unwrap_or(u32::MAX));
        }
        // Letters that are drawn are drawn with them, and nothing else of a font is.
        let is_drawn = self.get_dict(dict, "CharProcs").is_some_and(|letters| {
            letters.iter().any(|(name, letter)| {
                self.uses.holds(dict, Space::Glyphs, name)
                    && matches!(self.follow(letter), Object::Stream(_))
            })
        });
        self.some_of(dict, kind, depth, |key| match kind {
            Kind::FontDescriptor => !is_second(key),
            Kind::Font => key != "Resources" || is_drawn,
            _ => true,
        })
    }

    /// The same for some of the keys.
    pub(super) fn some_of(
        &mut self,
        dict: &'a Dictionary,
        kind: Kind,
        depth: u32,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Dict, Refusal> {
        if depth > self.limits.depth {
            return Err(Refusal::Limit(Limit::Depth));
        }
        self.count_removed(dict, kind);
        let mut copy = Dict::new();
        for Line(key, rule, _) in lines(kind).iter().filter(|line| wanted(line.0)) {
            let Ok(object) = dict.get(key.as_bytes()) else { continue };
            let value = match rule {
                Rule::Named(space, kind) => self.named(dict, object, *space, *kind, depth + 1)?,
                rule => self.by_rule(object, *rule, depth)?,
            };
            if let Some(value) = value {
                copy.insert(key.as_bytes().to_vec(), value);
            }
        }
        #[cfg(test)]
        self.let_in(dict, kind, &mut copy);
        self.rebuild(dict, kind, depth, &mut copy)?;
        Ok(copy)
    }

    fn by_rule(
        &mut self,
        object: &'a Object,
        rule: Rule,
        depth: u32,
    ) -> Result<Option<Value>, Refusal> {
        let target = self.follow(object);
        match rule {
            Rule::Number => Ok(number(target)),
            Rule::Choice(known) => chosen(target, known),
            Rule::Numbers(most) => self.numbers_of(target, most, depth),
            Rule::Bool => Ok(target.as_bool().ok().map(Value::Bool)),
            Rule::OneOf(known) => {
                Ok(target.as_name().ok().and_then(|name| super::known(name, known)))
            }
            Rule::KnownText(known) => Ok(known_text(target, known)),
            Rule::Is(kind) => self.value(object, kind, depth + 1),
            Rule::Each(kind) => match target {
                Object::Array(items) => {
                    self.each(items, kind, depth + 1).map(Value::Array).map(Some)
                }
                _ => Ok(None),
            },
            // By code that knows the dictionary around it.
            Rule::Named(..) | Rule::Rebuilt | Rule::Gone(_) => Ok(None),
        }
    }

    /// Counts what is copied from an array before it is.
    pub(super) fn spend_values(&mut self, count: usize) -> Result<(), Refusal> {
        let left = u32::try_from(count).ok().and_then(|count| self.values.checked_sub(count));
        self.values = left.ok_or(Refusal::Limit(Limit::Parts))?;
        Ok(())
    }

    /// Numbers, and arrays of them. Any other item is taken as zero, which keeps
    /// the places of those after it.
    fn numbers_of(
        &mut self,
        object: &'a Object,
        most: usize,
        depth: u32,
    ) -> Result<Option<Value>, Refusal> {
        if depth > self.limits.depth {
            return Err(Refusal::Limit(Limit::Depth));
        }
        let Object::Array(items) = object else { return Ok(None) };
        let items = items.get(..most.min(items.len())).unwrap_or_default();
        self.spend_values(items.len())?;
        // The dashes of a frame are a list in a short list.
        let inner = if most == usize::MAX { most } else { DASHES };
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            let item = self.follow(item);
            let value = match item {
                Object::Array(_) => self.numbers_of(item, inner, depth + 8)?,
                _ => number(item),
            };
            values.push(value.unwrap_or_else(|| Value::integer(0)));
        }
        Ok(Some(Value::Array(values)))
    }

    /// A dictionary whose keys are names of its own: they are replaced. What no drawing
    /// names is not copied.
    fn named(
        &mut self,
        around: &'a Dictionary,
        object: &'a Object,
        space: Space,
        kind: Kind,
        depth: u32,
    ) -> Result<Option<Value>, Refusal> {
        let Object::Dictionary(dict) = self.follow(object) else { return Ok(None) };
        let by_length = |(name, _): &(Vec<u8>, &'a Object)| (name.len(), name.clone());
        let unused = match space {
            Space::XObjects => Category::HiddenPictures,
            _ => Category::Other,
        };
        let left_out = dict.iter().filter(|(name, _)| !self.uses.holds(around, space, name));
        self.notes.found_many(unused, u32::try_from(left_out.count()).unwrap_or(u32::MAX));
        // What is not kept must not use up a name, or a copy of the copy would differ.
        let mut entries: Vec<_> = dict
            .iter()
            .filter(|(name, _)| self.uses.holds(around, space, name))
            .filter(|(_, object)| {
                let object = self.follow(object);
                self.concrete(object, kind).is_some() || hides(object, kind)
            })
            .map(|(name, object)| (name.clone(), object))
            .collect();
        entries.sort_by_cached_key(by_length);
        for (name, _) in &mut entries {
            *name = self.names.resource(space, name);
        }
        entries.sort_by_cached_key(by_length);
        let mut copy = Dict::new();
        for (name, object) in entries {
            if let Some(value) = self.value(object, kind, depth)? {
                copy.insert(name, value);
            }
        }
        Ok((!copy.is_empty()).then_some(Value::Dict(copy)))
    }

    /// Counts what stands in `dict` and will not be copied.
    fn count_removed(&mut self, dict: &'a Dictionary, kind: Kind) {
        const OF_STREAMS: [&[u8]; 4] = [b"Length", b"Filter", b"DecodeParms", b"DL"];
        for (key, object) in dict {
            let line = lines(kind).iter().chain(ANYWHERE).find(|line| line.0.as_bytes() == key);
            match line {
                _ if OF_STREAMS.contains(&key.as_slice()) => {}
                Some(Line("Metadata", ..)) => self.note_xmp(object),
                Some(Line(_, Rule::Gone(category), _)) => self.notes.found(*category),
                Some(_) => {}
                None => self.notes.found(Category::Other),
            }
        }
    }

    fn note_xmp(&mut self, object: &'a Object) {
        let Object::Stream(stream) = self.follow(object) else { return };
        // Only counted: what cannot be unfolded is counted as one description.
        match self.plain(stream) {
            Ok(packet) => xmp::note(&packet, self.notes),
            Err(_) => self.notes.found(Category::Descriptions),
        }
    }

    /// Unfolds a stream that is no picture.
    pub(super) fn plain(&mut self, stream: &'a Stream) -> Result<Vec<u8>, Refusal> {
        let steps = super::filter::steps(
            self.doc,
            stream.dict.get(b"Filter").ok(),
            stream.dict.get(b"DecodeParms").ok(),
        )?;
        super::filter::unfold(self.doc, &stream.content, &steps, false, &mut self.budget)
    }

    /// Copies a stream.
    fn stream(&mut self, stream: &'a Stream, kind: Kind) -> Result<(Dict, Vec<u8>), Refusal> {
        // The content would come from another file (7.3.8.2): nobody here can read
        // that file, and opening the copy would fetch it.
        if stream.dict.has(b"F") {
            return Err(Refusal::Feature(crate::refusal::Feature::Construct));
        }
        if matches!(kind, Kind::Image | Kind::MaskImage) {
            return self.image(stream, kind);
        }
        let mut dict = self.dictionary(&stream.dict, kind, 0)?;
        if matches!(kind, Kind::Form | Kind::Pattern | Kind::Glyph) {
            if kind == Kind::Form {
                dict.insert(b"Subtype".to_vec(), Value::name("Form"));
            }
            let drawing = self.uses.stream(stream).ok_or(Refusal::Internal)?;
            return Ok((folded(dict), drawing));
        }
        let data = self.plain(stream)?;
        let data = match kind {
            Kind::SharedSymbols => {
                return Ok((dict, super::jbig2::clean_shared(&data, self.notes)?));
            }
            Kind::CharacterMap => super::encoding::character_map(&data)?,
            Kind::Function => self.function_data(&data, &stream.dict)?,
            Kind::Shading => self.mesh(data, &stream.dict)?,
            // Two bytes for each glyph that a font can have.
            Kind::GlyphIndex => {
                data.get(..data.len().min(1 << 17)).map_or(Vec::new(), <[u8]>::to_vec)
            }
            Kind::Profile => {
                self.notes.found(Category::ColourProfiles);
                crate::icc::canonical(&data).ok_or(Refusal::Damaged(Damage::Value))?
            }
            Kind::FontFile1 => super::type1::clean(&data, &mut dict)?,
            Kind::FontFile2 => super::sfnt::clean(&data)?,
            Kind::FontFile3 => super::cff::clean_file(&data)?,
            _ => return Err(Refusal::Damaged(Damage::Value)),
        };
        if kind == Kind::FontFile2 {
            let length = i64::try_from(data.len()).unwrap_or(i64::MAX);
            dict.insert(b"Length1".to_vec(), Value::integer(length));
        }
        Ok((folded(dict), super::filter::deflate(&data)))
    }
}

/// Whether a thing that is no layer by its type may be one to a viewer: without it, what
/// is hidden would be shown.
pub(super) fn hides(object: &Object, kind: Kind) -> bool {
    kind == Kind::Layer && matches!(object, Object::Dictionary(_))
}

/// Marks a dictionary as that of a folded stream.
pub(super) fn folded(mut dict: Dict) -> Dict {
    dict.insert(b"Filter".to_vec(), Value::name("FlateDecode"));
    dict
}

/// A number of the original, of about seven places: more of them are no measure of
/// anything, and hold a name.
pub(super) fn number(object: &Object) -> Option<Value> {
    const EXACT: u64 = 1 << 24;
    match object {
        Object::Integer(number) if number.unsigned_abs() < EXACT => Some(Value::integer(*number)),
        #[expect(clippy::cast_precision_loss, reason = "this is the rounding")]
        Object::Integer(number) => Some(Value::real(*number as f32)),
        Object::Real(number) if number.is_finite() => Some(Value::real(*number)),
        _ => None,
    }
}

/// A number of a list; a viewer would take another one in a way of its own.
fn chosen(object: &Object, known: &[i64]) -> Result<Option<Value>, Refusal> {
    let Some(given) = number(object) else { return Ok(None) };
    let value = known.iter().map(|known| Value::integer(*known)).find(|known| *known == given);
    value.map(Some).ok_or(Refusal::Damaged(Damage::Value))
}

fn known_text(object: &Object, known: &'static [&'static str]) -> Option<Value> {
    let given = object.as_str().ok()?;
    let text = known.iter().find(|text| text.as_bytes() == given).or(known.first())?;
    Some(Value::Text(text.as_bytes().to_vec()))
}
