//! Texts that lead away from the file they stand in, in the formulas of all spreadsheets.

/// Whether a text leads to another file or machine, or says where this one lies.
pub(crate) fn is_elsewhere(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["://", ":\\", "\\\\", "file:", "mailto:"].iter().any(|mark| lower.contains(mark))
}
