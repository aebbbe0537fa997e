//! Pages to read before one reports: who may, what, what happens, how to stay safe.
//!
//! Each is a Markdown file with a default in both languages. A site puts its own words into
//! a folder of its own, `da/policy.md`, and what it does not say stays as it is here.

mod markdown;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use axum::response::Response;
use serde::Serialize;

use super::door::Door;
use super::reporter::front::offered;
use super::text::Lang;
use super::view::View;
use crate::limits::{DRAFT_DAYS, FILES};
use markdown::{Document, Known};

/// The pages in the order in which they are offered, with their defaults in the languages of
/// [`Lang::ALL`].
macro_rules! pages {
    ($($name:literal,)*) => {
        /// The pages in the order in which they are offered, with their defaults in Danish
        /// and English.
        const PAGES: &[(&str, [&str; 2])] = &[$((
            concat!("/", $name),
            [
                include_str!(concat!("../../templates/pages/da/", $name, ".md")),
                include_str!(concat!("../../templates/pages/en/", $name, ".md")),
            ],
        ),)*];
    };
}

pages! {
    "what",
    "who",
    "next",
    "protection",
    "routes",
    "guide",
    "tor",
    "policy",
    "privacy",
    "privacy-accused",
    "privacy-staff",
    "documents",
    "accessibility",
}

/// What the program writes into a page, as `{organisation}`.
const VALUES: [&str; 7] =
    ["organisation", "operator", "mirror", "onion", "largest-file", "most-files", "draft-hours"];

/// All information pages of a site.
#[derive(Debug)]
pub struct Information {
    pages: BTreeMap<(&'static str, &'static str), Document>,
}

/// The way to a page.
#[derive(Debug, Serialize)]
pub(super) struct Link {
    path: &'static str,
    title: String,
}

impl Information {
    /// The paths of all pages, in the order in which they are offered.
    pub fn paths() -> impl Iterator<Item = &'static str> {
        PAGES.iter().map(|(path, _)| *path)
    }

    /// Reads the defaults, and what a site says instead. A page that cannot be shown ends
    /// here, with its file and line.
    pub fn load(folder: Option<&Path>) -> anyhow::Result<Self> {
        let mut pages = BTreeMap::new();
        for (path, defaults) in PAGES {
            for (lang, default) in Lang::ALL.into_iter().zip(defaults) {
                let own = folder.map(|folder| file(folder, lang, path));
                let own = own.filter(|own| own.exists());
                let document = match &own {
                    Some(own) => {
                        let text = std::fs::read_to_string(own)
                            .with_context(|| format!("cannot read {}", own.display()))?;
                        read(&text).with_context(|| own.display().to_string())?
                    }
                    None => read(default).with_context(|| format!("{}{path}", lang.code()))?,
                };
                pages.insert((lang.code(), *path), document);
            }
        }
        Ok(Information { pages })
    }

    /// A page in a language; empty if there is none of this path.
    fn page(&self, lang: Lang, path: &str) -> Document {
        let mut pages = self.pages.iter();
        let page = pages.find(|((code, known), _)| (*code, *known) == (lang.code(), path));
        page.map(|(_, document)| document.clone()).unwrap_or_default()
    }

    /// Ways to pages, by their titles.
    pub(super) fn links(&self, view: &View, paths: &[&'static str]) -> Vec<Link> {
        let link = |path: &&'static str| {
            let title = self.page(view.lang, path).title;
            Link { path, title: title.into_iter().map(|span| span.text).collect() }
        };
        paths.iter().map(link).collect()
    }

    /// Files in a site's folder that are no page, and pages that it says in one language only.
    pub fn doubts(folder: &Path) -> Vec<String> {
        let mut doubts = Vec::new();
        for lang in Lang::ALL {
            let Ok(entries) = std::fs::read_dir(folder.join(lang.code())) else {
                continue;
            };
            for name in entries.flatten().map(|entry| entry.file_name()) {
                let known = |path: &str| name == *format!("{}.md", path.trim_start_matches('/'));
                if !Information::paths().any(known) {
                    doubts.push(format!("{}/{} is no page", lang.code(), name.display()));
                }
            }
        }
        for path in Information::paths() {
            let [da, en] = Lang::ALL.map(|lang| file(folder, lang, path).exists());
            if da != en {
                let missing = if da { Lang::En } else { Lang::Da };
                let name = path.trim_start_matches('/');
                doubts.push(format!("{name}.md is missing in {}", missing.code()));
            }
        }
        doubts
    }
}

fn file(folder: &Path, lang: Lang, path: &str) -> PathBuf {
    folder.join(lang.code()).join(format!("{}.md", path.trim_start_matches('/')))
}

fn read(source: &str) -> Result<Document, markdown::Fault> {
    let paths: Vec<&str> =
        ["/", "/report", "/sign-in", "/poster"].into_iter().chain(Information::paths()).collect();
    markdown::read(source, Known { paths: &paths, values: &VALUES })
}

/// What is filled into a page that is asked for now.
fn values(view: &View) -> [String; VALUES.len()] {
    let site = &view.site;
    [
        site.words().organisation.clone(),
        site.words().operator.clone(),
        site.address(Door::Mirror).unwrap_or_default(),
        site.address(Door::Onion).unwrap_or_default(),
        format!("{}\u{a0}MB", site.portal().quota().file_bytes >> 20),
        FILES.to_string(),
        (24 * DRAFT_DAYS).to_string(),
    ]
}

/// Shows a page to anyone.
pub(super) async fn show(view: View) -> Response {
    let mut document = view.site.information().page(view.lang, &view.path);
    for (name, value) in VALUES.iter().zip(values(&view)) {
        document.fill(&format!("{{{name}}}"), &value);
    }
    offered(&view, "information.html", &document)
}
