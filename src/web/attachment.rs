//! An attachment: a safe picture first, the file itself second.

use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::response::Response;
use serde::Serialize;
use zeroize::Zeroizing;

use super::dialogue::label;
use super::error::Error;
use super::headers::DOWNLOAD_POLICY;
use super::view::View;
use crate::domain::attachment::{Change, Download, Look, Shown, View as Made, Warning};
use crate::domain::dialogue::Opened;
use crate::domain::session::SignedIn;
use crate::domain::{CaseId, Failure, ItemId};
use crate::limits::VIEW_TEXT_BYTES;

/// Plain bytes that are opened and sent at once.
const PIECE: usize = 256 << 10;

#[derive(Debug, Serialize)]
struct AttachmentPage {
    /// The page of the case.
    case: String,
    number: String,
    /// Whether who looks at it sent it.
    is_own: bool,
    label: String,
    #[serde(flatten)]
    view: SafeView,
    previous: Option<String>,
    next: Option<String>,
    download: String,
    warnings: Vec<Warning>,
    changes: Vec<Change>,
    version: String,
}

/// An attachment of a case that somebody may read.
#[derive(Debug)]
pub(super) struct Attachment<'a> {
    view: &'a View,
    who: &'a SignedIn,
    case: CaseId,
    opened: Opened,
}

impl<'a> Attachment<'a> {
    /// The one of this case with this id in the address. "Not yours" and "none" look the same.
    pub(super) async fn find(
        view: &'a View,
        who: &'a SignedIn,
        case: CaseId,
        item: &str,
    ) -> Result<Self, Error> {
        let item = ItemId::parse(item).ok_or(Error::NotFound)?;
        let found = view.site.portal().attachment(who, case, item).await?;
        Ok(Attachment { view, who, case, opened: found.ok_or(Error::NotFound)? })
    }

    /// Shows what is in it without sending the file; of a document one page. `back` is the
    /// page of the case.
    pub(super) async fn show(self, back: String) -> Result<Response, Error> {
        let Attachment { view, who, case, opened } = self;
        let Opened { number, is_own, mut manifest, download } = opened;
        let (portal, lane) = (view.site.portal(), view.front.lane);
        let look = if who.is_handler() { None } else { portal.begin_look(case) };
        let made = if who.is_handler() || look.is_some() {
            portal.view(who, &download, page_of(view), lane).await
        } else {
            Err(Failure::Busy)
        };
        let safe = match made {
            Ok(made) => safe_view(made.ok()),
            Err(Failure::Busy) => SafeView::busy(),
            Err(failure) => return Err(failure.into()),
        };
        // Whoever sent it knows what it carried; nobody else shall.
        manifest.changes.retain(|change| is_own || change.concerns_readers());
        let to = |page: u32| format!("{}?page={page}", view.path);
        let page = AttachmentPage {
            case: back,
            number: case.number(),
            is_own,
            label: label(view.lang, number, &manifest),
            previous: (safe.page > 1).then(|| to(safe.page - 1)),
            next: (safe.page < safe.pages).then(|| to(safe.page + 1)),
            view: safe,
            download: format!("{}/download", view.path),
            warnings: manifest.warnings,
            changes: manifest.changes,
            version: manifest.version,
        };
        in_pieces(view.page("attachment.html", &page), look).await
    }

    /// Sends the cleaned file under a neutral name.
    pub(super) fn download(self) -> Result<Response, Error> {
        let Opened { number, manifest, download: file, .. } = self.opened;
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
}

/// The page that an address asks for; whatever is no number asks for the first.
fn page_of(view: &View) -> u32 {
    u32::try_from(view.number("page")).unwrap_or_default().max(1)
}

/// What a page shows instead of the file.
#[derive(Debug, Default, Serialize)]
struct SafeView {
    kind: &'static str,
    picture: String,
    width: u32,
    height: u32,
    text: String,
    /// Whether there is more text in the file.
    is_cut: bool,
    page: u32,
    pages: u32,
}

impl SafeView {
    /// Of a file that cannot be looked at right now.
    fn busy() -> Self {
        SafeView { kind: "busy", ..SafeView::default() }
    }
}

/// Sends a page piece by piece, so that `look` ends when it was read and not when it was made.
async fn in_pieces(page: Response, look: Option<Look>) -> Result<Response, Error> {
    let (mut head, body) = page.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX).await.map_err(|_| Error::Internal)?;
    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let pieces = futures::stream::unfold((whole, look), |(mut rest, look)| async move {
        let piece = rest.split_to(rest.len().min(PIECE));
        (!piece.is_empty()).then_some((Ok::<_, std::io::Error>(piece), (rest, look)))
    });
    Ok(Response::from_parts(head, Body::from_stream(pieces)))
}

/// A picture goes into the page: one from an address of its own is lost in browsers that
/// ask for it by TLS on an onion address.
fn safe_view(made: Option<(Made, Zeroizing<Vec<u8>>)>) -> SafeView {
    let none = SafeView { kind: "none", ..SafeView::default() };
    let Some((Made { shown, page, pages }, bytes)) = made else { return none };
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
            let mut text = String::from_utf8_lossy(&bytes).into_owned();
            let is_cut = text.len() > VIEW_TEXT_BYTES;
            text.truncate(text.floor_char_boundary(VIEW_TEXT_BYTES));
            SafeView { kind: "text", text, is_cut, ..none }
        }
    }
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
