//! Sorts files into first inputs of the fuzz targets.
//!
//! They are the planted files of the canary table, what was found before, and real files.
//! Each is recognised by the sanitizers themselves; what is larger than 64 KiB is left out,
//! since changes to it would be slow and say little.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a tool that cannot write its files has nothing to do"
)]

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use sluse_sanitizers::{Kind, is_flattened, kind};

#[expect(dead_code, reason = "the targets use the rest")]
#[path = "src/mend.rs"]
mod mend;

const LARGEST: usize = 64 << 10;

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&here.join("fuzz/found"), &mut files);
    collect(&here.join("../target/canaries"), &mut files);
    #[expect(clippy::disallowed_methods, reason = "the folder of real files is given at run time")]
    if let Some(corpus) = std::env::var_os("SLUSE_CORPUS") {
        collect(Path::new(&corpus), &mut files);
    }
    for (number, path) in files.iter().enumerate() {
        let Ok(file) = fs::read(path) else { continue };
        let Ok(kind) = kind::recognise(&mut Cursor::new(&file)) else { continue };
        let input = if mend::is_package(kind) { unpacked(&file) } else { Some(file) };
        let Some(input) = input.filter(|input| input.len() <= LARGEST) else { continue };
        let format = kind.to_possible_value().expect("every format has a name");
        // Decoders of pictures have a target of their own.
        let decoder = (is_flattened(kind) && kind != Kind::Pdf).then_some("view");
        for target in [Some(format.get_name()), decoder].into_iter().flatten() {
            let folder = here.join("fuzz/corpus").join(target);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(format!("seed-{number:05}")), &input).unwrap();
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

/// The parts of a document, one behind the other.
fn unpacked(file: &[u8]) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).ok()?;
    let mut input = Vec::new();
    for number in 0..archive.len() {
        let mut member = archive.by_index(number).ok()?;
        if number > 0 {
            input.extend_from_slice(mend::SEPARATOR);
        }
        input.extend_from_slice(member.name().ok()?.as_bytes());
        input.push(b'\n');
        member.read_to_end(&mut input).ok()?;
    }
    Some(input)
}
