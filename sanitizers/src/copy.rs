//! A copy that nobody has verified yet.
//!
//! What a cleaner returns is no stream of bytes but a list of pieces: bytes that it wrote
//! itself, and ranges of the original that stay as they are. So a film of half a
//! gigabyte is described in a few megabytes, and its samples are read only while they are
//! compared and handed over.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use crate::{Kind, ReadSeek, Refusal};

/// What a copy is made of.
#[derive(Debug)]
enum Piece {
    /// Bytes that the cleaner wrote.
    Ours(Vec<u8>),
    /// Bytes of the original, by their place in it.
    Original(Range<u64>),
}

impl Piece {
    fn length(&self) -> u64 {
        match self {
            Piece::Ours(bytes) => bytes.len() as u64,
            Piece::Original(range) => range.end.saturating_sub(range.start),
        }
    }
}

/// A copy that nobody has verified yet, and the format it is in.
#[derive(Debug)]
pub(crate) struct Copy {
    kind: Kind,
    pieces: Vec<Piece>,
    /// Where each piece ends in the copy.
    ends: Vec<u64>,
}

impl Copy {
    /// A copy of no bytes.
    pub(crate) fn new(kind: Kind) -> Copy {
        Copy { kind, pieces: Vec::new(), ends: Vec::new() }
    }

    /// A copy that the cleaner wrote itself, every byte.
    pub(crate) fn of(kind: Kind, bytes: Vec<u8>) -> Copy {
        let mut copy = Copy::new(kind);
        copy.write(bytes);
        copy
    }

    /// The format, which may be another one than that of the original.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Bytes of the copy.
    pub(crate) fn length(&self) -> u64 {
        self.ends.last().copied().unwrap_or_default()
    }

    /// Goes on with bytes of ours.
    pub(crate) fn write(&mut self, bytes: Vec<u8>) {
        if let Some(Piece::Ours(last)) = self.pieces.last_mut()
            && let Some(end) = self.ends.last_mut()
        {
            *end = end.saturating_add(bytes.len() as u64);
            last.extend(bytes);
            return;
        }
        self.push(Piece::Ours(bytes));
    }

    /// Goes on with the pieces of another one.
    pub(crate) fn append(&mut self, other: Copy) {
        for piece in other.pieces {
            match piece {
                Piece::Ours(bytes) => self.write(bytes),
                Piece::Original(range) => self.take(range),
            }
        }
    }

    /// The same pieces under the name of another format.
    pub(crate) fn of_kind(self, kind: Kind) -> Copy {
        Copy { kind, ..self }
    }

    /// Goes on with a range of the original.
    pub(crate) fn take(&mut self, range: Range<u64>) {
        if let Some(Piece::Original(last)) = self.pieces.last_mut()
            && last.end == range.start
            && let Some(end) = self.ends.last_mut()
        {
            *end = end.saturating_add(range.end.saturating_sub(range.start));
            last.end = range.end;
            return;
        }
        self.push(Piece::Original(range));
    }

    /// Puts bytes of ours in front of all: an index is known only when its samples are.
    pub(crate) fn put_in_front(&mut self, bytes: Vec<u8>) {
        let length = bytes.len() as u64;
        if length > 0 {
            self.ends.iter_mut().for_each(|end| *end = end.saturating_add(length));
            // Of a long film they are many: no room is made for more.
            self.ends.reserve_exact(1);
            self.pieces.reserve_exact(1);
            self.ends.insert(0, length);
            self.pieces.insert(0, Piece::Ours(bytes));
        }
    }

    fn push(&mut self, piece: Piece) {
        let length = piece.length();
        if length > 0 {
            self.ends.push(self.length().saturating_add(length));
            self.pieces.push(piece);
        }
    }

    /// All bytes, if the cleaner wrote them itself in one piece.
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match self.pieces.as_slice() {
            [] => Some(&[]),
            [Piece::Ours(bytes)] => Some(bytes),
            _ => None,
        }
    }

    /// All bytes, with those of the original read from it.
    pub(crate) fn into_bytes(mut self, original: &mut dyn ReadSeek) -> Result<Vec<u8>, Refusal> {
        if let (1, Some(Piece::Ours(_))) = (self.pieces.len(), self.pieces.first())
            && let Some(Piece::Ours(bytes)) = self.pieces.pop()
        {
            return Ok(bytes);
        }
        let mut bytes = Vec::new();
        self.reader(original).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
        Ok(bytes)
    }

    /// The copy as something that can be read from any position.
    pub(crate) fn reader<'a>(&'a self, original: &'a mut dyn ReadSeek) -> Reader<'a> {
        Reader { copy: self, original, position: 0 }
    }
}

/// Reads a copy as if it were whole.
pub(crate) struct Reader<'a> {
    copy: &'a Copy,
    original: &'a mut dyn ReadSeek,
    position: u64,
}

impl Read for Reader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let number = self.copy.ends.partition_point(|&end| end <= self.position);
        let (Some(piece), Some(end)) = (self.copy.pieces.get(number), self.copy.ends.get(number))
        else {
            return Ok(0);
        };
        let within = self.position - (end - piece.length());
        let left = usize::try_from(end - self.position).unwrap_or(usize::MAX);
        let room = buffer.len().min(left);
        let Some(buffer) = buffer.get_mut(..room) else { return Ok(0) };
        let read = match piece {
            Piece::Ours(bytes) => {
                let from = usize::try_from(within).map_err(io::Error::other)?;
                bytes.get(from..).unwrap_or_default().read(buffer)?
            }
            Piece::Original(range) => {
                self.original.seek(SeekFrom::Start(range.start + within))?;
                self.original.read(buffer)?
            }
        };
        if read == 0 && room > 0 {
            // The range lies behind the end of the original.
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.position += read as u64;
        Ok(read)
    }
}

impl Seek for Reader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(distance) => self.copy.length().checked_add_signed(distance),
            SeekFrom::Current(distance) => self.position.checked_add_signed(distance),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn mixed() -> Copy {
        let mut copy = Copy::new(Kind::Text);
        copy.write(b"one ".to_vec());
        copy.take(4..6);
        copy.take(6..8);
        copy.write(Vec::new());
        copy.write(b" three".to_vec());
        copy
    }

    #[test]
    fn pieces_read_as_one_from_any_position() {
        let mut original = Cursor::new(b"0123two 89".to_vec());
        let copy = mixed();
        let whole = b"one two  three";
        assert_eq!(copy.length(), whole.len() as u64);
        for start in 0..whole.len() {
            let mut reader = copy.reader(&mut original);
            reader.seek(SeekFrom::Start(start as u64)).unwrap();
            let mut rest = Vec::new();
            reader.read_to_end(&mut rest).unwrap();
            assert_eq!(rest, whole[start..]);
        }
        assert_eq!(copy.bytes(), None, "a part of it is not ours");
        assert_eq!(copy.into_bytes(&mut original).unwrap(), whole);
    }

    #[test]
    fn what_is_put_in_front_moves_all_that_follows() {
        let mut copy = mixed();
        copy.put_in_front(b"zero ".to_vec());
        copy.put_in_front(Vec::new());
        let mut original = Cursor::new(b"0123two 89".to_vec());
        assert_eq!(copy.length(), 19);
        assert_eq!(copy.into_bytes(&mut original).unwrap(), b"zero one two  three");
    }

    #[test]
    fn a_range_behind_the_end_of_the_original_is_an_error() {
        let mut copy = Copy::new(Kind::Text);
        copy.take(2..9);
        assert_eq!(copy.into_bytes(&mut Cursor::new(b"0123".to_vec())), Err(Refusal::Internal));
    }
}
