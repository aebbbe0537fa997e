//! How far files have come: a frame in the pages for files that asks for itself.
//!
//! It tells each browser of its own files, and needs no session: asking would keep one alive in
//! front of an empty chair.

use axum::response::Response;
use serde::Serialize;

use super::actor::Visitor;
use super::error::Error;
use crate::domain::progress::Stage;

/// How soon the frame asks again while something is on its way.
const SECONDS: u32 = 2;
/// How soon while nothing is.
const SECONDS_IDLE: u32 = 3;
/// How often it asks while nothing is on its way: ten minutes, for a person who looks for
/// the files meanwhile. A page that was left open must not ask for ever.
const ASKED_IDLE: i64 = 200;

/// How far the files are.
#[derive(Debug, Serialize)]
struct ProgressPage {
    stage: &'static str,
    percent: u64,
    megabytes: u64,
    /// 0 if the frame shall not ask again.
    seconds: u32,
    address: String,
}

/// Shows it, to whoever sends them.
pub(super) async fn show(visitor: Visitor) -> Result<Response, Error> {
    let Visitor { view, ticket } = visitor;
    let asked = view.number("asked").max(0);
    let stage = view.site.portal().progress(&ticket);
    let idle = stage.is_none();
    let next = if idle { asked.saturating_add(1) } else { 0 };
    let (stage, percent, megabytes) = match stage {
        None => ("nothing", 0, 0),
        Some(Stage::Receiving { bytes, of }) => {
            let percent = of.map_or(0, |of| bytes.saturating_mul(100) / of.max(1)).min(100);
            ("receiving", percent, bytes >> 20)
        }
        Some(Stage::Waiting) => ("waiting", 100, 0),
        Some(Stage::Cleaning) => ("cleaning", 100, 0),
    };
    let page = ProgressPage {
        stage,
        percent,
        megabytes,
        seconds: match idle {
            true if next > ASKED_IDLE => 0,
            true => SECONDS_IDLE,
            false => SECONDS,
        },
        address: format!("{}?asked={next}", view.path),
    };
    Ok(view.refreshed_page("files_progress.html", &page))
}
