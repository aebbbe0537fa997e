//! Puts the copy beside the original, page by page.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::drawing::{Act, Drawing, Operand};
use super::unfold::{follow, unfold};
use crate::Limits;

/// What two objects are compared as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Drawn,
    /// A drawing by its place, whatever it says it is.
    Form,
    Mask,
    Glyph,
    Font,
    State,
    SoftMask,
    Space,
    Pattern,
    Shading,
    Function,
    Layer,
    Group,
}

/// Resources by which the names in a drawing are found, in both documents.
#[derive(Clone, Copy, Default)]
pub(super) struct Around<'a> {
    pub(super) old: Option<&'a Dictionary>,
    pub(super) new: Option<&'a Dictionary>,
    /// They are those of the drawing itself.
    pub(super) own: bool,
}

/// A class, the name in the original, and the name in the copy.
pub(super) type Names = BTreeSet<(u8, Vec<u8>, Vec<u8>)>;

pub(super) struct Pair<'a> {
    pub(super) given: &'a Document,
    pub(super) copy: &'a Document,
    pub(super) limits: &'a Limits,
    pub(super) most: usize,
    pub(super) left: usize,
    /// Numbers in arrays that may still be looked at.
    pub(super) values: usize,
    /// New names by old, and old by new: neither may stand for two.
    renamed: HashMap<(u8, Vec<u8>), Vec<u8>>,
    origins: HashMap<(u8, Vec<u8>), Vec<u8>>,
    compared: HashSet<(Role, [usize; 4])>,
    waiting: Vec<(Role, &'a Object, &'a Object, Around<'a>)>,
    page: Around<'a>,
    /// What drawings name, by the address of the resources in the copy.
    used: HashMap<usize, HashSet<(&'static str, Vec<u8>)>>,
    /// What a drawing names that its own resources do not have.
    pub(super) anywhere: HashSet<(&'static str, Vec<u8>)>,
    /// Names in the drawing that is being compared, as long as nothing else in it depends
    /// on resources; and those of drawings that were compared.
    pub(super) naming: Option<Names>,
    pub(super) names_in: HashMap<[usize; 2], Rc<Names>>,
    /// Layers of the original and of the copy.
    pub(super) layers: HashMap<usize, usize>,
}

/// Lists of resources: the letter of the class, the key, what is in them.
const LISTS: [(u8, &str, Role); 7] = [
    (b'F', "Font", Role::Font),
    (b'X', "XObject", Role::Drawn),
    (b'S', "ExtGState", Role::State),
    (b'K', "ColorSpace", Role::Space),
    (b'P', "Pattern", Role::Pattern),
    (b'H', "Shading", Role::Shading),
    (b'L', "Properties", Role::Layer),
];

/// Colour spaces that are what their names say.
pub(super) const OF_DEVICES: [&[u8]; 7] =
    [b"DeviceGray", b"DeviceRGB", b"DeviceCMYK", b"Pattern", b"G", b"RGB", b"CMYK"];

/// Compares all pages and all that they draw.
pub(super) fn compare(
    given: &Document,
    copy: &Document,
    count: usize,
    limits: &Limits,
) -> Option<()> {
    let pages: Vec<_> = given.page_iter().zip(copy.page_iter()).collect();
    if given.page_iter().count() != count || copy.page_iter().count() != count {
        return None;
    }
    let mut pair = Pair {
        given,
        copy,
        limits,
        most: usize::try_from(limits.inflated_stream).ok()?,
        left: usize::try_from(limits.inflated_total).ok()?.saturating_mul(4),
        values: usize::try_from(limits.values).ok()?.saturating_mul(4),
        renamed: HashMap::new(),
        origins: HashMap::new(),
        compared: HashSet::new(),
        waiting: Vec::new(),
        page: Around::default(),
        used: HashMap::new(),
        anywhere: HashSet::new(),
        naming: None,
        names_in: HashMap::new(),
        layers: HashMap::new(),
    };
    for (old, new) in pages {
        pair.page(old, new)?;
        while let Some((role, old, new, around)) = pair.waiting.pop() {
            pair.thing(role, old, new, around)?;
        }
    }
    pair.same_switches()?;
    pair.nothing_unused()
}

pub(super) fn address<T>(thing: &T) -> usize {
    std::ptr::from_ref(thing).addr()
}

/// The value of a key, followed; nothing if it is null.
pub(super) fn value<'a>(doc: &'a Document, dict: &'a Dictionary, key: &str) -> Option<&'a Object> {
    Some(follow(doc, dict.get(key.as_bytes()).ok()?)).filter(|object| !object.is_null())
}

pub(super) fn map<'a>(
    doc: &'a Document,
    dict: &'a Dictionary,
    key: &str,
) -> Option<&'a Dictionary> {
    match value(doc, dict, key)? {
        Object::Dictionary(dict) | Object::Stream(Stream { dict, .. }) => Some(dict),
        _ => None,
    }
}

