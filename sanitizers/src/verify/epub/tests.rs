//! Puts forbidden things back into a clean book; the verifier must say no.

use std::io::Cursor;

use super::verify;
use crate::zip::{Archive, packed as zip};
use crate::{Kind, Limits, Notes, Refusal};

type Members = Vec<(String, Vec<u8>)>;

fn original() -> Vec<u8> {
    let member = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_vec());
    let container = "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>\
        <rootfile full-path='a/b.opf' media-type='application/oebps-package+xml'/></rootfiles>\
        </container>";
    let list = "<package xmlns='http://www.idpf.org/2007/opf' \
        xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:language>da-DK</dc:language>\
        </metadata><manifest><item id='p' href='p.xhtml' media-type='application/xhtml+xml'/>\
        </manifest><spine><itemref idref='p'/></spine></package>";
    let page = "<!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><head><title>a</title>\
        </head><body><h1>The tank</h1><p>It&nbsp;leaks.<br/></p><p><img src='c.jpg'/></p></body>\
        </html>";
    zip(&[
        member("mimetype", b"application/epub+zip"),
        member("META-INF/container.xml", container.as_bytes()),
        member("a/b.opf", list.as_bytes()),
        member("a/p.xhtml", page.as_bytes()),
        member("a/c.jpg", &crate::jpeg::sample::photo()),
    ])
}

fn clean() -> Members {
    let original = original();
    let limits = Limits::default();
    let mut notes = Notes::default();
    let copy = crate::epub::clean(&mut Cursor::new(&original), &limits, &mut notes).unwrap();
    let source = &mut Cursor::new(copy);
    let mut archive = Archive::open(source, &limits, &mut notes).unwrap();
    let names: Vec<String> = archive.members().iter().map(|member| member.name.clone()).collect();
    names.into_iter().enumerate().map(|(at, name)| (name, archive.read(at).unwrap())).collect()
}

fn verdict(members: &[(String, Vec<u8>)]) -> Result<(), Refusal> {
    verify(&mut Cursor::new(original()), &zip(members), &Limits::default())
}

/// A clean copy in which something stands in place of something else in one member.
fn changed(member: &str, from: &str, to: &str) -> Members {
    let mut members = clean();
    let (_, bytes) = members.iter_mut().find(|(name, _)| name == member).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "{from} is not in {member}: {text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
    members
}

#[test]
fn a_clean_copy_is_accepted() {
    assert_eq!(Kind::Epub.media_type(), "application/epub+zip");
    assert_eq!(verdict(&clean()), Ok(()));
}

#[test]
fn nothing_may_be_put_into_a_page() {
    for (from, to) in [
        ("<p>", "<p id=\"anna\">"),
        ("<p>", "<p class=\"anna\">"),
        ("<p>", "<p><a href=\"http://x.test\"/>"),
        ("<p>", "<p><!-- a -->"),
        ("<p>", "<p><script>a</script>"),
        ("leaks", "leaks<b/>"),
        ("leaks", "leaks<wbr/>"),
        ("leaks", "leaks  "),
        ("leaks", "leaks\n"),
        ("leaks", "drips"),
        ("leaks", "<![CDATA[leaks]]>"),
        ("<br/>", ""),
        ("<br/>", "<br></br>"),
        ("<title>-</title>", "<title>a</title>"),
        ("<title>-</title>", "<title>-</title><meta/>"),
        ("alt=\"\"", "alt=\"anna\""),
        ("pictures/1.jpg", "http://x.test/1.jpg"),
        ("pictures/1.jpg", "pictures/2.jpg"),
        ("<body>", "<body class=\"a\">"),
        ("</html>", "</html>\n"),
        ("<html xmlns", "<html xml:lang=\"da\" xmlns"),
    ] {
        let members = changed("1.xhtml", from, to);
        assert_eq!(verdict(&members), Err(Refusal::Verification), "{to}");
    }
}

#[test]
fn what_is_around_the_pages_is_ours() {
    for (member, from, to) in [
        ("content.opf", ">-<", ">Anna<"),
        ("content.opf", ">da<", ">en<"),
        ("content.opf", "1980", "2026"),
        ("content.opf", "<manifest>", "<manifest><item id=\"a\"/>"),
        ("contents.xhtml", "The tank", "Anna"),
        ("contents.xhtml", "1.xhtml", "http://x.test"),
        ("META-INF/container.xml", "content.opf", "other.opf"),
        ("mimetype", "epub", "anna"),
    ] {
        assert_eq!(verdict(&changed(member, from, to)), Err(Refusal::Verification), "{to}");
    }
}

#[test]
fn no_member_may_be_added_left_out_or_moved() {
    let members = clean();
    for (name, _) in &members {
        let fewer: Members = members.iter().filter(|(one, _)| one != name).cloned().collect();
        assert_eq!(verdict(&fewer), Err(Refusal::Verification), "{name}");
    }
    for name in ["toc.ncx", "a.css", "pictures/2.png", "2.xhtml", "META-INF/rights.xml"] {
        let mut more = members.clone();
        more.push((name.to_owned(), b"<a/>".to_vec()));
        assert_eq!(verdict(&more), Err(Refusal::Verification), "{name}");
    }
    let mut moved = members.clone();
    moved.swap(2, 3);
    assert_eq!(verdict(&moved), Err(Refusal::Verification));
}

#[test]
fn pictures_are_clean_ones_of_the_original() {
    let mut members = clean();
    let (_, bytes) = members.iter_mut().find(|(name, _)| name == "pictures/1.jpg").unwrap();
    *bytes = crate::jpeg::sample::with(bytes, 0xFE, b"anna");
    assert_eq!(verdict(&members), Err(Refusal::Verification));
}
