//! The order of files by their names, as a person would put them.

/// A part of a name: digits count as a number.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// Digits without zeros in front, the longer the larger.
    Number(usize, String),
    /// A letter or another sign, as a small one.
    Sign(char),
}

/// A name that can be compared: `2.jpg` comes before `10.jpg`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name(Vec<Part>, String);

impl Name {
    /// The name of a file with its folders.
    pub(super) fn of(path: &str) -> Name {
        let mut parts = Vec::new();
        let mut rest = path.chars().peekable();
        while let Some(c) = rest.next() {
            if !c.is_ascii_digit() {
                parts.extend(c.to_lowercase().map(Part::Sign));
                continue;
            }
            let mut digits = String::from(c);
            while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            let digits = digits.trim_start_matches('0').to_owned();
            parts.push(Part::Number(digits.len(), digits));
        }
        Name(parts, path.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_put_in_their_order() {
        let mut names = ["10.jpg", "b", "2.jpg", "A", "1.pdf", "a2", "a10"];
        names.sort_by_key(|name| Name::of(name));
        assert_eq!(names, ["1.pdf", "2.jpg", "10.jpg", "A", "a2", "a10", "b"]);
    }
}
