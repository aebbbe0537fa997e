//! Templates, and the frame that every page stands in.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use fluent_bundle::FluentArgs;
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera};

use super::compressed::{Encoding, compress};
use super::door::Door;
use super::error::Error;
use super::headers::offer_onion;
use super::information::Link;
use super::text::{Lang, Texts, argument};
use super::view::View;
use crate::limits::{SESSION_IDLE, SESSION_WARNING};

/// Information pages that every reporter's page leads to.
const FOOT: [&str; 4] = ["/guide", "/policy", "/privacy", "/accessibility"];

/// Sizes on the wire are multiples of this: the size of a page does not tell how much
/// is in it. Four of them and what goes before them are 16,000 bytes, which a slow line
/// carries in a second.
pub(super) const STEP: usize = 3840;
/// The same for what is sent compressed: nearly all pages to read have this length.
const COMPRESSED: usize = 4096;
/// The same for what a frame asks for every few seconds: it has one length, which leaves
/// half a kilobyte for the headers.
const REFRESH: usize = 480;
/// What a page has room for without becoming longer, where others may write to it: an
/// answer of ordinary length.
const ROOM: usize = 4096;

/// What a page of ours is.
pub(super) const HTML: &str = "text/html; charset=utf-8";

macro_rules! templates {
    ($($name:literal,)*) => {
        /// Every template, by name.
        pub(super) const TEMPLATES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../templates/", $name))),)*];
    };
}

templates! {
    "base.html",
    "parts/code.html",
    "parts/dialogue.html",
    "parts/files.html",
    "parts/session.html",
    "parts/form.html",
    "parts/questions.html",
    "parts/words.html",
    "attachment.html",
    "case_files.html",
    "case_files_check.html",
    "files_list.html",
    "error.html",
    "error_framed.html",
    "files_progress.html",
    "information.html",
    "kept_text.html",
    "session.html",
    "reporter/front.html",
    "reporter/own_network.html",
    "reporter/poster.html",
    "reporter/report.html",
    "reporter/files.html",
    "reporter/check.html",
    "reporter/later.html",
    "reporter/receipt.html",
    "reporter/kept.html",
    "reporter/receipt_over.html",
    "reporter/sign_in.html",
    "reporter/waiting.html",
    "reporter/case.html",
    "reporter/identity.html",
    "reporter/code.html",
    "reporter/code_changed.html",
    "reporter/code_unsure.html",
    "reporter/signed_out.html",
    "handler/sign_in.html",
    "handler/enrol.html",
    "handler/enrolled.html",
    "handler/no_link.html",
    "handler/inbox.html",
    "handler/opening.html",
    "handler/case.html",
    "handler/identity.html",
    "handler/handlers.html",
    "handler/status.html",
    "handler/signed_out.html",
}

/// The compiled templates.
#[derive(Debug)]
pub(super) struct Pages {
    tera: Tera,
    texts: Arc<Texts>,
}

/// What stands around every page.
#[derive(Debug, Serialize)]
struct Frame<'a> {
    organisation: &'a str,
    has_logo: bool,
    operator: &'a str,
    surface: &'static str,
    path: &'a str,
    back: String,
    languages: Vec<Language>,
    pages: Vec<Link>,
    token: &'a str,
    css: &'a str,
    signed_in: bool,
    session: SessionEnd,
    demo: bool,
    /// What people should know before they come; empty if there is nothing.
    notice: String,
}

/// When whoever is signed in will not be any more.
#[derive(Debug, Default, Serialize)]
struct SessionEnd {
    /// Minutes after this page.
    minutes: u64,
    /// Minutes after which the page shows a way to go on; 0 if there is none.
    warning: u64,
    /// Minutes that are left then.
    left: u64,
}

#[derive(Debug, Serialize)]
struct Language {
    code: &'static str,
    name: &'static str,
    /// Whether it is a link: opened with another language, what came of a form would be another
    /// page.
    is_link: bool,
}

impl Pages {
    /// Compiles every template. An unknown parent, filter or function ends here.
    pub(super) fn load() -> anyhow::Result<Self> {
        let texts = Arc::new(Texts::load()?);
        let mut tera = Tera::default();
        // Every name is escaped, whatever it ends in.
        tera.autoescape_on([""]);
        let all = Arc::clone(&texts);
        tera.register_function("text", move |kwargs: Kwargs, state: &State| {
            // A component that was not given the language must not fall back in silence.
            let lang = state.get::<String>("lang")?.and_then(|code| Lang::parse(&code));
            let lang = lang.ok_or_else(|| tera::Error::message("`text` without a language"))?;
            let id: String = kwargs.must_get("id")?;
            let mut args = FluentArgs::new();
            for (name, value) in kwargs.iter() {
                args.set(name.to_string(), argument(value));
            }
            all.get(lang, &id, &args).ok_or_else(|| {
                tera::Error::message(format!("no text `{id}`, or no argument for it"))
            })
        });
        tera.add_raw_templates(TEMPLATES.iter().copied())?;
        Ok(Pages { tera, texts })
    }
}

impl View {
    /// One text in the reader's language, for what is no page.
    pub(super) fn text(&self, id: &str, args: &[(&str, &str)]) -> Result<String, Error> {
        let mut all = FluentArgs::new();
        for (name, value) in args {
            all.set(*name, *value);
        }
        self.site.pages().texts.get(self.lang, id, &all).ok_or_else(|| {
            tracing::error!(target: "sluse::pages", "no text `{id}`, or no argument for it");
            Error::Internal
        })
    }

