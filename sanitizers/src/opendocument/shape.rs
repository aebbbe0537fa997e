//! Drawn lines, and the shapes of the standard with their formulas.

/// Shapes of the standard (part 3, 19.228), and of what other programs brought along. Their
/// line is in the document as well, so that any other name is of no use.
const SHAPES: &str = "non-primitive ooxml-non-primitive rectangle round-rectangle ellipse \
    trapezoid isosceles-triangle right-triangle parallelogram diamond hexagon octagon cross cube \
    can ring block-arc pentagon star4 star5 star8 star24 heart smiley sun moon lightning forbidden \
    flower cloud puzzle quad-bevel frame paper left-bracket right-bracket left-brace right-brace \
    bracket-pair brace-pair left-arrow right-arrow up-arrow down-arrow left-right-arrow \
    up-down-arrow quad-arrow circular-arrow curve-left-arrow notched-right-arrow \
    pentagon-right chevron-right flowchart-process flowchart-decision flowchart-data \
    flowchart-document flowchart-terminator rectangular-callout round-rectangular-callout \
    round-callout cloud-callout line-callout-1 line-callout-2 line-callout-3 ooxml-rect \
    ooxml-roundRect ooxml-ellipse ooxml-triangle ooxml-rtTriangle ooxml-line ooxml-rightArrow \
    ooxml-leftArrow ooxml-upArrow ooxml-downArrow fontwork-plain-text";

/// What formulas of shapes may be made of, beside numbers and names of other formulas.
const FUNCTIONS: &str = "pi left top right bottom xstretch ystretch hasstroke hasfill width \
    height logwidth logheight abs sqrt sin cos tan atan atan2 min max if";

/// Bytes of one drawn line; maps of countries are drawn in less.
const PATH: usize = 1 << 20;

/// The name under which a shape is written.
pub(super) fn known(shape: &str) -> &'static str {
    if let Some(known) = SHAPES.split(' ').find(|known| *known == shape) {
        return known;
    }
    // Programs take angles of these shapes in another way.
    if shape.starts_with("ooxml-") { "ooxml-non-primitive" } else { "non-primitive" }
}

/// Whether a line is made of commands of one letter, numbers, and names of formulas.
pub(super) fn is_path(path: &str) -> bool {
    let mut letters = 0;
    let mut name = false;
    path.len() <= PATH
        && path.bytes().all(|byte| match byte {
            b'?' => {
                (letters, name) = (0, true);
                true
            }
            b'0'..=b'9' | b' ' | b',' | b'.' | b'-' | b'+' | b'$' | b'\n' | b'\t' => {
                letters = 0;
                name &= byte.is_ascii_digit();
                true
            }
            b'A'..=b'Z' | b'a'..=b'z' => {
                letters += 1;
                // Two in a row are commands without numbers.
                letters <= if name { 1 } else { 2 }
            }
            _ => false,
        })
}

/// Whether a formula of a shape is made of numbers, signs, functions of the standard and
/// names of other formulas, which are a letter or three and a number.
pub(super) fn is_equation(formula: &str) -> bool {
    let signs = |byte: char| "+-*/(),?$ ".contains(byte);
    formula.split(signs).all(|word| {
        word.is_empty()
            || super::value::is_number(word)
            || FUNCTIONS.split(' ').any(|known| known == word)
            || is_name(word)
    })
}

fn is_name(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let letters = word.len().saturating_sub(digits.len());
    (1..=3).contains(&letters)
        && (1..=5).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_no_room_for_words() {
        assert!(is_path("M 0 0 L 21600 0 ?f0 ?f12 $1 Z N"));
        assert!(is_path("m10 0-10 30h20zm1.5,2"));
        assert!(!is_path("M 0 0 anna"));
        assert!(!is_path("?f0 http://x"));
    }

    #[test]
    fn formulas_of_shapes_have_no_room_for_words() {
        assert!(is_equation("if(?f0 -10800,$0 *sin(pi/2),left+1.5)"));
        assert!(is_equation("f12"));
        assert!(!is_equation("anna"));
        assert!(!is_equation("abcd12"));
        assert_eq!(known("ooxml-anna"), "ooxml-non-primitive");
        assert_eq!(known("anna"), "non-primitive");
        assert_eq!(known("mso-spt202"), "non-primitive");
    }
}