/// A value of a page, or of the nearest node above that has it.
fn inherited<'a>(doc: &'a Document, page: &'a Dictionary, key: &str) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..64 {
        if let Some(found) = value(doc, node, key) {
            return Some(found);
        }
        node = map(doc, node, "Parent")?;
    }
    None
}

impl<'a> Pair<'a> {
    fn page(&mut self, old: ObjectId, new: ObjectId) -> Option<()> {
        let (given, copy) = (self.given, self.copy);
        let (old, new) = (given.get_dictionary(old).ok()?, copy.get_dictionary(new).ok()?);
        let turn = |doc, page| inherited(doc, page, "Rotate").map_or(0, quarters);
        // Nothing above a page of the copy says anything about it.
        (turn(given, old) == turn(copy, new)).then_some(())?;
        for key in ["MediaBox", "CropBox"] {
            let same = match (inherited(given, old, key), value(copy, new, key)) {
                (None, None) => true,
                (Some(old), Some(new)) => plain_numbers(given, old)
                    .is_some_and(|old| plain_numbers(copy, new).is_some_and(|new| old == new)),
                // A value that is no number shows nothing.
                (Some(old), None) => plain_numbers(given, old).is_none(),
                (None, Some(_)) => false,
            };
            same.then_some(())?;
        }
        self.same_numbers(old, new, &[("UserUnit", 0)])?;
        let resources = |doc, page| inherited(doc, page, "Resources")?.as_dict().ok();
        let around = Around { old: resources(given, old), new: resources(copy, new), own: true };
        self.page = around;
        self.meet_key(Role::Group, old, new, "Group", around)?;
        let before = self.contents(given, old)?;
        let after = self.contents(copy, new)?;
        self.drawing(&before, &after, around)?;
        self.annotations(old, new)
    }

    fn contents(&mut self, doc: &'a Document, page: &'a Dictionary) -> Option<Vec<u8>> {
        let mut joined = Vec::new();
        let parts: Vec<&Object> = match value(doc, page, "Contents") {
            None => return Some(joined),
            Some(Object::Array(parts)) => parts.iter().map(|part| follow(doc, part)).collect(),
            Some(part) => vec![part],
        };
        for part in parts {
            if let Object::Stream(stream) = part {
                joined.extend(self.plain(doc, stream)?);
                joined.push(b'\n');
            }
        }
        Some(joined)
    }

    /// A stream that is no picture, unfolded.
    pub(super) fn plain(&mut self, doc: &'a Document, stream: &'a Stream) -> Option<Vec<u8>> {
        let unfolded = unfold(doc, stream, self.most).filter(|stream| stream.codec.is_empty())?;
        self.left = self.left.checked_sub(unfolded.data.len())?;
        Some(unfolded.data)
    }

    /// Operator by operator.
    pub(super) fn drawing(&mut self, old: &[u8], new: &[u8], around: Around<'a>) -> Option<()> {
        let (mut old, mut new) = (Drawing::new(old), Drawing::new(new));
        loop {
            match (old.next_act(), new.next_act()) {
                (None, None) => return Some(()),
                (Some(before), Some(after)) => {
                    if before.operator != after.operator {
                        return None;
                    }
                    if before.operator == b"BI" {
                        self.naming = None;
                        self.same_picture(&mut old, &mut new, around)?;
                    } else {
                        self.act(&before, &after, around)?;
                    }
                }
                _ => return None,
            }
        }
    }

