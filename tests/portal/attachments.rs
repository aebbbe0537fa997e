//! Attachments: cleaned before they are kept, or refused with advice.

use axum::http::StatusCode;

use crate::support::browser::Upload;
use crate::support::document::{self, document};
use crate::support::pictures::{self, photo};
use crate::support::planted::{self, holds, word};
use crate::support::{Browser, House, Page};

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
async fn a_document_arrives_clean_and_says_the_same() {
    let (house, anna) = House::new().await;
    let document = document();
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let file = Upload { name: "faktura.pdf", bytes: &document };
    let check = reporter.upload("/report", &[("text", "Se fakturaen.")], &[file]).await;
    assert!(!check.has(".files__refused"), "{}", check.text());
    reporter.submit("/report/send", &[]).await.code();

    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    let file = case.attributes("a[href*='/files/']", "href")[0].clone();
    let view = handler.get(&file).await;
    assert!(view.text().contains("kan ikke vises her"), "{}", view.text());
    assert!(!view.text().contains("visningen"), "there is none to prefer: {}", view.text());
    let download = view.attributes("a[href$='/download']", "href")[0].clone();
    let clean = handler.get(&download).await;
    assert_eq!(clean.headers["content-disposition"], "attachment; filename=\"bilag-1.pdf\"");
    planted::is_the_document_without_its_words(&clean.body);
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
    let action = check.attributes("form[action$='/remove']", "action")[0].clone();
    let check = reporter.submit(&action, &[]).await;
    assert!(!check.has("form[action$='/remove']"));
    assert_eq!(objects(), 0);
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
    let mut reporter = house.reporter();
    reporter.get("/sign-in").await;
    reporter.submit("/sign-in", &[("code", &code)]).await;
    let text = vec![b'a'; 600 << 10];
    let file = |name| Upload { name, bytes: &text };
    let files = [file("a.txt"), file("b.txt"), file("c.txt")];
    let page = reporter.upload("/case", &[("text", "Tre.")], &files).await;
    let refused = page.all(".files__refused");
    assert_eq!(refused.len(), 1, "{}", page.text());
    assert!(refused[0].contains("c.txt"), "{refused:?}");
}

#[tokio::test]
async fn a_reporter_can_add_files_to_the_dialogue() {
    let (house, anna) = House::new().await;
    let code = house.report("Mere følger.").await;
    let mut reporter = house.reporter();
    reporter.get("/sign-in").await;
    reporter.submit("/sign-in", &[("code", &code)]).await;
    let photo = photo();
    let files = [
        Upload { name: "a.jpg", bytes: &photo },
        Upload { name: "b.exe", bytes: b"MZ\x90\0 a program" },
    ];
    let page = reporter.upload("/case", &[("text", "")], &files).await;
    assert_eq!(page.all(".files__refused").len(), 1, "{}", page.text());
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&mut handler).await;
    assert_eq!(case.attributes("a[href*='/files/']", "href").len(), 1);
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
    let whole = crate::support::browser::multipart(&fields, &files);
    let broken = reporter.post_multipart("/report", whole[..whole.len() - 200].to_vec()).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    assert_eq!(std::fs::read_dir(house.config.objects()).unwrap().count(), 0);
    assert!(reporter.get("/report").await.all("textarea")[0].contains("Ordene er gemt."));
}
