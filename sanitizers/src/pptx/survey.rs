//! What must be known of the whole presentation before its first part is written: which
//! layouts and masters slides use, and what diagrams look like.

use std::collections::{HashMap, HashSet};

use super::diagram;
use crate::office::{self, Package, Relation, SPACES};
use crate::xml::{self, Element};
use crate::{Notes, Refusal};

/// What is known of the whole.
#[derive(Default)]
pub(super) struct Survey {
    /// Masters and layouts that slides use.
    used: HashSet<String>,
    /// Those whose shapes a slide shows.
    shown: HashSet<String>,
    /// Shapes of diagrams, by the part that holds their data.
    diagrams: HashMap<String, Element>,
}

impl Survey {
    /// Whether a slide uses this master or layout.
    pub(super) fn is_used(&self, part: &str) -> bool {
        self.used.contains(part)
    }

    /// Whether a slide shows the shapes of this master or layout.
    pub(super) fn shows_shapes(&self, part: &str) -> bool {
        self.shown.contains(part)
    }

    /// The shapes of a diagram.
    pub(super) fn diagram(&self, data: &str) -> Option<Element> {
        self.diagrams.get(data).cloned()
    }
}

/// Reads the relationships of all slides.
pub(super) fn survey(package: &mut Package<'_>, main: &str) -> Result<Survey, Refusal> {
    let mut survey = Survey::default();
    let relations = package.relations(main, &mut Notes::default())?;
    for slide in targets(&relations, "slide") {
        let relations = relations_of(package, &slide)?;
        let is_shown = lets_through(package, &slide)?;
        for layout in targets(&relations, "slideLayout") {
            take(package, &layout, is_shown, &mut survey)?;
        }
        for data in targets(&relations, "diagramData") {
            let drawing = office::diagram::drawing(package, &data, &relations)?;
            if let Some(shapes) = drawing.and_then(diagram::group) {
                survey.diagrams.insert(data, shapes);
            }
        }
    }
    if survey.used.is_empty()
        && let Some(master) = targets(&relations, "slideMaster").into_iter().next()
    {
        // A presentation without slides is a template: one layout makes it whole.
        let relations = relations_of(package, &master)?;
        if let Some(layout) = targets(&relations, "slideLayout").into_iter().next() {
            take(package, &layout, true, &mut survey)?;
        }
    }
    Ok(survey)
}

/// Takes in a layout with its master; their shapes are shown or not.
fn take(
    package: &mut Package<'_>,
    layout: &str,
    is_shown: bool,
    survey: &mut Survey,
) -> Result<(), Refusal> {
    let is_new = survey.used.insert(layout.to_owned());
    let is_newly_shown = is_shown && survey.shown.insert(layout.to_owned());
    if is_new || is_newly_shown {
        let relations = relations_of(package, layout)?;
        let masters = targets(&relations, "slideMaster");
        if is_newly_shown && lets_through(package, layout)? {
            survey.shown.extend(masters.iter().cloned());
        }
        survey.used.extend(masters);
    }
    Ok(())
}

/// Whether shapes of what lies under a slide or a layout are shown with it.
fn lets_through(package: &mut Package<'_>, part: &str) -> Result<bool, Refusal> {
    if !package.has(part) {
        return Ok(true);
    }
    let bytes = package.ahead(part)?;
    let root = xml::read(&bytes, SPACES, &package.limits(), &mut Notes::default())?;
    Ok(!matches!(root.get("showMasterSp"), Some("0" | "false")))
}

fn targets(relations: &[Relation], kind: &str) -> Vec<String> {
    let of_kind = relations.iter().filter(|one| one.kind == kind);
    of_kind.filter_map(|one| one.target.clone()).collect()
}

fn relations_of(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, Refusal> {
    package.relations(part, &mut Notes::default())
}
