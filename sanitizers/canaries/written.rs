//! The planted files on disk: for other tools to try, and as first inputs of the fuzz targets.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use clap::ValueEnum;

use super::{Token, rows};

/// Each file is written into `target/canaries` as well, under its format.
#[test]
fn every_row_plants_a_file_of_its_own() {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/canaries");
    drop(fs::remove_dir_all(&target));
    let mut planted = HashMap::new();
    for (number, row) in rows().iter().enumerate() {
        let file = (row.plant)(&Token::new(0));
        let format = row.kind.to_possible_value().unwrap();
        let folder = target.join(format.get_name());
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{number:04}.{}", row.kind.extension())), &file).unwrap();
        let before = planted.insert((row.kind, file), row.place);
        assert_eq!(before, None, "{:?}, {} plants the same file", row.kind, row.place);
    }
}
