//! Reads drawings, those of the original and those of the copy, into operators.

/// Operators that draw, with the number of operands they take; `None` is a colour.
const DRAWING: &[(&[u8], Option<usize>)] = &[
    (b"\"", Some(3)),
    (b"'", Some(1)),
    (b"B", Some(0)),
    (b"B*", Some(0)),
    (b"BT", Some(0)),
    (b"CS", Some(1)),
    (b"Do", Some(1)),
    (b"ET", Some(0)),
    (b"F", Some(0)),
    (b"G", Some(1)),
    (b"J", Some(1)),
    (b"K", Some(4)),
    (b"M", Some(1)),
    (b"Q", Some(0)),
    (b"RG", Some(3)),
    (b"S", Some(0)),
    (b"SC", None),
    (b"SCN", None),
    (b"T*", Some(0)),
    (b"TD", Some(2)),
    (b"TJ", Some(1)),
    (b"TL", Some(1)),
    (b"Tc", Some(1)),
    (b"Td", Some(2)),
    (b"Tf", Some(2)),
    (b"Tj", Some(1)),
    (b"Tm", Some(6)),
    (b"Tr", Some(1)),
    (b"Ts", Some(1)),
    (b"Tw", Some(1)),
    (b"Tz", Some(1)),
    (b"W", Some(0)),
    (b"W*", Some(0)),
    (b"b", Some(0)),
    (b"b*", Some(0)),
    (b"c", Some(6)),
    (b"cm", Some(6)),
    (b"cs", Some(1)),
    (b"d", Some(2)),
    (b"d0", Some(2)),
    (b"d1", Some(6)),
    (b"f", Some(0)),
    (b"f*", Some(0)),
    (b"g", Some(1)),
    (b"gs", Some(1)),
    (b"h", Some(0)),
    (b"i", Some(1)),
    (b"j", Some(1)),
    (b"k", Some(4)),
    (b"l", Some(2)),
    (b"m", Some(2)),
    (b"n", Some(0)),
    (b"q", Some(0)),
    (b"re", Some(4)),
    (b"rg", Some(3)),
    (b"ri", Some(1)),
    (b"s", Some(0)),
    (b"sc", None),
    (b"scn", None),
    (b"sh", Some(1)),
    (b"v", Some(4)),
    (b"w", Some(1)),
    (b"y", Some(4)),
];

/// Operands of a colour with a pattern; no operator has more.
const MOST_OPERANDS: usize = 33;

/// An operand.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Flag(bool),
    /// A word of a program, where it is no operator.
    Word(Vec<u8>),
    List(Vec<Operand>),
    /// Keys with values that are no lists and no maps.
    Map(Header),
    Other,
}

/// The header of a picture inside a drawing.
pub(super) type Header = Vec<(Vec<u8>, Operand)>;

/// An operator with what it takes.
#[derive(Debug, PartialEq)]
pub(super) struct Act {
    pub(super) operator: Vec<u8>,
    pub(super) operands: Vec<Operand>,
}

/// Reads operators; leaves out what draws nothing, and remembers that it did.
pub(super) struct Drawing<'a> {
    data: &'a [u8],
    at: usize,
    marks: Vec<bool>,
    /// Something was left out.
    pub(super) noisy: bool,
}

pub(super) enum Piece {
    Operand(Operand),
    Operator(Vec<u8>),
    EndOfList,
    /// The end of a map, or a bracket that belongs to nothing.
    Stray,
    End,
}

fn is_blank(byte: u8) -> bool {
    b"\0\t\n\x0c\r ".contains(&byte)
}

fn ends_word(byte: u8) -> bool {
    is_blank(byte) || b"()<>[]{}/%".contains(&byte)
}

/// Whether a drawing of the copy holds operators that draw, and nothing else.
pub(super) fn is_plain(data: &[u8]) -> bool {
    let mut drawing = Drawing::new(data);
    while let Some(act) = drawing.next_act() {
        if act.operator == b"BI" && drawing.plain_picture().is_none() {
            return false;
        }
    }
    !drawing.noisy && drawing.at == data.len()
}

