//! Everything that could be put back, put back: the verifier must say no.

use std::io::Cursor;

use proptest::prelude::*;

use super::verify;
use crate::{Limits, Notes, Refusal};

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" \
    xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">\
    <style>.red,#Anna > g{fill:red;opacity:.5}</style>\
    <defs><linearGradient id=\"shade\"><stop offset=\"0\" stop-color=\"#123\"/></linearGradient></defs>\
    <g id=\"Anna\" class=\"red\"><path d=\"M0 0 L1e1,2z\" fill=\"url(#shade)\"/></g>\
    <use xlink:href=\"#Anna\" transform=\"rotate(45 1 2)\"/>\
    <text x=\"1\" y=\"2\" style=\"font-family:Arial;font-size:12px\">Hej <tspan>du</tspan></text></svg>";

fn cleaned(original: &str) -> String {
    let source = &mut Cursor::new(original);
    let copy = crate::svg::clean(source, &Limits::default(), &mut Notes::default());
    String::from_utf8(copy.unwrap()).unwrap()
}

fn verdict(original: &str, clean: &str) -> Result<(), Refusal> {
    verify(&mut Cursor::new(original), clean.as_bytes(), &Limits::default())
}

#[test]
fn clean_copies_are_accepted_and_are_their_own_clean_copies() {
    let clean = cleaned(DRAWING);
    assert_eq!(verdict(DRAWING, &clean), Ok(()), "{clean}");
    assert_eq!(verdict(&clean, &clean), Ok(()));
    assert_eq!(cleaned(&clean), clean);
    assert!(!clean.contains("Anna") && !clean.contains("shade"), "{clean}");
    assert_eq!(verdict(DRAWING, DRAWING), Err(Refusal::Verification));
}

#[test]
fn parts_outside_the_lists_are_refused_even_if_the_original_has_them() {
    let clean = cleaned(DRAWING);
    for part in [
        "<script>1</script>",
        "<title>Anna</title>",
        "<desc>Anna</desc>",
        "<metadata/>",
        "<!--Anna-->",
        "<?Anna?>",
        "Anna",
        "<foreignObject/>",
        "<animate/>",
        "<a href=\"#i1\"/>",
        "<image xlink:href=\"https://example.org/a.png\"/>",
        "<image xlink:href=\"data:image/svg+xml;base64,AAAA\"/>",
        "<use xlink:href=\"#Anna\"/>",
        "<use href=\"#i1\"/>",
        "<g onload=\"1\"/>",
        "<g data-name=\"1\"/>",
        "<g id=\"Anna\"/>",
        "<g class=\"Anna\"/>",
        "<g fill=\"Anna\"/>",
        "<g fill=\"url(#Anna)\"/>",
        "<g fill=\"url(https://example.org)\"/>",
        "<g style=\"fill:Anna\"/>",
        "<g style=\"--note:1\"/>",
        "<g style=\"content:'Anna'\"/>",
        "<g font-family=\"Annas hand\"/>",
        "<path d=\"M0 0 Anna\"/>",
        "<style>@import 'a';</style>",
        "<style>.Anna{fill:red}</style>",
        "<style>g{src:url(a)}</style>",
        "<g xmlns:x=\"https://example.org\"/>",
        "<g xml:lang=\"da\"/>",
        "<g xlink:title=\"Anna\"/>",
        "<rect><text>Anna</text></rect>",
        "<g><tspan>Anna</tspan></g>",
        "<text>a<g>Anna</g></text>",
        "<text>a<text>Anna</text></text>",
        "<linearGradient><text>Anna</text></linearGradient>",
        "<filter id=\"i1\"><text>Anna</text></filter>",
        "<defs><text>Anna</text></defs>",
        "<mask><text>Anna</text><g id=\"i1\"/></mask>",
        "<defs><g><text>Anna</text><style>g{fill:red}</style></g></defs>",
        "<g id=\"i9\"/>",
        "<g class=\"c9\"/>",
        "<style>.c9{fill:red}</style>",
        "<rect d=\"M55 12\"/>",
        "<rect points=\"55 12\"/>",
        "<path seed=\"4711\"/>",
        "<path xlink:href=\"#i1\"/>",
        "<path d=\"M0 0 THeLMa 4711\"/>",
        "<path d=\"4711\"/>",
        "<path d=\"M0 0 A1 1 0 2 0 1 1\"/>",
        "<g fill=\"ReD\"/>",
        "<g fill=\"#C0FFEE\"/>",
        "<g style=\"fill:#c0ffee;fill:#ff0000\"/>",
    ] {
        let dirty = clean.replacen("<text", &format!("{part}<text"), 1);
        assert_ne!(dirty, clean);
        assert_eq!(verdict(&dirty, &dirty), Err(Refusal::Verification), "{part}");
    }
    let dirty = format!("{clean}<!--Anna-->");
    assert_eq!(verdict(&dirty, &dirty), Err(Refusal::Verification));
    let dirty = clean.replacen("<svg", "<!DOCTYPE svg><svg", 1);
    assert_eq!(verdict(DRAWING, &dirty), Err(Refusal::Verification));
}

