//! Words planted where nobody looks, how they are looked for, and what a file that was
//! full of them must be when a handler gets it.

use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use super::pictures::plain_photo;

/// How every planted word begins.
pub const TOKEN: &str = "Kanarie55N12E1967";

/// The word that is planted in one place and nowhere else.
pub fn word(place: &str) -> String {
    format!("{TOKEN} {place}")
}

/// Whether `word` is in the file: as it is, as UTF-16 or as hexadecimals, there or in
/// anything that is compressed in it.
pub fn holds(file: &[u8], word: &str) -> bool {
    let spelled = spellings(word);
    let shows = |bytes: &[u8]| {
        let found = |spelling: &Vec<u8>| memchr::memmem::find(bytes, spelling).is_some();
        spelled.iter().any(found)
    };
    shows(file) || inflated(file).any(|bytes| shows(&bytes))
}

fn spellings(word: &str) -> Vec<Vec<u8>> {
    let big: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let little = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex = |bytes: &[u8]| hex::encode(bytes).into_bytes();
    let hex_upper = |bytes: &[u8]| hex::encode_upper(bytes).into_bytes();
    let plain = word.as_bytes();
    vec![plain.to_vec(), little, hex(plain), hex_upper(plain), hex(&big), hex_upper(&big), big]
}

/// Whatever begins like zlib data, unfolded as far as it goes.
fn inflated(file: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let starts = file.windows(2).enumerate().filter(|(_, two)| {
        two[0] & 0x0f == 8 && u16::from_be_bytes([two[0], two[1]]).is_multiple_of(31)
    });
    starts.map(|(at, _)| {
        let mut bytes = Vec::new();
        // What is no zlib data gives nothing, or a few bytes.
        let _ = flate2::read::ZlibDecoder::new(&file[at..]).read_to_end(&mut bytes);
        bytes
    })
}

/// Holds a picture against [`super::pictures::photo`]: the same to look at, no word left.
pub fn is_the_photo_without_its_words(file: &[u8]) {
    assert!(!holds(file, TOKEN));
    let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().to_rgb8();
    assert_eq!(pixels(file), pixels(&plain_photo()));
    with_file(file, "clean.jpg", |path| {
        let said = tool("exiftool", &["-a", "-G1", "-u", "-ee"], path, &[]);
        assert!(said.contains("Image Width") && !said.contains(TOKEN), "{said}");
        for group in ["[GPS]", "[ExifIFD]", "[IFD1]", "[MPF0]", "[XMP"] {
            assert!(!said.contains(group), "{group}: {said}");
        }
    });
}

/// Holds a document against [`super::document::document`]: the same to read, no word
/// left, as four other programs see it.
pub fn is_the_document_without_its_words(file: &[u8]) {
    assert!(!holds(file, TOKEN));
    with_file(file, "clean.pdf", |path| {
        let checked = tool("qpdf", &["--check"], path, &[]);
        assert!(checked.contains("No syntax or stream encoding errors"), "{checked}");
        let said = tool("exiftool", &["-a", "-G1", "-ee"], path, &[]);
        assert!(said.contains("Page Count") && !said.contains(TOKEN), "{said}");
        let unfolded = tool("qpdf", &["--qdf", "--object-streams=disable"], path, &["-"]);
        assert!(unfolded.contains("Tf") && !unfolded.contains(TOKEN));
        let read = tool("pdftotext", &[], path, &["-"]);
        assert!(read.contains("Faktura 17") && !read.contains("Faktura 16"), "{read}");
        let files = tool("pdfdetach", &["-list"], path, &[]);
        assert!(files.starts_with("0 embedded files"), "{files}");
    });
}

fn with_file(bytes: &[u8], name: &str, look: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    look(&path);
}

fn tool(name: &str, before: &[&str], path: &Path, after: &[&str]) -> String {
    let output = Command::new(name).args(before).arg(path).args(after).output();
    String::from_utf8_lossy(&output.expect(name).stdout).into_owned()
}
