//! `PowerPoint` presentations, templates and shows.
//!
//! A presentation remembers who commented and who was answered, who may change it, the notes
//! of the speaker, which slide somebody looked at last, shows for other audiences, the
//! company in the names of themes and layouts, files inside with all of their own past, where
//! films lie on the disk, the uncut pictures, and a number for every shape and every save.
//!
//! Kept: slides in their order with shapes, texts, tables, charts and pictures; of layouts
//! and masters those that slides use, without the words that only say what to type; themes
//! without names. Diagrams (`SmartArt`) become the shapes they are drawn with, files inside
//! the picture that stands for them, films and sounds their first picture.
//!
//! Gone: speaker notes, comments, animations, links and actions, fonts that are brought
//! along, settings of shows, alternate texts, extensions, and shapes of layouts and masters
//! that all slides switch off. Hidden slides and shapes stay, and are warned of; so is the
//! part of a picture that was cut off.
//!
//! Refused: macros, passwords.
//!
//! Format: ISO/IEC 29500:2016, part 1, chapters 13 and 19; ECMA-376.

mod diagram;
mod frames;
mod rules;
mod styles;
mod survey;

use crate::allow::AllowList;
use crate::office::{
    self, Content, Format, Guides, Links, NOTED, Names, PICTURES, Package, PartType, chart,
    drawing, part_of, rebuild,
};
use crate::refusal::Damage;
use crate::xml::{Element, Noted, Rule, Rules};
use crate::{About, Category, Change, Limits, Notes, ReadSeek, Refusal, Warning, text, xml};
use survey::Survey;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "slides with shapes, texts, tables, charts and pictures, cleaned; the layouts and \
           masters that they use, themes without names",
    removed: "properties, people, comments, speaker notes, animations, links and actions, \
              films and sounds (their first picture stays), files inside (the picture that \
              stands for them stays), unused layouts, names and alternate texts of shapes, \
              settings of shows",
    refused: "macros, passwords, parts that two readers could understand in two ways",
};

/// Parts that are taken over.
const PARTS: &[PartType] = &[
    part_of!(
        "officeDocument",
        "presentationml.presentation.main",
        "ppt/presentation",
        true,
        &["tableStyles"],
        &["slideMaster", "slide"]
    ),
    part_of!(
        "slideMaster",
        "presentationml.slideMaster",
        "ppt/slideMasters/slideMaster",
        false,
        &["theme"],
        &["slideLayout", "image"]
    ),
    part_of!(
        "slideLayout",
        "presentationml.slideLayout",
        "ppt/slideLayouts/slideLayout",
        false,
        &["slideMaster"],
        &["image", "chart"]
    ),
    part_of!(
        "slide",
        "presentationml.slide",
        "ppt/slides/slide",
        false,
        &["slideLayout"],
        &["image", "chart"]
    ),
    part_of!("theme", "theme", "ppt/theme/theme", false, &[], &["image"]),
    part_of!("tableStyles", "presentationml.tableStyles", "ppt/tableStyles", true, &[], &[]),
    part_of!("chart", "drawingml.chart", "ppt/charts/chart", false, &["themeOverride"], &["image"]),
    part_of!("themeOverride", "themeOverride", "ppt/theme/themeOverride", false, &[], &["image"]),
    PartType {
        relation: "image",
        content_type: "image",
        name: "ppt/media/image",
        is_single: false,
        content: Content::Picture(PICTURES),
        waits: false,
        brings: &[],
        names: &[],
    },
];

/// What is kept of the parts.
const TABLES: &[&AllowList<Rule>] = &[
    &rules::SLIDES,
    &rules::TABLES,
    &office::CHART,
    &office::COLOURS,
    &office::DRAWING,
    &office::TEXT,
    &office::THEME,
];

/// How what is left out of presentations is counted.
const SLIDES_NOTED: &[Noted] = &[
    ("p:modifyVerifier", Some(Category::People)),
    ("p:custShowLst", Some(Category::Descriptions)),
    ("p:notesMasterIdLst", None),
    ("p:handoutMasterIdLst", None),
    ("p:embeddedFontLst", Some(Category::EmbeddedFiles)),
    ("p:controls", Some(Category::Scripts)),
    ("p14:media", Some(Category::EmbeddedFiles)),
    ("p:hf", None),
    ("p:cNvPr", None),
    ("lang", Some(Category::Software)),
    ("altLang", Some(Category::Software)),
    ("dirty", None),
    ("err", None),
    ("smtClean", None),
    ("a:spLocks", None),
    ("a:picLocks", None),
    ("a:grpSpLocks", None),
    ("a:graphicFrameLocks", None),
    ("a:cxnSpLocks", None),
];

