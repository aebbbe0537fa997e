//! Real files, when `SLUSE_CORPUS` names a folder of them: one sum per format.

use std::fs;
use std::path::{Path, PathBuf};

use sluse_sanitizers::Kind;

use crate::files;
use crate::measure::Cost;
use crate::table::Line;
use crate::tools::{self, Costs};

/// The files below `folder`, in order.
pub(crate) fn files(folder: &Path) -> Vec<(Kind, PathBuf)> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        if path.is_dir() {
            found.extend(self::files(&path));
        } else if let Some(kind) = files::kind_of(&path) {
            found.push((kind, path));
        }
    }
    found
}

/// The sum over those files of a kind that every tool that is here accepted.
pub(crate) fn sum(kind: Kind, name: &str, files: &[(Kind, PathBuf)], folder: &Path) -> Line {
    let (mut bytes, mut count, mut refused, mut failed) = (0, 0, 0, 0);
    let mut costs = Costs::default();
    let all_there = tools::missing().is_empty();
    for (_, path) in files.iter().filter(|file| file.0 == kind) {
        let one = tools::compare(path, folder, 1);
        if one.ours.is_none() {
            refused += 1;
        } else if all_there && (one.mat2.is_none() || one.exiftool.is_none()) {
            failed += 1;
        } else {
            bytes += fs::metadata(path).unwrap().len();
            count += 1;
            costs = Costs {
                ours: add(costs.ours, one.ours),
                mat2: add(costs.mat2, one.mat2),
                exiftool: add(costs.exiftool, one.exiftool),
            };
        }
    }
    crate::say(&format!(
        "{name}: {count} files; left out: {refused} we refuse, {failed} another tool failed on"
    ));
    let bytes = u32::try_from(bytes).map_or(f64::INFINITY, f64::from);
    Line { name: name.to_owned(), files: count, bytes, costs }
}

/// Times are added; of memory the largest counts.
fn add(sum: Option<Cost>, one: Option<Cost>) -> Option<Cost> {
    let (sum, one) = (sum.unwrap_or_default(), one?);
    Some(Cost { seconds: sum.seconds + one.seconds, memory: sum.memory.max(one.memory) })
}
