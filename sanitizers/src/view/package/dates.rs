//! Days and times in sheets of Excel: numbers, until a style says what they mean.

use crate::xml::Element;

/// Days from 1 January 1970 back to the two days from which sheets count.
const FROM_1900: f64 = 25_569.0;
const FROM_1904: f64 = 24_107.0;
/// The last day of the year 9999, as the sheet counts.
const LAST: f64 = 2_958_466.0;

/// Which styles show days.
pub(super) struct Dates {
    /// For each style of a cell, whether it shows a day.
    styles: Vec<bool>,
    start: f64,
}

impl Dates {
    /// Reads the styles of a book.
    pub(super) fn of(book: &Element, styles: Option<&Element>) -> Dates {
        let is_true = |value: &str| matches!(value, "1" | "true");
        let late = book.child("x:workbookPr").and_then(|all| all.get("date1904"));
        let start = if late.is_some_and(is_true) { FROM_1904 } else { FROM_1900 };
        let list = |name: &str| {
            let list = styles.and_then(|styles| styles.child(name));
            list.into_iter().flat_map(Element::elements)
        };
        let own = |number: &str| {
            let format = list("x:numFmts").find(|format| format.get("numFmtId") == Some(number));
            format.and_then(|format| format.get("formatCode"))
        };
        let is_date = |style: &Element| {
            let number = style.get("numFmtId").unwrap_or_default();
            own(number).map_or_else(
                // ECMA-376 part 1, 18.8.30.
                || matches!(number.parse(), Ok(14..=22 | 45..=47)),
                shows_day,
            )
        };
        Dates { styles: list("x:cellXfs").map(is_date).collect(), start }
    }

    /// A number as a day and a time, if the style shows one.
    pub(super) fn written(&self, style: &str, value: &str) -> Option<String> {
        let is_date = style.parse().ok().and_then(|style: usize| self.styles.get(style));
        let value: f64 = value.parse().ok()?;
        if is_date != Some(&true) || !(0.0..LAST).contains(&value) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "the range was looked at")]
        let seconds = ((value - self.start) * 86_400.0).round() as i64;
        let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let time = format!("{:02}:{:02}", second / 3600, second / 60 % 60);
        if value < 1.0 {
            return Some(time);
        }
        let (year, month, day) = date(day)?;
        let day = format!("{year:04}-{month:02}-{day:02}");
        Some(if second == 0 { day } else { format!("{day} {time}") })
    }
}

/// Whether a format has letters of days and times, outside of quotes and brackets.
fn shows_day(format: &str) -> bool {
    let (mut quoted, mut bracket) = (false, false);
    let mut rest = format.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' | '_' | '*' => drop(rest.next()),
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' if !quoted && !bracket => {
                return !format.eq_ignore_ascii_case("standard");
            }
            _ => {}
        }
    }
    false
}

/// Year, month and day of a day counted from 1 January 1970.
fn date(day: i64) -> Option<(i64, i64, i64)> {
    // In years that begin in March the day that not all have is the last.
    let day = day.checked_add(719_468)?;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    Some((year + era * 400 + i64::from(month <= 2), month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_days_where_the_style_says_so() {
        let dates = Dates { styles: vec![false, true], start: FROM_1900 };
        for (value, written) in [
            ("1", Some("1899-12-31")),
            ("25569", Some("1970-01-01")),
            ("45351", Some("2024-02-29")),
            ("46350.5", Some("2026-11-24 12:00")),
            ("0.75", Some("18:00")),
            ("-1", None),
            ("1e300", None),
            ("words", None),
        ] {
            assert_eq!(dates.written("1", value).as_deref(), written, "{value}");
        }
        assert_eq!(dates.written("0", "45351"), None);
        assert_eq!(dates.written("7", "45351"), None);
    }

    #[test]
    fn formats_of_days_are_told_from_others() {
        for format in ["yyyy-mm-dd", "[$-406]d. mmmm yyyy;@", "h:mm", "\"kl.\" hh:mm"] {
            assert!(shows_day(format), "{format}");
        }
        for format in ["0.00", "#,##0 \"days\"", "[Red]0", "General", "0\\d", "@"] {
            assert!(!shows_day(format), "{format}");
        }
    }
}
