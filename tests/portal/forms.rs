//! Forms that are made to hurt: without an end, without a beginning, with too much in them.

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use sluse::limits::{FIELDS, FRAME_BYTES};

use crate::support::browser::{BOUNDARY, Upload, multipart};
use crate::support::{Browser, House, Page};

/// What the network hands over at once.
const PIECE: usize = 16 << 10;

/// A form that arrives in pieces.
async fn post(browser: &mut Browser, body: Vec<u8>) -> Page {
    let pieces: Vec<_> = body
        .chunks(PIECE)
        .map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece)))
        .collect();
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let request = browser.build(Method::POST, "/report").header(CONTENT_TYPE, kind);
    browser.request(request.body(Body::from_stream(futures::stream::iter(pieces))).unwrap()).await
}

/// The fields of a report with these words.
fn report(page: &Page, text: &str) -> Vec<(String, String)> {
    let mut fields = page.hidden_fields("/report");
    fields.push(("text".to_owned(), text.to_owned()));
    fields
}

#[tokio::test]
async fn a_form_without_a_beginning_is_refused_before_it_fills_the_memory() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let page = post(&mut reporter, vec![b'x'; 1 << 20]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.has("h1"));
}

#[tokio::test]
async fn a_field_whose_head_never_ends_is_refused_before_it_fills_the_memory() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let mut body = format!("--{BOUNDARY}\r\nX: ").into_bytes();
    body.resize(1 << 20, b'x');
    assert_eq!(post(&mut reporter, body).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    // The same behind a token and words that are right.
    let page = reporter.get("/report").await;
    let mut body = multipart(&report(&page, "Ordene er gemt."), &[]);
    body.truncate(body.len() - 4);
    body.extend(b"\r\nX: ");
    body.resize(body.len() + (1 << 20), b'x');
    assert_eq!(post(&mut reporter, body).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(reporter.get("/report/story").await.all("textarea")[0].contains("Ordene er gemt."));
}

#[tokio::test]
async fn what_stands_around_the_fields_of_a_form_has_a_limit() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    let page = reporter.get("/report").await;
    let form = multipart(&report(&page, "Ordene."), &[]);
    for (before, status) in
        [(FRAME_BYTES / 2, StatusCode::SEE_OTHER), (2 * FRAME_BYTES, StatusCode::PAYLOAD_TOO_LARGE)]
    {
        let mut body = vec![b'x'; before];
        body.extend(b"\r\n");
        body.extend(&form);
        assert_eq!(post(&mut reporter, body).await.status, status, "{before} bytes before");
    }
}

#[tokio::test]
async fn the_fields_of_a_form_have_a_limit() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    let page = reporter.get("/report").await;
    for (number, status) in
        [(FIELDS, StatusCode::SEE_OTHER), (FIELDS + 1, StatusCode::PAYLOAD_TOO_LARGE)]
    {
        let mut fields = report(&page, "Ordene.");
        fields.resize(number, ("other".to_owned(), "x".to_owned()));
        let page = post(&mut reporter, multipart(&fields, &[])).await;
        assert_eq!(page.status, status, "{number} fields");
    }
}

#[tokio::test]
async fn a_large_file_comes_through_in_one_piece_and_in_many() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    let page = reporter.get("/report").await;
    let text = vec![b'a'; 3 << 20];
    let body = |large: &str, small: &str| {
        let (large, small) =
            (Upload { name: large, bytes: &text }, Upload { name: small, bytes: b"b" });
        multipart(&report(&page, "To filer."), &[large, small])
    };
    let in_pieces = post(&mut reporter, body("a.txt", "b.txt")).await;
    assert_eq!(in_pieces.status, StatusCode::SEE_OTHER);
    let whole = reporter.post_multipart("/report", body("c.txt", "d.txt")).await;
    assert_eq!(whole.status, StatusCode::SEE_OTHER);
    let check = reporter.get("/report/check").await;
    assert_eq!(check.all(".files > li").len(), 4, "{}", check.text());
    assert!(!check.has(".files__refused"), "{}", check.text());
}
