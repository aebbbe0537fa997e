//! What every page needs: the portal, the templates, the texts and the site's own words.

use std::sync::{Arc, RwLock};

use serde::Serialize;

use super::assets::Assets;
use super::door::{Door, Front, Surface};
use super::information::Information;
use super::look::Look;
use super::page::Pages;
use super::text::Lang;
use crate::clock::Day;
use crate::domain::Portal;
use crate::domain::questionnaire::Both;

/// The site's own words.
#[derive(Clone, Debug)]
pub struct Words {
    /// Name of the organisation.
    pub organisation: String,
    /// Who runs the machine, in one line.
    pub operator: String,
    /// How the unit is reached outside the portal, in one line.
    pub contact: Option<String>,
    /// The same of the data protection officer.
    pub data_protection_officer: Option<String>,
    /// What people should know before they come.
    pub notice: Option<Notice>,
    /// Whether the logo stands in the place of the organisation's name.
    pub has_logo: bool,
    /// The language for those whose browser asks for neither.
    pub language: Lang,
    /// Whether this is a demonstration: every page says so.
    pub demo: bool,
}

/// Words for people who come, until a day is over.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The words.
    pub words: Both,
    /// The last day on which they are shown.
    pub last_day: Option<Day>,
}

/// A name under which pages are served at one door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// At which door.
    pub door: Door,
    /// The `Host` header, in lower case, with the port if it is not the usual one.
    pub name: String,
    /// Whose pages.
    pub surface: Surface,
}

/// A line of the handlers' status page.
#[derive(Clone, Debug, Serialize)]
pub struct StatusLine {
    /// What: a word that the pages have a text for.
    pub name: String,
    /// `ok`, `warn` or `fail`.
    pub state: &'static str,
    /// More about it.
    pub detail: String,
}

/// Everything a request may use. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Site(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    portal: Portal,
    words: Words,
    pages: Pages,
    information: Information,
    assets: Assets,
    hosts: RwLock<Vec<Host>>,
    status: RwLock<Vec<StatusLine>>,
}

impl Site {
    /// Puts a site together. A template or text that is missing ends here, at start.
    pub fn new(
        portal: Portal,
        words: Words,
        information: Information,
        look: &Look,
        hosts: Vec<Host>,
    ) -> anyhow::Result<Self> {
        let (pages, assets) = (Pages::load()?, Assets::load(look)?);
        let (hosts, status) = (RwLock::new(hosts), RwLock::default());
        let parts = Parts { portal, words, pages, information, assets, hosts, status };
        Ok(Site(Arc::new(parts)))
    }

    /// The portal.
    pub fn portal(&self) -> &Portal {
        &self.0.portal
    }

    /// The site's own words.
    pub fn words(&self) -> &Words {
        &self.0.words
    }

    /// The notice of today; empty if there is none.
    pub(super) fn notice(&self, lang: Lang) -> String {
        let today = self.portal().clock().today();
        let notice = self.words().notice.as_ref();
        let shown = notice.filter(|notice| notice.last_day.is_none_or(|last| today <= last));
        lang.of_maybe(shown.map(|notice| &notice.words))
    }

    /// The templates.
    pub(super) fn pages(&self) -> &Pages {
        &self.0.pages
    }

    /// The policy as the site's file says it.
    pub fn policy(&self) -> &Both {
        self.0.information.policy()
    }

    /// Pages to read.
    pub(super) fn information(&self) -> &Information {
        &self.0.information
    }

    /// The style sheet.
    pub(super) fn assets(&self) -> &Assets {
        &self.0.assets
    }

    /// Adds a name: an onion address is known only once its service is there.
    pub fn add_host(&self, host: Host) {
        let mut hosts = self.0.hosts.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        hosts.retain(|known| known != &host);
        hosts.push(host);
    }

    /// Keeps what was found about the machine for the status page.
    pub fn set_status(&self, lines: Vec<StatusLine>) {
        *self.0.status.write().unwrap_or_else(std::sync::PoisonError::into_inner) = lines;
    }

    /// What was found last.
    pub(super) fn status(&self) -> Vec<StatusLine> {
        self.0.status.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Whose pages a `Host` header asks for at a door; none if it is not ours.
    pub(super) fn surface(&self, front: &Front, name: &str) -> Option<Surface> {
        let name = name.to_ascii_lowercase();
        let hosts = self.0.hosts.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let found = hosts.iter().find(|host| host.door == front.door && host.name == name);
        found
            .map(|host| host.surface)
            .filter(|surface| front.only.is_none_or(|only| only == *surface))
    }

    /// The ways to the reporters' pages: a word that the pages have a text for, and the address
    /// as it is typed into a browser.
    pub(super) fn ways(&self) -> Vec<(&'static str, String)> {
        // The demonstration has no TLS.
        let mirror = if self.0.words.demo { "http" } else { "https" };
        [("mirror", Door::Mirror, mirror), ("onion", Door::Onion, "http")]
            .into_iter()
            .filter_map(|(name, door, scheme)| {
                Some((name, format!("{scheme}://{}", self.address(door)?)))
            })
            .collect()
    }

    /// The reporters' address at a door, if there is one.
    pub(super) fn address(&self, door: Door) -> Option<String> {
        let hosts = self.0.hosts.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let wanted = |host: &&Host| host.door == door && host.surface == Surface::Reporter;
        hosts.iter().find(wanted).map(|host| host.name.clone())
    }
}
