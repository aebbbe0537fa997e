//! The list of verdicts, and the files it speaks of.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The verdict on one file.
pub(crate) struct Entry {
    pub(crate) sha256: String,
    pub(crate) format: String,
    /// `sound`, or `unsound` if a witness complains.
    pub(crate) verdict: String,
    /// `accept`, or why it must be refused; `-` where the file is not sound.
    pub(crate) expected: String,
    pub(crate) reason: String,
}

impl Entry {
    fn read(line: &str) -> Entry {
        let words: Vec<&str> = line.split('\t').collect();
        let [sha256, format, verdict, expected, _witness, reason] = words[..] else {
            panic!("a line without six columns: {line}")
        };
        Entry {
            sha256: sha256.to_owned(),
            format: format.to_owned(),
            verdict: verdict.to_owned(),
            expected: expected.to_owned(),
            reason: reason.to_owned(),
        }
    }

    /// Whether a cleaner must accept it.
    pub(crate) fn counts(&self) -> bool {
        self.verdict == "sound" && self.expected == "accept"
    }

    /// Whether a copy of it would be a fault. What the script does not know, a cleaner may.
    pub(crate) fn must_be_refused(&self) -> bool {
        self.verdict == "sound" && !matches!(self.expected.as_str(), "accept" | "unknown")
    }

    /// Formats that people take for one thing.
    pub(crate) fn family(&self) -> &'static str {
        match self.format.as_str() {
            "pdf" => "documents",
            "docx" | "xlsx" | "pptx" | "odt" | "ods" | "odp" | "odg" | "epub" => "office",
            "mp3" | "flac" | "ogg" | "wav" | "aiff" | "m4a" => "sound",
            "mp4" | "mov" | "mkv" | "webm" => "films",
            "zip" | "tar" => "archives",
            "text" | "html" | "mail" => "texts",
            _ => "pictures",
        }
    }
}

/// All lines of the list.
pub(crate) fn entries() -> Vec<Entry> {
    include_str!("corpus.tsv").lines().skip(1).map(Entry::read).collect()
}

/// Every file of the corpus by its hash, if there is a corpus.
pub(crate) fn files_by_hash() -> Option<HashMap<String, PathBuf>> {
    #[expect(clippy::disallowed_methods, reason = "the folder of real files is given at run time")]
    let folder = std::env::var_os("SLUSE_CORPUS")?;
    let mut files = Vec::new();
    collect(Path::new(&folder), &mut files);
    files.sort();
    let mut by_hash = HashMap::new();
    for part in files.chunks(200) {
        // One file of several that are the same is enough.
        let sums = Command::new("sha256sum").arg("-z").args(part).output().expect("coreutils");
        for line in sums.stdout.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            let line = String::from_utf8(line.to_vec()).unwrap();
            let (sum, path) = line.split_once("  ").unwrap();
            by_hash.insert(sum.to_owned(), PathBuf::from(path));
        }
    }
    Some(by_hash)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
