//! Puts forbidden things back into a clean copy; the verifier must say no.

use std::io::Cursor;

use super::verify;
use crate::zip::{Archive, packed as zip};
use crate::{Kind, Limits, Notes, Refusal};

type Members = Vec<(String, Vec<u8>)>;

const SPACES: &str = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
    xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' \
    xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' \
    xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
    xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' \
    xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0' \
    xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0' \
    xmlns:xlink='http://www.w3.org/1999/xlink'";

const BODY: &str = "<text:h text:outline-level='1'>The tank</text:h><text:p text:style-name='P1'>It \
    leaks <text:span>much</text:span>.</text:p><table:table><table:table-column/><table:table-row>\
    <table:table-cell table:formula='of:=SUM([.A1:.A2])' office:value-type='float' office:value='3'>\
    <text:p>3</text:p></table:table-cell></table:table-row></table:table><text:p><draw:frame \
    svg:width='1cm' svg:height='1cm'><draw:image xlink:href='Pictures/a.jpg'/></draw:frame><draw:frame \
    svg:width='1cm' svg:height='1cm'><draw:object xlink:href='./Object 7'/></draw:frame></text:p>";

const STYLES: &str = "<style:style style:name='P1' style:family='paragraph'>\
    <style:text-properties fo:color='#ff0000'/></style:style>";

fn original() -> Vec<u8> {
    let member = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_vec());
    let content = format!(
        "<office:document-content {SPACES}><office:automatic-styles>{STYLES}\
         </office:automatic-styles><office:body><office:text>{BODY}</office:text></office:body>\
         </office:document-content>"
    );
    let styles = format!(
        "<office:document-styles {SPACES}><office:master-styles><style:master-page style:name='A'>\
         <style:header><text:p>Secret</text:p></style:header></style:master-page>\
         </office:master-styles></office:document-styles>"
    );
    let formula = "<m:math xmlns:m='http://www.w3.org/1998/Math/MathML'><m:mi>a</m:mi></m:math>";
    let photo = crate::jpeg::sample::photo();
    zip(&[
        member("mimetype", Kind::Odt.media_type().as_bytes()),
        member("content.xml", content.as_bytes()),
        member("styles.xml", styles.as_bytes()),
        member("Pictures/a.jpg", &photo),
        member("Object 7/content.xml", formula.as_bytes()),
    ])
}

/// The members of a clean copy.
fn clean() -> Members {
    let original = original();
    let limits = Limits::default();
    let mut notes = Notes::default();
    let source = &mut Cursor::new(&original);
    let copy = crate::opendocument::clean(Kind::Odt, source, &limits, &mut notes).unwrap();
    let source = &mut Cursor::new(copy);
    let mut archive = Archive::open(source, &limits, &mut notes).unwrap();
    let names: Vec<String> = archive.members().iter().map(|member| member.name.clone()).collect();
    names.into_iter().enumerate().map(|(at, name)| (name, archive.read(at).unwrap())).collect()
}

fn verdict(members: &[(String, Vec<u8>)]) -> Result<(), Refusal> {
    of_bytes(&zip(members))
}

fn of_bytes(copy: &[u8]) -> Result<(), Refusal> {
    verify(Kind::Odt, &mut Cursor::new(original()), copy, &Limits::default())
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
    assert_eq!(verdict(&clean()), Ok(()));
}

#[test]
fn nothing_may_be_put_into_the_content() {
    for (from, to) in [
        // What tells on people.
        ("<text:p ", "<text:p xml:id=\"anna\" "),
        ("<text:p>3", "<text:bookmark/><text:p>3"),
        ("<text:p>3", "<office:annotation/><text:p>3"),
        ("<text:p>3", "<text:tracked-changes/><text:p>3"),
        ("<draw:frame ", "<draw:frame draw:name=\"Anna1\" "),
        ("text:style-name=\"S2\"", "text:style-name=\"Anna\""),
        ("style:name=\"S2\"", "style:name=\"S2\" style:x=\"anna1234\""),
        ("style:family=\"paragraph\"", "style:family=\"anna1234\""),
        ("#ff0000", "anna@x.test"),
        ("fo:color=\"#ff0000\"", "fo:color=\"#ff0000\" fo:country=\"DK\""),
        ("fo:color=\"#ff0000\"", "fo:color=\"#ff0000\" style:language-asian=\"zh\""),
        // What leads outside.
        ("Pictures/1.jpg", "http://x.test/1.jpg"),
        ("Pictures/1.jpg", "Pictures/2.jpg"),
        ("./Object 1", "file:///Object 1"),
        ("SUM([.A1:.A2])", "WEBSERVICE(\"http://x.test\")"),
        ("SUM([.A1:.A2])", "['file:///a.ods'#$A.A1]"),
        ("SUM([.A1:.A2])", "SUM([.A1:.A3])"),
        ("SUM([.A1:.A2])", "LEN(\"C:\\anna\")"),
        ("onLoad", "onRequest"),
        // What changes what is shown.
        ("leaks", "drips"),
        (">3<", ">4<"),
        ("office:value=\"3\"", "office:value=\"4\""),
        ("<text:span>much</text:span>", ""),
        ("<text:p>3</text:p>", "<text:p>3</text:p><text:p/>"),
        // Other spellings.
        ("<?xml", "<!-- a --><?xml"),
        ("<office:body>", "<office:body> "),
        ("<office:body>", "<office:body><!-- a -->"),
        ("<office:body>", "<office:body><?a b?>"),
        ("leaks", "<![CDATA[leaks]]>"),
        ("leaks", "&#108;eaks"),
        ("xmlns:text=", "xmlns:t='urn:anna' xmlns:text="),
        (
            "style:family=\"paragraph\" style:name=\"S2\"",
            "style:name=\"S2\" style:family=\"paragraph\"",
        ),
        ("</office:document-content>", "</office:document-content>\n"),
    ] {
        let members = changed("content.xml", from, to);
        assert_eq!(verdict(&members), Err(Refusal::Verification), "{to}");
    }
}

