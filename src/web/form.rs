//! Forms: a token first of all, limits before memory, and nothing half-read.

use axum::RequestExt;
use axum::body::{Body, Bytes};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use http_body_util::{BodyExt, Limited};
use zeroize::Zeroizing;

use super::actor::View;
use super::error::Error;
use crate::domain::Secret;
use crate::limits::{FIELD_BYTES, FORM_BYTES};

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

    /// A field's value that nobody may see.
    pub(super) fn secret(&self, name: &str) -> Secret {
        Secret::from(self.get(name))
    }
}

impl<S: Send + Sync> FromRequest<S> for ProtectedForm {
    type Rejection = Error;

    async fn from_request(mut request: Request, _: &S) -> Result<Self, Error> {
        let view: View = request.extract_parts().await?;
        let body = Limited::new(request.into_body(), FORM_BYTES).collect().await;
        let bytes = body.map_err(|error| body_error(error.as_ref()))?.to_bytes();
        let fields: Vec<(String, String)> =
            serde_urlencoded::from_bytes(&bytes).map_err(|_| Error::BrokenForm)?;
        let fields = fields.into_iter().map(|(name, value)| (name, Zeroizing::new(value)));
        let form = ProtectedForm(fields.collect());
        if view.is_token(form.get(TOKEN)) { Ok(form) } else { Err(Error::FormToken) }
    }
}

/// A form with files. Its first field is the token, checked before a file byte is read.
#[derive(Debug)]
pub(super) struct Upload(Multipart);

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Error;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Error> {
        let view: View = request.extract_parts().await?;
        let mut multipart =
            Multipart::from_request(request, state).await.map_err(|_| Error::BrokenForm)?;
        let first = multipart.next_field().await.map_err(|e| multipart_error(&e))?;
        let mut first = first.ok_or(Error::FormToken)?;
        if first.name() != Some(TOKEN) {
            return Err(Error::FormToken);
        }
        let token = text(&mut first).await?;
        drop(first);
        if view.is_token(&token) { Ok(Upload(multipart)) } else { Err(Error::FormToken) }
    }
}

impl Upload {
    /// The next field, or none at the end of the form.
    pub(super) async fn next(&mut self) -> Result<Option<Field<'_>>, Error> {
        self.0.next_field().await.map_err(|error| multipart_error(&error))
    }
}

/// Reads a text field within its limit.
pub(super) async fn text(field: &mut Field<'_>) -> Result<Zeroizing<String>, Error> {
    let mut bytes = Zeroizing::new(Vec::new());
    while let Some(piece) = chunk(field).await? {
        if bytes.len() + piece.len() > FIELD_BYTES {
            return Err(Error::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| Error::BrokenForm)?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// The next bytes of a field.
pub(super) async fn chunk(field: &mut Field<'_>) -> Result<Option<Bytes>, Error> {
    field.chunk().await.map_err(|error| multipart_error(&error))
}

/// Reads past a field that nobody asked for.
pub(super) async fn skip(field: &mut Field<'_>) -> Result<(), Error> {
    while chunk(field).await?.is_some() {}
    Ok(())
}

/// A body that axum may read without its own limit: ours are counted per field.
pub(super) fn unlimited(request: Request<Body>) -> Request<Body> {
    use axum::extract::DefaultBodyLimit;
    let mut request = request;
    DefaultBodyLimit::disable().apply(&mut request);
    request
}

fn multipart_error(error: &axum::extract::multipart::MultipartError) -> Error {
    body_error(error)
}

/// Tells a limit, an upload that stood still and a broken form apart.
fn body_error(error: &(dyn std::error::Error + 'static)) -> Error {
    let mut source = Some(error);
    while let Some(error) = source {
        if error.is::<http_body_util::LengthLimitError>() {
            return Error::TooLarge;
        }
        if error.is::<tower_http::timeout::TimeoutError>() {
            return Error::Timeout;
        }
        source = error.source();
    }
    Error::BrokenForm
}
