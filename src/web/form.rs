//! Forms: a token first of all, limits before memory, and nothing half-read.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll};

use axum::RequestExt;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{FromRequest, Multipart, Request, multipart};
use axum::http::header::CONTENT_LENGTH;
use http_body::Frame;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use zeroize::Zeroizing;

use super::error::Error;
use super::headers::SEC_FETCH_SITE;
use super::view::View;
use crate::domain::Secret;
use crate::limits::{FIELD_BYTES, FIELDS, FORM_BYTES, FRAME_BYTES};

/// The name of the token's field.
const TOKEN: &str = "token";

/// A form without files whose token was checked.
#[derive(Debug)]
pub(super) struct ProtectedForm(Vec<(String, Zeroizing<String>)>);

impl ProtectedForm {
    /// A field's value; empty if it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        let field = self.0.iter().find(|(found, _)| found == name);
        field.map_or("", |(_, value)| value.as_str())
    }

    /// All values of a field: of boxes that are ticked there are several.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let fields = self.0.iter().filter(move |(found, _)| found == name);
        fields.map(|(_, value)| value.as_str())
    }

    /// A field's value that nobody may see.
    pub(super) fn secret(&self, name: &str) -> Secret {
        Secret::from(self.get(name))
    }
}

/// A form without files from a page of ours, also if the visit it belonged to is over: then
/// only to give back the words in it.
#[derive(Debug)]
pub(super) struct AnyForm {
    pub(super) form: ProtectedForm,
    /// Whether its token was checked, and is of this visit.
    pub(super) is_of_this_visit: bool,
}

impl<S: Send + Sync> FromRequest<S> for ProtectedForm {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let any = AnyForm::from_request(request, state).await?;
        if any.is_of_this_visit { Ok(any.form) } else { Err(Error::FormToken) }
    }
}

impl<S: Send + Sync> FromRequest<S> for AnyForm {
    type Rejection = Error;

    async fn from_request(mut request: Request, _: &S) -> Result<Self, Error> {
        let view: View = request.extract_parts().await?;
        let is_from_here = is_from_here(&request);
        let body = Limited::new(request.into_body(), FORM_BYTES).collect().await;
        let bytes = body.map_err(|error| body_error(error.as_ref()))?.to_bytes();
        let fields: Vec<(String, String)> =
            serde_urlencoded::from_bytes(&bytes).map_err(|_| Error::BrokenForm)?;
        let fields = fields.into_iter().map(|(name, value)| (name, Zeroizing::new(value)));
        let form = ProtectedForm(fields.collect());
        let is_of_this_visit = view.is_token(form.get(TOKEN));
        if is_of_this_visit || is_from_here && !view.was_left(form.get(TOKEN)) {
            Ok(AnyForm { form, is_of_this_visit })
        } else {
            Err(Error::FormToken)
        }
    }
}

/// Whether a form is from a page of ours, as far as its browser says so: another site must not
/// make a page of ours show its words.
fn is_from_here(request: &Request) -> bool {
    request.headers().get(SEC_FETCH_SITE).is_none_or(|site| site == "same-origin")
}

/// A form with files. Its first field is the token, checked before a file byte is read.
#[derive(Debug)]
pub(super) struct Upload {
    form: Multipart,
    held: Arc<Held>,
    fields: usize,
    bytes: Option<u64>,
}

/// A field of a form with files.
#[derive(Debug)]
pub(super) struct Field<'a> {
    field: multipart::Field<'a>,
    held: Arc<Held>,
}

/// A form with files from a page of ours, also if the visit it belonged to is over: then only
/// to give back the words in it.
#[derive(Debug)]
pub(super) struct AnyUpload {
    pub(super) upload: Upload,
    /// Whether its token was checked, and is of this visit.
    pub(super) is_of_this_visit: bool,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let any = AnyUpload::from_request(request, state).await?;
        if any.is_of_this_visit { Ok(any.upload) } else { Err(Error::FormToken) }
    }
}

impl<S: Send + Sync> FromRequest<S> for AnyUpload {
    type Rejection = Error;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Error> {
        let view: View = request.extract_parts().await?;
        let is_from_here = is_from_here(&request);
        let held = Arc::new(Held::default());
        let length = request.headers().get(CONTENT_LENGTH);
        let bytes = length.and_then(|length| length.to_str().ok()?.parse().ok());
        let request = request.map(|body| Body::new(Metered::new(body, held.clone())));
        let form = Multipart::from_request(request, state).await.map_err(|_| Error::BrokenForm)?;
        let mut upload = Upload { form, held, fields: 0, bytes };
        let mut first = upload.next().await?.ok_or(Error::FormToken)?;
        if first.name() != Some(TOKEN) {
            return Err(Error::FormToken);
        }
        let token = first.text().await?;
        drop(first);
        let is_of_this_visit = view.is_token(&token);
        if is_of_this_visit || is_from_here && !view.was_left(&token) {
            Ok(AnyUpload { upload, is_of_this_visit })
        } else {
            Err(Error::FormToken)
        }
    }
}

impl Upload {
    /// How many bytes the browser says the whole form has.
    pub(super) fn bytes(&self) -> Option<u64> {
        self.bytes
    }

