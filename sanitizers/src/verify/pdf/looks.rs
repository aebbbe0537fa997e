//! Compares what decides how a drawing looks: forms, settings, colours, patterns,
//! gradients, functions, annotations.
//!
//! A copy that draws with the same operators can still show something else: with
//! another gradient, without a mask, in other colours.

use std::rc::Rc;

use lopdf::{Dictionary, Object, Stream};

use super::drawing::calculator;
use super::pages::{Around, Names, OF_DEVICES, Pair, Role, address, map, value};
use super::unfold::follow;

/// A number of an array, or the edge of an array in it.
#[derive(PartialEq)]
enum Cell {
    Number(f32),
    Open,
    Close,
}

const INTENTS: [&str; 4] =
    ["AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual"];
pub(super) const BLEND: [&str; 17] = [
    "Normal",
    "Compatible",
    "Multiply",
    "Screen",
    "Overlay",
    "Darken",
    "Lighten",
    "ColorDodge",
    "ColorBurn",
    "HardLight",
    "SoftLight",
    "Difference",
    "Exclusion",
    "Hue",
    "Saturation",
    "Color",
    "Luminosity",
];

// Keys with the most numbers that mean something; none is a number without an array.
const OF_FORMS: &[(&str, usize)] = &[("BBox", 4), ("Matrix", 6)];
const OF_STATES: &[(&str, usize)] = &[
    ("CA", 0),
    ("D", 2),
    ("FL", 0),
    ("LC", 0),
    ("LJ", 0),
    ("LW", 0),
    ("ML", 0),
    ("OPM", 0),
    ("SM", 0),
    ("ca", 0),
];
const OF_TILES: &[(&str, usize)] = &[
    ("BBox", 4),
    ("Matrix", 6),
    ("PaintType", 0),
    ("PatternType", 0),
    ("TilingType", 0),
    ("XStep", 0),
    ("YStep", 0),
];
const OF_SHADINGS: &[(&str, usize)] = &[
    ("BBox", 4),
    ("Background", 32),
    ("BitsPerComponent", 0),
    ("BitsPerCoordinate", 0),
    ("BitsPerFlag", 0),
    ("Coords", 6),
    ("Decode", 68),
    ("Domain", 4),
    ("Matrix", 6),
    ("ShadingType", 0),
    ("VerticesPerRow", 0),
];
const OF_CALIBRATED: &[(&str, usize)] =
    &[("BlackPoint", 3), ("Matrix", 9), ("Range", 4), ("WhitePoint", 3)];
const OF_FUNCTIONS: &[(&str, usize)] = &[("Domain", 64), ("FunctionType", 0), ("Range", 64)];

impl<'a> Pair<'a> {
    /// Compares two things in a role.
    pub(super) fn thing(
        &mut self,
        role: Role,
        old: &'a Object,
        new: &'a Object,
        around: Around<'a>,
    ) -> Option<()> {
        match (role, old, new) {
            (Role::Space, ..) => self.space(old, new, around, 0),
            (Role::Function, ..) => self.function(old, new, around),
            (Role::SoftMask, Object::Name(old), Object::Name(new)) => (old == new).then_some(()),
            (Role::Drawn, Object::Stream(old), Object::Stream(new)) => self.drawn(old, new, around),
            (Role::Form, Object::Stream(old), Object::Stream(new)) => self.form(old, new, around),
            (Role::Mask, Object::Stream(old), Object::Stream(new)) => self.mask(old, new, around),
            (Role::Glyph, Object::Stream(old), Object::Stream(new)) => {
                self.inside(old, new, around)
            }
            (Role::Pattern, Object::Stream(old), Object::Stream(new)) => {
                self.same_numbers(&old.dict, &new.dict, OF_TILES)?;
                self.inside(old, new, around)
            }
            (Role::Shading, Object::Stream(old), Object::Stream(new)) => {
                self.shading(&old.dict, &new.dict, around)?;
                self.same_beginning(old, new)
            }
            (_, Object::Dictionary(old), Object::Dictionary(new)) => {
                self.dictionary(role, old, new, around)
            }
            _ => None,
        }
    }

