//! The Markdown of information pages, as blocks that a template writes out.
//!
//! No HTML comes out of here and none is let through: what a page may hold is what
//! [`Block`] and [`Span`] can say.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde::Serialize;

/// A page, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Document {
    /// The heading of the whole page.
    pub(super) title: Vec<Span>,
    /// What stands below it.
    pub(super) blocks: Vec<Block>,
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Block {
    /// `##`.
    Heading { words: Vec<Span> },
    /// `###`.
    Subheading { words: Vec<Span> },
    /// Text.
    Paragraph { words: Vec<Span> },
    /// A list, each item of which is one paragraph.
    List { numbered: bool, items: Vec<Vec<Span>> },
    /// A table with a first row of headings.
    Table { head: Vec<Vec<Span>>, rows: Vec<Vec<Vec<Span>>> },
}

impl Block {
    /// Whether it is a paragraph that ends in a colon.
    fn leads_on(&self) -> bool {
        let Block::Paragraph { words } = self else { return false };
        words.last().is_some_and(|span| span.text.ends_with(':'))
    }
}

/// Words of one look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Span {
    /// The words.
    pub(super) text: String,
    /// Whether they are bold.
    pub(super) strong: bool,
    /// Where they lead; empty if nowhere.
    pub(super) href: String,
}

/// What a page may not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub(super) struct Fault {
    /// The line in the file, counted from one.
    pub(super) line: usize,
    /// What stands there and why it cannot.
    pub(super) what: String,
}

impl Document {
    /// Writes a value where its name stands. What speaks of a value that there is not, an
    /// onion address perhaps, is left out, with the paragraph that led to it.
    pub(super) fn fill(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            self.leave_out(name);
        }
        for span in self.spans_mut() {
            span.text = span.text.replace(name, value);
        }
    }

    fn leave_out(&mut self, name: &str) {
        let speaks = |words: &[Span]| words.iter().any(|span| span.text.contains(name));
        let mut kept: Vec<Block> = Vec::new();
        for block in self.blocks.drain(..) {
            match block {
                Block::Paragraph { words } if speaks(&words) => {
                    kept.pop_if(|before| before.leads_on());
                }
                Block::List { numbered, mut items } => {
                    items.retain(|item| !speaks(item));
                    kept.push(Block::List { numbered, items });
                }
                block => kept.push(block),
            }
        }
        self.blocks = kept;
    }

    /// The headings below that of the whole page.
    pub(super) fn headings(&self) -> Vec<String> {
        let words = |block: &Block| match block {
            Block::Heading { words } => Some(words.iter().map(|span| &*span.text).collect()),
            _ => None,
        };
        self.blocks.iter().filter_map(words).collect()
    }

    /// Takes the ways to a page out. What is nothing but such a way goes as a whole; elsewhere
    /// its words stay.
    pub(super) fn lead_no_more_to(&mut self, path: &str) {
        let is_the_way = |words: &[Span]| matches!(words, [only] if only.href == path);
        self.blocks.retain_mut(|block| match block {
            Block::Paragraph { words } => !is_the_way(words),
            Block::List { items, .. } => {
                items.retain(|item| !is_the_way(item));
                !items.is_empty()
            }
            _ => true,
        });
        for span in self.spans_mut().filter(|span| span.href == path) {
            span.href.clear();
        }
    }

    /// All words of a page, with those of its title.
    fn spans_mut(&mut self) -> impl Iterator<Item = &mut Span> {
        let all = self.blocks.iter_mut().flat_map(|block| match block {
            Block::Heading { words } | Block::Subheading { words } | Block::Paragraph { words } => {
                vec![words]
            }
            Block::List { items, .. } => items.iter_mut().collect(),
            Block::Table { head, rows } => {
                head.iter_mut().chain(rows.iter_mut().flatten()).collect()
            }
        });
        self.title.iter_mut().chain(all.flatten())
    }
}

/// What a page may name.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// Paths of pages that a link may lead to.
    pub(super) paths: &'a [&'a str],
    /// What is filled in, as `{organisation}`.
    pub(super) values: &'a [&'a str],
}

/// Takes a page apart.
pub(super) fn read(source: &str, known: Known<'_>) -> Result<Document, Fault> {
    let parser = Parser::new_ext(source, Options::ENABLE_TABLES);
    let mut reader = Reader::default();
    for (event, range) in parser.into_offset_iter() {
        let before = source.get(..range.start).unwrap_or_default();
        let line = 1 + before.matches('\n').count();
        reader.take(event, known).map_err(|what| Fault { line, what })?;
    }
    let document = reader.document;
    if document.title.is_empty() {
        let what = "a page begins with its title: `# Words`".to_owned();
        return Err(Fault { line: 1, what });
    }
    Ok(document)
}

/// Where words go that are read now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Outside,
    Paragraph,
    Heading(HeadingLevel),
    Item,
    Cell,
}