    /// A page with status 200.
    pub(super) fn page(&self, template: &str, page: &impl Serialize) -> Response {
        self.page_with(StatusCode::OK, template, page)
    }

    /// A page that says the same to everybody.
    pub(super) fn plain_page(&self, template: &str) -> Response {
        self.page(template, &())
    }

    /// A page without a form: it is sent compressed, and Tor Browser may exchange it for the
    /// same one at the onion address, unless this browser may have something kept here, whose
    /// only key is a cookie of this address.
    pub(super) fn page_to_read(&self, template: &str, page: &impl Serialize) -> Response {
        let mut response = match self.encoding {
            Encoding::Gzip => self.answer(template, page, compressed_response),
            Encoding::Identity => self.page(template, page),
        };
        if self.visit().is_none() && self.session().is_none() {
            let onion = self.site.address(Door::Onion).unwrap_or_default();
            offer_onion(&mut response, &self.front, &onion, &self.path);
        }
        response
    }

    fn session_end(&self) -> SessionEnd {
        let minutes = |time: Duration| time.as_secs().div_ceil(60);
        match self.rest_of_session() {
            None => SessionEnd::default(),
            Some(rest) if rest < SESSION_IDLE => {
                SessionEnd { minutes: minutes(rest), ..SessionEnd::default() }
            }
            Some(rest) => SessionEnd {
                minutes: minutes(rest),
                warning: minutes(rest.saturating_sub(SESSION_WARNING)),
                left: minutes(SESSION_WARNING),
            },
        }
    }

    /// A page that is asked for again every few seconds.
    pub(super) fn refreshed_page(&self, template: &str, page: &impl Serialize) -> Response {
        self.answer(template, page, |html| html_response(StatusCode::OK, pad(html, REFRESH)))
    }

    /// A page to which others may have written. It is as long as it would be without that,
    /// with room for it: whoever watches the line does not see that there is news.
    pub(super) fn page_with_room<P: Serialize>(
        &self,
        template: &str,
        page: &P,
        without: &P,
    ) -> Response {
        let least = self.render(template, without).map_or(0, |html| html.len()) + ROOM;
        let pad = |html| pad_to(html, least, STEP);
        self.answer(template, page, |html| html_response(StatusCode::OK, pad(html)))
    }

    /// A page with another status.
    pub(super) fn page_with(
        &self,
        status: StatusCode,
        template: &str,
        page: &impl Serialize,
    ) -> Response {
        self.answer(template, page, |html| html_response(status, pad(html, STEP)))
    }

    fn answer(
        &self,
        template: &str,
        page: &impl Serialize,
        answer: impl FnOnce(String) -> Response,
    ) -> Response {
        match self.render(template, page) {
            Ok(html) => answer(html),
            Err(error) => {
                // The template's name and the id that is missing, never what a person typed.
                tracing::error!(target: "sluse::pages", template, "page not rendered: {error}");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }

    fn render(&self, template: &str, page: &impl Serialize) -> Result<String, tera::Error> {
        let words = self.site.words();
        let is_link = self.can_be_opened_again;
        let language = |lang: &Lang| Language { code: lang.code(), name: lang.name(), is_link };
        let frame = Frame {
            organisation: &words.organisation,
            has_logo: words.has_logo,
            operator: &words.operator,
            surface: self.surface.as_str(),
            path: &self.path,
            back: self.way_back(),
            languages: Lang::ALL.iter().map(language).collect(),
            pages: self.site.information().links(self, &FOOT),
            token: &self.token(),
            css: self.site.assets().css_path(),
            signed_in: self.signed_in,
            session: self.session_end(),
            demo: words.demo,
            notice: self.site.notice(self.lang),
        };
        let mut context = Context::new();
        context.insert("lang", &self.lang);
        context.insert("frame", &frame);
        context.insert("page", page);
        self.site.pages().tera.render(template, &context)
    }
}

fn html_response(status: StatusCode, html: String) -> Response {
    (status, [(CONTENT_TYPE, HTML)], html).into_response()
}

fn compressed_response(html: String) -> Response {
    match compress(&html, COMPRESSED) {
        Ok(gzip) => ([(CONTENT_TYPE, HTML), (CONTENT_ENCODING, "gzip")], gzip).into_response(),
        // Longer, and as good.
        Err(_) => html_response(StatusCode::OK, pad(html, STEP)),
    }
}

/// Fills a page with spaces up to the next step.
pub(super) fn pad(html: String, step: usize) -> String {
    pad_to(html, 0, step)
}

/// The same for a page that shall not be shorter than another.
fn pad_to(mut html: String, least: usize, step: usize) -> String {
    let length = html.len().max(least).next_multiple_of(step);
    html.extend(std::iter::repeat_n(' ', length - html.len()));
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_a_length_that_tells_only_its_step() {
        for length in [0, 1, STEP - 1, STEP, STEP + 1, 12_000] {
            let page = pad("x".repeat(length), STEP);
            assert_eq!(page.len() % STEP, 0);
            assert_eq!(page.trim_end().len(), length);
        }
    }

    #[test]
    fn every_template_in_the_folder_is_part_of_the_program() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut found: Vec<String> = Vec::new();
        for folder in ["", "reporter", "handler"] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|end| end == "html") {
                    let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                    found.push(name);
                }
            }
        }
        found.sort();
        let mut known: Vec<&str> = TEMPLATES
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| !name.starts_with("parts/"))
            .collect();
        known.sort_unstable();
        assert_eq!(found, known);
    }
}
