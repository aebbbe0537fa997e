//! From pages to packets: the one sound of each recording.

use std::borrow::Cow;

use super::page::{Page, Pages};
use super::{ASIDE, CODINGS};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Change, Limits, Notes, Refusal};

/// Packets of all recordings together: those of the longest ones we take have a million.
const MOST_PACKETS: usize = 2_000_000;
/// Positions are below this; it is enough for a century.
const MOST_POSITION: u64 = 1 << 48;
/// The position of a page that says none.
pub(super) const NOWHERE: u64 = u64::MAX;

/// A packet, and where pages end in and behind it.
#[derive(Debug, Default)]
pub(super) struct Packet<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// Bytes of the packet in front of the end of a page, and the position of that page if
    /// another packet ends on it.
    pub(super) cuts: Vec<(usize, Option<u64>)>,
    /// The position of the page that ends behind the packet, if one does.
    pub(super) end: Option<u64>,
}

/// A recording.
pub(super) struct Link<'a> {
    /// The first bytes of its sound.
    pub(super) coding: &'static [u8],
    pub(super) packets: Vec<Packet<'a>>,
    serial: u32,
    /// A packet that has not ended yet.
    open: Option<Packet<'a>>,
    ended: bool,
}

/// The recordings of a file, one behind the other.
pub(super) fn links<'a>(
    file: &'a [u8],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<Link<'a>>, Refusal> {
    let mut pages = Pages::new(file, notes);
    let (mut links, mut now, mut aside) = (Vec::new(), None::<Link>, Vec::new());
    let (mut begins, mut packets) = (true, 0);
    while let Some(page) = pages.next(notes)? {
        if page.first && !begins {
            close(now.take(), &mut links, notes)?;
            aside.clear();
        }
        begins = page.first;
        if page.first {
            match coding(&page, notes)? {
                Some(_) if now.is_some() => return Err(Refusal::Feature(Feature::Codec)),
                Some(coding) => now = Some(Link::new(coding, page.serial)),
                None => aside.push(page.serial),
            }
        }
        match &mut now {
            Some(link) if link.serial == page.serial => {
                let before = link.packets.len();
                link.add(&page, notes)?;
                packets += link.packets.len() - before;
            }
            _ if aside.contains(&page.serial) => {}
            _ => notes.found(Category::StrayBytes),
        }
        if packets > MOST_PACKETS || aside.len() > limits.depth as usize {
            return Err(Refusal::Limit(Limit::Parts));
        }
    }
    close(now, &mut links, notes)?;
    Ok(links)
}

/// How a stream is coded, if it is sound; nothing if it is one to leave out.
fn coding(page: &Page, notes: &mut Notes) -> Result<Option<&'static [u8]>, Refusal> {
    let parts = page.parts();
    let (head, _) = parts.first().copied().unwrap_or_default();
    let all = CODINGS.allowed.iter().chain(CODINGS.forbidden);
    if let Some(mark) = all.into_iter().find(|mark| head.starts_with(mark) && CODINGS.allows(mark))
    {
        return Ok(Some(mark));
    }
    let aside = ASIDE.iter().find(|(mark, _)| head.starts_with(mark));
    let (_, category) = aside.ok_or(Refusal::Feature(Feature::Codec))?;
    notes.found(*category);
    if *category == Category::Descriptions {
        notes.changed(Change::MultimediaRemoved);
    }
    Ok(None)
}

fn close<'a>(
    link: Option<Link<'a>>,
    links: &mut Vec<Link<'a>>,
    notes: &mut Notes,
) -> Result<(), Refusal> {
    let mut link = link.ok_or(Refusal::Damaged(Damage::Missing))?;
    link.give_up(notes);
    link.check_positions()?;
    links.push(link);
    Ok(())
}

impl<'a> Link<'a> {
    fn new(coding: &'static [u8], serial: u32) -> Self {
        Link { coding, packets: Vec::new(), serial, open: None, ended: false }
    }

    /// Goes on with a page.
    fn add(&mut self, page: &Page<'a>, notes: &mut Notes) -> Result<(), Refusal> {
        if self.ended {
            return Err(Refusal::Damaged(Damage::Order));
        }
        self.ended = page.last;
        if !page.continued {
            self.give_up(notes);
        }
        // The first half of it is lost; so is it.
        let mut headless = page.continued && self.open.is_none();
        let mut position = None;
        for (part, ends) in page.parts() {
            if headless {
                notes.found(Category::StrayBytes);
                headless = !ends;
                continue;
            }
            let mut packet = self.open.take().unwrap_or_default();
            if packet.bytes.is_empty() {
                packet.bytes = Cow::Borrowed(part);
            } else {
                packet.bytes.to_mut().extend(part);
            }
            if ends {
                position = Some(page.position);
                self.packets.push(packet);
            } else {
                packet.cuts.push((packet.bytes.len(), position));
                self.open = Some(packet);
            }
        }
        if self.open.is_none() {
            self.end_page(position);
        }
        Ok(())
    }

    /// A page ends behind the last packet.
    fn end_page(&mut self, position: Option<u64>) {
        if let Some(last) = self.packets.last_mut() {
            last.end = last.end.or(position);
        }
    }

    /// Leaves out a packet whose end never came.
    fn give_up(&mut self, notes: &mut Notes) {
        let Some(packet) = self.open.take() else { return };
        notes.found(Category::StrayBytes);
        self.end_page(packet.cuts.first().and_then(|&(_, position)| position));
    }

    /// Time goes on from page to page.
    fn check_positions(&self) -> Result<(), Refusal> {
        let all = self.packets.iter().flat_map(|packet| {
            let cuts = packet.cuts.iter().filter_map(|&(_, position)| position);
            cuts.chain(packet.end)
        });
        let mut last = 0;
        for position in all.filter(|&position| position != NOWHERE) {
            if position < last || position >= MOST_POSITION {
                return Err(Refusal::Damaged(Damage::Order));
            }
            last = position;
        }
        Ok(())
    }
}
