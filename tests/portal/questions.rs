//! The guided report: one subject a page, who must not see it, and who reports.

use std::path::PathBuf;

use axum::http::StatusCode;
use sluse::config::{Config, Reader};
use sluse::domain::ItemId;
use sluse::domain::dialogue::What;
use sluse::limits::ITEMS_PER_DAY;

use crate::support::browser::Page;
use crate::support::{Browser, House, Staff};

const STORY: &str = "Der forsvinder penge fra kassen hver fredag.";

fn reader(handler: &str, da: &str, outside: bool) -> Reader {
    let (handler, da, en) = (handler.to_owned(), da.to_owned(), format!("{da} in English"));
    Reader { handler, da, en, outside }
}

/// A unit of three, of whom reporters see two.
async fn unit(readers: Vec<Reader>) -> (House, [Staff; 3]) {
    unit_with(readers, None).await
}

async fn unit_with(readers: Vec<Reader>, own: Option<PathBuf>) -> (House, [Staff; 3]) {
    let change = |config: &mut Config| (config.readers, config.questionnaire) = (readers, own);
    let house = House::with(change).await;
    let staff = [house.enrol("anna").await, house.enrol("bo").await, house.enrol("carl").await];
    let mut anna = house.signed_in(&staff[0]).await;
    for _ in 1..3 {
        let page = anna.get("/handlers").await;
        let form = page.attributes("form[action$='/vouch']", "action")[0].clone();
        anna.submit(&form, &[]).await;
    }
    (house, staff)
}

async fn step(browser: &mut Browser, page: &str, fields: &[(&str, &str)]) -> Page {
    browser.get(&format!("/report/{page}")).await;
    let fields = [fields, &[("then", "next")]].concat();
    browser.upload("/report", &fields, &[]).await
}

fn cases(browser: &Browser) -> Vec<String> {
    browser.page.as_ref().unwrap().attributes("a[href^='/cases/']", "href")
}

async fn send(browser: &mut Browser) -> String {
    browser.get("/report/check").await;
    let code = browser.submit("/report/send", &[]).await.code();
    browser.submit("/receipt", &[("code", &code)]).await;
    code
}

#[tokio::test]
async fn a_report_is_asked_one_subject_a_page_and_all_of_it_is_read_by_the_handler() {
    let (house, anna) = House::new().await;
    let mut reporter = house.reporter();
    let first = reporter.get("/report").await;
    assert_eq!(first.all("h1").len(), 1);
    assert!(first.has("input[type=radio][value=employee]"), "{}", first.text());
    let next = step(&mut reporter, "relation", &[("relation", "former")]).await;
    assert_eq!(next.path, "/report/area");
    let next = step(&mut reporter, "area", &[("area", "money")]).await;
    assert_eq!(next.path, "/report/story");
    let next = step(&mut reporter, "story", &[("text", STORY)]).await;
    assert_eq!(next.path, "/report/when");
    let next = step(&mut reporter, "when", &[("when", "om\nfredagen"), ("ongoing", "yes")]).await;
    assert_eq!(next.path, "/report/people");
    // What was chosen is there when one comes back.
    assert!(reporter.get("/report/relation").await.has("[value=former][checked]"));
    let check = reporter.get("/report/check").await;
    for words in [STORY, "Jeg har været ansat", "om fredagen", "Ikke besvaret"] {
        assert!(check.text().contains(words), "{words}: {}", check.text());
    }
    send(&mut reporter).await;
    let mut handler = house.signed_in(&anna).await;
    handler.language = "en".to_owned();
    let case = cases(&handler)[0].clone();
    let page = handler.get(&case).await;
    for words in [STORY, "I used to work there", "What is your connection to the organisation?"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    assert!(!page.text().contains("Not answered"));
}

#[tokio::test]
async fn what_belongs_elsewhere_says_so_and_can_be_reported_all_the_same() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    let page = step(&mut reporter, "area", &[("area", "own-terms")]).await;
    assert_eq!(page.path, "/report/area");
    assert!(
        page.ways(".govuk-inset-text", "/") == ["/routes?report=area", "/report/story"],
        "{}",
        page.text()
    );
    // Whoever wants to see everything first sees it there.
    let check = reporter.get("/report/check").await;
    assert_eq!(check.all(".govuk-summary-list .govuk-inset-text").len(), 1, "{}", check.text());
    let page = step(&mut reporter, "area", &[("area", "money")]).await;
    assert!(!reporter.get("/report/check").await.has(".govuk-summary-list .govuk-inset-text"));
    assert_eq!(page.path, "/report/story");
    assert!(!reporter.get("/report/area").await.has(".govuk-inset-text"));
}

