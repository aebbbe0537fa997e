//! Pages as we write them.

use super::checksum;
use super::stream::{NOWHERE, Packet};
use crate::Refusal;
use crate::refusal::Limit;

/// Parts of packets that a page can have.
const MOST: usize = 255;
const CONTINUED: u8 = 1;
const FIRST: u8 = 2;
const LAST: u8 = 4;

/// A page that is being filled.
struct Writer<'a> {
    file: &'a mut Vec<u8>,
    serial: u32,
    number: u32,
    sizes: Vec<u8>,
    body: Vec<u8>,
    /// The next page begins with the rest of a packet.
    continued: bool,
}

/// Appends a recording: its headers, and then its sound.
pub(super) fn link(
    serial: u32,
    head: &[Vec<u8>],
    sound: &[Packet],
    file: &mut Vec<u8>,
) -> Result<(), Refusal> {
    let (sizes, body) = (Vec::new(), Vec::new());
    let mut writer = Writer { file, serial, number: 0, sizes, body, continued: false };
    let (first, others) = head.split_first().ok_or(Refusal::Internal)?;
    writer.head(std::slice::from_ref(first))?;
    writer.head(others)?;
    let (last, sound) = sound.split_last().ok_or(Refusal::Internal)?;
    sound.iter().try_for_each(|packet| writer.packet(packet, 0))?;
    writer.packet(last, LAST)
}

impl Writer<'_> {
    /// Headers, on as many pages as they need, and on no page with anything else.
    fn head(&mut self, packets: &[Vec<u8>]) -> Result<(), Refusal> {
        for packet in packets {
            let mut rest = packet.as_slice();
            loop {
                let (part, after) = rest.split_at(rest.len().min(255));
                self.part(part, part.len() < 255);
                rest = after;
                if part.len() < 255 {
                    break;
                }
                if self.sizes.len() == MOST {
                    self.page(if self.ends_one() { 0 } else { NOWHERE }, 0)?;
                    self.continued = true;
                }
            }
            if self.sizes.len() == MOST {
                self.page(0, 0)?;
            }
        }
        if self.sizes.is_empty() { Ok(()) } else { self.page(0, 0) }
    }

    fn ends_one(&self) -> bool {
        self.sizes.iter().any(|&size| size < 255)
    }

    fn packet(&mut self, packet: &Packet, last: u8) -> Result<(), Refusal> {
        let mut from = 0;
        for &(cut, position) in &packet.cuts {
            self.part(packet.bytes.get(from..cut).ok_or(Refusal::Internal)?, false);
            self.page(position.unwrap_or(NOWHERE), 0)?;
            self.continued = true;
            from = cut;
        }
        self.part(packet.bytes.get(from..).ok_or(Refusal::Internal)?, true);
        packet.end.map_or(Ok(()), |position| self.page(position, last))
    }

    fn part(&mut self, part: &[u8], ends: bool) {
        self.sizes.extend(std::iter::repeat_n(255, part.len() / 255));
        if ends {
            self.sizes.push(u8::try_from(part.len() % 255).unwrap_or(0));
        }
        self.body.extend(part);
    }

    fn page(&mut self, position: u64, last: u8) -> Result<(), Refusal> {
        let count = u8::try_from(self.sizes.len()).map_err(|_| Refusal::Internal)?;
        let first = if self.number == 0 { FIRST } else { 0 };
        let continued = if self.continued { CONTINUED } else { 0 };
        let mut head = [&b"OggS\0"[..], &[first | continued | last]].concat();
        head.extend(position.to_le_bytes());
        head.extend(self.serial.to_le_bytes());
        head.extend(self.number.to_le_bytes());
        let behind = [&[count], &*self.sizes].concat();
        let sum = checksum::of(&[0; 4], checksum::of(&head, 0));
        let sum = checksum::of(&self.body, checksum::of(&behind, sum));
        self.file.extend([&head, &sum.to_le_bytes()[..], &behind, &self.body].concat());
        self.number = self.number.checked_add(1).ok_or(Refusal::Limit(Limit::Parts))?;
        self.sizes.clear();
        self.body.clear();
        self.continued = false;
        Ok(())
    }
}
