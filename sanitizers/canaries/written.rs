//! Writes the planted files, for other tools and as first inputs of the fuzz targets.

use std::fs;
use std::path::Path;

use clap::ValueEnum;

use super::{Token, rows};

#[test]
#[ignore = "writes files into target/canaries, for other tools to try"]
fn the_planted_files_are_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/canaries");
    for (number, row) in rows().iter().enumerate() {
        let format = row.kind.to_possible_value().unwrap();
        let folder = folder.join(format.get_name());
        fs::create_dir_all(&folder).unwrap();
        let file = (row.plant)(&Token::new(number));
        fs::write(folder.join(format!("{number:04}.{}", row.kind.extension())), file).unwrap();
    }
}