impl<'a> Drawing<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Drawing { data, at: 0, marks: Vec::new(), noisy: false }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.data.get(self.at..).unwrap_or_default()
    }

    pub(super) fn advance(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.data.len());
    }

    /// The next operator that draws.
    pub(super) fn next_act(&mut self) -> Option<Act> {
        let mut operands = Vec::new();
        loop {
            match self.piece() {
                Piece::Operand(operand) => operands.push(operand),
                Piece::EndOfList | Piece::Stray => self.noisy = true,
                Piece::End => {
                    self.noisy |= !operands.is_empty();
                    return None;
                }
                Piece::Operator(_) if operands.len() > MOST_OPERANDS => {
                    self.noisy = true;
                    // Equal to no act of a copy.
                    return Some(Act { operator: Vec::new(), operands });
                }
                Piece::Operator(operator) => {
                    if let Some(act) = self.act(operator, std::mem::take(&mut operands)) {
                        return Some(act);
                    }
                }
            }
        }
    }

    fn act(&mut self, operator: Vec<u8>, mut operands: Vec<Operand>) -> Option<Act> {
        match operator.as_slice() {
            b"BI" => return Some(Act { operator, operands: Vec::new() }),
            b"BDC" => {
                let layer = matches!(operands.as_slice(),
                    [.., Operand::Name(tag), Operand::Name(_)] if tag == b"OC");
                self.marks.push(layer);
                self.noisy |= !layer;
                let from = operands.len().saturating_sub(2);
                return layer.then(|| Act { operator, operands: operands.split_off(from) });
            }
            b"BMC" => {
                self.marks.push(false);
                self.noisy = true;
                return None;
            }
            b"EMC" => {
                let layer = self.marks.pop() == Some(true);
                self.noisy |= !layer;
                return layer.then(|| Act { operator, operands: Vec::new() });
            }
            _ => {}
        }
        let known = DRAWING.iter().find(|(name, _)| *name == operator);
        let fits = known.is_some_and(|(_, count)| {
            let count = count.unwrap_or(operands.len());
            let surplus = operands.len().checked_sub(count);
            self.noisy |= surplus != Some(0);
            surplus.is_some_and(|surplus| {
                operands.drain(..surplus);
                types_fit(&operator, &operands)
            })
        });
        self.noisy |= !fits;
        fits.then_some(Act { operator, operands })
    }

    pub(super) fn piece(&mut self) -> Piece {
        self.skip_blank();
        let Some((&first, rest)) = self.rest().split_first() else { return Piece::End };
        match (first, rest.first()) {
            (b'/', _) => Piece::Operand(Operand::Name(self.name())),
            (b'(', _) => Piece::Operand(Operand::Text(self.text())),
            (b'<', Some(b'<')) => {
                self.at += 2;
                self.map()
            }
            (b'<', _) => Piece::Operand(Operand::Text(self.hex())),
            (b'>', Some(b'>')) => {
                self.at += 2;
                Piece::Stray
            }
            (b'[', _) => {
                self.at += 1;
                self.list()
            }
            (b']', _) => {
                self.at += 1;
                Piece::EndOfList
            }
            (b'>' | b')', _) => {
                self.noisy = true;
                self.at += 1;
                Piece::Stray
            }
            (b'{' | b'}', _) => {
                self.at += 1;
                Piece::Operator(vec![first])
            }
            (b'0'..=b'9' | b'+' | b'-' | b'.', _) => Piece::Operand(self.number()),
            _ => self.bare(),
        }
    }

    fn skip_blank(&mut self) {
        while let Some(&byte) = self.rest().first() {
            if byte == b'%' {
                self.noisy = true;
                let rest = self.rest();
                let line = rest.iter().position(|byte| b"\r\n".contains(byte));
                self.at += line.unwrap_or(rest.len());
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn bare(&mut self) -> Piece {
        let rest = self.rest();
        let length = rest.iter().position(|byte| ends_word(*byte)).unwrap_or(rest.len());
        self.at += length;
        match rest.get(..length).unwrap_or_default() {
            b"true" => Piece::Operand(Operand::Flag(true)),
            b"false" => Piece::Operand(Operand::Flag(false)),
            b"null" => Piece::Operand(Operand::Other),
            word => Piece::Operator(word.to_vec()),
        }
    }

    /// Digits, one point, and behind the point stray minus signs, which count for
    /// nothing.
    fn number(&mut self) -> Operand {
        let mut text = String::new();
        let mut point = false;
        for (index, &byte) in self.rest().iter().enumerate() {
            let sign = index == 0 && b"+-".contains(&byte);
            let first_point = byte == b'.' && !point;
            let stray = byte == b'-' && point;
            if !(sign || first_point || stray || byte.is_ascii_digit()) {
                break;
            }
            point |= first_point;
            if !stray {
                text.push(char::from(byte));
            }
            self.at += 1;
        }
        Operand::Number(text.parse().unwrap_or(0.0))
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let rest = self.rest();
        let length = rest.iter().position(|byte| ends_word(*byte)).unwrap_or(rest.len());
        self.at += length;
        let raw = rest.get(..length).unwrap_or_default();
        let mut name = Vec::new();
        let mut index = 0;
        while let Some(&byte) = raw.get(index) {
            let pair =
                raw.get(index + 1..index + 3).and_then(|pair| std::str::from_utf8(pair).ok());
            let decoded = pair
                .filter(|pair| byte == b'#' && pair.bytes().all(|b| b.is_ascii_hexdigit()))
                .and_then(|pair| u8::from_str_radix(pair, 16).ok());
            name.push(decoded.unwrap_or(byte));
            index += if decoded.is_some() { 3 } else { 1 };
        }
        name
    }

    fn text(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut depth = 1;
        while let Some(&byte) = self.rest().first() {
            self.at += 1;
            match byte {
                b'\\' => self.escaped(&mut text),
                b'\r' => {
                    if self.rest().first() == Some(&b'\n') {
                        self.at += 1;
                    }
                    text.push(b'\n');
                }
                b')' if depth == 1 => return text,
                _ => {
                    depth += i32::from(byte == b'(') - i32::from(byte == b')');
                    text.push(byte);
                }
            }
        }
        text
    }

    fn escaped(&mut self, text: &mut Vec<u8>) {
        let rest = self.rest();
        let octal = rest.iter().take(3).take_while(|byte| (b'0'..=b'7').contains(*byte)).count();
        if octal > 0 {
            let value = rest.iter().take(octal).fold(0u32, |v, b| v * 8 + u32::from(b - b'0'));
            text.push(value.to_le_bytes()[0]);
            self.at += octal;
            return;
        }
        let Some(&byte) = rest.first() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(0x08),
            b'f' => text.push(0x0c),
            b'\n' => {}
            b'\r' => self.at += usize::from(rest.get(1) == Some(&b'\n')),
            other => text.push(other),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let rest = self.rest();
        let length = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
        self.at = (self.at + length + 1).min(self.data.len());
        let mut digits: Vec<u8> = rest
            .iter()
            .take(length)
            .filter_map(|byte| char::from(*byte).to_digit(16))
            .filter_map(|digit| u8::try_from(digit).ok())
            .collect();
        if digits.len() % 2 == 1 {
            digits.push(0);
        }
        digits
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |value, digit| value << 4 | digit))
            .collect()
    }

    fn list(&mut self) -> Piece {
        let mut items = Vec::new();
        loop {
            self.skip_blank();
            // Brackets inside count for nothing: whoever nests them a million deep
            // must not make us call ourselves a million times.
            let nested = match self.rest() {
                [b'>', b'>', ..] => 2,
                [b'[', ..] => 1,
                _ => 0,
            };
            if nested > 0 {
                self.noisy = true;
                self.at += nested;
                continue;
            }
            match self.piece() {
                Piece::Operand(operand) => items.push(operand),
                Piece::EndOfList | Piece::End => return Piece::Operand(Operand::List(items)),
                Piece::Operator(_) | Piece::Stray => self.noisy = true,
            }
        }
    }

    /// A map draws nothing, but says how the data of a picture are to be read. What is
    /// nested in it is passed over.
    fn map(&mut self) -> Piece {
        self.noisy = true;
        let mut entries = Header::new();
        let mut key = None;
        let mut open = 1;
        while open > 0 {
            self.skip_blank();
            match self.rest() {
                [] => break,
                [b'<', b'<', ..] => {
                    self.at += 2;
                    open += 1;
                }
                [b'>', b'>', ..] => {
                    self.at += 2;
                    open -= 1;
                }
                [b'[' | b']', ..] => self.at += 1,
                _ => match (self.piece(), key.take()) {
                    (Piece::Operand(value), Some(key)) if open == 1 => entries.push((key, value)),
                    (Piece::Operand(Operand::Name(name)), None) if open == 1 => key = Some(name),
                    _ => {}
                },
            }
        }
        Piece::Operand(Operand::Map(entries))
    }

    /// The header of a picture inside the drawing, up to its data.
    pub(super) fn picture_header(&mut self) -> Option<Header> {
        let mut header = Vec::new();
        loop {
            match self.piece() {
                Piece::Operator(word) if word == b"ID" => break,
                Piece::Operand(Operand::Name(key)) => match self.piece() {
                    Piece::Operand(value) => header.push((key, value)),
                    _ => return None,
                },
                Piece::End => return None,
                _ => {}
            }
        }
        match self.rest() {
            [b'\r', b'\n', ..] => self.at += 2,
            [byte, ..] if is_blank(*byte) => self.at += 1,
            _ => {}
        }
        Some(header)
    }

    /// A picture of the copy: its data are letters, and an end that cannot be missed.
    pub(super) fn plain_picture(&mut self) -> Option<(Header, &'a [u8])> {
        const KEYS: [&[u8]; 9] = [b"BPC", b"CS", b"D", b"DP", b"F", b"H", b"I", b"IM", b"W"];
        let was_noisy = self.noisy;
        let header = self.picture_header()?;
        // Parameters of a fax are a map, which is no noise here.
        self.noisy = was_noisy;
        let rest = self.rest();
        let length = rest.windows(2).position(|pair| pair == b"~>")?;
        let data = rest.get(..length)?;
        let letters = data.iter().all(|byte| (b'!'..=b'u').contains(byte) || *byte == b'z');
        let known = header.iter().all(|(key, _)| KEYS.contains(&key.as_slice()));
        self.at += length + 2;
        (letters && known && self.rest().starts_with(b"\nEI\n")).then(|| self.at += 4)?;
        Some((header, data))
    }
}

