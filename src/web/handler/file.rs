//! An attachment: a safe picture first, the file itself second.

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::Uri;
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::response::Response;
use serde::Serialize;
use zeroize::Zeroizing;

use crate::domain::ItemId;
use crate::domain::attachment::{Change, Download, Manifest, Shown, View, Warning};
use crate::web::actor::Permitted;
use crate::web::dialogue::label;
use crate::web::error::Error;
use crate::web::headers::DOWNLOAD_POLICY;

/// Plain bytes that are opened and sent at once.
const PIECE: usize = 256 << 10;

#[derive(Debug, Serialize)]
struct FilePage {
    case_id: String,
    number: String,
    label: String,
    kind: &'static str,
    picture: String,
    width: u32,
    height: u32,
    text: String,
    page: u32,
    pages: u32,
    previous: Option<String>,
    next: Option<String>,
    download: String,
    warnings: Vec<Warning>,
    changes: Vec<Change>,
    version: String,
}

/// The two ids in the address; the case was looked at before.
type Ids = Path<(String, String)>;

/// Shows what is in an attachment without sending the file; of a document one page.
pub(in crate::web) async fn show(
    permitted: Permitted,
    ids: Ids,
    address: Uri,
) -> Result<Response, Error> {
    let (number, manifest, file) = find(&permitted, &ids).await?;
    let view = &permitted.handler.view;
    let asked = page_of(address.query().unwrap_or_default());
    let safe = safe_view(view.site.portal().view(&file, asked).await?.ok());
    let to = |page: u32| format!("{}?page={page}", view.path);
    let page = FilePage {
        case_id: permitted.case.id.to_string(),
        number: permitted.case.id.number(),
        label: label(view.lang, number, &manifest),
        kind: safe.kind,
        picture: safe.picture,
        width: safe.width,
        height: safe.height,
        text: safe.text,
        page: safe.page,
        pages: safe.pages,
        previous: (safe.page > 1).then(|| to(safe.page - 1)),
        next: (safe.page < safe.pages).then(|| to(safe.page + 1)),
        download: format!("{}/download", view.path),
        warnings: manifest.warnings,
        changes: manifest.changes,
        version: manifest.version,
    };
    Ok(view.page("handler/file.html", &page))
}

/// The page that an address asks for; whatever is no number asks for the first.
fn page_of(query: &str) -> u32 {
    query.strip_prefix("page=").and_then(|page| page.parse().ok()).unwrap_or(1)
}

/// What a page shows instead of the file.
#[derive(Default)]
struct SafeView {
    kind: &'static str,
    picture: String,
    width: u32,
    height: u32,
    text: String,
    page: u32,
    pages: u32,
}

/// A picture goes into the page: one from an address of its own is lost in browsers that
/// ask for it by TLS on an onion address.
fn safe_view(made: Option<(View, Zeroizing<Vec<u8>>)>) -> SafeView {
    let none = SafeView { kind: "none", ..SafeView::default() };
    let Some((View { shown, page, pages }, bytes)) = made else { return none };
    let none = SafeView { page, pages, ..none };
    match shown {
        Shown::Picture => {
            // Width and height stand at a fixed place in the PNG that our worker made.
            let side = |at: usize| {
                let bytes = bytes.get(at..at + 4).and_then(|side| side.try_into().ok());
                bytes.map_or(0, u32::from_be_bytes)
            };
            let encoded = data_encoding::BASE64.encode(&bytes);
            let picture = format!("data:image/png;base64,{encoded}");
            SafeView { kind: "picture", picture, width: side(16), height: side(20), ..none }
        }
        Shown::Text => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            SafeView { kind: "text", text, ..none }
        }
    }
}

/// Sends the cleaned file under a neutral name.
pub(in crate::web) async fn download(permitted: Permitted, ids: Ids) -> Result<Response, Error> {
    let (number, manifest, file) = find(&permitted, &ids).await?;
    let name = format!("attachment; filename=\"bilag-{number}.{}\"", manifest.kind.extension());
    let length = file.length();
    let mut response = Response::new(stream(file));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(manifest.kind.media_type()));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOWNLOAD_POLICY));
    let name = HeaderValue::from_str(&name).map_err(|_| Error::Internal)?;
    headers.insert(CONTENT_DISPOSITION, name);
    Ok(response)
}

async fn find(
    permitted: &Permitted,
    Path((_, item)): &Ids,
) -> Result<(usize, Manifest, Download), Error> {
    let item = ItemId::parse(item).ok_or(Error::NotFound)?;
    let Permitted { handler, case } = permitted;
    let portal = handler.view.site.portal();
    portal.attachment(&handler.who, case.id, item).await?.ok_or(Error::NotFound)
}

/// Opens and sends piece by piece. A piece that does not open breaks the connection off
/// before the announced length: half a file is never taken for a whole one.
fn stream(file: Download) -> Body {
    let pieces = futures::stream::try_unfold((file, 0u64), |(file, at)| async move {
        let piece = file.read(at, PIECE).await.map_err(std::io::Error::other)?;
        if piece.is_empty() {
            return Ok::<_, std::io::Error>(None);
        }
        let next = at + piece.len() as u64;
        Ok(Some((Bytes::copy_from_slice(&piece), (file, next))))
    });
    Body::from_stream(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_for_a_page_or_for_the_first() {
        assert_eq!(page_of("page=7"), 7);
        for other in ["", "page=", "page=-1", "page=4294967296", "page=2&x=1", "x=1", "page=%32"] {
            assert_eq!(page_of(other), 1, "{other}");
        }
    }
}