    /// The next field, or none at the end of the form. The one before must have been read
    /// to its end.
    pub(super) async fn next(&mut self) -> Result<Option<Field<'_>>, Error> {
        self.fields += 1;
        let field = self.form.next_field().await.map_err(|error| body_error(&error))?;
        self.held.gave(0);
        match field {
            Some(_) if self.fields > FIELDS => Err(Error::TooLarge),
            field => Ok(field.map(|field| Field { field, held: self.held.clone() })),
        }
    }
}

impl Field<'_> {
    /// What the form calls it.
    pub(super) fn name(&self) -> Option<&str> {
        self.field.name()
    }

    /// The name of the file in it; empty if none was chosen.
    pub(super) fn file_name(&self) -> &str {
        self.field.file_name().unwrap_or_default()
    }

    /// The next bytes.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let piece = self.field.chunk().await.map_err(|error| body_error(&error))?;
        self.held.gave(piece.as_ref().map_or(0, Bytes::len));
        Ok(piece)
    }

    /// Reads a text within its limit.
    pub(super) async fn text(&mut self) -> Result<Zeroizing<String>, Error> {
        let mut bytes = Zeroizing::new(Vec::new());
        while let Some(piece) = self.chunk().await? {
            if bytes.len() + piece.len() > FIELD_BYTES {
                return Err(Error::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| Error::BrokenForm)?;
        Ok(Zeroizing::new(text.to_owned()))
    }

    /// Reads past a field that nobody asked for.
    pub(super) async fn skip(&mut self) -> Result<(), Error> {
        while self.chunk().await?.is_some() {}
        Ok(())
    }
}

/// How much of a form the parser holds, or has thrown away as no field's bytes.
#[derive(Debug, Default)]
struct Held {
    bytes: AtomicUsize,
    /// Counts what the parser gave out, so that a standstill is seen.
    given: AtomicUsize,
}

impl Held {
    fn gave(&self, bytes: usize) {
        self.bytes.fetch_sub(bytes, Relaxed);
        self.given.fetch_add(1, Relaxed);
    }
}

/// A body for the parser of forms, which keeps everything until a field begins and
/// searches it anew with every piece: an endless head of a form would take all memory and
/// all time, and it comes before the token.
///
/// Above [`FRAME_BYTES`] nothing more is handed over until the parser gave something out.
#[derive(Debug)]
struct Metered {
    body: Body,
    held: Arc<Held>,
    waited_at: Option<usize>,
}

/// There is more around the fields of a form than there may be.
#[derive(Debug, thiserror::Error)]
#[error("a form without fields")]
struct Endless;

impl Metered {
    fn new(body: Body, held: Arc<Held>) -> Self {
        Metered { body, held, waited_at: None }
    }
}

impl HttpBody for Metered {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        if self.held.bytes.load(Relaxed) > FRAME_BYTES {
            // What came last may be a field's: the parser looks before it asks again.
            let given = Some(self.held.given.load(Relaxed));
            if self.waited_at == given {
                return Poll::Ready(Some(Err(Endless.into())));
            }
            self.waited_at = given;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let frame = std::task::ready!(Pin::new(&mut self.body).poll_frame(context));
        if let Some(Ok(frame)) = &frame {
            let length = frame.data_ref().map_or(0, Bytes::len);
            self.held.bytes.fetch_add(length, Relaxed);
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }
}

/// A body that axum may read without its own limit: ours are counted per field.
pub(super) fn unlimited(request: Request<Body>) -> Request<Body> {
    use axum::extract::DefaultBodyLimit;
    let mut request = request;
    DefaultBodyLimit::disable().apply(&mut request);
    request
}

/// Tells a limit, an upload that stood still and a broken form apart.
fn body_error(error: &(dyn std::error::Error + 'static)) -> Error {
    let mut source = Some(error);
    while let Some(error) = source {
        if error.is::<LengthLimitError>() || error.is::<Endless>() {
            return Error::TooLarge;
        }
        let slow = error.downcast_ref::<std::io::Error>();
        if error.is::<tower_http::timeout::TimeoutError>()
            || slow.is_some_and(|error| error.kind() == std::io::ErrorKind::TimedOut)
        {
            return Error::Timeout;
        }
        source = error.source();
    }
    Error::BrokenForm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn of_a_body_that_gives_no_field_only_so_much_is_taken() {
        const PIECE: usize = 1000;
        let piece = || Ok::<_, std::io::Error>(Bytes::from_static(&[b'x'; PIECE]));
        let endless = Body::from_stream(futures::stream::iter(std::iter::repeat_with(piece)));
        let held = Arc::new(Held::default());
        let mut body = Metered::new(endless, held.clone());
        let mut taken = 0;
        while let Some(Ok(frame)) = body.frame().await {
            taken += frame.into_data().unwrap().len();
        }
        assert!(taken > FRAME_BYTES && taken <= FRAME_BYTES + PIECE, "{taken}");
        // And it goes on as soon as something came out of the parser.
        held.gave(taken);
        assert!(matches!(body.frame().await, Some(Ok(_))));
    }
}
