//! Attachments: cleaned before they are kept, or refused with advice.

use std::collections::HashSet;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Method, StatusCode};
use sluse::domain::attachment::{Kind, Refusal};
use sluse::domain::derivations::Class;
use sluse::domain::incoming::{Incoming, NotTaken, Outcome};
use sluse::domain::turns::Lane;
use sluse::domain::{CaseId, CodeLength, Portal, Ticket};
use sluse::limits::{
    FILES, FILES_IN_FULL, MESSAGE_CHARACTERS, REFUSED, VIEW_TEXT_BYTES, VIEWS_OF_REPORTERS,
};
use tokio::task::JoinSet;

use crate::support::browser::{BOUNDARY, Upload, multipart};
use crate::support::document::{self, document};
use crate::support::pictures::{self, photo, plain_photo};
use crate::support::planted::{self, holds, word};
use crate::support::program::{DEADLINE, until};
use crate::support::{Browser, House, Page, worker_that_may_hang};

const FLATTEN: &str = "button[formaction$='/flatten']";
const REMOVE: &str = "form[action$='/remove'] button:not([formaction])";

/// The handler's first case, opened.
async fn first_case(handler: &mut Browser) -> Page {
    let inbox = handler.get("/").await;
    let case = inbox.attributes("a[href^='/cases/']", "href")[0].clone();
    handler.get(&case).await
}

#[test]
fn the_files_of_these_tests_tell_too_much() {
    let (photo, document) = (photo(), document());
    for place in pictures::PLACES {
        assert!(holds(&photo, &word(place)), "{place}");
    }
    for place in document::PLACES {
        assert!(holds(&document, &word(place)), "{place}");
    }
    assert!(!holds(&pictures::plain_photo(), planted::TOKEN));
}

