//! The receipt: the code, shown until it was typed back.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::intake::TypedBack;
use crate::web::actor::Visitor;
use crate::web::cookies::Kind;
use crate::web::error::Error;
use crate::web::form::ProtectedForm;
use crate::web::headers::DOWNLOAD_POLICY;
use crate::web::page::{STEP, pad};
use crate::web::reporter::report::CHECK;
use crate::web::reporter::sign_in::NOTHING_OPEN;
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct ReceiptPage {
    groups: Vec<String>,
    number: String,
    feedback_due: String,
    received_on: String,
    kept_until: String,
    error: &'static str,
    late: bool,
}

/// Shows the code.
pub(in crate::web) async fn show(visitor: Visitor) -> Result<Response, Error> {
    page(&visitor, "").await
}

/// The receipt as a text to keep, under a name that says nothing.
pub(in crate::web) async fn text(visitor: Visitor) -> Result<Response, Error> {
    let Visitor { view, ticket } = &visitor;
    let Some(receipt) = view.site.portal().receipt(ticket).await? else {
        return Ok(Redirect::to(NOTHING_OPEN).into_response());
    };
    let received = view.lang.day(receipt.received_on);
    let due = view.lang.day(receipt.feedback_due);
    let line = |id: &str, value: &str| Ok::<_, Error>(format!("{}: {value}", view.text(id, &[])?));
    let lines = [
        view.text("receipt-title", &[])?,
        String::new(),
        view.text("receipt-acknowledged", &[])?,
        line("receipt-code", &receipt.code.in_groups())?,
        line("case-number", &receipt.number)?,
        line("case-received", &received)?,
        line("case-feedback", &due)?,
        String::new(),
        view.text("receipt-next", &[])?,
        view.text("receipt-next-read", &[])?,
        view.text("receipt-next-questions", &[])?,
        view.text("receipt-next-feedback", &[("day", &due)])?,
        view.text("complaint", &[("organisation", &view.site.words().organisation)])?,
        String::new(),
    ];
    let addresses = view.site.ways().into_iter().map(|(_, address)| address);
    let end = [String::new(), view.text("receipt-found", &[])?, String::new()];
    let lines: Vec<String> = lines.into_iter().chain(addresses).chain(end).collect();
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"tekst.txt\""),
        (CONTENT_SECURITY_POLICY, DOWNLOAD_POLICY),
    ];
    // Line ends as programs on every system read them.
    Ok((headers, pad(lines.join("\r\n"), STEP)).into_response())
}

/// Compares what was typed back; once it is right the server forgets the code.
pub(in crate::web) async fn type_back(
    visitor: Visitor,
    form: ProtectedForm,
) -> Result<Response, Error> {
    match visitor.view.site.portal().type_back(&visitor.ticket, form.get("code")).await? {
        TypedBack::Right => {
            // The code is forgotten by now, whether or not this can be answered.
            if let Ok(false) = visitor.view.site.portal().something_waits(&visitor.ticket).await {
                visitor.view.forget(Kind::Visit);
            }
            Ok(Redirect::to("/receipt/kept").into_response())
        }
        TypedBack::Wrong if form.get("code").trim().is_empty() => page(&visitor, "empty").await,
        TypedBack::Wrong => page(&visitor, "other").await,
        // Whoever clicked twice, or comes too late.
        TypedBack::NoReceipt => Ok(Redirect::to("/receipt/kept?over").into_response()),
    }
}

/// Says what to do now.
pub(in crate::web) async fn kept(view: View) -> Response {
    let is_over = view.asked("over");
    view.plain_page(if is_over { "reporter/receipt_over.html" } else { "reporter/kept.html" })
}

async fn page(visitor: &Visitor, error: &'static str) -> Result<Response, Error> {
    let Visitor { view, ticket } = visitor;
    let Some(receipt) = view.site.portal().receipt(ticket).await? else {
        // Somebody who looks for it must not find an empty report, and send it once more.
        let draft = view.site.portal().draft(ticket).await?;
        let there = if draft.is_some() { CHECK } else { NOTHING_OPEN };
        return Ok(Redirect::to(there).into_response());
    };
    let page = ReceiptPage {
        groups: receipt.code.in_groups().split(' ').map(str::to_owned).collect(),
        number: receipt.number,
        feedback_due: view.lang.day(receipt.feedback_due),
        received_on: view.lang.day(receipt.received_on),
        kept_until: view.lang.day(receipt.kept_until),
        error,
        late: view.asked("late"),
    };
    Ok(view.page("reporter/receipt.html", &page))
}
