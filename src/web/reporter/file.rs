//! The attachments of a case, the reporter's own and those that came from the unit.

use axum::extract::Path;
use axum::response::Response;

use crate::web::actor::Reporter;
use crate::web::attachment::Attachment;
use crate::web::error::Error;

/// The id in the address.
type Id = Path<String>;

/// Shows what is in one: whoever must leave no trace on a device saves nothing.
pub(in crate::web) async fn show(reporter: Reporter, id: Id) -> Result<Response, Error> {
    find(&reporter, &id).await?.show("/case".to_owned()).await
}

/// Sends one.
pub(in crate::web) async fn download(reporter: Reporter, id: Id) -> Result<Response, Error> {
    find(&reporter, &id).await?.download()
}

async fn find<'a>(reporter: &'a Reporter, Path(item): &Id) -> Result<Attachment<'a>, Error> {
    Attachment::find(&reporter.view, &reporter.who, reporter.case, item).await
}