#[tokio::test]
async fn a_photo_arrives_clean_and_shows_the_same() {
    let (house, anna) = House::new().await;
    let photo = photo();
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let file = Upload { name: "IMG_0001 fra Anna Berg.jpg", bytes: &photo };
    let check = reporter.upload("/report", &[("text", "Se billedet.")], &[file]).await;
    assert_eq!(check.path, "/report/check");
    assert!(check.text().contains("IMG_0001 fra Anna Berg.jpg"), "{}", check.text());
    assert!(!check.has(".files__refused"), "{}", check.text());
    reporter.submit("/report/send", &[]).await.code();

    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    assert!(!case.text().contains("IMG_0001"), "the name it came under is gone");
    let file = case.attributes("a[href*='/files/']", "href")[0].clone();
    let view = handler.get(&file).await;
    assert!(view.has("img[src^='data:image/png;base64,']"), "{}", view.text());
    assert!(view.text().contains("hvis visningen ikke er nok"), "{}", view.text());
    let download = view.attributes("a[href$='/download']", "href")[0].clone();
    let clean = handler.get(&download).await;
    assert_eq!(clean.status, StatusCode::OK);
    assert_eq!(clean.headers["content-type"], "image/jpeg");
    assert_eq!(clean.headers["content-disposition"], "attachment; filename=\"bilag-1.jpg\"");
    assert!(clean.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    assert_eq!(clean.headers["content-length"], clean.body.len().to_string());
    planted::is_the_photo_without_its_words(&clean.body);
}

#[tokio::test]
async fn a_file_is_shown_while_every_worker_for_uploads_is_taken() {
    let (mut house, anna) = House::new().await;
    house.run_workers_by(&worker_that_may_hang(house.folder.path())).await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let picture = plain_photo();
    let file = Upload { name: "a.jpg", bytes: &picture };
    reporter.upload("/report", &[("text", "Se billedet.")], &[file]).await;
    let code = reporter.submit("/report/send", &[]).await.code();
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    let link = case.attributes("a[href*='/files/']", "href")[0].clone();

    let at = |name: &str| house.folder.path().join(name);
    std::fs::write(at("hang"), "").unwrap();
    let cores = std::thread::available_parallelism().unwrap().get();
    let mut uploads = JoinSet::new();
    for _ in 0..=cores {
        let (mut reporter, picture) = (house.reporter(), picture.clone());
        uploads.spawn(async move {
            reporter.get("/report").await;
            let file = Upload { name: "a.jpg", bytes: &picture };
            reporter.upload("/report", &[("text", "")], &[file]).await;
        });
    }
    let hanging = || std::fs::read(at("hanging")).map_or(0, |lines| lines.len());
    until("every worker is taken", || hanging() == cores).await;
    std::fs::remove_file(at("hang")).unwrap();
    let view = tokio::time::timeout(DEADLINE, handler.get(&link)).await;
    assert!(view.expect("a view").has("img[src^='data:image/png;base64,']"));
    let mut reporter = house.came_back(&code).await;
    let case = reporter.get("/case").await;
    let link = case.ways(".dialogue", "/case/files/")[0].clone();
    let view = tokio::time::timeout(DEADLINE, reporter.get(&link)).await;
    assert!(view.expect("a view").has("img[src^='data:image/png;base64,']"));
    assert_eq!(hanging(), cores, "one upload still waits");
}

#[tokio::test]
async fn a_document_arrives_clean_and_says_the_same() {
    let (house, anna) = House::new().await;
    let document = document();
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let file = Upload { name: "faktura.pdf", bytes: &document };
    let check = reporter.upload("/report", &[("text", "Se fakturaen.")], &[file]).await;
    assert!(!check.has(".files__refused"), "{}", check.text());
    // What the original carried is for whoever sends it, and narrows down who that is.
    let carried = "Teksten i kommentarer er væk.";
    assert!(check.text().contains(carried), "{}", check.text());
    reporter.submit("/report/send", &[]).await.code();

    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    let file = case.attributes("a[href*='/files/']", "href")[0].clone();
    let view = handler.get(&file).await;
    assert!(!view.text().contains(carried), "{}", view.text());
    assert!(view.text().contains("Filer, som lå inde i filen, er væk."), "{}", view.text());
    assert!(view.has("img[src^='data:image/png;base64,']"), "{}", view.text());
    assert!(!view.has("a[rel='next']") && !view.has("a[rel='prev']"), "one page has no others");
    let download = view.attributes("a[href$='/download']", "href")[0].clone();
    let clean = handler.get(&download).await;
    assert_eq!(clean.headers["content-disposition"], "attachment; filename=\"bilag-1.pdf\"");
    planted::is_the_document_without_its_words(&clean.body);
}

#[tokio::test]
async fn a_handler_leafs_through_a_document() {
    let (house, anna) = House::new().await;
    let document = document::two_pages();
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let file = Upload { name: "brev.pdf", bytes: &document };
    reporter.upload("/report", &[("text", "Se brevet.")], &[file]).await;
    reporter.submit("/report/send", &[]).await.code();

    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    let file = case.attributes("a[href*='/files/']", "href")[0].clone();
    let first = handler.get(&file).await;
    assert!(first.text().contains("Side 1 af 2"), "{}", first.text());
    assert!(!first.has("a[rel='prev']"));
    let next = first.attributes("a[rel='next']", "href")[0].clone();
    let second = handler.get(&next).await;
    assert!(second.text().contains("Side 2 af 2"), "{}", second.text());
    assert!(!second.has("a[rel='next']"));
    let picture = |page: &Page| page.attributes("figure img", "src")[0].clone();
    assert_ne!(picture(&first), picture(&second));
    let back = second.attributes("a[rel='prev']", "href")[0].clone();
    assert_eq!(picture(&handler.get(&back).await), picture(&first));
    for (asked, shown) in [("page=99", &second), ("page=0", &first), ("page=x", &first)] {
        let page = handler.get(&format!("{file}?{asked}")).await;
        assert_eq!(picture(&page), picture(shown), "{asked}");
    }
}

#[tokio::test]
async fn a_reporter_whose_words_are_only_covered_can_send_pictures_instead() {
    const COVERED: &str = "Anna Berg sagde det";
    let (house, anna) = House::new().await;
    let document = document::blacked_out(COVERED);
    assert!(holds(&document, COVERED));
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let files =
        [Upload { name: "brev.pdf", bytes: &document }, Upload { name: "a.txt", bytes: b"Ord." }];
    let check = reporter.upload("/report", &[("text", "Se brevet.")], &files).await;
    assert_eq!(check.all(FLATTEN).len(), 1, "a file that nothing is said of needs no pictures");
    let flat = reporter.press(FLATTEN).await;
    assert!(flat.path.starts_with("/report/check?file="), "{}", flat.path);
    assert!(!flat.has(FLATTEN) && !flat.has(".govuk-error-summary"), "{}", flat.text());
    assert!(flat.text().contains("Kun billeder af filen er tilbage"), "{}", flat.text());
    assert!(flat.text().contains("brev.pdf") && flat.text().contains("a.txt"));
    let objects = std::fs::read_dir(house.config.objects()).unwrap().count();
    assert_eq!(objects, 2, "what was replaced is erased");
    // Nor does it come back with all files once more, after a line that broke.
    reporter.get("/report/story").await;
    let check = reporter.upload("/report", &[("text", "Se brevet.")], &files).await;
    assert_eq!(check.all(".files > li").len(), 2, "{}", check.text());
    assert!(!check.has(FLATTEN), "{}", check.text());
    reporter.submit("/report/send", &[]).await.code();

    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    for file in case.attributes("a[href*='/files/']", "href") {
        let sent = handler.get(&format!("{file}/download")).await;
        assert_eq!(sent.status, StatusCode::OK);
        assert!(!holds(&sent.body, COVERED));
    }
}

#[tokio::test]
async fn nobody_changes_a_file_that_is_not_in_their_own_draft() {
    let (house, _) = House::new().await;
    let document = document::blacked_out("ord");
    let mut owner = house.reporter();
    owner.get("/report").await;
    let file = Upload { name: "brev.pdf", bytes: &document };
    let check = owner.upload("/report", &[("text", "Mit brev.")], &[file]).await;
    let files = check.attributes(FLATTEN, "value");
    assert_eq!(files.len(), 1);
    let mut other = house.reporter();
    other.get("/report").await;
    other.upload("/report", &[("text", "Et andet.")], &[]).await;
    let token = other.page.as_ref().unwrap().hidden_fields("/report/send")[0].1.clone();
    for path in ["/report/files/flatten", "/report/files/remove"] {
        let body = [("token", &token), ("file", &files[0])];
        let request = other.build(Method::POST, path);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = Body::from(serde_urlencoded::to_string(body).unwrap());
        assert_eq!(other.request(request.body(body).unwrap()).await.status, StatusCode::SEE_OTHER);
        let check = owner.get("/report/check").await;
        assert_eq!(check.attributes(FLATTEN, "value"), files, "as it was after {path}");
    }
}

#[tokio::test]
async fn a_file_we_cannot_clean_is_refused_and_the_rest_goes_on() {
    let (house, anna) = House::new().await;
    let photo = photo();
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let files = [
        Upload { name: "brev.docx", bytes: b"PK\x03\x04 something inside" },
        Upload { name: "billede.jpg", bytes: &photo },
        Upload { name: "tom.txt", bytes: b"" },
        Upload { name: "halvt.jpg", bytes: &photo[..photo.len() / 3] },
    ];
    let check = reporter.upload("/report", &[("text", "Fire filer.")], &files).await;
    let refused = check.all(".files__refused");
    assert_eq!(refused.len(), 3, "{}", check.text());
    for (line, name) in refused.iter().zip(["brev.docx", "tom.txt", "halvt.jpg"]) {
        assert!(line.contains(name), "{line}");
        assert!(line.len() > name.len() + 40, "there is advice: {line}");
    }
    reporter.submit("/report/send", &[]).await.code();
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    assert_eq!(case.attributes("a[href*='/files/']", "href").len(), 1);
}

#[tokio::test]
async fn a_file_that_is_taken_out_is_erased() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let photo = photo();
    let file = Upload { name: "a.jpg", bytes: &photo };
    let check = reporter.upload("/report", &[("text", "x")], &[file]).await;
    let objects = || std::fs::read_dir(house.config.objects()).unwrap().count();
    assert_eq!(objects(), 1);
    assert!(check.has(REMOVE));
    let check = reporter.press(REMOVE).await;
    assert!(!check.has(REMOVE));
    assert_eq!(objects(), 0);
    let log = house.config.data.join("sluse.db-wal");
    assert_eq!(std::fs::metadata(log).unwrap().len(), 0, "nor does the log hold its row");
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_and_one_below_is_not() {
    let house = House::with(|config| config.storage.file = 1).await;
    house.enrol("anna").await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let (fits, over) = (vec![b'a'; 1 << 20], vec![b'a'; (1 << 20) + 1]);
    let files =
        [Upload { name: "over.txt", bytes: &over }, Upload { name: "fits.txt", bytes: &fits }];
    let check = reporter.upload("/report", &[("text", "To filer.")], &files).await;
    let refused = check.all(".files__refused");
    assert_eq!(refused.len(), 1, "{}", check.text());
    assert!(refused[0].contains("over.txt"));
}

#[tokio::test]
async fn files_beyond_the_storage_limit_are_refused_and_words_go_through() {
    let house = House::with(|config| config.storage.free = u64::MAX >> 21).await;
    house.enrol("anna").await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let photo = photo();
    let file = Upload { name: "a.jpg", bytes: &photo };
    let check = reporter.upload("/report", &[("text", "Ordene kommer frem.")], &[file]).await;
    assert_eq!(check.all(".files__refused").len(), 1, "{}", check.text());
    assert_eq!(reporter.submit("/report/send", &[]).await.path, "/receipt");
    assert_eq!(std::fs::read_dir(house.config.objects()).unwrap().count(), 0);
}

#[tokio::test]
async fn files_of_one_message_have_a_limit_together() {
    let house = House::with(|config| config.storage.draft = 1).await;
    house.enrol("anna").await;
    let code = house.report("Mange filer.").await;
    let mut reporter = house.came_back(&code).await;
    let text = vec![b'a'; 600 << 10];
    let file = |name| Upload { name, bytes: &text };
    let files = [file("a.txt"), file("b.txt"), file("c.txt")];
    let page = reporter.send_files(&files).await;
    let refused = page.all(".files__refused");
    assert_eq!(refused.len(), 1, "{}", page.text());
    assert!(refused[0].contains("c.txt"), "{refused:?}");
}

#[tokio::test]
async fn a_reporter_can_add_files_to_the_dialogue() {
    let (house, anna) = House::new().await;
    let code = house.report("Mere følger.").await;
    let mut reporter = house.came_back(&code).await;
    let photo = photo();
    let files = [
        Upload { name: "a.jpg", bytes: &photo },
        Upload { name: "b.exe", bytes: b"MZ\x90\0 a program" },
    ];
    let page = reporter.send_files(&files).await;
    assert_eq!(page.all(".files__refused").len(), 1, "{}", page.text());
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    assert_eq!(case.attributes("a[href*='/files/']", "href").len(), 1);
}

#[tokio::test]
async fn files_for_a_case_are_sent_from_a_page_that_stays() {
    let (house, anna) = House::new().await;
    let code = house.report("Mere følger.").await;
    let mut reporter = house.came_back(&code).await;
    let case = reporter.page.clone().unwrap();
    assert!(case.has("main button[value='/case/files']"));
    let around = reporter.get("/case/files").await;
    assert!(around.has("form[target='files-list'][action='/case/files']"), "{}", around.text());
    assert!(around.has("iframe[src='/case/files/progress']"));
    // The last two are as long as the first one; the third one is the second.
    for (words, listed) in
        [("The first.", 1), ("The second.", 2), ("The second.", 2), ("The third.", 3)]
    {
        let files = [
            Upload { name: "a.txt", bytes: words.as_bytes() },
            Upload { name: "b.exe", bytes: b"MZ\x90\0 a program" },
        ];
        let list = reporter.upload("/case/files", &[], &files).await;
        assert_eq!(list.path, "/case/files/list");
        assert_eq!(list.all(".files > li").len(), listed + 1, "{}", list.text());
        assert_eq!(list.all(".files__refused").len(), 1);
        // The page around the frame is still the one with the form.
        reporter.page = Some(around.clone());
    }
    let list = reporter.upload("/case/files", &[], &[]).await;
    assert!(list.has(".govuk-error-message"), "nothing was chosen: {}", list.text());
    assert!(reporter.get("/case/files").await.has("main a[href='/case/files/check']"));
    reporter.get("/case/files/check").await;
    reporter.submit("/case/files/send", &[]).await;
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    assert_eq!(case.attributes("a[href*='/files/']", "href").len(), 3, "each was sent once");
}

/// A form with three files that was cut off in the last one, and the whole of it.
fn cut_in_the_third(page: &Page, action: &str) -> [Vec<u8>; 2] {
    let picture = plain_photo();
    let files = [
        Upload { name: "a.txt", bytes: b"The first." },
        Upload { name: "b.exe", bytes: b"MZ\x90\0 a program" },
        Upload { name: "c.jpg", bytes: &picture },
    ];
    let whole = multipart(&page.hidden_fields(action), &files);
    [whole[..whole.len() - 300].to_vec(), whole]
}

#[tokio::test]
async fn a_line_that_breaks_in_the_third_file_of_a_case_loses_none_of_the_others() {
    let (house, anna) = House::new().await;
    let code = house.report("Mere følger.").await;
    let mut reporter = house.came_back(&code).await;
    let page = reporter.get("/case/files").await;
    let [cut, whole] = cut_in_the_third(&page, "/case/files");
    let cut = reporter.post_multipart("/case/files", cut).await;
    let answer = reporter.get(cut.headers["location"].to_str().unwrap()).await;
    assert_eq!(answer.all(".files > li").len(), 2, "{}", answer.text());
    assert!(answer.text().contains("Forbindelsen blev afbrudt"), "{}", answer.text());
    let whole = reporter.post_multipart("/case/files", whole).await;
    let answer = reporter.get(whole.headers["location"].to_str().unwrap()).await;
    assert_eq!(answer.path, "/case/files/list");
    assert_eq!(answer.all(".files > li").len(), 3, "and none twice: {}", answer.text());
    reporter.get("/case/files/check").await;
    reporter.submit("/case/files/send", &[]).await;
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    assert_eq!(case.attributes("a[href*='/files/']", "href").len(), 2);
}

#[tokio::test]
async fn a_line_that_breaks_in_the_third_file_of_a_report_loses_none_of_the_others() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", "Ordene.")], &[]).await;
    let page = reporter.get("/report/files").await;
    let [cut, whole] = cut_in_the_third(&page, "/report/files");
    let broken = reporter.post_multipart("/report/files", cut).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    assert!(broken.text().contains("kommet igennem"), "{}", broken.text());
    let listed =
        async |reporter: &mut Browser| reporter.get("/report/files/list").await.all(".files > li");
    assert_eq!(listed(&mut reporter).await.len(), 2);
    reporter.post_multipart("/report/files", whole).await;
    let names = listed(&mut reporter).await;
    assert_eq!(names.len(), 3, "the refused one is not listed twice either: {names:?}");
    assert_eq!(std::fs::read_dir(house.config.objects()).unwrap().count(), 2);
}

