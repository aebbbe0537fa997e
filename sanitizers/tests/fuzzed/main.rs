//! What the fuzz targets once found stays mended.

#[cfg(test)]
#[path = "../../fuzz/src/mend.rs"]
mod mend;
#[cfg(test)]
#[path = "../../fuzz/src/property.rs"]
mod property;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use clap::ValueEnum;
    use sluse_sanitizers::Kind;

    #[test]
    fn inputs_that_once_broke_a_cleaner_break_it_no_more() {
        let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/found");
        for folder in fs::read_dir(found).unwrap() {
            let folder = folder.unwrap();
            if !folder.path().is_dir() {
                continue;
            }
            let name = folder.file_name().into_string().unwrap();
            let kind = Kind::from_str(&name, false).unwrap();
            for input in fs::read_dir(folder.path()).unwrap() {
                crate::property::holds(kind, &fs::read(input.unwrap().path()).unwrap());
            }
        }
    }

    #[test]
    fn every_format_has_a_fuzz_target() {
        let manifest = include_str!("../../fuzz/Cargo.toml");
        for kind in Kind::all() {
            let name = kind.to_possible_value().unwrap();
            let target = format!("name = \"{}\"\npath = \"src/target.rs\"", name.get_name());
            assert!(manifest.contains(&target), "{kind:?} has no fuzz target");
        }
    }
}
