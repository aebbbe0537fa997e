//! Takes a multipart into its parts (RFC 2046, 5.1.1).

use crate::refusal::{Damage, Limit};
use crate::{Category, Limits, Notes, Refusal};

/// The parts between lines with a boundary.
///
/// A line that only begins like one is a boundary to readers that do not look at its end:
/// such a mail is refused, like one without its end or with parts behind it.
pub(super) fn split<'a>(
    body: &'a [u8],
    boundary: &str,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<&'a [u8]>, Refusal> {
    let disorder = Refusal::Damaged(Damage::Order);
    let line = format!("--{boundary}");
    let mut parts = Vec::new();
    // Where the part begins that is being read; none before the first and behind the last.
    let (mut start, mut ended) = (None, false);
    for at in memchr::memmem::find_iter(body, line.as_bytes()) {
        let before = body.get(..at).unwrap_or_default();
        if !before.is_empty() && !before.ends_with(b"\n") {
            continue;
        }
        let behind = body.get(at + line.len()..).unwrap_or_default();
        let length = memchr::memchr(b'\n', behind).unwrap_or(behind.len());
        let is_last = match behind.get(..length).unwrap_or_default().trim_ascii_end() {
            b"" => false,
            b"--" => true,
            _ => return Err(disorder),
        };
        if ended {
            return Err(disorder);
        }
        match start {
            // The line end before a boundary belongs to the boundary.
            Some(start) => parts.push(body.get(start..at.saturating_sub(1)).unwrap_or_default()),
            None => count(before, notes),
        }
        if parts.len() >= limits.members as usize {
            return Err(Refusal::Limit(Limit::Parts));
        }
        let next = (at + line.len() + length + 1).min(body.len());
        if is_last {
            ended = true;
            count(body.get(next..).unwrap_or_default(), notes);
        } else {
            start = Some(next);
        }
    }
    match (start, ended) {
        (Some(_), true) => Ok(parts),
        (Some(_), false) => Err(Refusal::Truncated),
        (None, _) => Err(Refusal::Damaged(Damage::Missing)),
    }
}

/// What stands around the parts is not shown by anybody.
fn count(around: &[u8], notes: &mut Notes) {
    notes.found_many(Category::StrayBytes, u32::from(!around.trim_ascii().is_empty()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Result<Vec<&str>, Refusal> {
        let limits = Limits { members: 4, ..Limits::default() };
        let parts = split(body.as_bytes(), "b", &limits, &mut Notes::default());
        parts.map(|parts| parts.into_iter().map(|part| str::from_utf8(part).unwrap()).collect())
    }

    #[test]
    fn parts_lie_between_the_lines_with_the_boundary() {
        assert_eq!(of("--b\n1\n--b--"), Ok(vec!["1"]));
        assert_eq!(of("x\n--b \n1\n\n--b\n\n2--b\n--b--\t\ny\n"), Ok(vec!["1\n", "\n2--b"]));
        assert_eq!(of("--b\n--b\n--b--\n"), Ok(vec!["", ""]));
    }

    #[test]
    fn lines_that_two_readers_could_take_for_other_things_are_refused() {
        let disorder = Err(Refusal::Damaged(Damage::Order));
        assert_eq!(of("--b\n1\n--bc\n2\n--b--\n"), disorder);
        assert_eq!(of("--b\n1\n--b--x\n"), disorder);
        assert_eq!(of("--b\n1\n--b--\n--b\n2\n--b--\n"), disorder);
        assert_eq!(of("--b\n1\n"), Err(Refusal::Truncated));
        assert_eq!(of("1\n"), Err(Refusal::Damaged(Damage::Missing)));
        assert_eq!(of("--b--\n"), Err(Refusal::Damaged(Damage::Missing)));
        assert_eq!(of(&["--b\n1\n"; 9].concat()), Err(Refusal::Limit(Limit::Parts)));
    }
}
