//! Every format, from a reporter to a handler.

use std::collections::HashSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use sluse::limits::FILES;
use sluse_sanitizers::{Kind, Limits, sanitize};

use crate::support::House;
use crate::support::browser::Upload;

/// The smallest real file of a format that can be cleaned.
fn sample(all: &[(u64, PathBuf)], kind: Kind) -> Option<Vec<u8>> {
    let ends = |path: &Path| {
        let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
        let same = [("tif", "tiff"), ("aif", "aiff"), ("opus", "ogg"), ("md", "txt")];
        let end = end.to_ascii_lowercase();
        same.iter().find(|(short, _)| *short == end).map_or(end.clone(), |(_, long)| (*long).into())
            == kind.extension()
    };
    let mut candidates = all.iter().filter(|(_, path)| ends(path));
    candidates.find_map(|(_, path)| {
        let bytes = std::fs::read(path).unwrap();
        let report = sanitize(&mut Cursor::new(&bytes), &mut Vec::new(), &Limits::default());
        report.is_ok().then_some(bytes)
    })
}

fn files_in(folder: &Path, found: &mut Vec<(u64, PathBuf)>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let about = entry.metadata().unwrap();
        if about.is_dir() {
            files_in(&entry.path(), found);
        } else {
            found.push((about.len(), entry.path()));
        }
    }
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the folder of real files is given at run time")]
async fn every_format_reaches_a_handler() {
    let Some(folder) = std::env::var_os("SLUSE_CORPUS") else {
        println!("SLUSE_CORPUS is not set: no real files were sent");
        return;
    };
    let mut all = Vec::new();
    files_in(Path::new(&folder), &mut all);
    all.sort();
    let (house, anna) = House::new().await;
    let mut found: Vec<(Kind, Vec<u8>)> = Vec::new();
    for kind in Kind::all() {
        match sample(&all, *kind) {
            Some(bytes) => found.push((*kind, bytes)),
            // The only real files of these cannot be cleaned, or there are none.
            None => assert!(matches!(kind, Kind::Odg | Kind::Mov), "no real file of {kind:?}"),
        }
    }
    let mut handler = house.signed_in(&anna).await;
    let mut opened = HashSet::new();
    for some in found.chunks(FILES) {
        let names: Vec<String> = some.iter().map(|(kind, _)| format!("{kind:?}")).collect();
        let files: Vec<Upload<'_>> = some
            .iter()
            .zip(&names)
            .map(|((_, bytes), name)| Upload { name: name.as_str(), bytes: bytes.as_slice() })
            .collect();
        let mut reporter = house.reporter();
        reporter.get("/report").await;
        let check = reporter.upload("/report", &[("text", "Se filerne.")], &files).await;
        assert!(!check.has(".files__refused"), "{}", check.text());
        reporter.submit("/report/send", &[]).await.code();
        let inbox = handler.get("/").await;
        let mut cases = inbox.attributes("a[href^='/cases/']", "href").into_iter();
        let case = cases.find(|case| opened.insert(case.clone())).unwrap();
        let files = handler.get(&case).await.attributes("a[href*='/files/']", "href");
        assert_eq!(files.len(), some.len(), "{names:?}");
        for file in files {
            let page = handler.get(&file).await;
            let download = page.attributes("a[href$='/download']", "href")[0].clone();
            let copy = handler.get(&download).await;
            assert_eq!(copy.status, StatusCode::OK);
            assert!(!copy.body.is_empty());
        }
    }
}
