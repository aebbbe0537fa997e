//! What must be known of the whole presentation before its first part is written: which
//! layouts and masters slides use, and what diagrams look like.

use std::collections::{HashMap, HashSet};

use super::diagram;
use crate::office::{self, Package, Relation};
use crate::xml::Element;
use crate::{Notes, Refusal};

/// What is known of the whole.
#[derive(Default)]
pub(super) struct Survey {
    /// Masters and layouts that slides use.
    used: HashSet<String>,
    /// Shapes of diagrams, by the part that holds their data.
    diagrams: HashMap<String, Element>,
}

impl Survey {
    /// Whether a slide uses this master or layout.
    pub(super) fn is_used(&self, part: &str) -> bool {
        self.used.contains(part)
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
        for layout in targets(&relations, "slideLayout") {
            take(package, &layout, &mut survey)?;
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
            take(package, &layout, &mut survey)?;
        }
    }
    Ok(survey)
}

fn take(package: &mut Package<'_>, layout: &str, survey: &mut Survey) -> Result<(), Refusal> {
    if survey.used.insert(layout.to_owned()) {
        let relations = relations_of(package, layout)?;
        survey.used.extend(targets(&relations, "slideMaster"));
    }
    Ok(())
}

fn targets(relations: &[Relation], kind: &str) -> Vec<String> {
    let of_kind = relations.iter().filter(|one| one.kind == kind);
    of_kind.filter_map(|one| one.target.clone()).collect()
}

fn relations_of(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, Refusal> {
    package.relations(part, &mut Notes::default())
}