/// What is answered inside of a page leads out of the frame, or there would be a page in a
/// page.
#[tokio::test]
async fn an_error_inside_of_a_page_for_files_stands_in_its_frame() {
    let (house, anna) = House::new().await;
    let code = house.report("Mere følger.").await;
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await.path;
    let mut reporter = house.came_back(&code).await;
    let file = [Upload { name: "a.txt", bytes: b"words" }];
    for (browser, path) in
        [(&mut reporter, "/case/files".to_owned()), (&mut handler, format!("{case}/files"))]
    {
        let page = browser.get(&path).await;
        let mut of_an_old_visit = browser.clone();
        of_an_old_visit.cookies.retain(|name, _| !name.contains("visit"));
        browser.cookies.retain(|name, _| !name.contains("session"));
        for (mut browser, leads) in [(of_an_old_visit, &*path), (browser.clone(), "/sign-in")] {
            browser.page = Some(page.clone());
            let answer = browser.upload(&path, &[], &file).await;
            assert!(answer.status.is_client_error(), "{path}");
            assert!(!answer.has("header, footer, nav"), "{path}: {}", answer.text());
            assert_eq!(answer.attributes("a[target='_top']", "href"), [leads], "{path}");
            assert_eq!(answer.all("a").len(), 1, "{path}");
        }
    }
    // At addresses that only look so there is no frame, and no way out to another site.
    for path in ["//evil.example/files/list", "/x/files/progress", "/cases/x/files/list"] {
        let page = house.signed_in(&anna).await.get(path).await;
        assert!(page.has("header") && !page.has("[target='_top']"), "{path}: {}", page.text());
        assert!(!page.source().contains("evil.example"), "{path}");
    }
    let answer = house.reporter().post_multipart("/report/files", b"--b--".to_vec()).await;
    assert!(!answer.has("header, footer, nav"), "{}", answer.text());
    assert_eq!(answer.attributes("a[target='_top']", "href"), ["/report/files"]);
}

