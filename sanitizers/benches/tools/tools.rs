//! The three programs: ours, and two that people use today.

use std::fs;
use std::path::Path;

use crate::measure::{self, Cost};

/// The others, the package that brings them, and how each is asked.
///
/// `mat2` makes the copy itself, under a name of its own, beside the original.
/// `exiftool` leaves the content as it is and takes tags out; in a PDF it only hides
/// them behind a new version.
const OTHERS: [(&str, &str); 2] = [("mat2", "mat2"), ("exiftool", "libimage-exiftool-perl")];

/// What the three took for one file. `None`: refused, failed or not installed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Costs {
    pub(crate) ours: Option<Cost>,
    pub(crate) mat2: Option<Cost>,
    pub(crate) exiftool: Option<Cost>,
}

impl Costs {
    /// The lesser of each: what disturbs a run only ever makes it longer.
    pub(crate) fn least(self, other: Costs) -> Costs {
        Costs {
            ours: least(self.ours, other.ours),
            mat2: least(self.mat2, other.mat2),
            exiftool: least(self.exiftool, other.exiftool),
        }
    }
}

fn least(one: Option<Cost>, other: Option<Cost>) -> Option<Cost> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Cost {
            seconds: one.seconds.min(other.seconds),
            memory: one.memory.min(other.memory),
        }),
        (one, other) => one.or(other),
    }
}

/// Names of tools that are missing, as advice.
pub(crate) fn missing() -> Vec<String> {
    let absent = OTHERS.iter().filter(|(tool, _)| !measure::is_installed(tool));
    absent.map(|(tool, package)| format!("{tool} is missing: apt-get install {package}")).collect()
}

/// Runs one after the other, `rounds` times, each on a fresh copy.
pub(crate) fn compare(file: &Path, folder: &Path, rounds: u32) -> Costs {
    let end = file.extension().and_then(|end| end.to_str()).unwrap();
    let copy = folder.join(format!("copy.{end}"));
    let out = folder.join(format!("out.{end}"));
    let (copy, out) = (copy.to_str().unwrap(), out.to_str().unwrap());
    let round = |_| {
        fs::copy(file, copy).unwrap();
        let ours = measure::run(&[env!("CARGO_BIN_EXE_sluse-sanitize"), copy, "-o", out]);
        drop(fs::remove_file(out));
        // What we refuse is no comparison.
        if ours.is_none() {
            return Costs::default();
        }
        let exiftool = measure::run(&["exiftool", "-q", "-all=", "-o", out, copy]);
        drop(fs::remove_file(out));
        let mat2 = measure::run(&["mat2", "--inplace", copy]);
        Costs { ours, mat2, exiftool }
    };
    (0..rounds).map(round).reduce(Costs::least).unwrap_or_default()
}
