//! The table of formats for reviewers is the one the code has.

use clap::ValueEnum;
use sluse_sanitizers::{Kind, about};

/// The rows of all formats.
fn table() -> String {
    let rows = Kind::all().iter().filter_map(|kind| {
        let about = about(*kind);
        let value = kind.to_possible_value()?;
        let name = value.get_help()?.to_string();
        let cells = [name.trim_end_matches('.'), about.kept, about.removed, about.refused];
        Some(format!("| {} |\n", cells.join(" | ")))
    });
    ["| format | kept | dropped and counted | refused |\n", "|---|---|---|---|\n"]
        .map(str::to_owned)
        .into_iter()
        .chain(rows)
        .collect()
}

#[test]
fn the_table_in_the_readme_is_that_of_the_code() {
    let readme = include_str!("../../../README.md");
    let table = table();
    assert!(readme.contains(&table), "README.md should have this table:\n{table}");
}
