//! Compares fonts: which code is which letter, how wide it is, and how it is drawn.
//!
//! The same text under another encoding, or with another font behind it, is another
//! text. What the cleaner may write over in the program of a font is known here; every
//! other byte must be as it was.

use lopdf::{Dictionary, Document, Object, Stream};

use super::drawing::Operand;
use super::looks::is_among;
use super::pages::{Around, Pair, Role, map, value};
use super::unfold::follow;

const SUBTYPES: [&str; 7] =
    ["Type0", "Type1", "MMType1", "Type3", "TrueType", "CIDFontType0", "CIDFontType2"];
const STRETCHES: [&str; 9] = [
    "UltraCondensed",
    "ExtraCondensed",
    "Condensed",
    "SemiCondensed",
    "Normal",
    "SemiExpanded",
    "Expanded",
    "ExtraExpanded",
    "UltraExpanded",
];
const OF_FONTS: &[(&str, usize)] = &[
    ("DW", 0),
    ("DW2", 2),
    ("FirstChar", 0),
    ("FontBBox", 4),
    ("FontMatrix", 6),
    ("LastChar", 0),
    ("W", usize::MAX),
    ("W2", usize::MAX),
    ("Widths", 256),
];
const OF_DESCRIPTORS: &[(&str, usize)] = &[
    ("Ascent", 0),
    ("AvgWidth", 0),
    ("CapHeight", 0),
    ("Descent", 0),
    ("Flags", 0),
    ("FontBBox", 4),
    ("FontWeight", 0),
    ("ItalicAngle", 0),
    ("Leading", 0),
    ("MaxWidth", 0),
    ("MissingWidth", 0),
    ("StemH", 0),
    ("StemV", 0),
    ("XHeight", 0),
];
/// Orderings of characters that mean something; the first stands for all others.
const ORDERINGS: [&[u8]; 8] =
    [b"Identity", b"Japan1", b"GB1", b"CNS1", b"Korea1", b"KR", b"Japan2", b"UCS"];

impl<'a> Pair<'a> {
    pub(super) fn font(&mut self, old: &'a Dictionary, new: &'a Dictionary) -> Option<()> {
        let (given, copy) = (self.given, self.copy);
        self.same_names(old, new, &[("Subtype", &SUBTYPES)])?;
        self.same_numbers(old, new, OF_FONTS)?;
        (plain_name(given, old, "BaseFont") == plain_name(copy, new, "BaseFont")).then_some(())?;
        let encodings = (value(given, old, "Encoding"), value(copy, new, "Encoding"));
        if value(given, old, "Subtype")
            .is_some_and(|name| name.as_name().is_ok_and(|n| n == b"Type0"))
        {
            stays_named(encodings.0, encodings.1)?;
        }
        self.encoding(encodings.0, encodings.1, true)?;
        self.encoding(value(given, old, "ToUnicode"), value(copy, new, "ToUnicode"), false)?;
        let nobody = Around::default();
        match (value(given, old, "DescendantFonts"), value(copy, new, "DescendantFonts")) {
            (Some(Object::Array(old)), Some(Object::Array(new))) => {
                self.each(Role::Font, old, new, nobody)?;
            }
            (Some(Object::Array(_)), None) | (_, Some(_)) => return None,
            _ => {}
        }
        self.collection(map(given, old, "CIDSystemInfo"), map(copy, new, "CIDSystemInfo"))?;
        match (value(given, old, "CIDToGIDMap"), value(copy, new, "CIDToGIDMap")) {
            (Some(Object::Stream(old)), Some(Object::Stream(new))) => {
                let before = self.plain(given, old)?;
                let after = self.plain(copy, new)?;
                before.starts_with(&after).then_some(())?;
                (after.len() == before.len().min(super::parts::MOST_GLYPHS * 2)).then_some(())?;
            }
            (Some(Object::Stream(_)), _) | (_, Some(Object::Stream(_))) => return None,
            (old, new) => {
                let identity = |name: Option<&Object>| {
                    name.is_some_and(|name| name.as_name().is_ok_and(|name| name == b"Identity"))
                };
                (identity(old) == identity(new)).then_some(())?;
            }
        }
        match (map(given, old, "FontDescriptor"), map(copy, new, "FontDescriptor")) {
            (Some(old), Some(new)) => self.descriptor(old, new)?,
            (None, None) => {}
            _ => return None,
        }
        self.letters(old, new)
    }

