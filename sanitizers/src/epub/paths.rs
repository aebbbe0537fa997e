//! From a reference in one member to the name of another.

/// The name that a reference means, seen from a member; none if it leads out of the book.
pub(super) fn resolve(from: &str, reference: &str) -> Option<String> {
    let reference = reference.split(['#', '?']).next()?;
    if reference.is_empty() || reference.contains(':') || reference.starts_with('/') {
        return None;
    }
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    let decoded = decoded(reference)?;
    for step in decoded.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            _ => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

/// Per cent signs and two digits are a byte.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stay_in_the_book() {
        let name = |reference| resolve("a/b/c.opf", reference);
        assert_eq!(name("d.html#e").as_deref(), Some("a/b/d.html"));
        assert_eq!(name("../d%20e.html").as_deref(), Some("a/d e.html"));
        for outside in ["../../../d", "http://x.test/d", "/d", "#e", "", "data:,a", "%FF", "%4"] {
            assert_eq!(name(outside), None, "{outside}");
        }
    }
}