#[test]
fn a_formula_may_be_gone_and_its_value_not() {
    let members = changed("content.xml", " table:formula=\"of:=SUM([.A1:.A2])\"", "");
    assert_eq!(verdict(&members), Ok(()));
    let members = changed("content.xml", " office:value=\"3\"", "");
    assert_eq!(verdict(&members), Err(Refusal::Verification));
}

#[test]
fn headers_are_those_of_the_original() {
    let members = changed("styles.xml", "Secret", "Secrets");
    assert_eq!(verdict(&members), Err(Refusal::Verification));
}

#[test]
fn objects_say_what_they_said() {
    let members = changed("Object 1/content.xml", ">a<", ">b<");
    assert_eq!(verdict(&members), Err(Refusal::Verification));
    let with_source = "<math:mi>a</math:mi><math:annotation/>";
    let members = changed("Object 1/content.xml", "<math:mi>a</math:mi>", with_source);
    assert_eq!(verdict(&members), Err(Refusal::Verification));
}

#[test]
fn the_list_of_members_is_ours() {
    let cases = [
        ("1.3", "1.2"),
        ("text/xml", "anna/xml"),
        ("</manifest:manifest>", "<a/></manifest:manifest>"),
    ];
    for (from, to) in cases {
        let members = changed("META-INF/manifest.xml", from, to);
        assert_eq!(verdict(&members), Err(Refusal::Verification), "{to}");
    }
}

#[test]
fn no_member_may_be_added_left_out_or_moved() {
    let members = clean();
    for (name, _) in &members {
        let fewer: Members = members.iter().filter(|(one, _)| one != name).cloned().collect();
        assert_eq!(verdict(&fewer), Err(Refusal::Verification), "{name}");
    }
    for name in
        ["meta.xml", "settings.xml", "Pictures/2.png", "Basic/a.xml", "Object 2/content.xml"]
    {
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
    let with = |picture: Vec<u8>| {
        let mut members = clean();
        let (_, bytes) = members.iter_mut().find(|(name, _)| name == "Pictures/1.jpg").unwrap();
        *bytes = picture;
        verdict(&members)
    };
    let photo = crate::jpeg::sample::photo();
    assert_eq!(with(photo.clone()), Err(Refusal::Verification), "it was not cleaned");
    let named = crate::jpeg::sample::with(&clean()[4].1, 0xFE, b"anna");
    assert_eq!(with(named), Err(Refusal::Verification));
    let grey = super::grammar::GREY.to_vec();
    assert_eq!(with(grey), Err(Refusal::Verification), "a picture that is shown got lost");
}

#[test]
fn the_package_is_in_our_form() {
    let copy = zip(&clean());
    assert_eq!(of_bytes(&copy), Ok(()));
    assert_eq!(of_bytes(&[&copy[..], b"anna"].concat()), Err(Refusal::Verification));
    for at in [4, 6, 10, 12, 28] {
        let mut other = copy.clone();
        other[at] ^= 1;
        assert_eq!(of_bytes(&other), Err(Refusal::Verification), "{at}");
    }
}

#[test]
fn the_grey_picture_is_the_one_that_is_written() {
    assert_eq!(super::grammar::GREY, crate::opendocument::GREY);
    let (_, copy) =
        crate::inside::clean(super::grammar::GREY, &Limits::default(), &mut Notes::default())
            .unwrap();
    assert_eq!(copy, super::grammar::GREY);
}

#[test]
fn what_the_cleaner_keeps_may_be_in_a_copy() {
    use crate::opendocument::{attributes, elements, plain};
    let names = elements::KEPT.allowed.iter().copied();
    let names = names.chain(attributes::ANYWHERE.allowed.iter().map(|(name, _)| *name));
    let names = names.chain(attributes::OF_ELEMENT.allowed.iter().map(|(_, name, _)| *name));
    let kept: Vec<String> = names.map(str::to_owned).chain(plain::plain()).collect();
    let refused: Vec<&String> =
        kept.iter().filter(|name| !super::grammar::is_harmless(name)).collect();
    assert!(refused.is_empty(), "{refused:?}");
}
