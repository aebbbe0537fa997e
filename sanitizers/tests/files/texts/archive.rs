//! ZIP and TAR archives.

use std::io::{Cursor, Write};
use std::process::Command;

use proptest::prelude::*;
use sluse_sanitizers::refusal::{Foreign, Limit};
use sluse_sanitizers::{Change, Kind, Refusal};

use crate::cleaning::{clean, clean_with_report};
use crate::programs::python;

const LIST: &str = r"
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
for one in archive.infolist():
    print(one.filename, one.date_time, one.create_system, one.external_attr, one.extra, one.comment)
    print(archive.read(one))
";

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Packs files with a program, in a folder of its own.
fn packed_by(program: &[&str], files: &[(&str, &[u8])]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let names = files.iter().map(|(name, _)| *name);
    let done = Command::new(program[0])
        .args(&program[1..])
        .args(names)
        .current_dir(folder.path())
        .output()
        .unwrap_or_else(|_| panic!("{0} should be installed (Debian package {0})", program[0]));
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

const FILES: [(&str, &[u8]); 3] =
    [("anna 10.txt", b"Ten\n"), ("anna 9.txt", b"Nine\n"), ("list.csv", b"a;b;c\n1;2;3\n")];

#[test]
fn another_reader_finds_the_files_and_nothing_beside_them() {
    let (copy, report) = clean_with_report(&zip(&FILES)).unwrap();
    assert_eq!((report.kind, report.changes), (Kind::Zip, vec![Change::NamesReplaced]));
    let lines = ["1.txt", "b'Nine\\n'", "2.txt", "b'Ten\\n'", "3.csv", "b'a;b;c\\n1;2;3\\n'"];
    let expected = lines
        .chunks(2)
        .map(|pair| format!("{} (1980, 1, 1, 0, 0, 0) 0 0 b'' b''\n{}\n", pair[0], pair[1]));
    assert_eq!(python(LIST, &copy), expected.collect::<String>());
}

#[test]
fn every_program_that_packs_the_same_files_gives_the_same_copy() {
    let copy = clean(&zip(&FILES));
    let mut others = FILES;
    others.reverse();
    for program in [
        &["tar", "-cf", "-"][..],
        &["tar", "-czf", "-"],
        &["tar", "--format=posix", "--mtime=2024-01-01", "-cf", "-"],
        &["tar", "--format=v7", "--owner=anna", "-cf", "-"],
        &["tar", "--format=gnu", "-cf", "-"],
        &["zip", "-q", "-9", "-"],
    ] {
        assert!(clean(&packed_by(program, &FILES)) == copy, "{program:?}");
        assert!(clean(&packed_by(program, &others)) == copy, "{program:?}");
    }
    assert_eq!(clean(&copy), copy);
}

#[test]
fn a_single_file_that_gzip_packed_is_that_file() {
    let packed = packed_by(&["gzip", "-c"], &FILES[..1]);
    let (copy, report) = clean_with_report(&packed).unwrap();
    assert_eq!((report.kind, copy), (Kind::Text, b"Ten\n".to_vec()));
}

#[test]
fn one_refused_file_refuses_the_archive() {
    let bad = zip(&[("a.txt", b"a\n"), ("b.exe", b"MZ\x90\0\x03")]);
    let refusal = clean_with_report(&bad).unwrap_err();
    assert_eq!(refusal.reason(), Refusal::NotCleanable(Foreign::Program));
    let Refusal::Inside(inside) = refusal else { panic!("{refusal}") };
    assert_eq!((inside.number, inside.of), (2, 2));
    assert_eq!(clean_with_report(&zip(&[])).unwrap_err(), Refusal::Empty);
    assert_eq!(clean_with_report(&zip(&[("a", b"")])).unwrap_err(), Refusal::Empty);
}

#[test]
fn bombs_and_archives_in_archives_in_archives_are_refused() {
    let bomb = zip(&[("a.txt", &vec![b'a'; 64 << 20])]);
    assert_eq!(clean_with_report(&bomb).unwrap_err(), Refusal::Limit(Limit::Inflated));
    let mut nested = zip(&FILES);
    for _ in 0..3 {
        nested = zip(&[("a.zip", &nested)]);
    }
    assert_eq!(clean_with_report(&nested).unwrap_err().reason(), Refusal::Limit(Limit::Depth));
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..300 {
        encoder.write_all(&vec![b'a'; 1 << 20]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert_eq!(clean_with_report(&bomb).unwrap_err(), Refusal::Limit(Limit::Inflated));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn damaged_archives_are_refused_or_verified(
        place in 0.0..1.0_f64,
        bytes in prop::collection::vec(any::<u8>(), 1..4),
        tar in any::<bool>(),
    ) {
        let mut file = if tar { packed_by(&["tar", "-cf", "-"], &FILES) } else { zip(&FILES) };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "any place will do")]
        let at = (place * (file.len() - 4) as f64) as usize;
        file[at..at + bytes.len()].copy_from_slice(&bytes);
        if let Ok((copy, _)) = clean_with_report(&file) {
            prop_assert_eq!(clean_with_report(&copy).map(|done| done.0), Ok(copy));
        }
    }
}

#[test]
fn zeros_behind_what_gzip_packed_are_passed_over() {
    let packed = packed_by(&["tar", "-czf", "-"], &FILES);
    let filled = [&packed[..], &[0; 1000]].concat();
    assert_eq!(clean(&filled), clean(&packed));
    assert!(clean_with_report(&[&filled[..], b"x"].concat()).is_err());
}

#[test]
fn a_file_with_the_name_of_a_leftover_is_missed() {
    let changes = |name: &str, content: &[u8]| {
        clean_with_report(&zip(&[("1.txt", b"a\n"), (name, content)])).unwrap().1.changes
    };
    assert_eq!(changes("._foto.txt", b"What I saw\n"), [Change::PartsRemoved]);
    assert_eq!(changes("~$budget.txt", b"What I saw\n"), [Change::PartsRemoved]);
    assert_eq!(changes("._foto.jpg", &[0, 5, 0x16, 7, 0, 2, 0, 0]), []);
}

#[test]
fn many_files_that_unfold_a_hundredfold_are_refused() {
    let file = vec![b'a'; 2 << 20];
    let names: Vec<String> = (0..20).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &file[..])).collect();
    assert_eq!(clean_with_report(&zip(&files)).unwrap_err(), Refusal::Limit(Limit::Inflated));
}
