//! Real documents: each is cleaned and shows the same, or is refused with a reason.
//!
//! Poppler is the witness for what is shown, ExifTool for what is
//! told.

use std::collections::BTreeMap;

use sluse_sanitizers::{Change, Refusal};

use crate::cleaning::clean_with_report as clean;
use crate::pdf::witnesses::{pages, pixels, run, told};
use crate::real;

/// How many documents must be accepted of those that are sound: poppler and qpdf have
/// nothing to complain about.
const ACCEPTED_PERCENT: usize = 95;

#[test]
fn real_documents_are_cleaned_or_refused_with_a_reason() {
    let paths = real::files(&["pdf"]);
    let copy = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    let copy_path = copy.path().to_str().unwrap();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    let (mut healthy, mut accepted, mut sound, mut sound_accepted) = (0, 0, 0, 0);
    for path in &paths {
        let name = path.to_str().unwrap();
        let (count, quiet) = pages(name);
        let is_healthy = count.is_some() && quiet;
        let is_sound = is_healthy && run("qpdf", "qpdf", &["--check", name]).status.success();
        sound += usize::from(is_sound);
        healthy += usize::from(is_healthy);
        let bytes = std::fs::read(path).unwrap();
        let outcome = clean(&bytes);
        let reason = match &outcome {
            Ok(_) => "accepted".to_owned(),
            Err(refusal) => format!("{refusal}"),
        };
        println!("{reason}\t{}\t{name}", if is_healthy { "healthy" } else { "damaged" });
        *reasons.entry(reason).or_default() += 1;
        let (copy_bytes, report) = match outcome {
            Ok(cleaned) => cleaned,
            Err(refusal) => {
                if matches!(refusal, Refusal::Internal | Refusal::Verification) {
                    faults.push(format!("fault: {name}"));
                }
                continue;
            }
        };
        accepted += usize::from(is_healthy);
        sound_accepted += usize::from(is_sound);
        if clean(&copy_bytes).ok().map(|(twice, _)| twice).as_ref() != Some(&copy_bytes) {
            faults.push(format!("not the same again: {name}"));
        }
        std::fs::write(copy_path, &copy_bytes).unwrap();
        if count.is_some() && pages(copy_path) != (count, true) {
            faults.push(format!("pages or complaint: {name}"));
        }
        if is_healthy && pixels(name, 50) != pixels(copy_path, 50) {
            // The little icon of a comment, and the frame of an empty field, are drawn by
            // the viewer alone; they are gone, and that was said.
            let said = [Change::CommentsRemoved, Change::FormFlattened];
            if said.iter().any(|change| report.changes.contains(change)) {
                println!("said to look different\t{name}");
            } else {
                faults.push(format!("pixels: {name}"));
            }
        }
        let told = told(copy_path);
        if !told.is_empty() {
            faults.push(format!("told: {name}: {told:?}"));
        }
    }
    println!("{reasons:#?}");
    println!("accepted {accepted} of {healthy} that poppler opens without complaint,");
    println!("accepted {sound_accepted} of {sound} that qpdf does not complain about either");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(sound_accepted * 100 >= sound * ACCEPTED_PERCENT);
}