    fn act(&mut self, before: &Act, after: &Act, around: Around<'a>) -> Option<()> {
        if before.operands.len() != after.operands.len() {
            return None;
        }
        let class = match before.operator.as_slice() {
            b"Tf" => b'F',
            b"Do" => b'X',
            b"gs" => b'S',
            b"CS" | b"cs" => b'K',
            b"SCN" | b"scn" | b"SC" | b"sc" => b'P',
            b"sh" => b'H',
            b"BDC" => b'L',
            _ => b' ',
        };
        // The mark itself is called OC, and only what follows is a name of its own.
        let skipped = usize::from(class == b'L');
        for (index, (old, new)) in before.operands.iter().zip(&after.operands).enumerate() {
            match (old, new) {
                (Operand::Name(old), Operand::Name(new)) if class != b' ' && index >= skipped => {
                    self.named(class, old, new, around)?;
                }
                (Operand::List(old), Operand::List(new)) => {
                    let shown = |item: &&Operand| match before.operator.as_slice() {
                        b"TJ" => matches!(item, Operand::Number(_) | Operand::Text(_)),
                        _ => matches!(item, Operand::Number(_)),
                    };
                    let same = old.iter().filter(shown).eq(new.iter());
                    same.then_some(())?;
                }
                _ => (old == new).then_some(())?,
            }
        }
        Some(())
    }

    /// Two names at the same place: of one thing, and of things that look the same.
    pub(super) fn named(
        &mut self,
        class: u8,
        old_name: &[u8],
        new_name: &[u8],
        around: Around<'a>,
    ) -> Option<()> {
        if class == b'K' && [old_name, new_name].iter().any(|name| OF_DEVICES.contains(name)) {
            return (old_name == new_name).then_some(());
        }
        self.rename(class, old_name, new_name)?;
        if let Some(names) = &mut self.naming {
            names.insert((class, old_name.to_vec(), new_name.to_vec()));
        }
        let (_, list, role) = *LISTS.iter().find(|(letter, ..)| *letter == class)?;
        let find = |doc: &'a Document, resources: Option<&'a Dictionary>, name: &[u8]| {
            let object = follow(doc, map(doc, resources?, list)?.get(name).ok()?);
            (!object.is_null()).then_some(object)
        };
        let mut old = find(self.given, around.old, old_name);
        let mut new = find(self.copy, around.new, new_name);
        match around.new {
            Some(resources) if new.is_some() => {
                let used = self.used.entry(address(resources)).or_default();
                used.insert((list, new_name.to_vec()));
            }
            _ => {}
        }
        if new.is_none() || !around.own {
            self.anywhere.insert((list, new_name.to_vec()));
        }
        if old.is_none() && new.is_none() {
            old = find(self.given, self.page.old, old_name);
            new = find(self.copy, self.page.new, new_name);
        }
        self.meet_both(role, old, new, around)
    }

    fn rename(&mut self, class: u8, old: &[u8], new: &[u8]) -> Option<()> {
        let known = self.renamed.entry((class, old.to_vec())).or_insert_with(|| new.to_vec());
        let origin = self.origins.entry((class, new.to_vec())).or_insert_with(|| old.to_vec());
        (known == new && origin == old).then_some(())
    }

    /// Compares what stands under a key in both.
    pub(super) fn meet_key(
        &mut self,
        role: Role,
        old: &'a Dictionary,
        new: &'a Dictionary,
        key: &str,
        around: Around<'a>,
    ) -> Option<()> {
        self.meet_both(role, value(self.given, old, key), value(self.copy, new, key), around)
    }

