//! Reads a mail line by line into its parts.

/// A part.
pub(super) enum Part {
    /// One that holds no others.
    Leaf(Leaf),
    /// One that holds others, with its type.
    Several(String, Vec<Part>),
}

/// A part with its body as it stands in the mail.
#[derive(Default)]
pub(super) struct Leaf {
    pub(super) kind: String,
    pub(super) charset: String,
    pub(super) coding: String,
    pub(super) is_flowed: bool,
    pub(super) is_attached: bool,
    pub(super) body: Vec<u8>,
}

/// A part that has begun to hold others.
struct Open {
    kind: String,
    boundary: String,
    parts: Vec<Part>,
}

/// Where the reader is.
enum Place {
    /// Between parts, where nothing counts.
    Around,
    /// In a header, with its lines so far.
    Header(Vec<String>),
    /// In the body of a part.
    Body(Leaf, Vec<u8>),
}

/// The parts of a mail, if every line has one meaning.
pub(super) fn parts(mail: &[u8]) -> Option<Part> {
    let marks = mail.chunks(3).take_while(|three| *three == b"\xEF\xBB\xBF").count();
    let mail = mail.get(3 * marks..)?;
    let mut reader = Reader { open: Vec::new(), place: Place::Header(Vec::new()), whole: None };
    for (number, line) in mail.split(|&byte| byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.iter().any(|byte| matches!(byte, 0 | b'\r')) {
            return None;
        }
        if number > 0 || !line.starts_with(b"From ") {
            reader.line(line)?;
        }
    }
    reader.end()
}

struct Reader {
    open: Vec<Open>,
    place: Place,
    whole: Option<Part>,
}

impl Reader {
    fn line(&mut self, line: &[u8]) -> Option<()> {
        if line.starts_with(b"--")
            && let Some((level, is_last)) = self.boundary(line)
        {
            // The innermost part must end before one around it goes on.
            (level + 1 == self.open.len()).then_some(())?;
            self.end_part()?;
            self.place = if is_last { Place::Around } else { Place::Header(Vec::new()) };
            return if is_last { self.close() } else { Some(()) };
        }
        match &mut self.place {
            Place::Around => Some(()),
            Place::Header(lines) if line.is_empty() => {
                let head = Head::of(&std::mem::take(lines))?;
                self.begin(head);
                Some(())
            }
            Place::Header(lines) => {
                lines.push(String::from_utf8_lossy(line).into_owned());
                Some(())
            }
            Place::Body(_, body) => {
                body.extend_from_slice(line);
                body.push(b'\n');
                Some(())
            }
        }
    }

    /// Which open part a line separates, and whether it ends it.
    fn boundary(&self, line: &[u8]) -> Option<(usize, bool)> {
        let line = line.trim_ascii_end();
        self.open.iter().enumerate().rev().find_map(|(level, open)| {
            let rest = line.strip_prefix(b"--")?.strip_prefix(open.boundary.as_bytes())?;
            matches!(rest, b"" | b"--").then_some((level, !rest.is_empty()))
        })
    }

    fn begin(&mut self, head: Head) {
        let Head { leaf, boundary } = head;
        if boundary.is_empty() || !leaf.kind.starts_with("multipart/") {
            self.place = Place::Body(leaf, Vec::new());
        } else {
            self.open.push(Open { kind: leaf.kind, boundary, parts: Vec::new() });
            self.place = Place::Around;
        }
    }

    /// A part is over, if there is one.
    fn end_part(&mut self) -> Option<()> {
        let (mut leaf, mut body) = match std::mem::replace(&mut self.place, Place::Around) {
            Place::Around => return Some(()),
            Place::Body(leaf, body) => (leaf, body),
            Place::Header(lines) => (Head::of(&lines)?.leaf, Vec::new()),
        };
        // Its last line end belongs to what follows.
        body.pop();
        leaf.body = body;
        if leaf.kind.is_empty() {
            let in_digest = self.open.last().is_some_and(|open| open.kind == "multipart/digest");
            leaf.kind.push_str(if in_digest { "message/rfc822" } else { "text/plain" });
        }
        self.add(Part::Leaf(leaf))
    }

    fn close(&mut self) -> Option<()> {
        let Open { kind, parts, .. } = self.open.pop()?;
        self.add(Part::Several(kind, parts))
    }

    fn add(&mut self, part: Part) -> Option<()> {
        if let Some(open) = self.open.last_mut() {
            open.parts.push(part);
            return Some(());
        }
        self.whole.replace(part).is_none().then_some(())
    }

    fn end(mut self) -> Option<Part> {
        self.open.is_empty().then_some(())?;
        self.end_part()?;
        self.whole
    }
}

/// What a header says of its part.
struct Head {
    leaf: Leaf,
    /// Empty if there is none.
    boundary: String,
}

impl Head {
    fn of(lines: &[String]) -> Option<Head> {
        let mut fields: Vec<String> = Vec::new();
        for line in lines {
            if line.starts_with([' ', '\t']) {
                fields.last_mut()?.push_str(line);
            } else {
                fields.push(line.clone());
            }
        }
        let named = |name: &str| {
            let mut values = fields.iter().filter_map(|field| {
                let (one, value) = field.split_once(':')?;
                one.eq_ignore_ascii_case(name).then_some(value.trim())
            });
            let value = values.next().unwrap_or_default();
            // Twice is once too often.
            values.next().is_none().then_some(value)
        };
        let kind = named("Content-Type")?;
        let coding = named("Content-Transfer-Encoding")?.to_ascii_lowercase();
        let format = parameter(kind, "format")?;
        let (disposition, _) = split(named("Content-Disposition")?);
        let (name, _) = split(kind);
        let leaf = Leaf {
            is_flowed: format.eq_ignore_ascii_case("flowed") && matches!(&*name, "" | "text/plain"),
            charset: parameter(kind, "charset")?.to_ascii_lowercase(),
            is_attached: disposition == "attachment",
            kind: name,
            coding,
            body: Vec::new(),
        };
        Some(Head { leaf, boundary: parameter(kind, "boundary")? })
    }
}

/// What stands before the first semicolon, in small letters, and what behind it.
fn split(value: &str) -> (String, &str) {
    let (first, rest) = value.split_once(';').unwrap_or((value, ""));
    (first.trim().to_ascii_lowercase(), rest)
}

/// A parameter, empty if it is not there; none if it is there twice.
fn parameter(value: &str, name: &str) -> Option<String> {
    let (mut found, mut rest) = (None, split(value).1);
    while !rest.trim_matches([' ', '\t', ';']).is_empty() {
        let (one, behind) = rest.split_once('=')?;
        let (word, behind) = word(behind.trim_start())?;
        let one = one.trim_matches([' ', '\t', ';']);
        if one.eq_ignore_ascii_case(name) && found.replace(word).is_some() {
            return None;
        }
        rest = behind;
    }
    Some(found.unwrap_or_default())
}

/// A word, in quotes or up to the next semicolon, and what follows it.
fn word(value: &str) -> Option<(String, &str)> {
    let Some(inside) = value.strip_prefix('"') else {
        let end = value.find(';').unwrap_or(value.len());
        let (word, rest) = value.split_at_checked(end)?;
        return Some((word.trim_end().to_owned(), rest));
    };
    let (mut out, mut is_literal) = (String::new(), false);
    for (at, c) in inside.char_indices() {
        if !is_literal && c == '"' {
            return Some((out, inside.get(at + 1..)?));
        }
        is_literal = !is_literal && c == '\\';
        if !is_literal {
            out.push(c);
        }
    }
    None
}