#[tokio::test]
async fn every_question_that_can_be_left_out_says_so_and_the_story_does_not() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    for page in ["relation", "area", "when", "people", "identity", "meeting", "reprisals"] {
        let page = reporter.get(&format!("/report/{page}")).await;
        let asked = page.all("legend, .govuk-form-group > label");
        assert!(!asked.is_empty(), "{}", page.text());
        assert!(asked.iter().all(|label| label.ends_with("(valgfrit)")), "{asked:?}");
    }
    let story = reporter.get("/report/story").await;
    assert!(!story.all("label[for='text']")[0].contains("valgfrit"), "{}", story.text());
}

#[tokio::test]
async fn only_the_story_is_asked_for_and_it_is_asked_for_twice() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    for page in ["relation", "when", "people", "keep-out", "identity", "meeting", "reprisals"] {
        let next = step(&mut reporter, page, &[]).await;
        assert!(!next.has(".govuk-error-summary"), "{page} may be left out");
    }
    let page = step(&mut reporter, "story", &[("text", " \n")]).await;
    assert!(page.has(".govuk-error-summary a[href='#text']"), "{}", page.text());
    assert!(page.all("title")[0].starts_with("Fejl:"));
    reporter.get("/report/check").await;
    let page = reporter.submit("/report/send", &[]).await;
    assert!(
        page.has(".govuk-error-summary a[href='/report/story?correct#text']"),
        "{}",
        page.text()
    );
    // Who corrects something comes back to where they saw it.
    let page = reporter.get("/report/story?correct").await;
    assert!(page.has("button[value=check]") && !page.has("button[value=next]"));
    assert_eq!(reporter.get("/receipt").await.path, "/report/check");
}

#[tokio::test]
async fn an_answer_over_its_limit_comes_back_whole_and_is_not_saved() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    step(&mut reporter, "when", &[("where", "Lageret")]).await;
    let long = "å".repeat(201);
    let page = step(&mut reporter, "when", &[("where", &long)]).await;
    assert!(page.has(".govuk-error-summary a[href='#where']"), "{}", page.text());
    assert_eq!(page.attributes("#where", "value"), [long]);
    assert!(page.text().contains("201 tegn"), "{}", page.text());
    assert_eq!(reporter.get("/report/when").await.attributes("#where", "value"), ["Lageret"]);
    let fits = "å".repeat(200);
    let page = step(&mut reporter, "when", &[("where", &fits)]).await;
    assert!(!page.has(".govuk-error-summary"));
}

#[tokio::test]
async fn two_tabs_take_no_answer_from_each_other() {
    let (house, _) = House::new().await;
    let mut one = house.reporter();
    one.get("/report/story").await;
    let mut other = one.clone();
    other.get("/report/people").await;
    one.upload("/report", &[("text", STORY)], &[]).await;
    other.upload("/report", &[("involved", "Lagerchefen")], &[]).await;
    let check = one.get("/report/check").await;
    assert!(check.text().contains(STORY) && check.text().contains("Lagerchefen"));
    // A page that is sent empty empties its own answers, and no others.
    step(&mut other, "people", &[("involved", "")]).await;
    let check = one.get("/report/check").await;
    assert!(check.text().contains(STORY) && !check.text().contains("Lagerchefen"));
}

#[tokio::test]
async fn hostile_words_stay_words_in_every_field() {
    let (house, anna) = House::new().await;
    let mut reporter = house.reporter();
    let hostile = "\"><script>alert(1)</script><img src=x onerror=y>&lt;' \u{202e}😀";
    let text = |id: &'static str| (id, hostile);
    for (page, fields) in [
        ("story", vec![text("text")]),
        ("when", vec![text("when"), text("where")]),
        ("people", vec![text("involved"), text("others")]),
        ("identity", vec![text("name"), text("contact")]),
        ("relation", vec![text("relation")]),
    ] {
        step(&mut reporter, page, &fields).await;
        let page = reporter.get(&format!("/report/{page}")).await;
        assert!(!page.has("main script") && !page.has("main img"), "{}", page.path);
    }
    let check = reporter.get("/report/check").await;
    assert!(!check.has("main script") && !check.has("main img"));
    assert!(
        check.all("dd .typed").iter().any(|text| text.contains(hostile)),
        "{:?}",
        check.all("dd .typed")
    );
    send(&mut reporter).await;
    let mut handler = house.signed_in(&anna).await;
    let case = cases(&handler)[0].clone();
    for path in [case.clone(), format!("{case}/identity")] {
        let page = handler.get(&path).await;
        assert!(page.text().contains("<script>alert(1)</script>"), "{}", page.text());
        assert!(!page.has("main script") && !page.has("main img"));
    }
}