    /// Neither may be there without the other, unless it shows nothing.
    pub(super) fn meet_both(
        &mut self,
        role: Role,
        old: Option<&'a Object>,
        new: Option<&'a Object>,
        around: Around<'a>,
    ) -> Option<()> {
        match (old, new) {
            (Some(old), Some(new)) => {
                self.meet(role, old, new, around);
                Some(())
            }
            (None, None) => Some(()),
            (Some(old), None) => (!self.shows(role, old)).then_some(()),
            (None, Some(_)) => None,
        }
    }

    /// Two things that must look the same; each pair is compared once.
    fn meet(&mut self, role: Role, old: &'a Object, new: &'a Object, around: Around<'a>) {
        let alone = match old {
            Object::Stream(stream) => stream.dict.has(b"Resources"),
            _ => true,
        };
        let around_them = |dict: Option<&Dictionary>| dict.filter(|_| !alone).map_or(0, address);
        let places = [address(old), address(new), around_them(around.old), around_them(around.new)];
        if self.compared.insert((role, places)) {
            self.waiting.push((role, old, new, around));
        }
    }

    /// Whether a viewer would do something with an object in that role.
    fn shows(&self, role: Role, object: &'a Object) -> bool {
        let word = |key: &str| match object {
            Object::Dictionary(dict) | Object::Stream(Stream { dict, .. }) => {
                value(self.given, dict, key).and_then(|word| word.as_name().ok())
            }
            _ => None,
        };
        let stream = matches!(object, Object::Stream(_));
        let dict = matches!(object, Object::Dictionary(_));
        match role {
            Role::Drawn => stream && matches!(word("Subtype"), Some(b"Form" | b"Image")),
            Role::Form | Role::Mask | Role::Glyph => stream,
            Role::Space => matches!(object, Object::Name(_) | Object::Array(_)),
            Role::Pattern | Role::Shading => stream || dict,
            Role::Function => {
                stream
                    || dict
                    || matches!(object, Object::Array(_))
                    || matches!(object, Object::Name(n) if n == b"Identity" || n == b"Default")
            }
            Role::SoftMask => dict || matches!(object, Object::Name(name) if name == b"None"),
            Role::Layer => dict && matches!(word("Type"), Some(b"OCG" | b"OCMD")),
            Role::Font | Role::State | Role::Group => dict,
        }
    }

    /// Whether each thing in the resources of the copy is named by a drawing.
    fn nothing_unused(&self) -> Option<()> {
        for object in self.copy.objects.values() {
            let mut inside = vec![object];
            while let Some(object) = inside.pop() {
                let dict = match object {
                    Object::Array(items) => {
                        inside.extend(items);
                        continue;
                    }
                    Object::Dictionary(dict) | Object::Stream(Stream { dict, .. }) => dict,
                    _ => continue,
                };
                inside.extend(dict.iter().map(|(_, object)| object));
                if let Some(resources) = map(self.copy, dict, "Resources") {
                    self.all_used(resources)?;
                }
            }
        }
        Some(())
    }

    fn all_used(&self, resources: &Dictionary) -> Option<()> {
        let used = self.used.get(&address(resources));
        for (_, list, _) in LISTS {
            let Some(things) = map(self.copy, resources, list) else { continue };
            for (name, _) in things {
                let wanted = (list, name.clone());
                let is_used = used.is_some_and(|used| used.contains(&wanted))
                    || self.anywhere.contains(&wanted)
                    || (list == "ColorSpace"
                        && name.starts_with(b"Default")
                        && super::parts::of_device(name));
                is_used.then_some(())?;
            }
        }
        Some(())
    }
}

/// A turn between none and a full one; what is no number of quarters is none.
fn quarters(turn: &Object) -> i64 {
    let turn: i64 = turn.as_float().unwrap_or(0.0).to_string().parse().unwrap_or(0);
    [0, 90, 180, 270].into_iter().find(|known| (turn - known) % 360 == 0).unwrap_or(0)
}

fn plain_numbers(doc: &Document, object: &Object) -> Option<Vec<f32>> {
    match object {
        Object::Array(items) => {
            items.iter().take(4).map(|item| follow(doc, item).as_float().ok()).collect()
        }
        single => single.as_float().ok().map(|number| vec![number]),
    }
}
