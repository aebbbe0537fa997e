//! Hard use: what people do to a page in a hurry, and what those do who mean harm. Nothing
//! is lost, nothing breaks, nothing runs.

use axum::http::StatusCode;
use sluse::domain::questionnaire::Kind;

use crate::support::browser::{Upload, multipart};
use crate::support::{Browser, House, Page, Staff};

/// Markup that would run, ends of elements and attributes, letters that turn the direction,
/// join, weigh four bytes, or are none.
const HOSTILE: &str = "</textarea></title><script>document.title='ran'</script>\
     <img src=x onerror=alert(1)><b class=\"hostile\">'\"> &amp;amp; {{ 7*7 }} { $day } \
     %0d%0aSet-Cookie:a=b 👩🏽‍🏭 🙈 Æøå שלום مرحبا \u{202e}baglæns\u{202c} e\u{301}";
/// Elements that only [`HOSTILE`] could have made.
const MADE: &str = "script, .hostile, [onerror], img:not([src^='data:'])";

async fn first_case(handler: &mut Browser) -> Page {
    let inbox = handler.get("/").await;
    let case = inbox.attributes("main a[href^='/cases/']", "href")[0].clone();
    handler.get(&case).await
}

/// The message that a page shows last, letter by letter.
fn last_message(page: &Page) -> String {
    let html = page.html();
    let typed = scraper::Selector::parse(".dialogue .typed").unwrap();
    html.select(&typed).next_back().unwrap().text().collect()
}

#[tokio::test]
async fn hostile_markup_and_strange_letters_arrive_as_they_were_typed() {
    let (house, anna) = House::new().await;
    let code = house.report(HOSTILE).await;
    let mut handler = house.signed_in(&anna).await;
    let page = first_case(&mut handler).await;
    assert_eq!(last_message(&page), HOSTILE);
    assert!(!page.has(MADE));
    let page = handler.submit(&page.path, &[("text", HOSTILE)]).await;
    assert!(!page.has(MADE));
    let mut reporter = house.came_back(&code).await;
    let page = reporter.get("/case").await;
    assert_eq!(last_message(&page), HOSTILE);
    assert!(!page.has(MADE));
    let own = format!("{HOSTILE} igen");
    let page = reporter.upload("/case", &[("text", &own)], &[]).await;
    assert_eq!(last_message(&page), own);
    assert!(!page.has(MADE));
}

/// Questions that are answered with words.
const IN_WORDS: [Kind; 3] = [Kind::Story, Kind::Words, Kind::Line];

/// What is typed into a field, told apart from every other.
fn typed_into(field: &str) -> String {
    format!("{field}: {HOSTILE}")
}

#[tokio::test]
async fn hostile_markup_in_every_answer_of_a_report_arrives_as_it_was_typed() {
    let (house, anna) = House::new().await;
    let mut reporter = house.reporter();
    let (mut told, mut named) = (Vec::new(), Vec::new());
    let pages = house.portal.questionnaire().all_pages();
    for page in pages.iter().filter(|page| !page.files) {
        let words = page.fields.iter().filter(|field| IN_WORDS.contains(&field.kind));
        let fields: Vec<_> = words.map(|field| (&*field.id, typed_into(&field.id))).collect();
        let pairs: Vec<_> = fields.iter().map(|(id, words)| (*id, &**words)).collect();
        reporter.get(&format!("/report/{}", page.id)).await;
        reporter.upload("/report", &pairs, &[]).await;
        let again = reporter.get(&format!("/report/{}", page.id)).await;
        for (id, words) in &fields {
            let lines = again.attributes(&format!("#{id}"), "value");
            let shown = [lines, again.all(&format!("#{id}"))].concat();
            assert!(shown.contains(words), "{id}: {shown:?}");
        }
        assert!(!again.has(MADE), "{}", page.id);
        let all = if page.identity { &mut named } else { &mut told };
        all.extend(fields.into_iter().map(|(_, words)| words));
    }
    assert!(told.len() > 5 && named.len() > 1, "{told:?} {named:?}");
    let check = reporter.get("/report/check").await;
    assert!(!check.has(MADE));
    let shown = check.all(".typed");
    assert!(told.iter().chain(&named).all(|words| shown.contains(words)), "{shown:?}");
    reporter.submit("/report/send", &[]).await.code();
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    let identity = handler.get(&format!("{}/identity", case.path)).await;
    for (page, all) in [(case, told), (identity, named)] {
        let shown = page.all(".typed");
        assert!(all.iter().all(|words| shown.contains(words)), "{shown:?}");
        assert!(!page.has(MADE), "{}", page.path);
    }
}