    fn dictionary(
        &mut self,
        role: Role,
        old: &'a Dictionary,
        new: &'a Dictionary,
        around: Around<'a>,
    ) -> Option<()> {
        match role {
            Role::Font => self.font(old, new),
            Role::State => self.state(old, new, around),
            Role::Shading => self.shading(old, new, around),
            Role::Layer => self.layer(old, new),
            Role::SoftMask => {
                self.same_names(old, new, &[("S", &["Alpha", "Luminosity"])])?;
                self.same_numbers(old, new, &[("BC", 32)])?;
                self.meet_key(Role::Form, old, new, "G", around)?;
                self.meet_key(Role::Function, old, new, "TR", around)
            }
            Role::Pattern => {
                self.same_numbers(old, new, &[("Matrix", 6), ("PatternType", 0)])?;
                self.meet_key(Role::Shading, old, new, "Shading", around)?;
                self.meet_key(Role::State, old, new, "ExtGState", around)
            }
            Role::Group => {
                self.same_names(old, new, &[("S", &["Transparency"])])?;
                self.same_flags(old, new, &["I", "K"])?;
                self.meet_key(Role::Space, old, new, "CS", around)
            }
            _ => None,
        }
    }

    fn drawn(&mut self, old: &'a Stream, new: &'a Stream, around: Around<'a>) -> Option<()> {
        self.same_names(&old.dict, &new.dict, &[("Subtype", &["Form", "Image"])])?;
        match value(self.copy, &new.dict, "Subtype")?.as_name().ok()? {
            b"Image" => {
                self.meet_key(Role::Layer, &old.dict, &new.dict, "OC", around)?;
                self.image(old, new, around)
            }
            _ => self.form(old, new, around),
        }
    }

    fn form(&mut self, old: &'a Stream, new: &'a Stream, around: Around<'a>) -> Option<()> {
        self.same_numbers(&old.dict, &new.dict, OF_FORMS)?;
        self.meet_key(Role::Layer, &old.dict, &new.dict, "OC", around)?;
        self.meet_key(Role::Group, &old.dict, &new.dict, "Group", around)?;
        self.inside(old, new, around)
    }

    /// What a stream draws, with its own resources or those around it.
    fn inside(&mut self, old: &'a Stream, new: &'a Stream, around: Around<'a>) -> Option<()> {
        let own = map(self.given, &old.dict, "Resources");
        let around = match (own, map(self.copy, &new.dict, "Resources")) {
            (None, None) => Around { own: false, ..around },
            (old, new) => Around { old, new, own: true },
        };
        // A drawing without resources is met on many pages. Only its names can mean
        // something else on each of them.
        let key = [address(old), address(new)];
        if let Some(names) = self.names_in.get(&key).cloned() {
            let mut names = names.iter();
            return names.try_for_each(|(class, old, new)| self.named(*class, old, new, around));
        }
        let before = self.plain(self.given, old)?;
        let after = self.plain(self.copy, new)?;
        self.naming = Some(Names::new());
        self.drawing(&before, &after, around)?;
        if let Some(names) = self.naming.take() {
            self.names_in.insert(key, Rc::new(names));
        }
        Some(())
    }

    fn state(
        &mut self,
        old: &'a Dictionary,
        new: &'a Dictionary,
        around: Around<'a>,
    ) -> Option<()> {
        self.same_numbers(old, new, OF_STATES)?;
        self.same_flags(old, new, &["AIS", "OP", "SA", "TK", "op"])?;
        self.same_names(old, new, &[("RI", &INTENTS)])?;
        for key in ["TR", "TR2"] {
            self.meet_key(Role::Function, old, new, key, around)?;
        }
        self.meet_key(Role::SoftMask, old, new, "SMask", around)?;
        let mode = |name: &&Object| name.as_name().is_ok_and(|name| is_among(&BLEND, name));
        let wanted = match value(self.given, old, "BM") {
            Some(Object::Array(names)) => names.iter().map(|n| follow(self.given, n)).find(mode),
            single => single.filter(mode),
        };
        (wanted == value(self.copy, new, "BM")).then_some(())?;
        let pair = |doc, dict| match value(doc, dict, "Font") {
            Some(Object::Array(items)) => match items.as_slice() {
                [font, size] => {
                    Some((follow(doc, font), follow(doc, size).as_float().ok()?.to_bits()))
                }
                _ => None,
            },
            _ => None,
        };
        match (pair(self.given, old), pair(self.copy, new)) {
            (None, None) => Some(()),
            (Some((old, size)), Some((new, same_size))) if size == same_size => {
                self.meet_both(Role::Font, Some(old), Some(new), around)
            }
            _ => None,
        }
    }

