//! Who the reporter is, on a page of its own: nobody comes upon it while reading a case.

use axum::response::Response;
use serde::Serialize;

use crate::web::actor::Permitted;
use crate::web::error::Error;
use crate::web::questions::{AnswerLine, answered};

#[derive(Debug, Serialize)]
struct IdentityPage {
    id: String,
    number: String,
    told: Vec<AnswerLine>,
}

/// Shows what the reporter told about themselves.
pub(in crate::web) async fn show(permitted: Permitted) -> Result<Response, Error> {
    let Permitted { handler, case } = &permitted;
    let view = &handler.view;
    let told = view.site.portal().identity(&handler.who, case.id).await?;
    let page = IdentityPage {
        id: case.id.to_string(),
        number: case.id.number(),
        told: answered(view.lang, &told),
    };
    Ok(view.page("handler/identity.html", &page))
}
