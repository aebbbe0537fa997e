//! A page by its keys alone: what the tabulator reaches, in which order, and whether one
//! sees where one is.

use serde_json::{Value, json};

use crate::webdriver::Session;

/// Everything that can be used and is shown. Of choices that exclude each other one is
/// reached, and arrows lead to the others.
const ALL: &str =
    "(() => { window.reachable = [...document.querySelectorAll('a[href], button, summary, ' +
        'textarea, select, iframe, input:not([type=hidden])')]
    .filter(element => element.checkVisibility({ visibilityProperty: true }))
    .filter((element, at, all) => element.type !== 'radio' ||
        all.findIndex(other => other.name === element.name) === at);
    window.looks = element => { const style = getComputedStyle(element);
        const label = element.labels?.[0] ? getComputedStyle(element.labels[0], '::before') : {};
        return [style.outlineStyle === 'none' || style.outline, style.boxShadow, style.backgroundColor, style.borderColor,
            label.outline, label.boxShadow, label.borderWidth].join(); };
    const page = document.documentElement;
    page.tabIndex = -1; page.focus(); page.removeAttribute('tabindex'); scrollTo(0, 0);
    // Now that nothing has it: the button that led here may still have had it.
    window.unfocused = reachable.map(looks);
    return reachable.map(element => element.outerHTML.slice(0, 90)); })()";

/// Where one is: which of those, whether that shows, and whether something lies over it.
const HERE: &str = "(() => {
    const here = document.activeElement;
    const at = reachable.findIndex(element => element === here ||
        here?.type === 'radio' && element.name === here.name);
    if (at < 0) return null;
    const inside = here.tagName === 'IFRAME';
    // Of a large field the line with the caret is scrolled into sight, not the middle.
    const heights = [.1, .5].flatMap(part => [...here.getClientRects()].map(box => [part, box]));
    const found = heights.some(([part, box]) => {
        const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height * part);
        return over && (here.contains(over) || [...here.labels ?? []].some(l => l.contains(over)));
    });
    return [at, inside || looks(here) !== unfocused[at], inside || found];
})()";

/// Drivers press where an element is, also under the strip that stays in sight.
const TO_THE_TOP: &str = "scrollTo(0, 0)";

/// Walks through the page by the tabulator.
pub fn reach_everything(session: &Session, name: &str) {
    let all: Vec<String> = serde_json::from_value(session.value(ALL)).unwrap();
    let mut reached = Vec::new();
    // Frames have stops of their own.
    for _ in 0..2 * all.len() + 40 {
        tabulator(session);
        let here = session.value(HERE);
        let Some(at) = here[0].as_u64() else { break };
        let at = at as usize;
        if reached.last() == Some(&at) {
            continue;
        }
        if reached.first() == Some(&at) {
            break;
        }
        assert_eq!(here[1], true, "{name}: focus does not show on {}", all[at]);
        assert_eq!(here[2], true, "{name}: something covers {}", all[at]);
        reached.push(at);
    }
    let missing: Vec<&String> =
        all.iter().enumerate().filter(|(at, _)| !reached.contains(at)).map(|(_, it)| it).collect();
    assert!(missing.is_empty(), "{name}: the tabulator does not reach {missing:?}");
    assert!(reached.is_sorted(), "{name}: the order is another than on the page: {reached:?}");
    if session.has(".leave") {
        assert!(all[0].contains("href=\"/leave\""), "{name} begins with {}", all[0]);
        assert!(all[1].contains("href=\"#content\""), "{name} goes on with {}", all[1]);
    }
    session.value(TO_THE_TOP);
    lead_to_the_fault(session, name);
    session.value(TO_THE_TOP);
}

/// What is to be corrected leads to where it is corrected.
fn lead_to_the_fault(session: &Session, name: &str) {
    for (number, target) in session.attributes(".govuk-error-summary a", "href").iter().enumerate()
    {
        if target.starts_with("/report/") {
            continue;
        }
        session.press(&format!(".govuk-error-summary li:nth-child({}) a", number + 1));
        let id = target.strip_prefix('#').unwrap_or_else(|| panic!("{name}: {target}"));
        if session.has(&format!("input{target}, textarea{target}, select{target}")) {
            assert_eq!(session.value("document.activeElement.id"), id, "{name}");
        }
    }
}

fn tabulator(session: &Session) {
    for kind in ["rawKeyDown", "keyUp"] {
        let key: Value =
            json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
        session.devtools("Input.dispatchKeyEvent", &key);
    }
}