/// Writes the presentation anew.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let rules = Rules::new(TABLES, &[rules::WORDS, office::WORDS], &[NOTED, SLIDES_NOTED])
        .with_places(office::PLACES);
    let mut slides = Presentation {
        rules,
        survey: Survey::default(),
        styles: styles::Styles::default(),
        models: 0,
        size: None,
    };
    rebuild(source, limits, notes, &mut slides)
}

/// The allow-lists with how many neighbours each has.
#[cfg(test)]
pub(crate) fn lists() -> Vec<(&'static str, usize)> {
    [&rules::SLIDES, &rules::TABLES].map(|list| (list.name, list.forbidden.len())).to_vec()
}

/// Everything that is kept, for those who look at it from the other side.
#[cfg(test)]
pub(crate) fn kept() -> Vec<Rule> {
    TABLES.iter().flat_map(|table| table.allowed).copied().collect()
}

/// The allow-lists as lines of text.
pub(crate) fn explain() -> Vec<String> {
    TABLES.iter().copied().flat_map(xml::explain).collect()
}

struct Presentation {
    rules: Rules,
    survey: Survey,
    styles: styles::Styles,
    /// Masters and layouts that got a number so far.
    models: u32,
    /// Width and height of slides.
    size: Option<[i64; 2]>,
}

/// Numbers of masters and layouts begin here (19.7.10), those of slides at 256 (19.7.13).
const FIRST_MODEL: u32 = 1 << 31;
const FIRST_SLIDE: u32 = 256;

impl Format for Presentation {
    fn types(&self) -> &'static [PartType] {
        PARTS
    }

    fn known(&self) -> &'static [&'static str] {
        &[]
    }

    fn survey(&mut self, package: &mut Package<'_>, main: &str) -> Result<(), Refusal> {
        self.survey = survey::survey(package, main)?;
        Ok(())
    }

    fn clean(
        &mut self,
        part: &'static PartType,
        root: &mut Element,
        links: &mut Links<'_>,
        notes: &mut Notes,
    ) -> Result<(), Refusal> {
        if !root.is(root_of(part)) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        drawing::warn(root, notes);
        match &*root.name {
            "p:presentation" => self.whole(root, links),
            "p:sldMaster" | "p:sldLayout" => {
                self.models(root, "p:sldLayoutIdLst", links);
                if !self.survey.shows_shapes(links.owner()) {
                    frames::leave_frames(root, notes);
                }
                frames::empty(root);
            }
            "p:sld" => self.slide(root, notes),
            "c:chartSpace" => chart::prepare(root, &mut |_| None),
            _ => {}
        }
        frames::forget_unseen(root, notes);
        frames::replace(root, &mut |id| self.survey.diagram(links.target(id)?), notes);
        let styles = &mut self.styles;
        let mut guides = Guides::default();
        let name = |sort: &'static str, value: &str| match sort {
            rules::TABLE_STYLE => Some(styles.name(value)),
            "guide" => Some(guides.write(value)),
            _ => None,
        };
        xml::filter(root, &self.rules, &mut Names { links, name }, notes);
        self.number(root);
        drawing::prune(root, notes);
        drawing::number(root);
        if matches!(part.relation, "slide" | "chart") {
            text::warn(&drawing::words(root), notes);
        }
        Ok(())
    }
}

/// The root element of a part.
fn root_of(part: &PartType) -> &'static str {
    match part.relation {
        "slideMaster" => "p:sldMaster",
        "slideLayout" => "p:sldLayout",
        "slide" => "p:sld",
        "theme" => "a:theme",
        "themeOverride" => "a:themeOverride",
        "tableStyles" => "a:tblStyleLst",
        "chart" => "c:chartSpace",
        _ => "p:presentation",
    }
}

/// The numbers of a place or size in a shape's own transformation.
fn numbers(shape: &Element, name: &str, keys: [&str; 2]) -> Option<[i64; 2]> {
    let looks = shape
        .elements()
        .find_map(|one| if one.is("p:xfrm") { Some(one) } else { one.child("a:xfrm") })?;
    let place = looks.child(name)?;
    let [x, y] = keys.map(|key| place.get(key)?.parse().ok());
    Some([x?, y?])
}

