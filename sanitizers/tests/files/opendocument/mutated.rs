//! Damaged documents.

use proptest::prelude::*;
use sluse_sanitizers::Refusal;

use crate::cleaning::clean_with_report;
use crate::opendocument::build::text;

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zæ<>&;' ]{0,4}",
        prop::sample::select(vec![
            "<text:p>",
            "</text:p>",
            "<text:span text:style-name='H'>",
            "</text:span>",
            "<text:section text:display='none'>",
            "</text:section>",
            "<text:hidden-paragraph/>",
            "<text:hidden-text>",
            "</text:hidden-text>",
            "<text:a xlink:href='x'>",
            "</text:a>",
            "<text:date>",
            "</text:date>",
            "<draw:frame>",
            "</draw:frame>",
            "<draw:image xlink:href='a'/>",
            "<draw:image xlink:href='b'><text:p>b</text:p></draw:image>",
            "<draw:object xlink:href='c'/>",
            "<draw:text-box>",
            "</draw:text-box>",
            "<draw:control/>",
            "<text:note><text:note-citation>1</text:note-citation><text:note-body>",
            "</text:note-body></text:note>",
            "<table:table-cell office:string-value='a' table:formula='of:=1'>",
            "</table:table-cell>",
            "<office:annotation>",
            "</office:annotation>",
            "<text:unknown>",
            "</text:unknown>",
            "<text:tab/>",
            "<text:list xml:id='l'>",
            "<text:list text:continue-list='l'>",
            "</text:list>",
            "<!-- a -->",
            "<![CDATA[b]]>",
            "&#65;",
            "&amp;",
        ])
        .prop_map(str::to_owned),
    ]
}

const STYLES: &str = "<style:style style:name='H' style:family='text'><style:text-properties \
    text:display='none'/></style:style>";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2048) })]

    #[test]
    fn contents_of_any_pieces_are_verified_and_stable_or_refused(
        pieces in prop::collection::vec(piece(), 0..16),
    ) {
        // Ends that are missing are put behind, so that more of them can be read at all.
        let body = closed(&pieces.concat());
        if let Ok((copy, _)) = clean_with_report(&text(STYLES, &body)) {
            prop_assert_eq!(clean_with_report(&copy).map(|done| done.0), Ok(copy), "{}", body);
        }
    }

    #[test]
    fn damaged_packages_are_refused_or_stable(
        place in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 1..4),
    ) {
        let mut file = text(STYLES, "<text:p>a<text:span text:style-name='H'>b</text:span></text:p>");
        let at = place.index(file.len() - 4);
        file[at..at + bytes.len()].copy_from_slice(&bytes);
        match clean_with_report(&file) {
            Ok((copy, _)) => prop_assert_eq!(clean_with_report(&copy).map(|done| done.0), Ok(copy)),
            Err(reason) => prop_assert!(reason != Refusal::Internal),
        }
    }
}

/// Of two in a link, one was left by the first cleaning and the other went with the second.
#[test]
fn a_frame_shows_one_picture_also_of_those_in_a_link() {
    for pieces in [
        "<draw:frame><text:a xlink:href='x'><draw:image xlink:href='a'/><draw:image xlink:href='a'/>",
        "<draw:frame><draw:image xlink:href='a'/><text:a xlink:href='x'><text:a xlink:href='x'>\
         <draw:image xlink:href='b'/>",
    ] {
        let (copy, _) = clean_with_report(&text(STYLES, &closed(pieces))).unwrap();
        assert_eq!(clean_with_report(&copy).unwrap().0, copy, "{pieces}");
    }
}

/// The same with the ends that are missing, and without those that end nothing.
fn closed(soup: &str) -> String {
    let mut out = String::new();
    let mut open: Vec<String> = Vec::new();
    for part in soup.split_inclusive('>') {
        let Some((text, tag)) = part.rsplit_once('<') else {
            out.push_str(&part.replace(['<', '>', '&'], ""));
            continue;
        };
        out.push_str(&text.replace(['<', '>'], ""));
        if let Some(name) = tag.strip_prefix('/') {
            let name = name.trim_end_matches('>');
            while open.iter().any(|one| one == name) {
                let last = open.pop().unwrap();
                out.extend(["</", &last, ">"]);
                if last == name {
                    break;
                }
            }
        } else {
            out.extend(["<", tag]);
            let name: String = tag.chars().take_while(|c| !" />".contains(*c)).collect();
            if !tag.ends_with("/>") && !tag.starts_with('!') && tag.ends_with('>') {
                open.push(name);
            }
        }
    }
    open.iter().rev().for_each(|name| out.extend(["</", name, ">"]));
    out
}
