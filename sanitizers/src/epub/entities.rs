//! Names for characters that XHTML has and XML alone has not.
//!
//! Older pages name a document type, which a reader would fetch to learn what `&nbsp;` is.
//! Nothing is fetched here: the type is left out, and the names are those of HTML.

use std::borrow::Cow;
use std::collections::HashMap;

use html5gum::{Token, Tokenizer};

use crate::refusal::Feature;
use crate::{Limits, Refusal};

/// Letters of the longest name of HTML.
const LONGEST: usize = 32;

/// A page without document type, and with characters in place of their names.
pub(super) fn plain(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let bytes = without_type(bytes)?;
    let Ok(text) = str::from_utf8(&bytes) else { return Ok(bytes.into_owned()) };
    let mut known: HashMap<&str, Option<String>> = HashMap::new();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, behind) = rest.split_at_checked(start).unwrap_or((rest, ""));
        out.push_str(before);
        let name = behind.get(1..).and_then(|name| name.split_once(';')).map(|(name, _)| name);
        let name = name.filter(|name| is_name(name));
        let character =
            name.and_then(|name| known.entry(name).or_insert_with(|| of_name(name)).as_deref());
        let (written, length) = match (character, name) {
            (Some(character), Some(name)) => (character, name.len() + 2),
            _ => ("&", 1),
        };
        out.push_str(written);
        rest = behind.get(length..).unwrap_or_default();
        if out.len() as u64 > limits.inflated_stream {
            return Err(Refusal::Limit(crate::refusal::Limit::Inflated));
        }
    }
    out.push_str(rest);
    Ok(out.into_bytes())
}

/// A name of HTML's own; those of XML are left for its reader.
fn is_name(name: &str) -> bool {
    (2..=LONGEST).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && !["amp", "lt", "gt", "quot", "apos"].contains(&name)
}

/// The character of a name, if HTML knows it. None of them is one that XML writes by name.
fn of_name(name: &str) -> Option<String> {
    let reference = format!("&{name};");
    let Some(Ok(Token::String(text))) = Tokenizer::new(&*reference).next() else { return None };
    let text = String::from_utf8_lossy(&text).into_owned();
    (text != reference && !text.contains(['&', '<', '>'])).then_some(text)
}

/// The same without a document type that is only named. One that defines something itself
/// can make a small page endless.
pub(super) fn without_type(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Refusal> {
    let Some(start) = memchr::memmem::find(bytes, b"<!DOCTYPE") else {
        return Ok(Cow::Borrowed(bytes));
    };
    let (before, behind) = bytes.split_at_checked(start).unwrap_or((bytes, &[]));
    let end = memchr::memchr(b'>', behind).map(|end| end + 1);
    let (declaration, behind) =
        end.and_then(|end| behind.split_at_checked(end)).ok_or(Refusal::Truncated)?;
    if memchr::memchr(b'[', declaration).is_some() {
        return Err(Refusal::Feature(Feature::Construct));
    }
    Ok(Cow::Owned([before, behind].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_html_become_characters() {
        let plain = |page: &str| plain(page.as_bytes(), &Limits::default());
        let page = "<!DOCTYPE html PUBLIC \"a\" \"b\"><p>a&nbsp;&Oslash;&amp;&#65;&x;&</p>";
        let expected = "<p>a\u{A0}\u{D8}&amp;&#65;&x;&</p>";
        assert_eq!(plain(page), Ok(expected.as_bytes().to_vec()));
        let bomb = "<!DOCTYPE html [<!ENTITY a 'b'>]><p/>";
        assert_eq!(plain(bomb), Err(Refusal::Feature(Feature::Construct)));
        assert_eq!(plain("<!DOCTYPE html"), Err(Refusal::Truncated));
    }
}
