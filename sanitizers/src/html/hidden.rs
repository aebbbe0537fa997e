//! What a page hides by its own words.

/// Whether an element with this style is not shown.
pub(crate) fn by_style(style: &str) -> bool {
    let style = without_blanks(style);
    let hides = |declaration: &str| {
        let (name, value) = declaration.split_once(':').unwrap_or_default();
        let value = value.trim_end_matches("!important");
        match name {
            "display" | "mso-hide" => matches!(value, "none" | "all"),
            "visibility" => matches!(value, "hidden" | "collapse"),
            "opacity" | "font-size" | "zoom" => is_zero(value),
            _ => false,
        }
    };
    style.split(';').any(hides)
}

/// Whether a style sheet or a style can make words unreadable without hiding them.
pub(crate) fn may_hide(sheet: &str) -> bool {
    let sheet = without_blanks(sheet);
    ["display:none", "visibility:hidden", "font-size:0", "opacity:0", "mso-hide:all"]
        .iter()
        .chain(&["color:white", "color:#fff", "color:transparent", "text-indent:-"])
        .any(|hint| sheet.contains(hint))
}

fn without_blanks(style: &str) -> String {
    style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Zero in any unit.
fn is_zero(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.starts_with(['0', '.']) && number.chars().all(|c| matches!(c, '0' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_hide_are_known() {
        for style in [
            "display:none",
            "color:red; DISPLAY : none !important",
            "visibility:hidden",
            "font-size:0px;",
            "opacity: 0.0",
            "mso-hide:all",
        ] {
            assert!(by_style(style), "{style}");
        }
        for style in ["display:block", "opacity:0.5", "font-size:10px", "", "nonsense"] {
            assert!(!by_style(style), "{style}");
        }
        assert!(may_hide(".x { display: none }"));
    }
}
