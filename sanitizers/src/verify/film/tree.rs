//! A box as a place in a tree: boxes are found by their path.

/// What is in a box.
#[derive(Clone, Copy)]
pub(in crate::verify) struct Tree<'a>(pub(in crate::verify) &'a [u8]);

/// Boxes of one row; more is a film that we did not accept.
const MOST: usize = 20_000;

impl<'a> Tree<'a> {
    /// The boxes inside, by their names, from a byte on.
    pub(super) fn row(self, from: usize) -> Option<Vec<([u8; 4], Tree<'a>)>> {
        let mut all = Vec::new();
        let mut rest = self.0.get(from..)?;
        while let Some((head, behind)) = rest.split_first_chunk::<8>() {
            let (size, name) = head.split_at_checked(4)?;
            let short = u32::from_be_bytes(size.try_into().ok()?);
            let (inside, used) = if short == 1 {
                let (long, behind) = behind.split_first_chunk::<8>()?;
                (behind, usize::try_from(u64::from_be_bytes(*long)).ok()?.checked_sub(16)?)
            } else {
                (behind, (short as usize).checked_sub(8)?)
            };
            let (body, next) = inside.split_at_checked(used)?;
            all.push((name.try_into().ok()?, Tree(body)));
            rest = next;
            if all.len() > MOST {
                return None;
            }
        }
        rest.iter().all(|&byte| byte == 0).then_some(all)
    }

    /// All boxes of this name.
    pub(super) fn all(self, name: [u8; 4]) -> Vec<Tree<'a>> {
        let row = self.row(0).unwrap_or_default();
        row.into_iter().filter(|(one, _)| *one == name).map(|(_, tree)| tree).collect()
    }

    /// The box at the end of a path, if there is just one at each step.
    pub(super) fn at(self, path: &[&[u8; 4]]) -> Option<Tree<'a>> {
        let mut tree = self;
        for name in path {
            match tree.all(**name).as_slice() {
                [one] => tree = *one,
                _ => return None,
            }
        }
        Some(tree)
    }

    /// Bytes from a place on.
    pub(super) fn bytes<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..at.checked_add(N)?)?.try_into().ok()
    }

    pub(super) fn byte(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub(super) fn u16(self, at: usize) -> Option<u16> {
        self.bytes(at).map(u16::from_be_bytes)
    }

    pub(super) fn u32(self, at: usize) -> Option<u32> {
        self.bytes(at).map(u32::from_be_bytes)
    }

    pub(super) fn u64(self, at: usize) -> Option<u64> {
        self.bytes(at).map(u64::from_be_bytes)
    }

    /// A time of four or eight bytes.
    pub(super) fn time(self, at: usize, is_long: bool) -> Option<u64> {
        if is_long { self.u64(at) } else { self.u32(at).map(u64::from) }
    }
}