#[tokio::test]
async fn a_form_that_breaks_off_leaves_no_object_behind() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    let page = reporter.get("/report").await;
    let photo = photo();
    let mut fields = page.hidden_fields("/report");
    fields.push(("text".to_owned(), "Ordene er gemt.".to_owned()));
    let files = [Upload { name: "a.jpg", bytes: &photo }];
    let whole = multipart(&fields, &files);
    let broken = reporter.post_multipart("/report", whole[..whole.len() - 200].to_vec()).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    assert!(broken.text().contains("ikke modtaget det hele"), "the words were: {}", broken.text());
    assert!(broken.has("main a[href='/receipt']"), "which leads on to what is there");
    assert_eq!(reporter.get("/receipt").await.path, "/report/check");
    assert_eq!(std::fs::read_dir(house.config.objects()).unwrap().count(), 0);
    assert!(reporter.get("/report/story").await.all("textarea")[0].contains("Ordene er gemt."));
}

/// Two sweeps, an hour apart. Returns how many objects are left.
async fn sweep_twice(house: &House) -> usize {
    let (_, needless) = house.portal.sweep(Some(&HashSet::new())).await.unwrap();
    house.portal.sweep(Some(&needless)).await.unwrap();
    std::fs::read_dir(house.config.objects()).unwrap().count()
}