#[derive(Default)]
struct Reader {
    document: Document,
    place: Place,
    words: Vec<Span>,
    strong: bool,
    href: String,
    /// An address of another site, which is said and not led to: a click that somebody did not
    /// mean would be seen there and on the way.
    elsewhere: String,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, known: Known<'_>) -> Result<(), String> {
        match event {
            Event::Start(tag) => self.start(tag, known),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                can_be_filled(&text, known.values)?;
                self.say(&text)
            }
            Event::SoftBreak => self.say(" "),
            Event::Html(html) | Event::InlineHtml(html) => {
                Err(format!("HTML is not let through: `{}`", html.trim()))
            }
            Event::Code(_) => Err("code (`…`) has no look here".to_owned()),
            Event::HardBreak => {
                Err("a line break inside of a paragraph has no look here".to_owned())
            }
            Event::Rule => Err("a line across the page has no look here".to_owned()),
            _ => Err("this has no look here".to_owned()),
        }
    }

    fn start(&mut self, tag: Tag<'_>, known: Known<'_>) -> Result<(), String> {
        match tag {
            Tag::Paragraph if self.place == Place::Outside => self.place = Place::Paragraph,
            Tag::Paragraph | Tag::TableHead | Tag::HtmlBlock => {}
            Tag::Heading { level, .. } => self.place = Place::Heading(level),
            Tag::List(first) => {
                if self.place == Place::Item {
                    return Err("a list inside of a list has no look here".to_owned());
                }
                let numbered = first.is_some();
                self.document.blocks.push(Block::List { numbered, items: Vec::new() });
            }
            Tag::Item => self.place = Place::Item,
            Tag::Table(_) => {
                let (head, rows) = (Vec::new(), Vec::new());
                self.document.blocks.push(Block::Table { head, rows });
            }
            Tag::TableRow => {
                if let Some(Block::Table { rows, .. }) = self.document.blocks.last_mut() {
                    rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.place = Place::Cell,
            Tag::Strong => self.strong = true,
            Tag::Link { dest_url, .. } => {
                may_lead_to(&dest_url, known.paths)?;
                if let Some(elsewhere) = dest_url.strip_prefix("https://") {
                    elsewhere.trim_end_matches('/').clone_into(&mut self.elsewhere);
                } else {
                    self.href = dest_url.into_string();
                }
            }
            Tag::Emphasis => return Err("use bold (`**…**`) for stress".to_owned()),
            Tag::Image { .. } => return Err("pictures are not shown on these pages".to_owned()),
            _ => return Err("this has no look here".to_owned()),
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), String> {
        match tag {
            TagEnd::Strong => self.strong = false,
            TagEnd::Link => {
                self.href.clear();
                let elsewhere = std::mem::take(&mut self.elsewhere);
                let is_said = self.words.last().is_some_and(|last| last.text.ends_with(&elsewhere));
                if !is_said {
                    self.say(&format!(" ({elsewhere})"))?;
                }
            }
            TagEnd::Paragraph if self.place == Place::Paragraph => {
                let words = self.finish();
                self.document.blocks.push(Block::Paragraph { words });
            }
            TagEnd::Heading(level) => {
                let words = self.finish();
                self.head(level, words)?;
            }
            TagEnd::Item => {
                let words = self.finish();
                if let Some(Block::List { items, .. }) = self.document.blocks.last_mut() {
                    items.push(words);
                }
            }
            TagEnd::TableCell => {
                let words = self.finish();
                if let Some(Block::Table { head, rows }) = self.document.blocks.last_mut() {
                    rows.last_mut().unwrap_or(head).push(words);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What was said since the place was entered.
    fn finish(&mut self) -> Vec<Span> {
        self.place = Place::Outside;
        std::mem::take(&mut self.words)
    }

    fn head(&mut self, level: HeadingLevel, words: Vec<Span>) -> Result<(), String> {
        let document = &mut self.document;
        match level {
            HeadingLevel::H1 if document.title.is_empty() && document.blocks.is_empty() => {
                document.title = words;
            }
            HeadingLevel::H1 => return Err("a page has one title (`#`), at its start".to_owned()),
            HeadingLevel::H2 => document.blocks.push(Block::Heading { words }),
            HeadingLevel::H3 => document.blocks.push(Block::Subheading { words }),
            _ => return Err("headings are `##` and `###`".to_owned()),
        }
        Ok(())
    }

    fn say(&mut self, text: &str) -> Result<(), String> {
        if self.place == Place::Outside {
            return Err("words outside of a paragraph".to_owned());
        }
        let look = Span { text: String::new(), strong: self.strong, href: self.href.clone() };
        match self.words.last_mut() {
            Some(last) if (last.strong, &last.href) == (look.strong, &look.href) => {
                last.text.push_str(text);
            }
            _ => self.words.push(Span { text: text.to_owned(), ..look }),
        }
        Ok(())
    }
}

/// Pages of this portal by their path; addresses of others, to be typed, with TLS only.
fn may_lead_to(address: &str, paths: &[&str]) -> Result<(), String> {
    if address.starts_with("https://") || paths.contains(&address) {
        return Ok(());
    }
    Err(format!(
        "a link leads to `https://…` or to a page here, not to `{address}`: {}",
        paths.join(" ")
    ))
}

/// Whether everything in braces is known.
fn can_be_filled(text: &str, values: &[&str]) -> Result<(), String> {
    for asked in text.split('{').skip(1) {
        let name = asked.split_once('}').map(|(name, _)| name);
        if !name.is_some_and(|name| values.contains(&name)) {
            return Err(format!("`{{{asked}` is none of: {{{}}}", values.join("} {")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Known<'static> = Known { paths: &["/policy"], values: &["organisation"] };

    fn words(text: &str) -> Vec<Span> {
        vec![Span { text: text.to_owned(), ..Span::default() }]
    }

    #[test]
    fn a_page_is_taken_apart_into_blocks() {
        let page = "# Who we are\n\nOne **bold** [link](/policy)\nand on.\n\n## Lists\n\n- a\n- b\n\n\
                    1. c\n\n### Tables\n\n| x | y |\n|---|---|\n| 1 | 2 |\n";
        let span = |text: &str, strong, href: &str| Span {
            text: text.to_owned(),
            strong,
            href: href.to_owned(),
        };
        let document = read(page, KNOWN).unwrap();
        assert_eq!(document.title, words("Who we are"));
        let expected = [
            Block::Paragraph {
                words: vec![
                    span("One ", false, ""),
                    span("bold", true, ""),
                    span(" ", false, ""),
                    span("link", false, "/policy"),
                    span(" and on.", false, ""),
                ],
            },
            Block::Heading { words: words("Lists") },
            Block::List { numbered: false, items: vec![words("a"), words("b")] },
            Block::List { numbered: true, items: vec![words("c")] },
            Block::Subheading { words: words("Tables") },
            Block::Table {
                head: vec![words("x"), words("y")],
                rows: vec![vec![words("1"), words("2")]],
            },
        ];
        assert_eq!(document.blocks, expected);
    }

    #[test]
    fn another_site_is_named_and_not_led_to() {
        let page = "# Others\n\nAsk **[the police](https://example.org/):** or \
                    [example.net](https://example.net).\n";
        let Block::Paragraph { words } = read(page, KNOWN).unwrap().blocks.remove(0) else {
            panic!("a paragraph")
        };
        assert!(words.iter().all(|span| span.href.is_empty()));
        let text: String = words.iter().map(|span| span.text.as_str()).collect();
        assert_eq!(text, "Ask the police (example.org): or example.net.");
    }

    #[test]
    fn values_are_written_in_and_what_speaks_of_none_is_left_out() {
        let page = "# {organisation}\n\nAt {organisation}.\n\nThe address:\n\n{organisation}\n\n\
                    - a\n- b {organisation}\n";
        let mut filled = read(page, KNOWN).unwrap();
        filled.fill("{organisation}", "<We>");
        assert_eq!(filled.title, words("<We>"));
        assert_eq!(filled.blocks[0], Block::Paragraph { words: words("At <We>.") });
        let mut without = read(page, KNOWN).unwrap();
        without.fill("{organisation}", "");
        let list = Block::List { numbered: false, items: vec![words("a")] };
        assert_eq!(without.blocks, [list]);
    }

    #[test]
    fn nothing_leads_to_a_page_that_was_taken_out() {
        let page = "# Ways\n\nWith [our policy](/policy).\n\n[Our policy](/policy)\n\n\
                    - [Our policy](/policy)\n- a\n\nAnd:\n\n- [Our policy](/policy)\n";
        let mut document = read(page, KNOWN).unwrap();
        document.lead_no_more_to("/elsewhere");
        assert_eq!(document, read(page, KNOWN).unwrap());
        document.lead_no_more_to("/policy");
        assert!(document.spans_mut().all(|span| span.href.is_empty()));
        let texts: Vec<String> = document.spans_mut().map(|span| span.text.clone()).collect();
        assert_eq!(texts, ["Ways", "With ", "our policy", ".", "a", "And:"]);
    }

    #[test]
    fn what_has_no_look_is_refused_with_its_line() {
        let cases = [
            ("<b>bold</b>", "HTML"),
            ("a <script>alert(1)</script>", "HTML"),
            ("<!-- note -->", "HTML"),
            ("![a](/a.png)", "pictures"),
            ("[a](javascript:alert(1))", "leads"),
            ("[a](http://example.org)", "leads"),
            ("[a](//example.org)", "leads"),
            ("[a](mailto:a@example.org)", "leads"),
            ("[a](/nowhere)", "/policy"),
            ("{nobody}", "{organisation}"),
            ("{organisation", "none of"),
            ("*a*", "bold"),
            ("`a`", "code"),
            ("    a", "no look"),
            ("> a", "no look"),
            ("***", "line across"),
            ("a  \nb", "line break"),
            ("# Another", "one title"),
            ("#### Deep", "headings"),
            ("- a\n  - b", "list inside"),
        ];
        for (text, why) in cases {
            let fault = read(&format!("# Title\n\n{text}\n"), KNOWN).unwrap_err();
            assert_eq!(fault.line, 3 + usize::from(text.starts_with("- a")), "{text}");
            assert!(fault.what.contains(why), "{text}: {fault}");
        }
        assert_eq!(read("No title.", KNOWN).unwrap_err().line, 1);
        assert_eq!(read("", KNOWN).unwrap_err().line, 1);
    }
}
