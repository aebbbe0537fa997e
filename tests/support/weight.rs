//! What a page may weigh. Over a slow circuit a kilobyte is a tenth of a second in which
//! somebody who is afraid looks at an empty window.

use scraper::Selector;

use super::Page;

/// Bytes of a page with the style sheet, where somebody may come who was never here, without
/// what the person wrote.
pub const FIRST_VISIT: usize = 20_000;
/// The same of the logo of a site in these tests: a site's own comes on top.
const LOGO: usize = 1_000;
/// Pages with a form that people open first; those without one are all such pages.
const FIRST_PAGES: [&str; 2] = ["/report", "/sign-in"];
/// Bytes of a page when the style sheet is there, without what the person wrote.
pub const LATER_PAGE: usize = 16_000;
/// Bytes of a page that is asked for again every few seconds.
pub const REFRESH: usize = 1_000;
/// Requests of a page: itself, the style sheet, and one more.
pub const REQUESTS: usize = 3;
/// What a length is a multiple of, so that it does not tell how much is in a page.
pub const STEP: usize = 3840;
/// The same of a page that comes compressed.
pub const COMPRESSED_STEP: usize = 4096;

/// The bytes of an answer on the wire.
pub fn bytes(page: &Page) -> usize {
    let line = format!("HTTP/1.1 {}\r\n", page.status).len();
    let header = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        name.as_str().len() + ": \r\n".len() + value.len()
    };
    line + page.headers.iter().map(header).sum::<usize>() + "\r\n".len() + page.body.len()
}

/// Checks a page. `part` gives what comes from another address of the same host.
pub fn holds(page: &Page, name: &str, part: impl Fn(&str) -> Page) {
    let sheets = page.attributes("link[rel=stylesheet]", "href");
    let frames = page.attributes("iframe", "src");
    let pictures = page.attributes("img:not([src^='data:'])", "src");
    let requests = 1 + sheets.len() + frames.len() + pictures.len();
    assert!(requests <= REQUESTS, "{name}: {requests} requests");
    let weigh = |paths: &[String]| paths.iter().map(|path| bytes(&part(path))).sum::<usize>();
    let here = bytes(page) + weigh(&frames) + weigh(&pictures) - own(page);
    // What is compressed together with a token tells of it by its length.
    assert!(!page.is_compressed() || !page.has("form, input"), "{name} is compressed with a form");
    let may_be_first =
        page.is_compressed() || FIRST_PAGES.iter().any(|path| page.path.ends_with(path));
    if may_be_first {
        let first = here + weigh(&sheets);
        let most = FIRST_VISIT + if page.has(".top__logo") { LOGO } else { 0 };
        assert!(first <= most, "{name}: {first} bytes on a first visit");
    }
    assert!(here <= LATER_PAGE, "{name}: {here} bytes");
    for frame in frames {
        let frame = part(&frame);
        let (again, bytes) = (frame.has("meta[http-equiv=refresh]"), bytes(&frame));
        assert!(!again || bytes <= REFRESH, "{name}: {bytes} bytes every few seconds");
    }
}

/// The bytes by which a page is longer for what the person wrote, or for a file they look at.
fn own(page: &Page) -> usize {
    if page.is_compressed() {
        return 0;
    }
    let html = page.html();
    // A file has the name that the person gave it.
    let written = Selector::parse("textarea, .typed, bdi").unwrap();
    let own: usize = html.select(&written).map(|element| element.inner_html().len()).sum();
    let pictures = Selector::parse("img[src^='data:']").unwrap();
    let own =
        own + html.select(&pictures).filter_map(|one| one.attr("src")).map(str::len).sum::<usize>();
    let without = page.body.trim_ascii_end().len().saturating_sub(own);
    page.body.len().saturating_sub(without.next_multiple_of(STEP))
}