/// A file of a new draft that was received and is not cleaned yet.
async fn a_file_comes_in(house: &House) -> (Portal, Ticket, Incoming) {
    let (portal, ticket) = (house.portal.clone(), Ticket::random());
    portal.save_draft(&ticket, &house.story("Ordene.")).await.unwrap();
    let mut incoming = portal.receive_for_draft(&ticket).await.unwrap();
    incoming.write(&portal, b"words").await;
    (portal, ticket, incoming)
}

#[tokio::test]
async fn a_file_that_is_being_cleaned_is_not_swept_away_until_nobody_waits_for_it() {
    let (mut house, _) = House::new().await;
    house.run_workers_by(&worker_that_may_hang(house.folder.path())).await;
    let at = |name: &str| house.folder.path().join(name);
    std::fs::write(at("hang"), "").unwrap();
    let (portal, ticket, incoming) = a_file_comes_in(&house).await;
    let cleaning = tokio::spawn(async move {
        let file = portal.clean_incoming(incoming, Lane(1)).await;
        portal.add_draft_file(&ticket, "a.txt", file).await.unwrap();
    });
    until("it is being cleaned", || at("hanging").exists()).await;
    assert_eq!(sweep_twice(&house).await, 1);
    cleaning.abort();
    assert!(cleaning.await.unwrap_err().is_cancelled());
    assert_eq!(sweep_twice(&house).await, 0);
}

#[tokio::test]
async fn a_file_does_not_wait_for_ever_behind_those_of_others() {
    let (mut house, _) = House::new().await;
    let never_ends = house.folder.path().join("never-ends");
    std::fs::write(&never_ends, "#!/bin/sh\nexec /bin/sleep 600\n").unwrap();
    std::fs::set_permissions(&never_ends, Permissions::from_mode(0o700)).unwrap();
    house.run_workers_by(&never_ends).await;
    let mut files = Vec::new();
    for lane in 0..40 {
        let (portal, _, incoming) = a_file_comes_in(&house).await;
        files.push(async move { portal.clean_incoming(incoming, Lane(lane)).await.outcome });
    }
    tokio::time::pause();
    let outcomes = futures::future::join_all(files).await;
    let busy = |outcome: &&Outcome| matches!(outcome, Outcome::NotTaken(NotTaken::Busy));
    let refused = outcomes.iter().filter(|o| matches!(o, Outcome::Refused(Refusal::Limit(_))));
    let (busy, refused) = (outcomes.iter().filter(busy).count(), refused.count());
    assert!(
        refused > 0 && busy > refused && busy + refused == 40,
        "{busy} busy, {refused} refused"
    );
}

#[tokio::test]
async fn files_that_come_at_the_same_time_share_one_limit() {
    let house = House::with(|config| config.storage.drafts = 1).await;
    let some = vec![b'a'; 600 << 10];
    let (portal, ticket, mut one) = a_file_comes_in(&house).await;
    let (_, _, mut other) = a_file_comes_in(&house).await;
    one.write(&portal, &some).await;
    other.write(&portal, &some).await;
    assert!(matches!(other, Incoming::Taken(_)), "there was room when it began");
    let next = async || portal.receive_for_draft(&ticket).await.unwrap();
    assert!(matches!(next().await, Incoming::Passed(NotTaken::NoRoom)));
    other.write(&portal, b"more").await;
    assert!(matches!(other, Incoming::Passed(NotTaken::NoRoom)));
    one.write(&portal, b"more").await;
    assert!(matches!(one, Incoming::Taken(_)), "the other made room");
    assert!(matches!(next().await, Incoming::Taken(_)));
}

#[tokio::test]
async fn files_beyond_their_number_leave_nothing_behind_and_their_owner_is_told() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let names: Vec<String> = (0..FILES).map(|number| format!("{number}.txt")).collect();
    let fit: Vec<Upload<'_>> = names.iter().map(|name| Upload { name, bytes: b"words" }).collect();
    let check = reporter.upload("/report", &[("text", "Mange filer.")], &fit).await;
    assert_eq!(check.all(".files > li").len(), FILES, "{}", check.text());
    assert!(!check.has(".govuk-error-summary"));
    for _ in 0..2 {
        reporter.get("/report").await;
        let more = ["a.txt", "b.txt"].map(|name| Upload { name, bytes: b"words" });
        let check = reporter.upload("/report", &[("text", "Flere.")], &more).await;
        assert_eq!(check.all(".files > li").len(), FILES, "{}", check.text());
        assert!(check.has(".govuk-error-summary a[href='#files']"), "{}", check.text());
    }
    reporter.submit("/report/send", &[]).await.code();
}

#[tokio::test]
async fn a_message_that_is_too_long_is_refused_and_its_words_are_still_there() {
    let (house, _) = House::new().await;
    let code = house.report("Mere følger.").await;
    let mut reporter = house.came_back(&code).await;
    let long = "å".repeat(MESSAGE_CHARACTERS + 1);
    let page = reporter.upload("/case", &[("text", &long)], &[]).await;
    assert!(page.has(".govuk-error-summary"));
    assert_eq!(page.all("textarea")[0], long);
    let fits = "å".repeat(MESSAGE_CHARACTERS);
    let page = reporter.upload("/case", &[("text", &fits)], &[]).await;
    assert_eq!(page.path, "/case?sent");
}

