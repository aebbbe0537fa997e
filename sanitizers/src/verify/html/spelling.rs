//! The one spelling of a clean page.

const START: &str = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n";
const END: &str = "\n</body></html>\n";

/// Elements that a copy may hold.
const NAMES: &str = " abbr address article aside b bdi bdo blockquote br caption cite code dd \
    del dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main \
    mark nav ol p pre q rp rt ruby s samp section small strong sub sup table tbody td tfoot th \
    thead tr u ul var ";

/// Pictures that a copy may hold.
const PICTURES: [&str; 5] = ["jpeg", "png", "gif", "webp", "avif"];

/// Whether a copy is spelt as ours are.
pub(super) fn is_canonical(copy: &str) -> bool {
    let body = copy.strip_prefix(START).and_then(|rest| rest.strip_suffix(END));
    body.is_some_and(|body| {
        let is_trimmed =
            body.trim() == body || body.trim_start_matches(char::is_whitespace) == body;
        is_trimmed && walk(body).is_some()
    })
}

fn walk(body: &str) -> Option<()> {
    let (mut rest, mut pre, mut last) = (body, 0_u32, "");
    let most = Most::of(body);
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('<') {
            let (tag, behind) = inside.split_once('>')?;
            (is_tag(tag) && most.allows(tag)).then_some(())?;
            // Nothing in a line shows nothing.
            let is_end = tag.strip_prefix('/').is_some_and(|name| last == name);
            (!is_end || !is_within_lines(last)).then_some(())?;
            last = tag.split(' ').next().unwrap_or_default();
            match last {
                "pre" => pre += 1,
                "/pre" => pre = pre.saturating_sub(1),
                _ => {}
            }
            rest = behind;
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            let (words, behind) = rest.split_at_checked(end)?;
            let is_blank = |c: char| matches!(c, '\n' | '\t');
            let is_wide = words.contains("  ") || words.contains(is_blank);
            (are_words(words) && (pre > 0 || !is_wide)).then_some(())?;
            last = "";
            rest = behind;
        }
    }
    Some(())
}

/// Elements within lines.
const WITHIN_LINES: &str =
    " abbr b bdi bdo cite code del dfn em i ins kbd mark s samp small strong sub sup u ";

/// Whether an element stands within a line.
pub(in crate::verify) fn is_within_lines(name: &str) -> bool {
    WITHIN_LINES.contains(&format!(" {name} "))
}

/// How many columns and rows a cell may be long.
struct Most {
    columns: usize,
    rows: usize,
}

impl Most {
    fn of(body: &str) -> Most {
        let count = |names: &[&str]| -> usize {
            let tags = body.split('<').filter_map(|rest| rest.split([' ', '>']).next());
            tags.filter(|tag| names.contains(tag)).count()
        };
        Most {
            columns: count(&["td", "th"]),
            rows: 1 + count(&["table", "tr", "thead", "tbody", "tfoot"]),
        }
    }

    fn allows(&self, tag: &str) -> bool {
        let fits = |mark: &str, most: usize| {
            let said = tag.split_once(mark).and_then(|(_, rest)| rest.split('"').next());
            said.is_none_or(|said| said.parse::<usize>().is_ok_and(|said| said <= most))
        };
        fits("colspan=\"", self.columns) && fits("rowspan=\"", self.rows)
    }
}

/// Text in which every sign that could mean something is written as a reference.
fn are_words(words: &str) -> bool {
    !words.contains('>')
        && words.split('&').skip(1).all(|behind| {
            ["amp;", "lt;", "gt;"].iter().any(|reference| behind.starts_with(reference))
        })
}

fn is_tag(tag: &str) -> bool {
    if let Some(name) = tag.strip_prefix('/') {
        return is_name(name) && !matches!(name, "br" | "hr");
    }
    if let Some(picture) = tag.strip_prefix("img src=\"data:image/") {
        return is_picture(picture).is_some();
    }
    let mut parts = tag.split(' ');
    let name = parts.next().unwrap_or_default();
    let mut before = "";
    is_name(name)
        && parts.all(|part| {
            let Some((attribute, value)) = part.split_once('=') else { return false };
            let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
            let in_order = before < attribute;
            before = attribute;
            in_order && value.is_some_and(|value| may_have(name, attribute, value))
        })
}

pub(in crate::verify) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(' ') && NAMES.contains(&format!(" {name} "))
}

fn is_picture(rest: &str) -> Option<()> {
    let (kind, data) = rest.strip_suffix('"')?.split_once(";base64,")?;
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    (PICTURES.contains(&kind) && data.bytes().all(sign)).then_some(())
}

pub(in crate::verify) fn may_have(name: &str, attribute: &str, value: &str) -> bool {
    let number =
        value.parse::<u16>().is_ok_and(|n| (1..=9999).contains(&n) && n.to_string() == value);
    match (name, attribute) {
        (_, "dir") => ["ltr", "rtl", "auto"].contains(&value),
        ("td" | "th", "colspan" | "rowspan") => number,
        ("ol", "start") | ("li", "value") => {
            value.parse::<i32>().is_ok_and(|n| n.abs() < 10_000 && n.to_string() == value)
        }
        ("ol", "type") => ["1", "a", "A", "i", "I"].contains(&value),
        ("ol", "reversed") => value.is_empty(),
        _ => false,
    }
}