#[test]
fn what_is_drawn_must_be_what_was_drawn() {
    let clean = cleaned(DRAWING);
    for (from, to) in [
        ("Hej ", "Hov "),
        ("M0 0", "M0 1"),
        ("rotate(45 1 2)", "rotate(44 1 2)"),
        ("0 0 9 9", "0 0 9 8"),
        ("font-size:12px", "font-size:13px"),
        ("#123", "#124"),
        ("x=\"1\"", "x=\"2\""),
        (" fill=\"url(#i2)\"", " fill=\"red\""),
        (" transform=\"rotate(45 1 2)\"", ""),
        (" d=\"M0 0 L1e1,2z\"", ""),
        ("<tspan>du</tspan>", ""),
        ("<tspan>du</tspan>", "<tspan>du</tspan><tspan>du</tspan>"),
    ] {
        let other = clean.replacen(from, to, 1);
        assert_ne!(other, clean, "{from}");
        assert_eq!(verdict(DRAWING, &other), Err(Refusal::Verification), "{from}");
    }
    let (before, rest) = clean.split_once("<path").unwrap();
    let (_, behind) = rest.split_once("</g>").unwrap();
    let without = [before, "</g>", behind].concat();
    assert_eq!(verdict(DRAWING, &without), Err(Refusal::Verification));
}

#[test]
fn values_that_are_none_of_the_standard_may_go() {
    let shape = |attributes: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"1\" {attributes}/></svg>")
    };
    for gone in [
        "transform=\"\"",
        "fill=\"\"",
        "fill=\"var(--c, #f00)\"",
        "fill=\"light-dark(#fff,#000)\"",
        "fill=\"oklch(0.7 0.1 200)\"",
        "fill=\"#CD853F icc-color(acme, 0.11)\"",
        "fill=\"#FF00F\"",
        "fill=\"red;\"",
        "fill=\"r#0a0a00aa\"",
        "fill=\"#fffr\"",
        "fill=\"1#fff\"",
        "height=\"calc(100% - 2px)\"",
        "x=\"--1\"",
        "x=\"1.2.3.\"",
        "x=\"NaN\"",
        "transform=\"ROTATE(4)\"",
        "transform=\"rotate(4\"",
        "opacity=\"undefined\"",
        "points=\"1 2\"",
    ] {
        let (given, without) = (shape(gone), cleaned(&shape("")));
        assert_eq!(verdict(&given, &cleaned(&given)), Ok(()), "{gone}");
        assert_eq!(verdict(&given, &without), Ok(()), "{gone}");
    }
    for kept in ["transform=\"scale(2)\"", "fill=\"red\"", "x=\"1.2.3\"", "fill=\"RED\""] {
        let (given, without) = (shape(kept), cleaned(&shape("")));
        assert_eq!(verdict(&given, &cleaned(&given)), Ok(()), "{kept}");
        assert_eq!(verdict(&given, &without), Err(Refusal::Verification), "{kept}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1024) })]

    #[test]
    fn both_readers_end_paths_and_leave_out_values_at_the_same_place(
        data in "M?[mlhvcsqtaz0-9 ,.eE+-]{0,30}",
        value in "(#[0-9a-fA-F]{1,8}|[a-z0-9.%+-]{1,8}|rgb|scale|\\(|\\)|,|/| |none|RED|url\\(#a\\)){1,6}",
        name in prop::sample::select(vec!["x", "fill", "transform", "opacity", "points", "viewBox"]),
    ) {
        let given = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><g id=\"a\"/><path d=\"{data}\" {name}=\"{value}\"/>\
             <rect {name}=\"{value}\" style=\"{name}:{value};fill:{value}\"/>\
             <polygon {name}=\"{value}\"/></svg>"
        );
        let clean = cleaned(&given);
        prop_assert_eq!(verdict(&given, &clean), Ok(()), "{} {}", given, clean);
        prop_assert_eq!(cleaned(&clean), clean);
    }
}
