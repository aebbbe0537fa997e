//! What was measured, line by line, with what it should be.

use std::time::Duration;

/// The lines so far.
#[derive(Default)]
pub struct Table {
    missed: usize,
    lines: usize,
}

impl Table {
    /// Prints one figure and the goal it has; none is a figure to compare with.
    pub fn line(&mut self, what: &str, measured: &str, goal: Option<(&str, bool)>) {
        let (goal, verdict) = match goal {
            Some((goal, true)) => (goal, "reached"),
            Some((goal, false)) => (goal, "MISSED"),
            None => ("", ""),
        };
        println!("{what:<58} {measured:>22}   {goal:<30} {verdict}");
        self.lines += 1;
        self.missed += usize::from(verdict == "MISSED");
    }

    /// A duration that should not be longer than another.
    pub fn at_most(&mut self, what: &str, measured: Duration, most: Duration) {
        let goal = format!("at most {most:.1?}");
        self.line(what, &format!("{measured:.2?}"), Some((&goal, measured <= most)));
    }

    /// The last line.
    pub fn end(&self) {
        println!("{} figures, {} goals missed", self.lines, self.missed);
    }
}

/// Whether a part was asked for on the command line; all of them if none was named.
pub fn wanted() -> impl Fn(&str) -> bool {
    let named: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    move |part| named.is_empty() || named.iter().any(|name| name == part)
}

/// What `percent` of the values do not exceed.
pub fn percentile(values: &mut [Duration], percent: usize) -> Duration {
    values.sort_unstable();
    let last = values.len().saturating_sub(1);
    values.get(last * percent / 100).copied().unwrap_or_default()
}
