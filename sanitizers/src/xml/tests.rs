use super::*;
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Limits, Notes, Refusal};

const SPACES: &[Space] = &[
    Space { prefix: "w", uri: "urn:words", also: &["urn:strict"] },
    Space { prefix: "r", uri: "urn:relations", also: &[] },
    Space { prefix: "mc", uri: "urn:choices", also: &[] },
];

fn tree(text: &str) -> Result<Element, Refusal> {
    read(text.as_bytes(), SPACES, &Limits::default(), &mut Notes::default())
}

fn written(text: &str) -> String {
    let root = tree(text).unwrap();
    let text = String::from_utf8(write(&root, SPACES, None)).unwrap();
    text.split_once('\n').unwrap().1.to_owned()
}

#[test]
fn what_can_be_written_in_many_ways_is_written_in_one() {
    let ours = "<w:a xmlns:w=\"urn:words\" xmlns:r=\"urn:relations\" b=\"1\" r:c=\"&quot;&#10;\">\
                <w:d>e &amp; &lt;f&gt;</w:d></w:a>";
    for other in [
        ours.to_owned(),
        format!("\u{FEFF}<?xml version='1.0' encoding='utf-8'?>\n<!-- a -->{ours}<?b c?>\n"),
        ours.replace("w:", "x:").replace(":w=", ":x="),
        ours.replace("urn:words", "urn:strict"),
        "<a r:c='\"&#xA;' b = '1' xmlns='urn:words' xmlns:r='urn:relations' xmlns:z='urn:z'><d>\
         <![CDATA[e & <f]]>&#62;</d></a>"
            .to_owned(),
    ] {
        assert_eq!(written(&other), ours, "{other}");
    }
    let pairs: Vec<u8> = ours.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let bytes = [&[0xFE, 0xFF][..], &pairs].concat();
    let root = read(&bytes, SPACES, &Limits::default(), &mut Notes::default()).unwrap();
    assert_eq!(root, tree(ours).unwrap());
}

#[test]
fn the_namespace_without_prefix_is_the_one_that_is_asked_for() {
    let root = tree("<x:a xmlns:x='urn:words' x:b='1'><x:c/></x:a>").unwrap();
    let text = String::from_utf8(write(&root, SPACES, Some("r"))).unwrap();
    assert!(text.ends_with("<w:a xmlns:w=\"urn:words\" w:b=\"1\"><w:c/></w:a>"), "{text}");
}

#[test]
fn what_two_readers_could_read_in_two_ways_is_refused() {
    let damaged = Refusal::Damaged(Damage::Value);
    let unclear = Refusal::Damaged(Damage::Encoding);
    for (text, refusal) in [
        ("<!DOCTYPE a><a/>", Refusal::Feature(Feature::Construct)),
        ("<?xml version='1.1'?><a/>", Refusal::Feature(Feature::Construct)),
        ("<?xml version='1.0' encoding='latin1'?><a/>", unclear),
        ("<a>&anna;</a>", damaged),
        ("<a b='&anna;'/>", damaged),
        ("<a>&#0;</a>", damaged),
        ("<a>&#1;</a>", unclear),
        ("<a>\u{FFFE}</a>", unclear),
        ("<a b='\u{1}'/>", unclear),
        ("<a b='1' b='2'/>", damaged),
        ("<a xmlns:w='urn:words' xmlns:x='urn:strict' w:b='1' x:b='2'/>", damaged),
        ("<x:a/>", damaged),
        ("<a:b:c xmlns:a='urn:a'/>", damaged),
        ("<a></b>", damaged),
        ("<a/><a/>", damaged),
        ("<a/>b", damaged),
        ("b<a/>", damaged),
        ("", damaged),
        ("<a>", Refusal::Truncated),
    ] {
        assert_eq!(tree(text), Err(refusal), "{text}");
    }
    let bytes = b"<a>\xE6</a>";
    let read = |bytes: &[u8]| read(bytes, SPACES, &Limits::default(), &mut Notes::default());
    assert_eq!(read(bytes), Err(unclear));
    assert_eq!(read(b"\xFF\xFE<"), Err(unclear));
}

#[test]
fn every_claim_has_a_limit() {
    let small = Limits { elements_depth: 3, attributes: 2, values: 9, ..Limits::default() };
    let small = Limits { inflated_stream: 200, ..small };
    let read = |text: &str| read(text.as_bytes(), SPACES, &small, &mut Notes::default());
    assert!(read("<a><b><c d='' e=''/></b></a>").is_ok());
    assert_eq!(read("<a><b><c><d/></c></b></a>"), Err(Refusal::Limit(Limit::Depth)));
    assert_eq!(read("<a b='' c='' d=''/>"), Err(Refusal::Limit(Limit::Parts)));
    assert_eq!(read(&format!("<a>{}</a>", "<b/>".repeat(9))), Err(Refusal::Limit(Limit::Parts)));
    assert_eq!(read(&" ".repeat(201)), Err(Refusal::Limit(Limit::Inflated)));
}

