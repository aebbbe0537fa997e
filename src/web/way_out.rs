//! Ways out of a page with a form: buttons that look like links, so that what was written is
//! saved before another page is shown. A browser that goes back asks for pages like ours anew,
//! and would show the form without it.

use axum::response::{IntoResponse, Redirect, Response};

use super::error::Error;

/// The name of such a button. Its value is the page that it leads to.
pub(super) const TO: &str = "to";

/// Leads there, if that is a page of this host.
pub(super) fn lead(to: &str) -> Result<Response, Error> {
    if is_here(to) { Ok(Redirect::to(to).into_response()) } else { Err(Error::BrokenForm) }
}

/// Whether an address stays on this host: browsers take a second slash of either kind for the
/// beginning of another one.
fn is_here(to: &str) -> bool {
    let is_plain = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    is_plain && to.starts_with('/') && !to.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_out_stays_on_this_host() {
        for to in ["/", "/guide", "/case/files/abc?x=1", "/policy#four"] {
            assert!(is_here(to), "{to}");
        }
        for to in ["", "guide", "//elsewhere", "/\\elsewhere", "\\\\elsewhere", "https://elsewhere"]
        {
            assert!(!is_here(to), "{to}");
        }
        for to in ["/guide\r\nSet-Cookie: a=b", "/\t/elsewhere", "/ø", " /guide"] {
            assert!(!is_here(to), "{to}");
        }
    }
}
