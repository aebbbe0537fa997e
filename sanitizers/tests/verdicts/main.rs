//! How many real files are accepted, measured against verdicts that were there before.
//!
//! `corpus.tsv` says of each file, by its hash, whether the programs that people use open
//! it without complaint, and whether it is one that must be refused. The script `judge`
//! beside this file wrote it, and it has never seen a cleaner. The files themselves are in
//! the folder that `SLUSE_CORPUS` names; without it there is nothing to measure.

#[cfg(test)]
mod list;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs::File;
    use std::io;

    use sluse_sanitizers::{Limits, Refusal, sanitize};

    use super::list::{entries, files_by_hash};

    /// Of a hundred files that count, how many must be accepted.
    const ACCEPTED_PERCENT: usize = 97;

    /// Families of which that is demanded each for itself. Of the others one file more is
    /// refused than that, or they are archives with a file in them that is refused alone too.
    const SETTLED: [&str; 5] = ["documents", "films", "office", "pictures", "texts"];

    /// What became of the files of one family.
    #[derive(Default)]
    struct Tally {
        count: usize,
        accepted: usize,
        reasons: BTreeMap<String, usize>,
    }

    fn outcome(path: &std::path::Path) -> Result<(), Refusal> {
        let mut file = File::open(path).unwrap();
        sanitize(&mut file, &mut io::sink(), &Limits::default()).map(drop)
    }

    fn add(tally: &mut Tally, outcome: Result<(), Refusal>) {
        tally.count += 1;
        match outcome {
            Ok(()) => tally.accepted += 1,
            Err(refusal) => *tally.reasons.entry(refusal.to_string()).or_default() += 1,
        }
    }

    #[test]
    fn files_that_count_are_accepted_and_those_that_must_be_refused_are_refused() {
        let Some(files) = files_by_hash() else {
            println!("SLUSE_CORPUS is not set: no real files were measured");
            return;
        };
        let (mut formats, mut families) = (BTreeMap::new(), BTreeMap::new());
        let mut faults = Vec::new();
        for entry in entries() {
            let Some(path) = files.get(&entry.sha256) else { continue };
            let outcome = outcome(path);
            let said = outcome.map_or_else(|refusal| refusal.to_string(), |()| "ok".to_owned());
            println!("{}\t{}\t{said}\t{}", entry.format, entry.expected, path.display());
            if entry.counts() {
                add(formats.entry(entry.format.clone()).or_default(), outcome);
                add(families.entry(entry.family()).or_default(), outcome);
            } else if entry.must_be_refused() && outcome.is_ok() {
                faults.push(format!("accepted, though {}: {}", entry.expected, entry.sha256));
            }
        }
        for (name, Tally { count, accepted, reasons }) in &formats {
            println!("{name}: {accepted} of {count} accepted; refused: {reasons:?}");
        }
        let count: usize = families.values().map(|family| family.count).sum();
        let accepted: usize = families.values().map(|family| family.accepted).sum();
        println!("all: {accepted} of {count} accepted");
        if accepted * 100 < count * ACCEPTED_PERCENT {
            faults.push(format!("only {accepted} of {count} accepted"));
        }
        for (name, Tally { count, accepted, .. }) in &families {
            println!("{name}: {accepted} of {count} accepted");
            // Of a small family one may be missing: less cannot be measured.
            let is_settled = SETTLED.contains(name);
            if is_settled && accepted + 1 < *count && accepted * 100 < count * ACCEPTED_PERCENT {
                faults.push(format!("{name}: only {accepted} of {count} accepted"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn the_list_is_sorted_and_holds_hashes_and_verdicts_only() {
        let entries = entries();
        assert!(entries.len() > 700);
        assert!(entries.is_sorted_by(|one, next| one.sha256 < next.sha256));
        for entry in &entries {
            assert!(entry.sha256.len() == 64, "{}", entry.sha256);
            assert!(entry.sha256.bytes().all(|byte| byte.is_ascii_hexdigit()));
            let words = [&entry.format, &entry.verdict, &entry.expected, &entry.reason];
            assert!(words.iter().all(|word| word.len() < 20), "{}", entry.sha256);
        }
    }
}