#[tokio::test]
async fn a_file_that_comes_after_the_report_was_sent_is_not_kept_and_its_owner_is_told() {
    let (house, _) = House::new().await;
    let (ticket, story) = (Ticket::random(), house.story("Ordene."));
    house.portal.save_draft(&ticket, &story).await.unwrap();
    let mut incoming = house.portal.receive_for_draft(&ticket).await.unwrap();
    incoming.write(&house.portal, b"words").await;
    house.portal.send(&ticket, CodeLength::Usual, Class::MirrorReporter, Lane(1)).await.unwrap();
    let file = house.portal.clean_incoming(incoming, Lane(1)).await;
    assert!(!house.portal.add_draft_file(&ticket, "a.txt", file).await.unwrap());
    assert_eq!(std::fs::read_dir(house.config.objects()).unwrap().count(), 0);

    let mut one = house.reporter();
    one.get("/report").await;
    one.upload("/report", &[("text", "Ordene.")], &[]).await;
    let mut other = one.clone();
    other.get("/report").await;
    assert!(!one.submit("/report/send", &[]).await.has(".govuk-warning-text"));
    let file = Upload { name: "a.txt", bytes: b"words" };
    let late = other.upload("/report", &[("text", "Flere ord.")], &[file]).await;
    assert_eq!(late.all("main textarea"), ["Flere ord."], "{}", late.text());
    assert!(late.text().contains("Filer skal vælges igen"), "{}", late.text());
    let receipt = other.get(&late.attributes("main a[href='/receipt']", "href")[0]).await;
    assert!(!receipt.code().is_empty());
    // In its frame the page for files says so, and leads out of it.
    let list = other.get("/report/files/list?late").await;
    assert_eq!(list.attributes("a[target='_top']", "href"), ["/receipt"]);
}

/// What handlers send is cleaned like everything else: it must not tell them who opens it, nor
/// the reporter who wrote it.
#[tokio::test]
async fn a_file_from_a_handler_arrives_clean_and_the_reporter_can_see_and_save_it() {
    let (house, anna) = House::new().await;
    let code = house.report("Mere følger.").await;
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    let files = format!("{}/files", case.path);
    assert!(case.has(&format!("a[href='{files}']")));
    let around = handler.get(&files).await;
    assert!(around.has(&format!("iframe[src='{files}/progress']")), "{}", around.text());
    let photo = photo();
    let file = Upload { name: "a.jpg", bytes: &photo };
    let list = handler.send_files_from(&files, &[file]).await;
    assert_eq!(list.all(".files > li").len(), 1, "{}", list.text());

    let mut reporter = house.came_back(&code).await;
    let page = reporter.get("/case").await;
    assert!(page.has("#new button[value^='/case/files/']"), "it is new: {}", page.text());
    let file = page.ways(".dialogue", "/case/files/")[0].clone();
    let view = reporter.get(&file).await;
    assert!(view.has("img[src^='data:image/png;base64,']"), "{}", view.text());
    assert!(view.text().contains("bliver liggende på din enhed"), "{}", view.text());
    assert!(view.text().contains("lavet til at skade"), "{}", view.text());
    assert_eq!(view.attributes(".govuk-back-link", "href"), ["/case"]);
    let clean = reporter.get(&format!("{file}/download")).await;
    assert_eq!(clean.headers["content-disposition"], "attachment; filename=\"bilag-1.jpg\"");
    planted::is_the_photo_without_its_words(&clean.body);
}

