//! Presentations.

use sluse_sanitizers::refusal::Feature;
use sluse_sanitizers::{Change, Kind, Refusal, Warning};

use crate::cleaning::{clean, clean_with_report};
use crate::office::corpus::real_files_show_the_same;
use crate::office::damage::survives_damage;
use crate::office::package::package;
use crate::office::witness::{member, words};

const SPACES: &str = "xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' \
    xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
    xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' \
    xmlns:dsp='http://schemas.microsoft.com/office/drawing/2008/diagram' \
    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";

const GROUP: &str = "<p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/>\
    </p:nvGrpSpPr><p:grpSpPr/>";

const COLOURS: &str = "<p:clrMap bg1='lt1' tx1='dk1' bg2='lt2' tx2='dk2' accent1='accent1' \
    accent2='accent2' accent3='accent3' accent4='accent4' accent5='accent5' accent6='accent6' \
    hlink='hlink' folHlink='folHlink'/>";

fn shape(text: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id='2' name='Anna'/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>\
         <a:xfrm><a:off x='0' y='0'/><a:ext cx='3000000' cy='900000'/></a:xfrm>\
         <a:prstGeom prst='rect'><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p><a:r>\
         <a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
}

/// A presentation of these slides: attributes, shapes, what is behind them. All use the
/// second of three layouts.
fn presentation(
    slides: &[(&str, &str, &str)],
    more: &[(&str, &str, &str)],
    links: &[[&str; 4]],
) -> Vec<u8> {
    let mut parts = Vec::new();
    let mut relations: Vec<[String; 4]> = Vec::new();
    let mut relate = |one: [&str; 4]| relations.push(one.map(str::to_owned));
    relate(["", "rId1", "officeDocument", "ppt/presentation.xml"]);
    relate(["ppt/presentation.xml", "rIdM", "slideMaster", "ppt/slideMasters/m.xml"]);
    relate(["ppt/slideMasters/m.xml", "rIdT", "theme", "ppt/theme/t.xml"]);
    let mut entries = String::new();
    for (number, (attributes, shapes, behind)) in slides.iter().enumerate() {
        let name = format!("ppt/slides/s{number}.xml");
        let id = format!("rId{number}");
        let one = format!("<p:sldId id='{}' r:id='{id}'/>", 300 + number * 7);
        entries.push_str(&one);
        relate(["ppt/presentation.xml", &id, "slide", &name]);
        relate([&name, "rIdL", "slideLayout", "ppt/slideLayouts/l1.xml"]);
        parts.push((
            name,
            "presentationml.slide",
            format!(
                "<p:sld {SPACES} {attributes}><p:cSld><p:spTree>{GROUP}{shapes}</p:spTree></p:cSld>\
             {behind}</p:sld>"
            ),
        ));
    }
    let mut layouts = String::new();
    for number in 0..3 {
        let name = format!("ppt/slideLayouts/l{number}.xml");
        let id = format!("rId{number}");
        let one = format!("<p:sldLayoutId id='{}' r:id='{id}'/>", 2_147_483_700_u32 + number);
        layouts.push_str(&one);
        relate(["ppt/slideMasters/m.xml", &id, "slideLayout", &name]);
        relate([&name, "rIdM", "slideMaster", "ppt/slideMasters/m.xml"]);
        parts.push((name, "presentationml.slideLayout", format!(
            "<p:sldLayout {SPACES}><p:cSld name='Layout {number} of a company'><p:spTree>{GROUP}\
             </p:spTree></p:cSld></p:sldLayout>"
        )));
    }
    parts.push(("ppt/presentation.xml".to_owned(), "presentationml.presentation.main", format!(
        "<p:presentation {SPACES}><p:sldMasterIdLst><p:sldMasterId id='2147483648' r:id='rIdM'/>\
         </p:sldMasterIdLst><p:sldIdLst>{entries}</p:sldIdLst><p:sldSz cx='9144000' \
         cy='6858000'/><p:notesSz cx='6858000' cy='9144000'/></p:presentation>"
    )));
    parts.push((
        "ppt/slideMasters/m.xml".to_owned(),
        "presentationml.slideMaster",
        format!(
            "<p:sldMaster {SPACES}><p:cSld><p:spTree>{GROUP}</p:spTree></p:cSld>{COLOURS}\
         <p:sldLayoutIdLst>{layouts}</p:sldLayoutIdLst></p:sldMaster>"
        ),
    ));
    parts.push((
        "ppt/theme/t.xml".to_owned(),
        "theme",
        format!("<a:theme {SPACES} name='Template of a company'><a:themeElements/></a:theme>"),
    ));
    let mut all: Vec<_> =
        parts.iter().map(|(name, kind, text)| (&**name, *kind, &**text)).collect();
    all.extend(more);
    let mut every: Vec<[&str; 4]> =
        relations.iter().map(|one| one.each_ref().map(|word| &**word)).collect();
    every.extend(links);
    package(&all, &every)
}

