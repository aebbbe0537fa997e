//! The style sheet: one file, compressed once, under a name that changes with it.

use std::io::Write;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::look::Look;
use super::site::Site;
use crate::limits::{SESSION_IDLE, SESSION_WARNING};

/// The style sheet as it is sent.
#[derive(Debug)]
pub(super) struct Assets {
    css: Vec<u8>,
    path: String,
}

/// Compiled, with nothing in it that a browser does not need.
const GOVUK: &str = include_str!("../../templates/static/govuk.css");
/// Written by hand, with its reasons.
const OURS: &str = include_str!("../../templates/static/sluse.css");

/// The route of the style sheet; the name in it is checked by nobody, because there is
/// only one.
pub(super) const CSS_ROUTE: &str = "/static/{name}";

impl Assets {
    pub(super) fn load(look: &Look) -> anyhow::Result<Self> {
        let css = [GOVUK, &dense(OURS), &timing(), &look.css()].concat();
        let name = data_encoding::HEXLOWER.encode(&Sha256::digest(&css)).split_off(48);
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(css.as_bytes())?;
        Ok(Assets { css: gzip.finish()?, path: format!("/static/{name}.css") })
    }

    /// The address of the style sheet.
    pub(super) fn css_path(&self) -> &str {
        &self.path
    }
}

/// When a page shows that its session will end.
fn timing() -> String {
    let after = SESSION_IDLE.saturating_sub(SESSION_WARNING).as_secs();
    format!(".session__soon,.session__again{{animation-delay:{after}s}}")
}

/// A style sheet without its comments and indentation: a kilobyte of every first visit.
fn dense(css: &str) -> String {
    let parts = css.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest));
    let rules: String = parts.collect();
    rules.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Sends the style sheet. Every browser since 1999 takes gzip; it is sent to all.
pub(super) async fn css(State(site): State<Site>) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CONTENT_ENCODING, "gzip"),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, site.assets().css.clone()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_keeps_its_rules_and_loses_its_reasons() {
        let css = "/* why */\n.a::before { content: \": \" }\n\n/* because\n */ .b {\n  margin: 0 1rem;\n}\n";
        assert_eq!(dense(css), ".a::before { content: \": \" } .b { margin: 0 1rem; }");
        assert!(!dense(OURS).contains("/*") && dense(OURS).contains(".leave"));
    }
}