#[tokio::test]
async fn nobody_opens_a_file_of_another_case() {
    let (house, _) = House::new().await;
    let (mine, other) = (house.report("Min.").await, house.report("En anden.").await);
    let mut reporter = house.came_back(&mine).await;
    reporter.send_files(&[Upload { name: "a.txt", bytes: b"words" }]).await;
    let page = reporter.get("/case").await;
    let file = page.ways(".dialogue", "/case/files/")[0].clone();
    let own = reporter.get(&file).await.text();
    assert!(!own.contains("lavet til at skade"), "nobody fears their own file: {own}");
    let download = format!("{file}/download");
    assert_eq!(reporter.get(&download).await.body, b"words");
    let mut stranger = house.came_back(&other).await;
    for path in [&file, &download] {
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        let page = house.reporter().get(path).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let none = "/case/files/00000000000000000000000000000000";
    assert_eq!(reporter.get(none).await.status, StatusCode::NOT_FOUND);
}

/// The file, of which so much was said to come, arrives in pieces, and the frame beside it asks.
#[tokio::test]
async fn whoever_sends_a_file_sees_how_far_it_is() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", "Ordene.")], &[]).await;
    let page = reporter.get("/report/files").await;
    let text = vec![b'a'; 1 << 20];
    let file = [Upload { name: "a.txt", bytes: &text }];
    let form = multipart(&page.hidden_fields("/report/files"), &file);
    let (pieces, mut arriving) = tokio::sync::mpsc::channel::<Vec<u8>>(1);
    let body = futures::stream::poll_fn(move |context| {
        arriving.poll_recv(context).map(|piece| piece.map(Ok::<_, std::io::Error>))
    });
    let request = reporter
        .build(Method::POST, "/report/files")
        .header(CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .header(CONTENT_LENGTH, form.len())
        .body(Body::from_stream(body))
        .unwrap();
    let mut sender = reporter.clone();
    let sending = tokio::spawn(async move { sender.request(request).await.status });
    let mut percent = async |at_least: u64| {
        tokio::time::timeout(DEADLINE, async {
            loop {
                let frame = reporter.get("/report/files/progress").await;
                let shown = frame.attributes("progress", "value");
                let shown = shown.first().and_then(|value| value.parse::<u64>().ok());
                if let Some(shown) = shown.filter(|shown| *shown >= at_least) {
                    assert!(frame.text().contains(&format!("{shown} %")), "{}", frame.text());
                    break shown;
                }
                tokio::task::yield_now().await;
            }
        })
        .await
        .expect("it moves")
    };
    let quarter = form.len() / 4;
    for part in 1..4 {
        pieces.send(form[(part - 1) * quarter..part * quarter].to_vec()).await.unwrap();
        let most = 25 * part as u64;
        assert!((most - 5..=most).contains(&percent(most - 5).await), "{part} quarters");
    }
    pieces.send(form[3 * quarter..].to_vec()).await.unwrap();
    drop(pieces);
    assert_eq!(sending.await.unwrap(), StatusCode::SEE_OTHER);
    let done = reporter.get("/report/files/progress").await;
    assert!(!done.has("progress") && done.has("meta[http-equiv='refresh']"));
}

#[tokio::test]
async fn a_page_for_files_says_what_the_site_takes_and_nothing_else() {
    let house = House::with(|config| config.formats = Some(vec![Kind::Jpeg, Kind::Pdf])).await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", "Ordene.")], &[]).await;
    let page = reporter.get("/report/files?lang=en").await.text();
    assert!(page.contains("We can clean pictures and PDF. "), "{page}");
    assert!(page.contains("of at most 50 MB each.") && !page.contains("films"), "{page}");
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", "Ordene.")], &[]).await;
    let page = reporter.get("/report/files?lang=en").await.text();
    assert!(page.contains("of at most 50 MB each, films at most 500 MB."), "{page}");
}

/// Each page with a view is held in memory until a slow line has taken it.
#[tokio::test]
async fn a_reporter_sees_one_file_at_a_time_and_can_have_every_file_all_the_same() {
    let (house, _) = House::new().await;
    let code = house.report("Mere følger.").await;
    let mut reporter = house.came_back(&code).await;
    reporter.send_files(&[Upload { name: "a.txt", bytes: b"words" }]).await;
    let page = reporter.get("/case").await;
    let file = page.ways(".dialogue", "/case/files/")[0].clone();
    let case = house.came_in(&code).await.reporters_case().unwrap();
    let look = house.portal.begin_look(case).expect("nobody looks");
    assert!(house.portal.begin_look(case).is_none(), "one of a case");
    let busy = reporter.get(&file).await;
    assert!(busy.text().contains("kan ikke vises lige nu"), "{}", busy.text());
    assert!(busy.has("a[href$='/download']") && !busy.has(".own"));
    drop(look);
    for _ in 0..2 {
        assert_eq!(reporter.get(&file).await.all(".own"), ["words"], "it ends with its page");
    }
    let others: Vec<_> = std::iter::repeat_with(CaseId::random)
        .take(VIEWS_OF_REPORTERS)
        .map(|case| house.portal.begin_look(case).expect("room"))
        .collect();
    assert!(reporter.get(&file).await.text().contains("kan ikke vises lige nu"));
    drop(others);
    assert!(reporter.get(&file).await.has(".own"));
}

#[tokio::test]
async fn of_a_long_text_the_beginning_is_shown() {
    let (house, _) = House::new().await;
    let code = house.report("Mere følger.").await;
    let mut reporter = house.came_back(&code).await;
    let line = "Ét \"ord\" efter det andet. ";
    for (length, is_cut) in [(VIEW_TEXT_BYTES, false), (VIEW_TEXT_BYTES + 1, true)] {
        let mut text = line.repeat(length / line.len());
        text.extend(std::iter::repeat_n('x', length - text.len()));
        reporter.send_files(&[Upload { name: "a.txt", bytes: text.as_bytes() }]).await;
        let page = reporter.get("/case").await;
        let files = page.ways(".dialogue", "/case/files/");
        let view = reporter.get(files.last().unwrap()).await;
        assert_eq!(view.text().contains("Der er mere tekst"), is_cut, "{length} bytes");
    }
}

#[tokio::test]
async fn what_no_cleaning_takes_out_is_said_once_of_each_sort_of_files() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let (photo, document) = (photo(), document());
    let files =
        [("a.jpg", &*photo), ("b.jpg", &*photo), ("c.pdf", &*document), ("d.exe", b"MZ\x90")];
    let files = files.map(|(name, bytes)| Upload { name, bytes });
    let check = reporter.upload("/report", &[("text", "Se filerne.")], &files).await;
    for words in ["ansigter, skærme, navneskilte", "kun er i dit eksemplar"] {
        assert_eq!(check.text().matches(words).count(), 1, "{words}: {}", check.text());
    }
    assert!(!check.text().contains("En stemme kan genkendes"), "{}", check.text());
}

