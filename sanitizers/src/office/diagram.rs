//! Diagrams (`SmartArt`): a list of words with rules of layout, and beside it the shapes that
//! a program drew from them, for programs that cannot.
//!
//! The shapes are what is seen; the list can hold words that were never drawn.

use super::{Package, Relation, SPACES};
use crate::xml::{self, Element};
use crate::{Notes, Refusal};

/// The relationship to the shapes of a diagram, which is none of the standard's.
const SHAPES: &str = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing";

/// The drawing that the data of a diagram names, from among the relationships of the part that
/// shows it.
pub(crate) fn drawing(
    package: &mut Package<'_>,
    data: &str,
    relations: &[Relation],
) -> Result<Option<Element>, Refusal> {
    let Some(root) = read(package, data)? else { return Ok(None) };
    let id = id_of_drawing(&root);
    let named = relations.iter().find(|one| one.kind == SHAPES && Some(&*one.id) == id);
    let Some(part) = named.and_then(|one| one.target.clone()) else { return Ok(None) };
    read(package, &part)
}

fn id_of_drawing(data: &Element) -> Option<&str> {
    let extensions = data.child("dgm:extLst").into_iter().flat_map(Element::elements);
    let mut inside = extensions.flat_map(Element::elements);
    inside.find(|one| one.name.ends_with("dataModelExt"))?.get("relId")
}

fn read(package: &mut Package<'_>, part: &str) -> Result<Option<Element>, Refusal> {
    if !package.has(part) {
        return Ok(None);
    }
    let bytes = package.ahead(part)?;
    xml::read(&bytes, SPACES, &package.limits(), &mut Notes::default()).map(Some)
}
