//! What a page hides by its own words.

/// Whether an element with this style is not shown.
pub(crate) fn by_style(style: &str) -> bool {
    declarations(style).iter().any(|(name, value)| hides(name, value))
}

/// Whether a style sheet or a style can make words unreadable without hiding them.
pub(crate) fn may_hide(sheet: &str) -> bool {
    declarations(sheet).iter().any(|(name, value)| hides(name, value) || is_dubious(name, value))
}

/// The same for an attribute of a page.
pub(crate) fn may_hide_by(attribute: &str, value: &str) -> bool {
    match attribute {
        "style" => may_hide(value),
        "color" | "text" => is_dubious("color", &plain(value)),
        _ => false,
    }
}

fn hides(name: &str, value: &str) -> bool {
    match name {
        "display" | "mso-hide" => matches!(value, "none" | "all"),
        "visibility" => matches!(value, "hidden" | "collapse"),
        "opacity" | "font-size" | "zoom" => number(value) == Some(0.0),
        _ => false,
    }
}

/// White words, words too small to read, and places where nobody looks.
fn is_dubious(name: &str, value: &str) -> bool {
    let is_below = |limit: f32| number(value).is_some_and(|number| number <= limit);
    match name {
        "color" | "-webkit-text-fill-color" => {
            let white = ["white", "#fff", "#ffffff", "#fefefe", "#fffffe", "transparent"];
            white.contains(&value)
                || ["rgb(255,255,255", "rgba(255,255,255"].iter().any(|one| value.starts_with(one))
        }
        "text-indent" => value.starts_with('-'),
        "left" | "right" | "top" | "bottom" | "margin-left" | "margin-top" => is_below(-200.0),
        "height" | "max-height" | "width" | "max-width" => is_below(0.0),
        "opacity" => is_below(0.1),
        "font-size" => is_below(2.0) && (value.ends_with("px") || value.ends_with("pt")),
        "clip" => value.starts_with("rect("),
        "clip-path" => value != "none",
        "transform" => value.contains("scale(0") || value.contains("(-9"),
        _ => false,
    }
}

/// Names and values in a style or a style sheet, in one spelling.
fn declarations(sheet: &str) -> Vec<(String, String)> {
    let mut bare = String::new();
    let mut rest = sheet;
    while let Some((before, behind)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, behind)| behind);
    }
    bare.push_str(rest);
    let all = bare.split([';', '{', '}']).filter_map(|one| one.split_once(':'));
    let value = |value: &str| plain(value).trim_end_matches("!important").to_owned();
    all.map(|(name, said)| (plain(name), value(said))).collect()
}

/// Small letters without blanks and without escapes (CSS Syntax 3, 4.3.7).
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        out.push_str(before);
        let digits = behind.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let (code, behind) = behind.split_at_checked(digits).unwrap_or_default();
        let letter = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        out.extend(letter);
        rest = behind;
    }
    out.push_str(rest);
    out.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// A number with any unit.
fn number(value: &str) -> Option<f32> {
    value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%').parse().ok()
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
            "display:n\\6fne",
            "d\\69 splay:no\\ne",
            "display:/**/none",
            "opacity:0e0",
            "all:unset;display:none ;",
        ] {
            assert!(by_style(style), "{style}");
        }
        for style in ["display:block", "opacity:0.5", "font-size:10px", "", "nonsense"] {
            assert!(!by_style(style), "{style}");
        }
        assert!(may_hide(".x { display: none }"));
        for style in [
            "position:absolute;left:-9999px",
            "height:0;overflow:hidden",
            "font-size:1px",
            "clip-path:circle(0)",
            "color: #FFF",
            "text-indent:-99em",
        ] {
            assert!(may_hide(style) && !by_style(style), "{style}");
        }
        assert!(may_hide_by("color", "White") && !may_hide_by("bgcolor", "white"));
        for style in ["background-color:white", "font-size:1em", "margin-left:-5px", "left:0"] {
            assert!(!may_hide(style), "{style}");
        }
    }
}