    /// The drawings of a Type 3 font.
    fn letters(&mut self, old: &'a Dictionary, new: &'a Dictionary) -> Option<()> {
        let (given, copy) = (self.given, self.copy);
        let (before, after) = (map(given, old, "CharProcs"), map(copy, new, "CharProcs"));
        let own = (map(given, old, "Resources"), map(copy, new, "Resources"));
        let around = Around { old: own.0, new: own.1, own: own.0.is_some() };
        for (name, _) in after.into_iter().flatten() {
            before?.get(name).ok()?;
        }
        let named = named_letters(given, old);
        for (name, letter) in before.into_iter().flatten() {
            let letter = follow(given, letter);
            if named.as_ref().is_some_and(|named| !named.contains(&Operand::Name(name.clone()))) {
                after.is_none_or(|after| !after.has(name)).then_some(())?;
                continue;
            }
            let kept = after.and_then(|after| after.get(name).ok()).map(|kept| follow(copy, kept));
            let letter = Some(letter).filter(|letter| !letter.is_null());
            self.meet_both(Role::Glyph, letter, kept, around)?;
        }
        Some(())
    }

    fn collection(
        &mut self,
        old: Option<&'a Dictionary>,
        new: Option<&'a Dictionary>,
    ) -> Option<()> {
        let (Some(old), Some(new)) = (old, new) else {
            return (old.is_none() && new.is_none()).then_some(());
        };
        self.same_numbers(old, new, &[("Supplement", 0)])?;
        let text = |doc, dict| value(doc, dict, "Ordering").and_then(|text| text.as_str().ok());
        let wanted = text(self.given, old)
            .map(|text| ORDERINGS.iter().copied().find(|known| *known == text))
            .map(|known| known.unwrap_or(b"Identity".as_slice()));
        (wanted == text(self.copy, new)).then_some(())
    }

    /// An encoding by name, by a list of differences, or by a map.
    fn encoding(
        &mut self,
        old: Option<&'a Object>,
        new: Option<&'a Object>,
        may_differ: bool,
    ) -> Option<()> {
        match (old, new) {
            (Some(Object::Name(old)), Some(Object::Name(new))) => (old == new).then_some(()),
            (Some(Object::Name(old)), None) => (!is_built_in(old)).then_some(()),
            (Some(Object::Dictionary(old)), Some(Object::Dictionary(new))) if may_differ => {
                const BASES: [&str; 4] = [
                    "MacRomanEncoding",
                    "MacExpertEncoding",
                    "WinAnsiEncoding",
                    "StandardEncoding",
                ];
                self.same_names(old, new, &[("BaseEncoding", &BASES)])?;
                let before = differences(self.given, old);
                (before == differences(self.copy, new)).then_some(())
            }
            (Some(Object::Stream(old)), Some(Object::Stream(new))) => self.map_of(old, new),
            (Some(Object::Dictionary(_) | Object::Stream(_)), None) if may_differ => None,
            (Some(Object::Stream(_)), None) | (_, Some(_)) => None,
            (_, None) => Some(()),
        }
    }

    fn map_of(&mut self, old: &'a Stream, new: &'a Stream) -> Option<()> {
        let (given, copy) = (self.given, self.copy);
        self.same_numbers(&old.dict, &new.dict, &[("WMode", 0)])?;
        let base = (value(given, &old.dict, "UseCMap"), value(copy, &new.dict, "UseCMap"));
        if matches!(base, (Some(Object::Stream(_)), _) | (_, Some(Object::Stream(_)))) {
            let (Some(Object::Stream(old)), Some(Object::Stream(new))) = base else { return None };
            let addresses = (super::pages::address(old), super::pages::address(new));
            // A map that starts from itself is refused before this.
            (addresses.0 != addresses.1).then_some(())?;
            self.values = self.values.checked_sub(1000)?;
            self.map_of(old, new)?;
        } else {
            stays_named(base.0, base.1)?;
            self.encoding(base.0, base.1, false)?;
        }
        let before = super::maps::rows(&self.plain(given, old)?)?;
        (before == super::maps::rows(&self.plain(copy, new)?)?).then_some(())
    }

    fn descriptor(&mut self, old: &'a Dictionary, new: &'a Dictionary) -> Option<()> {
        let (given, copy) = (self.given, self.copy);
        self.same_numbers(old, new, OF_DESCRIPTORS)?;
        self.same_names(old, new, &[("FontStretch", &STRETCHES)])?;
        (plain_name(given, old, "FontName") == plain_name(copy, new, "FontName")).then_some(())?;
        if let Some(family) = value(copy, new, "FontFamily") {
            let before = value(given, old, "FontFamily")?.as_str().ok()?;
            before.trim_ascii().eq_ignore_ascii_case(family.as_str().ok()?).then_some(())?;
        }
        let mut found = false;
        for key in ["FontFile", "FontFile2", "FontFile3"] {
            // Only the first is drawn with.
            let was = value(given, old, key).filter(|_| !found);
            found |= matches!(was, Some(Object::Stream(_)));
            match (was, value(copy, new, key)) {
                (Some(Object::Stream(old)), Some(Object::Stream(new))) => {
                    let before = self.plain(given, old)?;
                    let after = self.plain(copy, new)?;
                    self.same_names(
                        &old.dict,
                        &new.dict,
                        &[("Subtype", &["Type1C", "CIDFontType0C", "OpenType"])],
                    )?;
                    super::programs::same(&before, &after)?;
                }
                (Some(Object::Stream(_)), None) | (_, Some(_)) => return None,
                _ => {}
            }
        }
        Some(())
    }
}