#[test]
fn prefixes_mean_what_the_file_says_where_they_stand() {
    let root = tree(
        "<a xmlns='urn:words' xmlns:x='urn:none'><x:b x:c='' c=''/><d xmlns='urn:relations'/>\
         <e xmlns=''/></a>",
    )
    .unwrap();
    let names: Vec<&str> = root.elements().map(|one| &*one.name).collect();
    assert_eq!(names, ["?:b", "r:d", "e"]);
    assert_eq!(root.elements().next().unwrap().get("c"), Some(""));
    let choice = tree(
        "<m:Choice xmlns:m='urn:choices' xmlns:x='urn:words' xmlns:y='urn:y' Requires='x y z'/>",
    );
    assert_eq!(choice.unwrap().get("Requires"), Some("w ? ?"));
}

const TABLE: crate::allow::AllowList<Rule> = crate::allow::AllowList {
    name: "a table of a test",
    allowed: &[
        keep("w:a", &[("n", Value::Number), ("s", Value::Switch), ("w", Value::Word)]),
        Rule::open("w:open"),
        Rule::text("w:t", &[("m", Value::Measure), ("h", Value::Hex)], Value::Text),
        Rule::holding("w:must", &[]),
        keep("w:link", &[("r:id", Value::Relation), ("id", Value::Serial)]),
        keep("w:name", &[("name", Value::Fixed("ours")), ("of", Value::Name("sort"))]),
    ],
    forbidden: &[],
};
static TABLES: &[&crate::allow::AllowList<Rule>] = &[&TABLE];

struct Known;

impl Resolve for Known {
    fn relation(&mut self, id: &str) -> Option<String> {
        (id == "known").then(|| "rId1".to_owned())
    }

    fn name(&mut self, sort: &'static str, name: &str) -> Option<String> {
        (name != "none").then(|| format!("{sort} of {name}"))
    }

    fn serial(&mut self, _: &str) -> String {
        "7".to_owned()
    }
}

fn filtered(inner: &str) -> (String, Notes) {
    let text = format!("<w:a xmlns:w='urn:words' xmlns:r='urn:relations'>{inner}</w:a>");
    let mut root = tree(&text).unwrap();
    let mut notes = Notes::default();
    let rules = Rules::new(TABLES, &["one two"], &[&[("w:who", Some(Category::People))]]);
    filter(&mut root, &rules, &mut Known, &mut notes);
    let text = String::from_utf8(write(&root, SPACES, None)).unwrap();
    let inner = text.split_once("urn:words\">").or_else(|| text.split_once("urn:relations\">"));
    let inner = inner.map_or("", |(_, inner)| inner.strip_suffix("</w:a>").unwrap());
    (inner.to_owned(), notes)
}

#[test]
fn only_what_a_table_keeps_is_left() {
    for (before, after) in [
        ("<w:a n='-1.5e3' s='true' w='one two'/>", "<w:a n=\"-1500\" s=\"true\" w=\"one two\"/>"),
        (
            "<w:a n='-00.50'/><w:a n='-0'/><w:a n='+7e0'/>",
            "<w:a n=\"-0.5\"/><w:a n=\"0\"/><w:a n=\"7\"/>",
        ),
        ("<w:a n='5318008531800853'/>", "<w:a/>"),
        ("<w:a n='Anna' s='2' w='one three' x='1'/>", "<w:a/>"),
        (
            "<w:a n='inf'/><w:a n=''/><w:a n='1e99999999999999999999999999999'/>",
            "<w:a/><w:a/><w:a/>",
        ),
        ("<w:t m='12.5pt' h='00ffAA'>words</w:t>", "<w:t h=\"00ffAA\" m=\"12.5pt\">words</w:t>"),
        ("<w:t m='12 anna' h='Anna'/>", "<w:t/>"),
        ("<w:open x='1'><w:t>in</w:t><w:open><w:a/></w:open></w:open>", "<w:t>in</w:t><w:a/>"),
        ("<w:gone><w:t>words</w:t></w:gone><r:a/><a/>", ""),
        ("words<w:a>words</w:a>", "<w:a/>"),
        ("<w:must/><w:must><w:gone/></w:must><w:must><w:a/></w:must>", "<w:must><w:a/></w:must>"),
        ("<w:link r:id='none'/><w:link id='4'/>", "<w:link id=\"7\"/>"),
        ("<w:link r:id='known'/>", "<w:link r:id=\"rId1\"/>"),
        ("<w:name name='Anna' of='x'/>", "<w:name name=\"ours\" of=\"sort of x\"/>"),
        ("<w:name of='none'/>", "<w:name/>"),
    ] {
        assert_eq!(filtered(before).0, after, "{before}");
    }
}

#[test]
fn what_is_left_out_is_counted_by_its_name() {
    let (_, notes) = filtered("<w:who/><w:a who='x'/><w:other/>");
    let found: Vec<_> = notes.findings().iter().map(|one| (one.category, one.count)).collect();
    assert_eq!(found, [(Category::People, 1), (Category::Other, 2)]);
}