    fn shading(
        &mut self,
        old: &'a Dictionary,
        new: &'a Dictionary,
        around: Around<'a>,
    ) -> Option<()> {
        self.same_numbers(old, new, OF_SHADINGS)?;
        self.same_flags(old, new, &["AntiAlias"])?;
        let extend = |doc, dict| match value(doc, dict, "Extend") {
            Some(Object::Array(items)) => {
                let flags = items.iter().filter_map(|item| follow(doc, item).as_bool().ok());
                Some(flags.collect::<Vec<_>>()).filter(|flags| flags.len() == 2)
            }
            _ => None,
        };
        (extend(self.given, old) == extend(self.copy, new)).then_some(())?;
        self.meet_key(Role::Space, old, new, "ColorSpace", around)?;
        self.meet_key(Role::Function, old, new, "Function", around)
    }

    fn function(&mut self, old: &'a Object, new: &'a Object, around: Around<'a>) -> Option<()> {
        let (given, copy) = (self.given, self.copy);
        match (old, new) {
            (Object::Name(old), Object::Name(new)) => (old == new).then_some(()),
            (Object::Array(old), Object::Array(new)) => self.each(Role::Function, old, new, around),
            (
                Object::Dictionary(old_dict) | Object::Stream(Stream { dict: old_dict, .. }),
                Object::Dictionary(new_dict) | Object::Stream(Stream { dict: new_dict, .. }),
            ) => {
                self.same_numbers(old_dict, new_dict, OF_FUNCTIONS)?;
                let own = self.keys_of_function(new_dict)?;
                self.same_numbers(old_dict, new_dict, &own)?;
                if let (Some(Object::Array(old)), Some(Object::Array(new))) =
                    (value(given, old_dict, "Functions"), value(copy, new_dict, "Functions"))
                {
                    self.each(Role::Function, old, new, around)?;
                } else if own.iter().any(|(key, _)| *key == "Bounds") {
                    return None;
                }
                match (old, new) {
                    (Object::Dictionary(_), Object::Dictionary(_)) => Some(()),
                    (Object::Stream(old), Object::Stream(new)) => {
                        if value(copy, new_dict, "FunctionType")?.as_i64().ok()? != 4 {
                            return self.same_beginning(old, new);
                        }
                        let before = calculator(&self.plain(given, old)?)?;
                        (before == calculator(&self.plain(copy, new)?)?).then_some(())
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Keys with numbers that a function of the copy may have by its type, and how many;
    /// nothing if it has others (7.10.2 to 7.10.4).
    fn keys_of_function(&self, dict: &Dictionary) -> Option<Vec<(&'static str, usize)>> {
        let count = |key: &str| {
            value(self.copy, dict, key).and_then(|list| list.as_array().ok()).map_or(0, Vec::len)
        };
        let parts = count("Functions");
        let keys = match value(self.copy, dict, "FunctionType")?.as_i64().ok()? {
            0 => vec![
                ("BitsPerSample", 0),
                ("Decode", 64),
                ("Encode", count("Domain") / 2 * 2),
                ("Order", 0),
                ("Size", count("Domain") / 2),
            ],
            2 => vec![("C0", 32), ("C1", 32), ("N", 0)],
            3 => vec![("Bounds", parts.saturating_sub(1)), ("Encode", 2 * parts)],
            _ => Vec::new(),
        };
        let of_all = ["Domain", "FunctionType", "Range", "Filter", "Length"];
        let known = |key: &[u8]| {
            of_all.iter().any(|known| known.as_bytes() == key)
                || keys.iter().any(|(known, _)| known.as_bytes() == key)
                || (key == b"Functions" && parts > 0)
        };
        dict.iter().all(|(key, _)| known(key)).then_some(keys)
    }

    pub(super) fn each(
        &mut self,
        role: Role,
        old: &'a [Object],
        new: &'a [Object],
        around: Around<'a>,
    ) -> Option<()> {
        self.values = self.values.checked_sub(old.len())?;
        if old.len() != new.len() {
            return None;
        }
        for (old, new) in old.iter().zip(new) {
            let (old, new) = (follow(self.given, old), follow(self.copy, new));
            match (old.is_null(), new.is_null()) {
                (true, true) => {}
                _ => self.meet_both(role, Some(old), Some(new), around)?,
            }
        }
        Some(())
    }

    /// A stream of numbers: bytes behind those that count are gone, and no others.
    fn same_beginning(&mut self, old: &'a Stream, new: &'a Stream) -> Option<()> {
        let before = self.plain(self.given, old)?;
        let after = self.plain(self.copy, new)?;
        before.starts_with(&after).then_some(())?;
        super::lengths::is_whole(self.copy, &new.dict, after.len(), &before).then_some(())
    }

    fn space(
        &mut self,
        old: &'a Object,
        new: &'a Object,
        around: Around<'a>,
        depth: u32,
    ) -> Option<()> {
        if depth > self.limits.depth {
            return None;
        }
        let (old, new) = match (old, new) {
            (Object::Name(old), Object::Name(new)) => {
                if old == new && (OF_DEVICES.contains(&old.as_slice()) || !is_generated(new)) {
                    self.anywhere.insert(("ColorSpace", new.clone()));
                    return Some(());
                }
                // Looked for on the page, whatever the resources of the drawing say.
                let around = Around { old: None, new: None, own: around.own };
                return self.named(b'K', old, new, around);
            }
            (Object::Array(old), Object::Array(new)) => (old, new),
            _ => return None,
        };
        let (given, copy) = (self.given, self.copy);
        let name = |doc, items: &'a [Object]| follow(doc, items.first()?).as_name().ok();
        let (Some(family), Some(same)) = (name(given, old), name(copy, new)) else {
            return old.is_empty().then_some(());
        };
        (family == same).then_some(())?;
        let part = |index: usize| {
            let old = old.get(index).map(|object| follow(given, object));
            let new = new.get(index).map(|object| follow(copy, object));
            (old.filter(|object| !object.is_null()), new.filter(|object| !object.is_null()))
        };
        let (one, two, three) = (part(1), part(2), part(3));
        match family {
            b"CalGray" | b"CalRGB" | b"Lab" => {
                let (Some(Object::Dictionary(old)), Some(Object::Dictionary(new))) = one else {
                    return None;
                };
                self.same_numbers(old, new, OF_CALIBRATED)?;
                let gamma = usize::from(family == b"CalRGB") * 3;
                self.same_numbers(old, new, &[("Gamma", gamma)])
            }
            b"ICCBased" => {
                let (Some(Object::Stream(old)), Some(Object::Stream(new))) = one else {
                    return None;
                };
                self.same_numbers(&old.dict, &new.dict, &[("N", 0), ("Range", 8)])?;
                self.meet_key(Role::Space, &old.dict, &new.dict, "Alternate", around)
            }
            b"Pattern" => self.space_below(one, around, depth),
            b"Indexed" | b"I" => {
                self.space_below(one, around, depth)?;
                let last = |object: Option<&Object>| {
                    let last = object.and_then(|object| object.as_i64().ok());
                    last.filter(|last| (0..256).contains(last)).unwrap_or(255)
                };
                (Some(last(two.0)) == two.1?.as_i64().ok()).then_some(())?;
                let colours = self.palette(given, three.0?)?;
                let kept = self.palette(copy, three.1?)?;
                colours.starts_with(&kept).then_some(())?;
                super::lengths::is_whole_palette(copy, new, kept.len(), colours.len()).then_some(())
            }
            b"Separation" | b"DeviceN" => {
                let inks = |doc, object: Option<&'a Object>| match object? {
                    Object::Name(name) => Some(vec![name.as_slice()]),
                    Object::Array(names) => {
                        let names = names.iter();
                        Some(names.filter_map(|name| follow(doc, name).as_name().ok()).collect())
                    }
                    _ => None,
                };
                (inks(given, one.0)? == inks(copy, one.1)?).then_some(())?;
                self.space_below(two, around, depth)?;
                self.meet_both(Role::Function, three.0, three.1, around)
            }
            _ => (old.len() == 1 || OF_DEVICES.contains(&family)).then_some(()),
        }
    }

    fn space_below(
        &mut self,
        (old, new): (Option<&'a Object>, Option<&'a Object>),
        around: Around<'a>,
        depth: u32,
    ) -> Option<()> {
        match (old, new) {
            (Some(old), Some(new)) => self.space(old, new, around, depth + 1),
            (None, None) => Some(()),
            _ => None,
        }
    }

    fn palette(&mut self, doc: &'a lopdf::Document, object: &'a Object) -> Option<Vec<u8>> {
        match object {
            Object::String(text, _) => Some(text.clone()),
            Object::Stream(stream) => self.plain(doc, stream),
            _ => None,
        }
    }

    pub(super) fn same_numbers(
        &mut self,
        old: &'a Dictionary,
        new: &'a Dictionary,
        keys: &[(&str, usize)],
    ) -> Option<()> {
        for &(key, most) in keys {
            let old = self.cells(self.given, value(self.given, old, key), most)?;
            let new = self.cells(self.copy, value(self.copy, new, key), most)?;
            (old == new).then_some(())?;
        }
        Some(())
    }

    /// The numbers of a value; not one cell if it is not of the right kind.
    fn cells(
        &mut self,
        doc: &'a lopdf::Document,
        object: Option<&'a Object>,
        most: usize,
    ) -> Option<Vec<Cell>> {
        let items = match object {
            Some(Object::Array(items)) if most > 0 => items,
            Some(single) if most == 0 => {
                return Some(single.as_float().ok().map(Cell::Number).into_iter().collect());
            }
            _ => return Some(Vec::new()),
        };
        let mut cells = vec![Cell::Open];
        let first = items.get(..most.min(items.len()))?;
        self.add_cells(doc, first, &mut cells, 0)?;
        Some(cells)
    }

    fn add_cells(
        &mut self,
        doc: &'a lopdf::Document,
        items: &'a [Object],
        cells: &mut Vec<Cell>,
        depth: u32,
    ) -> Option<()> {
        const DEEPEST: u32 = 8;
        self.values = self.values.checked_sub(items.len())?;
        for item in items {
            match follow(doc, item) {
                Object::Array(inner) if depth < DEEPEST => {
                    cells.push(Cell::Open);
                    self.add_cells(doc, inner, cells, depth + 1)?;
                    cells.push(Cell::Close);
                }
                // What is no number stands for nought, here and there.
                item => cells.push(Cell::Number(item.as_float().unwrap_or(0.0))),
            }
        }
        Some(())
    }

    pub(super) fn same_flags(
        &self,
        old: &Dictionary,
        new: &Dictionary,
        keys: &[&str],
    ) -> Option<()> {
        let flag = |doc, dict, key| value(doc, dict, key).and_then(|flag| flag.as_bool().ok());
        keys.iter().all(|key| flag(self.given, old, key) == flag(self.copy, new, key)).then_some(())
    }

    /// Names with a meaning; any other name says nothing and is gone.
    pub(super) fn same_names(
        &self,
        old: &Dictionary,
        new: &Dictionary,
        keys: &[(&str, &[&str])],
    ) -> Option<()> {
        keys.iter()
            .all(|(key, known)| {
                let old = value(self.given, old, key).and_then(|name| name.as_name().ok());
                let new = value(self.copy, new, key).and_then(|name| name.as_name().ok());
                old.filter(|name| is_among(known, name)) == new
            })
            .then_some(())
    }
}

pub(super) fn is_among(known: &[&str], name: &[u8]) -> bool {
    known.iter().any(|word| word.as_bytes() == name)
}

/// Whether a name is one of ours: a letter and a number.
fn is_generated(name: &[u8]) -> bool {
    matches!(name, [b'K', digits @ ..] if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit))
}
