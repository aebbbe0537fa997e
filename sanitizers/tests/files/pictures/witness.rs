//! Programs that make pictures and look at them.

use std::fs;
use std::process::Command;

use crate::programs::{said, tags};

/// A picture that `ImageMagick` makes.
pub(crate) fn made(arguments: &[&str], end: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("file.{end}"));
    let status = Command::new("/usr/bin/convert").args(arguments).arg(&path).status();
    assert!(status.expect("imagemagick").success(), "{arguments:?}");
    fs::read(path).unwrap()
}

/// Number, size, place, duration and pixels of all frames or pages, by `ImageMagick`.
pub(crate) fn frames(file: &[u8], end: &str) -> Option<String> {
    let format = "%s %wx%h %X%Y %T %D %#\n";
    said("/usr/bin/identify", "imagemagick", &["-quiet", "-format", format], file, end)
}

/// The same without duration and disposal, which mean nothing where a picture stands alone.
pub(crate) fn still(file: &[u8], end: &str) -> Option<String> {
    said("/usr/bin/identify", "imagemagick", &["-quiet", "-format", "%wx%h %X%Y %#\n"], file, end)
}

/// Lines of `ExifTool` beyond these tags of the picture itself.
pub(crate) fn identifying(file: &[u8], end: &str, shown: &[&str]) -> Vec<String> {
    tags(file, end, |tag| {
        tag.is_outside() && tag.name != "Comment"
            || shown.contains(&tag.name)
            || tag.is_of_a_neutral_profile()
    })
}
