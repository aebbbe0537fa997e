//! What the command line promises: exit codes, whole files, no overwriting.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sluse-sanitize");

/// An empty folder that is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        drop(fs::remove_dir_all(&path));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        fs::write(self.0.join(name), content).unwrap();
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A picture with a comment in it.
fn picture() -> Vec<u8> {
    let plain = image::RgbImage::from_pixel(16, 16, image::Rgb([20, 130, 90]));
    let mut bytes = Vec::new();
    plain.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Jpeg).unwrap();
    bytes.splice(2..2, *b"\xFF\xFE\x00\x12COMMENT-BY-ANNA!");
    bytes
}

#[test]
fn a_cleaned_file_is_written_whole_and_the_exit_code_is_0() {
    let folder = Folder::new("cleaned");
    let input = folder.file("in.jpg", &picture());
    let output = folder.0.join("out.jpg");
    let report = folder.0.join("report.json");
    let done = run(&[text(&input), "-o", text(&output), "--report", text(&report)]);
    assert_eq!(done.status.code(), Some(0));
    assert!(done.stdout.is_empty() && done.stderr.is_empty());
    let copy = fs::read(&output).unwrap();
    assert!(copy.starts_with(b"\xFF\xD8") && !copy.windows(4).any(|window| window == b"ANNA"));
    let report: serde_json::Value = serde_json::from_slice(&fs::read(&report).unwrap()).unwrap();
    assert_eq!(report["kind"], "jpeg");
    assert_eq!(report["findings"][0]["category"], "comments");
    assert_eq!(folder.names(), ["in.jpg", "out.jpg", "report.json"]);
}

#[test]
fn standard_input_and_output_do_as_well() {
    let mut child =
        Command::new(PROGRAM).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&picture()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert!(done.stdout.starts_with(b"\xFF\xD8") && done.stdout.ends_with(b"\xFF\xD9"));
}

#[test]
fn a_refused_file_leaves_nothing_and_the_exit_code_is_10() {
    let folder = Folder::new("refused");
    let input = folder.file("in.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1........");
    let output = folder.0.join("out");
    let report = folder.0.join("report.json");
    let done = run(&[text(&input), "-o", text(&output), "--report", text(&report), "--lang", "da"]);
    assert_eq!(done.status.code(), Some(10));
    assert!(String::from_utf8(done.stderr).unwrap().contains("send kopien"));
    assert_eq!(folder.names(), ["in.doc", "report.json"]);
    let report: serde_json::Value = serde_json::from_slice(&fs::read(&report).unwrap()).unwrap();
    assert_eq!(report["refusal"], "not-cleanable");
}

#[test]
fn a_file_above_a_limit_is_refused_with_exit_code_20() {
    let folder = Folder::new("limit");
    let mut wide = picture();
    let frame = wide.windows(2).position(|pair| pair == b"\xFF\xC0").unwrap();
    wide[frame + 5..frame + 9].fill(0xFF);
    let input = folder.file("in.jpg", &wide);
    assert_eq!(run(&[text(&input)]).status.code(), Some(20));

    // A film may be longer, and nothing longer than a film.
    for (head, length) in [(&b"\xFF\xD8\xFF\xE0"[..], 50 << 20), (b"\0\0\0\x14ftypqt  ", 500 << 20)]
    {
        let long = folder.file("long", head);
        fs::File::options().write(true).open(&long).unwrap().set_len(length + 1).unwrap();
        assert_eq!(run(&[text(&long)]).status.code(), Some(20));
    }
}

#[test]
fn a_file_that_cannot_be_read_or_written_gives_exit_code_70() {
    let folder = Folder::new("unreadable");
    assert_eq!(run(&[text(&folder.0.join("none.jpg"))]).status.code(), Some(70));
    let input = folder.file("in.jpg", &picture());
    let nowhere = folder.0.join("missing/out.jpg");
    assert_eq!(run(&[text(&input), "-o", text(&nowhere)]).status.code(), Some(70));
    assert_eq!(folder.names(), ["in.jpg"]);
}

