//! What systems and programs leave in folders, which nobody meant to pack.

use crate::Category;

/// Names in small letters.
pub(super) const NAMES: [(&str, Category); 11] = [
    // How a folder looked, with names of files that are no longer in it.
    (".ds_store", Category::Software),
    (".localized", Category::Software),
    (".directory", Category::Software),
    ("desktop.ini", Category::Software),
    ("icon\r", Category::Software),
    // Small pictures, also of files that are no longer there.
    ("thumbs.db", Category::HiddenPictures),
    ("ehthumbs.db", Category::HiddenPictures),
    (".picasa.ini", Category::Software),
    (".nomedia", Category::Software),
    (".volumeicon.icns", Category::Software),
    (".com.apple.timemachine.donotpresent", Category::Software),
];

/// Beginnings of names, in small letters.
pub(super) const STARTS: [(&str, Category); 3] = [
    // What a Macintosh remembers of a file: where it was loaded from, with what.
    ("._", Category::Software),
    // Who has a document open.
    ("~$", Category::People),
    (".~lock.", Category::People),
];

/// Folders that belong to a system.
const FOLDERS: [&str; 7] = [
    "__macosx",
    ".spotlight-v100",
    ".trashes",
    ".fseventsd",
    "$recycle.bin",
    ".thumbnails",
    "@eadir",
];

/// What such a file tells; none if it is a file like any other.
pub(super) fn category(path: &str) -> Option<Category> {
    let path = path.to_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    if path.split('/').any(|step| FOLDERS.contains(&step)) {
        return Some(Category::Software);
    }
    let named = NAMES.iter().find(|(one, _)| *one == name);
    let begun = || STARTS.iter().find(|(start, _)| name.starts_with(start));
    let streams = || name.ends_with(":zone.identifier").then_some(Category::Links);
    named.or_else(begun).map(|(_, category)| *category).or_else(streams)
}

/// Whether such a file is what its name says: otherwise somebody may miss it.
pub(super) fn is_as_named(path: &str, bytes: &[u8]) -> bool {
    let path = path.to_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    // AppleDouble (RFC 1740), the owner of a document, the line of a lock.
    if name.starts_with("._") {
        bytes.starts_with(&[0, 5, 0x16, 7])
    } else if name.starts_with("~$") {
        matches!(bytes.len(), 54 | 55 | 162 | 165) && bytes.contains(&0)
    } else if name.starts_with(".~lock.") {
        bytes.len() < 1 << 10 && bytes.trim_ascii_end().ends_with(b";")
    } else {
        !path.split('/').any(|step| FOLDERS.contains(&step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_systems_write_goes_without_a_word() {
        assert!(is_as_named("__MACOSX/._a.jpg", &[0, 5, 0x16, 7, 0, 2, 0, 0]));
        assert!(is_as_named("~$a.docx", &[0; 162]));
        assert!(is_as_named(".DS_Store", b"\0\0\0\x01Bud1"));
        for path in ["._foto.txt", "~$budget.txt", "$RECYCLE.BIN/a.txt", ".~lock.a"] {
            assert!(!is_as_named(path, b"What I saw\n"), "{path}");
        }
    }

    #[test]
    fn leftovers_are_known_in_every_folder() {
        for path in [
            "a/.DS_Store",
            "__MACOSX/a/._b.jpg",
            "Thumbs.db",
            "x/Desktop.ini",
            "~$letter.docx",
            "a.jpg:Zone.Identifier",
        ] {
            assert!(category(path).is_some(), "{path}");
        }
        for path in ["a/b.jpg", "thumbs.dbx", "MACOSX/a.txt", ".hidden"] {
            assert_eq!(category(path), None, "{path}");
        }
    }
}
