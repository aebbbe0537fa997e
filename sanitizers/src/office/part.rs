//! What sorts of parts there are.

use crate::Kind;

/// A part of an office document: its relation, the middle of its type, its name, whether it is
/// the only one, and which others it brings along or names.
macro_rules! part_of {
    ($relation:literal, $kind:literal, $name:literal, $single:literal, $brings:expr, $names:expr) => {
        $crate::office::PartType {
            relation: $relation,
            content_type: concat!("application/vnd.openxmlformats-officedocument.", $kind, "+xml"),
            name: $name,
            is_single: $single,
            content: $crate::office::Content::Xml,
            waits: false,
            brings: $brings,
            names: $names,
        }
    };
}
pub(crate) use part_of;

/// A sort of part that may be taken over.
#[derive(Debug)]
pub(crate) struct PartType {
    /// The relationship that leads to it: the last word of its type, or the whole type if
    /// it is none of the standard's.
    pub(crate) relation: &'static str,
    /// What it is declared to be; for media what stands before the slash.
    pub(crate) content_type: &'static str,
    /// Where it lies in the copy, without number and ending: `word/header`.
    pub(crate) name: &'static str,
    /// Whether there is one at most.
    pub(crate) is_single: bool,
    pub(crate) content: Content,
    /// Whether it is cleaned only when nothing else is left to clean, so that what nobody
    /// referred to can be left out.
    pub(crate) waits: bool,
    /// Relationships that are followed without being named in it, in this order.
    pub(crate) brings: &'static [&'static str],
    /// Relationships that are followed where it names them.
    pub(crate) names: &'static [&'static str],
}

/// What is in a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Xml,
    /// A file of one of these formats, cleaned on its own. A picture that is none of them, or
    /// that no program shows, gives way to a grey one.
    Picture(&'static [Kind]),
}

/// Pictures that office programs show, as our cleaners write them.
pub(crate) const PICTURES: &[Kind] = &[Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Tiff];
