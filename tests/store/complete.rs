//! No function of the store is without its statement here.

use std::path::Path;

/// The text of every file in a folder of this repository, by name.
fn texts(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// How a public asynchronous function of the store is called: `cases::insert(` for a
/// free one, `.commit(` or `Store::open(` for one of a type.
fn calls() -> Vec<[String; 2]> {
    let mut calls = Vec::new();
    for (module, text) in texts("src/store") {
        for line in text.lines() {
            let Some((before, after)) = line.split_once("pub async fn ") else { continue };
            let name = after.split(['(', '<']).next().unwrap();
            calls.push(if before.is_empty() {
                [format!("{module}::{name}("), format!("{module}::{{self, {name}")]
            } else {
                [format!(".{name}("), format!("Store::{name}(")]
            });
        }
    }
    calls
}

#[test]
fn every_function_of_the_store_is_called_here() {
    let (calls, ours) = (calls(), texts("tests/store"));
    assert!(calls.len() > 30, "{} functions were found", calls.len());
    let missing: Vec<_> = calls
        .iter()
        .filter(|spellings| {
            !ours.iter().any(|(_, text)| spellings.iter().any(|call| text.contains(call)))
        })
        .collect();
    assert!(missing.is_empty(), "nothing here calls {missing:?}");
}