/// A composite font whose map is gone shows no text, whatever the name of the map was.
fn stays_named(old: Option<&Object>, new: Option<&Object>) -> Option<()> {
    (!matches!(old, Some(Object::Name(_))) || matches!(new, Some(Object::Name(_)))).then_some(())
}

/// The name of a font without the letters before a subset.
fn plain_name<'a>(doc: &'a Document, dict: &'a Dictionary, key: &str) -> Option<&'a [u8]> {
    const TAG: usize = 6;
    let name = value(doc, dict, key)?.as_name().ok()?;
    match name.split_at_checked(TAG) {
        Some((tag, [b'+', rest @ ..])) if tag.iter().all(u8::is_ascii_uppercase) => Some(rest),
        _ => Some(name),
    }
}

/// Whether viewers may have an encoding or a map of that name built in: a map is called
/// by how its codes are written and by the direction of the text.
pub(super) fn is_built_in(name: &[u8]) -> bool {
    const WHOLE: [&str; 11] = [
        "H",
        "V",
        "MacExpertEncoding",
        "MacRomanEncoding",
        "PDFDocEncoding",
        "StandardEncoding",
        "WinAnsiEncoding",
        "Adobe-CNS1-UCS2",
        "Adobe-GB1-UCS2",
        "Adobe-Japan1-UCS2",
        "Adobe-Korea1-UCS2",
    ];
    let stem = name.strip_suffix(b"-H").or_else(|| name.strip_suffix(b"-V"));
    is_among(&WHOLE, name) || stem.is_some_and(|stem| is_among(&MAPS, stem) || is_unicode(stem))
}

/// Names of ISO 32000-2, 9.7.5.2, and of Adobe's collection, without the direction.
const MAPS: [&str; 40] = [
    "78",
    "78-EUC",
    "78-RKSJ",
    "78ms-RKSJ",
    "83pv-RKSJ",
    "90ms-RKSJ",
    "90msp-RKSJ",
    "90pv-RKSJ",
    "Add",
    "Add-RKSJ",
    "B5",
    "B5pc",
    "CNS-EUC",
    "CNS1",
    "CNS2",
    "ETHK-B5",
    "ETen-B5",
    "ETenms-B5",
    "EUC",
    "Ext",
    "Ext-RKSJ",
    "GB",
    "GB-EUC",
    "GBK-EUC",
    "GBK2K",
    "GBKp-EUC",
    "GBT",
    "GBT-EUC",
    "GBTpc-EUC",
    "GBpc-EUC",
    "HKscs-B5",
    "Identity",
    "KSC",
    "KSC-EUC",
    "KSC-Johab",
    "KSCms-UHC",
    "KSCms-UHC-HW",
    "KSCpc-EUC",
    "RKSJ",
    "UniJIS-UCS2-HW",
];

/// A collection of characters and a form of Unicode, such as `UniGB-UTF16`.
fn is_unicode(stem: &[u8]) -> bool {
    const COLLECTIONS: [&str; 7] =
        ["CNS", "GB", "JIS", "JIS2004", "JISX0213", "JISX02132004", "KS"];
    let parts: Vec<&[u8]> = stem.splitn(2, |byte| *byte == b'-').collect();
    let [start, form] = parts.as_slice() else { return false };
    start.strip_prefix(b"Uni").is_some_and(|collection| is_among(&COLLECTIONS, collection))
        && is_among(&["UCS2", "UTF8", "UTF16", "UTF32"], form)
}

/// Codes and names of letters; anything else between them is gone.
/// The letters of a font of drawings, where a list names them all.
fn named_letters(doc: &Document, font: &Dictionary) -> Option<Vec<Operand>> {
    let encoding = value(doc, font, "Encoding")?.as_dict().ok()?;
    let names = differences(doc, encoding);
    (!names.is_empty() && !encoding.has(b"BaseEncoding")).then_some(names)
}

fn differences(doc: &Document, dict: &Dictionary) -> Vec<Operand> {
    let items = match value(doc, dict, "Differences") {
        Some(Object::Array(items)) => items.as_slice(),
        _ => &[],
    };
    items
        .iter()
        .filter_map(|item| match follow(doc, item) {
            Object::Name(name) => Some(Operand::Name(name.clone())),
            item => item.as_float().ok().map(|number| Operand::Number(f64::from(number))),
        })
        .collect()
}