#[tokio::test]
async fn who_must_not_see_a_report_gets_no_key_and_does_not_see_that_it_is_there() {
    let shown = vec![reader("bo", "HR-chefen", false), reader("carl", "Juristen", false)];
    let (house, [anna, bo, carl]) = unit(shown).await;
    let mut reporter = house.reporter();
    let page = reporter.get("/report/keep-out").await;
    assert_eq!(page.all("fieldset label"), ["HR-chefen", "Juristen"], "anna is not shown");
    step(&mut reporter, "story", &[("text", STORY)]).await;
    step(&mut reporter, "keep-out", &[("keep-out", "bo")]).await;
    assert!(reporter.get("/report/check").await.text().contains("HR-chefen"));
    let code = send(&mut reporter).await;
    let mut kept_out = house.signed_in(&bo).await;
    assert!(cases(&kept_out).is_empty(), "bo sees no case");
    for staff in [&anna, &carl] {
        let mut handler = house.signed_in(staff).await;
        let case = cases(&handler)[0].clone();
        let page = handler.get(&case).await;
        assert!(page.text().contains(STORY) && page.text().contains("HR-chefen"));
        assert_eq!(kept_out.get(&case).await.status, StatusCode::NOT_FOUND);
        let identity = format!("{case}/identity");
        assert_eq!(kept_out.get(&identity).await.status, StatusCode::NOT_FOUND);
    }
    // What is written later is out of reach too.
    let mut again = house.came_back(&code).await;
    again.upload("/case", &[("text", "Mere.")], &[]).await;
    assert!(cases(&house.signed_in(&bo).await).is_empty());
}

#[tokio::test]
async fn nobody_is_kept_out_if_too_few_would_be_left() {
    let shown = vec![reader("bo", "HR-chefen", false), reader("carl", "Juristen", false)];
    let (house, _) = unit(shown).await;
    let mut reporter = house.reporter();
    step(&mut reporter, "story", &[("text", STORY)]).await;
    let both = [("keep-out", "bo"), ("keep-out", "carl")];
    let page = step(&mut reporter, "keep-out", &both).await;
    assert_eq!(page.path, "/report");
    assert!(page.has(".govuk-error-summary a[href='#keep-out']"), "{}", page.text());
    assert!(!reporter.get("/report/check").await.text().contains("HR-chefen"), "nothing is saved");
    // Names that nobody shows change nothing.
    let page = step(&mut reporter, "keep-out", &[("keep-out", "bo"), ("keep-out", "x")]).await;
    assert!(!page.has(".govuk-error-summary"), "{}", page.text());
}

#[tokio::test]
async fn somebody_from_outside_is_always_left() {
    let shown = vec![reader("bo", "HR-chefen", false), reader("carl", "Advokaten", true)];
    let (house, _) = unit(shown).await;
    let mut reporter = house.reporter();
    let page = step(&mut reporter, "keep-out", &[("keep-out", "carl")]).await;
    assert!(page.has(".govuk-error-summary a[href='#keep-out']"), "{}", page.text());
    let page = step(&mut reporter, "keep-out", &[("keep-out", "bo")]).await;
    assert!(!page.has(".govuk-error-summary"), "{}", page.text());
}

/// Whoever knows what a handler signs in with can hold up their signing in.
#[tokio::test]
async fn handlers_write_by_the_name_that_the_site_publishes_or_by_none() {
    let (house, [anna, bo, _]) = unit(vec![reader("bo", "HR-chefen", false)]).await;
    let code = house.report(STORY).await;
    for (staff, words) in [(&anna, "Hvem har nøglen?"), (&bo, "Og hvornår?")] {
        let mut handler = house.signed_in(staff).await;
        let case = cases(&handler)[0].clone();
        handler.get(&case).await;
        handler.submit(&case, &[("text", words), ("what", "question")]).await;
        assert!(handler.get(&case).await.text().contains("Whistleblowerenheden, anna"));
    }
    let page = house.came_back(&code).await.get("/case").await;
    let heads = page.all(".dialogue h3").join("\n");
    assert!(page.text().contains("Hvem har nøglen?") && heads.contains("HR-chefen"), "{heads}");
    assert!(!heads.contains("anna") && !heads.contains("bo"), "{heads}");
}

