//! Pages to read before one reports: who may, what, what happens, how to stay safe.
//!
//! Each is a Markdown file with a default in both languages. A site puts its own words into
//! a folder of its own, `da/policy.md`, and what it does not say stays as it is here.

mod markdown;
pub(super) mod policy;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use axum::response::Response;
use serde::Serialize;

use super::door::Door;
use super::error::Error;
use super::text::Lang;
use super::view::View;
use crate::domain::CodeLength;
use crate::domain::questionnaire::Both;
use crate::limits::{FILES, RECEIPT_DAYS, SESSION_IDLE, SESSION_TOTAL, SESSION_WARNING};
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

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Something that the program knows and a page says.
type Value = fn(&View) -> String;

/// What the program writes into a page, as `{organisation}`.
const VALUES: [(&str, Value); 14] = [
    ("organisation", |view| view.site.words().organisation.clone()),
    ("operator", |view| view.site.words().operator.clone()),
    ("contact", |view| or_website(view, view.site.words().contact.as_ref(), "contact-unset")),
    ("dpo", |view| {
        or_website(view, view.site.words().data_protection_officer.as_ref(), "dpo-unset")
    }),
    ("mirror", |view| view.site.address(Door::Mirror).unwrap_or_default()),
    ("onion", |view| view.site.address(Door::Onion).unwrap_or_default()),
    ("largest-file", |view| format!("{}\u{a0}MB", view.site.portal().quota().file_bytes >> 20)),
    ("most-files", |_| FILES.to_string()),
    ("short-code", |_| CodeLength::Usual.digits().to_string()),
    ("long-code", |_| CodeLength::Long.digits().to_string()),
    ("receipt-days", |_| RECEIPT_DAYS.to_string()),
    ("idle-minutes", |_| (SESSION_IDLE.as_secs() / 60).to_string()),
    ("warning-minutes", |_| (SESSION_WARNING.as_secs() / 60).to_string()),
    ("session-hours", |_| (SESSION_TOTAL.as_secs() / 3600).to_string()),
];

/// What the settings say, or where else people can look.
fn or_website(view: &View, said: Option<&String>, otherwise: &str) -> String {
    let organisation = view.site.words().organisation.as_str();
    said.cloned()
        .or_else(|| view.text(otherwise, &[("organisation", organisation)]).ok())
        .unwrap_or_default()
}

/// All information pages of a site.
#[derive(Debug)]
pub struct Information {
    pages: BTreeMap<(&'static str, &'static str), Document>,
    policy: Both,
    left_out: Vec<&'static str>,
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
        if let Some(folder) = folder {
            anyhow::ensure!(folder.is_dir(), "there is no folder {}", folder.display());
        }
        let (mut pages, mut policy) = (BTreeMap::new(), Both::default());
        for (path, defaults) in PAGES {
            for (lang, default) in Lang::ALL.into_iter().zip(defaults) {
                let own = folder.map(|folder| file(folder, lang, path));
                let own = own.filter(|own| own.exists());
                let text = match &own {
                    Some(own) => std::fs::read_to_string(own)
                        .with_context(|| format!("cannot read {}", own.display()))?,
                    None => (*default).to_owned(),
                };
                let name = own.map_or_else(
                    || format!("{}{path}", lang.code()),
                    |own| own.display().to_string(),
                );
                // Some editors put one at the beginning.
                let text = text.trim_start_matches(BYTE_ORDER_MARK);
                pages.insert((lang.code(), *path), read(text).context(name)?);
                if *path == policy::PATH {
                    text.clone_into(lang.of_mut(&mut policy));
                }
            }
        }
        Ok(Information { pages, policy, left_out: Vec::new() })
    }

    /// The policy as its file says it.
    pub fn policy(&self) -> &Both {
        &self.policy
    }

    /// Takes a page out: nothing leads to it any more.
    pub fn leave_out(&mut self, path: &'static str) {
        self.left_out.push(path);
        self.pages.retain(|(_, at), _| *at != path);
        for document in self.pages.values_mut() {
            document.lead_no_more_to(path);
        }
    }

    /// A page as a file said it once; none if it cannot be read any more.
    fn older(&self, text: &str) -> Option<Document> {
        let mut document = read(text).ok()?;
        self.left_out.iter().for_each(|path| document.lead_no_more_to(path));
        Some(document)
    }

    /// A page as it is shown now, if there is one of this path.
    fn page(&self, view: &View, path: &str) -> Option<Document> {
        Some(filled(self.pages.get(&(view.lang.code(), path))?.clone(), view))
    }

    /// Ways to pages, by their titles.
    pub(super) fn links(&self, view: &View, paths: &[&'static str]) -> Vec<Link> {
        let link = |path: &&'static str| {
            let title = self.pages.get(&(view.lang.code(), *path))?.title.clone();
            let heading = filled(Document { title, ..Document::default() }, view).title;
            Some(Link { path, title: heading.into_iter().map(|span| span.text).collect() })
        };
        paths.iter().filter_map(link).collect()
    }

    /// Files in a site's folder that are no page, and pages that it says in one language only.
    pub fn doubts(folder: &Path) -> Vec<String> {
        let names = |folder: &Path| {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            entries.map(|entry| entry.file_name()).collect::<Vec<_>>()
        };
        let mut doubts = Vec::new();
        for name in names(folder) {
            if !Lang::ALL.iter().any(|lang| name == lang.code()) {
                doubts.push(format!("{} is no language", name.display()));
            }
        }
        for lang in Lang::ALL {
            for name in names(&folder.join(lang.code())) {
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
        doubts.extend(Lang::ALL.into_iter().flat_map(|lang| missing_in_policy(folder, lang)));
        doubts
    }
}

/// Which of the seven headings of a whistleblower policy that of a site is without.
fn missing_in_policy(folder: &Path, lang: Lang) -> Vec<String> {
    let own = std::fs::read_to_string(file(folder, lang, policy::PATH)).ok();
    let Some(own) = own.and_then(|text| read(&text).ok()) else { return Vec::new() };
    let defaults =
        PAGES.iter().find(|(path, _)| *path == policy::PATH).map(|(_, defaults)| defaults);
    let default = Lang::ALL.into_iter().zip(defaults.into_iter().flatten());
    let default = default.filter(|(of, _)| *of == lang).find_map(|(_, text)| read(text).ok());
    let (own, wanted) = (own.headings(), default.map(|page| page.headings()).unwrap_or_default());
    let missing = wanted.into_iter().filter(|heading| !own.contains(heading));
    missing
        .map(|heading| format!("{}{}.md has no “{heading}”", lang.code(), policy::PATH))
        .collect()
}

fn file(folder: &Path, lang: Lang, path: &str) -> PathBuf {
    folder.join(lang.code()).join(format!("{}.md", path.trim_start_matches('/')))
}

fn read(source: &str) -> Result<Document, markdown::Fault> {
    let paths: Vec<&str> =
        ["/", "/report", "/sign-in", "/poster"].into_iter().chain(Information::paths()).collect();
    markdown::read(source, Known { paths: &paths, values: &VALUES.map(|(name, _)| name) })
}

fn filled(mut document: Document, view: &View) -> Document {
    for (name, value) in VALUES {
        document.fill(&format!("{{{name}}}"), &value(view));
    }
    document
}

/// Shows a page to anyone.
pub(super) async fn show(view: View) -> Result<Response, Error> {
    let mut page = view.site.information().page(&view, &view.path).ok_or(Error::NotFound)?;
    if view.path == policy::PATH {
        policy::note_versions(&view, &mut page).await?;
    }
    Ok(view.page_to_read("information.html", &page))
}