/// Whose pages have forms.
#[derive(Clone, Copy, Debug)]
enum Writer {
    Stranger,
    /// With a case and with a draft of another report.
    Reporter,
    /// With a new code that is not typed back yet.
    ChangingCode,
    /// With a receipt that is not typed back yet.
    Sender,
    HandlerOutside,
    Handler,
}

impl Writer {
    async fn comes(self, house: &House, anna: &Staff) -> Browser {
        if let Writer::HandlerOutside = self {
            return house.handler();
        }
        if let Writer::Handler = self {
            return house.signed_in(anna).await;
        }
        let mut browser = house.reporter();
        if let Writer::Reporter | Writer::ChangingCode = self {
            let code = house.report("En sag.").await;
            browser = house.came_back(&code).await;
        }
        if let Writer::ChangingCode = self {
            browser.get("/case/code").await;
            browser.submit("/case/code", &[]).await;
            return browser;
        }
        if let Writer::Reporter | Writer::Sender = self {
            browser.get("/report").await;
            browser.upload("/report", &[("text", HOSTILE)], &[]).await;
        }
        if let Writer::Sender = self {
            browser.submit("/report/send", &[]).await.code();
        }
        browser
    }
}

/// Fills every field of a form, sends it, and looks at what comes back. Returns how many
/// fields there were.
async fn fill_in(browser: &mut Browser, action: &str) -> usize {
    let page = browser.page.clone().unwrap();
    let here = match action {
        "" => "form:not([action])".to_owned(),
        action => format!("form[action='{action}']"),
    };
    let named = format!("{here} input:not([type=file], [type=hidden]), {here} textarea");
    let names = page.attributes(&named, "name");
    let typed: Vec<(&str, &str)> = names.iter().map(|name| (&**name, HOSTILE)).collect();
    let answer = if page.has(&format!("{here}[enctype]")) {
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let mut all = page.hidden_fields(action);
        all.extend(typed.into_iter().map(owned));
        let file = Upload { name: "<script>x</script>.txt", bytes: b"words" };
        browser.post_multipart(action, multipart(&all, &[file])).await
    } else {
        browser.submit(action, &typed).await
    };
    assert!(!answer.status.is_server_error(), "{action}: {}", answer.status);
    assert!(!answer.has(MADE), "{action} answers {}", answer.path);
    for path in ["/report", "/report/check", "/report/files/list", "/case", "/"] {
        assert!(!browser.get(path).await.has(MADE), "{path} after {action}");
    }
    names.len()
}

/// Every field that pages offer, whatever it is for.
#[tokio::test]
async fn no_field_of_any_form_turns_into_markup() {
    use Writer::{ChangingCode, Handler, HandlerOutside, Reporter, Sender, Stranger};
    let (house, anna) = House::new().await;
    house.report("En sag.").await;
    let case = first_case(&mut house.signed_in(&anna).await).await.path;
    let enrol = format!("/enrol/{}", house.invite("bo").await);
    let questions = house.portal.questionnaire().all_pages();
    let questions: Vec<_> = questions.iter().map(|page| format!("/report/{}", page.id)).collect();
    let own = ["/report/check", "/report/later", "/sign-in", "/case", "/case/files"];
    let own = own.into_iter().chain(["/case/identity", "/case/code"]);
    let mut pages: Vec<_> = questions.iter().map(|path| (Reporter, &**path)).collect();
    pages.extend(own.map(|path| (Reporter, path)));
    pages.extend([(Stranger, "/sign-in"), (Stranger, "/report"), (ChangingCode, "/case/code")]);
    pages.extend([(Sender, "/receipt"), (HandlerOutside, "/sign-in"), (HandlerOutside, &*enrol)]);
    pages.extend([(Handler, &*case), (Handler, "/handlers")]);
    let (mut forms, mut fields) = (0, 0);
    for (writer, path) in pages {
        let shown = writer.comes(&house, &anna).await.get(path).await;
        let mut actions = shown.attributes("form", "action");
        actions.extend(shown.has("form:not([action])").then(String::new));
        assert!(!actions.is_empty(), "{writer:?} finds a form at {path}");
        for action in actions {
            // Another one each time: a form may end the visit.
            let mut browser = writer.comes(&house, &anna).await;
            browser.get(path).await;
            fields += fill_in(&mut browser, &action).await;
            forms += 1;
        }
    }
    assert!(forms >= 30 && fields > 60, "{forms} forms with {fields} fields were tried");
}

