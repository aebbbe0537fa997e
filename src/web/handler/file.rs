//! The attachments of a case.

use axum::extract::Path;
use axum::response::Response;

use crate::web::actor::Permitted;
use crate::web::attachment::Attachment;
use crate::web::error::Error;

/// The two ids in the address; the case was looked at before.
type Ids = Path<(String, String)>;

/// Shows what is in one.
pub(in crate::web) async fn show(permitted: Permitted, ids: Ids) -> Result<Response, Error> {
    let back = format!("/cases/{}", permitted.case.id);
    find(&permitted, &ids).await?.show(back).await
}

/// Sends one.
pub(in crate::web) async fn download(permitted: Permitted, ids: Ids) -> Result<Response, Error> {
    find(&permitted, &ids).await?.download()
}

async fn find<'a>(
    permitted: &'a Permitted,
    Path((_, item)): &Ids,
) -> Result<Attachment<'a>, Error> {
    let Permitted { handler, case } = permitted;
    Attachment::find(&handler.view, &handler.who, case.id, item).await
}