#[tokio::test]
async fn a_refused_file_takes_no_place_and_only_so_many_are_remembered() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    let names = |kind: &str, number: usize| -> Vec<String> {
        (0..number).map(|number| format!("{number}.{kind}")).collect()
    };
    let (refused, fit) = (names("exe", REFUSED), names("txt", FILES));
    for (names, bytes) in [(&refused, &b"MZ\x90\0 a program"[..]), (&fit, b"words")] {
        reporter.get("/report").await;
        let files: Vec<_> = names.iter().map(|name| Upload { name, bytes }).collect();
        reporter.upload("/report", &[("text", "Mange filer.")], &files).await;
    }
    let check = reporter.get("/report/check").await;
    assert_eq!(check.all(".files > .files__refused bdi").len(), REFUSED);
    assert_eq!(check.all(".files > li bdi").len(), REFUSED + FILES, "{}", check.text());
    let ticket = Ticket::random();
    house.portal.save_draft(&ticket, &house.story("Ordene.")).await.unwrap();
    for number in 0..=REFUSED + FILES {
        let mut incoming = house.portal.receive_for_draft(&ticket).await.unwrap();
        let is_taken = matches!(incoming, Incoming::Taken(_));
        assert_eq!(is_taken, number < REFUSED + FILES, "{number}");
        incoming.write(&house.portal, b"MZ\x90\0 a program").await;
        let name = format!("{number}.exe");
        if is_taken {
            let file = house.portal.clean_incoming(incoming, Lane(1)).await;
            house.portal.add_draft_file(&ticket, &name, file).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_reporter_who_looks_at_a_slow_file_delays_neither_handlers_nor_senders() {
    let (mut house, anna) = House::new().await;
    let code = house.report("Mere følger.").await;
    let mut reporter = house.came_back(&code).await;
    reporter.send_files(&[Upload { name: "a.txt", bytes: b"words" }]).await;
    house.run_workers_by(&worker_that_may_hang(house.folder.path())).await;
    let mut reporter = house.came_back(&code).await;
    let mut handler = house.signed_in(&anna).await;
    let page = reporter.get("/case").await;
    let own = page.ways(".dialogue", "/case/files/")[0].clone();
    let link = first_case(&mut handler).await.attributes("a[href*='/files/']", "href")[0].clone();
    let at = |name: &str| house.folder.path().join(name);
    std::fs::write(at("hang"), "").unwrap();
    let mut looking = reporter.clone();
    let look = tokio::spawn(async move { looking.get(&own).await });
    until("the reporter's worker hangs", || at("hanging").exists()).await;
    std::fs::remove_file(at("hang")).unwrap();
    let view = tokio::time::timeout(DEADLINE, handler.get(&link)).await;
    assert_eq!(view.expect("a view").all(".own"), ["words"]);
    let file = [Upload { name: "b.txt", bytes: b"more" }];
    let sent = tokio::time::timeout(DEADLINE, reporter.send_files(&file)).await;
    assert!(!sent.expect("an answer").has(".files__refused"));
    assert!(!look.is_finished(), "it is still looked at");
    look.abort();
}

#[tokio::test]
async fn whoever_sends_no_file_is_told_so_inside_the_frame() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", "En sag.")], &[]).await;
    reporter.get("/report/files").await;
    let none = reporter.upload("/report/files", &[("then", "list")], &[]).await;
    assert!(none.has(".govuk-error-message"), "{}", none.text());
    let file = Upload { name: "a.txt", bytes: b"words" };
    reporter.get("/report/files").await;
    let one = reporter.upload("/report/files", &[("then", "list")], &[file]).await;
    assert!(!one.has(".govuk-error-message"), "{}", one.text());
}

/// All that was found in each of many files is more than anybody reads, and slow to come.
#[tokio::test]
async fn of_many_files_one_at_a_time_is_shown_in_full() {
    const IN_FULL: &str = ".files a[href^='/report/check?file=']";
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    let (photo, program) = (photo(), b"MZ\x90\0".as_slice());
    let names: Vec<String> = (0..FILES_IN_FULL).map(|number| format!("IMG_{number}.jpg")).collect();
    let files: Vec<_> = names.iter().map(|name| Upload { name, bytes: &photo }).collect();
    reporter.get("/report").await;
    let page = reporter.upload("/report", &[("text", "Mere følger.")], &files).await;
    assert!(page.all(".files > li > ul").len() == FILES_IN_FULL && !page.has(IN_FULL));
    let more = [
        Upload { name: "covered.pdf", bytes: &document::blacked_out("Anna Berg sagde det") },
        Upload { name: "tool.exe", bytes: program },
        Upload { name: "other.exe", bytes: program },
    ];
    reporter.get("/report").await;
    let page = reporter.upload("/report", &[], &more).await;
    assert!(!page.has(".files > li > ul"), "{}", page.text());
    assert_eq!(page.attributes(IN_FULL, "href").len(), FILES_IN_FULL + 1);
    // What one has to know before one sends is there all the same.
    assert_eq!(page.text().matches("Der er noget, du selv skal tjekke").count(), 1);
    assert!(page.all(".files__refused button")[0].contains("Fjern dem alle"));
    assert_eq!(page.all(".files__refused bdi"), ["tool.exe", "other.exe"]);
    let last = page.attributes(IN_FULL, "href").pop().unwrap();
    let in_full = reporter.get(&last).await;
    assert_eq!(in_full.attributes(IN_FULL, "href").len(), FILES_IN_FULL);
    assert!(in_full.has(".files button[formaction='/report/files/flatten']"), "{}", in_full.text());
    let page = reporter.press(".files li:not(.files__refused) button:not([formaction])").await;
    assert!(page.path.starts_with("/report/check") && !page.text().contains("covered.pdf"));
    // Those that were refused go together.
    let page = reporter.press(".files__refused button").await;
    assert!(!page.has(".files__refused") && !page.has(IN_FULL), "{}", page.text());
    assert_eq!(page.all(".files > li > ul").len(), FILES_IN_FULL);
    // Of a file that is not there nothing is shown, and nothing is taken out.
    let page = reporter.get("/report/check?file=00000000000000000000000000000000").await;
    assert_eq!(page.all(".files > li").len(), FILES_IN_FULL);
    for file in ["", "x", "00000000000000000000000000000000 x"] {
        reporter.get("/report/check").await;
        let answer = reporter.submit("/report/files/remove", &[("file", file)]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{file:?}");
    }
    assert_eq!(reporter.get("/report/check").await.all(".files > li").len(), FILES_IN_FULL);
}
