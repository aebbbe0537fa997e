//! What we want to reach, against what this run measured.

use sluse_sanitizers::Kind;

use crate::table::Line;

/// Times less processor time than mat2: for typical files of a few hundred kilobytes,
/// start of the process included, and for large ones by format.
const TYPICAL: f64 = 20.0;
const LARGE: f64 = 10.0;
const LARGE_JPEG: f64 = 4.0;
/// Times the size of the file that the largest process may need.
const MEMORY: f64 = 3.0;
/// Bytes it may need for a film of any size.
const STREAMED: f64 = 128.0 * 1024.0 * 1024.0;
/// From how many bytes on a file is large: below, the program itself is most of it.
const LARGE_BYTES: f64 = 1e6;

/// One sentence per goal and file.
pub(crate) fn against(lines: &[(Kind, Line)]) -> Vec<String> {
    let mut told = Vec::new();
    for (kind, line) in lines {
        let large = if *kind == Kind::Jpeg { LARGE_JPEG } else { LARGE };
        let wanted = if line.size() < LARGE_BYTES { TYPICAL } else { large };
        if let Some(ratio) = line.ratio() {
            let what = format!("{ratio:.1} times less CPU than mat2, goal {wanted:.0}");
            told.push(sentence(&line.name, ratio >= wanted, &what));
        }
        if let Some(bytes) = line.costs.ours.map(|ours| ours.memory).filter(|_| kind.is_film()) {
            let what = format!("{:.0} MB of memory, goal at most 128 MiB", bytes / 1e6);
            told.push(sentence(&line.name, bytes <= STREAMED, &what));
        } else if let Some(times) = line.memory().filter(|_| line.size() >= LARGE_BYTES) {
            let what = format!("memory {times:.1} times the file, goal at most {MEMORY:.0}");
            told.push(sentence(&line.name, times <= MEMORY, &what));
        }
    }
    told
}

fn sentence(name: &str, reached: bool, what: &str) -> String {
    format!("{:<7} {name}: {what}", if reached { "reached" } else { "missed" })
}