#[test]
fn slides_keep_their_order_and_their_words() {
    let [one, two] = ["first words", "second words"].map(shape);
    let file = presentation(&[("", &one, ""), ("", &two, "")], &[], &[]);
    let copy = clean(&file);
    assert!(member(&copy, "ppt/slides/slide2.xml").contains("second words"));
    let shown = words(&[("pptx", &file), ("pptx", &copy)]);
    assert_eq!(shown[0].as_deref(), Some("first second words words"));
    assert_eq!(shown[0], shown[1]);
}

#[test]
fn hidden_slides_stay_and_are_warned_of() {
    let file = presentation(&[("", &shape("a"), ""), ("show='0'", &shape("b"), "")], &[], &[]);
    let (copy, report) = clean_with_report(&file).unwrap();
    assert_eq!(report.warnings, [Warning::HiddenParts]);
    assert!(member(&copy, "ppt/slides/slide2.xml").contains(" show=\"0\""));
}

#[test]
fn shapes_beside_the_slide_stay_and_are_warned_of() {
    let beside = shape("a").replace("x='0' y='0'", "x='-3000000' y='0'");
    let (copy, report) = clean_with_report(&presentation(&[("", &beside, "")], &[], &[])).unwrap();
    assert_eq!(report.warnings, [Warning::HiddenParts]);
    assert!(member(&copy, "ppt/slides/slide1.xml").contains("-3000000"));
}

#[test]
fn shapes_of_a_group_beside_the_slide_are_warned_of() {
    let group = |place: &str| {
        let inside = shape("a").replace("<a:off x='0' y='0'/>", place);
        format!(
            "<p:grpSp>{}<p:grpSpPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='9' cy='9'/><a:chOff x='0' \
             y='0'/><a:chExt cx='9' cy='9'/></a:xfrm></p:grpSpPr>{inside}</p:grpSp>",
            GROUP.replace("<p:grpSpPr/>", "")
        )
    };
    let warnings = |place: &str| {
        let file = presentation(&[("", &group(place), "")], &[], &[]);
        clean_with_report(&file).unwrap().1.warnings
    };
    assert_eq!(warnings("<a:off x='-90000000' y='0'/>"), [Warning::HiddenParts]);
    assert_eq!(warnings("<a:off x='5' y='5'/>"), []);
}

#[test]
fn words_that_are_too_small_to_read_are_warned_of() {
    let tiny = shape("a").replace("<a:t>a", "<a:rPr sz='100'/><a:t>a");
    let file = presentation(&[("", &tiny, "")], &[], &[]);
    assert_eq!(clean_with_report(&file).unwrap().1.warnings, [Warning::HiddenText]);
}

#[test]
fn damaged_presentations_are_refused_or_clean() {
    survives_damage(&presentation(&[("", &shape("a"), "")], &[], &[]), 300);
}

#[test]
fn of_layouts_those_in_use_stay_without_their_names() {
    let copy = clean(&presentation(&[("", &shape("a"), "")], &[], &[]));
    let master = member(&copy, "ppt/slideMasters/slideMaster1.xml");
    assert_eq!(master.matches("<p:sldLayoutId ").count(), 1, "{master}");
    let all = member(&copy, "*");
    assert!(!all.contains("company") && !all.contains("Anna"), "{all}");
}

#[test]
fn a_presentation_without_slides_keeps_one_layout() {
    let copy = clean(&presentation(&[], &[], &[]));
    assert!(member(&copy, "ppt/slideMasters/slideMaster1.xml").contains("<p:sldLayoutId "));
}

#[test]
fn numbers_of_slides_and_shapes_do_not_tell_what_was_there() {
    let file = |shape: &str| presentation(&[("", shape, "")], &[], &[]);
    let plain = shape("a");
    let other = plain.replace("id='2' name='Anna'", "id='4711' name='Tekstboks 17' descr='x'");
    assert_eq!(clean(&file(&plain)), clean(&file(&other)));
}

#[test]
fn animations_go_and_that_is_said() {
    let file = presentation(&[("", &shape("a"), "<p:timing/>")], &[], &[]);
    let (copy, report) = clean_with_report(&file).unwrap();
    assert!(report.changes.contains(&Change::AnimationsRemoved));
    assert!(!member(&copy, "ppt/slides/slide1.xml").contains("timing"));
}

