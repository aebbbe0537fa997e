//! Writes text, tags, and a page as plain text.

use html5gum::{Token, Tokenizer};

/// Elements that stand beside the words around them; all others begin a line of their own.
const WITHIN_LINES: [&str; 29] = [
    "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd",
    "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "strong", "sub", "sup", "u", "var",
    "td", "th", "span",
];

/// Adds text, so that no part of it can be taken for a tag. Blanks beside each other are one
/// to a reader, unless they are `kept`.
pub(super) fn text(out: &mut String, text: &str, kept: bool) {
    for c in text.chars() {
        match c {
            _ if !kept && c.is_ascii_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Blanks of HTML that are line ends to nobody else.
            '\r' => out.push('\n'),
            '\u{C}' => out.push(' '),
            _ => out.push(c),
        }
    }
}

/// The words of a page that we wrote, as lines of plain text.
pub(crate) fn words(page: &str) -> String {
    let mut lines = String::new();
    for token in Tokenizer::new(page).flatten() {
        match token {
            Token::String(text) => lines.push_str(&String::from_utf8_lossy(&text)),
            Token::StartTag(tag) => boundary(&mut lines, &tag.name),
            Token::EndTag(tag) => boundary(&mut lines, &tag.name),
            _ => {}
        }
    }
    tidy(&lines)
}

fn boundary(lines: &mut String, name: &[u8]) {
    let name = String::from_utf8_lossy(name);
    if matches!(&*name, "td" | "th") {
        lines.push('\t');
    } else if !WITHIN_LINES.contains(&&*name) {
        lines.push('\n');
    }
}

/// No blanks around lines, and at most one empty line between two.
fn tidy(lines: &str) -> String {
    let mut tidy = String::new();
    let mut empty = 0;
    for line in lines.lines() {
        let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            empty += 1;
            continue;
        }
        if !tidy.is_empty() && empty > 1 {
            tidy.push('\n');
        }
        empty = 0;
        tidy.push_str(&words.join(" "));
        tidy.push('\n');
    }
    tidy
}
