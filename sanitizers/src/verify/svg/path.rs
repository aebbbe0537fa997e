//! Numbers, and the data of paths.

/// A number in front of something: digits, at most one point, perhaps a power.
pub(super) fn split_number(value: &str) -> Option<(&str, &str)> {
    let unsigned = value.strip_prefix(['+', '-']).unwrap_or(value);
    let mut points = 0;
    let end = unsigned.find(|one: char| {
        points += usize::from(one == '.');
        !one.is_ascii_digit() && (one != '.' || points > 1)
    });
    let (digits, mut rest) = unsigned.split_at_checked(end.unwrap_or(unsigned.len()))?;
    digits.contains(|one: char| one.is_ascii_digit()).then_some(())?;
    if let Some(power) = rest.strip_prefix(['e', 'E']) {
        let power = power.strip_prefix(['+', '-']).unwrap_or(power);
        let behind = power.trim_start_matches(|one: char| one.is_ascii_digit());
        if behind.len() < power.len() {
            rest = behind;
        }
    }
    value.split_at_checked(value.len() - rest.len())
}

/// The data of a path up to the first error, with single blanks.
pub(super) fn good(data: &str) -> String {
    let data = data.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let (mut rest, mut good) = (data.as_str(), 0);
    let mut shape = "";
    loop {
        rest = rest.trim_start_matches(' ');
        if let Some(letter) = rest.chars().next().filter(char::is_ascii_alphabetic) {
            shape = match letter {
                'M' | 'm' => "nn",
                _ if good == 0 => break,
                'Z' | 'z' => "",
                'H' | 'h' | 'V' | 'v' => "n",
                'L' | 'l' | 'T' | 't' => "nn",
                'S' | 's' | 'Q' | 'q' => "nnnn",
                'C' | 'c' => "nnnnnn",
                'A' | 'a' => "nnnffnn",
                _ => break,
            };
            rest = rest.get(1..).unwrap_or_default();
        } else if shape.is_empty() || rest.is_empty() {
            break;
        }
        let Some(behind) = shape.chars().try_fold(rest, |rest, sort| {
            let rest = rest.trim_start_matches(' ');
            let behind = match sort {
                'f' => rest.strip_prefix(['0', '1'])?,
                _ => split_number(rest)?.1,
            };
            let behind = behind.trim_start_matches(' ');
            Some(behind.strip_prefix(',').unwrap_or(behind))
        }) else {
            break;
        };
        rest = behind;
        good = data.len() - rest.len();
    }
    data.get(..good).unwrap_or_default().trim_end_matches([' ', ',']).to_owned()
}

/// Whether a number in it has more digits than any program writes.
pub(super) fn is_endless(data: &str) -> bool {
    data.split(|one: char| !one.is_ascii_digit()).any(|digits| digits.len() > 32)
}
