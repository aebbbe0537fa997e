//! The figures as a table a person can read.

use crate::measure::Cost;
use crate::tools::Costs;

/// One line: a file, or a sum over many.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) files: u32,
    pub(crate) bytes: f64,
    pub(crate) costs: Costs,
}

/// The names of the columns, in two rows.
pub(crate) fn head() -> String {
    let rows = [
        ["", "", "ours", "ours", "ours", "ours", "mat2", "exiftool", "mat2", "mat2"],
        ["", "MB", "CPU s", "ms/MB", "RSS MB", "x file", "CPU s", "CPU s", "RSS MB", "/ ours"],
    ];
    let widths = [26, 9, 9, 8, 9, 8, 9, 9, 9, 9];
    let row = |row: [&str; 10]| {
        let cells = row.iter().zip(widths).map(|(word, width)| format!("{word:>width$}"));
        cells.collect::<Vec<String>>().concat()
    };
    rows.map(row).join("\n")
}

impl Line {
    pub(crate) fn show(&self) -> String {
        let megabytes = self.bytes / 1e6;
        let Some(ours) = self.costs.ours else {
            return format!("{:<26}{megabytes:>9.2}  refused: above a limit", self.name);
        };
        let or_none = |figure: Option<String>| figure.unwrap_or_else(|| "-".to_owned());
        let seconds = |cost: Option<Cost>| or_none(cost.map(|cost| format!("{:.3}", cost.seconds)));
        let mat2_memory = self.costs.mat2.map(|cost| format!("{:.0}", cost.memory / 1e6));
        format!(
            "{:<26}{megabytes:>9.2}{:>9.3}{:>8.1}{:>9.0}{:>8}{:>9}{:>9}{:>9}{:>9}",
            self.name,
            ours.seconds,
            ours.seconds * 1e3 / megabytes,
            ours.memory / 1e6,
            or_none(self.memory().map(|times| format!("{times:.1}"))),
            seconds(self.costs.mat2),
            seconds(self.costs.exiftool),
            or_none(mat2_memory),
            or_none(self.ratio().map(|ratio| format!("{ratio:.1}"))),
        )
    }

    /// How many times our time the other takes.
    pub(crate) fn ratio(&self) -> Option<f64> {
        Some(self.costs.mat2?.seconds / self.costs.ours?.seconds)
    }

    /// Bytes of one file.
    pub(crate) fn size(&self) -> f64 {
        self.bytes / f64::from(self.files.max(1))
    }

    /// How many times the file our memory is; of many files nobody knows which it was.
    pub(crate) fn memory(&self) -> Option<f64> {
        self.costs.ours.filter(|_| self.files == 1).map(|ours| ours.memory / self.bytes)
    }
}