#[tokio::test]
async fn where_nobody_is_shown_nobody_can_be_chosen() {
    let (house, [anna, ..]) = unit(Vec::new()).await;
    let check = sluse::checks::questions(&house.config).await;
    assert!(check.detail.starts_with("no [[reader]]"), "doctor warns: {}", check.detail);
    let mut reporter = house.reporter();
    assert!(!reporter.get("/report/keep-out").await.has("input[type=checkbox]"));
    step(&mut reporter, "story", &[("text", STORY)]).await;
    // `anna` is a handler, but no reporter is told so.
    let next = step(&mut reporter, "keep-out", &[("keep-out", "anna")]).await;
    assert!(!next.has(".govuk-error-summary"), "{}", next.text());
    send(&mut reporter).await;
    let text = reporter.get("/report").await.text();
    assert!(!text.contains("anna"), "{text}");
    assert_eq!(cases(&house.signed_in(&anna).await).len(), 1, "nobody was kept out");
}

#[tokio::test]
async fn who_reports_is_kept_apart_told_later_and_taken_back() {
    let (house, anna) = House::new().await;
    let mut reporter = house.reporter();
    step(&mut reporter, "story", &[("text", STORY)]).await;
    step(&mut reporter, "identity", &[("name", "Ida Holm"), ("contact", "20 30 40 50")]).await;
    let check = reporter.get("/report/check").await;
    assert!(!check.has("main q"), "what is told on purpose is no slip");
    let code = send(&mut reporter).await;
    let mut handler = house.signed_in(&anna).await;
    let case = cases(&handler)[0].clone();
    assert!(!handler.get(&case).await.text().contains("Ida Holm"));
    let identity = format!("{case}/identity");
    assert!(handler.get(&identity).await.text().contains("Ida Holm"));
    let mut again = house.came_back(&code).await;
    // To be changed, and not to be written once more: a field that came up empty erased what
    // was in it.
    let told = again.get("/case/identity").await;
    assert_eq!(told.attributes("#name", "value"), ["Ida Holm"]);
    assert_eq!(told.all("#contact"), ["20 30 40 50"]);
    let page = again.submit("/case/identity/take-back", &[]).await;
    assert!(page.text().contains("Du har taget det tilbage"), "{}", page.text());
    assert!(!page.text().contains("Ida Holm"), "{}", page.text());
    assert!(!handler.get(&identity).await.text().contains("Ida Holm"));
    assert!(handler.get(&case).await.text().contains("taget sit navn tilbage"));
    let page = again.submit("/case/identity", &[("name", " ")]).await;
    assert!(page.has(".govuk-error-summary"), "saying nothing is no taking back");
    let page = again.submit("/case/identity", &[("name", "Ida H.")]).await;
    assert!(page.has(".govuk-notification-banner"), "it is sent: {}", page.text());
    assert!(handler.get(&identity).await.text().contains("Ida H."));
    assert!(!handler.get(&identity).await.text().contains("20 30 40 50"));
}

#[tokio::test]
async fn who_reports_is_told_once_by_a_form_that_is_sent_twice() {
    let (house, anna) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    reporter.get("/case/identity").await;
    let mut twice = reporter.clone();
    reporter.submit("/case/identity", &[("name", "Ida")]).await;
    twice.submit("/case/identity", &[("name", "Ida")]).await;
    let mut handler = house.signed_in(&anna).await;
    let case = cases(&handler)[0].clone();
    let page = handler.get(&case).await.text();
    assert_eq!(page.matches("har fortalt, hvem det er").count(), 1, "{page}");
}

#[tokio::test]
async fn where_nobody_can_be_left_out_the_page_says_so() {
    let says = "lukker ingen ude";
    let (house, _) = House::new().await;
    assert!(house.reporter().get("/report/keep-out").await.text().contains(says));
    let (house, _) = unit(vec![reader("bo", "HR-chefen", false)]).await;
    assert!(!house.reporter().get("/report/keep-out").await.text().contains(says));
}

