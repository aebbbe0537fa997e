//! axe-core: the rules of WCAG that a program can check.

use std::path::Path;

use serde_json::Value;

use crate::webdriver::Session;

const TAGS: &str = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']";

/// In pixels; the narrowest window that Firefox has, and an ordinary one.
const WIDTHS: [u32; 2] = [500, 1280];
const HEIGHT: u32 = 900;

/// What the quick exit covers of the head: it stays in its place while the page moves below.
const COVERED: &str = "const out = document.querySelector('.leave__out')?.getBoundingClientRect();
    scrollTo(0, 0);
    return out ? [...document.querySelectorAll('header :is(a, button)')].filter(one => {
        const box = one.getBoundingClientRect();
        return box.width && box.top < out.bottom && box.bottom > out.top
            && box.left < out.right && box.right > out.left;
    }).map(one => one.outerHTML) : [];";

/// The text of axe-core.
pub fn program() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/axe.min.js");
    std::fs::read_to_string(path).expect("target/tools/axe.min.js: run tests/browser/tools")
}

/// Checks the page that the browser shows, as narrow as on a phone and as wide as on a desk.
pub fn finds_nothing(session: &Session, program: &str, name: &str) {
    session.run(&format!("{program}; return true"));
    for width in WIDTHS {
        session.resize(width, HEIGHT);
        finds_nothing_here(session, &format!("{name} in {width} pixels"));
    }
}

fn finds_nothing_here(session: &Session, name: &str) {
    let found = session.run_and_wait(&format!(
        "const done = arguments[arguments.length - 1];
         // What stands in a frame has the heading of the page around it.
         const heading = {{ enabled: !document.querySelector('body.framed') }};
         axe.run(document, {{
             runOnly: {{ type: 'tag', values: {TAGS} }},
             rules: {{
                 'page-has-heading-one': heading,
                 // Of a page that goes on by itself `facts` asks for a link beside that.
                 'meta-refresh': {{ enabled: false }},
                 // Off unless it is asked for (WCAG 2.2, 2.5.8).
                 'target-size': {{ enabled: true }},
             }},
         }}).then(
             found => done({{
                 passes: found.passes.length,
                 violations: found.violations.map(
                     v => v.id + ': ' + v.nodes.map(n => n.html).join(' ')),
             }}),
             error => done({{ passes: 0, violations: [String(error)] }}));"
    ));
    assert!(found["passes"].as_u64().unwrap() > 10, "{name}: axe looked at the page");
    assert_eq!(session.run(COVERED), Value::Array(Vec::new()), "{name}: below the quick exit");
    assert_eq!(found["violations"], Value::Array(Vec::new()), "{name}");
}
