//! The spelling of XML: what can be written in several ways is written in one.
//!
//! A part that is spelt like this has no comments, instructions, marked sections, document
//! types, and no blanks that a parser would skip.

/// What every part begins with.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Whether every character of a part is where we would put it.
pub(super) fn is_ours(part: &str) -> bool {
    part.strip_prefix(DECLARATION).and_then(|text| walk(text, true)).is_some()
}

/// The same for the lists of the package, whose attributes have an order of their own.
pub(super) fn is_ours_unsorted(part: &str) -> bool {
    part.strip_prefix(DECLARATION).and_then(|text| walk(text, false)).is_some()
}

fn walk(text: &str, sorted: bool) -> Option<()> {
    let mut rest = text;
    let mut just_begun = false;
    let mut open = 0_u32;
    while !rest.is_empty() {
        let (words, tag) = rest.split_at_checked(rest.find('<')?)?;
        is_plain(words, false).then_some(())?;
        (open > 0 || words.is_empty()).then_some(())?;
        // An element with nothing in it is closed in its own tag.
        let is_end = tag.starts_with("</");
        (!(is_end && just_begun && words.is_empty())).then_some(())?;
        let (inner, behind) = tag.get(1..)?.split_once('>')?;
        just_begun = !is_end && !inner.ends_with('/');
        match inner.strip_prefix('/') {
            Some(name) => {
                is_name(name).then_some(())?;
                open = open.checked_sub(1)?;
            }
            None => start(inner.strip_suffix('/').unwrap_or(inner), open == 0, sorted)?,
        }
        open += u32::from(just_begun);
        rest = behind;
    }
    (open == 0).then_some(())
}

/// A name and attributes, sorted, behind declarations of namespaces, which the root has.
fn start(inner: &str, is_root: bool, sorted: bool) -> Option<()> {
    let (name, mut rest) = inner.split_at_checked(inner.find(' ').unwrap_or(inner.len()))?;
    is_name(name).then_some(())?;
    let mut before = "";
    while !rest.is_empty() {
        let (attribute, behind) = rest.strip_prefix(' ')?.split_once("=\"")?;
        let (value, behind) = behind.split_once('"')?;
        let declares = attribute == "xmlns" || attribute.starts_with("xmlns:");
        (is_name(attribute) && is_plain(value, true)).then_some(())?;
        (declares && is_root && before.is_empty() || !declares && (!sorted || attribute > before))
            .then_some(())?;
        if !declares {
            before = attribute;
        }
        rest = behind;
    }
    Some(())
}

fn is_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b":_.-".contains(&byte);
    !name.is_empty() && name.bytes().all(fits)
}

/// Characters that cannot stand for themselves are written in one way, and no others are.
fn is_plain(words: &str, is_value: bool) -> bool {
    let mut parts = words.split('&');
    let first = parts.next().unwrap_or_default();
    let own: &[&str] = if is_value {
        &["amp;", "lt;", "gt;", "quot;", "#9;", "#10;", "#13;"]
    } else {
        &["amp;", "lt;", "gt;", "#13;"]
    };
    let stands =
        |part: &str| !(part.contains(['>', '\r']) || is_value && part.contains(['\t', '\n']));
    stands(first) && parts.all(|part| stands(part) && own.iter().any(|one| part.starts_with(one)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_spelling() {
        let part = |inner: &str| format!("{DECLARATION}{inner}");
        for ours in [
            "<a/>",
            "<a xmlns=\"x\" xmlns:b=\"y\" b=\"1\" c=\"&quot;&#10;\"><b:c>d &amp; e</b:c></a>",
            "<a> </a>",
        ] {
            assert!(is_ours(&part(ours)), "{ours}");
        }
        for other in [
            "<a></a>",
            "<a ></a >",
            "<a  b=\"\"/>",
            "<a b='c'/>",
            "<a b = \"c\"/>",
            "<a c=\"\" b=\"\"/>",
            "<a b=\"\" xmlns=\"x\"/>",
            "<a><b xmlns=\"x\"/></a>",
            "<a b=\"c\td\"/>",
            "<a><!-- c --></a>",
            "<a><?b c?></a>",
            "<a><![CDATA[b]]></a>",
            "<a>&#65;</a>",
            "<a>&apos;</a>",
            "<a>\r</a>",
            "<a>></a>",
            "<a/>\n",
            "\n<a/>",
            "<!DOCTYPE a><a/>",
        ] {
            assert!(!is_ours(&part(other)), "{other}");
        }
        assert!(!is_ours("<a/>"));
    }
}
