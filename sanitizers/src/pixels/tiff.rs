//! Pages of a clean TIFF. The decoder knows the first one only, so the file is turned to the
//! page that is wanted; all structures stand where our own writer puts them.

use crate::refusal::{Damage, Limit};
use crate::{Limits, Refusal};

/// Where the place of the first directory stands.
const FIRST: usize = 4;
/// Bytes of an entry.
const ENTRY: usize = 12;
/// Dots to the inch, across and down; the bytes of a number, and of a fraction.
const DOTS: [u16; 2] = [282, 283];

/// Where the directory of each page is.
pub(crate) fn pages(clean: &[u8], limits: &Limits) -> Result<Vec<u32>, Refusal> {
    let mut pages = Vec::new();
    let mut place = word(clean, FIRST)?;
    while place != 0 {
        // Each lies behind the one before, so there is an end.
        if pages.last().is_some_and(|&last| last >= place) {
            return Err(Refusal::Damaged(Damage::Order));
        }
        pages.push(place);
        if pages.len() as u64 > u64::from(limits.pages) {
            return Err(Refusal::Limit(Limit::Pages));
        }
        let (first, count) = entries(clean, place)?;
        place = word(clean, first + count * ENTRY)?;
    }
    Ok(pages)
}

/// Makes a page the first one.
pub(crate) fn turn_to(clean: &mut [u8], page: u32) -> Result<(), Refusal> {
    let link = clean.get_mut(FIRST..FIRST + 4).ok_or(Refusal::Truncated)?;
    link.copy_from_slice(&page.to_le_bytes());
    Ok(())
}

/// Dots to the inch, across and down, if a page says so.
pub(crate) fn dots(clean: &[u8], page: u32) -> Result<Option<[u32; 2]>, Refusal> {
    let (first, count) = entries(clean, page)?;
    let mut found = DOTS.map(|_| None);
    for number in 0..count {
        let at = first + number * ENTRY;
        let tag = half(clean, at)?;
        for (wanted, found) in DOTS.iter().zip(&mut found) {
            if *wanted == tag {
                let fraction = usize::try_from(word(clean, at + 8)?);
                *found = Some(word(clean, fraction.map_err(|_| Refusal::Truncated)?)?);
            }
        }
    }
    let [across, down] = found;
    Ok(across.zip(down).filter(|&(across, down)| across > 0 && down > 0).map(<[u32; 2]>::from))
}

/// Where the entries of a directory begin, and how many there are.
fn entries(clean: &[u8], page: u32) -> Result<(usize, usize), Refusal> {
    let page = usize::try_from(page).map_err(|_| Refusal::Truncated)?;
    Ok((page + 2, usize::from(half(clean, page)?)))
}

fn half(clean: &[u8], at: usize) -> Result<u16, Refusal> {
    let bytes = clean.get(at..).and_then(<[u8]>::first_chunk).ok_or(Refusal::Truncated)?;
    Ok(u16::from_le_bytes(*bytes))
}

fn word(clean: &[u8], at: usize) -> Result<u32, Refusal> {
    let bytes = clean.get(at..).and_then(<[u8]>::first_chunk).ok_or(Refusal::Truncated)?;
    Ok(u32::from_le_bytes(*bytes))
}
