//! SVG.

use std::io::Write;
use std::process::{Command, Stdio};

use sluse_sanitizers::{Category, Change, Kind, Refusal, Warning};

use crate::cleaning::{clean, clean_with_report};
use crate::pictures::corpus;
use crate::pictures::damage::survives_damage;

/// What editors write around a drawing.
const DRAWING: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- Generator: drawing program of Anna -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="200" height="120"
  viewBox="0 0 200 120" inkscape:export-filename="/home/anna/letter.png">
  <title>A letter of Anna</title>
  <style type="text/css"><![CDATA[
    .Anna-red, rect.st1 { fill: #C00; stroke: black !important; }
    #layer-of-anna > circle { opacity: .5 }
  ]]></style>
  <defs>
    <linearGradient id="anna-1"><stop offset="0" stop-color="gold"/>
      <stop offset="1" style="stop-color:rgb(0, 128, 0);stop-opacity:1"/></linearGradient>
    <radialGradient id="anna-2" xlink:href="#anna-1" cx="50%" cy="50%" r=".5"/>
    <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
      <circle cx="2" cy="2" r="1.5"/></pattern>
    <clipPath id="clip"><rect x="5" y="5" width="60" height="60" rx="9"/></clipPath>
    <mask id="mask"><rect width="200" height="120" fill="#888"/></mask>
    <filter id="blur"><feGaussianBlur in="SourceAlpha" stdDeviation="2" result="anna"/>
      <feMerge><feMergeNode in="anna"/><feMergeNode in="SourceGraphic"/></feMerge></filter>
    <marker id="arrow" markerWidth="4" markerHeight="4" refX="2" refY="2" orient="auto">
      <path d="M0,0 L4,2 L0,4 z"/></marker>
    <symbol id="star" viewBox="0 0 10 10"><path d="M5 0 6 4 10 4 7 6 8 10 5 7.5 2 10 3 6 0 4 4 4Z"/></symbol>
    <path id="unused-by-anna" d="M0 0H9"/>
  </defs>
  <g id="layer-of-anna" class="layer Anna-red" inkscape:label="Anna">
    <circle cx="40" cy="40" r="30" fill="url('#anna-1')" clip-path="url(#clip)"/>
    <rect class="st1" x="80" y="10" width="40" height="30" transform="rotate(8 , 100 25)"/>
    <ellipse cx="150" cy="30" rx="30" ry="15" style="fill:url(#anna-2);filter:url(#blur)"/>
    <polygon points="10,80 40,110 70,80" fill="url(#dots)" mask="url(#mask)"/>
    <path d="M80 100 C 100 60 120 60 140 100" fill="none" stroke="navy" marker-end="url(#arrow)"/>
    <use xlink:href="#star" x="150" y="60" width="40" height="40"/>
  </g>
  <a xlink:href="https://example.org/anna"><text x="10" y="70" font-family="'DejaVu Sans', Annas"
    font-size="12">Hej <tspan fill="red">du</tspan></text></a>
  <g style="display:none"><text>Anna</text></g>
</svg>
"##;

/// Pixels that `librsvg` makes of a drawing.
fn pixels(file: &[u8]) -> Option<Vec<u8>> {
    let mut program = Command::new("rsvg-convert")
        .args(["--format", "png", "--width", "400"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("install the package librsvg2-bin");
    program.stdin.take().unwrap().write_all(file).unwrap();
    let output = program.wait_with_output().unwrap();
    output.status.success().then_some(output.stdout)
}

#[test]
fn another_program_draws_the_same() {
    let (copy, report) = clean_with_report(DRAWING.as_bytes()).unwrap();
    assert!(pixels(&copy).is_some());
    assert!(pixels(&copy) == pixels(DRAWING.as_bytes()), "{}", String::from_utf8_lossy(&copy));
    let text = String::from_utf8(copy.clone()).unwrap();
    assert!(!text.to_lowercase().contains("anna"), "{text}");
    assert!(!text.contains("http://www.w3.org/Graphics") && !text.contains("example.org"));
    assert!(report.changes.contains(&Change::LinksRemoved));
    let found = |category| report.findings.iter().any(|finding| finding.category == category);
    assert!(found(Category::People) && found(Category::Links) && found(Category::HiddenPictures));
    assert_eq!(clean(&copy), copy);
    assert!(clean_with_report(&copy).unwrap().1.findings.is_empty());
}

#[test]
fn two_editors_with_other_names_give_the_same_copy() {
    let other = DRAWING.replace("anna-1", "Gradient_7").replace("Anna-red", "rouge");
    let other = other.replace("layer-of-anna", "g12").replace("xmlns:xlink", "xmlns:xl");
    let other = other.replace("xlink:href", "xl:href");
    assert_eq!(clean(other.as_bytes()), clean(DRAWING.as_bytes()));
}

#[test]
fn a_packed_drawing_is_unpacked() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(DRAWING.as_bytes()).unwrap();
    let (copy, report) = clean_with_report(&packed.finish().unwrap()).unwrap();
    assert_eq!(report.kind, Kind::Svg);
    assert_eq!(copy, clean(DRAWING.as_bytes()));
}

#[test]
fn shapes_inside_each_other_without_end_are_refused() {
    let deep = "<g>".repeat(5_000);
    let file = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{deep}");
    assert!(matches!(clean_with_report(file.as_bytes()), Err(Refusal::Limit(_))));
}

#[test]
fn a_drawing_with_a_licence_in_front_is_one() {
    let file =
        "<!-- Licence -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>";
    assert_eq!(clean_with_report(file.as_bytes()).unwrap().1.kind, Kind::Svg);
}

#[test]
fn a_font_that_is_gone_is_told() {
    let file = |font: &str| {
        let text = format!("<text font-family=\"{font}\">a</text>");
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{text}</svg>")
    };
    let changes = |font| clean_with_report(file(font).as_bytes()).unwrap().1.changes;
    assert_eq!(changes("Annas hand"), [Change::PartsRemoved]);
    assert_eq!(changes("Arial, serif"), []);
}

#[test]
fn entities_are_refused() {
    let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\
        <svg xmlns=\"http://www.w3.org/2000/svg\"><text>&b;</text></svg>";
    assert!(matches!(clean_with_report(bomb.as_bytes()), Err(Refusal::Feature(_))));
}

#[test]
fn damage_is_noticed_or_harmless() {
    survives_damage(DRAWING.as_bytes(), 400);
}

#[test]
fn real_files_are_cleaned_or_refused_with_a_reason() {
    corpus::each(&["svg"], Kind::Svg, |name, original, copy, _| {
        assert!(pixels(copy) == pixels(original), "{name}");
    });
}

/// A drawing with this in it.
fn with(inside: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"90\">{inside}</svg>")
        .into_bytes()
}

#[test]
fn a_value_that_cannot_stay_is_told() {
    for inside in [
        "<rect width=\"9\" height=\"9\" fill=\"var(--c, #f00)\"/>",
        "<rect width=\"9\" height=\"9\" style=\"fill:oklch(0.7 0.1 200)\"/>",
        "<rect width=\"calc(9px)\" height=\"9\"/>",
        "<style>rect:first-of-type{fill:blue}</style><rect width=\"9\" height=\"9\"/>",
        "<style>@supports (a:b){rect{fill:blue}}</style><rect width=\"9\" height=\"9\"/>",
    ] {
        let (_, report) = clean_with_report(&with(inside)).unwrap();
        assert_eq!(report.changes, [Change::PartsRemoved], "{inside}");
    }
    for inside in [
        "<rect width=\"9\" height=\"9\" transform=\"\"/>",
        "<polyline points=\"\"/><path d=\"\"/>",
        "<style>@media print{rect{fill:blue}} rect:hover{fill:red}</style><rect/>",
    ] {
        let (_, report) = clean_with_report(&with(inside)).unwrap();
        assert_eq!(report.changes, [], "{inside}");
    }
}

#[test]
fn what_means_the_same_or_nothing_is_written_in_one_way() {
    let ours = with("<path d=\"M0 0H9V9\" fill=\"red\"/>");
    for inside in [
        "<path d=\"M0 0H9V9 THeLMA SCHaTZ 4711\" fill=\"ReD\"/>",
        "<path d=\"M0 0H9V9 L 4711\" style=\"\" points=\"55 12\" seed=\"4711\" fill=\"red\"/>",
        "<style>.zz{fill:#c0ffee}</style><path d=\"M0 0H9V9\" cx=\"4711\" fill=\"RED\"/>",
    ] {
        assert_eq!(clean(&with(inside)), clean(&ours), "{inside}");
        assert!(pixels(&with(inside)) == pixels(&ours), "{inside}");
    }
    let styled = |style: &str| with(&format!("<rect width=\"9\" height=\"9\" style=\"{style}\"/>"));
    assert_eq!(clean(&styled("fill:#C0FFEE;fill:#deadbe;fill:red")), clean(&styled("fill:red")));
    assert_ne!(clean(&styled("fill:red;fill:context-fill")), clean(&styled("fill:context-fill")));
    let spaced = |text: &str| with(&format!("<text>{text}</text>"));
    assert_eq!(clean(&spaced("Hej  \t du \n ja")), clean(&spaced("Hej du ja")));
}

#[test]
fn rules_for_every_screen_hold_without_saying_so() {
    let rect = "<rect width=\"9\" height=\"9\"/>";
    let unpacked = with(&format!("<style>rect{{fill:blue}}</style>{rect}"));
    for medium in ["all", "screen", "only screen"] {
        let packed = with(&format!("<style>@media {medium}{{rect{{fill:blue}}}}</style>{rect}"));
        assert_eq!(clean(&packed), clean(&unpacked), "{medium}");
    }
}

#[test]
fn what_nobody_sees_is_warned_about() {
    let words = [
        ("<text fill-opacity=\"0\">Anna</text>", Warning::HiddenText),
        ("<g fill=\"none\"><text>Anna</text></g>", Warning::HiddenText),
        ("<style>.a{fill:none}</style><text class=\"a\">Anna</text>", Warning::HiddenText),
        ("<text style=\"fill:transparent\">Anna</text>", Warning::HiddenText),
        ("<text systemLanguage=\"xx\">Anna</text>", Warning::HiddenText),
        ("<g requiredExtensions=\"http://x.test\"><text>Anna</text></g>", Warning::HiddenText),
        ("<text font-size=\"0\">Anna</text>", Warning::HiddenParts),
        ("<text opacity=\"0%\">Anna</text>", Warning::HiddenParts),
        ("<text transform=\"scale(0)\">Anna</text>", Warning::HiddenParts),
        ("<text>An\u{200B}na</text>", Warning::InvisibleCharacters),
        ("<text>An\u{430}</text>", Warning::LookalikeLetters),
    ];
    for (inside, warning) in words {
        let (_, report) = clean_with_report(&with(inside)).unwrap();
        assert_eq!(report.warnings, [warning], "{inside}");
    }
    for inside in [
        "<text fill=\"none\" stroke=\"red\">Anna</text>",
        "<g fill=\"none\"><text fill=\"red\">\n  Anna\n  <tspan>Bo</tspan></text></g>",
        "<path fill=\"none\" stroke=\"red\" d=\"M0 0H9\"/>",
    ] {
        assert_eq!(clean_with_report(&with(inside)).unwrap().1.warnings, [], "{inside}");
    }
}