/// A calculator (7.10.5) as its words and numbers.
pub(super) fn calculator(data: &[u8]) -> Option<Vec<Operand>> {
    let mut drawing = Drawing::new(data);
    let mut words = Vec::new();
    loop {
        words.push(match drawing.piece() {
            Piece::Operand(operand) => operand,
            Piece::Operator(word) => Operand::Name(word),
            Piece::EndOfList | Piece::Stray => return None,
            Piece::End => return Some(words),
        });
    }
}

/// The words of a program up to one of them, and what stands behind that.
pub(super) fn words_up_to<'a>(data: &'a [u8], last: &[u8]) -> Option<(Vec<Operand>, &'a [u8])> {
    let mut drawing = Drawing::new(data);
    let mut words = Vec::new();
    loop {
        match drawing.piece() {
            Piece::Operand(operand) => words.push(operand),
            Piece::Operator(word) if word == last => return Some((words, drawing.rest())),
            Piece::Operator(word) => words.push(Operand::Word(word)),
            Piece::EndOfList | Piece::Stray => {}
            Piece::End => return None,
        }
    }
}

/// Viewers skip an operator whose operands are of the wrong type.
fn types_fit(operator: &[u8], operands: &[Operand]) -> bool {
    let is = |index: usize, kind: fn(&Operand) -> bool| operands.get(index).is_some_and(kind);
    let number = |operand: &Operand| matches!(operand, Operand::Number(_));
    let text = |operand: &Operand| matches!(operand, Operand::Text(_));
    let name = |operand: &Operand| matches!(operand, Operand::Name(_));
    let list = |operand: &Operand| matches!(operand, Operand::List(_));
    match operator {
        b"Tj" | b"'" => is(0, text),
        b"\"" => is(0, number) && is(1, number) && is(2, text),
        b"TJ" => is(0, list),
        b"d" => is(0, list) && is(1, number),
        b"Tf" => is(0, name) && is(1, number),
        b"Tr" => is(
            0,
            |mode| matches!(mode, Operand::Number(mode) if mode.fract() == 0.0 && (0.0..8.0).contains(mode)),
        ),
        b"CS" | b"cs" | b"Do" | b"gs" | b"ri" | b"sh" => is(0, name),
        b"SC" | b"SCN" | b"sc" | b"scn" => {
            !operands.is_empty() && operands.iter().all(|operand| number(operand) || name(operand))
        }
        _ => operands.iter().all(number),
    }
}