/// Where something in a group is on the slide: how it is moved, and how it is stretched.
type Scale = [(f64, f64); 2];

/// Whether there is a shape of which nothing is on a slide of this size.
///
/// Goes as deep as the tree, which the reader has bounded.
#[expect(clippy::cast_precision_loss, reason = "places have fewer digits")]
fn is_any_beside(shape: &Element, slide: [i64; 2], scale: Scale) -> bool {
    if shape.is("p:spTree") {
        return shape.elements().any(|child| is_any_beside(child, slide, scale));
    }
    let read = |name, keys| numbers(shape, name, keys).map(|pair| pair.map(|one| one as f64));
    let (place, size) = (read("a:off", ["x", "y"]), read("a:ext", ["cx", "cy"]));
    let (Some(place), Some(size)) = (place, size) else { return false };
    let on_slide = |side: usize, at: f64| {
        let (by, times) = scale.get(side).copied().unwrap_or_default();
        by + at * times
    };
    let mut sides = place.iter().zip(&size).zip(&slide).zip(0..);
    let is_beside = sides.any(|(((at, length), most), side)| {
        on_slide(side, *at) >= *most as f64 || on_slide(side, at + length) <= 0.0
    });
    if is_beside || !shape.is("p:grpSp") {
        return is_beside;
    }
    let (from, inner) = (read("a:chOff", ["x", "y"]), read("a:chExt", ["cx", "cy"]));
    let (Some(from), Some(inner)) = (from, inner) else { return false };
    let mut within = scale;
    let all = place.iter().zip(&size).zip(from.iter().zip(&inner));
    for ((by, times), ((at, length), (from, inner))) in within.iter_mut().zip(all) {
        *by += (at - from * length / inner.max(1.0)) * *times;
        *times *= length / inner.max(1.0);
    }
    shape.elements().any(|child| is_any_beside(child, slide, within))
}

impl Presentation {
    /// The presentation itself: masters that slides use, and slides with numbers in order.
    fn whole(&mut self, root: &mut Element, links: &Links<'_>) {
        self.models(root, "p:sldMasterIdLst", links);
        self.size = root.child("p:sldSz").and_then(|size| {
            let [x, y] = ["cx", "cy"].map(|side| size.get(side)?.parse().ok());
            Some([x?, y?])
        });
    }

    /// What is said of a slide: hidden, moving, or with shapes beside it.
    fn slide(&self, root: &Element, notes: &mut Notes) {
        let tree = root.child("p:cSld").and_then(|slide| slide.child("p:spTree"));
        let is_hidden = matches!(root.get("show"), Some("0" | "false"));
        let size = self.size.unwrap_or([i64::MAX; 2]);
        let is_beside = |tree| is_any_beside(tree, size, [(0.0, 1.0); 2]);
        if is_hidden || tree.is_some_and(is_beside) {
            notes.warn(Warning::HiddenParts);
        }
        if root.child("p:timing").is_some() || root.child("p:transition").is_some() {
            notes.changed(Change::AnimationsRemoved);
        }
    }

    /// Leaves of a list of masters or layouts those that slides use.
    fn models(&self, root: &mut Element, list: &str, links: &Links<'_>) {
        let Some(list) = root.child_mut(list) else { return };
        let own = list.name.trim_end_matches("Lst").to_owned();
        list.children.retain(|one| {
            let one = one.element().filter(|one| one.is(&own));
            let target = one.and_then(|one| links.target(one.get("r:id")?));
            target.is_some_and(|target| self.survey.is_used(target))
        });
    }

    /// Numbers what is left in lists of masters, layouts and slides.
    fn number(&mut self, root: &mut Element) {
        for list in ["p:sldMasterIdLst", "p:sldLayoutIdLst"] {
            let Some(list) = root.child_mut(list) else { continue };
            for one in list.elements_mut() {
                one.set("id", FIRST_MODEL.saturating_add(self.models).to_string());
                self.models = self.models.saturating_add(1);
            }
        }
        if let Some(slides) = root.child_mut("p:sldIdLst") {
            for (number, slide) in (FIRST_SLIDE..).zip(slides.elements_mut()) {
                slide.set("id", number.to_string());
            }
        }
    }
}