#[tokio::test]
async fn who_is_shown_by_another_spelling_or_is_no_handler_is_not_kept_out_in_silence() {
    let shown = vec![reader(" Bo", "HR-chefen", false), reader("dora", "Ukendt", false)];
    let (house, [_, bo, _]) = unit(shown).await;
    let mut reporter = house.reporter();
    let page = reporter.get("/report/keep-out").await;
    assert_eq!(page.all("fieldset label"), ["HR-chefen"], "dora is no handler");
    step(&mut reporter, "story", &[("text", STORY)]).await;
    step(&mut reporter, "keep-out", &[("keep-out", "bo")]).await;
    send(&mut reporter).await;
    assert!(cases(&house.signed_in(&bo).await).is_empty(), "bo is kept out");
}

#[tokio::test]
async fn who_reports_can_be_taken_back_however_much_was_written_today() {
    let (house, anna) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    reporter.get("/case/identity").await;
    reporter.submit("/case/identity", &[("name", "Ida")]).await;
    let who = house.came_in(&code).await;
    let case = who.reporters_case().unwrap();
    for number in 0..ITEMS_PER_DAY {
        let text = format!("{number}");
        let what = What::Message;
        house.portal.add(&who, case, ItemId::random(), what, text).await.unwrap();
    }
    let page = reporter.submit("/case/identity", &[("name", "Ida Holm")]).await;
    assert!(page.has(".govuk-error-summary"), "more is not taken today");
    let page = reporter.submit("/case/identity/take-back", &[]).await;
    assert!(!page.has(".govuk-error-summary"), "{}", page.text());
    let mut handler = house.signed_in(&anna).await;
    let case = cases(&handler)[0].clone();
    assert!(!handler.get(&format!("{case}/identity")).await.text().contains("Ida"));
}

#[tokio::test]
async fn told_and_taken_back_from_one_page_is_taken_back() {
    let (house, anna) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    reporter.get("/case/identity").await;
    reporter.submit("/case/identity", &[("name", "Ida")]).await;
    let old = reporter.clone();
    reporter.submit("/case/identity", &[("name", "Ida Holm")]).await;
    let mut old = old;
    old.submit("/case/identity/take-back", &[]).await;
    let mut handler = house.signed_in(&anna).await;
    let case = cases(&handler)[0].clone();
    assert!(!handler.get(&format!("{case}/identity")).await.text().contains("Ida"));
}

#[tokio::test]
async fn what_was_written_on_a_page_whose_visit_is_over_is_given_back() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report/people").await;
    let mut late = reporter.clone();
    late.cookies.clear();
    let fields = [("involved", "Lagerchefen <b>"), ("others", "Kun jeg.")];
    let page = late.upload("/report", &fields, &[]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let given = &page.all("main textarea")[0];
    assert!(given.contains("Lagerchefen <b>") && given.contains("Kun jeg."), "{given}");
    assert!(page.has("main a[href='/report']"));
    // Nothing of it is kept, and a page with nothing on it is the ordinary error.
    assert_eq!(late.get("/report/check").await.path, "/report?no-draft");
    late.cookies.clear();
    late.page.clone_from(&reporter.page);
    let page = late.upload("/report", &[("involved", " ")], &[]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.has("main textarea"));
}

#[tokio::test]
async fn another_site_does_not_make_a_page_show_its_words() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report/people").await;
    reporter.cookies.clear();
    for from in ["cross-site", "same-site", "none"] {
        reporter.habits = vec![("sec-fetch-site".to_owned(), from.to_owned())];
        let mut other = reporter.clone();
        let page = other.upload("/report", &[("involved", "Log ind på ond.example")], &[]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{from}");
        assert!(!page.text().contains("ond.example"), "{from}");
    }
}

#[tokio::test]
async fn a_site_s_own_question_that_is_needed_is_asked_for_in_words_that_fit_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("questions.toml");
    let both = "{ da = \"Hvilket skib?\", en = \"Which ship?\" }";
    let own = format!(
        "[[page]]\nid = \"ship\"\ntitle = {both}\n[[page.field]]\nid = \"ship\"\n\
         kind = \"line\"\nlabel = {both}\nrequired = true\n"
    );
    let standard = include_str!("../../templates/questionnaire.toml");
    std::fs::write(&file, own + standard).unwrap();
    let house = House::with(|config| config.questionnaire = Some(file)).await;
    house.enrol("anna").await;
    let mut reporter = house.reporter();
    let page = step(&mut reporter, "ship", &[]).await;
    assert!(page.text().contains("Svar på spørgsmålet"), "{}", page.text());
    assert!(!page.text().contains("Skriv, hvad der er sket"), "{}", page.text());
    step(&mut reporter, "story", &[("text", STORY)]).await;
    reporter.get("/report/check").await;
    let page = reporter.submit("/report/send", &[]).await;
    assert!(
        page.has(".govuk-error-summary a[href='/report/ship?correct#ship']"),
        "{}",
        page.text()
    );
    step(&mut reporter, "ship", &[("ship", "Havfruen")]).await;
    assert_eq!(send(&mut reporter).await.len(), 19);
}

