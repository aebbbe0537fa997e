//! The headers of every answer, set in one layer and nowhere else.

use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;

use super::door::{Door, Front};

/// Nothing runs, nothing is loaded from elsewhere, nobody frames us but ourselves.
pub const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
     form-action 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'";

/// A downloaded file, should a browser show it after all: in a box where nothing runs.
pub const DOWNLOAD_POLICY: &str = "default-src 'none'; sandbox";

/// From where a browser comes with a request, if it says so.
pub(super) const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000");
/// `same-origin` and not `no-referrer`: with the latter a form's `Origin` becomes `null`.
const REFERRER: HeaderValue = HeaderValue::from_static("same-origin");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
const NO_SNIFF: HeaderValue = HeaderValue::from_static("nosniff");
/// A page that was opened from ours cannot reach back.
const OPENER: (HeaderName, HeaderValue) = (
    HeaderName::from_static("cross-origin-opener-policy"),
    HeaderValue::from_static("same-origin"),
);
/// Other sites cannot load our pages as pictures or scripts to measure them.
const RESOURCE: (HeaderName, HeaderValue) = (
    HeaderName::from_static("cross-origin-resource-policy"),
    HeaderValue::from_static("same-origin"),
);

const ONION_LOCATION: HeaderName = HeaderName::from_static("onion-location");

/// Tells Tor Browser that the same page has an onion address. For pages without a form
/// only: the browser may follow it at any moment, and what was typed would stay behind.
pub(super) fn offer_onion(response: &mut Response, front: &Front, onion: &str, path: &str) {
    // Tor Browser believes it over TLS alone.
    if front.door == Door::Mirror
        && front.secure
        && !onion.is_empty()
        && let Ok(address) = HeaderValue::try_from(format!("http://{onion}{path}"))
    {
        response.headers_mut().insert(ONION_LOCATION, address);
    }
}

/// Sets what every answer carries.
pub(super) fn set(response: &mut Response, front: &Front) {
    let headers = response.headers_mut();
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(PAGE_POLICY));
    headers.entry(CACHE_CONTROL).or_insert(NO_STORE);
    headers.insert(REFERRER_POLICY, REFERRER);
    headers.insert(X_CONTENT_TYPE_OPTIONS, NO_SNIFF);
    headers.insert(OPENER.0, OPENER.1);
    headers.insert(RESOURCE.0, RESOURCE.1);
    if front.secure {
        headers.insert(STRICT_TRANSPORT_SECURITY, HSTS);
    }
    // An answer without a type would be guessed at.
    headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("text/plain; charset=utf-8"));
}
