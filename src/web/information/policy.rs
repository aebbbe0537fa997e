//! The policy in its versions: since when it says what it says, and what it said before.

use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;

use super::markdown::{Block, Document, Span};
use super::{filled, read};
use crate::domain::policy::Version;
use crate::web::error::Error;
use crate::web::view::View;

/// The page that says what is in force.
pub(super) const PATH: &str = "/policy";

/// The policy of a case, and where it can be read.
#[derive(Clone, Debug, Default, Serialize)]
pub(in crate::web) struct PolicyLine {
    /// Empty for a case from before versions were kept.
    since: String,
    address: String,
}

/// The policy under which a report came in.
pub(in crate::web) async fn of_case(view: &View, number: Option<i64>) -> Result<PolicyLine, Error> {
    let versions = view.site.portal().policies().await?;
    let found = versions.iter().find(|version| Some(version.number) == number);
    let is_newest = found.is_some() && found == versions.first();
    Ok(found.map_or_else(PolicyLine::default, |version| PolicyLine {
        since: view.lang.day(version.since_on),
        address: if is_newest { PATH.to_owned() } else { address(version) },
    }))
}

/// Says since when the policy is in force, and leads to those before it.
pub(super) async fn note_versions(view: &View, page: &mut Document) -> Result<(), Error> {
    let versions = view.site.portal().policies().await?;
    let Some((newest, before)) = versions.split_first() else { return Ok(()) };
    page.blocks.push(Block::Heading { words: words(view.text("policy-versions", &[])?) });
    let day = |version: &Version| view.lang.day(version.since_on);
    let since = view.text("policy-since", &[("day", &day(newest))])?;
    page.blocks.push(Block::Paragraph { words: words(since) });
    if before.is_empty() {
        return Ok(());
    }
    let link = |version: &Version| {
        let text = view.text("policy-before", &[("day", &day(version))])?;
        Ok(vec![Span { text, href: address(version), ..Span::default() }])
    };
    let items = before.iter().map(link).collect::<Result<_, Error>>()?;
    page.blocks.push(Block::List { numbered: false, items });
    Ok(())
}

/// Shows what a version said, to anyone.
pub(in crate::web) async fn show(
    view: View,
    Path(number): Path<String>,
) -> Result<Response, Error> {
    let number: i64 = number.parse().map_err(|_| Error::NotFound)?;
    let portal = view.site.portal();
    let versions = portal.policies().await?;
    let at = versions.iter().position(|version| version.number == number);
    let (at, text) = at.zip(portal.policy(number).await?).ok_or(Error::NotFound)?;
    let mut page = filled(read(view.lang.of(&text)).map_err(|_| Error::NotFound)?, &view);
    let day = |at: usize| versions.get(at).map(|version| view.lang.day(version.since_on));
    let since = day(at).unwrap_or_default();
    let note = match at.checked_sub(1).and_then(day) {
        Some(until) => view.text("policy-was", &[("since", &since), ("until", &until)])?,
        None => view.text("policy-since", &[("day", &since)])?,
    };
    let strong = Span { text: note, strong: true, ..Span::default() };
    page.blocks.insert(0, Block::Paragraph { words: vec![strong] });
    Ok(view.page_to_read("information.html", &page))
}

fn address(version: &Version) -> String {
    format!("{PATH}/{}", version.number)
}

fn words(text: String) -> Vec<Span> {
    vec![Span { text, ..Span::default() }]
}