#[tokio::test]
async fn who_can_be_left_out_stays_on_a_page_that_comes_back_for_another_answer() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("questions.toml");
    let field = "[[page.field]]\nid = \"keep-out-words\"";
    let why = "[[page.field]]\nid = \"why\"\nkind = \"line\"\nrequired = true\n\
        label = { da = \"Hvorfor?\", en = \"Why?\" }\n\n";
    let standard = include_str!("../../templates/questionnaire.toml");
    std::fs::write(&file, standard.replace(field, &format!("{why}{field}"))).unwrap();
    let (house, _) = unit_with(vec![reader("bo", "HR-chefen", false)], Some(file)).await;
    let mut reporter = house.reporter();
    let page = step(&mut reporter, "keep-out", &[("keep-out", "bo")]).await;
    assert!(page.has(".govuk-error-summary a[href='#why']"), "{}", page.text());
    assert!(page.has("#keep-out-bo[checked]"), "{}", page.text());
}

#[tokio::test]
async fn whoever_corrects_an_answer_is_led_back_also_when_it_has_to_be_corrected_twice() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report/when?correct").await;
    let long = "å".repeat(201);
    let page =
        reporter.upload("/report?correct", &[("where", &long), ("then", "check")], &[]).await;
    assert!(page.has(".govuk-error-summary") && !page.has("button[value=next]"), "{}", page.text());
    let page =
        reporter.upload("/report?correct", &[("where", "Kajen"), ("then", "check")], &[]).await;
    assert_eq!(page.path, "/report/check");
}

#[tokio::test]
async fn whoever_changes_an_answer_of_a_report_that_was_sent_meanwhile_is_told_that_it_was_sent() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    step(&mut reporter, "story", &[("text", STORY)]).await;
    step(&mut reporter, "when", &[("when", "I april")]).await;
    reporter.get("/report/when").await;
    let mut other = reporter.clone();
    let mut sender = other.clone();
    sender.get("/report/check").await;
    let code = sender.submit("/report/send", &[]).await.code();
    let fields = [("when", "I maj"), ("then", "next")];
    let page = other.clone().upload("/report", &fields, &[]).await;
    assert!(page.text().contains("Den var allerede sendt"), "{}", page.text());
    assert!(page.all("#text").concat().contains("I maj"));
    // Once the receipt is answered too, the words begin another one.
    sender.submit("/receipt", &[("code", &code)]).await;
    let page = other.upload("/report", &fields, &[]).await;
    assert!(!page.has(".govuk-error-summary"), "{}", page.text());
    assert_eq!(other.get("/report/when").await.attributes("#when", "value"), ["I maj"]);
}

/// Nobody who looks back, or reads better in the other language, writes it twice.
#[tokio::test]
async fn what_was_written_on_a_page_is_saved_by_going_back_and_by_another_language() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report/when").await;
    let back = "button.govuk-back-link";
    let page = reporter.press_with(back, &[("where", "Kajen")]).await;
    assert_eq!(page.path, "/report/story");
    let page = reporter.press_with("button[lang='en']", &[("text", "Det skete.")]).await;
    assert_eq!(page.path, "/report/story");
    assert!(page.has("html[lang='en']") && page.all("textarea")[0].contains("Det skete."));
    reporter.get("/report/when?correct").await;
    let page = reporter.press_with("button[lang='da']", &[("where", "Kajen 2")]).await;
    assert_eq!(page.path, "/report/when?correct", "and leads on to where it was corrected for");
    assert_eq!(page.attributes("#where", "value"), ["Kajen 2"]);
    // What is too long is said before the page is left.
    let long = "x".repeat(sluse::limits::LINE_CHARACTERS + 1);
    let page = reporter.press_with(back, &[("where", &long)]).await;
    assert!(page.has(".govuk-error-summary") && page.has("#where"), "{}", page.text());
    // Also from the first page.
    reporter.get("/report").await;
    assert_eq!(reporter.press(back).await.path, "/");
}
