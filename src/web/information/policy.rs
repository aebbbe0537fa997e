//! The policy in its versions: since when it says what it says, and what it said before.

use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;

use super::filled;
use super::markdown::{Block, Document, Span};
use crate::clock::Day;
use crate::limits::POLICIES_SHOWN;
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

/// The policy under which a report of this day came in.
pub(in crate::web) async fn of_day(view: &View, day: Day) -> Result<PolicyLine, Error> {
    let versions = view.site.portal().policies().await?;
    let found = versions.iter().copied().find(|since| *since <= day);
    let is_newest = found.is_some() && found == versions.first().copied();
    Ok(found.map_or_else(PolicyLine::default, |since| PolicyLine {
        since: view.lang.day(since),
        address: if is_newest { PATH.to_owned() } else { address(since) },
    }))
}

/// Says since when the policy is in force, and leads to those before it.
pub(super) async fn note_versions(view: &View, page: &mut Document) -> Result<(), Error> {
    let versions = view.site.portal().policies().await?;
    let Some((newest, before)) = versions.split_first() else { return Ok(()) };
    page.blocks.push(Block::Heading { words: words(view.text("policy-versions", &[])?) });
    let since = view.text("policy-since", &[("day", &view.lang.day(*newest))])?;
    page.blocks.push(Block::Paragraph { words: words(since) });
    if before.is_empty() {
        return Ok(());
    }
    let link = |since: &Day| {
        let text = view.text("policy-before", &[("day", &view.lang.day(*since))])?;
        Ok(vec![Span { text, href: address(*since), ..Span::default() }])
    };
    let items = before.iter().take(POLICIES_SHOWN).map(link).collect::<Result<_, Error>>()?;
    page.blocks.push(Block::List { numbered: false, items });
    Ok(())
}

/// Shows what a version said, to anyone.
pub(in crate::web) async fn show(view: View, Path(day): Path<String>) -> Result<Response, Error> {
    let since = Day::parse(&day).ok_or(Error::NotFound)?;
    let portal = view.site.portal();
    let text = portal.policy(since).await?.ok_or(Error::NotFound)?;
    let versions = portal.policies().await?;
    let until = versions.into_iter().rev().find(|later| *later > since);
    let document = view.site.information().older(view.lang.of(&text)).ok_or(Error::NotFound)?;
    let mut page = filled(document, &view);
    let since = view.lang.day(since);
    let note = match until {
        Some(until) => {
            let until = view.lang.day(until);
            view.text("policy-was", &[("since", &since), ("until", &until)])?
        }
        None => view.text("policy-since", &[("day", &since)])?,
    };
    let strong = Span { text: note, strong: true, ..Span::default() };
    page.blocks.insert(0, Block::Paragraph { words: vec![strong] });
    Ok(view.page_to_read("information.html", &page))
}

fn address(since: Day) -> String {
    format!("{PATH}/{}", since.date())
}

fn words(text: String) -> Vec<Span> {
    vec![Span { text, ..Span::default() }]
}