#[tokio::test]
async fn ten_thousand_characters_go_through_whole() {
    let (house, anna) = House::new().await;
    let line = "Linje med æøå, \"anførsel\", <tegn> og 🙈.\n";
    let long: String = line.chars().cycle().take(9_999).chain(['.']).collect();
    let code = house.report(&long).await;
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    assert_eq!(last_message(&case), long);
    let answered = handler.submit(&case.path, &[("text", &long)]).await;
    assert_eq!(last_message(&answered), long);
    let mut reporter = house.came_back(&code).await;
    let own = long.replace(".\n", "!\n");
    let page = reporter.upload("/case", &[("text", &own)], &[]).await;
    assert_eq!(last_message(&page), own);
}

#[tokio::test]
async fn an_upload_that_broke_off_is_sent_again_and_is_there_once() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    let page = reporter.get("/report").await;
    let mut fields = page.hidden_fields("/report");
    fields.push(("text".to_owned(), "Ordene er her.".to_owned()));
    let picture = crate::support::pictures::plain_photo();
    let form = multipart(&fields, &[Upload { name: "a.jpg", bytes: &picture }]);
    for part in [3, 2] {
        let cut = form[..form.len() - form.len() / part].to_vec();
        assert_eq!(reporter.post_multipart("/report", cut).await.status, StatusCode::BAD_REQUEST);
    }
    assert_eq!(reporter.post_multipart("/report", form).await.status, StatusCode::SEE_OTHER);
    let check = reporter.get("/report/check").await;
    assert_eq!(check.all(".files > li").len(), 1, "{}", check.text());
    assert!(check.text().contains("Ordene er her."));
    assert_eq!(std::fs::read_dir(house.config.objects()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_second_tab_that_still_shows_an_old_page_loses_nothing_that_was_sent() {
    let (house, anna) = House::new().await;
    let mut one = house.reporter();
    one.get("/report").await;
    one.upload("/report", &[("text", "Det hele.")], &[]).await;
    let mut other = one.clone();
    other.get("/report").await;
    let code = one.submit("/report/send", &[]).await.code();
    // The other tab saves what it has: that is given back, with the way to the receipt.
    let page = other.upload("/report", &[("text", "Et andet udkast.")], &[]).await;
    assert_eq!(page.all("main textarea"), ["Et andet udkast."], "{}", page.text());
    assert!(page.has("main a[href='/receipt']"), "{}", page.text());
    assert_eq!(other.get("/receipt").await.code(), code);
    let mut handler = house.signed_in(&anna).await;
    assert_eq!(last_message(&first_case(&mut handler).await), "Det hele.");
    let cases = handler.get("/").await.attributes("main a[href^='/cases/']", "href");
    assert_eq!(cases.len(), 1);
}

/// Somebody with two cases opens both in one browser: what was written on the page of the
/// first may not end up in the second.
#[tokio::test]
async fn a_message_written_on_the_page_of_one_case_never_lands_in_another() {
    let (house, _) = House::new().await;
    let (first, second) = (house.report("Sag et.").await, house.report("Sag to.").await);
    let mut one = house.came_back(&first).await;
    let mut other = one.clone();
    other.get("/sign-in").await;
    other.submit("/sign-in", &[("code", &second)]).await;
    // Both tabs have the newest cookies; the first one still shows its case.
    one.cookies.clone_from(&other.cookies);
    let page = one.upload("/case", &[("text", "Kun til sag et.")], &[]).await;
    assert!(!other.get("/case").await.text().contains("Kun til sag et."), "in the wrong case");
    assert_eq!(page.all("main textarea"), ["Kun til sag et."], "the words are given back");
    let file = [Upload { name: "a.txt", bytes: b"words" }];
    let mut files = house.came_back(&first).await;
    files.get("/case/files").await;
    files.cookies.clone_from(&other.cookies);
    files.upload("/case/files", &[], &file).await;
    assert!(!other.get("/case/files/check").await.has(".files"), "nor files");
    assert!(!house.came_back(&first).await.get("/case").await.text().contains("Kun til"));
}

#[tokio::test]
async fn a_code_that_was_mistyped_in_one_tab_loses_no_words_in_another() {
    let (house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let mut one = house.came_back(&code).await;
    let mut other = one.clone();
    other.get("/sign-in").await;
    other.submit("/sign-in", &[("code", "1234 5678 1234 5678")]).await;
    one.cookies.clone_from(&other.cookies);
    let page = one.upload("/case", &[("text", "Skrevet længe.")], &[]).await;
    let kept = page.all("main textarea").join("") + &page.text();
    assert!(kept.contains("Skrevet længe."), "{}", page.text());
}

/// Signed out, or begun anew, in another tab: the visit that the form belonged to is over.
#[tokio::test]
async fn what_was_written_in_a_tab_whose_visit_is_over_is_given_back() {
    let (house, anna) = House::new().await;
    let code = house.report("En sag.").await;
    let words = [("text", "Skrevet længe.")];
    let reporter = house.came_back(&code).await;
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await.path;
    let mut telling = reporter.clone();
    telling.get("/case/identity").await;
    for mut out in [reporter.clone(), handler.clone()] {
        out.sign_out().await;
    }
    for cookies_of in ["nobody", "a new visit"] {
        let (mut one, mut other) = (reporter.clone(), handler.clone());
        for browser in [&mut one, &mut other] {
            browser.cookies.clear();
            let page = browser.page.clone();
            if cookies_of == "a new visit" {
                browser.get("/sign-in").await;
            }
            browser.page = page;
        }
        let given = one.upload("/case", &words, &[]).await;
        assert_eq!(given.all("main textarea"), ["Skrevet længe."], "{cookies_of}");
        let given = other.submit(&case, &words).await;
        assert_eq!(given.all("main textarea"), ["Skrevet længe."], "{cookies_of}");
    }
    telling.cookies.clear();
    let given = telling.submit("/case/identity", &[("name", "Anna Berg")]).await;
    assert!(given.all("main textarea").concat().contains("Anna Berg"), "{}", given.text());
}

/// A full disk, a database that is gone: whoever wrote for an hour must not lose it to that.
#[tokio::test]
async fn what_was_written_when_the_portal_failed_is_given_back() {
    let (house, anna) = House::new().await;
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    let (mut telling, mut wishing) = (reporter.clone(), reporter.clone());
    telling.get("/case/identity").await;
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await.path;
    let mut drafting = house.reporter();
    drafting.get("/report/story").await;
    let store = sluse::store::Store::open(&house.config.database_url()).await.unwrap();
    let mut revealing = reporter.clone();
    for table in ["drafts", "items", "cases", "wraps"] {
        let broken = format!("alter table {table} rename to broken_{table}");
        let broken = sqlx::query(sqlx::AssertSqlSafe(broken));
        broken.execute(&mut *store.connect().await.unwrap()).await.unwrap();
    }
    let words = [("text", "Skrevet længe.")];
    for page in [
        drafting.upload("/report", &words, &[]).await,
        reporter.upload("/case", &words, &[]).await,
        handler.submit(&case, &words).await,
        telling.submit("/case/identity", &[("name", "Skrevet længe.")]).await,
        revealing.upload("/case", &[("text", "Skrevet længe. Ring på 20 30 40 50.")], &[]).await,
    ] {
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", page.path);
        let given = page.all("main textarea").concat();
        assert!(given.contains("Skrevet længe."), "{}: {}", page.path, page.text());
        assert!(page.text().contains("Fejlen er ikke din."), "{}", page.path);
    }
    // Where nothing was written there is nothing to give back.
    let page = wishing.press("button[name='contact']").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!page.has("main textarea"));
}

#[tokio::test]
async fn the_back_button_and_an_older_text_leave_the_text_that_was_saved_last() {
    let (house, anna) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let mut back = reporter.clone();
    reporter.upload("/report", &[("text", "Først.")], &[]).await;
    back.cookies.clone_from(&reporter.cookies);
    let check = back.upload("/report", &[("text", "Først, og mere.")], &[]).await;
    assert!(check.text().contains("Først, og mere."), "what is shown is what is sent");
    back.submit("/report/send", &[]).await.code();
    let mut handler = house.signed_in(&anna).await;
    assert_eq!(last_message(&first_case(&mut handler).await), "Først, og mere.");
}

/// Letters that turn the direction of what stands beside them turn nothing but themselves.
#[tokio::test]
async fn words_from_right_to_left_stay_in_their_place() {
    let (house, anna) = House::new().await;
    let (words, name) = ("سرقة المال كل يوم جمعة.", "\u{202e}fdp.exe.txt");
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let file = Upload { name, bytes: b"words" };
    let check = reporter.upload("/report", &[("text", words)], &[file]).await;
    assert_eq!(check.all(".files bdi"), [name]);
    assert!(check.all(".typed").contains(&words.to_owned()), "{}", check.text());
    assert_eq!(reporter.get("/report/files/list").await.all(".files bdi"), [name]);
    assert_eq!(reporter.get("/report/files").await.all("li bdi"), [name]);
    let story = reporter.get("/report/story").await;
    assert_eq!(story.all("textarea[dir='auto']"), [words]);
    reporter.get("/report/check").await;
    reporter.submit("/report/send", &[]).await.code();
    let mut handler = house.signed_in(&anna).await;
    assert_eq!(last_message(&first_case(&mut handler).await), words);
    let sheets = handler.page.clone().unwrap().attributes("link[rel='stylesheet']", "href");
    let css = handler.get(&sheets[0]).await;
    assert!(css.source().contains("unicode-bidi:"), "each line in the direction of its letters");
}
