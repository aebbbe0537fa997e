//! The one layout a cleaned document has, read strictly.

/// An object, as it stands in the copy.
#[derive(Debug, PartialEq)]
pub(super) enum Thing {
    Null,
    Bool,
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    List(Vec<Thing>),
    Map(Vec<(Vec<u8>, Thing)>),
    To(u32),
}

impl Thing {
    pub(super) fn key(&self, key: &str) -> Option<&Thing> {
        match self {
            Thing::Map(entries) => {
                entries.iter().find(|(name, _)| name == key.as_bytes()).map(|(_, thing)| thing)
            }
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Thing::Name(name) => Some(name),
            _ => None,
        }
    }
}

/// A numbered object with the data of its stream.
pub(super) struct Numbered<'a> {
    pub(super) thing: Thing,
    pub(super) data: Option<&'a [u8]>,
}

/// Arrays and dictionaries inside each other.
const DEEPEST: u32 = 160;

struct Reader<'a> {
    all: &'a [u8],
    at: usize,
}

/// Reads all objects, or nothing if a single byte is not where it must be.
pub(super) fn read(clean: &[u8]) -> Option<Vec<Numbered<'_>>> {
    let mut reader = Reader { all: clean, at: 0 };
    reader.expect(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")?;
    let mut objects = Vec::new();
    let mut places = Vec::new();
    while reader.rest().first()?.is_ascii_digit() {
        places.push(reader.at);
        reader.expect(format!("{} 0 obj\n", places.len()).as_bytes())?;
        objects.push(reader.numbered()?);
    }
    reader.table(&places)?;
    reader.rest().is_empty().then_some(objects)
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a [u8] {
        self.all.get(self.at..).unwrap_or_default()
    }

    fn expect(&mut self, text: &[u8]) -> Option<()> {
        self.rest().starts_with(text).then(|| self.at += text.len())
    }

    fn numbered(&mut self) -> Option<Numbered<'a>> {
        let thing = self.thing(0)?;
        let mut data = None;
        if self.expect(b"\nstream\n").is_some() {
            let Some(Thing::Number(length)) = thing.key("Length") else { return None };
            let length = length.to_string().parse().ok()?;
            data = Some(self.rest().get(..length)?);
            self.at += length;
            self.expect(b"\nendstream")?;
        }
        self.expect(b"\nendobj\n")?;
        Some(Numbered { thing, data })
    }

    fn table(&mut self, places: &[usize]) -> Option<()> {
        let start = self.at;
        let size = places.len() + 1;
        self.expect(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes())?;
        for place in places {
            self.expect(format!("{place:010} 00000 n \n").as_bytes())?;
        }
        let end = format!("trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{start}\n%%EOF\n");
        self.expect(end.as_bytes())
    }

    fn thing(&mut self, depth: u32) -> Option<Thing> {
        if depth > DEEPEST {
            return None;
        }
        // One space, and only between two words.
        if self.rest().first() == Some(&b' ') {
            let before = self.at.checked_sub(1).and_then(|at| self.all.get(at))?;
            let behind = self.all.get(self.at + 1)?;
            if !before.is_ascii_graphic() || b"()<>[]{}/%".contains(before) || !is_word(*behind) {
                return None;
            }
            self.at += 1;
        }
        match self.rest() {
            [b'/', ..] => self.name().map(Thing::Name),
            [b'(', ..] => self.text(),
            [b'[', ..] => self.list(depth),
            [b'<', b'<', ..] => self.map(depth),
            _ => self.word(),
        }
    }

    fn name(&mut self) -> Option<Vec<u8>> {
        self.expect(b"/")?;
        let mut name = Vec::new();
        while let Some(&byte) = self.rest().first() {
            if !byte.is_ascii_graphic() || b"()<>[]{}/%".contains(&byte) {
                break;
            }
            self.at += 1;
            if byte == b'#' {
                let digits = std::str::from_utf8(self.rest().get(..2)?).ok()?;
                name.push(u8::from_str_radix(digits, 16).ok()?);
                self.at += 2;
            } else {
                name.push(byte);
            }
        }
        Some(name)
    }

    fn text(&mut self) -> Option<Thing> {
        self.expect(b"(")?;
        let mut text = Vec::new();
        loop {
            let (first, rest) = self.rest().split_first()?;
            self.at += 1;
            match (first, rest.first()) {
                (b')', _) => return Some(Thing::Text(text)),
                (b'\\', Some(escaped)) => {
                    self.at += 1;
                    text.push(match escaped {
                        b'n' => b'\n',
                        b'r' => b'\r',
                        b'(' | b')' | b'\\' => *escaped,
                        _ => return None,
                    });
                }
                (b'(' | b'\r' | b'\n', _) => return None,
                _ => text.push(*first),
            }
        }
    }

    fn list(&mut self, depth: u32) -> Option<Thing> {
        self.expect(b"[")?;
        let mut items = Vec::new();
        while self.expect(b"]").is_none() {
            items.push(self.thing(depth + 1)?);
        }
        Some(Thing::List(items))
    }

    fn map(&mut self, depth: u32) -> Option<Thing> {
        self.expect(b"<<")?;
        let mut entries: Vec<(Vec<u8>, Thing)> = Vec::new();
        while self.expect(b">>").is_none() {
            let key = self.name()?;
            // A key that stands twice is read by one viewer first and by another last.
            if entries.last().is_some_and(|(before, _)| *before >= key) {
                return None;
            }
            entries.push((key, self.thing(depth + 1)?));
        }
        Some(Thing::Map(entries))
    }

    fn take_word(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().take_while(|byte| is_word(**byte)).count();
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn word(&mut self) -> Option<Thing> {
        match self.take_word() {
            b"null" => Some(Thing::Null),
            b"true" | b"false" => Some(Thing::Bool),
            word => {
                let text = std::str::from_utf8(word).ok()?;
                if let Ok(number) = text.parse::<u32>()
                    && self.expect(b" 0 R").is_some()
                {
                    return Some(Thing::To(number));
                }
                let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte));
                plain.then(|| text.parse().ok().map(Thing::Number))?
            }
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)
}