#[test]
fn the_original_is_never_overwritten() {
    let folder = Folder::new("same");
    let input = folder.file("in.jpg", &picture());
    std::os::unix::fs::symlink(&input, folder.0.join("alias.jpg")).unwrap();
    fs::hard_link(&input, folder.0.join("link.jpg")).unwrap();
    let copy = folder.0.join("copy.jpg");
    for target in ["in.jpg", "alias.jpg", "link.jpg"] {
        let target = folder.0.join(target);
        let target = text(&target);
        for arguments in [
            vec![text(&input), "-o", target],
            vec![text(&input), "-o", text(&copy), "--report", target],
            vec![text(&input), "--report", target],
            vec!["--inspect", text(&input), "--report", target],
        ] {
            let done = run(&arguments);
            assert_eq!(done.status.code(), Some(2), "{arguments:?}");
            assert!(done.stdout.is_empty() && !copy.exists());
            assert_eq!(fs::read(&input).unwrap(), picture());
        }
        for flag in ["-o", "--report"] {
            let from = Stdio::from(fs::File::open(&input).unwrap());
            let done = Command::new(PROGRAM).args([flag, target]).stdin(from).output().unwrap();
            assert_eq!(done.status.code(), Some(2), "standard input, {flag} {target}");
            assert_eq!(fs::read(&input).unwrap(), picture());
        }
    }
    assert_eq!(folder.names(), ["alias.jpg", "in.jpg", "link.jpg"]);
}

#[test]
fn a_copy_does_not_run_into_the_original_that_stands_at_standard_output() {
    let folder = Folder::new("appended");
    let input = folder.file("in.jpg", &picture());
    let onto = fs::OpenOptions::new().append(true).open(&input).unwrap();
    let done = Command::new(PROGRAM).arg(&input).stdout(onto).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(fs::read(&input).unwrap(), picture());
}

#[test]
fn the_report_does_not_replace_the_copy() {
    let folder = Folder::new("one target");
    let input = folder.file("in.jpg", &picture());
    let one = folder.0.join("out");
    let other = folder.0.join(".").join("out");
    let arguments = [text(&input), "-o", text(&one), "--report", text(&other)];
    assert_eq!(run(&arguments).status.code(), Some(2));
    assert_eq!(folder.names(), ["in.jpg"]);
    fs::write(&one, "older").unwrap();
    assert_eq!(run(&arguments).status.code(), Some(2));
    assert_eq!(fs::read(&one).unwrap(), b"older");
}

#[test]
fn inspecting_says_what_is_inside_and_writes_no_copy() {
    let folder = Folder::new("inspect");
    let input = folder.file("in.jpg", &picture());
    let done = run(&["--inspect", text(&input)]);
    assert_eq!(done.status.code(), Some(0));
    assert!(String::from_utf8(done.stdout).unwrap().contains("Found: 1 comments"));
    assert_eq!(folder.names(), ["in.jpg"]);
}

#[test]
fn the_allow_list_is_printed_from_the_table_the_cleaner_works_by() {
    let printed = String::from_utf8(run(&["--explain", "jpeg"]).stdout).unwrap();
    let expected = sluse_sanitizers::explain(sluse_sanitizers::Kind::Jpeg);
    assert!(expected.len() > 10);
    assert_eq!(printed.lines().collect::<Vec<_>>(), expected);
}

/// A page with a black square on it.
fn document() -> Vec<u8> {
    use lopdf::{Document, Object, Stream, dictionary};
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let drawing = Stream::new(dictionary! {}, b"0 g 10 10 100 100 re f".to_vec());
    let drawing = document.add_object(drawing);
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => drawing,
        "MediaBox" => vec![0.into(), 0.into(), 200.into(), 200.into()],
    });
    let kids = vec![Object::Reference(page)];
    document.set_object(pages, dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => kids });
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn pictures_of_pages_are_drawn_inside_the_sandbox_and_may_be_larger_than_the_file() {
    let folder = Folder::new("flattened");
    for (name, file) in [("a.pdf", document()), ("a.jpg", picture())] {
        let (input, output) = (folder.file(name, &file), folder.0.join("out"));
        let done = run(&["--policy", "flatten", text(&input), "-o", text(&output)]);
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        let copy = fs::read(&output).unwrap();
        let again = run(&[text(&output)]);
        assert_eq!((again.status.code(), again.stdout), (Some(0), copy));
        fs::remove_file(output).unwrap();
    }
    let letter = folder.file("letter.txt", b"Dear Anna");
    assert_eq!(run(&["--policy", "flatten", text(&letter)]).status.code(), Some(10));
}

#[test]
fn what_is_no_file_is_not_replaced_by_one() {
    use std::os::unix::fs::FileTypeExt;
    let folder = Folder::new("no-file");
    let (input, socket) = (folder.file("a.jpg", &picture()), folder.0.join("socket"));
    let listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let done = run(&[text(&input), "-o", text(&socket)]);
    assert_eq!(done.status.code(), Some(70));
    assert!(fs::metadata(&socket).unwrap().file_type().is_socket());
    drop(listener);
}
