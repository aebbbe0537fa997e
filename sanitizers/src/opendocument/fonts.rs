//! Fonts that a document may name, and what stands in for others.

use crate::fonts;

/// Sorts of fonts, which programs understand as well.
const SORTS: [&str; 5] = ["cursive", "fantasy", "monospace", "sans-serif", "serif"];

/// The name in our spelling; none if it is not known.
pub(super) fn known(family: &str) -> Option<&'static str> {
    // The first of several is the one that is meant; the others stand in for it.
    let first = family.split([',', ';']).next().unwrap_or_default();
    let name = first.trim().trim_matches(['\'', '"']);
    let sort = || SORTS.into_iter().find(|sort| sort.eq_ignore_ascii_case(name));
    fonts::known(name).or_else(sort)
}

/// What stands in for a font that is not known, by its sort.
pub(super) fn stand_in(sort: Option<&str>) -> &'static str {
    match sort {
        Some("swiss" | "system") => "Liberation Sans",
        Some("modern") => "Liberation Mono",
        _ => "Liberation Serif",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fonts_that_everybody_knows_keep_their_name() {
        assert_eq!(known("'Liberation Sans', Arial"), Some("Liberation Sans"));
        assert_eq!(known("arial"), Some("Arial"));
        assert_eq!(known("serif"), Some("serif"));
        for name in ["Maersk Text", "Arial; Anna", "", "Arial Anna"] {
            assert!(known(name).is_none_or(|known| known == "Arial"), "{name}");
        }
    }
}