#[test]
fn speaker_notes_go_and_that_is_said() {
    let notes = format!("<p:notes {SPACES}><p:cSld/></p:notes>");
    let part = ("ppt/notesSlides/n.xml", "presentationml.notesSlide", &*notes);
    let link = ["ppt/slides/s0.xml", "rIdN", "notesSlide", "ppt/notesSlides/n.xml"];
    let file = presentation(&[("", &shape("a"), "")], &[part], &[link]);
    let (copy, report) = clean_with_report(&file).unwrap();
    assert!(report.changes.contains(&Change::SpeakerNotesRemoved));
    assert_eq!(copy, clean(&presentation(&[("", &shape("a"), "")], &[], &[])));
}

#[test]
fn the_part_of_a_picture_that_is_cut_off_is_warned_of() {
    let picture = |cut: &str| {
        format!(
            "<p:pic><p:nvPicPr><p:cNvPr id='3' name=''/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>\
             <p:blipFill><a:blip/><a:srcRect {cut}/></p:blipFill><p:spPr/></p:pic>"
        )
    };
    let warnings = |cut: &str| {
        let file = presentation(&[("", &picture(cut), "")], &[], &[]);
        clean_with_report(&file).unwrap().1.warnings
    };
    assert_eq!(warnings("l='20000'"), [Warning::CroppedArea]);
    assert_eq!(warnings("l='0'"), []);
}

#[test]
fn a_diagram_becomes_the_shapes_it_is_drawn_with() {
    let frame = "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='9' name=''/>\
        <p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x='0' y='0'/>\
        <a:ext cx='3000000' cy='3000000'/></p:xfrm><a:graphic><a:graphicData \
        uri='http://schemas.openxmlformats.org/drawingml/2006/diagram'>\
        <dgm:relIds r:dm='rIdD' r:lo='rIdD' r:qs='rIdD' r:cs='rIdD'/></a:graphicData></a:graphic>\
        </p:graphicFrame>";
    let data = format!(
        "<dgm:dataModel {SPACES}><dgm:ptLst><dgm:pt><dgm:t>never drawn</dgm:t></dgm:pt></dgm:ptLst>\
         <dgm:extLst><a:ext uri='x'><dsp:dataModelExt relId='rIdW'/></a:ext></dgm:extLst>\
         </dgm:dataModel>"
    );
    let shapes = format!(
        "<dsp:drawing {SPACES}><dsp:spTree><dsp:nvGrpSpPr><dsp:cNvPr id='0' name=''/>\
         <dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/><dsp:sp modelId='{{8C1}}'><dsp:nvSpPr>\
         <dsp:cNvPr id='0' name=''/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr><a:xfrm><a:off x='0' y='0'/>\
         <a:ext cx='2000000' cy='900000'/></a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom>\
         </dsp:spPr><dsp:txBody><a:bodyPr/><a:p><a:r><a:t>drawn words</a:t></a:r></a:p>\
         </dsp:txBody><dsp:txXfrm/></dsp:sp></dsp:spTree></dsp:drawing>"
    );
    let parts = [
        ("ppt/diagrams/d.xml", "drawingml.diagramData", &*data),
        ("ppt/diagrams/w.xml", "application/vnd.ms-office.drawingml.diagramDrawing+xml", &*shapes),
    ];
    let drawing = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing";
    let links = [
        ["ppt/slides/s0.xml", "rIdD", "diagramData", "ppt/diagrams/d.xml"],
        ["ppt/slides/s0.xml", "rIdW", drawing, "ppt/diagrams/w.xml"],
    ];
    let file = presentation(&[("", frame, "")], &parts, &links);
    let copy = clean(&file);
    let slide = member(&copy, "ppt/slides/slide1.xml");
    assert!(slide.contains("<p:grpSp>") && slide.contains("drawn words"), "{slide}");
    assert!(!slide.contains("never drawn") && !slide.contains("8C1"), "{slide}");
    let shown = words(&[("pptx", &copy)]);
    assert_eq!(shown[0].as_deref(), Some("drawn words"));
}

#[test]
fn programs_inside_of_a_presentation_are_refused() {
    let macros = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml";
    let parts = [("ppt/presentation.xml", macros, "<x/>")];
    let file = package(&parts, &[["", "rId1", "officeDocument", "ppt/presentation.xml"]]);
    assert_eq!(clean_with_report(&file).unwrap_err(), Refusal::Feature(Feature::Macros));
}

#[test]
fn real_presentations_show_the_same() {
    real_files_show_the_same(&["pptx", "potx", "ppsx"], Kind::Pptx, &OTHER);
}

/// Files of which `LibreOffice` shows something else, and why.
const OTHER: [&str; 6] = [
    // The time of day, once later than the other.
    "testPPT_autodate.pptx",
    // Words in pictures of files inside, which are in a format that is not cleaned.
    "testPPT_embeded.pptx",
    "testPPT_oleWorkbook.pptx",
    "testPPT_various2.pptx",
    "testWPSAttachment.pptx",
    "test_embedded_zip.pptx",
];
