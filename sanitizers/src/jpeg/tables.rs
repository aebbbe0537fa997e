//! Quantisation and Huffman tables (T.81, B.2.4).

use crate::Refusal;
use crate::refusal::Damage;

const LENGTH: Refusal = Refusal::Damaged(Damage::Length);
const VALUE: Refusal = Refusal::Damaged(Damage::Value);

/// One table as it stands in its segment, with the byte that names it in front.
pub(super) type Table = Vec<u8>;

/// Splits a DQT segment into tables, each with its number from 0 to 3.
pub(super) fn quantisation(mut body: &[u8]) -> Result<Vec<(u8, Table)>, Refusal> {
    let mut tables = Vec::new();
    while let Some(&name) = body.first() {
        let (precision, number) = (name >> 4, name & 0x0F);
        if precision > 1 || number > 3 {
            return Err(VALUE);
        }
        let length = 1 + 64 * (1 + usize::from(precision));
        let (table, rest) = body.split_at_checked(length).ok_or(LENGTH)?;
        tables.push((number, table.to_vec()));
        body = rest;
    }
    Ok(tables)
}

/// Splits a DHT segment into tables; the name is class (0 DC, 1 AC) and number.
pub(super) fn huffman(mut body: &[u8]) -> Result<Vec<(u8, Table)>, Refusal> {
    let mut tables = Vec::new();
    while let Some(&name) = body.first() {
        if name >> 4 > 1 || name & 0x0F > 3 {
            return Err(VALUE);
        }
        let counts = body.get(1..17).ok_or(LENGTH)?;
        let symbols: usize = counts.iter().map(|&count| usize::from(count)).sum();
        if symbols > 256 || oversubscribed(counts) {
            return Err(VALUE);
        }
        let (table, rest) = body.split_at_checked(17 + symbols).ok_or(LENGTH)?;
        tables.push((name, table.to_vec()));
        body = rest;
    }
    Ok(tables)
}

/// A Huffman table without what its unused codes mean: those between used ones keep
/// their place, or others would change, and mean nought; those behind the last are gone.
pub(super) fn without_unused(table: &[u8], used: &[bool]) -> Table {
    let kept = used.iter().rposition(|used| *used).map_or(1, |last| last + 1);
    let mut out = table.get(..1).unwrap_or_default().to_vec();
    let mut left = kept;
    for count in table.get(1..17).unwrap_or_default() {
        let count = left.min(usize::from(*count));
        left -= count;
        out.push(u8::try_from(count).unwrap_or_default());
    }
    let symbols = table.get(17..).unwrap_or_default().iter().take(kept);
    out.extend(symbols.zip(used).map(|(symbol, used)| if *used { *symbol } else { 0 }));
    out
}

/// More codes of a length than there can be: decoders read past such a table.
fn oversubscribed(counts: &[u8]) -> bool {
    let mut free: u32 = 1;
    counts.iter().any(|&count| {
        free = (free * 2).min(1 << 16);
        let taken = u32::from(count) > free;
        free = free.saturating_sub(u32::from(count));
        taken
    })
}
