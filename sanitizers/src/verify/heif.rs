//! Says whether a clean HEIC or AVIF is canonical and shows what the original shows.
//!
//! The items of the copy are read, checked one by one, and written again by the rules of
//! the form: the copy must be those bytes. Then both files are followed from the picture
//! that is shown to all that it is made of. At each step the item of the copy must be of the
//! same type, hold the same coded units, have the same size, be turned, mirrored and cut in
//! the same order, and be made of as many others. Nothing is decoded.

mod form;
mod list;
pub(super) mod property;
pub(super) mod sequence;
mod units;

use std::collections::BTreeMap;
use std::io::{Read, SeekFrom};

use crate::{Limits, ReadSeek, Refusal};
use list::{Item, List};

/// Items that may be in a copy.
const IMAGES: [[u8; 4]; 5] = [*b"hvc1", *b"av01", *b"grid", *b"iden", *b"iovl"];

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    original.seek(SeekFrom::Start(0)).map_err(|_| Refusal::Internal)?;
    let mut bytes = Vec::new();
    original.take(limits.input_bytes).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
    check(&bytes, clean, limits).ok_or(Refusal::Verification)
}

fn check(original: &[u8], clean: &[u8], limits: &Limits) -> Option<()> {
    let most = limits.output_bytes(original.len() as u64).saturating_mul(2);
    let ours = List::read(clean, most)?;
    (form::of(&ours)? == clean).then_some(())?;
    let theirs = List::read(original, most)?;
    let mut pairs = BTreeMap::from([(1, (theirs.primary, Role::Shown))]);
    let mut waiting = vec![1];
    while let Some(number) = waiting.pop() {
        let (other, role) = *pairs.get(&number)?;
        let (our, their) = (ours.items.get(&number)?, theirs.items.get(&other)?);
        for (more, pair) in followed((number, our, &ours), (other, their, &theirs), role)? {
            match pairs.insert(more, pair) {
                None => waiting.push(more),
                known => (known == Some(pair)).then_some(())?,
            }
        }
        is_clean(our, role)?;
        same(our, their)?;
    }
    // No item of the copy is there for nothing, and none stands for two.
    let mut others: Vec<_> = pairs.values().map(|(other, _)| other).collect();
    others.sort_unstable();
    others.dedup();
    (pairs.len() == ours.items.len() && others.len() == pairs.len()).then_some(())
}

/// What an item is there for.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Shown,
    Input,
    Alpha,
    InputOfAlpha,
}

/// A number of the copy, with one of the original, that must be the same thing.
type Pair = (u32, (u32, Role));

/// The pairs that two items lead to.
fn followed(
    (number, our, ours): (u32, &Item, &List),
    (other, their, theirs): (u32, &Item, &List),
    role: Role,
) -> Option<Vec<Pair>> {
    let of_alpha = matches!(role, Role::Alpha | Role::InputOfAlpha);
    let (inputs, others) = (our.targets(*b"dimg"), their.targets(*b"dimg"));
    (inputs.len() == others.len()).then_some(())?;
    let role = if of_alpha { Role::InputOfAlpha } else { Role::Input };
    let mut pairs: Vec<Pair> =
        inputs.iter().zip(others).map(|(&one, &other)| (one, (other, role))).collect();
    if of_alpha {
        our.targets(*b"prem").is_empty().then_some(())?;
        return Some(pairs);
    }
    let (alpha, their_alpha) = (ours.alpha(number), theirs.alpha(other));
    (alpha.is_some() == their_alpha.is_some()).then_some(())?;
    let multiplied = their_alpha.is_some_and(|alpha| their.targets(*b"prem").contains(&alpha));
    let expected = alpha.filter(|_| multiplied).into_iter().collect::<Vec<_>>();
    (our.targets(*b"prem") == expected).then_some(())?;
    pairs.extend(alpha.zip(their_alpha).map(|(one, other)| (one, (other, Role::Alpha))));
    Some(pairs)
}

/// Whether an item of the copy has nothing that it may not have.
fn is_clean(item: &Item, role: Role) -> Option<()> {
    let hidden = matches!(role, Role::Input | Role::InputOfAlpha);
    let names: Vec<_> = item.references.iter().map(|one| one.0).collect();
    let order = [*b"dimg", *b"auxl", *b"prem"];
    let mut places = order.iter();
    let fits = names.iter().all(|name| places.any(|one| one == name))
        && item.references.iter().all(|(_, to)| !to.is_empty())
        && item.targets(*b"auxl").is_sorted()
        && item.flags == u32::from(hidden)
        && (role == Role::Alpha) == names.contains(b"auxl")
        && (role == Role::Alpha) == item.property(*b"auxC").is_some()
        && (IMAGES.contains(&item.kind));
    (fits && property::are_canonical(&item.properties)).then_some(())
}

/// Whether both show the same.
fn same(our: &Item, their: &Item) -> Option<()> {
    (our.kind == their.kind).then_some(())?;
    (property::shown(&our.properties)? == property::shown(&their.properties)?).then_some(())?;
    property::is_profile_issued(our, their).then_some(())?;
    match &our.kind {
        b"hvc1" => {
            let config = |item: &Item| item.property(*b"hvcC").unwrap_or_default().to_vec();
            let (ours, theirs) = (config(our), config(their));
            units::same_hevc((&their.data, &theirs), (&our.data, &ours))
        }
        b"av01" => {
            let (ours, theirs) = (our.property(*b"av1C")?, their.property(*b"av1C")?);
            (ours.get(..3)? == theirs.get(..3)? && ours.get(3..)? == [0]).then_some(())?;
            units::same_av1(&their.data, &our.data)
        }
        b"iden" => (our.data.is_empty() && our.targets(*b"dimg").len() == 1).then_some(()),
        _ => property::same_plan(our, their),
    }
}

#[cfg(test)]
mod tests;
